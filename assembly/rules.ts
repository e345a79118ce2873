//! rules: the predicates that checks.ts names, over i64; model/isa/rules.ts states each again over BigInt.
import {
  CLASS_ARITHMETIC, CLASS_BYTES, CLASS_CONVERTED, CLASS_EPILOGUE, CLASS_FLOAT, CLASS_FP32, CLASS_INDEX, CLASS_INTEGER, CLASS_S32, CLASS_SCALAR,
  CLASS_BLOCK_SCALE, CLASS_BYTE, CLASS_CODE, CLASS_NARROW, CLASS_NARROW_CODE, CLASS_S16, CLASS_SCALING, CLASS_TAKE_INDEX, CLASS_U32, CLASS_U4,
  CLASS_U8, CLASS_WIDE_CODE, DESCRIPTOR_WORDS, DIM_MAX, ELEMENT_MAX, format, functionTable, mode as numeric, operand, profile,
  SPACE_ACC, SPACE_DRAM, SPACE_PEER_DRAM, SPACE_SPM, state,
} from './encoding';
import { elements, empty as hasNone, high, lastDim, low, productAtMost, width } from './extent';
import { firstProtected, inRegion, spaceBytes } from './regions';

// Dtype codes by name; machine manual, section 3.
const S32: u32 = 0x07, U32: u32 = 0x08, U8: u32 = 0x04, S16: u32 = 0x05, FP32: u32 = 0x23, U4: u32 = 0x02, E8M0: u32 = 0x15, UE4M3: u32 = 0x16;
const KIND_INTEGER: u32 = 1, KIND_FLOAT: u32 = 2, KIND_FIXED: u32 = 3, KIND_SCALE: u32 = 4;
const UNITS: u32 = 6;

export * from './plain';
export * from './rules-matrix';
export * from './rules-sequencer';

@apart export function empty(t: usize): bool { return hasNone(t); }

// ---- the descriptor
/** A word of the descriptor, as it was before the offset was added: nothing has run since the capture. */
@inline function raw(t: usize, word: u32): u32 { return state.tensors(<usize>(operand.t(t) * DESCRIPTOR_WORDS + word)); }
@inline function unset(t: usize): bool { return operand.dtype(t) == 0; }
@inline function isDefined(dtype: u32): bool { return format.kind(profile.formats(dtype)) != 0; }
@inline function isInteger(t: usize): bool { return format.kind(profile.formats(operand.dtype(t))) == KIND_INTEGER; }
@inline function has(feature: u32): bool { return ((profile.features(feature >>> 5) >>> (feature & 31)) & 1) != 0; }

@apart export function formatPresent(t: usize): bool {
  const dtype = operand.dtype(t);
  return !isDefined(dtype) || format.present(profile.formats(dtype)) != 0;
}
@apart export function layoutLinear(t: usize): bool { return ((raw(t, 0) >>> 16) & 15) == 0; }
/** Of this version no machine has links. */
export function notPeer(t: usize): bool { return operand.space(t) < SPACE_PEER_DRAM; }
@apart export function dtypeDefined(t: usize): bool { return unset(t) || isDefined(operand.dtype(t)); }
export function described(t: usize): bool {
  const rank = operand.rank(t), pads = raw(t, 13) | raw(t, 14), bits = width(t);
  if (unset(t) || rank < 1 || rank > 5 || (raw(t, 0) & 0xfff0_c000) != 0) return false;
  if (operand.space(t) < SPACE_PEER_DRAM && raw(t, 2) >>> 16 != 0) return false;
  let count: i64 = 1, zero = false;
  for (let axis: u32 = 0; axis < 5; axis++) {
    if (axis >= rank) {
      if ((raw(t, 3 + axis) | raw(t, 8 + axis)) != 0 || ((pads >>> (6 * axis)) & 63) != 0) return false;
      continue;
    }
    if (raw(t, 3 + axis) > DIM_MAX) return false;
    const dim = <i64>operand.dims(t, axis);
    if (!dim) zero = true;
    else if (count <= <i64>ELEMENT_MAX) count *= dim;
  }
  if (pads >>> 30 != 0 || (bits < 32 && raw(t, 15) >>> bits != 0)) return false;
  return zero || count <= <i64>ELEMENT_MAX;
}
@apart export function inSpaces(t: usize, mask: u32): bool { return ((mask >>> operand.space(t)) & 1) != 0; }
@apart export function unpadded(t: usize): bool { return (raw(t, 13) | raw(t, 14)) == 0; }
@apart export function fed(d: usize, s: usize): bool { return empty(d) || !empty(s); }
export function notEmpty(t: usize): bool { return !empty(t); }

// ---- places: behind the shapes, where operands have elements
/** Strides in growing magnitude, each beyond what all smaller ones reach. Nibbles: the run counts in whole bytes, or a lone one takes two. */
export function injective(t: usize): bool {
  if (width(t) != 4) return nested(t, 0, 0, 1);
  const last = operand.rank(t) - 1, run = <i64>lastDim(t);
  return run > 1 && operand.strides(t, last) == 1 ? nested(t, 1 << last, 1, run + (run & 1)) : nested(t, 0, 1, 2);
}
/** Axes not in `done` and an extra one of `extraDim` elements at `extraStride` (0: none), taken by growing stride. */
function nested(t: usize, done: u32, extraStride: i64, extraDim: i64): bool {
  const rank = operand.rank(t);
  let reach: i64 = 0, left = extraStride != 0;
  while (true) {
    let least: i64 = i64.MAX_VALUE, dim: i64 = 0, which: u32 = 32;
    if (left) { least = extraStride; dim = extraDim; which = 31; }
    for (let axis: u32 = 0; axis < rank; axis++) {
      if ((done >>> axis) & 1 || operand.dims(t, axis) <= 1) continue;
      const step = <i64>operand.strides(t, axis), stride = step < 0 ? -step : step;
      if (stride < least) { least = stride; dim = <i64>operand.dims(t, axis); which = axis; }
    }
    if (which == 32) return true;
    if (least <= reach) return false;
    reach += (dim - 1) * least;
    if (which == 31) left = false;
    else done |= 1 << which;
  }
}
export function wholeBytes(t: usize): bool {
  if (width(t) != 4) return true;
  const last = operand.rank(t) - 1;
  if (lastDim(t) > 1 && operand.strides(t, last) != 1) return false;
  if ((operand.address(t) & 7) != 0) return false;
  for (let axis: u32 = 0; axis < last; axis++) if (operand.dims(t, axis) > 1 && (operand.strides(t, axis) & 1) != 0) return false;
  return true;
}
@apart export function aligned(t: usize, unit: u32): bool {
  const bytes = max<u32>(width(t) >>> 3, 1), space = operand.space(t);   // a power of two: the lower word of the base tells
  const granule = space < SPACE_PEER_DRAM ? <i64>profile.granules(<usize>(space * UNITS + unit)) : 0;
  return (raw(t, 1) & (bytes - 1)) == 0 && (granule <= 1 || (operand.address(t) >> 3) % granule == 0);
}
export function insideDram(t: usize): bool { return operand.space(t) != SPACE_DRAM || inRegion(low(t), high(t)); }
export function insideSpm(t: usize): bool { return insideOf(t, SPACE_SPM); }
export function insideAcc(t: usize): bool { return insideOf(t, SPACE_ACC); }
@inline function insideOf(t: usize, space: u32): bool {
  return operand.space(t) != space || (low(t) >= 0 && high(t) <= spaceBytes(space));
}
export function readable(t: usize): bool { return operand.space(t) != SPACE_DRAM || firstProtected(low(t), high(t), false) < 0; }
export function writable(t: usize): bool { return operand.space(t) != SPACE_DRAM || firstProtected(low(t), high(t), true) < 0; }
export function readableWhen(op: u32, t: usize): bool { return op == 0 || readable(t); }

export function disjoint(a: usize, b: usize): bool {
  if (operand.space(a) != operand.space(b)) return true;
  return high(a) <= low(b) || high(b) <= low(a);
}
export function apart(d: usize, s: usize): bool {
  if (disjoint(d, s)) return true;
  const rank = operand.rank(d);
  if (operand.address(d) != operand.address(s) || width(d) != width(s) || rank != operand.rank(s)) return false;
  for (let axis: u32 = 0; axis < rank; axis++) {
    if (operand.dims(d, axis) != operand.dims(s, axis) || operand.strides(d, axis) != operand.strides(s, axis)) return false;
  }
  return true;
}

// ---- features, modes
export function feature(bit: u32): bool { return has(bit); }
export function debuggerAbsent(): bool { return state.debugEnable() == 0; }
@apart export function notStochastic(mode: usize, bit: u32): bool { return numeric.round(mode) != 7 || has(bit); }
export function levelExists(op: u32, mode: usize): bool { return numeric.level(mode) == 0 || functionTable.method(profile.functions(op)) != 0; }
export function settledWhen(op: u32, mode: usize, from: u32, to: u32): bool { return op < from || op > to || numeric.round(mode) != 7; }
export function sameTypeUnless(d: usize, a: usize, bit: u32): bool { return operand.dtype(d) == operand.dtype(a) || has(bit); }
export function zeroPointFeature(mode: usize, bit: u32): bool { return zeroPointsClear(mode) || has(bit); }
export function scaleFeature(mode: usize, gemmlowp: u32, tosaDouble: u32, fp32: u32): bool {
  const scale = numeric.scale(mode);
  return (scale != 2 || has(gemmlowp)) && (scale != 3 || has(tosaDouble)) && (scale < 4 || format.present(profile.formats(fp32)) != 0);
}
export function notFromDram(t: usize, bit: u32): bool { return operand.space(t) != SPACE_DRAM || has(bit); }
@inline function zeroPointsClear(mode: usize): bool { return (numeric.zpa(mode) | numeric.zpb(mode)) == 0; }

// ---- dtypes
@apart export function dtypeIn(t: usize, group: u32): bool { return unset(t) || inClass(operand.dtype(t), group); }
@apart export function sameType(a: usize, b: usize): bool { return unset(a) || unset(b) || operand.dtype(a) == operand.dtype(b); }
@apart export function sameClass(a: usize, b: usize): bool { return unset(a) || unset(b) || isInteger(a) == isInteger(b); }
@apart export function dtypeWhen(op: u32, t: usize, from: u32, to: u32, group: u32): bool { return op < from || op > to || dtypeIn(t, group); }
@apart export function sameClassWhen(op: u32, a: usize, b: usize, from: u32, to: u32): bool { return op < from || op > to || sameClass(a, b); }
@apart export function sameTypeWhen(op: u32, a: usize, b: usize, from: u32, to: u32): bool { return op < from || op > to || sameType(a, b); }
export function convertible(d: usize, a: usize): bool {
  return unset(d) || unset(a) || operand.dtype(d) == operand.dtype(a) || inClass(operand.dtype(d), CLASS_CONVERTED);
}
export function widensExactly(acc: usize, a: usize): bool {
  const to = operand.dtype(acc), from = operand.dtype(a);
  return to == 0 || from == 0 || to == from || (inClass(to, CLASS_FP32) && inClass(from, CLASS_FLOAT));
}
export function zeroPointsOnIntegers(t: usize, mode: usize): bool { return unset(t) || isInteger(t) || zeroPointsClear(mode); }
export function zeroPointWhen(op: u32, t: usize, mode: usize, is: u32): bool { return op != is || unset(t) || isInteger(t) || numeric.zpa(mode) == 0; }
export function epilogueTypes(d: usize, x: usize, activation: u32, mode: usize): bool {
  if (unset(d) || unset(x)) return true;
  const scale = numeric.scale(mode), fixed = scale >= 1 && scale <= 3;
  if ((fixed || numeric.zpa(mode) != 0) && !isInteger(x)) return false;
  if (activation == 2 && isInteger(x) && scale < 4) return false;
  return isInteger(d) || numeric.zpo(mode) == 0;
}
export function residualClass(x: usize, c: usize, mode: usize): bool {
  if (unset(x) || unset(c) || isInteger(c)) return true;
  return numeric.zpb(mode) == 0 && (!isInteger(x) || numeric.scale(mode) >= 4);
}

function inClass(dtype: u32, group: u32): bool {
  if (!isDefined(dtype)) return false;
  const row = profile.formats(dtype), bits = format.width(row);
  const narrow = format.kind(row) == KIND_INTEGER && bits <= 32, floating = format.kind(row) == KIND_FLOAT && format.signed(row) != 0;
  switch (group) {
    case CLASS_INTEGER: return narrow;
    case CLASS_FLOAT: return floating;
    case CLASS_S32: return dtype == S32;
    case CLASS_U8: return dtype == U8;
    case CLASS_INDEX: return dtype == S32 || dtype == U32;
    case CLASS_SCALAR: return bits >= 8 && bits <= 32;
    case CLASS_BYTES: return bits >= 8;
    case CLASS_EPILOGUE: return format.kind(row) == KIND_INTEGER || floating;
    case CLASS_ARITHMETIC: return narrow || floating;
    case CLASS_FP32: return dtype == FP32;
    case CLASS_TAKE_INDEX: return dtype == S32 || dtype == U32 || dtype == U8 || dtype == S16;
    case CLASS_U32: return dtype == U32;
    case CLASS_CONVERTED: return format.kind(row) != KIND_FLOAT || format.signed(row) != 0;
    case CLASS_NARROW: return format.kind(row) == KIND_FIXED || (floating && bits <= 8);
    case CLASS_BLOCK_SCALE: return dtype == E8M0 || dtype == UE4M3;
    case CLASS_SCALING: return format.kind(row) == KIND_FLOAT || format.kind(row) == KIND_SCALE;
    case CLASS_CODE: return narrow || floating || format.kind(row) == KIND_FIXED;
    case CLASS_NARROW_CODE: return bits <= 8;
    case CLASS_WIDE_CODE: return bits == 16;
    case CLASS_BYTE: return bits == 8;
    case CLASS_U4: return dtype == U4;
    case CLASS_S16: return dtype == S16;
    default: return true;
  }
}

// ---- shapes
@apart export function sameDims(a: usize, b: usize): bool {
  return operand.rank(a) == operand.rank(b) && sameAxes(a, 0, operand.rank(a), b, 0);
}
/** Dims `from` to `to` of a are those of b from `other` on. */
function sameAxes(a: usize, from: u32, to: u32, b: usize, other: u32): bool {
  for (let axis = from; axis < to; axis++) if (operand.dims(a, axis) != operand.dims(b, axis - from + other)) return false;
  return true;
}
export function paddedDims(d: usize, a: usize): bool {
  const rank = operand.rank(d);
  if (operand.rank(d) != operand.rank(a)) return false;
  for (let axis: u32 = 0; axis < rank; axis++) {
    const pads = ((operand.padLow(a) >>> (6 * axis)) & 63) + ((operand.padHigh(a) >>> (6 * axis)) & 63);
    if (operand.dims(d, axis) != operand.dims(a, axis) + pads) return false;
  }
  return true;
}
export function oneElement(t: usize): bool { return operand.rank(t) == 1 && operand.dims(t, 0) == 1; }
export function gatherDims(rows: usize, whole: usize, index: usize): bool {
  const rank = operand.rank(rows);
  return operand.rank(index) == 1 && operand.rank(rows) == operand.rank(whole) && operand.dims(rows, 0) == operand.dims(index, 0)
    && sameAxes(rows, 1, rank, whole, 1);
}
export function takeDims(d: usize, a: usize, b: usize): bool {
  const rank = operand.rank(d);
  return operand.rank(d) == operand.rank(a) && sameDims(d, b) && sameAxes(d, 0, rank - 1, a, 0);
}
export function reduceDims(d: usize, a: usize, r: u32): bool {
  const rank = operand.rank(a);
  if (r > rank) return false;
  return r == rank ? oneElement(d) : operand.rank(d) == rank - r && sameAxes(d, 0, rank - r, a, 0);
}
export function sameDimsWhen(op: u32, a: usize, b: usize, from: u32, to: u32): bool { return op < from || op > to || sameDims(a, b); }
export function blockDims(d: usize, scales: usize): bool {
  const rank = operand.rank(d), block: u32 = operand.dtype(scales) == E8M0 ? 32 : 16;
  return operand.rank(d) == operand.rank(scales) && sameAxes(d, 0, rank - 1, scales, 0) && lastDim(scales) == (lastDim(d) + block - 1) / block;
}
export function streamDims(form: u32, bits: u32, d: usize, stream: usize): bool {
  if (form == 1 || form == 2) return true;
  const bytes = (elements(d) * <i64>(form == 0 ? bits : 6) + 7) >> 3;
  return operand.rank(stream) == 1 && <i64>operand.dims(stream, 0) == bytes;
}
export function paletteDims(form: u32, bits: u32, table: usize): bool {
  return form != 0 || (operand.rank(table) == 1 && operand.dims(table, 0) == <u32>1 << bits);
}
export function expandDims(form: u32, d: usize, compressed: usize, metadata: usize): bool {
  if (form != 2) return true;
  const ranks = operand.rank(d) >= 2 && operand.rank(compressed) >= 2 && operand.rank(metadata) >= 2;
  if (!ranks || lastDim(compressed) != lastDim(d) || lastDim(metadata) != lastDim(d)) return false;
  const most = <i64>ELEMENT_MAX, depth = productAtMost(d, 0, operand.rank(d) - 1, most);
  return depth <= most && productAtMost(compressed, 0, operand.rank(compressed) - 1, most) * 2 == depth
    && productAtMost(metadata, 0, operand.rank(metadata) - 1, most) * 4 == depth;
}
export function lutDims(form: u32, table: usize): bool {
  return operand.rank(table) == 1 && operand.dims(table, 0) == <u32>(form == 0 ? 256 : form == 3 ? 65536 : 513);
}
export function tableDims(d: usize, table: usize): bool {
  return operand.rank(table) == 2 && operand.dims(table, 0) == lastDim(d) && operand.dims(table, 1) == 4;
}
export function tableNeeded(present: u32, activation: u32, mode: usize): bool {
  return present == 1 || (numeric.scale(mode) == 0 && activation != 2);
}
