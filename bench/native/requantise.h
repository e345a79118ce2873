/* requantise: four sums to numbers of eight bits, the way the epilogue does it with a scale of each column; s8 with a zero point of -5. */
/* (sum + offset) x multiplier, rounded half up at the shift of its column, by doubles that hold the products: the nearest integer of one and of half a
 * unit behind its last place is its rounding. Of a number that 1.5 x 2^52 is added to, the nearest integer is what the low half of the sum holds. */
#ifndef SYSTOLE_REQUANTISE_H
#define SYSTOLE_REQUANTISE_H
#include <math.h>
#include <smmintrin.h>
#include <stdint.h>

enum { SHIFT = 31 };
/* By column: multiplier x 2^-shift, and the half unit; `more` places than SHIFT. */
typedef struct { int32_t *offsets; double *factors, *units; } columns_t;
static inline void set_column(columns_t *by, int j, int offset, int multiplier, int more) {
  by->offsets[j] = offset, by->factors[j] = ldexp(multiplier, -SHIFT - more), by->units[j] = ldexp(1, -SHIFT - more - 1);
}

/* Columns j to j + 3, not yet cut to bytes: who packs them with saturation does that. `far` gets a bit where a sum is too large for this way. */
static inline __m128i requantised(__m128i sums, const columns_t *by, int j, __m128i *far) {
  const __m128i u = _mm_add_epi32(sums, _mm_load_si128((const __m128i *)(by->offsets + j)));
  const __m128d nearest = _mm_set1_pd(0x1.8p52);
  *far = _mm_or_si128(*far, _mm_add_epi32(u, _mm_set1_epi32(1 << 21)));
  const __m128d p = _mm_mul_pd(_mm_cvtepi32_pd(u), _mm_load_pd(by->factors + j)), q = _mm_mul_pd(_mm_cvtepi32_pd(_mm_shuffle_epi32(u, 0xee)), _mm_load_pd(by->factors + j + 2));
  const __m128 low = _mm_castpd_ps(_mm_add_pd(_mm_add_pd(p, _mm_load_pd(by->units + j)), nearest)), high = _mm_castpd_ps(_mm_add_pd(_mm_add_pd(q, _mm_load_pd(by->units + j + 2)), nearest));
  return _mm_add_epi32(_mm_castps_si128(_mm_shuffle_ps(low, high, 0x88)), _mm_set1_epi32(-5));
}
static inline int is_far(__m128i far) { return !_mm_testz_si128(far, _mm_set1_epi32(-(1 << 22))); }
/* The same for one sum, by plain arithmetic. */
static inline int requantised_one(int sum, int offset, int multiplier, int more) {
  const int64_t n = (((int64_t)(sum + offset) * multiplier + ((int64_t)1 << (SHIFT + more - 1))) >> (SHIFT + more)) - 5;
  return n < -128 ? -128 : n > 127 ? 127 : (int)n;
}
#endif
