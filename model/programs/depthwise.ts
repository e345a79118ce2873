//! depthwise: every channel convolved with its own kernel, or with several of them.
import type { Epilogue, Pair, Taps, Tile, Window } from './tiling.ts';
import {
  accumulatorColumns, accumulatorRows, copied, copiedBytes, dropFirst, largest, loadPadded, multiplier, pieces, reachesOf, rotation, rowsOf,
  shaped, tapsOf, tileOf, tilesOf, weightTypeOf, windowsOf,
} from './tiling.ts';
import type { View } from './view.ts';
import { box, denseBytes, seen, squeezed } from './view.ts';
import type { Writer } from './writer.ts';
import { unfit } from './writer.ts';

/** All tensors are in DRAM, strides are free. */
export interface Depthwise {
  /** [N, H, W, C] */
  readonly input: View;
  /** [KH, KW, C * multiplier]; output channel c * multiplier + i reads input channel c. */
  readonly weights: View;
  /** [N, OH, OW, C * multiplier] */
  readonly output: View;
  readonly window: Window;
  readonly channelMultiplier: number;
  /** Subtracted from every input; padding holds it. */
  readonly inputZero: number;
  readonly accumulator: 's32' | 's64' | 'fp32';
  readonly epilogue: Epilogue;
}

interface Plan {
  readonly tile: Pair;
  readonly columns: number;
  readonly depth: number;
  /** Input channels that are brought in together. */
  readonly block: number;
  readonly weightType: string;
}

/**
 * Writes the layer: a block of input channels at a time, one `mdw` for as many channels as the array has columns, and for each index of the
 * channel multiplier: output channels i, i + multiplier, .. are a strided view of weights, table and output.
 * Throws Rejected where the profile lacks the types or the smallest tile does not fit.
 */
export function depthwise(w: Writer, layer: Depthwise): void {
  const plan = planOf(w, layer), [batch = 0, oh = 0, ow = 0] = layer.output.dims, channels = layer.input.dims[3]!;
  const many = layer.channelMultiplier;
  w.scope(() => {
    const table = layer.epilogue.table && copied(w, layer.epilogue.table, 'tb');
    const bias = layer.epilogue.bias && copied(w, layer.epilogue.bias, 'bi');
    const tiles = tilesOf(oh, ow, plan.tile, layer.window);
    const inputs = rotation(2, () => w.spm('x', layer.input.dtype, largest(tiles, (t) => [t.inRows, t.inColumns, plan.block])));
    const outputs = rotation(2, () => w.spm('o', layer.output.dtype, [plan.tile.y, plan.tile.x, plan.block * many]));
    for (const [from, count] of pieces(channels, plan.block)) w.scope(() => {
      const weights = weightsOf(w, layer, plan, from * many, count * many);
      for (let image = 0; image < batch; image++) for (const tile of tiles) {
        const x = shaped(inputs(), [tile.inRows, tile.inColumns, count]), o = shaped(outputs(), [tile.rows, tile.columns, count * many]);
        w.comment(`input ${image}, rows ${tile.inY} to ${tile.inY + tile.inRows - 1}, channels ${from} to ${from + count - 1}`);
        loadPadded(w, x, dropFirst(layer.input, image), [tile.inY, tile.inX, from], layer.inputZero);
        for (const [c, some] of pieces(count, plan.columns)) for (let i = 0; i < many; i++) {
          const acc = sums(w, layer, plan, tile, x, weights, bias, from, c, some, i);
          const d = seen(o, acc.dims, [o.strides[0]!, o.strides[1]!, many], c * many + i);
          w.drain(d, acc, table && rowsOf(table, (from + c) * many + i, some, many), layer.epilogue.mode);
        }
        w.store(box(dropFirst(layer.output, image), [tile.y, tile.x, from * many], o.dims), o);
      }
    });
  });
}

/** Channels c.. of a block that starts at `from`, with kernel i of each. */
function sums(
  w: Writer, layer: Depthwise, plan: Plan, tile: Tile, x: View, weights: View, bias: View | undefined, from: number, c: number,
    some: number, i: number,
): View {
  const many = layer.channelMultiplier, acc = w.acc('acc', layer.accumulator, [tile.rows, tile.columns, some]), { kernel } = layer.window;
  if (bias) w.ainit(acc, seen(bias, acc.dims, [0, 0, many * bias.strides[0]!], ((from + c) * many + i) * bias.strides[0]!));
  let first = bias === undefined, slot = 0;
  for (const part of tapsOf(kernel.y, kernel.x, 1, plan.depth)) {
    const taps: Taps = { ...part, c: [c, some] }, at = box(weights, [taps.y[0], taps.x[0], c * many + i], [taps.y[1], taps.x[1], some]);
    w.wload(slot, squeezed(seen(at, at.dims, [at.strides[0]!, at.strides[1]!, at.strides[2]! * many]), 0, 2));
    w.mdw(first ? 'set' : 'add', acc, squeezed(windowsOf(x, tile, layer.window, taps, 0), 2, 4), slot, 2,
      { isat: false, zpa: layer.inputZero });
    first = false;
    slot = (slot + 1) % Math.min(2, w.profile.slotCount);
  }
  return acc;
}

function weightsOf(w: Writer, layer: Depthwise, plan: Plan, channel: number, count: number): View {
  const { weights } = layer, raw = copied(w, box(weights, [0, 0, channel], [weights.dims[0]!, weights.dims[1]!, count]), 'w');
  if (plan.weightType === weights.dtype) return raw;
  const wider = w.spm('w8', plan.weightType, raw.dims);
  w.convert(wider, raw, {});
  return wider;
}

/** All channels at once if some rows of them fit, else as many as the array has columns. */
function planOf(w: Writer, layer: Depthwise): Plan {
  const { profile } = w, { input, weights, output, window } = layer, [, oh = 0, ow = 0] = output.dims, channels = input.dims[3]!;
  const weightType = weightTypeOf(profile, input.dtype, weights.dtype, layer.accumulator);
  const row = multiplier(profile, input.dtype, weightType, layer.accumulator), columns = accumulatorColumns(profile, row);
  const fixed = [layer.epilogue.table, layer.epilogue.bias].reduce((sum, view) => sum + (view ? copiedBytes(view) : 0), 0);
  for (const decent of [Math.min(oh * ow, 32), 1]) for (const block of [channels, Math.min(channels, columns)]) {
    const slab = copiedBytes(seen(weights, [...weights.dims.slice(0, 2), block * layer.channelMultiplier], weights.strides));
    const room = w.free() - fixed - slab * (weightType === weights.dtype ? 1 : 3) - 8 * 64;
    const tile = tileOf(oh, ow, accumulatorRows(profile, layer.accumulator, row), (y, x) => {
      return 2 * denseBytes(input.dtype, [...reachesOf(window, y, x), block]) + 2 * denseBytes(output.dtype,
        [y, x, block * layer.channelMultiplier]) <= room;
    });
    if (tile && tile.y * tile.x >= decent) return { tile, columns, depth: row.kMax, block, weightType };
  }
  throw unfit(`not even one output position of ${output.label} fits the scratchpad of ${profile.name}`);
}
