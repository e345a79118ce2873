/* systole_instance: the engine hosted in C: instances and their profiles. */
#include "systole.h"
#include <stdlib.h>
#include <string.h>
#include "selftest.h"
#include "systole_internal.h"

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

const char *systole_message(const systole *s) { return s == NULL ? init_message : s->message; }

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

int systole_reset(systole *s) {
  int result = systole_ready(s);
  if (result != SYSTOLE_OK) return result;
  systole_checker_clear(s);
  s->control->continued = 0;
  s->launched = false;
  s->crc = 0;
  s->status = SYSTOLE_STATUS_IDLE;
  s->source[0] = 0;
  IN_ENGINE(s, Z_systole_engineZ_reset(&s->engine));
  IN_ENGINE(s, Z_systole_engineZ_orderReset(&s->engine));
  return SYSTOLE_OK;
}
