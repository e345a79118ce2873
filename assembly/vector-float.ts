//! vector-float: rows of floats through fp32 lanes; where an element is out of the ordinary, a row stops for the one-by-one way.
import { EVENT_INEXACT, EVENT_INVALID, EVENT_NAN, EVENT_SATURATED, OP_BINARY, OP_CLAMP, OP_COMPARE, OP_CONVERT, OP_FMA, OP_SPECIAL, OP_UNARY } from './encoding';
import { FLOAT, countsAll, format, isFp32, numeric } from './element';
import { maxInteger, minInteger } from './float';
import { roundFloats, roundsHere } from './lane-floats';
import { functionLanes } from './special';
import {
  FIRST, RESULTS, SECOND, THIRD, floatsOf, integersOf, isLaneInteger, isWhole, runLength, fourFloats, storeIntegers, sumOf,
} from './lanes';
import { copyRow } from './move';
import { STOCHASTIC } from './philox';
import { addEvents, rowAddress, rowStep } from './rows';

// What happens to the lanes.
const ADD: u32 = 0, SUB: u32 = 1, MUL: u32 = 2, DIV: u32 = 3, MIN: u32 = 4, MAX: u32 = 5, FMA: u32 = 6, LEAKY: u32 = 7, BOUNDS: u32 = 8;
const SAME: u32 = 9, ABS: u32 = 10, NEGATE: u32 = 11, OF_INTEGER: u32 = 12, TO_INTEGER: u32 = 13;
const EQUAL: u32 = 14, UNEQUAL: u32 = 15, BELOW: u32 = 16, AT_MOST: u32 = 17, ABOVE: u32 = 18, AT_LEAST: u32 = 19, UNORDERED: u32 = 20;
const RECIPROCAL: u32 = 21, ROOT: u32 = 22, INVERSE_ROOT: u32 = 23, FUNCTION: u32 = 24;
const NONE: u32 = 0xff;

const ONE: u32 = 0x3f80_0000, INFINITY: i32 = 0x7f80_0000, MAGNITUDE: i32 = 0x7fff_ffff, LEAST: i32 = 0x0080_0000;
/** Up to here the error of a sum can be had. */
const LARGE: i32 = 0x7eff_ffff;
/** Below 2^31: integers near that may round to it, and then cannot be taken back. */
const OUT_OF_RANGE: i32 = 0x4eff_ffff;
/** The modes' directions that lanes of floats know on their way to integers: the first six. */
const STRAIGHT_ROUNDS: u32 = 6;
const DOWN: u32 = 2;

/** What a whole instruction does to lanes; NONE where its rows, its mode or its operation do not go this way. */
export function floatWork(opcode: u32, operation: u32, d: usize, a: usize, b: usize, c: usize, mode: usize): u32 {
  const fromLanes = isFloatLane(a);
  if (opcode == OP_CONVERT) {
    if (isLaneInteger(d)) return fromLanes && numeric.round(mode) < STRAIGHT_ROUNDS ? TO_INTEGER : NONE;
    const work = fromLanes ? SAME : isLaneInteger(a) ? OF_INTEGER : NONE;
    return roundsBy(work, d, numeric.round(mode)) ? work : NONE;
  }
  if (!fromLanes) return NONE;
  if (opcode == OP_COMPARE) return isFloatLane(b) ? EQUAL + operation : NONE;
  const work = arithmeticWork(opcode, operation, d, b, c, mode);
  return roundsBy(work, d, numeric.round(mode)) ? work : NONE;
}

function arithmeticWork(opcode: u32, operation: u32, d: usize, b: usize, c: usize, mode: usize): u32 {
  switch (opcode) {
    case OP_BINARY: return isFloatLane(b) ? operation : NONE;
    case OP_FMA: return isFloatLane(b) && isFloatLane(c) ? FMA : NONE;
    case OP_CLAMP: return operation < 3 ? BOUNDS : isFloatLane(b) ? LEAKY : NONE;
    case OP_UNARY: return operation < 2 ? ABS + operation : NONE;
    case OP_SPECIAL: {
      if (numeric.level(mode)) return NONE;
      return operation < 3 ? RECIPROCAL + operation : !isFp32(d) && (numeric.daz(mode) | numeric.ftz(mode)) == 0 ? FUNCTION : NONE;
    }
    default: return NONE;
  }
}
/**
 * fp32 results are rounded by the host, to nearest even; others here, in every direction but the stochastic one. Downwards a sum of 0 is -0, which the host's is
 * not, and functions know one direction only.
 */
function roundsBy(work: u32, d: usize, round: u32): bool {
  if (!roundsHere(d)) return false;
  return round == 0 || (!isFp32(d) && round != STOCHASTIC && work != FUNCTION && (round != DOWN || (work != ADD && work != SUB && work != FMA)));
}

@inline export function floatsByLanes(work: u32): bool { return work != NONE; }

/** Rows whose values, subnormals included, are fp32 numbers. */
@inline export function isFloatLane(row: usize): bool { return format.kind(row) == FLOAT && (format.width(row) < 32 || isFp32(row)); }
@inline function takesTwo(work: u32): bool { return work < BOUNDS || (work >= EQUAL && work <= UNORDERED); }

/** Elements of a row of the open operands from `first` on; returns where it ends: behind the row, or at four among which one is left to be done. */
export function floatRow(work: u32, operation: u32, d: usize, a: usize, b: usize, c: usize, mode: usize, first: u32, columns: u32): u32 {
  const two = takesTwo(work), fixed = two && rowStep(2) == 0 && columns >= 16, fp32 = isFp32(d);
  if (fixed) fourFloats(SECOND, b, rowAddress(2));
  for (let column = first; column < columns;) {
    const count = runLength(columns - column), whole = isWhole(count), still = fixed && whole, direct = fp32 && whole && rowStep(0) == 32;
    const to = rowAddress(0) + column * rowStep(0), out = direct ? <usize>(to >>> 3) : RESULTS, from = rowAddress(1) + column * rowStep(1);
    if (work == SAME && direct && isUpperHalf(a) && rowStep(1) == 16 && (numeric.daz(mode) | numeric.ftz(mode)) == 0) {
      const done = upperHalves(out, <usize>(from >>> 3), count, numeric.fsat(mode) ? INFINITY - 1 : INFINITY);
      column += done;
      if (done < count) return column;
      continue;
    }
    const x = work == OF_INTEGER ? integersOf(FIRST, a, from, rowStep(1), count) : floatsOf(FIRST, a, from, rowStep(1), count, work >= RECIPROCAL ? ONE : 0);
    let y = SECOND, z: usize = 0;
    if (two && !still) y = floatsOf(SECOND, b, rowAddress(2) + column * rowStep(2), rowStep(2), count, work == DIV ? ONE : 0);
    if (work == FMA) z = floatsOf(THIRD, c, rowAddress(3) + column * rowStep(3), rowStep(3), count, 0);
    const end = x + (<usize>((count + 15) >>> 4) << 6), step: usize = still ? 0 : 16;
    const straight = work == SAME && !fp32 && whole && numeric.daz(mode) == 0; // only to be rounded: as it is
    let done = count;
    if (!straight) {
      if (work == TO_INTEGER) done = toIntegers(d, a, mode, out, x, end);
      else if (work == FUNCTION) done = functionLanes(operation, out, x, end);
      else if (work >= EQUAL && work <= UNORDERED) done = compared(work, out, x, end, y, step);
      else done = computed(work, operation, d, a, b, c, mode, out, x, end, y, step, z);
    }
    done = min(done, count);
    if (work >= TO_INTEGER && work <= UNORDERED) storeIntegers(d, to, rowStep(0), out, done, false);
    else if (!fp32) {
      const short = format.width(d) == 16 && rowStep(0) == 16 && isWhole(done);
      done = min(done, roundFloats(d, mode, straight ? x : out, short ? <usize>(to >>> 3) : out, done, short));
      if (!short) storeIntegers(d, to, rowStep(0), out, done, false);
    } else if (!direct) copyRow(to, <i64>rowStep(0), <u64>out << 3, 32, done, 32, true);
    column += done;
    if (done < count) return column;
  }
  return columns;
}

/** Codes that are the upper halves of fp32 numbers. */
@inline function isUpperHalf(row: usize): bool { return format.width(row) == 16 && format.fractionBits(row) == 7 && format.specials(row) == 1; }

/** They become those, eight at a time, up to eight of which one is above `ceiling`; returns how many. */
function upperHalves(out: usize, from: usize, count: u32, ceiling: i32): u32 {
  const most = i16x8.splat(<i16>(ceiling >> 16)), bare = i16x8.splat(<i16>(MAGNITUDE >> 16)), zero = i16x8.splat(0);
  let done: u32 = 0;
  do {
    const codes = v128.load(from + (<usize>done << 1)), to = out + (<usize>done << 2);
    if (v128.any_true(i16x8.gt_s(v128.and(codes, bare), most))) break;
    v128.store(to, v128.shuffle<i16>(zero, codes, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(to, v128.shuffle<i16>(zero, codes, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    done += 8;
  } while (done < count);
  return done;
}

// ---- results that are floats
function computed(
  work: u32, operation: u32, d: usize, a: usize, b: usize, c: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, yStep: usize, z: usize,
): u32 {
  let low = 0, high = INFINITY;
  if (operation == 0) low = numeric.lo(mode);
  if (operation != 1) high = numeric.hi(mode);
  switch (work) {
    case ADD: return sums(false, d, a, b, mode, out, from, end, y, yStep);
    case SUB: return sums(true, d, a, b, mode, out, from, end, y, yStep);
    case MUL: return products(false, d, a, b, mode, out, from, end, y, yStep);
    case DIV: return quotients(false, d, a, b, mode, out, from, end, y, yStep);
    case FMA: return fused(d, a, b, c, mode, out, from, end, y, yStep, z);
    case LEAKY: return products(true, d, a, b, mode, out, from, end, y, yStep);
    case RECIPROCAL: return quotients(true, d, a, b, mode, out, from, end, y, yStep);
    case ROOT: return roots(d, a, mode, out, from, end);
    case INVERSE_ROOT: return inverses(d, a, mode, out, from, end);
    case OF_INTEGER: return ofIntegers(d, a, mode, out, from, end);
    case MIN: return lesser(d, a, b, mode, out, from, end, y, yStep);
    case MAX: return greater(d, a, b, mode, out, from, end, y, yStep);
    case BOUNDS: return bounded(low, high, d, a, mode, out, from, end);
    default: return unrounded(SAME, work == ABS ? MAGNITUDE : -1, work == NEGATE ? i32.MIN_VALUE : 0, d, a, 0, mode, out, from, end, 0, 0);
  }
}

// A function for each loop: inside of one, binaryen makes one loop of several, which asks for its work again and again. One loop for two works.
function sums(turned: bool, d: usize, a: usize, b: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, step: usize): u32 {
  return each(ADD, turned, d, a, b, 0, mode, out, from, end, y, step, 0);
}
function products(turned: bool, d: usize, a: usize, b: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, step: usize): u32 {
  return each(MUL, turned, d, a, b, 0, mode, out, from, end, y, step, 0);
}
function quotients(turned: bool, d: usize, a: usize, b: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, step: usize): u32 {
  return each(DIV, turned, d, a, b, 0, mode, out, from, end, y, step, 0);
}
@apart function lesser(d: usize, a: usize, b: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, step: usize): u32 {
  return unrounded(MIN, 0, 0, d, a, b, mode, out, from, end, y, step);
}
@apart function greater(d: usize, a: usize, b: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, step: usize): u32 {
  return unrounded(MAX, 0, 0, d, a, b, mode, out, from, end, y, step);
}
@apart function bounded(low: i32, high: i32, d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 {
  return unrounded(BOUNDS, low, high, d, a, 0, mode, out, from, end, 0, 0);
}
@apart function fused(
  d: usize, a: usize, b: usize, c: usize, mode: usize, out: usize, from: usize, end: usize, y: usize, step: usize, z: usize,
): u32 {
  return each(FMA, false, d, a, b, c, mode, out, from, end, y, step, z);
}
@apart function roots(d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 {
  return each(ROOT, false, d, a, 0, 0, mode, out, from, end, 0, 0, 0);
}
@apart function inverses(d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 {
  return each(INVERSE_ROOT, false, d, a, 0, 0, mode, out, from, end, 0, 0, 0);
}
@apart function ofIntegers(d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 {
  return each(OF_INTEGER, false, d, a, 0, 0, mode, out, from, end, 0, 0, 0);
}

/**
 * A loop for each work, which is a constant where it stands, and `turned` into a difference, a leaky product or a reciprocal; returns the
 * elements done. An fp32 result comes with the error of its rounding, of which the sign and whether it is 0 are right: it tells what is
 * inexact, and rounds to odd what is to be rounded again.
 */
@inline function each(
  work: u32, turned: bool, d: usize, a: usize, b: usize, c: usize, mode: usize, out: usize, from: usize, end: usize, b0: usize, yStep: usize, z0: usize,
): u32 {
  const rooted = work == ROOT || work == INVERSE_ROOT, small = work != OF_INTEGER && !rooted; // neither integers nor roots are tiny
  const again = !isFp32(d), counts = countsAll(), daz = numeric.daz(mode) != 0 && work != OF_INTEGER, ftz = small && numeric.ftz(mode) != 0;
  const ceiling = i32x4.splat(work == OF_INTEGER ? OUT_OF_RANGE : LARGE), zero = i32x4.splat(0), one = i32x4.splat(1);
  const magnitude = i32x4.splat(MAGNITUDE), least = i32x4.splat(LEAST), flip = i32x4.splat(turned ? i32.MIN_VALUE : 0);
  const nan = rooted ? i32x4.splat(<i32>format.nan(d)) : zero;
  let inexact = zero, invalid = zero, to = out, yAt = b0, at = from;
  do {
    const source = v128.load(at), x = work == DIV && turned ? f32x4.splat(1) : source, z = work == FMA ? v128.load(z0 + (at - from)) : zero;
    let y = zero;
    if (work <= FMA) y = work == DIV && turned ? source : v128.load(yAt);
    if (work == ADD) y = v128.xor(y, flip);
    const paired = work == FMA || work == INVERSE_ROOT, low = paired ? pairOf(work, x, y, z) : zero, high = paired ? pairOf(work, upper(x), upper(y), upper(z)) : zero;
    let result = paired ? demoted(low, high) : resultOf(work, x, y);
    const below = work == MUL ? f32x4.lt(x, zero) : zero;                 // turned, those that are multiplied
    if (work == MUL && turned) result = v128.bitselect(result, x, below);
    const size = v128.and(result, magnitude);
    let care = i32x4.gt_s(size, ceiling);
    if (work == INVERSE_ROOT) care = v128.or(care, unclear(low, high));
    const without = rooted && !again ? f32x4.lt(x, zero) : zero;          // negative numbers have no root
    if (rooted) {
      care = v128.andnot(care, without);
      result = v128.bitselect(nan, result, without);
    }
    if (daz) {
      care = v128.or(care, tinyLanes(source, a));
      if (work <= FMA) care = v128.or(care, tinyLanes(y, b));
      if (work == FMA) care = v128.or(care, tinyLanes(z, c));
    }
    if (ftz) care = v128.or(care, i32x4.lt_u(i32x4.sub(size, one), least));
    if (counts || again) {
      let error = paired ? restOf(low, high, result) : errorOf(work, x, y, result);
      if (work == MUL && turned) error = v128.and(error, below);
      if (rooted) error = v128.andnot(error, without);
      const differs = f32x4.ne(error, zero);
      // Products and quotients of this size may be tiny.
      if (work > SUB && small) care = v128.or(care, v128.and(differs, i32x4.le_s(size, least)));
      if (v128.any_true(care)) break;
      if (again) {
        const towards = v128.or(i32x4.shr_s(v128.xor(error, result), 31), one), even = i32x4.sub(v128.and(result, one), one);
        result = i32x4.add(result, v128.and(towards, v128.and(differs, even)));
      } else inexact = i32x4.sub(inexact, differs);
    } else if (v128.any_true(care)) break;
    if (rooted) invalid = i32x4.sub(invalid, without);
    v128.store(to, result);
    at += 16;
    to += 16;
    yAt += yStep;
  } while (at < end);
  if (rooted) {
    addEvents(EVENT_NAN, sumOf(invalid));
    if (counts) addEvents(EVENT_INVALID, sumOf(invalid));
  }
  if (counts && !again) addEvents(EVENT_INEXACT, sumOf(inexact));
  return <u32>((at - from) >>> 2);
}

/** Results that are operands, or differ from them in the sign: `p` and `q` are bounds, or the bits that stay and those that are turned. */
@inline function unrounded(
  work: u32, p: i32, q: i32, d: usize, a: usize, b: usize, mode: usize, out: usize, from: usize, end: usize, b0: usize, yStep: usize,
): u32 {
  const two = work == MIN || work == MAX, daz = numeric.daz(mode) != 0, ftz = numeric.ftz(mode) != 0, one = i32x4.splat(1);
  const ceiling = i32x4.splat(!isFp32(d) || numeric.fsat(mode) ? INFINITY - 1 : INFINITY), magnitude = i32x4.splat(MAGNITUDE), least = i32x4.splat(LEAST);
  const first = i32x4.splat(p), second = i32x4.splat(q), special = daz || ftz;
  let to = out, yAt = b0, at = from;
  do {
    const x = v128.load(at), y = two ? v128.load(yAt) : x;
    let result = x, size = v128.and(x, magnitude);
    // Of two equal ones it is the zero that counts; a NaN goes its own way.
    if (work == MIN) result = v128.or(f32x4.pmin(x, y), f32x4.pmin(y, x));
    else if (work == MAX) result = v128.and(f32x4.pmax(x, y), f32x4.pmax(y, x));
    else if (work == BOUNDS) result = f32x4.min(f32x4.max(x, first), second);
    else result = v128.xor(v128.and(x, first), second);
    if (two) size = i32x4.max_s(size, v128.and(y, magnitude));
    else if (work == BOUNDS) size = v128.and(result, magnitude);
    let care = i32x4.gt_s(size, ceiling);
    if (special) {
      if (daz) care = v128.or(care, tinyLanes(x, a));
      if (daz && two) care = v128.or(care, tinyLanes(y, b));
      if (ftz) care = v128.or(care, i32x4.lt_u(i32x4.sub(v128.and(result, magnitude), one), least));
    }
    if (v128.any_true(care)) break;
    v128.store(to, result);
    at += 16;
    to += 16;
    yAt += yStep;
  } while (at < end);
  return <u32>((at - from) >>> 2);
}

@inline function resultOf(work: u32, x: v128, y: v128): v128 {
  if (work == ADD) return f32x4.add(x, y);
  if (work == MUL) return f32x4.mul(x, y);
  if (work == DIV) return f32x4.div(x, y);
  if (work == ROOT) return f32x4.sqrt(x);
  return f32x4.convert_i32x4_s(x);
}

/** What the exact result has more than the rounded one. */
@inline function errorOf(work: u32, x: v128, y: v128, result: v128): v128 {
  if (work == ADD) {
    const part = f32x4.sub(result, x);
    return f32x4.add(f32x4.sub(x, f32x4.sub(result, part)), f32x4.sub(y, part));
  }
  if (work == OF_INTEGER) return f32x4.convert_i32x4_s(i32x4.sub(x, i32x4.trunc_sat_f32x4_s(result)));
  // Products, quotients times divisors, and squares of roots are exact in f64; a difference's upper word has its sign, and is 0 with it.
  const left = f64x2.promote_low_f32x4(x), right = f64x2.promote_low_f32x4(y), made = f64x2.promote_low_f32x4(result);
  const leftUpper = f64x2.promote_low_f32x4(upper(x)), rightUpper = f64x2.promote_low_f32x4(upper(y)), madeUpper = f64x2.promote_low_f32x4(upper(result));
  if (work == DIV) {
    const rest = upperWords(f64x2.sub(left, f64x2.mul(made, right)), f64x2.sub(leftUpper, f64x2.mul(madeUpper, rightUpper)));
    return v128.xor(rest, v128.and(y, i32x4.splat(i32.MIN_VALUE)));
  }
  if (work == ROOT) return upperWords(f64x2.sub(left, f64x2.mul(made, made)), f64x2.sub(leftUpper, f64x2.mul(madeUpper, madeUpper)));
  return upperWords(f64x2.sub(f64x2.mul(left, right), made), f64x2.sub(f64x2.mul(leftUpper, rightUpper), madeUpper));
}

/** Results in f64 of the two lower lanes, near enough that their errors are those of the rounding to fp32. */
@inline function pairOf(work: u32, x: v128, y: v128, z: v128): v128 { return work == FMA ? fusedPair(x, y, z) : inverseRoots(x); }
@inline function demoted(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
@inline function restOf(low: v128, high: v128, result: v128): v128 {
  return upperWords(f64x2.sub(low, f64x2.promote_low_f32x4(result)), f64x2.sub(high, f64x2.promote_low_f32x4(upper(result))));
}
/** x y + z of the two lower lanes in f64, rounded to odd there (numerics.md section 3, T4). */
@inline function fusedPair(x: v128, y: v128, z: v128): v128 {
  const product = f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y)), addend = f64x2.promote_low_f32x4(z), one = i64x2.splat(1);
  const sum = f64x2.add(product, addend), part = f64x2.sub(sum, product);
  const error = f64x2.add(f64x2.sub(product, f64x2.sub(sum, part)), f64x2.sub(addend, part));
  const towards = v128.or(i64x2.shr_s(v128.xor(error, sum), 63), one), even = i64x2.sub(v128.and(sum, one), one);
  return i64x2.add(sum, v128.and(towards, v128.and(even, f64x2.ne(error, f64x2.splat(0)))));
}

/** Of the two lower lanes in f64, wrong by at most two of its last places. */
@inline function inverseRoots(x: v128): v128 { return f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.promote_low_f32x4(x))); }
/** Inverse roots that lie so near an fp32 number, or the middle between two, that f64 does not tell on which side. */
@inline function unclear(low: v128, high: v128): v128 {
  const near = i32x4.splat(4), last = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
  return i32x4.le_u(v128.and(i32x4.add(last, near), i32x4.splat(0x0fff_ffff)), i32x4.splat(8));
}

@inline export function upper(x: v128): v128 { return v128.shuffle<i32>(x, x, 2, 3, 2, 3); }
@inline function upperWords(low: v128, high: v128): v128 { return v128.shuffle<i32>(low, high, 1, 3, 5, 7); }

/** Subnormals of a row among lanes. */
@inline export function tinyLanes(x: v128, row: usize): v128 { return tiny(v128.and(x, i32x4.splat(MAGNITUDE)), row); }
@inline function tiny(size: v128, row: usize): v128 {
  const one = i32x4.splat(1), least = i32x4.splat((128 - format.bias(row)) << 23);
  return i32x4.lt_u(i32x4.sub(size, one), i32x4.sub(least, one));
}

// ---- results that are integers
function compared(work: u32, out: usize, from: usize, end: usize, y: usize, yStep: usize): u32 {
  switch (work) {
    case EQUAL: return equal(out, from, end, y, yStep);
    case UNEQUAL: return unequal(out, from, end, y, yStep);
    case BELOW: return below(out, from, end, y, yStep);
    case AT_MOST: return atMost(out, from, end, y, yStep);
    case ABOVE: return above(out, from, end, y, yStep);
    case AT_LEAST: return atLeast(out, from, end, y, yStep);
    default: return unordered(out, from, end, y, yStep);
  }
}
@apart function equal(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(EQUAL, out, from, end, y, step); }
@apart function unequal(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(UNEQUAL, out, from, end, y, step); }
@apart function below(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(BELOW, out, from, end, y, step); }
@apart function atMost(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(AT_MOST, out, from, end, y, step); }
@apart function above(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(ABOVE, out, from, end, y, step); }
@apart function atLeast(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(AT_LEAST, out, from, end, y, step); }
@apart function unordered(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return eachCompared(UNORDERED, out, from, end, y, step); }

@inline function eachCompared(work: u32, out: usize, from: usize, end: usize, y: usize, yStep: usize): u32 {
  const one = i32x4.splat(1);
  let to = out, right = y, at = from;
  for (; at < end; at += 16, to += 16, right += yStep) {
    const p = v128.load(at), q = v128.load(right);
    if (v128.any_true(v128.or(f32x4.ne(p, p), f32x4.ne(q, q)))) break;
    let holds = i32x4.splat(0);
    if (work == EQUAL) holds = f32x4.eq(p, q);
    if (work == UNEQUAL) holds = f32x4.ne(p, q);
    if (work == BELOW) holds = f32x4.lt(p, q);
    if (work == AT_MOST) holds = f32x4.le(p, q);
    if (work == ABOVE) holds = f32x4.gt(p, q);
    if (work == AT_LEAST) holds = f32x4.ge(p, q);
    v128.store(to, v128.and(holds, one));
  }
  return <u32>((at - from) >>> 2);
}

/** Floats rounded to integers of a row; out of range the nearer limit and NaN the upper one, saturated and invalid. */
function toIntegers(d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 {
  const round = numeric.round(mode);
  if (format.bits(d) > 16) return eachInteger(false, round, d, a, mode, out, from, end);
  return round == 0 ? nearestIntegers(d, a, mode, out, from, end) : eachInteger(true, round, d, a, mode, out, from, end);
}

@apart function nearestIntegers(d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 { return eachInteger(true, 0, d, a, mode, out, from, end); }

/** 1.5 x 2^23, in a sum with which small integers stand in the last bits. */
const INTEGRAL: f32 = 12582912.0;

@inline function eachInteger(small: bool, round: u32, d: usize, a: usize, mode: usize, out: usize, from: usize, end: usize): u32 {
  const zero = i32x4.splat(0), daz = numeric.daz(mode) != 0, low = <i32>minInteger(d), high = <i32>maxInteger(d), sum = f32x4.splat(INTEGRAL);
  const least = i32x4.splat(low), most = i32x4.splat(high), floor = f32x4.splat(<f32>low), roof = f32x4.splat(small ? <f32>high : <f32>(<i64>high + 1));
  let within = zero, exact = zero, to = out, at = from;
  do {
    const x = v128.load(at);
    // A NaN is no less than the roof, and so clipped to it.
    const whole = integralLanes(x, round), clipped = small ? f32x4.pmax(f32x4.pmin(roof, whole), floor) : zero;
    const fits = small ? f32x4.eq(whole, clipped) : v128.and(f32x4.ge(whole, floor), f32x4.lt(whole, roof));
    const result = small ? i32x4.sub(f32x4.add(clipped, sum), sum) : i32x4.min_s(i32x4.max_s(i32x4.trunc_sat_f32x4_s(whole), least), most);
    v128.store(to, result);                                             // before the branch, so that V8 does not take what does not change into the loop
    if ((daz && v128.any_true(tinyLanes(x, a))) || (!small && v128.any_true(f32x4.ne(x, x)))) break;
    within = i32x4.sub(within, fits);
    exact = i32x4.sub(exact, small ? f32x4.eq(clipped, x) : v128.and(fits, f32x4.eq(whole, x)));
    at += 16;
    to += 16;
  } while (at < end);
  const done = <u32>((at - from) >>> 2), fitting = sumOf(within), beyond = done - fitting;
  addEvents(EVENT_SATURATED, beyond);
  if (countsAll()) {
    addEvents(EVENT_INVALID, beyond);
    addEvents(EVENT_INEXACT, fitting - sumOf(exact));
  }
  return done;
}

/** Integral values near x by one of the first six directions: fractions of fp32 numbers are exact, or on the same side of a half. */
@inline export function integralLanes(x: v128, round: u32): v128 {
  switch (round) {
    case 0: return f32x4.nearest(x);
    case 1: return f32x4.trunc(x);
    case 2: return f32x4.floor(x);
    case 3: return f32x4.ceil(x);
  }
  const half = f32x4.splat(0.5), one = f32x4.splat(1);
  if (round == 4) {
    const whole = f32x4.trunc(x), sign = v128.and(x, i32x4.splat(i32.MIN_VALUE));
    return f32x4.add(whole, v128.and(v128.or(one, sign), f32x4.ge(f32x4.abs(f32x4.sub(x, whole)), half)));
  }
  const whole = f32x4.floor(x);
  return f32x4.add(whole, v128.and(one, f32x4.ge(f32x4.sub(x, whole), half)));
}
