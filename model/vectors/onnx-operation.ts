//! onnx-operation: one node of ONNX with its tensors: what the programs of operators are made from.
import type { View } from '../programs/view.ts';
import type { Writer } from '../programs/writer.ts';
import type { Attribute } from './onnx-proto.ts';
import type { OnnxTensor } from './onnx-tensor.ts';
import { dataTypeOf } from './onnx-tensor.ts';

export interface Operation {
  /** By position; undefined where an optional one is left out. */
  readonly inputs: readonly (OnnxTensor | undefined)[];
  readonly outputs: readonly OnnxTensor[];
  readonly attributes: Attributes;
}

/** Writes the program of an operator; `outputs` are rows in DRAM of the outputs' formats. Throws Rejected where it cannot be written. */
export type Emit = (w: Writer, operation: Operation, outputs: readonly View[]) => void;

/** Attributes by name; those that a node does not have take the default of the operator. */
export interface Attributes {
  int(name: string, otherwise: number): number;
  ints(name: string, otherwise: readonly number[]): readonly number[];
  text(name: string, otherwise: string): string;
  /** The format of a data type; undefined for none. */
  type(name: string): string | undefined;
}

export function attributesOf(list: readonly Attribute[]): Attributes {
  const find = (name: string): Attribute | undefined => list.find((attribute) => attribute.name === name);
  return {
    int: (name, otherwise) => find(name)?.int ?? otherwise,
    ints: (name, otherwise) => { const found = find(name)?.ints; return found && found.length > 0 ? found : otherwise; },
    text: (name, otherwise) => find(name)?.text ?? otherwise,
    type: (name) => dataTypeOf(find(name)?.int ?? 0)?.format,
  };
}
