//! onnx-cases: the node tests of the ONNX backend suite below a folder, as cases: a model, its inputs, and the outputs it must give.
import { writer } from '../programs/writer.ts';
import type { Case, Found, Skip } from './found.ts';
import { emitConvInteger, emitMatMulInteger, emitQLinearConv, emitQLinearMatMul } from './onnx-multiply.ts';
import type { Emit, Operation } from './onnx-operation.ts';
import { attributesOf } from './onnx-operation.ts';
import type { Graph, Node, TensorProto } from './onnx-proto.ts';
import { malformed, readModel, readTensor } from './onnx-proto.ts';
import { emitCast, emitDequantize, emitDynamic, emitQuantize } from './onnx-quantise.ts';
import { bytesInMemory, tensorOf, whyAbsent } from './onnx-tensor.ts';
import type { VectorTree } from './tree.ts';
import { folderOf, nameOf } from './tree.ts';

interface Operator {
  readonly emit: Emit;
  /** Inputs that a node must have, and outputs. */
  readonly inputs: number;
  readonly outputs: number;
}
const operator = (emit: Emit, inputs: number, outputs = 1): Operator => ({ emit, inputs, outputs });

/** The operators whose words are replayed; what a case asks for is read from its model alone. */
const operators: ReadonlyMap<string, Operator> = new Map([
  ['Cast', operator(emitCast, 1)], ['CastLike', operator(emitCast, 2)], ['QuantizeLinear', operator(emitQuantize, 2)],
  ['DequantizeLinear', operator(emitDequantize, 2)], ['DynamicQuantizeLinear', operator(emitDynamic, 1, 3)],
  ['MatMulInteger', operator(emitMatMulInteger, 2)], ['QLinearMatMul', operator(emitQLinearMatMul, 8)],
  ['ConvInteger', operator(emitConvInteger, 2)], ['QLinearConv', operator(emitQLinearConv, 8)],
]);

const data = /^test_data_set_\d+$/;
/** A tensor of a node test: NAME/test_data_set_K/input_N.pb or output_N.pb, beside NAME/model.onnx. */
export const isOnnxTensor = (path: string): boolean => /^(in|out)put_\d+\.pb$/.test(nameOf(path)) && data.test(nameOf(folderOf(path)));
/** The folder that the node test of a tensor lies in. */
export const onnxHome = (path: string): string => folderOf(folderOf(folderOf(path)));

/** The model beside a set of data: model.onnx, or whatever other model lies there. */
function modelOf(tree: VectorTree, set: string): string {
  const test = folderOf(set), usual = test === '' ? 'model.onnx' : `${test}/model.onnx`;
  if (tree.paths.includes(usual)) return usual;
  const other = tree.paths.find((path) => folderOf(path) === test && path.endsWith('.onnx'));
  if (other === undefined) throw malformed(usual, `is missing, though ${set} has tensors of a model`);
  return other;
}

/** The cases of one folder, one for each set of data of a node test. */
export function onnxCases(tree: VectorTree, folder: string, tensors: readonly string[]): Found {
  const cases: Case[] = [], skipped: Skip[] = [], others = new Map<string, number>();
  const sets = [...new Set(tensors.map(folderOf))];
  sets.forEach((set, index) => {
    const test = folderOf(set), path = modelOf(tree, set);
    const graph = readModel(path, tree.read(path)), kind = kindOf(graph), known = operators.get(kind);
    if (!known) {
      others.set(kind, (others.get(kind) ?? 0) + 1);
      return;
    }
    const sibling = sets.filter((other) => folderOf(other) === test).length > 1;
    const name = `${nameOf(test) || tree.name}${sibling ? `.${nameOf(set)}` : ''}`, operation = operationOf(tree, set, graph, known);
    if (typeof operation === 'string') skipped.push({ what: name, why: operation });
    else cases.push(nodeCase(name, kind, known.emit, operation, index));
  });
  const why = 'neither conversion nor quantised product; ONNX models are imported in a later part';
  const counted = [...others].sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, count]): Skip => ({ what: `${kind}: ${count} ${count === 1 ? 'case' : 'cases'}`, why }));
  return { folder, kind: 'onnx', total: sets.length, cases, skipped: [...skipped, ...counted] };
}

function nodeCase(name: string, kind: string, emit: Emit, operation: Operation, index: number): Case {
  const whole: Case = {
    name, covers: [index],
    build(profile) {
      const w = writer(profile), { outputs } = operation;
      const views = outputs.map(({ format, codes }, at) => w.dram(outputs.length === 1 ? 'Y' : `Y${at}`, format.name, [codes.length]));
      if (outputs.some(({ codes }) => codes.length > 0)) emit(w, operation, views);
      const results = outputs.map((tensor, at) => ({ view: views[at]!, expected: bytesInMemory(tensor) }));
      const says = outputs.map(({ type, dims }) => `${type.name} [${dims.join(', ')}]`).join(', ');
      return { program: w.finish(name, `ONNX ${kind}, output ${says}`), results };
    },
  };
  return { ...whole, sample: whole };
}

/** The operator of a model of one node; graphs of several are a kind of their own, and so are operators of other domains. */
function kindOf({ nodes }: Graph): string {
  const [node] = nodes;
  if (!node || nodes.length > 1) return 'graphs of several nodes';
  return node.domain === '' || node.domain === 'ai.onnx' ? node.operator : `${node.domain}.${node.operator}`;
}

/** The node with its tensors; or why it is none that the machine can run. */
function operationOf(tree: VectorTree, set: string, graph: Graph, known: Operator): Operation | string {
  const node = graph.nodes[0]!, named = tensorsOf(tree, set, graph);
  for (const side of ['inputs', 'outputs'] as const) {
    const given = node[side].slice(0, known[side]).filter((name) => name !== '').length;
    const message = `has a ${node.operator} with ${given} of its ${known[side]} ${side}`;
    if (given < known[side]) throw malformed(modelOf(tree, set), message);
  }
  const of = (names: readonly string[]): (Named | undefined)[] => names.map((name) => (name === '' ? undefined : named(name)));
  const [inputs, outputs] = [of(node.inputs), of(node.outputs)] as const;
  const why = [...inputs, ...outputs].map((one) => one && whyAbsent(one.proto.dataType)).find((reason) => reason !== undefined)
    ?? whyUndefined(node, inputs.map((one) => one?.proto));
  if (why !== undefined) return why;
  const tensor = (one: Named | undefined) => one && tensorOf(one.path, one.proto);
  return { inputs: inputs.map(tensor), outputs: outputs.map((one) => tensor(one)!), attributes: attributesOf(node.attributes) };
}

interface Named { readonly path: string; readonly proto: TensorProto }

/** Tensors by the names of values: input_N and output_N are the Nth of the graph's, the rest are initializers. */
function tensorsOf(tree: VectorTree, set: string, { inputs, outputs, initializers }: Graph): (name: string) => Named {
  return (name) => {
    const input = inputs.indexOf(name), output = outputs.indexOf(name);
    const path = `${set}/${output >= 0 ? `output_${output}` : `input_${input}`}.pb`;
    if ((input >= 0 || output >= 0) && tree.paths.includes(path)) return { path, proto: readTensor(path, tree.read(path)) };
    const proto = initializers.find((one) => one.name === name), model = modelOf(tree, set);
    if (proto) return { path: model, proto };
    if (input < 0 && output < 0) throw malformed(model, `has a node with the value '${name}', which is neither an input nor an output`);
    throw malformed(path, `is missing: the model calls it '${name}'`);
  };
}

/** What a definition leaves open, so that there are no words to compare. */
function whyUndefined({ operator }: Node, inputs: readonly (TensorProto | undefined)[]): string | undefined {
  const floats = operator === 'QLinearMatMul' && inputs.some((one, at) => [0, 3].includes(at) && one !== undefined && one.dataType >= 17);
  return floats ? 'products of 8-bit floats: neither order nor precision of the sum is defined' : undefined;
}
