//! systolic.rtl.test: the array clocked edge by edge gives the engine's bits, both ways of stationarity, in as many edges as the formulas say.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import type { DotRecord } from '../model/numerics/dot-record.ts';
import { dot } from '../model/numerics/dot.ts';
import { formatByName } from '../model/numerics/format.ts';
import { crossing, outputsEdges, type Shape, tilePeriod, weightsEdges } from '../model/systolic/closed-forms.ts';
import { systolic } from '../model/systolic/device.ts';
import { type Arithmetic, ClockedArray, registers } from '../model/systolic/kernel.ts';
import { type Streamed, throughOutputs, throughWeights, type Tile } from '../model/systolic/stimulus.ts';
import { difference, observe } from '../model/verify/compare.ts';
import { random } from '../model/verify/random.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { devicesOf, holds, knobs, profiles } from './laws-harness.ts';

const machine = profile('systole-16'), array = new ClockedArray(machine);
const numerics = knobs['numerics']!, multiplying = { ...numerics, weights: { ...numerics.weights, mm: 12, mdw: 6, wload: 8, ainit: 3 } };

const machines: readonly Profile[] = [...Object.values(profiles), profile('generic-systolic')];
test.each(machines)('whole programs retire and leave the same with the array as with the engine and the specification: $name', { timeout: 240_000 }, (of) => {
  const { oracle, simd } = devicesOf(of), isLarge = of.name === 'tpu1-like';
  const devices = isLarge ? [systolic(of)] : [systolic(of), systolic(of, { layout: 'outputs' }), systolic(of, { bytes: false })];
  const law = (first: typeof oracle) => ({ program }: Resolved): string | undefined => {
    const expected = observe(first, program, { digests: true });
    return devices.map((device) => difference(expected, observe(device, program, { digests: true }))).find((found) => found !== undefined)?.text;
  };
  holds(law(oracle), of, multiplying, 0, 2);
  holds(law(simd), of, multiplying, 100, isLarge ? 4 : 12);
  if (!isLarge) holds(law(simd), of, knobs['memory']!, 0, 4);
  expect(devices.reduce((sum, device) => sum + device.counts().multiplications, 0)).toBeGreaterThan(8);
});

test('a machine goes on with the weights of a snapshot, of any schedule', () => {
  const of = profiles['odd-3x5']!, first = systolic(of), other = systolic(of), simd = engine(of);
  const law = ({ program }: Resolved, seed: number): string | undefined => {
    const schedule = Uint8Array.from({ length: 4096 }, random(seed)), options = { schedule, queueDepth: 3, digests: true };
    const expected = observe(simd, program, options);
    first.load(program);
    first.execute({ budget: 1 + (seed % 30) });
    const snapshot = first.snapshot();
    simd.load(program);
    simd.execute({ budget: 1 + (seed % 30) });
    other.restore(snapshot);
    for (const device of [other, simd]) device.execute({ budget: 100_000 });
    const found = difference(expected, observe(first, program, options));
    return found?.text ?? (Buffer.compare(other.snapshot(), simd.snapshot()) === 0 ? undefined : 'snapshots differ');
  };
  holds(law, of, multiplying, 0, 12);
});

test('sparse weights of a whole slot, deeper than the array has rows, are left to the engine', () => {
  const made = assemble('w = spm s8 [16,2] at 0\n p = spm u4 [8,2] at 64\n a = spm s8 [1,32] at 128\n c = acc s32 [1,2] at 0 stride [16,1]\n wload.sparse slot 0, w, p\n mm.set c, a, slot 0\n halt 0\n.data spm 0\n.s8 1, 2, 3, 4\n.data spm 64\n.u4 1, 4, 4, 1\n.data spm 128\n.s8 5, 6, 7, 8');
  const device = systolic(machine);
  expect(difference(observe(engine(machine), made.program!, { digests: true }), observe(device, made.program!, { digests: true }))).toBeUndefined();
  expect(device.counts().multiplications).toBe(0);
});

// ---- tiles
const bytes: Arithmetic = { kind: 'bytes' }, integers: Arithmetic = { kind: 'integer', psumBits: null };
/** Positive factors, so that no sum is 0 and each product makes it larger. */
function positiveTile(rowCount: number, depth: number, columns: number): Tile {
  const a = Int32Array.from({ length: rowCount * depth }, (_, i) => 1 + ((i * 7) % 11)), w = Int32Array.from({ length: depth * columns }, (_, i) => 1 + ((i * 5) % 13));
  return { rowCount, depth, columns, a, w, start: undefined };
}
const sumOf = ({ depth, columns, a, w }: Tile, m: number, n: number): bigint => {
  let sum = 0;
  for (let k = 0; k < depth; k++) sum += a[m * depth + k]! * w[k * columns + n]!;
  return BigInt(sum);
};
function ran({ stimulus }: Streamed): void {
  array.start(stimulus);
  array.run(stimulus.edges);
}

test('with stationary weights every sum leaves when the formula says, for all rows, columns and depths up to 16', { timeout: 240_000 }, () => {
  for (let rows = 1; rows <= 16; rows++) for (let columns = 1; columns <= 16; columns++) for (let depth = 1; depth <= rows; depth++) {
    const shape = { rows, columns }, rowCount = [1, 2, 5, 19][(rows + columns + depth) & 3]!, tile = positiveTile(rowCount, depth, columns);
    const streamed = throughWeights(shape, depth & 1 ? bytes : integers, [tile], 2), where = `${rows} x ${columns}, K ${depth}, M ${rowCount}`;
    ran(streamed);
    let last = -1;
    for (let n = 0; n < columns; n++) {
      const seen = Array.from({ length: streamed.stimulus.edges }, (_, edge) => array.bottom(edge, n));
      const expected = seen.map((_, edge) => { const m = edge - rows - (rows - 1) - n; return m >= 0 && m < rowCount ? sumOf(tile, m, n) : 0n; });
      if (seen.some((sum, edge) => sum !== expected[edge])) expect(seen, `${where}, column ${n}`).toEqual(expected);
      last = Math.max(last, seen.findLastIndex((sum) => sum !== 0n));
    }
    if (last + 1 !== weightsEdges(shape, rowCount)) expect(last + 1, where).toBe(weightsEdges(shape, rowCount));
  }
});

test('with stationary outputs sums are made and leave when the formula says, for all rows, columns and depths up to 16', { timeout: 240_000 }, () => {
  for (let rows = 1; rows <= 16; rows++) for (let columns = 1; columns <= 16; columns++) for (let depth = 1; depth <= 16; depth++) {
    const shape = { rows, columns }, rowCount = [rows, 1, rows + 1, 2 * rows][(rows + columns + depth) & 3]!, tile = positiveTile(rowCount, depth, columns);
    const streamed = throughOutputs(shape, integers, tile), period = outputsEdges(shape, depth, false), where = `${rows} x ${columns}, K ${depth}, M ${rowCount}`;
    expect(streamed.stimulus.edges).toBe(period * Math.ceil(rowCount / rows));
    ran(streamed);
    for (let m = 0; m < rowCount; m++) for (let n = 0; n < columns; n++) {
      const edge = period * Math.floor(m / rows) + depth + crossing(shape) - 1 + (rows - 1 - (m % rows));
      if (array.bottom(edge, n) !== sumOf(tile, m, n)) expect(array.bottom(edge, n), `${where}: [${m}, ${n}] after edge ${edge}`).toBe(sumOf(tile, m, n));
    }
    // In the last PE the whole sum stands no earlier.
    if (rowCount >= rows && depth > 1) expect(array.bottom(depth + crossing(shape) - 2, columns - 1), where).toBeLessThan(sumOf(tile, rows - 1, columns - 1));
  }
});

test('the next weights enter while rows stream, and its rows follow without a gap where there are enough of them', () => {
  for (const [rows, columns] of [[1, 1], [4, 4], [3, 5], [16, 16], [7, 2]] as const) for (const rowCount of [1, 3, 2 * rows + columns - 2, 40]) {
    const shape = { rows, columns }, tiles = [positiveTile(rowCount, rows, columns), positiveTile(rowCount + 1, rows, columns), positiveTile(2, rows, columns)];
    tiles[1]!.w.reverse();
    for (const arithmetic of [bytes, integers]) {
      const streamed = throughWeights(shape, arithmetic, tiles), { times } = streamed;
      expect(times.slice(1).map(({ enterAt }, i) => enterAt - times[i]!.enterAt)).toEqual([tilePeriod(shape, rowCount), tilePeriod(shape, rowCount + 1)]);
      ran(streamed);
      tiles.forEach((tile, i) => {
        for (let m = 0; m < tile.rowCount; m++) for (let n = 0; n < columns; n++) expect(array.bottom(streamed.leaves(i, m, n), n)).toBe(sumOf(tile, m, n));
      });
    }
  }
});

test('bytes 16 PEs at a time hold in every register after every edge what PEs one by one do', () => {
  const next = random(11), byte = (): number => [-128, 127, 0, -1][next() % 9] ?? (next() << 24) >> 24;
  for (const [rows, columns] of [[1, 1], [2, 3], [4, 4], [5, 16], [16, 16], [3, 17], [16, 40]] as const) {
    const shape = { rows, columns }, used = 1 + (next() % columns);
    const tile = (rowCount: number, depth: number): Tile => ({
      rowCount, depth, columns: used, start: undefined, a: Int32Array.from({ length: rowCount * depth }, byte), w: Int32Array.from({ length: depth * used }, byte),
    });
    // A row that the second tile has no activation for keeps the weight of the first.
    const tiles = [tile(3, rows), tile(30, Math.ceil(rows / 2)), tile(1, 1 + (next() % rows))], other = new ClockedArray(machine), both = [bytes, integers].map((arithmetic) => throughWeights(shape, arithmetic, tiles, 3));
    array.start(both[0]!.stimulus);
    other.start(both[1]!.stimulus);
    for (let edge = 0; edge < both[0]!.stimulus.edges; edge++) {
      for (const one of [array, other]) one.run(1);
      const [fast, slow] = [array.frame(), other.frame()], at = fast.findIndex((value, i) => value !== slow[i]);
      const pe = at % (rows * columns);
      expect(at < 0 ? '' : `edge ${edge}, ${registers[Math.floor(at / (rows * columns))]} of PE ${Math.floor(pe / columns)}, ${pe % columns}: ${fast[at]} and ${slow[at]}`).toBe('');
    }
  }
});

const chains: readonly DotRecord[] = (['chainStart', 'lastAdd'] as const).flatMap((join) => ([0, 1, 2] as const).map((flush) => ({ kind: 'chain', join, lanes: 1, daz: flush, ftz: flush })));
const kernels = [
  ...chains.flatMap((record) => (['bf16', 'fp16', 'e4m3', 'e5m2fnuz', 'e2m3', 'fp32', 'tf32'] as const).map((format) => ({ record, format, accumulator: 'fp32' }))),
  ...chains.map((record) => ({ record, format: 'fp16', accumulator: 'fp16' })),
  ...([null, 12, 20] as const).flatMap((psumBits) => (['s8', 'u8', 's4', 's16'] as const).map((format) => ({ record: { kind: 'integer', psumBits } as const, format, accumulator: psumBits === 20 ? 's48' : 's32' }))),
];

test('weights stationary, outputs stationary and the definition of the dot product are one', { timeout: 240_000 }, () => {
  fc.assert(fc.property(
    fc.constantFrom(...kernels), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 2 ** 31 }), fc.boolean(),
    ({ record, format: name, accumulator: accName }, rows, columns, rowCount, seed, isat) => {
      const format = formatByName(name), accumulator = formatByName(accName), next = random(seed), depth = 1 + (next() % rows), shape: Shape = { rows, columns };
      const code = (width: number): bigint => [0n, (1n << BigInt(width)) - 1n, 1n << BigInt(width - 1), 1n][next() % 12] ?? BigInt.asUintN(width, (BigInt(next()) << 32n) | BigInt(next()));
      const codes = (count: number, width: number): bigint[] => Array.from({ length: count }, () => code(width));
      const a = codes(rowCount * depth, format.valueBits), w = codes(depth * columns, format.valueBits);
      const c = codes(rowCount * columns, accumulator.valueBits).map((bits) => (accumulator.kind === 'integer' ? BigInt.asUintN(accumulator.width, BigInt.asIntN(accumulator.valueBits, bits)) : bits));
      const factor = (bits: bigint): number => Number(format.kind === 'integer' && format.signed ? BigInt.asIntN(format.valueBits, bits) : BigInt.asIntN(32, bits));
      const isChain = record.kind === 'chain', starts = isChain && record.join === 'chainStart';
      const arithmetic: Arithmetic = isChain ? { kind: 'chain', activation: format.code, weight: format.code, accumulator: accumulator.code, daz: record.daz, ftz: record.ftz }
        : { kind: 'integer', psumBits: record.kind === 'integer' ? record.psumBits : null };
      const start = starts ? BigInt64Array.from(c, (bits) => array.startOf(accumulator.code, bits, record.daz)) : undefined;
      const tile: Tile = { rowCount, depth, columns, a: Int32Array.from(a, factor), w: Int32Array.from(w, factor), start };
      for (const streamed of [throughWeights(shape, arithmetic, [tile]), throughOutputs(shape, arithmetic, tile)]) {
        ran(streamed);
        for (let m = 0; m < rowCount; m++) for (let n = 0; n < columns; n++) {
          const p = array.bottom(streamed.leaves(0, m, n), n), bits = starts ? p : array.add(accumulator.code, c[m * columns + n]!, p, isat);
          const input = { a: a.slice(m * depth, (m + 1) * depth), aFormat: format, w: Array.from({ length: depth }, (_, k) => w[k * columns + n]!), wFormat: format, c: c[m * columns + n]!, accumulator };
          const expected = dot(record, input, { isat, zpa: 0, zpb: 0, nan: machine.nans.get(accumulator.code) ?? 0n }).bits;
          expect(BigInt.asUintN(accumulator.width, bits), `${streamed.stimulus.layout} [${m}, ${n}]`).toBe(expected);
        }
      }
    },
  ), { numRuns: 400, seed: 5 });
});

// ---- both compilers of the host
const scratch = mkdtempSync(join(tmpdir(), 'systolic-')), root = join(import.meta.dirname, '..');
const floats = `a = spm bf16 [20, 16] at 0x0  w = spm bf16 [16, 16] at 0x400  x = acc fp32 [20, 16] at 0x0
s1 = 0x3c00
s2 = 37
i = spm u16 [320] at 0x0
j = spm u16 [256] at 0x400
iota i, s1, s2
iota j, s1, s2
wload slot 0, w
mm.set x, a, slot 0
mm.add x, a, slot 0
halt 0
`;
test.each([['baseline', ['--liftoff', '--no-wasm-tier-up']], ['optimising', ['--no-liftoff']]])('the array has the same bits in the %s tier as the engine', { timeout: 240_000 }, (tier, flags) => {
  const file = join(scratch, 'floats.s');
  writeFileSync(file, floats);
  for (const [name, program, place] of [['floats', file, 'acc:0x0:20x16:fp32'], ['gemm', 'examples/gemm.s', 'dram:0x300000:100x40:s8']] as const) {
    const words = ['systolic', 'engine'].map((device) => {
      const dump = join(scratch, `${tier}-${name}-${device}.bin`);
      const run = spawnSync(process.execPath, [...flags, join(root, 'bin/systole.cjs'), 'run', program, '--device', device, '--dump', `${place}=${dump}`], { cwd: root, encoding: 'utf8' });
      expect(run.status, run.stderr).toBe(0);
      return readFileSync(dump);
    });
    expect(new Set(words[1]!).size).toBeGreaterThan(8);
    expect(Buffer.compare(words[0]!, words[1]!)).toBe(0);
  }
  if (tier === 'optimising') rmSync(scratch, { recursive: true, force: true });
});
