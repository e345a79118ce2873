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
  const width = formatByCode(t.dtype)!.width, axis = dim === 'first' ? 0 : t.dims.length - 1, all = (1 << t.dims.length) - 1;
  eachIndex(index.dims, (place) => {
    const picked = valueAt(index, place, device);
    if (picked < 0 || picked >= t.dims[axis]!) return;
    const offset = width * t.strides[axis]! * picked;
    if (dim === 'first') { if (footprint.open(record.view, at, 1, offset)) visit(); return; }
    const others = place.slice(0, -1).reduce((sum, i, k) => sum + i * t.strides[k]!, 0);
    if (footprint.open(record.view, at, all, offset + width * others)) visit();
  });
}

function valueAt({ space, dtype, address, strides }: OperandView, place: readonly number[], device: Device): number {
  const { width, signed } = formatByCode(dtype)!, bit = Number(address) + width * place.reduce((sum, i, k) => sum + i * strides[k]!, 0);
  const value = device.read(space, bit / 8, width / 8).reduceRight((sum, byte) => sum * 256 + byte, 0);
  return signed && value >= 2 ** (width - 1) ? value - 2 ** width : value;
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
