//! batch-matmul: products of matrices, one for each of two outer dims, which broadcast.
import { fullyConnected } from './fully-connected.ts';
import type { Epilogue } from './tiling.ts';
import type { View } from './view.ts';
import { seen } from './view.ts';
import type { Writer } from './writer.ts';

/** All tensors are in DRAM; a transposed operand is a view with its last two strides exchanged. */
export interface BatchMatmul {
  /** [N or 1, H or 1, M, K] */
  readonly left: View;
  /** [N or 1, H or 1, K, P] */
  readonly right: View;
  /** [N, H, M, P] */
  readonly output: View;
  readonly leftZero: number;
  readonly rightZero: number;
  readonly accumulator: 's32' | 's64' | 'fp32';
  readonly epilogue: Epilogue;
}

/** output[n, h] = epilogue((left[n, h] - leftZero) x (right[n, h] - rightZero)). */
export function batchMatmul(w: Writer, { left, right, output, leftZero, rightZero, accumulator, epilogue }: BatchMatmul): void {
  const [batch = 0, height = 0] = output.dims;
  for (let n = 0; n < batch; n++) for (let h = 0; h < height; h++) {
    fullyConnected(w, {
      input: matrix(left, n, h), weights: matrix(right, n, h), output: matrix(output, n, h), inputZero: leftZero, weightZero: rightZero,
      accumulator, epilogue,
    });
  }
}

const matrix = (view: View, n: number, h: number): View => {
  const offset = (view.dims[0] === 1 ? 0 : n * view.strides[0]!) + (view.dims[1] === 1 ? 0 : h * view.strides[1]!);
  return seen(view, view.dims.slice(2), view.strides.slice(2), offset);
};
