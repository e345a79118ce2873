//! cmsis-reader: looks up numbers, lists and tensors in the headers of one CMSIS-NN folder and collects what is wrong with them.

import { parseInteger } from './cmsis-headers.ts';
import type { CmsisArray, CmsisData, CmsisHeaders } from './cmsis-headers.ts';
import type { CmsisClamp, CmsisDtype, CmsisRequantise, CmsisTensor } from './cmsis-types.ts';

/**
 * Access to one folder's values. Names are alternatives: the sets of different years call the same thing differently.
 * What is missing or does not fit is a line in `problems`, and a neutral value is given back so that all problems are found in one pass.
 */
export interface CmsisReader {
  readonly name: string;
  readonly has: (...keys: readonly string[]) => boolean;
  /** An integer macro. */
  readonly number: (...keys: readonly string[]) => number;
  readonly numberOr: (otherwise: number, ...keys: readonly string[]) => number;
  /** The text of a macro, empty if there is none. */
  readonly text: (key: string) => string;
  /** A macro `{a, b, ...}`. */
  readonly list: (key: string) => readonly number[];
  readonly array: (...roles: readonly string[]) => CmsisArray | undefined;
  /** A tensor whose number of elements must be the product of the dims; bytes that hold half as many are packed s4. */
  readonly tensor: (dims: readonly number[], ...roles: readonly string[]) => CmsisTensor;
  readonly problem: (text: string) => void;
  readonly problems: readonly string[];
}

export function cmsisReader(name: string, headers: CmsisHeaders): CmsisReader {
  const problems: string[] = [...headers.problems];
  const problem = (text: string): void => {
    problems.push(text);
  };
  const { macros, arrays } = headers;
  const find = (keys: readonly string[]): string | undefined => keys.find((key) => macros.has(key));
  const number = (...keys: readonly string[]): number => {
    const key = find(keys);
    const text = key === undefined ? undefined : macros.get(key);
    const value = text === undefined ? undefined : parseInteger(text);
    if (value === undefined) problem(text === undefined ? `${keys.join(' or ')} is missing` : `${key} is '${text}', not an integer`);
    return Number(value ?? 0n);
  };
  const array = (...roles: readonly string[]): CmsisArray | undefined => {
    const role = roles.find((candidate) => arrays.has(candidate));
    return role === undefined ? undefined : arrays.get(role);
  };
  return {
    name,
    problem,
    problems,
    number,
    array,
    has: (...keys) => find(keys) !== undefined,
    numberOr: (otherwise, ...keys) => (find(keys) === undefined ? otherwise : number(...keys)),
    text: (key) => macros.get(key) ?? '',
    list: (key) => readList(key, macros.get(key), problem),
    tensor: (dims, ...roles) => readTensor(dims, roles, array(...roles), name, macros.get('W_TYPE') ?? '', problem),
  };
}

/** Names that the generations of data give to one role. */
export const CMSIS_ROLES = {
  input: ['input', 'input_tensor', 'input_data'],
  weights: ['weights', 'input_weights', 'weights_data', 'kernel'],
  bias: ['biases', 'bias', 'input_bias'],
  multiplier: ['output_mult', 'output_multiplier'],
  shift: ['output_shift'],
  output: ['output_ref', 'output', 'output_data'],
  first: ['input1', 'input_1', 'input_tensor_1', 'input1_tensor', 'input_tensor1'],
  second: ['input2', 'input_2', 'input_tensor_2', 'input2_tensor', 'input_tensor2'],
} as const;

/**
 * Number of images. The sets carry up to two keys for it that need not agree; the one that fits the length of the input counts.
 *
 * @param perImage elements of one image
 */
export function readBatch(reader: CmsisReader, perImage: number): number {
  const keys = ['BATCH_SIZE', 'INPUT_BATCHES', 'INPUT_N'].filter((key) => reader.has(key));
  const length = reader.array(...CMSIS_ROLES.input)?.data?.length;
  const fitting = keys.find((key) => reader.number(key) * perImage === length);
  return fitting === undefined
    ? reader.number(...(keys.length === 0 ? ['BATCH_SIZE', 'INPUT_BATCHES', 'INPUT_N'] : keys))
    : reader.number(fitting);
}

/** Clamp limits; a layer without them clamps to the range of its output. */
export function readClamp(reader: CmsisReader, output: CmsisTensor): CmsisClamp {
  const limit = output.dtype === 's16' ? 32768 : 128;
  return {
    min: reader.numberOr(-limit, 'OUT_ACTIVATION_MIN', 'ACTIVATION_MIN', 'OUTPUT_ACTIVATION_MIN'),
    max: reader.numberOr(limit - 1, 'OUT_ACTIVATION_MAX', 'ACTIVATION_MAX', 'OUTPUT_ACTIVATION_MAX'),
  };
}

/** Multipliers and shifts: arrays per channel if the folder has them, else the macros for the whole tensor. */
export function readRequantise(reader: CmsisReader, convention: CmsisRequantise['convention'], channelCount: number): CmsisRequantise {
  const multipliers = words(reader.array(...CMSIS_ROLES.multiplier));
  const shifts = words(reader.array(...CMSIS_ROLES.shift));
  if (multipliers !== undefined && shifts !== undefined) {
    for (const [what, values] of [
      ['multipliers', multipliers],
      ['shifts', shifts],
    ] as const) {
      if (values.length !== channelCount) reader.problem(`${values.length} ${what} for ${channelCount} output channels`);
    }
    return { convention, multipliers, shifts };
  }
  return {
    convention,
    multipliers: Int32Array.of(reader.number('OUTPUT_MULT', 'OUTPUT_MULTIPLIER')),
    shifts: Int32Array.of(reader.number('OUTPUT_SHIFT')),
  };
}

/** Bias tensor [channels], or undefined for a null pointer or no declaration, with the width that was declared. */
export function readBias(reader: CmsisReader, channelCount: number): { readonly bias: CmsisTensor | undefined; readonly bits: number } {
  const array = reader.array(...CMSIS_ROLES.bias);
  if (array === undefined || array.data === undefined || array.data.length === 0) return { bias: undefined, bits: array?.bits ?? 0 };
  return { bias: reader.tensor([channelCount], ...CMSIS_ROLES.bias), bits: array.bits };
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Elements of a tensor, one after the other, as integers; s4 is unpacked and sign-extended. */
export function cmsisElements(tensor: CmsisTensor): readonly number[] | readonly bigint[] {
  const { data } = tensor;
  if (data instanceof BigInt64Array) return [...data];
  if (tensor.dtype !== 's4') return [...data];
  return Array.from({ length: elementCount(tensor.dims) }, (_, index) => {
    const byte = data[index >> 1] ?? 0;
    return ((index & 1) === 0 ? byte << 28 : byte << 24) >> 28;
  });
}

function words(array: CmsisArray | undefined): Int32Array | undefined {
  if (array?.data === undefined) return undefined;
  return array.data instanceof BigInt64Array ? Int32Array.from([...array.data].map(Number)) : Int32Array.from(array.data);
}

function readList(key: string, text: string | undefined, problem: (text: string) => void): readonly number[] {
  const match = /^\{([^}]*)\}$/.exec((text ?? '').trim());
  if (match === null) {
    problem(text === undefined ? `${key} is missing` : `${key} is '${text}', not a list`);
    return [];
  }
  const parts = (match[1] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map((part) => {
    const value = parseInteger(part);
    if (value === undefined) problem(`${key} holds '${part}', not an integer`);
    return Number(value ?? 0n);
  });
}

const EMPTY: CmsisData = new Int8Array(0);

function readTensor(
  dims: readonly number[],
  roles: readonly string[],
  array: CmsisArray | undefined,
  name: string,
  weightType: string,
  problem: (text: string) => void,
): CmsisTensor {
  const data = array?.data;
  if (array === undefined || data === undefined) {
    problem(`array ${roles.join(' or ')} is missing`);
    return { dtype: 's8', dims, data: EMPTY };
  }
  const count = elementCount(dims);
  if (dims.some((dim) => dim < 0)) problem(`[${dims.join(', ')}] has a negative dimension`);
  const isWeights = (CMSIS_ROLES.weights as readonly string[]).includes(roles[0] ?? '');
  if (isWeights && array.bits === 8 && data.length === Math.ceil(count / 2)) {
    // One element fills one byte either way; then only the declared type or the name can tell.
    if (count > 1 || weightType === 'INT4' || /int4|(^|_)s4(_|$)/.test(name.toLowerCase())) return { dtype: 's4', dims, data };
  }
  if (data.length !== count) problem(`array ${array.name} has ${data.length} elements where [${dims.join(', ')}] needs ${count}`);
  return { dtype: `s${array.bits}` as CmsisDtype, dims, data };
}
