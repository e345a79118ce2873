//! reduce: sums and extremes along the last dims, whole or running.
import { ELEMENT_MAX, format, mode as numeric, operand, profile, retirement } from './encoding';
import { FLUSHED, INVALID, events, integerOf, isFloat, isFp32, isPlain, raise, readElement, writeElement } from './element';
import { LEFT, THIRD, compareExact, exact, integerCode, pack, unpack, unpackFp32 } from './float';
import { clearSum, addToSum, readSum } from './kulisch';
import { plus, widen } from './requantise';
import { elementKnown, markElement, markOperand, operandKnown } from './pages';
import { isStochastic, turnTo } from './philox';
import {
  closeRow, flatOffset, formatOf, nextRow, openRows, operandAt, originOf, rowAddress, rowLength, rowStep, settle, spaceAddress,
} from './rows';
import { lanesAt, nextRun, openRuns } from './lane-runs';
import { RESULTS, RUN, isLaneInteger } from './lanes';
import { isFloatLane } from './vector-float';
import { productAtMost, width as widthOf } from './extent';

// Sums of the last 2^i complete elements, of `pairs`.
const LEVELS: usize = memory.data(128, 8);
// Whether every element of the sum so far was finite, and the index of an extreme.
const BOUNDED: usize = memory.data(4, 4);
const PLACE: usize = memory.data(4, 4);
const BEST: usize = memory.data(4, 4);

const ELEMENTS: i64 = ELEMENT_MAX;
const SQUARES: u32 = 1;
const MAX: u32 = 2;
const MIN: u32 = 3;
const ARGMAX: u32 = 4;
const INFINITY: i32 = 0x7f80_0000;

/** 0 sum, 1 sum of squares, 2 max, 3 min, 4 argmax, 5 argmin over the last r dims of A. */
export function reduceTensor(at: usize, operation: u32, r: u32): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), mode = retirement.modeAt(at);
  const d = formatOf(dRecord), width = format.width(d), leading = operand.rank(aRecord) - r;
  const count = <u32>productAtMost(dRecord, 0, operand.rank(dRecord), ELEMENTS);
  const inner = <u32>productAtMost(aRecord, leading, operand.rank(aRecord), ELEMENTS);
  if (count == 0) return;
  const known = operandKnown(aRecord), stochastic = isStochastic(mode);
  if (known) markOperand(dRecord, true);
  for (let flat: u32 = 0; flat < count; flat++) {
    const from = originOf(aRecord) + flatOffset(aRecord, 0, leading, flat);
    const to = originOf(dRecord) + flatOffset(dRecord, 0, operand.rank(dRecord), flat);
    if (stochastic) turnTo(mode, flat);
    writeElement(to, width, reduceRun(d, aRecord, from, leading, inner, operation, mode));
    settle();
    if (!known) {
      const place = operand.address(dRecord) + <i64>flatOffset(dRecord, 0, operand.rank(dRecord), flat);
      markElement(operand.space(dRecord), place, width, runKnown(aRecord, flat, leading, inner));
    }
    if (width == 4 && (to & 7) == 0 && (flat + 1) % operand.dims(dRecord, operand.rank(dRecord) - 1) == 0) closeRow(4, to, 1);
  }
}

/** Whether every element that makes the flat-th result is known. */
function runKnown(aRecord: usize, flat: u32, leading: u32, count: u32): bool {
  const from = operand.address(aRecord) + <i64>flatOffset(aRecord, 0, leading, flat);
  const space = operand.space(aRecord), width = widthOf(aRecord);
  for (let k: u32 = 0; k < count; k++) {
    if (!elementKnown(space, from + <i64>flatOffset(aRecord, leading, operand.rank(aRecord), k), width)) return false;
  }
  return true;
}

function reduceRun(d: usize, aRecord: usize, from: u64, leading: u32, count: u32, operation: u32, mode: usize): u64 {
  const a = formatOf(aRecord);
  if (ASC_FEATURE_SIMD) {
    if (isFloat(a) ? isFloatLane(a) && numeric.daz(mode) == 0 : isLaneInteger(a)) {
      if (operation >= MAX) {
        if (extremeByRuns(aRecord, from, leading, operation)) return operation < ARGMAX ? bestCode(d, a, mode) : load<u32>(PLACE);
      } else if (!isFloat(a)) {
        const sum = integersByRuns(aRecord, from, leading, operation);
        return integerCode(d, sum >> 63, <u64>sum, numeric.isat(mode));
      } else if (numeric.order(mode) < 2 || (numeric.order(mode) == 2 && profile.vpuLanes() <= RUN)) {
        const sum = numeric.order(mode) == 2 ? lanesByRuns(aRecord, from, leading, operation) : sumByRuns(aRecord, from, leading, operation, mode);
        if (isFinite(sum)) return packFp32(d, sum, mode);
      }
    }
  }
  if (operation >= MAX) {
    const greatest = operation == MAX || operation == ARGMAX;
    if (isFloat(a)) {
      floatExtreme(aRecord, from, leading, count, greatest, mode);
      if (operation < ARGMAX) return finish(d, THIRD, mode, false);
    } else {
      const best = integerExtreme(aRecord, from, leading, count, greatest);
      if (operation < ARGMAX) return integerCode(d, best >> 63, <u64>best, numeric.isat(mode));
    }
    return load<u32>(PLACE);
  }
  if (!isFloat(a)) {
    let sum: i64 = 0;
    for (let k: u32 = 0; k < count; k++) {
      const x = integerOf(a, innerElement(aRecord, from, leading, k));
      sum += operation == SQUARES ? x * x : x;
    }
    return integerCode(d, sum >> 63, <u64>sum, numeric.isat(mode));
  }
  store<u32>(BOUNDED, 1);
  switch (numeric.order(mode)) {
    case 0: return packFp32(d, sumRun(aRecord, from, leading, 0, 1, count, operation, mode), mode);
    case 1: return packFp32(d, pairs(aRecord, from, leading, count, operation, mode), mode);
    case 2: return packFp32(d, lanes(aRecord, from, leading, count, operation, mode), mode);
  }
  clearSum();
  for (let k: u32 = 0; k < count; k++) addToSum(term(aRecord, from, leading, k, 0, mode), operation == SQUARES);
  readSum(LEFT, numeric.round(mode));
  return finish(d, LEFT, mode, false);
}

// ---- the same through lanes; a sum that is not finite, and a NaN among the elements, are for the way one by one

function integersByRuns(aRecord: usize, from: u64, leading: u32, operation: u32): i64 {
  let sum = i64x2.splat(0);
  openRuns(aRecord, from, leading);
  for (let count = nextRun(); count; count = nextRun()) {
    for (let at = lanesAt(), end = at + (<usize>count << 2); at < end; at += 16) {
      const x = v128.load(at);
      const low = operation == SQUARES ? i64x2.extmul_low_i32x4_s(x, x) : i64x2.extend_low_i32x4_s(x);
      const high = operation == SQUARES ? i64x2.extmul_high_i32x4_s(x, x) : i64x2.extend_high_i32x4_s(x);
      sum = i64x2.add(sum, i64x2.add(low, high));
    }
  }
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
}

/** One after the other, or in pairs. What begins a sum changes no number that is added, -0 neither. */
function sumByRuns(aRecord: usize, from: u64, leading: u32, operation: u32, mode: usize): f32 {
  const sequential = numeric.order(mode) == 0;
  let sum: f32 = -0.0, leaves: u32 = 0;
  openRuns(aRecord, from, leading);
  for (let count = nextRun(); count; count = nextRun()) {
    for (let at = lanesAt(), end = at + (<usize>count << 2); at < end; at += 4) {
      const x = load<f32>(at), term = operation == SQUARES ? x * x : x;
      if (sequential) sum += term;
      else pushPair(leaves++, term);
    }
  }
  return sequential ? sum : closePairs(leaves);
}

/** Partial sums of the elements k mod lanes at RESULTS, then pairs of them, for which RESULTS has room. */
function lanesByRuns(aRecord: usize, from: u64, leading: u32, operation: u32): f32 {
  const step = profile.vpuLanes();
  let lane: u32 = 0, used: u32 = 0;
  for (let i: u32 = 0; i < step; i++) store<f32>(RESULTS + (<usize>i << 2), -0.0);
  openRuns(aRecord, from, leading);
  for (let count = nextRun(); count; count = nextRun()) {
    const first = lanesAt(), end = first + (<usize>count << 2);
    used = min(step, used + count);
    if (lane == 0 && (step & 3) == 0 && count % step == 0) {
      for (let at = first; at < end;) {
        for (let to = RESULTS, last = RESULTS + (<usize>step << 2); to < last; to += 16, at += 16) {
          const x = v128.load(at);
          v128.store(to, f32x4.add(v128.load(to), operation == SQUARES ? f32x4.mul(x, x) : x));
        }
      }
      continue;
    }
    for (let at = first; at < end; at += 4) {
      const x = load<f32>(at), to = RESULTS + (<usize>lane << 2);
      store<f32>(to, load<f32>(to) + (operation == SQUARES ? x * x : x));
      lane = lane + 1 == step ? 0 : lane + 1;
    }
  }
  for (let i: u32 = 0; i < used; i++) pushPair(i, load<f32>(RESULTS + (<usize>i << 2)));
  return closePairs(used);
}

/** Floats in the order of integers, -0 below +0, and back. */
@inline function ordered(bits: i32): i32 { return bits ^ ((bits >> 31) & i32.MAX_VALUE); }

/** The extreme, as a lane in its order, in BEST, and its index in PLACE; false where it is an Inf, or an element a NaN. */
function extremeByRuns(aRecord: usize, from: u64, leading: u32, operation: u32): bool {
  const greatest = operation == MAX || operation == ARGMAX, float = isFloat(formatOf(aRecord)), infinity = i32x4.splat(INFINITY);
  let best = 0, place: u32 = 0, begun = false, base: u32 = 0;
  openRuns(aRecord, from, leading);
  for (let count = nextRun(); count; base += count, count = nextRun()) {
    const first = lanesAt(), end = first + (<usize>count << 2);
    let runBest = lanesOf(load<i32>(first), float), special = i32x4.splat(0), at = first;
    let four = i32x4.splat(runBest);
    for (; at + 16 <= end; at += 16) {
      let x = v128.load(at);
      if (float) {
        special = v128.or(special, i32x4.gt_s(v128.and(x, i32x4.splat(i32.MAX_VALUE)), infinity));
        x = v128.xor(x, v128.and(i32x4.shr_s(x, 31), i32x4.splat(i32.MAX_VALUE)));
      }
      four = greatest ? i32x4.max_s(four, x) : i32x4.min_s(four, x);
    }
    if (v128.any_true(special)) return false;
    const pair = v128.shuffle<i32>(four, four, 2, 3, 0, 1), two = greatest ? i32x4.max_s(four, pair) : i32x4.min_s(four, pair);
    const left = i32x4.extract_lane(two, 0), right = i32x4.extract_lane(two, 1);
    runBest = greatest ? max(left, right) : min(left, right);
    for (; at < end; at += 4) {
      const bits = load<i32>(at), x = lanesOf(bits, float);
      if (float && (bits & i32.MAX_VALUE) > INFINITY) return false;
      runBest = greatest ? max(runBest, x) : min(runBest, x);
    }
    if (begun && !(greatest ? runBest > best : runBest < best)) continue;
    begun = true;
    best = runBest;
    let i: u32 = 0;
    while (lanesOf(load<i32>(first + (<usize>i << 2)), float) != best) i++;
    place = base + i;
  }
  if (float && (ordered(best) & i32.MAX_VALUE) == INFINITY) return false;
  store<i32>(BEST, best);
  store<u32>(PLACE, place);
  return true;
}
@inline function lanesOf(bits: i32, float: bool): i32 { return float ? ordered(bits) : bits; }

/** The code of the extreme at BEST. */
function bestCode(d: usize, a: usize, mode: usize): u64 {
  const best = load<i32>(BEST);
  if (!isFloat(a)) return integerCode(d, <i64>best >> 63, <u64><i64>best, numeric.isat(mode));
  unpackFp32(THIRD, <u32>ordered(best));
  return finish(d, THIRD, mode, false);
}

@inline function innerElement(aRecord: usize, from: u64, leading: u32, k: u32): u64 {
  return readElement(from + flatOffset(aRecord, leading, operand.rank(aRecord), k), format.width(formatOf(aRecord)));
}

/** An element as fp32, or its square rounded to nearest even. */
function term(aRecord: usize, from: u64, leading: u32, k: u32, operation: u32, mode: usize): f32 {
  const x = widen(formatOf(aRecord), innerElement(aRecord, from, leading, k), mode);
  if (!isFinite(x)) store<u32>(BOUNDED, 0);
  return operation == SQUARES ? x * x : x;
}

/** Elements first, first + step, ... ascending, in fp32. */
function sumRun(aRecord: usize, from: u64, leading: u32, first: u32, step: u32, count: u32, operation: u32, mode: usize): f32 {
  let sum = term(aRecord, from, leading, first, operation, mode);
  for (let k = <u64>first + step; k < <u64>count; k += step) sum = plus(sum, term(aRecord, from, leading, <u32>k, operation, mode));
  return sum;
}

/** Neighbours level by level; an odd last one moves up as it is. */
function pairs(aRecord: usize, from: u64, leading: u32, count: u32, operation: u32, mode: usize): f32 {
  for (let k: u32 = 0; k < count; k++) pushPair(k, term(aRecord, from, leading, k, operation, mode));
  return closePairs(count);
}

/** Partial sums of the elements k mod lanes, then pairs of them. */
function lanes(aRecord: usize, from: u64, leading: u32, count: u32, operation: u32, mode: usize): f32 {
  const step = profile.vpuLanes(), used = step < count ? step : count;
  for (let lane: u32 = 0; lane < used; lane++) pushPair(lane, sumRun(aRecord, from, leading, lane, step, count, operation, mode));
  return closePairs(used);
}

/** The k-th leaf: while k has trailing ones, the block of that size to its left is complete and joins. */
function pushPair(k: u32, leaf: f32): void {
  let sum = leaf, level: usize = 0;
  for (; (k >>> <u32>level) & 1; level++) sum = plus(load<f32>(LEVELS + (level << 2)), sum);
  store<f32>(LEVELS + (level << 2), sum);
}

/** Joins the blocks that are left, from the smallest on. */
function closePairs(count: u32): f32 {
  let level: usize = ctz<u32>(count);
  let sum = load<f32>(LEVELS + (level << 2));
  for (level++; level < 32; level++) {
    if ((count >>> <u32>level) & 1) sum = plus(load<f32>(LEVELS + (level << 2)), sum);
  }
  return sum;
}

/** The extreme; its index in PLACE. */
function integerExtreme(aRecord: usize, from: u64, leading: u32, count: u32, greatest: bool): i64 {
  const a = formatOf(aRecord);
  let best = integerOf(a, readElement(from, format.width(a))), place: u32 = 0;
  for (let k: u32 = 1; k < count; k++) {
    const x = integerOf(a, innerElement(aRecord, from, leading, k));
    if (greatest ? x > best : x < best) {
      best = x;
      place = k;
    }
  }
  store<u32>(PLACE, place);
  return best;
}

/** The extreme in THIRD, its index in PLACE. */
function floatExtreme(aRecord: usize, from: u64, leading: u32, count: u32, greatest: bool, mode: usize): void {
  store<u32>(PLACE, 0);
  for (let k: u32 = 0; k < count; k++) {
    unpack(LEFT, formatOf(aRecord), innerElement(aRecord, from, leading, k), numeric.daz(mode));
    if (takesOver(k == 0, greatest, mode)) store<u32>(PLACE, k);
  }
}

/** THIRD becomes the better of THIRD and LEFT; whether it was LEFT. Of equals the first stays; of NaNs the first, or none by `minmax`. */
function takesOver(first: bool, greatest: bool, mode: usize): bool {
  let better = first;
  if (!first) {
    if (exact.isNan(THIRD)) better = numeric.minmax(mode) != 0 && !exact.isNan(LEFT);
    else if (exact.isNan(LEFT)) better = numeric.minmax(mode) == 0;
    else better = greatest ? compareExact(LEFT, THIRD) > 0 : compareExact(LEFT, THIRD) < 0;
  }
  if (better) exact.copy(THIRD, LEFT);
  return better;
}

/** 0 sum, 1 max: D[.., j] of A[.., 0 .. j]. */
export function scanTensor(at: usize, operation: u32): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1);
  const mode = retirement.modeAt(at), d = formatOf(dRecord), a = formatOf(aRecord), width = format.width(d);
  if (!openRows(dRecord, aRecord, 0, 0, true)) return;
  const columns = rowLength(), whollyKnown = operandKnown(aRecord), stochastic = isStochastic(mode);
  let index: u64 = 0;
  if (whollyKnown) markOperand(dRecord, true);
  do {
    let to = rowAddress(0), from = rowAddress(1), total: i64 = 0, sum: f32 = 0;
    let known = true, read: u32 = 0;
    store<u32>(BOUNDED, 1);
    for (let column: u32 = 0; column < columns; column++) {
      if (!whollyKnown) {
        known = known && elementKnown(operand.space(aRecord), spaceAddress(1) + <i64>column * <i64>rowStep(1), widthOf(aRecord));
        markElement(operand.space(dRecord), spaceAddress(0) + <i64>column * <i64>rowStep(0), width, known);
      }
      if (stochastic) turnTo(mode, index++);
      const code = readElement(from, format.width(a));
      if (!isFloat(a)) {
        const x = integerOf(a, code);
        total = column == 0 ? x : operation == 0 ? total + x : max(total, x);
        writeElement(to, width, integerCode(d, total >> 63, <u64>total, numeric.isat(mode)));
      } else if (operation == 0) {
        const x = widen(a, code, mode);
        if (!isFinite(x)) store<u32>(BOUNDED, 0);
        sum = column == 0 ? x : plus(sum, x);
        read = readSoFar(read);
        writeElement(to, width, packFp32(d, sum, mode));
      } else {
        unpack(LEFT, a, code, numeric.daz(mode));
        takesOver(column == 0, true, mode);
        read = readSoFar(read);
        writeElement(to, width, finish(d, THIRD, mode, false));
      }
      settle();
      to += rowStep(0);
      from += rowStep(1);
    }
    closeRow(width, rowAddress(0), columns);
  } while (nextRow());
}

/** Events of reading and adding stay with all that follow in the row. */
@inline function readSoFar(before: u32): u32 {
  raise(before);
  return events() & (INVALID | FLUSHED);
}

function packFp32(d: usize, sum: f32, mode: usize): u64 {
  if (isFp32(d) && isPlain(mode) && isFinite(sum)) return reinterpret<u32>(sum);
  unpackFp32(LEFT, reinterpret<u32>(sum));
  return finish(d, LEFT, mode, load<u32>(BOUNDED) != 0);
}

/** An extreme is one of the elements and an exact sum no infinity but of such: `bounded` says something of sums in fp32 alone. */
@inline function finish(d: usize, value: usize, mode: usize, bounded: bool): u64 {
  return pack(d, value, numeric.round(mode), 0, numeric.fsat(mode), numeric.ftz(mode), bounded);
}
