//! layers: test support: small layers of every kind, drawn by fast-check, with data from a seed.

import fc from 'fast-check';
import type { CmsisKind, CmsisLayer, CmsisRequantise, CmsisTensor, CmsisWindow } from '../model/vectors/cmsis.ts';

export const layerKinds: readonly CmsisKind[] = [
  'fully-connected', 'convolution', 'depthwise', 'transposed-convolution', 'average-pooling', 'max-pooling', 'batch-matmul', 'add', 'mul',
    'minimum',
  'maximum', 'pad', 'transpose',
];

/** Numbers below a bound, the same for the same seed: xorshift. */
export function generatorOf(seed: number): (bound: number) => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * bound);
  };
}
type Draw = (bound: number) => number;

/** Signed integers, the corners of their range among them. */
export const dataOf = (draw: Draw, count: number, bits: number): number[] => {
  const half = 2 ** (bits - 1), corners = [-half, half - 1, 0, -1];
  return Array.from({ length: count }, () => (draw(8) === 0 ? corners[draw(4)]! : draw(2 * half) - half));
};

/** Little-endian elements of 8, 16 or 32 bits. */
export function little(values: readonly number[], bits: number): Uint8Array {
  const bytes = new Uint8Array((values.length * bits) / 8);
  values.forEach((value, at) => { for (let i = 0; i < bits / 8; i++) bytes[(at * bits) / 8 + i] = (value >> (8 * i)) & 255; });
  return bytes;
}

const size = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);
function tensor(draw: Draw, dtype: CmsisTensor['dtype'], dims: readonly number[]): CmsisTensor {
  const count = size(dims);
  if (dtype === 's4') return { dtype, dims, data: Int8Array.from(dataOf(draw, Math.ceil(count / 2), 8)) };
  if (dtype === 's8') return { dtype, dims, data: Int8Array.from(dataOf(draw, count, 8)) };
  if (dtype === 's16') return { dtype, dims, data: Int16Array.from(dataOf(draw, count, 16)) };
  if (dtype === 's32') return { dtype, dims, data: Int32Array.from(dataOf(draw, count, 16)) };
  return { dtype, dims, data: BigInt64Array.from(dataOf(draw, count, 32).map((value) => BigInt(value) * 37n)) };
}
/** Only the shape counts: the words are what a test computes. */
function blank(dtype: 's8' | 's16', dims: readonly number[]): CmsisTensor {
  return { dtype, dims, data: dtype === 's8' ? new Int8Array(size(dims)) : new Int16Array(size(dims)) };
}
function scales(draw: Draw, count: number, convention: CmsisRequantise['convention'], most = 12): CmsisRequantise {
  return {
    convention, multipliers: Int32Array.from({ length: count }, () => (draw(9) === 0 ? 0x7fffffff : 2 ** 30 + draw(2 ** 30))),
    shifts: Int32Array.from({ length: count }, () => 1 - draw(most)),
  };
}

/** A layer of the kind; shapes shrink. */
export const aLayer = (kind: CmsisKind): fc.Arbitrary<CmsisLayer> =>
  fc.tuple(fc.array(fc.nat({ max: 1000 }), { minLength: 24, maxLength: 24 }), fc.nat()).map(([numbers, seed]) => {
    let next = 0;
    // Numbers of the list choose the shape, least first, so that a shrunk list is a small layer; data come from the seed.
    const pick = (least: number, most: number): number => least + (numbers[next++ % numbers.length]! % (most - least + 1));
    return layerOf(kind, pick, generatorOf(seed));
  });

type Pick = (least: number, most: number) => number;
function layerOf(kind: CmsisKind, pick: Pick, draw: Draw): CmsisLayer {
  switch (kind) {
    case 'fully-connected': return fullyConnected(pick, draw);
    case 'convolution': case 'depthwise': return convolution(kind, pick, draw);
    case 'transposed-convolution': return transposed(pick, draw);
    case 'average-pooling': case 'max-pooling': return pooling(kind, pick, draw);
    case 'batch-matmul': return batchMatmul(pick, draw);
    case 'add': case 'mul': return elementwise(kind, pick, draw);
    default: return moved(kind, pick, draw);
  }
}

const common = (name: string, width: 's4' | 's8' | 's16') => ({ name, width, operator: name });
const limitsOf = (draw: Draw, bits: number) => ({ min: -(2 ** (bits - 1)) + draw(20), max: 2 ** (bits - 1) - 1 - draw(20) });
/** s8, s8 with 4-bit weights, s16: what the data, the sums and the requantisation are. */
function widthOf(pick: Pick, draw: Draw, channels: number) {
  const width = (['s8', 's4', 's16'] as const)[pick(0, 2)]!, wide = width === 's16';
  return {
    width, data: wide ? 's16' as const : 's8' as const, weight: width === 's4' ? 's4' as const : 's8' as const,
    inputOffset: wide ? 0 : draw(256) - 127, outputOffset: wide ? 0 : draw(256) - 128, clamp: limitsOf(draw, wide ? 16 : 8),
    bias: draw(4) === 0 ? undefined : tensor(draw, wide ? 's64' : 's32', [channels]),
    requantise: scales(draw, draw(2) ? channels : 1, wide ? 'reduced16' : 'gemmlowp'),
  };
}

function fullyConnected(pick: Pick, draw: Draw): CmsisLayer {
  const [b, k, n] = [pick(1, 5), pick(1, 40), pick(1, 20)], { data, weight, ...rest } = widthOf(pick, draw, n);
  return {
    ...common('fully-connected', rest.width), ...rest, kind: 'fully-connected', input: tensor(draw, data, [b, k]),
      weights: tensor(draw, weight, [n, k]),
    filterOffset: rest.width === 's8' ? draw(40) - 20 : 0, expected: blank(data, [b, n]),
  };
}

function window(pick: Pick, draw: Draw, h: number, w: number, dilates: boolean): { window: CmsisWindow; oh: number; ow: number } {
  const pair = (least: number, most: number) => ({ y: pick(least, most), x: pick(least, most) });
  const [kernel, stride] = [pair(1, 3), pair(1, 2)], dilation = dilates ? pair(1, 2) : { y: 1, x: 1 };
  const before = { y: Math.min(kernel.y - 1, draw(2)), x: Math.min(kernel.x - 1, draw(2)) };
  const outputs = (input: number, pad: number, k: number, s: number, d: number): number => {
    const reach = (k - 1) * d + 1;
    return Math.max(1, Math.floor((input + pad + draw(k) - reach) / s) + 1);
  };
  const oh = outputs(h, before.y, kernel.y, stride.y, dilation.y), ow = outputs(w, before.x, kernel.x, stride.x, dilation.x);
  const after = (input: number, pad: number, out: number, k: number, s: number, d: number): number => Math.max(0, (out - 1) * s
    + (k - 1) * d + 1 - pad - input);
  return {
    window: { kernel, stride, dilation, before,
      after: { y: after(h, before.y, oh, kernel.y, stride.y, dilation.y), x: after(w, before.x, ow, kernel.x, stride.x, dilation.x) } },
        oh, ow,
  };
}

function convolution(kind: 'convolution' | 'depthwise', pick: Pick, draw: Draw): CmsisLayer {
  const [n, h, w] = [pick(1, 2), pick(1, 6), pick(1, 7)], { window: of, oh, ow } = window(pick, draw, h, w, true);
  const { y: kh, x: kw } = of.kernel;
  if (kind === 'depthwise') {
    const [c, channelMultiplier] = [pick(1, 18), pick(1, 3)], oc = c * channelMultiplier;
    const { data, weight, ...rest } = widthOf(pick, draw, oc);
    return {
      ...common(kind, rest.width), ...rest, kind, channelMultiplier, window: of, input: tensor(draw, data, [n, h, w, c]),
      weights: tensor(draw, weight, [kh, kw, oc]), expected: blank(data, [n, oh, ow, oc]),
    };
  }
  const groups = pick(1, 2), [each, out] = [pick(1, 9), pick(1, 9)], oc = out * groups, { data, weight, ...rest } = widthOf(pick, draw, oc);
  return {
    ...common(kind, rest.width), ...rest, kind, groups, window: of, input: tensor(draw, data, [n, h, w, each * groups]),
    weights: tensor(draw, weight, [oc, kh, kw, each]), expected: blank(data, [n, oh, ow, oc]),
  };
}

function transposed(pick: Pick, draw: Draw): CmsisLayer {
  const [n, h, w, c, oc] = [pick(1, 2), pick(1, 4), pick(1, 4), pick(1, 6), pick(1, 6)];
  const [kernel, stride] = [{ y: pick(1, 3), x: pick(1, 3) }, { y: pick(1, 3), x: pick(1, 3) }];
  const before = { y: draw(kernel.y), x: draw(kernel.x) }, data = 's8' as const, bias = tensor(draw, 's32', [oc]);
  const oh = Math.max(1, (h - 1) * stride.y + kernel.y - before.y - draw(2));
  const ow = Math.max(1, (w - 1) * stride.x + kernel.x - before.x - draw(2));
  return {
    ...common('transposed-convolution', 's8'), kind: 'transposed-convolution',
      window: { kernel, stride, dilation: { y: 1, x: 1 }, before, after: { y: 0, x: 0 } },
    input: tensor(draw, data, [n, h, w, c]), weights: tensor(draw, data, [oc, kernel.y, kernel.x, c]), bias, inputOffset: draw(256) - 127,
    outputOffset: draw(256) - 128, requantise: scales(draw, oc, 'gemmlowp'), clamp: limitsOf(draw, 8),
      expected: blank(data, [n, oh, ow, oc]),
  };
}

function pooling(kind: 'average-pooling' | 'max-pooling', pick: Pick, draw: Draw): CmsisLayer {
  const wide = pick(0, 1) === 1, data = wide ? 's16' as const : 's8' as const;
  const [n, h, w, c] = [pick(1, 2), pick(1, 6), pick(1, 7), pick(1, 20)];
  const { window: of, oh, ow } = window(pick, draw, h, w, false);
  return { ...common(kind, data), kind, input: tensor(draw, data, [n, h, w, c]), window: of, clamp: limitsOf(draw, wide ? 16 : 8),
    expected: blank(data, [n, oh, ow, c]) };
}

function batchMatmul(pick: Pick, draw: Draw): CmsisLayer {
  const wide = pick(0, 1) === 1, data = wide ? 's16' as const : 's8' as const;
  const [n, h, m, k, p] = [pick(1, 2), pick(1, 2), pick(1, 6), pick(1, 20), pick(1, 9)];
  const [lhsTransposed, rhsTransposed] = [pick(0, 1) === 1, pick(0, 1) === 1], one = (dim: number): number => (draw(3) === 0 ? 1 : dim);
  const stored = (rows: number, columns: number, turned: boolean): number[] => [n, h, ...(turned ? [columns, rows] : [rows, columns])];
  const lhs = stored(m, k, lhsTransposed), rhs = stored(k, p, rhsTransposed), [rn, rh] = [one(n), one(h)];
  return {
    ...common('batch-matmul', data), kind: 'batch-matmul', lhs: tensor(draw, data, lhs),
      rhs: tensor(draw, data, [rn, rh, ...rhs.slice(2)]), lhsTransposed, rhsTransposed,
    lhsOffset: wide ? 0 : draw(256) - 127, rhsOffset: wide ? 0 : draw(256) - 127, outputOffset: wide ? 0 : draw(256) - 128,
    requantise: scales(draw, 1, wide ? 'reduced16' : 'gemmlowp'), clamp: limitsOf(draw, wide ? 16 : 8), expected: blank(data, [n, h, m, p]),
  };
}

function elementwise(kind: 'add' | 'mul', pick: Pick, draw: Draw): CmsisLayer {
  const wide = pick(0, 1) === 1, data = wide ? 's16' as const : 's8' as const, n = [pick(1, 400)];
  const offset = (): number => (wide ? 0 : draw(256) - 127);
  const common_ = { ...common(kind, data), outputOffset: wide ? 0 : draw(256) - 128, requantise: scales(draw, 1, 'gemmlowp'),
    clamp: limitsOf(draw, wide ? 16 : 8), expected: blank(data, n) };
  if (kind === 'mul') return { ...common_, kind, first: tensor(draw, data, n), second: tensor(draw, data, n), firstOffset: offset(),
    secondOffset: offset() };
  const addend = () => ({ input: tensor(draw, data, n), offset: offset(), multiplier: 2 ** 30 + draw(2 ** 30), shift: -draw(4) });
  return { ...common_, kind, first: addend(), second: addend(), leftShift: wide ? 12 : 20 };
}

function moved(kind: 'minimum' | 'maximum' | 'pad' | 'transpose', pick: Pick, draw: Draw): CmsisLayer {
  const dims = [pick(1, 3), pick(1, 5), pick(1, 6), pick(1, 20)], input = tensor(draw, 's8', dims), base = common(kind, 's8');
  if (kind === 'transpose') {
    const permutation = [0, 1, 2, 3].sort(() => draw(3) - 1);
    return { ...base, kind, input, permutation, expected: blank('s8', permutation.map((axis) => dims[axis]!)) };
  }
  if (kind === 'pad') {
    const [before, after] = [0, 1].map(() => dims.map(() => (draw(20) === 0 ? 70 : draw(3)))) as [number[], number[]];
    const most = before.map((pad, axis) => (axis < 3 ? Math.min(pad, 3) : pad));
    const last = after.map((pad, axis) => (axis < 3 ? Math.min(pad, 3) : pad));
    return { ...base, kind, input, before: most, after: last, value: draw(256) - 128,
      expected: blank('s8', dims.map((dim, axis) => dim + most[axis]! + last[axis]!)) };
  }
  const second = dims.map((dim) => (draw(3) === 0 ? 1 : dim));
  const first = dims.map((dim, axis) => (second[axis] === dim && draw(4) === 0 ? 1 : dim));
  const output = first.map((dim, axis) => Math.max(dim, second[axis]!));
  return { ...base, kind, first: tensor(draw, 's8', first), second: tensor(draw, 's8', second), expected: blank('s8', output) };
}
