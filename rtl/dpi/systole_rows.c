/* systole_rows: the elements of an operand, row by row in row-major order. */
#include <string.h>
#include "systole_internal.h"

static int64_t address_of(const struct rows *rows) {
  int64_t address = rows->operand->address;
  for (uint32_t axis = 0; axis + 1 < rows->operand->rank; axis++) address += (int64_t)rows->index[axis] * rows->operand->strides[axis] * rows->width;
  return address;
}

/* False when the operand is absent or has no element. */
bool systole_rows_begin(const systole *s, struct rows *rows, const struct systole_operand *operand) {
  if (operand->role == SYSTOLE_ROLE_NONE || operand->rank == 0 || operand->rank > SYSTOLE_RANK_MAX) return false;
  for (uint32_t axis = 0; axis < operand->rank; axis++)
    if (operand->dims[axis] == 0) return false;
  memset(rows, 0, sizeof *rows);
  rows->operand = operand;
  rows->width = s->profile->formats[operand->dtype].width;
  /* 6-bit codes lie in bytes, s48 in eight of them. */
  rows->width = rows->width > 4 && rows->width < 8 ? 8 : rows->width == 48 ? 64 : rows->width;
  rows->count = operand->dims[operand->rank - 1];
  rows->step = (int64_t)operand->strides[operand->rank - 1] * rows->width;
  rows->compact = rows->count == 1 || operand->strides[operand->rank - 1] == 1;
  rows->address = address_of(rows);
  return rows->width != 0;
}

bool systole_rows_next(struct rows *rows) {
  for (uint32_t axis = rows->operand->rank - 1; axis-- > 0;) {
    if (++rows->index[axis] < rows->operand->dims[axis]) {
      rows->address = address_of(rows);
      return true;
    }
    rows->index[axis] = 0;
  }
  return false;
}
