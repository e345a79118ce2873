//! depthwise: integer dot products of channels, each with its own column of weights, taps two by two.
import { format } from './encoding';
import { carry, narrowWrite, plan, wideRow } from './multiply';
import { runs } from './tile';

/** Sums of 16 channels. */
const SUMS: usize = memory.data(64, 16);

/** One row of up to 16 channels: taps of 16 i16 each in the tile, an odd one followed by zeros. */
export function multiplyTaps(at: usize, tile: usize, column: u32, width: u32, acc: usize): void {
  if (!plan.narrow(at) || plan.zpw(at)) {
    wideRow(at, tile, 64, acc, column, width);
    return;
  }
  const panel = panelOf(at, column), end = panel + (<usize>((plan.depth(at) + 1) >>> 1) << 6);
  const terms = plan.terms(at) + (<usize>column << 2);
  if (ASC_FEATURE_SIMD) {
    let c0 = v128.load(terms), c1 = v128.load(terms, 16), c2 = v128.load(terms, 32), c3 = v128.load(terms, 48), a = tile;
    for (let w = panel; w < end; w += 64, a += 64) {
      const x = v128.load(a), y = v128.load(a, 32), xHigh = v128.load(a, 16), yHigh = v128.load(a, 48);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(lowPairs(x, y), v128.load(w)));
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(highPairs(x, y), v128.load(w, 16)));
      c2 = i32x4.add(c2, i32x4.dot_i16x8_s(lowPairs(xHigh, yHigh), v128.load(w, 32)));
      c3 = i32x4.add(c3, i32x4.dot_i16x8_s(highPairs(xHigh, yHigh), v128.load(w, 48)));
    }
    write(at, acc, width, c0, c1, c2, c3);
  } else {
    for (let i: usize = 0; i < <usize>width; i++) {
      let sum = load<i32>(terms + (i << 2)), a = tile + (i << 1);
      for (let w = panel + (i << 2); w < end; w += 64, a += 64) {
        sum += <i32>load<i16>(a) * <i32>load<i16>(w) + <i32>load<i16>(a, 32) * <i32>load<i16>(w, 2);
      }
      narrowWrite(at, acc + (i << 2), sum);
    }
  }
}

/** Rows of 16 channels straight from 16 bytes a tap, `step` bytes from row to row, without a tile; false where they do not go this way. */
export function multiplyBytes(at: usize, taps: usize, from: usize, step: usize, rows: u32, column: u32, width: u32, acc: usize, stride: isize): bool {
  if (!ASC_FEATURE_SIMD || width != 16 || !plan.narrow(at) || plan.zpw(at) || format.bits(runs.row(taps)) != 8) return false;
  if (format.signed(runs.row(taps))) byteRows(at, taps, from, step, rows, column, acc, stride, true);
  else byteRows(at, taps, from, step, rows, column, acc, stride, false);
  return true;
}

@inline function byteRows(at: usize, taps: usize, from: usize, step: usize, rows: u32, column: u32, acc: usize, stride: isize, signed: bool): void {
  const depth = plan.depth(at), terms = plan.terms(at) + (<usize>column << 2), panel = panelOf(at, column);
  let source = from, to = acc;
  for (let row: u32 = 0; row < rows; row++, source += step, to += <usize>stride) {
    let c0 = v128.load(terms), c1 = v128.load(terms, 16), c2 = v128.load(terms, 32), c3 = v128.load(terms, 48), w = panel;
    for (let tap: u32 = 0; tap < depth; tap += 2, w += 64) {
      const first = v128.load(source + <usize>(runs.offset(taps, tap) >>> 3));
      const second = tap + 1 < depth ? v128.load(source + <usize>(runs.offset(taps, tap + 1) >>> 3)) : i8x16.splat(0);
      const low = v128.shuffle<i8>(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const high = v128.shuffle<i8>(first, second, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(signed ? i16x8.extend_low_i8x16_s(low) : i16x8.extend_low_i8x16_u(low), v128.load(w)));
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(signed ? i16x8.extend_high_i8x16_s(low) : i16x8.extend_high_i8x16_u(low), v128.load(w, 16)));
      c2 = i32x4.add(c2, i32x4.dot_i16x8_s(signed ? i16x8.extend_low_i8x16_s(high) : i16x8.extend_low_i8x16_u(high), v128.load(w, 32)));
      c3 = i32x4.add(c3, i32x4.dot_i16x8_s(signed ? i16x8.extend_high_i8x16_s(high) : i16x8.extend_high_i8x16_u(high), v128.load(w, 48)));
    }
    write(at, to, 16, c0, c1, c2, c3);
  }
}

@inline function panelOf(at: usize, column: u32): usize {
  return plan.panels(at) + <usize>(column >>> 4) * (<usize>((plan.depth(at) + 1) >>> 1) << 6);
}
@inline function lowPairs(x: v128, y: v128): v128 { return v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11); }
@inline function highPairs(x: v128, y: v128): v128 { return v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15); }

/** Sums to accumulators: all at once where 16 of them wrap or none is to be saturated. */
function write(at: usize, acc: usize, width: u32, c0: v128, c1: v128, c2: v128, c3: v128): void {
  if (width == 16 && plan.psumBits(at) == 0) {
    const none = i32x4.splat(0), adds = plan.adds(at);
    const old0 = adds ? v128.load(acc) : none, old1 = adds ? v128.load(acc, 16) : none;
    const old2 = adds ? v128.load(acc, 32) : none, old3 = adds ? v128.load(acc, 48) : none;
    const carries = v128.or(v128.or(carry(c0, old0), carry(c1, old1)), v128.or(carry(c2, old2), carry(c3, old3)));
    if (!plan.isat(at) || !i32x4.bitmask(carries)) {
      v128.store(acc, i32x4.add(c0, old0));
      v128.store(acc, i32x4.add(c1, old1), 16);
      v128.store(acc, i32x4.add(c2, old2), 32);
      v128.store(acc, i32x4.add(c3, old3), 48);
      return;
    }
  }
  v128.store(SUMS, c0);
  v128.store(SUMS, c1, 16);
  v128.store(SUMS, c2, 32);
  v128.store(SUMS, c3, 48);
  for (let i: usize = 0; i < <usize>width; i++) narrowWrite(at, acc + (i << 2), load<i32>(SUMS + (i << 2)));
}
