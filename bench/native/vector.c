/* vector: what the vector unit and the epilogue compute, in C with 128-bit SIMD, on rows that lie in the caches: the operations that bound them. */
/* The operations of each loop are those that the result and its events need, as in assembly/: an inexact result is counted, what is too large, tiny or no
 * number is looked for four elements at a time. Usage: vector fp32 | add | mul | max | fma | convert | quantise | requantise | special | exp | tanh | rsqrt |
 * gelu; then see slice.h. */
#define _DEFAULT_SOURCE
#include <math.h>
#include <smmintrin.h>
#include <string.h>
#include "requantise.h"
#include "slice.h"

typedef __m128i i4;
typedef __m128 f4;
typedef __m128d d2;
enum { COUNT = 4096, SUMS = 16384, COLUMNS = 16, TERMS = 11, MORE = 12, EXPS = 256, MILLS = 121, LEAST = 0x00800000, LARGE = 0x7effffff };
static float *a, *b, *to;
static uint16_t *halves;
static int8_t *bytes;
static int32_t *sums, *multipliers;
static columns_t by;
static double *exps, *mills;
static uint64_t events;

#define I(x) _mm_castps_si128(x)
#define F(x) _mm_castsi128_ps(x)
#define D(x) _mm_castsi128_pd(x)
#define BITS(x) _mm_castpd_si128(x)
#define SHUFFLED(x, y, order) _mm_shuffle_ps(x, y, order)
static inline i4 all(int x) { return _mm_set1_epi32(x); }
static inline f4 upper(f4 x) { return _mm_movehl_ps(x, x); }
static inline f4 upper_words(d2 low, d2 high) { return SHUFFLED(F(BITS(low)), F(BITS(high)), _MM_SHUFFLE(3, 1, 3, 1)); }
static inline f4 joined(d2 low, d2 high) { return _mm_movelh_ps(_mm_cvtpd_ps(low), _mm_cvtpd_ps(high)); }
static inline i4 size_of(f4 x) { return _mm_and_si128(I(x), all(0x7fffffff)); }
static inline i4 differing(f4 error) { return I(_mm_cmpneq_ps(error, _mm_setzero_ps())); }
static inline int none(i4 care) { return _mm_testz_si128(care, care); }
static uint64_t added(i4 x) {
  int lanes[4];
  memcpy(lanes, &x, 16);
  return (uint64_t)lanes[0] + lanes[1] + lanes[2] + lanes[3];
}
/* What is out of the ordinary would go another way. */
static void odd_one(void) { exit(fprintf(stderr, "vector: an element is out of the ordinary\n")); }

#define EACH(result, error, care) \
  i4 inexact = all(0); \
  for (int i = 0; i < COUNT; i += 4) { \
    const f4 x = _mm_load_ps(a + i), y = _mm_load_ps(b + i), r = result; \
    const i4 size = size_of(r), differs = differing(error); \
    if (!none(_mm_or_si128(_mm_cmpgt_epi32(size, all(LARGE)), care))) odd_one(); \
    inexact = _mm_sub_epi32(inexact, differs); \
    _mm_store_ps(to + i, r); \
  } \
  events += added(inexact)
#define TINY _mm_andnot_si128(_mm_cmpgt_epi32(size, all(LEAST)), differs)

static inline f4 sum_error(f4 x, f4 y, f4 r) {
  const f4 part = _mm_sub_ps(r, x);
  return _mm_add_ps(_mm_sub_ps(x, _mm_sub_ps(r, part)), _mm_sub_ps(y, part));
}
static void add(void) { EACH(_mm_add_ps(x, y), sum_error(x, y, r), all(0)); }

static inline d2 product_error(f4 x, f4 y, f4 r) { return _mm_sub_pd(_mm_mul_pd(_mm_cvtps_pd(x), _mm_cvtps_pd(y)), _mm_cvtps_pd(r)); }
static void mul(void) { EACH(_mm_mul_ps(x, y), upper_words(product_error(x, y, r), product_error(upper(x), upper(y), upper(r))), TINY); }

static void max(void) {
  for (int i = 0; i < COUNT; i += 4) {
    const f4 x = _mm_load_ps(a + i), y = _mm_load_ps(b + i), r = _mm_and_ps(_mm_max_ps(x, y), _mm_max_ps(y, x));
    if (!none(_mm_or_si128(_mm_cmpgt_epi32(size_of(r), all(0x7f800000)), I(_mm_cmpunord_ps(x, y))))) odd_one();
    _mm_store_ps(to + i, r);
  }
}

/* x y + z, rounded to odd. */
static inline d2 fused(f4 x, f4 y, f4 z) {
  const d2 product = _mm_mul_pd(_mm_cvtps_pd(x), _mm_cvtps_pd(y)), addend = _mm_cvtps_pd(z), sum = _mm_add_pd(product, addend), part = _mm_sub_pd(sum, product);
  const d2 error = _mm_add_pd(_mm_sub_pd(product, _mm_sub_pd(sum, part)), _mm_sub_pd(addend, part));
  const i4 one = _mm_set1_epi64x(1), opposite = _mm_shuffle_epi32(_mm_srai_epi32(_mm_xor_si128(BITS(error), BITS(sum)), 31), _MM_SHUFFLE(3, 3, 1, 1));
  const i4 even = _mm_sub_epi64(_mm_and_si128(BITS(sum), one), one), some = BITS(_mm_cmpneq_pd(error, _mm_setzero_pd()));
  return D(_mm_add_epi64(BITS(sum), _mm_and_si128(_mm_or_si128(opposite, one), _mm_and_si128(even, some))));
}
static void fma4(void) {
  i4 inexact = all(0);
  for (int i = 0; i < COUNT; i += 4) {
    const f4 x = _mm_load_ps(a + i), y = _mm_load_ps(b + i);
    const d2 low = fused(x, y, x), high = fused(upper(x), upper(y), upper(x));
    const f4 r = joined(low, high);
    const i4 size = size_of(r), differs = differing(upper_words(_mm_sub_pd(low, _mm_cvtps_pd(r)), _mm_sub_pd(high, _mm_cvtps_pd(upper(r)))));
    if (!none(_mm_or_si128(_mm_cmpgt_epi32(size, all(LARGE)), TINY))) odd_one();
    inexact = _mm_sub_epi32(inexact, differs);
    _mm_store_ps(to + i, r);
  }
  events += added(inexact);
}
static void fp32(void) { add(), mul(), max(), fma4(); }

static inline i4 rounded(i4 bits, i4 *inexact, i4 *care) {
  const i4 size = _mm_and_si128(bits, all(0x7fffffff)), last = _mm_and_si128(_mm_srli_epi32(size, 16), all(1));
  const i4 code = _mm_srli_epi32(_mm_add_epi32(size, _mm_add_epi32(all(0x7fff), last)), 16), lost = _mm_and_si128(size, all(0xffff));
  *care = _mm_or_si128(*care, _mm_or_si128(_mm_cmpgt_epi32(code, all(0x7f7f)), _mm_cmplt_epi32(size, all(LEAST))));
  *inexact = _mm_add_epi32(*inexact, _mm_add_epi32(_mm_cmpeq_epi32(lost, all(0)), all(1)));
  return _mm_or_si128(code, _mm_and_si128(_mm_srli_epi32(bits, 16), all(0x8000)));
}
/* fp32 to bf16, nearest even, and back. */
static void convert(void) {
  i4 inexact = all(0);
  for (int i = 0; i < COUNT; i += 8) {
    i4 care = all(0);
    const i4 p = rounded(I(_mm_load_ps(a + i)), &inexact, &care), q = rounded(I(_mm_load_ps(a + i + 4)), &inexact, &care);
    if (!none(care)) odd_one();
    _mm_store_si128((i4 *)(halves + i), _mm_packus_epi32(p, q));
  }
  for (int i = 0; i < COUNT; i += 8) {
    const i4 x = _mm_load_si128((const i4 *)(halves + i)), p = _mm_unpacklo_epi16(all(0), x), q = _mm_unpackhi_epi16(all(0), x);
    if (!none(_mm_or_si128(_mm_cmpgt_epi32(size_of(F(p)), all(LARGE)), _mm_cmpgt_epi32(size_of(F(q)), all(LARGE))))) odd_one();
    _mm_store_ps(to + i, F(p));
    _mm_store_ps(to + i + 4, F(q));
  }
  events += added(inexact);
}

static inline i4 whole(const float *from, i4 *inexact, i4 *care) {
  const f4 x = _mm_load_ps(from);
  const i4 n = _mm_cvtps_epi32(x);
  *care = _mm_or_si128(*care, _mm_cmpeq_epi32(n, all(INT32_MIN)));
  *inexact = _mm_sub_epi32(*inexact, I(_mm_cmpneq_ps(_mm_cvtepi32_ps(n), x)));
  return n;
}
/* fp32 to s8, nearest even, saturated. */
static void quantise(void) {
  i4 inexact = all(0), cut = all(0);
  for (int i = 0; i < COUNT; i += 16) {
    i4 care = all(0), n[4];
    for (int j = 0; j < 4; j++) n[j] = whole(a + i + 4 * j, &inexact, &care);
    if (!none(care)) odd_one();
    for (int j = 0; j < 4; j++) cut = _mm_sub_epi32(cut, _mm_cmpgt_epi32(_mm_abs_epi32(n[j]), all(128)));
    _mm_store_si128((i4 *)(bytes + i), _mm_packs_epi16(_mm_packs_epi32(n[0], n[1]), _mm_packs_epi32(n[2], n[3])));
  }
  events += added(inexact) + added(cut);
}

static void requantise(void) {
  i4 far = all(0);
  for (int i = 0; i < SUMS; i += COLUMNS) {
    i4 n[4];
    for (int j = 0; j < 4; j++) n[j] = requantised(_mm_load_si128((const i4 *)(sums + i + 4 * j)), &by, 4 * j, &far);
    _mm_store_si128((i4 *)(bytes + i), _mm_packs_epi16(_mm_packs_epi32(n[0], n[1]), _mm_packs_epi32(n[2], n[3])));
  }
  if (is_far(far)) odd_one();
}

/* Special functions in fp64, rounded once; where the last places do not tell how, or the result is tiny or large, by the library. */
static inline d2 two(double x) { return _mm_set1_pd(x); }
static inline d2 exp_of(d2 x) {
  const double step = M_LN2 / EXPS, high = 0x1.62e42fefap-9;
  const d2 k = _mm_round_pd(_mm_mul_pd(x, two(1 / step)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC), r = _mm_sub_pd(_mm_sub_pd(x, _mm_mul_pd(k, two(high))), _mm_mul_pd(k, two(step - high)));
  const i4 n = _mm_cvttpd_epi32(k);
  d2 sum = _mm_add_pd(two(1.0 / 24), _mm_mul_pd(r, two(1.0 / 120)));
  sum = _mm_add_pd(two(1.0 / 6), _mm_mul_pd(r, sum));
  sum = _mm_add_pd(two(0.5), _mm_mul_pd(r, sum));
  sum = _mm_add_pd(r, _mm_mul_pd(_mm_mul_pd(r, r), sum));
  const d2 entry = _mm_loadh_pd(_mm_load_sd(exps + (_mm_cvtsi128_si32(n) & 255)), exps + (_mm_extract_epi32(n, 1) & 255)), value = _mm_add_pd(entry, _mm_mul_pd(entry, sum));
  return D(_mm_add_epi64(BITS(value), _mm_slli_epi64(_mm_cvtepi32_epi64(_mm_srai_epi32(n, 8)), 52)));
}
static inline d2 size2(d2 x) { return _mm_andnot_pd(two(-0.0), x); }
static inline d2 chosen(d2 yes, d2 no, d2 which) { return _mm_or_pd(_mm_and_pd(which, yes), _mm_andnot_pd(which, no)); }

static inline d2 tanh_of(d2 x) {
  const d2 size = size2(x), square = _mm_mul_pd(x, x), u = exp_of(_mm_mul_pd(two(-2), size));
  d2 series = _mm_add_pd(two(-17.0 / 315), _mm_mul_pd(square, two(62.0 / 2835)));
  series = _mm_add_pd(two(-1.0 / 3), _mm_mul_pd(square, _mm_add_pd(two(2.0 / 15), _mm_mul_pd(square, series))));
  const d2 small = _mm_add_pd(size, _mm_mul_pd(_mm_mul_pd(size, square), series)), large = _mm_div_pd(_mm_sub_pd(two(1), u), _mm_add_pd(two(1), u));
  return _mm_or_pd(chosen(small, large, _mm_cmplt_pd(size, two(0.00390625))), _mm_and_pd(x, two(-0.0)));
}
static inline d2 rsqrt_of(d2 x) { return _mm_div_pd(two(1), _mm_sqrt_pd(x)); }
static inline d2 gelu_of(d2 x) {
  const d2 t = size2(x), j = _mm_round_pd(_mm_mul_pd(t, two(8)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC), d = _mm_sub_pd(t, _mm_mul_pd(j, two(0.125)));
  const i4 n = _mm_cvttpd_epi32(j);
  const double *first = mills + _mm_cvtsi128_si32(n) * TERMS, *second = mills + _mm_extract_epi32(n, 1) * TERMS;
  d2 ratio = _mm_loadh_pd(_mm_load_sd(first + TERMS - 1), second + TERMS - 1);
  for (int i = TERMS - 2; i >= 0; i--) ratio = _mm_add_pd(_mm_mul_pd(ratio, d), _mm_loadh_pd(_mm_load_sd(first + i), second + i));
  const d2 q = _mm_mul_pd(exp_of(_mm_mul_pd(two(-0.5), _mm_mul_pd(t, t))), ratio);
  return _mm_mul_pd(x, chosen(q, _mm_sub_pd(two(1), q), _mm_cmplt_pd(x, _mm_setzero_pd())));
}
static double gelu(double x) { return x * 0.5 * erfc(-x * M_SQRT1_2); }
static double rsqrt(double x) { return 1 / sqrt(x); }

#define SPECIAL(name, source, of, library) \
  static void name(void) { \
    const float *const from = source; \
    for (int i = 0; i < COUNT; i += 4) { \
      const f4 x = _mm_load_ps(from + i); \
      const i4 field = _mm_and_si128(I(x), all(0x7f800000)); \
      if (!none(_mm_or_si128(_mm_cmpeq_epi32(field, all(0)), _mm_cmpeq_epi32(field, all(0x7f800000))))) odd_one(); \
      const d2 p = of(_mm_cvtps_pd(x)), q = of(_mm_cvtps_pd(upper(x))); \
      const i4 last = _mm_and_si128(_mm_add_epi32(I(SHUFFLED(F(BITS(p)), F(BITS(q)), _MM_SHUFFLE(2, 0, 2, 0))), all(0x1000)), all(0x0fffffff)); \
      const f4 r = joined(p, q); \
      const i4 size = size_of(r), care = _mm_or_si128(_mm_cmpgt_epi32(all(LEAST + 1), size), _mm_cmpgt_epi32(size, all(LARGE))); \
      if (none(_mm_or_si128(care, _mm_cmpgt_epi32(all(0x2001), last)))) _mm_store_ps(to + i, r); \
      else for (int j = i; j < i + 4; j++) to[j] = (float)library(from[j]); \
      events += 4; \
    } \
  }
SPECIAL(exp4, a, exp_of, exp)
SPECIAL(tanh4, a, tanh_of, tanh)
SPECIAL(rsqrt4, b, rsqrt_of, rsqrt)
SPECIAL(gelu4, a, gelu_of, gelu)
static void special(void) { exp4(), tanh4(), rsqrt4(), gelu4(); }

static float sum_of(float x, float y) { return x + y; }
static float product_of(float x, float y) { return x * y; }
static float greater_of(float x, float y) { return x > y ? x : y; }
static float fused_of(float x, float y) { return fmaf(x, y, x); }
static float half_of(float x, float y) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  bits = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
  memcpy(&x, &bits, 4);
  return (void)y, x;
}
static float exp_near(float x, float y) { return (void)y, (float)exp(x); }
static float tanh_near(float x, float y) { return (void)y, (float)tanh(x); }
static float rsqrt_near(float x, float y) { return (void)x, (float)rsqrt(y); }
static float gelu_near(float x, float y) { return (void)y, (float)gelu(x); }

static const struct { const char *name; void (*run)(void); float (*plain)(float, float); } all_of_them[] = {
  {"add", add, sum_of}, {"mul", mul, product_of}, {"max", max, greater_of}, {"fma", fma4, fused_of}, {"convert", convert, half_of}, {"exp", exp4, exp_near},
  {"tanh", tanh4, tanh_near}, {"rsqrt", rsqrt4, rsqrt_near}, {"gelu", gelu4, gelu_near}, {"fp32", fp32, fused_of}, {"special", special, gelu_near},
  {"quantise", quantise, 0}, {"requantise", requantise, 0},
};

static int clamped(int64_t n) { return n < -128 ? -128 : n > 127 ? 127 : (int)n; }
/* Against the plain loops, bit for bit. */
static int wrong(void (*run)(void), float (*plain)(float, float)) {
  run();
  for (int i = 0; i < (run == requantise ? SUMS : COUNT); i++) {
    const float expected = plain ? plain(a[i], b[i]) : 0;
    const int j = i % COLUMNS;
    const int byte = run == quantise ? clamped(lrintf(a[i])) : requantised_one(sums[i], by.offsets[j], multipliers[j], MORE);
    if (plain ? memcmp(&expected, to + i, 4) : bytes[i] != byte) return fprintf(stderr, "vector: element %d is wrong\n", i);
  }
  return 0;
}

static uint32_t drawn(void) {
  static uint32_t state = 7;
  return (state = state * 1664525 + 1013904223) >> 8;
}
static float number(int negative) {
  const uint32_t bits = (uint32_t)negative << 31 | (124 + drawn() % 5) << 23 | (drawn() & 0x7fffff);
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

int main(int count, char **words) {
  a = room(4 * COUNT), b = room(4 * COUNT), to = room(4 * COUNT), halves = room(2 * COUNT), bytes = room(SUMS), sums = room(4 * SUMS);
  multipliers = room(4 * COLUMNS), by.offsets = room(4 * COLUMNS), by.factors = room(8 * COLUMNS), by.units = room(8 * COLUMNS), exps = room(sizeof *exps * EXPS), mills = room(sizeof *mills * MILLS * TERMS);
  for (int i = 0; i < COUNT; i++) a[i] = number(drawn() & 1), b[i] = number(0);
  for (int i = 0; i < SUMS; i++) sums[i] = (int)(drawn() % (1 << 21)) - (1 << 20);
  for (int j = 0; j < COLUMNS; j++) multipliers[j] = (1 << 30) + drawn() % (1 << 24), set_column(&by, j, drawn() % 1000, multipliers[j], MORE);
  for (int i = 0; i < EXPS; i++) exps[i] = (double)exp2l(i / (long double)EXPS);
  for (int i = 0; i < MILLS; i++) {
    /* Mills' ratio over the root of 2 pi, and its derivatives, each of the two before it. */
    const long double t = i / 8.0L;
    long double before = erfcl(t * sqrtl(0.5L)) / 2 * expl(t * t / 2), now = t * before - sqrtl(0.5L / acosl(-1)), factorial = 1;
    mills[i * TERMS] = (double)before;
    for (int n = 1; n < TERMS; n++) {
      const long double next = t * now + n * before;
      factorial *= n;
      mills[i * TERMS + n] = (double)(now / factorial);
      before = now, now = next;
    }
  }
  for (size_t i = 0; count == 2 && i < sizeof all_of_them / sizeof *all_of_them; i++)
    if (!strcmp(words[1], all_of_them[i].name)) return wrong(all_of_them[i].run, all_of_them[i].plain) ? 1 : serve(all_of_them[i].run);
  return fprintf(stderr, "usage: vector NAME, a function as at the beginning of vector.c\n"), 2;
}
