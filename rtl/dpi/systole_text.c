/* systole_text: a mismatch in words: instruction, element, place in the array, bits, who wrote the sources, the command that replays it. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "systole_internal.h"

#define HULL_MOST (16u << 20)

struct text {
  char *to;
  size_t size, at;
};
static void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct text *text, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const int count = vsnprintf(text->to + text->at, text->size - text->at, format, args);
  va_end(args);
  if (count > 0) text->at = text->at + (size_t)count < text->size ? text->at + (size_t)count : text->size - 1;
}

/* `mxu #5 (seq 17, pc 12, mm: 00080062 0100000c 01000508 00000000)` */
size_t systole_print_instruction(char *to, size_t size, const struct systole_instruction *who) {
  const int count = snprintf(to, size, "%s #%u (seq %lld, pc %u, %s: %08x %08x %08x %08x)", systole_unit_name(who->unit), (unsigned)who->order, (long long)who->seq, (unsigned)who->pc,
    systole_mnemonic(systole_head_opcode(who->words)), (unsigned)who->words[0], (unsigned)who->words[1], (unsigned)who->words[2], (unsigned)who->words[3]);
  return count < 0 ? 0 : (size_t)count;
}
static void add_instruction(struct text *text, const struct systole_instruction *who) {
  char line[160];
  systole_print_instruction(line, sizeof line, who);
  add(text, "%s", line);
}
static void add_writer(struct text *text, const struct systole_instruction *who) {
  if (who->seq < 0) add(text, "nothing since the load");
  else add(text, "%s #%u (seq %lld, pc %u, %s)", systole_unit_name(who->unit), (unsigned)who->order, (long long)who->seq, (unsigned)who->pc, systole_mnemonic(systole_head_opcode(who->words)));
}

/* ---- who wrote a source last */
static bool hull(const systole *s, const struct systole_operand *operand, int64_t *low, int64_t *high) {
  struct rows rows;
  if (!systole_rows_begin(s, &rows, operand)) return false;
  *low = operand->address;
  *high = operand->address + rows.width;
  for (uint32_t axis = 0; axis < operand->rank; axis++) {
    const int64_t reach = ((int64_t)operand->dims[axis] - 1) * operand->strides[axis] * rows.width;
    if (reach < 0) *low += reach;
    else *high += reach;
  }
  *low >>= 3;
  *high = (*high + 7) >> 3;
  return true;
}
/* Marks the operand's bytes in a map that begins at `low`, or says whether one of them is marked. */
static bool visit(const systole *s, const struct systole_operand *operand, uint8_t *map, int64_t low, int64_t high, bool mark) {
  struct rows rows;
  if (!systole_rows_begin(s, &rows, operand)) return false;
  do {
    const uint32_t runs = rows.compact ? 1 : rows.count, bytes = rows.compact ? systole_row_bytes(&rows) : (rows.width + 7) >> 3;
    for (uint32_t n = 0; n < runs; n++)
      for (int64_t at = (rows.address + n * rows.step) >> 3, end = at + bytes; at < end; at++) {
        if (at < low || at >= high) continue;
        if (mark) map[at - low] = 1;
        else if (map[at - low]) return true;
      }
  } while (systole_rows_next(&rows));
  return false;
}

static void find_writer(const systole *s, const struct systole_retirement *r, const struct systole_operand *source, struct systole_instruction *found) {
  int64_t low, high, from, to;
  if (!hull(s, source, &low, &high)) return;
  uint8_t *map = high - low <= HULL_MOST ? calloc((size_t)(high - low), 1) : NULL;
  if (map != NULL) visit(s, source, map, low, high, true);
  for (uint32_t i = 0; i < s->log_count; i++) {
    const struct written *one = &s->log[(s->log_next + s->log_capacity - 1 - i) % s->log_capacity];
    if (one->who.seq >= r->seq || one->slot >= 0 || one->operand.space != source->space || one->who.seq <= found->seq) continue;
    if (!hull(s, &one->operand, &from, &to) || to <= low || from >= high) continue;
    if (map == NULL || visit(s, &one->operand, map, low, high, false)) *found = one->who;
  }
  free(map);
}
static void find_loader(const systole *s, const struct systole_retirement *r, int32_t slot, struct systole_instruction *found) {
  for (uint32_t i = 0; i < s->log_count; i++)
    if (s->log[i].slot == slot && s->log[i].who.seq < r->seq && s->log[i].who.seq > found->seq) *found = s->log[i].who;
}
static int32_t slot_of(const struct systole_retirement *r) {
  const uint32_t op = systole_head_opcode(r->words);
  return op == SYSTOLE_OP_MM ? (int32_t)systole_mm_slot(r->words) : op == SYSTOLE_OP_MDW ? (int32_t)systole_mdw_slot(r->words) : -1;
}

/* ---- the place in the array */
static void place_in_array(struct systole_mismatch *m, const struct systole_retirement *r) {
  const uint32_t op = systole_head_opcode(r->words);
  if ((op != SYSTOLE_OP_MM && op != SYSTOLE_OP_MDW) || m->operand != 0) return;
  const uint32_t from = op == SYSTOLE_OP_MM ? systole_mm_mRank(r->words) : systole_mdw_mRank(r->words);
  const struct systole_operand *d = &r->operands[0], *a = &r->operands[1];
  uint64_t column = 0, rows = 1;
  for (uint32_t axis = from; axis < d->rank; axis++) column = column * d->dims[axis] + m->index[axis];
  for (uint32_t axis = from; axis + (op == SYSTOLE_OP_MDW) < a->rank; axis++) rows *= a->dims[axis];
  m->pe_column = (int32_t)column;
  m->pe_rows = (int32_t)rows;
}

static void add_index(struct text *text, const struct systole_mismatch *m, const char *between) {
  for (uint32_t i = 0; i < m->rank; i++) add(text, "%s%u", i == 0 ? "" : between, (unsigned)m->index[i]);
}
static void add_bits(struct text *text, uint32_t width, uint64_t expected, uint64_t found) {
  const int digits = width == 0 ? 8 : (int)((width + 3) / 4);
  add(text, "expected %0*llx, found %0*llx", digits, (unsigned long long)expected, digits, (unsigned long long)found);
}

static void add_element(systole *s, struct text *text, const struct systole_retirement *r) {
  static const char letters[] = "dabc";
  struct systole_mismatch *m = &s->mismatch;
  place_in_array(m, r);
  add(text, ": %c [", letters[m->operand]);
  add_index(text, m, ", ");
  add(text, "], %s at %s:0x%llx: ", systole_dtype_name(m->dtype), systole_space_name(m->space), (unsigned long long)m->address);
  add_bits(text, m->width_bits, m->expected, m->found);
  if (m->pe_column >= 0) add(text, "\n  array: column %d, the sum over rows 0 to %d", (int)m->pe_column, (int)m->pe_rows - 1);
  const int32_t slot = slot_of(r);
  for (uint32_t i = 0; i < 4; i++) {
    const bool is_slot = slot >= 0 && i == 2;
    if (is_slot) find_loader(s, r, slot, &m->writers[i]);
    else if (i < r->operandCount && (r->operands[i].role & SYSTOLE_ROLE_READ)) find_writer(s, r, &r->operands[i], &m->writers[i]);
    else continue;
    if (is_slot) add(text, "\n  slot %d was loaded by ", (int)slot);
    else add(text, "\n  %c was written by ", letters[i]);
    add_writer(text, &m->writers[i]);
  }
}

/* The semaphore that orders the two, where one of them names it. */
static void add_edge(systole *s, struct text *text) {
  const struct systole_instruction *early = &s->mismatch.before;
  const uint32_t post = systole_head_opcode(early->words) == SYSTOLE_OP_POST ? systole_post_m(early->words) : systole_head_post(early->words);
  add(text, " retired before ");
  add_instruction(text, early);
  if (post != 0) add(text, ", that posts m%u", (unsigned)post);
}

static void add_replay(systole *s, struct text *text) {
  const struct systole_mismatch *m = &s->mismatch;
  if (s->source[0] == 0) return;
  if (s->is_case) add(text, "\n  replay: npx systole bundle replay %s", s->source);
  else {
    add(text, "\n  replay: npx systole explain %s --profile %s", s->source, s->name);
    if (m->at.seq >= 0) add(text, " --seq %lld", (long long)m->at.seq);
    if (m->kind == SYSTOLE_WRONG_ELEMENT && m->operand == 0) {
      add(text, " --element ");
      add_index(text, m, ",");
    }
  }
}

/* Fills the words of the mismatch whose kind and facts are set. */
void systole_describe(systole *s, const struct held *held) {
  struct systole_mismatch *m = &s->mismatch;
  struct text text = {m->text, sizeof m->text, 0};
  if (held != NULL) add_instruction(&text, &m->at);
  switch (m->kind) {
    case SYSTOLE_WRONG_ELEMENT: add_element(s, &text, &held->record); break;
    case SYSTOLE_WRONG_ORDER: add(&text, " was expected, but %s #%u retired", systole_unit_name(m->at.unit), (unsigned)m->found); break;
    case SYSTOLE_WRONG_EDGE: add_edge(s, &text); break;
    case SYSTOLE_WRONG_FIELD:
      add(&text, ": %s: ", m->field);
      add_bits(&text, 32, m->expected, m->found);
      break;
    case SYSTOLE_STRAY_WRITE: add(&text, "%s%s:0x%llx was written, %02llx, and belongs to no operand of it", held == NULL ? "" : ": ", systole_space_name(m->space), (unsigned long long)m->address, (unsigned long long)m->found); break;
    case SYSTOLE_SURPLUS: add(&text, "%s #%u retired, but the program has no such instruction", systole_unit_name(m->at.unit), (unsigned)m->at.order); break;
    case SYSTOLE_MISSING: add(&text, " never retired"); break;
    case SYSTOLE_WRONG_MEMORY:
      add(&text, "memory at the end, %s:0x%llx: ", systole_space_name(m->space), (unsigned long long)m->address);
      add_bits(&text, 8, m->expected, m->found);
      break;
    default: break;
  }
  add_replay(s, &text);
}

int systole_dump(systole *s, FILE *to) {
  if (!s->configured) {
    fprintf(to, "no profile\n");
    return SYSTOLE_OK;
  }
  const struct systole_metrics *m = &s->metrics;
  fprintf(to, "profile %s, %s, pc %u, seq %lld\n", s->name, systole_status_name(s->status), (unsigned)s->state->pc, (long long)s->state->seq);
  fprintf(to, "%llu instructions of the reference; the design retired %llu, %llu are due; %llu writes, %llu bytes; %llu bytes compared\n", (unsigned long long)m->instructions,
    (unsigned long long)m->retired, (unsigned long long)m->held, (unsigned long long)m->writes, (unsigned long long)m->bytes_written, (unsigned long long)m->bytes_compared);
  for (uint32_t unit = 0; unit < UNITS; unit++) {
    const struct held *held = s->lists[unit].first;
    if (held == NULL) continue;
    struct systole_instruction who = {.seq = held->record.seq, .unit = unit, .order = held->record.order, .pc = held->record.pc};
    char line[160];
    memcpy(who.words, held->record.words, sizeof who.words);
    systole_print_instruction(line, sizeof line, &who);
    fprintf(to, "  next of %s: %s\n", systole_unit_name(unit), line);
  }
  if (s->mismatch.kind != 0) fprintf(to, "%s\n", s->mismatch.text);
  return SYSTOLE_OK;
}
