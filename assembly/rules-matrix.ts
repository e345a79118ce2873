//! rules-matrix: the predicates of the matrix unit, over i64: rows of the profile, tiles, slots, accumulator rows.
import { mode as numeric, operand, profile, slot as slotRow, SLOT_MAX, SPACE_ACC, state, triple } from './encoding';
import { axes, empty, lastDim, productAtMost, sameProduct, width } from './extent';

/** The row of the profile for an activation, the weights that a slot will hold, and an accumulator; 0 if there is none. */
function rowOf(a: usize, slot: u32, acc: usize): usize {
  if (slot >= SLOT_MAX) return 0;
  const promised = state.promised(slot);
  if (!slotRow.loaded(promised)) return 0;
  const count = profile.tripleCount(), weight = slotRow.dtype(promised);
  for (let i: u32 = 0; i < count; i++) {
    const row = profile.triples(i);
    if (triple.weight(row) == weight && triple.activation(row) == operand.dtype(a) && triple.accumulator(row) == operand.dtype(acc)) return row;
  }
  return 0;
}

/** Exists where the pair has rows at all: without any, the dtypes are to blame, not the kernel. */
export function dotExists(a: usize, acc: usize, mode: usize): bool {
  const count = profile.tripleCount();
  let none = true;
  for (let i: u32 = 0; i < count; i++) {
    const row = profile.triples(i);
    if (triple.activation(row) != operand.dtype(a) || triple.accumulator(row) != operand.dtype(acc)) continue;
    if (numeric.dot(mode) < triple.dotCount(row)) return true;
    none = false;
  }
  return none;
}
export function pairExists(a: usize, acc: usize): bool {
  const count = profile.tripleCount(), activation = operand.dtype(a), accumulator = operand.dtype(acc);
  if (activation == 0 || accumulator == 0) return true;
  for (let i: u32 = 0; i < count; i++) {
    const row = profile.triples(i);
    if (triple.activation(row) == activation && triple.accumulator(row) == accumulator) return true;
  }
  return false;
}
export function weightExists(w: usize): bool {
  const count = profile.tripleCount(), dtype = operand.dtype(w);
  for (let i: u32 = 0; i < count; i++) if (triple.weight(profile.triples(i)) == dtype) return true;
  return dtype == 0;
}
export function accumulatorExists(acc: usize): bool {
  const count = profile.tripleCount(), dtype = operand.dtype(acc);
  for (let i: u32 = 0; i < count; i++) if (triple.accumulator(profile.triples(i)) == dtype) return true;
  return dtype == 0;
}

export function tileFits(w: usize): bool {
  const count = profile.tripleCount(), rank = axes(w);
  if (empty(w) || rank < 2) return false;
  for (let i: u32 = 0; i < count; i++) {
    const row = profile.triples(i), most = <i64>triple.kMax(row);
    if (triple.weight(row) == operand.dtype(w) && lastDim(w) <= triple.nMax(row) && productAtMost(w, 0, rank - 1, most) <= most) return true;
  }
  return false;
}
export function multiplyDims(acc: usize, a: usize, mRank: u32, depthwise: u32): bool {
  const rank = axes(a);
  if (mRank + depthwise >= rank || (depthwise && lastDim(a) != lastDim(acc))) return false;
  return sameProduct(a, 0, mRank, acc, 0, axes(acc) - 1);
}
export function rowsFit(acc: usize, a: usize, slot: u32): bool {
  const row = rowOf(a, slot, acc);
  if (!row) return true;
  const most = <i64>triple.mMax(row);
  return productAtMost(acc, 0, axes(acc) - 1, most) <= most;
}
export function slotExists(slot: u32): bool { return slot < profile.slotCount(); }
export function weightsFit(acc: usize, a: usize, slot: u32, mRank: u32, depthwise: u32): bool {
  if (!rowOf(a, slot, acc)) return false;
  const promised = state.promised(slot), depth = <i64>slotRow.depth(promised);
  return slotRow.columns(promised) == lastDim(acc) && productAtMost(a, mRank, axes(a) - depthwise, depth) == depth;
}

/** Base on a row, lanes side by side, everything else whole rows apart. */
export function accRows(t: usize): bool {
  if (operand.space(t) != SPACE_ACC) return true;
  const lanes = <i64>profile.accLanes(), last = axes(t) - 1, columns = lastDim(t);
  if (operand.address(t) % (lanes * <i64>width(t)) != 0 || <i64>columns > lanes) return false;
  if (columns > 1 && operand.strides(t, last) != 1) return false;
  for (let axis: u32 = 0; axis < last; axis++) {
    if (operand.dims(t, axis) > 1 && <i64>operand.strides(t, axis) % lanes != 0) return false;
  }
  return true;
}
