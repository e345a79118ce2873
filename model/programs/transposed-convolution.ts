//! transposed-convolution: every tap adds one product of matrices into a strided view of the accumulators.
import type { Epilogue, Pair } from './tiling.ts';
import {
  accumulatorColumns, accumulatorRows, copied, copiedBytes, dropFirst, multiplier, pieces, rotation, rowsOf, shaped, tileOf,
} from './tiling.ts';
import type { View } from './view.ts';
import { box, denseBytes, seen } from './view.ts';
import type { Writer } from './writer.ts';
import { unfit } from './writer.ts';

/** All tensors are in DRAM, strides are free. */
export interface TransposedConvolution {
  /** [N, H, W, C] */
  readonly input: View;
  /** [KH, KW, C, OC] */
  readonly weights: View;
  /** [N, OH, OW, OC]: out[oy, ox] sums the input[iy, ix] x weights[ky, kx] with iy * stride + ky - before = oy, likewise x. */
  readonly output: View;
  readonly stride: Pair;
  readonly before: Pair;
  readonly inputZero: number;
  readonly accumulator: 's32' | 's64' | 'fp32';
  readonly epilogue: Epilogue;
}

/**
 * Along one axis: the inputs [from, count] that a tap brings into a tile of outputs, and the first output it touches, from the tile's
 * start.
 */
interface Hit { readonly from: number; readonly count: number; readonly first: number }
function hit(outputs: number, start: number, tap: number, stride: number, before: number, inputs: number): Hit {
  const low = Math.max(0, Math.ceil((start + before - tap) / stride));
  const high = Math.min(inputs - 1, Math.floor((start + outputs - 1 + before - tap) / stride));
  return { from: low, count: Math.max(0, high - low + 1), first: low * stride + tap - before - start };
}

/**
 * Writes the layer. A tile of the output is a tile of accumulators; positions that no tap reaches hold the bias.
 * Throws Rejected where the profile lacks the types or the smallest tile does not fit.
 */
export function transposedConvolution(w: Writer, layer: TransposedConvolution): void {
  const { input, weights, output } = layer, [batch = 0, oh = 0, ow = 0, oc = 0] = output.dims, deep = weights.dims[2]!;
  const row = multiplier(w.profile, input.dtype, weights.dtype, layer.accumulator), columns = accumulatorColumns(w.profile, row);
  const tile = planOf(w, layer, accumulatorRows(w.profile, layer.accumulator, row), Math.min(columns, oc));
  w.scope(() => {
    const table = layer.epilogue.table && copied(w, layer.epilogue.table, 'tb');
    const bias = layer.epilogue.bias && copied(w, layer.epilogue.bias, 'bi');
    const all = copied(w, weights, 'w'), [inY, inX] = inputsOf(layer, tile.y, tile.x);
    const inputs = rotation(2, () => w.spm('x', input.dtype, [inY * inX * deep]));
    const outputs = rotation(2, () => w.spm('o', output.dtype, [tile.y * tile.x * oc]));
    for (let image = 0; image < batch; image++) for (const [y, tall] of pieces(oh, tile.y)) for (const [x, wide] of pieces(ow, tile.x)) {
      const o = shaped(outputs(), [tall, wide, oc]), span = spanOf(layer, y, tall, x, wide);
      const a = shaped(inputs(), [span.rows, span.columns, deep]);
      w.comment(`input ${image}, rows ${span.y} to ${span.y + span.rows - 1}`);
      if (span.rows * span.columns > 0) w.load(a, box(dropFirst(input, image), [span.y, span.x, 0], a.dims));
      for (const [channel, count] of pieces(oc, columns)) {
        const acc = w.acc('acc', layer.accumulator, [tall, wide, count]);
        w.ainit(acc, bias && seen(bias, acc.dims, [0, 0, bias.strides[0]!], channel * bias.strides[0]!));
        taps(w, layer, row.kMax, { y, x, tall, wide, span }, a, all, acc, channel, count);
        w.drain(box(o, [0, 0, channel], acc.dims), acc, table && rowsOf(table, channel, count), layer.epilogue.mode);
      }
      w.store(box(dropFirst(output, image), [y, x, 0], o.dims), o);
    }
  });
}

interface Span { readonly y: number; readonly x: number; readonly rows: number; readonly columns: number }
interface Area { readonly y: number; readonly x: number; readonly tall: number; readonly wide: number; readonly span: Span }

function taps(
  w: Writer, layer: TransposedConvolution, depth: number, area: Area, a: View, weights: View, acc: View, channel: number, count: number,
): void {
  const { stride, before, input } = layer, [kh = 0, kw = 0, deep = 0] = weights.dims, [, height = 0, width = 0] = input.dims;
  let slot = 0;
  for (let ky = 0; ky < kh; ky++) for (let kx = 0; kx < kw; kx++) {
    const rows = hit(area.tall, area.y, ky, stride.y, before.y, height), columns = hit(area.wide, area.x, kx, stride.x, before.x, width);
    if (rows.count === 0 || columns.count === 0) continue;
    const [line, lane] = acc.strides as [number, number];
    const target = seen(acc, [rows.count, columns.count, count], [stride.y * line, stride.x * lane, 1], rows.first * line
      + columns.first * lane);
    for (const [c, some] of pieces(deep, depth)) {
      const tile = box(weights, [ky, kx, c, channel], [1, 1, some, count]);
      w.comment(`tap ${ky}, ${kx}`);
      w.wload(slot, seen(tile, tile.dims.slice(2), tile.strides.slice(2)));
      const from = box(a, [rows.from - area.span.y, columns.from - area.span.x, c], [rows.count, columns.count, some]);
      w.mm('add', target, from, slot, 2, { isat: false, zpa: layer.inputZero });
      slot = (slot + 1) % Math.min(2, w.profile.slotCount);
    }
  }
}

/** Inputs that any tap brings into an area of outputs. */
function spanOf({ weights, stride, before, input }: TransposedConvolution, y: number, tall: number, x: number, wide: number): Span {
  const span = (start: number, outputs: number, kernel: number, step: number, pad: number, inputs: number): readonly [number, number] => {
    const hits = Array.from({ length: kernel }, (_, tap) => hit(outputs, start, tap, step, pad, inputs)).filter(({ count }) => count > 0);
    const from = Math.min(...hits.map((one) => one.from), inputs), end = Math.max(...hits.map((one) => one.from + one.count), 0);
    return [from, Math.max(0, end - from)];
  };
  const [top, rows] = span(y, tall, weights.dims[0]!, stride.y, before.y, input.dims[1]!);
  const [left, columns] = span(x, wide, weights.dims[1]!, stride.x, before.x, input.dims[2]!);
  return { y: top, x: left, rows, columns };
}

/** The most input rows and columns that a tile of outputs can need. */
const inputsOf = ({ weights, stride, input }: TransposedConvolution, rows: number, columns: number): readonly [number, number] => [
  Math.min(input.dims[1]!, Math.ceil((rows + weights.dims[0]!) / stride.y) + 1),
  Math.min(input.dims[2]!, Math.ceil((columns + weights.dims[1]!) / stride.x) + 1),
];

function planOf(w: Writer, layer: TransposedConvolution, positions: number, columns: number): Pair {
  const { input, weights, output } = layer, [, oh = 0, ow = 0, oc = 0] = output.dims;
  const fixed = [layer.epilogue.table, layer.epilogue.bias, weights].reduce((sum, view) => sum + (view ? copiedBytes(view) : 0), 0);
  const tile = tileOf(oh, ow, positions, (y, x) => {
    const inside = [...inputsOf(layer, y, x), weights.dims[2]!];
    return 2 * denseBytes(input.dtype, inside) + 2 * denseBytes(output.dtype, [y, x, oc]) <= w.free() - fixed - 8 * 64;
  });
  if (!tile) throw unfit(`not even one output position of ${output.label} and ${columns} channels fit the scratchpad of ${w.profile.name}`);
  return tile;
}
