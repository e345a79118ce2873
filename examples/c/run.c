/* run: programs on libsystole: how each ends, how many instructions retired, and the digest that every other device gives too. */
#include <stdio.h>
#include <stdlib.h>
#include <systole.h>

static int fail(const char *what, const systole *s) {
  fprintf(stderr, "%s: %s\n", what, systole_message(s));
  return 3;
}

int main(int count, char **words) {
  systole *s;
  if (count < 3) {
    fprintf(stderr, "run PROFILE.bin PROGRAM|CASE...\n  PROFILE.bin: systole profile binary NAME -o PROFILE.bin\n  PROGRAM: an image, or the folder of a bundle's case\n");
    return 3;
  }
  if (systole_init(&s) != SYSTOLE_OK) return fail("libsystole", NULL);
  if (systole_configure_file(s, words[1]) != SYSTOLE_OK) return fail(words[1], s);
  for (int i = 2; i < count; i++) {
    const struct systole_retirement *record;
    unsigned long records = 0;
    int result = systole_load_file(s, words[i]);
    if (result != SYSTOLE_OK) return fail(words[i], s);
    while ((result = systole_step(s, &record)) == SYSTOLE_OK) records++;
    if (result != SYSTOLE_END) return fail(words[i], s);
    printf("%08x %s %lu %s\n", (unsigned)systole_digest(s), systole_status_text(s), records, words[i]);
  }
  systole_shutdown(s);
  return 0;
}
