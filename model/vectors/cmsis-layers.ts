//! cmsis-layers: builds the descriptions of layers with weights (fully connected, convolutions, batch matmul) from their headers.

import { CMSIS_ROLES, elementCount, readBatch, readBias, readClamp, readRequantise } from './cmsis-reader.ts';
import type { CmsisReader } from './cmsis-reader.ts';
import type {
  CmsisBatchMatmul,
  CmsisConvolution,
  CmsisDepthwise,
  CmsisFullyConnected,
  CmsisRequantise,
  CmsisTensor,
  CmsisTransposedConvolution,
  CmsisWidth,
  CmsisWindow,
} from './cmsis-types.ts';

/** Keys ACCUMULATION_DEPTH, OUT_CH, INPUT_BATCHES; FILTER_OFFSET where weights have a zero point. */
export function fullyConnected(reader: CmsisReader): CmsisFullyConnected {
  const depth = reader.number('ACCUMULATION_DEPTH');
  const batch = readBatch(reader, depth);
  const channels = reader.number('OUT_CH', 'OUTPUT_C');
  const input = reader.tensor([batch, depth], ...CMSIS_ROLES.input);
  return {
    kind: 'fully-connected',
    ...weighted(reader, input, [channels, depth], [batch, channels], channels, (is16) => (is16 ? 'reduced16' : 'gemmlowp')),
    filterOffset: reader.numberOr(0, 'FILTER_OFFSET'),
  };
}

/** Keys FILTER_X/Y, STRIDE_X/Y, PAD_X/Y, DILATION_X/Y; FILTER_CH where the convolution is grouped. */
export function convolution(reader: CmsisReader): CmsisConvolution {
  const { input, outputDims, channels } = images(reader);
  const window = readWindow(reader, input.dims, outputDims);
  const inputChannels = input.dims[3] ?? 0;
  const filterChannels = reader.numberOr(inputChannels, 'FILTER_CH');
  const groups = filterChannels === 0 ? 0 : inputChannels / filterChannels;
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    reader.problem(`${inputChannels} input channels, ${filterChannels} in a filter, ${channels} output channels are no grouping`);
  }
  const weightDims = [channels, window.kernel.y, window.kernel.x, filterChannels];
  const convention = (is16: boolean, biasBits: number): CmsisRequantise['convention'] =>
    is16 && biasBits !== 32 ? 'reduced16' : 'gemmlowp';
  return { kind: 'convolution', ...weighted(reader, input, weightDims, outputDims, channels, convention), window, groups };
}

/** As a convolution, with CH_MULT. */
export function depthwise(reader: CmsisReader): CmsisDepthwise {
  const { input, outputDims, channels } = images(reader);
  const window = readWindow(reader, input.dims, outputDims);
  const inputChannels = input.dims[3] ?? 0;
  const channelMultiplier = reader.number('CH_MULT');
  if (inputChannels * channelMultiplier !== channels) {
    reader.problem(`${inputChannels} channels times CH_MULT ${channelMultiplier} is not OUT_CH ${channels}`);
  }
  const weightDims = [window.kernel.y, window.kernel.x, channels];
  const convention = (is16: boolean): CmsisRequantise['convention'] => (is16 ? 'reduced16' : 'gemmlowp');
  return { kind: 'depthwise', ...weighted(reader, input, weightDims, outputDims, channels, convention), window, channelMultiplier };
}

/** As a convolution; the output's size is given, not derived. */
export function transposedConvolution(reader: CmsisReader): CmsisTransposedConvolution {
  const { input, outputDims, channels } = images(reader);
  const base = readWindow(reader, input.dims, outputDims);
  if (base.dilation.y !== 1 || base.dilation.x !== 1) reader.problem('a transposed convolution with dilation is not defined by CMSIS-NN');
  const window = { ...base, after: { y: 0, x: 0 } };
  const weightDims = [channels, window.kernel.y, window.kernel.x, input.dims[3] ?? 0];
  return { kind: 'transposed-convolution', ...weighted(reader, input, weightDims, outputDims, channels, () => 'gemmlowp'), window };
}

/** Keys LHS_* and RHS_*: batch, height, rows, columns as stored; ADJ_X, ADJ_Y: the operand is stored transposed. */
export function batchMatmul(reader: CmsisReader): CmsisBatchMatmul {
  const side = (name: 'LHS' | 'RHS'): CmsisTensor => {
    const dims = ['BATCH', 'HEIGHT', 'ROWS', 'COLS'].map((key) => reader.number(`${name}_${key}`));
    return reader.tensor(dims, `${name.toLowerCase()}_input_tensor`, `${name.toLowerCase()}_input`);
  };
  const lhs = side('LHS');
  const rhs = side('RHS');
  const outputDims = ['BATCH', 'HEIGHT', 'ROWS', 'COLS'].map((key) => reader.number(`OUTPUT_${key}`));
  const expected = reader.tensor(outputDims, ...CMSIS_ROLES.output);
  const lhsTransposed = reader.numberOr(0, 'ADJ_X') !== 0;
  const rhsTransposed = reader.numberOr(0, 'ADJ_Y') !== 0;
  const depth = lhs.dims[lhsTransposed ? 2 : 3];
  if (depth !== rhs.dims[rhsTransposed ? 3 : 2]) reader.problem('the inner dimensions of the two operands differ');
  if (outputDims[2] !== lhs.dims[lhsTransposed ? 3 : 2] || outputDims[3] !== rhs.dims[rhsTransposed ? 2 : 3]) {
    reader.problem('the outer dimensions of the operands are not those of the output');
  }
  return {
    kind: 'batch-matmul',
    name: reader.name,
    operator: 'batch-matmul',
    width: lhs.dtype === 's16' ? 's16' : 's8',
    lhs,
    rhs,
    lhsTransposed,
    rhsTransposed,
    lhsOffset: reader.numberOr(0, 'LHS_OFFSET'),
    rhsOffset: reader.numberOr(0, 'RHS_OFFSET'),
    outputOffset: reader.numberOr(0, 'OUTPUT_OFFSET'),
    requantise: readRequantise(reader, lhs.dtype === 's16' ? 'reduced16' : 'gemmlowp', outputDims[3] ?? 0),
    clamp: readClamp(reader, expected),
    expected,
  };
}

/** Kernel, strides, dilation and pads; both spellings of the axes, since pooling sets use H and W. */
export function readWindow(reader: CmsisReader, inputDims: readonly number[], outputDims: readonly number[]): CmsisWindow {
  const axis = (letters: readonly string[], dim: number) => {
    const keys = (stem: string): string[] => letters.map((letter) => `${stem}_${letter}`);
    const kernel = reader.number(...keys('FILTER'));
    const stride = reader.numberOr(1, ...keys('STRIDE'));
    const dilation = reader.numberOr(1, ...keys('DILATION'));
    const before = reader.numberOr(0, ...keys('PAD'), ...keys('PADDING'));
    if (kernel < 1 || stride < 1 || dilation < 1 || before < 0) {
      reader.problem(`no window has ${kernel} positions, stride ${stride}, dilation ${dilation} and ${before} before the input`);
    }
    const reach = ((outputDims[dim] ?? 1) - 1) * stride + (kernel - 1) * dilation + 1;
    return { kernel, stride, dilation, before, after: Math.max(0, reach - before - (inputDims[dim] ?? 0)) };
  };
  const y = axis(['Y', 'H'], 1);
  const x = axis(['X', 'W'], 2);
  return {
    kernel: { y: y.kernel, x: x.kernel },
    stride: { y: y.stride, x: x.stride },
    dilation: { y: y.dilation, x: x.dilation },
    before: { y: y.before, x: x.before },
    after: { y: y.after, x: x.after },
  };
}

function images(reader: CmsisReader): { readonly input: CmsisTensor; readonly outputDims: readonly number[]; readonly channels: number } {
  const imageDims = [reader.number('INPUT_H'), reader.number('INPUT_W'), reader.number('IN_CH', 'INPUT_C')];
  const batch = readBatch(reader, elementCount(imageDims));
  const inputDims = [batch, ...imageDims];
  const channels = reader.number('OUT_CH', 'OUTPUT_C');
  const outputDims = [batch, reader.number('OUTPUT_H'), reader.number('OUTPUT_W'), channels];
  return { input: reader.tensor(inputDims, ...CMSIS_ROLES.input), outputDims, channels };
}

function weighted(
  reader: CmsisReader,
  input: CmsisTensor,
  weightDims: readonly number[],
  outputDims: readonly number[],
  channels: number,
  convention: (is16: boolean, biasBits: number) => CmsisRequantise['convention'],
) {
  const weights = reader.tensor(weightDims, ...CMSIS_ROLES.weights);
  const expected = reader.tensor(outputDims, ...CMSIS_ROLES.output);
  const { bias, bits } = readBias(reader, channels);
  const width: CmsisWidth = input.dtype === 's16' ? 's16' : weights.dtype === 's4' ? 's4' : 's8';
  return {
    name: reader.name,
    width,
    input,
    weights,
    bias,
    expected,
    inputOffset: reader.numberOr(0, 'INPUT_OFFSET'),
    outputOffset: reader.numberOr(0, 'OUTPUT_OFFSET'),
    requantise: readRequantise(reader, convention(width === 's16', bits), channels),
    clamp: readClamp(reader, expected),
    operator: '',
  };
}
