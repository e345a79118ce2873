/* systole: the engine as a C library, and the checker that holds a design under test to it. */
#ifndef SYSTOLE_H
#define SYSTOLE_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "systole_isa.h"
#ifdef __cplusplus
extern "C" {
#endif

/* What calls return. systole_message says more wherever it is not 0; no call ends the process. */
#define SYSTOLE_OK 0
#define SYSTOLE_END 1     /* there is no further record: systole_status says why */
#define SYSTOLE_DIFFERS 2 /* the design under test does not do what the reference does: systole_mismatch_of */
#define SYSTOLE_USAGE 3   /* the call is refused, and nothing has changed */
#define SYSTOLE_BROKEN 4  /* the library itself fails; the instance can only be shut down */

/* One machine. Instances share nothing; each may be used by one thread at a time. */
typedef struct systole systole;

/* ---- life: init, configure, initialise memory, load, run, shutdown */

/* Makes an instance. The first one tests the library on a program of its own and refuses when a bit is wrong: *s is then NULL. */
int systole_init(systole **s);
void systole_shutdown(systole *s);
/* What the last call that did not return 0 has to say; never NULL. s may be NULL for a failed systole_init. */
const char *systole_message(const systole *s);

/* The machine's profile: bytes of `systole profile binary NAME -o FILE`. Once for each instance. */
int systole_configure(systole *s, const void *profile, size_t byte_count);
int systole_configure_file(systole *s, const char *path);

/* Power-on: memories UNKNOWN, everything else zero, no checker. */
int systole_reset(systole *s);
/* The host writes and reads. Spaces are SYSTOLE_SPACE_DRAM, _SPM, _ACC. known: a byte for each, 0 for UNKNOWN, or NULL. */
int systole_write(systole *s, uint32_t space, uint64_t address, const void *bytes, size_t byte_count);
int systole_read(systole *s, uint32_t space, uint64_t address, void *bytes, uint8_t *known, size_t byte_count);
/* The host gives tokens. */
int systole_post(systole *s, uint32_t semaphore, uint32_t tokens);
#define SYSTOLE_IMAGE_AT_END UINT64_MAX /* the image ends where DRAM ends */
/* Lays the image into DRAM and launches it; arguments are S8 to S15, or NULL for zeros. */
int systole_load(systole *s, const void *image, size_t byte_count, uint64_t base, const uint32_t arguments[8]);
/* The same from files: an image, or a case of a bundle: a folder with program.bin, initial.SPACE.hex ($readmemh bytes) and, where
   the launch is not the default one, launch.txt with lines `base N`, `argument I N`, `tokens SEMAPHORE N`. Resets first. */
int systole_load_file(systole *s, const char *path);

/* The next record of the serial run; it is valid until the next call. With a checker the reference keeps what it says. */
int systole_step(systole *s, const struct systole_retirement **record);
/* To the end, without looking: SYSTOLE_END. */
int systole_run(systole *s);
/* How the run stands: SYSTOLE_STATUS_HALTED and so on, and its name. */
uint32_t systole_status(const systole *s);
const char *systole_status_text(const systole *s);
/* CRC-32C over all records that systole_step and systole_run gave since the load, and then the architectural state. */
uint32_t systole_digest(systole *s);
/* CRC-32C in records of written operands; on by default. */
int systole_digests(systole *s, int on);

/* ---- the design under test */
#define SYSTOLE_STRICT 1  /* retirements come in the order of the serial run */
#define SYSTOLE_PER_UNIT 2 /* in order within a unit, across units as tokens, fences and dispatch ask: any legal order */
#define SYSTOLE_FINAL 3   /* only what memory holds at the end */
/* Begins a comparison of the program that was just loaded. */
int systole_check(systole *s, int mode);

/* What the design may tell of a retirement beside unit and order; `given` names the valid members. */
#define SYSTOLE_GIVES_PC 1u
#define SYSTOLE_GIVES_WORDS 2u
#define SYSTOLE_GIVES_RESULT 4u
#define SYSTOLE_GIVES_DIGEST 8u
struct systole_dut_fields {
  uint32_t given, pc, words[4], result, digest;
};

/* A unit of the design wrote bytes; what an instruction writes comes before its retirement. */
int systole_dut_wrote(systole *s, uint32_t unit, uint32_t space, uint64_t address, const void *bytes, size_t byte_count);
/* An instruction of the design is complete; `order` counts in its unit from 0. fields may be NULL. */
int systole_dut_retired(systole *s, uint32_t unit, uint32_t order, const struct systole_dut_fields *fields);
/* The design's sequencer refuses its next instruction. */
int systole_dut_trapped(systole *s, uint32_t order, uint32_t trap, uint32_t pc);
/* The design has ended: nothing is missing, and every byte that the program wrote is as it should be. */
int systole_dut_finished(systole *s);

/* May this instruction complete, after all that has retired? 1 yes, 0 no, -1 there is no such instruction. */
int systole_may_retire(systole *s, uint32_t unit, uint32_t order);
/* May it start: like systole_may_retire, for a unit that keeps its own instructions in order? */
int systole_may_start(systole *s, uint32_t unit, uint32_t order);
/* A record that the design has not retired yet; NULL when there is none. */
const struct systole_retirement *systole_held(systole *s, uint32_t unit, uint32_t order);

/* Bytes that a held record writes, as words for a memory port: `index` counts from 0. SYSTOLE_END behind the last. */
struct systole_word {
  uint32_t space, address, data, strobe;
};
int systole_held_word(systole *s, uint32_t unit, uint32_t order, uint32_t index, struct systole_word *word);

/* ---- the last mismatch */
#define SYSTOLE_WRONG_ELEMENT 1 /* an element of a written operand */
#define SYSTOLE_WRONG_ORDER 2   /* a unit's instruction came when another one of the unit was due */
#define SYSTOLE_WRONG_EDGE 3    /* it came before one that it has to wait for: `before` */
#define SYSTOLE_WRONG_FIELD 4   /* pc, words, result, digest, trap: `field` */
#define SYSTOLE_STRAY_WRITE 5   /* bytes that the instruction does not write */
#define SYSTOLE_SURPLUS 6       /* a retirement that the program does not have */
#define SYSTOLE_MISSING 7       /* one that it has and that never came */
#define SYSTOLE_WRONG_MEMORY 8  /* memory at the end */
struct systole_instruction {
  int64_t seq;
  uint32_t unit, order, pc, words[4];
};
struct systole_mismatch {
  int kind; /* 0: none */
  struct systole_instruction at, before;
  /* the element: operand 0 D, 1 A, 2 B, 3 C; its index, its bits; rank is 0 where no tensor is known */
  uint32_t operand, space, dtype, rank, index[SYSTOLE_RANK_MAX], width_bits;
  uint64_t address, expected, found;
  /* where in the array a multiplication makes it: column N, rows 0 to K-1; -1 where that says nothing */
  int32_t pe_column, pe_rows;
  /* who wrote the sources A, B, C and the slot last; seq -1: nothing since the load */
  struct systole_instruction writers[4];
  const char *field;
  /* all of it in words, with the command that replays it */
  char text[1536];
};
const struct systole_mismatch *systole_mismatch_of(const systole *s);

struct systole_metrics {
  uint64_t instructions, retired, writes, bytes_written, bytes_compared, held;
};
int systole_metrics_of(const systole *s, struct systole_metrics *metrics);
/* A page for people: how reference and design stand. */
int systole_dump(systole *s, FILE *to);

#ifdef __cplusplus
}
#endif
#endif
