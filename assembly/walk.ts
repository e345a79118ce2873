//! walk: an odometer over captured operands that goes row by row, each row as long as their strides allow.
import { operand } from './encoding';
import { width } from './extent';

/**
 * A walk in memory: rank, then dims and index of five axes (0 the innermost), then for up to four operands the bit address in their
 * space and the strides in bits. Axes of one element are left out and axes that continue each other are one, for all operands alike:
 * the order of the elements stays row-major.
 */
export const WALK_BYTES: i32 = 272;
const DIMS: usize = 8;
const INDEX: usize = 28;
const ADDRESS: usize = 48;
const STRIDES: usize = 80;
const STRIDES_BYTES: usize = 40;

export namespace walk {
  /** Elements of a row. */
  @inline export function length(at: usize): u32 { return load<u32>(at, DIMS); }
  /** Bit address of the row's first element of operand i. */
  @inline export function address(at: usize, i: usize): i64 { return load<i64>(at + (i << 3), ADDRESS); }
  @inline export function setAddress(at: usize, i: usize, value: i64): void { store<i64>(at + (i << 3), value, ADDRESS); }
  /** Bits from one element of a row to the next. */
  @inline export function step(at: usize, i: usize): i64 { return load<i64>(at + i * STRIDES_BYTES, STRIDES); }
}

/**
 * Begins a walk over axes `from` to `to` (excluded) of up to four operands, 0 for none; dims are those of the first, strides each
 * one's own. `keepRows` leaves the innermost axis as it is. False when there is no element.
 */
export function open(at: usize, from: u32, to: u32, keepRows: bool, a: usize, b: usize, c: usize, d: usize): bool {
  let axes: usize = 0;
  for (let axis = to; axis > from;) {
    const inner = axis == to;
    const dim = operand.dims(a, --axis);
    if (dim == 0) return false;
    if (dim == 1 && !(keepRows && inner)) continue;
    place(at, 0, axes, axis, a);
    place(at, 1, axes, axis, b);
    place(at, 2, axes, axis, c);
    place(at, 3, axes, axis, d);
    if (axes != 0 && !(keepRows && axes == 1) && continues(at, axes)) {
      store<u32>(at + ((axes - 1) << 2), load<u32>(at + ((axes - 1) << 2), DIMS) * dim, DIMS);
      continue;
    }
    store<u32>(at + (axes << 2), dim, DIMS);
    store<u32>(at + (axes << 2), 0, INDEX);
    axes++;
  }
  if (axes == 0) {
    store<u32>(at, 1, DIMS);
    for (let i: usize = 0; i < 4; i++) store<i64>(at + i * STRIDES_BYTES, 0, STRIDES);
    axes = 1;
  }
  store<u32>(at, <u32>axes);
  walk.setAddress(at, 0, operand.address(a));
  walk.setAddress(at, 1, b ? operand.address(b) : 0);
  walk.setAddress(at, 2, c ? operand.address(c) : 0);
  walk.setAddress(at, 3, d ? operand.address(d) : 0);
  return true;
}

/** Rows that lie a constant step apart, and that step in bits of operand i. */
@inline export function planeRows(at: usize): u32 { return load<u32>(at) > 1 ? load<u32>(at, DIMS + 4) : 1; }
@inline export function planeStep(at: usize, i: usize): i64 { return load<i64>(at + i * STRIDES_BYTES, STRIDES + 8); }

/** Is everything in one plane, or in one row? */
@inline export function isPlane(at: usize): bool { return load<u32>(at) <= 2; }
@inline export function isRow(at: usize): bool { return load<u32>(at) == 1; }

/** A walk over one row: its elements, and steps of the operands one behind the other as `keepSteps` laid them down; the addresses are the caller's. */
export function openRow(at: usize, length: u32, steps: usize): void {
  store<u32>(at, 1);
  store<u32>(at, length, DIMS);
  store<i64>(at, load<i64>(steps), STRIDES);
  store<i64>(at + STRIDES_BYTES, load<i64>(steps, 8), STRIDES);
  store<i64>(at + 2 * STRIDES_BYTES, load<i64>(steps, 16), STRIDES);
  store<i64>(at + 3 * STRIDES_BYTES, load<i64>(steps, 24), STRIDES);
}
export function keepSteps(at: usize, to: usize): void {
  for (let i: usize = 0; i < 4; i++) store<i64>(to + (i << 3), walk.step(at, i));
}

/** From the first row of a plane to that of the next; false, and all back at the start, behind the last. */
export function nextPlane(at: usize): bool { return nextFrom(at, 2); }

/** The next row; false, and all back at the start, behind the last. */
export function next(at: usize): bool { return nextFrom(at, 1); }

function nextFrom(at: usize, first: usize): bool {
  const rank = <usize>load<u32>(at);
  for (let axis = first; axis < rank; axis++) {
    const dim = load<u32>(at + (axis << 2), DIMS), index = load<u32>(at + (axis << 2), INDEX) + 1;
    if (index < dim) {
      store<u32>(at + (axis << 2), index, INDEX);
      move(at, axis, 1);
      return true;
    }
    store<u32>(at + (axis << 2), 0, INDEX);
    move(at, axis, 1 - <i64>dim);
  }
  return false;
}

function move(at: usize, axis: usize, by: i64): void {
  for (let i: usize = 0; i < 4; i++) {
    const stride = load<i64>(at + i * STRIDES_BYTES + (axis << 3), STRIDES);
    walk.setAddress(at, i, walk.address(at, i) + by * stride);
  }
}

/** Stride in bits of operand i along an axis of the walk. */
@inline function place(at: usize, i: usize, to: usize, axis: u32, from: usize): void {
  store<i64>(at + i * STRIDES_BYTES + (to << 3), from ? <i64>operand.strides(from, axis) * <i64>width(from) : 0, STRIDES);
}

/** Whether one step of an axis is a whole run of the one inside it, for all operands. */
function continues(at: usize, axis: usize): bool {
  const dim = <i64>load<u32>(at + ((axis - 1) << 2), DIMS);
  for (let i: usize = 0; i < 4; i++) {
    const strides = at + i * STRIDES_BYTES;
    if (load<i64>(strides + (axis << 3), STRIDES) != dim * load<i64>(strides + ((axis - 1) << 3), STRIDES)) return false;
  }
  return true;
}
