/* systole_drive: the stimulus of lock-step benches: which command may go, which write of another unit is due. */
#include "systole_drive.h"
#include <stdlib.h>
#include <string.h>
#include "systole_internal.h"

#define HANDLES 64
/* Records that the reference goes ahead of the design. */
#define AHEAD 64u

struct drive {
  systole *s;
  bool checks, ended;
  uint32_t unit, random, most_delay;
  /* the command that is being sent: words of a copy, since the reference goes on */
  uint32_t next_command, word_at, word_count, words[sizeof(struct systole_retirement) / 4];
  /* what the host laid into memory before the launch goes through the port first */
  struct systole_word *host_words;
  uint32_t host_count, host_at;
  /* another unit's instruction whose writes go through the port */
  bool writing;
  uint32_t writer, word;
  struct systole_word entry;
  uint32_t delay[UNITS];
  bool waiting[UNITS];
};
static struct drive *drives[HANDLES];

static struct drive *drive_of(int handle) { return handle > 0 && handle < HANDLES ? drives[handle] : NULL; }

static bool laying(const struct drive *d) { return d->host_at < d->host_count; }
static const struct systole_word *entry_of(const struct drive *d) { return laying(d) ? &d->host_words[d->host_at] : &d->entry; }

static uint32_t draw(struct drive *d) {
  d->random ^= d->random << 13;
  d->random ^= d->random >> 17;
  d->random ^= d->random << 5;
  return d->random;
}

static int told(const char *what, const systole *s) {
  fprintf(stderr, "systole: %s%s\n", what, systole_message(s));
  return 1;
}

/* Known bytes of a space before the run, as words. */
static int host_memory(struct drive *d, uint32_t space) {
  const uint32_t size = (uint32_t)systole_space_bytes(d->s, space);
  uint8_t *bytes = malloc(size + 1), *known = malloc(size + 1);
  struct systole_word *words = realloc(d->host_words, (d->host_count + size / 4 + 1) * sizeof *words);
  int result = bytes != NULL && known != NULL && words != NULL ? systole_read(d->s, space, 0, bytes, known, size) : systole_broken(d->s, "no memory");
  if (words != NULL) d->host_words = words;
  for (uint32_t at = 0; result == SYSTOLE_OK && at < size; at += 4) {
    struct systole_word word = {.space = space, .address = at};
    for (uint32_t lane = 0; lane < 4 && at + lane < size; lane++) {
      word.data |= (uint32_t)bytes[at + lane] << (8 * lane);
      word.strobe |= (uint32_t)known[at + lane] << lane;
    }
    if (word.strobe != 0) words[d->host_count++] = word;
  }
  free(bytes);
  free(known);
  return result;
}

int systole_sim_open(const char *profile, const char *program, int mode, int unit, int seed, int most_delay) {
  int handle = 1;
  while (handle < HANDLES && drives[handle] != NULL) handle++;
  struct drive *d = handle < HANDLES && unit >= 0 && unit < (int)UNITS ? calloc(1, sizeof *d) : NULL;
  if (d == NULL) return 0;
  int result = systole_init(&d->s);
  if (result == SYSTOLE_OK) result = systole_configure_file(d->s, profile);
  if (result == SYSTOLE_OK) result = systole_load_file(d->s, program);
  if (result == SYSTOLE_OK) result = systole_digests(d->s, 0);
  if (result == SYSTOLE_OK) result = systole_check(d->s, mode == 0 ? SYSTOLE_PER_UNIT : mode);
  if (result == SYSTOLE_OK) result = host_memory(d, SYSTOLE_SPACE_SPM);
  if (result == SYSTOLE_OK) result = host_memory(d, SYSTOLE_SPACE_ACC);
  if (result != SYSTOLE_OK) {
    told("", d->s);
    systole_shutdown(d->s);
    free(d->host_words);
    free(d);
    return 0;
  }
  d->checks = mode != 0;
  d->unit = (uint32_t)unit;
  d->random = (uint32_t)seed * 2654435761u | 1u;
  d->most_delay = most_delay > 0 ? (uint32_t)most_delay : 0;
  drives[handle] = d;
  return handle;
}

int systole_sim_close(int handle) {
  struct drive *d = drive_of(handle);
  if (d == NULL) return 0;
  systole_shutdown(d->s);
  free(d->host_words);
  free(d);
  drives[handle] = NULL;
  return 0;
}

/* The next word of the writer that lies where the design has memory; false behind the last. */
static bool find_word(struct drive *d) {
  while (systole_held_word(d->s, d->writer, d->s->done[d->writer], d->word, &d->entry) == SYSTOLE_OK) {
    if (d->entry.space == SYSTOLE_SPACE_SPM || d->entry.space == SYSTOLE_SPACE_ACC) return true;
    d->word++;
  }
  return false;
}

/* Tells the checker the bytes of a word that the strobe picks. */
static int tell_word(struct drive *d, uint32_t unit, const struct systole_word *word) {
  if (word->strobe == 15) return systole_dut_wrote(d->s, unit, word->space, word->address, &word->data, 4);
  for (uint32_t lane = 0; lane < 4;) {
    uint32_t count = 0;
    while (lane + count < 4 && (word->strobe >> (lane + count)) & 1) count++;
    if (count > 0) {
      const int result = systole_dut_wrote(d->s, unit, word->space, word->address + lane, (const uint8_t *)&word->data + lane, count);
      if (result != SYSTOLE_OK) return result;
    }
    lane += count + 1;
  }
  return SYSTOLE_OK;
}

/* Another unit's instruction is complete; the checker hears of it as of one of the design. */
static void complete(struct drive *d, uint32_t unit) {
  struct systole_word word;
  d->waiting[unit] = false;
  if (!d->checks) {
    systole_pass(d->s, unit);
    return;
  }
  const uint32_t order = d->s->done[unit];
  for (uint32_t i = 0; systole_held_word(d->s, unit, order, i, &word) == SYSTOLE_OK; i++) tell_word(d, unit, &word);
  if (systole_dut_retired(d->s, unit, order, NULL) == SYSTOLE_DIFFERS) told("a defect of the bench: ", d->s);
}

/* In the serial order nothing goes before what another unit has to retire first. */
static bool is_turn(const struct drive *d, uint32_t unit, int64_t seq) {
  if (d->s->mode != SYSTOLE_STRICT) return true;
  for (uint32_t other = 0; other < UNITS; other++)
    if (other != unit && d->s->lists[other].first != NULL && d->s->lists[other].first->record.seq < seq) return false;
  return true;
}

/* Whether a unit's next instruction may complete now: needs, then the delay that was drawn for it. */
static bool is_due(struct drive *d, uint32_t unit) {
  if (d->s->lists[unit].first == NULL || systole_may_retire(d->s, unit, d->s->done[unit]) != 1 || !is_turn(d, unit, d->s->lists[unit].first->record.seq)) return false;
  if (!d->waiting[unit]) {
    d->waiting[unit] = true;
    d->delay[unit] = d->most_delay == 0 ? 0 : draw(d) % (d->most_delay + 1);
  }
  if (d->delay[unit] == 0) return true;
  d->delay[unit]--;
  return false;
}

int systole_sim_digests(int handle) {
  struct drive *d = drive_of(handle);
  return d == NULL ? 1 : systole_digests(d->s, 1);
}

int systole_sim_clock(int handle) {
  struct drive *d = drive_of(handle);
  if (d == NULL) return 0;
  while (!d->ended && d->s->metrics.held < AHEAD) d->ended = systole_step(d->s, NULL) != SYSTOLE_OK;
  for (uint32_t unit = 0; unit < UNITS && !d->writing && !laying(d); unit++) {
    if (unit == d->unit || !is_due(d, unit)) continue;
    d->writer = unit;
    d->word = 0;
    d->writing = find_word(d);
    if (!d->writing) complete(d, unit);
  }
  return !d->ended || d->s->metrics.held > 0;
}

/* ---- commands */
int systole_sim_command(int handle) {
  struct drive *d = drive_of(handle);
  if (d == NULL) return 0;
  if (d->word_at < d->word_count) return 1;
  if (laying(d) || systole_may_start(d->s, d->unit, d->next_command) != 1) return 0;
  const struct systole_retirement *record = systole_held(d->s, d->unit, d->next_command);
  if (!is_turn(d, d->unit, record->seq)) return 0;
  memcpy(d->words, record, record->bytes);
  d->word_at = 0;
  d->word_count = record->bytes / 4u;
  d->next_command++;
  return 1;
}
int systole_sim_command_data(int handle) {
  const struct drive *d = drive_of(handle);
  return d == NULL ? 0 : (int)d->words[d->word_at];
}
int systole_sim_command_last(int handle) {
  const struct drive *d = drive_of(handle);
  return d != NULL && d->word_at + 1 == d->word_count;
}
int systole_sim_command_taken(int handle) {
  struct drive *d = drive_of(handle);
  if (d != NULL && d->word_at < d->word_count) d->word_at++;
  return 0;
}

/* ---- memory port */
int systole_sim_port(int handle) {
  const struct drive *d = drive_of(handle);
  return d != NULL && (laying(d) || d->writing);
}
int systole_sim_port_space(int handle) {
  const struct drive *d = drive_of(handle);
  return d == NULL ? 0 : (int)entry_of(d)->space;
}
int systole_sim_port_address(int handle) {
  const struct drive *d = drive_of(handle);
  return d == NULL ? 0 : (int)entry_of(d)->address;
}
int systole_sim_port_data(int handle) {
  const struct drive *d = drive_of(handle);
  return d == NULL ? 0 : (int)entry_of(d)->data;
}
int systole_sim_port_strobe(int handle) {
  const struct drive *d = drive_of(handle);
  return d == NULL ? 0 : (int)entry_of(d)->strobe;
}
int systole_sim_port_taken(int handle) {
  struct drive *d = drive_of(handle);
  if (d != NULL && laying(d)) d->host_at++;
  else if (d != NULL && d->writing) d->word++;
  if (d == NULL || !d->writing) return 0;
  d->writing = find_word(d);
  if (!d->writing) complete(d, d->writer);
  return 0;
}

/* ---- what the design did */
int systole_sim_wrote(int handle, int space, int address, int data, int strobe) {
  struct drive *d = drive_of(handle);
  if (d == NULL || !d->checks) return 0;
  const struct systole_word word = {.space = (uint32_t)space, .address = (uint32_t)address, .data = (uint32_t)data, .strobe = (uint32_t)strobe};
  return tell_word(d, d->unit, &word) == SYSTOLE_OK ? 0 : told("", d->s);
}
int systole_sim_retired(int handle, int order) {
  struct drive *d = drive_of(handle);
  if (d == NULL) return 0;
  if (d->checks) return systole_dut_retired(d->s, d->unit, (uint32_t)order, NULL) == SYSTOLE_OK ? 0 : told("", d->s);
  if (d->s->lists[d->unit].first != NULL) systole_pass(d->s, d->unit);
  return 0;
}
int systole_sim_finish(int handle) {
  struct drive *d = drive_of(handle);
  if (d == NULL) return 1;
  const struct systole_metrics *m = &d->s->metrics;
  if (d->checks && systole_dut_finished(d->s) != SYSTOLE_OK) return told("", d->s);
  printf("systole: %llu instructions, %u of %s; %llu writes, %llu bytes compared", (unsigned long long)m->retired, (unsigned)d->s->done[d->unit], systole_unit_name(d->unit),
    (unsigned long long)m->writes, (unsigned long long)m->bytes_compared);
  if (d->s->digests) printf("; %s with digest %08x", systole_status_text(d->s), (unsigned)systole_digest(d->s));
  printf("\n");
  return 0;
}
int systole_sim_count(int handle) {
  const struct drive *d = drive_of(handle);
  return d == NULL ? 0 : (int)d->s->done[d->unit];
}
