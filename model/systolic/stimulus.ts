//! stimulus: tiles of a multiplication as what enters an array edge by edge, and where and when its results leave.
import { crossing, outputsEdges, type Shape } from './closed-forms.ts';
import { type Arithmetic, FIRST, type Stimulus, VALID } from './kernel.ts';

/** A product of M rows by a tile of weights [K][N], in values of integers or codes of floats. */
export interface Tile {
  readonly rowCount: number;
  readonly depth: number;
  readonly columns: number;
  /** [M][K]. */
  readonly a: Int32Array;
  /** [K][N]. */
  readonly w: Int32Array;
  /** What sums begin with, [M][N]: codes of C for chains that start with it. */
  readonly start: BigInt64Array | undefined;
}

/** Of a tile the edges at which its weights begin to enter and its row 0 does. */
export interface Times { readonly loadAt: number; readonly enterAt: number }
/** What enters, when, and after which edge sum [m, n] of a tile stands in the lowest row at column n. */
export interface Streamed {
  readonly stimulus: Stimulus;
  readonly times: readonly Times[];
  readonly leaves: (tile: number, m: number, n: number) => number;
}

/** Tiles one after another, each tile's weights loaded as soon as the first row of the one before has passed the last PE. */
export function throughWeights(shape: Shape, arithmetic: Arithmetic, tiles: readonly Tile[], trailing = 0): Streamed {
  const { rows, columns } = shape, times: Times[] = [];
  for (const [i] of tiles.entries()) {
    const before = times.at(-1), loadAt = before ? before.enterAt + crossing(shape) : 0;
    times.push({ loadAt, enterAt: Math.max(before ? before.enterAt + tiles[i - 1]!.rowCount : 0, loadAt + rows) });
  }
  const streamed = tiles.filter(({ rowCount }) => rowCount > 0), last = times[streamed.length - 1];
  const end = last ? last.enterAt + streamed.at(-1)!.rowCount + crossing(shape) : 0, loaded = (times.at(-1)?.loadAt ?? 0) + rows;
  const edges = Math.max(end, loaded) + trailing, vectors = times.at(-1)!.enterAt + tiles.at(-1)!.rowCount;
  const stimulus = {
    layout: 'weights' as const, shape, arithmetic, edges, left: new Int32Array(vectors * rows), flags: new Uint8Array(vectors * rows),
    top: new BigInt64Array(arithmetic.kind === 'bytes' ? 0 : vectors * columns), loads: new Uint32Array(edges),
    weights: new Int32Array(tiles.length * rows * columns), live: new Uint8Array(tiles.length * rows * columns),
  };
  tiles.forEach((tile, i) => { layTile(stimulus, tile, i, times[i]!); });
  return { stimulus, times, leaves: (tile, m, n) => times[tile]!.enterAt + m + rows - 1 + n };
}

function layTile({ shape: { rows, columns }, left, flags, top, loads, weights, live }: Stimulus, tile: Tile, number: number, { loadAt, enterAt }: Times): void {
  const { rowCount, depth, columns: used, a, w, start } = tile, first = number * rows;
  for (let r = 0; r < rows; r++) loads[loadAt + r] = 1 + first + rows - 1 - r;
  for (let k = 0; k < depth; k++) {
    weights.set(w.subarray(k * used, (k + 1) * used), (first + k) * columns);
    live.fill(1, (first + k) * columns, (first + k) * columns + used);
  }
  for (let m = 0; m < rowCount; m++) {
    left.set(a.subarray(m * depth, (m + 1) * depth), (enterAt + m) * rows);
    // Rows of the array that have no activation take nothing over.
    flags.fill(VALID, (enterAt + m) * rows, (enterAt + m) * rows + depth);
    if (m === 0) for (let r = 0; r < rows; r++) flags[enterAt * rows + r]! |= FIRST;
    if (start) top.set(start.subarray(m * used, (m + 1) * used), (enterAt + m) * columns);
  }
}

/** One tile of any depth, `rows` rows of it at a time. */
export function throughOutputs(shape: Shape, arithmetic: Arithmetic, tile: Tile): Streamed {
  const { rows, columns } = shape, { rowCount, depth, columns: used, a, w, start } = tile, blocks = Math.ceil(rowCount / rows);
  const preload = start ? rows : 0, period = outputsEdges(shape, depth, start !== undefined), edges = blocks * period;
  const stimulus = {
    layout: 'outputs' as const, shape, arithmetic, edges, left: new Int32Array(edges * rows), flags: new Uint8Array(edges * rows),
    top: new BigInt64Array(blocks * rows * columns), loads: new Uint32Array(edges), weights: new Int32Array(edges * columns), live: new Uint8Array(edges * columns),
  };
  for (let block = 0; block < blocks; block++) {
    const from = block * period + preload, present = Math.min(rows, rowCount - block * rows);
    for (let r = 0; r < preload; r++) stimulus.loads[block * period + r] = 2 + block * rows + rows - 1 - r;
    stimulus.loads.fill(1, from + depth + crossing(shape), (block + 1) * period);
    for (let k = 0; k < depth; k++) {
      stimulus.weights.set(w.subarray(k * used, (k + 1) * used), (from + k) * columns);
      stimulus.live.fill(1, (from + k) * columns, (from + k) * columns + used);
      for (let r = 0; r < present; r++) {
        stimulus.left[(from + k) * rows + r] = a[(block * rows + r) * depth + k]!;
        stimulus.flags[(from + k) * rows + r] = k === 0 && !start ? VALID | FIRST : VALID;
      }
    }
    for (let r = 0; start && r < present; r++) {
      stimulus.top.set(start.subarray((block * rows + r) * used, (block * rows + r + 1) * used), (block * rows + r) * columns);
    }
  }
  const leaves = (_tile: number, m: number, _n: number): number => (Math.floor(m / rows) + 1) * period - 1 - (m % rows);
  return { stimulus, times: Array.from({ length: blocks }, (_, block) => ({ loadAt: block * period, enterAt: block * period + preload })), leaves };
}
