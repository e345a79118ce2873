/* int8-wide: the product of int8.c by vectors of 256 bits, which WASM does not have, told beside the figures. */
/* AVX2: sixteen products of K to a register, two rows by four columns, pmaddwd of three operands.
 * Usage: int8-wide product M N K; then see slice.h. M even, N a multiple of 4. */
#define _POSIX_C_SOURCE 199309L
#include <immintrin.h>
#include <string.h>
#include "int8.h"

typedef __m256i v;

static inline int32_t sum(v x) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
  half = _mm_hadd_epi32(half, half);
  return _mm_cvtsi128_si32(_mm_hadd_epi32(half, half));
}
enum { LANES = sizeof(v) / 2, ROWS = 64 };
static int depth;
static int8_t *turned;
static int16_t *wide, *packed;

static void widen(const int8_t *from, int16_t *to, int rows) {
  for (int i = 0; i < rows; i++, from += k, to += depth) {
    int p = 0;
    for (; p + LANES <= k; p += LANES) _mm256_store_si256((v *)(to + p), _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(from + p))));
    for (; p < k; p++) to[p] = from[p];
  }
}

/* B with its columns as rows: tiles of 16 x 16, so that lines are read and written whole. */
static void turn(void) {
  for (int p = 0; p < k; p += 16)
    for (int j = 0; j < n; j += 16)
      for (int q = p; q < p + 16 && q < k; q++)
        for (int i = j; i < j + 16 && i < n; i++) turned[(size_t)i * k + q] = b[(size_t)q * n + i];
}

static void product(void) {
  widen(a, wide, m);
  turn();
  widen(turned, packed, n);
  for (int from = 0; from < m; from += ROWS)
    for (int j = 0; j < n; j += 4)
      for (int i = from; i < m && i < from + ROWS; i += 2) {
        const int16_t *u = wide + (size_t)i * depth, *w = packed + (size_t)j * depth;
        v x[4], y[4];
        for (int q = 0; q < 4; q++) x[q] = y[q] = _mm256_setzero_si256();
        for (int p = 0; p < depth; p += LANES) {
          const v top = _mm256_load_si256((const v *)(u + p)), bottom = _mm256_load_si256((const v *)(u + depth + p));
          for (int q = 0; q < 4; q++) {
            const v column = _mm256_load_si256((const v *)(w + q * depth + p));
            x[q] = _mm256_add_epi32(x[q], _mm256_madd_epi16(top, column));
            y[q] = _mm256_add_epi32(y[q], _mm256_madd_epi16(bottom, column));
            /* Sums stay where they are: gcc would move all of them in every step. */
            __asm__("" : "+x"(x[q]), "+x"(y[q]));
          }
        }
        for (int q = 0; q < 4; q++) {
          c[(size_t)i * n + j + q] = sum(x[q]);
          c[(size_t)(i + 1) * n + j + q] = sum(y[q]);
        }
      }
}

int main(int count, char **words) {
  if (count != 5) return fprintf(stderr, "usage: int8-wide product M N K\n"), 2;
  lay_operands(atoi(words[2]), atoi(words[3]), atoi(words[4]));
  if (m % 2 || n % 4) return fprintf(stderr, "int8-wide: M even, N a multiple of 4\n"), 2;
  depth = (k + LANES - 1) / LANES * LANES, turned = room((size_t)k * n);
  wide = room(sizeof(int16_t) * m * depth), packed = room(sizeof(int16_t) * n * depth), c = room(sizeof(int32_t) * m * n);
  product();
  return wrong("int8-wide", n) ? 1 : serve(product);
}
