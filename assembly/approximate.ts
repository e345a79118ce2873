//! approximate: special functions of four numbers at a time, wrong by less than 2^-42 of themselves, where that tells how they round; of the SIMD build only.
import {
  CUBIC_HIGH, ERF, ERF_ROW, EXP, GELU_HIGH, LN2_LOW, LN2_HIGH, MILLS, MILLS_ROW, STEP_HIGH, STEP_LOW, STEPS,
} from './function-tables';
import { constant } from './pair';

/** Last places of fp64 from a number of 24 bits, or the middle between two, within which an approximation does not tell: 2^-40 of it, and more. */
const NEAR: i32 = 0x1000;
const EXPONENT: i32 = 0x7f80_0000, MAGNITUDE: i32 = 0x7fff_ffff;
/** As in functions.ts. */
const FAR: f64 = 200, TAIL: f64 = 15, FLAT: f64 = 4;

/** Whether a function of `special` has an approximation. */
@inline export function isApproximated(operation: u32): bool { return operation == 3 || operation == 4 || (operation >= 7 && operation <= 12); }

/**
 * f of four normal numbers in fp32, to nearest or, `odd`, to odd; all are inexact. False, and nothing is written, where one is no normal number, or lies
 * so that its function may be exact or is out of reach: for the exact way.
 */
export function approximated(operation: u32, to: usize, from: usize, odd: bool): bool {
  const x = v128.load(from), field = v128.and(x, i32x4.splat(EXPONENT)), zero = i32x4.splat(0);
  if (v128.any_true(v128.or(i32x4.eq(field, zero), i32x4.eq(field, i32x4.splat(EXPONENT))))) return false;
  const p = two(operation, f64x2.promote_low_f32x4(x)), q = two(operation, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)));
  const last = v128.and(i32x4.add(v128.shuffle<i32>(p, q, 0, 2, 4, 6), i32x4.splat(NEAR)), i32x4.splat(0x0fff_ffff));
  const low = f32x4.demote_f64x2_zero(p), high = f32x4.demote_f64x2_zero(q);
  let result = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
  const size = i32x4.sub(v128.and(result, i32x4.splat(MAGNITUDE)), i32x4.splat(0x0080_0001));
  if (v128.any_true(v128.or(i32x4.le_u(last, i32x4.splat(2 * NEAR)), i32x4.ge_u(size, i32x4.splat(0x7eff_ffff))))) return false;
  if (odd) {
    const less = v128.shuffle<i32>(f64x2.lt(f64x2.abs(p), f64x2.abs(f64x2.promote_low_f32x4(low))), f64x2.lt(f64x2.abs(q), f64x2.abs(f64x2.promote_low_f32x4(high))), 0, 2, 4, 6);
    const even = i32x4.eq(v128.and(result, i32x4.splat(1)), zero);
    result = i32x4.add(result, v128.and(even, v128.or(less, i32x4.splat(1))));
  }
  v128.store(to, result);
  return true;
}

function two(operation: u32, x: v128): v128 {
  switch (operation) {
    case 3: return exp(within(x, FAR));
    case 4: return exp2(within(x, FAR));
    case 7: return tanh(x);
    case 8: return logistic(within(x, FAR), f64x2.splat(1));
    case 9: return erf(x);
    case 10: return gelu(x);
    case 11: return geluTanh(x);
    default: return logistic(within(x, FAR), x);
  }
}

@inline function within(x: v128, limit: f64): v128 { return f64x2.max(f64x2.min(x, f64x2.splat(limit)), f64x2.splat(-limit)); }
@inline function negative(x: v128): v128 { return f64x2.lt(x, f64x2.splat(0)); }
@inline function number(lane: i32, n: v128): i32 { return lane ? i32x4.extract_lane(n, 1) : i32x4.extract_lane(n, 0); }

/** e^r - 1, |r| < 2^-9.5. */
@inline function lessOne(r: v128): v128 {
  let sum = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(r, f64x2.splat(1.0 / 120.0)));
  sum = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(r, sum));
  sum = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, sum));
  return f64x2.add(r, f64x2.mul(f64x2.mul(r, r), sum));
}

/** 2^(k/256) e^r. */
function power(k: v128, r: v128): v128 {
  const n = i32x4.trunc_sat_f64x2_s_zero(k), first = EXP + (<usize>(number(0, n) & 255) << 4), second = EXP + (<usize>(number(1, n) & 255) << 4);
  const high = v128.load64_lane(second, v128.load64_zero(first), 1), low = v128.load64_lane(second, v128.load64_zero(first, 8), 1, 8);
  const entry = f64x2.add(high, low), value = f64x2.add(entry, f64x2.mul(entry, lessOne(r)));
  return i64x2.add(value, i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.shr_s(n, 8)), 52));
}

function exp(x: v128): v128 {
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(constant(STEPS))));
  return power(k, f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(constant(STEP_HIGH)))), f64x2.mul(k, f64x2.splat(constant(STEP_LOW)))));
}

@inline function exp2(x: v128): v128 {
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(256)));
  return power(k, f64x2.mul(f64x2.sub(x, f64x2.mul(k, f64x2.splat(1.0 / 256.0))), f64x2.splat(constant(LN2_HIGH) + constant(LN2_LOW))));
}

/** factor / (1 + e^-x), below zero factor e^x / (1 + e^x). */
function logistic(x: v128, factor: v128): v128 {
  const u = exp(f64x2.neg(f64x2.abs(x))), one = f64x2.splat(1);
  return f64x2.div(f64x2.mul(factor, v128.bitselect(u, one, negative(x))), f64x2.add(one, u));
}

/** (1 - u) / (1 + u), u = e^-2|x|, of the sign of x; near zero the series. */
@inline function tanh(x: v128): v128 {
  const size = f64x2.abs(x), square = f64x2.mul(x, x), one = f64x2.splat(1), u = exp(f64x2.mul(f64x2.splat(-2), f64x2.min(size, f64x2.splat(FAR))));
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
  const size = f64x2.min(f64x2.abs(x), f64x2.splat(FLAT)), j = f64x2.nearest(f64x2.mul(size, f64x2.splat(16))), n = i32x4.trunc_sat_f64x2_s_zero(j);
  const value = taylor(ERF + <usize>number(0, n) * ERF_ROW, ERF + <usize>number(1, n) * ERF_ROW, f64x2.sub(size, f64x2.mul(j, f64x2.splat(0.0625))));
  return v128.or(value, v128.and(x, f64x2.splat(-0.0)));
}

/** x times the tail Q(-x) of the normal distribution: e^(-t^2/2) times Mills' ratio at |x|, above zero 1 less that. */
@inline function gelu(x: v128): v128 {
  const t = f64x2.min(f64x2.abs(x), f64x2.splat(TAIL)), j = f64x2.nearest(f64x2.mul(t, f64x2.splat(8))), n = i32x4.trunc_sat_f64x2_s_zero(j);
  const ratio = taylor(MILLS + <usize>number(0, n) * MILLS_ROW, MILLS + <usize>number(1, n) * MILLS_ROW, f64x2.sub(t, f64x2.mul(j, f64x2.splat(0.125))));
  const q = f64x2.mul(exp(f64x2.mul(f64x2.splat(-0.5), f64x2.mul(t, t))), ratio);
  return f64x2.mul(f64x2.max(x, f64x2.splat(-TAIL)), v128.bitselect(q, f64x2.sub(f64x2.splat(1), q), negative(x)));
}

/** x / (1 + e^-y), y = x (GELU + CUBIC x^2). */
@inline function geluTanh(x: v128): v128 {
  const near = within(x, TAIL), cubic = f64x2.mul(f64x2.splat(constant(CUBIC_HIGH)), f64x2.mul(near, near));
  return logistic(f64x2.mul(near, f64x2.add(f64x2.splat(constant(GELU_HIGH)), cubic)), x);
}
