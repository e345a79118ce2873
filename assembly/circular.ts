//! circular: sine and cosine of numbers of 24 bits, however large, as pairs of fp64.
import { CIRCLE, QUARTER_HIGH, QUARTER_LOW, TWO_OVER_PI } from './function-tables';
import { constant, low, multiplyPair, pair, powerOfTwo, shortened, sumRest } from './pair';
import { negateHigh, shiftLeftHigh, shiftLeftLow } from './wide';

/** Below it, an eighth of a turn, nothing is taken away. */
const EIGHTH: f64 = 0.78;

/** sin(x) for `turn` 0, cos(x) for 1. */
export function circular(x: f64, turn: u32): f64 {
  const magnitude = abs(x);
  let quarters = turn, rest = magnitude, restLow: f64 = 0;
  if (magnitude > EIGHTH) {
    rest = reduced(magnitude);
    restLow = low();
    quarters += load<u32>(QUARTERS);
  }
  const negative = ((quarters & 2) != 0) != (x < 0 && turn == 0);
  const value = quarters & 1 ? cosine(rest, restLow) : sine(rest, restLow);
  return negative ? pair(-value, -low()) : value;
}

const QUARTERS: usize = memory.data(4, 4);

/**
 * x less the nearest multiple of a quarter turn, whose number goes to QUARTERS. Of 2/pi only the bits count that do not make multiples of four
 * quarters, and of these 128 are enough (Payne and Hanek): no x of 24 bits comes nearer than 2^-34 to such a multiple, and what is cut is below 2^-101.
 */
function reduced(x: f64): f64 {
  const bits = reinterpret<u64>(x), significand = (bits & 0x000F_FFFF_FFFF_FFFF | 0x0010_0000_0000_0000) >>> 29;
  const start = <u32>(bits >>> 52) - 1046 + 62;                         // 64 bits of the table are zeros; x = significand x 2^(field - 1046)
  const words = TWO_OVER_PI + (<usize>(start >>> 5) << 2), shift = <u64>(start & 31);
  let product = significand * wordAt(words, 3, shift);
  let end = product & 0xFFFF_FFFF;
  product = significand * wordAt(words, 2, shift) + (product >>> 32);
  end |= product << 32;
  product = significand * wordAt(words, 1, shift) + (product >>> 32);
  let top = product & 0xFFFF_FFFF;
  product = significand * wordAt(words, 0, shift) + (product >>> 32);
  top |= product << 32;
  // top:end is x / (pi/2) modulo 4, two bits before the point.
  const quarters = top + 0x2000_0000_0000_0000 >>> 62;
  store<u32>(QUARTERS, <u32>quarters);
  top -= quarters << 62;
  const negative = <i64>top < 0;
  if (negative) {
    top = <u64>negateHigh(<i64>top, end);
    end = 0 - end;
  }
  const up = <i32>clz<u64>(top), high = shiftLeftHigh(top, end, up), rest = (high & 0x7FF) << 42 | shiftLeftLow(end, up) >>> 22;
  const scale = powerOfTwo(-51 - up), a = <f64>(high >>> 11) * scale, b = <f64>rest * (scale * (1.0 / 9007199254740992.0));
  const product2 = multiplyPair(a, b, constant(QUARTER_HIGH), constant(QUARTER_LOW));
  return negative ? pair(-product2, -low()) : product2;
}

/** 32 bits that begin `shift` bits into a word of the table. */
@inline function wordAt(words: usize, index: usize, shift: u64): u64 {
  return ((<u64>load<u32>(words + (index << 2)) << 32 | <u64>load<u32>(words + (index << 2) + 4)) << shift) >>> 32;
}

/** sin(j/32 + d) = S + C d - S d^2/2 - C d^3/6 + ..; the products of first parts are exact. */
function sine(x: f64, rest: f64): f64 {
  const magnitude = abs(x), j = nearest<f64>(magnitude * 32.0), d = magnitude - j * 0.03125, at = CIRCLE + (<usize>j << 5);
  const end = x < 0 ? -rest : rest, s = load<f64>(at), c = load<f64>(at, 16), first = shortened(d), product = c * first, sum = s + product;
  const sLow = load<f64>(at, 8), cLow = load<f64>(at, 24);
  const more = (c + cLow) * ((d - first) + end + cubes(d)) + cLow * first + (sLow - (s + sLow) * squares(d));
  const edge = sumRest(s, product, sum);
  return x < 0 ? pair(-sum, -(edge + more)) : pair(sum, edge + more);
}

/** cos(j/32 + d) = C - S d - C d^2/2 + S d^3/6 + .. */
function cosine(x: f64, rest: f64): f64 {
  const magnitude = abs(x), j = nearest<f64>(magnitude * 32.0), d = magnitude - j * 0.03125, at = CIRCLE + (<usize>j << 5);
  const end = x < 0 ? -rest : rest, s = load<f64>(at), c = load<f64>(at, 16), first = shortened(d), product = s * first, difference = c - product;
  const sLow = load<f64>(at, 8), cLow = load<f64>(at, 24);
  const more = (s + sLow) * ((d - first) + end + cubes(d)) + sLow * first, edge = (c - difference) - product;
  return pair(difference, (edge - more) + (cLow - (c + cLow) * squares(d)));
}

/** sin d - d and 1 - cos d, |d| <= 1/64. */
@inline function cubes(d: f64): f64 {
  const square = d * d;
  return d * square * (-1.0 / 6.0 + square * (1.0 / 120.0 + square * (-1.0 / 5040.0)));
}
@inline function squares(d: f64): f64 {
  const square = d * d;
  return square * (0.5 + square * (-1.0 / 24.0 + square * (1.0 / 720.0 + square * (-1.0 / 40320.0))));
}
