//! wave.rtl.test: the array of the example design holds, register by register and cycle by cycle, what the wave says, and its seeded bug is named.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { profile } from '../model/machine/profile.ts';
import { type Arithmetic, ClockedArray } from '../model/systolic/kernel.ts';
import type { Multiplication } from '../model/systolic/multiplication.ts';
import { type Tile, throughWeights } from '../model/systolic/stimulus.ts';
import { vcdDifference } from '../model/systolic/vcd-difference.ts';
import type { Wave } from '../model/systolic/wave.ts';
import { random } from '../model/verify/random.ts';
import { formatByName } from '../model/numerics/format.ts';
import { tool } from './simulators.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wave-rtl-')), root = join(import.meta.dirname, '..');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const machine = profile('systole-16'), array = new ClockedArray(machine);

interface Case { readonly name: string; readonly rows: number; readonly columns: number; readonly depth: number; readonly used: number; readonly rowCount: number; readonly isFloat: boolean; readonly bug: number }

/** A wave of random factors; C enters at the top of a chain. */
function waveOf({ rows, columns, depth, used, rowCount, isFloat }: Case, seed: number): Wave {
  const next = random(seed), format = formatByName(isFloat ? 'bf16' : 's8'), accumulator = formatByName(isFloat ? 'fp32' : 's32');
  // bf16 of moderate size, and everything of 8 bits.
  const factor = (): number => (isFloat ? ((next() & 1) << 15) | ((120 + (next() % 14)) << 7) | (next() & 127) : [-128, 127, 0][next() % 9] ?? (next() << 24) >> 24);
  const tile: Tile = {
    rowCount, depth, columns: used, a: Int32Array.from({ length: rowCount * depth }, factor), w: Int32Array.from({ length: depth * used }, factor),
    start: isFloat ? BigInt64Array.from({ length: rowCount * used }, () => BigInt(((next() & 1) * 2 ** 31 + 0x3f00_0000 + (next() & 0xff_ffff)) >>> 0)) : undefined,
  };
  const arithmetic: Arithmetic = isFloat ? { kind: 'chain', activation: format.code, weight: format.code, accumulator: accumulator.code, daz: 0, ftz: 0 } : { kind: 'bytes' };
  const streamed = throughWeights({ rows, columns }, arithmetic, [tile]), frames: Float64Array[] = [];
  array.start(streamed.stimulus);
  for (let edge = 0; edge < streamed.stimulus.edges; edge++) { array.run(1); frames.push(array.frame()); }
  const of = {
    triple: machine.triples.find((row) => row.activation === format.code && row.weight === format.code)!, weights: { dtype: format.code }, acc: { width: BigInt(accumulator.width) }, zpa: 0, zpw: 0, depth,
    record: isFloat ? { kind: 'chain', join: 'chainStart', lanes: 1, daz: 0, ftz: 0 } : { kind: 'integer', psumBits: null },
  } as unknown as Multiplication;
  return { of, layout: 'weights', shape: { rows, columns }, tile, streamed, overlaps: false, edges: frames.length, from: 0, frames, results: [] };
}

/** A bench that lets the same enter at the same edges, and dumps what the array does. */
function bench({ rows, columns, isFloat, bug }: Case, wave: Wave): string {
  const { loads, weights, live, left, flags, top } = wave.streamed.stimulus, width = isFloat ? 16 : 8, sums = isFloat ? 32 : 16 + (32 - Math.clz32(rows - 1));
  const packed = (values: readonly (number | bigint)[], bits: number): string => `${values.length * bits}'h${values.reduceRight<bigint>((word, value) => (word << BigInt(bits)) | BigInt.asUintN(bits, BigInt(value)), 0n).toString(16)}`;
  const at = (from: { readonly [i: number]: number | bigint }, row: number, count: number): (number | bigint)[] => Array.from({ length: count }, (_, i) => from[row * count + i] ?? 0);
  const clocks = Array.from({ length: wave.edges }, (_, edge) => {
    const load = loads[edge]!, present = at(flags, edge, rows).map(Number);
    return [
      `load = ${load ? 1 : 0}; load_weights = ${packed(load ? at(weights, load - 1, columns) : at([], 0, columns), width)}; load_live = ${packed(load ? at(live, load - 1, columns) : at([], 0, columns), 1)};`,
      `row_valid = ${present.some((flag) => flag & 1) ? 1 : 0}; row_first = ${present.some((flag) => flag & 2) ? 1 : 0}; row_live = ${packed(present.map((flag) => flag & 1), 1)};`,
      `row = ${packed(at(left, edge, rows), width)}; row_initial = ${packed(isFloat ? at(top, edge, columns) : at([], 0, columns), sums)}; #10;`,
    ].join(' ');
  });
  return `// bench: one tile.
module bench;
  logic clk = 0, reset = 1, load = 0, row_valid = 0, row_first = 0;
  logic [${columns * width - 1}:0] load_weights = 0; logic [${columns - 1}:0] load_live = 0; logic [${rows - 1}:0] row_live = 0;
  logic [${rows * width - 1}:0] row = 0; logic [${columns * sums - 1}:0] row_initial = 0;
  systole_array #(.ROWS(${rows}), .COLUMNS(${columns}), .DATAPATH(${isFloat ? 1 : 0}), .BUG(${bug})) dut (.clk(clk), .reset(reset), .load(load), .load_weights(load_weights), .load_live(load_live), .shadow_taken(),
    .row_valid(row_valid), .row_first(row_first), .row_live(row_live), .row(row), .row_initial(row_initial), .row_tag(1'b0), .out_valid(), .out_row(), .out_tag());
  always begin #5 clk = 1; #5 clk = 0; end
  initial begin
    $dumpfile("bench.vcd"); $dumpvars(0, bench); #20; reset = 0;
    ${clocks.join('\n    ')}
    load = 0; row_valid = 0; row_first = 0; #20 $finish;
  end
endmodule
`;
}

const cases: readonly Case[] = [
  { name: 'a whole tile of bytes', rows: 4, columns: 4, depth: 4, used: 4, rowCount: 7, isFloat: false, bug: 0 },
  { name: 'a small one in a larger array', rows: 5, columns: 7, depth: 3, used: 4, rowCount: 6, isFloat: false, bug: 0 },
  { name: 'one row, one column', rows: 1, columns: 1, depth: 1, used: 1, rowCount: 3, isFloat: false, bug: 0 },
  { name: 'bf16 from C on', rows: 4, columns: 3, depth: 4, used: 3, rowCount: 6, isFloat: true, bug: 0 },
  { name: 'the last row skewed by one too few', rows: 4, columns: 4, depth: 4, used: 4, rowCount: 7, isFloat: false, bug: 3 },
];

test.each(cases)('the array of rtl/ is the wave: $name', (one) => {
  if (!tool('iverilog', 'apt-get install iverilog')) return;
  const wave = waveOf(one, 3), file = join(scratch, 'bench.sv'), sources = ['array', 'delay', 'pe', 'pe_bf16', 'multiply_add'].map((name) => join(root, 'rtl', `systole_${name}.sv`));
  writeFileSync(file, bench(one, wave));
  execFileSync('iverilog', ['-g2012', '-s', 'bench', '-o', join(scratch, 'bench'), file, ...sources], { stdio: 'pipe' });
  execFileSync(join(scratch, 'bench'), { cwd: scratch, stdio: 'pipe' });
  const text = readFileSync(join(scratch, 'bench.vcd'), 'latin1');
  if (one.bug === 3) {
    const { difference } = vcdDifference(wave, text, 'bench.vcd', { clock: 'bench.clk' });
    // What enters the lowest row a clock early is there before the wave says so; the first cycle of which it says something is the one of row 0.
    expect(difference).toMatchObject({ edge: one.rows + one.rows - 1, row: one.rows - 1, column: 0 });
    return;
  }
  expect(vcdDifference(wave, text, 'bench.vcd', { clock: 'bench.clk' })).toMatchObject({ difference: undefined, missing: [] });
  // The integer array has no reset: what no tile has reached is x.
  if (one.isFloat) expect(vcdDifference(wave, text, 'bench.vcd', { clock: 'bench.clk', isStrict: true })).toMatchObject({ difference: undefined, missing: [] });
});
