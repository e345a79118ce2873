//! lane-floats: fp32 lanes rounded once more, to a row of at most 16 bits.
import { EVENT_INEXACT, EVENT_UNDERFLOW } from './encoding';
import { FLOAT, countsAll, format, isFp32, numeric } from './element';
import { maxFinite } from './float';
import { everywhere, fillUp, isWhole, sumOf } from './lanes';
import { addEvents } from './rows';

/** Whether lanes of fp32 are rounded here, or are results as they stand: signed rows with fraction bits and both zeros. */
export function roundsHere(row: usize): bool {
  const specials = format.specials(row);
  if (isFp32(row)) return true;
  return format.kind(row) == FLOAT && format.width(row) <= 16 && format.signed(row) != 0 && format.fractionBits(row) != 0 && specials != 3 && specials != 5;
}

/**
 * Lanes become codes of a row, up to four of which one overflows, is no number or is not what it seems; returns how many. A lane that was rounded
 * before is rounded to odd. Subnormals of the row come of a sum with a number of whose last place theirs is, to nearest even. Fewer than 16 stand at `to`
 * already.
 * `short` codes, of whole runs, are laid down in 16 bits each, others in lanes.
 */
export function roundFloats(row: usize, mode: usize, from: usize, to: usize, count: u32, short: bool): u32 {
  if (!count) return 0;
  if (!isWhole(count)) fillUp(to, count, 0);
  // The shifts of the most usual rows are constants, which are one instruction where others are four.
  const shift = 23 - <i32>format.fractionBits(row), above = 31 - <i32>(format.exponentBits(row) + format.fractionBits(row));
  if (numeric.round(mode)) return otherwise(shift, above, row, mode, from, to, count, short);
  if (shift == 16 && above == 16) return rounded(16, 16, false, row, mode, from, to, count, short);
  if (shift == 13 && above == 16) return rounded(13, 16, false, row, mode, from, to, count, short);
  return rounded(shift, above, false, row, mode, from, to, count, short);
}
/** Not to nearest even, and not stochastically. */
@apart function otherwise(shift: i32, above: i32, row: usize, mode: usize, from: usize, to: usize, count: u32, short: bool): u32 {
  return rounded(shift, above, true, row, mode, from, to, count, short);
}
/** What is added to a magnitude before its last digits are cut off; to odd nothing, the last digit that stays is set instead. */
function termOf(round: u32, negative: bool, shift: i32): i32 {
  const half = 1 << (shift - 1), below = (1 << shift) - 1;
  switch (round) {
    case 2: return negative ? below : 0;
    case 3: return negative ? 0 : below;
    case AWAY: return half;
    case TIES_UP: return half - <i32>negative;
    default: return 0;
  }
}
const AWAY: u32 = 4, TIES_UP: u32 = 5, TO_ODD: u32 = 6;

const ONE: usize = memory.data<i32>([1]), MAGNITUDE: usize = memory.data<i32>([0x7fff_ffff]);

@inline function rounded(shift: i32, above: i32, directed: bool, row: usize, mode: usize, from: usize, to: usize, count: u32, short: bool): u32 {
  const fractionBits = <i32>format.fractionBits(row), bias = format.bias(row), leastNormal = (128 - bias) << 23, zero = i32x4.splat(0), one = everywhere(ONE);
  const magnitude = everywhere(MAGNITUDE), least = i32x4.splat(leastNormal), near = i32x4.splat(leastNormal - (1 << shift)), ftz = numeric.ftz(mode) != 0;
  const half = i32x4.splat((1 << (shift - 1)) - 1), below = i32x4.splat((1 << shift) - 1), base = i32x4.splat((127 - bias) << fractionBits);
  const most = i32x4.splat(<i32>maxFinite(row)), magic = i32x4.splat((128 - bias + shift) << 23), sign = i32x4.splat(<i32>(<u32>1 << 31 >>> above));
  const round = numeric.round(mode), positive = directed ? i32x4.splat(termOf(round, false, shift)) : zero, negative = directed ? i32x4.splat(termOf(round, true, shift)) : zero;
  const odd = directed ? i32x4.splat(<i32>(round == TO_ODD)) : zero, aboutHalf = directed && (round == AWAY || round == TIES_UP);
  let exact = zero, underflow = zero, done: u32 = 0;
  // Tested at its end, and what it takes before its first branch: V8 then keeps what does not change out of the loop (measured).
  do {
    const bits = v128.load(from + (<usize>done << 2)), size = v128.and(bits, magnitude);
    const term = directed ? v128.bitselect(negative, positive, i32x4.shr_s(bits, 31)) : i32x4.add(half, v128.and(i32x4.shr_u(size, shift), one));
    let code = i32x4.sub(i32x4.shr_u(i32x4.add(size, term), shift), base), same = i32x4.eq(v128.and(size, below), zero);
    if (directed) code = v128.or(code, v128.andnot(odd, same));
    let care = i32x4.gt_s(code, most);
    const small = i32x4.lt_s(size, least), signs = v128.and(i32x4.shr_u(bits, above), sign);
    if (v128.any_true(v128.or(care, small))) {
      const none = i32x4.eq(size, zero), subnormal = v128.andnot(small, none), sum = f32x4.add(size, magic), nearest = f32x4.sub(sum, magic);
      const kept = f32x4.eq(nearest, size), unclear = ftz ? small : aboutHalf ? v128.not(kept) : i32x4.ge_s(size, near);
      care = v128.or(care, v128.and(subnormal, unclear));
      if (v128.any_true(care)) break;
      let few = i32x4.sub(sum, magic);
      if (directed) {
        few = i32x4.add(few, f32x4.gt(nearest, size));                    // cut off, and up again where the direction says so
        few = v128.or(i32x4.sub(few, v128.andnot(i32x4.ne(term, zero), kept)), v128.andnot(odd, kept));
      }
      code = v128.andnot(v128.bitselect(few, code, subnormal), none);
      same = v128.bitselect(kept, same, subnormal);
      underflow = i32x4.sub(underflow, v128.andnot(subnormal, kept));
    }
    exact = i32x4.sub(exact, same);
    const codes = v128.or(code, signs);
    if (short) v128.store64_lane(to + (<usize>done << 1), i16x8.narrow_i32x4_u(codes, codes), 0);
    else v128.store(to + (<usize>done << 2), codes);
    done += 4;
  } while (done < count);
  if (countsAll()) {
    addEvents(EVENT_INEXACT, done - sumOf(exact));
    addEvents(EVENT_UNDERFLOW, sumOf(underflow));
  }
  return min(done, count);
}
