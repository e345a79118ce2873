//! numerics-events: the specification raises the events that rationals tell, on all pairs of a small format and on samples of wider ones.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EVENT_ALWAYS, eventDefinitions, type EventName } from '../model/limits.ts';
import { type ElementMode, binary, compareElements, convert, fma, special } from '../model/numerics/arithmetic.ts';
import { roundNames } from '../model/numerics/exact.ts';
import { formatByName, quietNan } from '../model/numerics/format.ts';
import { reduce } from '../model/numerics/reduce.ts';
import type { Rounded } from '../model/numerics/round.ts';
import { operations, rational } from './rational-events.ts';
import { PLAIN, row, type Mode } from './rational.ts';

const maskOf = (result: Rounded): number =>
  eventDefinitions.reduce((mask, [name], bit) => (name !== 'index' && result[name] ? mask | (1 << bit) : mask), 0);
const modeOf = (mode: Mode, nan: bigint): ElementMode =>
  ({ round: roundNames[mode.round]!, isat: false, fsat: mode.fsat === 1, ftz: mode.ftz as 0, daz: mode.daz as 0, minmax: 0, nan });
/** Every rounding with every subnormal policy, one after the other. */
const modeAt = (i: number): Mode => ({ ...PLAIN, round: i % 7, ftz: (i >> 3) % 3, daz: (i >> 5) % 3, fsat: (i >> 7) & 1 });

function same(name: string, operation: (typeof operations)[number], codes: readonly bigint[], mode: Mode): void {
  const format = formatByName(name), of = modeOf(mode, quietNan(format)), [a, b, c] = codes.map((bits) => ({ format, bits }));
  const found = operation === 'fma' ? fma(a!, b!, c!, format, of) : binary(operation, a!, b!, format, of);
  const wanted = rational(row(name), operation, codes, mode);
  if (found.bits !== wanted.code || maskOf(found) !== wanted.events) {
    expect.fail(`${operation} ${name} ${codes.map((code) => code.toString(16))} ${JSON.stringify(mode)}: ${found.bits.toString(16)} events `
      + `${maskOf(found).toString(2)}, expected ${wanted.code.toString(16)} events ${wanted.events.toString(2)}`);
  }
}

test('sums, products and quotients of all pairs of e5m2 raise the events of the rationals', () => {
  for (let pair = 0; pair < 0x1_0000; pair++) {
    for (const operation of pair >> 8 <= (pair & 255) ? ['add', 'mul', 'div'] as const : ['div'] as const) {
      same('e5m2', operation, [BigInt(pair >> 8), BigInt(pair & 255)], modeAt(pair + (pair >> 8)));
    }
  }
});

test('all operations on fp16, bf16, e4m3 and fp32 raise the events of the rationals', () => {
  let seed = 7n;
  const draw = (bits: number): bigint => {
    seed = BigInt.asUintN(64, seed * 6364136223846793005n + 1442695040888963407n);
    const word = BigInt.asUintN(bits, seed >> BigInt(64 - bits)), r = BigInt(Number(seed & 7n));
    // Numbers near one another, near the ends of the exponents, and any.
    return r < 3n ? word : r < 5n ? word & ~(3n << BigInt(bits - 4)) : BigInt.asUintN(bits, word >> BigInt(Number(seed >> 8n & 7n)));
  };
  for (let i = 0; i < 20_000; i++) {
    const name = ['fp16', 'bf16', 'e4m3', 'fp32'][i & 3]!, { width } = formatByName(name);
    same(name, operations[(i >> 2) % 5]!, [draw(width), draw(width), draw(width)], modeAt(i * 5 + (i >> 6)));
  }
});

const fp32 = formatByName('fp32'), plain = modeOf(PLAIN, quietNan(fp32)), f = (bits: number) => ({ format: fp32, bits: BigInt(bits) });
const names = (result: Rounded): EventName[] => eventDefinitions.filter(([name]) => name !== 'index' && result[name]).map(([name]) => name);
const one = 0x3f800000, infinity = 0x7f800000, quiet = 0x7fc00000, signalling = 0x7f800001;

test('a float that an integer does not hold is invalid, the nearer limit, and not inexact; NaN is the greatest', () => {
  const to = (name: string, bits: number) => convert(f(bits), formatByName(name), plain);
  const found = [quiet, signalling, infinity, 0xff800000, 0x4f000000, 0xbf800001, 0xbf000000, 0x3fc00000].map((bits) => [to('s32', bits), to('u32', bits)]);
  expect(found.map(([s, u]) => [s!.bits, u!.bits])).toEqual([
    [0x7fffffffn, 0xffffffffn], [0x7fffffffn, 0xffffffffn], [0x7fffffffn, 0xffffffffn], [0x80000000n, 0n], [0x7fffffffn, 0x80000000n],
    [0xffffffffn, 0n], [0n, 0n], [2n, 2n],
  ]);
  const limit = ['saturated', 'invalid'];
  expect(found.map(([s, u]) => [names(s!), names(u!)])).toEqual([
    [limit, limit], [limit, limit], [limit, limit], [limit, limit], [limit, []], [['inexact'], limit], [['inexact'], ['inexact']], [['inexact'], ['inexact']],
  ]);
});

test('comparisons of order signal on every NaN, the others on signalling ones', () => {
  const raised = (op: Parameters<typeof compareElements>[0]) => [quiet, signalling, one].map((bits) => compareElements(op, f(bits), f(one)).invalid);
  for (const op of ['lt', 'le', 'gt', 'ge'] as const) expect(raised(op), op).toEqual([true, true, false]);
  for (const op of ['eq', 'ne', 'unordered'] as const) expect(raised(op), op).toEqual([false, true, false]);
});

test('min and max signal on signalling NaNs though a number wins', () => {
  expect(names(binary('min', f(signalling), f(one), fp32, { ...plain, minmax: 1 }))).toEqual(['invalid']);
  expect(names(binary('max', f(quiet), f(one), fp32, { ...plain, minmax: 1 }))).toEqual([]);
  expect(names(binary('max', f(quiet), f(one), fp32, plain))).toEqual(['nan']);
});

test('recip, rsqrt and log of zero divide by zero; roots and logarithms of less than zero are invalid', () => {
  for (const op of ['recip', 'rsqrt', 'log', 'log2'] as const) expect(names(special(op, f(0x80000000), fp32, plain)), op).toEqual(['divideByZero']);
  for (const op of ['sqrt', 'rsqrt', 'log', 'log2'] as const) expect(names(special(op, f(0xbf800000), fp32, plain)), op).toEqual(['nan', 'invalid']);
  for (const op of ['sin', 'cos'] as const) expect(names(special(op, f(infinity), fp32, plain)), op).toEqual(['nan', 'invalid']);
  expect(names(special('exp', f(quiet), fp32, plain))).toEqual(['nan']);
  expect(names(special('exp2', f(0x40400000), fp32, plain))).toEqual([]);
});

test('a reduction raises what its elements and their joining do, once', () => {
  const sum = (order: 'sequential' | 'pairs' | 'lanes' | 'exact', ...words: number[]) =>
    names(reduce('sum', fp32, words.map(BigInt), fp32, { ...plain, order, lanes: 2 }));
  for (const order of ['sequential', 'pairs', 'lanes', 'exact'] as const) {
    expect(sum(order, infinity, one, 0xff800000, one), order).toEqual(['nan', 'invalid']);
    expect(sum(order, signalling, one, signalling), order).toEqual(['nan', 'invalid']);
    expect(sum(order, quiet, infinity, one), order).toEqual(['nan']);
  }
  const extreme = (minmax: 0 | 1) => names(reduce('max', fp32, [one, signalling].map(BigInt), fp32, { ...plain, minmax, order: 'pairs', lanes: 2 }));
  expect([extreme(0), extreme(1)]).toEqual([['nan', 'invalid'], ['invalid']]);
});

test('the old four kinds come first, and the page has the definition of every kind', () => {
  expect(eventDefinitions.slice(0, EVENT_ALWAYS).map(([name]) => name)).toEqual(['saturated', 'overflow', 'nan', 'index']);
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'numerics.md'), 'utf8');
  expect(eventDefinitions.filter(([name, says]) => !new RegExp(`^\\| \`${name}\` \\| .* \\| `, 'm').test(page) || !page.includes(`| ${says} |`))).toEqual([]);
});
