/* systole: the engine hosted in C: instances, profiles, memories, runs. */
#include "systole.h"
#include <fenv.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "selftest.h"
#include "systole_internal.h"

#define SLICE_STEPS (1u << 30)
#define HEAD_BYTES 52u
/* Why there is no instance. */
static _Thread_local char init_message[256] = "";

static int prove(void);

/* ---- life */
static int make(systole **out) {
  systole *s = calloc(1, sizeof *s);
  *out = NULL;
  if (s == NULL) {
    snprintf(init_message, sizeof init_message, "no memory for an instance");
    return SYSTOLE_BROKEN;
  }
  if (setjmp(systole_trap_target) != 0) {
    free(s);
    snprintf(init_message, sizeof init_message, "no memory for the engine");
    return SYSTOLE_BROKEN;
  }
  Z_systole_engine_init_module();
  Z_systole_engine_instantiate(&s->engine);
  s->alive = true;
  s->digests = true;
  *out = s;
  return SYSTOLE_OK;
}

int systole_init(systole **s) {
  static bool proved = false;
  *s = NULL;
  if (!proved) {
    const int result = prove();
    if (result != SYSTOLE_OK) return result;
    proved = true;
  }
  return make(s);
}

void systole_shutdown(systole *s) {
  if (s == NULL) return;
  systole_checker_clear(s);
  while (s->spare != NULL) {
    struct held *next = s->spare->next;
    free(s->spare->data);
    free(s->spare->words);
    free(s->spare);
    s->spare = next;
  }
  for (uint32_t unit = 0; unit < UNITS; unit++) free(s->pending[unit]);
  free(s->log);
  Z_systole_engine_free(&s->engine);
  free(s);
}

/* The library runs a program of its own once: a compiler that changes a bit is found before a user finds it. */
static int prove(void) {
  systole *s;
  int result = make(&s);
  if (result != SYSTOLE_OK) return result;
  result = systole_configure(s, selftest_profile, sizeof selftest_profile);
  if (result == SYSTOLE_OK) result = systole_reset(s);
  for (size_t i = 0; result == SYSTOLE_OK && i < sizeof selftest_memory / sizeof *selftest_memory; i++)
    result = systole_write(s, selftest_memory[i].space, selftest_memory[i].address, selftest_memory[i].bytes, selftest_memory[i].byte_count);
  if (result == SYSTOLE_OK) result = systole_load(s, selftest_image, sizeof selftest_image, SYSTOLE_IMAGE_AT_END, NULL);
  if (result == SYSTOLE_OK) result = systole_run(s);
  const uint32_t found = systole_digest(s);
  if (result != SYSTOLE_END) {
    snprintf(init_message, sizeof init_message, "the self-test fails: %.200s", s->message);
    result = SYSTOLE_BROKEN;
  } else if (found != SELFTEST_DIGEST) {
    snprintf(init_message, sizeof init_message, "the self-test gives %08x instead of %08x: this compiler, or its options, change bits", (unsigned)found, SELFTEST_DIGEST);
    result = SYSTOLE_BROKEN;
  } else result = SYSTOLE_OK;
  systole_shutdown(s);
  return result;
}

/* ---- failures */
const char *systole_message(const systole *s) { return s == NULL ? init_message : s->message; }
int systole_refuse(systole *s, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(s->message, sizeof s->message, format, args);
  va_end(args);
  return SYSTOLE_USAGE;
}
int systole_broken(systole *s, const char *what) {
  s->alive = false;
  snprintf(s->message, sizeof s->message, "this is a bug in systole: %s", what);
  return SYSTOLE_BROKEN;
}
static int unready(systole *s) {
  if (!s->alive) return SYSTOLE_BROKEN;
  if (!s->configured) return systole_refuse(s, "there is no profile yet: systole_configure");
  return SYSTOLE_OK;
}

/* ---- profile */
static uint32_t word_at(const uint8_t *from) {
  uint32_t word;
  memcpy(&word, from, sizeof word);
  return word;
}

/* Is the blob whole, for this engine, and within its memory? */
static int check_profile(systole *s, const uint8_t *blob, size_t byte_count) {
  if (byte_count < HEAD_BYTES + 4 || memcmp(blob, "SYSPROF1", 8) != 0)
    return systole_refuse(s, "no profile: it does not begin with SYSPROF1; `systole profile binary NAME -o FILE` writes one");
  if (systole_crc32c(0, blob, byte_count - 4) != word_at(blob + byte_count - 4)) return systole_refuse(s, "the profile is damaged: its CRC-32C is not that of its bytes");
  if (memcmp(blob + 8, engine_sha256, 32) != 0) return systole_refuse(s, "the profile was written for another build of the engine; write it again with this version of systole");
  const uint32_t end = word_at(blob + 40), chunks = word_at(blob + 44), name_bytes = word_at(blob + 48);
  size_t at = HEAD_BYTES + (((size_t)name_bytes + 3) & ~(size_t)3);
  for (uint32_t i = 0; i < chunks; i++) {
    if (at + 8 > byte_count - 4) return systole_refuse(s, "the profile is damaged: chunk %u lies after its end", (unsigned)i);
    const uint32_t to = word_at(blob + at), count = word_at(blob + at + 4);
    if (count > byte_count - 4 - at - 8 || (uint64_t)to + count > end) return systole_refuse(s, "the profile is damaged: chunk %u has no room", (unsigned)i);
    at += 8 + (size_t)count;
  }
  if (at != byte_count - 4) return systole_refuse(s, "the profile is damaged: bytes are left after its chunks");
  return SYSTOLE_OK;
}

int systole_configure(systole *s, const void *profile, size_t byte_count) {
  const uint8_t *blob = profile;
  if (!s->alive) return SYSTOLE_BROKEN;
  if (s->configured) return systole_refuse(s, "the instance has its profile; make another one");
  const int result = check_profile(s, blob, byte_count);
  if (result != SYSTOLE_OK) return result;
  wasm_rt_memory_t *memory = Z_systole_engineZ_memory(&s->engine);
  const uint32_t end = word_at(blob + 40), pages = (uint32_t)(((uint64_t)end + 65535) >> 16), name_bytes = word_at(blob + 48);
  if (pages > memory->pages) {
    uint8_t *grown = pages < 65536 ? calloc(pages, 65536) : NULL;
    if (grown == NULL) return systole_refuse(s, "no memory of %u pages of 64 KiB for this profile", (unsigned)pages);
    memcpy(grown, memory->data, memory->size);
    free(memory->data);
    memory->data = grown;
    memory->pages = pages;
    memory->size = pages * 65536u;
  }
  s->memory = memory->data;
  const uint8_t *at = blob + HEAD_BYTES + ((name_bytes + 3) & ~3u);
  for (uint32_t chunks = word_at(blob + 44); chunks > 0; chunks--) {
    memcpy(s->memory + word_at(at), at + 8, word_at(at + 4));
    at += 8 + word_at(at + 4);
  }
  s->control = (struct systole_control *)(s->memory + *Z_systole_engineZ_CONTROL(&s->engine));
  s->profile = (const struct systole_profile *)(s->memory + *Z_systole_engineZ_PROFILE(&s->engine));
  s->state = (const struct systole_state *)(s->memory + *Z_systole_engineZ_STATE(&s->engine));
  s->control->lanes = 3;
  snprintf(s->name, sizeof s->name, "%.*s", (int)name_bytes, (const char *)blob + HEAD_BYTES);
  s->configured = true;
  return systole_reset(s);
}

/* Bytes of a file, for the caller to free; NULL and a message when that fails. */
static uint8_t *file_bytes(systole *s, const char *path, size_t *byte_count) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = NULL;
  size_t count = 0;
  if (file == NULL) {
    systole_refuse(s, "%s: cannot be read", path);
    return NULL;
  }
  for (size_t room = 65536;; room *= 2) {
    uint8_t *more = realloc(bytes, room);
    if (more == NULL) break;
    bytes = more;
    count += fread(bytes + count, 1, room - count, file);
    if (count < room) {
      fclose(file);
      *byte_count = count;
      return bytes;
    }
  }
  fclose(file);
  free(bytes);
  systole_refuse(s, "%s: no memory for it", path);
  return NULL;
}

int systole_configure_file(systole *s, const char *path) {
  size_t count;
  uint8_t *bytes = file_bytes(s, path, &count);
  if (bytes == NULL) return SYSTOLE_USAGE;
  const int result = systole_configure(s, bytes, count);
  free(bytes);
  return result;
}

/* ---- memory */
uint64_t systole_space_bytes(const systole *s, uint32_t space) {
  return space >= SYSTOLE_SPACE_DRAM && space <= SYSTOLE_SPACE_ACC ? (uint64_t)s->profile->spaceBytes[space] : 0;
}
static int outside(systole *s, uint32_t space, uint64_t address, size_t byte_count) {
  const uint64_t bytes = systole_space_bytes(s, space);
  if (address <= bytes && byte_count <= bytes - address) return SYSTOLE_OK;
  return systole_refuse(s, "%s:0x%llx: %zu bytes do not exist there; it has %llu", systole_space_name(space), (unsigned long long)address, byte_count, (unsigned long long)bytes);
}

int systole_reset(systole *s) {
  int result = unready(s);
  if (result != SYSTOLE_OK) return result;
  systole_checker_clear(s);
  s->launched = false;
  s->crc = 0;
  s->status = SYSTOLE_STATUS_IDLE;
  s->source[0] = 0;
  IN_ENGINE(s, Z_systole_engineZ_reset(&s->engine));
  IN_ENGINE(s, Z_systole_engineZ_orderReset(&s->engine));
  return SYSTOLE_OK;
}

int systole_write(systole *s, uint32_t space, uint64_t address, const void *bytes, size_t byte_count) {
  int result = unready(s);
  if (result == SYSTOLE_OK) result = outside(s, space, address, byte_count);
  if (result != SYSTOLE_OK || byte_count == 0) return result;
  s->control->continued = 0;
  IN_ENGINE(s, Z_systole_engineZ_setKnown(&s->engine, space, address, address + byte_count));
  memcpy(systole_space_at(s, space) + address, bytes, byte_count);
  systole_shadow_host(s, space, address, bytes, byte_count);
  return SYSTOLE_OK;
}

int systole_read(systole *s, uint32_t space, uint64_t address, void *bytes, uint8_t *known, size_t byte_count) {
  int result = unready(s);
  if (result == SYSTOLE_OK) result = outside(s, space, address, byte_count);
  if (result != SYSTOLE_OK || byte_count == 0) return result;
  uint32_t wholly = 0;
  IN_ENGINE(s, wholly = Z_systole_engineZ_touch(&s->engine, space, address, address + byte_count));
  memcpy(bytes, systole_space_at(s, space) + address, byte_count);
  if (known == NULL) return SYSTOLE_OK;
  memset(known, 1, byte_count);
  if (wholly) return SYSTOLE_OK;
  for (size_t i = 0; i < byte_count;) {
    const uint32_t page = (uint32_t)((address + i) / PAGE);
    uint32_t bits = 0;
    IN_ENGINE(s, bits = Z_systole_engineZ_pageBits(&s->engine, space, page));
    const bool is_known = s->memory[s->control->pageStates[space] + page] == 2;
    for (uint64_t offset = (address + i) % PAGE; offset < PAGE && i < byte_count; offset++, i++) known[i] = is_known || ((s->memory[bits + (offset >> 3)] >> (offset & 7)) & 1);
  }
  return SYSTOLE_OK;
}

int systole_post(systole *s, uint32_t semaphore, uint32_t tokens) {
  const int result = unready(s);
  if (result != SYSTOLE_OK) return result;
  if (semaphore == 0 || semaphore >= SYSTOLE_SEMAPHORE_COUNT || s->state->semaphores[semaphore] + (uint64_t)tokens > SYSTOLE_SEMAPHORE_MAX)
    return systole_refuse(s, "m%u cannot take %u tokens: m1 to m63 hold at most 65535", (unsigned)semaphore, (unsigned)tokens);
  s->control->continued = 0;
  IN_ENGINE(s, Z_systole_engineZ_csrWrite(&s->engine, 0x300, semaphore | tokens << 16));
  IN_ENGINE(s, Z_systole_engineZ_orderPost(&s->engine, semaphore, tokens));
  return SYSTOLE_OK;
}

/* ---- runs */
int systole_load(systole *s, const void *image, size_t byte_count, uint64_t base, const uint32_t arguments[8]) {
  int result = unready(s);
  if (result != SYSTOLE_OK) return result;
  const uint64_t dram = systole_space_bytes(s, SYSTOLE_SPACE_DRAM);
  if (base == SYSTOLE_IMAGE_AT_END) base = byte_count > dram ? 0 : (dram - byte_count) / SYSTOLE_IMAGE_ALIGNMENT * SYSTOLE_IMAGE_ALIGNMENT;
  result = systole_write(s, SYSTOLE_SPACE_DRAM, base, image, byte_count);
  if (result != SYSTOLE_OK) return result;
  uint8_t *scratch = s->memory + *Z_systole_engineZ_SCRATCH(&s->engine);
  memset(scratch, 0, 4 * SYSTOLE_ARGUMENT_COUNT);
  if (arguments != NULL) memcpy(scratch, arguments, 4 * SYSTOLE_ARGUMENT_COUNT);
  IN_ENGINE(s, Z_systole_engineZ_launch(&s->engine, (uint32_t)base));
  s->launched = true;
  s->crc = 0;
  return SYSTOLE_OK;
}

/* `base N`, `argument I N`, `tokens SEMAPHORE N`: the launch of a case where it is not the default one. */
static int read_launch(systole *s, const char *path, uint64_t *base, uint32_t arguments[8]) {
  char word[16];
  FILE *file = fopen(path, "r");
  int result = SYSTOLE_OK;
  if (file == NULL) return SYSTOLE_OK;
  while (result == SYSTOLE_OK && fscanf(file, "%15s", word) == 1) {
    long long first = 0, second = 0;
    if (strcmp(word, "base") == 0 && fscanf(file, "%lli", &first) == 1) *base = (uint64_t)first;
    else if (strcmp(word, "argument") == 0 && fscanf(file, "%lli %lli", &first, &second) == 2 && first >= 0 && first < 8) arguments[first] = (uint32_t)second;
    else if (strcmp(word, "tokens") == 0 && fscanf(file, "%lli %lli", &first, &second) == 2) result = systole_post(s, (uint32_t)first, (uint32_t)second);
    else result = systole_refuse(s, "%s: '%s' is not a line of it; lines are base N, argument I N, tokens SEMAPHORE N", path, word);
  }
  fclose(file);
  return result;
}

static int load_case(systole *s, const char *folder) {
  static const uint32_t spaces[] = {SYSTOLE_SPACE_DRAM, SYSTOLE_SPACE_SPM, SYSTOLE_SPACE_ACC};
  char path[640];
  uint64_t base = SYSTOLE_IMAGE_AT_END;
  uint32_t arguments[8] = {0};
  size_t count = 0;
  int result = SYSTOLE_OK;
  for (int i = 0; i < 3 && result == SYSTOLE_OK; i++) {
    snprintf(path, sizeof path, "%.500s/initial.%s.hex", folder, systole_space_name(spaces[i]));
    result = systole_read_hex(s, path, spaces[i]);
  }
  snprintf(path, sizeof path, "%.500s/launch.txt", folder);
  if (result == SYSTOLE_OK) result = read_launch(s, path, &base, arguments);
  if (result != SYSTOLE_OK) return result;
  snprintf(path, sizeof path, "%.500s/program.bin", folder);
  uint8_t *image = file_bytes(s, path, &count);
  if (image == NULL) return SYSTOLE_USAGE;
  result = systole_load(s, image, count, base, arguments);
  free(image);
  return result;
}

int systole_load_file(systole *s, const char *path) {
  size_t count = 0;
  int result = systole_reset(s);
  if (result != SYSTOLE_OK) return result;
  char inner[640];
  snprintf(inner, sizeof inner, "%.500s/program.bin", path);
  FILE *folder = fopen(inner, "rb");
  s->is_case = folder != NULL;
  if (folder != NULL) {
    fclose(folder);
    result = load_case(s, path);
  } else {
    uint8_t *image = file_bytes(s, path, &count);
    if (image == NULL) return SYSTOLE_USAGE;
    result = systole_load(s, image, count, SYSTOLE_IMAGE_AT_END, NULL);
    free(image);
  }
  snprintf(s->source, sizeof s->source, "%.500s", path);
  return result;
}

int systole_digests(systole *s, int on) {
  s->digests = on != 0;
  if (s->control != NULL) s->control->continued = 0;
  return SYSTOLE_OK;
}

/* The engine's steps under IEEE 754's own rules, whatever the process has set: rounding to nearest, subnormals kept. */
static int go(systole *s, uint32_t *status, bool to_record) {
  fenv_t of_process;
  fegetenv(&of_process);
  fesetenv(FE_DFL_ENV);
  if (setjmp(systole_trap_target) != 0) {
    fesetenv(&of_process);
    return systole_broken(s, "the engine reached a WebAssembly trap");
  }
  do {
    *status = Z_systole_engineZ_run(&s->engine, SLICE_STEPS);
    s->control->continued = 1; /* until the host touches something */
  } while (*status == SYSTOLE_STATUS_BUDGET && !(to_record && s->control->ringCount > 0));
  fesetenv(&of_process);
  return SYSTOLE_OK;
}

static int ended(systole *s, uint32_t status) {
  s->status = status;
  snprintf(s->message, sizeof s->message, "the run has ended: %s", systole_status_name(status));
  return SYSTOLE_END;
}

int systole_step(systole *s, const struct systole_retirement **record) {
  int result = unready(s);
  if (record != NULL) *record = NULL;
  if (result != SYSTOLE_OK) return result;
  if (!s->launched) return systole_refuse(s, "nothing is loaded");
  struct systole_control *control = s->control;
  uint32_t status;
  control->ringCapacity = 1;
  control->ringCount = 0;
  control->digests = s->digests;
  control->choosing = 0;
  result = go(s, &status, true);
  if (result != SYSTOLE_OK) return result;
  if (control->ringCount == 0) return ended(s, status);
  s->status = SYSTOLE_STATUS_RING_FULL;
  const struct systole_retirement *found = (const struct systole_retirement *)(s->memory + control->ring);
  s->metrics.instructions++;
  if (s->digests) s->crc = systole_crc32c(s->crc, found, found->bytes);
  if (record != NULL) *record = found;
  return s->mode != 0 ? systole_hold(s, found) : SYSTOLE_OK;
}

int systole_run(systole *s) {
  int result = unready(s);
  if (result != SYSTOLE_OK) return result;
  if (s->digests || s->mode != 0 || !s->launched) {
    do result = systole_step(s, NULL);
    while (result == SYSTOLE_OK);
    return result;
  }
  uint32_t status;
  s->control->ringCapacity = 0;
  s->control->choosing = 0;
  result = go(s, &status, false);
  return result == SYSTOLE_OK ? ended(s, status) : result;
}

uint32_t systole_status(const systole *s) { return s->status; }
const char *systole_status_text(const systole *s) { return systole_status_name(s->status); }
uint32_t systole_digest(systole *s) { return s->configured ? systole_crc32c(s->crc, s->state, sizeof *s->state) : 0; }

uint32_t systole_crc32c(uint32_t crc, const void *bytes, size_t byte_count) {
  static uint32_t table[256];
  if (table[1] == 0)
    for (uint32_t value = 256; value-- > 0;) {
      uint32_t rest = value;
      for (int bit = 0; bit < 8; bit++) rest = (rest >> 1) ^ ((rest & 1) != 0 ? 0x82f63b78u : 0);
      table[value] = rest;
    }
  const uint8_t *at = bytes;
  uint32_t sum = ~crc;
  for (size_t i = 0; i < byte_count; i++) sum = (sum >> 8) ^ table[(sum ^ at[i]) & 255];
  return ~sum;
}
