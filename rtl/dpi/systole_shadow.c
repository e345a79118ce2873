/* systole_shadow: pages of the design's memory, made when they are first asked for. */
#include <stdlib.h>
#include <string.h>
#include "systole_shadow.h"

struct shadow_page *systole_new_page(systole *s, uint32_t space, uint64_t address) {
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

void systole_shadow_clear(systole *s) {
  for (uint32_t space = 0; space < SPACES; space++) {
    for (uint32_t page = 0; page < s->page_count[space]; page++) free(s->pages[space][page]);
    free(s->pages[space]);
    s->pages[space] = NULL;
    s->page_count[space] = 0;
  }
}

/* 32 bits at a time, in a word that ends within the map. */
static void change_bits(uint8_t *bits, uint32_t from, uint32_t count, bool on) {
  while (count > 0) {
    const uint32_t part = count < 32 ? count : 32, at = from >> 3 < PAGE / 8 - 8 ? from >> 3 : PAGE / 8 - 8;
    const uint64_t mask = ((1ull << part) - 1) << (from - 8 * at);
    uint64_t word;
    memcpy(&word, bits + at, sizeof word);
    word = on ? word | mask : word & ~mask;
    memcpy(bits + at, &word, sizeof word);
    from += part;
    count -= part;
  }
}
void systole_set_bits(uint8_t *bits, uint32_t from, uint32_t count) { change_bits(bits, from, count, true); }
void systole_clear_bits(uint8_t *bits, uint32_t from, uint32_t count) { change_bits(bits, from, count, false); }

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
