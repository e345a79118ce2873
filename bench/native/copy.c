/* copy: what a DMA engine does, by memcpy and by a loop of 128-bit moves over rows, the measure for loads and stores. */
/* Usage: copy ROWS BYTES STRIDE BLOCKS STEP: each repetition copies BLOCKS blocks of ROWS x BYTES, rows STRIDE apart in the source and dense
 * in the destination; from one block to the next the source moves by STEP and the destination by the block. Then see slice.h. */
#define _POSIX_C_SOURCE 199309L
#include <emmintrin.h>
#include <string.h>
#include "slice.h"

static size_t rows, bytes, stride, blocks, step;
static char *from, *to;

static void row(char *d, const char *s) {
  size_t i = 0;
  for (; i + 16 <= bytes; i += 16) _mm_storeu_si128((__m128i *)(d + i), _mm_loadu_si128((const __m128i *)(s + i)));
  for (; i < bytes; i++) d[i] = s[i];
}

static void copy(void) {
  for (int again = 0; again < 128; again++)
    for (size_t b = 0; b < blocks; b++) {
      const char *s = from + b * step;
      char *d = to + b * rows * bytes;
      if (rows == 1) memcpy(d, s, bytes);
      else
        for (size_t r = 0; r < rows; r++, s += stride, d += bytes) row(d, s);
      /* Nobody reads it in between; the compiler does not know. */
      __asm__ volatile("" : : "r"(to) : "memory");
    }
}

int main(int count, char **words) {
  if (count != 6) return fprintf(stderr, "usage: copy ROWS BYTES STRIDE BLOCKS STEP\n"), 2;
  rows = atol(words[1]), bytes = atol(words[2]), stride = atol(words[3]), blocks = atol(words[4]), step = atol(words[5]);
  const size_t span = (blocks - 1) * step + (rows - 1) * stride + bytes;
  from = room(span), to = room(blocks * rows * bytes);
  for (size_t i = 0; i < span; i++) from[i] = (char)(i * 37 + 11);
  return serve(copy);
}
