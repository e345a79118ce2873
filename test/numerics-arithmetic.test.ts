//! numerics-arithmetic: element functions, reductions and dot products keep the rules of the instruction set.

import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Element, ElementMode } from '../model/numerics/arithmetic.ts';
import { binary, clamp, compareElements, convert, fma, leakyRelu, relu, shift, unary } from '../model/numerics/arithmetic.ts';
import type { DotRecord } from '../model/numerics/dot-record.ts';
import { dot } from '../model/numerics/dot.ts';
import { add, multiply, unpack, unpackInteger } from '../model/numerics/exact.ts';
import type { Format } from '../model/numerics/format.ts';
import { formatByName, quietNan } from '../model/numerics/format.ts';
import type { OrderName, ReduceMode } from '../model/numerics/reduce.ts';
import { reduce, scan } from '../model/numerics/reduce.ts';
import { round } from '../model/numerics/round.ts';
import { sample } from './runs.ts';
import { dataLines, vectorTest } from './vectors.ts';

const [s8, u8, s32, s64, bf16, fp16, fp32] = ['s8', 'u8', 's32', 's64', 'bf16', 'fp16', 'fp32'].map(formatByName) as [
  Format, Format, Format, Format, Format, Format, Format,
];
const mode = (to: Format, differing: Partial<ElementMode> = {}): ElementMode =>
  ({ round: 'rne', isat: false, fsat: false, ftz: 0, daz: 0, minmax: 0, nan: quietNan(to), ...differing });
const f = (bits: number): Element => ({ format: fp32, bits: BigInt(bits) });
const i = (format: Format, value: number): Element => ({ format, bits: BigInt.asUintN(format.width, BigInt(value)) });

const one = 0x3f800000;
const two = 0x40000000;
const minusZero = 0x80000000;
const infinity = 0x7f800000;
const nan = 0x7fc00000;
const signalling = 0x7f800001;

test('min and max: -0 is below +0; of a NaN and a number the mode says which wins, and a NaN written is canonical', () => {
  const run = (op: 'min' | 'max', a: number, b: number, minmax: 0 | 1) => Number(binary(op, f(a), f(b), fp32, mode(fp32, { minmax })).bits);
  expect(run('min', 0, minusZero, 0)).toBe(minusZero);
  expect(run('max', minusZero, 0, 0)).toBe(0);
  expect([run('min', signalling, one, 0), run('max', one, signalling, 0)]).toEqual([nan, nan]);
  expect([run('min', signalling, one, 1), run('max', one, signalling, 1)]).toEqual([one, one]);
  expect(run('max', signalling, signalling, 1)).toBe(nan);
});

test('overflow is of finite values out of range: neither 1/0 nor an infinity that is passed on', () => {
  const greatest = 0x7f7fffff;
  expect(binary('add', f(greatest), f(greatest), fp32, mode(fp32))).toMatchObject({ bits: BigInt(infinity), overflow: true });
  const clipped = mode(fp32, { fsat: true });
  expect(binary('add', f(greatest), f(greatest), fp32, clipped)).toMatchObject({ bits: BigInt(greatest), overflow: true });
  expect(binary('div', f(one), f(0), fp32, mode(fp32))).toMatchObject({ bits: BigInt(infinity), overflow: false, divideByZero: true });
  expect(binary('add', f(infinity), f(one), fp32, mode(fp32))).toMatchObject({ bits: BigInt(infinity), overflow: false });
  expect(binary('add', f(infinity), f(one), fp32, clipped)).toMatchObject({ bits: BigInt(greatest), overflow: false });
});

test('integers of different widths compute exactly, and wrap or clip once', () => {
  fc.assert(fc.property(fc.integer({ min: -128, max: 127 }), fc.integer({ min: 0, max: 255 }), fc.integer(), (a, b, c) => {
    const exact = BigInt(a) * BigInt(b) + BigInt(c);
    const run = (isat: boolean) => unpackInteger(s8, fma(i(s8, a), i(u8, b), i(s32, c), s8, mode(s8, { isat })).bits);
    expect(run(false)).toBe(BigInt.asIntN(8, exact));
    expect(run(true)).toBe(exact < -128n ? -128n : exact > 127n ? 127n : exact);
  }));
});

test('compare is of exact values: -0 equals +0, NaN is unordered and unequal', () => {
  const table = { eq: [0, 1, 0], ne: [1, 0, 1], lt: [1, 0, 0], le: [1, 1, 0], gt: [0, 0, 0], ge: [0, 1, 0], unordered: [0, 0, 1] } as const;
  for (const [op, expected] of Object.entries(table) as [keyof typeof table, readonly number[]][]) {
    const pairs = [[one, two], [0, minusZero], [nan, one]] as const;
    expect(pairs.map(([a, b]) => Number(compareElements(op, f(a), f(b)).bits)), op).toEqual(expected);
  }
  expect(compareElements('lt', i(s8, -1), i(u8, 255)).bits).toBe(1n);
});

test('shift is exact times a power of two, and a negative amount reverses it', () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: -40, max: 40 }), (x, amount) => {
    const floor = mode(s64, { round: 'rd' });
    const left = shift('left', i(s32, x), i(s8, amount), s64, floor).bits;
    expect(left).toBe(shift('right', i(s32, x), i(s8, -amount), s64, floor).bits);
    const expected = amount >= 0 ? BigInt(x) << BigInt(amount) : BigInt(x) >> BigInt(-amount);
    expect(left).toBe(BigInt.asUintN(64, expected));
  }));
  expect(shift('left', i(s32, 3), i(s32, 0x7fffffff), s32, mode(s32)).bits).toBe(0n);
  expect(shift('left', i(s32, 3), i(s32, 0x7fffffff), s32, mode(s32, { isat: true })).bits).toBe(0x7fffffffn);
});

test('unary: abs, neg, sign, not and rint at their corners', () => {
  expect(unary('abs', i(s8, -128), s8, mode(s8)).bits).toBe(0x80n);
  expect(unary('abs', i(s8, -128), s8, mode(s8, { isat: true }))).toMatchObject({ bits: 0x7fn, saturated: true });
  expect(unary('neg', f(0), fp32, mode(fp32)).bits).toBe(BigInt(minusZero));
  expect(unary('neg', i(s8, 0), s8, mode(s8)).bits).toBe(0n);
  expect([0xc0000000, minusZero, 0, two, signalling].map((bits) => Number(unary('sign', f(bits), fp32, mode(fp32)).bits)))
    .toEqual([0xbf800000, 0, 0, one, nan]);
  expect(unary('not', i(u8, 0x0f), u8, mode(u8)).bits).toBe(0xf0n);
  expect(unary('not', i(s8, 5), s32, mode(s32)).bits).toBe(0xffff_fffan);
  expect(unary('rint', f(0xbe800000), fp32, mode(fp32))).toMatchObject({ bits: BigInt(minusZero), inexact: true });
});

test('clamp, relu, relu-n and leaky at their corners', () => {
  const bounds = { lo: 0xbf800000n, hi: BigInt(two) };
  expect(clamp(f(infinity), bounds, fp32, mode(fp32)).bits).toBe(BigInt(two));
  expect(clamp(f(nan), bounds, fp32, mode(fp32)).bits).toBe(BigInt(nan));
  expect(clamp(f(nan), bounds, fp32, mode(fp32, { minmax: 1 })).bits).toBe(bounds.lo);
  expect(clamp(i(s32, 7), { lo: 5n, hi: 0xffff_ffffn }, s32, mode(s32)).bits).toBe(0xffff_ffffn);
  expect(relu(f(minusZero), undefined, fp32, mode(fp32)).bits).toBe(0n);
  expect(relu(f(signalling), undefined, fp32, mode(fp32, { minmax: 1 })).bits).toBe(BigInt(nan));
  expect(relu(f(0x40a00000), bounds, fp32, mode(fp32)).bits).toBe(BigInt(two));
  expect(leakyRelu(f(0xc0000000), f(0x3f000000), fp32, mode(fp32)).bits).toBe(0xbf800000n);
  expect(leakyRelu(f(minusZero), f(0x3f000000), fp32, mode(fp32)).bits).toBe(BigInt(minusZero));
});

test('daz acts on what is read, ftz on what is written', () => {
  const least = 0x00800000;
  const run = (differing: Partial<ElementMode>) => Number(binary('mul', f(1), f(0x4b000000), fp32, mode(fp32, differing)).bits);
  expect([run({}), run({ daz: 1 }), run({ ftz: 1 })]).toEqual([least, 0, least]);
  expect(Number(binary('mul', f(least), f(0x3f000000), fp32, mode(fp32, { ftz: 1 })).bits)).toBe(0);
});

test('elements of different classes never come here', () => {
  expect(() => binary('add', f(one), i(s8, 1), fp32, mode(fp32))).toThrow(/classes/);
  expect(() => binary('div', i(s8, 1), i(s8, 1), s8, mode(s8))).toThrow(/dtype/);
  expect(convert(f(0xc0200000), s8, mode(s8)).bits).toBe(0xfen);
});

const finiteWord = fc.bigInt(0n, 0xffffn).filter((bits) => unpack(fp16, bits).kind === 'finite');
const finiteWords = fc.array(finiteWord, { minLength: 1, maxLength: 40 });
const reduceMode = (to: Format, order: OrderName, differing: Partial<ReduceMode> = {}): ReduceMode =>
  ({ ...mode(to), order, lanes: 8, ...differing });

test('orders of sums: one lane is sequential, as many lanes as elements are pairs, up to two elements they agree', () => {
  fc.assert(fc.property(finiteWords, (words) => {
    const run = (order: OrderName, lanes: number) => reduce('sum', fp16, words, fp32, reduceMode(fp32, order, { lanes })).bits;
    expect(run('lanes', 1)).toBe(run('sequential', 1));
    expect(run('lanes', words.length)).toBe(run('pairs', 1));
    if (words.length <= 2) expect(run('pairs', 1)).toBe(run('sequential', 1));
  }));
});

test('an exact sum is that of any permutation, and the sum of one element is the element', () => {
  fc.assert(fc.property(finiteWords, (words) => {
    const run = (elements: readonly bigint[]) => reduce('sum', fp16, elements, fp32, reduceMode(fp32, 'exact')).bits;
    expect(run([...words].reverse())).toBe(run(words));
    const [first] = words;
    expect(run([first!])).toBe(convert({ format: fp16, bits: first! }, fp32, mode(fp32)).bits);
  }));
});

test('the last element of a scan is the sequential reduction', () => {
  fc.assert(fc.property(finiteWords, (words) => {
    for (const [scanned, reduced] of [['sum', 'sum'], ['max', 'max']] as const) {
      const whole = reduce(reduced, fp16, words, bf16, reduceMode(bf16, 'sequential'));
      expect(scan(scanned, fp16, words, bf16, () => mode(bf16)).at(-1)).toEqual(whole);
    }
  }));
});

test('integer sums are exact in 64 bits, then clip once; sums of squares too', () => {
  const words = [127, 127, -128, 100].map((value) => i(s8, value).bits);
  expect(reduce('sum', s8, words, s8, reduceMode(s8, 'pairs', { isat: true }))).toMatchObject({ bits: 0x7fn, saturated: true });
  expect(reduce('sumsq', s8, words, s32, reduceMode(s32, 'exact')).bits).toBe(BigInt(2 * 127 ** 2 + 128 ** 2 + 100 ** 2));
  expect(scan('sum', s8, words, s8, () => mode(s8)).map(({ bits }) => bits)).toEqual([127n, 254n, 126n, 226n]);
});

test('argmax: the first of equals wins, and the first NaN unless numbers win', () => {
  const words = [one, two, nan, two, signalling].map(BigInt);
  const run = (op: 'argmax' | 'argmin', minmax: 0 | 1, elements = words) =>
    reduce(op, fp32, elements, s32, reduceMode(s32, 'sequential', { minmax })).bits;
  expect([run('argmax', 0), run('argmax', 1), run('argmin', 1)]).toEqual([2n, 1n, 0n]);
  expect(run('argmax', 1, [BigInt(nan), BigInt(nan)])).toBe(0n);
});

const chain: DotRecord = { kind: 'chain', join: 'chainStart', lanes: 1, daz: 0, ftz: 0 };

test('a chain is fused multiply-adds in ascending k from C; lastAdd starts from +0 and adds C once', () => {
  const pair = fc.tuple(fc.bigInt(0n, 0xffffn), fc.bigInt(0n, 0xffffn));
  fc.assert(fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), fc.bigInt(0n, 0xffff_ffffn), (pairs, c) => {
    const a = pairs.map(([x]) => x);
    const w = pairs.map(([, y]) => y);
    const input = { a, aFormat: bf16, w, wFormat: bf16, c, accumulator: fp32 };
    const dotMode = { isat: false, zpa: 0, zpb: 0, nan: quietNan(fp32) };
    const steps = (from: bigint): bigint => pairs.reduce((sum, [x, y]) => fma(
      { format: bf16, bits: x }, { format: bf16, bits: y }, { format: fp32, bits: sum }, fp32, mode(fp32)).bits, from);
    expect(dot(chain, input, dotMode).bits).toBe(steps(c));
    const last = binary('add', { format: fp32, bits: steps(0n) }, { format: fp32, bits: c }, fp32, mode(fp32));
    expect(dot({ ...chain, join: 'lastAdd' }, input, dotMode).bits).toBe(last.bits);
  }));
});

test('an integer dot product is exact, wraps or clips once, and a narrow partial sum wraps after every product', () => {
  const bytes = fc.array(fc.tuple(fc.bigInt(0n, 255n), fc.bigInt(0n, 255n)), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(bytes, fc.integer(), fc.integer({ min: -200, max: 200 }), fc.boolean(), (pairs, c, zpa, isat) => {
    const input = {
      a: pairs.map(([x]) => x), aFormat: u8, w: pairs.map(([, y]) => y), wFormat: s8, c: i(s32, c).bits, accumulator: s32,
    };
    const products = pairs.map(([x, y]) => (x - BigInt(zpa)) * (BigInt.asIntN(8, y) + 1n));
    const sum = products.reduce((total, product) => total + product, 0n);
    const dotMode = { isat, zpa, zpb: -1, nan: 0n };
    const run = (psumBits: number | null) => unpackInteger(s32, dot({ kind: 'integer', psumBits }, input, dotMode).bits);
    const meet = (value: bigint) => (isat ? limit32(value) : BigInt.asIntN(32, value));
    expect(run(null)).toBe(meet(sum + BigInt(c)));
    expect(run(20)).toBe(meet(BigInt.asIntN(20, sum) + BigInt(c)));
  }));
});

vectorTest('accumulation-modes', 'the chain kernel and exact sums give the words of the accumulation vectors', (folder) => {
  for (const [file, format] of Object.entries({ f16_k16: 'fp16', bf16_k16: 'bf16', e4m3_k32: 'e4m3', e5m2_k32: 'e5m2' })) {
    for (const row of sample(dataLines(join(folder, `${file}.tsv.gz`)), 200)) expectAccumulation(row, formatByName(format));
  }
});

/** Row: mode a[K] b[K] c d_seqfma d_tree8 d_group4 d_kulisch. */
function expectAccumulation(row: string, format: Format): void {
  const columns = row.split('\t');
  const [a, w] = [elementsOf(columns[1]!, format), elementsOf(columns[2]!, format)];
  const [c, chained, , , exactly] = columns.slice(3).map((word) => BigInt(`0x${word}`)) as [bigint, bigint, bigint, bigint, bigint];
  const input = { a, aFormat: format, w, wFormat: format, c, accumulator: fp32 };
  expect(dot(chain, input, { isat: false, zpa: 0, zpb: 0, nan: quietNan(fp32) }).bits, row).toBe(chained);
  const products = a.map((bits, k) => multiply(unpack(format, bits), unpack(format, w[k]!)));
  const sum = products.reduce((total, product) => add(total, product, 'rne'), unpack(fp32, c));
  expect(round(fp32, sum, mode(fp32)).bits, row).toBe(exactly);
}

function elementsOf(hex: string, format: Format): readonly bigint[] {
  const digits = format.width / 4;
  return Array.from({ length: hex.length / digits }, (_, k) => BigInt(`0x${hex.slice(k * digits, (k + 1) * digits)}`));
}

function limit32(value: bigint): bigint {
  const limit = (1n << 31n) - 1n;
  return value > limit ? limit : value < -limit - 1n ? -limit - 1n : value;
}
