/* systole_files: memory as $readmemh reads it: bytes in hexadecimal, @addresses, comments. */
#include <ctype.h>
#include <string.h>
#include "systole_internal.h"

/* One word of the file, without comments; 0 at its end. */
static size_t next_word(FILE *file, char *word, size_t size) {
  size_t count = 0;
  for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
    if (c == '/') {
      const int second = fgetc(file);
      if (second == '/') while (c != EOF && c != '\n') c = fgetc(file);
      else if (second == '*') {
        for (int before = 0; (c = fgetc(file)) != EOF; before = c) if (before == '*' && c == '/') break;
        c = ' ';
      }
    }
    if (c == EOF || isspace(c)) {
      if (count > 0) break;
      continue;
    }
    if (count + 1 < size) word[count++] = (char)c;
  }
  word[count] = 0;
  return count;
}

/* Lays the file into a space; a file that does not exist is no memory. */
int systole_read_hex(systole *s, const char *path, uint32_t space) {
  char word[32];
  uint8_t run[4096];
  size_t count = 0;
  uint64_t address = 0;
  int result = SYSTOLE_OK;
  FILE *file = fopen(path, "r");
  if (file == NULL) return SYSTOLE_OK;
  while (result == SYSTOLE_OK && next_word(file, word, sizeof word) > 0) {
    unsigned long long value;
    int used = 0;
    const bool is_address = word[0] == '@';
    if (sscanf(word + is_address, "%llx%n", &value, &used) != 1 || word[is_address + used] != 0 || (!is_address && value > 255)) {
      result = systole_refuse(s, "%s: '%s' is neither a byte in hexadecimal nor an @address", path, word);
      break;
    }
    if (is_address || count == sizeof run) {
      result = systole_write(s, space, address, run, count);
      address = is_address ? value : address + count;
      count = 0;
    }
    if (!is_address) run[count++] = (uint8_t)value;
  }
  if (result == SYSTOLE_OK) result = systole_write(s, space, address, run, count);
  fclose(file);
  return result;
}
