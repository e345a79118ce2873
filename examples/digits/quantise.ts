//! quantise: turns a trained float network into the int8 network, after training, from the ranges its tensors take.

import { forward } from './floatnet.ts';
import type { FloatLayer, FloatNetwork } from './floatnet.ts';
import { imageZeroPoint } from './network.ts';
import type { Layer } from './network.ts';

/** A tensor's scale and zero point: real = scale * (x - zeroPoint). */
type Grid = { readonly scale: number; readonly zeroPoint: number };

/**
 * Weights int8 symmetric per output channel, activations int8 asymmetric per tensor from the least and greatest value seen over
 * `calibration` (images [28, 28], 0 to 1), biases int32 at scale(input) * scale(weights), multipliers rounded to 31 bits.
 */
export function quantise(network: FloatNetwork, calibration: readonly Float64Array[]): readonly Layer[] {
  const ranges = measureRanges(network, calibration);
  const grids = new Map<string, Grid>([['image', { scale: 1 / 255, zeroPoint: imageZeroPoint }]]);
  const layers: Layer[] = [];
  for (const layer of network.layers) {
    const range = ranges.get(layer.name)!;
    const grid = layer.kind === 'maxpool' ? grids.get(layer.input)! : layer.kind === 'add' ? grids.get(layer.residual!)! : gridOf(range);
    grids.set(layer.name, grid);
    layers.push(quantiseLayer(layer, grids));
  }
  return layers;
}

type Range = { low: number; high: number };

function measureRanges(network: FloatNetwork, calibration: readonly Float64Array[]): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>(network.layers.map(layer => [layer.name, { low: 0, high: 0 }]));
  for (const image of calibration) {
    forward(network, image);
    for (const { name, output } of network.layers) {
      const range = ranges.get(name)!;
      for (const value of output) {
        if (value < range.low) range.low = value;
        if (value > range.high) range.high = value;
      }
    }
  }
  // An add and its residual share one grid, and a maxpool has its input's, so the three take the wider of their ranges.
  for (const layer of [...network.layers].reverse()) {
    if (layer.kind !== 'add' && layer.kind !== 'maxpool') continue;
    const from = ranges.get(layer.name)!;
    const to = ranges.get(layer.kind === 'add' ? layer.residual! : layer.input)!;
    to.low = Math.min(to.low, from.low);
    to.high = Math.max(to.high, from.high);
  }
  return ranges;
}

function gridOf({ low, high }: Range): Grid {
  const scale = (high - low) / 255;
  return { scale, zeroPoint: clampByte(nearest(-128 - low / scale)) };
}

function quantiseLayer(layer: FloatLayer, grids: ReadonlyMap<string, Grid>): Layer {
  const input = grids.get(layer.input)!;
  const output = grids.get(layer.name)!;
  const { weights, bias, factors } = quantiseWeights(layer, input.scale, output.scale);
  const requantisers = factors.map(multiplierOf);
  return {
    name: layer.name, kind: layer.kind, input: layer.input, residual: layer.residual,
    inputShape: layer.inputShape, outputShape: layer.outputShape,
    kernel: layer.kernel, stride: layer.stride, padTop: layer.padTop, padLeft: layer.padLeft,
    inputZeroPoint: input.zeroPoint,
    residualZeroPoint: layer.residual === null ? 0 : grids.get(layer.residual)!.zeroPoint,
    outputZeroPoint: output.zeroPoint,
    clamp: [layer.relu ? output.zeroPoint : -128, 127],
    weights, bias,
    multiplier: Int32Array.from(requantisers, ({ multiplier }) => multiplier),
    shift: Int8Array.from(requantisers, ({ shift }) => shift),
    outputScale: output.scale.toPrecision(8),
  };
}

/** `factors` are the real numbers that an accumulator is multiplied by, one per output channel or one in all. */
function quantiseWeights(
  layer: FloatLayer, inputScale: number, outputScale: number,
): { readonly weights: Int8Array; readonly bias: Int32Array; readonly factors: readonly number[] } {
  const none = { weights: new Int8Array(0), bias: new Int32Array(0), factors: [] };
  if (layer.kind === 'maxpool') return none;
  if (layer.kind === 'add') return { ...none, bias: new Int32Array(1), factors: [inputScale / outputScale] };
  if (layer.kind === 'average') {
    const count = layer.inputShape[0] * layer.inputShape[1];
    return { ...none, bias: new Int32Array(1), factors: [inputScale / outputScale / count] };
  }
  const channels = layer.bias.value.length;
  const largest = new Float64Array(channels);
  layer.weights.value.forEach((weight, i) => (largest[i % channels] = Math.max(largest[i % channels]!, Math.abs(weight))));
  const scales = Array.from(largest, value => (value > 0 ? value / 127 : 1));
  return {
    weights: Int8Array.from(layer.weights.value, (weight, i) => nearest(weight / scales[i % channels]!)),
    bias: Int32Array.from(layer.bias.value, (value, i) => nearest(value / (inputScale * scales[i]!))),
    factors: scales.map(scale => (inputScale * scale) / outputScale),
  };
}

/** factor = multiplier * 2^(shift - 31), the multiplier in [2^30, 2^31). */
function multiplierOf(factor: number): { readonly multiplier: number; readonly shift: number } {
  let fraction = factor;
  let shift = 0;
  for (; fraction >= 1; fraction /= 2) shift += 1;
  for (; fraction < 0.5; fraction *= 2) shift -= 1;
  const multiplier = nearest(fraction * 2 ** 31);
  return multiplier === 2 ** 31 ? { multiplier: 2 ** 30, shift: shift + 1 } : { multiplier, shift };
}

function nearest(value: number): number {
  return Math.floor(value + 0.5);
}

function clampByte(value: number): number {
  return Math.min(Math.max(value, -128), 127);
}
