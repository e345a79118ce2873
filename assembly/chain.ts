//! chain: float dot products: one fused multiply-add a product, k ascending, each rounded to the accumulator by nearest even.
import { dot, format } from './encoding';
import { fp32Fma } from './arithmetic';
import { INVALID, OVERFLOW, raise } from './element';
import { finiteTerms, invalidTerms } from './dot';
import { nanCode } from './float';
import { plan } from './multiply';
import { exponentRange, greatestExponent, leastExponent } from './pack';
import { settle } from './rows';

/** The kind of a kernel. */
const CHAIN: u32 = 2;
/** Two rows of 16 results that hold an Inf or a NaN. */
const BLOCK: usize = memory.data(128, 16);

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
  const range = exponentRange(tile, numbers);
  const least = <u32>range + leastExponent(slot), greatest = <u32>(range >>> 32) + greatestExponent(slot);
  return least >= 105 + bits && greatest <= 380 ? PLAIN : SHORT;
}

/** Whether a kernel is one chain into fp32 whose subnormals stay. */
export function isPlainChain(at: usize): bool {
  const kernel = plan.kernel(at);
  return dot.kind(kernel) == CHAIN && dot.lanes(kernel) == 1 && (dot.daz(kernel) | dot.ftz(kernel)) == 0 && plan.accumulatorBytes(at) == 4;
}

/** Whether all products of a tile of finite numbers are exact in fp32. */
export function areExact(a: usize, w: usize, slot: u32, range: u64): bool {
  const bits = format.fractionBits(a) + format.fractionBits(w);
  if (bits + 2 > 24) return false;
  return <u32>range + leastExponent(slot) >= 105 + bits && <u32>(range >>> 32) + greatestExponent(slot) <= 380;
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
        for (; r + 2 <= rows; r += 2) {
          if (!twoRows(at, from, from + rowBytes, panel, to, to + <usize>stride)) {
            for (let i: usize = 0; i < 16; i++) finish(at, from, 4, panel + (i << 2), to + (i << 2), load<u32>(BLOCK + (i << 2)));
            for (let i: usize = 0; i < 16; i++) {
              finish(at, from + rowBytes, 4, panel + (i << 2), to + <usize>stride + (i << 2), load<u32>(BLOCK + (i << 2), 64));
            }
          }
          from += rowBytes << 1;
          to += <usize>(stride << 1);
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

/** Two rows by 16 columns; false, and the results in BLOCK, when one is an Inf or a NaN. */
function twoRows(at: usize, first: usize, second: usize, panel: usize, to: usize, toSecond: usize): bool {
  const panelEnd = panel + (<usize>plan.depth(at) << 6), adds = plan.adds(at), last = plan.lastAdd(at);
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, d0 = c0, d1 = c0, d2 = c0, d3 = c0;
  if (adds && !last) {
    c0 = v128.load(to);
    c1 = v128.load(to, 16);
    c2 = v128.load(to, 32);
    c3 = v128.load(to, 48);
    d0 = v128.load(toSecond);
    d1 = v128.load(toSecond, 16);
    d2 = v128.load(toSecond, 32);
    d3 = v128.load(toSecond, 48);
  }
  let a = first, b = second;
  for (let w = panel; w < panelEnd; w += 64) {
    const w0 = v128.load(w), w1 = v128.load(w, 16), w2 = v128.load(w, 32), w3 = v128.load(w, 48);
    const x = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(x, w0));
    c1 = f32x4.add(c1, f32x4.mul(x, w1));
    c2 = f32x4.add(c2, f32x4.mul(x, w2));
    c3 = f32x4.add(c3, f32x4.mul(x, w3));
    const y = v128.load32_splat(b);
    d0 = f32x4.add(d0, f32x4.mul(y, w0));
    d1 = f32x4.add(d1, f32x4.mul(y, w1));
    d2 = f32x4.add(d2, f32x4.mul(y, w2));
    d3 = f32x4.add(d3, f32x4.mul(y, w3));
    a += 4;
    b += 4;
  }
  if (last) {
    const zero = f32x4.splat(0);
    c0 = f32x4.add(c0, adds ? v128.load(to) : zero);
    c1 = f32x4.add(c1, adds ? v128.load(to, 16) : zero);
    c2 = f32x4.add(c2, adds ? v128.load(to, 32) : zero);
    c3 = f32x4.add(c3, adds ? v128.load(to, 48) : zero);
    d0 = f32x4.add(d0, adds ? v128.load(toSecond) : zero);
    d1 = f32x4.add(d1, adds ? v128.load(toSecond, 16) : zero);
    d2 = f32x4.add(d2, adds ? v128.load(toSecond, 32) : zero);
    d3 = f32x4.add(d3, adds ? v128.load(toSecond, 48) : zero);
  }
  const upper = v128.or(v128.or(residue(c0), residue(c1)), v128.or(residue(c2), residue(c3)));
  const lower = v128.or(v128.or(residue(d0), residue(d1)), v128.or(residue(d2), residue(d3)));
  const finite = !v128.any_true(v128.or(upper, lower));
  const at0 = finite ? to : BLOCK, at1 = finite ? toSecond : BLOCK + 64;
  v128.store(at0, c0);
  v128.store(at0, c1, 16);
  v128.store(at0, c2, 32);
  v128.store(at0, c3, 48);
  v128.store(at1, d0);
  v128.store(at1, d1, 16);
  v128.store(at1, d2, 32);
  v128.store(at1, d3, 48);
  return finite;
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
