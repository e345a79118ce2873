//! cmsis-reference: test support: evaluates a CMSIS-NN layer description by plain integer loops, slow and obvious, with no machine in it.

import { cmsisElements } from '../model/vectors/cmsis.ts';
import type {
  CmsisAdd,
  CmsisBatchMatmul,
  CmsisClamp,
  CmsisConvolution,
  CmsisDepthwise,
  CmsisExtremum,
  CmsisFullyConnected,
  CmsisLayer,
  CmsisMul,
  CmsisPad,
  CmsisPooling,
  CmsisRequantise,
  CmsisTensor,
  CmsisTranspose,
  CmsisTransposedConvolution,
} from '../model/vectors/cmsis.ts';

/** The layer's output values in row-major order. Sums are exact: every partial sum is below 2^53. */
export function evaluateCmsis(layer: CmsisLayer): readonly number[] {
  switch (layer.kind) {
    case 'fully-connected':
      return fullyConnected(layer);
    case 'convolution':
      return convolution(layer);
    case 'depthwise':
      return depthwise(layer);
    case 'transposed-convolution':
      return transposed(layer);
    case 'average-pooling':
    case 'max-pooling':
      return pooling(layer);
    case 'batch-matmul':
      return batchMatmul(layer);
    case 'add':
      return add(layer);
    case 'mul':
      return mul(layer);
    case 'minimum':
    case 'maximum':
      return extremum(layer);
    case 'pad':
      return pad(layer);
    case 'transpose':
      return transpose(layer);
  }
}

/** arm_nn_requantize: the high half of the doubled product, half up; then a division by a power of two, half away from zero. */
export function gemmlowp(value: bigint, multiplier: number, shift: number): bigint {
  const left = BigInt(Math.max(shift, 0));
  const right = BigInt(Math.max(-shift, 0));
  const high = (value * (1n << left) * BigInt(multiplier) + (1n << 30n)) >> 31n;
  if (right === 0n) return high;
  const half = 1n << (right - 1n);
  return high < 0n ? -((-high + half) >> right) : (high + half) >> right;
}

/** arm_nn_requantize_s64 with REDUCE_MULTIPLIER: one rounding, half up, by a multiplier cut to 16 bits. */
export function reduced16(value: bigint, multiplier: number, shift: number): bigint {
  const reduced = multiplier < 0x7fff0000 ? (multiplier + (1 << 15)) >> 16 : 0x7fff;
  const right = BigInt(15 - shift);
  return (value * BigInt(reduced) + (1n << (right - 1n))) >> right;
}

function requantised(sum: bigint, how: CmsisRequantise, channel: number): bigint {
  const at = how.multipliers.length === 1 ? 0 : channel;
  const convert = how.convention === 'gemmlowp' ? gemmlowp : reduced16;
  return convert(sum, how.multipliers[at] ?? 0, how.shifts[at] ?? 0);
}

function clamped(value: number, clamp: CmsisClamp): number {
  return Math.min(Math.max(value, clamp.min), clamp.max);
}

interface Finish {
  readonly bias: CmsisTensor | undefined;
  readonly requantise: CmsisRequantise;
  readonly outputOffset: number;
  readonly clamp: CmsisClamp;
}

function finish(layer: Finish): (sum: number, channel: number) => number {
  const bias = layer.bias === undefined ? [] : cmsisElements(layer.bias).map((value) => BigInt(value));
  return (sum, channel) => {
    const value = requantised(BigInt(sum) + (bias[channel] ?? 0n), layer.requantise, channel);
    return clamped(Number(value) + layer.outputOffset, layer.clamp);
  };
}

function numbers(tensor: CmsisTensor): readonly number[] {
  return cmsisElements(tensor).map(Number);
}

function dims4(tensor: CmsisTensor): readonly [number, number, number, number] {
  const [n = 1, h = 1, w = 1, c = 1] = tensor.dims;
  return [n, h, w, c];
}

function fullyConnected(layer: CmsisFullyConnected): number[] {
  const [batch = 0, depth = 0] = layer.input.dims;
  const channels = layer.weights.dims[0] ?? 0;
  const x = numbers(layer.input);
  const w = numbers(layer.weights);
  const end = finish(layer);
  const out: number[] = [];
  for (let b = 0; b < batch; b += 1) {
    for (let o = 0; o < channels; o += 1) {
      let sum = 0;
      for (let k = 0; k < depth; k += 1) {
        sum += ((x[b * depth + k] ?? 0) + layer.inputOffset) * ((w[o * depth + k] ?? 0) + layer.filterOffset);
      }
      out.push(end(sum, o));
    }
  }
  return out;
}

/** Calls `visit` for every output pixel and every window position that lies inside the input. */
function windows(
  layer: CmsisConvolution | CmsisDepthwise | CmsisPooling,
  pixel: (n: number, oy: number, ox: number, taps: readonly (readonly [ky: number, kx: number, at: number])[]) => void,
): void {
  const [batch, height, width] = dims4(layer.input);
  const [, outHeight, outWidth] = dims4(layer.expected);
  const { kernel, stride, dilation, before } = layer.window;
  for (let n = 0; n < batch; n += 1) {
    for (let oy = 0; oy < outHeight; oy += 1) {
      for (let ox = 0; ox < outWidth; ox += 1) {
        const taps: [number, number, number][] = [];
        for (let ky = 0; ky < kernel.y; ky += 1) {
          for (let kx = 0; kx < kernel.x; kx += 1) {
            const y = oy * stride.y - before.y + ky * dilation.y;
            const x = ox * stride.x - before.x + kx * dilation.x;
            if (y >= 0 && y < height && x >= 0 && x < width) taps.push([ky, kx, (n * height + y) * width + x]);
          }
        }
        pixel(n, oy, ox, taps);
      }
    }
  }
}

function convolution(layer: CmsisConvolution): number[] {
  const channels = dims4(layer.input)[3];
  const outChannels = dims4(layer.expected)[3];
  const perGroup = channels / layer.groups;
  const { kernel } = layer.window;
  const x = numbers(layer.input);
  const w = numbers(layer.weights);
  const end = finish(layer);
  const out: number[] = [];
  windows(layer, (_n, _oy, _ox, taps) => {
    for (let o = 0; o < outChannels; o += 1) {
      const group = Math.floor(o / (outChannels / layer.groups));
      let sum = 0;
      for (const [ky, kx, at] of taps) {
        for (let c = 0; c < perGroup; c += 1) {
          const value = (x[at * channels + group * perGroup + c] ?? 0) + layer.inputOffset;
          sum += value * (w[((o * kernel.y + ky) * kernel.x + kx) * perGroup + c] ?? 0);
        }
      }
      out.push(end(sum, o));
    }
  });
  return out;
}

function depthwise(layer: CmsisDepthwise): number[] {
  const channels = dims4(layer.input)[3];
  const outChannels = dims4(layer.expected)[3];
  const { kernel } = layer.window;
  const x = numbers(layer.input);
  const w = numbers(layer.weights);
  const end = finish(layer);
  const out: number[] = [];
  windows(layer, (_n, _oy, _ox, taps) => {
    for (let o = 0; o < outChannels; o += 1) {
      const c = Math.floor(o / layer.channelMultiplier);
      let sum = 0;
      for (const [ky, kx, at] of taps) {
        sum += ((x[at * channels + c] ?? 0) + layer.inputOffset) * (w[(ky * kernel.x + kx) * outChannels + o] ?? 0);
      }
      out.push(end(sum, o));
    }
  });
  return out;
}

function transposed(layer: CmsisTransposedConvolution): number[] {
  const [batch, height, width, channels] = dims4(layer.input);
  const [, outHeight, outWidth, outChannels] = dims4(layer.expected);
  const { kernel, stride, before } = layer.window;
  const x = numbers(layer.input);
  const w = numbers(layer.weights);
  const end = finish(layer);
  const sums: number[] = new Array<number>(batch * outHeight * outWidth * outChannels).fill(0);
  for (let n = 0; n < batch; n += 1)
    for (let iy = 0; iy < height; iy += 1)
      for (let ix = 0; ix < width; ix += 1) {
        for (let ky = 0; ky < kernel.y; ky += 1)
          for (let kx = 0; kx < kernel.x; kx += 1) {
            const oy = iy * stride.y + ky - before.y;
            const ox = ix * stride.x + kx - before.x;
            if (oy < 0 || oy >= outHeight || ox < 0 || ox >= outWidth) continue;
            for (let o = 0; o < outChannels; o += 1)
              for (let c = 0; c < channels; c += 1) {
                const value = (x[((n * height + iy) * width + ix) * channels + c] ?? 0) + layer.inputOffset;
                const at = ((n * outHeight + oy) * outWidth + ox) * outChannels + o;
                sums[at] = (sums[at] ?? 0) + value * (w[((o * kernel.y + ky) * kernel.x + kx) * channels + c] ?? 0);
              }
          }
      }
  return sums.map((sum, at) => end(sum, at % outChannels));
}

function pooling(layer: CmsisPooling): number[] {
  const channels = dims4(layer.input)[3];
  const x = numbers(layer.input);
  const out: number[] = [];
  windows(layer, (_n, _oy, _ox, taps) => {
    for (let c = 0; c < channels; c += 1) {
      const values = taps.map(([, , at]) => x[at * channels + c] ?? 0);
      out.push(clamped(layer.kind === 'max-pooling' ? Math.max(...values) : average(values), layer.clamp));
    }
  });
  return out;
}

/** The C expression of arm_avgpool_s8: division truncates. */
function average(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const half = Math.trunc(values.length / 2);
  return Math.trunc((sum > 0 ? sum + half : sum - half) / values.length);
}

function batchMatmul(layer: CmsisBatchMatmul): number[] {
  const [batch, height, rows, columns] = dims4(layer.expected);
  const [lhsBatch, lhsHeight, lhsRows, lhsColumns] = dims4(layer.lhs);
  const [rhsBatch, rhsHeight, rhsRows, rhsColumns] = dims4(layer.rhs);
  const depth = layer.lhsTransposed ? lhsRows : lhsColumns;
  const a = numbers(layer.lhs);
  const b = numbers(layer.rhs);
  const end = finish({ ...layer, bias: undefined });
  const out: number[] = [];
  for (let n = 0; n < batch; n += 1)
    for (let h = 0; h < height; h += 1) {
      const lhs = ((lhsBatch === 1 ? 0 : n) * lhsHeight + (lhsHeight === 1 ? 0 : h)) * lhsRows * lhsColumns;
      const rhs = ((rhsBatch === 1 ? 0 : n) * rhsHeight + (rhsHeight === 1 ? 0 : h)) * rhsRows * rhsColumns;
      for (let m = 0; m < rows; m += 1)
        for (let p = 0; p < columns; p += 1) {
          let sum = 0;
          for (let k = 0; k < depth; k += 1) {
            const left = a[lhs + (layer.lhsTransposed ? k * lhsColumns + m : m * lhsColumns + k)] ?? 0;
            const right = b[rhs + (layer.rhsTransposed ? p * rhsColumns + k : k * rhsColumns + p)] ?? 0;
            sum += (left + layer.lhsOffset) * (right + layer.rhsOffset);
          }
          out.push(end(sum, p));
        }
    }
  return out;
}

function add(layer: CmsisAdd): number[] {
  const second = numbers(layer.second.input);
  const term = (value: number, addend: CmsisAdd['first']): bigint =>
    gemmlowp(BigInt(value + addend.offset) << BigInt(layer.leftShift), addend.multiplier, addend.shift);
  return numbers(layer.first.input).map((value, at) => {
    const sum = term(value, layer.first) + term(second[at] ?? 0, layer.second);
    return clamped(Number(requantised(sum, layer.requantise, 0)) + layer.outputOffset, layer.clamp);
  });
}

function mul(layer: CmsisMul): number[] {
  const second = numbers(layer.second);
  return numbers(layer.first).map((value, at) => {
    const product = (value + layer.firstOffset) * ((second[at] ?? 0) + layer.secondOffset);
    return clamped(Number(requantised(BigInt(product), layer.requantise, 0)) + layer.outputOffset, layer.clamp);
  });
}

/** Every index of a row-major tensor, last fastest. */
function* indices(dims: readonly number[]): Generator<readonly number[]> {
  const count = dims.reduce((product, dim) => product * dim, 1);
  for (let at = 0; at < count; at += 1) {
    let rest = at;
    const index = dims.map(() => 0);
    for (let axis = dims.length - 1; axis >= 0; axis -= 1) {
      index[axis] = rest % (dims[axis] ?? 1);
      rest = Math.floor(rest / (dims[axis] ?? 1));
    }
    yield index;
  }
}

function element(tensor: CmsisTensor, values: readonly number[], index: readonly number[]): number | undefined {
  let at = 0;
  for (const [axis, dim] of tensor.dims.entries()) {
    const i = index[axis] ?? 0;
    if (i < 0 || i >= dim) return undefined;
    at = at * dim + i;
  }
  return values[at];
}

function extremum(layer: CmsisExtremum): number[] {
  const pick = (tensor: CmsisTensor): ((index: readonly number[]) => number) => {
    const values = numbers(tensor);
    return (index) =>
      element(
        tensor,
        values,
        index.map((i, axis) => (tensor.dims[axis] === 1 ? 0 : i)),
      ) ?? 0;
  };
  const first = pick(layer.first);
  const second = pick(layer.second);
  const better = layer.kind === 'minimum' ? Math.min : Math.max;
  return [...indices(layer.expected.dims)].map((index) => better(first(index), second(index)));
}

function pad(layer: CmsisPad): number[] {
  const values = numbers(layer.input);
  return [...indices(layer.expected.dims)].map(
    (index) =>
      element(
        layer.input,
        values,
        index.map((i, axis) => i - (layer.before[axis] ?? 0)),
      ) ?? layer.value,
  );
}

function transpose(layer: CmsisTranspose): number[] {
  const values = numbers(layer.input);
  return [...indices(layer.expected.dims)].map((index) => {
    const source = layer.input.dims.map(() => 0);
    for (const [axis, from] of layer.permutation.entries()) source[from] = index[axis] ?? 0;
    return element(layer.input, values, source) ?? 0;
  });
}
