//! fully-connected: a dense layer, as the 1x1 convolution over a column of rows that it is.
import { conv2d } from './conv2d.ts';
import type { Epilogue } from './tiling.ts';
import type { View } from './view.ts';
import type { Writer } from './writer.ts';

/** All tensors are in DRAM, strides are free. */
export interface FullyConnected {
  /** [B, K] */
  readonly input: View;
  /** [K, N]; weights stored as [N, K] have strides [1, K]. */
  readonly weights: View;
  /** [B, N] */
  readonly output: View;
  readonly inputZero: number;
  readonly weightZero: number;
  readonly accumulator: 's32' | 's64' | 'fp32';
  readonly epilogue: Epilogue;
}

/** output[b, n] = epilogue(sum over k of (input[b, k] - inputZero) * (weights[k, n] - weightZero)). */
export function fullyConnected(w: Writer, { input, weights, output, ...rest }: FullyConnected): void {
  const { residual } = rest.epilogue, epilogue = residual ? { ...rest.epilogue, residual: asImage(residual) } : rest.epilogue;
  const one = { y: 1, x: 1 }, window = { kernel: one, stride: one, dilation: one, before: { y: 0, x: 0 } };
  const kernel: View = { ...weights, dims: [1, 1, ...weights.dims], strides: [0, 0, ...weights.strides] };
  conv2d(w, { ...rest, epilogue, window, groups: 1, input: asImage(input), weights: kernel, output: asImage(output) });
}

/** [rows, columns] as [1, rows, 1, columns]. */
const asImage = (view: View): View =>
  ({ ...view, dims: [1, view.dims[0]!, 1, view.dims[1]!], strides: [0, view.strides[0]!, 0, view.strides[1]!] });
