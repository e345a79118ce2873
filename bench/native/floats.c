/* floats: bf16 x bf16 -> fp32 matrix product in strict order of K, in C with 128-bit SIMD, and the loop that bounds it. */
/* SSE. Both operands widened when packed, so that a product is one mulps and one addps; blocks of two rows by 16 columns. Elements of A are
 * packed four times over: a broadcast by shuffles competes with the arithmetic.
 * Usage: floats product N | floats limit; then see slice.h. N a multiple of 16, cubes only; `sum` in place of a number of nanoseconds gives
 * a checksum of the result. */
#define _POSIX_C_SOURCE 199309L
#include <emmintrin.h>
#include <string.h>
#include "slice.h"

typedef __m128 v;
enum { ROWS = 128, PANEL = 128 };
static int n;
static uint16_t *a, *b;
static float *wide, *packed, *c;

static inline float widened(uint16_t code) {
  const uint32_t bits = (uint32_t)code << 16;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

/* [K/PANEL][N/16][PANEL][16]: in the order in which blocks read it. */
static void pack(void) {
  for (int j = 0; j < n; j += 16)
    for (int p = 0; p < n; p++) {
      const uint16_t *from = b + (size_t)p * n + j;
      float *to = packed + (size_t)(p / PANEL) * PANEL * n + (size_t)j * PANEL + p % PANEL * 16;
      for (int h = 0; h < 2; h++) {
        const __m128i eight = _mm_load_si128((const __m128i *)(from + 8 * h)), zero = _mm_setzero_si128();
        _mm_store_ps(to + 8 * h, _mm_castsi128_ps(_mm_unpacklo_epi16(zero, eight)));
        _mm_store_ps(to + 8 * h + 4, _mm_castsi128_ps(_mm_unpackhi_epi16(zero, eight)));
      }
    }
}

/* Rows two and two, [K][2][4]: what one step of K reads lies together. */
static void spread(int from, int first) {
  for (int i = 0; i < ROWS && from + i < n; i++) {
    const uint16_t *row = a + (size_t)(from + i) * n + first;
    float *to = wide + (size_t)(i / 2) * PANEL * 8 + i % 2 * 4;
    for (int p = 0; p < PANEL; p += 8, row += 8, to += 64) {
      const __m128i eight = _mm_load_si128((const __m128i *)row), zero = _mm_setzero_si128();
      const v half[2] = {_mm_castsi128_ps(_mm_unpacklo_epi16(zero, eight)), _mm_castsi128_ps(_mm_unpackhi_epi16(zero, eight))};
      for (int h = 0; h < 2; h++) {
        _mm_store_ps(to + 32 * h, _mm_shuffle_ps(half[h], half[h], 0x00));
        _mm_store_ps(to + 32 * h + 8, _mm_shuffle_ps(half[h], half[h], 0x55));
        _mm_store_ps(to + 32 * h + 16, _mm_shuffle_ps(half[h], half[h], 0xaa));
        _mm_store_ps(to + 32 * h + 24, _mm_shuffle_ps(half[h], half[h], 0xff));
      }
    }
  }
}

#define COLUMN(at, x, y, t, s) \
  "movaps " at "(%[b]),%%" t "\n\tmovaps %%" t ",%%" s "\n\tmulps %%xmm14,%%" t "\n\tmulps %%xmm15,%%" s "\n\taddps %%" t "," x "\n\taddps %%" s "," y "\n\t"
#define LAST(at, x, y) "mulps " at "(%[b]),%%xmm14\n\tmulps " at "(%[b]),%%xmm15\n\taddps %%xmm14," x "\n\taddps %%xmm15," y "\n\t"
#define STEP(u, w, b0, b1, b2, b3) \
  "movaps " u "(%[a]),%%xmm14\n\tmovaps " w "(%[a]),%%xmm15\n\t" COLUMN(b0, "%0", "%4", "xmm10", "xmm11") COLUMN(b1, "%1", "%5", "xmm12", "xmm13") \
  COLUMN(b2, "%2", "%6", "xmm10", "xmm11") LAST(b3, "%3", "%7")

static void block(const float *u, const float *at, float *top, float *bottom, const int first) {
  v x[4], y[4];
  for (int i = 0; i < 4; i++) {
    x[i] = first ? _mm_setzero_ps() : _mm_load_ps(top + 4 * i);
    y[i] = first ? _mm_setzero_ps() : _mm_load_ps(bottom + 4 * i);
  }
  for (const float *const end = u + PANEL * 8; u < end; u += 32, at += 64)
    __asm__(STEP("0", "16", "0", "16", "32", "48") STEP("32", "48", "64", "80", "96", "112") STEP("64", "80", "128", "144", "160", "176")
            STEP("96", "112", "192", "208", "224", "240")
            : "+x"(x[0]), "+x"(x[1]), "+x"(x[2]), "+x"(x[3]), "+x"(y[0]), "+x"(y[1]), "+x"(y[2]), "+x"(y[3]) : [a] "r"(u), [b] "r"(at)
            : "memory", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
  for (int i = 0; i < 4; i++) {
    _mm_store_ps(top + 4 * i, x[i]);
    _mm_store_ps(bottom + 4 * i, y[i]);
  }
}

static void product(void) {
  const int width = n + 16;
  pack();
  for (int from = 0; from < n; from += ROWS)
    for (int p = 0; p < n; p += PANEL) {
      spread(from, p);
      for (int j = 0; j < n; j += 16) {
        const float *panel = packed + (size_t)p * n + (size_t)j * PANEL;
        for (int i = 0; i < ROWS && from + i < n; i += 2) {
          float *top = c + (size_t)(from + i) * width + j;
          /* The next rows of C, and of the next panel two lines for each block. */
          _mm_prefetch((char *)(top + 2 * width), _MM_HINT_T0);
          _mm_prefetch((char *)(top + 3 * width), _MM_HINT_T0);
          _mm_prefetch((char *)(panel + (PANEL + i) * 16), _MM_HINT_T0);
          _mm_prefetch((char *)(panel + (PANEL + i + 1) * 16), _MM_HINT_T0);
          block(wide + (size_t)(i / 2) * PANEL * 8, panel, top, top + width, p == 0);
        }
      }
    }
}

/* The same products and sums with nothing to read, and as many copies between registers: 64 mulps of four products each. */
static void limit(void) {
  v x[8], u = _mm_set1_ps(3), w = _mm_set1_ps(5);
  for (int i = 0; i < 8; i++) x[i] = _mm_setzero_ps();
#define TWO(i, j, t, s) "movaps %8,%%" t "\n\tmulps %9,%%" t "\n\tmovaps %8,%%" s "\n\tmulps %9,%%" s "\n\taddps %%" t ",%" #i "\n\taddps %%" s ",%" #j "\n\t"
#define EIGHT TWO(0, 4, "xmm10", "xmm11") TWO(1, 5, "xmm12", "xmm13") TWO(2, 6, "xmm10", "xmm11") TWO(3, 7, "xmm12", "xmm13")
  for (int i = 0; i < 1000; i++)
    __asm__ volatile(EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT : "+x"(x[0]), "+x"(x[1]), "+x"(x[2]), "+x"(x[3]), "+x"(x[4]), "+x"(x[5]), "+x"(x[6]),
                     "+x"(x[7]) : "x"(u), "x"(w) : "xmm10", "xmm11", "xmm12", "xmm13");
}

static uint32_t mixed(uint32_t h) {
  h = (h ^ h >> 15) * 0x2c1b3c6du;
  h = (h ^ h >> 12) * 0x297a2d39u;
  return h ^ h >> 15;
}
static uint16_t code(uint32_t i) {
  const uint32_t h = mixed(i);
  return (uint16_t)((h >> 31) << 15 | (124 + (h >> 24) % 6) << 7 | (h & 127));
}

/* A few rows against the plain loops, bit for bit. */
static int wrong(void) {
  product();
  for (int i = 0; i < n; i += 1 + n / 8)
    for (int j = 0; j < n; j++) {
      volatile float sum = 0;
      for (int p = 0; p < n; p++) {
        const volatile float exact = widened(a[(size_t)i * n + p]) * widened(b[(size_t)p * n + j]);
        sum += exact;
      }
      const float all = sum;
      if (memcmp(&all, c + (size_t)i * (n + 16) + j, 4)) return fprintf(stderr, "floats: row %d, column %d of %d^3 is wrong\n", i, j, n);
    }
  return 0;
}

int main(int count, char **words) {
  if (count == 2 && !strcmp(words[1], "limit")) return serve(limit);
  if (count != 3 || atoi(words[2]) % PANEL) return fprintf(stderr, "usage: floats product N | floats limit; N a multiple of %d\n", PANEL), 2;
  n = atoi(words[2]);
  a = room(sizeof(uint16_t) * n * n), b = room(sizeof(uint16_t) * n * n), packed = room(sizeof(float) * n * n), c = room(sizeof(float) * n * (n + 16));
  wide = room(sizeof(float) * ROWS * PANEL * 4);
  for (int i = 0; i < n * n; i++) a[i] = code(i), b[i] = code(n * n + i);
  return wrong() ? 1 : serve(product);
}
