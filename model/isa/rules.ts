//! rules: the predicates over BigInt that definitions combine; assembly/rules.ts states each again over i64.
import {
  DIM_MAX, ELEMENT_MAX, type Feature, featureBit, LOOP_DEPTH, CALL_DEPTH, NUMERIC_CSR, NUMERIC_MORE_CSR, SPACE_ACC, SPACE_DRAM, SPACE_PEER_DRAM, SPACE_SPM,
  spaceNames, TRAP_ALIGNMENT, TRAP_BOUNDS_ACC, TRAP_BOUNDS_DRAM, TRAP_BOUNDS_SPM, TRAP_BREAK, TRAP_CALL, TRAP_CSR, TRAP_DESCRIPTOR, TRAP_DTYPE,
  TRAP_FEATURE, TRAP_LOOP, TRAP_OVERLAP, TRAP_PC, TRAP_PROTECTION, TRAP_RESERVED, TRAP_SHAPE, TRAP_SLOT, TRAP_STRIDE, TRAP_WEIGHTS,
  unitNames,
} from '../limits.ts';
import { blockLength } from '../numerics/block.ts';
import { formatByCode, formatByName } from '../numerics/format.ts';
import { functionNames } from '../numerics/functions.ts';
import { partOf, typeParts } from './descriptor.ts';
import type { Mode, Rule, View } from './rule.ts';
import { elementCount, hull, isEmpty, lastDim, product } from './tensor.ts';
import { FORM_DENSE, FORM_SPARSE, modeFields, STOCHASTIC, type Tensor } from './view.ts';

const FP32 = formatByName('fp32').code;

/** Classes of dtypes as masks over dtype codes are too wide for one word: a rule names a class, and the class is data. */
export const CLASS_ANY = 0, CLASS_INTEGER = 1, CLASS_FLOAT = 2, CLASS_S32 = 3, CLASS_U8 = 4, CLASS_INDEX = 5, CLASS_SCALAR = 6, CLASS_BYTES = 7,
  CLASS_EPILOGUE = 8, CLASS_ARITHMETIC = 9, CLASS_FP32 = 10, CLASS_TAKE_INDEX = 11, CLASS_U32 = 12, CLASS_CONVERTED = 13,
  CLASS_NARROW = 14, CLASS_BLOCK_SCALE = 15, CLASS_SCALING = 16, CLASS_CODE = 17, CLASS_NARROW_CODE = 18, CLASS_WIDE_CODE = 19, CLASS_BYTE = 20,
  CLASS_U4 = 21, CLASS_S16 = 22;
const classSays = [
  'any dtype', 'an integer of at most 32 bits', 'a signed float', 's32', 'u8', 's32 or u32', 'a dtype of 8, 16 or 32 bits',
  'a dtype of at least 8 bits', 'an integer or a signed float', 'an integer of at most 32 bits or a signed float', 'fp32',
  's32, u32, u8 or s16', 'u32', 'any dtype but ue4m3', 'a signed float of at most 8 bits or i8f6', 'e8m0 or ue4m3', 'a float or e8m0',
  'an integer of at most 32 bits, a signed float or i8f6', 'a dtype of at most 8 bits', 'a dtype of 16 bits', 'a dtype of a byte', 'u4', 's16',
];
/** Is the dtype code of the class? */
export function inClass(dtype: number, of: number): boolean {
  const format = formatByCode(dtype);
  if (!format) return false;
  const narrow = format.kind === 'integer' && format.width <= 32;
  const float = format.kind === 'float' && format.signed;
  switch (of) {
    case CLASS_ANY: return true;
    case CLASS_INTEGER: return narrow;
    case CLASS_FLOAT: return float;
    case CLASS_S32: return format.name === 's32';
    case CLASS_U8: return format.name === 'u8';
    case CLASS_INDEX: return format.name === 's32' || format.name === 'u32';
    case CLASS_SCALAR: return format.width >= 8 && format.width <= 32;
    case CLASS_BYTES: return format.width >= 8;
    case CLASS_EPILOGUE: return format.kind === 'integer' || float;
    case CLASS_ARITHMETIC: return narrow || float;
    case CLASS_FP32: return format.name === 'fp32';
    case CLASS_TAKE_INDEX: return ['s32', 'u32', 'u8', 's16'].includes(format.name);
    case CLASS_CONVERTED: return format.kind !== 'float' || format.signed;
    case CLASS_NARROW: return format.kind === 'fixed' || (float && format.width <= 8);
    case CLASS_BLOCK_SCALE: return format.name === 'e8m0' || format.name === 'ue4m3';
    case CLASS_SCALING: return format.kind === 'float' || format.kind === 'scale';
    case CLASS_CODE: return narrow || float || format.kind === 'fixed';
    case CLASS_NARROW_CODE: return format.width <= 8;
    case CLASS_WIDE_CODE: return format.width === 16;
    case CLASS_BYTE: return format.width === 8;
    case CLASS_U4: return format.name === 'u4';
    case CLASS_S16: return format.name === 's16';
    default: return format.name === 'u32';
  }
}
const unset = (t: Tensor): boolean => t.dtype === 0;
const integer = (t: Tensor): boolean => t.format?.kind === 'integer';

type Names<F> = F extends string ? F : never;
const rule = <F extends string>(
  trap: number, predicate: string, operands: readonly (F | 'mode')[], constants: readonly number[], says: string,
  holds: Rule<F>['holds'],
): Rule<F> => ({ trap, predicate, operands, constants, says, holds });

// ---- every operand: derived from its kind by instruction()
export const formatPresent = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_FEATURE, 'formatPresent', [name], [], `the dtype of ${name} is one of the profile, if it is one at all`,
    (view, t: Tensor) => !t.format || view.knows(t.dtype));
export const layoutLinear = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_FEATURE, 'layoutLinear', [name], [], `the layout of ${name} is linear`, (_, t: Tensor) => partOf(t.raw[0]!, typeParts.layout) === 0);
export const notPeer = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_FEATURE, 'notPeer', [name], [], `${name} is in a peer's memory only where the profile has links`,
    (view, t: Tensor) => t.space < SPACE_PEER_DRAM || view.has('lnk'));
export const dtypeDefined = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_DTYPE, 'dtypeDefined', [name], [], `the dtype code of ${name} is defined`, (_, t: Tensor) => unset(t) || t.format !== undefined);
export const described = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_DESCRIPTOR, 'described', [name], [],
    `${name} is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width`,
    (_, t: Tensor) => !unset(t) && wellFormed(t));
export const inSpaces = <F extends string>(name: F, spaces: readonly number[]): Rule<F> =>
  rule(TRAP_DESCRIPTOR, 'inSpaces', [name], [spaces.reduce((mask, s) => mask | (1 << s), 0)],
    `${name} lies in ${spaces.map((s) => spaceNames[s]!.toUpperCase()).join(' or ')}`, (_, t: Tensor) => spaces.includes(t.space));
export const unpadded = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_DESCRIPTOR, 'unpadded', [name], [], `${name} has no pads`, (_, t: Tensor) => t.raw[13] === 0 && t.raw[14] === 0);
/** A non-empty destination asks for a non-empty source. */
export const fed = <F extends string>(destination: F, source: F): Rule<F> =>
  rule(TRAP_SHAPE, 'fed', [destination, source], [], `${source} is not empty, unless ${destination} is`,
    (_, d: Tensor, s: Tensor) => isEmpty(d) || !isEmpty(s));
export const notEmpty = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_SHAPE, 'notEmpty', [name], [], `${name} has at least one element`, (_, t: Tensor) => !isEmpty(t));
export const injective = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_STRIDE, 'injective', [name], [], `no two elements of ${name} share a byte: each stride exceeds the reach of all smaller ones`,
    (_, t: Tensor) => isEmpty(t) || strictlyNested(t));
export const wholeBytes = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_STRIDE, 'wholeBytes', [name], [], `a 4-bit ${name} has last stride 1 and rows that start on a byte`,
    (_, t: Tensor) => t.width !== 4n || isEmpty(t) || rowsOnBytes(t));
export const aligned = <F extends string>(name: F, unit: number): Rule<F> =>
  rule(TRAP_ALIGNMENT, 'aligned', [name], [unit], `the base of ${name} is a multiple of its element's bytes and of the profile's granule`,
    (view, t: Tensor) => {
      const bytes = t.width < 8n ? 1n : t.width / 8n, base = (BigInt(t.raw[2]! & 0xffff) << 32n) | BigInt(t.raw[1]!);
      return base % bytes === 0n && (t.address >> 3n) % view.granule(t.space, unit) === 0n;
    });
const bounds: Readonly<Record<number, readonly [number, string]>> = {
  [SPACE_DRAM]: [TRAP_BOUNDS_DRAM, 'insideDram'], [SPACE_SPM]: [TRAP_BOUNDS_SPM, 'insideSpm'], [SPACE_ACC]: [TRAP_BOUNDS_ACC, 'insideAcc'],
};
export const inside = <F extends string>(name: F, space: number): Rule<F> =>
  rule(bounds[space]![0], bounds[space]![1], [name], [],
    space === SPACE_DRAM ? `every byte of ${name} in DRAM lies inside one region` : `every byte of ${name} in ${spaceNames[space]!.toUpperCase()} exists`,
    (view, t: Tensor) => {
      if (t.space !== space || isEmpty(t)) return true;
      const [low, high] = hull(t);
      return space === SPACE_DRAM ? view.inRegion(low, high) : low >= 0n && high <= view.spaceBytes(space);
    });
/** A destination and a source whose hulls meet must be the same tensor. */
export const apart = <F extends string>(destination: F, source: F): Rule<F> =>
  rule(TRAP_OVERLAP, 'apart', [destination, source], [], `${destination} and ${source} are apart, or the same elements in the same places`,
    (_, d: Tensor, s: Tensor) => !meet(d, s) || samePlaces(d, s));
export const disjoint = <F extends string>(one: F, other: F): Rule<F> =>
  rule(TRAP_OVERLAP, 'disjoint', [one, other], [], `${one} and ${other} are apart`, (_, a: Tensor, b: Tensor) => !meet(a, b));
export const permitted = <F extends string>(name: F, write: boolean): Rule<F> =>
  rule(TRAP_PROTECTION, write ? 'writable' : 'readable', [name], [],
    write ? `${name} in DRAM may be written and is no part of the image` : `${name} in DRAM may be read`,
    (view, t: Tensor) => t.space !== SPACE_DRAM || isEmpty(t) || view.firstProtected(...hull(t), write) === undefined);

/** A destination that is read as well: where its function is not a copy. */
export const readableWhen = <F extends string>(op: F, name: F): Rule<F> =>
  rule(TRAP_PROTECTION, 'readableWhen', [op, name], [], `${name} in DRAM may be read, unless it is only written`,
    (view, bits: number, t: Tensor) => bits === 0 || t.space !== SPACE_DRAM || isEmpty(t) || view.firstProtected(...hull(t), false) === undefined);

// ---- features, modes
export const feature = (name: Feature): Rule<never> =>
  rule(TRAP_FEATURE, 'feature', [], [featureBit(name)], `the profile has ${name}`, (view) => view.has(name));
export const neverStochastic: Rule<never> =
  rule<never>(TRAP_FEATURE, 'notStochastic', ['mode'], [featureBit('stochastic')], 'stochastic rounding only where the profile has it',
    (view, mode: Mode) => mode.round !== STOCHASTIC || view.has('stochastic'));
/** Level 0: correctly rounded, by every machine; level 1: by a table. */
export const levelExists = <F extends string>(op: F): Rule<F> =>
  rule(TRAP_FEATURE, 'levelExists', [op, 'mode'], [], 'at level lut the profile has a table for the function',
    (view, bits: number, mode: Mode) => mode.level === 0 || view.functionTable(functionNames[bits]!) !== undefined);
/** For sub-operations from `from` to `to`, rounding is a function of the value alone. */
export const settledWhen = <F extends string>(op: F, from: number, to: number): Rule<F> =>
  rule(TRAP_FEATURE, 'settledWhen', [op, 'mode'], [from, to], 'recip, sqrt and rsqrt are not rounded stochastically',
    (_, bits: number, mode: Mode) => bits < from || bits > to || mode.round !== STOCHASTIC);
export const convertsOnlyWithFeature = <F extends string>(d: F, a: F): Rule<F> =>
  rule(TRAP_FEATURE, 'sameTypeUnless', [d, a], [featureBit('dmaConvert')], `${d} and ${a} have the same dtype, or the profile has dmaConvert`,
    (view, x: Tensor, y: Tensor) => x.dtype === y.dtype || view.has('dmaConvert'));
export const zeroPointFeature: Rule<never> =
  rule<never>(TRAP_FEATURE, 'zeroPointFeature', ['mode'], [featureBit('zp')], 'zero points only where the profile has zp',
    (view, mode: Mode) => (mode.zpa === 0 && mode.zpb === 0) || view.has('zp'));
export const scaleFeature: Rule<never> =
  rule<never>(TRAP_FEATURE, 'scaleFeature', ['mode'], [featureBit('gemmlowp'), featureBit('tosaDouble'), FP32],
    'the gemmlowp and TOSA scales only where the profile has them, the scales by fp32 only where it has fp32',
    (view, mode: Mode) => (mode.scale !== 2 || view.has('gemmlowp')) && (mode.scale !== 3 || view.has('tosaDouble')) && (mode.scale < 4 || view.knows(FP32)));
export const weightsFromDram = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_FEATURE, 'notFromDram', [name], [featureBit('weightsFromDram')], `${name} in DRAM only where the profile has weightsFromDram`,
    (view, t: Tensor) => t.space !== SPACE_DRAM || view.has('weightsFromDram'));
/** 2:4 weights (a choice that is 1), and scales of the two kinds. */
export const sparseFeature = <F extends string>(form: F): Rule<F> =>
  rule(TRAP_FEATURE, 'sparseFeature', [form], [featureBit('sparse24')], 'sparse weights only where the profile has sparse24',
    (view, bits: number) => bits !== FORM_SPARSE || view.has('sparse24'));
export const scalesFeature = <F extends string>(b: F): Rule<F> =>
  rule(TRAP_FEATURE, 'scalesFeature', [b], [featureBit('mx'), featureBit('nvfp4')], `e8m0 scales in ${b} only where the profile has mx, ue4m3 only where it has nvfp4`,
    (view, t: Tensor) => (t.format?.name !== 'e8m0' || view.has('mx')) && (t.format?.name !== 'ue4m3' || view.has('nvfp4')));
export const dotExists = <F extends string>(a: F, acc: F): Rule<F> =>
  rule(TRAP_FEATURE, 'dotExists', [a, acc, 'mode'], [], `the profile has the dot kernel that the mode names for ${a} and ${acc}`,
    (view, x: Tensor, c: Tensor, mode: Mode) => {
      const rows = view.triples.filter((r) => r.activation === x.dtype && r.accumulator === c.dtype);
      return rows.length === 0 || rows.some((r) => mode.dot < r.dots.length);
    });

// ---- dtypes
export const dtype = <F extends string>(name: F, of: number): Rule<F> =>
  rule(TRAP_DTYPE, 'dtypeIn', [name], [of], `${name} is ${classSays[of]}`, (_, t: Tensor) => unset(t) || inClass(t.dtype, of));
export const sameType = <F extends string>(one: F, other: F): Rule<F> =>
  rule(TRAP_DTYPE, 'sameType', [one, other], [], `${one} and ${other} have the same dtype`,
    (_, a: Tensor, b: Tensor) => unset(a) || unset(b) || a.dtype === b.dtype);
/** The class rule of the vector unit: all integers, or all floats. */
export const sameClass = <F extends string>(one: F, other: F): Rule<F> =>
  rule(TRAP_DTYPE, 'sameClass', [one, other], [], `${one} and ${other} are both integers or both floats`,
    (_, a: Tensor, b: Tensor) => unset(a) || unset(b) || integer(a) === integer(b));
/** For sub-operations from `from` to `to`, the operand is of the class. */
export const dtypeWhen = <F extends string>(op: F, from: number, to: number, name: F, of: number, says: string): Rule<F> =>
  rule(TRAP_DTYPE, 'dtypeWhen', [op, name], [from, to, of], `${says}: ${name} is ${classSays[of]}`,
    (_, bits: number, t: Tensor) => bits < from || bits > to || unset(t) || inClass(t.dtype, of));
export const sameClassWhen = <F extends string>(op: F, from: number, to: number, one: F, other: F, says: string): Rule<F> =>
  rule(TRAP_DTYPE, 'sameClassWhen', [op, one, other], [from, to], `${says}: ${one} and ${other} are both integers or both floats`,
    (_, bits: number, a: Tensor, b: Tensor) => bits < from || bits > to || unset(a) || unset(b) || integer(a) === integer(b));
export const sameTypeWhen = <F extends string>(op: F, from: number, to: number, one: F, other: F, says: string): Rule<F> =>
  rule(TRAP_DTYPE, 'sameTypeWhen', [op, one, other], [from, to], `${says}: ${one} and ${other} have the same dtype`,
    (_, bits: number, a: Tensor, b: Tensor) => bits < from || bits > to || unset(a) || unset(b) || a.dtype === b.dtype);
export const convertible = <F extends string>(d: F, a: F): Rule<F> =>
  rule(TRAP_DTYPE, 'convertible', [d, a], [], `${d} and ${a} have the same dtype, or ${d} is ${classSays[CLASS_CONVERTED]}`,
    (_, x: Tensor, y: Tensor) => unset(x) || unset(y) || x.dtype === y.dtype || inClass(x.dtype, CLASS_CONVERTED));
export const pairExists = <F extends string>(a: F, acc: F): Rule<F> =>
  rule(TRAP_DTYPE, 'pairExists', [a, acc], [], `the profile multiplies ${a} into ${acc}`,
    (view, x: Tensor, c: Tensor) => unset(x) || unset(c) || view.triples.some((r) => r.activation === x.dtype && r.accumulator === c.dtype));
export const weightExists = <F extends string>(w: F): Rule<F> =>
  rule(TRAP_DTYPE, 'weightExists', [w], [], `the profile has ${w}'s dtype as weights`,
    (view, t: Tensor) => unset(t) || view.triples.some((r) => r.weight === t.dtype));
export const accumulatorExists = <F extends string>(acc: F): Rule<F> =>
  rule(TRAP_DTYPE, 'accumulatorExists', [acc], [], `the profile accumulates in ${acc}'s dtype`,
    (view, t: Tensor) => unset(t) || view.triples.some((r) => r.accumulator === t.dtype));
export const zeroPointsOnIntegers = <F extends string>(a: F): Rule<F> =>
  rule(TRAP_DTYPE, 'zeroPointsOnIntegers', [a, 'mode'], [], `zero points are zero when ${a} is a float`,
    (_, t: Tensor, mode: Mode) => unset(t) || integer(t) || (mode.zpa === 0 && mode.zpb === 0));
export const widensExactly = <F extends string>(acc: F, a: F): Rule<F> =>
  rule(TRAP_DTYPE, 'widensExactly', [acc, a], [], `${a} has ${acc}'s dtype, or is a float that fp32 holds exactly`,
    (_, c: Tensor, t: Tensor) => unset(c) || unset(t) || c.dtype === t.dtype || (inClass(c.dtype, CLASS_FP32) && inClass(t.dtype, CLASS_FLOAT)));
/** For one sub-operation: a zero point is that of integers. */
export const zeroPointWhen = <F extends string>(op: F, is: number, a: F): Rule<F> =>
  rule(TRAP_DTYPE, 'zeroPointWhen', [op, a, 'mode'], [is], `the zero point is zero when ${a} is no integer`,
    (_, bits: number, t: Tensor, mode: Mode) => bits !== is || unset(t) || integer(t) || mode.zpa === 0);
/** What a field of this value asks of the operands beside it: metadata, scales, and elements that are no integers. */
export const metadataType = <F extends string>(form: F, value: number, b: F): Rule<F> =>
  rule(TRAP_DTYPE, 'metadataType', [form, b], [value], `the metadata ${b} of sparse weights is u4`,
    (_, bits: number, t: Tensor) => bits !== value || unset(t) || t.format?.name === 'u4');
export const scalesType = <F extends string>(form: F, value: number, b: F): Rule<F> =>
  rule(TRAP_DTYPE, 'scalesType', [form, b], [value], `the scales ${b} are e8m0 or ue4m3`,
    (_, bits: number, t: Tensor) => bits !== value || unset(t) || blockOf(t) !== 0n);
export const scaledType = <F extends string>(form: F, value: number, a: F): Rule<F> =>
  rule(TRAP_DTYPE, 'scaledType', [form, a], [value], `${a} is no integer where it is scaled`,
    (_, bits: number, t: Tensor) => bits !== value || unset(t) || !integer(t));
/** The epilogue: fixed-point scales and the float-only steps belong to their classes; a float destination has no zero point. */
export const epilogueTypes = <F extends string>(d: F, x: F, activation: F): Rule<F> =>
  rule(TRAP_DTYPE, 'epilogueTypes', [d, x, activation, 'mode'], [],
    `scales 1 to 3 and a zero point of ${x} need an integer ${x}; leaky needs a float value; a zero point of the result an integer ${d}`,
    (_, y: Tensor, t: Tensor, act: number, mode: Mode) => {
      if (unset(y) || unset(t)) return true;
      const floatValue = !integer(t) || mode.scale >= 4;
      return !(((mode.scale >= 1 && mode.scale <= 3) || mode.zpa !== 0) && !integer(t)) && !(act === 2 && !floatValue) && (integer(y) || mode.zpo === 0);
    });
export const residualClass = <F extends string>(x: F, c: F): Rule<F> =>
  rule(TRAP_DTYPE, 'residualClass', [x, c, 'mode'], [], `${c} is an integer, or a float where the scaled value is one`,
    (_, t: Tensor, r: Tensor, mode: Mode) => unset(t) || unset(r) || integer(r) || (mode.zpb === 0 && (!integer(t) || mode.scale >= 4)));

// ---- shapes
export const sameDims = <F extends string>(one: F, other: F): Rule<F> =>
  rule(TRAP_SHAPE, 'sameDims', [one, other], [], `${one} and ${other} have the same dims`,
    (_, a: Tensor, b: Tensor) => a.rank === b.rank && a.dims.every((dim, i) => dim === b.dims[i]));
/** With pads: dims of the destination are low pads + dims of the source + high pads. */
export const paddedDims = <F extends string>(d: F, a: F): Rule<F> =>
  rule(TRAP_SHAPE, 'paddedDims', [d, a], [], `each dim of ${d} is that of ${a} and its pads`,
    (_, x: Tensor, s: Tensor) => x.rank === s.rank && x.dims.every((dim, i) => dim === s.padLow[i]! + s.dims[i]! + s.padHigh[i]!));
export const rankIs = <F extends string>(name: F, rank: number): Rule<F> =>
  rule(TRAP_SHAPE, 'rankIs', [name], [rank], `${name} has rank ${rank}`, (_, t: Tensor) => t.rank === rank);
export const rankAtLeast = <F extends string>(name: F, rank: number): Rule<F> =>
  rule(TRAP_SHAPE, 'rankAtLeast', [name], [rank], `${name} has at least rank ${rank}`, (_, t: Tensor) => t.rank >= rank);
export const single = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_SHAPE, 'oneElement', [name], [], `${name} is [1]`, (_, t: Tensor) => t.rank === 1 && t.dims[0] === 1n);
/** dst[r, ...] of src[v, ...] by index[r]. */
export const gatherDims = <F extends string>(rows: F, whole: F, index: F): Rule<F> =>
  rule(TRAP_SHAPE, 'gatherDims', [rows, whole, index], [], `${index} is [R], ${rows} is [R, ..] and ${whole} is [V, ..] with the same rest`,
    (_, r: Tensor, w: Tensor, i: Tensor) => i.rank === 1 && r.rank === w.rank && r.dims[0] === i.dims[0]
      && r.dims.every((dim, axis) => axis === 0 || dim === w.dims[axis]));
/** D and index alike; A alike but for its last dim. */
export const takeDims = <F extends string>(d: F, a: F, b: F): Rule<F> =>
  rule(TRAP_SHAPE, 'takeDims', [d, a, b], [], `${b} has the dims of ${d}, and so has ${a} but for its last one`,
    (_, x: Tensor, s: Tensor, i: Tensor) => x.rank === s.rank && x.rank === i.rank && x.dims.every((dim, axis) => dim === i.dims[axis])
      && x.dims.every((dim, axis) => axis === x.rank - 1 || dim === s.dims[axis]));
/** The last r dims of A are reduced; D has the leading ones, [1] if none. */
export const reduceDims = <F extends string>(d: F, a: F, r: F): Rule<F> =>
  rule(TRAP_SHAPE, 'reduceDims', [d, a, r], [], `${d} has the dims of ${a} without the last ${r}, or is [1]`,
    (_, x: Tensor, s: Tensor, many: number) => many <= s.rank && (many === s.rank
      ? x.rank === 1 && x.dims[0] === 1n
      : x.rank === s.rank - many && x.dims.every((dim, axis) => dim === s.dims[axis])));
export const sameDimsWhen = <F extends string>(op: F, from: number, to: number, one: F, other: F, says: string): Rule<F> =>
  rule(TRAP_SHAPE, 'sameDimsWhen', [op, one, other], [from, to], `${says}: ${one} and ${other} have the same dims`,
    (_, bits: number, a: Tensor, b: Tensor) => bits < from || bits > to || (a.rank === b.rank && a.dims.every((dim, i) => dim === b.dims[i])));
/** Scales of blocks along the last dim: 32 elements for e8m0, 16 for ue4m3. */
export const blockDims = <F extends string>(d: F, scales: F): Rule<F> =>
  rule(TRAP_SHAPE, 'blockDims', [d, scales], [], `${scales} has the dims of ${d}, but one element for each block of the last dim`,
    (_, x: Tensor, s: Tensor) => {
      const block = s.format?.kind === 'scale' ? 32n : 16n;
      return x.rank === s.rank && s.dims.every((dim, i) => dim === (i === x.rank - 1 ? (x.dims[i]! + block - 1n) / block : x.dims[i]));
    });
/** unpack's streams: as many bytes as the codes of all elements of D take. */
export const streamDims = <F extends string>(form: F, bits: F, d: F, stream: F): Rule<F> =>
  rule(TRAP_SHAPE, 'streamDims', [form, bits, d, stream], [], `palette and packed: ${stream} is [n], n the bytes that the codes of ${d} take`,
    (_, of: number, codeBits: number, x: Tensor, s: Tensor) => {
      if (of === 1 || of === 2) return true;
      return s.rank === 1 && s.dims[0] === (elementCount(x) * BigInt(of === 0 ? codeBits : 6) + 7n) / 8n;
    });
export const paletteDims = <F extends string>(form: F, bits: F, table: F): Rule<F> =>
  rule(TRAP_SHAPE, 'paletteDims', [form, bits, table], [], `palette: ${table} is [2^${bits}]`,
    (_, of: number, codeBits: number, t: Tensor) => of !== 0 || (t.rank === 1 && t.dims[0] === 1n << BigInt(codeBits)));
/** 2:4: the last dim is that of all, the leading ones, flattened, are K, K/2 and K/4. */
export const expandDims = <F extends string>(form: F, d: F, compressed: F, metadata: F): Rule<F> =>
  rule(TRAP_SHAPE, 'expandDims', [form, d, compressed, metadata], [],
    `expand: ${d} is [K.., N], ${compressed} [K/2.., N] and ${metadata} [K/4.., N], K a multiple of 4 and below 2^31`,
    (_, of: number, x: Tensor, a: Tensor, m: Tensor) => {
      if (of !== 2) return true;
      const [depth, half, quarter] = [x, a, m].map((t) => product(t, 0, t.rank - 1)) as [bigint, bigint, bigint];
      return [x, a, m].every((t) => t.rank >= 2 && lastDim(t) === lastDim(x)) && depth <= BigInt(ELEMENT_MAX) && depth === 4n * quarter && depth === 2n * half;
    });
/** lut: as many entries as the form has indices. */
export const lutDims = <F extends string>(form: F, table: F): Rule<F> =>
  rule(TRAP_SHAPE, 'lutDims', [form, table], [], `${table} is [256], [513], [513] or [65536]`,
    (_, of: number, t: Tensor) => t.rank === 1 && t.dims[0] === [256n, 513n, 513n, 65536n][of]);
/** Channel table: s32 [N, 4] with N the last dim of D. */
export const tableDims = <F extends string>(d: F, table: F): Rule<F> =>
  rule(TRAP_SHAPE, 'tableDims', [d, table], [], `${table} is [N, 4] with N the last dim of ${d}`,
    (_, x: Tensor, t: Tensor) => t.rank === 2 && t.dims[0] === lastDim(x) && t.dims[1] === 4n);
export const tableNeeded = <F extends string>(present: F, activation: F): Rule<F> =>
  rule(TRAP_SHAPE, 'tableNeeded', [present, activation, 'mode'], [], 'a scale or a slope needs the channel table',
    (_, has: number, act: number, mode: Mode) => has === 1 || (mode.scale === 0 && act !== 2));
/** wload: K and N within the array. */
export const tileFits = <F extends string>(w: F): Rule<F> =>
  rule(TRAP_SHAPE, 'tileFits', [w], [], `the tile ${w} is not empty, and its K and N fit a row of the profile for its dtype`,
    (view, t: Tensor) => !isEmpty(t) && t.rank >= 2
      && view.triples.some((r) => r.weight === t.dtype && product(t, 0, t.rank - 1) <= BigInt(r.kMax) && lastDim(t) <= BigInt(r.nMax)));
/** Metadata has half as many rows as the compressed weights, scales one for each block of K; both have the columns. */
export const besideDims = <F extends string>(form: F, a: F, b: F): Rule<F> =>
  rule(TRAP_SHAPE, 'besideDims', [form, a, b], [], `${b} is [K/2, N] beside K sparse rows of ${a}, K even, or [ceil(K / block), N] beside scaled ones`,
    (_, bits: number, w: Tensor, t: Tensor) => {
      const k = product(w, 0, w.rank - 1), rows = product(t, 0, t.rank - 1), block = blockOf(t);
      const fits = bits === FORM_SPARSE ? 2n * rows === k : block !== 0n && rows === (k + block - 1n) / block;
      return bits === FORM_DENSE || (fits && lastDim(t) === lastDim(w));
    });
export const scaleDims = <F extends string>(a: F, b: F, mRank: F): Rule<F> =>
  rule(TRAP_SHAPE, 'scaleDims', [a, b, mRank], [], `${b} has a scale for each block of K in each row of ${a}`,
    (_, x: Tensor, t: Tensor, m: number) => {
      const block = blockOf(t), k = product(x, m, x.rank);
      return block !== 0n && lastDim(t) === (k + block - 1n) / block && product(t, 0, t.rank - 1) === product(x, 0, m);
    });
/** mm: the first mRank dims of A are M, as many as rows of the accumulator; the rest is K and not empty. */
export const multiplyDims = <F extends string>(acc: F, a: F, mRank: F, depthwise: boolean): Rule<F> =>
  rule(TRAP_SHAPE, 'multiplyDims', [acc, a, mRank], [depthwise ? 1 : 0],
    `the first ${mRank} dims of ${a} have as many elements as the leading dims of ${acc}${depthwise ? `, and its last dim is that of ${acc}` : ''}`,
    (_, c: Tensor, x: Tensor, m: number) => m < x.rank - (depthwise ? 1 : 0) && product(x, 0, m) === product(c, 0, c.rank - 1)
      && (!depthwise || lastDim(x) === lastDim(c)));
export const rowsFit = <F extends string>(acc: F, a: F, slot: F): Rule<F> =>
  rule(TRAP_SHAPE, 'rowsFit', [acc, a, slot], [], `the rows of ${acc} are at most the profile's mMax`,
    (view, c: Tensor, x: Tensor, slot: number) => {
      const row = tripleOf(view, x, slot, c);
      return !row || product(c, 0, c.rank - 1) <= BigInt(row.mMax);
    });

// ---- accumulators, slots
export const accRows = <F extends string>(name: F): Rule<F> =>
  rule(TRAP_ALIGNMENT, 'accRows', [name], [], `${name} in ACC starts on a row, has last stride 1 and other strides of whole rows`,
    (view, t: Tensor) => {
      if (t.space !== SPACE_ACC) return true;
      const lanes = BigInt(view.accLanes);
      const outer = t.strides.slice(0, -1).every((s, i) => t.dims[i]! <= 1n || s % lanes === 0n);
      return t.address % (lanes * t.width) === 0n && (lastDim(t) <= 1n || t.strides.at(-1) === 1n) && outer && lastDim(t) <= lanes;
    });
export const slotExists = <F extends string>(slot: F): Rule<F> =>
  rule(TRAP_SLOT, 'slotExists', [slot], [], `${slot} is a weight slot of the profile`, (view, s: number) => s < view.slotCount);
export const weightsFit = <F extends string>(acc: F, a: F, slot: F, mRank: F, depthwise: boolean): Rule<F> =>
  rule(TRAP_WEIGHTS, 'weightsFit', [acc, a, slot, mRank], [depthwise ? 1 : 0],
    `the weights of ${slot} are loaded, multiply ${a} into ${acc}, and have their K and N`,
    (view, c: Tensor, x: Tensor, slot: number, m: number) => {
      const weights = view.promised(slot);
      return weights !== undefined && tripleOf(view, x, slot, c) !== undefined
        && weights.depth === product(x, m, depthwise ? x.rank - 1 : x.rank) && weights.columns === lastDim(c);
    });
/** Scaled weights are multiplied by scaled activations, others by others. */
export const scalingFits = <F extends string>(scaled: F, slot: F): Rule<F> =>
  rule(TRAP_WEIGHTS, 'scalingFits', [scaled, slot], [], `the weights of ${slot} have scales exactly where the instruction is scaled`,
    (view, bits: number, slot: number) => { const weights = view.promised(slot); return !weights || (weights.scales !== 0) === (bits === 1); });
export const unscaledSlot = <F extends string>(slot: F): Rule<F> =>
  rule(TRAP_WEIGHTS, 'unscaledSlot', [slot], [], `the weights of ${slot} have no scales`, (view, slot: number) => !view.promised(slot)?.scales);
export const scalesAgree = <F extends string>(slot: F, b: F): Rule<F> =>
  rule(TRAP_WEIGHTS, 'scalesAgree', [slot, b], [], `the scales of ${slot} and ${b} have the same dtype`,
    (view, slot: number, t: Tensor) => { const weights = view.promised(slot); return !weights || weights.scales === t.dtype; });
export const dotFits = <F extends string>(acc: F, a: F, slot: F): Rule<F> =>
  rule(TRAP_WEIGHTS, 'dotFits', [acc, a, slot, 'mode'], [], 'the dot kernel of the mode exists for these dtypes',
    (view, c: Tensor, x: Tensor, slot: number, mode: Mode) => {
      const row = tripleOf(view, x, slot, c);
      return row !== undefined && mode.dot < row.dots.length;
    });

// ---- the sequencer
/** `register` holds a captured value; y is it plus the immediate, modulo 2^32. */
const y = (register: number, imm: number): number => (register + imm) >>> 0;
export const targetInside = <F extends string>(register: F, imm: F): Rule<F> =>
  rule(TRAP_PC, 'targetInside', [register, imm], [], 'the target is an instruction of the image',
    (view, s: number, i: number) => y(s, i) < view.instructionCount);
export const blockInside = <F extends string>(register: F, imm: F): Rule<F> =>
  rule(TRAP_PC, 'blockInside', [register, imm], [], 'the 64 bytes lie inside the image',
    (view, s: number, i: number) => y(s, i) + 64 <= view.imageBytes);
export const blockAligned = <F extends string>(register: F, imm: F): Rule<F> =>
  rule(TRAP_ALIGNMENT, 'blockAligned', [register, imm], [], 'the address is a multiple of 64', (_, s: number, i: number) => y(s, i) % 64 === 0);
export const callFree: Rule<never> =
  rule<never>(TRAP_CALL, 'callFree', [], [], `at most ${CALL_DEPTH} calls are open`, (view) => view.callDepth < CALL_DEPTH);
export const callOpen: Rule<never> = rule<never>(TRAP_CALL, 'callOpen', [], [], 'a call is open', (view) => view.callDepth > 0);
export const loopFree: Rule<never> =
  rule<never>(TRAP_LOOP, 'loopFree', [], [], `at most ${LOOP_DEPTH} loops are open`, (view) => view.loopDepth < LOOP_DEPTH);
export const loopOpen: Rule<never> = rule<never>(TRAP_LOOP, 'loopOpen', [], [], 'a loop of this call is open', (view) => view.innermost !== undefined);
export const noLoopOpen: Rule<never> =
  rule<never>(TRAP_LOOP, 'noLoopOpen', [], [], 'no loop of this call is open', (view) => view.innermost === undefined);
export const bodyNotEmpty = <F extends string>(length: F): Rule<F> =>
  rule(TRAP_LOOP, 'bodyNotEmpty', [length], [], 'the body is not empty', (_, n: number) => n > 0);
export const staysInLoop = <F extends string>(register: F, imm: F): Rule<F> =>
  rule(TRAP_LOOP, 'staysInLoop', [register, imm], [], 'the target lies in the innermost open loop of this call',
    (view, s: number, i: number) => !view.innermost || (y(s, i) >= view.innermost.start && y(s, i) <= view.innermost.end));
export const stepsOfLoop = <F extends string>(ra: F, rb: F, incA: F, incB: F): Rule<F> =>
  rule(TRAP_RESERVED, 'stepsOfLoop', [ra, rb, incA, incB], [], 'the stepped registers differ, and an absent one has increment 0',
    (_, a: number, b: number, x: number, z: number) => (a === 0 || a !== b) && (a !== 0 || x === 0) && (b !== 0 || z === 0));
export const unitsOnly = <F extends string>(imm: F): Rule<F> =>
  rule(TRAP_RESERVED, 'unitsOnly', [imm], [], `only bits 1 to 5 (${unitNames.slice(1).join(' ')}) are set`, (_, i: number) => (i & ~0x3e) === 0);
export const vectorNumber = <F extends string>(imm: F): Rule<F> =>
  rule(TRAP_RESERVED, 'below', [imm], [16], 'the vector is 0 to 15', (_, i: number) => i >>> 0 < 16);
export const tokenCount = <F extends string>(register: F, imm: F): Rule<F> =>
  rule(TRAP_SHAPE, 'tokenCount', [register, imm], [], 'the number of tokens is 0 to 65535', (_, s: number, i: number) => y(s, i) <= 0xffff);
export const modeWordLegal = <F extends string>(field: F, register: F, imm: F): Rule<F> =>
  rule(TRAP_RESERVED, 'modeWordLegal', [field, register, imm], [], 'only defined bits and values are written',
    (_, f: number, s: number, i: number) => modeWordHolds(f, y(s, i)));
const readable = (at: number): boolean =>
  at % 4 === 0 && (at < 0x40 || (at >= 0x60 && at < 0x70) || (at >= NUMERIC_CSR && at < 0x600 && (at & 8) === 0)
    || (at >= 0x600 && at < 0x600 + 8 * 12) || (at >= NUMERIC_MORE_CSR && at < 0x800 && (at & 8) === 0));
export const csrReadable = <F extends string>(offset: F): Rule<F> =>
  rule(TRAP_CSR, 'csrReadable', [offset], [], 'the sequencer reads ID to CHIP_COUNT, SCRATCH and counters', (_, at: number) => readable(at >>> 0));
export const csrWritable = <F extends string>(offset: F): Rule<F> =>
  rule(TRAP_CSR, 'csrWritable', [offset], [], 'the sequencer writes SCRATCH only', (_, at: number) => at % 4 === 0 && at >= 0x60 && at < 0x70);

// ---- helpers
/** Elements that share a scale of this dtype; 0 for what is no scale. */
export const blockOf = ({ format }: Tensor): bigint => (format && ['e8m0', 'ue4m3'].includes(format.name) ? BigInt(blockLength(format)) : 0n);
const tripleOf = (view: View, a: Tensor, slot: number, acc: Tensor) => {
  const weights = view.promised(slot);
  return weights && view.triples.find((r) => r.activation === a.dtype && r.weight === weights.dtype && r.accumulator === acc.dtype);
};

function wellFormed(t: Tensor): boolean {
  const { raw, rank } = t;
  if (rank < 1 || rank > 5 || (raw[0]! & 0xfff0_c000) !== 0) return false;
  if (t.space < SPACE_PEER_DRAM && raw[2]! >>> 16 !== 0) return false;
  for (let axis = 0; axis < 5; axis++) {
    if (axis < rank ? raw[3 + axis]! > DIM_MAX : raw[3 + axis] !== 0 || raw[8 + axis] !== 0) return false;
    const pads = (raw[13]! | raw[14]!) >>> (6 * axis);
    if (axis >= rank && (pads & 63) !== 0) return false;
  }
  if (((raw[13]! | raw[14]!) >>> 30) !== 0) return false;
  if (t.width < 32n && raw[15]! >>> Number(t.width) !== 0) return false;
  return elementCount(t) <= BigInt(ELEMENT_MAX);
}

/** Axes by growing |stride|: each must exceed the reach of all smaller ones. 4-bit rows count in whole bytes (wholeBytes). */
function strictlyNested(t: Tensor): boolean {
  const axes = t.dims.map((dim, i) => ({ dim, stride: magnitude(t.strides[i]!) })).filter(({ dim }) => dim > 1n);
  if (t.width === 4n && t.strides.at(-1) === 1n && lastDim(t) > 1n) {
    const inner = axes.pop()!;
    axes.push({ dim: inner.dim + (inner.dim & 1n), stride: 1n });
  } else if (t.width === 4n) axes.push({ dim: 2n, stride: 1n });
  axes.sort((a, b) => (a.stride < b.stride ? -1 : a.stride > b.stride ? 1 : 0));
  let reach = 0n;
  return axes.every(({ dim, stride }) => { const over = stride > reach; reach += (dim - 1n) * stride; return over; });
}

const rowsOnBytes = (t: Tensor): boolean =>
  (lastDim(t) <= 1n || t.strides.at(-1) === 1n) && t.address % 8n === 0n
  && t.strides.every((stride, axis) => axis === t.rank - 1 || t.dims[axis]! <= 1n || stride % 2n === 0n);

function meet(a: Tensor, b: Tensor): boolean {
  if (a.space !== b.space || isEmpty(a) || isEmpty(b)) return false;
  const [aLow, aHigh] = hull(a), [bLow, bHigh] = hull(b);
  return aLow < bHigh && bLow < aHigh;
}
const samePlaces = (a: Tensor, b: Tensor): boolean =>
  a.address === b.address && a.width === b.width && a.rank === b.rank
  && a.dims.every((dim, i) => dim === b.dims[i]) && a.strides.every((stride, i) => stride === b.strides[i]);

/** Has a word of a numeric mode defined bits and values only? */
export function modeWordHolds(word: number, value: number): boolean {
  let defined = 0;
  for (const field of modeFields) {
    if (field.word !== word) continue;
    const bits = field.width === 32 ? value : (value >>> field.low) & (2 ** field.width - 1);
    if (bits >= field.legal) return false;
    defined |= field.width === 32 ? -1 : (2 ** field.width - 1) << field.low;
  }
  return (value & ~defined) === 0;
}
const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
export type { Names };
/** For `trap`: no state in which the instruction is allowed. */
export const raises = (trap: number, says: string): Rule<never> => rule<never>(trap, 'never', [], [], says, () => false);
export const debuggerAbsent: Rule<never> =
  rule<never>(TRAP_BREAK, 'debuggerAbsent', [], [], 'DBG_ENABLE is clear', (view) => !view.debugEnabled);
