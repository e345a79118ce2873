//! cmsis: turns one CMSIS-NN unit-test folder, given as text, into a typed layer description, or says why it is none.

import { add, extremum, mul, pad, pooling, transpose } from './cmsis-elementwise.ts';
import { readCmsisHeaders } from './cmsis-headers.ts';
import type { CmsisHeaders } from './cmsis-headers.ts';
import { batchMatmul, convolution, depthwise, fullyConnected, transposedConvolution } from './cmsis-layers.ts';
import { cmsisReader } from './cmsis-reader.ts';
import type { CmsisReader } from './cmsis-reader.ts';
import type { CmsisKind, CmsisLayer, CmsisResult, CmsisSkippedKind } from './cmsis-types.ts';

export { CMSIS_EPILOGUE_MODES, averageRow, cmsisEpilogueRows, reducedMultiplier } from './cmsis-epilogue.ts';
export type { CmsisEpilogueRow } from './cmsis-epilogue.ts';
export { cmsisElements } from './cmsis-reader.ts';
export type * from './cmsis-types.ts';

/**
 * Reads one test folder (Tests/UnitTest/TestCases/TestData/NAME of CMSIS-NN).
 *
 * The kind follows from the configuration keys; where two operators have the same keys (average and maximum pooling, minimum and
 * maximum) from the operator's word in LAYER_TYPE or in the name. No folder is known by its name.
 *
 * @param name folder name
 * @param files file name to text, all files of the folder
 * @returns a layer; or a kind that is known and skipped; or `unknown`; or `malformed` with all that is wrong
 */
export function readCmsisSet(name: string, files: ReadonlyMap<string, string>): CmsisResult {
  const headers = readCmsisHeaders(name, files);
  if (headers.files.length === 0) {
    const problems = headers.problems.length === 0 ? ['test_data.h includes nothing'] : headers.problems;
    return { status: 'malformed', name, kind: undefined, problems };
  }
  const reader = cmsisReader(name, headers);
  const skipped = recogniseSkipped(reader, headers);
  if (skipped !== undefined) return { status: 'skipped', name, kind: skipped, why: SKIP_REASONS[skipped] };
  const kind = recogniseLayer(reader);
  if (kind === undefined) {
    const keys = [...headers.macros.keys()].sort().join(' ');
    return { status: 'unknown', name, why: keys === '' ? 'the folder has no configuration' : `no known operator has the keys ${keys}` };
  }
  const layer = withOperator(build(kind, reader));
  return reader.problems.length === 0 ? { status: 'layer', name, layer } : { status: 'malformed', name, kind, problems: reader.problems };
}

const SKIP_REASONS: Readonly<Record<CmsisSkippedKind, string>> = {
  lstm: 'a recurrent network of many steps with table-driven sigmoid and tanh, not a single layer',
  softmax: 'exponential and reciprocal by the fixed-point polynomials of gemmlowp, which are no operation of the machine',
  svdf: 'a stateful filter over a sequence of inputs, not a single layer',
  ds_cnn: 'a whole network of twelve layers in one folder, not a single layer',
};

function recogniseSkipped(reader: CmsisReader, headers: CmsisHeaders): CmsisSkippedKind | undefined {
  if (headers.files.filter((file) => file.endsWith('config_data.h')).length > 1) return 'ds_cnn';
  if (reader.has('HIDDEN_SIZE') && reader.has('TIME_STEPS')) return 'lstm';
  if (reader.has('RANK') && reader.has('FEATURE_BATCHES')) return 'svdf';
  if (reader.has('ROW_SIZE') && reader.has('NUM_ROWS')) return 'softmax';
  return undefined;
}

/** From the most particular key to the least: a depthwise convolution has all the keys of a convolution and one more. */
function recogniseLayer(reader: CmsisReader): CmsisKind | undefined {
  const { has } = reader;
  const word = `${reader.name} ${reader.text('LAYER_TYPE')}`.toLowerCase();
  if (has('PERM') && has('IN_DIM')) return 'transpose';
  if (has('PRE_PAD_H', 'PRE_PAD_W', 'PRE_PAD_C', 'PRE_PAD_N', 'PAD_VALUE')) return 'pad';
  if (has('LHS_ROWS') && has('RHS_ROWS')) return 'batch-matmul';
  if (has('BATCH_1') && has('CHANNEL_2')) return word.includes('min') ? 'minimum' : word.includes('max') ? 'maximum' : undefined;
  if (has('LEFT_SHIFT') && has('INPUT1_MULT', 'INPUT_1_MULT', 'INPUT1_MULTIPLIER')) return 'add';
  if (has('INPUT1_OFFSET', 'INPUT_1_OFFSET') && has('OUTPUT_MULT', 'OUTPUT_MULTIPLIER')) return 'mul';
  if (has('ACCUMULATION_DEPTH')) return 'fully-connected';
  if (!has('FILTER_X', 'FILTER_W')) return undefined;
  if (reader.array('weights', 'input_weights', 'weights_data', 'kernel') === undefined) {
    if (/av(g|erage)_?pool/.test(word)) return 'average-pooling';
    return /max(imum)?_?pool/.test(word) ? 'max-pooling' : undefined;
  }
  if (has('CH_MULT')) return 'depthwise';
  if (has('PAD_X_WITH_OFFSET') || /transposed?_conv/.test(word)) return 'transposed-convolution';
  return 'convolution';
}

function build(kind: CmsisKind, reader: CmsisReader): CmsisLayer {
  switch (kind) {
    case 'fully-connected':
      return fullyConnected(reader);
    case 'convolution':
      return convolution(reader);
    case 'depthwise':
      return depthwise(reader);
    case 'transposed-convolution':
      return transposedConvolution(reader);
    case 'average-pooling':
    case 'max-pooling':
      return pooling(reader, kind);
    case 'batch-matmul':
      return batchMatmul(reader);
    case 'add':
      return add(reader);
    case 'mul':
      return mul(reader);
    case 'minimum':
    case 'maximum':
      return extremum(reader, kind);
    case 'pad':
      return pad(reader);
    case 'transpose':
      return transpose(reader);
  }
}

/** The sets that test requantisation are convolutions by their data and carry the operator's word in the name. */
function withOperator(layer: CmsisLayer): CmsisLayer {
  return { ...layer, operator: /requanti[sz]e/.test(layer.name.toLowerCase()) ? 'requantise' : layer.kind };
}
