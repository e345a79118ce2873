/* systole_shadow: the design's memory as its write port told it, page by page. */
#include <stdlib.h>
#include <string.h>
#include "systole_internal.h"

struct shadow_page *systole_page(systole *s, uint32_t space, uint64_t address) {
  const uint32_t page = (uint32_t)(address / PAGE);
  if (s->pages[space] == NULL) {
    s->page_count[space] = (uint32_t)((systole_space_bytes(s, space) + PAGE - 1) / PAGE);
    s->pages[space] = calloc(s->page_count[space], sizeof *s->pages[space]);
  }
  if (s->pages[space] == NULL || page >= s->page_count[space]) return NULL;
  if (s->pages[space][page] == NULL) {
    struct shadow_page *made = calloc(1, sizeof *made);
    if (made != NULL) memset(made->bytes, (int)s->profile->unknownByte, PAGE);
    s->pages[space][page] = made;
  }
  return s->pages[space][page];
}

void systole_set_bits(uint8_t *bits, uint32_t from, uint32_t count) {
  for (uint32_t i = from; i < from + count; i++) bits[i >> 3] |= (uint8_t)(1u << (i & 7));
}
void systole_clear_bits(uint8_t *bits, uint32_t from, uint32_t count) {
  for (uint32_t i = from; i < from + count; i++) bits[i >> 3] &= (uint8_t)~(1u << (i & 7));
}
/* What the host lays down is in both memories. */
void systole_shadow_host(systole *s, uint32_t space, uint64_t address, const void *bytes, size_t byte_count) {
  const uint8_t *from = bytes;
  while (byte_count > 0) {
    struct shadow_page *page = systole_page(s, space, address);
    const uint32_t at = (uint32_t)(address % PAGE), count = (uint32_t)(byte_count < PAGE - at ? byte_count : PAGE - at);
    if (page == NULL) return;
    memcpy(page->bytes + at, from, count);
    address += count;
    from += count;
    byte_count -= count;
  }
}

