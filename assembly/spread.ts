//! spread: which accumulators of a multiplication become known: those whose old value, activations, weights and what lies beside them are.
import { operand, slot as shape, state } from './encoding';
import { elements, lastDim, width } from './extent';
import { allKnown, besideRows, flagsAt, isSparse, rowsAt } from './pack';
import { elementKnown, markElement, markOperand, operandKnown } from './pages';
import { chosen } from './sparse';
import { runs } from './tile';
import { WALK_BYTES, next, open, walk } from './walk';

const A_ROWS: usize = memory.data(WALK_BYTES, 8);
const ACC_ROWS: usize = memory.data(WALK_BYTES, 8);
const B_ROWS: usize = memory.data(WALK_BYTES, 8);

/** Marks the accumulators; `rows` lists the runs of a row of A. `b` are its scales, or 0. */
export function spreadKnown(rows: usize, acc: usize, a: usize, b: usize, slot: u32, mRank: u32, adds: bool, depthwise: bool): void {
  if (allKnown(slot) && (!adds || operandKnown(acc)) && operandKnown(a) && (!b || operandKnown(b))) {
    if (!adds) markOperand(acc, true);                                  // what is added to is known already
    return;
  }
  const accWidth = width(acc), columns = shape.columns(state.slots(slot)), sparse = isSparse(slot);
  const channel = <i64>operand.strides(a, operand.rank(a) - 1) * <i64>width(a);
  open(A_ROWS, 0, mRank, false, a, 0, 0, 0);
  open(ACC_ROWS, 0, operand.rank(acc) - 1, false, acc, 0, 0, 0);
  if (b) open(B_ROWS, 0, operand.rank(b) - 1, false, b, 0, 0, 0);
  let aUsed: i64 = 0, accUsed: i64 = 0, bUsed: i64 = 0;
  for (let row = elements(acc) / <i64>lastDim(acc); row > 0; row--) {
    const from = walk.address(A_ROWS, 0) + aUsed * walk.step(A_ROWS, 0), to = walk.address(ACC_ROWS, 0) + accUsed * walk.step(ACC_ROWS, 0);
    const scaled = !b || scalesKnown(b, walk.address(B_ROWS, 0) + bUsed * walk.step(B_ROWS, 0));
    let known = !sparse && !depthwise && rowKnown(rows, a, from);
    for (let column: u32 = 0; column < columns; column++) {
      const at = to + <i64>(column * accWidth), own = depthwise ? from + <i64>column * channel : from;
      if (sparse) known = chosenKnown(rows, a, own, slot, column);
      else if (depthwise) known = rowKnown(rows, a, own);
      const whole = known && scaled && (!adds || elementKnown(operand.space(acc), at, accWidth)) && columnKnown(slot, column);
      markElement(operand.space(acc), at, accWidth, whole);
    }
    if (++aUsed == <i64>walk.length(A_ROWS)) {
      next(A_ROWS);
      aUsed = 0;
    }
    if (++accUsed == <i64>walk.length(ACC_ROWS)) {
      next(ACC_ROWS);
      accUsed = 0;
    }
    if (b && ++bUsed == <i64>walk.length(B_ROWS)) {
      next(B_ROWS);
      bUsed = 0;
    }
  }
}

function rowKnown(rows: usize, a: usize, from: i64): bool {
  for (let run: u32 = 0; run < runs.count(rows); run++) {
    for (let i: u32 = 0; i < runs.length(rows); i++) {
      if (!elementKnown(operand.space(a), from + runs.offset(rows, run) + <i64>i * runs.step(rows), width(a))) return false;
    }
  }
  return true;
}

function chosenKnown(rows: usize, a: usize, from: i64, slot: u32, column: u32): bool {
  const length = runs.length(rows);
  for (let row: u32 = 0; row < rowsAt(slot); row++) {
    const k = chosen(slot, column, row), at = from + runs.offset(rows, k / length) + <i64>(k % length) * runs.step(rows);
    if (!elementKnown(operand.space(a), at, width(a))) return false;
  }
  return true;
}

function scalesKnown(b: usize, from: i64): bool {
  const last = operand.rank(b) - 1, step = <i64>operand.strides(b, last) << 3;
  for (let i: u32 = 0; i < operand.dims(b, last); i++) if (!elementKnown(operand.space(b), from + <i64>i * step, 8)) return false;
  return true;
}

function columnKnown(slot: u32, column: u32): bool {
  if (allKnown(slot)) return true;
  const columns = shape.columns(state.slots(slot)), rows = rowsAt(slot) + besideRows(slot);
  let flag = flagsAt(slot) + column;
  for (let k: u32 = 0; k < rows; k++, flag += columns) if (!load<u8>(flag)) return false;
  return true;
}
