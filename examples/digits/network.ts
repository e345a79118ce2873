//! network: the quantised digit network as data, with the exact integer meaning of every layer, read from JSON.

import { z } from 'zod';

/**
 * **Semantics.** Every tensor is int8, [height, width, channels] row-major (NHWC with N = 1), and has a zero point z: the real number
 * meant by x is scale * (x - z). All arithmetic below is exact on unbounded integers; nothing overflows int32 before `requantise`
 * (`readNetwork` proves it from the weights). `>>` is the floor shift.
 *
 * - **requantise(acc, M, s)** = (acc * M + 2^(30-s)) >> (31-s): one rounding, half up (TFLite's single rounding). M in [2^30, 2^31),
 *   s signed, s <= 14. It is scale = 1, `mult` = M, `shift` = s, round = half up of the machine's epilogue.
 * - **clamp**: every layer but `maxpool` ends in min(max(v, clamp[0]), clamp[1]); ReLU is a clamp whose low end is the zero point.
 * - **image**: pixel byte p (0..255) enters as x = p - 128, tensor `image`, [28, 28, 1], zero point -128.
 * - **conv**: acc[y, x, n] = bias[n] + sum over i, j, c of (in[y*stride+i-padTop, x*stride+j-padLeft, c] - zIn) * w[i, j, c, n]; a
 *   position outside the input gives no product (it reads as zIn). out = clamp(requantise(acc, multiplier[n], shift[n]) + zOut).
 *   `weights` is [kernel, kernel, cIn, cOut] row-major: the leading three dimensions are the K of a matrix multiply, the last is N.
 *   The zero point of weights is 0; `bias` is the plain bias (the input zero point is *not* folded in). A pointwise layer is a conv
 *   with kernel 1.
 * - **depthwise**: the same with one input channel per output channel: acc[y, x, c] = bias[c] + sum over i, j of
 *   (in[.., .., c] - zIn) * w[i, j, c]; `weights` is [kernel, kernel, c].
 * - **maxpool**: out[y, x, c] = maximum of in[2y..2y+1, 2x..2x+1, c]; scale and zero point stay.
 * - **add**: out = clamp(requantise(in - zIn, multiplier[0], shift[0]) + (residual - zResidual) + zOut). The residual has the scale of
 *   the output already (training gives both tensors one scale), so only `in` is rescaled.
 * - **average**: acc[c] = bias[0] + sum over all y, x of (in[y, x, c] - zIn), out = clamp(requantise(acc, multiplier[0], shift[0]) +
 *   zOut), [1, 1, c]; the division by the count is in the multiplier; bias[0] is 0.
 * - **dense**: acc[n] = bias[n] + sum over k of (in[k] - zIn) * w[k, n], in flattened row-major; the rest as conv, output [1, 1, n];
 *   `weights` is [k, n].
 * - **answer**: the last layer's ten int8 logits; the class is the index of the greatest, the first one if several are equal.
 */
export type Network = {
  readonly seed: number;
  readonly heldOut: { readonly seed: number; readonly count: number };
  readonly accuracy: {
    /** Right answers of `heldOut.count`, by the float network and by this one. */
    readonly floatRight: number;
    readonly integerRight: number;
  };
  readonly layers: readonly Layer[];
};

export type Shape = readonly [height: number, width: number, channels: number];

export type LayerKind = 'conv' | 'depthwise' | 'maxpool' | 'add' | 'average' | 'dense';

/** One layer; fields that a kind does not use are empty (weights, bias, ...) or 1 and 0 (kernel, stride, pads). */
export type Layer = {
  readonly name: string;
  readonly kind: LayerKind;
  /** The name of the layer whose output is read, or `image`. */
  readonly input: string;
  /** `add` only: the layer whose output is added, else null. */
  readonly residual: string | null;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly kernel: number;
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly inputZeroPoint: number;
  readonly residualZeroPoint: number;
  readonly outputZeroPoint: number;
  readonly clamp: readonly [low: number, high: number];
  readonly weights: Int8Array;
  readonly bias: Int32Array;
  readonly multiplier: Int32Array;
  readonly shift: Int8Array;
  /** What one unit of the output means, as a decimal text; for people and plots, no result depends on it. */
  readonly outputScale: string;
};

/** The zero point of the tensor `image`. */
export const imageZeroPoint = -128;

/** Multiply-accumulates of one layer for one image: conv, depthwise and dense only. Taps in the padding count. */
export function layerMacs(layer: Layer): number {
  const [height, width, channels] = layer.outputShape;
  if (layer.kind === 'depthwise') return height * width * channels * layer.kernel * layer.kernel;
  if (layer.kind !== 'conv' && layer.kind !== 'dense') return 0;
  return height * width * layer.weights.length;
}

/** The network of a JSON text, or everything that is wrong with it. */
export function readNetwork(text: string): { readonly network: Network | null; readonly diagnostics: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { network: null, diagnostics: [`the network is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = networkSchema.safeParse(json);
  if (!parsed.success) {
    return { network: null, diagnostics: parsed.error.issues.map(issue => `${issue.path.join('.') || 'network'}: ${issue.message}`) };
  }
  const network: Network = { ...parsed.data, layers: parsed.data.layers.map(decodeLayer) };
  const diagnostics = checkLayers(network.layers);
  return diagnostics.length > 0 ? { network: null, diagnostics } : { network, diagnostics };
}

/** The JSON text of a network; weights as two hexadecimal digits each, two's complement. `readNetwork` is its inverse. */
export function writeNetwork(network: Network): string {
  const plain = {
    ...network,
    layers: network.layers.map(layer => ({
      ...layer,
      weights: Array.from(layer.weights, weight => (weight & 255).toString(16).padStart(2, '0')).join(''),
      bias: Array.from(layer.bias),
      multiplier: Array.from(layer.multiplier),
      shift: Array.from(layer.shift),
    })),
  };
  return `${JSON.stringify(plain, null, 1).replace(/\[[^[\]{}]*\]/g, list => list.replace(/\s+/g, ' '))}\n`;
}

const int8 = z.int().min(-128).max(127);
const small = z.int().min(0).max(64);
const shape = z.tuple([small.min(1), small.min(1), small.min(1)]);
const layerSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['conv', 'depthwise', 'maxpool', 'add', 'average', 'dense']),
  input: z.string(),
  residual: z.string().nullable(),
  inputShape: shape,
  outputShape: shape,
  kernel: small.min(1),
  stride: small.min(1),
  padTop: small,
  padLeft: small,
  inputZeroPoint: int8,
  residualZeroPoint: int8,
  outputZeroPoint: int8,
  clamp: z.tuple([int8, int8]),
  weights: z.string().regex(/^([0-9a-f]{2})*$/, 'must be pairs of hexadecimal digits'),
  bias: z.array(z.int().min(-(2 ** 31)).max(2 ** 31 - 1)),
  multiplier: z.array(z.int().min(2 ** 30).max(2 ** 31 - 1)),
  shift: z.array(int8.max(14)),
  outputScale: z.string(),
});
const networkSchema = z.strictObject({
  seed: z.int().min(0),
  heldOut: z.strictObject({ seed: z.int().min(0), count: z.int().min(1) }),
  accuracy: z.strictObject({ floatRight: z.int().min(0), integerRight: z.int().min(0) }),
  layers: z.array(layerSchema).min(1),
});

function decodeLayer(raw: z.infer<typeof layerSchema>): Layer {
  const weights = Int8Array.from({ length: raw.weights.length / 2 }, (_, i) => parseInt(raw.weights.slice(2 * i, 2 * i + 2), 16));
  return {
    ...raw, weights, bias: Int32Array.from(raw.bias), multiplier: Int32Array.from(raw.multiplier), shift: Int8Array.from(raw.shift),
  };
}

function checkLayers(layers: readonly Layer[]): readonly string[] {
  const known = new Map<string, { readonly shape: Shape; readonly zeroPoint: number }>();
  known.set('image', { shape: [28, 28, 1], zeroPoint: imageZeroPoint });
  const found: string[] = [];
  for (const layer of layers) {
    const say = (what: string): unknown => found.push(`layer ${layer.name}: ${what}`);
    const sources = [
      { name: layer.input, shape: layer.inputShape, zeroPoint: layer.inputZeroPoint },
      ...(layer.residual === null ? [] : [{ name: layer.residual, shape: layer.outputShape, zeroPoint: layer.residualZeroPoint }]),
    ];
    for (const source of sources) {
      const tensor = known.get(source.name);
      if (tensor === undefined) say(`reads ${source.name}, which no earlier layer writes; known are ${[...known.keys()].join(', ')}`);
      else if (String(tensor.shape) !== String(source.shape) || tensor.zeroPoint !== source.zeroPoint) {
        const written = `[${tensor.shape}] with zero point ${tensor.zeroPoint}`;
        say(`takes ${source.name} as [${source.shape}] with zero point ${source.zeroPoint}, but it is ${written}`);
      }
    }
    if ((layer.kind === 'add') !== (layer.residual !== null)) say('a residual belongs to add, and only to add');
    if (layer.clamp[0] > layer.clamp[1]) say(`clamp [${layer.clamp}] is empty`);
    checkShapes(layer, say);
    if (largestSum(layer) >= 2 ** 31) say('an accumulator could leave int32');
    if (known.has(layer.name)) say('its name is taken');
    known.set(layer.name, { shape: layer.outputShape, zeroPoint: layer.outputZeroPoint });
  }
  const last = layers[layers.length - 1]!;
  if (String(last.outputShape) !== '1,1,10') found.push(`the last layer gives [${last.outputShape}]; a digit needs [1,1,10]`);
  return found;
}

function checkShapes(layer: Layer, say: (what: string) => unknown): void {
  const [inHeight, inWidth, inChannels] = layer.inputShape;
  const [height, width, channels] = layer.outputShape;
  const elements = inHeight * inWidth * inChannels;
  const taps = layer.kernel * layer.kernel;
  const expected = {
    conv: { shape: [height, width, channels], weights: taps * inChannels * channels, table: channels },
    depthwise: { shape: [height, width, inChannels], weights: taps * inChannels, table: channels },
    maxpool: { shape: [inHeight >> 1, inWidth >> 1, inChannels], weights: 0, table: 0 },
    add: { shape: layer.inputShape, weights: 0, table: 1 },
    average: { shape: [1, 1, inChannels], weights: 0, table: 1 },
    dense: { shape: [1, 1, channels], weights: elements * channels, table: channels },
  }[layer.kind];
  if (String(expected.shape) !== String(layer.outputShape)) say(`gives [${layer.outputShape}]; it must be [${expected.shape}]`);
  if (layer.weights.length !== expected.weights) say(`has ${layer.weights.length} weights; it must have ${expected.weights}`);
  for (const field of ['bias', 'multiplier', 'shift'] as const) {
    if (layer[field].length !== expected.table) say(`has ${layer[field].length} entries in ${field}; it must have ${expected.table}`);
  }
  if (layer.padTop >= layer.kernel || layer.padLeft >= layer.kernel) say('a pad must be less than the kernel');
  if ((height - 1) * layer.stride - layer.padTop >= inHeight || (width - 1) * layer.stride - layer.padLeft >= inWidth) {
    say(`its last window lies outside the input [${layer.inputShape}]`);
  }
}

/** A bound of |acc| over all inputs and, by the triangle inequality, of every partial sum: |x - z| <= 255, |w| <= 128. */
function largestSum(layer: Layer): number {
  const [height, width] = layer.inputShape;
  const products = layer.kind === 'average' ? height * width / 128 : layer.bias.length > 0 ? layer.weights.length / layer.bias.length : 0;
  return products * 255 * 128 + layer.bias.reduce((most, bias) => Math.max(most, Math.abs(bias)), 0);
}
