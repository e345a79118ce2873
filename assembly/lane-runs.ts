//! lane-runs: the elements of the inner axes of an operand as lanes, run by run in row-major order; of the SIMD build only.
import { isFloat } from './element';
import { operand } from './encoding';
import { FIRST, floatsOf, integersOf, runLength } from './lanes';
import { SCRATCH } from './memory';
import { formatOf } from './rows';
import { WALK_BYTES, next, open, walk } from './walk';

const WALK: usize = SCRATCH + 0x80;
/** Behind the walk: the operand, how far its row is done, where its lanes lie, and what leads from its space to linear memory. */
const STATE: usize = WALK + WALK_BYTES;
namespace runs {
  @inline export function record(): usize { return load<usize>(STATE); }
  @inline export function setRecord(value: usize): void { store<usize>(STATE, value); }
  @inline export function column(): u32 { return load<u32>(STATE, 4); }
  @inline export function setColumn(value: u32): void { store<u32>(STATE, value, 4); }
  @inline export function lanes(): usize { return load<usize>(STATE, 8); }
  @inline export function setLanes(value: usize): void { store<usize>(STATE, value, 8); }
  @inline export function base(): u64 { return load<u64>(STATE, 16); }
  @inline export function setBase(value: u64): void { store<u64>(STATE, value, 16); }
}

/** Begins with the elements over the axes from `leading` on whose first lies at a linear bit address. */
export function openRuns(record: usize, from: u64, leading: u32): void {
  open(WALK, leading, operand.rank(record), false, record, 0, 0, 0);
  runs.setRecord(record);
  runs.setColumn(0);
  runs.setBase(from - <u64>operand.address(record));
}

/** Elements of the next run, their lanes at lanesAt(): a multiple of 16, or fewer at the end of a row. 0 behind the last. */
export function nextRun(): u32 {
  let column = runs.column();
  if (column == walk.length(WALK)) {
    if (!next(WALK)) return 0;
    column = 0;
  }
  const row = formatOf(runs.record()), count = runLength(walk.length(WALK) - column), step = walk.step(WALK, 0);
  const from = runs.base() + <u64>(walk.address(WALK, 0) + <i64>column * step);
  runs.setLanes(isFloat(row) ? floatsOf(FIRST, row, from, <u64>step, count, 0) : integersOf(FIRST, row, from, <u64>step, count));
  runs.setColumn(column + count);
  return count;
}
@inline export function lanesAt(): usize { return runs.lanes(); }
