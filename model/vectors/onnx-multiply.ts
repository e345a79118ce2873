//! onnx-multiply: MatMulInteger, QLinearMatMul, ConvInteger and QLinearConv of ONNX as programs of array and vector unit.
import { conv2d } from '../programs/conv2d.ts';
import { fullyConnected } from '../programs/fully-connected.ts';
import type { Pair, Window } from '../programs/tiling.ts';
import type { View } from '../programs/view.ts';
import { permuted, rowMajor, seen, size } from '../programs/view.ts';
import type { Writer } from '../programs/writer.ts';
import { unfit } from '../programs/writer.ts';
import type { Attributes, Emit } from './onnx-operation.ts';
import type { OnnxTensor } from './onnx-tensor.ts';
import { integerOf, rowInDram, rowInSpm } from './onnx-tensor.ts';
import { broadcastWalk, combined, converted, spreadWalks } from './onnx-vector.ts';

/** A parameter (zero point or scale) with the dims by which it is spread over what it belongs to. */
interface Spread { readonly tensor: OnnxTensor; readonly dims: readonly number[] }
/** A factor in DRAM, dense, with what the array subtracts from each of its elements. */
interface Factor { readonly view: View; readonly zero: number }

/** Y = (A - a_zero_point) x (B - b_zero_point) in INT32. */
export const emitMatMulInteger: Emit = (w, { inputs: [a, b, za, zb], outputs: [y] }, [output]) =>
  matmul(w, a!, b!, [za && perRow(za, a!), zb && spread(zb)], seen(output!, y!.dims, rowMajor(y!.dims)));

/** The product of MatMulInteger, brought to the output's scale. */
export const emitQLinearMatMul: Emit = (w, { inputs: [a, sa, za, b, sb, zb, sy, zy], outputs: [y] }, [output]) => {
  const sums = w.dram('SUMS', 's32', y!.dims);
  matmul(w, a!, b!, [za && perRow(za, a!), zb && spread(zb)], sums);
  requantise(w, sums, [perRow(sa!, a!), spread(sb!), perRow(sy!, a!)], zy && perRow(zy, a!), output!);
};

/** y = conv(x - x_zero_point, w - w_zero_point) in INT32; padding holds the zero point. */
export const emitConvInteger: Emit = (w, { inputs: [x, weights, zx, zw], outputs: [y], attributes }, [output]) =>
  convolution(w, { x: x!, weights: weights!, zx, zw, bias: undefined, attributes }, seen(output!, y!.dims, rowMajor(y!.dims)));

/** The sums of ConvInteger with the bias, brought to the output's scale; weights may have a scale for each output channel. */
export const emitQLinearConv: Emit = (w, { inputs: [x, sx, zx, weights, sw, zw, sy, zy, bias], outputs: [y], attributes }, [output]) => {
  const sums = w.dram('SUMS', 's32', y!.dims), channels = (tensor: OnnxTensor): Spread =>
    ({ tensor, dims: [tensor.codes.length, ...y!.dims.slice(2).map(() => 1)] });
  convolution(w, { x: x!, weights: weights!, zx, zw, bias, attributes }, sums);
  requantise(w, sums, [spread(sx!), channels(sw!), spread(sy!)], zy && spread(zy), output!);
};

const spread = (tensor: OnnxTensor): Spread => ({ tensor, dims: tensor.dims });
/** A vector of zero points or scales of the first matrix has one for each row. */
const perRow = (tensor: OnnxTensor, of: OnnxTensor): Spread =>
  ({ tensor, dims: tensor.dims.length === 1 && of.dims.length > 1 ? [tensor.codes.length, 1] : tensor.dims });

/** As numpy's matmul: vectors are a row and a column, outer dims broadcast. `output` is dense. */
function matmul(w: Writer, a: OnnxTensor, b: OnnxTensor, [za, zb]: readonly [Spread | undefined, Spread | undefined], output: View): void {
  const left = a.dims.length === 1 ? [1, ...a.dims] : a.dims, right = b.dims.length === 1 ? [...b.dims, 1] : b.dims;
  const [m, k] = left.slice(-2) as [number, number], [inner, n] = right.slice(-2) as [number, number];
  if (k !== inner) throw unfit(`matrices of [${a.dims.join(', ')}] and [${b.dims.join(', ')}] elements have no product`);
  if (k === 0) throw unfit('sums of no products');
  const batch = output.dims.slice(0, output.dims.length - Number(a.dims.length > 1) - Number(b.dims.length > 1));
  const [one, other] = factors(w, [a, b], [za, zb]);
  // Numbers of the matrices of either operand that belong to each matrix of the result.
  const numbers = [left, right].map((dims) => {
    const walk = broadcastWalk(batch, dims.slice(0, -2));
    return indices(batch).map((index) => index.reduce((sum, at, axis) => sum + at * walk.parameterStrides[axis]!, 0));
  });
  const matrix = ({ view }: Factor, number: number, dims: readonly [number, number]): View => seen(view, dims, [dims[1], 1],
    number * dims[0] * dims[1]);
  indices(batch).forEach((_, index) => {
    fullyConnected(w, {
      input: matrix(one, numbers[0]![index]!, [m, k]), weights: matrix(other, numbers[1]![index]!, [k, n]),
      output: seen(output, [m, n], [n, 1], index * m * n), inputZero: one.zero, weightZero: other.zero, accumulator: 's32',
      epilogue: { mode: { isat: false }, table: undefined },
    });
  });
}

/**
 * Two factors for the array. A zero point that holds for a whole tensor is one of the array's; where one of them is a row of zero
 * points, both are subtracted first, from elements widened to 16 bits.
 */
function factors(w: Writer, tensors: readonly [OnnxTensor, OnnxTensor], zeros: readonly (Spread | undefined)[]): readonly [Factor, Factor] {
  const whole = zeros.every((zero) => zero === undefined || zero.tensor.codes.length === 1);
  const [one, other] = tensors.map((tensor, index): Factor => {
    const label = 'AB'[index]!, zero = zeros[index];
    if (whole) return { view: rowInDram(w, label, tensor), zero: zero ? integerOf(zero.tensor) : 0 };
    const wide = w.dram(`${label}16`, 's16', [tensor.codes.length]);
    w.scope(() => {
      const row = converted(w, rowInSpm(w, label.toLowerCase(), tensor), 's16', 'wide');
      const d = zero ? combined(w, 'sub', w.spm('centred', 's16', row.dims), row,
        converted(w, rowInSpm(w, 'z', zero.tensor), 's16', 'zw'), spreadWalks(tensor.dims, zero.dims)) : row;
      w.store(wide, d);
    });
    return { view: wide, zero: 0 };
  });
  return [one!, other!];
}

/**
 * output = saturate(round(sums * (s_first * s_second / s_output)) + zero point): the factor in the scales' own precision, product and
 * quotient rounded there; then the sum as fp32 times the factor as fp32, nearest even.
 */
function requantise(w: Writer, sums: View, scales: readonly [Spread, Spread, Spread], zero: Spread | undefined, output: View): void {
  const [first, second, last] = scales, dims = broadcastDims(scales.map((one) => one.dims)), n = size(sums.dims);
  const { name } = first.tensor.format;
  if (scales.some(({ tensor }) => tensor.format.name !== name)) throw unfit('the scales are not of one type');
  w.scope(() => {
    const factor = (label: string): View => w.spm(label, name, [size(dims)]);
    const rows = scales.map(({ tensor }, index) => rowInSpm(w, `sc${index}`, tensor)), [product, quotient] = [factor('pf'), factor('qf')];
    const walks = [first, second, last].map((one) => broadcastWalk(dims, one.dims));
    const at = (index: number): View => seen(rows[index]!, walks[index]!.dims, walks[index]!.parameterStrides);
    const shapedLike = (view: View): View => seen(view, walks[0]!.dims, walks[0]!.strides);
    w.binary('mul', shapedLike(product), at(0), at(1), {});
    w.binary('div', shapedLike(quotient), shapedLike(product), at(2), {});
    const acc = w.spm('acc', 's32', [n]);
    w.load(acc, seen(sums, [n], [1]));
    const scaled = combined(w, 'mul', w.spm('scaled', 'fp32', [n]), converted(w, acc, 'fp32', 'af'), converted(w, quotient, 'fp32', 'qw'),
      spreadWalks(sums.dims, dims));
    const whole = converted(w, scaled, 's32', 'whole');
    const placed = zero ? combined(w, 'add', w.spm('placed', 's32', [n]), whole, converted(w, rowInSpm(w, 'z', zero.tensor), 's32', 'zw'),
      spreadWalks(sums.dims, zero.dims)) : whole;
    w.store(output, converted(w, placed, output.dtype, 'y'));
  });
}

interface Convolution {
  readonly x: OnnxTensor;
  readonly weights: OnnxTensor;
  readonly zx: OnnxTensor | undefined;
  readonly zw: OnnxTensor | undefined;
  readonly bias: OnnxTensor | undefined;
  readonly attributes: Attributes;
}

/** Tensors are [N, C, D1..], [M, C / group, K1..] and [N, M, O1..]; one or two spatial dims. `output` is dense. */
function convolution(w: Writer, { x, weights, zx, zw, bias, attributes }: Convolution, output: View): void {
  const spatial = x.dims.length - 2;
  if (spatial < 1 || spatial > 2) throw unfit(`a convolution over ${spatial} dims; the builder of programs has those over 1 and 2`);
  // A line is an image of one row.
  const image = (dims: readonly number[]): readonly number[] => (spatial === 2 ? dims : [...dims.slice(0, 2), 1, dims[2]!]);
  const channelsLast = (view: View, dims: readonly number[]): View =>
    permuted(seen(view, image(dims), rowMajor(image(dims))), [0, 2, 3, 1]);
  const zeros = [zx && spread(zx), zw && { tensor: zw, dims: [zw.codes.length, ...weights.dims.slice(1).map(() => 1)] }];
  const [input, kernel] = factors(w, [x, weights], zeros), turned = channelsLast(kernel.view, weights.dims);
  conv2d(w, {
    input: channelsLast(input.view, x.dims), weights: permuted(turned, [1, 2, 3, 0]), output: channelsLast(output, output.dims),
    window: windowOf(attributes, x.dims.slice(2), weights.dims.slice(2), output.dims.slice(2)), groups: attributes.int('group', 1),
    inputZero: input.zero, weightZero: kernel.zero, accumulator: 's32',
    epilogue: { mode: { isat: false }, table: undefined, bias: bias && rowInDram(w, 'BIAS', bias) },
  });
}

/** Padding before each dim as given, or by auto_pad: what is needed for ceil(input / stride) positions, an odd one behind or before. */
function windowOf(attributes: Attributes, input: readonly number[], kernel: readonly number[], output: readonly number[]): Window {
  const all = (value: number): number[] => input.map(() => value), strides = attributes.ints('strides', all(1));
  const dilations = attributes.ints('dilations', all(1)), given = attributes.ints('pads', [...all(0), ...all(0)]);
  const rule = attributes.text('auto_pad', 'NOTSET');
  const before = input.map((length, axis) => {
    if (rule === 'NOTSET' || rule === 'VALID') return rule === 'VALID' ? 0 : given[axis]!;
    const needed = (Math.ceil(length / strides[axis]!) - 1) * strides[axis]! + (kernel[axis]! - 1) * dilations[axis]! + 1 - length;
    return rule === 'SAME_LOWER' ? Math.ceil(Math.max(0, needed) / 2) : Math.floor(Math.max(0, needed) / 2);
  });
  if (output.length !== input.length) throw unfit('input and output have different numbers of dims');
  const pair = (values: readonly number[], single: number): Pair =>
    (values.length === 2 ? { y: values[0]!, x: values[1]! } : { y: single, x: values[0]! });
  return { kernel: pair(kernel, 1), stride: pair(strides, 1), dilation: pair(dilations, 1), before: pair(before, 0) };
}

/** Every index of these dims, the last one fastest; one empty index where there are no dims. */
const indices = (dims: readonly number[]): readonly (readonly number[])[] =>
  dims.reduce<readonly (readonly number[])[]>(
    (list, dim) => list.flatMap((index) => Array.from({ length: dim }, (_, at) => [...index, at])), [[]],
  );

/** The dims that all of these spread to. */
function broadcastDims(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => shapes.reduce((most, dims) => {
    const dim = dims[axis - (rank - dims.length)] ?? 1;
    return dim === 1 ? most : dim;
  }, 1));
}
