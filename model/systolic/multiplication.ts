//! multiplication: an mm or mdw of the matrix unit as tiles of an array, from its record and the memories, with where its results go.
import { type DotRecord, exactSumBits } from '../numerics/dot-record.ts';
import { bitAddress, elementCount, indices, product } from '../isa/tensor.ts';
import { FORM_DENSE, rowsOfSlot, type SlotShape, type Tensor, type Triple } from '../isa/view.ts';
import type { Closed } from '../machine/closed.ts';
import type { Profile } from '../machine/profile.ts';
import { type Format, formatByCode } from '../numerics/format.ts';
import type { Shape } from './closed-forms.ts';
import type { Arithmetic, ClockedArray, Layout } from './kernel.ts';
import { type Streamed, throughOutputs, throughWeights, type Tile } from './stimulus.ts';

/** Bytes of a machine's memories. */
export interface Bytes { read(space: number, address: number, byteCount: number): Uint8Array }

/** Weights by value: codes [K][N] of a dense slot, none of another. */
export interface Weights extends SlotShape { readonly codes: readonly bigint[] | undefined }

/** An instruction that multiplies, as the array takes it. */
export interface Multiplication {
  readonly triple: Triple;
  readonly shape: Shape;
  readonly kernel: string;
  readonly record: DotRecord;
  readonly isDepthwise: boolean;
  readonly adds: boolean;
  readonly isat: boolean;
  readonly zpa: number;
  readonly zpw: number;
  readonly acc: Tensor;
  readonly a: Tensor;
  readonly weights: Weights;
  /** Rows of results, products of each, columns. */
  readonly rowCount: number;
  readonly depth: number;
  readonly columns: number;
  readonly mRank: number;
  readonly isScaled: boolean;
}

/** What an mm or mdw multiplies with, from its record; the slot is what it was loaded with. */
export function multiplicationOf({ definition, captured }: Closed, weights: Weights, { triples }: Pick<Profile, 'triples'>): Multiplication {
  const { acc, a, b, op, mRank, mode } = captured as {
    readonly acc: Tensor; readonly a: Tensor; readonly b: Tensor | undefined; readonly op: string; readonly mRank: number;
    readonly mode: Readonly<Record<'dot' | 'isat' | 'zpa' | 'zpb', number>>;
  };
  const triple = triples.find((row) => row.activation === a.dtype && row.weight === weights.dtype && row.accumulator === acc.dtype)!;
  return {
    triple, shape: shapeOf(triple, weights, triples), kernel: triple.kernels[mode.dot]!, record: triple.dots[mode.dot]!, isDepthwise: definition!.mnemonic === 'mdw', adds: op === 'add',
    isat: mode.isat === 1, zpa: mode.zpa, zpw: mode.zpb, acc, a, weights, rowCount: Number(product(acc, 0, acc.rank - 1)),
    depth: Number(weights.depth), columns: Number(weights.columns), mRank, isScaled: b !== undefined,
  };
}

/** kMax rows, nMax columns of the profile's row; of another one of these weights, where only that holds such a tile. */
function shapeOf(own: Triple, weights: Weights, triples: readonly Triple[]): Shape {
  const deep = rowsOfSlot(weights).weights, holds = ({ weight, kMax, nMax }: Triple): boolean => weight === weights.dtype && deep <= BigInt(kMax) && weights.columns <= BigInt(nMax);
  const { kMax: rows, nMax: columns } = [own, ...triples].find(holds)!;
  return { rows, columns };
}

/** Codes of a tensor's elements, row-major. */
export function codesOf(t: Tensor, memory: Bytes): bigint[] {
  const width = Number(t.width), bytes = Math.max(1, width / 8), count = Number(elementCount(t));
  if (count === 0) return [];
  const places = [...indices(t.dims)].map((index) => Number(bitAddress(t, index))), low = Math.floor(least(places) / 8), high = Math.floor(most(places) / 8) + bytes;
  const all = memory.read(t.space, low, high - low), view = new DataView(all.buffer, all.byteOffset, all.length);
  return places.map((bit) => {
    const at = Math.floor(bit / 8) - low;
    if (width === 4) return BigInt((all[at]! >> (bit & 4)) & 15);
    if (width === 8) return BigInt(all[at]!);
    return width === 16 ? BigInt(view.getUint16(at, true)) : width === 32 ? BigInt(view.getUint32(at, true)) : view.getBigUint64(at, true);
  });
}
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** What a PE has of a code: an integer's value less its zero point, a float's code. */
export function factorOf(format: Format, code: bigint, zeroPoint: number): number {
  if (format.kind !== 'integer') return Number(BigInt.asIntN(32, code));
  return Number(format.signed ? BigInt.asIntN(format.valueBits, code) : BigInt.asUintN(format.valueBits, code)) - zeroPoint;
}

/** Whether all sums of so many products of bytes are within 32 bits and none is wrapped on the way. */
const fitsBytes = ({ record, triple, weights, zpa, zpw, depth }: Multiplication): boolean => {
  const isByte = (dtype: number): boolean => { const format = formatByCode(dtype)!; return format.kind === 'integer' && format.valueBits + (format.signed ? 0 : 1) <= 8; };
  const isExact = record.kind === 'integer' && (record.psumBits === null || record.psumBits >= exactSumBits(8, 8, depth));
  return isExact && zpa === 0 && zpw === 0 && isByte(triple.activation) && isByte(weights.dtype) && depth <= 2 ** 16;
};

/** What the PEs add. The general form of bytes is for whoever compares both. */
export function arithmeticOf(of: Multiplication, layout: Layout, bytes = true): Arithmetic {
  const { record, triple } = of;
  if (record.kind === 'chain') return { kind: 'chain', activation: triple.activation, weight: of.weights.dtype, accumulator: triple.accumulator, daz: record.daz, ftz: record.ftz };
  if (bytes && layout === 'weights' && fitsBytes(of)) return { kind: 'bytes' };
  return { kind: 'integer', psumBits: record.kind === 'integer' ? record.psumBits : null };
}

/** Whether C is what sums begin with. */
const startsWithC = ({ record, adds }: Multiplication): boolean => record.kind === 'chain' && record.join === 'chainStart' && adds;

/** An mm as one tile; an mdw as one whose rows are those of channel 0, then those of channel 1, and so on. */
export function tileOf(of: Multiplication, memory: Bytes, c: readonly bigint[] | undefined, array: ClockedArray): Tile {
  const { a, weights, isDepthwise, rowCount, depth, columns, zpa, zpw, record } = of, daz = record.kind === 'chain' ? record.daz : 0, aFormat = a.format!, wFormat = formatByCode(weights.dtype)!;
  const activations = codesOf(a, memory).map((code) => factorOf(aFormat, code, zpa)), codes = weights.codes!;
  const w = Int32Array.from(codes, (code) => factorOf(wFormat, code, zpw));
  if (!isDepthwise) {
    const start = startsWithC(of) ? BigInt64Array.from(c!, (code) => array.startOf(of.acc.dtype, code, daz)) : undefined;
    return { rowCount, depth, columns, a: Int32Array.from(activations), w, start };
  }
  const rows = rowCount * columns, left = new Int32Array(rows * depth), start = startsWithC(of) ? new BigInt64Array(rows * columns) : undefined;
  for (let channel = 0; channel < columns; channel++) {
    for (let m = 0; m < rowCount; m++) {
      const row = channel * rowCount + m;
      for (let k = 0; k < depth; k++) left[row * depth + k] = activations[(m * depth + k) * columns + channel]!;
      if (start) start[row * columns + channel] = array.startOf(of.acc.dtype, c![m * columns + channel]!, daz);
    }
  }
  return { rowCount: rows, depth, columns, a: left, w, start };
}

/** Weights of a tile without rows: what a load beside another tile's rows brings in. */
export function weightsTile(weights: Weights, zeroPoint: number): Tile {
  const format = formatByCode(weights.dtype)!;
  return {
    rowCount: 0, depth: Number(weights.depth), columns: Number(weights.columns), a: new Int32Array(0), start: undefined,
    w: Int32Array.from(weights.codes!, (code) => factorOf(format, code, zeroPoint)),
  };
}

/** What enters and when, in either layout; `next` is the tile of weights that is loaded meanwhile. */
export const streamed = (of: Multiplication, layout: Layout, tile: Tile, next?: Tile, bytes = true): Streamed => (layout === 'outputs'
  ? throughOutputs(of.shape, arithmeticOf(of, layout, bytes), tile)
  : throughWeights(of.shape, arithmeticOf(of, layout, bytes), next ? [tile, next] : [tile]));

/** Row of a tile at which result [m, n] is made. */
export const tileRow = ({ isDepthwise, rowCount }: Pick<Multiplication, 'isDepthwise' | 'rowCount'>, m: number, n: number): number => (isDepthwise ? n * rowCount + m : m);

/** Codes of the results, row-major, out of an array that has run: what leaves it, C added where it comes last. */
export function resultsOf(of: Multiplication, { leaves }: Streamed, c: readonly bigint[] | undefined, array: ClockedArray): bigint[] {
  const { acc, rowCount, columns, record, isat } = of, isFinished = record.kind === 'chain' && record.join === 'chainStart', width = Number(acc.width);
  return Array.from({ length: rowCount * columns }, (_, i) => {
    const m = Math.floor(i / columns), n = i % columns, p = array.bottom(leaves(0, tileRow(of, m, n), n), n);
    return BigInt.asUintN(width, isFinished ? p : array.add(acc.dtype, c?.[i] ?? 0n, p, isat));
  });
}

/** Whether the array multiplies so; else why not, and what would do. */
export function whyNot(of: Multiplication): string | undefined {
  const { record, triple, weights, isScaled, kernel } = of;
  if (weights.form !== FORM_DENSE) return `the slot holds ${isScaled ? 'scaled' : 'sparse'} weights, and a PE has one weight and no scale`;
  if (isScaled) return 'it is scaled, and a PE has no scales';
  const wide = [triple.activation, weights.dtype].map((dtype) => formatByCode(dtype)!).find((format) => format.kind === 'integer' && format.valueBits > 16);
  if (wide) return `${wide.name} is wider than the 16 bits of a PE's multiplier`;
  const name = `kernel ${kernel} is of kind ${record.kind}: `;
  switch (record.kind) {
    case 'integer': return undefined;
    case 'chain': return record.lanes === 1 ? undefined : `kernel ${kernel} is a chain of ${record.lanes} lanes: even and odd products go separate ways, and a column of PEs is one`;
    case 'tree': return `${name}its products meet in a tree of adders, and in an array each joins the sum that comes from above`;
    case 'fused': case 'blocks': return `${name}it adds ${record.group} products at once in an aligned window, and a PE adds one`;
    case 'exact': return `${name}it rounds the exact sum of many products once, and a PE rounds after each`;
    case 'afterSum': return `${name}it sums ${record.group} products before the running value joins them, and a PE adds one`;
  }
}
