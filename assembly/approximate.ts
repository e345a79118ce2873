//! approximate: special functions of four numbers at a time, wrong by less than 2^-42 of themselves, where that tells how they round; of the SIMD build only.
import {
  CUBIC_HIGH, ERF, ERF_ROW, EXP, GELU_HIGH, LN2_LOW, LN2_HIGH, MILLS, MILLS_ROW, STEP_HIGH, STEP_LOW, STEPS,
} from './function-tables';
import { constant } from './pair';

/** Last places of fp64 from a number of 24 bits, or the middle between two, within which an approximation does not tell: 2^-40 of it, and more. */
const NEAR: i32 = 0x1000;
const EXPONENT: i32 = 0x7f80_0000, MAGNITUDE: i32 = 0x7fff_ffff;
/** As in functions.ts. */
const FAR: f64 = 200.0, TAIL: f64 = 15, FLAT: f64 = 4;

/** Whether a function of `special` has an approximation. */
@inline export function isApproximated(operation: u32): bool { return operation == 3 || operation == 4 || (operation >= 7 && operation <= 12); }

/**
 * f of normal numbers in fp32 that lie one behind the other, four at a time, to nearest or, `odd`, to odd; all are inexact. Returns the bytes that are done:
 * it stops at four of which one is no normal number, or lies so that its function may be exact or is out of reach, or of which fewer are left.
 */
export function approximated(operation: u32, to: usize, from: usize, end: usize, odd: bool): usize {
  switch (operation) {
    case 3: return fours(3, to, from, end, odd);
    case 4: return fours(4, to, from, end, odd);
    case 7: return fours(7, to, from, end, odd);
    case 8: return fours(8, to, from, end, odd);
    case 9: return fours(9, to, from, end, odd);
    case 10: return fours(10, to, from, end, odd);
    case 11: return fours(11, to, from, end, odd);
    default: return fours(12, to, from, end, odd);
  }
}

/** A loop for each function, which is a constant where it stands. */
@inline function fours(operation: u32, to: usize, from: usize, end: usize, odd: bool): usize {
  const exponent = i32x4.splat(EXPONENT), zero = i32x4.splat(0), one = i32x4.splat(1);
  let at = from, target = to;
  for (; at + 16 <= end; at += 16, target += 16) {
    const x = v128.load(at), field = v128.and(x, exponent);
    if (v128.any_true(v128.or(i32x4.eq(field, zero), i32x4.eq(field, exponent)))) break;
    const p = two(operation, f64x2.promote_low_f32x4(x)), q = two(operation, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)));
    const last = v128.and(i32x4.add(v128.shuffle<i32>(p, q, 0, 2, 4, 6), i32x4.splat(NEAR)), i32x4.splat(0x0fff_ffff));
    const low = f32x4.demote_f64x2_zero(p), high = f32x4.demote_f64x2_zero(q);
    let result = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
    const size = i32x4.sub(v128.and(result, i32x4.splat(MAGNITUDE)), i32x4.splat(0x0080_0001));
    if (v128.any_true(v128.or(i32x4.le_u(last, i32x4.splat(2 * NEAR)), i32x4.ge_u(size, i32x4.splat(0x7eff_ffff))))) break;
    if (odd) {
      const less = v128.shuffle<i32>(f64x2.lt(f64x2.abs(p), f64x2.abs(f64x2.promote_low_f32x4(low))), f64x2.lt(f64x2.abs(q), f64x2.abs(f64x2.promote_low_f32x4(high))), 0, 2, 4, 6);
      result = i32x4.add(result, v128.and(i32x4.eq(v128.and(result, one), zero), v128.or(less, one)));
    }
    v128.store(target, result);
  }
  return at - from;
}

@inline function two(operation: u32, x: v128): v128 {
  if (operation == 3) return power(far(x));
  if (operation == 4) return power2(far(x));
  if (operation == 7) return tanh(x);
  if (operation == 8) return logistic(far(x), both(ONE));
  if (operation == 9) return erf(x);
  if (operation == 10) return gelu(x);
  if (operation == 11) return geluTanh(x);
  return logistic(far(x), x);
}

@inline function within(x: v128, limit: f64): v128 { return f64x2.pmax(f64x2.pmin(x, f64x2.splat(limit)), f64x2.splat(-limit)); }
/** Within FAR: beyond that the functions are out of reach, or the same. */
@inline function far(x: v128): v128 { return f64x2.pmax(f64x2.pmin(x, both(MOST)), both(LEAST)); }
@inline function negative(x: v128): v128 { return f64x2.lt(x, f64x2.splat(0)); }

// Numbers in memory: a vector of one is loaded by one instruction, where V8 makes a constant of three each time that it is used (measured).
const HALF: usize = memory.data<f64>([0.5]), SIXTH: usize = memory.data<f64>([1.0 / 6.0]), PART_24: usize = memory.data<f64>([1.0 / 24.0]);
const PART_120: usize = memory.data<f64>([1.0 / 120.0]), IN_STEPS: usize = memory.data<u64>([STEPS]), HIGH_STEP: usize = memory.data<u64>([STEP_HIGH]);
const LOW_STEP: usize = memory.data<u64>([STEP_LOW]), POWERS: usize = memory.data<u64>([0xf_ff00]), ONE: usize = memory.data<f64>([1.0]);
const MOST: usize = memory.data<f64>([FAR]), LEAST: usize = memory.data<f64>([-FAR]), INTEGRAL: usize = memory.data<f64>([6755399441055744.0]);
@inline function both(number: usize): v128 { return v128.load64_splat(number); }

/** Added to a number and taken away again it leaves the nearest integer; the sum's last bits are that integer's. Faster than the conversions (measured). */
@inline function integral(x: v128): v128 { return f64x2.add(x, both(INTEGRAL)); }
@inline function numberOf(sum: v128): v128 { return f64x2.sub(sum, both(INTEGRAL)); }
/** The integer of a lane. */
@inline function integer(lane: i32, sum: v128): i32 { return lane ? i32x4.extract_lane(sum, 2) : i32x4.extract_lane(sum, 0); }

/** e^r - 1, |r| < 2^-9.5. */
@inline function lessOne(r: v128): v128 {
  let sum = f64x2.add(both(PART_24), f64x2.mul(r, both(PART_120)));
  sum = f64x2.add(both(SIXTH), f64x2.mul(r, sum));
  sum = f64x2.add(both(HALF), f64x2.mul(r, sum));
  return f64x2.add(r, f64x2.mul(f64x2.mul(r, r), sum));
}

/** 2^(k/256) e^r, k of the sum. */
@inline function stepped(sum: v128, r: v128): v128 {
  const first = EXP + (<usize>(integer(0, sum) & 255) << 4), second = EXP + (<usize>(integer(1, sum) & 255) << 4);
  const high = v128.load64_lane(second, v128.load64_zero(first), 1), low = v128.load64_lane(second, v128.load64_zero(first, 8), 1, 8);
  const entry = f64x2.add(high, low), value = f64x2.add(entry, f64x2.mul(entry, lessOne(r)));
  return i64x2.add(value, i64x2.shl(v128.and(sum, both(POWERS)), 44));
}

@inline function power(x: v128): v128 {
  const sum = integral(f64x2.mul(x, both(IN_STEPS))), k = numberOf(sum);
  return stepped(sum, f64x2.sub(f64x2.sub(x, f64x2.mul(k, both(HIGH_STEP))), f64x2.mul(k, both(LOW_STEP))));
}
/** The same for what has more to do than that. */
function exp(x: v128): v128 { return power(x); }

@inline function power2(x: v128): v128 {
  const sum = integral(f64x2.mul(x, f64x2.splat(256)));
  return stepped(sum, f64x2.mul(f64x2.sub(x, f64x2.mul(numberOf(sum), f64x2.splat(1.0 / 256.0))), f64x2.splat(constant(LN2_HIGH) + constant(LN2_LOW))));
}

/** factor / (1 + e^-x), below zero factor e^x / (1 + e^x). */
@inline function logistic(x: v128, factor: v128): v128 {
  const u = exp(f64x2.neg(f64x2.abs(x))), one = both(ONE);
  return f64x2.div(f64x2.mul(factor, v128.bitselect(u, one, negative(x))), f64x2.add(one, u));
}

/** (1 - u) / (1 + u), u = e^-2|x|, of the sign of x; near zero the series. */
@inline function tanh(x: v128): v128 {
  const size = f64x2.abs(x), square = f64x2.mul(x, x), one = both(ONE), u = exp(f64x2.mul(f64x2.splat(-2), f64x2.pmin(size, both(MOST))));
  let series = f64x2.add(f64x2.splat(-17.0 / 315.0), f64x2.mul(square, f64x2.splat(62.0 / 2835.0)));
  series = f64x2.add(f64x2.splat(-1.0 / 3.0), f64x2.mul(square, f64x2.add(f64x2.splat(2.0 / 15.0), f64x2.mul(square, series))));
  const small = f64x2.add(size, f64x2.mul(f64x2.mul(size, square), series)), large = f64x2.div(f64x2.sub(one, u), f64x2.add(one, u));
  return v128.or(v128.bitselect(small, large, f64x2.lt(size, f64x2.splat(0.00390625))), v128.and(x, f64x2.splat(-0.0)));
}

/** Taylor series of degree 10 at a row of coefficients for each lane. */
function taylor(first: usize, second: usize, d: v128): v128 {
  let powers = coefficients(first, second, 12);
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 11));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 10));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 9));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 8));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 7));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 6));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 5));
  powers = f64x2.add(f64x2.mul(powers, d), coefficients(first, second, 4));
  const slope = f64x2.add(coefficients(first, second, 2), coefficients(first, second, 3));
  const rest = f64x2.add(coefficients(first, second, 1), f64x2.mul(d, f64x2.add(slope, f64x2.mul(d, powers))));
  return f64x2.add(coefficients(first, second, 0), rest);
}
@inline function coefficients(first: usize, second: usize, slot: usize): v128 {
  return v128.load64_lane(second + (slot << 3), v128.load64_zero(first + (slot << 3)), 1);
}

/** Beyond FLAT it is 1, which is for the exact way. */
@inline function erf(x: v128): v128 {
  const size = f64x2.pmin(f64x2.abs(x), f64x2.splat(FLAT)), sum = integral(f64x2.mul(size, f64x2.splat(16))), d = f64x2.sub(size, f64x2.mul(numberOf(sum), f64x2.splat(0.0625)));
  return v128.or(taylor(ERF + <usize>integer(0, sum) * ERF_ROW, ERF + <usize>integer(1, sum) * ERF_ROW, d), v128.and(x, f64x2.splat(-0.0)));
}

/** x times the tail Q(-x) of the normal distribution: e^(-t^2/2) times Mills' ratio at |x|, above zero 1 less that. */
@inline function gelu(x: v128): v128 {
  const t = f64x2.pmin(f64x2.abs(x), f64x2.splat(TAIL)), sum = integral(f64x2.mul(t, f64x2.splat(8))), d = f64x2.sub(t, f64x2.mul(numberOf(sum), f64x2.splat(0.125)));
  const ratio = taylor(MILLS + <usize>integer(0, sum) * MILLS_ROW, MILLS + <usize>integer(1, sum) * MILLS_ROW, d);
  const q = f64x2.mul(exp(f64x2.mul(f64x2.splat(-0.5), f64x2.mul(t, t))), ratio);
  return f64x2.mul(f64x2.pmax(x, f64x2.splat(-TAIL)), v128.bitselect(q, f64x2.sub(both(ONE), q), negative(x)));
}

/** x / (1 + e^-y), y = x (GELU + CUBIC x^2). */
@inline function geluTanh(x: v128): v128 {
  const near = within(x, TAIL), cubic = f64x2.mul(f64x2.splat(constant(CUBIC_HIGH)), f64x2.mul(near, near));
  return logistic(f64x2.mul(near, f64x2.add(f64x2.splat(constant(GELU_HIGH)), cubic)), x);
}
