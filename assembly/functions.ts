//! functions: special functions of numbers of 24 bits, each as a pair of fp64, by + - x / alone: the same words on every host.
import {
  CUBIC_HIGH, CUBIC_LOW, ERF, ERF_ROW, EXP, GELU_HIGH, GELU_LOW, INVERSE_LN2_HIGH, INVERSE_LN2_LOW, LN2_HIGH, LN2_LOW, LN2_REST, LN2_SHORT, LOG,
  MILLS, MILLS_ROW, STEP_HIGH, STEP_LOW, STEPS,
} from './function-tables';
import { circular } from './circular';
import { constant, dividePair, low, multiplyPair, pair, powerOfTwo, shortened, sumRest } from './pair';

/** Beyond it e^x is out of reach of every format, and e^-x too small to be more than a sign behind any number. */
const FAR: f64 = 200;
/** Below it the tail of the normal distribution, times its place, is out of reach; the tables end here. */
const TAIL: f64 = 15;
/** From here on erf(x) is 1 less something below a quarter of the last place of fp32. */
const FLAT: f64 = 4;
const TRACE: f64 = 1.0 / 18014398509481984.0;                          // 2^-54

/** f(x) for a finite x other than 0, operations 3 to 15; the low half is `low()`. */
export function real(operation: u32, x: f64): f64 {
  switch (operation) {
    case 3: return exp(min(max(x, -FAR), FAR), 0);
    case 4: return exp2(min(max(x, -FAR), FAR));
    case 5: return log(x);
    case 6: return log2(x);
    case 7: return tanh(x);
    case 8: return logistic(min(max(x, -FAR), FAR), 0, 1);
    case 9: return erf(x);
    case 10: return gelu(x);
    case 11: return geluTanh(x);
    case 12: return silu(x);
    case 13: return softplus(x);
    case 14: return circular(x, 0);
    default: return circular(x, 1);
  }
}

/**
 * e^(x + rest) = 2^(k/256) e^r, |r| < 2^-9.5. The table's first part and the first part of r have 26 bits: their product is exact, and what is
 * rounded is below 2^-19 of the result.
 */
function exp(x: f64, rest: f64): f64 {
  const k = nearest<f64>(x * constant(STEPS));
  const near = x - k * constant(STEP_HIGH), correction = rest - k * constant(STEP_LOW);
  const r = near + correction;
  return power(<i32>k, r, sumRest(near, correction, r));
}

/** 2^(k/256) e^(r + rest). */
function power(k: i32, r: f64, rest: f64): f64 {
  const first = shortened(r), tail = (r - first) + rest;
  const series = r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0)))));
  const at = EXP + (<usize>(k & 255) << 4), entry = load<f64>(at);
  const product = entry * first, sum = entry + product;
  const end = sumRest(entry, product, sum) + (entry * (tail + series) + load<f64>(at, 8) * (1.0 + (r + series)));
  const scale = powerOfTwo(k >> 8);
  return pair(sum * scale, end * scale);
}

/** 2^x = 2^(k/256) e^(r ln2); r has at most 24 bits, and the first part of ln2 has 29. */
function exp2(x: f64): f64 {
  const k = nearest<f64>(x * 256.0), part = x - k * (1.0 / 256.0);
  const first = part * constant(LN2_SHORT), second = part * constant(LN2_REST), r = first + second;
  return power(<i32>k, r, sumRest(first, second, r));
}

/** The entry of the table for m, 1 <= m < 2; from 106 on it is for m / 2. */
@inline function logEntry(m: f64): i32 { return <i32>(reinterpret<u64>(m) >>> 44) & 255; }

/** log(1 + r) - r + r^2/2, |r| < 2^-8. */
@inline function logSeries(r: f64): f64 {
  const tail = 1.0 / 6.0 + r * (-1.0 / 7.0 + r * (1.0 / 8.0 + r * (-1.0 / 9.0)));
  return r * r * r * (1.0 / 3.0 + r * (-1.0 / 4.0 + r * (1.0 / 5.0 - r * tail)));
}

/** log(m + rest) + exponent log 2, m of 24 bits: m c - 1 is exact, and so is its sum with the first parts of the constants. */
function logOf(m: f64, rest: f64, exponent: i32): f64 {
  const index = logEntry(m), upper = index >= 106, at = LOG + <usize>index * 24, scale = upper ? 0.5 : 1.0;
  const c = load<f64>(at), first = m * scale * c - 1.0, second = rest * scale * c, r = first + second;
  const e = <f64>(exponent + <i32>upper), half = -0.5 * r * r;
  const exactly = e * constant(LN2_HIGH) + load<f64>(at, 8) + first, sum = exactly + half;
  return pair(sum, sumRest(exactly, half, sum) + (second + logSeries(r) + (e * constant(LN2_LOW) + load<f64>(at, 16))));
}

@inline function exponentOf(x: f64): i32 { return <i32>(reinterpret<u64>(x) >>> 52) - 1023; }
@inline function fractionOf(x: f64): f64 { return reinterpret<f64>((reinterpret<u64>(x) & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000); }

function log(x: f64): f64 { return logOf(fractionOf(x), 0, exponentOf(x)); }

/** The exponent, and log m / ln2: 0 where m is 1. */
function log2(x: f64): f64 {
  const m = fractionOf(x), exponent = <f64>(exponentOf(x) + <i32>(logEntry(m) >= 106));
  const natural = logOf(m, 0, logEntry(m) >= 106 ? -1 : 0);
  const high = multiplyPair(natural, low(), constant(INVERSE_LN2_HIGH), constant(INVERSE_LN2_LOW)), end = low();
  if (exponent == 0) return pair(high, end);
  const sum = exponent + high;
  return pair(sum, sumRest(exponent, high, sum) + end);
}

/** factor / (1 + e^-(x + rest)), x within FAR; factor has 24 bits. Below zero e^x / (1 + e^x), which keeps its digits. */
function logistic(x: f64, rest: f64, factor: f64): f64 {
  const negative = x < 0, power = exp(negative ? x : -x, negative ? rest : -rest), powerLow = low();
  const sum = 1.0 + power, sumLow = sumRest(1.0, power, sum) + powerLow;
  const quotient = negative ? dividePair(power, powerLow, sum, sumLow) : dividePair(1.0, 0, sum, sumLow);
  return factor == 1 ? quotient : multiplyPair(quotient, low(), factor, 0);
}

function silu(x: f64): f64 {
  // Below -FAR the factor would bring the result back into reach.
  return x < -FAR ? logistic(-FAR, 0, -FAR) : logistic(min(x, FAR), 0, x);
}

/** x / (1 + e^-y), y = x (GELU + CUBIC x^2). */
function geluTanh(x: f64): f64 {
  const near = min(max(x, -TAIL), TAIL), square = near * near;
  const cubic = multiplyPair(constant(CUBIC_HIGH), constant(CUBIC_LOW), square, 0), cubicLow = low();
  const gelu = constant(GELU_HIGH), large = max(gelu, cubic), small = min(gelu, cubic), sum = large + small;
  const y = multiplyPair(sum, sumRest(large, small, sum) + (cubicLow + constant(GELU_LOW)), near, 0);
  return logistic(y, low(), x < 0 ? near : x);
}

/** (1 - u) / (1 + u), u = e^-2|x|; near zero the series, whose first term is exact. */
function tanh(x: f64): f64 {
  const magnitude = abs(x);
  if (magnitude < 0.00390625) {
    const square = x * x;
    return pair(x, x * square * (-1.0 / 3.0 + square * (2.0 / 15.0 + square * (-17.0 / 315.0 + square * (62.0 / 2835.0)))));
  }
  const u = exp(-2.0 * min(magnitude, FAR), 0), end = low(), less = 1.0 - u, more = 1.0 + u;
  const quotient = dividePair(less, (1.0 - less - u) - end, more, sumRest(1.0, u, more) + end);
  return x < 0 ? pair(-quotient, -low()) : quotient;
}

/** Taylor series at a row of coefficients: value and rest, slope and rest, powers from 2 to `degree`. d has at most 24 bits. */
@inline function taylor(row: usize, d: f64, degree: usize): f64 {
  let powers: f64 = 0;
  for (let slot = degree + 2; slot >= 4; slot--) powers = powers * d + load<f64>(row + (slot << 3));
  const value = load<f64>(row), first = load<f64>(row, 16) * d, sum = value + first;
  return pair(sum, sumRest(value, first, sum) + (load<f64>(row, 8) + load<f64>(row, 24) * d + d * d * powers));
}

function erf(x: f64): f64 {
  const magnitude = abs(x);
  if (magnitude >= FLAT) return pair(x < 0 ? -1.0 : 1.0, x < 0 ? TRACE : -TRACE);
  const j = nearest<f64>(magnitude * 16.0), value = taylor(ERF + <usize>j * ERF_ROW, magnitude - j * 0.0625, 12);
  return x < 0 ? pair(-value, -low()) : value;
}

/** The upper tail Q(t) of the normal distribution: e^(-t^2/2) times Mills' ratio, 0 <= t <= TAIL; t^2 is exact. */
function tail(t: f64): f64 {
  const power = exp(-0.5 * t * t, 0), powerLow = low(), j = nearest<f64>(t * 8.0);
  const ratio = taylor(MILLS + <usize>j * MILLS_ROW, t - j * 0.125, 14);
  return multiplyPair(power, powerLow, ratio, low());
}

/** x Q(-x): above zero x (1 - Q(x)). */
function gelu(x: f64): f64 {
  const q = tail(min(abs(x), TAIL)), end = low();
  if (x < 0) return multiplyPair(q, end, max(x, -TAIL), 0);
  const rest = 1.0 - q;
  return multiplyPair(rest, (1.0 - rest - q) - end, x, 0);
}

/** log(1 + e^x), above zero x + log(1 + e^-x). */
function softplus(x: f64): f64 {
  const u = exp(max(-abs(x), -FAR), 0), end = low();
  let high: f64;
  if (u < 0.00390625) {
    high = pair(u, end + (-0.5 * u * u + logSeries(u)));
  } else {
    const sum = 1.0 + u, sumLow = sumRest(1.0, u, sum) + end, scale = sum >= 2.0 ? 0.5 : 1.0, m = sum * scale;
    const first = reinterpret<f64>(reinterpret<u64>(m) & 0xFFFF_FFFF_E000_0000);
    high = logOf(first, (m - first) + sumLow * scale, <i32>(sum >= 2.0));
  }
  if (x < 0) return high;
  const lower = low(), large = max(x, high), small = min(x, high), sum = large + small;
  return pair(sum, sumRest(large, small, sum) + lower);
}
