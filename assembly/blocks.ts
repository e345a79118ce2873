//! blocks: quantisation of blocks along the last dim with a scale each, and back.
import { product } from './arithmetic';
import { format, mode as numeric, operand, retirement } from './encoding';
import { OVERFLOW, SATURATED, SCALE, FIXED, events, readElement, setEvents, writeElement } from './element';
import { width as widthOf } from './extent';
import {
  INFINITE, LEFT, RESULT, RIGHT, THIRD, ZERO, compareExact, divideExact, exact, maxFinite, maxInteger, nanCode, pack, unpack,
} from './float';
import { elementKnown, markElement, markOperand, operandKnown } from './pages';
import { isStochastic, turnTo } from './philox';
import {
  closeRow, flatOffset, formatOf, nextRow, openRows, operandAt, originOf, rowAddress, rowLength, rowStep, settle, spaceAddress,
} from './rows';
import { bitLength } from './wide';

const NEAREST_EVEN: u32 = 0;
const UP: u32 = 3;
const NO_CLIP: u32 = 1;

/** Elements under a scale of this row. */
@inline function blockOf(scale: usize): u32 { return format.kind(scale) == SCALE ? 32 : 16; }

/** D = elements and C = scales of A; a block's elements are written before its scale. */
export function quantiseBlocks(at: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), cRecord = operandAt(at, 3), mode = retirement.modeAt(at);
  const d = formatOf(dRecord), a = formatOf(aRecord), c = formatOf(cRecord), block = blockOf(c), scales = operand.rank(cRecord) - 1;
  openRows(dRecord, aRecord, 0, 0, true);
  const columns = rowLength(), known = operandKnown(aRecord), stochastic = isStochastic(mode);
  if (known) {
    markOperand(dRecord, true);
    markOperand(cRecord, true);
  }
  const step = <i64>operand.strides(cRecord, scales) * <i64>format.width(c);
  let row: u32 = 0, index: u64 = 0;
  do {
    const rowOffset = flatOffset(cRecord, 0, scales, row++);
    for (let first: u32 = 0; first < columns; first += block) {
      const count = min(block, columns - first), to = rowOffset + <u64>(<i64>(first / block) * step);
      if (!known) markBlock(dRecord, cRecord, operand.address(cRecord) + <i64>to, aRecord, first, count);
      const scale = scaleOf(d, a, c, rowAddress(1) + first * rowStep(1), count, mode);
      settle();
      for (let i = first; i < first + count; i++) {
        if (stochastic) turnTo(mode, index++);
        writeElement(rowAddress(0) + i * rowStep(0), format.width(d), elementOf(d, a, readElement(rowAddress(1) + i * rowStep(1), format.width(a)), c, scale, mode));
        settle();
      }
      writeElement(originOf(cRecord) + to, format.width(c), scale);
    }
    closeRow(format.width(d), rowAddress(0), columns);
  } while (nextRow());
}

/** A block's elements and its scale are known where all of it is. */
function markBlock(dRecord: usize, cRecord: usize, scaleAt: i64, aRecord: usize, first: u32, count: u32): void {
  let known = true;
  for (let i = <i64>first; i < <i64>(first + count); i++) {
    known = known && elementKnown(operand.space(aRecord), spaceAddress(1) + i * <i64>rowStep(1), widthOf(aRecord));
  }
  for (let i = <i64>first; i < <i64>(first + count); i++) {
    markElement(operand.space(dRecord), spaceAddress(0) + i * <i64>rowStep(0), widthOf(dRecord), known);
  }
  markElement(operand.space(cRecord), scaleAt, widthOf(cRecord), known);
}

/** The code of a block's scale for elements of row d. */
function scaleOf(d: usize, a: usize, c: usize, from: u64, count: u32, mode: usize): u64 {
  let spoilt = false;
  exact.setSpecial(THIRD, ZERO, 0);
  for (let i: u32 = 0; i < count; i++) {
    unpack(LEFT, a, readElement(from + i * rowStep(1), format.width(a)), 0);
    if (exact.kind(LEFT) >= INFINITE) {
      spoilt = true;
      continue;
    }
    exact.setSign(LEFT, 0);
    if (compareExact(LEFT, THIRD) > 0) exact.copy(THIRD, LEFT);
  }
  if (spoilt) return nanCode(c);
  const noClip = numeric.mxrule(mode) == NO_CLIP;
  unpack(RIGHT, d, format.kind(d) == FIXED ? <u64>maxInteger(d) : maxFinite(d), 0);
  if (format.kind(c) != SCALE) {
    divideExact(RESULT, THIRD, RIGHT);
    return pack(c, RESULT, noClip ? UP : NEAREST_EVEN, 0, numeric.fsat(mode), 0, true);
  }
  const zero = exact.kind(THIRD) == ZERO;
  let power = (zero ? -126 : binade(THIRD)) - binade(RIGHT);
  if (noClip && !zero && exceeds(d, power)) power++;
  return <u64>(max(-127, min(127, power)) + format.bias(c));
}

@inline function binade(at: usize): i32 { return exact.exponent(at) + bitLength(exact.high(at), exact.low(at)) - 1; }

/** Whether THIRD / 2^power, to nearest even, is beyond the greatest value of row d. */
function exceeds(d: usize, power: i32): bool {
  exact.copy(LEFT, THIRD);
  exact.setExponent(LEFT, exact.exponent(THIRD) - power);
  pack(d, LEFT, NEAREST_EVEN, 1, 1, 0, true);
  const beyond = (events() & (OVERFLOW | SATURATED)) != 0;
  setEvents(0);
  return beyond;
}

/** An element under the scale of its block: saturating, a zero under a scale of 0, code 0 under NaN and of a zero of either sign. */
function elementOf(d: usize, a: usize, code: u64, c: usize, scale: u64, mode: usize): u64 {
  unpack(RIGHT, c, scale, 0);
  if (exact.isNan(RIGHT)) return 0;
  unpack(LEFT, a, code, 0);
  if (exact.kind(LEFT) == ZERO) return 0;
  if (exact.kind(RIGHT) == ZERO) exact.setSpecial(RESULT, ZERO, exact.sign(LEFT));
  else divideExact(RESULT, LEFT, RIGHT);
  return pack(d, RESULT, numeric.round(mode), 1, 1, 0, true);
}

/** D = A times the scales B of its blocks. */
export function dequantiseBlocks(at: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), mode = retirement.modeAt(at);
  const d = formatOf(dRecord), a = formatOf(aRecord), b = formatOf(bRecord), block = blockOf(b), scales = operand.rank(bRecord) - 1;
  openRows(dRecord, aRecord, 0, 0, true);
  const columns = rowLength(), known = operandKnown(aRecord) && operandKnown(bRecord), stochastic = isStochastic(mode);
  if (known) markOperand(dRecord, true);
  const step = <i64>operand.strides(bRecord, scales) * <i64>format.width(b), daz = numeric.daz(mode);
  let row: u32 = 0, index: u64 = 0;
  do {
    const rowOffset = flatOffset(bRecord, 0, scales, row++);
    for (let column: u32 = 0; column < columns; column++) {
      const from = rowOffset + <u64>(<i64>(column / block) * step), place = <i64>column;
      if (!known) {
        const both = elementKnown(operand.space(aRecord), spaceAddress(1) + place * <i64>rowStep(1), widthOf(aRecord))
          && elementKnown(operand.space(bRecord), operand.address(bRecord) + <i64>from, widthOf(bRecord));
        markElement(operand.space(dRecord), spaceAddress(0) + place * <i64>rowStep(0), widthOf(dRecord), both);
      }
      if (stochastic) turnTo(mode, index++);
      unpack(LEFT, a, readElement(rowAddress(1) + column * rowStep(1), format.width(a)), daz);
      unpack(RIGHT, b, readElement(originOf(bRecord) + from, format.width(b)), daz);
      writeElement(rowAddress(0) + column * rowStep(0), format.width(d), product(d, mode));
      settle();
    }
    closeRow(format.width(d), rowAddress(0), columns);
  } while (nextRow());
}
