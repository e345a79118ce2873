/* slice: a baseline as a process that stays and answers questions, so that no start of a process lies inside a round. */
/* Each line of stdin is a number of nanoseconds to spend; the answer is the least nanoseconds of one repetition, of this process's own
 * processor time, which other work on the machine does not add to. */
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

static int serve(void (*once)(void)) {
  double budget;
  while (scanf("%lf", &budget) == 1) {
    double least = 1e18, spent = 0;
    do {
      const double from = used();
      once();
      const double took = used() - from;
      if (took < least) least = took;
      spent += took;
    } while (spent < budget);
    printf("%.0f\n", least);
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
