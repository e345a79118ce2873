//! onnx-proto: reads the protobuf files of ONNX, models and tensors, into plain values; a file that is none is one diagnostic.
import protobuf from 'protobufjs/light.js';
import { Rejected } from '../failure.ts';

/** A tensor as its file holds it: the elements are in one of the fields, which one depends on the type and on whoever wrote it. */
export interface TensorProto {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly name: string;
  readonly rawData: Uint8Array | undefined;
  /** Integers of up to 32 bits, and the codes of small floats; 4-bit and 2-bit ones packed to bytes. */
  readonly int32Data: readonly number[];
  readonly int64Data: readonly bigint[];
  /** Unsigned integers of 32 bits and more. */
  readonly uint64Data: readonly bigint[];
  /** The bits of 32-bit floats. */
  readonly floatData: readonly number[];
  /** Elements in another file. */
  readonly isExternal: boolean;
}
export interface Attribute { readonly name: string; readonly int: number; readonly ints: readonly number[]; readonly text: string }
export interface Node {
  readonly operator: string;
  readonly domain: string;
  /** Names of values; an optional input that is left out is ''. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly Attribute[];
}
export interface Graph {
  readonly nodes: readonly Node[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly initializers: readonly TensorProto[];
}

/** The graph of a model.onnx. Throws Rejected where the bytes are no model. */
export function readModel(path: string, bytes: Uint8Array): Graph {
  const { graph } = decoded(path, bytes, 'Model');
  if (!isMessage(graph)) throw malformed(path, 'is no ONNX model: it holds no graph');
  const nodes = messages(graph, 'node').map((node): Node => ({
    operator: text(node, 'opType'), domain: text(node, 'domain'), inputs: texts(node, 'input'), outputs: texts(node, 'output'),
    attributes: messages(node, 'attribute').map((attribute) => ({
      name: text(attribute, 'name'), int: Number(own(attribute, 'i') ?? 0), ints: list(attribute, 'ints').map(Number),
      text: new TextDecoder().decode(bytesOf(attribute, 's') ?? new Uint8Array()),
    })),
  }));
  if (nodes.some(({ operator, outputs }) => operator === '' || outputs.length === 0)) {
    throw malformed(path, 'is no ONNX model: a node has no operator or no output');
  }
  return {
    nodes, inputs: messages(graph, 'input').map((value) => text(value, 'name')),
    outputs: messages(graph, 'output').map((value) => text(value, 'name')),
    initializers: messages(graph, 'initializer').map(tensorFrom),
  };
}

/** The tensor of an input_N.pb or output_N.pb. Throws Rejected where the bytes are none. */
export function readTensor(path: string, bytes: Uint8Array): TensorProto {
  const tensor = tensorFrom(decoded(path, bytes, 'Tensor'));
  if (tensor.dataType === 0) throw malformed(path, 'is no ONNX tensor: it has no data type');
  return tensor;
}

export const malformed = (path: string, message: string): Rejected => new Rejected([{ file: path, line: 0, column: 0, message }]);

/**
 * The messages that are looked at, by the field numbers of onnx.proto; other fields are passed over. Floats are read as their bits
 * (fixed32 has the same wire type), so that no NaN goes through a host float.
 */
const schema: protobuf.INamespace = {
  nested: {
    Model: { fields: { irVersion: { type: 'int64', id: 1 }, graph: { type: 'Graph', id: 7 } } },
    Graph: { fields: {
      node: { rule: 'repeated', type: 'Node', id: 1 }, initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
      input: { rule: 'repeated', type: 'Value', id: 11 }, output: { rule: 'repeated', type: 'Value', id: 12 },
    } },
    Node: { fields: {
      input: { rule: 'repeated', type: 'string', id: 1 }, output: { rule: 'repeated', type: 'string', id: 2 },
      opType: { type: 'string', id: 4 }, attribute: { rule: 'repeated', type: 'Attribute', id: 5 }, domain: { type: 'string', id: 7 },
    } },
    Attribute: { fields: {
      name: { type: 'string', id: 1 }, i: { type: 'int64', id: 3 }, s: { type: 'bytes', id: 4 },
      ints: { rule: 'repeated', type: 'int64', id: 8 },
    } },
    Value: { fields: { name: { type: 'string', id: 1 } } },
    Tensor: { fields: {
      dims: { rule: 'repeated', type: 'int64', id: 1 }, dataType: { type: 'int32', id: 2 },
      floatData: { rule: 'repeated', type: 'fixed32', id: 4 }, int32Data: { rule: 'repeated', type: 'int32', id: 5 },
      int64Data: { rule: 'repeated', type: 'int64', id: 7 }, name: { type: 'string', id: 8 }, rawData: { type: 'bytes', id: 9 },
      uint64Data: { rule: 'repeated', type: 'uint64', id: 11 }, dataLocation: { type: 'int32', id: 14 },
    } },
  },
};
const root = protobuf.Root.fromJSON(schema);

/** A decoded message: fields that the file does not have are absent from it. */
type Message = Readonly<Record<string, unknown>>;

function decoded(path: string, bytes: Uint8Array, type: 'Model' | 'Tensor'): Message {
  const what = type === 'Model' ? 'ONNX model' : 'ONNX tensor';
  if (bytes.length === 0) throw malformed(path, `is no ${what}: it is empty`);
  try {
    return root.lookupType(type).decode(bytes) as unknown as Message;
  } catch (error) {
    // The reader has one way to say that bytes are no message: it throws an Error of its own.
    throw malformed(path, `is no ${what}, or is cut off: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tensorFrom(message: Message): TensorProto {
  return {
    dims: list(message, 'dims').map(Number), dataType: Number(own(message, 'dataType') ?? 0), name: text(message, 'name'),
    rawData: bytesOf(message, 'rawData'), int32Data: list(message, 'int32Data').map(Number),
    int64Data: list(message, 'int64Data').map((value) => BigInt(String(value))),
    uint64Data: list(message, 'uint64Data').map((value) => BigInt(String(value))), floatData: list(message, 'floatData').map(Number),
    isExternal: own(message, 'dataLocation') === 1,
  };
}

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null;
/** Defaults lie on the prototype. */
const own = (message: Message, field: string): unknown => (Object.hasOwn(message, field) ? message[field] : undefined);
const list = (message: Message, field: string): readonly unknown[] => (own(message, field) ?? []) as readonly unknown[];
const messages = (message: Message, field: string): readonly Message[] => list(message, field) as readonly Message[];
const texts = (message: Message, field: string): readonly string[] => list(message, field) as readonly string[];
const text = (message: Message, field: string): string => String(own(message, field) ?? '');
const bytesOf = (message: Message, field: string): Uint8Array | undefined => {
  const bytes = own(message, field);
  return bytes instanceof Uint8Array ? new Uint8Array(bytes) : undefined;
};
