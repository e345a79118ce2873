//! pack: weight slots: the elements by value, whether each is known, and the panels of 16 columns that the kernels read.
import { control, format, operand, profile, retirement, slot as shape, SLOT_BYTES, state, WLOAD } from './encoding';
import { isFloat, readNibble } from './element';
import { copyRow } from './move';
import { elementKnown, operandKnown, spaceAt } from './pages';
import { formatOf } from './rows';
import { WALK_BYTES, next, open, walk } from './walk';
import { centred, floatRun } from './widen';

/**
 * A slot: a header of 64 bytes, the codes [K][N] in whole bytes and behind them a byte for each scale or element of metadata, a byte 1
 * for each known one, the panels; each begins on 16 bytes. K here counts rows of codes: half of what activations have where it is sparse.
 * Integer panels [N/16][K/2][16][2] of i16, then the sums of the columns as i64; float panels [N/16][K][16] of f32, then those of
 * the scales [N/16][K/block][16]. What lies
 * beyond K and N is 0. u16 is kept less 32768, which its zero point takes back.
 */
const HEADER: usize = 64;
const WALK: usize = memory.data(WALK_BYTES, 8);

namespace header {
  @inline export function known(at: usize): bool { return load<u32>(at) != 0; }
  @inline export function setKnown(at: usize, value: bool): void { store<u32>(at, <u32>value); }
  @inline export function facts(at: usize): bool { return load<u32>(at, 4) != 0; }
  @inline export function setFacts(at: usize, value: bool): void { store<u32>(at, <u32>value, 4); }
  @inline export function least(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function greatest(at: usize): u32 { return load<u32>(at, 12); }
}

@inline export function slotAt(slot: u32): usize { return <usize>control.slots() + <usize>slot * <usize>profile.slotBytes(); }
/** Codes of a slot: [K][N] of codeBytes each. */
@inline export function codesAt(slot: u32): usize { return slotAt(slot) + HEADER; }
@inline export function codeBytes(slot: u32): usize { return max<usize>(1, format.width(rowOf(slot)) >>> 3); }
/** A byte for each code, 1 where it is known. */
export function flagsAt(slot: u32): usize { return up(besideAt(slot) + besideCount(slot)); }
export function panelsAt(slot: u32): usize { return up(flagsAt(slot) + count(slot) + besideCount(slot)); }
/** Scales or metadata of a slot: a byte each, [rows][N]. */
@inline export function besideAt(slot: u32): usize { return codesAt(slot) + count(slot) * codeBytes(slot); }
export const SPARSE: u32 = 1, SCALED: u32 = 2;
@inline export function isSparse(slot: u32): bool { return shape.form(state.slots(slot)) == SPARSE; }
/** Rows of codes, and of what lies beside them. */
@inline export function rowsAt(slot: u32): u32 { return shape.depth(state.slots(slot)) >>> <u32>isSparse(slot); }
export function besideRows(slot: u32): u32 {
  const at = state.slots(slot), block = blockOf(shape.scales(at));
  if (shape.form(at) == SPARSE) return shape.depth(at) >>> 2;
  return shape.form(at) == SCALED ? (shape.depth(at) + block - 1) / block : 0;
}
/** Elements that share a scale: 32 of e8m0, 16 of ue4m3. */
@inline export function blockOf(scales: u32): u32 { return scales == E8M0 ? 32 : 16; }
const E8M0: u32 = 0x15;
@inline function besideCount(slot: u32): usize { return <usize>besideRows(slot) * <usize>shape.columns(state.slots(slot)); }
/** Panels of the scales of a slot. */
export function scalesAt(slot: u32): usize {
  return panelsAt(slot) + <usize>((shape.columns(state.slots(slot)) + 15) >>> 4) * (<usize>rowsAt(slot) << 6);
}
@inline export function allKnown(slot: u32): bool { return header.known(slotAt(slot)); }
@inline function rowOf(slot: u32): usize { return profile.formats(shape.dtype(state.slots(slot))); }
@inline function count(slot: u32): usize { return <usize>rowsAt(slot) * <usize>shape.columns(state.slots(slot)); }
@inline function up(address: usize): usize { return (address + 15) & ~15; }

/** Takes a tile by value: its last dim is N, the others are K; beside it, by its form, metadata or scales. */
export function loadSlot(slot: u32, w: usize, form: u32, beside: usize): void {
  const rank = operand.rank(w), columns = operand.dims(w, rank - 1);
  let depth: u32 = 1;
  for (let axis: u32 = 0; axis < rank - 1; axis++) depth *= operand.dims(w, axis);
  const at = state.slots(slot);
  shape.setLoaded(at, 1);
  shape.setDtype(at, operand.dtype(w));
  shape.setDepth(at, depth << <u32>(form == SPARSE));
  shape.setColumns(at, columns);
  shape.setForm(at, form);
  shape.setScales(at, form == SCALED ? operand.dtype(beside) : 0);

  copyCodes(codesAt(slot), w, <usize>codeBytes(slot));
  if (form) copyCodes(besideAt(slot), beside, 1);
  const known = operandKnown(w) && (!form || operandKnown(beside));
  header.setKnown(slotAt(slot), known);
  if (known) memory.fill(flagsAt(slot), 1, count(slot) + besideCount(slot));
  else {
    copyFlags(flagsAt(slot), w);
    if (form) copyFlags(flagsAt(slot) + count(slot), beside);
  }
  packSlot(slot);
}

/** The codes of a tile in whole bytes, row-major. */
function copyCodes(at: usize, w: usize, bytes: usize): void {
  const base = <u64>spaceAt(operand.space(w)) << 3, bits = format.width(formatOf(w));
  let to = at;
  open(WALK, 0, operand.rank(w), false, w, 0, 0, 0);
  const length = walk.length(WALK), step = walk.step(WALK, 0);
  do {
    const from = base + <u64>walk.address(WALK, 0);
    if (bits == 4) for (let i: u32 = 0; i < length; i++) store<u8>(to + i, <u8>readNibble(from + <u64>(<i64>i * step)));
    else copyRow(<u64>to << 3, bits, from, step, length, bits, true);
    to += <usize>length * bytes;
  } while (next(WALK));
}

// ---- weights that are loaded again
/** A tile of integers of a byte: the slot's shape, rows, bytes from one to the next, codes and panels of the slot. */
export const WEIGHTS_BYTES: usize = SLOT_BYTES + 16;
export namespace weights {
  @inline export function rows(at: usize): u32 { return load<u32>(at + SLOT_BYTES); }
  @inline export function stride(at: usize): isize { return <isize>load<i32>(at + SLOT_BYTES, 4); }
  @inline export function codes(at: usize): usize { return <usize>load<u32>(at + SLOT_BYTES, 8); }
  @inline export function panels(at: usize): usize { return <usize>load<u32>(at + SLOT_BYTES, 12); }
}

/** Keeps at `to` the geometry of the weights that have just been loaded; false where they are not dense integers of a byte, in whole panels. */
export function keepWeights(at: usize, to: usize): bool {
  const words = retirement.wordsAt(at), slot = WLOAD.slot(words), w = retirement.operands(at, 1), columns = operand.dims(w, 1);
  if (WLOAD.form(words) || operand.rank(w) != 2 || (columns & 15) || operand.strides(w, 1) != 1 || isFloat(formatOf(w)) || format.bits(formatOf(w)) != 8) return false;
  for (let i: usize = 0; i < SLOT_BYTES; i += 8) store<u64>(to + i, load<u64>(state.slots(slot) + i));
  store<u32>(to + SLOT_BYTES, operand.dims(w, 0));
  store<i32>(to + SLOT_BYTES, operand.strides(w, 0), 4);
  store<u32>(to + SLOT_BYTES, <u32>codesAt(slot), 8);
  store<u32>(to + SLOT_BYTES, <u32>panelsAt(slot), 12);
  return true;
}

/** The same weights with other bytes, all of them known. */
export function loadKept(at: usize, kept: usize): void {
  const slot = WLOAD.slot(retirement.wordsAt(at)), w = retirement.operands(at, 1), columns = operand.dims(w, 1), stride = weights.stride(kept);
  const rows = weights.rows(kept), signed = format.signed(formatOf(w)) != 0, its = state.slots(slot);
  let same = allKnown(slot);
  for (let i: usize = 0; i < SLOT_BYTES; i += 8) {
    same = same && load<u64>(its + i) == load<u64>(kept + i);
    store<u64>(its + i, load<u64>(kept + i));
  }
  if (!same) memory.fill(flagsAt(slot), 1, count(slot));
  header.setKnown(slotAt(slot), true);
  header.setFacts(slotAt(slot), false);
  const from = spaceAt(operand.space(w)) + <usize>(operand.address(w) >> 3), codes = weights.codes(kept);
  let to = weights.panels(kept);
  for (let column: usize = 0; column < <usize>columns; column += 16) {
    let source = from + column, code = codes + column;
    for (let k: u32 = 0; k < rows; k += 2, to += 64) {
      const first = v128.load(source), second = k + 1 < rows ? v128.load(source + <usize>stride) : i8x16.splat(0);
      v128.store(code, first);
      if (k + 1 < rows) v128.store(code + <usize>columns, second);
      interleave(to, first, second, signed);
      source += <usize>(stride << 1);
      code += <usize>columns << 1;
    }
  }
}

/** For the host, after it wrote the codes and flags of a slot and its shape in the state. */
export function restoreSlot(slot: u32): void {
  let known = true;
  const all = count(slot) + besideCount(slot);
  for (let i: usize = 0; i < all; i++) known = known && load<u8>(flagsAt(slot) + i) != 0;
  header.setKnown(slotAt(slot), known);
  packSlot(slot);
}

function copyFlags(at: usize, w: usize): void {
  const bits = format.width(formatOf(w));
  let to = at;
  open(WALK, 0, operand.rank(w), false, w, 0, 0, 0);
  do {
    for (let i: i64 = 0; i < <i64>walk.length(WALK); i++) {
      store<u8>(to++, <u8>elementKnown(operand.space(w), walk.address(WALK, 0) + i * walk.step(WALK, 0), bits));
    }
  } while (next(WALK));
}

function packSlot(slot: u32): void {
  const depth = rowsAt(slot), columns = shape.columns(state.slots(slot)), row = rowOf(slot);
  header.setFacts(slotAt(slot), false);
  if (isFloat(row)) {
    packFloats(panelsAt(slot), codesAt(slot), codeBytes(slot), row, depth, columns);
    const scales = profile.formats(shape.scales(state.slots(slot)));
    if (shape.form(state.slots(slot)) == SCALED) packFloats(scalesAt(slot), besideAt(slot), 1, scales, besideRows(slot), columns);
  } else packIntegers(slot, row, depth, columns);
}

/** The columns of a panel; behind the last one of the weights stands 0. */
const COLUMNS: usize = memory.data<u8>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);

function packIntegers(slot: u32, row: usize, depth: u32, columns: u32): void {
  const codes = codesAt(slot), bytes = codeBytes(slot), signed = format.signed(row) != 0;
  let to = panelsAt(slot);
  for (let column: u32 = 0; column < columns; column += 16) {
    for (let k: u32 = 0; k < depth; k += 2, to += 64) {
      const first = codes + (<usize>k * columns + column) * bytes, second = first + <usize>columns * bytes;
      if (ASC_FEATURE_SIMD) {
        if (format.bits(row) == 8) {
          const inside = i8x16.lt_u(v128.load(COLUMNS), i8x16.splat(<i8>min<u32>(16, columns - column)));
          interleave(to, v128.and(v128.load(first), inside), k + 1 < depth ? v128.and(v128.load(second), inside) : i8x16.splat(0), signed);
          continue;
        }
      }
      for (let i: u32 = 0; i < 16; i++) {
        const inside = column + i < columns;
        store<i16>(to + (<usize>i << 2), inside ? <i16>centred(row, codeAt(first + <usize>i * bytes, bytes)) : 0);
        store<i16>(to + (<usize>i << 2), inside && k + 1 < depth ? <i16>centred(row, codeAt(second + <usize>i * bytes, bytes)) : 0, 2);
      }
    }
  }
}

/** 16 columns of `rows` rows of bytes, an even number, as a panel. */
export function packBytes(to: usize, from: usize, stride: isize, rows: u32, signed: bool): void {
  if (signed) eachPair(to, from, stride, rows, true);
  else eachPair(to, from, stride, rows, false);
}
@inline function eachPair(to: usize, from: usize, stride: isize, rows: u32, signed: bool): void {
  for (let k: u32 = 0, panel = to, source = from; k < rows; k += 2, panel += 64, source += <usize>(stride << 1)) {
    interleave(panel, v128.load(source), v128.load(source + <usize>stride), signed);
  }
}

/** 16 columns of two rows of bytes as pairs of i16. */
@inline function interleave(to: usize, x: v128, y: v128, signed: bool): void {
  const low = v128.shuffle<i8>(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const high = v128.shuffle<i8>(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(to, signed ? i16x8.extend_low_i8x16_s(low) : i16x8.extend_low_i8x16_u(low));
  v128.store(to, signed ? i16x8.extend_high_i8x16_s(low) : i16x8.extend_high_i8x16_u(low), 16);
  v128.store(to, signed ? i16x8.extend_low_i8x16_s(high) : i16x8.extend_low_i8x16_u(high), 32);
  v128.store(to, signed ? i16x8.extend_high_i8x16_s(high) : i16x8.extend_high_i8x16_u(high), 48);
}

/** Of an integer; weights of four bytes are floats. */
@inline function codeAt(at: usize, bytes: usize): u64 { return bytes == 1 ? <u64>load<u8>(at) : <u64>load<u16>(at); }

function packFloats(panels: usize, codes: usize, bytes: usize, row: usize, depth: u32, columns: u32): void {
  let to = panels;
  for (let column: u32 = 0; column < columns; column += 16) {
    for (let k: u32 = 0; k < depth; k++, to += 64) {
      const from = codes + (<usize>k * columns + column) * bytes, width = min<u32>(16, columns - column);
      if (width < 16) memory.fill(to, 0, 64);
      floatRun(to, <u64>from << 3, <i64>bytes << 3, width, row);
    }
  }
}

/** i64 sums of the columns of an integer slot; counted when first asked for. */
export function columnSums(slot: u32): usize {
  const depth = rowsAt(slot), columns = shape.columns(state.slots(slot));
  const panelBytes = <usize>((depth + 1) >>> 1) << 6, sums = panelsAt(slot) + <usize>((columns + 15) >>> 4) * panelBytes;
  if (header.facts(slotAt(slot))) return sums;
  for (let column: u32 = 0; column < columns; column++) {
    let at = panelsAt(slot) + <usize>(column >>> 4) * panelBytes + (<usize>(column & 15) << 2), sum: i64 = 0;
    for (let k: u32 = 0; k < depth; k += 2, at += 64) sum += <i64>load<i16>(at) + <i64>load<i16>(at, 2);
    store<i64>(sums + (<usize>column << 3), sum);
  }
  header.setFacts(slotAt(slot), true);
  return sums;
}

/** The least and the greatest biased fp32 exponent among the non-zero weights, Inf and NaN as 255; 255 and 0 when there is none. */
export function leastExponent(slot: u32): u32 {
  countExponents(slot);
  return header.least(slotAt(slot));
}
export function greatestExponent(slot: u32): u32 {
  countExponents(slot);
  return header.greatest(slotAt(slot));
}

function countExponents(slot: u32): void {
  const at = slotAt(slot);
  if (header.facts(at)) return;
  const depth = rowsAt(slot), columns = shape.columns(state.slots(slot));
  store<u64>(at, exponentRange(panelsAt(slot), <usize>((columns + 15) >>> 4) * depth * 16), 8);
  header.setFacts(at, true);
}

/**
 * Of fp32 numbers: the least biased exponent among those that are not zero (subnormals count as 1) in the low word, the greatest in
 * the high one. 255 and 0 for zeros alone; Inf and NaN count as they stand, 255.
 */
export function exponentRange(from: usize, numbers: usize): u64 {
  let least: u32 = 0xffff_ffff, greatest: u32 = 0, i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    const magnitude = i32x4.splat(0x7fff_ffff), one = i32x4.splat(1);
    let low = i32x4.splat(-1), high = i32x4.splat(0);
    for (; i + 8 <= numbers; i += 8) {
      const x = v128.and(v128.load(from + (i << 2)), magnitude), y = v128.and(v128.load(from + (i << 2), 16), magnitude);
      low = i32x4.min_u(low, i32x4.min_u(i32x4.sub(x, one), i32x4.sub(y, one)));
      high = i32x4.max_u(high, i32x4.max_u(x, y));
    }
    for (; i + 4 <= numbers; i += 4) {
      const bits = v128.and(v128.load(from + (i << 2)), magnitude);
      low = i32x4.min_u(low, i32x4.sub(bits, one));                     // zero goes to the top
      high = i32x4.max_u(high, bits);
    }
    // Unsigned throughout: a lane that met zeros alone is all ones, and the greatest.
    const top = v128.not(high), both = i32x4.min_u(v128.shuffle<i32>(low, top, 0, 1, 4, 5), v128.shuffle<i32>(low, top, 2, 3, 6, 7));
    least = min<u32>(<u32>i32x4.extract_lane(both, 0), <u32>i32x4.extract_lane(both, 1));
    greatest = ~min<u32>(<u32>i32x4.extract_lane(both, 2), <u32>i32x4.extract_lane(both, 3));
  }
  for (; i < numbers; i++) {
    const bits = load<u32>(from + (i << 2)) & 0x7fff_ffff;
    least = min(least, bits - 1);
    greatest = max(greatest, bits);
  }
  const lowest = least == 0xffff_ffff ? 255 : max<u32>(1, (least + 1) >>> 23);
  return <u64>lowest | (<u64>(greatest >>> 23) << 32);
}
