//! float: exact values unpacked from any format row, their arithmetic without loss, and the one rounding back to a row.
import {
  DIVIDE_BY_ZERO, FIXED, FLUSHED, INEXACT, INVALID, NOT_A_NUMBER, OVERFLOW, SATURATED, SCALE, UNDERFLOW, events, format, integerOf, isFloat,
  raise, setEvents,
} from './element';
import {
  addHigh, anyBelow, bitAt, bitLength, halfAt, halfOf, lessThan, negateHigh, roundsUp, shiftLeftHigh, shiftLeftLow, shiftRightHigh, shiftRightLow,
  subtractHigh,
} from './wide';

/** Classes of an exact value, in order of magnitude. */
export const ZERO: u32 = 0;
export const FINITE: u32 = 1;
export const INFINITE: u32 = 2;
export const NAN: u32 = 3;

/**
 * An exact value in memory: (-1)^sign x (high:low) x 2^exponent, `sticky` when something non-zero lies below the lowest bit (results only).
 * A finite value has a non-zero significand; an operand's has at most 64 bits, an epilogue's integer at most 98.
 */
export namespace exact {
  @inline export function kind(at: usize): u32 { return load<u32>(at); }
  @inline export function sign(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function exponent(at: usize): i32 { return load<i32>(at, 8); }
  @inline export function sticky(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function high(at: usize): u64 { return load<u64>(at, 16); }
  @inline export function low(at: usize): u64 { return load<u64>(at, 24); }
  @inline export function setSign(at: usize, sign: u32): void { store<u32>(at, sign, 4); }
  @inline export function setExponent(at: usize, exponent: i32): void { store<i32>(at, exponent, 8); }
  @inline export function setLow(at: usize, low: u64): void { store<u64>(at, low, 24); }
  @inline export function isNan(at: usize): bool { return load<u32>(at) == NAN; }
  @inline export function isBounded(at: usize): bool { return load<u32>(at) < INFINITE; }

  export function set(at: usize, kind: u32, sign: u32, exponent: i32, sticky: u32, high: u64, low: u64): void {
    setSpecial(at, kind, sign);
    store<u64>(at, <u64><u32>exponent | (<u64>sticky << 32), 8);
    store<u64>(at, low, 24);
    store<u64>(at, high, 16);
  }

  /** Zero, infinity or NaN: the other fields say nothing, and nobody reads them. */
  @inline export function setSpecial(at: usize, kind: u32, sign: u32): void {
    store<u64>(at, <u64>kind | (<u64>sign << 32));
  }

  @inline export function copy(to: usize, from: usize): void { memory.copy(to, from, 32); }
}

// Four exact values: the operands of one element and its result.
export const LEFT: usize = memory.data(128, 8);
export const RIGHT: usize = LEFT + 32;
export const THIRD: usize = LEFT + 64;
export const RESULT: usize = LEFT + 96;

/** Unpacks a code of any row; subnormals are flushed by `daz` (1 to signed zero, 2 to +0). A signalling NaN is invalid. */
export function unpack(at: usize, row: usize, code: u64, daz: u32): void {
  if (!isFloat(row)) {
    unpackInteger(at, integerOf(row, code));
    return;
  }
  if (format.kind(row) == FIXED) {
    unpackInteger(at, integerOf(row, code));
    if (exact.kind(at) == FINITE) exact.setExponent(at, 0 - <i32>format.fractionBits(row));
    return;
  }
  if (format.kind(row) == SCALE) {
    const field = <u32>code & maxScale(row) + 1;
    if (field > maxScale(row)) exact.setSpecial(at, NAN, 0);
    else exact.set(at, FINITE, 0, <i32>field - format.bias(row), 0, 0, 1);
    return;
  }
  const bare = <u32>code >>> codeShift(row);
  unpackFields(at, bare, format.fractionBits(row), format.exponentBits(row), format.bias(row), format.signed(row), format.specials(row), daz);
}

export function unpackInteger(at: usize, value: i64): void {
  const negative = <u32>(value < 0);
  exact.set(at, value != 0 ? FINITE : ZERO, negative, 0, 0, 0, <u64>(negative ? 0 - value : value));
}

/** Unpacks a signed 128-bit integer. */
export function unpackWide(at: usize, high: i64, low: u64): void {
  const negative = <u32>(high < 0);
  const magnitudeHigh = <u64>(negative ? negateHigh(high, low) : high), magnitudeLow = negative ? 0 - low : low;
  exact.set(at, (magnitudeHigh | magnitudeLow) != 0 ? FINITE : ZERO, negative, 0, 0, magnitudeHigh, magnitudeLow);
}

/** Whether fp32 bits are a signalling NaN. */
@inline export function isSignalling(bits: u32): bool { return (bits & 0x7FC00000) == 0x7F800000 && (bits & 0x3FFFFF) != 0; }

/** Unpacks fp32 bits: table values, bounds and scalars, which DAZ does not touch. */
export function unpackFp32(at: usize, bits: u32): void {
  unpackFields(at, bits, 23, 8, 127, 1, 1, 0);
}

/** Most codes are normal numbers, whatever is special about the row: a field between the least and the greatest says so. */
@inline function unpackFields(at: usize, code: u32, fractionBits: u32, exponentBits: u32, bias: i32, signed: u32, specials: u32, daz: u32): void {
  const sign = signed & (code >>> (fractionBits + exponentBits)), hidden = <u32>1 << fractionBits, fraction = code & (hidden - 1);
  const ones = (<u32>1 << exponentBits) - 1, field = (code >>> fractionBits) & ones;
  if (field != 0 && field != ones) exact.set(at, FINITE, sign, <i32>field - bias - <i32>fractionBits, 0, 0, fraction | hidden);
  else unpackEnd(at, sign, field, fraction, hidden - 1, bias + <i32>fractionBits, specials, daz);
}

/** The same of the least field and of the greatest: zeros, subnormals and specials lie there. An exponent is the field, 1 at least, less `down`. */
function unpackEnd(at: usize, sign: u32, field: u32, fraction: u32, fractionOnes: u32, down: i32, specials: u32, daz: u32): void {
  if (specials == 1 && field != 0) {
    if (fraction == 0) exact.setSpecial(at, INFINITE, sign);
    else setNan(at, fraction <= fractionOnes >>> 1);
  } else if (specials == 2 && field != 0 && fraction == fractionOnes) {
    exact.setSpecial(at, NAN, 0);
  } else if (specials == 5 && field != 0 && fraction == fractionOnes) {
    exact.setSpecial(at, INFINITE, sign);
  } else if ((specials == 3 || specials == 5) && sign != 0 && (field | fraction) == 0) {
    exact.setSpecial(at, NAN, 0);
  } else if (field != 0) {
    exact.set(at, FINITE, sign, <i32>field - down, 0, 0, fraction | (fractionOnes + 1));
  } else if (fraction == 0) {
    exact.setSpecial(at, ZERO, sign);
  } else if (daz != 0) {
    exact.setSpecial(at, ZERO, daz == 1 ? sign : 0);
    raise(FLUSHED);
  } else {
    exact.set(at, FINITE, sign, 1 - down, 0, 0, fraction);
  }
}

/** A NaN that comes of an invalid operation, or of a NaN. */
@inline export function setNan(at: usize, invalid: bool): void {
  exact.setSpecial(at, NAN, 0);
  if (invalid) raise(INVALID);
}

/** In 32 bits a code lies at the top (fp32 itself, tf32); 6-bit codes lie at the bottom of their byte. */
@inline function codeShift(row: usize): u32 {
  return format.width(row) == 32 ? 31 - format.exponentBits(row) - format.fractionBits(row) : 0;
}

/** at = a + b; an exact zero sum of unequal signs is +0, in `round` 2 (down) -0. `at` may be a or b. */
export function addExact(at: usize, a: usize, b: usize, round: u32): void {
  const aKind = exact.kind(a), bKind = exact.kind(b), aSign = exact.sign(a), bSign = exact.sign(b);
  if (aKind >= INFINITE || bKind >= INFINITE) {
    if (aKind == NAN || bKind == NAN) setNan(at, false);
    else if (aKind == bKind && aSign != bSign) setNan(at, true);
    else exact.setSpecial(at, INFINITE, aKind == INFINITE ? aSign : bSign);
    return;
  }
  if (bKind == ZERO) {
    if (aKind == ZERO) exact.setSpecial(at, ZERO, aSign == bSign ? aSign : <u32>(round == 2));
    else exact.copy(at, a);
    return;
  }
  if (aKind == ZERO) {
    exact.copy(at, b);
    return;
  }
  addFinite(at, a, b, round);
}

/** In one word where both have it and the higher exponent can come down to the lower; else by 128 bits. */
function addFinite(at: usize, a: usize, b: usize, round: u32): void {
  const up = exact.exponent(a) - exact.exponent(b), high = up >= 0 ? a : b, low = up >= 0 ? b : a, places = abs<i32>(up);
  const spare = min(<i32>clz<u64>(exact.low(high)) - places, <i32>clz<u64>(exact.low(low)));
  if ((exact.high(a) | exact.high(b)) != 0 || spare < 2) {
    addWide(at, a, b, round);
    return;
  }
  const x = <i64>(exact.low(high) << <u64>places), y = <i64>exact.low(low), sum = (exact.sign(high) ? 0 - x : x) + (exact.sign(low) ? 0 - y : y);
  if (sum == 0) exact.setSpecial(at, ZERO, <u32>(round == 2));
  else exact.set(at, FINITE, <u32>(sum < 0), exact.exponent(low), 0, 0, <u64>abs<i64>(sum));
}

/** Both significands go to bit 126; what the smaller loses on its way down can only be sticky (operands have at most 98 bits). */
function addWide(at: usize, a: usize, b: usize, round: u32): void {
  let big = a, small = b;
  const aTop = exact.exponent(a) + bitLength(exact.high(a), exact.low(a));
  const bTop = exact.exponent(b) + bitLength(exact.high(b), exact.low(b));
  if (aTop < bTop) {
    big = b;
    small = a;
  }
  const bigUp = 127 - bitLength(exact.high(big), exact.low(big)), smallUp = 127 - bitLength(exact.high(small), exact.low(small));
  const bigHigh = shiftLeftHigh(exact.high(big), exact.low(big), bigUp), bigLow = shiftLeftLow(exact.low(big), bigUp);
  let smallHigh = shiftLeftHigh(exact.high(small), exact.low(small), smallUp), smallLow = shiftLeftLow(exact.low(small), smallUp);
  const down = aTop < bTop ? bTop - aTop : aTop - bTop;
  const sticky = anyBelow(smallHigh, smallLow, down);
  smallLow = shiftRightLow(smallHigh, smallLow, down);
  smallHigh = shiftRightHigh(smallHigh, down);

  const exponent = exact.exponent(big) - bigUp, sign = exact.sign(big);
  if (sign == exact.sign(small)) {
    exact.set(at, FINITE, sign, exponent, <u32>sticky, <u64>addHigh(<i64>bigHigh, bigLow, <i64>smallHigh, smallLow), bigLow + smallLow);
    return;
  }
  const borrow = <u64>sticky;                                           // big - (small + f) = (big - small - 1) + (1 - f)
  const rawLow = bigLow - smallLow, low = rawLow - borrow;
  const high = subtractHigh(<i64>bigHigh, bigLow, <i64>smallHigh, smallLow) - <i64>(rawLow < borrow);
  if ((<u64>high | low) == 0 && !sticky) exact.setSpecial(at, ZERO, <u32>(round == 2));
  else if (high < 0) exact.set(at, FINITE, sign ^ 1, exponent, 0, <u64>negateHigh(high, low), 0 - low);
  else exact.set(at, FINITE, sign, exponent, <u32>sticky, <u64>high, low);
}

/** at = a x b, whose significand has at most 64 bits: two of 32, or three of a product under scales. `at` may be a or b. */
export function multiplyExact(at: usize, a: usize, b: usize): void {
  const aKind = exact.kind(a), bKind = exact.kind(b), sign = exact.sign(a) ^ exact.sign(b);
  if (aKind == FINITE && bKind == FINITE) {
    exact.set(at, FINITE, sign, exact.exponent(a) + exact.exponent(b), 0, 0, exact.low(a) * exact.low(b));
  } else if (aKind == NAN || bKind == NAN) {
    setNan(at, false);
  } else if (aKind + bKind == INFINITE) {                               // INFINITE + ZERO: Inf x 0
    setNan(at, true);
  } else {
    exact.setSpecial(at, aKind == INFINITE || bKind == INFINITE ? INFINITE : ZERO, sign);
  }
}

/**
 * at = a / b to at least 70 significant bits and sticky, significands of at most 25 bits: enough for one rounding to any float row, the
 * 32 bits of a stochastic one included.
 */
export function divideExact(at: usize, a: usize, b: usize): void {
  const aKind = exact.kind(a), bKind = exact.kind(b), sign = exact.sign(a) ^ exact.sign(b);
  if (aKind == FINITE && bKind == FINITE) {
    const up = <i32>clz<u64>(exact.low(a));
    const dividend = exact.low(a) << up, divisor = exact.low(b);
    const first = dividend / divisor, rest = (dividend - first * divisor) << 32, second = rest / divisor;
    const high = first >>> 32, low = (first << 32) | second, exponent = exact.exponent(a) - up - 32 - exact.exponent(b);
    exact.set(at, FINITE, sign, exponent, <u32>(second * divisor != rest), high, low);
  } else if (aKind == NAN || bKind == NAN || aKind == bKind) {          // 0/0, Inf/Inf
    setNan(at, aKind == bKind && aKind != NAN);
  } else {
    if (aKind == FINITE && bKind == ZERO) raise(DIVIDE_BY_ZERO);
    exact.setSpecial(at, aKind == INFINITE || bKind == ZERO ? INFINITE : ZERO, sign);
  }
}

/** -1, 0, 1 as a is below, equal to, above an operand b, neither NaN; -0 is below +0. */
export function compareExact(a: usize, b: usize): i32 {
  const aSign = exact.sign(a);
  if (aSign != exact.sign(b)) return aSign ? -1 : 1;
  const order = compareMagnitudes(a, b);
  return aSign ? -order : order;
}

function compareMagnitudes(a: usize, b: usize): i32 {
  const aKind = exact.kind(a), bKind = exact.kind(b);
  if (aKind != bKind) return aKind < bKind ? -1 : 1;
  if (aKind != FINITE) return 0;
  const aLength = bitLength(exact.high(a), exact.low(a)), bLength = bitLength(exact.high(b), exact.low(b));
  const aTop = exact.exponent(a) + aLength, bTop = exact.exponent(b) + bLength;
  if (aTop != bTop) return aTop < bTop ? -1 : 1;
  const aHigh = shiftLeftHigh(exact.high(a), exact.low(a), 128 - aLength);
  const bHigh = shiftLeftHigh(exact.high(b), exact.low(b), 128 - bLength);
  if (aHigh != bHigh) return aHigh < bHigh ? -1 : 1;
  return <i32>(shiftLeftLow(exact.low(a), 128 - aLength) != 0);                 // b is an operand: it has no more digits
}

/** Rounds a float as it was unpacked to an integral value, inexact where it differs; a zero result keeps the sign. Of few bits, 63 places down are as good as more. */
export function roundToIntegral(at: usize, round: u32): void {
  const down = 0 - exact.exponent(at);
  if (exact.kind(at) != FINITE || down <= 0) return;
  const places = <u64>min(down, 63), sign = exact.sign(at), kept = exact.low(at) >>> places, digits = exact.low(at) << (64 - places);
  if (digits != 0) raise(INEXACT);
  const rounded = kept + <u64>roundsUp(round, sign != 0, (kept & 1) != 0, halfOf(round, digits), digits << 1 != 0);
  exact.set(at, rounded != 0 ? FINITE : ZERO, sign, 0, 0, 0, rounded);
}

/** The code of an exact value in any row, with its events; an Inf that comes of finite operands (`bounded`) is an overflow. */
export function pack(row: usize, a: usize, round: u32, isat: u32, fsat: u32, ftz: u32, bounded: bool): u64 {
  const kind = exact.kind(a), sign = exact.sign(a);
  if (!isFloat(row)) {
    return roundInteger(row, kind, sign, exact.exponent(a), exact.high(a), exact.low(a), exact.sticky(a) != 0, round, isat);
  }
  if (format.kind(row) == FIXED) return packFixed(row, a, round);
  if (kind == NAN) return nanCode(row);
  if (format.kind(row) == SCALE) return packScale(row, a, round, fsat);
  if (kind == ZERO) return zeroCode(row, sign);
  if (kind == INFINITE) {
    if (bounded && (events() & DIVIDE_BY_ZERO) == 0) raise(OVERFLOW);
    return infinityCode(row, sign, fsat);
  }
  return roundFloat(row, sign, exact.exponent(a), exact.high(a), exact.low(a), exact.sticky(a) != 0, round, fsat, ftz);
}

/**
 * Rounds (-1)^sign x (high:low + sticky) x 2^exponent, not zero, to a float row with fraction bits: once, on the unbounded exponent,
 * then overflow, then FTZ.
 */
function roundFloat(row: usize, sign: u32, exponent: i32, high: u64, low: u64, sticky: bool, round: u32, fsat: u32, ftz: u32): u64 {
  const fractionBits = <i32>format.fractionBits(row), bias = format.bias(row);
  const top = exponent + bitLength(high, low) - 1, smallest = 1 - bias;
  if (top < smallest && ftz == 2) return flushed(row, sign);
  const down = (top < smallest ? smallest : top) - fractionBits - exponent;   // bits to drop
  let kept: u64, half = false, below = false, dropped = false;
  if (down <= 0) kept = shiftLeftLow(low, -down);
  else if (high == 0 && down < 64) {                                    // digits of one word, as most have
    const digits = low << <u64>(64 - down);
    kept = low >>> <u64>down;
    half = halfOf(round, digits);
    below = digits << 1 != 0;
    dropped = digits != 0;
  } else {
    kept = shiftRightLow(high, low, down);
    half = halfAt(round, high, low, down);
    below = anyBelow(high, low, down - 1);
    dropped = anyBelow(high, low, down);
  }
  // Without fraction bits the digit kept is always 1, and even or odd is the exponent (IEEE P3109).
  const parity = kept + (fractionBits == 0 && top > smallest ? <u64>(top - smallest) : 0);
  if (roundsUp(round, sign != 0, (parity & 1) != 0, half, sticky || below)) kept++;
  // A subnormal's field is 0 and so is its hidden bit: adding the significand to field - 1 does both, and a carry is right by itself.
  const code = top < smallest ? kept : (<u64>(top + bias - 1) << fractionBits) + kept;
  const max = maxFinite(row);
  if (code > max) {
    raise(OVERFLOW | INEXACT);
    const stays = round == 1 || round == 6 || (round == 2 && !sign) || (round == 3 && sign != 0);
    return stays ? signed(row, sign, max) : infinityCode(row, sign, fsat);
  }
  if (ftz == 1 && code != 0 && code < <u64>1 << fractionBits) return flushed(row, sign);
  if (sticky || dropped) {
    // From the binade below the least normal, a value may round up to it when it keeps all its digits: then it is not tiny.
    const tiny = top < smallest - 1 || (top < smallest && !carries(high, low, top - fractionBits - exponent, sticky, round, sign, fractionBits));
    raise(tiny ? INEXACT | UNDERFLOW : INEXACT);
  }
  return code == 0 ? zeroCode(row, sign) : signed(row, sign, code);
}

/** Whether high:low, `down` bits shorter, rounds up to a power of two. */
function carries(high: u64, low: u64, down: i32, sticky: bool, round: u32, sign: u32, fractionBits: i32): bool {
  const ones = ((<u64>1 << fractionBits) << 1) - 1;
  if (down <= 0 || shiftRightLow(high, low, down) != ones) return false;
  return roundsUp(round, sign != 0, true, halfAt(round, high, low, down), sticky || anyBelow(high, low, down - 1));
}

/** A result that FTZ takes. */
function flushed(row: usize, sign: u32): u64 {
  raise(FLUSHED | UNDERFLOW | INEXACT);
  return zeroCode(row, sign);
}

/** An integer times 2^-fractionBits, always clipped, symmetrically (OCP MX); a NaN gives the greatest. */
function packFixed(row: usize, a: usize, round: u32): u64 {
  const kind = exact.kind(a);
  if (kind == NAN) {
    raise(INVALID);
    return limitCode(row, 0);
  }
  const least = limitCode(row, 1);
  if (kind == INFINITE) {
    raise(SATURATED);
    return exact.sign(a) ? least + 1 : limitCode(row, 0);
  }
  const exponent = exact.exponent(a) + <i32>format.fractionBits(row);
  const before = events();
  const code = roundInteger(
    row, kind, exact.sign(a), exponent, exact.high(a), exact.low(a), exact.sticky(a) != 0, round, 1,
  );
  if (code != least) return code;
  setEvents(before | SATURATED);
  return least + 1;
}

/**
 * A power of two: NaN for what is negative or too large, the least for zero and what is too small. It comes of a number as it was unpacked: of one word,
 * and none is too large that is not rounded up.
 */
function packScale(row: usize, a: usize, round: u32, fsat: u32): u64 {
  const kind = exact.kind(a), max = maxScale(row);
  if (kind == ZERO) return 0;
  if (exact.sign(a)) {
    raise(INVALID);
    return nanCode(row);
  }
  if (kind == INFINITE) return fsat ? max : nanCode(row);
  const up = clz<u64>(exact.low(a)), digits = exact.low(a) << up << 1;          // below the leading one, which is all that is kept
  const code = exact.exponent(a) + 63 - <i32>up + format.bias(row) + <i32>roundsUp(round, false, true, halfOf(round, digits), digits << 1 != 0);
  if (code > <i32>max) {
    raise(OVERFLOW | INEXACT);
    return fsat ? max : nanCode(row);
  }
  if (code < 0) raise(UNDERFLOW | INEXACT);
  else if (digits != 0) raise(INEXACT);
  return code < 0 ? 0 : code;
}

/** The code of the greatest scale; the one above it is the NaN. */
@inline function maxScale(row: usize): u32 { return ((<u32>1 << format.exponentBits(row)) - 1) - 1; }

/** The code of an exact float in an integer row: out of range the nearer limit, of a NaN the greatest (RISC-V); either is invalid. */
export function packInteger(row: usize, a: usize, round: u32): u64 {
  const kind = exact.kind(a), sign = exact.sign(a);
  if (kind >= INFINITE) return invalidLimit(saturated(row, kind == NAN ? 0 : sign));
  return invalidLimit(roundInteger(row, kind, sign, exact.exponent(a), exact.high(a), exact.low(a), exact.sticky(a) != 0, round, 1));
}

/** What a float of a saturated code was: invalid. */
@inline export function invalidLimit(code: u64): u64 {
  if (events() & SATURATED) raise(INVALID);
  return code;
}

/** Rounds a finite value to an integer row: wrapped, or saturated. */
function roundInteger(
  row: usize, kind: u32, sign: u32, exponent: i32, high: u64, low: u64, sticky: bool, round: u32, isat: u32,
): u64 {
  if (kind == ZERO) return 0;
  let valueHigh: u64, valueLow: u64, dropped = false;
  if (exponent >= 0) {
    if (isat && exponent + bitLength(high, low) > 64) return saturated(row, sign);
    valueHigh = shiftLeftHigh(high, low, exponent);
    valueLow = shiftLeftLow(low, exponent);
  } else {
    valueHigh = shiftRightHigh(high, -exponent);
    valueLow = shiftRightLow(high, low, -exponent);
    const half = bitAt(high, low, -exponent - 1), below = sticky || anyBelow(high, low, -exponent - 1);
    dropped = half || below;
    if (roundsUp(round, sign != 0, (valueLow & 1) != 0, halfAt(round, high, low, -exponent), below)) {
      valueLow++;
      if (valueLow == 0) valueHigh++;
    }
  }
  const fits = valueHigh == 0 && valueLow <= (sign ? 0 - <u64>minInteger(row) : <u64>maxInteger(row));
  if (!fits && isat) return saturated(row, sign);
  if (fits && dropped) raise(INEXACT);
  return integerCode(row, 0, sign ? 0 - valueLow : valueLow, 0);
}

/** The code of a signed 128-bit integer: wrapped, or saturated. */
export function integerCode(row: usize, high: i64, low: u64, isat: u32): u64 {
  if (isat) {
    const min = minInteger(row), max = maxInteger(row);
    if (lessThan(high, low, min >> 63, <u64>min)) return saturated(row, 1);
    if (lessThan(0, <u64>max, high, low)) return saturated(row, 0);
  }
  const unused = <i64>(64 - format.bits(row));
  const value = <i64>low << unused;
  return format.signed(row) ? widthMask(row) & <u64>(value >> unused) : <u64>value >>> unused;
}

@inline function widthMask(row: usize): u64 { return (<u64>-1) >>> <u64>(64 - format.width(row)); }
@inline export function minInteger(row: usize): i64 { return 0 - (<i64>format.signed(row) << <i64>(format.bits(row) - 1)); }
@inline export function maxInteger(row: usize): i64 { return <i64>((<u64>-1) >>> <u64>(64 - format.bits(row) + format.signed(row))); }

/** The limit towards a sign. */
@apart function limitCode(row: usize, sign: u32): u64 {
  return <u64>(sign ? minInteger(row) : maxInteger(row)) & widthMask(row);
}

@inline function saturated(row: usize, sign: u32): u64 {
  raise(SATURATED);
  return limitCode(row, sign);
}

/** The largest finite code of a float row, positive. */
@apart export function maxFinite(row: usize): u64 {
  const fractionBits = format.fractionBits(row), codes = <u64>1 << (format.exponentBits(row) + fractionBits);
  switch (format.specials(row)) {
    case 1: return codes - (<u64>1 << fractionBits) - 1;
    case 2: case 5: return codes - 2;
    default: return codes - 1;
  }
}

@inline function signed(row: usize, sign: u32, code: u64): u64 {
  const signBit = <u64>(sign & format.signed(row)) << (format.exponentBits(row) + format.fractionBits(row));
  return (code | signBit) << codeShift(row);
}

/** Zero of a sign; the fnuz and P3109 rows have +0 only. */
function zeroCode(row: usize, sign: u32): u64 {
  return format.specials(row) == 3 || format.specials(row) == 5 ? 0 : signed(row, sign, 0);
}

/** The canonical NaN, or the largest finite value of a row without NaN. */
export function nanCode(row: usize): u64 {
  if (format.specials(row) == 4) {
    raise(INVALID);
    return maxFinite(row);
  }
  raise(NOT_A_NUMBER);
  return format.nan(row);
}

/** Inf as the row has it: Inf, else NaN, else (or under `fsat`) the largest finite value. */
function infinityCode(row: usize, sign: u32, fsat: u32): u64 {
  const specials = format.specials(row);
  if (fsat || specials == 4) return signed(row, sign, maxFinite(row));
  if (specials != 1 && specials != 5) return nanCode(row);
  return signed(row, sign, maxFinite(row) + 1);
}
