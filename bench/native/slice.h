/* slice: a baseline as a process that stays and answers questions, so that no start of a process lies inside a round. */
/* Each line of stdin is a number of nanoseconds to spend; the answer is the median nanoseconds of one repetition, of three at least, of this
 * process's own processor time, which other work on the machine does not add to. */
#ifndef SYSTOLE_SLICE_H
#define SYSTOLE_SLICE_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double used(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *x, const void *y) {
  return (*(const double *)x > *(const double *)y) - (*(const double *)x < *(const double *)y);
}

static int serve(void (*once)(void)) {
  enum { MOST = 1 << 16 };
  static double took[MOST];
  double budget;
  while (scanf("%lf", &budget) == 1) {
    int count = 0;
    for (double spent = 0; count < MOST && (count < 3 || spent < budget); spent += took[count++]) {
      const double from = used();
      once();
      took[count] = used() - from;
    }
    qsort(took, count, sizeof *took, ascending);
    printf("%.0f\n", took[count / 2]);
    fflush(stdout);
  }
  return 0;
}

/* Memory on a cache line, zeroed. */
static void *room(size_t bytes) {
  void *at = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (!at) exit(1);
  for (size_t i = 0; i < (bytes + 127) / 64 * 64; i++) ((char *)at)[i] = 0;
  return at;
}
#endif
