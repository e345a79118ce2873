//! vector: the vector unit: element by element on captured operands.
import {
  BINARY, OP_BDEQUANT, OP_BINARY, OP_BITWISE, OP_BQUANT, OP_CLAMP, OP_COMPARE, OP_CONVERT, OP_FMA, OP_IOTA, OP_LUT, OP_MOVE, OP_RANDOM,
  OP_REDUCE, OP_SCALE, OP_SCAN, OP_SELECT, OP_SHIFT, OP_SPECIAL, OP_TAKE, OP_UNARY, REDUCE, SCALE, format, mode as numeric, operand, profile, retirement,
} from './encoding';
import { INDEX, integerOf, isFloat, isFp32, raise, readElement, readHere, writeElement, writeHere } from './element';
import { binary, clamp, compare, convert, fma, shift, unary } from './arithmetic';
import { dequantiseBlocks, quantiseBlocks } from './blocks';
import { epilogueTensor } from './epilogue';
import { integerCode } from './float';
import { isStochastic, turnTo, wordAt } from './philox';
import { reduceTensor, scanTensor } from './reduce';
import { closeGathered, gather, openGathered, scatter } from './gathered';
import { lutTensor } from './lut';
import { copyRow } from './move';
import { fp32Functions, special } from './special';
import { elementKnown, markElement, markOperand, operandKnown, propagateKnown, spaceAt } from './pages';
import { floatRow, floatsByLanes, floatWork } from './vector-float';
import { goesByLanes, integerRow, isStraight, laneWork, straightRow } from './vector-integer';
import { width as widthOf } from './extent';
import {
  areShort, closeRow, formatOf, keepRow, nextRow, openRows, operandAt, reopenRow, ROW_BYTES, rowAddress, rowLength, rowStep, setConstant, settle, spaceAddress,
} from './rows';

const DTYPE_S32: usize = 0x07;
const DTYPE_FP32: usize = 0x23;

/** Acts on the record of a vector instruction that has passed its rules; element events are added to those of `control`. */
export function vector(opcode: u32, at: usize): void {
  const words = retirement.wordsAt(at);
  switch (opcode) {
    case OP_SELECT: case OP_BITWISE: case OP_MOVE: copyElements(opcode, at, words); return;
    case OP_REDUCE: reduceTensor(at, REDUCE.op(words), REDUCE.r(words)); return;
    case OP_SCAN: scanTensor(at, BINARY.op(words)); return;
    case OP_IOTA: iota(at); return;
    case OP_TAKE: take(at); return;
    case OP_LUT: lutTensor(at); return;
    case OP_RANDOM: random(at, BINARY.op(words)); return;
    case OP_BQUANT: quantiseBlocks(at); return;
    case OP_BDEQUANT: dequantiseBlocks(at); return;
    case OP_SCALE: epilogueTensor(at, SCALE.activation(words)); return;
    // f1 lies in one place in every tensor form
    default: elementwise(opcode, BINARY.op(words), at, operandAt(at, 0), operandAt(at, 1), operandAt(at, 2), operandAt(at, 3));
  }
}

/** What an instruction that goes element by element does to each of its rows: formats, and the ways that take many elements at once. */
const PLAN: usize = memory.data(32, 8);
namespace plan {
  @inline export function opcode(at: usize): u32 { return load<u8>(at); }
  @inline export function operation(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function integers(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function floats(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function functions(at: usize): bool { return load<u8>(at, 4) != 0; }
  @inline export function d(at: usize): usize { return load<usize>(at, 8); }
  @inline export function a(at: usize): usize { return load<usize>(at, 12); }
  @inline export function b(at: usize): usize { return load<usize>(at, 16); }
  @inline export function c(at: usize): usize { return load<usize>(at, 20); }
  /** Of an instruction that is done again: the elements of its row if that is straight, else 0. */
  @inline export function straight(at: usize): u32 { return load<u32>(at, 24); }
}

/** D[i] = f(A[i], B[i], C[i]); an absent B is the scalar, read as the class of A asks, or nothing. */
export function elementwise(opcode: u32, operation: u32, at: usize, dRecord: usize, aRecord: usize, bRecord: usize, cRecord: usize): void {
  const mode = retirement.modeAt(at), d = formatOf(dRecord), a = formatOf(aRecord);
  const b = bRecord ? formatOf(bRecord) : profile.formats(isFloat(a) && opcode != OP_SHIFT ? DTYPE_FP32 : DTYPE_S32);
  const c = cRecord ? formatOf(cRecord) : d;
  if (!openRows(dRecord, aRecord, bRecord, cRecord, false)) return;
  propagateKnown(dRecord, aRecord, bRecord, cRecord);
  if (!bRecord) setConstant(2, retirement.scalars(at, 0));
  store<u8>(PLAN, <u8>opcode);
  store<u8>(PLAN, <u8>operation, 1);
  store<usize>(PLAN, d, 8);
  store<usize>(PLAN, a, 12);
  store<usize>(PLAN, b, 16);
  store<usize>(PLAN, c, 20);
  if (ASC_FEATURE_SIMD) {
    store<u8>(PLAN, <u8>laneWork(opcode, operation, d, a, b, c), 2);
    store<u8>(PLAN, <u8>floatWork(opcode, operation, d, a, b, c, mode), 3);
  }
  store<u8>(PLAN, <u8>(opcode == OP_SPECIAL && operation > 2 && (numeric.daz(mode) | numeric.ftz(mode) | numeric.level(mode)) == 0 && isFp32(d)
    && rowStep(0) == 32 && rowStep(1) == 32), 4);
  if (ASC_FEATURE_SIMD) {
    if (areShort() && (goesByLanes(plan.integers(PLAN)) || floatsByLanes(plan.floats(PLAN)))) {
      shortRows(openGathered(format.width(d), format.width(a), bRecord ? format.width(b) : 0, cRecord ? format.width(c) : 0), mode);
      return;
    }
  }
  allRows(PLAN, mode);
}

/** Rows that are short for lanes, several at once. None is rounded stochastically, so that nobody asks for an index of its elements. */
function shortRows(columns: u32, mode: usize): void {
  for (let more = true; more;) {
    more = gather(columns);
    allRows(PLAN, mode);
    scatter(columns);
  }
  closeGathered();
}

/** Elements that go one by one where lanes stop; twice as many each time that lanes have not come so far as is worth another start. */
const ALONE: u32 = 4, WORTH: u32 = 8;

/** All of the open rows. */
function allRows(its: usize, mode: usize): void {
  const opcode = plan.opcode(its), operation = plan.operation(its), integers = plan.integers(its), floats = plan.floats(its);
  const d = plan.d(its), a = plan.a(its), b = plan.b(its), c = plan.c(its), columns = rowLength();
  if (ASC_FEATURE_SIMD) {
    if (goesByLanes(integers)) {
      do {
        integerRow(integers, operation, d, a, b, c, mode, columns);
        closeRow(format.width(d), rowAddress(0), columns);
      } while (nextRow());
      return;
    }
  }
  const stochastic = isStochastic(mode);
  let index: u64 = 0;
  do {
    if (plan.functions(its)) {
      fp32Functions(operation, d, <usize>(rowAddress(0) >>> 3), <usize>(rowAddress(1) >>> 3), columns, mode);
      continue;
    }
    for (let column: u32 = 0, alone = ALONE / 2; column < columns;) {
      let end = columns;
      if (ASC_FEATURE_SIMD) {
        if (floatsByLanes(floats)) {
          const reached = floatRow(floats, operation, d, a, b, c, mode, column, columns);
          alone = reached - column < WORTH ? alone << 1 : ALONE;
          column = reached;
          end = min(column + alone, columns);
        }
      }
      oneByOne(opcode, operation, d, a, b, c, mode, column, end, index);
      column = end;
    }
    if (stochastic) index += columns;
    closeRow(format.width(d), rowAddress(0), columns);
  } while (nextRow());
}

// ---- elements that are done again
export const ELEMENTS_BYTES: usize = 32 + ROW_BYTES;

/** Keeps at `to` the plan and the geometry of an instruction that has just gone element by element through one row; false where it has not. */
export function keepElements(opcode: u32, mode: usize, to: usize): bool {
  switch (opcode) {
    case OP_BINARY: case OP_FMA: case OP_COMPARE: case OP_SHIFT: case OP_SPECIAL: case OP_UNARY: case OP_CLAMP: case OP_CONVERT: break;
    default: return false;
  }
  for (let i: usize = 0; i < 32; i += 8) store<u64>(to + i, load<u64>(PLAN + i));
  const integers = plan.integers(PLAN), columns = rowLength();
  store<u32>(to, isStraight(integers, plan.d(PLAN), plan.a(PLAN), plan.b(PLAN), plan.c(PLAN), mode, columns) ? columns : 0, 24);
  return keepRow(to + 32);
}

/** Where an operand that is there begins. */
@inline function placeOf(record: usize): usize { return spaceAt(operand.space(record)) + <usize>(operand.address(record) >>> 3); }

/** Is it a straight row? None of its elements raises an event. */
@inline export function isStraightKept(kept: usize): bool { return plan.straight(kept) != 0; }

/** The same straight row of other elements, all of them known. */
export function straightKept(at: usize, kept: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), y = placeOf(retirement.operands(at, 2)), z = placeOf(retirement.operands(at, 3));
  straightRow(plan.integers(kept), plan.operation(kept), plan.a(kept), retirement.modeAt(at), placeOf(d), placeOf(a), y, z, plan.straight(kept));
}

/**
 * The same straight row so many times, all elements known; operands move by so many bytes from one to the next, and stand a step before the first. Elements go
 * one behind the other anyway, so that rows that follow on each other are one. No register moves C.
 */
export function straightRounds(at: usize, kept: usize, dStep: isize, aStep: isize, bStep: isize, rounds: u32): void {
  const mode = retirement.modeAt(at), row = <isize>plan.straight(kept) << 2, b = retirement.operands(at, 2), c = retirement.operands(at, 3), z = placeOf(c);
  const follow = dStep == row && aStep == row && (bStep == row || !operand.role(b)) && !operand.role(c), columns = plan.straight(kept) * (follow ? rounds : 1);
  let to = placeOf(retirement.operands(at, 0)), x = placeOf(retirement.operands(at, 1)), y = placeOf(b);
  for (let left = follow ? 1 : rounds; left; left--) {
    to += dStep;
    x += aStep;
    y += bStep;
    straightRow(plan.integers(kept), plan.operation(kept), plan.a(kept), mode, to, x, y, z, columns);
  }
}

/** The same of other elements, all of them known. */
export function elementsKept(at: usize, kept: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), b = operandAt(at, 2);
  reopenRow(kept + 32, d, a, b, operandAt(at, 3));
  if (!b) setConstant(2, retirement.scalars(at, 0));
  allRows(kept, retirement.modeAt(at));
}

/** Elements `first` to `end` of a row; that of column 0 has the index in row-major order. */
function oneByOne(opcode: u32, operation: u32, d: usize, a: usize, b: usize, c: usize, mode: usize, first: u32, end: u32, index: u64): void {
  const stochastic = isStochastic(mode);
  let to = rowAddress(0) + first * rowStep(0), aAt = rowAddress(1) + first * rowStep(1);
  let bAt = rowAddress(2) + first * rowStep(2), cAt = rowAddress(3) + first * rowStep(3);
  for (let column = first; column < end; column++) {
    if (stochastic) turnTo(mode, index + column);
    writeElement(to, format.width(d), element(opcode, operation, d, a, aAt, b, bAt, c, cAt, mode));
    settle();
    to += rowStep(0);
    aAt += rowStep(1);
    bAt += rowStep(2);
    cAt += rowStep(3);
  }
}

@inline function element(opcode: u32, operation: u32, d: usize, a: usize, aAt: u64, b: usize, bAt: u64, c: usize, cAt: u64, mode: usize): u64 {
  const x = codeAt(aAt, a);
  switch (opcode) {
    case OP_BINARY: return binary(operation, d, a, x, b, codeAt(bAt, b), mode);
    case OP_FMA: return fma(d, a, x, b, codeAt(bAt, b), c, codeAt(cAt, c), mode);
    case OP_COMPARE: return compare(operation, a, x, b, codeAt(bAt, b));
    case OP_SHIFT: return shift(operation, d, a, x, b, codeAt(bAt, b), mode);
    case OP_SPECIAL: return special(operation, d, a, x, mode);
    case OP_UNARY: return unary(operation, d, a, x, mode);
    case OP_CLAMP: return clamp(operation, d, a, x, b, codeAt(bAt, b), mode);
    default: return convert(d, a, x, mode);
  }
}
@inline function codeAt(bitAddress: u64, row: usize): u64 { return readElement(bitAddress, format.width(row)); }

/** Bits of A, of A or B by the mask C, or the logic of both. */
function copyElements(opcode: u32, at: usize, words: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), cRecord = operandAt(at, 3);
  const d = formatOf(dRecord), width = format.width(d), operation = BINARY.op(words);
  if (!openRows(dRecord, aRecord, bRecord, cRecord, false)) return;
  if (opcode == OP_SELECT) selectKnown(dRecord, aRecord, bRecord, cRecord);
  else propagateKnown(dRecord, aRecord, bRecord, 0);
  const columns = rowLength(), straight = width >= 8 && rowStep(0) == width && rowStep(1) == width && (opcode == OP_MOVE || rowStep(2) == width);
  do {
    let to = rowAddress(0), aAt = rowAddress(1), bAt = rowAddress(2), cAt = rowAddress(3), done: u32 = 0;
    if (opcode == OP_MOVE) {
      copyRow(to, <i64>rowStep(0), aAt, <i64>rowStep(1), columns, width, true);
      continue;
    }
    if (ASC_FEATURE_SIMD) {
      if (straight && opcode == OP_BITWISE) done = logicBytes(operation, to, aAt, bAt, columns, width);
      else if (straight && rowStep(3) == 8 && width <= 32) done = chooseBytes(to, aAt, bAt, cAt, columns, width);
      to += done * rowStep(0);
      aAt += done * rowStep(1);
      bAt += done * rowStep(2);
      cAt += done * rowStep(3);
    }
    for (let column = done; column < columns; column++) {
      let code = readHere(aAt, width);
      if (opcode == OP_SELECT) {
        if (!load<u8>(<usize>(cAt >>> 3))) code = readHere(bAt, width);
      } else code = logic(operation, code, readHere(bAt, width));
      writeHere(to, width, code);
      to += rowStep(0);
      aAt += rowStep(1);
      bAt += rowStep(2);
      cAt += rowStep(3);
    }
    closeRow(width, rowAddress(0), columns);
  } while (nextRow());
}

/** The logic of bytes, 16 at a time; returns how many elements are done. */
function logicBytes(operation: u32, to: u64, a: u64, b: u64, columns: u32, width: u32): u32 {
  const target = <usize>(to >>> 3), left = <usize>(a >>> 3), right = <usize>(b >>> 3), bytes = (<usize>columns * (width >>> 3)) & ~15;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(left + i), y = v128.load(right + i);
    v128.store(target + i, operation == 0 ? v128.and(x, y) : operation == 1 ? v128.or(x, y) : operation == 2 ? v128.xor(x, y) : v128.andnot(x, y));
  }
  return <u32>bytes / (width >>> 3);
}

/** Of each A where its mask is not 0, else B, 16 at a time; returns how many elements are done. */
function chooseBytes(to: u64, a: u64, b: u64, masks: u64, columns: u32, width: u32): u32 {
  const bytes = <usize>width << 1, end = <usize>(masks >>> 3) + (<usize>columns & ~15), zero = i8x16.splat(0);
  let target = <usize>(to >>> 3), left = <usize>(a >>> 3), right = <usize>(b >>> 3);
  for (let at = <usize>(masks >>> 3); at < end; at += 16, target += bytes, left += bytes, right += bytes) {
    const chosen = i8x16.ne(v128.load(at), zero);
    if (width == 8) {
      choose(target, left, right, chosen);
      continue;
    }
    const low = i16x8.extend_low_i8x16_s(chosen), high = i16x8.extend_high_i8x16_s(chosen);
    if (width == 16) {
      choose(target, left, right, low);
      choose(target + 16, left + 16, right + 16, high);
    } else {
      choose(target, left, right, i32x4.extend_low_i16x8_s(low));
      choose(target + 16, left + 16, right + 16, i32x4.extend_high_i16x8_s(low));
      choose(target + 32, left + 32, right + 32, i32x4.extend_low_i16x8_s(high));
      choose(target + 48, left + 48, right + 48, i32x4.extend_high_i16x8_s(high));
    }
  }
  return columns & ~15;
}
@inline function choose(to: usize, a: usize, b: usize, mask: v128): void { v128.store(to, v128.bitselect(v128.load(a), v128.load(b), mask)); }

/** Known are the elements whose mask and chosen element are; walks the open rows once. */
function selectKnown(dRecord: usize, aRecord: usize, bRecord: usize, cRecord: usize): void {
  if (operandKnown(aRecord) && operandKnown(bRecord) && operandKnown(cRecord)) {
    markOperand(dRecord, true);
    return;
  }
  const width = widthOf(dRecord), columns = rowLength();
  do {
    for (let column: u32 = 0; column < columns; column++) {
      const mask = rowAddress(3) + <u64>column * rowStep(3), maskAddress = spaceAddress(3) + <i64>column * <i64>rowStep(3);
      const chosen: usize = load<u8>(<usize>(mask >>> 3)) ? 1 : 2;
      const known = elementKnown(operand.space(cRecord), maskAddress, 8) && elementKnown(
        operand.space(chosen == 1 ? aRecord : bRecord), spaceAddress(chosen) + <i64>column * <i64>rowStep(chosen), width,
      );
      markElement(operand.space(dRecord), spaceAddress(0) + <i64>column * <i64>rowStep(0), width, known);
    }
  } while (nextRow());
}

@inline function logic(operation: u32, x: u64, y: u64): u64 {
  switch (operation) {
    case 0: return x & y;
    case 1: return x | y;
    case 2: return x ^ y;
    default: return x & ~y;
  }
}

/** D[.., j] = start + step x j, wrapping. */
function iota(at: usize): void {
  const dRecord = retirement.operands(at, 0), d = formatOf(dRecord), width = format.width(d);
  const start = <i64><i32>retirement.scalars(at, 0), step = <i64><i32>retirement.scalars(at, 1);
  if (!openRows(dRecord, 0, 0, 0, true)) return;
  markOperand(dRecord, true);
  const columns = rowLength();
  do {
    let to = rowAddress(0), value = start;
    for (let column: u32 = 0; column < columns; column++) {
      writeElement(to, width, integerCode(d, 0, <u64>value, 0));
      to += rowStep(0);
      value += step;
    }
    closeRow(width, rowAddress(0), columns);
  } while (nextRow());
}

/** D[e] = the Philox word start + e: 0 its bits, 1 the upper 24 as fp32 in [0, 1). */
function random(at: usize, operation: u32): void {
  const mode = retirement.modeAt(at), key = numeric.key(mode), stream = numeric.stream(mode);
  let index = <u64>retirement.scalars(at, 0);
  if (!openRows(operandAt(at, 0), 0, 0, 0, false)) return;
  markOperand(operandAt(at, 0), true);
  const columns = rowLength();
  do {
    let to = rowAddress(0);
    for (let column: u32 = 0; column < columns; column++, to += rowStep(0)) {
      const bits = wordAt(key, stream, index++);
      writeElement(to, 32, operation == 0 ? bits : reinterpret<u32>(<f32>(bits >>> 8) * <f32>5.9604644775390625e-8));
    }
  } while (nextRow());
}

/** D[.., j] = A[.., B[.., j]]; outside the last dim of A its fill, counted. */
function take(at: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2);
  const d = formatOf(dRecord), width = format.width(d), b = formatOf(bRecord);
  const limit = <i64>operand.dims(aRecord, operand.rank(aRecord) - 1), fill = operand.fill(aRecord);
  if (!openRows(dRecord, aRecord, bRecord, 0, true)) return;
  const columns = rowLength(), known = operandKnown(aRecord);
  if (known) markOperand(dRecord, true);
  do {
    let to = rowAddress(0), bAt = rowAddress(2), toAddress = spaceAddress(0);
    for (let column: u32 = 0; column < columns; column++) {
      const index = integerOf(b, readHere(bAt, format.width(b)));
      const inside = index >= 0 && index < limit;
      let code = <u64>fill;
      if (!known) {
        const from = spaceAddress(1) + index * <i64>rowStep(1);
        markElement(operand.space(dRecord), toAddress, width, !inside || elementKnown(operand.space(aRecord), from, width));
        toAddress += <i64>rowStep(0);
      }
      if (inside) {
        code = readHere(rowAddress(1) + <u64>index * rowStep(1), width);
      } else {
        raise(INDEX);
        settle();
      }
      writeHere(to, width, code);
      to += rowStep(0);
      bAt += rowStep(2);
    }
    closeRow(width, rowAddress(0), columns);
  } while (nextRow());
}
