//! gemm: int8 x int8 -> int32 matrix product in plain C with 128-bit SIMD, the measure for the engine's kernels.
/* SSE4.1: rows of A widened to i16, B packed [N/16][K/2][16][2] as i16, pmaddwd, blocks of 2 rows by 16 columns.
 * Usage: gemm M N K repeats: prints nanoseconds for one product (the median of the repeats) and a sum of the result. N a multiple of 16. */
#define _POSIX_C_SOURCE 199309L
#include <smmintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void pack_b(const int8_t *b, int16_t *to, int n, int k) {
  for (int j = 0; j < n; j += 16)
    for (int p = 0; p < k; p += 2)
      for (int c = 0; c < 16; c++) {
        *to++ = b[p * n + j + c];
        *to++ = p + 1 < k ? b[(p + 1) * n + j + c] : 0;
      }
}

static void widen_a(const int8_t *a, int16_t *to, int m, int k) {
  const int padded = (k + 1) & ~1;
  for (int i = 0; i < m; i++) {
    int p = 0;
    for (; p + 8 <= k; p += 8)
      _mm_storeu_si128((__m128i *)(to + i * padded + p), _mm_cvtepi8_epi16(_mm_loadl_epi64((const __m128i *)(a + i * k + p))));
    for (; p < padded; p++) to[i * padded + p] = p < k ? a[i * k + p] : 0;
  }
}

static inline __m128i pair(const int16_t *at) {
  int32_t both;
  memcpy(&both, at, 4);
  return _mm_set1_epi32(both);
}

static void block(const int16_t *a0, const int16_t *a1, const int16_t *b, int32_t *c0, int32_t *c1, int pairs) {
  __m128i x[4], y[4];
  for (int i = 0; i < 4; i++) x[i] = y[i] = _mm_setzero_si128();
  for (int p = 0; p < pairs; p++, b += 32) {
    const __m128i u = pair(a0 + 2 * p), v = pair(a1 + 2 * p);
    for (int i = 0; i < 4; i++) {
      const __m128i w = _mm_loadu_si128((const __m128i *)(b + 8 * i));
      x[i] = _mm_add_epi32(x[i], _mm_madd_epi16(u, w));
      y[i] = _mm_add_epi32(y[i], _mm_madd_epi16(v, w));
    }
  }
  for (int i = 0; i < 4; i++) {
    _mm_storeu_si128((__m128i *)(c0 + 4 * i), x[i]);
    _mm_storeu_si128((__m128i *)(c1 + 4 * i), y[i]);
  }
}

static void gemm(const int8_t *a, const int8_t *b, int32_t *c, int m, int n, int k, int16_t *wide, int16_t *packed) {
  const int pairs = (k + 1) / 2, rows = 64;
  int32_t spare[16];
  widen_a(a, wide, m, k);
  pack_b(b, packed, n, k);
  for (int from = 0; from < m; from += rows)
    for (int j = 0; j < n; j += 16)
      for (int i = from; i < m && i < from + rows; i += 2) {
        const int second = i + 1 < m;
        block(wide + i * 2 * pairs, wide + (i + second) * 2 * pairs, packed + (size_t)j * 2 * pairs, c + (size_t)i * n + j,
              second ? c + (size_t)(i + 1) * n + j : spare, pairs);
      }
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}
static int ascending(const void *x, const void *y) { return (*(const double *)x > *(const double *)y) - (*(const double *)x < *(const double *)y); }

int main(int count, char **arguments) {
  if (count != 5) return fprintf(stderr, "usage: gemm M N K repeats\n"), 2;
  const int m = atoi(arguments[1]), n = atoi(arguments[2]), k = atoi(arguments[3]), repeats = atoi(arguments[4]);
  int8_t *a = malloc((size_t)m * k), *b = malloc((size_t)k * n);
  int16_t *wide = malloc(sizeof(int16_t) * m * (k + 1)), *packed = malloc(sizeof(int16_t) * n * (k + 1));
  int32_t *c = malloc(sizeof(int32_t) * m * n);
  double *times = malloc(sizeof(double) * repeats);
  if (!a || !b || !wide || !packed || !c || !times) return 1;
  for (int i = 0; i < m * k; i++) a[i] = (int8_t)(i * 37 + 11);
  for (int i = 0; i < k * n; i++) b[i] = (int8_t)(i * 53 + 7);
  for (int r = 0; r < repeats; r++) {
    const double start = now();
    gemm(a, b, c, m, n, k, wide, packed);
    times[r] = now() - start;
  }
  qsort(times, repeats, sizeof(double), ascending);
  uint32_t sum = 0;
  for (int i = 0; i < m * n; i++) sum = sum * 31 + (uint32_t)c[i];
  printf("%.0f %u\n", times[repeats / 2], sum);
  free(a), free(b), free(wide), free(packed), free(c), free(times);
  return 0;
}
