/* systole_internal: what the files of the library share and users do not see. */
#ifndef SYSTOLE_INTERNAL_H
#define SYSTOLE_INTERNAL_H
#include <setjmp.h>
#include <stdbool.h>
#include "engine.h"
#include "systole.h"
#include "systole_engine.h"

#if defined(__FAST_MATH__)
#error "systole needs exact floating point: compile without -ffast-math"
#endif
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "systole needs a little-endian host: records are read where they lie"
#endif

#define UNITS SYSTOLE_UNIT_COUNT
#define SPACES 4
#define PAGE SYSTOLE_PAGE_BYTES

/* A page of the design's memory as its write port told it. A set bit of `dirty` was written and not yet accounted for; of `due`,
   written by the reference. */
struct shadow_page {
  uint8_t bytes[PAGE], dirty[PAGE / 8], due[PAGE / 8];
};
struct span {
  uint32_t space, byte_count;
  uint64_t address;
};
/* A record that the design has not retired: what it waits for, and the bytes of what it writes, operand by operand, row-major. */
struct held {
  struct held *next;
  uint32_t needs[UNITS];
  uint32_t data_bytes, data_capacity;
  uint8_t *data, *known; /* known: NULL when all bytes are */
  struct systole_word *words;
  uint32_t word_count, word_capacity;
  bool has_words;
  struct systole_retirement record;
};
/* What the search for the last writer of a byte looks through. */
struct written {
  struct systole_instruction who;
  int32_t slot; /* that it loads, or -1 */
  struct systole_operand operand;
};
struct list {
  struct held *first, *last;
};

struct systole {
  Z_systole_engine_instance_t engine;
  bool alive, configured, launched, ended, digests;
  uint32_t status, crc;
  char name[64], source[512], message[2048];
  bool is_case;
  uint8_t *memory; /* the engine's */
  struct systole_control *control;
  const struct systole_profile *profile;
  const struct systole_state *state;
  /* checker */
  int mode;
  uint32_t done[UNITS];
  struct list lists[UNITS];
  struct held *spare;
  struct shadow_page **pages[SPACES];
  uint32_t page_count[SPACES];
  struct span *pending[UNITS];
  uint32_t pending_count[UNITS], pending_capacity[UNITS];
  struct written *log;
  uint32_t log_count, log_capacity, log_next;
  struct systole_metrics metrics;
  struct systole_mismatch mismatch;
};

/* Where a failed engine jumps to; each thread has its own. */
extern _Thread_local jmp_buf systole_trap_target;
/* Runs a statement that calls the engine. */
#define IN_ENGINE(s, statement) \
  do { \
    if (setjmp(systole_trap_target) != 0) return systole_broken(s, "the engine reached a WebAssembly trap"); \
    statement; \
  } while (0)

/* failures */
int systole_refuse(systole *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
int systole_broken(systole *s, const char *what);
/* SYSTOLE_OK where the instance lives and has a profile. */
int systole_ready(systole *s);

/* 0 for what is no memory. */
static inline uint64_t systole_space_bytes(const systole *s, uint32_t space) {
  return space >= SYSTOLE_SPACE_DRAM && space <= SYSTOLE_SPACE_ACC ? (uint64_t)s->profile->spaceBytes[space] : 0;
}
static inline uint8_t *systole_space_at(systole *s, uint32_t space) {
  return s->memory + s->control->spaces[space];
}
uint32_t systole_crc32c(uint32_t crc, const void *bytes, size_t byte_count);

/* records that the design has still to retire */
int systole_hold(systole *s, const struct systole_retirement *record);
void systole_checker_clear(systole *s);
struct held *systole_find_held(systole *s, uint32_t unit, uint32_t order);
/* The design's next instruction of the unit is complete, without a look at it. */
void systole_pass(systole *s, uint32_t unit);

/* Elements of an operand, row by row in row-major order: each row `count` elements, `step` bits apart. */
struct rows {
  const struct systole_operand *operand;
  uint32_t width, count, index[SYSTOLE_RANK_MAX];
  int64_t address, step;
  bool compact; /* the bytes of a row are one run */
};
bool systole_rows_begin(const systole *s, struct rows *rows, const struct systole_operand *operand);
bool systole_rows_next(struct rows *rows);
static inline uint32_t systole_row_bytes(const struct rows *rows) { return (uint32_t)(((uint64_t)rows->count * rows->width + 7) >> 3); }

/* words for people */
void systole_describe(systole *s, const struct held *held);
size_t systole_print_instruction(char *to, size_t size, const struct systole_instruction *who);
#endif
