/* systole_files: profiles, images and cases from files; memory as $readmemh reads it: bytes in hexadecimal, @addresses, comments. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "systole_internal.h"

/* Bytes of a file, for the caller to free; NULL and a message when that fails. */
static uint8_t *file_bytes(systole *s, const char *path, size_t *byte_count) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = NULL;
  size_t count = 0;
  if (file == NULL) {
    systole_refuse(s, "%s: cannot be read", path);
    return NULL;
  }
  for (size_t room = 65536;; room *= 2) {
    uint8_t *more = realloc(bytes, room);
    if (more == NULL) break;
    bytes = more;
    count += fread(bytes + count, 1, room - count, file);
    if (count < room) {
      fclose(file);
      *byte_count = count;
      return bytes;
    }
  }
  fclose(file);
  free(bytes);
  systole_refuse(s, "%s: no memory for it", path);
  return NULL;
}

int systole_configure_file(systole *s, const char *path) {
  size_t count;
  uint8_t *bytes = file_bytes(s, path, &count);
  if (bytes == NULL) return SYSTOLE_USAGE;
  const int result = systole_configure(s, bytes, count);
  free(bytes);
  return result;
}

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
static int read_hex(systole *s, const char *path, uint32_t space) {
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

/* `base N`, `argument I N`, `tokens SEMAPHORE N`: the launch of a case where it is not the default one. */
static int read_launch(systole *s, const char *path, uint64_t *base, uint32_t arguments[8]) {
  char word[16];
  FILE *file = fopen(path, "r");
  int result = SYSTOLE_OK;
  if (file == NULL) return SYSTOLE_OK;
  while (result == SYSTOLE_OK && fscanf(file, "%15s", word) == 1) {
    long long first = 0, second = 0;
    if (strcmp(word, "base") == 0 && fscanf(file, "%lli", &first) == 1) *base = (uint64_t)first;
    else if (strcmp(word, "argument") == 0 && fscanf(file, "%lli %lli", &first, &second) == 2 && first >= 0 && first < 8) arguments[first] = (uint32_t)second;
    else if (strcmp(word, "tokens") == 0 && fscanf(file, "%lli %lli", &first, &second) == 2) result = systole_post(s, (uint32_t)first, (uint32_t)second);
    else result = systole_refuse(s, "%s: '%s' is not a line of it; lines are base N, argument I N, tokens SEMAPHORE N", path, word);
  }
  fclose(file);
  return result;
}

static int load_case(systole *s, const char *folder) {
  static const uint32_t spaces[] = {SYSTOLE_SPACE_DRAM, SYSTOLE_SPACE_SPM, SYSTOLE_SPACE_ACC};
  char path[640];
  uint64_t base = SYSTOLE_IMAGE_AT_END;
  uint32_t arguments[8] = {0};
  size_t count = 0;
  int result = SYSTOLE_OK;
  for (int i = 0; i < 3 && result == SYSTOLE_OK; i++) {
    snprintf(path, sizeof path, "%.500s/initial.%s.hex", folder, systole_space_name(spaces[i]));
    result = read_hex(s, path, spaces[i]);
  }
  snprintf(path, sizeof path, "%.500s/launch.txt", folder);
  if (result == SYSTOLE_OK) result = read_launch(s, path, &base, arguments);
  if (result != SYSTOLE_OK) return result;
  snprintf(path, sizeof path, "%.500s/program.bin", folder);
  uint8_t *image = file_bytes(s, path, &count);
  if (image == NULL) return SYSTOLE_USAGE;
  result = systole_load(s, image, count, base, arguments);
  free(image);
  return result;
}

int systole_load_file(systole *s, const char *path) {
  size_t count = 0;
  int result = systole_reset(s);
  if (result != SYSTOLE_OK) return result;
  char inner[640];
  snprintf(inner, sizeof inner, "%.500s/program.bin", path);
  FILE *folder = fopen(inner, "rb");
  s->is_case = folder != NULL;
  if (folder != NULL) {
    fclose(folder);
    result = load_case(s, path);
  } else {
    uint8_t *image = file_bytes(s, path, &count);
    if (image == NULL) return SYSTOLE_USAGE;
    result = systole_load(s, image, count, SYSTOLE_IMAGE_AT_END, NULL);
    free(image);
  }
  snprintf(s->source, sizeof s->source, "%.500s", path);
  return result;
}
