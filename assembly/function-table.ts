//! function-table: special functions at level 1 in i32 and i64: a place in a table, a straight line, a power of two.
import { functionTable } from './encoding';
import { FINITE, LEFT, RESULT, ZERO, exact } from './float';

const POWER: u32 = 1;
const RECIPROCAL: u32 = 2;
const ROOT: u32 = 3;
const INVERSE_ROOT: u32 = 4;
const LOGARITHM: u32 = 5;
const EVEN: u32 = 6;
const FACTOR: u32 = 7;

/** RESULT = f(LEFT), a finite number other than 0 in the domain of f, by the table at an address; false beyond its range. */
export function interpolate(at: usize): bool {
  const up = <i32>clz<u64>(exact.low(LEFT)) - 40, e = exact.exponent(LEFT) - up + 23, sign = exact.sign(LEFT);
  const m = exact.low(LEFT) << up, fraction = <u32>m & 0x7FFFFF, scale = <i32>functionTable.scaleBits(at);
  const places = <i32>(functionTable.indexBits(at) + functionTable.interpolationBits(at)), method = functionTable.method(at);
  switch (method) {
    case POWER: {
      power(at, m, e, sign, places);
      return true;
    }
    case RECIPROCAL: {
      setNumber(line(at, fraction >>> (23 - places)), 0 - e - scale, sign);
      return true;
    }
    case ROOT: case INVERSE_ROOT: {
      const half = e >> 1;
      setNumber(line(at, (fraction | (<u32>e & 1) << 23) >>> (24 - places)), (method == ROOT ? half : 0 - half) - scale, 0);
      return true;
    }
    case LOGARITHM: {
      const sum = (<i64>e << scale) + <i64>line(at, fraction >>> (23 - places)), value = sum * <i64>functionTable.multiplier(at);
      setNumber(<u64>(value < 0 ? 0 - value : value), 0 - scale - <i32>functionTable.multiplierBits(at), <u32>(value < 0));
      return true;
    }
    default: return bounded(at, method, m, e, sign, places);
  }
}

/** Of a signed number, digits below the point of the result dropped downwards. */
@inline function moved(value: i64, left: i32): i64 { return left >= 0 ? value << left : value >> min(0 - left, 63); }

/** 2^(x multiplier): the whole part becomes the exponent. */
function power(at: usize, m: u64, e: i32, sign: u32, places: i32): void {
  const range = <i32>functionTable.rangeBits(at), most = e >= range;
  const product = <i64>(most ? <u64>1 << 23 : m) * <i64>functionTable.multiplier(at);
  const t = moved(sign ? 0 - product : product, (most ? range : e) - 23 - <i32>functionTable.multiplierBits(at) + places);
  setNumber(line(at, <u32>(t & ((<i64>1 << places) - 1))), <i32>(t >> places) - <i32>functionTable.scaleBits(at), 0);
}

/** x times the entry, or the entry: |x| < 2^rangeBits. */
function bounded(at: usize, method: u32, m: u64, e: i32, sign: u32, places: i32): bool {
  const range = <i32>functionTable.rangeBits(at), scale = <i32>functionTable.scaleBits(at);
  if (e >= range) return false;
  const signedM = sign && method != EVEN ? 0 - <i64>m : <i64>m, left = e - 23 + places - range;
  const place = method == EVEN ? moved(signedM, left) : moved(signedM, left - 1) + (<i64>1 << (places - 1));
  const entry = line(at, <u32>place);
  if (method == EVEN || method == FACTOR) setNumber(m * entry, e - 23 - scale, sign);
  else setNumber(entry, 0 - scale, 0);
  return true;
}

/** The straight line between the entry of the upper bits of a place and the next, as far as the lower bits say. */
function line(at: usize, place: u32): u64 {
  const bits = functionTable.interpolationBits(at), way = <i64>(place & ((1 << bits) - 1));
  const entry = <usize>functionTable.entries(at) + (<usize>(place >>> bits) << 2), from = <i64>load<u32>(entry), slope = <i64>load<u32>(entry, 4) - from;
  const half = functionTable.rounded(at) ? <i64>1 << bits >> 1 : 0;
  return <u64>(from + ((slope * way + half) >> bits));
}

@apart function setNumber(significand: u64, exponent: i32, sign: u32): void {
  if (significand) exact.set(RESULT, FINITE, sign, exponent, 0, 0, significand);
  else exact.setSpecial(RESULT, ZERO, sign);
}
