//! view: where a tensor of a program lies and how it is walked, as the builders of programs speak of it.
import { formatByName } from '../numerics/format.ts';

export type Space = 'dram' | 'spm' | 'acc';

/** A strided tensor in a space: what a descriptor says, before it has a register. */
export interface View {
  /** Its name in the text; one descriptor register per name. */
  readonly label: string;
  readonly space: Space;
  /** Name of the format, `s8` and so on. */
  readonly dtype: string;
  readonly dims: readonly number[];
  /** In elements, one for each dim. */
  readonly strides: readonly number[];
  /** Bit address of the element of index 0; only 4-bit elements may start inside a byte. */
  readonly bit: number;
  /** Positions around the elements, only as the source of a load. */
  readonly pads?: { readonly low: readonly number[]; readonly high: readonly number[]; readonly fill: number };
  /** A scalar register whose value, in elements, is added when the instruction is dispatched. */
  readonly register?: string;
  /** Bytes that the view may touch over all values of `register`: [first, behind the last]. */
  readonly reach?: readonly [number, number];
}

export const widthOf = (dtype: string): number => formatByName(dtype).width;
export const size = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

/** Strides of dims that follow one another without gaps, the last one fastest. */
export function rowMajor(dims: readonly number[]): number[] {
  const strides = dims.map(() => 1);
  for (let axis = dims.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * dims[axis + 1]!;
  return strides;
}

/** Another walk over the same memory: dims, strides, an offset in elements from the old start, perhaps another name. */
export function seen(
  view: View, dims: readonly number[], strides: readonly number[], offset = 0, label = view.label,
): View {
  return { ...view, label, dims, strides, bit: view.bit + offset * widthOf(view.dtype) };
}

/** Elements `start` to `start + dims` of a view. */
export const box = (view: View, start: readonly number[], dims: readonly number[], label = view.label): View =>
  seen(view, dims, view.strides, start.reduce((sum, at, axis) => sum + at * view.strides[axis]!, 0), label);

/** The axes in another order. */
export const permuted = (view: View, axes: readonly number[]): View =>
  ({ ...view, dims: axes.map((axis) => view.dims[axis]!), strides: axes.map((axis) => view.strides[axis]!) });

/** The view with stride 0 where it has one element and the dims ask for more. */
export const broadcast = (view: View, dims: readonly number[]): View =>
  ({ ...view, dims, strides: view.strides.map((stride, axis) => (view.dims[axis] === 1 ? 0 : stride)) });

/** The view without the dims of 1 among the axes `from` up to `to`; at least one of these stays. */
export function squeezed(view: View, from: number, to: number): View {
  const axes = view.dims.map((_, axis) => axis), kept = axes.filter((axis) => axis < from || axis >= to || view.dims[axis] !== 1);
  const some = kept.some((axis) => axis >= from && axis < to);
  return permuted(view, some ? kept : axes.filter((axis) => kept.includes(axis) || axis === to - 1));
}

/** [first byte, behind the last byte] that the view touches. */
export function bytesOf(view: View): readonly [number, number] {
  if (view.reach) return view.reach;
  if (view.dims.includes(0)) return [0, 0];
  const width = widthOf(view.dtype);
  let low = view.bit, high = view.bit + width;
  view.dims.forEach((dim, axis) => {
    const far = (dim - 1) * view.strides[axis]! * width;
    if (far < 0) low += far; else high += far;
  });
  return [Math.floor(low / 8), Math.ceil(high / 8)];
}

/** Bytes of a tensor laid out without gaps; 4-bit rows take whole bytes. */
export function denseBytes(dtype: string, dims: readonly number[]): number {
  const width = widthOf(dtype), row = dims.at(-1) ?? 1;
  return width < 8 ? (size(dims) / (row || 1)) * Math.ceil((row * width) / 8) : (size(dims) * width) / 8;
}
