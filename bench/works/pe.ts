//! pe: clock cycles of a 16 x 16 array of bytes, by the systolic kernel beside the array of rtl/ under Verilator.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profile } from '../../model/machine/profile.ts';
import { sha256 } from '../../model/sha256.ts';
import { ClockedArray } from '../../model/systolic/kernel.ts';
import { type Tile, throughWeights } from '../../model/systolic/stimulus.ts';
import type { Natives } from '../native.ts';
import { warm } from '../program.ts';
import { type Contender, processorTime, typical } from '../rounds.ts';
import type { Work } from '../work.ts';

const SIZE = 16, ROWS = 64, TILES = 64, SIMULATED = 4096, MODULE = 'systole_array';
const bench = join(import.meta.dirname, '..'), rtl = join(bench, '..', 'rtl');

/** Tiles one behind the other without a gap; each loads its weights while the one before streams. */
const tiles = Array.from({ length: TILES }, (_, t): Tile => ({
  rowCount: ROWS, depth: SIZE, columns: SIZE, start: undefined,
  a: Int32Array.from({ length: ROWS * SIZE }, (__, i) => ((i * 37 + 11 + t) << 24) >> 24), w: Int32Array.from({ length: SIZE * SIZE }, (__, i) => ((i * 29 + t) << 24) >> 24),
}));

/** Updates of processing elements a second; a sum that comes out is looked at. */
function kernel(): Contender {
  const { stimulus, leaves } = throughWeights({ rows: SIZE, columns: SIZE }, { kind: 'bytes' }, tiles), array = new ClockedArray(profile('systole-16'));
  const last = tiles.at(-1)!, sum = last.a.subarray(-SIZE).reduce((total, a, k) => total + a * last.w[k * SIZE]!, 0);
  const once = (): number => {
    array.start(stimulus);
    const took = processorTime(() => { array.run(stimulus.edges); });
    if (array.bottom(leaves(TILES - 1, ROWS - 1, 0), 0) !== BigInt(sum)) throw new Error('the array is wrong');
    return took;
  };
  warm(once, 12);
  return { name: 'engine', unit: 'PE/s', sample: () => typical(stimulus.edges * SIZE * SIZE, once) };
}

/** The design as a program, made once for each state of its sources, which takes a minute; or what is wrong where there is none. */
function verilated(natives: Natives): { readonly binary: string } | { readonly why: string } {
  const sources = readdirSync(rtl).filter((name) => /^systole_(array|delay|pe|pe_bf16|multiply_add)\.sv$/.test(name)).map((name) => join(rtl, name));
  const own = join(bench, 'native'), all = [...sources, join(own, 'array.cpp'), join(own, 'slice.h')].map((file) => readFileSync(file));
  const folder = join(bench, '..', 'build', `bench-array-${sha256(Buffer.concat(all)).slice(0, 12)}`), binary = join(folder, 'simulation');
  if (existsSync(binary)) return { binary };
  if (!natives.simulator) return { why: 'Verilator is missing (apt-get install verilator g++ make)' };
  try {
    execFileSync('verilator', [
      '--cc', '--exe', '--build', '-O3', '--x-assign', 'fast', '--x-initial', 'fast', '-Wno-fatal', '-CFLAGS', `-O3 -march=native -I${own}`, `-GROWS=${SIZE}`,
      `-GCOLUMNS=${SIZE}`, '--top-module', MODULE, '--Mdir', folder, '-o', 'simulation', ...sources, join(own, 'array.cpp'),
    ], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    return { why: `Verilator makes no program of rtl/: ${String((error as { stderr?: unknown }).stderr).split('\n')[0]}` };
  }
  return { binary };
}

export const peWorks: readonly Work[] = [{
  name: 'pe',
  prepare(natives) {
    const simulation = verilated(natives), name = 'Verilator';
    return { contenders: [kernel(), 'why' in simulation ? { name, ...simulation } : natives.process(name, 'PE/s', SIMULATED * SIZE * SIZE, simulation.binary, [SIMULATED])] };
  },
}];
