//! pooling: averages and maxima over windows, by the vector unit.
import type { Pair, Tile, Window } from './tiling.ts';
import { copied, dropFirst, largest, loadPadded, pieces, reachesOf, rotation, shaped, tileOf, tilesOf } from './tiling.ts';
import type { TableRow } from './table.ts';
import { averageRow, tableOf } from './table.ts';
import type { View } from './view.ts';
import { box, denseBytes, seen, widthOf } from './view.ts';
import type { Writer } from './writer.ts';
import { unfit } from './writer.ts';

/** Both tensors are in DRAM, [N, H, W, C] and [N, OH, OW, C], of one type. */
export interface Pooling {
  readonly input: View;
  readonly output: View;
  readonly window: Window;
  /** [lowest, highest] value of the output. */
  readonly clamp?: readonly [number, number];
}

/** The mean of the window positions inside the input, halves away from zero. */
export function averagePooling(w: Writer, layer: Pooling): void {
  const [, oh = 0, ow = 0] = layer.output.dims;
  const counts = Array.from({ length: oh * ow }, (_, at) => inside(layer, Math.floor(at / ow), at % ow));
  const rows: TableRow[] = new Set(counts).size === 1 ? [averageRow(counts[0]!)] : counts.map(averageRow);
  const table = tableOf(w, 'TB', rows, oh * ow), mode = { scale: 'fixed', round: 'rna', clamp: layer.clamp } as const;
  w.scope(() => {
    const one = rows.length === 1 ? copied(w, box(table, [0, 0], [1, 4]), 'tb') : undefined;
    pool(w, layer, 4 + (one ? 0 : 16), 0, (o, tile, windows) => {
      const s = w.spm('s', 's32', o.dims), [tall = 0, wide = 0, channels = 0] = o.dims;
      w.reduce('sum', s, windows, 2);
      if (one) w.scale(o, s, seen(one, [channels, 4], [0, 1]), mode);
      else {
        // A row for each position: the last dim is the position.
        const part = w.spm('tb', 's32', [tall * wide, 4]);
        const positions = (view: View): View => seen(view, [channels, tall * wide], [1, channels]);
        w.load(seen(part, [tall, wide, 4], [wide * 4, 4, 1]), seen(table, [tall, wide, 4], [ow * 4, 4, 1], (tile.y * ow + tile.x) * 4));
        w.scale(positions(o), positions(s), part, mode);
      }
    });
  });
}

/** The greatest of the window positions inside the input. */
export function maxPooling(w: Writer, layer: Pooling): void {
  const lowest = -(2 ** (widthOf(layer.input.dtype) - 1)), [lo, hi] = layer.clamp ?? [lowest, -lowest - 1];
  pool(w, layer, 0, lowest, (o, _, windows) => {
    w.reduce('max', o, windows, 2);
    if (lo > lowest || hi < -lowest - 1) w.clamp(o, o, { clamp: [lo, hi] });
  });
}

/** Window positions inside the input. */
function inside({ window: { kernel, stride, dilation, before }, input }: Pooling, oy: number, ox: number): number {
  const count = (start: number, taps: number, step: number, limit: number): number =>
    Array.from({ length: taps }, (_, tap) => start + tap * step).filter((at) => at >= 0 && at < limit).length;
  return count(oy * stride.y - before.y, kernel.y, dilation.y, input.dims[1]!) * count(ox * stride.x - before.x, kernel.x, dilation.x,
    input.dims[2]!);
}

/**
 * Tiles of output, of all channels if some rows of them fit, else of fewer; `body` gets the tile in SPM and its windows [rows, columns, C,
 * KH, KW].
 */
function pool(
  w: Writer, layer: Pooling, positionBytes: number, fill: number, body: (o: View, tile: Tile, windows: View) => void,
): void {
  const { input, output, window } = layer, [batch = 0, oh = 0, ow = 0, channels = 0] = output.dims;
  const { tile: size, block } = planOf(w, layer, positionBytes);
  w.scope(() => {
    const tiles = tilesOf(oh, ow, size, window);
    const inputs = rotation(2, () => w.spm('x', input.dtype, largest(tiles, (t) => [t.inRows, t.inColumns, block])));
    const outputs = rotation(2, () => w.spm('o', output.dtype, [size.y, size.x, block]));
    for (let image = 0; image < batch; image++) for (const [from, count] of pieces(channels, block)) for (const tile of tiles) {
      const x = shaped(inputs(), [tile.inRows, tile.inColumns, count]), o = shaped(outputs(), [tile.rows, tile.columns, count]);
      w.comment(`input ${image}, rows ${tile.inY} to ${tile.inY + tile.inRows - 1}, channels ${from} to ${from + count - 1}`);
      loadPadded(w, x, dropFirst(input, image), [tile.inY, tile.inX, from], fill);
      const [row, column] = x.strides as [number, number], { kernel, stride, dilation } = window;
      const windows = seen(x, [tile.rows, tile.columns, count, kernel.y, kernel.x],
        [stride.y * row, stride.x * column, 1, dilation.y * row, dilation.x * column]);
      w.scope(() => body(o, tile, windows));
      w.store(box(dropFirst(output, image), [tile.y, tile.x, from], o.dims), o);
    }
  });
}

function planOf(w: Writer, { input, output, window }: Pooling, positionBytes: number): { readonly tile: Pair; readonly block: number } {
  const [, oh = 0, ow = 0, channels = 0] = output.dims;
  for (const decent of [Math.min(oh * ow, 16), 1]) for (const block of [channels, Math.min(channels, 16), 1]) {
    const tile = tileOf(oh, ow, oh * ow, (y, x) => {
      const moved = 2 * denseBytes(input.dtype, [...reachesOf(window, y, x), block]) + 2 * denseBytes(output.dtype, [y, x, block]);
      return moved + y * x * (positionBytes > 4 ? 16 : 0) + (positionBytes > 0 ? 4 * y * x * block : 0) <= w.free() - 8 * 64;
    });
    if (tile && tile.y * tile.x >= decent) return { tile, block };
  }
  throw unfit(`not even one window of ${input.label} fits the scratchpad of ${w.profile.name}`);
}
