//! sparse: 2:4 weights: the activations that a column's metadata choose, gathered into a row of their own before they are multiplied.
import { format, slot as shape, state } from './encoding';
import { dotElement } from './dot';
import { plan, wideRow } from './multiply';
import { besideAt, rowsAt } from './pack';

/**
 * One row by `width` columns from `column` on: elements of the tile of `bytes` bytes, `step` bytes apart; a column's own row begins
 * `beside` bytes behind the one before it. `room` has place for a row.
 */
export function sparseRow(
  at: usize, slot: u32, from: usize, step: usize, beside: usize, bytes: usize, column: u32, width: u32, acc: usize, room: usize,
): void {
  const depth = rowsAt(slot), accumulatorBytes = <usize>format.width(plan.accumulator(at)) >>> 3;
  for (let i: u32 = 0; i < width; i++) {
    const one = column + i, to = acc + <usize>i * accumulatorBytes;
    gather(slot, one, from + <usize>i * beside, step, bytes, room);
    if (bytes == 2) wideRow(at, room, 4, to, one, 1);
    else dotElement(at, room, 4, plan.panels(at) + <usize>(one >>> 4) * (<usize>depth << 6) + (<usize>(one & 15) << 2), to);
  }
}

function gather(slot: u32, column: u32, from: usize, step: usize, bytes: usize, to: usize): void {
  const rows = rowsAt(slot);
  for (let row: u32 = 0; row < rows; row++) {
    const source = from + <usize>chosen(slot, column, row) * step;
    if (bytes == 2) store<u16>(to + (<usize>row << 1), load<u16>(source));
    else store<u32>(to + (<usize>row << 2), load<u32>(source));
  }
}

/** The dense k of a row of compressed weights. */
export function chosen(slot: u32, column: u32, row: u32): u32 {
  const places = <u32>load<u8>(besideAt(slot) + <usize>(row >>> 1) * <usize>shape.columns(state.slots(slot)) + column);
  return (row >>> 1 << 2) + ((places >>> ((row & 1) << 1)) & 3);
}
