//! accumulator: what a float dot product leaves behind: values rounded once to the accumulator's format, of which some digits are kept.
import { OVERFLOW, format, raise, readElement, writeElement } from './element';
import { nanCode } from './float';
import { settle } from './rows';
import { SEEN_INFINITIES, SEEN_NAN, SEEN_NEGATIVE_INFINITY, SEEN_PLUS } from './terms';
import { anyBelow, bitAt, bitLength, roundsUp, shiftLeftLow, shiftRightLow } from './wide';
import { fp32OfHalf } from './widen';

/** All digits of the fraction are kept. */
export const KEEP_ALL: u32 = 255;

/** The fp32 number that an accumulator's code is: fp16 or fp32. */
@inline export function widened(row: usize, code: u32): u32 { return format.width(row) == 16 ? fp32OfHalf(code) : code; }
@inline export function isFiniteCode(row: usize, code: u32): bool {
  const field: u32 = format.width(row) == 16 ? 0x7c00 : 0x7f80_0000;
  return (code & field) != field;
}

@inline function signBit(row: usize, negative: bool): u32 { return negative ? <u32>1 << (format.width(row) - 1) : 0; }
@inline function infinity(row: usize): u32 { return ((<u32>1 << format.exponentBits(row)) - 1) << format.fractionBits(row); }

/**
 * The code of +-(high:low) x 2^exponent, not zero, `sticky` where something lies below, rounded to a float row of which `keep` digits of
 * the fraction are kept. What overflows is infinite in every direction; `ftz` 1 flushes after rounding, 2 before.
 */
export function rounded(
  row: usize, negative: bool, exponent: i32, high: u64, low: u64, sticky: bool, round: u32, keep: u32, ftz: u32,
): u32 {
  const fractionBits = format.fractionBits(row), kept = min(keep, fractionBits), bias = format.bias(row), least = 1 - bias;
  const top = exponent + bitLength(high, low) - 1;
  if (ftz == 2 && top < least) return signBit(row, negative);
  const down = max(top, least) - <i32>kept - exponent;
  let digits: u64;
  if (down > 0) {
    digits = shiftRightLow(high, low, down);
    const below = sticky || anyBelow(high, low, down - 1);
    if (roundsUp(round, negative, (digits & 1) != 0, bitAt(high, low, down - 1), below)) digits++;
  } else {
    digits = shiftLeftLow(low, -down);
  }
  // The field of a normal number is one more than what is added here: its leading digit carries into it.
  const field = top < least ? 0 : top + bias - 1;
  if (field > 2 * bias) return signBit(row, negative) | infinity(row);
  const code = ((<u32>field << kept) + <u32>digits) << (fractionBits - kept);
  if (code >= infinity(row)) return signBit(row, negative) | infinity(row);
  if (ftz == 1 && code < <u32>1 << fractionBits) return signBit(row, negative);
  return signBit(row, negative) | code;
}

/** The code of a sum in units of 2^unit; an exact zero is -0 where `zeroIsNegative`. */
@inline export function roundedSum(row: usize, sum: i64, unit: i32, round: u32, keep: u32, ftz: u32, zeroIsNegative: bool): u32 {
  if (sum == 0) return signBit(row, zeroIsNegative);
  const negative = sum < 0;
  return rounded(row, negative, unit, 0, negative ? 0 - sum : sum, false, round, keep, ftz);
}

/** A NaN that is not signalling, which the profile's replaces when it is written. */
@inline export function quietNan(row: usize): u32 { return infinity(row) | (<u32>1 << (format.fractionBits(row) - 1)); }

/** The code of a step of which a term was an Inf or a NaN. */
export function special(row: usize, seen: u32): u32 {
  if ((seen & SEEN_NAN) != 0 || (seen & SEEN_INFINITIES) == SEEN_INFINITIES) return quietNan(row);
  return signBit(row, (seen & SEEN_NEGATIVE_INFINITY) != 0) | infinity(row);
}

/** Whether a zero step is -0: `ieee` where every addend was. */
@inline export function negativeZero(ieee: bool, seen: u32): bool { return ieee && (seen & SEEN_PLUS) == 0; }

/** Where a kernel has no -0 a result that is rounded to zero is none either. */
@inline export function plusZero(row: usize, code: u32): u32 { return code == signBit(row, true) ? 0 : code; }

@inline export function readAccumulator(row: usize, at: usize): u32 { return <u32>readElement(<u64>at << 3, format.width(row)); }

/** Writes the accumulator: a NaN as the profile's, an Inf of finite numbers alone counted. */
export function writeAccumulator(row: usize, at: usize, code: u32, finite: bool): void {
  const bare = code & ~signBit(row, true), most = infinity(row);
  let written = code;
  if (bare > most) written = <u32>nanCode(row);
  else if (bare == most && finite) raise(OVERFLOW);
  settle();
  writeElement(<u64>at << 3, format.width(row), written);
}
