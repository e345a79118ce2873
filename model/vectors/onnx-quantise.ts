//! onnx-quantise: Cast, QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear of ONNX as programs of the vector unit.
import { formatByName } from '../numerics/format.ts';
import type { View } from '../programs/view.ts';
import { rowMajor, seen, size } from '../programs/view.ts';
import type { Mode } from '../programs/writer.ts';
import { unfit } from '../programs/writer.ts';
import type { Emit } from './onnx-operation.ts';
import type { OnnxTensor } from './onnx-tensor.ts';
import { rowInSpm } from './onnx-tensor.ts';
import type { Walk } from './onnx-vector.ts';
import { castToFloat, castToInteger, combined, converted, spreadWalks } from './onnx-vector.ts';

/** Rounding of a cast to FLOAT8E8M0: `up` is away from zero, `down` toward it, `nearest` has its halves go up. */
const scaleRounding: ReadonlyMap<string, Mode['round']> = new Map([['up', 'ru'], ['down', 'rz'], ['nearest', 'rne']]);

/**
 * Cast and CastLike. To integers: toward zero, and the upper bits are dropped. To BOOL: what is not zero is 1. To 8-bit floats the
 * attribute `saturate` says what happens out of range; smaller floats have no choice.
 */
export const emitCast: Emit = (w, { inputs: [x], outputs: [y], attributes }, [output]) => {
  const from = rowInSpm(w, 'x', x!), to = formatByName(output!.dtype), isSaturated = attributes.int('saturate', 1) !== 0;
  if (y!.type.name === 'BOOL') {
    const wide = converted(w, from, 'fp32', 'wide'), d = w.spm('y', 'u8', from.dims);
    w.compare('ne', d, wide);
    w.store(output!, d);
  } else if (to.kind === 'integer') w.store(output!, castToInteger(w, from, to.name, 'y'));
  else if (to.kind === 'scale') {
    const direction = attributes.text('round_mode', 'up'), round = scaleRounding.get(direction);
    if (!round) throw unfit(`round_mode '${direction}' is not one of up, down, nearest`);
    w.store(output!, converted(w, from, to.name, 'y', { round, fsat: isSaturated }));
  } else w.store(output!, castToFloat(w, from, to.name, { fsat: isSaturated && to.width === 8 }, 'y'));
};

/**
 * y = saturate(round(x / scale) + zero point): the division in the scale's precision (or that of the attribute), then nearest even, then
 * the sum, once clipped. Small floats: the quotient, for those without NaN plus the zero point in fp32, and one conversion.
 */
export const emitQuantize: Emit = (w, { inputs: [x, scale, zero], attributes }, [output]) => {
  const to = formatByName(output!.dtype), walks = spreadOf(x!, scale!, attributes.int('axis', 1), attributes.int('block_size', 0));
  const precision = attributes.type('precision') ?? (scale!.format.kind === 'scale' ? 'fp32' : scale!.format.name);
  if (formatByName(precision).kind !== 'float') throw unfit('the operator does not say what the quotient of integers is rounded to');
  const dividend = castToFloat(w, rowInSpm(w, 'x', x!), precision, {}, 'xp');
  const divisor = castToFloat(w, rowInSpm(w, 's', scale!), precision, {}, 'sp');
  const quotient = combined(w, 'div', w.spm('q', precision, dividend.dims), dividend, divisor, walks);
  if (to.kind === 'integer') {
    const whole = converted(w, quotient, 's32', 'whole');
    const sum = zero ? combined(w, 'add', w.spm('sum', 's32', whole.dims), whole, converted(w, rowInSpm(w, 'z', zero), 's32', 'zw'), walks)
      : whole;
    w.store(output!, converted(w, sum, to.name, 'y'));
    return;
  }
  const hasZero = zero !== undefined && to.specials === 'finite';
  if (zero && !hasZero && zero.codes.some((code) => code !== 0n)) throw unfit('the zero point of an 8-bit float is 0');
  const sum = hasZero
    ? combined(w, 'add', w.spm('sum', 'fp32', quotient.dims), quotient, converted(w, rowInSpm(w, 'z', zero), 'fp32', 'zp'), walks)
    : quotient;
  w.store(output!, castToFloat(w, sum, to.name, { fsat: attributes.int('saturate', 1) !== 0 }, 'y'));
};

/** y = (x - zero point) * scale: the difference exact, the product in fp32, and that in the type of the output. */
export const emitDequantize: Emit = (w, { inputs: [x, scale, zero], attributes }, [output]) => {
  const walks = spreadOf(x!, scale!, attributes.int('axis', 1), attributes.int('block_size', 0));
  // Integers are subtracted as such; small floats are exact in fp32, and so is what becomes of them.
  const exact = x!.format.kind === 'integer' ? 's32' : 'fp32', codes = converted(w, rowInSpm(w, 'x', x!), exact, 'xw');
  const centred = zero
    ? combined(w, 'sub', w.spm('centred', exact, codes.dims), codes, converted(w, rowInSpm(w, 'z', zero), exact, 'zw'), walks) : codes;
  const factor = converted(w, rowInSpm(w, 's', scale!), 'fp32', 'sf');
  const product = combined(w, 'mul', w.spm('p', 'fp32', codes.dims), converted(w, centred, 'fp32', 'cf'), factor, walks);
  w.store(output!, castToFloat(w, product, output!.dtype, {}, 'y'));
};

/**
 * Scale and zero point out of the extremes of x, which are first stretched to hold 0; then as QuantizeLinear to UINT8. Extremes that are
 * equal give the range 1, as the reference implementation has it: the text leaves a division by 0 there.
 */
export const emitDynamic: Emit = (w, { inputs: [x] }, [output, scaleOut, zeroOut]) => {
  const from = rowInSpm(w, 'x', x!), one = (label: string, dtype = 'fp32'): View => w.spm(label, dtype, [1]);
  const [least, most, none, range, unit, steps, isFlat, scale] =
    [one('least'), one('most'), one('none'), one('range'), one('unit'), one('steps'), one('flat', 'u8'), one('size')];
  for (const [view, code] of [[none, 0], [unit, 0x3f800000], [steps, 0x437f0000]] as const) w.fill(view, code);
  w.reduce('max', most, from, 1);
  w.binary('max', most, most, none, {});
  w.reduce('min', least, from, 1);
  w.binary('min', least, least, none, {});
  w.compare('eq', isFlat, most, least);
  w.binary('sub', range, most, least, {});
  w.select(range, unit, range, isFlat);
  w.binary('div', scale, range, steps, {});
  const start = one('start'), zero = one('zp', 'u8');
  w.binary('div', start, least, scale, {});
  w.binary('sub', start, none, start, {});
  w.convert(zero, start, {});
  const q = w.spm('q', 'fp32', from.dims), whole = w.spm('whole', 's32', from.dims), y = w.spm('y', 'u8', from.dims);
  w.binary('div', q, from, seen(scale, from.dims, [0], 0, 'sizes'), {});
  w.convert(whole, q, {});
  w.binary('add', y, whole, seen(zero, from.dims, [0], 0, 'zps'), {});
  w.store(output!, y);
  w.store(scaleOut!, scale);
  w.store(zeroOut!, zero);
};

/** How scales lie over a tensor: one for all, one for each position of an axis, or one for each block along it (the last may be short). */
function spreadOf(x: OnnxTensor, scale: OnnxTensor, axisGiven: number, block: number): readonly Walk[] {
  const rank = x.dims.length, axis = axisGiven < 0 ? axisGiven + rank : axisGiven;
  if (scale.codes.length === 1) return spreadWalks(x.dims, scale.dims);
  if (axis < 0 || axis >= rank) throw unfit(`axis ${axisGiven} is not one of the ${rank} of the input`);
  const outer = size(x.dims.slice(0, axis)), length = x.dims[axis]!, inner = size(x.dims.slice(axis + 1)), dims = [outer, length, inner];
  if (block === 0) {
    if (scale.dims.length !== 1 || scale.dims[0] !== length) {
      throw unfit(`scales [${scale.dims.join(', ')}] for an axis of ${length}`);
    }
    return [{ dims, strides: rowMajor(dims), offset: 0, parameterStrides: [0, 1, 0], parameterOffset: 0 }];
  }
  const blocks = Math.floor(length / block), rest = length - blocks * block, scales = Math.ceil(length / block);
  const wanted = x.dims.map((dim, at) => (at === axis ? scales : dim));
  if (block < 0 || String(scale.dims) !== String(wanted)) {
    throw unfit(`scales [${scale.dims.join(', ')}] for blocks of ${block} along axis ${axis} of [${x.dims.join(', ')}]`);
  }
  return [
    { dims: [outer, blocks, block, inner], strides: [length * inner, block * inner, inner, 1], offset: 0,
      parameterStrides: [scales * inner, inner, 0, 1], parameterOffset: 0 },
    { dims: [outer, rest, inner], strides: [length * inner, inner, 1], offset: blocks * block * inner,
      parameterStrides: [scales * inner, 0, 1], parameterOffset: blocks * inner },
  ];
}
