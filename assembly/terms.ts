//! terms: the addends of one step of a float dot product: signed integers times powers of two, with the exponents they are encoded with.
import { format } from './encoding';
import { FIXED, FLOAT, LOST, raise } from './element';
import { plan } from './multiply';

/**
 * value x 2^unit, and the raw exponent: of a product the sum of those that its factors are encoded with. A factor is the fp32 number
 * that equals it, so its raw exponent is that number's, or the least of its own format where that is greater.
 */
export namespace term {
  @inline export function value(at: usize): i64 { return load<i64>(at); }
  @inline export function unit(at: usize): i32 { return load<i32>(at, 8); }
  @inline export function raw(at: usize): i32 { return load<i32>(at, 12); }
  @inline export function set(at: usize, value: i64, unit: i32, raw: i32): void {
    store<i64>(at, value);
    store<i32>(at, unit, 8);
    store<i32>(at, raw, 12);
  }
}
export const TERM_BYTES: usize = 16;
/** The terms of one step, 64 products and a running value, zeros left out. */
export const TERMS: usize = memory.data(1040, 8);

// The product of two scales as a term, and the greatest raw exponent of those of the last step that were not zero.
const SCALE: usize = memory.data(24, 8);
@inline export function greatestScale(): i32 { return load<i32>(SCALE, 16); }

// What the addends of a step were, zeros included: 1 NaN, 2 +Inf, 4 -Inf, 8 one that is not -0.
const SEEN: usize = memory.data(4, 4);
export const SEEN_NAN: u32 = 1, SEEN_INFINITIES: u32 = 6, SEEN_NEGATIVE_INFINITY: u32 = 4, SEEN_SPECIAL: u32 = 7, SEEN_PLUS: u32 = 8;
@inline export function seen(): u32 { return load<u32>(SEEN); }
/** Begins a step. */
@inline export function clearSeen(): void { store<u32>(SEEN, 0); }
/** For a step that asks for the greatest scale. */
@inline export function clearScales(): void { store<i32>(SCALE, i32.MIN_VALUE >> 1, 16); }
@apart function see(what: u32): void { store<u32>(SEEN, load<u32>(SEEN) | what); }

/** Which products of an interval belong to a step. */
export const ALL: u32 = 0, LOW_PAIRS: u32 = 1, HIGH_PAIRS: u32 = 2, EVEN: u32 = 3, ODD: u32 = 4;
@inline export function belongs(k: u32, which: u32): bool {
  switch (which) {
    case LOW_PAIRS: return (k & 2) == 0;
    case HIGH_PAIRS: return (k & 2) != 0;
    case EVEN: return (k & 1) == 0;
    case ODD: return (k & 1) != 0;
    default: return true;
  }
}

/** The exponent that a subnormal of a row is encoded with. */
@apart export function leastExponentOf(row: usize): i32 {
  if (format.kind(row) == FIXED) return <i32>format.bits(row) - 2 - <i32>format.fractionBits(row);
  return (format.kind(row) == FLOAT ? 1 : 0) - format.bias(row);
}

/** The greatest one: fixed-point codes have but one. */
export function mostExponentOf(row: usize): i32 { return format.kind(row) == FIXED ? leastExponentOf(row) : 128; }

/** Appends the products `from` to `to` (excluded) that belong to the step to the list that ends at `end`; its new end. */
export function listProducts(at: usize, a: usize, step: usize, w: usize, from: u32, to: u32, which: u32, end: usize, daz: u32): usize {
  const aLeast = plan.aLeast(at), wLeast = plan.wLeast(at), aMost = plan.aMost(at), wMost = plan.wMost(at), block = plan.block(at);
  let next = end;
  for (let k = from; k < to; k++) {
    if (!belongs(k, which)) continue;
    const x = load<u32>(a + <usize>k * step), y = load<u32>(w + (<usize>k << 6));
    let wanted = true;
    if (block) {
      const place = <usize>(k / block);
      wanted = scale(load<u32>(plan.aScales(at) + (place << 2)), load<u32>(plan.wScales(at) + (place << 6)), plan.scaleLeast(at), x, y);
    }
    if (!wanted || !addProduct(next, x, y, aLeast, wLeast, aMost, wMost, daz)) continue;
    if (block) {
      term.set(next, term.value(next) * term.value(SCALE), term.unit(next) + term.unit(SCALE), term.raw(next) + term.raw(SCALE));
    }
    next += TERM_BYTES;
  }
  return next;
}

/** Multiplies two scales of a product x times y; false, and what becomes of the product seen, where that is a NaN or a zero. */
function scale(first: u32, second: u32, least: i32, x: u32, y: u32): bool {
  if (first > 0x7f80_0000 || second > 0x7f80_0000) {
    see(SEEN_NAN);
    return false;
  }
  if (first == 0 || second == 0) {
    if ((x & 0x7f80_0000) == 0x7f80_0000 || (y & 0x7f80_0000) == 0x7f80_0000) see(SEEN_NAN);
    else if (((x ^ y) & 0x8000_0000) == 0) see(SEEN_PLUS);
    return false;
  }
  const firstField = <i32>(first >>> 23), secondField = <i32>(second >>> 23);
  const one = significand(first), other = significand(second), oneZeros = ctz(one), otherZeros = ctz(other);
  const unit = binade(firstField) + binade(secondField) - 300 + <i32>(oneZeros + otherZeros);
  term.set(SCALE, <i64>(one >>> oneZeros) * <i64>(other >>> otherZeros), unit, max(firstField - 127, least) + max(secondField - 127, least));
  store<i32>(SCALE, max(load<i32>(SCALE, 16), term.raw(SCALE)), 16);
  return true;
}

@inline function significand(bits: u32): u32 { return (bits & 0x7f_ffff) | ((bits & 0x7f80_0000) != 0 ? 0x80_0000 : 0); }
/** The field whose exponent a number has: subnormals that of the least normal ones. */
@inline function binade(field: i32): i32 { return field ? field : 1; }

/** Below this raw exponent a factor is a subnormal that `daz` flushes; fixed-point codes have none. */
@inline export function flushLimit(least: i32, most: i32, daz: u32): i32 { return daz != 0 && least != most ? least : i32.MIN_VALUE; }

/** Two fp32 numbers, of which subnormals are flushed, as the term that their product is; false where it is zero or no number. */
@inline function addProduct(to: usize, first: u32, second: u32, aLeast: i32, wLeast: i32, aMost: i32, wMost: i32, daz: u32): bool {
  const x = flush(first, flushLimit(aLeast, aMost, daz), daz), y = flush(second, flushLimit(wLeast, wMost, daz), daz);
  const xField = <i32>((x >>> 23) & 255), yField = <i32>((y >>> 23) & 255), negative = ((x ^ y) & 0x8000_0000) != 0;
  if (xField == 255 || yField == 255) {
    const xBare = x & 0x7fff_ffff, yBare = y & 0x7fff_ffff, nan = xBare > 0x7f80_0000 || yBare > 0x7f80_0000 || xBare == 0 || yBare == 0;
    see(nan ? SEEN_NAN : negative ? SEEN_NEGATIVE_INFINITY : 2);
    return false;
  }
  const magnitude = <i64>significand(x) * <i64>significand(y);
  if (magnitude != 0 || !negative) see(SEEN_PLUS);
  if (magnitude == 0) return false;
  const raw = min(max(xField - 127, aLeast), aMost) + min(max(yField - 127, wLeast), wMost);
  term.set(to, negative ? -magnitude : magnitude, binade(xField) + binade(yField) - 300, raw);
  return true;
}

/** A number, or zero where its exponent is below the limit: of its sign, or +0 under `daz` 2. */
@inline export function flush(bits: u32, limit: i32, daz: u32): u32 {
  if (limit == i32.MIN_VALUE || <i32>((bits >>> 23) & 255) - 127 >= limit || (bits & 0x7fff_ffff) == 0) return bits;
  return daz == 1 ? bits & 0x8000_0000 : 0;
}

/** Appends a running value, an fp32 number of a format whose subnormals have the exponent `least`, like a product. */
export function addRunning(to: usize, bits: u32, least: i32): usize {
  const field = <i32>((bits >>> 23) & 255), bare = bits & 0x7fff_ffff;
  const negative = (bits & 0x8000_0000) != 0;
  if (field == 255) {
    see(bare > 0x7f80_0000 ? SEEN_NAN : negative ? SEEN_NEGATIVE_INFINITY : 2);
    return to;
  }
  if (bare == 0) {
    if (!negative) see(SEEN_PLUS);
    return to;
  }
  see(SEEN_PLUS);
  const magnitude = <i64>significand(bits);
  term.set(to, negative ? -magnitude : magnitude, binade(field) - 150, max(field - 127, least));
  return to + TERM_BYTES;
}

/** value x 2^unit in units of 2^to: what lies below is cut toward zero, or downward, and lost where it is not zero. */
@inline export function aligned(value: i64, unit: i32, to: i32, down: bool): i64 {
  const up = unit - to;
  if (up >= 0) return up < 64 ? value << <i64>up : 0;
  const places = <i64>min(63, -up), digits = ((<i64>1) << places) - 1;
  if ((value & digits) != 0) raise(LOST);
  return down ? value >> places : (value + ((value >> 63) & digits)) >> places;
}

/** Products that lie beyond the binades up to `most` are infinite. */
export function bound(from: usize, end: usize, most: i32): void {
  for (let at = from; at < end; at += TERM_BYTES) {
    const value = term.value(at);
    if (term.unit(at) + 63 - <i32>clz<i64>(abs<i64>(value)) > most) see(value < 0 ? SEEN_NEGATIVE_INFINITY : 2);
  }
}

/** The greatest raw exponent of the terms of a list; i32.MIN_VALUE where there is none. */
export function greatestRaw(from: usize, end: usize): i32 {
  let greatest = i32.MIN_VALUE;
  for (let at = from; at < end; at += TERM_BYTES) greatest = max(greatest, term.raw(at));
  return greatest;
}

/** Their sum in units of 2^unit, each cut before. */
export function alignedSum(from: usize, end: usize, unit: i32, down: bool): i64 {
  let sum: i64 = 0;
  for (let at = from; at < end; at += TERM_BYTES) sum += aligned(term.value(at), term.unit(at), unit, down);
  return sum;
}
