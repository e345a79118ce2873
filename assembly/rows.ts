//! rows: up to four tensor operands of equal dims, walked together by their innermost runs.
import { control, format, operand, profile, retirement, RANK_MAX, ROLE_NONE, SPACE_ACC, SPACE_DRAM } from './encoding';
import { events, setEvents } from './element';

// Of every walked operand: linear bit address of the row's first element, bits from element to element, its record (0: not walked).
const ADDRESS: usize = memory.data(32, 8);
const STEP: usize = memory.data(32, 8);
const RECORD: usize = memory.data(16, 8);
const INDEX: usize = memory.data(20, 8);
const CONSTANT: usize = memory.data(8, 8);

// @ts-ignore: decorator
@inline export function rowAddress(position: usize): u64 { return load<u64>(ADDRESS + (position << 3)); }
// @ts-ignore: decorator
@inline export function rowStep(position: usize): u64 { return load<u64>(STEP + (position << 3)); }

/** The format row of an operand's elements. */
// @ts-ignore: decorator
@inline export function formatOf(record: usize): usize { return profile.formats(operand.dtype(record)); }

/** Linear byte address of a space of this chip. */
export function spaceBase(space: u32): usize {
  return space == SPACE_ACC ? control.acc() : space == SPACE_DRAM ? control.dram() : control.spm();
}

/** Linear bit address of an operand's first element. */
export function originOf(record: usize): u64 {
  return (<u64>spaceBase(operand.space(record)) << 3) + <u64>operand.address(record);
}

/** Starts at the first row of the present operands whose positions `mask` holds, D among them; gives a row's elements, 0 for an empty D. */
export function openRows(at: usize, mask: u32): u32 {
  const d = retirement.operands(at, 0), last = operand.rank(d) - 1;
  for (let position: usize = 0; position < 4; position++) {
    const record = retirement.operands(at, position);
    const walked = ((mask >>> <u32>position) & 1) != 0 && operand.role(record) != ROLE_NONE;
    store<u32>(RECORD + (position << 2), walked ? <u32>record : 0);
    store<u64>(ADDRESS + (position << 3), walked ? originOf(record) : 0);
    store<u64>(STEP + (position << 3), walked ? <u64>(<i64>operand.strides(record, last) * <i64>format.width(formatOf(record))) : 0);
  }
  memory.fill(INDEX, 0, RANK_MAX << 2);
  for (let axis: u32 = 0; axis <= last; axis++) {
    if (operand.dims(d, axis) == 0) return 0;
  }
  return operand.dims(d, last);
}

/** Gives an absent operand of the open rows one code of at most 32 bits everywhere. */
export function setConstant(position: usize, code: u32): void {
  store<u64>(CONSTANT, code);
  store<u64>(ADDRESS + (position << 3), <u64>CONSTANT << 3);
}

/** On to the next row, in row-major order; false behind the last one. */
export function nextRow(): bool {
  const d = <usize>load<u32>(RECORD);
  for (let axis = <i32>operand.rank(d) - 2; axis >= 0; axis--) {
    const at = INDEX + (<usize>axis << 2), index = load<u32>(at) + 1, dim = operand.dims(d, axis);
    store<u32>(at, index < dim ? index : 0);
    const steps: i64 = index < dim ? 1 : 1 - <i64>dim;
    for (let position: usize = 0; position < 4; position++) {
      const record = <usize>load<u32>(RECORD + (position << 2));
      if (record) {
        const bits = <i64>operand.strides(record, axis) * <i64>format.width(formatOf(record));
        store<u64>(ADDRESS + (position << 3), rowAddress(position) + <u64>(steps * bits));
      }
    }
    if (index < dim) return true;
  }
  return false;
}

/** Bits from the first element to that of a flat row-major index over the axes from..to - 1. */
export function flatOffset(record: usize, from: u32, to: u32, flat: u32): u64 {
  let elements: i64 = 0, rest = flat;
  for (let axis = to; axis > from; axis--) {
    const dim = operand.dims(record, axis - 1), quotient = rest / dim;
    elements += <i64>(rest - quotient * dim) * <i64>operand.strides(record, axis - 1);
    rest = quotient;
  }
  return <u64>(elements * <i64>format.width(formatOf(record)));
}

/** Elements of the axes from..to - 1. */
export function countOf(record: usize, from: u32, to: u32): u32 {
  let count: u32 = 1;
  for (let axis = from; axis < to; axis++) count *= operand.dims(record, axis);
  return count;
}

/** Counts the events that an element has raised. */
// @ts-ignore: decorator
@inline export function settle(): void {
  const raised = events();
  if (raised) count(raised);
}

function count(raised: u32): void {
  for (let kind: u32 = 0; kind < 4; kind++) {
    if ((raised >>> kind) & 1) control.setEvents(kind, control.events(kind) + 1);
  }
  setEvents(0);
}

/** Adds to the saturated elements. */
// @ts-ignore: decorator
@inline export function addSaturated(elements: u32): void {
  if (elements) control.setEvents(0, control.events(0) + elements);
}

/** The last byte of a row of 4-bit elements is written whole: the half behind an odd row becomes 0. */
// @ts-ignore: decorator
@inline export function closeRow(width: u32, behind: u64): void {
  if (width == 4 && (behind & 7) != 0) store<u8>(<usize>(behind >>> 3), load<u8>(<usize>(behind >>> 3)) & 15);
}
