//! fused: fused windows on 16 columns at once: exact fp32 products scaled by a power of two, truncated to 32-bit integers and summed.
import { dot, format } from './encoding';
import { dotRow } from './dot';
import { FIXED } from './element';
import { copyPlane } from './move';
import { carry, plan } from './multiply';
import { greatestExponent, leastExponent } from './pack';
import { halves } from './widen';

const FUSED: u32 = 4, IN_WINDOW: u32 = 2, TOWARD_ZERO: u32 = 1, NEAREST_EVEN: u32 = 0;
/**
 * Exponents are counted as fields of fp32 are: of a factor from -127, of a product, the sum of two, from -254. Those of zeros are negative, and so are
 * their sums with others.
 */
const FIELD: i32 = 127, PRODUCT: i32 = 254;
/** Above it a result might leave fp32 (64 products, 4 times the window's power each, and the running value). */
const HIGHEST: i32 = 118;
/** Rows whose groups are done together: few enough for the first cache, many enough that a loop over them costs little. */
const STRIP: u32 = 16;
/** Accumulators of a strip, 64 bytes to a row, and the greatest exponents of a group's products. */
const SUMS: usize = memory.data(1024, 16);
const GREATEST: usize = memory.data(512, 16);
const SCALES: usize = memory.data(1024, 16);
/** Sums of the parts of a group whose sum 32 bits might not hold. */
const PARTS: usize = memory.data(64, 16);

/**
 * Whether a kernel's steps are sums of 32-bit integers: windows that truncate toward zero and begin as C, no flushing, and results that
 * are truncated to fp32 or rounded to fp16 (numerics.md 3, T6). A sum of as many products as `partOf` says fits 32 bits, or is found not to.
 */
export function isFusedFast(at: usize, a: usize, w: usize): bool {
  const kernel = plan.kernel(at);
  if (!ASC_FEATURE_SIMD || dot.kind(kernel) != FUSED || dot.order(kernel) != 0 || dot.join(kernel) != IN_WINDOW || plan.block(at) != 0) return false;
  if (dot.align(kernel) != TOWARD_ZERO || dot.zero(kernel) == 0 || (dot.daz(kernel) | dot.ftz(kernel)) != 0) return false;
  if (format.kind(a) == FIXED || format.kind(w) == FIXED || dot.fractionBits(kernel) > 27) return false;
  if (plan.accumulatorBytes(at) == 4) return dot.round(kernel) == TOWARD_ZERO;
  return dot.round(kernel) == NEAREST_EVEN && dot.keep(kernel) >= 10;
}

/** The raw exponents of fp32 numbers as i16; those of a format have none below `least`. */
export function listExponents(to: usize, from: usize, numbers: usize, leastExponent: i32): void {
  if (ASC_FEATURE_SIMD) {
    const least = i16x8.splat(<i16>(leastExponent + FIELD));
    for (let i: usize = 0; i < numbers; i += 8) {
      const x = i32x4.shl(v128.load(from + (i << 2)), 1), y = i32x4.shl(v128.load(from + (i << 2), 16), 1);
      v128.store(to + (i << 1), v128.or(i16x8.max_s(fields(x, y), least), i16x8.shl(zeros(x, y), 14)));
    }
  }
}

/** The same less `least`, as bytes: none is above 63. */
function listBytes(to: usize, from: usize, numbers: usize, leastField: u32): void {
  if (ASC_FEATURE_SIMD) {
    const least = i16x8.splat(<i16>leastField), none = i8x16.splat(i8.MIN_VALUE);
    for (let i: usize = 0, at = from; i < numbers; i += 16, at += 64) {
      const x = i32x4.shl(v128.load(at), 1), y = i32x4.shl(v128.load(at, 16), 1), z = i32x4.shl(v128.load(at, 32), 1), u = i32x4.shl(v128.load(at, 48), 1);
      const exponents = i8x16.narrow_i16x8_s(i16x8.sub(i16x8.max_s(fields(x, y), least), least), i16x8.sub(i16x8.max_s(fields(z, u), least), least));
      v128.store(to + i, v128.or(exponents, v128.and(i8x16.narrow_i16x8_s(zeros(x, y), zeros(z, u)), none)));
    }
  }
}

/** Of fp32 numbers without their signs, shifted up. */
@inline function fields(x: v128, y: v128): v128 { return i16x8.narrow_i32x4_s(i32x4.shr_u(x, 24), i32x4.shr_u(y, 24)); }
@inline function zeros(x: v128, y: v128): v128 {
  const zero = i32x4.splat(0);
  return i16x8.narrow_i32x4_s(i32x4.eq(x, zero), i32x4.eq(y, zero));
}

/** The fields of finite numbers of a format: none is below the first, and they are so many. */
@inline function leastField(least: u32, leastExponent: i32): u32 { return <u32>max(<i32>least, leastExponent + FIELD); }
@inline function fitBytes(least: u32, greatest: u32): bool { return greatest < least + 64; }

/**
 * Rows of the tile by all columns; `room` has place for the exponents of the tile and of a panel. All products are exact in fp32.
 * Rows whose windows or sums leave what the integers hold go the general way.
 */
export function fusedRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize, room: usize, range: u64, slot: u32): void {
  const depth = <usize>plan.depth(at), columns = plan.columns(at), bytes = plan.accumulatorBytes(at), strip: u32 = bytes == 4 ? STRIP : 1;
  const weights = (room + (<usize>rows * depth << 1) + 31) & ~15, numbers = <usize>rows * depth;
  const aLeast = leastField(<u32>range, plan.aLeast(at)), wLeast = leastField(leastExponent(slot), plan.wLeast(at));
  const short = bytes == 4 && fitBytes(aLeast, <u32>(range >>> 32)) && fitBytes(wLeast, greatestExponent(slot)), shift: usize = short ? 0 : 1;
  setFacts(plan.kernel(at), aLeast + wLeast);
  if (short) listBytes(room, tile, numbers, aLeast);
  else listExponents(room, tile, numbers, plan.aLeast(at));
  for (let column: u32 = 0; column < columns; column += 16) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * (depth << 6), width = min<u32>(16, columns - column), used = <usize>width * bytes;
    if (short) listBytes(weights, panel, depth << 4, wLeast);
    else listExponents(weights, panel, depth << 4, plan.wLeast(at));
    for (let row: u32 = 0; row < rows; row += strip) {
      const some = min(strip, rows - row), to = acc + <usize>(<isize>row * stride) + <usize>column * bytes;
      const a = tile + <usize>row * (depth << 2), exponents = room + (<usize>row * depth << shift);
      if (some > 1 && block(at, a, exponents, panel, weights, shift, some, to, stride, used)) continue;
      for (let i: usize = 0; i < <usize>some; i++) {
        const x = a + i * (depth << 2), one = to + <usize>(<isize>i * stride);
        if (!block(at, x, exponents + (i * depth << shift), panel, weights, shift, 1, one, stride, used)) dotRow(at, x, 4, panel, width, one);
      }
    }
  }
}

/** Rows by a panel, `used` bytes of accumulators in each; false, and nothing written, where one needs more than the integers hold. */
function block(at: usize, a: usize, ea: usize, w: usize, ew: usize, shift: usize, rows: u32, acc: usize, stride: isize, used: usize): bool {
  if (!plan.adds(at) || used < 64) memory.fill(SUMS, 0, <usize>(rows + 1 & ~1) << 6);
  if (plan.adds(at)) copyPlane(SUMS, 64, acc, <usize>stride, rows, used);
  if (!(plan.accumulatorBytes(at) == 4 ? floatStrip(at, a, ea, w, ew, shift, rows) : halfRow(at, a, ea, w, ew))) return false;
  copyPlane(acc, <usize>stride, SUMS, 64, rows, used);
  return true;
}

/** What all blocks of a product ask for, in lanes: V8 makes a constant of three instructions each time that it is used; these are loaded (measured: bench/works/floats.ts). */
const FACTS: usize = memory.data(128, 16);
namespace facts {
  /** The least exponent of a window, and what it is taken from for the field of the window's scale; what makes a running value's field a product's. */
  @inline export function floor(): v128 { return v128.load(FACTS); }
  @inline export function top(): v128 { return v128.load(FACTS, 16); }
  @inline export function running(): v128 { return v128.load(FACTS, 32); }
  /** The sum of the bits of two scales that are each other's inverse. */
  @inline export function inverse(): v128 { return v128.load(FACTS, 48); }
  /** By how much the sum of a part may leave 32 bits: what comes so near to their ends is not trusted. */
  @inline export function margin(): v128 { return v128.load(FACTS, 64); }
  @inline export function digits(): v128 { return v128.load(FACTS, 80); }
  @inline export function sign(): v128 { return v128.load(FACTS, 96); }
  /** What exponents as bytes are counted from. */
  @inline export function least(): v128 { return v128.load(FACTS, 112); }
}

function setFacts(kernel: usize, least: u32): void {
  if (ASC_FEATURE_SIMD) {
    const fraction = <i32>dot.fractionBits(kernel), keep = dot.keep(kernel);
    v128.store(FACTS, i16x8.splat(<i16>(max(dot.floor(kernel), fraction - 126) + PRODUCT)));
    v128.store(FACTS, i16x8.splat(<i16>(PRODUCT + FIELD + fraction)), 16);
    v128.store(FACTS, i16x8.splat(<i16>FIELD), 32);
    v128.store(FACTS, i32x4.splat(2 * FIELD << 23), 48);
    v128.store(FACTS, i32x4.splat(marginOf(fraction, min(dot.group(kernel), partOf(fraction)))), 64);
    v128.store(FACTS, i32x4.splat(keep < 23 ? -1 << <i32>(23 - keep) : -1), 80);
    v128.store(FACTS, i32x4.splat(i32.MIN_VALUE), 96);
    v128.store(FACTS, i16x8.splat(<i16>least), 112);
  }
}

/** Products, each below 4 times the window's power, whose sum, and a running value, leave 32 bits by a quarter of their half at most; and by how much so many do. */
@inline function partOf(fraction: u32): u32 { return (<u32>0xa000_0000 >>> (fraction + 2)) - 1; }
@inline function marginOf(fraction: u32, products: u32): i32 { return <i32>max<i64>(0, (<i64>products << (fraction + 2)) + ((<i64>2) << fraction) - 0x8000_0000); }

/**
 * Rows of 16 accumulators of fp32 in SUMS; false where one needs more than the integers hold. What is done to all rows of a group is done by a loop of its
 * own: all that it asks for stays in registers (measured: bench/works/floats.ts).
 */
function floatStrip(at: usize, a: usize, ea: usize, w: usize, ew: usize, shift: usize, rows: u32): bool {
  if (ASC_FEATURE_SIMD) {
    const kernel = plan.kernel(at), fraction = dot.fractionBits(kernel), group = dot.group(kernel), part = partOf(fraction), depth = plan.depth(at);
    let over = i32x4.splat(0);
    for (let k: u32 = 0; k < depth; k += group) {
      const count = min(group, depth - k);
      if (shift) listGreatest(ea + (<usize>k << 1), <usize>depth << 1, rows, ew + (<usize>k << 5), count);
      else listGreatestBytes(ea + k, depth, rows, ew + (<usize>k << 4), count);
      over = v128.or(over, openWindows(rows, fraction));
      over = v128.or(over, sumProducts(a + (<usize>k << 2), <usize>depth << 2, rows, w + (<usize>k << 6), count, part));
      over = v128.or(over, closeWindows(rows));
    }
    return !i32x4.bitmask(over);
  }
  return false;
}

/** The scales of a group's windows, out of the greatest exponents and the running values; the sign of a lane says whether one leaves the exponents of fp32 on either side. */
function openWindows(rows: u32, fraction: i32): v128 {
  const ones = i32x4.splat(-1), floor = facts.floor(), top = facts.top(), running = facts.running();
  let least = ones, lowest = ones, highest = i32x4.splat(0);
  for (let i: usize = 0, end = <usize>rows << 5; i < end; i += 16) {
    const products = v128.load(GREATEST + i), c = i32x4.shl(v128.load(SUMS + (i << 1)), 1), d = i32x4.shl(v128.load(SUMS + (i << 1), 16), 1);
    const both = i16x8.max_s(products, i16x8.add(i16x8.narrow_i32x4_s(i32x4.shr_u(c, 24), i32x4.shr_u(d, 24)), running));
    // Zeros are the greatest here.
    lowest = i16x8.min_u(lowest, products);
    least = i32x4.min_u(least, i32x4.min_u(i32x4.add(c, ones), i32x4.add(d, ones)));
    highest = i16x8.max_s(highest, both);
    const fields = i16x8.sub(top, i16x8.max_s(both, floor));
    v128.store(SCALES + (i << 1), i32x4.shl(i32x4.extend_low_i16x8_u(fields), 23));
    v128.store(SCALES + (i << 1), i32x4.shl(i32x4.extend_high_i16x8_u(fields), 23), 16);
  }
  const small = v128.or(i32x4.lt_u(least, i32x4.splat((fraction + 1 << 24) - 1)), i16x8.lt_u(lowest, i16x8.splat(<i16>(fraction + PRODUCT - 126))));
  return v128.any_true(v128.or(small, i16x8.gt_s(highest, i16x8.splat(<i16>(HIGHEST + PRODUCT))))) ? ones : i32x4.splat(0);
}

/** The running values of rows and a group's products, scaled and truncated, summed as integers; the sign of a lane says whether 32 bits do not hold a sum. */
function sumProducts(a: usize, step: usize, rows: u32, panel: usize, count: u32, part: u32): v128 {
  let over = i32x4.splat(0);
  for (let row: u32 = 0; row < rows; row += 2) {
    const first = a + <usize>row * step, second = row + 1 < rows ? first + step : first;
    for (let half: usize = 0; half < 64; half += 32) {
      const to = SUMS + (<usize>row << 6) + half, scales = SCALES + (<usize>row << 6) + half;
      const s0 = v128.load(scales), s1 = v128.load(scales, 16), s2 = v128.load(scales, 64), s3 = v128.load(scales, 80);
      let t0 = i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(to), s0)), t1 = i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(to, 16), s1));
      let t2 = i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(to, 64), s2)), t3 = i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(to, 80), s3));
      for (let x = first, z = second, y = panel + half, left = count; ;) {
        const some = min(part, left), end = x + (<usize>some << 2);
        do {
          const upper = v128.load32_splat(x), lower = v128.load32_splat(z), v = v128.load(y), u = v128.load(y, 16);
          t0 = i32x4.add(t0, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(upper, v), s0)));
          t1 = i32x4.add(t1, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(upper, u), s1)));
          t2 = i32x4.add(t2, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(lower, v), s2)));
          t3 = i32x4.add(t3, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(lower, u), s3)));
          x += 4;
          z += 4;
          y += 64;
        } while (x < end);
        if (some == count) break;
        const begins = left == count;
        over = v128.or(over, v128.or(v128.or(joined(0, t0, begins), joined(16, t1, begins)), v128.or(joined(32, t2, begins), joined(48, t3, begins))));
        t0 = t1 = t2 = t3 = i32x4.splat(0);
        left -= some;
        if (left) continue;
        t0 = v128.load(PARTS);
        t1 = v128.load(PARTS, 16);
        t2 = v128.load(PARTS, 32);
        t3 = v128.load(PARTS, 48);
        break;
      }
      v128.store(to, t0);
      v128.store(to, t1, 16);
      v128.store(to, t2, 64);
      v128.store(to, t3, 80);
    }
  }
  return over;
}

/** Sums as fp32 again, the running values of the next group; the sign of a lane says whether a sum is as near to the ends of 32 bits as one that has left them. */
function closeWindows(rows: u32): v128 {
  const margin = facts.margin(), inverse = facts.inverse(), digits = facts.digits(), sign = facts.sign();
  let over = i32x4.splat(0);
  for (let i: usize = 0, end = <usize>rows << 6; i < end; i += 16) {
    const sum = v128.load(SUMS + i), magnitude = i32x4.abs(sum), upper = v128.andnot(magnitude, i32x4.shr_u(magnitude, 24));
    over = v128.or(over, i32x4.add(magnitude, margin));
    // Of what lies below the upper 24 digits the highest one is taken away, where the first digit of a magnitude comes 24 places down: without it nothing is rounded up.
    const value = v128.and(f32x4.mul(f32x4.convert_i32x4_s(upper), i32x4.sub(inverse, v128.load(SCALES + i))), digits);
    v128.store(SUMS + i, v128.or(value, v128.and(sum, sign)));
  }
  return over;
}

/** The greatest exponents of a group's products, for rows `step` bytes apart, two at a time, and the 16 columns of a panel. */
function listGreatest(a: usize, step: usize, rows: u32, w: usize, count: u32): void {
  for (let row: u32 = 0, x = a, to = GREATEST; row < rows; row += 2, x += step << 1, to += 64) {
    let m0 = i32x4.splat(-1), m1 = m0, n0 = m0, n1 = m0;
    for (let i = x, j = row + 1 < rows ? x + step : x, y = w, end = i + (<usize>count << 1); i < end; i += 2, j += 2, y += 32) {
      const upper = v128.load16_splat(i), lower = v128.load16_splat(j), left = v128.load(y), right = v128.load(y, 16);
      m0 = i16x8.max_s(m0, i16x8.add(upper, left));
      m1 = i16x8.max_s(m1, i16x8.add(upper, right));
      n0 = i16x8.max_s(n0, i16x8.add(lower, left));
      n1 = i16x8.max_s(n1, i16x8.add(lower, right));
    }
    v128.store(to, m0);
    v128.store(to, m1, 16);
    v128.store(to, n0, 32);
    v128.store(to, n1, 48);
  }
}

/** The same of exponents as bytes. */
function listGreatestBytes(a: usize, step: usize, rows: u32, w: usize, count: u32): void {
  const least = facts.least();
  for (let row: u32 = 0, x = a, to = GREATEST; row < rows; row += 2, x += step << 1, to += 64) {
    let m = i32x4.splat(-1), n = m;
    for (let i = x, j = row + 1 < rows ? x + step : x, y = w, end = i + <usize>count; i < end; i++, j++, y += 16) {
      const columns = v128.load(y);
      m = i8x16.max_s(m, i8x16.add_sat_s(v128.load8_splat(i), columns));
      n = i8x16.max_s(n, i8x16.add_sat_s(v128.load8_splat(j), columns));
    }
    v128.store(to, productFields(i16x8.extend_low_i8x16_s(m), least));
    v128.store(to, productFields(i16x8.extend_high_i8x16_s(m), least), 16);
    v128.store(to, productFields(i16x8.extend_low_i8x16_s(n), least), 32);
    v128.store(to, productFields(i16x8.extend_high_i8x16_s(n), least), 48);
  }
}
/** -1, none, stays what it is. */
@inline function productFields(exponents: v128, least: v128): v128 { return v128.or(i16x8.add(exponents, least), i16x8.shr_s(exponents, 15)); }

/** The sign of each lane says whether a sum is as near to the ends of 32 bits as one that has left them. */
@inline function reach(sum: v128): v128 { return i32x4.add(i32x4.abs(sum), facts.margin()); }

/** Adds the sums of a part to those of the parts before it, unless it is the first; the sign of each lane says whether 32 bits do not hold one or both. */
@inline function joined(place: usize, sum: v128, first: bool): v128 {
  const old = first ? i32x4.splat(0) : v128.load(PARTS + place), all = i32x4.add(old, sum);
  v128.store(PARTS + place, all);
  return v128.or(reach(sum), v128.or(carry(sum, old), i32x4.abs(all)));
}

/** A row of 16 accumulators of fp16, as floatStrip; also false where one is no finite number. */
function halfRow(at: usize, a: usize, ea: usize, w: usize, ew: usize): bool { return eightHalves(at, a, ea, w, ew, SUMS) && eightHalves(at, a, ea, w + 32, ew + 16, SUMS + 16); }

function eightHalves(at: usize, a: usize, ea: usize, w: usize, ew: usize, to: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const kernel = plan.kernel(at), zero = i32x4.splat(0), ones = i32x4.splat(-1);
    let codes = v128.load(to), infinite = isInfiniteHalf(codes);
    let over = zero, lowest = ones, highest = zero, x = a, xe = ea, y = w, ye = ew;
    const fraction = dot.fractionBits(kernel), group = dot.group(kernel), part = partOf(fraction);
    for (let left = plan.depth(at); left > 0;) {
      const count = min(group, left);
      let m = halfExponents(codes);
      for (let end = xe + (<usize>count << 1); xe < end; xe += 2, ye += 32) m = i16x8.max_s(m, i16x8.add(v128.load16_splat(xe), v128.load(ye)));
      lowest = i16x8.min_u(lowest, m);
      highest = i16x8.max_s(highest, m);
      m = i16x8.sub(facts.top(), i16x8.max_s(m, facts.floor()));
      const s0 = i32x4.shl(i32x4.extend_low_i16x8_u(m), 23), s1 = i32x4.shl(i32x4.extend_high_i16x8_u(m), 23);
      const c0 = halves(i32x4.extend_low_i16x8_u(codes)), c1 = halves(i32x4.extend_high_i16x8_u(codes));
      let t0 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c0, s0)), t1 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c1, s1)), u0 = zero, u1 = zero;
      for (let done: u32 = 0; done < count;) {
        const some = min(part, count - done);
        for (let end = x + (<usize>some << 2); x < end; x += 4, y += 64) {
          const factor = v128.load32_splat(x);
          t0 = i32x4.add(t0, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y)), s0)));
          t1 = i32x4.add(t1, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y, 16)), s1)));
        }
        over = v128.or(over, v128.or(v128.or(reach(t0), reach(t1)), v128.or(carry(t0, u0), carry(t1, u1))));
        u0 = i32x4.add(t0, u0);
        u1 = i32x4.add(t1, u1);
        t0 = t1 = zero;
        done += some;
      }
      over = v128.or(over, v128.or(i32x4.abs(u0), i32x4.abs(u1)));
      codes = i16x8.narrow_i32x4_u(nearestHalf(u0, i32x4.sub(facts.inverse(), s0)), nearestHalf(u1, i32x4.sub(facts.inverse(), s1)));
      infinite = v128.or(infinite, isInfiniteHalf(codes));
      left -= count;
    }
    const leaves = v128.or(i16x8.lt_u(lowest, i16x8.splat(<i16>(fraction + PRODUCT - 126))), i16x8.gt_s(highest, i16x8.splat(<i16>(HIGHEST + PRODUCT))));
    if (i32x4.bitmask(over) || v128.any_true(v128.or(infinite, leaves))) return false;
    v128.store(to, codes);
    return true;
  }
  return false;
}

/** Exponents of fp16 codes as those of products; negative ones of zeros. */
@inline function halfExponents(codes: v128): v128 {
  const bare = v128.and(codes, i16x8.splat(0x7fff)), exponent = i16x8.add(i16x8.max_s(i16x8.shr_u(bare, 10), i16x8.splat(1)), i16x8.splat(<i16>(PRODUCT - 15)));
  return v128.or(exponent, i16x8.shl(i16x8.eq(bare, i16x8.splat(0)), 14));
}
@inline function isInfiniteHalf(codes: v128): v128 { return i16x8.gt_s(v128.and(codes, i16x8.splat(0x7fff)), i16x8.splat(0x7bff)); }

/** The digits of a magnitude of up to 31 bits that lie below its upper 24. */
@inline function lowDigits(magnitude: v128): v128 {
  let low = i32x4.shr_u(magnitude, 24);
  low = v128.or(low, i32x4.shr_u(low, 1));
  low = v128.or(low, i32x4.shr_u(low, 2));
  return v128.or(low, i32x4.shr_u(low, 4));
}

/** Integers times a power of two as fp16 codes, to nearest even, zeros without sign: rounded to odd in fp32 first, which has 13 digits more. */
@inline function nearestHalf(sum: v128, scale: v128): v128 {
  const magnitude = i32x4.abs(sum), low = v128.and(magnitude, lowDigits(magnitude)), zero = i32x4.splat(0), one = i32x4.splat(1);
  const exact = f32x4.convert_i32x4_s(i32x4.sub(magnitude, low));
  const odd = f32x4.mul(v128.or(exact, v128.andnot(one, i32x4.eq(low, zero))), scale);
  const even = v128.and(i32x4.shr_u(odd, 13), one);
  const normal = i32x4.shr_u(i32x4.add(i32x4.sub(odd, i32x4.splat(0x3800_0000 - 0xfff)), even), 13);
  const half = f32x4.splat(0.5), small = i32x4.sub(f32x4.add(odd, half), half);
  const rounded = v128.bitselect(small, normal, i32x4.lt_u(odd, i32x4.splat(0x3880_0000))), code = i32x4.min_u(rounded, i32x4.splat(0x7c00));
  const sign = v128.and(i32x4.shr_u(sum, 16), i32x4.splat(0x8000));
  return v128.or(code, v128.andnot(sign, i32x4.eq(code, zero)));
}
