//! indexed: gather and scatter: rows of a tensor picked by the numbers in another.
import { integerOf, readElement } from './element';
import { EVENT_INDEX, SCATTER, control, operand, retirement } from './encoding';
import { combineRow, keepsRows } from './dma';
import { elements, width } from './extent';
import { copyRow, fillRow } from './move';
import { copyKnown, elementKnown, markElement, setKnown, spaceAt, touch } from './pages';
import { formatOf } from './rows';
import { WALK_BYTES, next, open, walk } from './walk';

const WALK: usize = memory.data(WALK_BYTES, 8);

/** D[r, ..] = A[B[r], ..], or the fill of A where there is no such row. */
export function gatherTensor(at: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), b = retirement.operands(at, 2);
  const rows = operand.dims(d, 0);
  for (let row: u32 = 0; row < rows; row++) {
    const from = indexAt(b, row), inside = from >= 0 && from < <i64>operand.dims(a, 0);
    openRow(d, row, a, inside ? from : 0);
    if (!inside) missed(d, rows);
    do {
      if (inside) touchRow(a, 1);
      spread(d, a, inside);
      pick(d, a, inside, ends(d, row));
    } while (next(WALK));
  }
}

/** D[B[r], ..] = A[r, ..] or D op A, rows ascending; rows that D has not are skipped. */
export function scatterTensor(at: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), b = retirement.operands(at, 2), mode = retirement.modeAt(at);
  const operation = SCATTER.op(retirement.wordsAt(at)), rows = operand.dims(a, 0);
  for (let row: u32 = 0; row < rows; row++) {
    const to = indexAt(b, row);
    if (to < 0 || to >= <i64>operand.dims(d, 0)) {
      missed(a, rows);
      continue;
    }
    openRow(d, to, a, row);
    let first = <u64>to * <u64>(elements(a) / <i64>rows);
    do {
      touchRow(d, 0);
      if (operation == 0) {
        spread(d, a, true);
        pick(d, a, true, ends(d, to));
      } else {
        join(d, a);
        combineRow(WALK, d, a, operation, mode, ends(d, to), first);
        first += walk.length(WALK);
      }
    } while (next(WALK));
  }
}

/** Whether row `row` of d ends a row of its last axis: of rank 1, only its last element does. */
@inline function ends(d: usize, row: i64): bool { return operand.rank(d) > 1 || row + 1 == <i64>operand.dims(d, 0); }

/** Opens the rows of d at one number and of a at another. */
function openRow(d: usize, dRow: i64, a: usize, aRow: i64): void {
  open(WALK, 1, operand.rank(d), keepsRows(d), d, a, 0, 0);
  walk.setAddress(WALK, 0, walk.address(WALK, 0) + dRow * <i64>operand.strides(d, 0) * <i64>width(d));
  walk.setAddress(WALK, 1, walk.address(WALK, 1) + aRow * <i64>operand.strides(a, 0) * <i64>width(a));
}

function indexAt(b: usize, row: u32): i64 {
  const bits = <u64>(operand.address(b) + <i64>row * <i64>operand.strides(b, 0) * <i64>width(b));
  return integerOf(formatOf(b), readElement((<u64>spaceAt(operand.space(b)) << 3) + bits, width(b)));
}

/** Counts `index` for each element of one of the rows. */
function missed(t: usize, rows: u32): void {
  control.setEvents(EVENT_INDEX, control.events(EVENT_INDEX) + <u32>(elements(t) / <i64>rows));
}

/** A row of the open walk: a's elements to d, or its fill. */
function pick(d: usize, a: usize, inside: bool, whole: bool): void {
  const to = (<u64>spaceAt(operand.space(d)) << 3) + <u64>walk.address(WALK, 0), count = walk.length(WALK);
  if (inside) {
    const from = (<u64>spaceAt(operand.space(a)) << 3) + <u64>walk.address(WALK, 1);
    copyRow(to, walk.step(WALK, 0), from, walk.step(WALK, 1), count, width(d), whole);
  } else {
    fillRow(to, walk.step(WALK, 0), operand.fill(a), count, width(d), whole);
  }
}

/** Lays down the pages of that row of the operand `which`. */
function touchRow(t: usize, which: usize): void {
  const step = walk.step(WALK, which), first = walk.address(WALK, which), last = first + (<i64>walk.length(WALK) - 1) * step;
  touch(operand.space(t), min(first, last) >>> 3, (max(first, last) + <i64>width(t) + 7) >>> 3);
}

/** Known bits of that row. */
function spread(d: usize, a: usize, inside: bool): void {
  const bits = <i64>width(d), to = walk.address(WALK, 0) >>> 3, bytes = <i64>walk.length(WALK) * bits >>> 3;
  if (bits >= 8 && walk.step(WALK, 0) == bits && (!inside || walk.step(WALK, 1) == bits)) {
    if (inside) copyKnown(operand.space(d), to, operand.space(a), walk.address(WALK, 1) >>> 3, bytes, bits >>> 3);
    else setKnown(operand.space(d), to, to + bytes);
    return;
  }
  for (let i: i64 = 0; i < <i64>walk.length(WALK); i++) {
    const known = !inside || elementKnown(operand.space(a), walk.address(WALK, 1) + i * walk.step(WALK, 1), width(a));
    markElement(operand.space(d), walk.address(WALK, 0) + i * walk.step(WALK, 0), width(d), known);
  }
}

/** Known bits of d op a: those of both. */
function join(d: usize, a: usize): void {
  for (let i: i64 = 0; i < <i64>walk.length(WALK); i++) {
    const to = walk.address(WALK, 0) + i * walk.step(WALK, 0);
    const known = elementKnown(operand.space(d), to, width(d))
      && elementKnown(operand.space(a), walk.address(WALK, 1) + i * walk.step(WALK, 1), width(a));
    markElement(operand.space(d), to, width(d), known);
  }
}
