//! channels: what the epilogue needs to know of 16 columns, laid out for lanes: offsets, multipliers, roundings, shifts.
import { numeric } from './element';
import { SECOND } from './lanes';

/** Sixteen of each: i32 or fp32 words, then i64 words. */
export const OFFSET: usize = SECOND, MULTIPLIER: usize = SECOND + 64, SLOPE: usize = SECOND + 128, POWER: usize = SECOND + 192;
/** What is added before the first shift, what more of a negative product, and the bits that are shifted out. */
export const ROUNDING: usize = SECOND + 256, NEGATIVE: usize = SECOND + 384, DROPPED: usize = SECOND + 512;
/** The same for the second shift, of i32. */
export const ROUNDING2: usize = SECOND + 640, NEGATIVE2: usize = SECOND + 704, DROPPED2: usize = SECOND + 768;

/** Of numbers that are near, f64: the factor, and what is added to a product, the first of them with the product's sign. Where the second shift of gemmlowp's has its own. */
export const FACTOR: usize = ROUNDING2, LEAN: usize = ROUNDING2 + 128, NUDGE: usize = ROUNDING2 + 256;

const SCALED: u32 = 1, GEMMLOWP: u32 = 2, TOSA: u32 = 3;
const NEAREST_EVEN: u32 = 0, ZERO: u32 = 1, DOWN: u32 = 2, UP: u32 = 3, HALF_AWAY: u32 = 4;
/** Shifts by so much at least leave enough room for the numbers. */
const LEAST_SHIFT: i32 = 16;
/** Offsets up to here cannot bring a number out of 32 bits and back into reach. */
const FAR: i64 = 1 << 29;

/**
 * Sixteen columns of an integer epilogue, from the rows of the table at `words` (0 without one); those from `count` on are filled up. Returns the
 * first shift, or 0 where a column is out of the ordinary. A number u below 2^(shift - 1) times a multiplier, rounded, then keeps within 31 bits
 * after the first shift, and the second, by a multiplication with a power of two, is at most 30.
 */
export function integerChannels(words: usize, step: isize, count: u32, mode: usize, zpa: i64): i32 {
  const scale = numeric.scale(mode);
  let shift = 31;
  if (scale == SCALED || scale == TOSA) {
    for (let i: u32 = 0; i < count; i++) {
      const right = rightOf(scale, words + <usize>(<isize>i * step));
      if (right < LEAST_SHIFT) return 0;
      shift = min(shift, right);
    }
  }
  for (let i: u32 = 0; i < 16; i++) {
    const at = columnOf(words, step, i, count), place = <usize>i << 2;
    const offset = (words ? <i64>load<i32>(at) : 0) - zpa;
    if (offset < -FAR || offset > FAR) return 0;
    store<i32>(OFFSET + place, <i32>offset);
    if (scale == 0) continue;
    const multiplier = load<i32>(at, 4), right = rightOf(scale, at), more = right - shift;
    if (more < 0 || more > 30 || (scale == TOSA && multiplier <= 0)) return 0;
    store<i32>(MULTIPLIER + place, multiplier);
    store<i32>(POWER + place, 1 << (30 - more));
    const round = numeric.round(mode), wide = <usize>i << 3;
    if (scale == GEMMLOWP) {
      setRounding(wide, 31, numeric.round2(mode));
      store<i32>(ROUNDING2 + place, <i32>rounding(more, round));
      store<i32>(NEGATIVE2 + place, <i32>negative(more, round));
      store<i32>(DROPPED2 + place, more ? (1 << more) - 1 : -1);         // what drops no bits has no ties
    } else if (scale == TOSA) {
      store<i64>(ROUNDING + wide, ((<i64>1) << (right - 1)) + (right > 31 ? 0x4000_0000 : 0));
      store<i64>(NEGATIVE + wide, right > 31 ? -0x8000_0000 : 0);
    } else setRounding(wide, right, round);
  }
  return shift;
}

/** The row of a column; those that fill up have the first one's. */
@inline function columnOf(words: usize, step: isize, column: u32, count: u32): usize {
  return column < count ? words + <usize>(<isize>column * step) : words;
}

/** How far a product is shifted in all; a left shift of gemmlowp's comes out below 31. */
@inline function rightOf(scale: u32, words: usize): i32 {
  const right = 31 - <i32>load<i8>(words, 8);
  return scale == TOSA ? max(2, min(62, right)) : right;
}

@inline function setRounding(place: usize, right: i32, round: u32): void {
  store<i64>(ROUNDING + place, rounding(right, round));
  store<i64>(NEGATIVE + place, negative(right, round));
  store<i64>(DROPPED + place, ((<i64>1) << right) - 1);
}

/** The floor of a sum is its rounding by a direction when this is added, and `negative` to what is below zero; ties to even need a look. */
@inline function rounding(right: i32, round: u32): i64 {
  if (right == 0 || round == ZERO) return 0;
  if (round == UP) return ((<i64>1) << right) - 1;
  return round == NEAREST_EVEN || round >= HALF_AWAY ? (<i64>1) << (right - 1) : 0;
}
@inline function negative(right: i32, round: u32): i64 {
  if (right == 0) return 0;
  return round == HALF_AWAY ? -1 : round == ZERO ? ((<i64>1) << right) - 1 : 0;
}

/** Shifts whose products, numbers that near, stay within 31 bits, and of which a double has a bit behind the last. */
const NEAR_LEAST: i32 = 23, NEAR_MOST: i32 = 50;

/**
 * What numbers that are near need beside: the nearest integer, ties to even, of a product and what is added to it is the rounding of the product. All but
 * that is exact in a double's 53 bits: 31 of a multiplier, one behind the last where half a unit is added, one before the first where much is. Only the
 * product of -2^21 and -2^31 has no room for half a unit, and is an integer. Returns the bits that are left to a number; 0 where a column's shift is none of these.
 */
export function nearChannels(words: usize, step: isize, count: u32, mode: usize): i32 {
  const scale = numeric.scale(mode), round = numeric.round(mode);
  if (scale != SCALED && scale != TOSA) return 0;
  for (let i: u32 = 0; i < 16; i++) {
    const at = columnOf(words, step, i, count), right = rightOf(scale, at), place = <usize>i << 3, unit = power(-1 - right);
    if (right < NEAR_LEAST || right > NEAR_MOST) return 0;
    let lean = 0.0, nudge = 0.0;
    if (scale == TOSA) {
      if (right > 31) lean = power(30 - right);
      nudge = unit;
    } else if (round == ZERO) lean = unit - 0.5;
    else if (round == DOWN) nudge = unit - 0.5;
    else if (round == UP) nudge = 0.5 - unit;
    else if (round == HALF_AWAY) lean = unit;
    else if (round != NEAREST_EVEN) nudge = unit;
    store<f64>(FACTOR + place, <f64>load<i32>(at, 4) * power(-right));
    store<f64>(LEAN + place, lean);
    store<f64>(NUDGE + place, nudge);
  }
  if (scale == TOSA || (round != NEAREST_EVEN && round < HALF_AWAY)) return 20;
  return round == NEAREST_EVEN ? 22 : 21;
}
@inline function power(exponent: i32): f64 { return reinterpret<f64>(<u64>(1023 + exponent) << 52); }

/** Whether a mode's directions are those that a sum and a floor give. */
export function roundsBySum(mode: usize): bool {
  if (numeric.scale(mode) == GEMMLOWP) return numeric.round(mode) < 6 && numeric.round2(mode) < 6 && numeric.round2(mode) != NEAREST_EVEN;
  return numeric.scale(mode) == 0 || numeric.scale(mode) == TOSA || numeric.round(mode) < 6;
}

/** The same of an epilogue in fp32, whose words are numbers here; `single`: the offset is one of them. False where a word is not. */
export function floatChannels(words: usize, step: isize, count: u32, mode: usize, zpa: i64, single: bool, leaky: bool): bool {
  const scale = numeric.scale(mode);
  for (let i: u32 = 0; i < 16; i++) {
    const at = columnOf(words, step, i, count), place = <usize>i << 2;
    if (single) {
      const bias = words ? load<f32>(at) : -0.0;                         // what adds nothing, to no zero either
      if (!isFinite(bias)) return false;
      store<f32>(OFFSET + place, bias);
    } else {
      const offset = <i64>load<i32>(at) - zpa;                            // integers that are scaled have a table
      if (offset < -FAR || offset > FAR) return false;
      store<i32>(OFFSET + place, <i32>offset);
    }
    const factor = scale >= 4 ? load<f32>(at, 4) : 1, slope = leaky ? load<f32>(at, 12) : 1;
    if (!isFinite(factor) || !isFinite(slope) || (scale == 5 && factor == 0)) return false;
    store<f32>(MULTIPLIER + place, factor);
    store<f32>(SLOPE + place, slope);
  }
  return true;
}
