//! vectors-onnx.test: the conversions and quantised products of the ONNX backend suite give the published words, whatever a case is called.

import { expect, test } from 'vitest';
import { treeOf } from '../model/cli/vector-folder.ts';
import { engine } from '../model/engine.ts';
import { Rejected } from '../model/failure.ts';
import { profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { findVectors } from '../model/vectors/check.ts';
import type { NodeFile, TensorFile } from './onnx-files.ts';
import { onnxTree, tensorBytes } from './onnx-files.ts';
import type { VectorTree } from '../model/vectors/tree.ts';
import { part, replaying, run } from './vector-runs.ts';
import { vectorTest } from './vectors.ts';

const standard = profile('systole-16');
const replayed = ['Cast', 'CastLike', 'QuantizeLinear', 'DequantizeLinear', 'DynamicQuantizeLinear', 'MatMulInteger', 'ConvInteger',
  'QLinearMatMul', 'QLinearConv'];

vectorTest('onnx', 'every conversion and quantised product without DOUBLE gives the published words, on all devices', (folder) => {
  const tree = treeOf(folder), [report, ...others] = run(tree, engine(standard));
  expect(others).toEqual([]);
  expect(report).toMatchObject({ kind: 'onnx', mismatches: 0 });
  const counted = report!.skipped.map(({ what }) => /^(.*): (\d+) cases?$/.exec(what)).filter((match) => match !== null);
  expect(counted.filter(([, kind]) => replayed.includes(kind!))).toEqual([]);
  const left = report!.skipped.filter(({ what }) => !/: \d+ cases?$/.test(what));
  expect(left.filter(({ why }) => !/^DOUBLE: /.test(why))).toEqual([]);
  expect(report!.checked + left.length + counted.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(report!.total);
  expect(report!.checked).toBeGreaterThan(left.length);
  expect(run(tree, engine(standard, { build: 'scalar' }))[0]).toEqual(report);
  expect(run(tree, specification(standard))[0]).toEqual(report);
});

vectorTest('onnx', 'a case is known by its model, not by its name', (folder) => {
  const tree = treeOf(folder), models = tree.paths.filter((path) => path.endsWith('model.onnx'));
  const names = models.map((path) => path.split('/').at(-2)!);
  const home = models[0]!.split('/').slice(0, -2).join('/');
  const renamed = new Map<string, string>(tree.paths.filter((path) => path.endsWith('.onnx') || path.endsWith('.pb')).map((path) => {
    const [name = '', ...rest] = path.slice(home.length + 1).split('/');
    return [`${names.indexOf(name)}/${rest.join('/')}`, path] as const;
  }));
  const [report] = run({ name: 'odd', paths: [...renamed.keys()], read: (path) => tree.read(renamed.get(path)!) }, engine(standard));
  const { checked, total, mismatches } = run(tree, engine(standard))[0]!;
  expect(report).toMatchObject({ checked, total, mismatches });
});

vectorTest('onnx', 'one bit in a published output is a mismatch of that case alone, for every operator', (folder) => {
  const whole = treeOf(folder), device = engine(standard);
  for (const word of ['cast_FLOAT_to', 'castlike_F', 'quantizelinear', 'dequantizelinear', 'dynamicquantizelinear', 'matmulinteger',
    'convinteger', 'qlinearmatmul', 'qlinearconv']) {
    const tree = part(whole, (path) => path.includes(`/test_${word}`)), outputs = tree.paths.filter((path) => /output_\d+\.pb$/.test(path));
    // Those with DOUBLE are not replayed; the last bytes of the others are elements.
    const path = outputs.find((one) => !one.includes('DOUBLE'))!;
    const [report] = run({ ...tree, read: (one) => (one === path ? flipped(tree.read(one)) : tree.read(one)) }, device);
    expect(report!.mismatches, path).toBe(1);
  }
});

test('elements of 2, 4 and 6 bits are the same packed in bytes, or packed or single in integers', () => {
  const node = (x: TensorFile, y: TensorFile): NodeFile => ({ operator: 'Cast', attributes: { to: y.type }, inputs: [x], outputs: [y] });
  const int8 = (...values: number[]): TensorFile => ({ type: 3, dims: [values.length], raw: values.map((value) => value & 0xff) });
  const fp32 = (...codes: number[]): TensorFile => ({ type: 1, dims: [codes.length], raw: codes.flatMap(little) });
  const halves = fp32(0x3f000000, 0, 0xc0f00000, 0x3e000000, 0x40000000);
  expectEqual({
    // -2 -1 0 1 1, lowest bits first
    'two in bytes': node({ type: 26, dims: [5], raw: [0b01_00_11_10, 0b01] }, int8(-2, -1, 0, 1, 1)),
    'two in integers': node({ type: 26, dims: [5], int32: [0b01_00_11_10, 0b01] }, int8(-2, -1, 0, 1, 1)),
    'to two': node(int8(-2, -1, 0, 1, 1), { type: 26, dims: [5], raw: [0b01_00_11_10, 0b01] }),
    'four in bytes': node({ type: 22, dims: [3], raw: [0x78, 0x0f] }, int8(-8, 7, -1)),
    'four in integers': node({ type: 22, dims: [3], int32: [0x78, 0x0f] }, int8(-8, 7, -1)),
    'to four': node(int8(-8, 7, -1), { type: 22, dims: [3], raw: [0x78, 0x0f] }),
    // e2m3: 0.5 0 -7.5 0.125 2 are the codes 04 00 3F 01 10
    'six in bytes': node({ type: 27, dims: [5], raw: [0x04, 0xf0, 0x07, 0x10] }, halves),
    'six in integers': node({ type: 27, dims: [5], int32: [4, 0, 0x3f, 1, 16] }, halves),
    'to six': node(halves, { type: 27, dims: [5], raw: [0x04, 0xf0, 0x07, 0x10] }),
  });
});

test('casts cut toward zero and drop upper bits, saturate where asked, and keep the sign of a NaN', () => {
  const cast = (codes: readonly number[], type: number, raw: readonly number[], more: NonNullable<NodeFile['attributes']> = {}): NodeFile =>
    ({ operator: 'Cast', attributes: { to: type, ...more }, inputs: [floats(codes)], outputs: [{ type, dims: [codes.length], raw }] });
  const specials = [0x7fc00000, 0xffc00000, 0x7f800000, 0xff800000, 0x80000000, 0x49742400];
  expectEqual({
    // -2.75, 200.5, 300.5
    'to INT8': cast([0xc0300000, 0x43488000, 0x43964000], 3, [0xfe, 0xc8, 0x2c]),
    'to BOOL': cast([0, 0x80000000, 1, 0x7fc00000], 9, [0, 0, 1, 1]),
    'to FLOAT8E4M3FN': cast(specials, 17, [0x7f, 0xff, 0x7e, 0xfe, 0x80, 0x7e]),
    'to FLOAT8E4M3FN, not saturated': cast(specials, 17, [0x7f, 0xff, 0x7f, 0xff, 0x80, 0x7f], { saturate: 0 }),
    'to FLOAT8E5M2, not saturated': cast(specials, 19, [0x7e, 0xfe, 0x7c, 0xfc, 0x80, 0x7c], { saturate: 0 }),
    'to FLOAT8E4M3FNUZ, not saturated': cast(specials, 18, [0x80, 0x80, 0x80, 0x80, 0, 0x80], { saturate: 0 }),
    'to FLOAT4E2M1': cast(specials, 23, [0x08, 0xf7, 0x78]),
    // 1.5, 1.25, 1.75, 2^127 x 1.5
    'to FLOAT8E8M0, up': cast([0x3fc00000, 0x3fa00000, 0x3fe00000, 0x7f400000], 24, [0x80, 0x80, 0x80, 0xfe]),
    'to FLOAT8E8M0, nearest': cast([0x3fc00000, 0x3fa00000, 0x3fe00000, 0x7f400000], 24, [0x80, 0x7f, 0x80, 0xff],
      { round_mode: 'nearest', saturate: 0 }),
    'to FLOAT8E8M0, down': cast([0x3fc00000, 0x3fa00000, 0x3fe00000, 0x7f400000], 24, [0x7f, 0x7f, 0x7f, 0xfe], { round_mode: 'down' }),
  });
});

test('zero points and scales hold for a tensor, an axis, a row, a column, or a block of which the last is short', () => {
  const u8 = (dims: readonly number[], ...raw: number[]): TensorFile => ({ type: 2, dims, raw });
  const s32 = (dims: readonly number[], ...values: number[]): TensorFile => ({ type: 6, dims, raw: values.flatMap(little) });
  const one = floats([0x3f800000], []), two = floats([0x40000000], []), zero = u8([], 0);
  expectEqual({
    'rows and columns': { operator: 'MatMulInteger',
      inputs: [u8([2, 2], 1, 2, 3, 4), u8([2, 2], 5, 6, 7, 8), u8([2, 1], 1, 3), u8([2], 5, 6)],
      outputs: [s32([2, 2], 2, 2, 2, 2)] },
    'rows by a vector': { operator: 'MatMulInteger', inputs: [u8([2, 2], 1, 2, 3, 4), u8([2, 1], 1, 1), u8([2], 1, 3), undefined],
      outputs: [s32([2, 1], 1, 1)] },
    'columns only': { operator: 'MatMulInteger', inputs: [u8([1, 2], 1, 2), u8([2, 2], 5, 6, 7, 8), undefined, u8([2], 5, 6)],
      outputs: [s32([1, 2], 4, 4)] },
    // halves go to even: 0.5 gives 0, 1.5 gives 2
    'half even': { operator: 'QLinearMatMul', inputs: [u8([1, 1], 1), one, zero, u8([1, 2], 1, 3), one, zero, two, zero],
      outputs: [u8([1, 2], 0, 2)] },
    // blocks of 2 in 3 columns: x 2 2 3 over scales 1, 2, with zero points 1, 2
    'short block': { operator: 'QuantizeLinear', attributes: { axis: 1, block_size: 2 },
      inputs: [floats([0x40000000, 0x40000000, 0x40400000], [1, 3]), floats([0x3f800000, 0x40000000], [1, 2]), u8([1, 2], 1, 2)],
      outputs: [u8([1, 3], 3, 3, 4)] },
    'back again': { operator: 'DequantizeLinear', attributes: { axis: -1, block_size: 2 },
      inputs: [u8([1, 3], 3, 3, 4), floats([0x3f800000, 0x40000000], [1, 2]), u8([1, 2], 1, 2)],
      outputs: [floats([0x40000000, 0x40000000, 0x40800000], [1, 3])] },
  });
});

test('a file that is no model or tensor, or does not fit its model, is one diagnostic with its name', () => {
  const good: NodeFile = { operator: 'Cast', attributes: { to: 3 }, inputs: [floats([0x3f800000])],
    outputs: [{ type: 3, dims: [1], raw: [1] }] };
  const tree = onnxTree({ good }), replaced = (path: string, bytes: Uint8Array | undefined): VectorTree => ({
    ...tree, paths: bytes ? tree.paths : tree.paths.filter((one) => one !== path), read: (one) => (one === path ? bytes! : tree.read(one)),
  });
  expect(run(tree, engine(standard))[0]).toMatchObject({ checked: 1, mismatches: 0 });
  const model = 'good/model.onnx', input = 'good/test_data_set_0/input_0.pb';
  for (const [path, bytes, says] of [
    [model, tree.read(model).slice(0, 20), /is no ONNX model, or is cut off/], [model, new Uint8Array(), /is empty/],
    [model, new TextEncoder().encode('hello'), /is no ONNX model/], [model, Uint8Array.of(8, 10), /it holds no graph/],
    [model, undefined, /is missing/],
    [input, new Uint8Array([0xff]), /is no ONNX tensor/], [input, tensorBytes({ type: 0, dims: [1] }), /no data type/],
    [input, tensorBytes({ type: 1, dims: [2], raw: [0, 0, 0, 0] }), /has 1 elements of FLOAT, its shape \[2\] asks for 2/],
    [input, tensorBytes({ type: 1, dims: [-1], raw: [] }), /shape \[-1\]/], [input, undefined, /is missing: the model calls it 'x0'/],
  ] as const) {
    const said = rejection(() => findVectors(replaced(path, bytes)));
    expect(said.map(({ file }) => file)).toEqual([path]);
    expect(said[0]!.message).toMatch(says);
  }
  const short = onnxTree({ short: { ...good, operator: 'QuantizeLinear' } });
  expect(rejection(() => findVectors(short))[0]!.message).toMatch(/1 of its 2 inputs/);
});

test('what is not replayed is counted by operator, or skipped with what the machine lacks', () => {
  const y = floats([0]), wide: TensorFile = { type: 11, dims: [1], raw: [0, 0, 0, 0, 0, 0, 0, 0] };
  const tree = onnxTree({ a: { operator: 'Relu', inputs: [y], outputs: [y] }, b: { operator: 'Relu', inputs: [y], outputs: [y] },
    c: { operator: 'Cast', attributes: { to: 11 }, inputs: [y], outputs: [wide] } });
  const [report] = run(tree, engine(standard));
  expect(report).toMatchObject({ total: 3, checked: 0 });
  expect(report!.skipped.map(({ what }) => what)).toEqual(['c', 'Relu: 2 cases']);
});

/** FLOAT by its bits. */
function floats(codes: readonly number[], dims: readonly number[] = [codes.length]): TensorFile {
  return { type: 1, dims, raw: codes.flatMap(little) };
}
function little(word: number): number[] { return [0, 8, 16, 24].map((place) => (word >>> place) & 0xff); }

function expectEqual(tests: Readonly<Record<string, NodeFile>>): void {
  const tree = onnxTree(tests), failures: string[] = [], running = replaying(tree, engine(standard));
  for (let next = running.next(); ; next = running.next()) {
    if (next.done) {
      expect(failures).toEqual([]);
      expect(next.value[0]).toMatchObject({ checked: Object.keys(tests).length, mismatches: 0, skipped: [] });
      return;
    }
    if (next.value.failure !== undefined) failures.push(next.value.failure);
  }
}

function rejection(body: () => unknown): Rejected['diagnostics'] {
  try {
    body();
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics;
    throw error;
  }
  return [];
}

/** The lowest bit of the last byte of the file, which is one of raw_data, the other way round. */
function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - 1]! ^= 1;
  return copy;
}
