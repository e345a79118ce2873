/* int8: operands of the int8 products in C, and the plain loops that their sums are held against. */
#ifndef SYSTOLE_INT8_H
#define SYSTOLE_INT8_H
#include "slice.h"

static int m, n, k;
static int8_t *a, *b;
static int32_t *c;

/* No two rows are alike, as in `pattern` of bench/works/gemm.ts. */
static void lay_operands(int rows, int columns, int products) {
  m = rows, n = columns, k = products;
  a = room((size_t)m * k), b = room((size_t)k * n);
  for (int i = 0; i < m * k; i++) a[i] = (int8_t)(i * 37 + 11 + (i >> 8));
  for (int i = 0; i < k * n; i++) b[i] = (int8_t)(i * 53 + 7 + (i >> 8));
}

/* Every row of a few, or a few of many; `width` from one row of sums to the next. */
static int wrong(const char *name, int width) {
  for (int i = 0; i < m; i += 1 + m / 40)
    for (int j = 0; j < n; j++) {
      int32_t sum = 0;
      for (int p = 0; p < k; p++) sum += a[(size_t)i * k + p] * b[(size_t)p * n + j];
      if (c[(size_t)i * width + j] != sum) return fprintf(stderr, "%s: row %d, column %d of %d x %d x %d is wrong\n", name, i, j, m, n, k);
    }
  return 0;
}
#endif
