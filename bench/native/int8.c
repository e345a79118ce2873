/* int8: int8 x int8 -> int32 matrix product in C with 128-bit SIMD, and the loop that bounds it, the measure for the engine's kernels. */
/* SSE4.1. Rows of A and columns of B widened to i16, eight products of K to a register, so that pmaddwd needs no broadcast; blocks of two
 * rows by four columns, sums across lanes at the end. Packing is part of the product.
 * Usage: int8 product M N K | int8 limit; then see slice.h. Any M, N, K. */
#define _POSIX_C_SOURCE 199309L
#include <smmintrin.h>
#include <string.h>
#include "int8.h"

typedef __m128i v;
enum { ROWS = 64 };
static int depth, width; /* depth: k in whole registers; width: from row to row of C, a line more than n, else all rows share the sets of the first cache */
static int16_t *wide, *packed;

static void widen(const int8_t *from, int16_t *to, int rows) {
  for (int i = 0; i < rows; i++, from += k, to += depth) {
    int p = 0;
    for (; p + 8 <= k; p += 8) _mm_store_si128((v *)(to + p), _mm_cvtepi8_epi16(_mm_loadl_epi64((const v *)(from + p))));
    for (; p < k; p++) to[p] = from[p];
  }
}

/* [N/4][K/8][4][8]: eight bytes of eight rows are transposed by three rounds of unpacking. */
static void pack(void) {
  for (int j = 0; j < n; j += 8)
    for (int p = 0; p < depth; p += 8) {
      int16_t *to = packed + (size_t)j * depth + p * 4;
      if (j + 8 <= n && p + 8 <= k) {
        v r[8];
        for (int i = 0; i < 8; i++) r[i] = _mm_loadl_epi64((const v *)(b + (size_t)(p + i) * n + j));
        const v x0 = _mm_unpacklo_epi8(r[0], r[1]), x1 = _mm_unpacklo_epi8(r[2], r[3]), x2 = _mm_unpacklo_epi8(r[4], r[5]), x3 = _mm_unpacklo_epi8(r[6], r[7]);
        const v y[4] = {_mm_unpacklo_epi16(x0, x1), _mm_unpackhi_epi16(x0, x1), _mm_unpacklo_epi16(x2, x3), _mm_unpackhi_epi16(x2, x3)};
        for (int h = 0; h < 2; h++) {
          const v low = _mm_unpacklo_epi32(y[h], y[h + 2]), high = _mm_unpackhi_epi32(y[h], y[h + 2]);
          int16_t *four = to + (size_t)h * 4 * depth;
          _mm_store_si128((v *)four, _mm_cvtepi8_epi16(low));
          _mm_store_si128((v *)(four + 8), _mm_cvtepi8_epi16(_mm_srli_si128(low, 8)));
          _mm_store_si128((v *)(four + 16), _mm_cvtepi8_epi16(high));
          _mm_store_si128((v *)(four + 24), _mm_cvtepi8_epi16(_mm_srli_si128(high, 8)));
        }
      } else
        for (int i = 0; i < 8 && j + i < n; i++)
          for (int q = 0; q < 8 && p + q < k; q++) to[(size_t)(i / 4) * 4 * depth + i % 4 * 8 + q] = b[(size_t)(p + q) * n + j + i];
    }
}

/* Sums behind both products of a column, other temporaries for the next; the last column takes the registers of A, which nobody needs any more:
 * 24 operations for 64 products. What gcc makes of the intrinsics reaches 0.7 of this (measured: npm run bench -- --only int8-limit). */
#define COLUMN(at, x, y, t, s) \
  "movdqa " at "(%[b]),%%" t "\n\tmovdqa %%" t ",%%" s "\n\tpmaddwd %%xmm14,%%" t "\n\tpmaddwd %%xmm15,%%" s "\n\t" \
  "paddd %%" t "," x "\n\tpaddd %%" s "," y "\n\t"
#define LAST(at, x, y) "pmaddwd " at "(%[b]),%%xmm14\n\tpmaddwd " at "(%[b]),%%xmm15\n\tpaddd %%xmm14," x "\n\tpaddd %%xmm15," y "\n\t"
#define STEP(at, b0, b1, b2, b3) \
  "movdqa " at "(%[u]),%%xmm14\n\tmovdqa " at "(%[w]),%%xmm15\n\t" COLUMN(b0, "%0", "%4", "xmm10", "xmm11") COLUMN(b1, "%1", "%5", "xmm12", "xmm13") \
  COLUMN(b2, "%2", "%6", "xmm10", "xmm11") LAST(b3, "%3", "%7")
#define STEPS(text) \
  __asm__(text : "+x"(x[0]), "+x"(x[1]), "+x"(x[2]), "+x"(x[3]), "+x"(y[0]), "+x"(y[1]), "+x"(y[2]), "+x"(y[3]) : [u] "r"(u), [w] "r"(w), [b] "r"(at) \
          : "memory", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15")

static void block(const int16_t *u, const int16_t *w, const int16_t *at, int32_t *top, int32_t *bottom, const int products) {
  const int16_t *const end = u + products;
  v x[4], y[4];
  for (int i = 0; i < 4; i++) x[i] = y[i] = _mm_setzero_si128();
  for (; u + 64 <= end; u += 64, w += 64, at += 256)
    STEPS(STEP("0", "0", "16", "32", "48") STEP("16", "64", "80", "96", "112") STEP("32", "128", "144", "160", "176") STEP("48", "192", "208", "224", "240")
          STEP("64", "256", "272", "288", "304") STEP("80", "320", "336", "352", "368") STEP("96", "384", "400", "416", "432")
          STEP("112", "448", "464", "480", "496"));
  for (; u < end; u += 8, w += 8, at += 32) STEPS(STEP("0", "0", "16", "32", "48"));
  _mm_store_si128((v *)top, _mm_hadd_epi32(_mm_hadd_epi32(x[0], x[1]), _mm_hadd_epi32(x[2], x[3])));
  _mm_store_si128((v *)bottom, _mm_hadd_epi32(_mm_hadd_epi32(y[0], y[1]), _mm_hadd_epi32(y[2], y[3])));
}

/* Blocks of rows that stay in the second cache; a panel of four columns stays in the first one for all of them. */
static void product(void) {
  widen(a, wide, m);
  pack();
  for (int from = 0; from < m; from += ROWS)
    for (int j = 0; j < n; j += 4)
      for (int i = from; i < m && i < from + ROWS; i += 2) {
        const int16_t *u = wide + (size_t)i * depth;
        int32_t *top = c + (size_t)i * width + j;
        block(u, u + depth, packed + (size_t)j * depth, top, top + width, depth);
      }
}

/* The same products and sums with nothing to read, and as many copies between registers: 64 pmaddwd of eight products each. */
static void limit(void) {
  v x[8], u = _mm_set1_epi16(3), w = _mm_set1_epi16(5);
  for (int i = 0; i < 8; i++) x[i] = _mm_setzero_si128();
#define TWO(i, j, t, s) "movdqa %8,%%" t "\n\tpmaddwd %9,%%" t "\n\tmovdqa %8,%%" s "\n\tpmaddwd %9,%%" s "\n\tpaddd %%" t ",%" #i "\n\tpaddd %%" s ",%" #j "\n\t"
#define EIGHT TWO(0, 4, "xmm10", "xmm11") TWO(1, 5, "xmm12", "xmm13") TWO(2, 6, "xmm10", "xmm11") TWO(3, 7, "xmm12", "xmm13")
  for (int i = 0; i < m; i++)
    __asm__ volatile(EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT : "+x"(x[0]), "+x"(x[1]), "+x"(x[2]), "+x"(x[3]), "+x"(x[4]), "+x"(x[5]), "+x"(x[6]),
                     "+x"(x[7]) : "x"(u), "x"(w) : "xmm10", "xmm11", "xmm12", "xmm13");
}

static void prepare(int rows, int columns, int products) {
  lay_operands(rows, columns, products);
  depth = (k + 7) & ~7, width = ((n + 3) & ~3) + 16;
  wide = room(sizeof(int16_t) * (m + 1) * depth), packed = room(sizeof(int16_t) * (n + 8) * depth);
  c = room(sizeof(int32_t) * (m + 1) * width);
}

int main(int count, char **words) {
  if (count == 2 && !strcmp(words[1], "limit")) return m = 1000, serve(limit);
  if (count != 5) return fprintf(stderr, "usage: int8 product M N K | int8 limit\n"), 2;
  prepare(atoi(words[2]), atoi(words[3]), atoi(words[4]));
  product();
  return wrong("int8", width) ? 1 : serve(product);
}
