//! cmsis-mapping: test support: each CMSIS-NN layer as the sequence of machine instructions that computes it.

import { CMSIS_EPILOGUE_MODES, averageRow, cmsisEpilogueRows } from '../model/vectors/cmsis.ts';
import type {
  CmsisAdd,
  CmsisBatchMatmul,
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
  CmsisWindow,
} from '../model/vectors/cmsis.ts';
import { binary, fresh, load, mdw, mm, of, read, reduce, rounded, scale, seen, size, write } from './cmsis-machine.ts';
import type { Mode, View } from './cmsis-machine.ts';

/** The layer's output as the instructions leave it, row-major. */
export function runCmsisMapping(layer: CmsisLayer): readonly number[] {
  switch (layer.kind) {
    case 'fully-connected':
      return fullyConnected(layer);
    case 'convolution':
      return convolution(layer);
    case 'depthwise':
      return depthwise(layer);
    case 'transposed-convolution':
      return transposedConvolution(layer);
    case 'average-pooling':
      return averagePooling(layer);
    case 'max-pooling':
      return maxPooling(layer);
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

/** A fresh accumulator: ainit.zero, or ainit.load of a 64-bit bias with stride 0 in all dims but the last. */
function accumulator(layer: { requantise: CmsisRequantise; bias: CmsisTensor | undefined }, dims: readonly number[], channel = 0): View {
  const acc = fresh(layer.requantise.convention === 'gemmlowp' ? 32 : 64, dims);
  if (layer.bias?.dtype === 's64')
    write(
      acc,
      read(
        seen(
          of(layer.bias),
          dims,
          dims.map((_, axis) => (axis === dims.length - 1 ? 1 : 0)),
          channel,
        ),
      ),
    );
  return acc;
}

function drainMode(layer: { requantise: CmsisRequantise; outputOffset: number; clamp: Mode['clamp'] & object }): Mode {
  return { ...CMSIS_EPILOGUE_MODES[layer.requantise.convention], zpo: layer.outputOffset, clamp: layer.clamp };
}

function fullyConnected(layer: CmsisFullyConnected): number[] {
  const [n = 0, k = 0] = layer.weights.dims;
  const out = fresh(of(layer.expected).bits, layer.expected.dims);
  const acc = accumulator(layer, layer.expected.dims);
  mm(acc, of(layer.input), 1, seen(of(layer.weights), [k, n], [1, k]), { zpa: -layer.inputOffset, zpb: -layer.filterOffset });
  scale(out, acc, cmsisEpilogueRows(layer.requantise, layer.bias, n), drainMode(layer));
  return out.memory;
}

/** One image in SPM, padded on the way in. */
function padded(x: View, image: number, window: CmsisWindow, fill: number): View {
  const [, h = 0, w = 0, c = 0] = x.dims;
  const { before, after } = window;
  const tile = fresh(x.bits, [before.y + h + after.y, before.x + w + after.x, c]);
  const source = seen(x, [h, w, c], x.strides.slice(1), image * h * w * c);
  load(tile, source, [before.y, before.x, 0], [after.y, after.x, 0], fill);
  return tile;
}

/** Strides of output row, output column, kernel row, kernel column in a padded tile. */
function steps(tile: View, window: CmsisWindow): [oy: number, ox: number, ky: number, kx: number] {
  const [row = 0, column = 0] = tile.strides;
  return [window.stride.y * row, window.stride.x * column, window.dilation.y * row, window.dilation.x * column];
}

function convolution(layer: CmsisConvolution): number[] {
  const [, kh = 0, kw = 0, per = 0] = layer.weights.dims;
  const [batch = 0, oh = 0, ow = 0, oc = 0] = layer.expected.dims;
  const n = oc / layer.groups;
  const [x, w] = [of(layer.input), of(layer.weights)];
  const out = fresh(of(layer.expected).bits, layer.expected.dims);
  const table = cmsisEpilogueRows(layer.requantise, layer.bias, oc);
  for (let b = 0; b < batch; b += 1) {
    const tile = padded(x, b, layer.window, -layer.inputOffset);
    for (let g = 0; g < layer.groups; g += 1) {
      const acc = accumulator(layer, [oh, ow, n], g * n);
      const taps = seen(tile, [oh, ow, kh, kw, per], [...steps(tile, layer.window), 1], g * per);
      const slot = seen(w, [kh, kw, per, n], [kw * per, per, 1, kh * kw * per], g * n * kh * kw * per);
      mm(acc, taps, 2, slot, { zpa: -layer.inputOffset });
      scale(seen(out, [oh, ow, n], [ow * oc, oc, 1], b * oh * ow * oc + g * n), acc, table.slice(g * n, (g + 1) * n), drainMode(layer));
    }
  }
  return out.memory;
}

/** Elements m, m + step, .. of a bias: on the machine a view with stride `step`. */
function everyNth(bias: CmsisTensor | undefined, step: number, m: number): CmsisTensor | undefined {
  return bias === undefined ? undefined : { ...bias, data: bias.data.filter((_: number | bigint, at: number) => at % step === m) };
}

/** One pass per channel-multiplier index m: output channels m, m + multiplier, .. are a strided view of weights, table and output. */
function depthwise(layer: CmsisDepthwise): number[] {
  const [kh = 0, kw = 0, oc = 0] = layer.weights.dims;
  const [batch = 0, oh = 0, ow = 0] = layer.expected.dims;
  const step = layer.channelMultiplier;
  const c = oc / step;
  const [x, w] = [of(layer.input), of(layer.weights)];
  const out = fresh(of(layer.expected).bits, layer.expected.dims);
  const table = cmsisEpilogueRows(layer.requantise, layer.bias, oc);
  for (let b = 0; b < batch; b += 1) {
    const tile = padded(x, b, layer.window, -layer.inputOffset);
    for (let m = 0; m < step; m += 1) {
      const acc = accumulator({ ...layer, bias: everyNth(layer.bias, step, m) }, [oh, ow, c]);
      const taps = seen(tile, [oh, ow, kh, kw, c], [...steps(tile, layer.window), 1]);
      mdw(acc, taps, 2, seen(w, [kh, kw, c], [kw * oc, oc, step], m), { zpa: -layer.inputOffset });
      const d = seen(out, [oh, ow, c], [ow * oc, oc, step], b * oh * ow * oc + m);
      scale(
        d,
        acc,
        table.filter((_, channel) => channel % step === m),
        drainMode(layer),
      );
    }
  }
  return out.memory;
}

/** Every tap adds one product into a strided view of the accumulator; the drain crops. The canvas holds all that taps can reach. */
function transposedConvolution(layer: CmsisTransposedConvolution): number[] {
  const [, kh = 0, kw = 0, c = 0] = layer.weights.dims;
  const [batch = 0, ih = 0, iw = 0] = layer.input.dims;
  const [, oh = 0, ow = 0, oc = 0] = layer.expected.dims;
  const { stride, before } = layer.window;
  const rows = Math.max((ih - 1) * stride.y + kh, before.y + oh);
  const columns = Math.max((iw - 1) * stride.x + kw, before.x + ow);
  const [x, w] = [of(layer.input), of(layer.weights)];
  const out = fresh(8, layer.expected.dims);
  for (let b = 0; b < batch; b += 1) {
    const canvas = fresh(32, [rows, columns, oc]);
    for (let ky = 0; ky < kh; ky += 1)
      for (let kx = 0; kx < kw; kx += 1) {
        const acc = seen(canvas, [ih, iw, oc], [stride.y * columns * oc, stride.x * oc, 1], (ky * columns + kx) * oc);
        const slot = seen(w, [c, oc], [1, kh * kw * c], (ky * kw + kx) * c);
        mm(acc, seen(x, [ih, iw, c], x.strides.slice(1), b * ih * iw * c), 2, slot, { zpa: -layer.inputOffset });
      }
    const crop = seen(canvas, [oh, ow, oc], [columns * oc, oc, 1], (before.y * columns + before.x) * oc);
    const d = seen(out, [oh, ow, oc], [ow * oc, oc, 1], b * oh * ow * oc);
    scale(d, crop, cmsisEpilogueRows(layer.requantise, layer.bias, oc), drainMode(layer));
  }
  return out.memory;
}

/** Window view [OH, OW, C, KH, KW] of one padded image. */
function poolingWindows(layer: CmsisPooling, tile: View): View {
  const [, oh = 0, ow = 0, c = 0] = layer.expected.dims;
  const [oy, ox, ky, kx] = steps(tile, layer.window);
  return seen(tile, [oh, ow, c, layer.window.kernel.y, layer.window.kernel.x], [oy, ox, 1, ky, kx]);
}

/** Sums of windows padded with 0, then one `scale` whose last dim is the *position*, so that the table holds each window's count. */
function averagePooling(layer: CmsisPooling): number[] {
  const [batch = 0, oh = 0, ow = 0, c = 0] = layer.expected.dims;
  const [, ih = 0, iw = 0] = layer.input.dims;
  const { kernel, stride, before } = layer.window;
  const inside = (start: number, length: number, limit: number): number => Math.min(start + length, limit) - Math.max(start, 0);
  const table = Array.from({ length: oh * ow }, (_, at) =>
    averageRow(inside(Math.floor(at / ow) * stride.y - before.y, kernel.y, ih) * inside((at % ow) * stride.x - before.x, kernel.x, iw)),
  );
  const x = of(layer.input);
  const out = fresh(x.bits, layer.expected.dims);
  for (let b = 0; b < batch; b += 1) {
    const sums = fresh(32, [oh, ow, c]);
    reduce(sums, poolingWindows(layer, padded(x, b, layer.window, 0)), 2, (left, right) => left + right);
    const positions = (view: View, offset: number): View => seen(view, [c, oh * ow], [1, c], offset);
    const mode: Mode = { ...CMSIS_EPILOGUE_MODES.average, clamp: layer.clamp };
    scale(positions(out, b * oh * ow * c), positions(sums, 0), table, mode);
  }
  return out.memory;
}

function maxPooling(layer: CmsisPooling): number[] {
  const [batch = 0, oh = 0, ow = 0, c = 0] = layer.expected.dims;
  const x = of(layer.input);
  const out = fresh(x.bits, layer.expected.dims);
  for (let b = 0; b < batch; b += 1) {
    const d = seen(out, [oh, ow, c], out.strides.slice(1), b * oh * ow * c);
    reduce(d, poolingWindows(layer, padded(x, b, layer.window, -(2 ** (x.bits - 1)))), 2, Math.max);
  }
  scale(out, out, undefined, { clamp: layer.clamp });
  return out.memory;
}

function batchMatmul(layer: CmsisBatchMatmul): number[] {
  const [batch = 0, height = 0, m = 0, n = 0] = layer.expected.dims;
  const [a, b] = [of(layer.lhs), of(layer.rhs)];
  const out = fresh(a.bits, layer.expected.dims);
  const matrix = (view: View, isTransposed: boolean, i: number, j: number): View => {
    const [bs = 0, hs = 0, rows = 0, columns = 0] = view.dims;
    const offset = ((bs === 1 ? 0 : i) * hs + (hs === 1 ? 0 : j)) * rows * columns;
    return isTransposed ? seen(view, [columns, rows], [1, columns], offset) : seen(view, [rows, columns], [columns, 1], offset);
  };
  for (let i = 0; i < batch; i += 1)
    for (let j = 0; j < height; j += 1) {
      const acc = accumulator({ ...layer, bias: undefined }, [m, n]);
      mm(acc, matrix(a, layer.lhsTransposed, i, j), 1, matrix(b, layer.rhsTransposed, i, j), {
        zpa: -layer.lhsOffset,
        zpb: -layer.rhsOffset,
      });
      scale(seen(out, [m, n], [n, 1], (i * height + j) * m * n), acc, cmsisEpilogueRows(layer.requantise, undefined, n), drainMode(layer));
    }
  return out.memory;
}

/** Left shift and multiplication in one `scale`; an operand whose own shift goes right needs a second rounding, so a second instruction. */
function add(layer: CmsisAdd): number[] {
  const term = (addend: CmsisAdd['first']): View => {
    const t = fresh(32, layer.expected.dims);
    const row = { bias: 0, multiplier: addend.multiplier, shift: layer.leftShift + Math.max(addend.shift, 0) };
    const x = of(addend.input);
    scale(asRows(t), asRows(x), [row], { ...CMSIS_EPILOGUE_MODES.gemmlowp, zpa: -addend.offset });
    const right = Math.max(-addend.shift, 0);
    write(
      t,
      read(t).map((value) => rounded(BigInt(value), right, 'rna')),
    );
    return t;
  };
  const sum = term(layer.first);
  binary(sum, sum, term(layer.second), (x, y) => x + y);
  return finishElementwise(layer, sum);
}

function mul(layer: CmsisMul): number[] {
  const [x, y] = [of(layer.first), of(layer.second)];
  const [u, v] = [fresh(16, x.dims), fresh(16, y.dims)];
  scale(u, x, undefined, { zpa: -layer.firstOffset });
  scale(v, y, undefined, { zpa: -layer.secondOffset });
  const product = fresh(32, x.dims);
  binary(product, u, v, (left, right) => left * right);
  return finishElementwise(layer, product);
}

/** [n] seen as [n, 1], so that the table has one row. */
function asRows(view: View): View {
  return seen(view, [size(view.dims), 1], [1, 1]);
}

function finishElementwise(layer: CmsisAdd | CmsisMul, values: View): number[] {
  const out = fresh(of(layer.expected).bits, layer.expected.dims);
  scale(asRows(out), asRows(values), cmsisEpilogueRows(layer.requantise, undefined, 1), drainMode(layer));
  return out.memory;
}

function extremum(layer: CmsisExtremum): number[] {
  const broadcast = (view: View): View =>
    seen(
      view,
      layer.expected.dims,
      view.strides.map((stride, axis) => (view.dims[axis] === 1 ? 0 : stride)),
    );
  const out = fresh(8, layer.expected.dims);
  binary(out, broadcast(of(layer.first)), broadcast(of(layer.second)), layer.kind === 'minimum' ? Math.min : Math.max);
  return out.memory;
}

function pad(layer: CmsisPad): number[] {
  const out = fresh(8, layer.expected.dims);
  load(out, of(layer.input), layer.before, layer.after, layer.value);
  return out.memory;
}

function transpose(layer: CmsisTranspose): number[] {
  const x = of(layer.input);
  const out = fresh(8, layer.expected.dims);
  load(
    out,
    seen(
      x,
      layer.expected.dims,
      layer.permutation.map((axis) => x.strides[axis] ?? 0),
    ),
  );
  return out.memory;
}
