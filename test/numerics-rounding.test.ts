//! numerics-rounding: what every rounding direction promises, on random exact values.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Exact, Finite } from '../model/numerics/exact.ts';
import {
  absolute, add, compare, divide, exactInteger, isZero, multiply, negate, roundNames, squareRoot, subtract, unpack,
} from '../model/numerics/exact.ts';
import type { Format } from '../model/numerics/format.ts';
import { formatByName, formats, quietNan } from '../model/numerics/format.ts';
import type { Rounding } from '../model/numerics/round.ts';
import { round, roundToWhole } from '../model/numerics/round.ts';

const floats = formats.filter((format) => format.kind === 'float' && format.signed);
const integers = formats.filter((format) => format.kind === 'integer');
const fp32 = formatByName('fp32');
const anyFloat = fc.constantFrom(...floats);
const anyDirection = fc.constantFrom(...roundNames);
const fp32Bits = fc.bigInt(0n, 0xffff_ffffn);
const finiteFp32 = fp32Bits.map((bits) => unpack(fp32, bits)).filter((value): value is Finite => value.kind === 'finite');

/** Values about the range of a format: random digits, or within an ulp of the middle between two codes. */
const valueFor = (format: Format): fc.Arbitrary<Finite> => fc.record({
  negative: fc.boolean(),
  significand: fc.oneof(fc.bigInt(0n, 1n << 60n), fc.bigInt(0n, 1n << 12n)),
  exponent: fc.integer({ min: -format.bias - format.fractionBits - 62, max: format.bias + 4 }),
  nudge: fc.constantFrom(-1n, 0n, 1n),
}).map(({ negative, significand, exponent, nudge }) => {
  const nudged = (significand << 70n) + nudge;
  return { kind: 'finite', negative, significand: nudged < 0n ? 0n : nudged, exponent: exponent - 70 };
});
const formatAndValue = anyFloat.chain((format) => fc.tuple(fc.constant(format), valueFor(format)));
const formatAndValues = anyFloat.chain((format) => fc.tuple(fc.constant(format), valueFor(format), valueFor(format)));

test('rounding is monotone in every direction', () => {
  fc.assert(fc.property(formatAndValues, anyDirection, ([format, x, y], direction) => {
    const order = compare(x, y);
    const rounded = compare(rounds(format, x, direction), rounds(format, y, direction));
    if (order !== 0 && rounded !== 0) expect(rounded).toBe(order);
  }), { numRuns: 2000 });
});

test('rd is at most the value, ru at least, rz not beyond it, and no code lies between', () => {
  fc.assert(fc.property(formatAndValue, ([format, x]) => {
    const down = rounds(format, x, 'rd', true);
    const up = rounds(format, x, 'ru', true);
    const towardZero = rounds(format, x, 'rz', true);
    const clipped = compare(absolute(x), greatest(format)) === 1;
    if (!clipped) {
      expect(compare(down, x)).not.toBe(1);
      expect(compare(up, x)).not.toBe(-1);
      expect(codeDistance(format, down, up)).toBeLessThanOrEqual(1n);
    }
    expect(compare(absolute(towardZero), absolute(x))).not.toBe(1);
    expect(compare(towardZero, x.negative ? up : down)).toBe(0);
  }), { numRuns: 2000 });
});

test('the nearest directions choose the nearer neighbour, and between equals what their names say', () => {
  fc.assert(fc.property(formatAndValue, ([format, x]) => {
    if (compare(absolute(x), greatest(format)) === 1) return;
    const down = rounds(format, x, 'rd', true);
    const up = rounds(format, x, 'ru', true);
    const nearer = compare(subtract(x, down, 'rne'), subtract(up, x, 'rne'));
    const [even, odd] = isOdd(format, x, 'rd') ? [up, down] : [down, up];
    const outer = x.negative ? down : up;
    const expected = (tie: Exact): Exact => (nearer === -1 ? down : nearer === 1 ? up : tie);
    expect(compare(rounds(format, x, 'rne', true), expected(even))).toBe(0);
    expect(compare(rounds(format, x, 'rna', true), expected(outer))).toBe(0);
    expect(compare(rounds(format, x, 'rhu', true), expected(up))).toBe(0);
    expect(compare(rounds(format, x, 'odd', true), compare(down, up) === 0 ? down : odd)).toBe(0);
  }), { numRuns: 3000 });
});

test('rounding to odd at two more bits first does not change a later rounding', () => {
  const wide: Format = { ...fp32, name: 'wide', fractionBits: 25, valueBits: 34, width: 34 };
  fc.assert(fc.property(valueFor(fp32), anyDirection, (x, direction) => {
    const odd = unpack(wide, round(wide, x, how(wide, 'odd')).bits);
    expect(round(fp32, odd, how(fp32, direction)).bits).toBe(round(fp32, x, how(fp32, direction)).bits);
  }), { numRuns: 2000 });
});

test('an integer destination wraps modulo its range or clips to it', () => {
  const wide = fc.oneof(fc.bigInt(-(1n << 70n), 1n << 70n), fc.bigInt(-300n, 300n));
  fc.assert(fc.property(fc.constantFrom(...integers), wide, (format, value) => {
    const bits = format.valueBits;
    const wrapped = format.signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
    const least = format.signed ? -(1n << BigInt(bits - 1)) : 0n;
    const most = least + (1n << BigInt(bits)) - 1n;
    const clipped = value < least ? least : value > most ? most : value;
    const wrap = round(format, exactInteger(value), how(format, 'rne'));
    const clip = round(format, exactInteger(value), { ...how(format, 'rne'), isat: true });
    expect(wrap).toMatchObject({ bits: BigInt.asUintN(format.width, wrapped), saturated: false, inexact: false });
    expect(clip).toMatchObject({ bits: BigInt.asUintN(format.width, clipped), saturated: clipped !== value });
  }), { numRuns: 2000 });
});

test('rounding to whole numbers agrees with the closed forms of floor, half up, half away and half even', () => {
  fc.assert(fc.property(fc.bigInt(-(1n << 40n), 1n << 40n), fc.integer({ min: 1, max: 40 }), (x, places) => {
    const s = BigInt(places);
    const half = 1n << (s - 1n);
    const magnitude = x < 0n ? -x : x;
    const away = (magnitude + half) >> s;
    const floor = x >> s;
    const rest = x - (floor << s);
    const even = rest > half || (rest === half && (floor & 1n) === 1n) ? floor + 1n : floor;
    const forms = {
      rd: floor, ru: -(-x >> s), rz: x < 0n ? -(magnitude >> s) : floor, rhu: (x + half) >> s, rna: x < 0n ? -away : away, rne: even,
    };
    for (const [direction, expected] of Object.entries(forms)) {
      const { value } = roundToWhole(exactInteger(x, -places), direction as keyof typeof forms);
      expect(compare(value, exactInteger(expected)), `${direction} ${x} >> ${places}`).toBe(0);
    }
  }));
});

test('places far out of every range cost nothing and round right', () => {
  const s32 = formatByName('s32');
  const far = (exponent: number): Finite => ({ kind: 'finite', negative: false, significand: 3n, exponent });
  expect(round(s32, far(-(2 ** 31)), how(s32, 'ru')).bits).toBe(1n);
  expect(round(s32, far(-(2 ** 31)), how(s32, 'rne')).bits).toBe(0n);
  expect(round(s32, far(2 ** 31), how(s32, 'rne')).bits).toBe(0n);
  expect(round(s32, far(2 ** 31), { ...how(s32, 'rne'), isat: true }).bits).toBe(0x7fff_ffffn);
  expect(round(fp32, far(2 ** 31), how(fp32, 'rne'))).toMatchObject({ bits: 0x7f80_0000n, overflow: true });
  expect(round(fp32, far(-(2 ** 31)), how(fp32, 'ru'))).toMatchObject({ bits: 1n, inexact: true });
});

test('a quotient times the divisor, and a root times itself, enclose what they came from', () => {
  fc.assert(fc.property(finiteFp32, finiteFp32, (a, b) => {
    if (isZero(b) || isZero(a)) return;
    const quotient = divide(absolute(a), absolute(b));
    expectEnclosed(absolute(a), (bound) => multiply(bound, absolute(b)), quotient);
    expectEnclosed(absolute(a), (bound) => multiply(bound, bound), squareRoot(absolute(a)));
  }));
});

test('exact zeros have the sign of IEEE 754: shared, else +0, else -0 rounding down', () => {
  fc.assert(fc.property(finiteFp32, anyDirection, (x, direction) => {
    const negative = direction === 'rd';
    if (!isZero(x)) expect(subtract(x, x, direction)).toMatchObject({ significand: 0n, negative });
    for (const signs of [[false, false], [true, true], [false, true], [true, false]] as const) {
      const [a, b] = signs.map((sign) => ({ kind: 'finite', negative: sign, significand: 0n, exponent: 0 }) as const);
      expect(add(a!, b!, direction)).toMatchObject({ significand: 0n, negative: signs[0] === signs[1] ? signs[0] : negative });
    }
  }));
});

test('infinity less infinity, infinity times zero, 0/0, infinity/infinity and roots below zero are NaN', () => {
  const [inf, zero, one] = [unpack(fp32, 0x7f80_0000n), unpack(fp32, 0n), unpack(fp32, 0x3f80_0000n)] as const;
  expect([subtract(inf, inf, 'rne'), multiply(inf, zero), divide(zero, zero), divide(inf, inf), squareRoot(negate(one))].map((x) => x.kind))
    .toEqual(['nan', 'nan', 'nan', 'nan', 'nan']);
  expect(divide(one, negate(zero))).toEqual({ ...negate(inf), byZero: true });
  expect(squareRoot(negate(zero))).toEqual(negate(zero));
});

function how(format: Format, direction: Rounding['round']): Rounding {
  return { round: direction, isat: false, fsat: false, ftz: 0, nan: quietNan(format) };
}

function rounds(format: Format, value: Exact, direction: Rounding['round'], fsat = false): Exact {
  const found = unpack(format, round(format, value, { ...how(format, direction), fsat: fsat || format.specials !== 'ieee' }).bits);
  if (found.kind === 'nan') throw new Error('a finite value became NaN');
  return found;
}

function greatest(format: Format): Exact {
  return unpack(format, round(format, { kind: 'infinite', negative: false }, { ...how(format, 'rne'), fsat: true }).bits);
}

function isOdd(format: Format, value: Exact, direction: Rounding['round']): boolean {
  const { bits } = round(format, value, { ...how(format, direction), fsat: true });
  return ((bits >> BigInt(format.ignoredLowBits)) & 1n) === 1n;
}

/** How many codes apart two values of a format are; both zeros are one. */
function codeDistance(format: Format, low: Exact, high: Exact): bigint {
  return rank(format, high) - rank(format, low);
}

function rank(format: Format, value: Exact): bigint {
  const magnitude = round(format, absolute(value), how(format, 'rne')).bits >> BigInt(format.ignoredLowBits);
  return value.kind === 'finite' && value.negative ? -magnitude : magnitude;
}

function expectEnclosed(origin: Exact, map: (bound: Exact) => Exact, result: ReturnType<typeof divide>): void {
  if (result.kind === 'finite') {
    expect(compare(map(result), origin)).toBe(0);
    return;
  }
  if (result.kind !== 'between') throw new Error('finite operands have finite results');
  const { negative, significand, exponent } = result;
  expect(compare(map({ kind: 'finite', negative, significand, exponent }), origin)).toBe(-1);
  expect(compare(map({ kind: 'finite', negative, significand: significand + 1n, exponent }), origin)).toBe(1);
  expect(significand >> 79n).not.toBe(0n);
  expect(exponent).toBeLessThanOrEqual(-2);
}
