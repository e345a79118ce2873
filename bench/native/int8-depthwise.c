/* int8-depthwise: a 3 x 3 convolution of every channel by itself, int8 to int32 or on to int8, in C with 128-bit SIMD, the measure for mdw. */
/* SSE4.1. Eight channels to a register; two taps side by side go through one pmaddwd, nine taps are five of them. Weights are packed first.
 * Usage: int8-depthwise H W C [bytes]: an input [H+2, W+2, C], stride 1, no padding; C a multiple of 8; `bytes`: sums are requantised by a scale of
 * each channel while they are in registers; then see slice.h. */
#define _POSIX_C_SOURCE 199309L
#include <smmintrin.h>
#include <string.h>
#include "requantise.h"
#include "slice.h"

typedef __m128i v;
static int h, w, channels;
static int8_t *a, *b, *bytes;
static int32_t *multipliers;
static columns_t by;
static int16_t *packed;
static int32_t *c;

static inline v eight(const int8_t *at) { return _mm_cvtepi8_epi16(_mm_loadl_epi64((const v *)at)); }

/* [C/8][5][2][8]: pairs of taps interleaved by channel, the tenth tap zero. */
static void pack(void) {
  for (int q = 0; q < channels; q += 8)
    for (int pair = 0; pair < 5; pair++) {
      const v x = eight(b + 2 * pair * channels + q), y = pair < 4 ? eight(b + (2 * pair + 1) * channels + q) : _mm_setzero_si128();
      v *to = (v *)(packed + (q / 8 * 5 + pair) * 16);
      to[0] = _mm_unpacklo_epi16(x, y), to[1] = _mm_unpackhi_epi16(x, y);
    }
}

static inline __attribute__((always_inline)) void layer(int to_bytes) {
  const int row = (w + 2) * channels;
  v far = _mm_setzero_si128();
  pack();
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      for (int q = 0; q < channels; q += 8) {
        const int8_t *from = a + y * row + x * channels + q;
        const v *weights = (const v *)(packed + q / 8 * 80);
        v low = _mm_setzero_si128(), high = low;
        for (int pair = 0; pair < 5; pair++) {
          const int s = 2 * pair, t = 2 * pair + 1;
          const v u = eight(from + s / 3 * row + s % 3 * channels), o = pair < 4 ? eight(from + t / 3 * row + t % 3 * channels) : _mm_setzero_si128();
          low = _mm_add_epi32(low, _mm_madd_epi16(_mm_unpacklo_epi16(u, o), weights[2 * pair]));
          high = _mm_add_epi32(high, _mm_madd_epi16(_mm_unpackhi_epi16(u, o), weights[2 * pair + 1]));
        }
        const int at = (y * w + x) * channels + q;
        if (to_bytes) {
          const v n = _mm_packs_epi32(requantised(low, &by, q, &far), requantised(high, &by, q + 4, &far));
          _mm_storel_epi64((v *)(bytes + at), _mm_packs_epi16(n, n));
        } else {
          _mm_store_si128((v *)(c + at), low);
          _mm_store_si128((v *)(c + at + 4), high);
        }
      }
  if (is_far(far)) exit(fprintf(stderr, "int8-depthwise: a sum is too large\n"));
}
static void product(void) { layer(0); }
static void product_to_bytes(void) { layer(1); }

static int wrong(int to_bytes) {
  (to_bytes ? product_to_bytes : product)();
  for (int i = 0; i < h * w * channels; i++) {
    const int channel = i % channels;
    int32_t sum = 0;
    for (int tap = 0; tap < 9; tap++)
      sum += a[((i / channels / w + tap / 3) * (w + 2) + i / channels % w + tap % 3) * channels + channel] * b[tap * channels + channel];
    if (to_bytes ? bytes[i] != requantised_one(sum, by.offsets[channel], multipliers[channel], channel % 3) : c[i] != sum)
      return fprintf(stderr, "int8-depthwise: element %d is wrong\n", i);
  }
  return 0;
}

int main(int count, char **words) {
  const int to_bytes = count == 5 && !strcmp(words[4], "bytes");
  if (count != 4 + to_bytes) return fprintf(stderr, "usage: int8-depthwise H W C [bytes]\n"), 2;
  h = atoi(words[1]), w = atoi(words[2]), channels = atoi(words[3]);
  if (channels % 8) return fprintf(stderr, "int8-depthwise: C a multiple of 8\n"), 2;
  const size_t in = (size_t)(h + 2) * (w + 2) * channels, out = (size_t)h * w * channels;
  a = room(in), b = room(9 * channels), packed = room(sizeof(int16_t) * 10 * channels), c = room(sizeof(int32_t) * out), bytes = room(out);
  multipliers = room(4 * channels), by.offsets = room(4 * channels), by.factors = room(8 * channels), by.units = room(8 * channels);
  for (size_t i = 0; i < in; i++) a[i] = (int8_t)(i * 37 + 11);
  for (int i = 0; i < 9 * channels; i++) b[i] = (int8_t)(i * 53 + 7);
  for (int j = 0; j < channels; j++) set_column(&by, j, 100 * j, multipliers[j] = 1 << 24, j % 3);
  return wrong(to_bytes) ? 1 : serve(to_bytes ? product_to_bytes : product);
}
