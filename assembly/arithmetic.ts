//! arithmetic: the vector unit's operations on one element (machine-details.md section 9), exact and then rounded once.
import {
  DIVIDE_BY_ZERO, INEXACT, INVALID, OVERFLOW, UNDERFLOW, countsAll, integerOf, isFloat, isFp32, isPlain, numeric, raise,
} from './element';
import {
  FINITE, LEFT, NAN, RESULT, RIGHT, THIRD, ZERO, addExact, compareExact, divideExact, exact, integerCode, isSignalling, multiplyExact, nanCode,
  pack, packInteger, roundToIntegral, unpack, unpackFp32,
} from './float';
import { addHigh, productHigh, negateHigh } from './wide';

/** 0 add, 1 sub, 2 mul, 3 div (floats), 4 min, 5 max. */
export function binary(operation: u32, d: usize, a: usize, aCode: u64, b: usize, bCode: u64, mode: usize): u64 {
  if (!isFloat(a)) return binaryInteger(operation, d, integerOf(a, aCode), integerOf(b, bCode), mode);
  if (operation < 4 && isPlain(mode) && isFp32(d) && isFp32(a) && isFp32(b)) {
    return fp32Binary(operation, d, <u32>aCode, <u32>bCode);
  }
  const round = numeric.round(mode), daz = numeric.daz(mode);
  unpack(LEFT, a, aCode, daz);
  unpack(RIGHT, b, bCode, daz);
  switch (operation) {
    case 0: addExact(RESULT, LEFT, RIGHT, round); break;
    case 1: {
      exact.setSign(RIGHT, exact.sign(RIGHT) ^ 1);
      addExact(RESULT, LEFT, RIGHT, round);
      break;
    }
    case 2: multiplyExact(RESULT, LEFT, RIGHT); break;
    case 3: divideExact(RESULT, LEFT, RIGHT); break;
    default: {
      exact.copy(RESULT, LEFT);
      bound(RESULT, RIGHT, operation == 5, numeric.minmax(mode));
    }
  }
  return finish(d, RESULT, mode, exact.isBounded(LEFT) && exact.isBounded(RIGHT));
}

/** a x b + c with one rounding. */
export function fma(d: usize, a: usize, aCode: u64, b: usize, bCode: u64, c: usize, cCode: u64, mode: usize): u64 {
  if (!isFloat(a)) {
    const x = integerOf(a, aCode), y = integerOf(b, bCode), z = integerOf(c, cCode);
    const low = <u64>(x * y);
    return integerCode(d, addHigh(productHigh(x, y), low, z >> 63, <u64>z), low + <u64>z, numeric.isat(mode));
  }
  if (isPlain(mode) && isFp32(d) && isFp32(a) && isFp32(b) && isFp32(c)) {
    const x = reinterpret<f32>(<u32>aCode), y = reinterpret<f32>(<u32>bCode), z = reinterpret<f32>(<u32>cCode);
    const sum = fp32Fma(x, y, z);
    if (isFinite(sum)) {
      if (countsAll()) noteSum(<f64>x * <f64>y, <f64>z, sum);
      return reinterpret<u32>(sum);
    }
  }
  const daz = numeric.daz(mode);
  unpack(LEFT, a, aCode, daz);
  unpack(RIGHT, b, bCode, daz);
  unpack(THIRD, c, cCode, daz);
  multiplyExact(RESULT, LEFT, RIGHT);
  addExact(RESULT, RESULT, THIRD, numeric.round(mode));
  return finish(d, RESULT, mode, exact.isBounded(LEFT) && exact.isBounded(RIGHT) && exact.isBounded(THIRD));
}

/** LEFT x RIGHT with one rounding. */
export function product(d: usize, mode: usize): u64 {
  multiplyExact(RESULT, LEFT, RIGHT);
  return finish(d, RESULT, mode, exact.isBounded(LEFT) && exact.isBounded(RIGHT));
}

/** 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, 6 unordered: 1 where it holds; exact values, -0 = +0, no mode. */
export function compare(operation: u32, a: usize, aCode: u64, b: usize, bCode: u64): u64 {
  let order: i32;
  if (!isFloat(a)) {
    const x = integerOf(a, aCode), y = integerOf(b, bCode);
    order = x == y ? 0 : x < y ? -1 : 1;
  } else {
    unpack(LEFT, a, aCode, 0);
    unpack(RIGHT, b, bCode, 0);
    if (exact.isNan(LEFT) || exact.isNan(RIGHT)) {
      if (operation > 1 && operation < 6) raise(INVALID);               // the ordered ones; a signalling NaN is in any
      return <u64>(operation == 1 || operation == 6);
    }
    order = exact.kind(LEFT) == ZERO && exact.kind(RIGHT) == ZERO ? 0 : compareExact(LEFT, RIGHT);
  }
  switch (operation) {
    case 0: return <u64>(order == 0);
    case 1: return <u64>(order != 0);
    case 2: return <u64>(order < 0);
    case 3: return <u64>(order <= 0);
    case 4: return <u64>(order > 0);
    case 5: return <u64>(order >= 0);
    default: return 0;
  }
}

/** Any row to any row. */
export function convert(d: usize, a: usize, aCode: u64, mode: usize): u64 {
  if (!isFloat(a) && !isFloat(d)) {
    const value = integerOf(a, aCode);
    return integerCode(d, value >> 63, <u64>value, numeric.isat(mode));
  }
  unpack(LEFT, a, aCode, numeric.daz(mode));
  return isFloat(d) ? finish(d, LEFT, mode, false) : packInteger(d, LEFT, numeric.round(mode));
}

/** 0 left, 1 right by an integer amount; a negative one reverses: exact x 2^n, then rounded. */
export function shift(operation: u32, d: usize, a: usize, aCode: u64, b: usize, bCode: u64, mode: usize): u64 {
  unpack(LEFT, a, aCode, numeric.daz(mode));
  const limit: i64 = 4096;                                              // past every row's range
  const amount = <i32>max(-limit, min(limit, integerOf(b, bCode)));
  if (exact.kind(LEFT) == FINITE) exact.setExponent(LEFT, exact.exponent(LEFT) + (operation == 0 ? amount : -amount));
  return pack(d, LEFT, numeric.round(mode), numeric.isat(mode), numeric.fsat(mode), numeric.ftz(mode), false);
}

/** 0 abs, 1 neg, 2 sign, 3 not (integers: the complement in the source's own width), 4 rint. */
export function unary(operation: u32, d: usize, a: usize, aCode: u64, mode: usize): u64 {
  if (!isFloat(a)) return unaryInteger(operation, d, a, aCode, mode);
  unpack(LEFT, a, aCode, numeric.daz(mode));
  switch (operation) {
    case 0: exact.setSign(LEFT, 0); break;
    case 1: exact.setSign(LEFT, exact.sign(LEFT) ^ 1); break;
    case 2: {
      const kind = exact.kind(LEFT);
      if (kind == ZERO) exact.setSign(LEFT, 0);
      else if (kind != NAN) exact.set(LEFT, FINITE, exact.sign(LEFT), 0, 0, 0, 1);
      break;
    }
    default: roundToIntegral(LEFT, numeric.round(mode));
  }
  return finish(d, LEFT, mode, false);
}

/** 0 [lo, hi], 1 relu, 2 relu-n (hi), 3 leaky (b = slope); a NaN by `minmax`, but relu(NaN) = NaN. */
export function clamp(operation: u32, d: usize, a: usize, aCode: u64, b: usize, bCode: u64, mode: usize): u64 {
  if (!isFloat(a)) return clampInteger(operation, d, integerOf(a, aCode), operation == 3 ? integerOf(b, bCode) : 0, mode);
  unpack(LEFT, a, aCode, numeric.daz(mode));
  if (operation == 3) {
    const kind = exact.kind(LEFT);
    if (kind == ZERO || kind == NAN || exact.sign(LEFT) == 0) return finish(d, LEFT, mode, false);
    unpack(RIGHT, b, bCode, numeric.daz(mode));
    return product(d, mode);
  }
  if (operation == 0 || !exact.isNan(LEFT)) {                           // relu(NaN) = NaN
    unpackFp32(RIGHT, operation == 0 ? <u32>numeric.lo(mode) : 0);
    bound(LEFT, RIGHT, true, numeric.minmax(mode));
    if (operation != 1) {
      unpackFp32(RIGHT, <u32>numeric.hi(mode));
      bound(LEFT, RIGHT, false, numeric.minmax(mode));
    }
  }
  return finish(d, LEFT, mode, false);
}

/** value = the greater or lesser of value and limit, -0 below +0; of a NaN and a number `minmax` 0 takes the NaN, 1 the number. */
export function bound(value: usize, limit: usize, greater: bool, minmax: u32): void {
  const valueNan = exact.isNan(value), limitNan = exact.isNan(limit);
  let replace: bool;
  if (valueNan || limitNan) replace = minmax != 0 ? valueNan : !valueNan;
  else replace = greater ? compareExact(value, limit) < 0 : compareExact(value, limit) > 0;
  if (replace) exact.copy(value, limit);
}

/** To a float: `isat` is for integers. `bounded`: an infinity came of finite operands, and was none of them. */
@inline function finish(d: usize, value: usize, mode: usize, bounded: bool): u64 {
  return pack(d, value, numeric.round(mode), 0, numeric.fsat(mode), numeric.ftz(mode), bounded);
}

function binaryInteger(operation: u32, d: usize, x: i64, y: i64, mode: usize): u64 {
  const isat = numeric.isat(mode);
  switch (operation) {
    case 0: return integerCode(d, addHigh(x >> 63, <u64>x, y >> 63, <u64>y), <u64>x + <u64>y, isat);
    case 1: return integerCode(d, addHigh(x >> 63, <u64>x, negateHigh(y >> 63, <u64>y), 0 - <u64>y), <u64>x - <u64>y, isat);
    case 4: return integerCode(d, min(x, y) >> 63, <u64>min(x, y), isat);
    case 5: return integerCode(d, max(x, y) >> 63, <u64>max(x, y), isat);
    default: return integerCode(d, productHigh(x, y), <u64>(x * y), isat);
  }
}

function unaryInteger(operation: u32, d: usize, a: usize, aCode: u64, mode: usize): u64 {
  let value = integerOf(a, aCode);
  if (operation == 1 || (operation == 0 && value < 0)) {
    return integerCode(d, negateHigh(value >> 63, <u64>value), 0 - <u64>value, numeric.isat(mode));
  }
  if (operation == 2) value = value == 0 ? 0 : value < 0 ? -1 : 1;
  if (operation == 3) value = integerOf(a, ~aCode);
  return integerCode(d, value >> 63, <u64>value, numeric.isat(mode));
}

function clampInteger(operation: u32, d: usize, x: i64, slope: i64, mode: usize): u64 {
  const isat = numeric.isat(mode);
  if (operation == 3 && x < 0) return integerCode(d, productHigh(x, slope), <u64>(x * slope), isat);
  let value = x;
  if (operation != 3) value = max(value, operation == 0 ? <i64>numeric.lo(mode) : 0);
  if (operation == 0 || operation == 2) value = min(value, <i64>numeric.hi(mode));
  return integerCode(d, value >> 63, <u64>value, isat);
}

/**
 * a x b + c in fp32, nearest even: the product is exact in f64, the sum is rounded to odd there (2Sum gives its error), and 53 >= 24 + 2
 * bits make the second rounding the only one (numerics.md section 3, T4). Not finite results come out as the host has them.
 */
@inline export function fp32Fma(a: f32, b: f32, c: f32): f32 { return fp32Sum(<f64>a * <f64>b, <f64>c); }

/** The sum of two numbers of fp64, rounded once. */
@inline export function fp32Sum(product: f64, addend: f64): f32 {
  const sum = product + addend;
  const part = sum - product;
  const error = (product - (sum - part)) + (addend - part);
  const bits = reinterpret<i64>(sum);
  if (error == 0 || (bits & 1) != 0 || !isFinite(sum)) return <f32>sum;
  return <f32>reinterpret<f64>(bits + ((error > 0) == (sum > 0) ? 1 : -1));
}

/** fp32 in plain nearest-even, where the f32 instructions are the IEEE operations; NaN becomes that of the row. */
export function fp32Binary(operation: u32, row: usize, aBits: u32, bBits: u32): u64 {
  const x = reinterpret<f32>(aBits), y = reinterpret<f32>(bBits);
  let result: f32;
  switch (operation) {
    case 0: result = x + y; break;
    case 1: result = x - y; break;
    case 2: result = x * y; break;
    default: result = x / y;
  }
  if (result != result) {
    if ((x == x && y == y) || isSignalling(aBits) || isSignalling(bBits)) raise(INVALID);
    return nanCode(row);
  }
  if (isFinite<f32>(x) && isFinite<f32>(y)) {
    if (!isFinite<f32>(result)) raise(operation == 3 && y == 0 ? DIVIDE_BY_ZERO : OVERFLOW | INEXACT);
    else if (countsAll()) note(operation, x, y, result);
  }
  return reinterpret<u32>(result);
}

/** What the rounding of a finite result of finite operands tells: f64 holds sums with their error, products, and quotients times divisors. */
function note(operation: u32, x: f32, y: f32, result: f32): void {
  switch (operation) {
    case 0: noteSum(<f64>x, <f64>y, result); break;
    case 1: noteSum(<f64>x, -<f64>y, result); break;
    case 2: noteProduct(<f64>x * <f64>y, result); break;
    default: if (<f64>result * <f64>y != <f64>x) noteInexact(<f64>x / <f64>y, 0);
  }
}

/** Of an fp32 result of x + y, each exact in f64: 2Sum gives what f64 drops of their sum. */
@apart function noteSum(x: f64, y: f64, result: f32): void {
  const sum = x + y, part = sum - x, error = (x - (sum - part)) + (y - part);
  if (error != 0 || <f64>result != sum) noteInexact(sum, error);
}

@inline function noteProduct(product: f64, result: f32): void {
  if (<f64>result != product) noteInexact(product, 0);
}

/**
 * An fp32 result that is not value + error is tiny below 2^-126 - 2^-151, from where nearest even goes up to 2^-126. A quotient of 24-bit
 * numbers that f64 rounds to that bound is equal to it: it has 25 bits, and else they would be 2^-49 of it apart.
 */
function noteInexact(value: f64, error: f64): void {
  const bound = reinterpret<f64>(0x380F_FFFF_F000_0000), magnitude = abs<f64>(value);
  const tiny = magnitude < bound || (magnitude == bound && error != 0 && (error < 0) == (value > 0));
  raise(tiny ? INEXACT | UNDERFLOW : INEXACT);
}
