//! exact: numbers of unlimited size and precision with signed zeros, infinities and NaN, on which arithmetic loses nothing.

import { type Format, isFnuz } from './format.ts';

/**
 * Rounding directions, in the order of their codes in a numeric mode: to nearest even; toward zero; down; up; half away from zero;
 * half toward +infinity; to odd (an inexact result keeps the neighbour whose last bit is 1). Code 7, stochastic, is not a function
 * of the value alone: it is a direction that carries its random word.
 */
export const roundNames = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'] as const;
export type RoundName = (typeof roundNames)[number];
/** Away from zero if and only if the word of 32 bits is below floor(2^32 (x - lo) / (hi - lo)), lo < x < hi the neighbouring magnitudes. */
export interface Stochastic { readonly word: bigint }
export type Direction = RoundName | Stochastic;

/** (-1)^negative x significand x 2^exponent, significand >= 0; the sign of a zero is kept. Not normalised. */
export interface Finite {
  readonly kind: 'finite';
  readonly negative: boolean;
  readonly significand: bigint;
  readonly exponent: number;
  /** This zero was a subnormal that DAZ took. */
  readonly flushed?: true;
}

/** `byZero`: it is what a finite value other than zero over zero, or the logarithm of zero, comes to. */
export interface Infinite {
  readonly kind: 'infinite';
  readonly negative: boolean;
  readonly byZero?: true;
}

/** `invalid`: a signalling NaN, or what an operation without a result comes to; it stays so through every further operation. */
export interface NotANumber {
  readonly kind: 'nan';
  readonly invalid?: true;
}

export type Exact = Finite | Infinite | NotANumber;

/**
 * An irrational or periodic magnitude: strictly between significand x 2^exponent and (significand + 1) x 2^exponent.
 * The significand has at least 80 bits and the exponent is at most -2, so every rounding of the machine comes out right.
 */
export interface Between {
  readonly kind: 'between';
  readonly negative: boolean;
  readonly significand: bigint;
  readonly exponent: number;
}

export const nan: NotANumber = Object.freeze({ kind: 'nan' });
export const invalidNan: NotANumber = Object.freeze({ kind: 'nan', invalid: true });
export const plusZero: Finite = Object.freeze({ kind: 'finite', negative: false, significand: 0n, exponent: 0 });

/** value x 2^exponent; zero is +0. */
export function exactInteger(value: bigint, exponent = 0): Finite {
  return { kind: 'finite', negative: value < 0n, significand: value < 0n ? -value : value, exponent };
}

export function infinite(negative: boolean): Infinite {
  return { kind: 'infinite', negative };
}

/** The NaN that operands come to of which one is a NaN: invalid if one of them is. */
export function nanOf(...operands: readonly Exact[]): NotANumber {
  return operands.some(isInvalid) ? invalidNan : nan;
}

export function isInvalid(a: Exact): boolean {
  return a.kind === 'nan' && a.invalid === true;
}

/** The value of an integer format's element: low valueBits of `bits`, two's complement if signed; higher bits are not looked at. */
export function unpackInteger(format: Format, bits: bigint): bigint {
  return format.signed ? BigInt.asIntN(format.valueBits, bits) : BigInt.asUintN(format.valueBits, bits);
}

/** The value of an element. Every bit pattern of every format has one. */
export function unpack(format: Format, bits: bigint): Exact {
  if (format.kind === 'integer' || format.kind === 'fixed') return exactInteger(unpackInteger(format, bits), 0 - format.fractionBits);
  if (format.kind === 'scale') return unpackScale(format, bits);
  const code = BigInt.asUintN(format.valueBits, bits) >> BigInt(format.ignoredLowBits);
  const magnitudeBits = format.exponentBits + format.fractionBits;
  const magnitude = BigInt.asUintN(magnitudeBits, code);
  const negative = format.signed && code >> BigInt(magnitudeBits) === 1n;
  const biased = Number(magnitude >> BigInt(format.fractionBits));
  const fraction = BigInt.asUintN(format.fractionBits, magnitude);
  if (format.specials === 'ieee' && biased === (1 << format.exponentBits) - 1) {
    if (fraction === 0n) return infinite(negative);
    // The quiet bit is the first of the fraction (IEEE 754, 6.2.1). NaNs of the other kinds of formats are quiet.
    return fraction >> BigInt(format.fractionBits - 1) === 0n ? invalidNan : nan;
  }
  if (format.specials === 'fn' && magnitude === (1n << BigInt(magnitudeBits)) - 1n) return nan;
  if (isFnuz(format) && negative && magnitude === 0n) return nan;
  if (format.specials === 'p3109' && magnitude === (1n << BigInt(magnitudeBits)) - 1n) return infinite(negative);
  const hidden = biased === 0 ? 0n : 1n << BigInt(format.fractionBits);
  return { kind: 'finite', negative, significand: hidden + fraction, exponent: Math.max(biased, 1) - format.bias - format.fractionBits };
}

function unpackScale(format: Format, bits: bigint): Exact {
  const code = Number(BigInt.asUintN(format.valueBits, bits));
  return code === (1 << format.exponentBits) - 1 ? nan : exactInteger(1n, code - format.bias);
}

export function isZero(a: Exact): boolean {
  return a.kind === 'finite' && a.significand === 0n;
}

export function isFiniteValue(a: Exact): boolean {
  return a.kind === 'finite';
}

export function negate(a: Exact): Exact {
  return a.kind === 'nan' ? a : { ...a, negative: !a.negative };
}

export function absolute(a: Exact): Exact {
  return a.kind === 'nan' ? a : { ...a, negative: false };
}

/** a x b. NaN for a NaN operand and for infinity x zero; the sign is the exclusive or of the signs, of zeros too. */
export function multiply(a: Exact, b: Exact): Exact {
  if (a.kind === 'nan' || b.kind === 'nan') return nanOf(a, b);
  const negative = a.negative !== b.negative;
  if (a.kind === 'infinite' || b.kind === 'infinite') return isZero(a) || isZero(b) ? invalidNan : infinite(negative);
  return { kind: 'finite', negative, significand: a.significand * b.significand, exponent: a.exponent + b.exponent };
}

/**
 * a + b. NaN for a NaN operand and for infinities of opposite sign. An exact zero keeps the sign that both operands share;
 * from operands of different sign it is +0, and -0 when rounding down (IEEE 754-2019 section 6.3), hence `round`.
 */
export function add(a: Exact, b: Exact, round: Direction): Exact {
  if (a.kind === 'nan' || b.kind === 'nan') return nanOf(a, b);
  if (a.kind === 'infinite') return b.kind === 'infinite' && a.negative !== b.negative ? invalidNan : a;
  if (b.kind === 'infinite') return b;
  const exponent = commonExponent(a, b);
  const sum = integerAt(a, exponent) + integerAt(b, exponent);
  if (sum === 0n) return { ...plusZero, negative: a.negative === b.negative ? a.negative : round === 'rd' };
  return exactInteger(sum, exponent);
}

/** a - b, which is a + (-b). */
export function subtract(a: Exact, b: Exact, round: Direction): Exact {
  return add(a, negate(b), round);
}

/** a x 2^power; the sign of zero stays. */
export function scaleByPower(a: Exact, power: number): Exact {
  return a.kind === 'finite' ? { ...a, exponent: a.exponent + power } : a;
}

/** -1, 0 or 1 as a is below, equal to or above b; undefined when they are unordered (a NaN). -0 equals +0. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 | undefined {
  if (a.kind === 'nan' || b.kind === 'nan') return undefined;
  if (a.kind === 'infinite' || b.kind === 'infinite') return sign(infinityRank(a) - infinityRank(b));
  const exponent = commonExponent(a, b);
  return sign(integerAt(a, exponent) - integerAt(b, exponent));
}

/** compare, except that -0 is below +0: the order of min and max. */
export function compareZerosSigned(a: Exact, b: Exact): -1 | 0 | 1 | undefined {
  if (a.kind === 'finite' && b.kind === 'finite' && a.significand === 0n && b.significand === 0n) {
    return sign(Number(b.negative) - Number(a.negative));
  }
  return compare(a, b);
}

/** a / b. NaN for 0/0 and infinity/infinity; a non-zero number / 0 is infinite; signs as in multiply. */
export function divide(a: Exact, b: Exact): Exact | Between {
  if (a.kind === 'nan' || b.kind === 'nan') return nanOf(a, b);
  const negative = a.negative !== b.negative;
  if (a.kind === 'infinite') return b.kind === 'infinite' ? invalidNan : infinite(negative);
  if (b.kind === 'infinite') return { ...plusZero, negative };
  if (b.significand === 0n) return a.significand === 0n ? invalidNan : { ...infinite(negative), byZero: true };
  if (a.significand === 0n) return { ...plusZero, negative };
  const lengthNeeded = quotientBits + bitLength(b.significand) - bitLength(a.significand);
  const shift = Math.max(0, lengthNeeded, a.exponent - b.exponent + 2);
  const dividend = a.significand << BigInt(shift);
  const significand = dividend / b.significand;
  const kind = significand * b.significand === dividend ? 'finite' : 'between';
  return { kind, negative, significand, exponent: a.exponent - b.exponent - shift };
}

/** The square root; NaN below zero, and the root of -0 is -0. */
export function squareRoot(a: Exact): Exact | Between {
  if (a.kind === 'nan' || isZero(a)) return a;
  if (a.negative) return invalidNan;
  if (a.kind === 'infinite') return a;
  const lengthNeeded = 2 * quotientBits - bitLength(a.significand);
  const wanted = Math.max(0, lengthNeeded, a.exponent + 4);
  const shift = wanted + ((a.exponent - wanted) & 1);
  const radicand = a.significand << BigInt(shift);
  const significand = integerRoot(radicand);
  const kind = significand * significand === radicand ? 'finite' : 'between';
  return { kind, negative: false, significand, exponent: (a.exponent - shift) / 2 };
}

/** Bits of the binary representation: 0 has none. */
export function bitLength(magnitude: bigint): number {
  if (magnitude < 0x1_0000_0000n) return 32 - Math.clz32(Number(magnitude));
  if (magnitude < 0x1_0000_0000_0000_0000n) return 64 - Math.clz32(Number(magnitude >> 32n));
  const digits = magnitude.toString(16);
  return (digits.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(digits.charAt(0), 16)));
}

const quotientBits = 81;

/** The floor of the square root, by Newton's method from above. */
export function integerRoot(radicand: bigint): bigint {
  let root = 1n << BigInt((bitLength(radicand) + 1) >> 1);
  for (;;) {
    const next = (root + radicand / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function commonExponent(a: Finite, b: Finite): number {
  if (a.significand === 0n) return b.exponent;
  return b.significand === 0n ? a.exponent : Math.min(a.exponent, b.exponent);
}

/** The signed integer a / 2^exponent; a zero fits any exponent. */
function integerAt(a: Finite, exponent: number): bigint {
  if (a.significand === 0n) return 0n;
  const magnitude = a.significand << BigInt(a.exponent - exponent);
  return a.negative ? -magnitude : magnitude;
}

function infinityRank(a: Exact): number {
  if (a.kind !== 'infinite') return 0;
  return a.negative ? -1 : 1;
}

function sign(difference: number | bigint): -1 | 0 | 1 {
  if (difference > 0) return 1;
  return difference < 0 ? -1 : 0;
}
