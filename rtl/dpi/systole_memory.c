/* systole_memory: the memories of an instance, which the host and the checker read and write. */
#include <string.h>
#include "systole_shadow.h"

static int outside(systole *s, uint32_t space, uint64_t address, size_t byte_count) {
  const uint64_t bytes = systole_space_bytes(s, space);
  if (address <= bytes && byte_count <= bytes - address) return SYSTOLE_OK;
  return systole_refuse(s, "%s:0x%llx: %zu bytes do not exist there; it has %llu", systole_space_name(space), (unsigned long long)address, byte_count, (unsigned long long)bytes);
}

int systole_write(systole *s, uint32_t space, uint64_t address, const void *bytes, size_t byte_count) {
  int result = systole_ready(s);
  if (result == SYSTOLE_OK) result = outside(s, space, address, byte_count);
  if (result != SYSTOLE_OK || byte_count == 0) return result;
  s->control->continued = 0;
  IN_ENGINE(s, Z_systole_engineZ_setKnown(&s->engine, space, address, address + byte_count));
  memcpy(systole_space_at(s, space) + address, bytes, byte_count);
  systole_shadow_host(s, space, address, bytes, byte_count);
  return SYSTOLE_OK;
}

int systole_read(systole *s, uint32_t space, uint64_t address, void *bytes, uint8_t *known, size_t byte_count) {
  int result = systole_ready(s);
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
