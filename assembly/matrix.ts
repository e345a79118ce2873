//! matrix: the matrix unit's instructions on views of any shape: weights in, accumulators set, multiplied, depthwise or not.
import {
  AINIT, MM, WLOAD, control, dot, format, mode as numeric, operand, profile, retirement, slot as shape, state, triple,
} from './encoding';
import { countsAll, isFloat } from './element';
import { alignedRows, isAligned } from './aligned';
import { areExact, areFinite, careOf, chainRow, chainRows, isPlainChain } from './chain';
import { dotRow, dotRows } from './dot';
import { width } from './extent';
import { fillElements, moveTensor } from './dma';
import { maxInteger, minInteger } from './float';
import { fusedRows, isFusedFast } from './fused';
import { PLAN_BYTES, multiplyRows, plan } from './multiply';
import { multiplyBytes, multiplyTaps } from './depthwise';
import { allKnown, blockOf, columnSums, exponentRange, isSparse, loadSlot, panelsAt, rowsAt, scalesAt } from './pack';
import { markOperand, spaceAt } from './pages';
import { formatOf } from './rows';
import { sparseRow } from './sparse';
import { spreadKnown } from './spread';
import { leastExponentOf, mostExponentOf } from './terms';
import { hostRows, isHostRounded } from './tree';
import { RUNS_BYTES, byteRows, isByteRow, listRuns, listTaps, runs, widenFloats, widenIntegers, widenTaps } from './tile';
import { WALK_BYTES, next, open, planeRows, walk } from './walk';
import { floatRun } from './widen';

const PLAN: usize = memory.data(PLAN_BYTES, 8);
const RUNS: usize = memory.data(RUNS_BYTES, 8);
/** Walks over the rows of A and of the accumulators. */
const A_ROWS: usize = memory.data(WALK_BYTES, 8);
const ACC_ROWS: usize = memory.data(WALK_BYTES, 8);
/** Bytes of a tile of several rows; one of a few may be larger. */
export const TILE_BYTES: u32 = 0x8000;
/** The least raw exponent of fp16 numbers. */
const FP16_LEAST: i32 = -14;

/** The slot takes A by value, and B where it is sparse or scaled. */
export function loadWeights(at: usize): void {
  const words = retirement.wordsAt(at);
  loadSlot(WLOAD.slot(words), retirement.operands(at, 1), WLOAD.form(words), retirement.operands(at, 2));
}

/** The accumulators become +0, or the elements of A widened exactly. */
export function initialise(at: usize): void {
  const acc = retirement.operands(at, 0);
  if (AINIT.op(retirement.wordsAt(at)) == 1) {
    moveTensor(acc, retirement.operands(at, 1), retirement.modeAt(at));
    return;
  }
  markOperand(acc, true);
  fillElements(acc, 0, true);
}

/** acc[m, n] = Dot(C, a[m, ..], w[.., n]); depthwise, acc[m, c] = Dot(C, a[m, .., c], w[.., c]). */
export function multiplyTensor(at: usize, depthwise: bool): void {
  const words = retirement.wordsAt(at), acc = retirement.operands(at, 0), a = retirement.operands(at, 1), mode = retirement.modeAt(at);
  const slot = MM.slot(words), adds = MM.op(words) != 0, mRank = MM.mRank(words), rank = operand.rank(a);
  const kernel = kernelOf(operand.dtype(a), shape.dtype(state.slots(slot)), operand.dtype(acc), numeric.dot(mode));
  const scales = !depthwise && MM.scaled(words) ? retirement.operands(at, 2) : 0;
  const depth = shape.depth(state.slots(slot)), columns = shape.columns(state.slots(slot));
  const offsets = up(<usize>control.scratch()), terms = up(offsets + (<usize>depth << 3)), tile = up(terms + (<usize>columns + 16 << 2));
  listRuns(RUNS, a, mRank, depthwise ? rank - 1 : rank, offsets);
  spreadKnown(RUNS, acc, a, scales, slot, mRank, adds, depthwise);
  if (depthwise) listTaps(RUNS, a, mRank, rank - 1, offsets);
  setPlan(acc, a, slot, mode, kernel, adds, terms);
  if (scales) openScales(scales, slot);
  const floats = isFloat(formatOf(a));

  open(A_ROWS, 0, mRank, false, a, 0, 0, 0);
  open(ACC_ROWS, 0, operand.rank(acc) - 1, false, acc, 0, 0, 0);
  const aBase = <u64>spaceAt(operand.space(a)) << 3, accBase = spaceAt(operand.space(acc));
  const aStep = walk.step(A_ROWS, 0), accStep = walk.step(ACC_ROWS, 0), aLength = walk.length(A_ROWS), accLength = walk.length(ACC_ROWS);
  let aUsed: u32 = 0, accUsed: u32 = 0;
  while (true) {
    const rows = min(aLength - aUsed, accLength - accUsed);
    const from = aBase + <u64>(walk.address(A_ROWS, 0) + <i64>aUsed * aStep);
    const to = accBase + <usize>((walk.address(ACC_ROWS, 0) + <i64>accUsed * accStep) >>> 3);
    if (depthwise) tapRows(a, slot, tile, from, aStep, to, <isize>(accStep >>> 3), rows, columns, floats);
    else if (floats) floatRows(a, slot, scales, tile, from, aStep, to, <isize>(accStep >>> 3), rows);
    else integerRows(slot, tile, from, aStep, to, <isize>(accStep >>> 3), rows);
    aUsed += rows;
    accUsed += rows;
    if (aUsed == aLength) {
      if (!next(A_ROWS)) return;
      aUsed = 0;
    }
    if (accUsed == accLength) {
      next(ACC_ROWS);
      accUsed = 0;
    }
  }
}

@inline function up(address: usize): usize { return (address + 15) & ~15; }

// ---- products that are done again
/** A product of dense bytes: rows, bytes from one to the next of A and of the accumulators, its plan. */
export const PRODUCT_BYTES: usize = 24 + PLAN_BYTES;
export namespace product {
  @inline export function rows(at: usize): u32 { return load<u32>(at); }
  @inline export function aStep(at: usize): isize { return <isize>load<i32>(at, 4); }
  @inline export function stride(at: usize): isize { return <isize>load<i32>(at, 8); }
  @inline export function tile(at: usize): usize { return <usize>load<u32>(at, 12); }
  /** Rows that the tile has room for. */
  @inline export function block(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function planAt(at: usize): usize { return at + 24; }
}

/** Keeps at `to` the geometry of the product that has just been done; false where it is none of dense bytes and rows a constant step apart. */
export function keepProduct(at: usize, to: usize): bool {
  const words = retirement.wordsAt(at), a = retirement.operands(at, 1), slot = MM.slot(words);
  if (MM.scaled(words) || isSparse(slot) || isFloat(formatOf(a)) || plan.zpa(PLAN) || planeRows(A_ROWS) > 1 || planeRows(ACC_ROWS) > 1) return false;
  if (!isByteRow(RUNS) || walk.length(A_ROWS) != walk.length(ACC_ROWS)) return false;
  store<u32>(to, walk.length(A_ROWS));
  store<i32>(to, <i32>(walk.step(A_ROWS, 0) >>> 3), 4);
  store<i32>(to, <i32>(walk.step(ACC_ROWS, 0) >>> 3), 8);
  store<u32>(to, <u32>up(plan.terms(PLAN) + (<usize>plan.columns(PLAN) + 16 << 2)), 12);
  store<u32>(to, max<u32>(2, TILE_BYTES / ((plan.depth(PLAN) + 1 & ~1) << 1) & ~1), 16);
  memory.copy(product.planAt(to), PLAN, PLAN_BYTES);
  return true;
}

/** The same product of other bytes; all of its operands are known. False, and nothing has happened, where weights are not. */
export function multiplyKept(at: usize, kept: usize): bool {
  const its = product.planAt(kept), acc = retirement.operands(at, 0), a = retirement.operands(at, 1), tile = product.tile(kept);
  if (!allKnown(MM.slot(retirement.wordsAt(at)))) return false;
  const depth = plan.depth(its), block = product.block(kept), signed = format.signed(formatOf(a)) != 0;
  let from = spaceAt(operand.space(a)) + <usize>(operand.address(a) >>> 3), to = spaceAt(operand.space(acc)) + <usize>(operand.address(acc) >>> 3);
  for (let i: usize = 0; i < <usize>plan.columns(its) << 2; i += 64) clear(plan.terms(its) + i);
  for (let left = product.rows(kept); left;) {
    const rows = min(block, left);
    byteRows(tile, from, product.aStep(kept), rows, depth, signed);
    multiplyRows(its, tile, rows, to, product.stride(kept));
    from += <usize>(<isize>rows * product.aStep(kept));
    to += <usize>(<isize>rows * product.stride(kept));
    left -= rows;
  }
  return true;
}

/** 64 bytes; a call of memory.fill takes longer. */
@inline function clear(at: usize): void {
  const zero = i32x4.splat(0);
  v128.store(at, zero);
  v128.store(at, zero, 16);
  v128.store(at, zero, 32);
  v128.store(at, zero, 48);
}

function integerRows(slot: u32, tile: usize, from: u64, aStep: i64, to: usize, stride: isize, rows: u32): void {
  const depth = shape.depth(state.slots(slot)), rowBytes = <usize>(depth + 1 & ~1) << 1, sparse = isSparse(slot);
  const block = max<u32>(2, TILE_BYTES / <u32>rowBytes & ~1);
  for (let row: u32 = 0; row < rows; row += block) {
    const count = min(block, rows - row), acc = to + <usize>(<isize>row * stride);
    widenIntegers(RUNS, tile, from + <u64>(<i64>row * aStep), aStep, count, depth);
    if (sparse) sparseRows(slot, tile, rowBytes, 2, count, acc, stride, roomBehind(tile, depth));
    else multiplyRows(PLAN, tile, count, acc, stride);
  }
}

function floatRows(a: usize, slot: u32, scales: usize, tile: usize, from: u64, aStep: i64, to: usize, stride: isize, rows: u32): void {
  const depth = shape.depth(state.slots(slot)), block = max<u32>(2, TILE_BYTES / (depth << 2) & ~1), weights = weightsOf(slot);
  const sparse = isSparse(slot), chained = isPlainChain(PLAN), room = roomBehind(tile, depth);
  for (let row: u32 = 0; row < rows; row += block) {
    const count = min(block, rows - row), acc = to + <usize>(<isize>row * stride), numbers = <usize>count * depth;
    widenFloats(RUNS, tile, from + <u64>(<i64>row * aStep), aStep, count);
    if (sparse) sparseRows(slot, tile, <usize>depth << 2, 4, count, acc, stride, room);
    else if (scales) scaledRows(scales, slot, tile, count, acc, stride, room);
    else if (chained) chainRows(PLAN, tile, count, acc, stride, careOf(formatOf(a), weights, slot, tile, numbers));
    else otherRows(formatOf(a), slot, tile, count, acc, stride, room);
  }
}

/** By 32-bit integers (which do not tell what is lost) or 64-bit ones, or by the host's additions, where the kernel and the numbers are such; else the general way. */
function otherRows(a: usize, slot: u32, tile: usize, rows: u32, acc: usize, stride: isize, room: usize): void {
  const weights = weightsOf(slot), range = exponentRange(tile, <usize>rows * <usize>plan.depth(PLAN)), exact = areExact(a, weights, slot, range);
  const finite = areFinite(slot, range);
  if (finite && exact && !countsAll() && isFusedFast(PLAN, a, weights)) fusedRows(PLAN, tile, rows, acc, stride, room, range, slot);
  else if (finite && isAligned(PLAN)) alignedRows(PLAN, tile, rows, acc, stride, room);
  else if (isHostRounded(PLAN, exact)) hostRows(PLAN, tile, rows, acc, stride);
  else dotRows(PLAN, tile, rows, acc, stride);
}

/** Scratch behind the tile. */
@inline function roomBehind(tile: usize, depth: u32): usize { return up(tile + max(TILE_BYTES, depth << 3)); }

function sparseRows(slot: u32, tile: usize, rowBytes: usize, bytes: usize, rows: u32, acc: usize, stride: isize, room: usize): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    sparseRow(PLAN, slot, tile + row * rowBytes, bytes, 0, bytes, 0, plan.columns(PLAN), acc + <usize>(<isize>row * stride), room);
  }
}

/** A walk over the rows of A's scales, and how many of its current one are used. */
const SCALE_ROWS: usize = memory.data(WALK_BYTES, 8);
const SCALE_USED: usize = memory.data(4, 4);

function openScales(b: usize, slot: u32): void {
  const row = formatOf(b);
  open(SCALE_ROWS, 0, operand.rank(b) - 1, false, b, 0, 0, 0);
  store<u32>(SCALE_USED, 0);
  store<u32>(PLAN, blockOf(operand.dtype(b)), 72);
  store<i32>(PLAN, leastExponentOf(row), 84);
  plan.setWScales(PLAN, scalesAt(slot));
}

/** Rows one by one, each with its scales. */
function scaledRows(b: usize, slot: u32, tile: usize, rows: u32, acc: usize, stride: isize, room: usize): void {
  const depth = <usize>plan.depth(PLAN), last = operand.rank(b) - 1, blocks = operand.dims(b, last), step = <i64>operand.strides(b, last) << 3;
  const base = <u64>spaceAt(operand.space(b)) << 3;
  plan.setAScales(PLAN, room);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const used = load<u32>(SCALE_USED);
    floatRun(room, base + <u64>(walk.address(SCALE_ROWS, 0) + <i64>used * walk.step(SCALE_ROWS, 0)), step, blocks, formatOf(b));
    dotRows(PLAN, tile + row * (depth << 2), 1, acc + <usize>(<isize>row * stride), stride);
    const all = used + 1 == walk.length(SCALE_ROWS);
    store<u32>(SCALE_USED, all ? 0 : used + 1);
    if (all) next(SCALE_ROWS);
  }
}

function tapRows(
  a: usize, slot: u32, tile: usize, from: u64, aStep: i64, to: usize, stride: isize, rows: u32, columns: u32, floats: bool,
): void {
  const channel = <i64>operand.strides(a, operand.rank(a) - 1) * <i64>width(a), bytes = format.width(plan.accumulator(PLAN)) >>> 3;
  const depth = plan.depth(PLAN), weights = weightsOf(slot), sparse = isSparse(slot), chained = floats && isPlainChain(PLAN);
  const room = tile + (<usize>shape.depth(state.slots(slot)) << 6), tapBytes: usize = floats ? 64 : 32;
  for (let column: u32 = 0; column < columns; column += 16) {
    const count = min<u32>(16, columns - column), panel = plan.panels(PLAN) + <usize>(column >>> 4) * (<usize>depth << 6);
    const first = <usize>(from + <u64>(<i64>column * channel) >>> 3), accFirst = to + <usize>(column * bytes);
    if (!floats && !sparse && channel == 8 && multiplyBytes(PLAN, RUNS, tile, first, <usize>(aStep >> 3), rows, column, count, accFirst, stride)) continue;
    for (let row: u32 = 0; row < rows; row++) {
      const acc = to + <usize>(<isize>row * stride) + <usize>(column * bytes);
      const source = from + <u64>(<i64>row * aStep + <i64>column * channel);
      widenTaps(RUNS, tile, source, channel, count);
      if (sparse) sparseRow(PLAN, slot, tile, tapBytes, floats ? 4 : 2, floats ? 4 : 2, column, count, acc, room);
      else if (chained) chainRow(PLAN, tile, 64, panel, count, acc, careOf(formatOf(a), weights, slot, tile, <usize>depth << 4));
      else if (floats) dotRow(PLAN, tile, 64, panel, count, acc);
      else multiplyTaps(PLAN, tile, column, count, acc);
    }
  }
}

@inline function weightsOf(slot: u32): usize { return profile.formats(shape.dtype(state.slots(slot))); }

/** The kernel that a mode picks for three dtypes; the rules have found it. */
function kernelOf(activation: u32, weight: u32, accumulator: u32, index: u32): usize {
  for (let i: u32 = 0; i < profile.tripleCount(); i++) {
    const at = profile.triples(i);
    if (triple.activation(at) != activation || triple.weight(at) != weight || triple.accumulator(at) != accumulator) continue;
    return triple.dots(at, index);
  }
  return unreachable();
}

function setPlan(acc: usize, a: usize, slot: u32, mode: usize, kernel: usize, adds: bool, terms: usize): void {
  const weights = weightsOf(slot), depth = rowsAt(slot), columns = shape.columns(state.slots(slot));
  const accumulator = formatOf(acc), bits = dot.psumBits(kernel);
  store<u32>(PLAN, depth);
  store<u32>(PLAN, columns, 4);
  store<u32>(PLAN, <u32>panelsAt(slot), 8);
  store<u32>(PLAN, <u32>terms, 16);
  store<u32>(PLAN, <u32>accumulator, 20);
  store<u32>(PLAN, <u32>adds, 36);
  if (isFloat(weights)) {
    store<u32>(PLAN, dot.join(kernel), 32);
    store<u32>(PLAN, <u32>kernel, 56);
    // Operands that are converted to fp16 first have its exponents.
    const converted = dot.operands(kernel) != 0;
    store<i32>(PLAN, converted ? FP16_LEAST : leastExponentOf(formatOf(a)), 60);
    store<i32>(PLAN, converted ? FP16_LEAST : leastExponentOf(weights), 64);
    store<u32>(PLAN, format.width(accumulator) >>> 3, 68);
    store<u32>(PLAN, 0, 72);
    store<i32>(PLAN, mostExponentOf(formatOf(a)), 88);
    store<i32>(PLAN, mostExponentOf(weights), 92);
    return;
  }
  const zpa = zeroPoint(formatOf(a), numeric.zpa(mode)), zpw = zeroPoint(weights, numeric.zpb(mode));
  const isat = numeric.isat(mode);
  const reach = <i64>depth * farthest(formatOf(a), numeric.zpa(mode)) * farthest(weights, numeric.zpb(mode));
  const s32 = format.bits(accumulator) == 32 && format.signed(accumulator) != 0;
  store<i32>(PLAN, zpa, 24);
  store<i32>(PLAN, zpw, 28);
  store<u32>(PLAN, bits, 32);
  store<u32>(PLAN, isat, 40);
  store<u32>(PLAN, <u32>(s32 && (!isat || (bits != 0 && bits <= 32) || reach <= i32.MAX_VALUE)), 44);
  store<u32>(PLAN, <u32>min<i64>(reach, i32.MAX_VALUE), 52);
  store<u32>(PLAN, <u32>(!s32 && (bits == 0 || bits > 32) && reach <= i32.MAX_VALUE && format.bits(accumulator) == 64), 48);
  const sums = zpa ? columnSums(slot) : 0;
  store<u32>(PLAN, <u32>sums, 12);
  if (!zpa) {
    memory.fill(terms, 0, <usize>((columns + 15) & ~15) << 2);
    return;
  }
  for (let column: usize = 0; column < <usize>columns; column++) {
    const term = <i64>zpa * (<i64>depth * <i64>zpw - load<i64>(sums + (column << 3)));
    store<i32>(terms + (column << 2), <i32>term);
  }
}

/** Zero point of the values as the tiles hold them: u16 less 32768. */
@inline function zeroPoint(row: usize, zp: i32): i32 { return format.signed(row) == 0 && format.bits(row) == 16 ? zp - 32768 : zp; }

/** The greatest magnitude of a value less its zero point. */
@inline function farthest(row: usize, zp: i32): i64 { return max(<i64>zp - minInteger(row), maxInteger(row) - <i64>zp); }
