//! rows: the operands of one element-by-element instruction in linear memory, row by row, and the events of their elements.
import { control, EVENT_SATURATED, operand, profile, retirement, ROLE_NONE } from './encoding';
import { counted, events, setEvents } from './element';
import { copyBytes } from './move';
import { spaceAt } from './pages';
import { width as widthOf } from './extent';
import { isRow, keepSteps, next, open, openRow, walk, WALK_BYTES } from './walk';

const WALK: usize = memory.data(WALK_BYTES, 8);
// Linear bit address of byte 0 of each operand's space.
const BASE: usize = memory.data(32, 8);
const CONSTANT: usize = memory.data(8, 8);

/** The format row of an operand's elements. */
@inline export function formatOf(record: usize): usize { return profile.formats(operand.dtype(record)); }

/** Linear bit address of the first element of a row of the operand at a position, and the bits from element to element. */
@inline export function rowAddress(position: usize): u64 { return baseAt(position) + <u64>walk.address(WALK, position); }
@inline export function rowStep(position: usize): u64 { return <u64>walk.step(WALK, position); }
/** The same inside the operand's space. */
@inline export function spaceAddress(position: usize): i64 { return walk.address(WALK, position); }
/** Elements of a row. */
@inline export function rowLength(): u32 { return walk.length(WALK); }

/** The record of an operand; 0 where it is absent. */
@inline export function operandAt(at: usize, position: usize): usize {
  const record = retirement.operands(at, position);
  return operand.role(record) != ROLE_NONE ? record : 0;
}

/** Linear bit address of an operand's first element. */
export function originOf(record: usize): u64 {
  return (<u64>spaceAt(operand.space(record)) << 3) + <u64>operand.address(record);
}

/** Starts at the first row of D and up to three more operands, 0 for none; false for an empty D. `keepRows`: rows are the last axis, as those of 4 bits always are. */
export function openRows(d: usize, a: usize, b: usize, c: usize, keepRows: bool): bool {
  setBase(0, d);
  setBase(1, a);
  setBase(2, b);
  setBase(3, c);
  return open(WALK, 0, operand.rank(d), keepRows || widthOf(d) == 4, d, a, b, c);
}

/** One row that is opened again, of operands somewhere else. */
export const ROW_BYTES: usize = 40;
export function keepRow(to: usize): bool {
  if (!isRow(WALK)) return false;
  store<u32>(to, walk.length(WALK), 32);
  keepSteps(WALK, to);
  return true;
}
export function reopenRow(kept: usize, d: usize, a: usize, b: usize, c: usize): void {
  openRow(WALK, load<u32>(kept, 32), kept);
  place(0, d);
  place(1, a);
  place(2, b);
  place(3, c);
}
@inline function place(position: usize, record: usize): void {
  setBase(position, record);
  walk.setAddress(WALK, position, record ? operand.address(record) : 0);
}

// ---- another row in place of short ones
/** Rows from here on are long enough to go by themselves. */
const LONG: u32 = 16;
@inline export function areShort(): bool { return walk.length(WALK) < LONG && !isRow(WALK); }
export function parkRows(to: usize): void { copyBytes(to, WALK, WALK_BYTES); }
export function resumeRows(from: usize): void { copyBytes(WALK, from, WALK_BYTES); }
/** Linear bit address of byte 0 of an operand's space. */
@inline export function baseAt(position: usize): u64 { return load<u64>(BASE + (position << 3)); }
/** A single row with so many bits from element to element of each operand, and where one of them begins. */
export function openAlone(length: u32, steps: usize): void { openRow(WALK, length, steps); }
@inline export function placeAlone(position: usize, at: u64): void { walk.setAddress(WALK, position, <i64>(at - baseAt(position))); }

@inline function setBase(position: usize, record: usize): void {
  store<u64>(BASE + (position << 3), record ? <u64>spaceAt(operand.space(record)) << 3 : 0);
}

/** Gives an absent operand of the open rows one code of at most 32 bits everywhere. */
export function setConstant(position: usize, code: u32): void {
  store<u64>(CONSTANT, code);
  store<u64>(BASE + (position << 3), <u64>CONSTANT << 3);
}

/** On to the next row, in row-major order; false behind the last one. */
@inline export function nextRow(): bool { return next(WALK); }

/** Bits from the first element to that of a flat row-major index over the axes from..to - 1. */
export function flatOffset(record: usize, from: u32, to: u32, flat: u32): u64 {
  let elements: i64 = 0, rest = flat;
  for (let axis = to; axis > from; axis--) {
    const dim = operand.dims(record, axis - 1), quotient = rest / dim;
    elements += <i64>(rest - quotient * dim) * <i64>operand.strides(record, axis - 1);
    rest = quotient;
  }
  return <u64>(elements * <i64>widthOf(record));
}

/** Counts the events that an element has raised. */
@inline export function settle(): void {
  const raised = events();
  if (raised) count(raised);
}

function count(raised: u32): void {
  for (let left = counted(raised); left; left &= left - 1) addEvents(ctz(left), 1);
  setEvents(0);
}

/** Adds to the elements of a kind of event. */
@inline export function addEvents(kind: u32, elements: u32): void { control.setEvents(kind, control.events(kind) + elements); }

/** Adds to the saturated elements. */
@inline export function addSaturated(elements: u32): void {
  if (elements) addEvents(EVENT_SATURATED, elements);
}

/** The last byte of a row of 4-bit elements is written whole: the half behind an odd row becomes 0. */
@inline export function closeRow(width: u32, row: u64, columns: u32): void {
  if (width != 4 || (columns & 1) == 0) return;
  const last = <usize>((row + (<u64>columns << 2)) >>> 3);
  store<u8>(last, load<u8>(last) & 15);
}
