//! chain: float dot products: one fused multiply-add a product, k ascending, each rounded to the accumulator by nearest even.
import { dot, format } from './encoding';
import { fp32Fma } from './arithmetic';
import { FIXED, INVALID, OVERFLOW, raise } from './element';
import { finiteTerms, invalidTerms } from './dot';
import { nanCode } from './float';
import { plan } from './multiply';
import { exponentRange, greatestExponent, leastExponent } from './pack';
import { settle } from './rows';

/** The kind of a kernel. */
const CHAIN: u32 = 2;
/** Two rows of 16 results that hold an Inf or a NaN. */
const BLOCK: usize = memory.data(128, 16);
/** Where pairsOfRows stops. */
const STOPS: usize = memory.data(16, 4);

/** Exact products: f32 multiply and add are the fused operation. Products of at most 29 bits: f64 ones are. Anything else. */
export const PLAIN: u32 = 1;
const SHORT: u32 = 2;
export const LONG: u32 = 3;

/**
 * How much care the products of two formats need: in fp32 they are exact where both significands together have at most 24 bits and
 * nothing leaves the exponents of fp32 (numerics.md 3, T1 and T2), in fp64 beside any fp32 up to 22 bits (T3).
 */
export function careOf(a: usize, w: usize, slot: u32, tile: usize, numbers: usize): u32 {
  const bits = format.fractionBits(a) + format.fractionBits(w);
  if (bits + 2 > 22) return LONG;
  return stayInside(exponentBounds(a), slot, bits) || stayInside(exponentRange(tile, numbers), slot, bits) ? PLAIN : SHORT;
}

/** Do products of so many digits behind the point, of weights and of numbers whose exponents have the range, stay inside fp32? Inf and NaN come out the same either way. */
@inline function stayInside(range: u64, slot: u32, bits: u32): bool {
  return <u32>range + leastExponent(slot) >= 105 + bits && <u32>(range >>> 32) + greatestExponent(slot) <= 380;
}

/** What exponentRange says of all finite numbers of a format at the most: those of most formats below 16 bits need no look. */
function exponentBounds(row: usize): u64 {
  const places = <i32>format.bits(row) - 1 - <i32>format.fractionBits(row);
  if (format.kind(row) == FIXED || places >= 8) return 1 | (<u64>255 << 32);
  const bias = 127 - format.bias(row);
  return <u64>max(1, bias + 1 - <i32>format.fractionBits(row)) | (<u64>min(255, bias + (1 << places) - 1) << 32);
}

/** Whether a kernel is one chain into fp32 whose subnormals stay. */
export function isPlainChain(at: usize): bool {
  const kernel = plan.kernel(at);
  return dot.kind(kernel) == CHAIN && dot.lanes(kernel) == 1 && (dot.daz(kernel) | dot.ftz(kernel)) == 0 && plan.accumulatorBytes(at) == 4;
}

/** Whether all products of a tile of finite numbers are exact in fp32. */
export function areExact(a: usize, w: usize, slot: u32, range: u64): bool {
  const bits = format.fractionBits(a) + format.fractionBits(w);
  return bits + 2 <= 24 && stayInside(range, slot, bits);
}

/** Whether a tile, whose exponents have the range, and the weights are numbers. */
@inline export function areFinite(slot: u32, range: u64): bool { return max(<u32>(range >>> 32), greatestExponent(slot)) != 255; }

/** acc[r, n] of fp32 for `rows` rows of the tile; accumulator rows `stride` bytes apart. */
export function chainRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize, care: u32): void {
  const depth = <usize>plan.depth(at), columns = plan.columns(at), rowBytes = depth << 2;
  for (let column: u32 = 0; column < columns; column += 16) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * (depth << 6), width = min<u32>(16, columns - column);
    let from = tile, to = acc + (<usize>column << 2), r: u32 = 0;
    if (ASC_FEATURE_SIMD) {
      if (care == PLAIN && width == 16) {
        setStops(panel, depth);
        while (r + 2 <= rows) {
          const done = pairsOfRows(at, from, rowBytes, rows - r, panel, to, stride);
          r += done;
          from += <usize>done * rowBytes;
          to += <usize>(<isize>done * stride);
          if (r + 2 > rows) break;
          for (let second: usize = 0; second < 2; second++) {           // what pairsOfRows stopped before
            for (let i: usize = 0; i < 16; i++) finish(at, from, 4, panel + (i << 2), to + (i << 2), load<u32>(BLOCK + (second << 6) + (i << 2)));
            from += rowBytes;
            to += <usize>stride;
          }
          r += 2;
        }
      }
    }
    for (; r < rows; r++) {
      chainRow(at, from, 4, panel, width, to, care);
      from += rowBytes;
      to += <usize>stride;
    }
  }
}

/** `width` columns of a panel for one row, its elements `step` bytes apart (64: taps of channels, a column's own 4 bytes on). */
export function chainRow(at: usize, row: usize, step: usize, panel: usize, width: u32, acc: usize, care: u32): void {
  const beside: usize = step == 64 ? 4 : 0;
  for (let i: usize = 0; i < <usize>width; i++) {
    const a = row + i * beside, w = panel + (i << 2), to = acc + (i << 2);
    let bits: u32;
    if (care == PLAIN) bits = plainChain(at, a, step, w, to);
    else bits = care == SHORT ? shortChain(at, a, step, w, to) : longChain(at, a, step, w, to);
    finish(at, a, step, w, to, bits);
  }
}

@inline function begin(at: usize, to: usize): f32 { return plan.adds(at) && !plan.lastAdd(at) ? load<f32>(to) : 0; }
@inline function end(at: usize, to: usize, chain: f32): u32 {
  return reinterpret<u32>(plan.lastAdd(at) ? chain + (plan.adds(at) ? load<f32>(to) : 0) : chain);
}

function plainChain(at: usize, a: usize, step: usize, w: usize, to: usize): u32 {
  let sum = begin(at, to);
  for (let k: usize = 0; k < <usize>plan.depth(at); k++) sum = load<f32>(a + k * step) * load<f32>(w + (k << 6)) + sum;
  return end(at, to, sum);
}

function shortChain(at: usize, a: usize, step: usize, w: usize, to: usize): u32 {
  let sum = begin(at, to);
  for (let k: usize = 0; k < <usize>plan.depth(at); k++) {
    sum = <f32>(<f64>load<f32>(a + k * step) * <f64>load<f32>(w + (k << 6)) + <f64>sum);
  }
  return end(at, to, sum);
}

function longChain(at: usize, a: usize, step: usize, w: usize, to: usize): u32 {
  let sum = begin(at, to);
  for (let k: usize = 0; k < <usize>plan.depth(at); k++) sum = fp32Fma(load<f32>(a + k * step), load<f32>(w + (k << 6)), sum);
  return end(at, to, sum);
}

/**
 * Two rows by 16 columns at a time, up to `rows`; how many are done: it stops before two of which a result is an Inf or a NaN, their results in BLOCK.
 * Four products of K to a round, which ends behind any of them: a branch between them keeps V8 from moving all loads to the front and out of registers,
 * and what it compares with comes from memory, or V8 would work it out anew each time (measured: bench/works/floats.ts).
 */
function pairsOfRows(at: usize, tile: usize, rowBytes: usize, rows: u32, panel: usize, acc: usize, stride: isize): u32 {
  const adds = plan.adds(at), last = plan.lastAdd(at), begins = adds && !last;
  const stop1 = <usize>load<u32>(STOPS), stop2 = <usize>load<u32>(STOPS, 4), stop3 = <usize>load<u32>(STOPS, 8), stop4 = <usize>load<u32>(STOPS, 12);
  let row = tile, to = acc, done: u32 = 0;
  for (; done + 2 <= rows; done += 2) {
    const second = to + <usize>stride;
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, d0 = c0, d1 = c0, d2 = c0, d3 = c0;
    if (begins) {
      c0 = v128.load(to);
      c1 = v128.load(to, 16);
      c2 = v128.load(to, 32);
      c3 = v128.load(to, 48);
      d0 = v128.load(second);
      d1 = v128.load(second, 16);
      d2 = v128.load(second, 32);
      d3 = v128.load(second, 48);
    }
    for (let a = row, b = row + rowBytes, w = panel; ; a += 16, b += 16, w += 256) {
      const x0 = v128.load32_splat(a), y0 = v128.load32_splat(b);
      const w00 = v128.load(w), w01 = v128.load(w, 16), w02 = v128.load(w, 32), w03 = v128.load(w, 48);
      c0 = f32x4.add(c0, f32x4.mul(x0, w00));
      c1 = f32x4.add(c1, f32x4.mul(x0, w01));
      c2 = f32x4.add(c2, f32x4.mul(x0, w02));
      c3 = f32x4.add(c3, f32x4.mul(x0, w03));
      d0 = f32x4.add(d0, f32x4.mul(y0, w00));
      d1 = f32x4.add(d1, f32x4.mul(y0, w01));
      d2 = f32x4.add(d2, f32x4.mul(y0, w02));
      d3 = f32x4.add(d3, f32x4.mul(y0, w03));
      if (w == stop1) break;
      const x1 = v128.load32_splat(a, 4), y1 = v128.load32_splat(b, 4);
      const w10 = v128.load(w, 64), w11 = v128.load(w, 80), w12 = v128.load(w, 96), w13 = v128.load(w, 112);
      c0 = f32x4.add(c0, f32x4.mul(x1, w10));
      c1 = f32x4.add(c1, f32x4.mul(x1, w11));
      c2 = f32x4.add(c2, f32x4.mul(x1, w12));
      c3 = f32x4.add(c3, f32x4.mul(x1, w13));
      d0 = f32x4.add(d0, f32x4.mul(y1, w10));
      d1 = f32x4.add(d1, f32x4.mul(y1, w11));
      d2 = f32x4.add(d2, f32x4.mul(y1, w12));
      d3 = f32x4.add(d3, f32x4.mul(y1, w13));
      if (w == stop2) break;
      const x2 = v128.load32_splat(a, 8), y2 = v128.load32_splat(b, 8);
      const w20 = v128.load(w, 128), w21 = v128.load(w, 144), w22 = v128.load(w, 160), w23 = v128.load(w, 176);
      c0 = f32x4.add(c0, f32x4.mul(x2, w20));
      c1 = f32x4.add(c1, f32x4.mul(x2, w21));
      c2 = f32x4.add(c2, f32x4.mul(x2, w22));
      c3 = f32x4.add(c3, f32x4.mul(x2, w23));
      d0 = f32x4.add(d0, f32x4.mul(y2, w20));
      d1 = f32x4.add(d1, f32x4.mul(y2, w21));
      d2 = f32x4.add(d2, f32x4.mul(y2, w22));
      d3 = f32x4.add(d3, f32x4.mul(y2, w23));
      if (w == stop3) break;
      const x3 = v128.load32_splat(a, 12), y3 = v128.load32_splat(b, 12);
      const w30 = v128.load(w, 192), w31 = v128.load(w, 208), w32 = v128.load(w, 224), w33 = v128.load(w, 240);
      c0 = f32x4.add(c0, f32x4.mul(x3, w30));
      c1 = f32x4.add(c1, f32x4.mul(x3, w31));
      c2 = f32x4.add(c2, f32x4.mul(x3, w32));
      c3 = f32x4.add(c3, f32x4.mul(x3, w33));
      d0 = f32x4.add(d0, f32x4.mul(y3, w30));
      d1 = f32x4.add(d1, f32x4.mul(y3, w31));
      d2 = f32x4.add(d2, f32x4.mul(y3, w32));
      d3 = f32x4.add(d3, f32x4.mul(y3, w33));
      if (w == stop4) break;
    }
    if (last) {
      const zero = f32x4.splat(0);
      c0 = f32x4.add(c0, adds ? v128.load(to) : zero);
      c1 = f32x4.add(c1, adds ? v128.load(to, 16) : zero);
      c2 = f32x4.add(c2, adds ? v128.load(to, 32) : zero);
      c3 = f32x4.add(c3, adds ? v128.load(to, 48) : zero);
      d0 = f32x4.add(d0, adds ? v128.load(second) : zero);
      d1 = f32x4.add(d1, adds ? v128.load(second, 16) : zero);
      d2 = f32x4.add(d2, adds ? v128.load(second, 32) : zero);
      d3 = f32x4.add(d3, adds ? v128.load(second, 48) : zero);
    }
    const upper = v128.or(v128.or(residue(c0), residue(c1)), v128.or(residue(c2), residue(c3)));
    const lower = v128.or(v128.or(residue(d0), residue(d1)), v128.or(residue(d2), residue(d3)));
    const finite = !v128.any_true(v128.or(upper, lower)), at0 = finite ? to : BLOCK, at1 = finite ? second : BLOCK + 64;
    v128.store(at0, c0);
    v128.store(at0, c1, 16);
    v128.store(at0, c2, 32);
    v128.store(at0, c3, 48);
    v128.store(at1, d0);
    v128.store(at1, d1, 16);
    v128.store(at1, d2, 32);
    v128.store(at1, d3, 48);
    if (!finite) break;
    row += rowBytes << 1;
    to += <usize>(stride << 1);
  }
  return done;
}

/** Where in a panel the last round of four begins that ends behind its first, second, third or fourth product; nowhere for all but one of them. */
function setStops(panel: usize, depth: usize): void {
  const last = (depth - 1) & 3, begin = panel + ((depth - 1 - last) << 6);
  for (let i: usize = 0; i < 4; i++) store<u32>(STOPS + (i << 2), i == last ? <u32>begin : 0);
}

/** x - x: +0 for a finite number, else a NaN. */
@inline function residue(x: v128): v128 { return f32x4.sub(x, x); }

/** Writes an fp32 result: a NaN as the profile's, an Inf of finite numbers alone counted. */
function finish(at: usize, a: usize, step: usize, w: usize, to: usize, bits: u32): void {
  let code = bits;
  if ((bits & 0x7f80_0000) == 0x7f80_0000) {
    if ((bits & 0x7f_ffff) != 0) {
      if (invalidTerms(at, a, step, w, plan.adds(at) ? load<u32>(to) : 0)) raise(INVALID);
      code = <u32>nanCode(plan.accumulator(at));
    } else if (finiteTerms(at, a, step, w) && (!plan.adds(at) || isFinite(load<f32>(to)))) raise(OVERFLOW);
    settle();
  }
  store<u32>(to, code);
}
