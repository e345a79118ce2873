//! fused: fused windows on 16 columns at once: exact fp32 products scaled by a power of two, truncated to 32-bit integers and summed.
import { dot, format } from './encoding';
import { dotRow } from './dot';
import { FIXED } from './element';
import { carry, plan } from './multiply';
import { halves } from './widen';

const FUSED: u32 = 4, IN_WINDOW: u32 = 2, TOWARD_ZERO: u32 = 1, NEAREST_EVEN: u32 = 0;
/** The exponent of a zero: two of them are still below every window. */
const NONE: i32 = -16384, NOTHING: i32 = -8192;
/** Above it a result might leave fp32 (64 products, 4 times the window's power each, and the running value). */
const HIGHEST: i32 = 118;
/** One row of accumulators that is no whole block. */
const BLOCK: usize = memory.data(64, 16);

/**
 * Whether a kernel's steps are sums of 32-bit integers: windows that truncate toward zero and begin as C, no flushing, and results that
 * are truncated to fp32 or rounded to fp16 (numerics.md 3, T6). A sum of as many products as `chunk` says fits 32 bits.
 */
export function isFusedFast(at: usize, a: usize, w: usize): bool {
  const kernel = plan.kernel(at);
  if (!ASC_FEATURE_SIMD || dot.kind(kernel) != FUSED || dot.order(kernel) != 0 || dot.join(kernel) != IN_WINDOW || plan.block(at) != 0) return false;
  if (dot.align(kernel) != TOWARD_ZERO || dot.zero(kernel) == 0 || (dot.daz(kernel) | dot.ftz(kernel)) != 0) return false;
  if (format.kind(a) == FIXED || format.kind(w) == FIXED || dot.fractionBits(kernel) > 27) return false;
  if (plan.accumulatorBytes(at) == 4) return dot.round(kernel) == TOWARD_ZERO;
  return dot.round(kernel) == NEAREST_EVEN && dot.keep(kernel) >= 10;
}

/** The raw exponents of fp32 numbers as i16, zeros far below all others. */
export function listExponents(to: usize, from: usize, numbers: usize, leastExponent: i32): void {
  if (ASC_FEATURE_SIMD) {
    const least = i32x4.splat(leastExponent);
    for (let i: usize = 0; i < numbers; i += 8) {
      v128.store(to + (i << 1), i16x8.narrow_i32x4_s(
        exponents(v128.load(from + (i << 2)), least), exponents(v128.load(from + (i << 2), 16), least),
      ));
    }
  }
}

/** Raw exponents of four fp32 numbers whose subnormals have the exponent `least`. */
@inline function exponents(x: v128, least: v128): v128 {
  const magnitude = v128.and(x, i32x4.splat(0x7fff_ffff));
  const exponent = i32x4.max_s(i32x4.sub(i32x4.shr_u(magnitude, 23), i32x4.splat(127)), least);
  return v128.bitselect(i32x4.splat(NONE), exponent, i32x4.eq(magnitude, i32x4.splat(0)));
}

/**
 * Rows of the tile by all columns; `room` has place for the exponents of the tile and of a panel. `care` tells whether all products are
 * exact in fp32. Rows whose windows or sums leave what the integers hold go the general way.
 */
export function fusedRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize, room: usize): void {
  const depth = <usize>plan.depth(at), columns = plan.columns(at), bytes = plan.accumulatorBytes(at), wide = bytes == 4;
  const weights = (room + (<usize>rows * depth << 1) + 31) & ~15;
  listExponents(room, tile, <usize>rows * depth, plan.aLeast(at));
  for (let column: u32 = 0; column < columns; column += 16) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * (depth << 6), width = min<u32>(16, columns - column);
    listExponents(weights, panel, depth << 4, plan.wLeast(at));
    const used = <usize>width * bytes;
    for (let row: usize = 0; row < <usize>rows; row++) {
      const a = tile + row * (depth << 2), exponent = room + row * (depth << 1);
      const real = acc + <usize>(<isize>row * stride) + <usize>column * bytes, to = width == 16 ? real : BLOCK;
      if (width < 16) {
        memory.fill(BLOCK, 0, 64);
        memory.copy(BLOCK, real, used);
      }
      const done = wide ? floatBlock(at, a, exponent, panel, weights, to) : halfBlock(at, a, exponent, panel, weights, to);
      if (!done) dotRow(at, a, 4, panel, width, real);
      else if (width < 16) memory.copy(real, BLOCK, used);
    }
  }
}

/** Products whose sum, and a running value, 32 bits hold: a power of two. */
@inline function chunkOf(fractionBits: u32): u32 { return <u32>1 << (28 - fractionBits); }

/** 16 accumulators of fp32; false, and nothing written, where a lane needs more than the integers hold. */
function floatBlock(at: usize, a: usize, ea: usize, w: usize, ew: usize, to: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const kernel = plan.kernel(at), adds = plan.adds(at), zero = i32x4.splat(0), least = i32x4.splat(-126);
    const digits = dot.keep(kernel) < 23 ? i32x4.splat(-1 << <i32>(23 - dot.keep(kernel))) : i32x4.splat(-1);
    let c0 = adds ? v128.load(to) : zero, c1 = adds ? v128.load(to, 16) : zero;
    let c2 = adds ? v128.load(to, 32) : zero, c3 = adds ? v128.load(to, 48) : zero;
    let bad = zero, x = a, xe = ea, y = w, ye = ew;
    const fraction = <i32>dot.fractionBits(kernel), group = dot.group(kernel), chunk = min(group, chunkOf(fraction));
    const floor = i32x4.splat(max(dot.floor(kernel), fraction - 126));
    const up = i32x4.splat(127 + fraction), down = i32x4.splat(127 - fraction);
    for (let left = plan.depth(at); left > 0;) {
      const count = min(group, left);
      let m0 = i16x8.splat(i16.MIN_VALUE), m1 = m0;
      for (let end = xe + (<usize>count << 1); xe < end; xe += 2, ye += 32) {
        const e = v128.load16_splat(xe);
        m0 = i16x8.max_s(m0, i16x8.add(e, v128.load(ye)));
        m1 = i16x8.max_s(m1, i16x8.add(e, v128.load(ye, 16)));
      }
      let e0 = i32x4.max_s(i32x4.extend_low_i16x8_s(m0), exponents(c0, least)), e1 = i32x4.max_s(i32x4.extend_high_i16x8_s(m0), exponents(c1, least));
      let e2 = i32x4.max_s(i32x4.extend_low_i16x8_s(m1), exponents(c2, least)), e3 = i32x4.max_s(i32x4.extend_high_i16x8_s(m1), exponents(c3, least));
      bad = v128.or(bad, v128.or(v128.or(leaves(e0, fraction), leaves(e1, fraction)), v128.or(leaves(e2, fraction), leaves(e3, fraction))));
      e0 = i32x4.max_s(e0, floor);
      e1 = i32x4.max_s(e1, floor);
      e2 = i32x4.max_s(e2, floor);
      e3 = i32x4.max_s(e3, floor);
      const s0 = i32x4.shl(i32x4.sub(up, e0), 23), s1 = i32x4.shl(i32x4.sub(up, e1), 23);
      const s2 = i32x4.shl(i32x4.sub(up, e2), 23), s3 = i32x4.shl(i32x4.sub(up, e3), 23);
      let t0 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c0, s0)), t1 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c1, s1));
      let t2 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c2, s2)), t3 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c3, s3));
      let u0 = zero, u1 = zero, u2 = zero, u3 = zero;
      for (let done: u32 = 0; done < count;) {
        const some = min(chunk, count - done);
        for (let end = x + (<usize>some << 2); x < end; x += 4, y += 64) {
          const factor = v128.load32_splat(x);
          t0 = i32x4.add(t0, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y)), s0)));
          t1 = i32x4.add(t1, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y, 16)), s1)));
          t2 = i32x4.add(t2, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y, 32)), s2)));
          t3 = i32x4.add(t3, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y, 48)), s3)));
        }
        if (done) {
          bad = v128.or(bad, v128.or(v128.or(carry(t0, u0), carry(t1, u1)), v128.or(carry(t2, u2), carry(t3, u3))));
          t0 = i32x4.add(t0, u0);
          t1 = i32x4.add(t1, u1);
          t2 = i32x4.add(t2, u2);
          t3 = i32x4.add(t3, u3);
        }
        done += some;
        if (done < count) {
          u0 = t0;
          u1 = t1;
          u2 = t2;
          u3 = t3;
          t0 = t1 = t2 = t3 = zero;
        }
      }
      bad = v128.or(bad, v128.or(v128.or(i32x4.abs(t0), i32x4.abs(t1)), v128.or(i32x4.abs(t2), i32x4.abs(t3))));
      c0 = truncated(t0, i32x4.shl(i32x4.add(e0, down), 23), digits);
      c1 = truncated(t1, i32x4.shl(i32x4.add(e1, down), 23), digits);
      c2 = truncated(t2, i32x4.shl(i32x4.add(e2, down), 23), digits);
      c3 = truncated(t3, i32x4.shl(i32x4.add(e3, down), 23), digits);
      left -= count;
    }
    if (i32x4.bitmask(bad)) return false;
    v128.store(to, c0);
    v128.store(to, c1, 16);
    v128.store(to, c2, 32);
    v128.store(to, c3, 48);
    return true;
  }
  return false;
}

/** Lanes whose window is not empty and leaves the exponents of fp32 on either side. */
@inline function leaves(e: v128, fraction: i32): v128 {
  const low = v128.and(i32x4.gt_s(e, i32x4.splat(NOTHING)), i32x4.lt_s(e, i32x4.splat(fraction - 126)));
  return v128.or(low, i32x4.gt_s(e, i32x4.splat(HIGHEST)));
}

/** The digits of a magnitude of up to 31 bits that lie below its upper 24. */
@inline function lowDigits(magnitude: v128): v128 {
  let low = i32x4.shr_u(magnitude, 24);
  low = v128.or(low, i32x4.shr_u(low, 1));
  low = v128.or(low, i32x4.shr_u(low, 2));
  return v128.or(low, i32x4.shr_u(low, 4));
}

/**
 * Integers times a power of two as fp32, cut toward zero to the digits that are kept. Of what lies below the upper 24 the highest digit is taken away,
 * where the first digit of a magnitude comes 24 places down: without it nothing is rounded up.
 */
@inline function truncated(sum: v128, scale: v128, digits: v128): v128 {
  const magnitude = i32x4.abs(sum), upper = v128.andnot(magnitude, i32x4.shr_u(magnitude, 24));
  const value = v128.and(f32x4.mul(f32x4.convert_i32x4_s(upper), scale), digits);
  return v128.or(value, v128.and(sum, i32x4.splat(i32.MIN_VALUE)));
}

/** 16 accumulators of fp16, as floatBlock; also false where one is no finite number. */
function halfBlock(at: usize, a: usize, ea: usize, w: usize, ew: usize, to: usize): bool {
  for (let part: usize = 0; part < 2; part++) {
    if (!halfPart(at, a, ea, w + (part << 5), ew + (part << 4), to + (part << 4), HALVES + (part << 4))) return false;
  }
  memory.copy(to, HALVES, 32);
  return true;
}
const HALVES: usize = memory.data(32, 16);

/** Eight of them, results at `result`. */
function halfPart(at: usize, a: usize, ea: usize, w: usize, ew: usize, from: usize, result: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const kernel = plan.kernel(at), zero = i32x4.splat(0), least = i32x4.splat(-14), old = plan.adds(at) ? v128.load(from) : zero;
    let h0 = i32x4.extend_low_i16x8_u(old), h1 = i32x4.extend_high_i16x8_u(old), bad = zero, x = a, xe = ea, y = w, ye = ew;
    const fraction = <i32>dot.fractionBits(kernel), group = dot.group(kernel), chunk = min(group, chunkOf(fraction));
    const floor = i32x4.splat(max(dot.floor(kernel), fraction - 126));
    const up = i32x4.splat(127 + fraction), down = i32x4.splat(127 - fraction);
    for (let left = plan.depth(at); left > 0;) {
      const count = min(group, left), c0 = halves(h0), c1 = halves(h1);
      let m = i16x8.splat(i16.MIN_VALUE);
      for (let end = xe + (<usize>count << 1); xe < end; xe += 2, ye += 32) m = i16x8.max_s(m, i16x8.add(v128.load16_splat(xe), v128.load(ye)));
      let e0 = i32x4.max_s(i32x4.extend_low_i16x8_s(m), exponents(c0, least)), e1 = i32x4.max_s(i32x4.extend_high_i16x8_s(m), exponents(c1, least));
      bad = v128.or(bad, v128.or(leaves(e0, fraction), leaves(e1, fraction)));
      e0 = i32x4.max_s(e0, floor);
      e1 = i32x4.max_s(e1, floor);
      const s0 = i32x4.shl(i32x4.sub(up, e0), 23), s1 = i32x4.shl(i32x4.sub(up, e1), 23);
      let t0 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c0, s0)), t1 = i32x4.trunc_sat_f32x4_s(f32x4.mul(c1, s1)), u0 = zero, u1 = zero;
      for (let done: u32 = 0; done < count;) {
        const some = min(chunk, count - done);
        for (let end = x + (<usize>some << 2); x < end; x += 4, y += 64) {
          const factor = v128.load32_splat(x);
          t0 = i32x4.add(t0, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y)), s0)));
          t1 = i32x4.add(t1, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(factor, v128.load(y, 16)), s1)));
        }
        bad = v128.or(bad, v128.or(carry(t0, u0), carry(t1, u1)));
        u0 = i32x4.add(t0, u0);
        u1 = i32x4.add(t1, u1);
        t0 = t1 = zero;
        done += some;
      }
      bad = v128.or(bad, v128.or(i32x4.abs(u0), i32x4.abs(u1)));
      h0 = nearestHalf(u0, i32x4.shl(i32x4.add(e0, down), 23));
      h1 = nearestHalf(u1, i32x4.shl(i32x4.add(e1, down), 23));
      const most = i32x4.splat(0x7bff), bare = i32x4.splat(0x7fff);
      bad = v128.or(bad, v128.or(i32x4.gt_s(v128.and(h0, bare), most), i32x4.gt_s(v128.and(h1, bare), most)));
      left -= count;
    }
    if (i32x4.bitmask(bad)) return false;
    v128.store(result, i16x8.narrow_i32x4_u(h0, h1));
    return true;
  }
  return false;
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
