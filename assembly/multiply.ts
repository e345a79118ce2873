//! multiply: integer dot products: a block of widened rows by the panels of a slot, exact, then wrapped or saturated once.
import { readElement, writeElement, integerOf } from './element';
import { EVENT_SATURATED, control, format } from './encoding';
import { integerCode } from './float';
import { copyBytes } from './move';
import { settle } from './rows';
import { addHigh } from './wide';

/** Two rows of 16 accumulators for what does not fill a block, and two of sums on their way to accumulators. */
const BLOCK: usize = memory.data(128, 16);
const SUMS: usize = memory.data(128, 16);

/** What a multiplication keeps the same for all its rows. */
export const PLAN_BYTES: i32 = 96;
export namespace plan {
  @inline export function depth(at: usize): u32 { return load<u32>(at); }
  @inline export function columns(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function panels(at: usize): usize { return load<u32>(at, 8); }
  /** i64 sums of the weights of each column. */
  @inline export function sums(at: usize): usize { return load<u32>(at, 12); }
  /** i32 of each column, of whole panels: what the zero points of A add to every row. */
  @inline export function terms(at: usize): usize { return load<u32>(at, 16); }
  @inline export function accumulator(at: usize): usize { return load<u32>(at, 20); }
  @inline export function zpa(at: usize): i32 { return load<i32>(at, 24); }
  @inline export function zpw(at: usize): i32 { return load<i32>(at, 28); }
  /** Width of the partial sums; 0 is exact. */
  @inline export function psumBits(at: usize): u32 { return load<u32>(at, 32); }
  @inline export function adds(at: usize): bool { return load<u32>(at, 36) != 0; }
  @inline export function isat(at: usize): bool { return load<u32>(at, 40) != 0; }
  /** Whether a sum of 32 bits, or its residue, is all that is needed. */
  @inline export function narrow(at: usize): bool { return load<u32>(at, 44) != 0; }
  /** Whether 32 bits hold every sum that goes to an s64 accumulator. */
  @inline export function short(at: usize): bool { return load<u32>(at, 48) != 0; }
  @inline export function setDepth(at: usize, depth: u32): void { store<u32>(at, depth); }
  @inline export function setPanels(at: usize, panels: usize): void { store<u32>(at, <u32>panels, 8); }
  @inline export function setIsat(at: usize, isat: bool): void { store<u32>(at, <u32>isat, 40); }
  @inline export function setReach(at: usize, reach: u32): void { store<u32>(at, reach, 52); }
  /** The greatest magnitude of a sum, where it is below 2^31. */
  @inline export function reach(at: usize): u32 { return load<u32>(at, 52); }
  /** Of floats, in the place of psumBits: C is added last. */
  @inline export function lastAdd(at: usize): bool { return load<u32>(at, 32) == 1; }
  /** Of floats: the kernel's record, the least and the greatest raw exponents of the factors, bytes of an accumulator. */
  @inline export function kernel(at: usize): usize { return load<u32>(at, 56); }
  @inline export function aLeast(at: usize): i32 { return load<i32>(at, 60); }
  @inline export function wLeast(at: usize): i32 { return load<i32>(at, 64); }
  @inline export function aMost(at: usize): i32 { return load<i32>(at, 88); }
  @inline export function wMost(at: usize): i32 { return load<i32>(at, 92); }
  @inline export function accumulatorBytes(at: usize): usize { return load<u32>(at, 68); }
  /** Products to a scale, 0 where there are none; the fp32 scales of a row, and those of a column, 64 bytes apart. */
  @inline export function block(at: usize): u32 { return load<u32>(at, 72); }
  @inline export function aScales(at: usize): usize { return load<u32>(at, 76); }
  @inline export function wScales(at: usize): usize { return load<u32>(at, 80); }
  @inline export function setAScales(at: usize, scales: usize): void { store<u32>(at, <u32>scales, 76); }
  @inline export function setWScales(at: usize, scales: usize): void { store<u32>(at, <u32>scales, 80); }
  @inline export function scaleLeast(at: usize): i32 { return load<i32>(at, 84); }
}

/** acc[r, n] for `rows` rows of the tile, each a multiple of 4 bytes behind the other; accumulator rows `stride` bytes apart. */
export function multiplyRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize): void {
  const pairs = <usize>((plan.depth(at) + 1) >>> 1), rowBytes = pairs << 2, panelBytes = pairs << 6, columns = plan.columns(at);
  if (!plan.narrow(at)) {
    if (ASC_FEATURE_SIMD) {
      if (plan.short(at)) {
        shortRows(at, tile, rowBytes, rows, acc, stride);
        return;
      }
    }
    for (let r: u32 = 0; r < rows; r++) wideRow(at, tile + <usize>r * rowBytes, 4, acc + <usize>(<isize>r * stride), 0, columns);
    return;
  }
  if (ASC_FEATURE_SIMD) {
    for (let column: u32 = 0; column < columns; column += 16) {
      const panel = plan.panels(at) + <usize>(column >>> 4) * panelBytes, width = min<u32>(16, columns - column);
      let from = tile, to = acc + (<usize>column << 2), left = rows;
      while (width == 16 && left > 1) {
        const done = <usize>pairsOfRows(at, from, rowBytes, left, panel, column, to, stride, plan.adds(at));
        from += done * rowBytes;
        to += <usize>(<isize>done * stride);
        left -= <u32>done;
        if (left < 2) break;
        wideRow(at, from, 4, to, column, 16);                           // one of the next two is to be saturated
        wideRow(at, from + rowBytes, 4, to + <usize>stride, column, 16);
        from += rowBytes << 1;
        to += <usize>(stride << 1);
        left -= 2;
      }
      for (; left > 1; left -= 2) {
        partRows(at, from, rowBytes, 2, panel, column, width, to, stride);
        from += rowBytes << 1;
        to += <usize>(stride << 1);
      }
      if (left) partRows(at, from, 0, 1, panel, column, width, to, 0);
    }
  } else {
    for (let r: u32 = 0; r < rows; r++) narrowRow(at, tile + <usize>r * rowBytes, acc + <usize>(<isize>r * stride));
  }
}

/** Sums that 32 bits hold, added to accumulators of 64. */
function shortRows(at: usize, tile: usize, rowBytes: usize, rows: u32, acc: usize, stride: isize): void {
  const panelBytes = rowBytes << 4, columns = plan.columns(at);
  for (let column: u32 = 0; column < columns; column += 16) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * panelBytes, width = min<u32>(16, columns - column);
    for (let r: u32 = 0; r < rows; r++) {
      pairsOfRows(at, tile + <usize>r * rowBytes, 0, 2, panel, column, BLOCK, 64, false);
      const to = acc + <usize>(<isize>r * stride) + (<usize>column << 3);
      for (let i: usize = 0; i < <usize>width; i++) longWrite(at, to + (i << 3), <i64>load<i32>(BLOCK + (i << 2)));
    }
  }
}

/** An s64 accumulator = or += a sum. */
function longWrite(at: usize, to: usize, sum: i64): void {
  const old = plan.adds(at) ? load<i64>(to) : 0, value = old + sum;
  if (plan.isat(at) && ((old ^ value) & (sum ^ value)) < 0) wideWrite(at, to, sum);
  else store<i64>(to, value);
}

/** Less than a block, of one row or two: through the block. */
function partRows(at: usize, row: usize, rowBytes: usize, rows: usize, panel: usize, column: u32, width: u32, acc: usize, stride: isize): void {
  const bytes = <usize>width << 2, second = acc + <usize>stride;
  for (let i: usize = 0; i < 128; i += 16) v128.store(BLOCK + i, i32x4.splat(0));
  copyBytes(BLOCK, acc, bytes);
  if (rows == 2) copyBytes(BLOCK + 64, second, bytes);
  if (pairsOfRows(at, row, rowBytes, 2, panel, column, BLOCK, 64, plan.adds(at))) {
    copyBytes(acc, BLOCK, bytes);
    if (rows == 2) copyBytes(second, BLOCK + 64, bytes);
  } else {
    wideRow(at, row, 4, acc, column, width);
    if (rows == 2) wideRow(at, row + rowBytes, 4, second, column, width);
  }
}

/** Two rows by 16 columns at a time, up to `rows`; how many are done: it stops before two of which an element is to be saturated. */
function pairsOfRows(
  at: usize, tile: usize, rowBytes: usize, rows: u32, panel: usize, column: u32, acc: usize, stride: isize, adds: bool,
): u32 {
  const terms = plan.terms(at) + (<usize>column << 2), end = panel + (<usize>((plan.depth(at) + 1) >>> 1) << 6), bits = plan.psumBits(at);
  const unused = bits ? <i32>(32 - min<u32>(32, bits)) : 0, bare = plan.zpw(at) == 0 && !unused && (!adds || plan.zpa(at) == 0);
  if (bare && (!adds || !plan.isat(at))) return sumPairs(tile, rowBytes, rows, panel, end, acc, stride, adds ? 0 : terms);
  let row = tile, to = acc, done: u32 = 0;
  while (done + 2 <= rows) {
    const near = bare ? nearPairs(at, to, stride, rows - done) : 0, some = max<u32>(near, 2);
    if (near) sumPairs(row, rowBytes, near, panel, end, to, stride, 0);
    else {
      sumPairs(row, rowBytes, 2, panel, end, SUMS, 64, terms);
      if (!finish(at, row, rowBytes, to, stride, adds, unused)) break;
    }
    done += some;
    row += <usize>some * rowBytes;
    to += <usize>(<isize>some * stride);
  }
  return done;
}

/** How many rows, two by two, have accumulators so far from the ends that no sum brings them there. */
export function nearPairs(at: usize, acc: usize, stride: isize, rows: u32): u32 {
  const limit = i32.MAX_VALUE - <i32>plan.reach(at), offset = i32x4.splat(limit), ends = i32x4.splat(limit << 1);
  let near: u32 = 0;
  for (let to = acc; near + 2 <= rows; near += 2, to += <usize>(stride << 1)) {
    const second = to + <usize>stride;
    const upper = i32x4.max_u(farther(v128.load(to), v128.load(to, 16), offset), farther(v128.load(to, 32), v128.load(to, 48), offset));
    const lower = i32x4.max_u(farther(v128.load(second), v128.load(second, 16), offset), farther(v128.load(second, 32), v128.load(second, 48), offset));
    if (v128.any_true(i32x4.gt_u(i32x4.max_u(upper, lower), ends))) break;
  }
  return near;
}

/** The sums of two rows in SUMS go to their accumulators, with what the weights' zero point adds and in the width of partial sums; false, and nothing stored, where one is to be saturated. */
function finish(at: usize, row: usize, rowBytes: usize, acc: usize, stride: isize, adds: bool, unused: i32): bool {
  const zpw = plan.zpw(at) != 0;
  let over = i32x4.splat(0);
  for (let second: usize = 0; second < 2; second++) {
    const sums = SUMS + (second << 6), to = second ? acc + <usize>stride : acc, term = i32x4.splat(zpw ? rowTerm(at, row + second * rowBytes) : 0);
    for (let i: usize = 0; i < 64; i += 16) {
      let sum = i32x4.shr_s(i32x4.shl(i32x4.add(v128.load(sums + i), term), unused), unused);
      if (adds) {
        const old = v128.load(to + i);
        over = v128.or(over, carry(sum, old));
        sum = i32x4.add(sum, old);
      }
      v128.store(sums + i, sum);
    }
  }
  if (plan.isat(at) && i32x4.bitmask(over)) return false;
  for (let i: usize = 0; i < 64; i += 16) {
    v128.store(acc + i, v128.load(SUMS + i));
    v128.store(acc + <usize>stride + i, v128.load(SUMS + 64 + i));
  }
  return true;
}

/**
 * Sums modulo 2^32 of `rows` rows, two at a time, that begin with `terms` or, where that is 0, with what lies at `acc`. A register of weights is used
 * up before the next is loaded and the loop is tested at its end: what V8 makes of it is then the fastest, and unrolled it is slower (measured: bench/).
 */
function sumPairs(tile: usize, rowBytes: usize, rows: u32, panel: usize, end: usize, acc: usize, stride: isize, terms: usize): u32 {
  let row = tile, to = acc, done: u32 = 0;
  for (; done + 2 <= rows; done += 2) {
    const second = to + <usize>stride, start = terms ? terms : to, other = terms ? terms : second;
    let c0 = v128.load(start), c1 = v128.load(start, 16), c2 = v128.load(start, 32), c3 = v128.load(start, 48);
    let d0 = v128.load(other), d1 = v128.load(other, 16), d2 = v128.load(other, 32), d3 = v128.load(other, 48);
    let a = row, b = row + rowBytes, w = panel;
    do {
      const x = v128.load32_splat(a), y = v128.load32_splat(b);
      const w0 = v128.load(w);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(x, w0));
      d0 = i32x4.add(d0, i32x4.dot_i16x8_s(y, w0));
      const w1 = v128.load(w, 16);
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(x, w1));
      d1 = i32x4.add(d1, i32x4.dot_i16x8_s(y, w1));
      const w2 = v128.load(w, 32);
      c2 = i32x4.add(c2, i32x4.dot_i16x8_s(x, w2));
      d2 = i32x4.add(d2, i32x4.dot_i16x8_s(y, w2));
      const w3 = v128.load(w, 48);
      c3 = i32x4.add(c3, i32x4.dot_i16x8_s(x, w3));
      d3 = i32x4.add(d3, i32x4.dot_i16x8_s(y, w3));
      a += 4;
      b += 4;
      w += 64;
    } while (w < end);
    v128.store(to, c0);
    v128.store(to, c1, 16);
    v128.store(to, c2, 32);
    v128.store(to, c3, 48);
    v128.store(second, d0);
    v128.store(second, d1, 16);
    v128.store(second, d2, 32);
    v128.store(second, d3, 48);
    row += rowBytes << 1;
    to += <usize>(stride << 1);
  }
  return done;
}

/** The farther of two from -offset, unsigned: 0 to 2 x offset for what lies between -offset and offset. */
@inline function farther(x: v128, y: v128, offset: v128): v128 { return i32x4.max_u(i32x4.add(x, offset), i32x4.add(y, offset)); }

/** Sign bits of the lanes whose sum leaves 32 bits. */
@inline export function carry(x: v128, y: v128): v128 {
  const sum = i32x4.add(x, y);
  return v128.and(v128.xor(sum, x), v128.xor(sum, y));
}

/** What the zero point of the weights adds to a row, modulo 2^32. */
function rowTerm(at: usize, row: usize): i32 {
  const end = row + (<usize>((plan.depth(at) + 1) >>> 1) << 2);
  let a = row, sum: i32 = 0;
  if (ASC_FEATURE_SIMD) {
    const ones = i16x8.splat(1);
    let sums = i32x4.splat(0);
    for (; a + 16 <= end; a += 16) sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.load(a), ones));
    sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  for (; a < end; a += 2) sum += <i32>load<i16>(a);
  return -plan.zpw(at) * sum;
}

/** Sum of a row of the tile; pairs `step` bytes apart. */
function rowSum(at: usize, row: usize, step: usize): i64 {
  const end = row + <usize>((plan.depth(at) + 1) >>> 1) * step;
  let sum: i64 = 0;
  for (let a = row; a < end; a += step) sum += <i64>load<i16>(a) + <i64>load<i16>(a + (step >>> 1));
  return sum;
}

/** One row in sums of 32 bits, four columns at a time: the scalar build's path. */
function narrowRow(at: usize, row: usize, acc: usize): void {
  const columns = plan.columns(at), panelBytes = <usize>((plan.depth(at) + 1) >>> 1) << 6;
  const term = plan.zpw(at) ? rowTerm(at, row) : 0;
  for (let column: u32 = 0; column < columns; column += 4) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * panelBytes, terms = plan.terms(at) + (<usize>column << 2);
    let s0 = load<i32>(terms) + term, s1 = load<i32>(terms, 4) + term, s2 = load<i32>(terms, 8) + term, s3 = load<i32>(terms, 12) + term;
    let a = row;
    const end = panel + panelBytes;
    for (let w = panel + (<usize>(column & 15) << 2); w < end; w += 64) {
      const x = <i32>load<i16>(a), y = <i32>load<i16>(a, 2);
      s0 += x * <i32>load<i16>(w) + y * <i32>load<i16>(w, 2);
      s1 += x * <i32>load<i16>(w, 4) + y * <i32>load<i16>(w, 6);
      s2 += x * <i32>load<i16>(w, 8) + y * <i32>load<i16>(w, 10);
      s3 += x * <i32>load<i16>(w, 12) + y * <i32>load<i16>(w, 14);
      a += 4;
    }
    const to = acc + (<usize>column << 2), left = columns - column;
    narrowWrite(at, to, s0);
    if (left > 1) narrowWrite(at, to + 4, s1);
    if (left > 2) narrowWrite(at, to + 8, s2);
    if (left > 3) narrowWrite(at, to + 12, s3);
  }
}

/** An s32 accumulator = or += a sum that 32 bits hold, or modulo 2^32. */
export function narrowWrite(at: usize, to: usize, sum: i32): void {
  const bits = plan.psumBits(at);
  let value = <i64>(bits && bits < 32 ? (sum << <i32>(32 - bits)) >> <i32>(32 - bits) : sum);
  if (plan.adds(at)) value += <i64>load<i32>(to);
  if (plan.isat(at) && value != <i64><i32>value) {
    value = value < 0 ? i32.MIN_VALUE : i32.MAX_VALUE;
    control.setEvents(EVENT_SATURATED, control.events(EVENT_SATURATED) + 1);
  }
  store<i32>(to, <i32>value);
}

/**
 * Columns `from` on of one row in 64 bits, `columns` of them, to `acc`: any accumulator, any width of partial sums. `step` bytes lie
 * between the pairs of a row; a column's own row begins 2 bytes behind the one before it when step is 64 (taps side by side).
 */
export function wideRow(at: usize, row: usize, step: usize, acc: usize, from: u32, columns: u32): void {
  const pairs = <usize>((plan.depth(at) + 1) >>> 1), width = format.width(plan.accumulator(at)), beside: usize = step == 4 ? 0 : 2;
  const zpa = <i64>plan.zpa(at), zpw = <i64>plan.zpw(at);
  for (let i: u32 = 0; i < columns; i++) {
    const column = from + i, a = row + <usize>i * beside;
    const panel = plan.panels(at) + <usize>(column >>> 4) * (pairs << 6) + (<usize>(column & 15) << 2);
    let sum: i64 = 0;
    for (let pair: usize = 0; pair < pairs; pair++) {
      const x = a + pair * step, w = panel + (pair << 6);
      sum += <i64>(<i32>load<i16>(x)) * <i64>load<i16>(w) + <i64>(<i32>load<i16>(x + (step >>> 1))) * <i64>load<i16>(w, 2);
    }
    if (zpa) sum += zpa * (<i64>plan.depth(at) * zpw - load<i64>(plan.sums(at) + (<usize>column << 3)));
    if (zpw) sum -= zpw * rowSum(at, a, step);
    wideWrite(at, acc + <usize>(i * (width >>> 3)), sum);
  }
}

function wideWrite(at: usize, to: usize, exactSum: i64): void {
  const row = plan.accumulator(at), width = format.width(row), bits = plan.psumBits(at);
  const unused = bits && bits < 64 ? <i64>(64 - bits) : 0, sum = (exactSum << unused) >> unused;
  const old = plan.adds(at) ? integerOf(row, readElement(<u64>to << 3, width)) : 0;
  const low = <u64>sum + <u64>old;
  writeElement(<u64>to << 3, width, integerCode(row, addHigh(sum >> 63, <u64>sum, old >> 63, <u64>old), low, <u32>plan.isat(at)));
  settle();
}
