//! lane-floats: fp32 lanes rounded once more, to nearest even, to a row of at most 16 bits.
import { EVENT_INEXACT, EVENT_UNDERFLOW } from './encoding';
import { FLOAT, countsAll, format, isFp32, numeric } from './element';
import { maxFinite } from './float';
import { fillUp, isWhole, sumOf } from './lanes';
import { addEvents } from './rows';

/** Whether lanes of fp32 are rounded here, or are results as they stand: signed rows with fraction bits and both zeros. */
export function roundsHere(row: usize): bool {
  const specials = format.specials(row);
  if (isFp32(row)) return true;
  return format.kind(row) == FLOAT && format.width(row) <= 16 && format.signed(row) != 0 && format.fractionBits(row) != 0 && specials != 3 && specials != 5;
}

/**
 * Lanes become codes of a row, in place, up to four of which one overflows, is no number or is not what it seems; returns how many. A lane that
 * was rounded before is rounded to odd. Subnormals of the row come of a sum with a number of whose last place theirs is.
 */
export function roundFloats(row: usize, mode: usize, lanes: usize, count: u32): u32 {
  const fractionBits = <i32>format.fractionBits(row), exponentBits = <i32>format.exponentBits(row), bias = format.bias(row), shift = 23 - fractionBits;
  const leastNormal = (128 - bias) << 23, zero = i32x4.splat(0), one = i32x4.splat(1), ftz = numeric.ftz(mode) != 0, counts = countsAll();
  const magnitude = i32x4.splat(0x7fff_ffff), least = i32x4.splat(leastNormal), near = i32x4.splat(leastNormal - (1 << shift));
  const half = i32x4.splat((1 << (shift - 1)) - 1), below = i32x4.splat((1 << shift) - 1), base = i32x4.splat((127 - bias) << fractionBits);
  const most = i32x4.splat(<i32>maxFinite(row)), magic = i32x4.splat((128 - bias + shift) << 23), sign = i32x4.splat(1 << (exponentBits + fractionBits));
  let inexact = zero, underflow = zero, done: u32 = 0;
  if (!isWhole(count)) fillUp(lanes, count, 0);
  for (; done < count; done += 4) {
    const at = lanes + (<usize>done << 2), bits = v128.load(at), size = v128.and(bits, magnitude);
    let code = i32x4.sub(i32x4.shr_u(i32x4.add(size, i32x4.add(half, v128.and(i32x4.shr_u(size, shift), one))), shift), base);
    let differs = i32x4.ne(v128.and(size, below), zero), care = i32x4.gt_s(code, most), tiny = zero;
    const small = i32x4.lt_s(size, least);
    if (v128.any_true(small)) {
      const none = i32x4.eq(size, zero), subnormal = v128.andnot(small, none), sum = f32x4.add(size, magic);
      const lost = f32x4.ne(f32x4.sub(sum, magic), size);
      care = v128.or(care, v128.and(subnormal, ftz ? small : i32x4.ge_s(size, near)));
      code = v128.andnot(v128.bitselect(i32x4.sub(sum, magic), code, subnormal), none);
      differs = v128.bitselect(lost, differs, subnormal);
      tiny = v128.and(subnormal, lost);
    }
    if (v128.any_true(care)) break;
    inexact = i32x4.sub(inexact, differs);
    underflow = i32x4.sub(underflow, tiny);
    v128.store(at, v128.or(code, v128.and(i32x4.shr_u(bits, 31 - exponentBits - fractionBits), sign)));
  }
  if (counts) {
    addEvents(EVENT_INEXACT, sumOf(inexact));
    addEvents(EVENT_UNDERFLOW, sumOf(underflow));
  }
  return min(done, count);
}
