//! cmsis-elementwise: builds the descriptions of layers without weights (pooling, add, mul, extrema, pad, transpose) from their headers.

import { readWindow } from './cmsis-layers.ts';
import { CMSIS_ROLES, elementCount, readBatch, readClamp, readRequantise } from './cmsis-reader.ts';
import type { CmsisReader } from './cmsis-reader.ts';
import type {
  CmsisAdd,
  CmsisAddend,
  CmsisExtremum,
  CmsisMul,
  CmsisPad,
  CmsisPooling,
  CmsisTensor,
  CmsisTranspose,
  CmsisWidth,
} from './cmsis-types.ts';

/** Keys FILTER_H/W, STRIDE_H/W, PADDING_H/W (older sets: X, Y and PAD); average or maximum is in the folder's name. */
export function pooling(reader: CmsisReader, kind: CmsisPooling['kind']): CmsisPooling {
  const channels = reader.number('INPUT_C', 'IN_CH');
  const imageDims = [reader.number('INPUT_H'), reader.number('INPUT_W'), channels];
  const batch = readBatch(reader, elementCount(imageDims));
  const inputDims = [batch, ...imageDims];
  const outputDims = [batch, reader.number('OUTPUT_H'), reader.number('OUTPUT_W'), channels];
  const input = reader.tensor(inputDims, ...CMSIS_ROLES.input);
  const expected = reader.tensor(outputDims, ...CMSIS_ROLES.output);
  return {
    kind,
    ...common(reader, kind, input, expected),
    input,
    window: readWindow(reader, inputDims, outputDims),
    clamp: readClamp(reader, expected),
  };
}

/** Keys INPUT1_MULT, INPUT1_SHIFT, INPUT1_OFFSET, the same for 2, LEFT_SHIFT, OUTPUT_*. */
export function add(reader: CmsisReader): CmsisAdd {
  const { first, second, expected } = operands(reader);
  const addend = (input: CmsisTensor, index: 1 | 2): CmsisAddend => ({
    input,
    offset: reader.numberOr(0, `INPUT${index}_OFFSET`, `INPUT_${index}_OFFSET`),
    multiplier: reader.number(`INPUT${index}_MULT`, `INPUT_${index}_MULT`, `INPUT${index}_MULTIPLIER`),
    shift: reader.number(`INPUT${index}_SHIFT`, `INPUT_${index}_SHIFT`),
  });
  return {
    kind: 'add',
    ...common(reader, 'add', first, expected),
    first: addend(first, 1),
    second: addend(second, 2),
    leftShift: reader.number('LEFT_SHIFT'),
    outputOffset: reader.numberOr(0, 'OUTPUT_OFFSET'),
    requantise: readRequantise(reader, 'gemmlowp', 1),
    clamp: readClamp(reader, expected),
  };
}

/** Keys INPUT1_OFFSET, INPUT2_OFFSET, OUTPUT_*. */
export function mul(reader: CmsisReader): CmsisMul {
  const { first, second, expected } = operands(reader);
  return {
    kind: 'mul',
    ...common(reader, 'mul', first, expected),
    first,
    second,
    firstOffset: reader.numberOr(0, 'INPUT1_OFFSET', 'INPUT_1_OFFSET'),
    secondOffset: reader.numberOr(0, 'INPUT2_OFFSET', 'INPUT_2_OFFSET'),
    outputOffset: reader.numberOr(0, 'OUTPUT_OFFSET'),
    requantise: readRequantise(reader, 'gemmlowp', 1),
    clamp: readClamp(reader, expected),
  };
}

/** Keys BATCH_i, HEIGHT_i, WIDTH_i, CHANNEL_i for i = 1, 2. Offsets, multiplier and limits in the file are not used by the operator. */
export function extremum(reader: CmsisReader, kind: CmsisExtremum['kind']): CmsisExtremum {
  const dims = (index: 1 | 2): number[] => ['BATCH', 'HEIGHT', 'WIDTH', 'CHANNEL'].map((key) => reader.number(`${key}_${index}`));
  const firstDims = dims(1);
  const secondDims = dims(2);
  const outputDims = firstDims.map((dim, axis) => {
    const other = secondDims[axis] ?? 0;
    if (dim !== other && dim !== 1 && other !== 1) reader.problem(`dimensions ${dim} and ${other} do not broadcast`);
    return Math.max(dim, other);
  });
  const first = reader.tensor(firstDims, ...CMSIS_ROLES.first);
  const second = reader.tensor(secondDims, ...CMSIS_ROLES.second);
  const expected = reader.tensor(outputDims, ...CMSIS_ROLES.output);
  return { kind, ...common(reader, kind, first, expected), first, second };
}

/** Keys INPUT_N/H/W/C, PRE_PAD_*, POST_PAD_*, PAD_VALUE. */
export function pad(reader: CmsisReader): CmsisPad {
  const axes = ['N', 'H', 'W', 'C'];
  const dims = axes.map((axis) => reader.number(`INPUT_${axis}`));
  const before = axes.map((axis) => reader.numberOr(0, `PRE_PAD_${axis}`));
  const after = axes.map((axis) => reader.numberOr(0, `POST_PAD_${axis}`));
  const input = reader.tensor(dims, ...CMSIS_ROLES.input);
  const outputDims = dims.map((dim, axis) => dim + (before[axis] ?? 0) + (after[axis] ?? 0));
  const expected = reader.tensor(outputDims, ...CMSIS_ROLES.output);
  return { kind: 'pad', ...common(reader, 'pad', input, expected), input, before, after, value: reader.number('PAD_VALUE') };
}

/** Keys IN_DIM, PERM, PERM_SIZE; dimensions beyond PERM_SIZE are written 0. */
export function transpose(reader: CmsisReader): CmsisTranspose {
  const rank = reader.numberOr(reader.list('PERM').length, 'PERM_SIZE');
  const permutation = reader.list('PERM').slice(0, rank);
  const dims = reader.list('IN_DIM').slice(0, rank);
  if ([...permutation].sort((a, b) => a - b).some((axis, index) => axis !== index) || permutation.length !== rank) {
    reader.problem(`[${permutation.join(', ')}] is no permutation of ${rank} dimensions`);
  }
  const input = reader.tensor(dims, ...CMSIS_ROLES.input);
  const expected = reader.tensor(
    permutation.map((axis) => dims[axis] ?? 0),
    ...CMSIS_ROLES.output,
  );
  return { kind: 'transpose', ...common(reader, 'transpose', input, expected), input, permutation };
}

function common(reader: CmsisReader, operator: string, input: CmsisTensor, expected: CmsisTensor) {
  const width: CmsisWidth = input.dtype === 's16' ? 's16' : 's8';
  return { name: reader.name, width, operator, expected };
}

/** Two flat tensors and the output of an element-wise layer, all of one length. */
function operands(reader: CmsisReader): { readonly first: CmsisTensor; readonly second: CmsisTensor; readonly expected: CmsisTensor } {
  const count = reader.numberOr(reader.array(...CMSIS_ROLES.output)?.data?.length ?? 0, 'DST_SIZE', 'OUTPUT_SIZE');
  const first = reader.tensor([count], ...CMSIS_ROLES.first);
  const second = reader.tensor([count], ...CMSIS_ROLES.second);
  const expected = reader.tensor([count], ...CMSIS_ROLES.output);
  if (elementCount(first.dims) === 0) reader.problem('the layer has no element');
  return { first, second, expected };
}
