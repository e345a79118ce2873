//! conv2d: convolution, and with it every product of matrices, as tiles of output positions and channels over implicit im2col views.
import type { View } from './view.ts';
import { box, denseBytes, seen, squeezed, widthOf } from './view.ts';
import type { Epilogue, Pair, Taps, Tile, Window } from './tiling.ts';
import {
  accumulatorColumns, accumulatorRows, copied, copiedBytes, dropFirst, largest, loadPadded, multiplier, pieces, reachOf, rotation, rowsOf, shaped,
  tapsOf, tileOf, tilesOf, tripleFor, windowsOf,
} from './tiling.ts';
import type { Writer } from './writer.ts';
import { unfit } from './writer.ts';

/** All tensors are in DRAM; strides are free, so layouts are views (OHWI weights are [KH, KW, CG, OC] with strides [KW*CG, CG, 1, KH*KW*CG]). */
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

/** How a layer is cut; sizes in elements of the axis. */
interface Plan {
  readonly tile: Pair;
  readonly columns: number;
  readonly depth: number;
  /** Input channels that a tile in SPM holds: all, or a block of those of one group. */
  readonly block: number;
  readonly outputWhole: boolean;
  readonly weights: 'resident' | 'slab' | 'part';
  readonly weightType: string;
  /** SPM for weights, two places for slabs and parts. */
  readonly bytes: Readonly<Record<'resident' | 'slab' | 'part', number>>;
}

/**
 * Writes the layer. Output positions are cut into tiles that fit the accumulators, output channels into the columns of the array, products
 * into its rows; input and output tiles have two buffers each, so that moving them overlaps with multiplying.
 * Throws Rejected where the profile lacks the types or the smallest tile does not fit.
 */
export function conv2d(w: Writer, layer: Convolution): void {
  const plan = planOf(w, layer), [batch = 0, oh = 0, ow = 0, oc = 0] = layer.output.dims;
  w.scope(() => {
    const table = layer.epilogue.table && copied(w, layer.epilogue.table, 'tb'), bias = layer.epilogue.bias && copied(w, layer.epilogue.bias, 'bi');
    const weights = weightSource(w, layer, plan), tiles = tilesOf(oh, ow, plan.tile, layer.window), whole = plan.block === layer.input.dims[3];
    const inputs = rotation(2, () => w.spm('x', layer.input.dtype, largest(tiles, (t) => [t.inRows, t.inColumns, plan.block])));
    const outputs = rotation(2, () => w.spm('o', layer.output.dtype, [plan.tile.y, plan.tile.x, plan.outputWhole ? oc : plan.columns]));
    const { residual } = layer.epilogue, rests = residual && rotation(2, () => w.spm('r', residual.dtype, [plan.tile.y, plan.tile.x, plan.columns]));
    const place: Place = { layer, plan, bias, weights, inputs };
    for (let image = 0; image < batch; image++) for (const tile of tiles) {
      const x = whole ? loadTile(w, place, image, tile, 0, plan.block) : undefined, target = dropFirst(layer.output, image);
      const wide = plan.outputWhole ? shaped(outputs(), [tile.rows, tile.columns, oc]) : undefined;
      for (const [group, channel, count] of channelsOf(layer, plan)) {
        const acc = sums(w, place, image, tile, x, group, channel, count), dims = [tile.rows, tile.columns, count], at = [tile.y, tile.x, channel];
        const d = wide ? box(wide, [0, 0, channel], dims) : shaped(outputs(), dims), rest = rests && shaped(rests(), dims);
        if (rest) w.load(rest, box(dropFirst(residual!, image), at, dims));
        w.drain(d, acc, table && rowsOf(table, channel, count), layer.epilogue.mode, rest);
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
  return pieces(groups, 1).flatMap(([group]) => pieces(each, plan.columns).map(([from, count]) => [group, group * each + from, count] as const));
}

function loadTile(w: Writer, { layer, inputs }: Place, image: number, tile: Tile, channel: number, count: number): View {
  const d = shaped(inputs(), [tile.inRows, tile.inColumns, count]);
  w.comment(`input ${image}, rows ${tile.inY} to ${tile.inY + tile.inRows - 1}, channels ${channel} to ${channel + count - 1}`);
  loadPadded(w, d, dropFirst(layer.input, image), [tile.inY, tile.inX, channel], layer.inputZero);
  return d;
}

/** The sums of some output channels at the positions of a tile, left in the accumulators. `x`: the tile with all input channels, if it fits. */
function sums(w: Writer, place: Place, image: number, tile: Tile, x: View | undefined, group: number, channel: number, count: number): View {
  const { layer, plan, bias, weights } = place, { kernel } = layer.window, deep = layer.weights.dims[2]!;
  const acc = w.acc('acc', layer.accumulator, [tile.rows, tile.columns, count]), mode = { isat: false, zpa: layer.inputZero, zpb: layer.weightZero };
  if (bias) w.ainit(acc, seen(bias, acc.dims, [0, 0, bias.strides[0]!], channel * bias.strides[0]!));
  let first = bias === undefined, slot = 0;
  for (const [from, some] of pieces(deep, x ? deep : plan.block)) {
    const held = x ?? loadTile(w, place, image, tile, group * deep + from, some);
    for (const taps of tapsOf(kernel.y, kernel.x, some, plan.depth)) {
      const inGroup: Taps = { ...taps, c: [taps.c[0] + from, taps.c[1]] };
      w.comment(`channels ${channel} to ${channel + count - 1}: taps ${range(taps.y)} x ${range(taps.x)}, inputs ${range(inGroup.c)}`);
      w.wload(slot, weights(inGroup, channel, count));
      const a = windowsOf(held, tile, layer.window, taps, x ? group * deep + from : 0);
      w.mm(first ? 'set' : 'add', acc, squeezed(a, 2, 5), slot, 2, mode);
      first = false;
      slot = (slot + 1) % Math.min(2, w.profile.slotCount);
    }
  }
  return acc;
}

const range = ([from, count]: readonly [number, number]): string => (count === 1 ? `${from}` : `${from}-${from + count - 1}`);

/** Tries whole channels first, then narrower pieces, and takes the first that leaves room for a decent tile, or for any. */
function planOf(w: Writer, layer: Convolution): Plan {
  const { profile } = w, { input, weights, output, window } = layer, [, oh = 0, ow = 0, oc = 0] = output.dims;
  const weightType = !tripleFor(profile, input.dtype, weights.dtype, layer.accumulator) && weights.dtype === 's4' ? 's8' : weights.dtype;
  const row = multiplier(profile, input.dtype, weightType, layer.accumulator), each = weights.dims[2]!, columns = accumulatorColumns(profile, row);
  const positions = accumulatorRows(profile, layer.accumulator, row), slab = seen(weights, [...weights.dims.slice(0, 3), Math.min(columns, oc)], weights.strides);
  const fixed = [layer.epilogue.table, layer.epilogue.bias].reduce((sum, view) => sum + (view ? copiedBytes(view) : 0), 0);
  const grown = weightType === weights.dtype ? 1 : 3, part = 2 * grown * (2 * row.kMax * columns * Math.max(1, widthOf(weights.dtype) / 8) + 256);
  const bytes = { resident: copiedBytes(weights) * grown, slab: copiedBytes(slab) * grown * 2, part };
  const residualBytes = layer.epilogue.residual ? widthOf(layer.epilogue.residual.dtype) / 8 : 0;
  const blocks = [input.dims[3]!, ...(each > row.kMax || layer.groups > 1 ? [Math.min(each, row.kMax)] : [])];
  for (const decent of [Math.min(oh * ow, 32), 1])
    for (const block of blocks) for (const outputWhole of [true, false]) for (const kind of ['resident', 'slab', 'part'] as const) {
      if (kind !== 'part' && bytes[kind] > w.free() / 2) continue;
      const room = w.free() - fixed - bytes[kind] - 8 * 64;
      const tile = tileOf(oh, ow, positions, (y, x) => {
        const inside = [reachOf(y, window.stride.y, window.kernel.y, window.dilation.y), reachOf(x, window.stride.x, window.kernel.x, window.dilation.x), block];
        const outside = [y, x, outputWhole ? oc : Math.min(columns, oc)];
        return 2 * denseBytes(input.dtype, inside) + 2 * denseBytes(output.dtype, outside) + 2 * y * x * columns * residualBytes <= room;
      });
      if (tile && tile.y * tile.x >= decent) return { tile, columns, depth: row.kMax, block, outputWhole, weights: kind, weightType, bytes };
    }
  throw unfit(`not even one output position of ${output.label} fits the scratchpad of ${profile.name}`);
}

/** Tiles [taps.., inputs, n] of the weights: out of a copy of all of them, of the output channels at work, or each brought in by itself. */
function weightSource(w: Writer, layer: Convolution, plan: Plan): Place['weights'] {
  const { weights } = layer, [kh = 0, kw = 0, cg = 0, oc = 0] = weights.dims;
  const fetch = (part: View): View => {
    const raw = copied(w, part, 'w');
    if (plan.weightType === weights.dtype) return raw;
    const wider = w.spm('w8', plan.weightType, raw.dims);
    w.convert(wider, raw, {});
    return wider;
  };
  const cut = (view: View, taps: Taps, channel: number, count: number): View =>
    squeezed(box(view, [taps.y[0], taps.x[0], taps.c[0], channel], [taps.y[1], taps.x[1], taps.c[1], count]), 0, 3);
  if (plan.weights === 'resident') {
    const all = fetch(weights);
    return (taps, channel, count) => cut(all, taps, channel, count);
  }
  const bytes = plan.weights === 'slab' ? plan.bytes.slab : plan.bytes.part, buffers = rotation(2, () => w.spm('wb', 'u8', [bytes / 2]));
  let held: { readonly channel: number; readonly view: View } | undefined;
  return (taps, channel, count) => {
    if (plan.weights === 'part') return squeezed(w.within(buffers(), () => fetch(box(weights, [taps.y[0], taps.x[0], taps.c[0], channel],
      [taps.y[1], taps.x[1], taps.c[1], count]))), 0, 3);
    if (held?.channel !== channel) {
      const next = w.within(buffers(), () => fetch(box(weights, [0, 0, 0, channel], [kh, kw, cg, Math.min(count, oc)])));
      held = { channel, view: next };
    }
    return cut(held.view, taps, 0, count);
  };
}
