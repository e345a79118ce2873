/* systole_held: records of the reference that the design has still to retire: what they wait for, and the bytes that they write. */
#include <stdlib.h>
#include <string.h>
#include "systole_shadow.h"

#define LOG_MOST 65536u

static struct held *take_spare(systole *s) {
  struct held *held = s->spare;
  if (held != NULL) s->spare = held->next;
  else held = calloc(1, sizeof *held);
  if (held == NULL) return NULL;
  held->next = NULL;
  held->data_bytes = held->word_count = 0;
  held->has_words = false;
  return held;
}
static void give_spare(systole *s, struct held *held) {
  free(held->known);
  held->known = NULL;
  held->next = s->spare;
  s->spare = held;
}

/* No comparison has begun, and nothing is left of one. */
void systole_checker_clear(systole *s) {
  systole_shadow_clear(s);
  for (uint32_t unit = 0; unit < UNITS; unit++) {
    s->done[unit] = 0;
    s->pending_count[unit] = 0;
    while (s->lists[unit].first != NULL) {
      struct held *held = s->lists[unit].first;
      s->lists[unit].first = held->next;
      give_spare(s, held);
    }
    s->lists[unit].last = NULL;
  }
  s->mode = 0;
  s->log_count = s->log_next = 0;
  memset(&s->metrics, 0, sizeof s->metrics);
  s->mismatch.kind = 0;
  s->mismatch.text[0] = 0;
}

static bool reserve(struct held *held, size_t more) {
  if (held->data_bytes + more <= held->data_capacity) return true;
  const size_t room = 2 * (held->data_bytes + more) + 64;
  uint8_t *data = room < UINT32_MAX ? realloc(held->data, room) : NULL;
  if (data == NULL) return false;
  held->data = data;
  held->data_capacity = (uint32_t)room;
  return true;
}

/* A run of bytes that the record writes: kept, and marked as due. */
static bool keep_run(systole *s, struct held *held, uint32_t space, uint64_t address, uint32_t count, bool *wholly) {
  if (!reserve(held, count)) return false;
  memcpy(held->data + held->data_bytes, systole_space_at(s, space) + address, count);
  if (!Z_systole_engineZ_touch(&s->engine, space, address, address + count)) *wholly = false;
  held->data_bytes += count;
  while (count > 0) {
    struct shadow_page *page = systole_page(s, space, address);
    const uint32_t at = (uint32_t)(address % PAGE), part = count < PAGE - at ? count : PAGE - at;
    if (page == NULL) return false;
    systole_set_bits(page->due, at, part);
    address += part;
    count -= part;
  }
  return true;
}

/* Which of the kept bytes are known; asked only where a page is not wholly known. */
static int keep_known(systole *s, struct held *held) {
  struct rows rows;
  uint32_t at = 0;
  held->known = malloc(held->data_bytes + 1);
  uint8_t *scratch = malloc(held->data_bytes + 1);
  int result = held->known != NULL && scratch != NULL ? SYSTOLE_OK : systole_broken(s, "no memory");
  for (uint32_t i = 0; i < held->record.operandCount && result == SYSTOLE_OK; i++) {
    const struct systole_operand *operand = &held->record.operands[i];
    if (!(operand->role & SYSTOLE_ROLE_WRITE) || !systole_rows_begin(s, &rows, operand)) continue;
    do {
      const uint32_t count = rows.compact ? 1 : rows.count, bytes = rows.compact ? systole_row_bytes(&rows) : rows.width >> 3;
      for (uint32_t n = 0; n < count && result == SYSTOLE_OK; n++, at += bytes)
        result = systole_read(s, operand->space, (uint64_t)((rows.address + n * rows.step) >> 3), scratch, held->known + at, bytes);
    } while (systole_rows_next(&rows));
  }
  free(scratch);
  return result;
}

static void log_written(systole *s, const struct held *held, const struct systole_operand *operand, int32_t slot) {
  if (s->log_count == s->log_capacity && s->log_capacity < LOG_MOST) {
    const uint32_t room = s->log_capacity == 0 ? 1024 : 2 * s->log_capacity;
    struct written *log = realloc(s->log, room * sizeof *log);
    if (log == NULL) return;
    s->log = log;
    s->log_capacity = room;
  }
  if (s->log_capacity == 0) return;
  struct written *to = &s->log[s->log_next];
  s->log_next = s->log_next + 1 == LOG_MOST ? 0 : s->log_next + 1;
  if (s->log_count < s->log_capacity) s->log_count++;
  const struct systole_retirement *r = &held->record;
  to->who = (struct systole_instruction){.seq = r->seq, .unit = r->unit, .order = r->order, .pc = r->pc};
  memcpy(to->who.words, r->words, sizeof to->who.words);
  to->slot = slot;
  if (operand != NULL) to->operand = *operand;
  else to->operand.role = 0;
}

/* The reference goes ahead of the design by this record. */
int systole_hold(systole *s, const struct systole_retirement *record) {
  uint32_t needs = 0;
  struct rows rows;
  bool wholly = true;
  struct held *held = take_spare(s);
  if (held == NULL) return systole_broken(s, "no memory");
  memset(&held->record, 0, sizeof held->record);
  memcpy(&held->record, record, record->bytes);
  IN_ENGINE(s, needs = Z_systole_engineZ_orderFollow(&s->engine, s->control->ring));
  if (needs == 0) return systole_refuse(s, "more posts wait for their tokens to be taken than the checker follows");
  memcpy(held->needs, s->memory + needs, sizeof held->needs);
  const struct systole_retirement *r = &held->record;
  const bool acts = r->status == SYSTOLE_RETIRED_DONE;
  if (acts && systole_head_opcode(r->words) == SYSTOLE_OP_WLOAD) log_written(s, held, NULL, (int32_t)systole_wload_slot(r->words));
  for (uint32_t i = 0; acts && i < r->operandCount; i++) {
    const struct systole_operand *operand = &r->operands[i];
    if (!(operand->role & SYSTOLE_ROLE_WRITE) || !systole_rows_begin(s, &rows, operand)) continue;
    do {
      const uint32_t count = rows.compact ? 1 : rows.count, bytes = rows.compact ? systole_row_bytes(&rows) : rows.width >> 3;
      for (uint32_t n = 0; n < count; n++)
        if (!keep_run(s, held, operand->space, (uint64_t)((rows.address + n * rows.step) >> 3), bytes, &wholly)) return systole_broken(s, "no memory");
    } while (systole_rows_next(&rows));
    log_written(s, held, operand, -1);
  }
  struct list *list = &s->lists[r->unit];
  if (list->last == NULL) list->first = held;
  else list->last->next = held;
  list->last = held;
  s->metrics.held++;
  return wholly ? SYSTOLE_OK : keep_known(s, held);
}

struct held *systole_find_held(systole *s, uint32_t unit, uint32_t order) {
  if (unit >= UNITS || order < s->done[unit]) return NULL;
  struct held *held = s->lists[unit].first;
  while (held != NULL && held->record.order != order) held = held->next;
  return held;
}

void systole_pass(systole *s, uint32_t unit) {
  struct held *held = s->lists[unit].first;
  s->done[unit]++;
  s->metrics.retired++;
  s->metrics.held--;
  s->lists[unit].first = held->next;
  if (held->next == NULL) s->lists[unit].last = NULL;
  give_spare(s, held);
}

const struct systole_retirement *systole_held(systole *s, uint32_t unit, uint32_t order) {
  struct held *held = systole_find_held(s, unit, order);
  return held == NULL ? NULL : &held->record;
}

static int allowed(systole *s, uint32_t unit, uint32_t order, bool starts) {
  const struct held *held = systole_find_held(s, unit, order);
  if (held == NULL) return -1;
  for (uint32_t other = 0; other < UNITS; other++)
    if (s->done[other] < held->needs[other] && !(starts && other == unit)) return 0;
  return 1;
}
int systole_may_retire(systole *s, uint32_t unit, uint32_t order) { return allowed(s, unit, order, false); }
int systole_may_start(systole *s, uint32_t unit, uint32_t order) { return allowed(s, unit, order, true); }

/* ---- a held record's bytes as words for a memory port */
static bool add_bytes(struct held *held, uint32_t space, uint64_t address, const uint8_t *bytes, const uint8_t *known, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (known != NULL && known[i] == 0) continue;
    const uint32_t word = (uint32_t)((address + i) & ~3ull), lane = (uint32_t)((address + i) & 3);
    struct systole_word *last = held->word_count > 0 ? &held->words[held->word_count - 1] : NULL;
    if (last == NULL || last->space != space || last->address != word) {
      if (held->word_count == held->word_capacity) {
        const uint32_t room = held->word_capacity == 0 ? 64 : 2 * held->word_capacity;
        struct systole_word *words = realloc(held->words, room * sizeof *words);
        if (words == NULL) return false;
        held->words = words;
        held->word_capacity = room;
      }
      last = &held->words[held->word_count++];
      *last = (struct systole_word){.space = space, .address = word};
    }
    last->data = (last->data & ~(255u << (8 * lane))) | (uint32_t)bytes[i] << (8 * lane);
    last->strobe |= 1u << lane;
  }
  return true;
}

int systole_held_word(systole *s, uint32_t unit, uint32_t order, uint32_t index, struct systole_word *word) {
  struct rows rows;
  uint32_t at = 0;
  struct held *held = systole_find_held(s, unit, order);
  if (held == NULL) return systole_refuse(s, "the record is not held");
  for (uint32_t i = 0; !held->has_words && held->record.status == SYSTOLE_RETIRED_DONE && i < held->record.operandCount; i++) {
    const struct systole_operand *operand = &held->record.operands[i];
    if (!(operand->role & SYSTOLE_ROLE_WRITE) || !systole_rows_begin(s, &rows, operand)) continue;
    do {
      const uint32_t runs = rows.compact ? 1 : rows.count, bytes = rows.compact ? systole_row_bytes(&rows) : rows.width >> 3;
      for (uint32_t n = 0; n < runs; n++, at += bytes)
        if (!add_bytes(held, operand->space, (uint64_t)((rows.address + n * rows.step) >> 3), held->data + at, held->known == NULL ? NULL : held->known + at, bytes)) return systole_broken(s, "no memory");
    } while (systole_rows_next(&rows));
  }
  held->has_words = true;
  if (index >= held->word_count) return SYSTOLE_END;
  *word = held->words[index];
  return SYSTOLE_OK;
}
