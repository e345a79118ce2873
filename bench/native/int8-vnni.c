/* int8-vnni: the product of int8.c by AVX-512 VNNI, four products to each of 16 sums in one instruction: the ceiling that WASM does not reach. */
/* vpdpbusd takes bytes without a sign on one side: A is moved up by 128, and sums begin 128 times the column of B lower. Blocks of four rows by 64
 * columns, 16 sums in registers; a panel of 64 columns stays in the first cache for all rows. Packing is part of the product.
 * Usage: int8-vnni product M N K; then see slice.h. M a multiple of 4, N of 64, K of 4. */
#define _POSIX_C_SOURCE 199309L
#include <immintrin.h>
#include <string.h>
#include "int8.h"

typedef __m512i v;
enum { ROWS = 4, COLUMNS = 64, LANES = 16 };
static int8_t *panel;
static uint8_t *raised;

/* [K/4][64][4] */
static void pack(int from) {
  for (int p = 0; p < k; p += 4)
    for (int j = 0; j < COLUMNS; j += 16) {
      __m128i r[4], *to = (__m128i *)(panel + p * COLUMNS + j * 4);
      for (int i = 0; i < 4; i++) r[i] = _mm_loadu_si128((const __m128i *)(b + (size_t)(p + i) * n + from + j));
      const __m128i x = _mm_unpacklo_epi8(r[0], r[1]), y = _mm_unpacklo_epi8(r[2], r[3]), z = _mm_unpackhi_epi8(r[0], r[1]), w = _mm_unpackhi_epi8(r[2], r[3]);
      _mm_store_si128(to, _mm_unpacklo_epi16(x, y)), _mm_store_si128(to + 1, _mm_unpackhi_epi16(x, y));
      _mm_store_si128(to + 2, _mm_unpacklo_epi16(z, w)), _mm_store_si128(to + 3, _mm_unpackhi_epi16(z, w));
    }
}

static void product(void) {
  for (size_t i = 0; i < (size_t)m * k; i++) raised[i] = (uint8_t)a[i] ^ 0x80;
  for (int j = 0; j < n; j += COLUMNS) {
    v first[4], x[ROWS][4];
    pack(j);
    for (int q = 0; q < 4; q++) {
      first[q] = _mm512_setzero_si512();
      for (int p = 0; p < k; p += 4) first[q] = _mm512_dpbusd_epi32(first[q], _mm512_set1_epi8((char)0x80), _mm512_load_si512(panel + p * COLUMNS + q * 64));
      first[q] = _mm512_sub_epi32(_mm512_setzero_si512(), first[q]);
    }
    for (int i = 0; i < m; i += ROWS) {
      const uint8_t *row = raised + (size_t)i * k;
      for (int r = 0; r < ROWS; r++)
        for (int q = 0; q < 4; q++) x[r][q] = first[q];
      for (int p = 0; p < k; p += 4) {
        const int8_t *at = panel + p * COLUMNS;
        /* No array: gcc would keep it in memory and write to it in every step. */
        const v w0 = _mm512_load_si512(at), w1 = _mm512_load_si512(at + 64), w2 = _mm512_load_si512(at + 128), w3 = _mm512_load_si512(at + 192);
        for (int r = 0; r < ROWS; r++) {
          int32_t bytes;
          memcpy(&bytes, row + (size_t)r * k + p, 4);
          const v u = _mm512_set1_epi32(bytes);
          x[r][0] = _mm512_dpbusd_epi32(x[r][0], u, w0), x[r][1] = _mm512_dpbusd_epi32(x[r][1], u, w1);
          x[r][2] = _mm512_dpbusd_epi32(x[r][2], u, w2), x[r][3] = _mm512_dpbusd_epi32(x[r][3], u, w3);
        }
      }
      for (int r = 0; r < ROWS; r++)
        for (int q = 0; q < 4; q++) _mm512_store_si512(c + (size_t)(i + r) * n + j + q * LANES, x[r][q]);
    }
  }
}

int main(int count, char **words) {
  if (count != 5) return fprintf(stderr, "usage: int8-vnni product M N K\n"), 2;
  lay_operands(atoi(words[2]), atoi(words[3]), atoi(words[4]));
  if (m % ROWS || n % COLUMNS || k % 4) return fprintf(stderr, "int8-vnni: M and K multiples of 4, N of 64\n"), 2;
  raised = room((size_t)m * k), panel = room((size_t)k * COLUMNS), c = room(sizeof(int32_t) * m * n);
  product();
  return wrong("int8-vnni", n) ? 1 : serve(product);
}
