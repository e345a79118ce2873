//! tensor: the geometry of a closed operand: elements, hull and footprint, in exact integers.
import type { Tensor } from './view.ts';

/** Number of elements; 0 when some dim is 0. */
export const elementCount = (t: Tensor): bigint => t.dims.reduce((product, dim) => product * dim, 1n);
export const isEmpty = (t: Tensor): boolean => t.dims.some((dim) => dim === 0n);

/** Bit address of the element of an index. */
export const bitAddress = (t: Tensor, index: readonly bigint[]): bigint =>
  t.address + t.width * index.reduce((sum, i, axis) => sum + i * t.strides[axis]!, 0n);

/** The bytes from the lowest to behind the highest one touched; [0, 0] for an empty tensor. Pads are not part of it. */
export function hull(t: Tensor): readonly [bigint, bigint] {
  if (isEmpty(t)) return [0n, 0n];
  let low = t.address, high = t.address + t.width;
  t.dims.forEach((dim, axis) => {
    const reach = (dim - 1n) * t.strides[axis]! * t.width;
    if (reach < 0n) low += reach; else high += reach;
  });
  return [low >> 3n, (high + 7n) >> 3n];
}

/** Every index in row-major order, last one fastest. */
export function* indices(dims: readonly bigint[]): Generator<readonly bigint[]> {
  if (dims.some((dim) => dim === 0n)) return;
  const index = dims.map(() => 0n);
  for (;;) {
    yield [...index];
    let axis = dims.length - 1;
    while (axis >= 0 && ++index[axis]! === dims[axis]) index[axis--] = 0n;
    if (axis < 0) return;
  }
}

/** Product of the dims from one axis up to another. */
export const product = (t: Tensor, from: number, to: number): bigint => t.dims.slice(from, to).reduce((p, dim) => p * dim, 1n);
export const lastDim = (t: Tensor): bigint => t.dims.at(-1) ?? 0n;
