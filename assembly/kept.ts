//! kept: what a kernel has found out about an instruction that has just acted, so that it acts again without finding it out once more.
import { beginEvents, endEvents } from './act';
import { control, head, OP_LOAD, OP_MM, operand, OP_STORE, OP_WLOAD, retirement, UNIT_VPU } from './encoding';
import { copyKept, copyRounds, COPY_BYTES, keepCopy } from './dma';
import { deepRounds } from './deep';
import { keepProduct, multiplyKept, PRODUCT_BYTES } from './matrix';
import { keepWeights, loadKept } from './pack';
import { elementsKept, ELEMENTS_BYTES, isStraightKept, keepElements, straightKept, straightRounds } from './vector';

/** Kinds: a product and weights of dense bytes, rows of bytes a constant step apart, elements in one row, and such whose lanes lie where they are. */
export const NOTHING: u32 = 0;
const PRODUCT: u32 = 1, WEIGHTS: u32 = 2, COPY: u32 = 3, ELEMENTS: u32 = 4, STRAIGHT: u32 = 5;
/** Room for each of them. */
export const KEPT_BYTES: usize = PRODUCT_BYTES;

/** Keeps at `to` what there is to keep of a record that has just acted; returns the kind. */
export function keep(at: usize, to: usize): u32 {
  if (!ASC_FEATURE_SIMD) return NOTHING;
  if (COPY_BYTES > KEPT_BYTES || ELEMENTS_BYTES > KEPT_BYTES) unreachable();    // decided when it is compiled
  const op = head.opcode(retirement.wordsAt(at));
  if (op == OP_WLOAD) return keepWeights(at, to) ? WEIGHTS : NOTHING;
  if (ASC_FEATURE_THREADS && control.helpers()) return NOTHING;         // a slice acted, not all of it
  if (op == OP_MM) return keepProduct(at, to) ? PRODUCT : NOTHING;
  if (op == OP_LOAD || op == OP_STORE) return keepCopy(at, to) ? COPY : NOTHING;
  if (retirement.unit(at) != UNIT_VPU || !keepElements(op, retirement.modeAt(at), to)) return NOTHING;
  return isStraightKept(to) ? STRAIGHT : ELEMENTS;
}

/** Rounds, up to `count`, of weights and a product of them whose operands move by so many bits; how many have acted at once, and 0 where they go one by one. */
export function together(load: usize, kindOfLoad: u32, weights: usize, multiply: usize, kindOfMultiply: u32, product: usize, wBits: i64, aBits: i64, count: u32): u32 {
  if (!ASC_FEATURE_SIMD || kindOfLoad != WEIGHTS || kindOfMultiply != PRODUCT) return 0;
  return deepRounds(load, weights, multiply, product, <isize>(wBits >> 3), <isize>(aBits >> 3), count);
}

/** Rounds of one instruction alone whose operands move by so many bits; false where they go one by one. */
export function oftener(kind: u32, at: usize, kept: usize, dBits: i64, aBits: i64, bBits: i64, rounds: u32): bool {
  if (kind == COPY && operand.space(retirement.operands(at, 0)) != operand.space(retirement.operands(at, 1))) copyRounds(at, kept, <isize>(dBits >> 3), <isize>(aBits >> 3), rounds);
  else if (kind == STRAIGHT) straightRounds(at, kept, <isize>(dBits >> 3), <isize>(aBits >> 3), <isize>(bBits >> 3), rounds);
  else return false;
  return true;
}

/** Does a kind write all elements of what it writes, known ones where those that it reads are? Weights may be unknown behind their operands. */
@inline export function writesKnown(kind: u32): bool { return kind == COPY || kind == ELEMENTS || kind == STRAIGHT; }

/** Acts by what was kept, all bytes of the operands known; false, and nothing has happened, where it cannot. */
@inline export function again(kind: u32, at: usize, kept: usize, unit: u32): bool {
  if (!ASC_FEATURE_SIMD || kind == NOTHING) return false;
  if (kind == COPY) copyKept(at, kept);                                 // no element of these raises an event
  else if (kind == STRAIGHT) straightKept(at, kept);
  else if (kind == WEIGHTS) loadKept(at, kept);
  else {
    beginEvents();
    if (kind == ELEMENTS) elementsKept(at, kept);
    else if (!multiplyKept(at, kept)) return false;
    endEvents(at, unit);
  }
  return true;
}
