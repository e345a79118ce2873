//! onnx-vector: the steps that programs of ONNX operators are made of: rows in other formats, and parameters spread over a tensor.
import { RANK_MAX } from '../limits.ts';
import { formatByName, hasInfinity, hasNan, isFnuz } from '../numerics/format.ts';
import type { View } from '../programs/view.ts';
import { rowMajor, seen, size } from '../programs/view.ts';
import type { Mode, Writer } from '../programs/writer.ts';
import { unfit } from '../programs/writer.ts';

/** A walk over a tensor and, beside it, over a smaller one that is spread over it; both lie in memory as one row. */
export interface Walk {
  readonly dims: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly parameterStrides: readonly number[];
  readonly parameterOffset: number;
}

/** The same elements in another format; the row itself where it has that format already. */
export function converted(w: Writer, row: View, dtype: string, label: string, mode: Mode = {}): View {
  if (row.dtype === dtype) return row;
  const d = w.spm(label, dtype, row.dims);
  w.convert(d, row, mode);
  return d;
}

/** d = row op parameter, the parameter spread over the row. d has the row's length. */
export function combined(
  w: Writer, op: Parameters<Writer['binary']>[0], d: View, row: View, parameter: View, walks: readonly Walk[], mode: Mode = {},
): View {
  for (const { dims, strides, offset, parameterStrides, parameterOffset } of walks) {
    if (size(dims) === 0) continue;
    w.binary(op, seen(d, dims, strides, offset), seen(row, dims, strides, offset), seen(parameter, dims, parameterStrides, parameterOffset),
      mode);
  }
  return d;
}

/** A parameter of these dims spread over a tensor by the rule of numpy: dims are matched from the last, those of 1 are repeated. */
export function broadcastWalk(dims: readonly number[], parameter: readonly number[]): Walk {
  const own = parameter.slice(Math.max(0, parameter.length - dims.length)), lead = dims.length - own.length, strides = rowMajor(own);
  if (size(own) !== size(parameter) || own.some((dim, axis) => dim !== 1 && dim !== dims[lead + axis])) {
    throw unfit(`[${parameter.join(', ')}] elements do not spread over [${dims.join(', ')}]`);
  }
  if (dims.length > RANK_MAX) throw unfit(`parameters that vary over a tensor of ${dims.length} dims; a view has at most ${RANK_MAX}`);
  const parameterStrides = dims.map((_, axis) => (axis < lead || own[axis - lead] === 1 ? 0 : strides[axis - lead]!));
  if (dims.length === 0) return { dims: [1], strides: [1], offset: 0, parameterStrides: [0], parameterOffset: 0 };
  return { dims, strides: rowMajor(dims), offset: 0, parameterStrides, parameterOffset: 0 };
}

/** The same as walks for `combined`; a single parameter is for one row, whatever the rank. */
export function spreadWalks(dims: readonly number[], parameter: readonly number[]): readonly Walk[] {
  if (size(parameter) !== 1) return [broadcastWalk(dims, parameter)];
  return [{ dims: [size(dims)], strides: [1], offset: 0, parameterStrides: [0], parameterOffset: 0 }];
}

/**
 * A row as elements of a float format as ONNX's casts have it, of the machine's conversions: nearest even; out of range infinite or NaN,
 * or by `fsat` the greatest finite value.
 *
 * A NaN keeps the sign of what it came from (the tables of Cast: -NaN and, without saturation, -Inf give -NaN), where the machine
 * writes its canonical one. In a format without NaN it becomes a zero, of the other sign: so do the published words, though the page
 * on FLOAT4E2M1 says 6.
 */
export function castToFloat(w: Writer, source: View, dtype: string, mode: Mode, label: string): View {
  const from = formatByName(source.dtype), to = formatByName(dtype);
  if (from === to && !mode.fsat) return source;
  if (hasNan(from) && from.kind === 'float' && !hasNan(to)) return converted(w, withoutNans(w, source, label), dtype, label, mode);
  const d = w.spm(label, dtype, source.dims);
  w.convert(d, source, mode);
  // Integers give NaN where they are too large for a format without infinity.
  const fromInteger = from.kind === 'integer' && from.signed && from.width >= 16 && !mode.fsat && !hasInfinity(to);
  if (hasNan(to) && !isFnuz(to) && ((hasNan(from) && from.kind === 'float') || fromInteger)) signNans(w, d, source, label);
  return d;
}

/**
 * A row as integers as ONNX's casts have it: digits behind the point dropped, and what is out of range wrapped (the published words), where
 * the machine's conversion of a float gives the nearer limit: so it goes through 64 bits.
 */
export function castToInteger(w: Writer, source: View, dtype: string, label: string): View {
  const mode: Mode = { round: 'rz', isat: false };
  if (formatByName(source.dtype).kind === 'integer') return converted(w, source, dtype, label, mode);
  return converted(w, converted(w, source, 's64', `${label}_whole`, mode), dtype, label, mode);
}

/** The row with each NaN made the zero of the other sign. */
function withoutNans(w: Writer, source: View, label: string): View {
  const { width } = formatByName(source.dtype), n = source.dims, bits = (view: View): View => asIntegers(view, 'u');
  const [isNan, sign, zero, kept] =
    [w.spm(`${label}_nan`, 'u8', n), w.spm(`${label}_sign`, `u${width}`, [1]), w.spm(`${label}_zero`, source.dtype, n),
      w.spm(`${label}_x`, source.dtype, n)];
  w.fill(sign, 2 ** (width - 1));
  w.compare('unordered', isNan, source, source);
  w.bitwise('andnot', bits(zero), seen(sign, n, [0]), bits(source));
  w.select(kept, zero, source, isNan);
  return kept;
}

/** NaNs of d get the sign bit of their source. */
function signNans(w: Writer, d: View, source: View, label: string): void {
  const { width } = formatByName(d.dtype), n = d.dims, bits = asIntegers(d, 'u');
  const [isNan, isNegative] = [w.spm(`${label}_nan`, 'u8', n), w.spm(`${label}_neg`, 'u8', n)];
  w.compare('unordered', isNan, d, d);
  w.compare('lt', isNegative, asIntegers(source, 's'));
  w.bitwise('and', isNan, isNan, isNegative);
  const sign = w.spm(`${label}_sign`, `u${width}`, n);
  w.shift('left', sign, isNan, width - 1, { isat: false });
  w.bitwise('or', bits, bits, sign);
}

/** The same row as integers, which have the sign in the same bit; of 64-bit elements the upper words. */
function asIntegers(row: View, letter: 's' | 'u'): View {
  const { width } = formatByName(row.dtype), label = `${row.label}_bits`;
  if (width === 64) return { ...row, label, dtype: `${letter}32`, strides: [2], bit: row.bit + 32 };
  return { ...row, label, dtype: `${letter}${width}` };
}
