//! depthwise: integer dot products of channels, each with its own column of weights, taps two by two.
import { format } from './encoding';
import { carry, narrowWrite, plan, wideRow } from './multiply';
import { eight, runs } from './tile';

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

/** Rows of 16 channels straight from 16 bytes a tap, `step` bytes from row to row; `room` takes where the taps lie. False where they do not go this way. */
export function multiplyBytes(at: usize, taps: usize, room: usize, from: usize, step: usize, rows: u32, column: u32, width: u32, acc: usize, stride: isize): bool {
  if (!ASC_FEATURE_SIMD || width != 16 || !plan.narrow(at) || plan.zpw(at) || format.bits(runs.row(taps)) != 8) return false;
  const end = listPairs(taps, room, plan.depth(at));
  if (format.signed(runs.row(taps))) byteRows(at, room, end, from, step, rows, column, acc, stride, true);
  else byteRows(at, room, end, from, step, rows, column, acc, stride, false);
  return true;
}

/** Byte offsets of the taps, two by two; the weights beside an odd one are 0, whatever it is multiplied with. Returns the end of the list. */
function listPairs(taps: usize, to: usize, depth: u32): usize {
  let at = to;
  for (let tap: u32 = 0; tap < depth; tap += 2, at += 8) {
    store<u32>(at, <u32>(runs.offset(taps, tap) >> 3));
    store<u32>(at, <u32>(runs.offset(taps, min(tap + 1, depth - 1)) >> 3), 4);
  }
  return at;
}

@inline function byteRows(at: usize, pairs: usize, end: usize, from: usize, step: usize, rows: u32, column: u32, acc: usize, stride: isize, signed: bool): void {
  const terms = plan.terms(at) + (<usize>column << 2), panel = panelOf(at, column), wraps = plan.psumBits(at) == 0 && !plan.isat(at), adds = plan.adds(at);
  for (let row: u32 = 0, source = from, to = acc; row < rows; row++, source += step, to += <usize>stride) {
    let c0 = v128.load(terms), c1 = v128.load(terms, 16), c2 = v128.load(terms, 32), c3 = v128.load(terms, 48);
    for (let pair = pairs, w = panel; pair < end; pair += 8, w += 64) {
      const first = source + <usize>load<u32>(pair), second = source + <usize>load<u32>(pair, 4);
      const x = eight(first, signed), y = eight(second, signed), xHigh = eight(first + 8, signed), yHigh = eight(second + 8, signed);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(lowPairs(x, y), v128.load(w)));
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(highPairs(x, y), v128.load(w, 16)));
      c2 = i32x4.add(c2, i32x4.dot_i16x8_s(lowPairs(xHigh, yHigh), v128.load(w, 32)));
      c3 = i32x4.add(c3, i32x4.dot_i16x8_s(highPairs(xHigh, yHigh), v128.load(w, 48)));
    }
    if (!wraps) {
      write(at, to, 16, c0, c1, c2, c3);
      continue;
    }
    v128.store(to, adds ? i32x4.add(c0, v128.load(to)) : c0);
    v128.store(to, adds ? i32x4.add(c1, v128.load(to, 16)) : c1, 16);
    v128.store(to, adds ? i32x4.add(c2, v128.load(to, 32)) : c2, 32);
    v128.store(to, adds ? i32x4.add(c3, v128.load(to, 48)) : c3, 48);
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
