//! movement: padding and transposition, which are views of the units that move data.
import { boxesOf, loadPadded, rotation, shaped } from './tiling.ts';
import type { View } from './view.ts';
import { box, permuted, widthOf } from './view.ts';
import type { Writer } from './writer.ts';

/** Both in DRAM; output dim i is before[i] + input dim i + what is left, filled with `value`. */
export interface Padding { readonly input: View; readonly output: View; readonly before: readonly number[]; readonly value: number }

/** output = input, with `value` around it. */
export function pad(w: Writer, { input, output, before, value }: Padding): void {
  eachBox(w, output, (o, start) => loadPadded(w, o, input, start.map((at, axis) => at - before[axis]!), value));
}

/** Both in DRAM; output axis i is input axis permutation[i]. */
export interface Transposition { readonly input: View; readonly output: View; readonly permutation: readonly number[] }

/** output = input with its axes in another order. */
export function transpose(w: Writer, { input, output, permutation }: Transposition): void {
  const source = permuted(input, permutation);
  eachBox(w, output, (o, start) => w.load(o, box(source, start, o.dims)));
}

/** Boxes of output that fit two buffers, made by `body` and stored. */
function eachBox(w: Writer, output: View, body: (o: View, start: readonly number[]) => void): void {
  w.scope(() => {
    const most = Math.floor(((w.free() - 256) / 2) / Math.max(1, widthOf(output.dtype) / 8)), boxes = boxesOf(output.dims, most);
    const buffers = rotation(2, () => w.spm('o', output.dtype, [Math.max(1, ...boxes.map(({ dims }) => dims.reduce((a, b) => a * b, 1)))]));
    for (const { start, dims } of boxes) {
      const o = shaped(buffers(), dims);
      body(o, start);
      w.store(box(output, start, dims), o);
    }
  });
}
