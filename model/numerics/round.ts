//! round: the one function that rounds, from an exact value to an element of any format.

import { Defect } from '../failure.ts';
import type { Between, Direction, Exact, Finite, RoundName } from './exact.ts';
import { bitLength, isZero, plusZero, unpack } from './exact.ts';
import type { Format } from './format.ts';
import { greatestFiniteCode, greatestInteger, hasInfinity, hasNan, isFnuz, leastInteger, quietNan } from './format.ts';

/** What a numeric mode says about writing an element (machine details section 4). */
export interface Rounding {
  readonly round: Direction;
  /** Integers out of range: true clips to the nearer limit, false wraps modulo 2^valueBits. */
  readonly isat: boolean;
  /** Floats out of range, infinities included: true gives the largest finite magnitude, false what direction and format say. */
  readonly fsat: boolean;
  /** Subnormal results become zeros of their sign: 0 never, 1 judged after rounding, 2 before (|exact| < least normal). */
  readonly ftz: 0 | 1 | 2;
  /** The canonical NaN of the destination format; not looked at for a format without NaN. */
  readonly nan: bigint;
}

/** A written element and what befell it. Of the booleans each is counted at most once for an element. */
export interface Rounded {
  /** The element as it stands in memory: format.width bits. */
  readonly bits: bigint;
  /** The integer result was replaced by a limit: by isat, or because the value was infinite. */
  readonly saturated: boolean;
  /** A finite value became infinite, or was replaced by the largest finite magnitude or, where a format has no infinity, by NaN. */
  readonly overflow: boolean;
  /** The result is a NaN. */
  readonly nan: boolean;
  /**
   * A finite value lost digits: by rounding, by flushing or by overflow of a float. Wrapping and clipping of integers do not count,
   * nor do the inner roundings of instructions that have some.
   */
  readonly inexact: boolean;
  /** A value other than zero became zero by ftz. */
  readonly flushed: boolean;
}

/**
 * The element of `format` that `value` rounds to: digits are dropped once, in the direction `how.round`, then the range is judged.
 *
 * Integers: NaN gives 0, an infinity the nearer limit (also under wrap). Floats: the value is rounded as if the exponent were
 * unbounded; out of range it becomes infinite, or stays at the largest magnitude where the direction does not lead away from zero
 * (rz, odd, rd above zero, ru below); without an infinity in the format NaN takes its place, and without NaN the largest magnitude.
 * NaN into a float format without NaN gives the largest positive value. Fixed formats always clip. A scale is a power of two: what is
 * not positive but for zero, and under no `fsat` what is too large, gives NaN; zero and what is too small the least.
 */
export function round(format: Format, value: Exact | Between, how: Rounding): Rounded {
  switch (format.kind) {
    case 'integer': return roundToInteger(format, value, how);
    case 'fixed': return roundToFixed(format, value, how);
    case 'float': return roundToFloat(format, value, how);
    case 'scale': return roundToScale(format, value, how);
  }
}

/** The value after rounding to `format` by nearest even, with infinities and subnormals: an inner rounding of an instruction. */
export function roundNearest(format: Format, value: Exact | Between): Exact {
  return unpack(format, roundToFloat(format, value, { ...nearest, nan: quietNan(format) }).bits);
}

/** The integer that `value` rounds to, without limits; infinities and NaN stay as they are. A zero keeps the value's sign. */
export function roundToWhole(value: Exact | Between, direction: Direction): { readonly value: Exact; readonly inexact: boolean } {
  if (value.kind === 'infinite' || value.kind === 'nan') return { value, inexact: false };
  if (value.kind === 'finite' && value.exponent >= 0) return { value, inexact: false };
  const { whole, inexact } = dropDigits(value, 0, direction);
  return { value: { kind: 'finite', negative: value.negative, significand: whole, exponent: 0 }, inexact };
}

/** The value an instruction reads: subnormal floats become zero under daz 1 (of their sign) and 2 (+0). */
export function readElement(format: Format, bits: bigint, daz: 0 | 1 | 2): Exact {
  const value = unpack(format, bits);
  if (daz === 0 || format.kind !== 'float' || value.kind !== 'finite' || isZero(value)) return value;
  if (bitLength(value.significand) > format.fractionBits) return value;
  return { ...plusZero, negative: daz === 1 && value.negative };
}

const nearest = { round: 'rne', isat: false, fsat: false, ftz: 0 } as const;
const uneventful = { saturated: false, overflow: false, nan: false, inexact: false, flushed: false } as const;

function roundToInteger(format: Format, value: Exact | Between, how: Rounding): Rounded {
  if (value.kind === 'nan') return { ...uneventful, bits: 0n };
  const memory = (integer: bigint): bigint => BigInt.asUintN(format.width, integer);
  if (value.kind === 'infinite') {
    return { ...uneventful, bits: memory(value.negative ? leastInteger(format) : greatestInteger(format)), saturated: true };
  }
  const { whole, inexact } = dropDigits(value, 0, how.round);
  const integer = value.negative ? -whole : whole;
  const clipped = clip(integer, leastInteger(format), greatestInteger(format));
  if (clipped === integer) return { ...uneventful, bits: memory(integer), inexact };
  if (how.isat) return { ...uneventful, bits: memory(clipped), saturated: true, inexact };
  const wrapped = format.signed ? BigInt.asIntN(format.valueBits, integer) : BigInt.asUintN(format.valueBits, integer);
  return { ...uneventful, bits: memory(wrapped), inexact };
}

/** A fixed format holds integers times 2^-fractionBits, always clips, and has neither infinity nor NaN: NaN gives the greatest. */
function roundToFixed(format: Format, value: Exact | Between, how: Rounding): Rounded {
  if (value.kind === 'nan') return { ...uneventful, bits: greatestInteger(format) };
  const scaled = value.kind === 'infinite' ? value : { ...value, exponent: value.exponent + format.fractionBits };
  return roundToInteger(format, scaled, { ...how, isat: true });
}

function roundToFloat(format: Format, value: Exact | Between, how: Rounding): Rounded {
  const greatest = greatestFiniteCode(format);
  if (value.kind === 'nan') return hasNan(format) ? writtenNan(how) : { ...uneventful, bits: pack(format, false, greatest) };
  if (value.kind === 'infinite') return outOfRange(format, value.negative, true, how);
  if (value.kind === 'finite' && value.significand === 0n) return { ...uneventful, bits: pack(format, value.negative, 0n) };
  const leastExponent = 1 - format.bias;
  const valueExponent = value.exponent + bitLength(value.significand) - 1;
  const binade = Math.max(valueExponent, leastExponent);
  const { whole, inexact } = dropDigits(value, binade - format.fractionBits, how.round);
  // A carry into the next binade, or from the subnormals into the normals, is the carry of this addition.
  const code = (BigInt(binade - leastExponent) << BigInt(format.fractionBits)) + whole;
  if (code > greatest) {
    const unbounded = !staysFinite(how.round, value.negative);
    return { ...outOfRange(format, value.negative, unbounded, how), overflow: true, inexact: true };
  }
  const subnormal = how.ftz === 2 ? valueExponent < leastExponent : code < 1n << BigInt(format.fractionBits);
  if (how.ftz !== 0 && subnormal && (how.ftz === 2 || code !== 0n)) {
    return { ...uneventful, bits: pack(format, value.negative, 0n), inexact: true, flushed: true };
  }
  return { ...uneventful, bits: pack(format, value.negative, code), inexact };
}

/** One digit of precision, on the unbounded exponent; half way between two powers nearest even goes up, as the digit kept is odd. */
function roundToScale(format: Format, value: Exact | Between, how: Rounding): Rounded {
  const most = (1 << format.exponentBits) - 2;
  if (value.kind === 'finite' && value.significand === 0n) return { ...uneventful, bits: 0n };
  if (value.kind === 'nan' || value.negative) return writtenNan(how);
  if (value.kind === 'infinite') return how.fsat ? { ...uneventful, bits: BigInt(most) } : writtenNan(how);
  const binade = value.exponent + bitLength(value.significand) - 1, { whole, inexact } = dropDigits(value, binade, how.round);
  const code = binade + format.bias + Number(whole) - 1;
  if (code > most) {
    const stays = how.fsat || staysFinite(how.round, false);
    return { ...(stays ? { ...uneventful, bits: BigInt(most) } : writtenNan(how)), overflow: true, inexact: true };
  }
  return { ...uneventful, bits: BigInt(Math.max(code, 0)), inexact: inexact || code < 0 };
}

/** What an infinity (`unbounded`), or a value too large that the direction keeps finite, is written as. */
function outOfRange(format: Format, negative: boolean, unbounded: boolean, how: Rounding): Rounded {
  const greatest = greatestFiniteCode(format);
  if (!unbounded || how.fsat || format.specials === 'finite') return { ...uneventful, bits: pack(format, negative, greatest) };
  return hasInfinity(format) ? { ...uneventful, bits: pack(format, negative, greatest + 1n) } : writtenNan(how);
}

/** Whether a direction leaves a value beyond the largest magnitude there, instead of going to infinity. */
function staysFinite(direction: Direction, negative: boolean): boolean {
  return direction === 'rz' || direction === 'odd' || direction === (negative ? 'ru' : 'rd');
}

function writtenNan(how: Rounding): Rounded {
  return { ...uneventful, bits: how.nan, nan: true };
}

/** Memory bits of sign and magnitude code. fnuz formats have no negative zero: its code is their NaN. */
function pack(format: Format, negative: boolean, magnitude: bigint): bigint {
  if (negative && !format.signed && magnitude !== 0n) throw new Defect(`nothing rounds a negative value to ${format.name}`);
  const signBit = 1n << BigInt(format.exponentBits + format.fractionBits);
  const signShown = negative && format.signed && !(isFnuz(format) && magnitude === 0n);
  return (magnitude | (signShown ? signBit : 0n)) << BigInt(format.ignoredLowBits);
}

interface Dropped {
  readonly whole: bigint;
  readonly inexact: boolean;
}

/** |value| / 2^exponent rounded to an integer magnitude; directions are those of the signed value. */
function dropDigits(value: Finite | Between, exponent: number, direction: Direction): Dropped {
  // A magnitude strictly between two integers is rounded like the middle of them: no destination has digits that far down.
  const magnitude = value.kind === 'between' ? 2n * value.significand + 1n : value.significand;
  const below = exponent - (value.kind === 'between' ? value.exponent - 1 : value.exponent);
  // Shifts of 2^31 places do not fit a machine's memory; beyond these bounds the outcome no longer depends on the place.
  if (below <= 0) return { whole: magnitude << BigInt(Math.min(-below, mostPlaces)), inexact: false };
  const places = BigInt(Math.min(below, bitLength(magnitude) + 2));
  const truncated = magnitude >> places;
  const rest = magnitude - (truncated << places);
  if (rest === 0n) return { whole: truncated, inexact: false };
  const half = 1n << (places - 1n);
  const away = typeof direction === 'string' ? leadsAway(direction, value.negative, truncated, rest > half, rest === half)
    : direction.word < shareOf(rest, below);
  return { whole: away ? truncated + 1n : truncated, inexact: true };
}

/**
 * floor(2^32 rest / 2^places), rest below 2^places. Of a value between two integers it is that of their middle: the digits of a
 * quotient reach further down than 32 bits below those of any destination.
 */
function shareOf(rest: bigint, places: number): bigint {
  if (places <= 32) return rest << BigInt(32 - places);
  return rest >> BigInt(Math.min(places - 32, bitLength(rest)));
}

/** More than the width of any format and its greatest exponent, so that what is shifted further is out of every range. */
const mostPlaces = 256;

function leadsAway(direction: RoundName, negative: boolean, truncated: bigint, aboveHalf: boolean, tie: boolean): boolean {
  switch (direction) {
    case 'rz': return false;
    case 'rd': return negative;
    case 'ru': return !negative;
    case 'odd': return (truncated & 1n) === 0n;
    case 'rne': return aboveHalf || (tie && (truncated & 1n) === 1n);
    case 'rna': return aboveHalf || tie;
    case 'rhu': return aboveHalf || (tie && !negative);
  }
}

function clip(integer: bigint, least: bigint, greatest: bigint): bigint {
  if (integer < least) return least;
  return integer > greatest ? greatest : integer;
}
