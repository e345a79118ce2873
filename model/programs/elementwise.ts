//! elementwise: sums, products, extremes and requantised residuals of whole tensors, by the vector unit.
import { boxesOf, copied, rotation, shaped } from './tiling.ts';
import type { TableRow } from './table.ts';
import { tableOf } from './table.ts';
import type { View } from './view.ts';
import { box, broadcast, seen, size, widthOf } from './view.ts';
import type { Mode, Writer } from './writer.ts';

/** All tensors are in DRAM and of one rank; an operand's dim is that of the output or 1. */
export interface Binary { readonly first: View; readonly second: View; readonly output: View }

/**
 * How an addend comes to the common scale: (x - zero) scaled by the row (gemmlowp), then shifted right `right` places, halves away from
 * zero.
 */
export interface Addend { readonly zero: number; readonly row: TableRow; readonly right: number }

/** The least or the greatest of two tensors, element by element. */
export function extremum(w: Writer, op: 'min' | 'max', layer: Binary): void {
  eachBox(w, layer, 0, (o, x, y) => w.binary(op, o, x, y, {}));
}

/** Each addend is brought to s32 on a common scale, and the sum to the output's by `row` and `mode`. */
export function addition(w: Writer, layer: Binary & { readonly addends: readonly [Addend,
  Addend]; readonly row: TableRow; readonly mode: Mode }): void {
  const tables = [...layer.addends.map(({ row }) => row), layer.row].map((row, index) => tableOf(w, `T${index}`, [row]));
  w.scope(() => {
    const rows = tables.map((table, index) => copied(w, table, `r${index}`));
    eachBox(w, layer, 8, (o, x, y) => {
      const terms = [x, y].map((view, index) => {
        const { zero, right } = layer.addends[index]!, own = view.dims.map((dim, axis) => (view.strides[axis] === 0 ? 1 : dim));
        const t = w.spm(`u${index}`, 's32', own), source = { ...view, dims: own };
        w.scale(t, source, oneRow(rows[index]!, t), { scale: 'gemmlowp', round2: 'rhu', round: 'rna', zpa: zero });
        if (right > 0) w.shift('right', t, t, right, { round: 'rna' });
        return broadcast(t, o.dims);
      });
      const sum = w.spm('sum', 's32', o.dims);
      w.binary('add', sum, terms[0]!, terms[1]!, {});
      w.scale(o, sum, oneRow(rows[2]!, sum), layer.mode);
    });
  });
}

/** (x - zero) * (y - zero), brought to the output's scale by `row` and `mode`. */
export function multiplication(
  w: Writer, layer: Binary & { readonly zeros: readonly [number, number]; readonly row: TableRow; readonly mode: Mode },
): void {
  const table = tableOf(w, 'T0', [layer.row]);
  w.scope(() => {
    const row = copied(w, table, 'r0');
    eachBox(w, layer, 8, (o, x, y) => {
      const factors = [x, y].map((view, index) => {
        const zero = layer.zeros[index]!, own = view.dims.map((dim, axis) => (view.strides[axis] === 0 ? 1 : dim));
        if (zero === 0) return view;
        const t = w.spm(`u${index}`, 's32', own);
        w.scale(t, { ...view, dims: own }, undefined, { zpa: zero });
        return broadcast(t, o.dims);
      });
      const product = w.spm('product', 's32', o.dims);
      w.binary('mul', product, factors[0]!, factors[1]!, {});
      w.scale(o, product, oneRow(row, product), layer.mode);
    });
  });
}

/** All in DRAM, of one shape; the last dim counts channels. */
export interface Requantise {
  readonly input: View;
  readonly output: View;
  /** s32 [channels, 4]. */
  readonly table: View | undefined;
  /** Added after scaling, less `mode.zpb`. */
  readonly residual?: View | undefined;
  readonly mode: Mode;
}

/** output = epilogue(input), with the residual added after scaling. */
export function requantise(w: Writer, { input, output, table, residual, mode }: Requantise): void {
  w.scope(() => {
    const rows = table && copied(w, table, 'tb');
    eachBox(w, { first: input, second: residual ?? input, output }, 0, (o, x, y, start) => {
      const channel = start.at(-1)!, of = rows && seen(rows, [o.dims.at(-1)!, 4], rows.strides, channel * rows.strides[0]!);
      w.scale(o, x, of, mode, residual && y);
    }, residual !== undefined);
  });
}

const oneRow = (row: View, of: View): View => seen(row, [of.dims.at(-1)!, 4], [0, 1]);

/** Boxes of output that fit, each with its operands loaded, seen with the box's dims, and stored when `body` has made it. */
function eachBox(
  w: Writer, { first, second, output }: Binary, extra: number, body: (o: View, x: View, y: View, start: readonly number[]) => void,
    both = true,
): void {
  const bytes = [first, second, output].reduce((sum, view) => sum + 2 * Math.max(1, widthOf(view.dtype) / 8), extra && extra + 4);
  w.scope(() => {
    const most = Math.floor((w.free() - 16 * 64) / bytes), boxes = boxesOf(output.dims, most);
    const longest = Math.max(1, ...boxes.map(({ dims }) => size(dims)));
    const buffers = (label: string, view: View) => rotation(2, () => w.spm(label, view.dtype, [longest]));
    const [xs, ys, os] = [buffers('x', first), both ? buffers('y', second) : undefined, buffers('o', output)];
    const operand = (buffer: () => View, view: View, start: readonly number[], dims: readonly number[]): View => {
      const own = dims.map((dim, axis) => (view.dims[axis] === 1 ? 1 : dim)), d = shaped(buffer(), own);
      w.load(d, box(view, start.map((at, axis) => (view.dims[axis] === 1 ? 0 : at)), own));
      return broadcast(d, dims);
    };
    for (const { start, dims } of boxes) {
      const x = operand(xs, first, start, dims), y = ys ? operand(ys, second, start, dims) : x, o = shaped(os(), dims);
      w.scope(() => body(o, x, y, start));
      w.store(box(output, start, dims), o);
    }
  });
}
