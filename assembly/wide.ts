//! wide: 128-bit integers as two 64-bit words, each function returning one word.
import { STOCHASTIC, word } from './philox';

/** Upper 64 bits of the unsigned product. */
@apart export function mulHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xFFFFFFFF, aHigh = a >>> 32, bLow = b & 0xFFFFFFFF, bHigh = b >>> 32;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 32);
  const other = aLow * bHigh + (middle & 0xFFFFFFFF);
  return aHigh * bHigh + (middle >>> 32) + (other >>> 32);
}

/** Upper 64 bits of the signed product of two numbers of at most 32 bits, with sign or without: nothing but sign. */
@inline export function productHigh(a: i64, b: i64): i64 { return a * b != 0 ? (a ^ b) >> 63 : 0; }

@inline export function addHigh(aHigh: i64, aLow: u64, bHigh: i64, bLow: u64): i64 {
  return aHigh + bHigh + <i64>(aLow + bLow < aLow);
}

@inline export function subtractHigh(aHigh: i64, aLow: u64, bHigh: i64, bLow: u64): i64 {
  return aHigh - bHigh - <i64>(aLow < bLow);
}

/** Upper word of -(high:low); the lower is 0 - low. */
@inline export function negateHigh(high: i64, low: u64): i64 {
  return ~high + <i64>(low == 0);
}

/** Signed comparison. */
@inline export function lessThan(aHigh: i64, aLow: u64, bHigh: i64, bLow: u64): bool {
  return aHigh < bHigh || (aHigh == bHigh && aLow < bLow);
}

/** Bits up to the leading one of an unsigned word pair; 0 for 0. */
@inline export function bitLength(high: u64, low: u64): i32 {
  return high != 0 ? 128 - <i32>clz<u64>(high) : 64 - <i32>clz<u64>(low);
}

/** Upper word of (high:low) << count, count >= 0. */
@apart export function shiftLeftHigh(high: u64, low: u64, count: i32): u64 {
  if (count == 0) return high;
  if (count < 64) return (high << count) | (low >>> (64 - count));
  return count < 128 ? low << (count - 64) : 0;
}

@inline export function shiftLeftLow(low: u64, count: i32): u64 {
  return count < 64 ? low << count : 0;
}

/** Upper word of (high:low) >>> count, count >= 0. */
@inline export function shiftRightHigh(high: u64, count: i32): u64 {
  return count < 64 ? high >>> count : 0;
}

@apart export function shiftRightLow(high: u64, low: u64, count: i32): u64 {
  if (count == 0) return low;
  if (count < 64) return (low >>> count) | (high << (64 - count));
  return count < 128 ? high >>> (count - 64) : 0;
}

/** Whether (high:low) has a one below bit `count`; count may be anything. */
@apart export function anyBelow(high: u64, low: u64, count: i32): bool {
  if (count <= 0) return false;
  if (count < 64) return (low << (64 - count)) != 0;
  if (count == 64) return low != 0;
  if (count < 128) return low != 0 || (high << (128 - count)) != 0;
  return (high | low) != 0;
}

/** Bit `index` of (high:low); 0 outside. */
@inline export function bitAt(high: u64, low: u64, index: i32): bool {
  if (index < 0 || index > 127) return false;
  return ((index < 64 ? low >>> index : high >>> (index - 64)) & 1) != 0;
}

/**
 * The half among the bits that (high:low) drops below bit `count`: the highest of them. In stochastic rounding whether the word of the
 * element is below the highest 32, which is as much as the decision needs.
 */
@inline export function halfAt(round: u32, high: u64, low: u64, count: i32): bool {
  return round == STOCHASTIC ? word() < share(high, low, count) : bitAt(high, low, count - 1);
}

/** The same of one word of digits, of which the highest comes next after what is kept. */
@inline export function halfOf(round: u32, digits: u64): bool { return round == STOCHASTIC ? word() < <u32>(digits >>> 32) : <i64>digits < 0; }

/** The 32 bits below bit `count`, count >= 0; bits that are not there are 0. */
@apart function share(high: u64, low: u64, count: i32): u32 {
  return <u32>(count < 32 ? low << (32 - count) : shiftRightLow(high, low, count - 32));
}

/** The one rounding decision: whether a truncated magnitude goes up, by its lowest bit, the next, and whether anything lies below. */
@inline export function roundsUp(round: u32, negative: bool, odd: bool, half: bool, below: bool): bool {
  switch (round) {
    case 0: return half && (below || odd);                 // nearest, ties to even
    case 2: return negative && (half || below);            // toward -inf
    case 3: return !negative && (half || below);           // toward +inf
    case 4: return half;                                   // nearest, ties away
    case 5: return half && (below || !negative);           // nearest, ties toward +inf
    case 6: return !odd && (half || below);                // to odd
    case STOCHASTIC: return half;                          // as the word of the element says, see halfAt
    default: return false;                                 // toward zero
  }
}
