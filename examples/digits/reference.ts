//! reference: the quantised network on one image in plain integers, an outside check of the machine's program.

import type { Layer, Network } from './network.ts';

/** What the network makes of one image: every layer's output by name (`image` too), int8 row-major, and the class. */
export type Answer = { readonly tensors: ReadonlyMap<string, Int8Array>; readonly logits: Int8Array; readonly digit: number };

/**
 * Runs the network on `pixels` ([28, 28] bytes). Every number here is an integer below 2^53, so it is exact; the rules are those at
 * the head of `Network`.
 */
export function classify(network: Network, pixels: Uint8Array): Answer {
  const tensors = new Map<string, Int8Array>([['image', Int8Array.from(pixels, pixel => pixel - 128)]]);
  let logits = new Int8Array(0);
  for (const layer of network.layers) {
    const input = tensors.get(layer.input)!;
    logits = new Int8Array(layer.outputShape[0] * layer.outputShape[1] * layer.outputShape[2]);
    if (layer.kind === 'maxpool') maxpool(layer, input, logits);
    else if (layer.kind === 'add') add(layer, input, tensors.get(layer.residual!)!, logits);
    else if (layer.kind === 'average') average(layer, input, logits);
    else if (layer.kind === 'depthwise') depthwise(layer, input, logits);
    else if (layer.kind === 'conv') conv(layer, input, logits);
    else dense(layer, input, logits);
    tensors.set(layer.name, logits);
  }
  return { tensors, logits, digit: greatest(logits) };
}

/** The index of the greatest value, the first one if several are equal. */
export function greatest(values: Int8Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/**
 * (accumulator * multiplier + 2^(30-shift)) >> (31-shift), exactly, for an int32 accumulator, a multiplier in [2^30, 2^31) and
 * shift <= 14. The product has up to 62 bits, so it is kept as high * 2^16 + low with 0 <= low < 2^16; the rounding constant and the
 * shift are whole in units of 2^16 then, and `low` cannot reach the result.
 */
export function requantise(accumulator: number, multiplier: number, shift: number): number {
  const upper = Math.floor(multiplier / 65536);
  const high = accumulator * upper + Math.floor((accumulator * (multiplier - upper * 65536)) / 65536);
  return Math.floor((high + powerOfTwo[14 - shift]!) / powerOfTwo[15 - shift]!);
}

/** 2^0 to 2^143, for shifts from 14 down to -128. */
const powerOfTwo: readonly number[] = Array.from({ length: 144 }, (_, bits) => Number(1n << BigInt(bits)));

/** Requantised by entry `channel` of the layer's tables, moved to the output zero point, clamped. */
function finish(layer: Layer, accumulator: number, channel: number, residual = 0): number {
  const scaled = requantise(accumulator, layer.multiplier[channel]!, layer.shift[channel]!);
  return Math.min(Math.max(scaled + residual + layer.outputZeroPoint, layer.clamp[0]), layer.clamp[1]);
}

function conv(layer: Layer, input: Int8Array, output: Int8Array): void {
  const channels = layer.outputShape[2];
  const inputChannels = layer.inputShape[2];
  const { weights, inputZeroPoint } = layer;
  const sums = new Int32Array(channels);
  forEachPosition(layer, (position, taps) => {
    sums.set(layer.bias);
    for (const { at, tap } of taps) {
      for (let c = 0; c < inputChannels; c++) {
        const x = input[at * inputChannels + c]! - inputZeroPoint;
        if (x === 0) continue;
        const row = (tap * inputChannels + c) * channels;
        for (let n = 0; n < channels; n++) sums[n]! += x * weights[row + n]!;
      }
    }
    for (let n = 0; n < channels; n++) output[position * channels + n] = finish(layer, sums[n]!, n);
  });
}

function depthwise(layer: Layer, input: Int8Array, output: Int8Array): void {
  const channels = layer.outputShape[2];
  forEachPosition(layer, (position, taps) => {
    for (let c = 0; c < channels; c++) {
      let sum = layer.bias[c]!;
      for (const { at, tap } of taps) sum += (input[at * channels + c]! - layer.inputZeroPoint) * layer.weights[tap * channels + c]!;
      output[position * channels + c] = finish(layer, sum, c);
    }
  });
}

/** Calls `visit` for every output position with the kernel taps that lie inside the input: `at` is the input position read by `tap`. */
function forEachPosition(layer: Layer, visit: (position: number, taps: readonly { at: number; tap: number }[]) => void): void {
  const [inputHeight, inputWidth] = layer.inputShape;
  const [height, width] = layer.outputShape;
  for (let position = 0; position < height * width; position++) {
    const top = Math.floor(position / width) * layer.stride - layer.padTop;
    const left = (position % width) * layer.stride - layer.padLeft;
    const taps: { at: number; tap: number }[] = [];
    for (let tap = 0; tap < layer.kernel * layer.kernel; tap++) {
      const y = top + Math.floor(tap / layer.kernel);
      const x = left + (tap % layer.kernel);
      if (y >= 0 && y < inputHeight && x >= 0 && x < inputWidth) taps.push({ at: y * inputWidth + x, tap });
    }
    visit(position, taps);
  }
}

function maxpool(layer: Layer, input: Int8Array, output: Int8Array): void {
  const [height, width, channels] = layer.outputShape;
  const stride = layer.inputShape[1] * channels;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const corner = 2 * y * stride + 2 * x * channels + c;
        const window = [corner, corner + channels, corner + stride, corner + stride + channels].map(at => input[at]!);
        output[(y * width + x) * channels + c] = Math.max(...window);
      }
    }
  }
}

function add(layer: Layer, input: Int8Array, residual: Int8Array, output: Int8Array): void {
  for (let i = 0; i < output.length; i++) {
    output[i] = finish(layer, input[i]! - layer.inputZeroPoint, 0, residual[i]! - layer.residualZeroPoint);
  }
}

function average(layer: Layer, input: Int8Array, output: Int8Array): void {
  for (let c = 0; c < output.length; c++) {
    let sum = layer.bias[0]!;
    for (let i = c; i < input.length; i += output.length) sum += input[i]! - layer.inputZeroPoint;
    output[c] = finish(layer, sum, 0);
  }
}

function dense(layer: Layer, input: Int8Array, output: Int8Array): void {
  for (let n = 0; n < output.length; n++) {
    let sum = layer.bias[n]!;
    for (let k = 0; k < input.length; k++) sum += (input[k]! - layer.inputZeroPoint) * layer.weights[k * output.length + n]!;
    output[n] = finish(layer, sum, n);
  }
}
