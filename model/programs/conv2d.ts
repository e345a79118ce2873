//! conv2d: convolution, and with it every product of matrices, as tiles of output positions and channels over implicit im2col views.
import type { Epilogue, Pair, Taps, Tile, Window } from './tiling.ts';
import {
  accumulatorColumns, accumulatorRows, copied, copiedBytes, dropFirst, largest, loadPadded, multiplier, pieces, reachesOf, rotation, rowsOf,
  shaped, tapsOf, tileOf, tilesOf, weightTypeOf, windowsOf,
} from './tiling.ts';
import type { View } from './view.ts';
import { box, denseBytes, seen, squeezed, widthOf } from './view.ts';
import type { Writer } from './writer.ts';
import { unfit } from './writer.ts';

/**
 * All tensors are in DRAM; strides are free, so layouts are views: OHWI weights are [KH, KW, CG, OC] with strides
 * [KW * CG, CG, 1, KH * KW * CG].
 */
export interface Convolution {
  /** [N, H, W, C] */
  readonly input: View;
  /** [KH, KW, C / groups, OC]; output channel o belongs to group floor(o / (OC / groups)). */
  readonly weights: View;
  /** [N, OH, OW, OC] */
  readonly output: View;
  readonly window: Window;
  readonly groups: number;
  /** Subtracted from every input and every weight; padding holds the input's. */
  readonly inputZero: number;
  readonly weightZero: number;
  readonly accumulator: 's32' | 's64' | 'fp32';
  readonly epilogue: Epilogue;
}

/** How a layer is cut. */
interface Plan {
  /** Output rows and columns that go together. */
  readonly tile: Pair;
  /** Output channels that go together. */
  readonly columns: number;
  /** Products of one tile of weights. */
  readonly depth: number;
  /** Input channels of a group that are brought in together, as weights or as input. */
  readonly chunk: number;
  readonly inputWhole: boolean;
  readonly outputWhole: boolean;
  /** All weights stay in SPM; else a chunk of those for the output channels at work is brought in. */
  readonly resident: boolean;
  readonly weightBytes: number;
  readonly weightType: string;
}

/**
 * Writes the layer. Output positions are cut into tiles that fit the accumulators, output channels into the columns of the array, products
 * into its rows; input and output tiles have two buffers each, so that moving them overlaps with multiplying.
 * Throws Rejected where the profile lacks the types or the smallest tile does not fit.
 */
export function conv2d(w: Writer, layer: Convolution): void {
  const plan = planOf(w, layer), [batch = 0, oh = 0, ow = 0, oc = 0] = layer.output.dims, { table, bias, residual, mode } = layer.epilogue;
  w.scope(() => {
    const rows = table && copied(w, table, 'tb'), weights = weightSource(w, layer, plan), tiles = tilesOf(oh, ow, plan.tile, layer.window);
    const inChannels = plan.inputWhole ? layer.input.dims[3]! : plan.chunk, outChannels = plan.outputWhole ? oc : plan.columns;
    const inputs = rotation(2, () => w.spm('x', layer.input.dtype, largest(tiles, (t) => [t.inRows, t.inColumns, inChannels])));
    const outputs = rotation(2, () => w.spm('o', layer.output.dtype, [plan.tile.y, plan.tile.x, outChannels]));
    const rests = residual && rotation(2, () => w.spm('r', residual.dtype, [plan.tile.y, plan.tile.x, plan.columns]));
    const place: Place = { layer, plan, bias: bias && copied(w, bias, 'bi'), weights, inputs };
    for (let image = 0; image < batch; image++) for (const tile of tiles) {
      const x = plan.inputWhole ? loadTile(w, place, image, tile, 0, inChannels) : undefined, target = dropFirst(layer.output, image);
      const wide = plan.outputWhole ? shaped(outputs(), [tile.rows, tile.columns, oc]) : undefined;
      for (const [group, channel, count] of channelsOf(layer, plan)) {
        const acc = sums(w, place, image, tile, x, group, channel, count);
        const dims = [tile.rows, tile.columns, count], at = [tile.y, tile.x, channel];
        const d = wide ? box(wide, [0, 0, channel], dims) : shaped(outputs(), dims), rest = rests && shaped(rests(), dims);
        if (rest) w.load(rest, box(dropFirst(residual!, image), at, dims));
        w.drain({ ...d, label: 'od' }, acc, rows && rowsOf(rows, channel, count), mode, rest);
        if (!wide) w.store(box(target, at, dims), d);
      }
      if (wide) w.store(box(target, [tile.y, tile.x, 0], wide.dims), wide);
    }
  });
}

interface Place {
  readonly layer: Convolution;
  readonly plan: Plan;
  readonly bias: View | undefined;
  readonly weights: (taps: Taps, channel: number, count: number) => View;
  readonly inputs: () => View;
}

/** Output channels that go together: their group, the first one, how many. */
function channelsOf({ output, groups }: Convolution, plan: Plan): (readonly [group: number, channel: number, count: number])[] {
  const each = output.dims[3]! / groups;
  return pieces(groups, 1).flatMap(([group]) => pieces(each,
    plan.columns).map(([from, count]) => [group, group * each + from, count] as const));
}

function loadTile(w: Writer, { layer, inputs }: Place, image: number, tile: Tile, channel: number, count: number): View {
  const d = shaped(inputs(), [tile.inRows, tile.inColumns, count]);
  w.comment(`input ${image}, rows ${tile.inY} to ${tile.inY + tile.inRows - 1}, channels ${channel} to ${channel + count - 1}`);
  loadPadded(w, d, dropFirst(layer.input, image), [tile.inY, tile.inX, channel], layer.inputZero);
  return d;
}

/** The sums of some output channels at the positions of a tile, left in the accumulators. `x`: the tile with all input channels. */
function sums(
  w: Writer, place: Place, image: number, tile: Tile, x: View | undefined, group: number, channel: number, count: number,
): View {
  const { layer, plan, bias, weights } = place, { kernel } = layer.window, deep = layer.weights.dims[2]!;
  const acc = w.acc('acc', layer.accumulator, [tile.rows, tile.columns, count]);
  const mode = { isat: false, zpa: layer.inputZero, zpb: layer.weightZero };
  if (bias) w.ainit(acc, seen(bias, acc.dims, [0, 0, bias.strides[0]!], channel * bias.strides[0]!));
  let first = bias === undefined, slot = 0;
  for (const [from, some] of pieces(deep, plan.chunk)) {
    const held = x ?? loadTile(w, place, image, tile, group * deep + from, some);
    for (const taps of tapsOf(kernel.y, kernel.x, some, plan.depth)) {
      const inGroup: Taps = { ...taps, c: [taps.c[0] + from, taps.c[1]] };
      w.comment(`channels ${channel} to ${channel + count - 1}: taps ${range(taps.y)} x ${range(taps.x)}, inputs ${range(inGroup.c)}`);
      w.wload(slot, { ...weights(inGroup, channel, count), label: 'wt' });
      const a = windowsOf(held, tile, layer.window, taps, x ? group * deep + from : 0);
      w.mm(first ? 'set' : 'add', acc, squeezed(a, 2, 5), slot, 2, mode);
      first = false;
      slot = (slot + 1) % Math.min(2, w.profile.slotCount);
    }
  }
  return acc;
}

const range = ([from, count]: readonly [number, number]): string => (count === 1 ? `${from}` : `${from}-${from + count - 1}`);

/** Takes the first way of cutting, from whole to narrow, that leaves room for a decent tile; then for any. */
function planOf(w: Writer, layer: Convolution): Plan {
  const { profile } = w, { input, weights, output, window, epilogue } = layer, [, oh = 0, ow = 0, oc = 0] = output.dims;
  const weightType = weightTypeOf(profile, input.dtype, weights.dtype, layer.accumulator), grown = weightType === weights.dtype ? 1 : 3;
  const row = multiplier(profile, input.dtype, weightType, layer.accumulator), columns = Math.min(accumulatorColumns(profile, row), oc);
  const positions = accumulatorRows(profile, layer.accumulator, row), deep = weights.dims[2]!;
  const fixed = [epilogue.table, epilogue.bias].reduce((sum, view) => sum + (view ? copiedBytes(view) : 0), 0) + 8 * 64;
  const rest = epilogue.residual ? 2 * columns * (widthOf(epilogue.residual.dtype) / 8) : 0;
  for (const decent of [Math.min(oh * ow, 32), 1]) for (const chunk of chunksOf(deep, row.kMax)) {
    for (const inputWhole of [true, false]) for (const outputWhole of [true, false]) for (const resident of [true, false]) {
      const part = resident ? weights : seen(weights, [weights.dims[0]!, weights.dims[1]!, chunk, columns], weights.strides);
      const weightBytes = copiedBytes(part) * grown, room = w.free() - fixed - (resident ? 1 : 2) * weightBytes;
      if (room < w.free() / 2) continue;
      const tile = tileOf(oh, ow, positions, (y, x) => {
        const inside = denseBytes(input.dtype, [...reachesOf(window, y, x), inputWhole ? input.dims[3]! : chunk]);
        return 2 * inside + 2 * denseBytes(output.dtype, [y, x, outputWhole ? oc : columns]) + y * x * rest <= room;
      });
      const plan = { columns, depth: row.kMax, chunk, inputWhole, outputWhole, resident, weightBytes, weightType };
      if (tile && tile.y * tile.x >= decent) return { tile, ...plan };
    }
  }
  throw unfit(`not even one output position of ${output.label} fits the scratchpad of ${profile.name}`);
}

/** All channels of a group, then ever fewer, whole multiples of what the array takes. */
function chunksOf(deep: number, most: number): number[] {
  const list = [deep];
  for (let chunk = Math.floor(deep / 2 / most) * most; chunk > 0; chunk = Math.floor(chunk / 2 / most) * most) list.push(chunk);
  return [...new Set([...list, Math.min(deep, most)])];
}

/** Tiles [taps.., inputs, n] of the weights: out of a copy of all of them, or of a chunk for the output channels at work. */
function weightSource(w: Writer, layer: Convolution, plan: Plan): Place['weights'] {
  const { weights } = layer, [kh = 0, kw = 0, deep = 0] = weights.dims;
  const fetch = (part: View): View => {
    const raw = copied(w, part, 'w');
    if (plan.weightType === weights.dtype) return raw;
    const wider = w.spm('w8', plan.weightType, raw.dims);
    w.convert(wider, raw, {});
    return wider;
  };
  const cut = (view: View, taps: Taps, from: number, channel: number, count: number): View =>
    squeezed(box(view, [taps.y[0], taps.x[0], taps.c[0] - from, channel], [taps.y[1], taps.x[1], taps.c[1], count]), 0, 3);
  if (plan.resident) {
    const all = fetch(weights);
    return (taps, channel, count) => cut(all, taps, 0, channel, count);
  }
  const buffers = rotation(2, () => w.spm('wb', 'u8', [plan.weightBytes]));
  let held: { readonly channel: number; readonly from: number; readonly view: View } | undefined;
  return (taps, channel, count) => {
    const from = Math.floor(taps.c[0] / plan.chunk) * plan.chunk;
    if (held?.channel !== channel || held.from !== from) {
      const part = box(weights, [0, 0, from, channel], [kh, kw, Math.min(plan.chunk, deep - from), count]);
      held = { channel, from, view: w.within(buffers(), () => fetch(part)) };
    }
    return cut(held.view, taps, from, 0, count);
  };
}
