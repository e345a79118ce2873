//! train: trains the digit network on drawn digits, quantises it, measures both on the held-out images, writes network.json.

import { writeFileSync } from 'node:fs';
import { backward, exponential, floatNetwork, forward } from './floatnet.ts';
import type { FloatNetwork, LayerPlan, Parameter } from './floatnet.ts';
import { heldOutCount, heldOutImage, heldOutSeed, trainingImage } from './images.ts';
import { layerMacs, readNetwork, writeNetwork } from './network.ts';
import type { Network, Shape } from './network.ts';
import { quantise } from './quantise.ts';
import { classify } from './reference.ts';

const seed = 1;
const stepCount = 2500;
const batchSize = 40;
const learningRate = 0.003;
const calibrationCount = 500;

/** The network: 28 x 28 grey to ten logits. `merge` adds `mix` to what `pool` gave. */
const plans: readonly LayerPlan[] = [
  plan('stem', 'conv', 'image', [28, 28, 1], [14, 14, 16], { kernel: 3, stride: 2, padTop: 1, padLeft: 1, relu: true }),
  plan('spread', 'depthwise', 'stem', [14, 14, 16], [14, 14, 16], { kernel: 3, padTop: 1, padLeft: 1, relu: true }),
  plan('widen', 'conv', 'spread', [14, 14, 16], [14, 14, 32], { relu: true }),
  plan('pool', 'maxpool', 'widen', [14, 14, 32], [7, 7, 32], { kernel: 2, stride: 2 }),
  plan('mix', 'conv', 'pool', [7, 7, 32], [7, 7, 32], { kernel: 3, padTop: 1, padLeft: 1 }),
  plan('merge', 'add', 'mix', [7, 7, 32], [7, 7, 32], { residual: 'pool', relu: true }),
  plan('features', 'conv', 'merge', [7, 7, 32], [7, 7, 64], { relu: true }),
  plan('average', 'average', 'features', [7, 7, 64], [1, 1, 64], {}),
  plan('logits', 'dense', 'average', [1, 1, 64], [1, 1, 10], {}),
];

function plan(
  name: string, kind: LayerPlan['kind'], input: string, inputShape: Shape, outputShape: Shape, rest: Partial<LayerPlan>,
): LayerPlan {
  return { residual: null, kernel: 1, stride: 1, padTop: 0, padLeft: 0, relu: false, ...rest, name, kind, input, inputShape, outputShape };
}

function main(): void {
  const started = performance.now();
  const float = floatNetwork(plans, seed);
  train(float);
  const calibration = Array.from({ length: calibrationCount }, (_, i) => unit(trainingImage(i).pixels));
  const layers = quantise(float, calibration);
  const heldOut = { seed: heldOutSeed, count: heldOutCount };
  const floatRight = countRight(pixels => greatestFloat(forward(float, unit(pixels))));
  const draft: Network = { seed, heldOut, accuracy: { floatRight, integerRight: 0 }, layers };
  const network: Network = { ...draft, accuracy: { floatRight, integerRight: countRight(pixels => classify(draft, pixels).digit) } };
  const text = writeNetwork(network);
  const { diagnostics } = readNetwork(text);
  if (diagnostics.length > 0) throw new Error(`the trained network breaks its own rules:\n${diagnostics.join('\n')}`);
  const path = new URL('./network.json', import.meta.url);
  writeFileSync(path, text);
  const macs = layers.reduce((sum, layer) => sum + layerMacs(layer), 0);
  console.log(`${macs} MACs an image, ${text.length} bytes of network.json, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  console.log(`held-out images right, of ${heldOutCount}: ${floatRight} in float, ${network.accuracy.integerRight} in int8`);
  console.log('next: npx vitest run test/digits.test.ts');
}

/** Adam (Kingma and Ba 2015) on the cross entropy, the rate falling linearly to zero after a short rise. */
function train(network: FloatNetwork): void {
  const parameters = network.layers.flatMap(layer => [layer.weights, layer.bias]);
  const decay = { mean: 1, square: 1 };
  const logitsGradient = new Float64Array(10);
  let right = 0;
  for (let step = 0; step < stepCount; step++) {
    for (let i = 0; i < batchSize; i++) {
      const { pixels, digit } = trainingImage(step * batchSize + i);
      const image = unit(pixels);
      const logits = forward(network, image);
      if (greatestFloat(logits) === digit) right += 1;
      softmaxGradient(logits, digit, logitsGradient);
      backward(network, image, logitsGradient);
    }
    decay.mean *= 0.9;
    decay.square *= 0.999;
    const rate = learningRate * Math.min(1, (step + 1) / 100) * (1 - step / stepCount);
    for (const parameter of parameters) adam(parameter, rate, decay);
    if ((step + 1) % 100 === 0) {
      console.error(`step ${step + 1} of ${stepCount}: ${((100 * right) / (100 * batchSize)).toFixed(2)} % of the training images right`);
      right = 0;
    }
  }
}

/** softmax(logits) minus the target, which is 0.95 for the digit and the rest spread (label smoothing keeps logits small). */
function softmaxGradient(logits: Float64Array, digit: number, gradient: Float64Array): void {
  const top = logits[greatestFloat(logits)]!;
  let sum = 0;
  for (let n = 0; n < 10; n++) sum += gradient[n] = exponential(logits[n]! - top);
  for (let n = 0; n < 10; n++) gradient[n] = (gradient[n]! / sum - (n === digit ? 0.955 : 0.005)) / batchSize;
}

function adam({ value, gradient, mean, square }: Parameter, rate: number, decay: { readonly mean: number; readonly square: number }): void {
  for (let i = 0; i < value.length; i++) {
    const slope = gradient[i]!;
    mean[i] = 0.9 * mean[i]! + 0.1 * slope;
    square[i] = 0.999 * square[i]! + 0.001 * slope * slope;
    value[i]! -= (rate * (mean[i]! / (1 - decay.mean))) / (Math.sqrt(square[i]! / (1 - decay.square)) + 1e-8);
    gradient[i] = 0;
  }
}

function countRight(answer: (pixels: Uint8Array) => number): number {
  let right = 0;
  for (let i = 0; i < heldOutCount; i++) {
    const { pixels, digit } = heldOutImage(i);
    if (answer(pixels) === digit) right += 1;
  }
  return right;
}

function greatestFloat(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

function unit(pixels: Uint8Array): Float64Array {
  return Float64Array.from(pixels, pixel => pixel / 255);
}

main();
