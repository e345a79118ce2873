//! epilogue-lanes: the epilogue down panels of 16 columns, their constants in hand; what is out of the ordinary goes one by one.
import { EVENT_INVALID, mode as numeric, operand, retirement } from './encoding';
import { FLOAT, countsAll, format, isFloat, isFp32, readElement, writeElement } from './element';
import { maxInteger, minInteger } from './float';
import { floatChannels, integerChannels, nearChannels, roundsBySum } from './channels';
import { floatPanel, integerPanel, nearBytes, nearPanel } from './epilogue-kernels';
import { lastDim, width } from './extent';
import { roundFloats, roundsHere } from './lane-floats';
import { CODES, FIRST, RESULTS, THIRD, fillUp, floatsOf, integersOf, isLaneInteger, narrowBlocks, storeIntegers } from './lanes';
import { isFloatLane } from './vector-float';
import { SCRATCH } from './memory';
import { copyRow } from './move';
import { spaceAt } from './pages';
import { epilogue } from './requantise';
import { addEvents, addSaturated, formatOf, operandAt, originOf, settle } from './rows';
import { WALK_BYTES, next, open, walk } from './walk';

const WALK: usize = SCRATCH + 0x80;
/** Rows of a panel at a time. */
const BATCH: u32 = 16;
/** Rows for which it is worth it to find out what near numbers need. */
const NEAR_ROWS: u32 = 16;

/** The rows of a panel: linear bit addresses of the first row of D, A and C, the bits from row to row, and those from element to element. */
const AT: usize = SCRATCH + 0x200, ROW: usize = AT + 24, STEP: usize = AT + 48;
@inline function addressOf(position: usize): u64 { return load<u64>(AT + (position << 3)); }
@inline function rowOf(position: usize): i64 { return load<i64>(ROW + (position << 3)); }
@inline function stepOf(position: usize): i64 { return load<i64>(STEP + (position << 3)); }

/** Whether the rows and the mode of an instruction go by lanes: integers of at most 32 bits, or fp32 in between. */
export function epilogueByLanes(at: usize): bool {
  const d = formatOf(operandAt(at, 0)), x = formatOf(operandAt(at, 1)), mode = retirement.modeAt(at), table = operandAt(at, 2), beside = operandAt(at, 3);
  const residual = beside ? formatOf(beside) : 0, single = isSingle(x, mode);
  if (width(operandAt(at, 0)) < 8 || (table && operand.strides(table, 1) != 1)) return false;
  if (isFloat(x) ? !isFloatLane(x) : !isLaneInteger(x)) return false;
  if (beside && !(isLaneInteger(residual) && format.bits(residual) <= 16) && !(single && isFloatLane(residual))) return false;
  if (!single) return isLaneInteger(d) && roundsBySum(mode);
  return isLaneInteger(d) ? numeric.round(mode) < 6 : roundsHere(d) && numeric.clamp(mode) == 0 && (numeric.round(mode) == 0 || !isFp32(d));
}

@inline function isSingle(x: usize, mode: usize): bool { return isFloat(x) || numeric.scale(mode) >= 4; }

export function epilogueLanes(at: usize, activation: u32): void {
  const d = operandAt(at, 0), a = operandAt(at, 1), b = operandAt(at, 2), c = operandAt(at, 3), rank = operand.rank(d), columns = lastDim(d);
  const words = b ? <usize>(originOf(b) >>> 3) : 0, wordStep = b ? <isize>operand.strides(b, 0) << 2 : 0, same = wordStep == 0;
  open(WALK, 0, same ? rank : rank - 1, false, d, a, c, 0);
  const length = walk.length(WALK);
  let ready = same ? prepare(at, activation, words, 0, 16) : 0;
  do {
    if (same) {
      // The constants are those of every column: a row of elements is a panel of its own.
      for (let i: usize = 0; i < 3; i++) if (recordOf(at, i)) setRows(i, placeOf(recordOf(at, i), i), walk.step(WALK, i) << 4, walk.step(WALK, i));
      panel(at, activation, ready, words, 0, length >>> 4, 16);
      for (let i: usize = 0; i < 3; i++) setRows(i, addressOf(i) + <u64>(<i64>(length >>> 4) * rowOf(i)), 0, stepOf(i));
      if (length & 15) panel(at, activation, ready, words, 0, 1, length & 15);
      continue;
    }
    for (let column: u32 = 0; column < columns; column += 16) {
      const count = min<u32>(16, columns - column), first = words + <usize>(<isize>column * wordStep);
      for (let i: usize = 0; i < 3; i++) {
        const record = recordOf(at, i);
        if (!record) continue;
        const step = <i64>operand.strides(record, rank - 1) * <i64>width(record);
        setRows(i, placeOf(record, i) + <u64>(<i64>column * step), walk.step(WALK, i), step);
      }
      ready = prepare(at, activation, first, wordStep, count);
      panel(at, activation, ready, first, wordStep, length, count);
    }
  } while (next(WALK));
}

/** D, A and C among the operands; 0 for a C that is not there, whose rows nobody reads. */
@inline function recordOf(at: usize, position: usize): usize { return operandAt(at, position == 2 ? 3 : position); }
@inline function placeOf(record: usize, position: usize): u64 { return (<u64>spaceAt(operand.space(record)) << 3) + <u64>walk.address(WALK, position); }
/** Linear address of a row that begins with a byte. */
@inline function rowAt(position: usize, row: u32): usize { return <usize>((addressOf(position) + <u64>(<i64>row * rowOf(position))) >>> 3); }
function setRows(position: usize, address: u64, row: i64, step: i64): void {
  store<u64>(AT + (position << 3), address);
  store<i64>(ROW + (position << 3), row);
  store<i64>(STEP + (position << 3), step);
}

/** The constants of columns; 0 where they are out of the ordinary. */
function prepare(at: usize, activation: u32, words: usize, wordStep: isize, count: u32): i32 {
  const x = formatOf(operandAt(at, 1)), mode = retirement.modeAt(at), zpa = <i64>numeric.zpa(mode);
  if (!isSingle(x, mode)) return integerChannels(words, wordStep, count, mode, zpa);
  return <i32>floatChannels(words, wordStep, count, mode, zpa, isFloat(x), activation == 2);
}

/** `rows` rows of `count` columns; `ready` 0: one by one. */
function panel(at: usize, activation: u32, ready: i32, words: usize, wordStep: isize, rows: u32, count: u32): void {
  const d = formatOf(operandAt(at, 0)), mode = retirement.modeAt(at), single = isSingle(formatOf(operandAt(at, 1)), mode);
  const x = formatOf(operandAt(at, 1)), beside = operandAt(at, 3), residual = beside ? formatOf(beside) : 0;
  const near = ready && !single && rows >= NEAR_ROWS ? nearChannels(words, wordStep, count, mode) : 0;
  const direct = count == 16 && stepOf(1) == 32 && format.width(x) == 32, bytes = near && direct && !beside && stepOf(0) == 8 && isClamped(d, mode);
  for (let row: u32 = 0; row < rows;) {
    let done: u32 = 0;
    if (bytes) {
      row += nearBytes(format.signed(d) != 0, mode, near, activation == 1, rowAt(1, row), <isize>(rowOf(1) >> 3), rowAt(0, row), <isize>(rowOf(0) >> 3), rows - row);
      if (row == rows) return;
    }
    const batch = ready ? min(BATCH, rows - row) : 0;
    if (batch) {
      const from = direct ? rowAt(1, row) : FIRST, fromStep = direct ? <isize>(rowOf(1) >> 3) : 64;
      if (!direct) gather(FIRST, 1, x, row, batch, count);
      if (beside) gather(THIRD, 2, residual, row, batch, count);
      if (single) {
        done = floatPanel(d, x, residual, mode, activation, from, fromStep, batch);
        done = storeFloats(at, activation, row, done, words, wordStep, count);
      } else {
        if (near) done = nearPanel(mode, near, activation == 1, beside != 0, from, fromStep, batch);
        if (done < batch) done += integerPanel(mode, ready, activation == 1, beside != 0, from + <usize>(<isize>done * fromStep), fromStep, done, batch - done);
        addSaturated(storePanel(d, row, done, count, mode, numeric.isat(mode) != 0));
      }
      row += done;
    }
    if (!batch || done < batch) oneRow(at, activation, words, wordStep, row++, 0, count);
  }
}

/** Lanes of rows of A or C; `position` 2: of C. */
function gather(place: usize, position: usize, format: usize, row: u32, rows: u32, count: u32): void {
  for (let i: u32 = 0; i < rows; i++) {
    const to = place + (<usize>i << 6), from = addressOf(position) + <u64>(<i64>(row + i) * rowOf(position));
    const lanes = isFloat(format) ? floatsOf(to, format, from, stepOf(position), count, 0) : integersOf(to, format, from, stepOf(position), count);
    if (lanes != to) memory.copy(to, lanes, 64);
  }
}

/** Whether results lie within a D of bytes before they are stored; where the bounds have changed places the upper one holds. */
@inline function isClamped(d: usize, mode: usize): bool {
  return format.width(d) == 8 && numeric.clamp(mode) != 0 && min(numeric.lo(mode), numeric.hi(mode)) >= minInteger(d) && numeric.hi(mode) <= maxInteger(d);
}

/** Rows of RESULTS that fit as they are. */
function storeBytes(d: usize, row: u32, rows: u32): void {
  const signed = format.signed(d) != 0, step = <usize>(rowOf(0) >> 3);
  let to = rowAt(0, row);
  for (let from = RESULTS, end = RESULTS + (<usize>rows << 6); from < end; from += 64, to += step) {
    const first = i16x8.narrow_i32x4_s(v128.load(from), v128.load(from, 16)), second = i16x8.narrow_i32x4_s(v128.load(from, 32), v128.load(from, 48));
    v128.store(to, signed ? i8x16.narrow_i16x8_s(first, second) : i8x16.narrow_i16x8_u(first, second));
  }
}

/** Rows of RESULTS as integers of D; returns how many of them were cut. */
function storePanel(d: usize, row: u32, rows: u32, count: u32, mode: usize, isat: bool): u32 {
  if (count == 16 && stepOf(0) == 8 && isClamped(d, mode)) {
    storeBytes(d, row, rows);
    return 0;
  }
  const bits = format.width(d), bytes = <usize>bits << 1, step = stepOf(0);
  let cut: u32 = 0;
  if (count < 16) for (let i: u32 = 0; i < rows; i++) fillUp(RESULTS + (<usize>i << 6), count, 0);
  if (bits < 32) cut = narrowBlocks(d, CODES, RESULTS, rows, isat);
  for (let i: u32 = 0; i < rows; i++) {
    const to = addressOf(0) + <u64>(<i64>(row + i) * rowOf(0)), from = (bits < 32 ? CODES : RESULTS) + <usize>i * bytes;
    if (bits == 8 && count == 16 && step == 8) v128.store(<usize>(to >>> 3), v128.load(from));
    else copyRow(to, step, <u64>from << 3, bits, count, bits, true);
  }
  return cut;
}

/** Rows of RESULTS of an epilogue in fp32; returns how many are done, some of them one by one. */
function storeFloats(at: usize, activation: u32, row: u32, rows: u32, words: usize, wordStep: isize, count: u32): u32 {
  const d = formatOf(operandAt(at, 0)), mode = retirement.modeAt(at);
  if (!isFloat(d)) {
    const cut = storePanel(d, row, rows, count, mode, true);
    addSaturated(cut);
    if (countsAll()) addEvents(EVENT_INVALID, cut);
    return rows;
  }
  for (let i: u32 = 0; i < rows; i++) {
    const to = addressOf(0) + <u64>(<i64>(row + i) * rowOf(0)), lanes = RESULTS + (<usize>i << 6);
    const done = isFp32(d) ? count : roundFloats(d, mode, lanes, lanes, count, false);
    if (isFp32(d)) copyRow(to, stepOf(0), <u64>lanes << 3, 32, done, 32, true);
    else storeIntegers(d, to, stepOf(0), lanes, done, false);
    if (done < count) oneRow(at, activation, words, wordStep, row + i, done, count);
  }
  return rows;
}

/** Columns `first` to `end` of a row by the one body of all conventions. */
function oneRow(at: usize, activation: u32, words: usize, wordStep: isize, row: u32, first: u32, end: u32): void {
  const d = formatOf(operandAt(at, 0)), x = formatOf(operandAt(at, 1)), mode = retirement.modeAt(at), c = operandAt(at, 3), residual = c ? formatOf(c) : 0;
  for (let column = first; column < end; column++) {
    const to = elementAt(0, row, column), code = readElement(elementAt(1, row, column), format.width(x));
    const beside = residual ? readElement(elementAt(2, row, column), format.width(residual)) : 0, table = words ? words + <usize>(<isize>column * wordStep) : 0;
    writeElement(to, format.width(d), epilogue(d, x, code, mode, activation, table, residual, beside));
    settle();
  }
}
@inline function elementAt(position: usize, row: u32, column: u32): u64 {
  return addressOf(position) + <u64>(<i64>row * rowOf(position) + <i64>column * stepOf(position));
}
