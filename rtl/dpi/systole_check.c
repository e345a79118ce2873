/* systole_check: a design under test against the reference: what it wrote, in which order its instructions were complete. */
#include <stdlib.h>
#include <string.h>
#include "systole_shadow.h"

int systole_check(systole *s, int mode) {
  if (!s->alive) return SYSTOLE_BROKEN;
  if (!s->launched || s->metrics.instructions > 0) return systole_refuse(s, "a comparison begins between the load and the first step");
  if (mode < SYSTOLE_STRICT || mode > SYSTOLE_FINAL) return systole_refuse(s, "mode %d is not one of 1 strict, 2 per unit, 3 final", mode);
  s->mode = mode;
  return SYSTOLE_OK;
}

/* ---- mismatches */
static int differs(systole *s, int kind, const struct held *held) {
  s->mismatch.kind = kind;
  systole_describe(s, held);
  snprintf(s->message, sizeof s->message, "%s", s->mismatch.text);
  return SYSTOLE_DIFFERS;
}
static void names(struct systole_instruction *to, const struct systole_retirement *r) {
  *to = (struct systole_instruction){.seq = r->seq, .unit = r->unit, .order = r->order, .pc = r->pc};
  memcpy(to->words, r->words, sizeof to->words);
}
static void begin_mismatch(systole *s, const struct held *held) {
  memset(&s->mismatch, 0, sizeof s->mismatch);
  s->mismatch.at.seq = s->mismatch.before.seq = -1;
  s->mismatch.pe_column = s->mismatch.pe_rows = -1;
  for (int i = 0; i < 4; i++) s->mismatch.writers[i].seq = -1;
  if (held != NULL) names(&s->mismatch.at, &held->record);
}

/* One element of a held record against the shadow; `at` counts in the bytes that it keeps. */
static int wrong_element(systole *s, const struct held *held, uint32_t operand, const struct rows *rows, uint32_t n, uint64_t expected, uint64_t found) {
  struct systole_mismatch *m = &s->mismatch;
  begin_mismatch(s, held);
  m->operand = operand;
  m->space = rows->operand->space;
  m->dtype = rows->operand->dtype;
  m->rank = rows->operand->rank;
  m->width_bits = rows->width;
  memcpy(m->index, rows->index, sizeof m->index);
  m->index[m->rank - 1] = n;
  m->address = (uint64_t)((rows->address + n * rows->step) >> 3);
  m->expected = expected;
  m->found = found;
  return differs(s, SYSTOLE_WRONG_ELEMENT, held);
}

/* Bytes of the design at an address, and those it wrote accounted for. */
static void fetch(systole *s, uint32_t space, uint64_t address, uint32_t count, uint8_t *to) {
  while (count > 0) {
    struct shadow_page *page = systole_page(s, space, address);
    const uint32_t at = (uint32_t)(address % PAGE), part = count < PAGE - at ? count : PAGE - at;
    if (page == NULL) return;
    memcpy(to, page->bytes + at, part);
    systole_clear_bits(page->dirty, at, part);
    to += part;
    address += part;
    count -= part;
  }
}

static uint64_t bits_at(const uint8_t *bytes, uint32_t n, uint32_t width) {
  uint64_t bits = 0;
  if (width == 4) return (bytes[n >> 1] >> (4 * (n & 1))) & 15;
  memcpy(&bits, bytes + n * (width >> 3), width >> 3);
  return bits;
}
static bool known_at(const uint8_t *known, uint32_t n, uint32_t width) {
  if (known == NULL) return true;
  if (width == 4) return known[n >> 1] != 0;
  for (uint32_t i = 0; i < width >> 3; i++)
    if (known[n * (width >> 3) + i] == 0) return false;
  return true;
}

/* The bytes that a record writes against those of the design. */
static int compare_footprint(systole *s, struct held *held) {
  struct rows rows;
  uint32_t at = 0;
  uint8_t fixed[1024], *found = held->data_bytes <= sizeof fixed ? fixed : malloc(held->data_bytes);
  int result = SYSTOLE_OK;
  if (found == NULL) return systole_broken(s, "no memory");
  for (uint32_t i = 0; held->record.status == SYSTOLE_RETIRED_DONE && i < held->record.operandCount; i++) {
    const struct systole_operand *operand = &held->record.operands[i];
    if (!(operand->role & SYSTOLE_ROLE_WRITE) || !systole_rows_begin(s, &rows, operand)) continue;
    do {
      const uint32_t runs = rows.compact ? 1 : rows.count, bytes = rows.compact ? systole_row_bytes(&rows) : rows.width >> 3;
      const uint32_t first = at;
      for (uint32_t n = 0; n < runs; n++, at += bytes) fetch(s, operand->space, (uint64_t)((rows.address + n * rows.step) >> 3), bytes, found + at);
      if (result != SYSTOLE_OK || memcmp(found + first, held->data + first, at - first) == 0) continue;
      for (uint32_t n = 0; n < rows.count && result == SYSTOLE_OK; n++) {
        const uint64_t expected = bits_at(held->data + first, n, rows.width), seen = bits_at(found + first, n, rows.width);
        if (expected != seen && known_at(held->known == NULL ? NULL : held->known + first, n, rows.width)) result = wrong_element(s, held, i, &rows, n, expected, seen);
      }
    } while (systole_rows_next(&rows));
  }
  s->metrics.bytes_compared += at;
  if (found != fixed) free(found);
  return result;
}

/* Of what the unit wrote since its last retirement nothing may be left. */
static int compare_strays(systole *s, uint32_t unit, const struct held *held) {
  int result = SYSTOLE_OK;
  for (uint32_t i = 0; i < s->pending_count[unit] && result == SYSTOLE_OK; i++) {
    const struct span *span = &s->pending[unit][i];
    for (uint32_t n = 0; n < span->byte_count && result == SYSTOLE_OK; n++) {
      struct shadow_page *page = systole_page(s, span->space, span->address + n);
      if (page == NULL || !has_bit(page->dirty, (uint32_t)((span->address + n) % PAGE))) continue;
      begin_mismatch(s, held);
      s->mismatch.space = span->space;
      s->mismatch.address = span->address + n;
      s->mismatch.found = page->bytes[(span->address + n) % PAGE];
      result = differs(s, SYSTOLE_STRAY_WRITE, held);
    }
  }
  s->pending_count[unit] = 0;
  return result;
}

/* ---- what the design says */
int systole_dut_wrote(systole *s, uint32_t unit, uint32_t space, uint64_t address, const void *bytes, size_t byte_count) {
  if (!s->alive) return SYSTOLE_BROKEN;
  if (s->mode == 0) return systole_refuse(s, "no comparison has begun: systole_check");
  const uint64_t size = systole_space_bytes(s, space);
  if (unit >= UNITS || address > size || byte_count > size - address) {
    const struct held *next = unit < UNITS ? s->lists[unit].first : NULL;
    begin_mismatch(s, next);
    s->mismatch.space = space;
    s->mismatch.address = address;
    if (byte_count > 0) memcpy(&s->mismatch.found, bytes, 1);
    return differs(s, SYSTOLE_STRAY_WRITE, next);
  }
  if (s->pending_count[unit] == s->pending_capacity[unit]) {
    const uint32_t room = s->pending_capacity[unit] == 0 ? 256 : 2 * s->pending_capacity[unit];
    struct span *more = realloc(s->pending[unit], room * sizeof *more);
    if (more == NULL) return systole_broken(s, "no memory");
    s->pending[unit] = more;
    s->pending_capacity[unit] = room;
  }
  s->pending[unit][s->pending_count[unit]++] = (struct span){.space = space, .byte_count = (uint32_t)byte_count, .address = address};
  s->metrics.writes++;
  s->metrics.bytes_written += byte_count;
  const uint8_t *from = bytes;
  for (size_t left = byte_count; left > 0;) {
    struct shadow_page *page = systole_page(s, space, address);
    const uint32_t at = (uint32_t)(address % PAGE), part = (uint32_t)(left < PAGE - at ? left : PAGE - at);
    if (page == NULL) return systole_broken(s, "no memory");
    memcpy(page->bytes + at, from, part);
    systole_set_bits(page->dirty, at, part);
    address += part;
    from += part;
    left -= part;
  }
  return SYSTOLE_OK;
}

static int wrong_field(systole *s, const struct held *held, const char *field, uint64_t expected, uint64_t found) {
  begin_mismatch(s, held);
  s->mismatch.field = field;
  s->mismatch.expected = expected;
  s->mismatch.found = found;
  return differs(s, SYSTOLE_WRONG_FIELD, held);
}
static int compare_fields(systole *s, const struct held *held, const struct systole_dut_fields *f) {
  static const char *const words[] = {"word 0", "word 1", "word 2", "word 3"};
  const struct systole_retirement *r = &held->record;
  if (f == NULL) return SYSTOLE_OK;
  if ((f->given & SYSTOLE_GIVES_PC) && f->pc != r->pc) return wrong_field(s, held, "pc", r->pc, f->pc);
  for (int i = 0; (f->given & SYSTOLE_GIVES_WORDS) && i < 4; i++)
    if (f->words[i] != r->words[i]) return wrong_field(s, held, words[i], r->words[i], f->words[i]);
  if ((f->given & SYSTOLE_GIVES_RESULT) && f->result != r->result) return wrong_field(s, held, "result", r->result, f->result);
  if (!(f->given & SYSTOLE_GIVES_DIGEST)) return SYSTOLE_OK;
  for (uint32_t i = 0; i < r->operandCount; i++)
    if ((r->operands[i].role & SYSTOLE_ROLE_WRITE) && r->operands[i].digest != f->digest) return wrong_field(s, held, "digest", r->operands[i].digest, f->digest);
  return SYSTOLE_OK;
}

/* Of the completions that are missing, the one that the program asks for last. */
static int compare_order(systole *s, const struct held *held) {
  const struct systole_retirement *early = NULL;
  for (uint32_t unit = 0; unit < UNITS; unit++) {
    const bool must = s->mode == SYSTOLE_STRICT ? s->lists[unit].first != NULL && s->lists[unit].first->record.seq < held->record.seq : s->done[unit] < held->needs[unit];
    const struct held *late = s->lists[unit].first;
    if (!must) continue;
    if (s->mode != SYSTOLE_STRICT)
      while (late != NULL && late->record.order + 1 < held->needs[unit]) late = late->next;
    if (late == NULL) continue;
    const bool earlier = s->mode == SYSTOLE_STRICT ? early != NULL && late->record.seq > early->seq : early != NULL && late->record.seq < early->seq;
    if (!earlier) early = &late->record;
  }
  if (early == NULL) return SYSTOLE_OK;
  begin_mismatch(s, held);
  names(&s->mismatch.before, early);
  return differs(s, SYSTOLE_WRONG_EDGE, held);
}

/* The record, after as many steps of the reference as it takes; NULL behind the end. */
static struct held *sought(systole *s, uint32_t unit, uint32_t order, int *result) {
  *result = SYSTOLE_OK;
  struct held *held = systole_find_held(s, unit, order);
  while (held == NULL && (*result = systole_step(s, NULL)) == SYSTOLE_OK) held = systole_find_held(s, unit, order);
  return held;
}

int systole_dut_retired(systole *s, uint32_t unit, uint32_t order, const struct systole_dut_fields *fields) {
  int result = SYSTOLE_OK;
  if (!s->alive) return SYSTOLE_BROKEN;
  if (s->mode == 0) return systole_refuse(s, "no comparison has begun: systole_check");
  if (unit >= UNITS) return systole_refuse(s, "unit %u is not one of 0 to %u", (unsigned)unit, UNITS - 1);
  struct held *held = sought(s, unit, s->done[unit], &result);
  if (held == NULL) {
    if (result != SYSTOLE_END) return result;
    begin_mismatch(s, NULL);
    s->mismatch.at.unit = unit;
    s->mismatch.at.order = order;
    return differs(s, SYSTOLE_SURPLUS, NULL);
  }
  result = SYSTOLE_OK;
  if (s->mode != SYSTOLE_FINAL && order != held->record.order) {
    begin_mismatch(s, held);
    s->mismatch.found = order;
    result = differs(s, SYSTOLE_WRONG_ORDER, held);
  }
  if (s->mode != SYSTOLE_FINAL && result == SYSTOLE_OK) result = compare_order(s, held);
  if (s->mode != SYSTOLE_FINAL && result == SYSTOLE_OK) result = compare_fields(s, held, fields);
  if (s->mode != SYSTOLE_FINAL && result == SYSTOLE_OK) result = compare_footprint(s, held);
  if (s->mode != SYSTOLE_FINAL && result == SYSTOLE_OK) result = compare_strays(s, unit, held);
  /* The design goes on whatever it did: later instructions are compared too. */
  if (s->mode == SYSTOLE_FINAL) s->pending_count[unit] = 0;
  systole_pass(s, unit);
  return result;
}

int systole_dut_trapped(systole *s, uint32_t order, uint32_t trap, uint32_t pc) {
  int result = SYSTOLE_OK;
  if (!s->alive) return SYSTOLE_BROKEN;
  if (s->mode == 0) return systole_refuse(s, "no comparison has begun: systole_check");
  const struct held *held = sought(s, SYSTOLE_UNIT_SEQ, order, &result);
  if (held == NULL && result != SYSTOLE_END) return result;
  if (held != NULL && held->record.trap != trap) return wrong_field(s, held, "trap", held->record.trap, trap);
  const struct systole_dut_fields fields = {.given = SYSTOLE_GIVES_PC, .pc = pc};
  return systole_dut_retired(s, SYSTOLE_UNIT_SEQ, order, &fields);
}

/* Every byte that the reference wrote, in the memory of the design. */
static int compare_memory(systole *s) {
  for (uint32_t space = 1; space < SPACES; space++)
    for (uint32_t page = 0; page < s->page_count[space]; page++) {
      const struct shadow_page *shadow = s->pages[space][page];
      if (shadow == NULL) continue;
      uint8_t bytes[PAGE], known[PAGE];
      const uint64_t from = (uint64_t)page * PAGE, size = systole_space_bytes(s, space) - from;
      const uint32_t count = (uint32_t)(size < PAGE ? size : PAGE);
      const int result = systole_read(s, space, from, bytes, known, count);
      if (result != SYSTOLE_OK) return result;
      for (uint32_t i = 0; i < count; i++) {
        const bool counts = has_bit(shadow->due, i);
        s->metrics.bytes_compared += counts;
        if ((!counts && !has_bit(shadow->dirty, i)) || !known[i] || shadow->bytes[i] == bytes[i]) continue;
        begin_mismatch(s, NULL);
        s->mismatch.space = space;
        s->mismatch.address = from + i;
        s->mismatch.expected = bytes[i];
        s->mismatch.found = shadow->bytes[i];
        return differs(s, SYSTOLE_WRONG_MEMORY, NULL);
      }
    }
  return SYSTOLE_OK;
}

int systole_dut_finished(systole *s) {
  int result;
  if (!s->alive) return SYSTOLE_BROKEN;
  if (s->mode == 0) return systole_refuse(s, "no comparison has begun: systole_check");
  do result = systole_step(s, NULL);
  while (result == SYSTOLE_OK);
  if (result != SYSTOLE_END) return result;
  const struct held *missing = NULL;
  for (uint32_t unit = 0; unit < UNITS; unit++)
    if (s->lists[unit].first != NULL && (missing == NULL || s->lists[unit].first->record.seq < missing->record.seq)) missing = s->lists[unit].first;
  if (missing != NULL && s->mode != SYSTOLE_FINAL) {
    begin_mismatch(s, missing);
    return differs(s, SYSTOLE_MISSING, missing);
  }
  return compare_memory(s);
}

const struct systole_mismatch *systole_mismatch_of(const systole *s) { return &s->mismatch; }
int systole_metrics_of(const systole *s, struct systole_metrics *metrics) {
  *metrics = s->metrics;
  return SYSTOLE_OK;
}
