//! floatnet: a small convolutional network in doubles with its gradients, for training only; no golden result passes through it.

import { randomSource } from './draw.ts';
import type { LayerKind, Shape } from './network.ts';

/** What a layer is, before it has weights. */
export type LayerPlan = {
  readonly name: string;
  readonly kind: LayerKind;
  readonly input: string;
  readonly residual: string | null;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly kernel: number;
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly relu: boolean;
};

/** A parameter and what Adam keeps of it; all four have one length. */
export type Parameter = {
  readonly value: Float64Array;
  readonly gradient: Float64Array;
  readonly mean: Float64Array;
  readonly square: Float64Array;
};

/** A layer with weights (laid out as in `Network`), the activations of the last image and their gradients. */
export type FloatLayer = LayerPlan & {
  readonly weights: Parameter;
  readonly bias: Parameter;
  readonly output: Float64Array;
  readonly outputGradient: Float64Array;
  /** Unfolded input windows [positions, K] of a conv, and its gradient. */
  readonly columns: Float64Array;
  readonly columnsGradient: Float64Array;
};

export type FloatNetwork = { readonly layers: readonly FloatLayer[]; readonly byName: ReadonlyMap<string, FloatLayer> };

/** A network with He's initial weights (He et al. 2015: variance 2 / fan-in), from the seed. */
export function floatNetwork(plans: readonly LayerPlan[], seed: number): FloatNetwork {
  const random = randomSource(seed);
  const layers = plans.map(plan => floatLayer(plan, random));
  return { layers, byName: new Map(layers.map(layer => [layer.name, layer])) };
}

/** Runs `image` ([28, 28], 0 to 1) through; every layer's `output` is set. Returns the last one, the logits. */
export function forward(network: FloatNetwork, image: Float64Array): Float64Array {
  let last = image;
  for (const layer of network.layers) {
    const input = network.byName.get(layer.input)?.output ?? image;
    if (layer.kind === 'conv' || layer.kind === 'dense') convForward(layer, input);
    else if (layer.kind === 'depthwise') depthwise(layer, input, forwardTap);
    else if (layer.kind === 'maxpool') maxpoolForward(layer, input);
    else if (layer.kind === 'average') averageForward(layer, input);
    else addForward(layer, input, network.byName.get(layer.residual!)!.output);
    last = layer.output;
    if (layer.relu) for (let i = 0; i < last.length; i++) if (last[i]! < 0) last[i] = 0;
  }
  return last;
}

/** Adds the gradients of the weights for the image last run forward, given those of the logits. */
export function backward(network: FloatNetwork, image: Float64Array, logitsGradient: Float64Array): void {
  for (const layer of network.layers) layer.outputGradient.fill(0);
  network.layers[network.layers.length - 1]!.outputGradient.set(logitsGradient);
  for (let i = network.layers.length - 1; i >= 0; i--) {
    const layer = network.layers[i]!;
    const source = network.byName.get(layer.input);
    const input = source?.output ?? image;
    const gradient = layer.outputGradient;
    if (layer.relu) for (let j = 0; j < gradient.length; j++) if (layer.output[j]! <= 0) gradient[j] = 0;
    if (layer.kind === 'conv' || layer.kind === 'dense') convBackward(layer, source?.outputGradient ?? null);
    else if (layer.kind === 'depthwise') depthwise(layer, input, backwardTap(source!.outputGradient));
    else if (layer.kind === 'maxpool') maxpoolBackward(layer, input, source!.outputGradient);
    else if (layer.kind === 'average') averageBackward(layer, source!.outputGradient);
    else {
      addTo(source!.outputGradient, gradient);
      addTo(network.byName.get(layer.residual!)!.outputGradient, gradient);
    }
  }
}

/** e^x for x <= 0 from + * / alone, within 1e-9 relative where it matters: Taylor at x / 1024, squared ten times. */
export function exponential(x: number): number {
  if (x < -60) return 0;
  const y = x / 1024;
  let power = 1 + y * (1 + (y / 2) * (1 + (y / 3) * (1 + y / 4)));
  for (let i = 0; i < 10; i++) power *= power;
  return power;
}

function floatLayer(plan: LayerPlan, random: () => number): FloatLayer {
  const [height, width, channels] = plan.outputShape;
  const fanIn = plan.kind === 'depthwise' ? plan.kernel * plan.kernel
    : plan.kind === 'conv' ? plan.kernel * plan.kernel * plan.inputShape[2]
    : plan.kind === 'dense' ? elements(plan.inputShape) : 0;
  const deviation = fanIn > 0 ? Math.sqrt(2 / fanIn) : 0;
  const weights = parameter(fanIn * channels);
  for (let i = 0; i < weights.value.length; i++) {
    let sum = -6; // the sum of twelve uniform numbers has variance 1
    for (let j = 0; j < 12; j++) sum += random() / 4294967296;
    weights.value[i] = deviation * sum;
  }
  const unfolded = plan.kind === 'conv' || plan.kind === 'dense' ? height * width * fanIn : 0;
  return {
    ...plan, weights, bias: parameter(fanIn > 0 ? channels : 0),
    output: new Float64Array(height * width * channels), outputGradient: new Float64Array(height * width * channels),
    columns: new Float64Array(unfolded), columnsGradient: new Float64Array(unfolded),
  };
}

function parameter(length: number): Parameter {
  const zeros = (): Float64Array => new Float64Array(length);
  return { value: zeros(), gradient: zeros(), mean: zeros(), square: zeros() };
}

function elements(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}

function addTo(target: Float64Array, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += source[i]!;
}

function convForward(layer: FloatLayer, input: Float64Array): void {
  const channels = layer.bias.value.length;
  const rows = layer.output.length / channels;
  unfold(layer, input, layer.columns, false);
  for (let row = 0; row < rows; row++) layer.output.set(layer.bias.value, row * channels);
  const depth = layer.columns.length / rows;
  multiply(rows, channels, depth, layer.columns, depth, 1, layer.weights.value, channels, 1, layer.output);
}

function convBackward(layer: FloatLayer, inputGradient: Float64Array | null): void {
  const gradient = layer.outputGradient;
  const channels = layer.bias.value.length;
  const rows = gradient.length / channels;
  const depth = layer.columns.length / rows;
  for (let i = 0; i < gradient.length; i++) layer.bias.gradient[i % channels]! += gradient[i]!;
  multiply(depth, channels, rows, layer.columns, 1, depth, gradient, channels, 1, layer.weights.gradient);
  if (inputGradient === null) return;
  layer.columnsGradient.fill(0);
  multiply(rows, depth, channels, gradient, channels, 1, layer.weights.value, 1, channels, layer.columnsGradient);
  unfold(layer, inputGradient, layer.columnsGradient, true);
}

/** Copies input windows into rows of `columns`, or, with `back`, adds the rows back onto the input. */
function unfold(layer: FloatLayer, input: Float64Array, columns: Float64Array, back: boolean): void {
  if (layer.kind === 'dense' || layer.kernel === 1) {
    if (back) addTo(input, columns);
    else columns.set(input);
    return;
  }
  const channels = layer.inputShape[2];
  forEachTap(layer, (position, tap, at) => {
    const column = (position * layer.kernel * layer.kernel + tap) * channels;
    for (let c = 0; c < channels; c++) {
      if (back) input[at * channels + c]! += columns[column + c]!;
      else columns[column + c] = input[at * channels + c]!;
    }
  });
}

/** Every pair of an output position and a kernel tap that lies inside the input, with the input position it reads. */
function forEachTap(layer: LayerPlan, visit: (position: number, tap: number, at: number) => void): void {
  const [inputHeight, inputWidth] = layer.inputShape;
  const [height, width] = layer.outputShape;
  for (let position = 0; position < height * width; position++) {
    const top = Math.floor(position / width) * layer.stride - layer.padTop;
    const left = (position % width) * layer.stride - layer.padLeft;
    for (let tap = 0; tap < layer.kernel * layer.kernel; tap++) {
      const y = top + Math.floor(tap / layer.kernel);
      const x = left + (tap % layer.kernel);
      if (y >= 0 && y < inputHeight && x >= 0 && x < inputWidth) visit(position, tap, y * inputWidth + x);
    }
  }
}

type TapStep = (layer: FloatLayer, input: Float64Array, out: number, weight: number, at: number) => void;

function depthwise(layer: FloatLayer, input: Float64Array, step: TapStep): void {
  const channels = layer.outputShape[2];
  const rows = layer.output.length / channels;
  if (step === forwardTap) for (let row = 0; row < rows; row++) layer.output.set(layer.bias.value, row * channels);
  else for (let i = 0; i < layer.output.length; i++) layer.bias.gradient[i % channels]! += layer.outputGradient[i]!;
  forEachTap(layer, (position, tap, at) => step(layer, input, position * channels, tap * channels, at * channels));
}

function forwardTap(layer: FloatLayer, input: Float64Array, out: number, weight: number, at: number): void {
  const { output, weights } = layer;
  for (let c = 0; c < layer.outputShape[2]; c++) output[out + c]! += input[at + c]! * weights.value[weight + c]!;
}

function backwardTap(inputGradient: Float64Array): TapStep {
  return (layer, input, out, weight, at) => {
    const { outputGradient, weights } = layer;
    for (let c = 0; c < layer.outputShape[2]; c++) {
      weights.gradient[weight + c]! += input[at + c]! * outputGradient[out + c]!;
      inputGradient[at + c]! += weights.value[weight + c]! * outputGradient[out + c]!;
    }
  };
}

function maxpoolForward(layer: FloatLayer, input: Float64Array): void {
  for (let i = 0; i < layer.output.length; i++) layer.output[i] = input[poolWinner(layer, input, i)]!;
}

function maxpoolBackward(layer: FloatLayer, input: Float64Array, inputGradient: Float64Array): void {
  for (let i = 0; i < layer.output.length; i++) inputGradient[poolWinner(layer, input, i)]! += layer.outputGradient[i]!;
}

/** The input index of the maximum of the 2 x 2 window of output `i`. */
function poolWinner(layer: FloatLayer, input: Float64Array, i: number): number {
  const [, width, channels] = layer.outputShape;
  const stride = layer.inputShape[1] * channels;
  const position = Math.floor(i / channels);
  const corner = 2 * Math.floor(position / width) * stride + 2 * (position % width) * channels + (i % channels);
  let best = corner;
  if (input[corner + channels]! > input[best]!) best = corner + channels;
  if (input[corner + stride]! > input[best]!) best = corner + stride;
  if (input[corner + stride + channels]! > input[best]!) best = corner + stride + channels;
  return best;
}

function averageForward(layer: FloatLayer, input: Float64Array): void {
  const { output } = layer;
  output.fill(0);
  for (let i = 0; i < input.length; i++) output[i % output.length]! += input[i]!;
  for (let c = 0; c < output.length; c++) output[c]! *= output.length / input.length;
}

function averageBackward(layer: FloatLayer, inputGradient: Float64Array): void {
  const { outputGradient } = layer;
  const part = outputGradient.length / inputGradient.length;
  for (let i = 0; i < inputGradient.length; i++) inputGradient[i]! += outputGradient[i % outputGradient.length]! * part;
}

function addForward(layer: FloatLayer, input: Float64Array, residual: Float64Array): void {
  for (let i = 0; i < input.length; i++) layer.output[i] = input[i]! + residual[i]!;
}

/**
 * c [m, n] += a [m, k] times b [k, n], the operands by strides. Blocks of 4 x 4 keep sixteen sums in registers; that is what makes a
 * training run minutes instead of an hour.
 */
function multiply(
  m: number, n: number, k: number, a: Float64Array, aRow: number, aColumn: number, b: Float64Array, bRow: number, bColumn: number,
  c: Float64Array,
): void {
  const mBlocks = m - (m % 4);
  const nBlocks = n - (n % 4);
  for (let i = 0; i < mBlocks; i += 4) {
    for (let j = 0; j < nBlocks; j += 4) multiplyBlock(i, j, n, k, a, aRow, aColumn, b, bRow, bColumn, c);
  }
  for (let i = 0; i < m; i++) {
    for (let j = i < mBlocks ? nBlocks : 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[i * aRow + p * aColumn]! * b[p * bRow + j * bColumn]!;
      c[i * n + j]! += sum;
    }
  }
}

function multiplyBlock(
  i: number, j: number, n: number, k: number, a: Float64Array, aRow: number, aColumn: number, b: Float64Array, bRow: number,
  bColumn: number, c: Float64Array,
): void {
  let [s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  let at = i * aRow;
  let bt = j * bColumn;
  for (let p = 0; p < k; p++) {
    const b0 = b[bt]!, b1 = b[bt + bColumn]!, b2 = b[bt + 2 * bColumn]!, b3 = b[bt + 3 * bColumn]!;
    const a0 = a[at]!, a1 = a[at + aRow]!, a2 = a[at + 2 * aRow]!, a3 = a[at + 3 * aRow]!;
    s00 += a0 * b0; s01 += a0 * b1; s02 += a0 * b2; s03 += a0 * b3;
    s10 += a1 * b0; s11 += a1 * b1; s12 += a1 * b2; s13 += a1 * b3;
    s20 += a2 * b0; s21 += a2 * b1; s22 += a2 * b2; s23 += a2 * b3;
    s30 += a3 * b0; s31 += a3 * b1; s32 += a3 * b2; s33 += a3 * b3;
    at += aColumn;
    bt += bRow;
  }
  const row = i * n + j;
  c[row]! += s00; c[row + 1]! += s01; c[row + 2]! += s02; c[row + 3]! += s03;
  c[row + n]! += s10; c[row + n + 1]! += s11; c[row + n + 2]! += s12; c[row + n + 3]! += s13;
  c[row + 2 * n]! += s20; c[row + 2 * n + 1]! += s21; c[row + 2 * n + 2]! += s22; c[row + 2 * n + 3]! += s23;
  c[row + 3 * n]! += s30; c[row + 3 * n + 1]! += s31; c[row + 3 * n + 2]! += s32; c[row + 3 * n + 3]! += s33;
}
