//! corners: rows of a probe that are written, not drawn: where published models of the same unit differ, or say nothing.
import { type Format, formatByName, greatestFiniteCode, hasInfinity, quietNan } from '../numerics/format.ts';
import type { ProbeRow, ProbeType } from './types-of-units.ts';

/** A product of a row: codes of its factors. */
type Pair = readonly [a: bigint, b: bigint];

/** Corners of a type; what its formats cannot say is left out. */
export function corners(type: ProbeType): readonly ProbeRow[] {
  const acc = formatByName(type.accumulator);
  return [...floors(type, acc), ...subnormals(type), ...zeros(type, acc), ...specials(type, acc)].filter((row) => row !== undefined);
}

/**
 * Products far below the least exponent of the result, C zero: they are seen only as far as the window reaches, whose exponent may have a
 * floor. Where sums are rounded to nearest, half of the least result and one bit of 2^q; where they are cut, all bits below the least
 * result down to 2^q, and 2^q once more, which make it together if none of them is lost.
 */
function floors(type: ProbeType, acc: Format): readonly (ProbeRow | undefined)[] {
  const least = 1 - acc.bias - acc.fractionBits, most = formatByName(type.a).fractionBits + 1;
  return Array.from({ length: DEEPEST }, (_, i) => i + 2).flatMap((below) => {
    const q = least - below, bit = productOf(type, q);
    const ones = Array.from({ length: Math.ceil(below / most) }, (_, i) => productOf(type, q + i * most, Math.min(most, below - i * most)));
    return [rowOf(type, [productOf(type, least - 1), bit], 0n), rowOf(type, [...ones, bit], 0n)];
  });
}
const DEEPEST = 26;

/**
 * The least subnormal of one side times the greatest power of two of the other, the same product of normal numbers taken away, and one bit
 * far below: whether it is seen tells which exponent the subnormal counts with. The three follow each other, or are those with k mod 4 < 2.
 */
function subnormals(type: ProbeType): readonly (ProbeRow | undefined)[] {
  const a = formatByName(type.a), b = formatByName(type.b);
  const sides = [[a, b], [b, a]] as const, leasts = sides.map(([low, high]) => ({ code: 1n << BigInt(low.ignoredLowBits), power: 1 - low.bias - low.fractionBits, most: high.bias }));
  return leasts.flatMap(({ code, power, most }, side) => {
    const great = onesOf(sides[side]![1], most, 1), pair: Pair | undefined = great === undefined ? undefined : side === 0 ? [code, great] : [great, code];
    const same = productOf(type, power + most), taken: Pair | undefined = same && [same[0] | signOf(a), same[1]];
    return NEAR.map((below) => productOf(type, power + most - below)).flatMap((bit) =>
      [rowOf(type, [pair, taken, bit], 0n), rowOf(type, [pair, taken, [0n, 0n], [0n, 0n], bit], 0n)]);
  });
}
/** Places below the leading one where windows end that are known, with subnormals of up to ten digits. */
const NEAR = [10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 26] as const;

/** Zeros beside the greatest partner, which have no exponent of their own; signs of zero sums. */
function zeros(type: ProbeType, acc: Format): readonly (ProbeRow | undefined)[] {
  const a = formatByName(type.a), b = formatByName(type.b);
  const partners = [[0n, greatest(b)], [greatest(a), 0n], [signOf(a), greatest(b)]] as const;
  const small = [-149, -140, -126, -100, -48, -30, -24, -20, -14].map((power) => productOf(type, power));
  return [
    ...partners.flatMap((zero) => small.map((product) => rowOf(type, [zero, product], 0n))),
    ...partners.map((zero) => rowOf(type, [zero], 1n)),
    ...[0n, signOf(acc)].flatMap((c) => [rowOf(type, [], c), rowOf(type, [[signOf(a), one(b)]], c), rowOf(type, [[signOf(a), signOf(b)]], c),
      rowOf(type, [[one(a), one(b)], [one(a) | signOf(a), one(b)]], c), rowOf(type, Array.from({ length: type.depth }, () => [signOf(a), one(b)]), c)]),
  ];
}

/** Infinities, NaNs, sums beyond the result's range, and those that come back from there. */
function specials(type: ProbeType, acc: Format): readonly (ProbeRow | undefined)[] {
  const a = formatByName(type.a), b = formatByName(type.b), [most, more] = [greatest(a), greatest(b)], infinite = infinity(a), nan = quietNan(a), above = infinity(acc)!;
  const rows: (readonly [pairs: readonly (readonly [bigint | undefined, bigint])[], c: bigint])[] = [
    [[[nan, one(b)]], 0n], [[[nan, 0n]], one(acc)], [[[one(a), one(b)]], quietNan(acc)], [[[one(a), one(b)]], signOf(acc) | quietNan(acc) | 1n], [[], above + 1n],
    [[[infinite, one(b)]], 0n], [[[infinite, one(b)]], above | signOf(acc)], [[[infinite, one(b)], [negative(a, infinite), one(b)]], 0n], [[[infinite, 0n]], 0n],
    [[[infinite, one(b)]], above], [[[one(a), one(b)]], above], [[[one(a), one(b)]], above | signOf(acc)], [[[most, more]], above | signOf(acc)],
    [[[most, more]], 0n], [[[most, more], [negative(a, most), more]], 0n], [[[most, more], [negative(a, most), more], [one(a), one(b)]], 0n],
    [Array.from({ length: type.depth }, () => [most, more] as const), 0n], [[[most, more]], greatest(acc)], [[[negative(a, most), more]], greatest(acc)],
    [[[most, more]], greatest(acc) | signOf(acc)], [[[one(a), one(b)]], greatest(acc)],
  ];
  return rows.map(([pairs, c]) => (pairs.some(([code]) => code === undefined) ? undefined : rowOf(type, pairs as readonly Pair[], c)));
}

/** The pairs in the places of the first elements, zero behind them; undefined where one of them is. */
function rowOf({ depth }: ProbeType, pairs: readonly (Pair | undefined)[], c: bigint): ProbeRow | undefined {
  if (pairs.some((pair) => pair === undefined)) return undefined;
  const side = (which: 0 | 1): bigint[] => Array.from({ length: depth }, (_, k) => pairs[k]?.[which] ?? 0n);
  return { a: side(0), b: side(1), c };
}

/** Factors whose product is 2^power, or so many bits that are all ones, the lowest of them 2^power; undefined where the formats have none. */
function productOf({ a, b }: ProbeType, power: number, bits = 1): Pair | undefined {
  const half = Math.ceil((power + bits - 1) / 2), left = onesOf(formatByName(a), half, bits), right = onesOf(formatByName(b), power + bits - 1 - half, 1);
  return left === undefined || right === undefined ? undefined : [left, right];
}

/** The code of so many ones, the highest of them 2^power. */
function onesOf({ bias, fractionBits, exponentBits, ignoredLowBits }: Format, power: number, bits: number): bigint | undefined {
  const exponent = power + bias, lowest = Math.max(exponent, 1) - fractionBits, ones = (1n << BigInt(bits)) - 1n, shift = exponent - bits + 1 - lowest;
  if (exponent >= 2 ** exponentBits - 1 || shift < 0) return undefined;
  // The leading one of a normal number is the lowest bit of the exponent field.
  const code = (ones << BigInt(shift)) + (exponent > 1 ? BigInt(exponent - 1) << BigInt(fractionBits) : 0n);
  return code << BigInt(ignoredLowBits);
}
const one = (format: Format): bigint => onesOf(format, 0, 1)!;
const signOf = ({ valueBits }: Format): bigint => 1n << BigInt(valueBits - 1);
const negative = (format: Format, code: bigint | undefined): bigint | undefined => code === undefined ? undefined : code | signOf(format);
const greatest = (format: Format): bigint => greatestFiniteCode(format) << BigInt(format.ignoredLowBits);
const infinity = (format: Format): bigint | undefined =>
  hasInfinity(format) ? ((1n << BigInt(format.exponentBits)) - 1n) << BigInt(format.fractionBits + format.ignoredLowBits) : undefined;
