//! columns: one vector operation over columns of any length, piece by piece.
import { pieces, rotation, shaped } from './tiling.ts';
import type { View } from './view.ts';
import { box, size, widthOf } from './view.ts';
import type { Writer } from './writer.ts';

/**
 * Brings rows of every input ([n] or [n, more]) into SPM, lets `body` make the same rows of the output ([n]), and stores them; two
 * buffers each. All tensors are in DRAM.
 */
export function eachPiece(w: Writer, inputs: readonly View[], output: View, body: (o: View, inputs: readonly View[]) => void): void {
  const bytes = (view: View): number => size(view.dims.slice(1)) * (widthOf(view.dtype) / 8), all = [...inputs, output];
  w.scope(() => {
    const most = Math.floor((w.free() - all.length * 128) / (2 * all.reduce((sum, view) => sum + bytes(view), 0)));
    const buffers = all.map((view, index) => rotation(2,
      () => w.spm(index < inputs.length ? `x${index}` : 'y', view.dtype, [most * size(view.dims.slice(1))])));
    for (const [from, count] of pieces(output.dims[0]!, most)) {
      const [held, o] = [inputs.map((view, index) => piece(w, view, buffers[index]!(), from, count)), shaped(buffers.at(-1)!(), [count])];
      body(o, held);
      w.store(box(output, [from], [count]), o);
    }
  });
}

function piece(w: Writer, view: View, buffer: View, from: number, count: number): View {
  const dims = [count, ...view.dims.slice(1)], d = shaped(buffer, dims);
  w.load(d, box(view, [from, ...dims.slice(1).map(() => 0)], dims));
  return d;
}
