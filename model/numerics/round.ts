//! round: the one function that rounds, from an exact value to an element of any format.

import { Defect } from '../failure.ts';
import type { Between, Direction, Exact, Finite, RoundName } from './exact.ts';
import { bitLength, isInvalid, isZero, plusZero, unpack } from './exact.ts';
import type { Format } from './format.ts';
import { greatestFiniteCode, greatestInteger, hasInfinity, hasNan, isFnuz, leastInteger, quietNan } from './format.ts';
import type { Observe } from './observe.ts';

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
  /** Is told how digits are dropped and what comes of it. */
  readonly observe?: Observe | undefined;
}

/** A written element and the events that befell it, as `eventDefinitions` has them. */
export interface Rounded {
  /** The element as it stands in memory: format.width bits. */
  readonly bits: bigint;
  readonly saturated: boolean;
  readonly overflow: boolean;
  readonly nan: boolean;
  readonly invalid: boolean;
  readonly divideByZero: boolean;
  readonly underflow: boolean;
  readonly inexact: boolean;
  readonly flushed: boolean;
  readonly lost: boolean;
}

/**
 * The element of `format` that `value` rounds to: digits are dropped once, in the direction `how.round`, then the range is judged.
 *
 * Integers wrap or clip by `isat`; what is a float besides goes by `roundToIntegerFormat`. Floats: the value is rounded as if the exponent were
 * unbounded; out of range it becomes infinite, or stays at the largest magnitude where the direction does not lead away from zero
 * (rz, odd, rd above zero, ru below); without an infinity in the format NaN takes its place, and without NaN the largest magnitude.
 * NaN into a float format without NaN gives the largest positive value. Fixed formats always clip. A scale is a power of two: what is
 * not positive but for zero, and under no `fsat` what is too large, gives NaN; zero and what is too small the least.
 */
export function round(format: Format, value: Exact | Between, how: Rounding): Rounded {
  return told(format, value, how.round, rounded(format, value, how), how.observe);
}

function rounded(format: Format, value: Exact | Between, how: Rounding): Rounded {
  switch (format.kind) {
    case 'integer': return roundToInteger(format, value, how);
    case 'fixed': return roundToFixed(format, value, how);
    case 'float': return roundToFloat(format, value, how);
    case 'scale': return roundToScale(format, value, how);
  }
}

/**
 * A float as an integer, as RISC-V has it, whatever `isat` says: out of range gives the nearer limit and NaN the greatest, and either is
 * invalid (IEEE 754, 7.2) and not inexact.
 */
export function roundToIntegerFormat(format: Format, value: Exact | Between, direction: Direction, observe?: Observe): Rounded {
  return told(format, value, direction, toIntegerFormat(format, value, direction, observe), observe);
}

function toIntegerFormat(format: Format, value: Exact | Between, direction: Direction, observe?: Observe): Rounded {
  const least = leastInteger(format), greatest = greatestInteger(format);
  const limit = (integer: bigint): Rounded => ({ ...uneventful, bits: BigInt.asUintN(format.width, integer), saturated: true, invalid: true });
  if (value.kind === 'nan') return limit(greatest);
  if (value.kind === 'infinite') return limit(value.negative ? least : greatest);
  const { whole, inexact } = dropDigits(value, 0, direction, 0, observe), integer = value.negative ? -whole : whole;
  if (integer < least || integer > greatest) return limit(clip(integer, least, greatest));
  return { ...uneventful, bits: BigInt.asUintN(format.width, integer), inexact };
}

/** The value after rounding to `format` by nearest even, with infinities and subnormals: an inner rounding of an instruction. */
export function roundNearest(format: Format, value: Exact | Between, observe?: Observe): Exact {
  if (value.kind === 'nan' || value.kind === 'infinite') return value;
  return unpack(format, round(format, value, { ...nearest, nan: quietNan(format), observe }).bits);
}

/** The integer that `value` rounds to, without limits; infinities and NaN stay as they are. A zero keeps the value's sign. */
export function roundToWhole(value: Exact | Between, direction: Direction, observe?: Observe): { readonly value: Exact; readonly inexact: boolean } {
  if (value.kind === 'infinite' || value.kind === 'nan') return { value, inexact: false };
  if (value.kind === 'finite' && value.exponent >= 0) return { value, inexact: false };
  const { whole, inexact } = dropDigits(value, 0, direction, 0, observe);
  return { value: { kind: 'finite', negative: value.negative, significand: whole, exponent: 0 }, inexact };
}

/** The value an instruction reads: subnormal floats become zero under daz 1 (of their sign) and 2 (+0). */
export function readElement(format: Format, bits: bigint, daz: 0 | 1 | 2): Exact {
  const value = unpack(format, bits);
  if (daz === 0 || format.kind !== 'float' || value.kind !== 'finite' || isZero(value)) return value;
  if (bitLength(value.significand) > format.fractionBits) return value;
  return { ...plusZero, negative: daz === 1 && value.negative, flushed: true };
}

const nearest = { round: 'rne', isat: false, fsat: false, ftz: 0 } as const;
function told(format: Format, value: Exact | Between, direction: Direction, result: Rounded, observe: Observe | undefined): Rounded {
  observe?.({
    kind: 'rounded', format, value, direction, bits: result.bits, events: Object.entries(result).flatMap(([name, held]) => (held === true ? [name] : [])),
  });
  return result;
}
/** Of an element nothing is to be told. */
export const uneventful = {
  saturated: false, overflow: false, nan: false, invalid: false, divideByZero: false, underflow: false, inexact: false, flushed: false, lost: false,
} as const;

function roundToInteger(format: Format, value: Exact | Between, how: Rounding): Rounded {
  if (value.kind === 'nan' || value.kind === 'infinite') return toIntegerFormat(format, value, how.round);
  const memory = (integer: bigint): bigint => BigInt.asUintN(format.width, integer);
  const { whole, inexact } = dropDigits(value, 0, how.round, 0, how.observe);
  const integer = value.negative ? -whole : whole;
  const clipped = clip(integer, leastInteger(format), greatestInteger(format));
  if (clipped === integer) return { ...uneventful, bits: memory(integer), inexact };
  if (how.isat) return { ...uneventful, bits: memory(clipped), saturated: true };
  const wrapped = format.signed ? BigInt.asIntN(format.valueBits, integer) : BigInt.asUintN(format.valueBits, integer);
  return { ...uneventful, bits: memory(wrapped) };
}

/** A fixed format holds integers times 2^-fractionBits, always clips, and has neither infinity nor NaN: NaN gives the greatest. */
function roundToFixed(format: Format, value: Exact | Between, how: Rounding): Rounded {
  if (value.kind === 'nan') return { ...uneventful, bits: greatestInteger(format), invalid: true };
  if (value.kind === 'infinite') {
    const limit = value.negative ? leastInteger(format) : greatestInteger(format);
    return { ...uneventful, bits: BigInt.asUintN(format.width, limit), saturated: true };
  }
  return roundToInteger(format, { ...value, exponent: value.exponent + format.fractionBits }, { ...how, isat: true });
}

function roundToFloat(format: Format, value: Exact | Between, how: Rounding): Rounded {
  const greatest = greatestFiniteCode(format);
  if (value.kind === 'nan') {
    return hasNan(format) ? writtenNan(how, isInvalid(value)) : { ...uneventful, bits: pack(format, false, greatest), invalid: true };
  }
  if (value.kind === 'infinite') return outOfRange(format, value.negative, true, how);
  if (value.kind === 'finite' && value.significand === 0n) return { ...uneventful, bits: pack(format, value.negative, 0n) };
  const leastExponent = 1 - format.bias;
  const valueExponent = value.exponent + bitLength(value.significand) - 1;
  const binade = Math.max(valueExponent, leastExponent);
  // Without fraction bits the digit kept is always 1: even and odd are then those of the code, which is the exponent (IEEE P3109).
  const above = format.fractionBits === 0 ? binade - leastExponent : 0;
  const { whole, inexact } = dropDigits(value, binade - format.fractionBits, how.round, above, how.observe);
  // A carry into the next binade, or from the subnormals into the normals, is the carry of this addition.
  const code = (BigInt(binade - leastExponent) << BigInt(format.fractionBits)) + whole;
  if (code > greatest) {
    const unbounded = !staysFinite(how.round, value.negative);
    return { ...outOfRange(format, value.negative, unbounded, how), overflow: true, inexact: true };
  }
  const subnormal = how.ftz === 2 ? valueExponent < leastExponent : code < 1n << BigInt(format.fractionBits);
  if (how.ftz !== 0 && subnormal && (how.ftz === 2 || code !== 0n)) {
    return { ...uneventful, bits: pack(format, value.negative, 0n), underflow: true, inexact: true, flushed: true };
  }
  const underflow = inexact && valueExponent < leastExponent && isTiny(format, value, valueExponent, how.round);
  return { ...uneventful, bits: pack(format, value.negative, code), underflow, inexact };
}

/** Whether a value below the least normal stays there when it keeps all its digits: from the binade below it may round up to the least. */
function isTiny(format: Format, value: Finite | Between, valueExponent: number, direction: Direction): boolean {
  if (valueExponent < -format.bias) return true;
  return dropDigits(value, valueExponent - format.fractionBits, direction).whole < 2n << BigInt(format.fractionBits);
}

/** One digit of precision, on the unbounded exponent; half way between two powers nearest even goes up, as the digit kept is odd. */
function roundToScale(format: Format, value: Exact | Between, how: Rounding): Rounded {
  const most = (1 << format.exponentBits) - 2;
  if (value.kind === 'finite' && value.significand === 0n) return { ...uneventful, bits: 0n };
  if (value.kind === 'nan') return writtenNan(how, isInvalid(value));
  if (value.negative) return writtenNan(how, true);
  if (value.kind === 'infinite') return how.fsat ? { ...uneventful, bits: BigInt(most) } : writtenNan(how);
  const binade = value.exponent + bitLength(value.significand) - 1, { whole, inexact } = dropDigits(value, binade, how.round, 0, how.observe);
  const code = binade + format.bias + Number(whole) - 1;
  if (code > most) {
    const stays = how.fsat || staysFinite(how.round, false);
    return { ...(stays ? { ...uneventful, bits: BigInt(most) } : writtenNan(how)), overflow: true, inexact: true };
  }
  return { ...uneventful, bits: BigInt(Math.max(code, 0)), underflow: code < 0, inexact: inexact || code < 0 };
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

function writtenNan(how: Rounding, invalid = false): Rounded {
  return { ...uneventful, bits: how.nan, nan: true, invalid };
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

/** |value| / 2^exponent rounded to an integer magnitude; directions are those of the signed value. Even is what is so with `above` added. */
function dropDigits(value: Finite | Between, exponent: number, direction: Direction, above = 0, observe?: Observe): Dropped {
  // A magnitude strictly between two integers is rounded like the middle of them: no destination has digits that far down.
  const magnitude = value.kind === 'between' ? 2n * value.significand + 1n : value.significand;
  const below = exponent - (value.kind === 'between' ? value.exponent - 1 : value.exponent);
  // Shifts of 2^31 places do not fit a machine's memory; beyond these bounds the outcome no longer depends on the place.
  if (below <= 0) return { whole: magnitude << BigInt(Math.min(-below, mostPlaces)), inexact: false };
  const places = BigInt(Math.min(below, bitLength(magnitude) + 2));
  const truncated = magnitude >> places;
  const rest = magnitude - (truncated << places);
  const dropped = (whole: bigint): Dropped => {
    const shown = { place: exponent, negative: value.negative, kept: truncated, rest, places: below, direction, whole, between: value.kind === 'between' };
    observe?.({ kind: 'digits', ...shown });
    return { whole, inexact: rest !== 0n };
  };
  if (rest === 0n) return dropped(truncated);
  const half = 1n << (places - 1n);
  const odd = ((truncated + BigInt(above)) & 1n) === 1n;
  const away = typeof direction === 'string' ? leadsAway(direction, value.negative, odd, rest > half, rest === half)
    : direction.word < shareOf(rest, below);
  return dropped(away ? truncated + 1n : truncated);
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

function leadsAway(direction: RoundName, negative: boolean, odd: boolean, aboveHalf: boolean, tie: boolean): boolean {
  switch (direction) {
    case 'rz': return false;
    case 'rd': return negative;
    case 'ru': return !negative;
    case 'odd': return !odd;
    case 'rne': return aboveHalf || (tie && odd);
    case 'rna': return aboveHalf || tie;
    case 'rhu': return aboveHalf || (tie && !negative);
  }
}

function clip(integer: bigint, least: bigint, greatest: bigint): bigint {
  if (integer < least) return least;
  return integer > greatest ? greatest : integer;
}
