//! scalar-chain: chains and trees of rounded operations for any accumulator, subnormals kept or flushed, by exact values.
import { dot, format } from './encoding';
import { KEEP_ALL, quietNan, rounded } from './accumulator';
import { fp32Sum } from './arithmetic';
import { isFp32 } from './element';
import { FINITE, INFINITE, LEFT, NAN, RESULT, RIGHT, addExact, exact, multiplyExact, unpack, unpackFp32 } from './float';
import { plan } from './multiply';
import { flush, flushLimit } from './terms';

const LAST_ADD: u32 = 1;
/** Of an fp64 number: what a power of two has none of, and the last digits, as many as a product of two scales has. */
const FRACTION: u64 = 0xf_ffff_ffff_ffff, SCALE_DIGITS: u64 = 0xff;
/** The places of a tree: exact values. */
const LEAVES: usize = memory.data(2048, 8);

/** Fused multiply-adds, one chain or one for even and one for odd products. */
export function chainElement(at: usize, kernel: usize, a: usize, step: usize, w: usize, old: u32): u32 {
  const depth = plan.depth(at), last = dot.join(kernel) == LAST_ADD, lanes = dot.lanes(kernel), daz = dot.daz(kernel), ftz = dot.ftz(kernel);
  let running = chain(at, kernel, a, step, w, 0, lanes, last ? 0 : flushed(at, old, daz));
  if (!last) return running;
  if (lanes == 2 && depth > 1) running = plus(at, running, chain(at, kernel, a, step, w, 1, 2, 0), 0, 0, ftz);
  return plus(at, running, old, 0, daz, ftz);
}

function chain(at: usize, kernel: usize, a: usize, step: usize, w: usize, first: u32, stride: u32, start: u32): u32 {
  const row = plan.accumulator(at), ftz = dot.ftz(kernel);
  if (ASC_FEATURE_SIMD && isFp32(row) && (dot.daz(kernel) | ftz) == 0) {
    const sum = fp32Chain(at, a, step, w, first, stride, reinterpret<f32>(start));
    if (isFinite(sum)) return reinterpret<u32>(sum);
  }
  let running = start;
  for (let k = first; k < plan.depth(at); k += stride) {
    setProduct(at, RESULT, a, step, w, k, dot.daz(kernel));
    unpack(RIGHT, row, running, 0);
    addExact(RESULT, RESULT, RIGHT, 0);
    running = codeOf(row, RESULT, 0, ftz);
  }
  return running;
}

/** The same into fp32 by products that fp64 holds; no number where it does not hold one under its scales. */
function fp32Chain(at: usize, a: usize, step: usize, w: usize, first: u32, stride: u32, start: f32): f32 {
  const block = <usize>plan.block(at);
  let sum = start;
  for (let k: usize = first; k < <usize>plan.depth(at); k += stride) {
    let product = <f64>load<f32>(a + k * step) * <f64>load<f32>(w + (k << 6));
    if (block) {
      const place = k / block, scale = <f64>load<f32>(plan.aScales(at) + (place << 2)) * <f64>load<f32>(plan.wScales(at) + (place << 6));
      if ((reinterpret<u64>(scale) & FRACTION) != 0 && (reinterpret<u64>(product) & SCALE_DIGITS) != 0) return f32.NaN;
      product *= scale;
    }
    sum = fp32Sum(product, <f64>sum);
  }
  return sum;
}

/** Steps of a tree each, its root added to the running value. */
export function treeElement(at: usize, kernel: usize, a: usize, step: usize, w: usize, old: u32): u32 {
  const depth = plan.depth(at), group = dot.group(kernel), last = dot.join(kernel) == LAST_ADD;
  const round = dot.round(kernel), daz = dot.daz(kernel), ftz = dot.ftz(kernel);
  let running = last ? 0 : flushed(at, old, daz);
  for (let from: u32 = 0; from < depth; from += group) {
    const count = min(group, depth - from);
    running = plus(at, running, root(at, kernel, a, step, w, from, count), round, 0, ftz);
  }
  return last ? plus(at, running, old, round, daz, ftz) : running;
}

/** The root of one step's tree. */
function root(at: usize, kernel: usize, a: usize, step: usize, w: usize, from: u32, count: u32): u32 {
  const row = plan.accumulator(at), round = dot.round(kernel), ftz = dot.ftz(kernel);
  for (let k: usize = 0; k < <usize>count; k++) {
    const leaf = LEAVES + (k << 5);
    setProduct(at, leaf, a, step, w, <usize>from + k, dot.daz(kernel));
    if (dot.products(kernel)) unpack(leaf, row, codeOf(row, leaf, round, ftz), 0);
  }
  let present = count;
  for (let half = dot.group(kernel) >>> 1; present > 1; half >>>= 1) {
    const halves = dot.shape(kernel) != 0, left = halves ? min(half, present) : present + 1 >>> 1;
    for (let i: u32 = 0; i < left; i++) {
      const to = LEAVES + (<usize>i << 5), first = halves ? i : i << 1, second = halves ? i + half : first + 1;
      if (second >= present) {
        if (first != i) exact.copy(to, LEAVES + (<usize>first << 5));
        continue;
      }
      addExact(RESULT, LEAVES + (<usize>first << 5), LEAVES + (<usize>second << 5), round);
      unpack(to, row, codeOf(row, RESULT, round, ftz), 0);
    }
    present = left;
  }
  return codeOf(row, LEAVES, round, ftz);
}

/** The sum of two accumulator codes, rounded; the second one, C, may be flushed before. */
export function plus(at: usize, x: u32, y: u32, round: u32, daz: u32, ftz: u32): u32 {
  const row = plan.accumulator(at);
  if (ASC_FEATURE_SIMD && isFp32(row) && (round | daz | ftz) == 0) {
    const sum = reinterpret<f32>(x) + reinterpret<f32>(y);
    if (isFinite(sum)) return reinterpret<u32>(sum);
  }
  unpack(LEFT, row, x, 0);
  unpack(RIGHT, row, y, daz);
  addExact(RESULT, LEFT, RIGHT, round);
  return codeOf(row, RESULT, round, ftz);
}

/** A code, or zero where it is subnormal and flushed. */
@apart export function flushed(at: usize, code: u32, daz: u32): u32 {
  const row = plan.accumulator(at), fraction = (<u32>1 << format.fractionBits(row)) - 1, sign = <u32>1 << (format.width(row) - 1);
  return daz == 0 || (code & ~sign) > fraction ? code : daz == 1 ? code & sign : (code & fraction) != 0 ? 0 : code;
}

/** The exact product k, scaled or not; subnormals of the factors' formats are flushed by `daz`. */
function setProduct(at: usize, to: usize, a: usize, step: usize, w: usize, k: usize, daz: u32): void {
  unpackFp32(LEFT, flush(load<u32>(a + k * step), flushLimit(plan.aLeast(at), plan.aMost(at), daz), daz));
  unpackFp32(RIGHT, flush(load<u32>(w + (k << 6)), flushLimit(plan.wLeast(at), plan.wMost(at), daz), daz));
  multiplyExact(to, LEFT, RIGHT);
  if (plan.block(at) == 0) return;
  const place = k / <usize>plan.block(at);
  unpackFp32(LEFT, load<u32>(plan.aScales(at) + (place << 2)));
  unpackFp32(RIGHT, load<u32>(plan.wScales(at) + (place << 6)));
  multiplyExact(LEFT, LEFT, RIGHT);
  if (exact.kind(LEFT) == FINITE) {
    const zeros = ctz(exact.low(LEFT));                                 // what is left of it has 8 bits
    exact.setExponent(LEFT, exact.exponent(LEFT) + <i32>zeros);
    exact.setLow(LEFT, exact.low(LEFT) >>> zeros);
  }
  multiplyExact(to, to, LEFT);
}

/** The code of an exact value in the accumulator's row. */
function codeOf(row: usize, at: usize, round: u32, ftz: u32): u32 {
  const negative = exact.sign(at) != 0, sign = <u32>negative << (format.width(row) - 1);
  const infinity = ((<u32>1 << format.exponentBits(row)) - 1) << format.fractionBits(row);
  switch (exact.kind(at)) {
    case FINITE: return rounded(row, negative, exact.exponent(at), exact.high(at), exact.low(at), exact.sticky(at) != 0, round, KEEP_ALL, ftz);
    case INFINITE: return sign | infinity;
    case NAN: return quietNan(row);
    default: return sign;
  }
}
