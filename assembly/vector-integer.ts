//! vector-integer: rows of integers through i32 lanes: exact, then wrapped or saturated and counted as one element by one is.
import { OP_BINARY, OP_CLAMP, OP_COMPARE, OP_CONVERT, OP_FMA, OP_UNARY } from './encoding';
import { format, numeric } from './element';
import {
  FIRST, RESULTS, SECOND, THIRD, integersOf, isLaneInteger, isWhole, runLength, fourIntegers, storeIntegers, sumOf,
} from './lanes';
import { addSaturated, rowAddress, rowStep } from './rows';

// What happens to the lanes.
const SAME: u32 = 0, ADD: u32 = 1, SUB: u32 = 2, MUL: u32 = 3, MIN: u32 = 4, MAX: u32 = 5, FMA: u32 = 6, LEAKY: u32 = 7, BOUNDS: u32 = 8;
const ABS: u32 = 9, NEGATE: u32 = 10, SIGN: u32 = 11, NOT: u32 = 12;
const EQUAL: u32 = 13, UNEQUAL: u32 = 14, BELOW: u32 = 15, AT_MOST: u32 = 16, ABOVE: u32 = 17, AT_LEAST: u32 = 18, UNORDERED: u32 = 19;
const NONE: u32 = 0xff;
/** Of rows of these bits the product and the sum of two products' sizes stay within 32. */
const PRODUCT_BITS: u32 = 30;

/** What a whole instruction does to lanes; NONE where its rows or its operation do not go this way. */
export function laneWork(opcode: u32, operation: u32, d: usize, a: usize, b: usize, c: usize): u32 {
  if (!isLaneInteger(d) || !isLaneInteger(a)) return NONE;
  switch (opcode) {
    case OP_BINARY: return !isLaneInteger(b) ? NONE : operation < 3 ? ADD + operation : MIN + operation - 4;
    case OP_FMA: return isLaneInteger(b) && isLaneInteger(c) ? FMA : NONE;
    case OP_COMPARE: return isLaneInteger(b) ? EQUAL + operation : NONE;
    case OP_CLAMP: return operation < 3 ? BOUNDS : isLaneInteger(b) ? LEAKY : NONE;
    case OP_UNARY: return operation < 4 ? ABS + operation : SAME;
    case OP_CONVERT: return SAME;
    default: return NONE;
  }
}
@inline export function goesByLanes(work: u32): bool { return work != NONE; }

/** One row of the open operands, `hasB` and `hasC` those beside A that are looked at. */
export function integerRow(work: u32, operation: u32, d: usize, a: usize, b: usize, c: usize, mode: usize, columns: u32): void {
  const isat = numeric.isat(mode) != 0, exact = isat && exceeds(work, a, b, c);
  const twoSided = isTwoSided(work), fixed = twoSided && rowStep(2) == 0 && columns >= 16;
  const straight = format.width(d) == 32 && rowStep(0) == 32;
  let cut: u32 = 0;
  if (fixed) fourIntegers(SECOND, b, rowAddress(2));
  for (let column: u32 = 0; column < columns;) {
    const count = runLength(columns - column), still = fixed && isWhole(count), direct = straight && isWhole(count);
    const to = rowAddress(0) + column * rowStep(0), out = direct ? <usize>(to >>> 3) : RESULTS;
    const x = integersOf(FIRST, a, rowAddress(1) + column * rowStep(1), rowStep(1), count);
    let y = SECOND, z: usize = 0;
    if (twoSided && !still) y = integersOf(SECOND, b, rowAddress(2) + column * rowStep(2), rowStep(2), count);
    if (work == FMA) z = integersOf(THIRD, c, rowAddress(3) + column * rowStep(3), rowStep(3), count);
    const end = x + (<usize>((count + 15) >>> 4) << 6);
    if (exact) {
      const beyond = saturating(work, out, x, end, y, still ? 0 : 16, z);
      if (format.width(d) == 32) cut += beyond;                          // else they are beyond the row as well, and counted there
    } else wrapping(work, operation, a, mode, out, x, end, y, still ? 0 : 16, z);
    if (!direct) cut += storeIntegers(d, to, rowStep(0), out, count, isat);
    column += count;
  }
  addSaturated(cut);
}

/** Whether one row of the open operands has its lanes where they lie, as many as make whole blocks, and no result that is to be cut. */
export function isStraight(work: u32, d: usize, a: usize, b: usize, c: usize, mode: usize, columns: u32): bool {
  const two = isTwoSided(work);
  return work != NONE && isWhole(columns) && isWord(d, 0) && isWord(a, 1) && (!two || isWord(b, 2)) && (work != FMA || isWord(c, 3))
    && !(numeric.isat(mode) && exceeds(work, a, b, c));
}
@inline function isWord(row: usize, position: usize): bool { return format.width(row) == 32 && rowStep(position) == 32; }
@inline function isTwoSided(work: u32): bool { return (work >= ADD && work <= LEAKY) || work >= EQUAL; }

/** Such a row. */
export function straightRow(work: u32, operation: u32, a: usize, mode: usize, to: usize, x: usize, y: usize, z: usize, columns: u32): void {
  wrapping(work, operation, a, mode, to, x, x + (<usize>columns << 2), y, 16, z);
}

/** Bits of the greatest magnitude. */
@inline function size(row: usize): u32 { return format.bits(row) - format.signed(row); }

/** Whether the exact result may lie beyond 32 bits. */
function exceeds(work: u32, a: usize, b: usize, c: usize): bool {
  switch (work) {
    case ADD: case SUB: return size(a) > PRODUCT_BITS || size(b) > PRODUCT_BITS;
    case MUL: case LEAKY: return size(a) + size(b) > PRODUCT_BITS;
    case FMA: return size(a) + size(b) >= PRODUCT_BITS || size(c) > PRODUCT_BITS;
    case ABS: case NEGATE: return size(a) > PRODUCT_BITS;
    default: return false;
  }
}

/** Results of which 32 bits are enough. */
function wrapping(work: u32, operation: u32, a: usize, mode: usize, out: usize, from: usize, end: usize, b: usize, bStep: usize, c: usize): void {
  switch (work) {
    case ADD: sums(out, from, end, b, bStep); return;
    case SUB: differences(out, from, end, b, bStep); return;
    case MUL: products(out, from, end, b, bStep); return;
    case MIN: lesser(out, from, end, b, bStep); return;
    case MAX: greater(out, from, end, b, bStep); return;
    case FMA: fused(out, from, end, b, bStep, c); return;
    case LEAKY: leaky(out, from, end, b, bStep); return;
    case ABS: magnitudes(out, from, end); return;
    case NEGATE: negatives(out, from, end); return;
    case SIGN: bounded(-1, 1, out, from, end); return;
    case NOT: turned(format.signed(a) ? -1 : <i32>((<u32>1 << format.bits(a)) - 1), out, from, end); return;
    case EQUAL: equal(out, from, end, b, bStep); return;
    case UNEQUAL: unequal(out, from, end, b, bStep); return;
    case BELOW: below(out, from, end, b, bStep); return;
    case AT_MOST: atMost(out, from, end, b, bStep); return;
    case ABOVE: above(out, from, end, b, bStep); return;
    case AT_LEAST: atLeast(out, from, end, b, bStep); return;
    case UNORDERED: bounded(0, 0, out, from, end); return;               // integers never are
    case BOUNDS: bounded(operation == 0 ? numeric.lo(mode) : 0, operation == 1 ? i32.MAX_VALUE : numeric.hi(mode), out, from, end); return;
    default: same(out, from, end);
  }
}

// A function for each loop: inside of one, binaryen makes one loop of all, which asks for its work again and again.
@apart function sums(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(ADD, 0, 0, out, from, end, y, step, 0); }
@apart function differences(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(SUB, 0, 0, out, from, end, y, step, 0); }
@apart function products(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(MUL, 0, 0, out, from, end, y, step, 0); }
@apart function lesser(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(MIN, 0, 0, out, from, end, y, step, 0); }
@apart function greater(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(MAX, 0, 0, out, from, end, y, step, 0); }
@apart function leaky(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(LEAKY, 0, 0, out, from, end, y, step, 0); }
@apart function fused(out: usize, from: usize, end: usize, y: usize, step: usize, z: usize): void { each(FMA, 0, 0, out, from, end, y, step, z); }
@apart function magnitudes(out: usize, from: usize, end: usize): void { each(ABS, 0, 0, out, from, end, 0, 0, 0); }
@apart function negatives(out: usize, from: usize, end: usize): void { each(NEGATE, 0, 0, out, from, end, 0, 0, 0); }
@apart function turned(bits: i32, out: usize, from: usize, end: usize): void { each(NOT, bits, 0, out, from, end, 0, 0, 0); }
@apart function bounded(low: i32, high: i32, out: usize, from: usize, end: usize): void { each(BOUNDS, low, high, out, from, end, 0, 0, 0); }
@apart function same(out: usize, from: usize, end: usize): void { each(SAME, 0, 0, out, from, end, 0, 0, 0); }
@apart function equal(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(EQUAL, 1, 0, out, from, end, y, step, 0); }
@apart function unequal(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(UNEQUAL, 1, 0, out, from, end, y, step, 0); }
@apart function below(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(BELOW, 1, 0, out, from, end, y, step, 0); }
@apart function atMost(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(AT_MOST, 1, 0, out, from, end, y, step, 0); }
@apart function above(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(ABOVE, 1, 0, out, from, end, y, step, 0); }
@apart function atLeast(out: usize, from: usize, end: usize, y: usize, step: usize): void { each(AT_LEAST, 1, 0, out, from, end, y, step, 0); }

/** A loop for each work, which is a constant where it stands. */
@inline function each(work: u32, p: i32, q: i32, out: usize, from: usize, end: usize, b: usize, bStep: usize, c: usize): void {
  const first = i32x4.splat(p), second = i32x4.splat(q);
  let to = out, y = b;
  for (let x = from; x < end; x += 16, to += 16, y += bStep) v128.store(to, lanesOf(work, x, y, c + (x - from), first, second));
}

@inline function lanesOf(work: u32, xAt: usize, yAt: usize, zAt: usize, p: v128, q: v128): v128 {
  const x = v128.load(xAt);
  if (work == SAME) return x;
  if (work == BOUNDS) return i32x4.min_s(i32x4.max_s(x, p), q);
  if (work == ABS) return i32x4.abs(x);
  if (work == NEGATE) return i32x4.neg(x);
  if (work == NOT) return v128.xor(x, p);
  const y = v128.load(yAt);
  if (work == ADD) return i32x4.add(x, y);
  if (work == SUB) return i32x4.sub(x, y);
  if (work == MUL) return i32x4.mul(x, y);
  if (work == MIN) return i32x4.min_s(x, y);
  if (work == MAX) return i32x4.max_s(x, y);
  if (work == FMA) return i32x4.add(i32x4.mul(x, y), v128.load(zAt));
  if (work == LEAKY) return v128.bitselect(i32x4.mul(x, y), x, i32x4.shr_s(x, 31));
  if (work == EQUAL) return v128.and(i32x4.eq(x, y), p);
  if (work == UNEQUAL) return v128.and(i32x4.ne(x, y), p);
  if (work == BELOW) return v128.and(i32x4.lt_s(x, y), p);
  if (work == AT_MOST) return v128.and(i32x4.le_s(x, y), p);
  if (work == ABOVE) return v128.and(i32x4.gt_s(x, y), p);
  return v128.and(i32x4.ge_s(x, y), p);
}

/** Results cut to 32 bits; returns how many were. */
function saturating(work: u32, out: usize, from: usize, end: usize, b: usize, bStep: usize, c: usize): u32 {
  switch (work) {
    case ADD: return cutSums(out, from, end, b, bStep);
    case SUB: return cutDifferences(out, from, end, b, bStep);
    case MUL: return cutProducts(out, from, end, b, bStep);
    case FMA: return cutFused(out, from, end, b, bStep, c);
    case LEAKY: return cutLeaky(out, from, end, b, bStep);
    case ABS: return cutMagnitudes(out, from, end);
    default: return cutNegatives(out, from, end);
  }
}
@apart function cutSums(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return cutting(ADD, out, from, end, y, step, 0); }
@apart function cutDifferences(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return cutting(SUB, out, from, end, y, step, 0); }
@apart function cutProducts(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return cutting(MUL, out, from, end, y, step, 0); }
@apart function cutLeaky(out: usize, from: usize, end: usize, y: usize, step: usize): u32 { return cutting(LEAKY, out, from, end, y, step, 0); }
@apart function cutFused(out: usize, from: usize, end: usize, y: usize, step: usize, z: usize): u32 { return cutting(FMA, out, from, end, y, step, z); }
@apart function cutMagnitudes(out: usize, from: usize, end: usize): u32 { return cutting(ABS, out, from, end, 0, 0, 0); }
@apart function cutNegatives(out: usize, from: usize, end: usize): u32 { return cutting(NEGATE, out, from, end, 0, 0, 0); }

@inline function cutting(work: u32, out: usize, from: usize, end: usize, b: usize, bStep: usize, c: usize): u32 {
  const most = i32x4.splat(i32.MAX_VALUE);
  let to = out, y = b, cut = i32x4.splat(0);
  for (let x = from; x < end; x += 16, to += 16, y += bStep) {
    const left = v128.load(x);
    let result: v128, beyond: v128, sign: v128;                          // low words, whether they are not all, of which sign all is
    if (work == ADD || work == SUB) {
      const right = v128.load(y);
      result = work == ADD ? i32x4.add(left, right) : i32x4.sub(left, right);
      beyond = i32x4.shr_s(v128.and(v128.xor(left, result), v128.xor(work == ADD ? right : left, work == ADD ? result : right)), 31);
      sign = left;
    } else if (work == ABS || work == NEGATE) {
      result = work == ABS ? i32x4.abs(left) : i32x4.neg(left);
      beyond = i32x4.shr_s(v128.and(left, result), 31);
      sign = i32x4.splat(0);
    } else {
      const right = v128.load(y);
      let low = i64x2.extmul_low_i32x4_s(left, right), high = i64x2.extmul_high_i32x4_s(left, right);
      if (work == FMA) {
        const addend = v128.load(c + (x - from));
        low = i64x2.add(low, i64x2.extend_low_i32x4_s(addend));
        high = i64x2.add(high, i64x2.extend_high_i32x4_s(addend));
      }
      result = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
      sign = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
      beyond = i32x4.ne(sign, i32x4.shr_s(result, 31));
      if (work == LEAKY) {
        const negative = i32x4.shr_s(left, 31);
        result = v128.bitselect(result, left, negative);
        beyond = v128.and(beyond, negative);
      }
    }
    cut = i32x4.sub(cut, beyond);
    v128.store(to, v128.bitselect(v128.xor(i32x4.shr_s(sign, 31), most), result, beyond));
  }
  return sumOf(cut);
}
