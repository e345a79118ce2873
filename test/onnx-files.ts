//! onnx-files: writes the protobuf files of small ONNX node tests, byte by byte, for tests that have no suite at hand.

import type { VectorTree } from '../model/vectors/tree.ts';

/** An element type by its number in TensorProto, and the elements as raw_data or as int32_data. */
export interface TensorFile {
  readonly type: number;
  readonly dims: readonly number[];
  readonly raw?: readonly number[];
  readonly int32?: readonly number[];
}
export interface NodeFile {
  readonly operator: string;
  /** Integers, lists and texts by name. */
  readonly attributes?: Readonly<Record<string, number | readonly number[] | string>>;
  /** Undefined for an optional input that is left out. */
  readonly inputs: readonly (TensorFile | undefined)[];
  readonly outputs: readonly TensorFile[];
}

/** Node tests by name, as the suite lays them out. */
export function onnxTree(tests: Readonly<Record<string, NodeFile>>): VectorTree {
  const files = new Map<string, Uint8Array>();
  for (const [name, node] of Object.entries(tests)) {
    const given = node.inputs.filter((tensor) => tensor !== undefined);
    files.set(`${name}/model.onnx`, modelBytes(node));
    given.forEach((tensor, index) => files.set(`${name}/test_data_set_0/input_${index}.pb`, tensorBytes(tensor)));
    node.outputs.forEach((tensor, index) => files.set(`${name}/test_data_set_0/output_${index}.pb`, tensorBytes(tensor)));
  }
  return { name: 'node', paths: [...files.keys()], read: (path) => files.get(path)! };
}

export function tensorBytes({ type, dims, raw, int32 }: TensorFile): Uint8Array {
  const words = int32 ? [message(5, int32.flatMap(varint))] : [];
  return Uint8Array.from([
    ...dims.flatMap((dim) => number(1, dim)), ...number(2, type), ...words.flat(), ...(raw ? message(9, raw) : []),
  ]);
}

function modelBytes({ operator, attributes = {}, inputs, outputs }: NodeFile): Uint8Array {
  let given = 0;
  const names = inputs.map((tensor) => (tensor ? `x${given++}` : '')), results = outputs.map((_, index) => `y${index}`);
  const node = [
    ...names.flatMap((name) => text(1, name)), ...results.flatMap((name) => text(2, name)), ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) => message(5, [...text(1, name), ...attributeValue(value)])),
  ];
  const values = [...names.filter((name) => name !== '').flatMap((name) => message(11, text(1, name))),
    ...results.flatMap((name) => message(12, text(1, name)))];
  return Uint8Array.from([...number(1, 10), ...message(7, [...message(1, node), ...values])]);
}

function attributeValue(value: number | readonly number[] | string): number[] {
  if (typeof value === 'string') return text(4, value);
  return typeof value === 'number' ? number(3, value) : value.flatMap((one) => number(8, one));
}

const number = (field: number, value: number): number[] => [field << 3, ...varint(value)];
const message = (field: number, bytes: readonly number[]): number[] => [(field << 3) | 2, ...varint(bytes.length), ...bytes];
const text = (field: number, value: string): number[] => message(field, [...new TextEncoder().encode(value)]);

/** Negative numbers take ten bytes. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return [...bytes, Number(left)];
}
