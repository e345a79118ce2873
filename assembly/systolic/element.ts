//! element: what one PE adds to its partial sum, with what is added behind the array.
import { addExact, integerCode, LEFT, multiplyExact, pack, RESULT, RIGHT, unpack } from '../float';
import { integerOf, isFloat } from '../element';
import { addHigh } from '../wide';
import { array, CHAIN } from './array';

/** p + a x w: exact, or wrapped to the width of partial sums; of floats one fused multiply-add, nearest even. */
@inline export function multiplyAdd(p: i64, a: i32, w: i32): i64 {
  if (array.kind() == CHAIN) return fused(p, a, w);
  const sum = p + <i64>a * <i64>w, bits = array.psumBits();
  return bits ? wrapped(sum, bits) : sum;
}

function fused(p: i64, a: i32, w: i32): i64 {
  const row = array.accumulator();
  unpack(LEFT, array.activation(), <u32>a, array.daz());
  unpack(RIGHT, array.weight(), <u32>w, array.daz());
  multiplyExact(RESULT, LEFT, RIGHT);
  unpack(RIGHT, row, p, 0);
  addExact(RESULT, RESULT, RIGHT, 0);
  return pack(row, RESULT, 0, 0, 0, array.ftz(), false);
}

@inline function wrapped(sum: i64, bits: u32): i64 {
  const unused = <i64>(64 - bits);
  return sum << unused >> unused;
}

/** The accumulator's code c + p: of integers wrapped or saturated, of floats one addition, nearest even. */
export function addBehind(row: usize, c: u64, p: i64, isat: u32): u64 {
  if (!isFloat(row)) {
    const before = integerOf(row, c);
    return integerCode(row, addHigh(before >> 63, <u64>before, p >> 63, <u64>p), <u64>before + <u64>p, isat);
  }
  unpack(LEFT, row, c, array.daz());
  unpack(RIGHT, row, p, 0);
  addExact(RESULT, LEFT, RIGHT, 0);
  return pack(row, RESULT, 0, 0, 0, array.ftz(), false);
}

/** C as a chain begins with it: subnormals may read as zero. */
export function startOf(row: usize, c: u64, daz: u32): u64 {
  if (!daz) return c;
  unpack(LEFT, row, c, daz);
  return pack(row, LEFT, 0, 0, 0, 0, false);
}
