/* systole_shadow: the design's memory as its write port told it, page by page. */
#ifndef SYSTOLE_SHADOW_H
#define SYSTOLE_SHADOW_H
#include "systole_internal.h"

struct shadow_page *systole_new_page(systole *s, uint32_t space, uint64_t address);
/* NULL where there is no such byte, or no memory. Asked for every word of the design: inline (measured, bench/lockstep.ts). */
static inline struct shadow_page *systole_page(systole *s, uint32_t space, uint64_t address) {
  const uint64_t page = address / PAGE;
  struct shadow_page *found = page < s->page_count[space] ? s->pages[space][page] : NULL;
  return found != NULL ? found : systole_new_page(s, space, address);
}
void systole_shadow_host(systole *s, uint32_t space, uint64_t address, const void *bytes, size_t byte_count);
void systole_shadow_clear(systole *s);
void systole_set_bits(uint8_t *bits, uint32_t from, uint32_t count);
void systole_clear_bits(uint8_t *bits, uint32_t from, uint32_t count);
static inline bool has_bit(const uint8_t *bits, uint32_t i) { return ((bits[i >> 3] >> (i & 7)) & 1) != 0; }
#endif
