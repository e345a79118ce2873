//! pair: real numbers as unevaluated sums of two fp64, high + low, some 106 bits together.

const LOW: usize = memory.data(8, 8);

/** The low half of the pair that a function has just returned; its high half is the result. */
@inline export function low(): f64 { return load<f64>(LOW); }

/** high + low as a pair whose high half is the nearest fp64; |high| >= |low|, or high = 0. */
@inline export function pair(high: f64, low: f64): f64 {
  const sum = high + low;
  store<f64>(LOW, low - (sum - high));
  return sum;
}

/** What a + b leaves over, |a| >= |b| (Dekker's fast two-sum). */
@inline export function sumRest(a: f64, b: f64, sum: f64): f64 { return b - (sum - a); }

/** The first 26 bits of a number. */
@inline export function shortened(a: f64): f64 { return reinterpret<f64>(reinterpret<u64>(a) & 0xFFFF_FFFF_F800_0000); }

/** What a x b leaves over, by halves of 26 and 27 bits (Dekker). */
@inline export function productRest(a: f64, b: f64, product: f64): f64 {
  const aTop = shortened(a), bTop = shortened(b), aEnd = a - aTop, bEnd = b - bTop;
  return ((aTop * bTop - product) + aTop * bEnd + aEnd * bTop) + aEnd * bEnd;
}

/** (a + aLow) x (b + bLow). */
@inline export function multiplyPair(a: f64, aLow: f64, b: f64, bLow: f64): f64 {
  const product = a * b;
  return pair(product, productRest(a, b, product) + (a * bLow + aLow * b));
}

/** (a + aLow) / (b + bLow). */
@inline export function dividePair(a: f64, aLow: f64, b: f64, bLow: f64): f64 {
  const quotient = a / b, product = quotient * b;
  const rest = ((a - product) - productRest(quotient, b, product)) + (aLow - quotient * bLow);
  return pair(quotient, rest / b);
}

/** 2^power, -1022 <= power <= 1023. */
@inline export function powerOfTwo(power: i32): f64 { return reinterpret<f64>(<u64>(power + 1023) << 52); }

@inline export function constant(bits: u64): f64 { return reinterpret<f64>(bits); }
