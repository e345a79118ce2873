//! tiling: cuts layers into what the array, the accumulators and the scratchpad hold, and moves the pieces.
import { formatByName } from '../numerics/format.ts';
import type { Profile } from '../machine/profile.ts';
import type { Triple } from '../isa/view.ts';
import type { Mode, Writer } from './writer.ts';
import { unfit } from './writer.ts';
import type { View } from './view.ts';
import { box, permuted, rowMajor, seen, size, widthOf } from './view.ts';

export interface Pair { readonly y: number; readonly x: number }
/**
 * A sliding window over [N, H, W, C]: `before` positions of padding above and to the left; below and to the right follows from the output.
 */
export interface Window { readonly kernel: Pair; readonly stride: Pair; readonly dilation: Pair; readonly before: Pair }

/** How accumulators become output: mode of the epilogue and channel table s32 [channels, 4] in DRAM (stride 0: one row for all). */
export interface Epilogue {
  readonly mode: Mode;
  readonly table: View | undefined;
  /** [channels] of the accumulator's type, when it does not fit the table's 32 bits. */
  readonly bias?: View | undefined;
  /** As the output; its zero point is `mode.zpb`. Drawn in by the drain. */
  readonly residual?: View | undefined;
}

/** The row of the profile that multiplies these types. Throws Rejected where there is none. */
export function multiplier(profile: Profile, activation: string, weight: string, accumulator: string): Triple {
  const found = tripleFor(profile, activation, weight, accumulator);
  if (!found) throw unfit(`the profile ${profile.name} does not multiply ${activation} by ${weight} into ${accumulator}`);
  return found;
}
const tripleFor = (profile: Profile, activation: string, weight: string, accumulator: string): Triple | undefined => {
  const [a, w, c] = [activation, weight, accumulator].map((name) => formatByName(name).code);
  return profile.triples.find((row) => row.activation === a && row.weight === w && row.accumulator === c);
};
/** The type that weights are multiplied in: 4-bit ones are converted where the profile does not multiply them. */
export const weightTypeOf = (profile: Profile, activation: string, weight: string, accumulator: string): string =>
  (weight === 's4' && !tripleFor(profile, activation, weight, accumulator) ? 's8' : weight);
export const accumulatorRows = (profile: Profile, dtype: string, row: Triple): number =>
  Math.min(row.mMax, Math.floor(profile.accBytes / (profile.accLanes * (widthOf(dtype) / 8))));
export const accumulatorColumns = (profile: Profile, row: Triple): number => Math.min(row.nMax, profile.accLanes);

/** [from, count] pieces of at most `most` of `total`, of equal length but for the last. */
export function pieces(total: number, most: number): (readonly [from: number, count: number])[] {
  const list: (readonly [number, number])[] = [];
  for (let from = 0; from < total; from += most) list.push([from, Math.min(most, total - from)]);
  return list;
}

/** A part of the taps and channels of a kernel: rows y.., columns x.., channels c... */
export interface Taps { readonly y: readonly [number, number]; readonly x: readonly [number, number]; readonly c: readonly [number,
  number] }
/** Kernel rows, then columns, then channels are cut until a part has at most `most` products. */
export function tapsOf(rows: number, columns: number, channels: number, most: number): Taps[] {
  const c = Math.min(channels, most), x = c < channels ? 1 : Math.min(columns, Math.floor(most / c));
  const y = x < columns ? 1 : Math.min(rows, Math.floor(most / (c * x)));
  const columnsAndChannels = pieces(columns, x).flatMap((xs) => pieces(channels, c).map((cs) => ({ x: xs, c: cs })));
  return pieces(rows, y).flatMap((ys) => columnsAndChannels.map((rest) => ({ y: ys, ...rest })));
}

/**
 * Rows and columns of output that go together: as many rows as fit, columns cut only where one row is too long. Undefined: not even one.
 */
export function tileOf(
  rows: number, columns: number, positions: number, fits: (rows: number, columns: number) => boolean,
): Pair | undefined {
  let x = Math.min(columns, positions), y = Math.max(1, Math.min(rows, Math.floor(positions / x)));
  while (y > 1 && !fits(y, x)) y--;
  while (x > 1 && !fits(y, x)) x = Math.ceil(x / 2);
  return fits(y, x) ? { y, x } : undefined;
}

/** A piece of output: its first row and column, its size, and the input rows and columns it looks at (first may be negative). */
export interface Tile {
  readonly y: number; readonly x: number; readonly rows: number; readonly columns: number;
  readonly inY: number; readonly inX: number; readonly inRows: number; readonly inColumns: number;
}
const reachOf = (outputs: number, stride: number, kernel: number, dilation: number): number =>
  (outputs - 1) * stride + (kernel - 1) * dilation + 1;
/** Input rows and columns that so many rows and columns of output look at. */
export const reachesOf = ({ kernel, stride, dilation }: Window, rows: number, columns: number): readonly [number, number] =>
  [reachOf(rows, stride.y, kernel.y, dilation.y), reachOf(columns, stride.x, kernel.x, dilation.x)];
export function tilesOf(rows: number, columns: number, tile: Pair, window: Window): Tile[] {
  const { stride, before } = window;
  return pieces(rows, tile.y).flatMap(([y, tall]) => pieces(columns, tile.x).map(([x, wide]) => {
    const [inRows, inColumns] = reachesOf(window, tall, wide);
    return { y, x, rows: tall, columns: wide, inY: y * stride.y - before.y, inX: x * stride.x - before.x, inRows, inColumns };
  }));
}

/** The window seen as [rows, columns, taps.., channels] over a tile [inRows, inColumns, channels]. */
export function windowsOf(tile: View, { rows, columns }: Tile, { stride, dilation }: Window, taps: Taps, channel: number): View {
  const [row, column, step] = tile.strides as [number, number, number], [dy, dx] = [dilation.y * row, dilation.x * column];
  const offset = taps.y[0] * dy + taps.x[0] * dx + (channel + taps.c[0]) * step;
  return seen(tile, [rows, columns, taps.y[1], taps.x[1], taps.c[1]], [stride.y * row, stride.x * column, dy, dx, step], offset, 'v');
}

/** The rows of a channel table s32 [channels, 4] that belong to some channels. */
export const rowsOf = (table: View, channel: number, count: number, step = 1): View =>
  seen(table, [count, 4], [table.strides[0]! * step, table.strides[1]!], channel * table.strides[0]!);

/** Image `index` of [N, ...]. */
export const dropFirst = (view: View, index: number): View => seen(view, view.dims.slice(1), view.strides.slice(1),
  index * view.strides[0]!);
/** Buffers in turn. */
export function rotation(count: number, make: () => View): () => View {
  const all = Array.from({ length: count }, make);
  let next = 0;
  return () => all[next++ % count]!;
}
/** The start of a buffer as a smaller dense tensor. */
export const shaped = (buffer: View, dims: readonly number[]): View => ({ ...buffer, dims, strides: rowMajor(dims) });
export const largest = (tiles: readonly Tile[], dims: (tile: Tile) => number[]): number[] =>
  [tiles.reduce((most, tile) => Math.max(most, size(dims(tile))), 1)];
/**
 * Load `dims` elements of `a` from index `start` on, which may lie outside: those places get `fill`, an element code.
 * Pads beyond 63 are filled first and loaded into.
 */
export function loadPadded(w: Writer, d: View, a: View, start: readonly number[], fill: number): void {
  const low = d.dims.map((dim, axis) => Math.min(dim, Math.max(0, -start[axis]!)));
  const high = d.dims.map((dim, axis) => Math.min(dim, Math.max(0, start[axis]! + dim - a.dims[axis]!)));
  const inner = d.dims.map((dim, axis) => dim - low[axis]! - high[axis]!);
  const code = Number(BigInt.asUintN(widthOf(a.dtype), BigInt(fill)));
  const source = box(a, start.map((at) => Math.max(0, at)), inner);
  if (inner.some((dim) => dim <= 0)) w.fill(d, code);
  else if ([...low, ...high].some((pad) => pad > 63)) {
    w.fill(d, code);
    w.load(box(d, low, inner, `${d.label}_in`), source);
  } else if ([...low, ...high].every((pad) => pad === 0)) w.load(d, source);
  else w.load(d, { ...source, pads: { low, high, fill: code } });
}

/**
 * A copy of `a` in SPM with the axes of `a`; in memory they follow one another as they do in `a`, without gaps, so that what is dense in
 * DRAM is moved in one piece. Axes of stride 0 stay so. 4-bit elements that are dense are moved as bytes, others row by row, rows on bytes.
 */
export function copied(w: Writer, a: View, label: string): View {
  const axes = a.dims.map((_, axis) => axis).filter((axis) => a.strides[axis] !== 0 && a.dims[axis] !== 1);
  axes.sort((one, other) => Math.abs(a.strides[other]!) - Math.abs(a.strides[one]!));
  const nested = axes.length > 0 ? permuted(a, axes) : seen(a, [1], [1]);
  const dense = nested.strides.every((stride, axis) => stride === rowMajor(nested.dims)[axis]);
  const back = (copy: View): View => {
    const strides = a.dims.map((_, axis) => (axes.includes(axis) ? copy.strides[axes.indexOf(axis)]! : 0));
    // A dim of 1 may have any stride; that of its neighbour reads best.
    return seen(copy, a.dims, strides.map((stride, axis) => (a.dims[axis] === 1 && stride === 0 && a.strides[axis] !== 0 ? 1 : stride)));
  };
  if (dense && widthOf(a.dtype) === 4) {
    const nibble = (a.bit / 4) % 2, bytes = Math.ceil((nibble + size(nested.dims)) / 2);
    const raw = w.spm(`${label}_bytes`, 'u8', [bytes]);
    w.load(raw, { ...raw, label: `${a.label}_bytes`, space: a.space, bit: Math.floor(a.bit / 8) * 8 });
    return back({ ...nested, label, space: 'spm', bit: raw.bit + nibble * 4 });
  }
  if (dense) {
    const flat = w.spm(label, a.dtype, [size(nested.dims)]);
    w.load(flat, seen(a, [size(nested.dims)], [1]));
    return back({ ...flat, dims: nested.dims, strides: nested.strides });
  }
  const copy = w.spm(label, a.dtype, nested.dims);
  w.load(copy, nested);
  return back(copy);
}

/** Bytes that `copied` takes, whatever the order of axes. */
export function copiedBytes(a: View): number {
  const dims = a.dims.filter((_, axis) => a.strides[axis] !== 0), elements = size(dims);
  const rows = Math.max(1, ...dims.map((dim) => elements / (dim || 1)));
  return Math.ceil((elements * widthOf(a.dtype)) / 8) + (widthOf(a.dtype) === 4 ? rows + 2 : 0) + 64;
}

/** Boxes of at most `most` elements that cover the dims: inner axes whole, one axis cut, outer ones single. */
export function boxesOf(dims: readonly number[], most: number): { readonly start: readonly number[]; readonly dims: readonly number[] }[] {
  const inner = (axis: number): number => Math.max(1, size(dims.slice(axis + 1)));
  let cut = 0;
  while (cut < dims.length - 1 && inner(cut) > most) cut++;
  const longest = Math.max(1, Math.floor(most / inner(cut)));
  const lengths = dims.map((dim, axis) => (axis < cut ? 1 : axis > cut ? dim : longest));
  return dims.map((dim, axis) => pieces(dim, lengths[axis]!)).reduce<{ start: number[]; dims: number[] }[]>(
    (list, along) => list.flatMap((one) => along.map(([from, count]) => ({ start: [...one.start, from], dims: [...one.dims, count] }))),
    [{ start: [], dims: [] }],
  );
}
