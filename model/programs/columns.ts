//! columns: one vector operation over columns of any length, piece by piece or element by element.
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
    const most = Math.min(LOOP_MAX, Math.floor((w.free() - all.length * 128) / (2 * all.reduce((sum, view) => sum + bytes(view), 0))));
    const buffers = all.map((view, index) => rotation(2,
      () => w.spm(index < inputs.length ? `x${index}` : 'y', view.dtype, [most * size(view.dims.slice(1))])));
    for (const [from, count] of pieces(output.dims[0]!, most)) {
      const [held, o] = [inputs.map((view, index) => piece(w, view, buffers[index]!(), from, count)), shaped(buffers.at(-1)!(), [count])];
      body(o, held);
      w.store(box(output, [from], [count]), o);
    }
  });
}

/** Passes of one loop. */
const LOOP_MAX = 0xffff;

/**
 * `body` for every element by itself, each in an instruction of its own: a loop in hardware, whose register s20 counts them. A fourth
 * operand takes no register; the base of the input `moving` steps instead.
 */
export function eachElement(w: Writer, o: View, inputs: readonly View[], moving: number, body: (o: View, inputs: readonly View[]) => void): void {
  const one = (view: View): View => ({ ...view, dims: [1], strides: [1] }), counted = (view: View): View => ({ ...one(view), register: 's20' });
  const write = (): void => body(counted(o), inputs.map((view, index) => (index === moving ? one(view) : counted(view))));
  const moved = inputs[moving];
  // Registers are set outside of the loop, by the first element.
  w.fence();
  w.line('s20 = 0');
  write();
  if (o.dims[0]! > 1) {
    w.line('s20 = 1');
    w.line(`loop ${o.dims[0]! - 1} step s20 += 1 {`);
    if (moved) w.line(`${moved.label}.base += ${widthOf(moved.dtype) / 8}`);
    write();
    w.line('}');
  }
  w.fence();
}

function piece(w: Writer, view: View, buffer: View, from: number, count: number): View {
  const dims = [count, ...view.dims.slice(1)], d = shaped(buffer, dims);
  w.load(d, box(view, [from, ...dims.slice(1).map(() => 0)], dims));
  return d;
}
