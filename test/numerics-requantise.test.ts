//! numerics-requantise: the epilogue gives the words of every published convention of requantisation.

import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RoundName } from '../model/numerics/exact.ts';
import { formatByName, quietNan } from '../model/numerics/format.ts';
import type { ChannelRow, EpilogueInput, EpilogueMode, ScaleName } from '../model/numerics/requantise.ts';
import { epilogue } from '../model/numerics/requantise.ts';
import { unpackInteger } from '../model/numerics/exact.ts';
import { sample } from './runs.ts';
import { dataLines, vectorTest } from './vectors.ts';

const [s8, u8, s16, s32, s64, fp16, fp32] = ['s8', 'u8', 's16', 's32', 's64', 'fp16', 'fp32'].map(formatByName) as [
  Format, Format, Format, Format, Format, Format, Format,
];
type Format = ReturnType<typeof formatByName>;

const plain: EpilogueMode = {
  round: 'rne', round2: 'rhu', isat: true, fsat: false, daz: 0, ftz: 0, nan: 0n, scale: 'none', zpa: 0, zpb: 0, zpo: 0, clamp: undefined,
};
const emptyRow: ChannelRow = { bias: 0n, multiplier: 0n, shift: 0n, slope: 0n };
const word = (value: number | bigint): bigint => BigInt.asUintN(32, BigInt(value));
const anyS32 = fc.bigInt(-(1n << 31n), (1n << 31n) - 1n);
const anyMultiplier = fc.oneof(fc.bigInt(1n << 30n, (1n << 31n) - 1n), fc.bigInt(0n, (1n << 31n) - 1n));
const one = 0x3f80_0000n;

/** Columns 3 to 9 of rescale_i32, and the mode each is; the shift of the table row is 31 less the total right shift. */
const columns: readonly (readonly [name: string, scale: ScaleName, round: RoundName, round2: RoundName])[] = [
  ['tfl_double', 'gemmlowp', 'rna', 'rhu'],
  ['tfl_single, tosa_single', 'fixed', 'rhu', 'rne'],
  ['tosa_double', 'tosaDouble', 'rne', 'rne'],
  ['half_even', 'fixed', 'rne', 'rne'],
  ['half_away', 'fixed', 'rna', 'rne'],
  ['trunc_to_zero', 'fixed', 'rz', 'rne'],
  ['floor', 'fixed', 'rd', 'rne'],
];

vectorTest('requantise', 'rescale_i32: each of the seven columns is a mode', (folder) => {
  const rows = sample(dataLines(join(folder, 'rescale_i32.tsv.gz')), 2500).map((row) => row.split('\t'));
  const checked = columns.map(() => 0);
  for (const [x, multiplier, total, ...expected] of rows) {
    const row = { ...emptyRow, multiplier: word(BigInt(multiplier!)), shift: word(31 - Number(total)) };
    for (const [index, [name, scale, round, round2]] of columns.entries()) {
      if (expected[index] === '-') continue;
      const found = integers(s32, BigInt(x!), s64, { ...plain, scale, round, round2 }, row);
      expect(found, `${name}: ${x} ${multiplier} ${total}`).toBe(BigInt(expected[index]!));
      checked[index]!++;
    }
  }
  expect(Math.min(...checked)).toBeGreaterThan(500);
});

vectorTest('requantise', 'QuantizeLinear of onnxruntime is scale fp32Divide with nearest even', (folder) => {
  for (const row of sample(dataLines(join(folder, 'onnx_quantizelinear.tsv.gz')), 4000)) {
    const [x, scale, zeroPoint, type, expected] = row.split('\t') as [string, string, string, string, string];
    const to = type === 'i8' ? s8 : u8;
    const mode: EpilogueMode = { ...plain, scale: 'fp32Divide', zpo: Number(zeroPoint) };
    const input = { ...of(fp32, BigInt(`0x${x}`)), row: { ...emptyRow, multiplier: BigInt(`0x${scale}`) } };
    expect(unpackInteger(to, epilogue(input, to, mode).bits), row).toBe(BigInt(expected));
  }
});

test('gemmlowp is the saturating doubling high multiply, then the rounding division of its closed forms', () => {
  fc.assert(fc.property(anyS32, anyMultiplier, fc.integer({ min: -31, max: 0 }), (x, multiplier, shift) => {
    const high = (x * multiplier + (1n << 30n)) >> 31n;
    const right = BigInt(-shift);
    const magnitude = high < 0n ? -high : high;
    const away = right === 0n ? magnitude : (magnitude + (1n << (right - 1n))) >> right;
    const row = { ...emptyRow, multiplier, shift: word(shift) };
    expect(integers(s32, x, s32, { ...plain, scale: 'gemmlowp', round: 'rna', round2: 'rhu' }, row)).toBe(high < 0n ? -away : away);
  }), { numRuns: 2000 });
});

test('the one overflow of the doubling high multiply saturates', () => {
  const row = { ...emptyRow, multiplier: word(-(1n << 31n)), shift: 0n };
  expect(integers(s32, -(1n << 31n), s64, { ...plain, scale: 'gemmlowp', round: 'rna' }, row)).toBe((1n << 31n) - 1n);
});

test('tosaDouble is apply_scale_32 with double_round', () => {
  fc.assert(fc.property(anyS32, anyMultiplier, fc.integer({ min: 2, max: 62 }), (x, multiplier, shift) => {
    const extra = shift > 31 ? (x >= 0n ? 1n << 30n : -(1n << 30n)) : 0n;
    const expected = (x * multiplier + (1n << BigInt(shift - 1)) + extra) >> BigInt(shift);
    expect(integers(s32, x, s64, { ...plain, scale: 'tosaDouble' }, { ...emptyRow, multiplier, shift: word(31 - shift) })).toBe(expected);
  }), { numRuns: 2000 });
});

test('without double rounding in reach, gemmlowp, tosaDouble and half up agree', () => {
  fc.assert(fc.property(fc.bigInt(-(1n << 20n), 1n << 20n), anyMultiplier, (x, multiplier) => {
    const row = { ...emptyRow, multiplier, shift: 0n };
    const found = [['gemmlowp', 'rna'], ['tosaDouble', 'rne'], ['fixed', 'rhu']] as const;
    const [a, b, c] = found.map(([scale, round]) => integers(s32, x, s64, { ...plain, scale, round, round2: 'rhu' }, row));
    expect([b, c]).toEqual([a, a]);
  }));
});

test('every signed shift byte is total: left shifts saturate when written, right shifts end at the sign or 0', () => {
  const row = (shift: number): ChannelRow => ({ ...emptyRow, multiplier: 1n << 30n, shift: word(shift) });
  expect(integers(s32, 5n, s8, { ...plain, scale: 'fixed' }, row(127))).toBe(127n);
  expect(integers(s32, -5n, s8, { ...plain, scale: 'fixed', round: 'rd' }, row(-128))).toBe(-1n);
  expect(integers(s32, -5n, s8, { ...plain, scale: 'fixed', round: 'rne' }, row(-128))).toBe(0n);
  expect(integers(s32, 5n, s8, { ...plain, scale: 'gemmlowp' }, row(127))).toBe(127n);
  expect(integers(s32, 5n, s64, { ...plain, scale: 'tosaDouble' }, row(127))).toBe((5n * (1n << 30n) + 2n) >> 2n);
  expect(epilogue({ ...of(s32, 5n), row: row(0x180) }, s8, { ...plain, scale: 'fixed' }).bits).toBe(0n);
});

test('an integer result has no negative zero on its way to a float', () => {
  const row = { ...emptyRow, multiplier: 1n << 30n, shift: word(-3) };
  expect(epilogue({ ...of(s32, word(-1)), row }, fp32, { ...plain, scale: 'fixed' }).bits).toBe(0n);
});

test('a float residual keeps its sign of zero, and a zero point is subtracted from it first', () => {
  const minusZero = 0x8000_0000n;
  const input = { ...of(fp32, minusZero), residual: { format: fp32, bits: minusZero } };
  const run = (zpb: number) => epilogue(input, fp32, { ...plain, zpb }).bits;
  expect(run(0)).toBe(minusZero);
  expect(run(1)).toBe(0xbf80_0000n);
});

test('the steps follow one another: bias, scale, residual, activation, zero point, clamp, write', () => {
  const row = { ...emptyRow, bias: word(-100), multiplier: 1n << 30n, shift: 0n };
  const mode: EpilogueMode = { ...plain, scale: 'fixed', round: 'rhu', zpa: 3, zpb: -7, zpo: 10, clamp: { lo: word(-20), hi: 90n } };
  // (u - 3 - 100) / 2, + r + 7, relu, + 10, at most 90
  const run = (x: bigint, residual: bigint): bigint => unpackInteger(s8, epilogue(
    { x: { format: s32, bits: word(x) }, row, residual: { format: s8, bits: residual }, activation: 'relu' }, s8, mode).bits);
  expect(run(113n, 2n)).toBe(24n);
  expect(run(-1000n, 2n)).toBe(10n);
  expect(run(1000n, 2n)).toBe(90n);
});

test('fp32 conventions round to nearest even at each step: Gemmini multiplies, ONNX divides', () => {
  const row = { ...emptyRow, multiplier: 0x3eaa_aaabn };
  // 16777217 is halfway between two fp32 integers and goes to 16777216; a third of it is 5592405.5 in fp32, to even 5592406.
  expect(integers(s32, 16777217n, s32, { ...plain, scale: 'fp32Multiply' }, row)).toBe(5592406n);
  expect(integers(s32, 7n, s32, { ...plain, scale: 'fp32Divide' }, { ...emptyRow, multiplier: 0x4000_0000n })).toBe(4n);
});

test('NaN becomes the greatest integer, infinities the nearer limit; dividing by zero is total', () => {
  const mode: EpilogueMode = { ...plain, scale: 'fp32Divide', zpo: 5 };
  const run = (bits: bigint, by = one, differing: Partial<EpilogueMode> = {}) =>
    epilogue({ ...of(fp32, bits), row: { ...emptyRow, multiplier: by } }, s8, { ...mode, ...differing });
  expect(run(0x7fc0_0000n)).toMatchObject({ bits: 0x7fn, saturated: true, invalid: true });
  expect(run(0xff80_0000n, one, { isat: false })).toMatchObject({ bits: 0x80n, saturated: true, invalid: true });
  expect(run(0x4500_0000n, one, { isat: false })).toMatchObject({ bits: 0x7fn, saturated: true, invalid: true });
  expect(run(one, 0n)).toMatchObject({ bits: 0x7fn, saturated: true, divideByZero: true });
  expect(run(0n, 0n)).toMatchObject({ bits: 0x7fn, divideByZero: false, invalid: true });
  expect(run(0x7fc0_0000n, one, { clamp: { lo: 0n, hi: 20n } })).toMatchObject({ bits: 20n, saturated: false, invalid: true });
  expect(run(0x7f80_0000n, one, { clamp: { lo: 0n, hi: 20n } })).toMatchObject({ bits: 20n, saturated: false });
});

test('float outputs: leaky slopes, overflow of finite inputs, canonical NaN', () => {
  const mode: EpilogueMode = { ...plain, scale: 'fp32Multiply', nan: quietNan(fp16) };
  const run = (bits: bigint, multiplier: bigint, slope = 0x3f00_0000n) =>
    epilogue({ ...of(fp32, bits), row: { ...emptyRow, multiplier, slope }, activation: 'leaky' }, fp16, mode);
  expect(run(0xc000_0000n, one).bits).toBe(0xbc00n);
  expect(run(0x4000_0000n, one).bits).toBe(0x4000n);
  expect(run(0x4980_0000n, one)).toMatchObject({ bits: 0x7c00n, overflow: true });
  expect(run(0x7f80_0000n, one)).toMatchObject({ bits: 0x7c00n, overflow: false });
  expect(run(0x7f80_0000n, 0n)).toMatchObject({ bits: quietNan(fp16), nan: true });
});

test('what the instruction must trap never comes here', () => {
  const row = emptyRow;
  expect(() => epilogue(of(s32, 1n), s8, { ...plain, scale: 'fixed' })).toThrow(/shape/);
  expect(() => epilogue({ ...of(fp32, one), row }, s8, { ...plain, scale: 'gemmlowp' })).toThrow(/dtype/);
  expect(() => epilogue({ ...of(s32, 1n), row, activation: 'leaky' }, s16, { ...plain, scale: 'fixed' })).toThrow(/dtype/);
  expect(() => epilogue(of(fp32, one), fp16, { ...plain, zpo: 1 })).toThrow(/dtype/);
});

function of(format: Format, bits: bigint): EpilogueInput {
  return { x: { format, bits }, row: undefined, residual: undefined, activation: 'none' };
}

function integers(from: Format, x: bigint, to: Format, mode: EpilogueMode, row: ChannelRow): bigint {
  const bits = BigInt.asUintN(from.width, x);
  return unpackInteger(to, epilogue({ ...of(from, bits), row }, to, mode).bits);
}
