//! rules-matrix: the predicates of the matrix unit, over i64: rows of the profile, tiles, slots, accumulator rows.
import { format, mode as numeric, operand, profile, slot as slotRow, SLOT_MAX, SPACE_ACC, state, triple } from './encoding';
import { empty, lastDim, productAtMost, sameProduct, width } from './extent';

/** The row of the profile for an activation, the weights that a slot will hold, and an accumulator; 0 if there is none. */
@apart function rowOf(a: usize, slot: u32, acc: usize): usize {
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

// Dtype codes by name, and what the field `form` of wload says.
const U4: u32 = 0x02, E8M0: u32 = 0x15, UE4M3: u32 = 0x16, KIND_INTEGER: u32 = 1;
const SPARSE: u32 = 1;

@inline function has(feature: u32): bool { return ((profile.features(feature >>> 5) >>> (feature & 31)) & 1) != 0; }
/** Elements that share a scale of this dtype, as a power of two; 0 for what is no scale. */
@inline function blockLog2(dtype: u32): u32 { return dtype == E8M0 ? 5 : dtype == UE4M3 ? 4 : 0; }
@inline function blocks(k: i64, dtype: u32): i64 { return (k + (1 << blockLog2(dtype)) - 1) >> blockLog2(dtype); }
/** The first dims of a tensor as one number, not looked at beyond what a slot may be deep. */
const MOST: i64 = 0x7fff_ffff;

export function sparseFeature(form: u32, feature: u32): bool { return form != SPARSE || has(feature); }
export function scalesFeature(b: usize, mx: u32, nvfp4: u32): bool {
  const dtype = operand.dtype(b);
  return (dtype != E8M0 || has(mx)) && (dtype != UE4M3 || has(nvfp4));
}
export function metadataType(form: u32, b: usize, value: u32): bool { return form != value || operand.dtype(b) == 0 || operand.dtype(b) == U4; }
export function scalesType(form: u32, b: usize, value: u32): bool {
  return form != value || operand.dtype(b) == 0 || blockLog2(operand.dtype(b)) != 0;
}
export function scaledType(form: u32, a: usize, value: u32): bool {
  const dtype = operand.dtype(a);
  return form != value || format.kind(profile.formats(dtype)) != KIND_INTEGER;
}
export function besideDims(form: u32, a: usize, b: usize): bool {
  const k = productAtMost(a, 0, operand.rank(a) - 1, MOST), rows = productAtMost(b, 0, operand.rank(b) - 1, MOST), dtype = operand.dtype(b);
  if (lastDim(a) != lastDim(b)) return false;
  return form == SPARSE ? 2 * rows == k : blockLog2(dtype) != 0 && rows == blocks(k, dtype);
}
export function scaleDims(a: usize, b: usize, mRank: u32): bool {
  const dtype = operand.dtype(b);
  if (blockLog2(dtype) == 0 || <i64>lastDim(b) != blocks(productAtMost(a, mRank, operand.rank(a), MOST), dtype)) return false;
  return sameProduct(a, 0, mRank, b, 0, operand.rank(b) - 1);
}
/** Of a slot that has the weights: behind `weightsFit`, as the two rules below. */
export function scalingFits(scaled: u32, slot: u32): bool {
  return (slotRow.scales(state.promised(slot)) != 0) == (scaled == 1);
}
export function unscaledSlot(slot: u32): bool { return scalingFits(0, slot); }
export function scalesAgree(slot: u32, b: usize): bool {
  return slotRow.scales(state.promised(slot)) == operand.dtype(b);
}
/** Of weights that fit. */
export function dotFits(acc: usize, a: usize, slot: u32, mode: usize): bool {
  return numeric.dot(mode) < triple.dotCount(rowOf(a, slot, acc));
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
  const count = profile.tripleCount(), rank = operand.rank(w);
  if (empty(w) || rank < 2) return false;
  for (let i: u32 = 0; i < count; i++) {
    const row = profile.triples(i), most = <i64>triple.kMax(row);
    if (triple.weight(row) == operand.dtype(w) && lastDim(w) <= triple.nMax(row) && productAtMost(w, 0, rank - 1, most) <= most) return true;
  }
  return false;
}
export function multiplyDims(acc: usize, a: usize, mRank: u32, depthwise: u32): bool {
  const rank = operand.rank(a);
  if (mRank + depthwise >= rank || (depthwise && lastDim(a) != lastDim(acc))) return false;
  return sameProduct(a, 0, mRank, acc, 0, operand.rank(acc) - 1);
}
export function rowsFit(acc: usize, a: usize, slot: u32): bool {
  const row = rowOf(a, slot, acc);
  if (!row) return true;
  const most = <i64>triple.mMax(row);
  return productAtMost(acc, 0, operand.rank(acc) - 1, most) <= most;
}
export function slotExists(slot: u32): bool { return slot < profile.slotCount(); }
export function weightsFit(acc: usize, a: usize, slot: u32, mRank: u32, depthwise: u32): bool {
  if (!rowOf(a, slot, acc)) return false;
  const promised = state.promised(slot), depth = <i64>slotRow.depth(promised);
  return slotRow.columns(promised) == lastDim(acc) && productAtMost(a, mRank, operand.rank(a) - depthwise, depth) == depth;
}

/** Base on a row, lanes side by side, everything else whole rows apart. */
export function accRows(t: usize): bool {
  if (operand.space(t) != SPACE_ACC) return true;
  const lanes = <i64>profile.accLanes(), last = operand.rank(t) - 1, columns = lastDim(t);
  if (operand.address(t) % (lanes * <i64>width(t)) != 0 || <i64>columns > lanes) return false;
  if (columns > 1 && operand.strides(t, last) != 1) return false;
  for (let axis: u32 = 0; axis < last; axis++) {
    if (operand.dims(t, axis) > 1 && <i64>operand.strides(t, axis) % lanes != 0) return false;
  }
  return true;
}
