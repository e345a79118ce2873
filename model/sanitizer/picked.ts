//! picked: the bytes of an operand of which another one picks rows or elements, by the indices that lie in memory.
import type { OperandView, RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import { formatByCode } from '../numerics/format.ts';
import { operandLayout } from '../retirement.ts';
import { HEAD_BYTES } from '../retirement.ts';
import type { Picks } from './described.ts';
import type { Footprint } from './footprint.ts';

/** Calls `visit` for each row or element that is picked, the footprint open at it. What the device holds of the indices now is what counts. */
export function eachPicked(record: RetiredCursor, position: number, { by, dim }: Picks, device: Device, footprint: Footprint, visit: () => void): void {
  const t = record.operand(position)!, index = record.operand(by)!, at = record.at + HEAD_BYTES + position * operandLayout.size;
  const width = formatByCode(t.dtype)!.width, axis = dim === 'first' ? 0 : t.dims.length - 1, all = (1 << t.dims.length) - 1, rows = t.dims[axis]!, step = width * t.strides[axis]!;
  const valueAt = indicesOf(index, device), isRow = dim === 'first';
  if (!footprint.open(record.view, at, isRow ? 1 : all)) return;
  let offset = 0;
  eachIndex(index.dims, (place) => {
    const picked = valueAt(place);
    if (picked < 0 || picked >= rows) return;
    const to = step * picked + (isRow ? 0 : width * distance(place, t.strides, place.length - 1));
    footprint.move(to - offset);
    offset = to;
    visit();
  });
}

/** The elements of a tensor of indices, whose bytes are read at once. */
function indicesOf({ space, dtype, address, dims, strides }: OperandView, device: Device): (place: readonly number[]) => number {
  const { width, signed } = formatByCode(dtype)!, bytes = width / 8, start = Number(address) / 8;
  if (dims.includes(0)) return () => -1;
  let low = 0, high = 0;
  dims.forEach((dim, i) => {
    const reach = (dim - 1) * strides[i]!;
    if (reach < 0) low += reach; else high += reach;
  });
  const memory = device.read(space, start + low * bytes, (high - low + 1) * bytes);
  return (place) => {
    const from = (distance(place, strides, place.length) - low) * bytes;
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) value = value * 256 + memory[from + i]!;
    return signed && value >= 2 ** (width - 1) ? value - 2 ** width : value;
  };
}
/** How far a place is from the first one, in elements, by the first axes. */
function distance(place: readonly number[], strides: readonly number[], axes: number): number {
  let sum = 0;
  for (let axis = 0; axis < axes; axis++) sum += place[axis]! * strides[axis]!;
  return sum;
}

function eachIndex(dims: readonly number[], visit: (place: readonly number[]) => void): void {
  if (dims.includes(0)) return;
  const place = dims.map(() => 0);
  for (;;) {
    visit(place);
    let axis = dims.length - 1;
    while (axis >= 0 && ++place[axis]! === dims[axis]) place[axis--] = 0;
    if (axis < 0) return;
  }
}
