//! array: clock cycles of a 16 x 16 array of bytes, by the systolic kernel beside the array of rtl/ under Verilator, round by round in one run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profile } from '../model/machine/profile.ts';
import { ClockedArray } from '../model/systolic/kernel.ts';
import { type Tile, throughWeights } from '../model/systolic/stimulus.ts';

const SIZE = 16, ROWS = 64, TILES = 64, ROUNDS = 7, SIMULATED = 100_000, GOAL = 10;
const scratch = mkdtempSync(join(tmpdir(), 'array-')), rtl = join(import.meta.dirname, '..', 'rtl');

/** Tiles one behind the other without a gap; each loads its weights while the one before streams. */
const tiles = Array.from({ length: TILES }, (_, t): Tile => ({
  rowCount: ROWS, depth: SIZE, columns: SIZE, start: undefined,
  a: Int32Array.from({ length: ROWS * SIZE }, (__, i) => ((i * 37 + 11 + t) << 24) >> 24), w: Int32Array.from({ length: SIZE * SIZE }, (__, i) => ((i * 29 + t) << 24) >> 24),
}));
const { stimulus, leaves } = throughWeights({ rows: SIZE, columns: SIZE }, { kind: 'bytes' }, tiles), array = new ClockedArray(profile('systole-16'));

/** Cycles a second of the kernel; the sums that come out are looked at. */
function kernel(): number {
  let best = 0;
  for (let again = 0; again < 20; again++) {
    array.start(stimulus);
    const begun = process.hrtime.bigint();
    array.run(stimulus.edges);
    best = Math.max(best, (stimulus.edges / Number(process.hrtime.bigint() - begun)) * 1e9);
  }
  const last = tiles.at(-1)!, sum = last.a.subarray(-SIZE).reduce((total, a, k) => total + a * last.w[k * SIZE]!, 0);
  if (array.bottom(leaves(TILES - 1, ROWS - 1, 0), 0) !== BigInt(sum)) throw new Error('the array is wrong');
  return best;
}

/** The same by Verilator: rows of activations in each clock, weights of 16 in 64. Undefined where it is missing. */
function verilated(): (() => number) | undefined {
  const word = 'static unsigned long long now() { return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); }';
  writeFileSync(join(scratch, 'main.cpp'), `#include "Vsystole_array.h"
#include "verilated.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
${word}
int main(int, char** words) {
  Vsystole_array* t = new Vsystole_array;
  const unsigned cycles = atoi(words[1]);
  unsigned sum = 0;
  t->reset = 1; t->clk = 0; t->eval(); t->clk = 1; t->eval(); t->reset = 0;
  t->load_live = 0xffff; t->row_live = 0xffff; t->row_valid = 1;
  const unsigned long long begun = now();
  for (unsigned e = 0; e < cycles; e++) {
    for (int i = 0; i < 4; i++) { t->row[i] = (e + i) * 2654435761u; t->load_weights[i] = (e + i) * 40503u; }
    t->load = e % 64 >= 31 && e % 64 < 47; t->row_first = e % 64 == 0;
    t->clk = 0; t->eval(); t->clk = 1; t->eval();
    sum += t->out_row[0];
  }
  printf("%.0f %u\\n", cycles * 1e9 / (now() - begun), sum);
}
`);
  const sources = ['systole_array', 'systole_delay', 'systole_pe', 'systole_pe_bf16', 'systole_multiply_add'].map((name) => join(rtl, `${name}.sv`));
  try {
    execFileSync('verilator', ['--version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  execFileSync('verilator', [
    '--cc', '--exe', '--build', '-O3', '--x-assign', 'fast', '--x-initial', 'fast', '-Wno-fatal', '-CFLAGS', '-O3 -march=native', `-GROWS=${SIZE}`, `-GCOLUMNS=${SIZE}`, '--top-module', 'systole_array',
    '--Mdir', scratch, '-o', 'simulation', ...sources, join(scratch, 'main.cpp'),
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  return () => Number(execFileSync(join(scratch, 'simulation'), [`${SIMULATED}`], { encoding: 'utf8' }).split(' ')[0]);
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const shown = (speed: number): string => `${(speed / 1e6).toFixed(2).padStart(7)} M cycles/s  ${((speed * SIZE * SIZE) / 1e9).toFixed(2).padStart(6)} G PEs/s`;
try {
  const simulation = verilated(), rounds = Array.from({ length: ROUNDS }, () => ({ own: kernel(), theirs: simulation?.() }));
  process.stdout.write(`systolic kernel            ${shown(median(rounds.map(({ own }) => own)))}\n`);
  if (!simulation) process.stdout.write('Verilator is missing (apt-get install verilator g++ make): no comparison\n');
  else {
    const ratio = median(rounds.map(({ own, theirs }) => own / theirs!));
    process.stdout.write(`rtl/ under Verilator       ${shown(median(rounds.map(({ theirs }) => theirs!)))}\nratio                      ${ratio.toFixed(1).padStart(7)} (goal ${GOAL})\n`);
    if (ratio < GOAL) process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
