/* requantise: four sums to numbers of eight bits, the way the epilogue does it with a scale of each column; s8 with a zero point of -5. */
/* (sum + offset) x multiplier, rounded half up at the shift of its column: SHARED places that all columns share, and beyond them by a power of two. */
#ifndef SYSTOLE_REQUANTISE_H
#define SYSTOLE_REQUANTISE_H
#include <smmintrin.h>
#include <stdint.h>

enum { SHARED = 31, BEYOND = 30 };
/* By column; `halves` are those of the whole shift, 64 bits each, and `powers` 2^(BEYOND - what is left of the shift). */
typedef struct { const int32_t *offsets, *multipliers, *powers; const int64_t *halves; } columns_t;

/* Columns j to j + 3, clamped; `far` gets a bit where a sum is too large for this way. */
static inline __m128i requantised(__m128i sums, const columns_t *by, int j, __m128i *far) {
#define AT(list) _mm_load_si128((const __m128i *)(list))
  const __m128i u = _mm_add_epi32(sums, AT(by->offsets + j)), m = AT(by->multipliers + j), power = AT(by->powers + j);
  *far = _mm_or_si128(*far, _mm_add_epi32(u, _mm_set1_epi32(1 << 29)));
  /* Lanes 0 and 2, then 1 and 3, as 64 bits: their halves lie in that order. */
  const __m128i p = _mm_srli_epi64(_mm_add_epi64(_mm_mul_epi32(u, m), AT(by->halves + j)), SHARED);
  const __m128i q = _mm_srli_epi64(_mm_add_epi64(_mm_mul_epi32(_mm_srli_epi64(u, 32), _mm_srli_epi64(m, 32)), AT(by->halves + j + 2)), SHARED);
  const __m128i r = _mm_srli_epi64(_mm_mul_epi32(p, power), BEYOND), s = _mm_slli_epi64(_mm_mul_epi32(q, _mm_srli_epi64(power, 32)), 32 - BEYOND);
  const __m128i n = _mm_add_epi32(_mm_blend_epi16(r, s, 0xcc), _mm_set1_epi32(-5));
  return _mm_min_epi32(_mm_max_epi32(n, _mm_set1_epi32(-128)), _mm_set1_epi32(127));
#undef AT
}
static inline int is_far(__m128i far) { return !_mm_testz_si128(far, _mm_set1_epi32(1 << 30)); }
/* The same for one sum, by plain arithmetic; `more` is what is left of its shift. */
static inline int requantised_one(int sum, int offset, int multiplier, int more) {
  const int64_t n = (((int64_t)(sum + offset) * multiplier + ((int64_t)1 << (SHARED + more - 1))) >> (SHARED + more)) - 5;
  return n < -128 ? -128 : n > 127 ? 127 : (int)n;
}
/* Where the half of column j lies among `halves`. */
static inline int place_of_half(int j) { return (j & ~3) + (j & 1) * 2 + ((j & 2) >> 1); }
#endif
