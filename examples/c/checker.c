/* checker: a make-believe design held to the reference: it does what it should, in any legal order, but for the bug that is asked for. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systole.h>

static unsigned state = 1;
static unsigned draw(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

static int fail(const char *what, const systole *s) {
  fprintf(stderr, "%s: %s\n", what, systole_message(s));
  return 3;
}

struct bug {
  long flip, early, stray, lost; /* the retirement that has it, from 0, of `flip` the one that writes; -1: none */
};

/* Tells the checker all that one instruction of the design writes, then that it is complete. */
static int complete(systole *design, systole *checker, unsigned unit, unsigned order, bool flips, bool strays) {
  struct systole_word word;
  for (unsigned i = 0; systole_held_word(design, unit, order, i, &word) == SYSTOLE_OK; i++) {
    if (flips && i == 0) word.data ^= word.strobe & 1 ? 1u : word.strobe & 2 ? 1u << 8 : word.strobe & 4 ? 1u << 16 : 1u << 24;
    for (unsigned lane = 0; lane < 4; lane++) {
      const unsigned char byte = (unsigned char)(word.data >> (8 * lane));
      if (word.strobe >> lane & 1) systole_dut_wrote(checker, unit, word.space, word.address + lane, &byte, 1);
    }
  }
  if (strays) systole_dut_wrote(checker, unit, SYSTOLE_SPACE_SPM, 0, "!", 1);
  const int result = systole_dut_retired(checker, unit, order, NULL);
  return result;
}

int main(int count, char **words) {
  systole *design, *checker;
  struct bug bug = {-1, -1, -1, -1};
  int mode = SYSTOLE_PER_UNIT;
  bool serial = false;
  if (count < 3) {
    fprintf(stderr, "checker PROFILE.bin PROGRAM|CASE [seed=N] [mode=strict|unit|final] [serial] [flip=N] [early=N] [stray=N] [lost=N]\n");
    return 3;
  }
  for (int i = 3; i < count; i++) {
    if (sscanf(words[i], "seed=%u", &state) == 1) state = state * 2654435761u | 1u;
    else if (strcmp(words[i], "serial") == 0) serial = true;
    else if (strcmp(words[i], "mode=strict") == 0) mode = SYSTOLE_STRICT;
    else if (strcmp(words[i], "mode=unit") == 0) mode = SYSTOLE_PER_UNIT;
    else if (strcmp(words[i], "mode=final") == 0) mode = SYSTOLE_FINAL;
    else if (sscanf(words[i], "flip=%ld", &bug.flip) != 1 && sscanf(words[i], "early=%ld", &bug.early) != 1 && sscanf(words[i], "stray=%ld", &bug.stray) != 1
      && sscanf(words[i], "lost=%ld", &bug.lost) != 1) {
      fprintf(stderr, "'%s' is not an option\n", words[i]);
      return 3;
    }
  }
  systole *both[2];
  for (int i = 0; i < 2; i++) {
    if (systole_init(&both[i]) != SYSTOLE_OK) return fail("libsystole", NULL);
    if (systole_configure_file(both[i], words[1]) != SYSTOLE_OK) return fail(words[1], both[i]);
    if (systole_load_file(both[i], words[2]) != SYSTOLE_OK) return fail(words[2], both[i]);
    if (systole_check(both[i], i == 0 ? SYSTOLE_PER_UNIT : mode) != SYSTOLE_OK) return fail("check", both[i]);
  }
  design = both[0];
  checker = both[1];

  /* The design dispatches all; then its units complete what they may, in an order that the seed draws. */
  int result;
  do result = systole_step(design, NULL);
  while (result == SYSTOLE_OK);
  unsigned next[SYSTOLE_UNIT_COUNT] = {0};
  long writers = 0;
  for (long retired = 0;; retired++) {
    unsigned ready[SYSTOLE_UNIT_COUNT], early[SYSTOLE_UNIT_COUNT], ready_count = 0, early_count = 0;
    for (unsigned unit = 0; unit < SYSTOLE_UNIT_COUNT; unit++) {
      const int may = systole_may_retire(design, unit, next[unit]);
      if (may == 1) ready[ready_count++] = unit;
      if (may == 0) early[early_count++] = unit;
    }
    if (ready_count == 0) break;
    unsigned unit = ready[draw() % ready_count];
    if (serial)
      for (unsigned i = 0; i < ready_count; i++)
        if (systole_held(design, ready[i], next[ready[i]])->seq < systole_held(design, unit, next[unit])->seq) unit = ready[i];
    if (retired == bug.early && early_count > 0) unit = early[draw() % early_count];
    if (retired == bug.lost) break;
    struct systole_word word;
    const bool writes = systole_held_word(design, unit, next[unit], 0, &word) == SYSTOLE_OK;
    result = complete(design, checker, unit, next[unit], writes && writers == bug.flip, retired == bug.stray);
    writers += writes;
    if (result != SYSTOLE_OK) {
      printf("%s\n", result == SYSTOLE_DIFFERS ? systole_mismatch_of(checker)->text : systole_message(checker));
      return result == SYSTOLE_DIFFERS ? 1 : 3;
    }
    /* The design's own books: what it has completed. */
    systole_dut_retired(design, unit, next[unit]++, NULL);
  }
  result = systole_dut_finished(checker);
  if (result != SYSTOLE_OK) {
    printf("%s\n", result == SYSTOLE_DIFFERS ? systole_mismatch_of(checker)->text : systole_message(checker));
    return result == SYSTOLE_DIFFERS ? 1 : 3;
  }
  struct systole_metrics metrics;
  systole_metrics_of(checker, &metrics);
  printf("equal: %llu instructions, %llu bytes compared\n", (unsigned long long)metrics.retired, (unsigned long long)metrics.bytes_compared);
  systole_shutdown(design);
  systole_shutdown(checker);
  return 0;
}
