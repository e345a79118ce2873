//! requantise: the epilogue of one element (machine-details.md section 7.3): bias, scale, residual, activation, zero point, clamp, write.
import { DIVIDE_BY_ZERO, INVALID, OVERFLOW, events, format, integerOf, isFloat, isFp32, isPlain, numeric, raise } from './element';
import {
  LEFT, RESULT, RIGHT, ZERO, addExact, exact, integerCode, invalidLimit, isSignalling, pack, unpack, unpackFp32, unpackWide,
} from './float';
import { bound } from './arithmetic';
import { STOCHASTIC, word } from './philox';
import {
  addHigh, anyBelow, bitLength, halfAt, lessThan, mulHigh, negateHigh, roundsUp, shiftLeftHigh, shiftLeftLow, shiftRightHigh, shiftRightLow,
  subtractHigh,
} from './wide';

const RELU: u32 = 1;
const LEAKY: u32 = 2;

// Upper words of results of 128 bits, and of the sum behind them.
const HIGH: usize = memory.data(8, 8);

/**
 * One element through the epilogue. `table` is the address of a row {bias, multiplier, shift, slope} or 0, as `residual` is of a format; `activation` 0 none,
 * 1 relu, 2 leaky. The fp32 stages are nearest even without flushing, which is what the f32 instructions do; only their NaN bits vary, and none
 * of those leaves here.
 */
export function epilogue(
  d: usize, x: usize, xCode: u64, mode: usize, activation: u32, table: usize, residual: usize, residualCode: u64,
): u64 {
  if (isFloat(x)) return floatSource(d, x, xCode, mode, activation, table, residual, residualCode);
  const value = integerOf(x, xCode);
  const wide = format.width(x) > 32 || (residual != 0 && format.width(residual) > 32) || isFloat(d);
  const zpa = <i64>numeric.zpa(mode);
  const bias = table ? <i64>load<i32>(table) : 0;
  const scale = numeric.scale(mode);
  if (!wide) {
    const u = value - zpa + bias;
    if (scale >= 4) {
      const v = fp32Scale(scale, <f32>u, table);
      return fp32Rest(d, v, mode, activation, table, residual, residualCode, false);   // an integer asks nothing of it
    }
    const multiplier = scale ? <i64>load<i32>(table, 4) : 0, amount = scale ? <i32>load<i8>(table, 8) : 0;
    if (fitsFast(u, scale, amount)) {
      const r = residual ? integerOf(residual, residualCode) - <i64>numeric.zpb(mode) : 0;
      return narrowRest(d, narrowScale(u, scale, multiplier, amount, numeric.round(mode), numeric.round2(mode)) + r, mode, activation);
    }
  }
  const offset = bias - zpa, low = <u64>value + <u64>offset;
  const high = addHigh(value >> 63, <u64>value, offset >> 63, <u64>offset);
  if (scale >= 4) {
    const v = fp32Scale(scale, fp32OfWide(high, low), table);
    return fp32Rest(d, v, mode, activation, table, residual, residualCode, scaleBounded(table));
  }
  return wideRest(d, high, low, mode, activation, table, residual, residualCode);
}

/** Steps 1 to 3 of a float source. */
function floatSource(
  d: usize, x: usize, xCode: u64, mode: usize, activation: u32, table: usize, residual: usize, residualCode: u64,
): u64 {
  let v = widen(x, xCode, mode);
  let bounded = isFinite(v);
  if (table) {
    const bias = tableWord(table);
    v = plus(v, bias);
    bounded = bounded && isFinite(bias);
    if (numeric.scale(mode) >= 4) {
      v = fp32Scale(numeric.scale(mode), v, table);
      bounded = bounded && scaleBounded(table);
    }
  }
  return fp32Rest(d, v, mode, activation, table, residual, residualCode, bounded);
}

@inline function fp32Scale(scale: u32, u: f32, table: usize): f32 {
  const factor = tableWord(table + 4);
  if (scale == 4) return times(u, factor);
  const quotient = u / factor;
  if (factor == 0 && u != 0 && isFinite(u)) raise(DIVIDE_BY_ZERO);
  else if (quotient != quotient && u == u && factor == factor) raise(INVALID);
  return quotient;
}

/** Whether an infinity that the scale left is an overflow if what it scaled was finite. */
@inline function scaleBounded(table: usize): bool { return isFinite(load<f32>(table, 4)) && (events() & DIVIDE_BY_ZERO) == 0; }

/** An fp32 word of the table; fp32 sums and products. What makes a NaN of numbers is invalid, and so is a signalling one. */
@inline function tableWord(at: usize): f32 {
  if (isSignalling(load<u32>(at))) raise(INVALID);
  return load<f32>(at);
}
@inline export function plus(a: f32, b: f32): f32 {
  const sum = a + b;
  if (sum != sum && a == a && b == b) raise(INVALID);
  return sum;
}
@inline function times(a: f32, b: f32): f32 {
  const product = a * b;
  if (product != product && a == a && b == b) raise(INVALID);
  return product;
}

/** Whether step 3 fits 64 bits: |u| <= 2^31, and a right shift of at most 62. */
@inline export function fitsFast(u: i64, scale: u32, amount: i32): bool {
  if (scale == 0 || scale == 2) return true;
  if (u < -0x80000000 || u > 0x80000000) return false;
  return scale == 3 || (amount <= 31 && amount >= -31);
}

/** Step 3 in 64 bits; u has at most 34. */
@inline export function narrowScale(u: i64, scale: u32, multiplier: i64, amount: i32, round: u32, round2: u32): i64 {
  if (scale == 0) return u;
  if (scale == 2) {
    const shifted = saturate32(saturate32(u) << max(0, min(31, amount)));   // from 31 on, all but 0 is at a limit
    return gemmlowp(shifted, multiplier, amount < 0 ? -amount : 0, round, round2);
  }
  const product = u * multiplier;
  if (scale == 1) return anyShift(product, 31 - amount, round);
  const right = tosaShift(amount);
  return (product + ((<i64>1) << (right - 1)) + (right > 31 ? (u >= 0 ? 0x40000000 : -0x40000000) : 0)) >> right;
}

/** gemmlowp's two stages: a saturating high multiply by round2, a right shift by round. */
@inline function gemmlowp(shifted: i64, multiplier: i64, right: i32, round: u32, round2: u32): i64 {
  const product = saturate32(roundShift(shifted * multiplier, 31, round2));
  return anyShift(product, min(right, 62), round);
}

@inline function tosaShift(amount: i32): i32 { return max(2, min(62, 31 - amount)); }

@inline function saturate32(value: i64): i64 { return <i64><i32>value == value ? value : (value >> 63) ^ <i64>i32.MAX_VALUE; }

/** value x 2^-count rounded, |value| <= 2^63 - 1, 0 <= count <= 62. */
@inline function anyShift(value: i64, count: i32, round: u32): i64 {
  if (count == 0) return value;
  return round == STOCHASTIC ? stochasticShift(value, count) : roundShift(value, count, round);
}

/** The same by a direction, count > 0. */
@inline function roundShift(value: i64, count: i32, round: u32): i64 {
  const half = <i64>1 << (count - 1);
  const kept = value >> count, rest = value & ((half << 1) - 1);        // the floor, and what it drops
  switch (round) {
    case 0: return kept + <i64>(rest > half || (rest == half && (kept & 1) != 0));
    case 1: return kept + <i64>(value < 0 && rest != 0);
    case 3: return kept + <i64>(rest != 0);
    case 4: return kept + <i64>(rest > half || (rest == half && value >= 0));
    case 5: return kept + <i64>(rest >= half);
    case 6: return kept | <i64>(rest != 0);
    default: return kept;                                               // toward -inf
  }
}

@apart function stochasticShift(value: i64, count: i32): i64 {
  const magnitude = <u64>(value < 0 ? -value : value), kept = <i64>(magnitude >>> count) + <i64>halfAt(STOCHASTIC, 0, magnitude, count);
  return value < 0 ? -kept : kept;
}

/** Steps 5 to 8 of an integer v within 64 bits. */
function narrowRest(d: usize, v: i64, mode: usize, activation: u32): u64 {
  let value = activation == RELU && v < 0 ? 0 : v;
  value += <i64>numeric.zpo(mode);
  if (numeric.clamp(mode)) value = min(max(value, <i64>numeric.lo(mode)), <i64>numeric.hi(mode));
  return integerCode(d, value >> 63, <u64>value, numeric.isat(mode));
}

/**
 * Steps 3 to 8 of an integer u of up to 66 bits. A left shift may leave 128 bits: `high:low` then stands at +-2^126, beyond every limit,
 * and `modulo` keeps the low word of the exact value for a wrapped write.
 */
function wideRest(
  d: usize, uHigh: i64, uLow: u64, mode: usize, activation: u32, table: usize, residual: usize, residualCode: u64,
): u64 {
  const scale = numeric.scale(mode);
  let high = uHigh, low = uLow, up = 0;
  if (scale != 0) {
    const amount = <i32>load<i8>(table, 8), multiplier = load<i32>(table, 4);
    if (scale == 2) {
      const shifted = wideSaturate32(uHigh, uLow, amount > 0 ? amount : 0);
      low = <u64>gemmlowp(shifted, <i64>multiplier, amount < 0 ? -amount : 0, numeric.round(mode), numeric.round2(mode));
      high = <i64>low >> 63;
    } else {
      low = wideMultiply(uHigh, uLow, <i64>multiplier);
      high = load<i64>(HIGH);
      if (scale == 3) {
        low = tosa(uHigh, high, low, tosaShift(amount));
        high = load<i64>(HIGH);
      } else if (amount <= 31) {
        low = wideRoundShift(high, low, 31 - amount, numeric.round(mode));
        high = load<i64>(HIGH);
      } else {
        up = amount - 31;
      }
    }
  }
  if (isFloat(d)) return wideToFloat(d, high, low, up, mode, activation, residual, residualCode);
  let modulo = shiftLeftLow(low, up);
  low = wideShiftLeft(high, low, up);
  high = load<i64>(HIGH);
  if (residual) {
    const r = integerOf(residual, residualCode), zpb = <i64>numeric.zpb(mode);
    modulo = modulo + <u64>r - <u64>zpb;
    high = addHigh(high, low, r >> 63, <u64>r);
    low += <u64>r;
    high = subtractHigh(high, low, zpb >> 63, <u64>zpb);
    low -= <u64>zpb;
  }
  if (activation == RELU && high < 0) {
    high = 0;
    low = 0;
    modulo = 0;
  }
  const zpo = <i64>numeric.zpo(mode);
  return wideWrite(d, addHigh(high, low, zpo >> 63, <u64>zpo), low + <u64>zpo, modulo + <u64>zpo, mode, numeric.isat(mode));
}

/** Steps 7 and 8 of an integer: `modulo` its low word, high:low itself or, beyond 128 bits, as far out. */
function wideWrite(d: usize, high: i64, low: u64, modulo: u64, mode: usize, isat: u32): u64 {
  if (!numeric.clamp(mode)) return isat ? integerCode(d, high, low, 1) : integerCode(d, 0, modulo, 0);
  const lo = <i64>numeric.lo(mode), hi = <i64>numeric.hi(mode);
  let value = <i64>low;
  if (lessThan(high, low, lo >> 63, <u64>lo)) value = lo;
  else if (lessThan(hi >> 63, <u64>hi, high, low)) value = hi;
  value = min(value, hi);
  return integerCode(d, value >> 63, <u64>value, isat);
}

/** An integer v = high:low x 2^up to a float row: one rounding. */
function wideToFloat(
  d: usize, high: i64, low: u64, up: i32, mode: usize, activation: u32, residual: usize, residualCode: u64,
): u64 {
  unpackWide(RESULT, high, low);
  exact.setExponent(RESULT, up);
  if (residual) {
    const r = integerOf(residual, residualCode), zpb = <i64>numeric.zpb(mode);
    unpackWide(LEFT, subtractHigh(r >> 63, <u64>r, zpb >> 63, <u64>zpb), <u64>r - <u64>zpb);
    addExact(RESULT, RESULT, LEFT, 0);
  }
  if (activation == RELU && exact.sign(RESULT) != 0) exact.setSpecial(RESULT, ZERO, 0);
  return writeFloat(d, mode, true);
}

/** Steps 7 and 8 of a float destination; v is in RESULT. */
function writeFloat(d: usize, mode: usize, bounded: bool): u64 {
  let bounds = true;
  if (numeric.clamp(mode)) {
    unpackFp32(LEFT, <u32>numeric.lo(mode));
    unpackFp32(RIGHT, <u32>numeric.hi(mode));
    bound(RESULT, LEFT, true, 0);
    bound(RESULT, RIGHT, false, 0);
    bounds = exact.isBounded(LEFT) && exact.isBounded(RIGHT);
  }
  return pack(d, RESULT, numeric.round(mode), 0, numeric.fsat(mode), numeric.ftz(mode), bounded && bounds);
}

/** Steps 4 to 8 of an fp32 v; `bounded` tells whether what made it was finite. */
function fp32Rest(
  d: usize, scaled: f32, mode: usize, activation: u32, table: usize, residual: usize, residualCode: u64, bounded: bool,
): u64 {
  let v = scaled, finite = bounded;
  if (residual) {
    const r = residualValue(residual, residualCode, mode);
    v = plus(v, r);
    finite = finite && isFinite(r);
  }
  if (activation == RELU) {
    if (v < 0 || reinterpret<u32>(v) == 0x80000000) v = 0;
  } else if (activation == LEAKY && table && v < 0) {
    const slope = tableWord(table + 12);
    v = times(v, slope);
    finite = finite && isFinite(slope);
  }
  if (isFloat(d)) {
    if (isFp32(d) && !numeric.clamp(mode) && isPlain(mode) && v == v) {
      if (finite && !isFinite(v)) raise(OVERFLOW);
      return reinterpret<u32>(v);
    }
    unpackFp32(RESULT, reinterpret<u32>(v));
    return writeFloat(d, mode, finite);
  }
  const zpo = <i64>numeric.zpo(mode);
  if (abs<f32>(v) < 1073741824.0) {                                    // 2^30: everything below fits 64 bits
    let value = integral(v, numeric.round(mode)) + zpo;
    if (numeric.clamp(mode)) value = min(max(value, <i64>numeric.lo(mode)), <i64>numeric.hi(mode));
    return invalidLimit(integerCode(d, value >> 63, <u64>value, 1));
  }
  return fp32ToWide(d, v, zpo, mode);
}

/** Steps 6 to 8 of an fp32 v of at least 2^30, an integer by its ulp of 64; a NaN, invalid, and Inf lie beyond every limit. */
function fp32ToWide(d: usize, v: f32, zpo: i64, mode: usize): u64 {
  if (v != v) raise(INVALID);
  const bits = reinterpret<u32>(v), up = <i32>((bits >>> 23) & 255) - 150, negative = v < 0;
  const significand = <u64>((bits & 0x7FFFFF) | 0x800000);
  const low = wideShiftLeft(negative ? -1 : 0, negative ? 0 - significand : significand, up), high = load<i64>(HIGH);
  return invalidLimit(wideWrite(d, addHigh(high, low, zpo >> 63, <u64>zpo), low + <u64>zpo, 0, mode, 1));
}

/** An fp32 value below 2^30 rounded to an integer. */
@inline function integral(v: f32, round: u32): i64 {
  switch (round) {
    case 0: return <i64>nearest<f32>(v);
    case 1: return <i64>v;
    case 2: return <i64>floor<f32>(v);
    case 3: return <i64>ceil<f32>(v);
  }
  const truncated = <i64>v, rest = <f64>v - <f64>truncated;             // exact: both are below 2^30 with 24 bits
  switch (round) {
    case 4: return truncated + (rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0);
    case 5: return truncated + (rest >= 0.5 ? 1 : rest < -0.5 ? -1 : 0);
    case STOCHASTIC: return truncated + (word() < <u32><u64>(abs<f64>(rest) * 4294967296.0) ? (rest > 0 ? 1 : -1) : 0);
    default: return rest != 0 && (truncated & 1) == 0 ? truncated + (rest > 0 ? 1 : -1) : truncated;
  }
}

/** The residual of an fp32 v: rne32(r - zpb) of an integer, a float as it is. */
function residualValue(row: usize, code: u64, mode: usize): f32 {
  if (isFloat(row)) return widen(row, code, mode);
  const r = integerOf(row, code), zpb = <i64>numeric.zpb(mode);
  return fp32OfWide(subtractHigh(r >> 63, <u64>r, zpb >> 63, <u64>zpb), <u64>r - <u64>zpb);
}

/** A float element of at most fp32's range as fp32: exact; DAZ as the mode has it. */
export function widen(row: usize, code: u64, mode: usize): f32 {
  if (isFp32(row) && numeric.daz(mode) == 0) {
    if (isSignalling(<u32>code)) raise(INVALID);
    return reinterpret<f32>(<u32>code);
  }
  unpack(LEFT, row, code, numeric.daz(mode));
  const sign = exact.sign(LEFT) ? <f32>-1 : <f32>1;
  switch (exact.kind(LEFT)) {
    case 0: return sign * 0;
    case 1: {
      const exponent = exact.exponent(LEFT);                            // the significand may be subnormal: scale in f64, which holds all
      return sign * <f32>(<f64>exact.low(LEFT) * reinterpret<f64>(<u64>(exponent + 1023) << 52));
    }
    case 2: return sign * f32.POSITIVE_INFINITY;
    default: return f32.NaN;
  }
}

/** rne32 of a signed integer of less than 65 bits. */
@inline function fp32OfWide(high: i64, low: u64): f32 { return high < 0 ? -<f32><u64>(0 - low) : <f32>low; }

/** sat32(u x 2^left). */
function wideSaturate32(high: i64, low: u64, left: i32): i64 {
  const shifted = wideShiftLeft(high, low, left), shiftedHigh = load<i64>(HIGH);
  if (shiftedHigh != <i64>shifted >> 63) return shiftedHigh < 0 ? i32.MIN_VALUE : i32.MAX_VALUE;
  return saturate32(<i64>shifted);
}

/** u x multiplier, of at most 98 bits: low word, upper in HIGH. */
function wideMultiply(high: i64, low: u64, multiplier: i64): u64 {
  store<i64>(HIGH, <i64>mulHigh(low, <u64>multiplier) - (multiplier < 0 ? <i64>low : 0) + high * multiplier);
  return low * <u64>multiplier;
}

/** TOSA's rounded shift of a product; u's sign picks the second rounding's. */
function tosa(uHigh: i64, high: i64, low: u64, right: i32): u64 {
  const addend = ((<i64>1) << (right - 1)) + (right > 31 ? (uHigh >= 0 ? 0x40000000 : -0x40000000) : 0);
  const sumHigh = addHigh(high, low, addend >> 63, <u64>addend), sumLow = low + <u64>addend;
  store<i64>(HIGH, sumHigh >> right);
  return shiftRightLow(<u64>sumHigh, sumLow, right);
}

/** (high:low) x 2^up, or +-2^126 when it is at least as large. */
function wideShiftLeft(high: i64, low: u64, up: i32): u64 {
  const negative = high < 0;
  const magnitudeHigh = <u64>(negative ? negateHigh(high, low) : high), magnitudeLow = negative ? 0 - low : low;
  if ((magnitudeHigh | magnitudeLow) != 0 && bitLength(magnitudeHigh, magnitudeLow) + up > 126) {
    const far: i64 = 1 << 62;
    store<i64>(HIGH, negative ? -far : far);
    return 0;
  }
  store<i64>(HIGH, <i64>shiftLeftHigh(<u64>high, low, up));
  return shiftLeftLow(low, up);
}

/** (high:low) x 2^-count rounded, 0 <= count <= 159. */
function wideRoundShift(high: i64, low: u64, count: i32, round: u32): u64 {
  const negative = high < 0;
  const magnitudeHigh = <u64>(negative ? negateHigh(high, low) : high), magnitudeLow = negative ? 0 - low : low;
  let keptHigh = shiftRightHigh(magnitudeHigh, count), keptLow = shiftRightLow(magnitudeHigh, magnitudeLow, count);
  const half = halfAt(round, magnitudeHigh, magnitudeLow, count), below = anyBelow(magnitudeHigh, magnitudeLow, count - 1);
  if (roundsUp(round, negative, (keptLow & 1) != 0, half, below)) {
    keptLow++;
    if (keptLow == 0) keptHigh++;
  }
  store<i64>(HIGH, negative ? negateHigh(<i64>keptHigh, keptLow) : <i64>keptHigh);
  return negative ? 0 - keptLow : keptLow;
}
