//! dma: load, store and fill: tensors copied, padded, converted or combined row by row, their known bits with them.
import { FILL, head, OPERAND_BYTES, OP_BINARY, OP_CONVERT, OP_STORE, STORE, operand, retirement } from './encoding';
import { counted, events, integerOf, isFloat, readElement, setEvents, writeElement } from './element';
import { binary, convert } from './arithmetic';
import { elements, empty, lastDim, width } from './extent';
import { maxInteger, minInteger } from './float';
import { copyPlane, copyRow, fillRow, writeHalf } from './move';
import { copyKnown, elementKnown, markOperand, operandKnown, propagateKnown, setUnknown, spaceAt } from './pages';
import { isStochastic, turnTo } from './philox';
import { addEvents, formatOf, settle } from './rows';
import { elementwise } from './vector';
import { WALK_BYTES, isPlane, next, nextPlane, open, planeRows, planeStep, walk } from './walk';

const WALK: usize = memory.data(WALK_BYTES, 8);
/** A part of a padded destination, as an operand. */
const PART: usize = memory.data(<i32>OPERAND_BYTES, 8);

/** D = A, its pads filled. */
export function loadTensor(at: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), mode = retirement.modeAt(at);
  if ((operand.padLow(a) | operand.padHigh(a)) == 0) {
    moveOrConvert(at, d, a);
    return;
  }
  const single = isStochastic(mode) && operand.dtype(d) != operand.dtype(a);
  markOperand(d, true);
  if (!single) fillPads(d, a, mode);
  if (!empty(a)) {
    interior(d, a);
    if (!operandKnown(a)) forget(PART, a);
  }
  if (single) loadSingly(d, a, mode);
  else if (!empty(a)) moveElements(PART, a, mode, false);
}

/** The same where every element rounds by a word of its own, those of the pads too. */
function loadSingly(d: usize, a: usize, mode: usize): void {
  const rank = operand.rank(d), count = <u32>elements(d), dRow = formatOf(d), aRow = formatOf(a), bits = width(d);
  const dBase = <u64>spaceAt(operand.space(d)) << 3, aBase = <u64>spaceAt(operand.space(a)) << 3;
  for (let flat: u32 = 0; flat < count; flat++) {
    let to = dBase + <u64>operand.address(d), from = aBase + <u64>operand.address(a), rest = flat, inside = true;
    for (let axis = rank; axis-- > 0;) {
      const dim = operand.dims(d, axis), index = rest % dim, place = <i64>index - <i64>pad(operand.padLow(a), axis);
      rest /= dim;
      inside = inside && place >= 0 && place < <i64>operand.dims(a, axis);
      to += <u64>(<i64>index * <i64>operand.strides(d, axis) * <i64>bits);
      from += <u64>(place * <i64>operand.strides(a, axis) * <i64>width(a));
    }
    turnTo(mode, flat);
    const code = convert(dRow, aRow, inside ? readElement(from, width(a)) : <u64>operand.fill(a), mode);
    settle();
    if (bits == 4) writeHalf(to, code, (flat + 1) % lastDim(d) == 0);
    else writeElement(to, bits, code);
  }
}

/** Every element of D = the code rs + imm. */
export function fillTensor(at: usize): void {
  const d = retirement.operands(at, 0);
  const code = retirement.scalars(at, 0) + <u32>FILL.imm(retirement.wordsAt(at));
  markOperand(d, true);
  fillElements(d, code, true);
}

/** D = A, or D = D op A. */
export function storeTensor(at: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1);
  const operation = STORE.op(retirement.wordsAt(at));
  if (operation == 0) moveOrConvert(at, d, a);
  else elementwise(OP_BINARY, functionOf(operation), at, d, d, a, 0);
}

/** D = A; other formats are what the vector unit's `convert` makes of it. */
function moveOrConvert(at: usize, d: usize, a: usize): void {
  if (operand.dtype(d) == operand.dtype(a)) moveTensor(d, a, retirement.modeAt(at));
  else elementwise(OP_CONVERT, 0, at, d, a, 0, 0);
}

/** The operation of `binary` that a function of a store is: 1 add, 2 max, 3 min. */
@inline function functionOf(operation: u32): u32 { return operation == 1 ? 0 : operation == 2 ? 5 : 4; }

/** Elements of a to those of d, their known bits with them. */
export function moveTensor(d: usize, a: usize, mode: usize): void {
  moveKnown(d, a);
  moveElements(d, a, mode, true);
}

/**
 * One row of D = D op A of an open walk; `operation` is the instruction's: 1 add, 2 max, 3 min. `first` is the row-major index in D of
 * the row's first element.
 */
export function combineRow(at: usize, d: usize, a: usize, operation: u32, mode: usize, whole: bool, first: u64): void {
  const dRow = formatOf(d), aRow = formatOf(a), dWidth = width(d), aWidth = width(a), count = walk.length(at);
  const op = functionOf(operation);
  let to = (<u64>spaceAt(operand.space(d)) << 3) + <u64>walk.address(at, 0);
  let from = (<u64>spaceAt(operand.space(a)) << 3) + <u64>walk.address(at, 1);
  const stochastic = isStochastic(mode);
  for (let i: u32 = 0; i < count; i++) {
    if (stochastic) turnTo(mode, first + i);
    const code = binary(op, dRow, dRow, readElement(to, dWidth), aRow, readElement(from, aWidth), mode);
    if (dWidth == 4) writeHalf(to, code, whole && i + 1 == count);
    else writeElement(to, dWidth, code);
    settle();
    to += <u64>walk.step(at, 0);
    from += <u64>walk.step(at, 1);
  }
}

/** Rows of an odd number of 4-bit elements end in the middle of a byte: they must stay rows. */
@inline export function keepsRows(d: usize): bool { return width(d) == 4 && (lastDim(d) & 1) != 0; }

/** Known bits of a move: those of the elements; row by row where they lie as bytes one behind the other. */
function moveKnown(d: usize, a: usize): void {
  if (operand.dtype(d) != operand.dtype(a) || width(d) == 4 || operandKnown(a)) {
    propagateKnown(d, a, 0, 0);
    return;
  }
  open(WALK, 0, operand.rank(d), false, d, a, 0, 0);
  const bits = <i64>width(d);
  if (walk.step(WALK, 0) != bits || walk.step(WALK, 1) != bits) {
    propagateKnown(d, a, 0, 0);
    return;
  }
  const bytes = <i64>walk.length(WALK) * bits >>> 3;
  do {
    copyKnown(operand.space(d), walk.address(WALK, 0) >>> 3, operand.space(a), walk.address(WALK, 1) >>> 3, bytes, bits >>> 3);
  } while (next(WALK));
}

/** Elements of d whose source is unknown become so; all were known. */
function forget(d: usize, a: usize): void {
  open(WALK, 0, operand.rank(a), true, a, d, 0, 0);
  const space = operand.space(d), bits = <i64>width(d);
  do {
    for (let i: i64 = 0; i < <i64>walk.length(WALK); i++) {
      if (elementKnown(operand.space(a), walk.address(WALK, 0) + i * walk.step(WALK, 0), width(a))) continue;
      const to = walk.address(WALK, 1) + i * walk.step(WALK, 1);
      setUnknown(space, to >>> 3, (to + bits + 7) >>> 3);
    }
  } while (next(WALK));
}

/** Elements of a to those of d, as bits or converted; `whole` rows of 4 bits end with their byte. The dims are those of a. */
function moveElements(d: usize, a: usize, mode: usize, whole: bool): void {
  const dBase = <u64>spaceAt(operand.space(d)) << 3, aBase = <u64>spaceAt(operand.space(a)) << 3;
  const bits = width(d), same = operand.dtype(d) == operand.dtype(a);
  open(WALK, 0, operand.rank(a), keepsRows(a) || keepsRows(d), a, d, 0, 0);
  const count = walk.length(WALK), aStep = walk.step(WALK, 0), dStep = walk.step(WALK, 1);
  if (same && bits >= 8 && aStep == <i64>bits && dStep == <i64>bits) {
    copyRows(WALK, spaceAt(operand.space(d)), spaceAt(operand.space(a)), <usize>count * (bits >>> 3));
    return;
  }
  do {
    const from = aBase + <u64>walk.address(WALK, 0), to = dBase + <u64>walk.address(WALK, 1);
    if (same) copyRow(to, dStep, from, aStep, count, bits, whole);
    else convertRow(d, to, dStep, a, from, aStep, count, mode);
  } while (next(WALK));
}

/** Rows of bytes, operand 0 of the walk to operand 1, plane by plane. */
function copyRows(at: usize, to: usize, from: usize, bytes: usize): void {
  const rows = planeRows(at), toStep = <usize>(planeStep(at, 1) >>> 3), fromStep = <usize>(planeStep(at, 0) >>> 3);
  do copyPlane(to + <usize>(walk.address(at, 1) >>> 3), toStep, from + <usize>(walk.address(at, 0) >>> 3), fromStep, rows, bytes); while (nextPlane(at));
}

// ---- copies that are done again
/** Rows, bytes of each, and from one to the next of D and of A. */
export const COPY_BYTES: usize = 16;

/** Keeps at `to` the geometry of a load or store that copies rows of bytes a constant step apart; false where it is none. */
export function keepCopy(at: usize, to: usize): bool {
  const words = retirement.wordsAt(at), d = retirement.operands(at, 0), a = retirement.operands(at, 1), bits = <i64>width(d);
  if (head.opcode(words) == OP_STORE ? STORE.op(words) != 0 : (operand.padLow(a) | operand.padHigh(a)) != 0) return false;
  if (operand.dtype(d) != operand.dtype(a) || bits < 8) return false;
  open(WALK, 0, operand.rank(a), false, a, d, 0, 0);
  if (walk.step(WALK, 0) != bits || walk.step(WALK, 1) != bits || !isPlane(WALK)) return false;
  store<u32>(to, planeRows(WALK));
  store<u32>(to, walk.length(WALK) * (<u32>bits >>> 3), 4);
  store<u32>(to, <u32>(planeStep(WALK, 1) >>> 3), 8);
  store<u32>(to, <u32>(planeStep(WALK, 0) >>> 3), 12);
  return true;
}

/** The same of other bytes, all of them known. */
@inline export function copyKept(at: usize, kept: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1);
  const to = spaceAt(operand.space(d)) + <usize>(operand.address(d) >>> 3), from = spaceAt(operand.space(a)) + <usize>(operand.address(a) >>> 3);
  copyPlane(to, <usize>load<u32>(kept, 8), from, <usize>load<u32>(kept, 12), load<u32>(kept), <usize>load<u32>(kept, 4));
}

/** The same so many times, of operands in different spaces that move by so many bytes from one to the next and stand a step before the first. Rows that follow on each other are one. */
export function copyRounds(at: usize, kept: usize, dStep: isize, aStep: isize, rounds: u32): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), rows = load<u32>(kept), bytes = <usize>load<u32>(kept, 4), row = <isize>bytes;
  let to = spaceAt(operand.space(d)) + <usize>(operand.address(d) >>> 3) + dStep, from = spaceAt(operand.space(a)) + <usize>(operand.address(a) >>> 3) + aStep;
  if (rows == 1) copyPlane(to, dStep, from, aStep, dStep == row && aStep == row ? 1 : rounds, dStep == row && aStep == row ? bytes * rounds : bytes);
  else for (let left = rounds; left; left--, to += dStep, from += aStep) copyPlane(to, <usize>load<u32>(kept, 8), from, <usize>load<u32>(kept, 12), rows, bytes);
}

/** What lies between pads; it rounds by no words of its own. */
function convertRow(d: usize, first: u64, dStep: i64, a: usize, source: u64, aStep: i64, count: u32, mode: usize): void {
  const dRow = formatOf(d), aRow = formatOf(a), dWidth = width(d), aWidth = width(a), copies = dWidth >= 8 && holds(dRow, aRow);
  let to = first, from = source;
  for (let i: u32 = 0; i < count; i++, to += <u64>dStep, from += <u64>aStep) {
    const code = readElement(from, aWidth);
    if (copies) {
      writeElement(to, dWidth, <u64>integerOf(aRow, code));
      continue;
    }
    const converted = convert(dRow, aRow, code, mode);
    settle();
    if (dWidth == 4) writeHalf(to, converted, false);
    else writeElement(to, dWidth, converted);
  }
}

/** Whether an integer format has every value of another. */
function holds(d: usize, a: usize): bool {
  return !isFloat(d) && !isFloat(a) && minInteger(d) <= minInteger(a) && maxInteger(d) >= maxInteger(a);
}

/** Writes one code to every element. */
export function fillElements(d: usize, code: u64, whole: bool): void {
  const base = <u64>spaceAt(operand.space(d)) << 3, bits = width(d);
  if (!open(WALK, 0, operand.rank(d), keepsRows(d), d, 0, 0, 0)) return;
  do fillRow(base + <u64>walk.address(WALK, 0), walk.step(WALK, 0), code, walk.length(WALK), bits, whole); while (next(WALK));
}

/** The fill of a, converted like data, at every position of d outside a. */
function fillPads(d: usize, a: usize, mode: usize): void {
  let code = <u64>operand.fill(a);
  if (operand.dtype(d) != operand.dtype(a)) {
    code = convert(formatOf(d), formatOf(a), code, mode);
    const times = <u32>(elements(d) - elements(a));
    for (let left = counted(events()); left; left &= left - 1) addEvents(ctz(left), times);
    setEvents(0);
  }
  if (width(d) == 4) {
    fillElements(d, code, true);
    return;
  }
  for (let axis: u32 = 0; axis < operand.rank(d); axis++) {
    const low = pad(operand.padLow(a), axis), high = pad(operand.padHigh(a), axis);
    if (low) {
      side(d, a, axis, 0, low);
      fillElements(PART, code, true);
    }
    if (high) {
      side(d, a, axis, operand.dims(d, axis) - high, high);
      fillElements(PART, code, true);
    }
  }
}

@inline function pad(word: u32, axis: u32): u32 { return (word >>> (6 * axis)) & 63; }

/** PART = the part of d that takes a. */
function interior(d: usize, a: usize): void {
  memory.copy(PART, d, OPERAND_BYTES);
  for (let axis: u32 = 0; axis < operand.rank(d); axis++) cut(axis, pad(operand.padLow(a), axis), operand.dims(a, axis));
}

/** PART = the pads of one side of an axis: inside along the axes before, everything along those behind. */
function side(d: usize, a: usize, axis: u32, from: u32, count: u32): void {
  memory.copy(PART, d, OPERAND_BYTES);
  for (let before: u32 = 0; before < axis; before++) cut(before, pad(operand.padLow(a), before), operand.dims(a, before));
  cut(axis, from, count);
}

function cut(axis: u32, from: u32, count: u32): void {
  operand.setAddress(PART, operand.address(PART) + <i64>from * <i64>operand.strides(PART, axis) * <i64>width(PART));
  operand.setDims(PART, axis, count);
}
