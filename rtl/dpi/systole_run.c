/* systole_run: programs on an instance: loaded, stepped, run, with the digest of what they retired. */
#include <fenv.h>
#include <string.h>
#include "systole_internal.h"

#define SLICE_STEPS (1u << 30)

int systole_load(systole *s, const void *image, size_t byte_count, uint64_t base, const uint32_t arguments[8]) {
  int result = systole_ready(s);
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

int systole_post(systole *s, uint32_t semaphore, uint32_t tokens) {
  const int result = systole_ready(s);
  if (result != SYSTOLE_OK) return result;
  if (semaphore == 0 || semaphore >= SYSTOLE_SEMAPHORE_COUNT || s->state->semaphores[semaphore] + (uint64_t)tokens > SYSTOLE_SEMAPHORE_MAX)
    return systole_refuse(s, "m%u cannot take %u tokens: m1 to m63 hold at most 65535", (unsigned)semaphore, (unsigned)tokens);
  s->control->continued = 0;
  IN_ENGINE(s, Z_systole_engineZ_csrWrite(&s->engine, 0x300, semaphore | tokens << 16));
  IN_ENGINE(s, Z_systole_engineZ_orderPost(&s->engine, semaphore, tokens));
  return SYSTOLE_OK;
}

int systole_digests(systole *s, int on) {
  s->digests = on != 0;
  return SYSTOLE_OK;
}

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
  int result = systole_ready(s);
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
  int result = systole_ready(s);
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
