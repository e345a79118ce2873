//! wave: a multiplication through the array with every register after every clock edge.
import { exactSumBits } from '../numerics/dot-record.ts';
import { formatByCode } from '../numerics/format.ts';
import { crossing, type Shape } from './closed-forms.ts';
import { type ClockedArray, type Layout, type Register, registers } from './kernel.ts';
import { type Bytes, type Multiplication, resultsOf, streamed, tileOf, weightsTile, type Weights } from './multiplication.ts';
import type { Streamed, Tile } from './stimulus.ts';

/** Clock edges, counted from 0. */
export interface Wave {
  readonly of: Multiplication;
  readonly layout: Layout;
  readonly shape: Shape;
  readonly tile: Tile;
  readonly streamed: Streamed;
  /** Whether the weights of the next slot enter meanwhile. */
  readonly overlaps: boolean;
  readonly edges: number;
  /** Edges whose registers were kept: `from` to `from` + frames.length - 1. */
  readonly from: number;
  readonly frames: readonly Float64Array[];
  readonly results: readonly bigint[];
}

export interface Window { readonly from: number; readonly to: number }

/** Runs a multiplication; of its edges those of the window are kept, all without one. */
export function waveOf(of: Multiplication, memory: Bytes, c: readonly bigint[] | undefined, array: ClockedArray, layout: Layout, next?: Weights, window?: Window): Wave {
  const tile = tileOf(of, memory, c, array), isNext = layout === 'weights' && next !== undefined && fits(of, next);
  const stream = streamed(of, layout, tile, isNext ? weightsTile(next, of.zpw) : undefined), { edges } = stream.stimulus;
  const from = Math.min(window?.from ?? 0, edges), to = Math.min(window ? window.to + 1 : edges, edges), frames: Float64Array[] = [];
  array.start(stream.stimulus);
  array.run(from);
  for (let edge = from; edge < to; edge++) {
    array.run(1);
    frames.push(array.frame());
  }
  array.run(edges - to);
  return { of, layout, shape: of.shape, tile, streamed: stream, overlaps: isNext, edges, from, frames, results: resultsOf(of, stream, c, array) };
}

/** A tile of the same weights that the array holds may enter beside this one. */
const fits = ({ weights, shape: { rows, columns } }: Multiplication, next: Weights): boolean =>
  next.codes !== undefined && next.dtype === weights.dtype && Number(next.depth) <= rows && Number(next.columns) <= columns;

/** A register of PE (r, c) in a frame. */
export const registerOf = (frame: Float64Array, { rows, columns }: Shape, register: Register, r: number, c: number): number =>
  frame[(registers.indexOf(register) * rows + r) * columns + c]!;

/** The row of the tile (of stationary outputs the step k) that PE (r, c) has taken over at an edge, where there is one. */
export function wavefront({ layout, streamed: { times }, tile, shape }: Pick<Wave, 'layout' | 'streamed' | 'tile' | 'shape'>, edge: number, r: number, c: number): number | undefined {
  const count = layout === 'weights' ? tile.rowCount : tile.depth;
  for (const [block, { enterAt }] of (layout === 'weights' ? times.slice(0, 1) : times).entries()) {
    const i = edge - enterAt - r - c, isPresent = layout === 'weights' || block * shape.rows + r < tile.rowCount;
    if (i >= 0 && i < count && isPresent) return i;
  }
  return undefined;
}

/** What happens at an edge, in a word: load, stream, drain, enter, leave, idle; two of them joined by `+`. */
export function operationAt({ layout, streamed: { stimulus, times }, tile, shape }: Pick<Wave, 'layout' | 'streamed' | 'tile' | 'shape'>, edge: number): string {
  const code = stimulus.loads[edge] ?? 0, moved = code === 0 ? [] : [layout === 'weights' ? 'load' : code === 1 ? 'leave' : 'enter'];
  const count = layout === 'weights' ? tile.rowCount : tile.depth, starts = layout === 'weights' ? times.slice(0, 1) : times;
  const flows = starts.flatMap(({ enterAt }) => (edge < enterAt ? [] : edge < enterAt + count ? ['stream'] : edge < enterAt + count + crossing(shape) ? ['drain'] : []));
  return [...moved, ...flows].join('+') || 'idle';
}

/** How wide the registers are, and how they are read. */
export interface Widths { readonly bits: Readonly<Record<Register, number>>; readonly isFloat: boolean }
export function widthsOf({ of, shape: { rows }, layout }: Pick<Wave, 'of' | 'shape' | 'layout'>): Widths {
  const a = formatByCode(of.triple.activation)!, w = formatByCode(of.weights.dtype)!, flags = { l: 1, ls: 1, f: 1, v: 1 };
  if (of.record.kind === 'chain') return { isFloat: true, bits: { ...flags, w: w.width, s: w.width, a: a.width, p: Number(of.acc.width) } };
  const bits = (valueBits: number, signed: boolean, zero: number): number => {
    const low = (signed ? -(2 ** (valueBits - 1)) : 0) - zero, high = (signed ? 2 ** (valueBits - 1) : 2 ** valueBits) - 1 - zero;
    for (let width = 1; ; width++) if (low >= -(2 ** (width - 1)) && high < 2 ** (width - 1)) return width;
  };
  const aBits = bits(a.valueBits, a.signed, of.zpa), wBits = bits(w.valueBits, w.signed, of.zpw), products = layout === 'weights' ? rows : of.depth;
  const psumBits = of.record.kind === 'integer' ? of.record.psumBits : null;
  return { isFloat: false, bits: { ...flags, w: wBits, s: wBits, a: aBits, p: psumBits ?? exactSumBits(aBits, wBits, products) } };
}
