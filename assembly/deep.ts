//! deep: rounds of weights and products that add to the same accumulators, as one product of greater depth.
import { format, MM, operand, retirement, SPACE_SPM, WLOAD } from './encoding';
import { product, TILE_BYTES } from './matrix';
import { multiplyRows, nearPairs, PLAN_BYTES, plan } from './multiply';
import { loadKept, packBytes, weights } from './pack';
import { spaceAt } from './pages';
import { formatOf } from './rows';
import { isNew, PANELS, shadowOf, WIDENED } from './shadow';
import { byteRows, spreadRows } from './tile';

const PLAN: usize = memory.data(PLAN_BYTES, 8);
/** Bytes of the panel of all rounds at once, for 16 columns; those of all columns lie behind the tile. Longer sums ask less often for accumulators (measured: bench/works/gemm.ts). */
const PANEL_BYTES: u32 = 0x8000;

/**
 * Up to `count` rounds of weights (record, geometry) and a product of them, their operands so many bytes farther in each; how many have acted, the rest goes one by one.
 * Sums modulo 2^32 do not ask in which order, nor how often, they are added; those that saturate do, unless none comes near the ends, and so do partial sums of fewer bits.
 */
export function deepRounds(load: usize, its: usize, multiply: usize, kept: usize, wStep: isize, aStep: isize, count: u32): u32 {
  const slot = WLOAD.slot(retirement.wordsAt(load)), old = product.planAt(kept), depth = plan.depth(old), columns = plan.columns(old), bits = plan.psumBits(old);
  if (MM.slot(retirement.wordsAt(multiply)) != slot || weights.rows(its) != depth || depth & 7 || !plan.adds(old) || !plan.narrow(old) || bits - 1 < 31) return 0;
  const most = PANEL_BYTES / (depth << 5), w = retirement.operands(load, 1), a = retirement.operands(multiply, 1);
  memory.copy(PLAN, old, PLAN_BYTES);
  let done: u32 = 0;
  while (done + 2 <= count) {
    const some = min(most, count - done);
    if (some < 2 || !holds(old, some, multiply, kept)) break;
    packRounds(w, wStep, its, some, depth, product.tile(kept) + TILE_BYTES);
    multiplyRounds(multiply, kept, aStep, some, depth);
    operand.setAddress(w, operand.address(w) + (<i64>wStep * some << 3));
    operand.setAddress(a, operand.address(a) + (<i64>aStep * some << 3));
    done += some;
  }
  if (done) loadKept(load, its);                                         // the slot holds the last ones
  return done;
}

/** Sets the plan for so many rounds at once; false where one of them might saturate. */
function holds(old: usize, some: u32, multiply: usize, kept: usize): bool {
  plan.setDepth(PLAN, plan.depth(old) * some);
  if (!plan.isat(old)) return true;
  const reach = <i64>plan.reach(old) * some, rows = product.rows(kept), acc = retirement.operands(multiply, 0);
  if (reach >= i32.MAX_VALUE || rows & 1) return false;
  plan.setReach(PLAN, <u32>reach);
  plan.setIsat(PLAN, false);
  const to = spaceAt(operand.space(acc)) + <usize>(operand.address(acc) >>> 3);
  for (let column: u32 = 0; column < plan.columns(old); column += 16) {
    if (nearPairs(PLAN, to + (<usize>column << 2), product.stride(kept), rows) != rows) return false;
  }
  return true;
}

/** Panels of the weights of all rounds, one behind the other: at `room`, if they are not kept. */
function packRounds(w: usize, step: isize, its: usize, some: u32, depth: u32, room: usize): void {
  const signed = format.signed(formatOf(w)) != 0, stride = weights.stride(its), columns = plan.columns(PLAN), kept = shadowAt(PANELS, w, stride, step, depth, columns, some);
  plan.setPanels(PLAN, kept ? kept : room);
  if (kept && !isNew()) return;
  const first = spaceAt(operand.space(w)) + <usize>(operand.address(w) >>> 3) + <usize>step;
  let to = plan.panels(PLAN);
  for (let column: u32 = 0; column < columns; column += 16) {
    for (let round: u32 = 0, from = first + <usize>column; round < some; round++, from += <usize>step, to += <usize>depth << 5) packBytes(to, from, stride, depth, signed);
  }
}

/** Of the rows of A those of all rounds lie behind each other: kept, or a block of them in the tile. */
function multiplyRounds(multiply: usize, kept: usize, step: isize, some: u32, depth: u32): void {
  const acc = retirement.operands(multiply, 0), a = retirement.operands(multiply, 1), bytes = some * depth, rowStep = product.aStep(kept), all = product.rows(kept);
  const shadow = shadowAt(WIDENED, a, rowStep, step, all, depth, some), made = shadow && !isNew();
  const signed = format.signed(formatOf(a)) != 0, block = max<u32>(2, TILE_BYTES / (bytes << 1) & ~1);
  let from = spaceAt(operand.space(a)) + <usize>(operand.address(a) >>> 3) + <usize>step, to = spaceAt(operand.space(acc)) + <usize>(operand.address(acc) >>> 3);
  let tile = shadow ? shadow : product.tile(kept);
  for (let left = all; left;) {
    const rows = min(block, left);
    if (!made) widenRounds(tile, from, rowStep, rows, some, depth, step, signed);
    multiplyRows(PLAN, tile, rows, to, product.stride(kept));
    if (shadow) tile += <usize>(rows * bytes) << 1;
    from += <usize>(<isize>rows * rowStep);
    to += <usize>(<isize>rows * product.stride(kept));
    left -= rows;
  }
}

function widenRounds(to: usize, from: usize, rowStep: isize, rows: u32, some: u32, depth: u32, step: isize, signed: bool): void {
  if (step == <isize>depth) byteRows(to, from, rowStep, rows, some * depth, signed);
  else for (let round: u32 = 0; round < some; round++) spreadRows(to + (<usize>(round * depth) << 1), <usize>(some * depth) << 1, from + <usize>(<isize>round * step), rowStep, rows, depth, signed);
}

/** Of an operand that stands a step before its first place. */
function shadowAt(form: u32, t: usize, stride: isize, step: isize, rows: u32, width: u32, times: u32): usize {
  if (operand.space(t) != SPACE_SPM) return 0;
  return shadowOf(form + <u32>(format.signed(formatOf(t)) != 0), (operand.address(t) >>> 3) + <i64>step, stride, step, rows, width, times);
}
