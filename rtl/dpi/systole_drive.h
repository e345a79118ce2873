/* systole_drive: what a testbench calls in each clock: the next command, the memory port's next word, what the design did. */
#ifndef SYSTOLE_DRIVE_H
#define SYSTOLE_DRIVE_H
#ifdef __cplusplus
extern "C" {
#endif

/*
 * A reference and a checker for a design that is one unit of the machine. The bench sends that unit's records to the design as commands;
 * what the other units write goes through the design's memory port as soon as tokens, fences and dispatch allow, and with `most_delay`
 * up to so many clocks later, by the seed. Numbers only, so that DPI-C and VPI share the
 * calls; those that have nothing to say return 0.
 */

/* A handle from 1; 0 when it fails, with the reason on stderr. mode: 0 no checker, 1 strict, 2 per unit, 3 final. */
int systole_sim_open(const char *profile, const char *program, int mode, int unit, int seed, int most_delay);
/* Before the first clock: systole_sim_finish tells how the reference ended and its systole_digest as well, for comparing a third machine. */
int systole_sim_digests(int handle);
/* Once in each clock, before the others. 1: there is still something to come; 0: the program has ended and all is retired. */
int systole_sim_clock(int handle);

/* 1: a word of a command is offered; 0: not in this clock. */
int systole_sim_command(int handle);
int systole_sim_command_data(int handle);
int systole_sim_command_last(int handle);
int systole_sim_command_taken(int handle);

/* 1: a write through the memory port is offered; 0: not in this clock. */
int systole_sim_port(int handle);
int systole_sim_port_space(int handle);
int systole_sim_port_address(int handle);
int systole_sim_port_data(int handle);
int systole_sim_port_strobe(int handle);
int systole_sim_port_taken(int handle);

/* What the design did: 0, or 1 for a mismatch, which is told on stderr. */
int systole_sim_wrote(int handle, int space, int address, int data, int strobe);
int systole_sim_retired(int handle, int order);
/* The end: what is missing, memory. Prints one line of figures. */
int systole_sim_finish(int handle);
/* Instructions that the design has retired. */
int systole_sim_count(int handle);
int systole_sim_close(int handle);

#ifdef __cplusplus
}
#endif
#endif
