//! cmsis-program: a CMSIS-NN layer as a program of the machine, by the builders of model/programs.
import type { Profile } from '../machine/profile.ts';
import { batchMatmul } from '../programs/batch-matmul.ts';
import { conv2d } from '../programs/conv2d.ts';
import { depthwise } from '../programs/depthwise.ts';
import { addition, extremum, multiplication } from '../programs/elementwise.ts';
import { fullyConnected } from '../programs/fully-connected.ts';
import { pad, transpose } from '../programs/movement.ts';
import { averagePooling, maxPooling } from '../programs/pooling.ts';
import { tableOf } from '../programs/table.ts';
import type { Epilogue } from '../programs/tiling.ts';
import { transposedConvolution } from '../programs/transposed-convolution.ts';
import type { View } from '../programs/view.ts';
import { seen, size } from '../programs/view.ts';
import type { Mode, Writer } from '../programs/writer.ts';
import { writer } from '../programs/writer.ts';
import { CMSIS_EPILOGUE_MODES, cmsisEpilogueRows } from './cmsis-epilogue.ts';
import type {
  CmsisAdd, CmsisAddend, CmsisBatchMatmul, CmsisClamp, CmsisConvolution, CmsisDepthwise, CmsisFullyConnected, CmsisKind, CmsisLayer,
  CmsisMul, CmsisPooling, CmsisRequantise, CmsisTensor, CmsisTransposedConvolution,
} from './cmsis-types.ts';
import type { Replay } from './replay.ts';

/** The program of a layer and the published words that it must leave in DRAM. Throws Rejected where the profile cannot run it. */
export function cmsisProgram(profile: Profile, layer: CmsisLayer): Replay {
  const w = writer(profile), output = w.dram('Y', layer.expected.dtype, layer.expected.dims);
  emitLayer(w, layer, output);
  const program = w.finish(layer.name, `CMSIS-NN ${layer.operator}, ${layer.width}, output [${layer.expected.dims.join(', ')}]`);
  return { program, results: [{ view: output, expected: bytesOfTensor(layer.expected) }] };
}

type LayerOf<Kind> = CmsisLayer extends infer Layer
  ? (Layer extends { readonly kind: infer Own } ? (Kind extends Own ? Layer : never) : never) : never;
/** The instructions of a layer, by its kind. */
const emitters: { readonly [Kind in CmsisKind]: (w: Writer, layer: LayerOf<Kind>, output: View) => void } = {
  'fully-connected': emitFullyConnected,
  convolution: emitConvolution,
  depthwise: emitDepthwise,
  'transposed-convolution': emitTransposed,
  'average-pooling': (w, layer, output) => averagePooling(w, poolingOf(w, layer, output)),
  'max-pooling': (w, layer, output) => maxPooling(w, poolingOf(w, layer, output)),
  'batch-matmul': emitBatchMatmul,
  add: emitAdd,
  mul: emitMul,
  minimum: (w, layer, output) => extremum(w, 'min',
    { first: tensorOf(w, 'X', layer.first), second: tensorOf(w, 'Z', layer.second), output }),
  maximum: (w, layer, output) => extremum(w, 'max',
    { first: tensorOf(w, 'X', layer.first), second: tensorOf(w, 'Z', layer.second), output }),
  pad: (w, layer, output) => pad(w, { input: tensorOf(w, 'X', layer.input), output, before: layer.before, value: layer.value }),
  transpose: (w, layer, output) => transpose(w, { input: tensorOf(w, 'X', layer.input), output, permutation: layer.permutation }),
};

function emitLayer(w: Writer, layer: CmsisLayer, output: View): void {
  const emit = emitters[layer.kind] as (w: Writer, layer: CmsisLayer, output: View) => void;
  emit(w, layer, output);
}

function emitFullyConnected(w: Writer, layer: CmsisFullyConnected, output: View): void {
  const [n = 0, k = 0] = layer.weights.dims;
  fullyConnected(w, {
    input: tensorOf(w, 'X', layer.input), weights: seen(tensorOf(w, 'W', layer.weights), [k, n], [1, k]), output,
      inputZero: -layer.inputOffset,
    weightZero: -layer.filterOffset, accumulator: sumsOf(layer), epilogue: epilogueOf(w, layer, n),
  });
}

function emitConvolution(w: Writer, layer: CmsisConvolution, output: View): void {
  const [oc = 0, kh = 0, kw = 0, cg = 0] = layer.weights.dims;
  conv2d(w, {
    input: tensorOf(w, 'X', layer.input), weights: seen(tensorOf(w, 'W', layer.weights), [kh, kw, cg, oc],
      [kw * cg, cg, 1, kh * kw * cg]), output,
    window: layer.window, groups: layer.groups, inputZero: -layer.inputOffset, weightZero: 0, accumulator: sumsOf(layer),
      epilogue: epilogueOf(w, layer, oc),
  });
}

function emitDepthwise(w: Writer, layer: CmsisDepthwise, output: View): void {
  depthwise(w, {
    input: tensorOf(w, 'X', layer.input), weights: tensorOf(w, 'W', layer.weights), output, window: layer.window,
      channelMultiplier: layer.channelMultiplier,
    inputZero: -layer.inputOffset, accumulator: sumsOf(layer), epilogue: epilogueOf(w, layer, output.dims[3]!),
  });
}

function emitTransposed(w: Writer, layer: CmsisTransposedConvolution, output: View): void {
  const [oc = 0, kh = 0, kw = 0, c = 0] = layer.weights.dims;
  transposedConvolution(w, {
    input: tensorOf(w, 'X', layer.input), weights: seen(tensorOf(w, 'W', layer.weights), [kh, kw, c, oc], [kw * c, c, 1, kh * kw * c]),
      output,
    stride: layer.window.stride, before: layer.window.before, inputZero: -layer.inputOffset, accumulator: sumsOf(layer),
      epilogue: epilogueOf(w, layer, oc),
  });
}

const poolingOf = (w: Writer, layer: CmsisPooling, output: View) =>
  ({ input: tensorOf(w, 'X', layer.input), output, window: layer.window, clamp: limits(layer.clamp) });

function emitBatchMatmul(w: Writer, layer: CmsisBatchMatmul, output: View): void {
  const turned = (view: View, isTransposed: boolean): View => (isTransposed
    ? seen(view, [...view.dims.slice(0, 2), view.dims[3]!, view.dims[2]!],
      [...view.strides.slice(0, 2), view.strides[3]!, view.strides[2]!]) : view);
  batchMatmul(w, {
    left: turned(tensorOf(w, 'X', layer.lhs), layer.lhsTransposed), right: turned(tensorOf(w, 'Z', layer.rhs), layer.rhsTransposed), output,
    leftZero: -layer.lhsOffset, rightZero: -layer.rhsOffset, accumulator: sumsOf({ ...layer, bias: undefined }),
    epilogue: epilogueOf(w, { ...layer, bias: undefined }, output.dims[3]!),
  });
}

function emitAdd(w: Writer, layer: CmsisAdd, output: View): void {
  const addend = ({ offset, multiplier, shift }: CmsisAddend) =>
    ({ zero: -offset, row: { bias: 0, multiplier, shift: layer.leftShift + Math.max(shift, 0) }, right: Math.max(-shift, 0) });
  addition(w, {
    first: tensorOf(w, 'X', layer.first.input), second: tensorOf(w, 'Z', layer.second.input), output,
      addends: [addend(layer.first), addend(layer.second)],
    row: cmsisEpilogueRows(layer.requantise, undefined, 1)[0]!, mode: modeOf(layer),
  });
}

function emitMul(w: Writer, layer: CmsisMul, output: View): void {
  multiplication(w, {
    first: tensorOf(w, 'X', layer.first), second: tensorOf(w, 'Z', layer.second), output, zeros: [-layer.firstOffset, -layer.secondOffset],
    row: cmsisEpilogueRows(layer.requantise, undefined, 1)[0]!, mode: modeOf(layer),
  });
}

interface Requantised { readonly requantise: CmsisRequantise; readonly outputOffset: number; readonly clamp: CmsisClamp }

const limits = ({ min, max }: CmsisClamp): readonly [number, number] => [min, max];
const modeOf = (layer: Requantised): Mode =>
  ({ ...CMSIS_EPILOGUE_MODES[layer.requantise.convention], zpo: layer.outputOffset, clamp: limits(layer.clamp) });
/** 64-bit sums belong to the 16-bit reduced multiplier, 32-bit ones to gemmlowp. */
const sumsOf = (layer: { readonly requantise: CmsisRequantise; readonly bias: CmsisTensor | undefined }): 's32' | 's64' =>
  (layer.requantise.convention === 'reduced16' ? 's64' : 's32');
function epilogueOf(w: Writer, layer: Requantised & { readonly bias: CmsisTensor | undefined }, channels: number): Epilogue {
  const single = layer.requantise.multipliers.length === 1 && (layer.bias === undefined || layer.bias.dtype === 's64');
  const table = tableOf(w, 'TB', cmsisEpilogueRows(layer.requantise, layer.bias, single ? 1 : channels), channels);
  return { mode: modeOf(layer), table, bias: layer.bias?.dtype === 's64' ? tensorOf(w, 'B', layer.bias) : undefined };
}

/** A tensor with its bytes in DRAM. 4-bit rows run on, two elements to a byte, as the files have them. */
function tensorOf(w: Writer, label: string, tensor: CmsisTensor): View {
  if (tensor.dtype !== 's4') return w.dram(label, tensor.dtype, tensor.dims, bytesOfTensor(tensor));
  const bytes = bytesOfTensor(tensor), raw = w.dram(label, 'u8', [Math.ceil(size(tensor.dims) / 2)], bytes);
  return { ...raw, dtype: 's4', dims: tensor.dims, strides: tensor.dims.map((_, axis) => size(tensor.dims.slice(axis + 1))) };
}

function bytesOfTensor({ data }: CmsisTensor): Uint8Array {
  if (data instanceof Int8Array) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = new Uint8Array(data.byteLength), words = new DataView(bytes.buffer);
  if (data instanceof Int16Array) data.forEach((value, at) => { words.setInt16(2 * at, value, true); });
  else if (data instanceof Int32Array) data.forEach((value, at) => { words.setInt32(4 * at, value, true); });
  else data.forEach((value, at) => { words.setBigInt64(8 * at, value, true); });
  return bytes;
}
