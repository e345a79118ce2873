//! arithmetic: what the vector unit's instructions do to one element: read, compute exactly, round once.

import { Defect } from '../failure.ts';
import type { Between, Exact } from './exact.ts';
import {
  absolute, add, compare, compareZerosSigned, divide, exactInteger, isFiniteValue, isInvalid, multiply, nanOf, negate, plusZero,
  scaleByPower, subtract, unpack, unpackInteger,
} from './exact.ts';
import type { Format } from './format.ts';
import { formatByName } from './format.ts';
import { type FunctionTable, tableFunction } from './function-table.ts';
import { algebraicCount, type FunctionName, functionNames, specialFunction } from './functions.ts';
import { staged } from './observe.ts';
import type { Rounded, Rounding } from './round.ts';
import { readElement, round, roundToIntegerFormat, roundToWhole, uneventful } from './round.ts';

/** Memory bits with the format that gives them their value. */
export interface Element {
  readonly format: Format;
  readonly bits: bigint;
}

/** What of a numeric mode the element functions use. `nan` is the canonical NaN of the destination's format. */
export interface ElementMode extends Rounding {
  /** Subnormals read: 0 kept, 1 zero of their sign, 2 +0. */
  readonly daz: 0 | 1 | 2;
  /** min, max and clamp with a NaN operand: 0 the NaN wins, 1 the number wins. */
  readonly minmax: 0 | 1;
}

/** Sub-operations in the order of their codes (machine details section 9). */
export const binaryNames = ['add', 'sub', 'mul', 'div', 'min', 'max'] as const;
export const compareNames = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'unordered'] as const;
export const unaryNames = ['abs', 'neg', 'sign', 'not', 'rint'] as const;
export type BinaryName = (typeof binaryNames)[number];
export type CompareName = (typeof compareNames)[number];
export type UnaryName = (typeof unaryNames)[number];

/** A op B. Both integers or both floats, as for every function here of two elements; div is for floats. */
export function binary(op: BinaryName, a: Element, b: Element, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a, b);
  if (op === 'div' && to.kind === 'integer') throw new Defect('integers are not divided; the instruction traps dtype');
  const x = readElement(a.format, a.bits, mode.daz);
  const y = readElement(b.format, b.bits, mode.daz);
  return write(to, binaryExact(op, x, y, mode), mode, x, y);
}

/** A x B + C with one rounding. An exact zero has IEEE 754's sign of a sum. */
export function fma(a: Element, b: Element, c: Element, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a, b, c);
  const x = readElement(a.format, a.bits, mode.daz);
  const y = readElement(b.format, b.bits, mode.daz);
  const z = readElement(c.format, c.bits, mode.daz);
  return write(to, add(staged(mode.observe, 'product', multiply(x, y)), z, mode.round), mode, x, y, z);
}

/**
 * 1 or 0, of the exact values: -0 = +0, subnormals count as they are. A NaN makes all false but ne and unordered; it is invalid for lt,
 * le, gt and ge, for the others when it is signalling (IEEE 754, 5.11; as RISC-V's feq, flt and fle).
 */
export function compareElements(op: CompareName, a: Element, b: Element): Rounded {
  requireOneClass(b.format, a);
  const x = unpack(a.format, a.bits), y = unpack(b.format, b.bits), order = compare(x, y);
  const signals = order === undefined && op !== 'eq' && op !== 'ne' && op !== 'unordered';
  return { ...uneventful, bits: holds(op, order) ? 1n : 0n, invalid: signals || isInvalid(x) || isInvalid(y) };
}

/** A x 2^B, for right A x 2^-B; B is an integer and may be negative. */
export function shift(direction: 'left' | 'right', a: Element, b: Element, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a);
  const amount = unpackInteger(b.format, b.bits);
  // No format reaches further than this, and numbers stay small enough to be exact.
  const places = Number(amount > mostShift ? mostShift : amount < -mostShift ? -mostShift : amount);
  const x = readElement(a.format, a.bits, mode.daz);
  return write(to, scaleByPower(x, direction === 'left' ? places : -places), mode, x);
}

/**
 * abs, neg (the sign bit of floats, zeros included), sign (-1, 0 or 1; +0 for both zeros; NaN stays NaN), not (the complement of an
 * integer's bits, read in its own format), rint (the integer that the value rounds to, in the destination's format).
 */
export function unary(op: UnaryName, a: Element, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a);
  const x = readElement(a.format, a.bits, mode.daz);
  switch (op) {
    case 'abs': return write(to, absolute(x), mode, x);
    case 'neg': return write(to, to.kind === 'integer' ? subtract(plusZero, x, 'rne') : negate(x), mode, x);
    case 'sign': return write(to, signOf(x), mode, x);
    case 'not': {
      if (to.kind !== 'integer') throw new Defect('not is for integers; the instruction traps dtype');
      return write(to, unpack(a.format, ~a.bits), mode, x);
    }
    case 'rint': {
      const whole = roundToWhole(x, mode.round, mode.observe);
      const result = write(to, whole.value, mode, x);
      return { ...result, inexact: result.inexact || whole.inexact };
    }
  }
}

/** f(A), one rounding: to nearest even, of an algebraic function in the direction of the mode; with a table what it gives, to nearest even. */
export function special(op: FunctionName, a: Element, to: Format, mode: ElementMode, table?: FunctionTable): Rounded {
  const x = readElement(a.format, a.bits, mode.daz), isAlgebraic = functionNames.indexOf(op) < algebraicCount;
  if (table) return write(to, tableFunction(op, table, x), { ...mode, round: 'rne' }, x);
  return write(to, specialFunction(op, x), isAlgebraic ? mode : { ...mode, round: 'rne' }, x);
}

/** Bounds of `clamp` as they stand in a mode: words 4 and 5, s32 for an integer destination, fp32 bits for a float one. */
export interface Bounds {
  readonly lo: bigint;
  readonly hi: bigint;
}

/** min(max(A, lo), hi): where lo > hi the result is hi. A NaN follows `minmax`. */
export function clamp(a: Element, bounds: Bounds, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a);
  const x = readElement(a.format, a.bits, mode.daz);
  return write(to, within(x, bounds, to, mode.minmax), mode, x, ...boundsOf(bounds, to));
}

/** max(A, +0); relu(NaN) = NaN and relu(-0) = +0. With `bounds` also min(.., hi): relu-n. */
export function relu(a: Element, bounds: Bounds | undefined, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a);
  const x = readElement(a.format, a.bits, mode.daz);
  const positive = reluExact(x);
  if (bounds === undefined || positive.kind === 'nan') return write(to, positive, mode, x);
  const [, hi] = boundsOf(bounds, to);
  return write(to, extreme('min', positive, hi, mode.minmax), mode, x, hi);
}

/** A x slope where A < 0, else A; one rounding. */
export function leakyRelu(a: Element, slope: Element, to: Format, mode: ElementMode): Rounded {
  requireOneClass(to, a, slope);
  const x = readElement(a.format, a.bits, mode.daz);
  if (compare(x, plusZero) !== -1) return write(to, x, mode, x);
  const factor = readElement(slope.format, slope.bits, mode.daz);
  return write(to, multiply(x, factor), mode, x, factor);
}

/** A in another format. A NaN becomes the greatest value in formats without NaN; a float that no integer holds, the nearer limit. */
export function convert(a: Element, to: Format, mode: ElementMode): Rounded {
  const x = readElement(a.format, a.bits, mode.daz);
  if (to.kind !== 'integer' || a.format.kind === 'integer') return write(to, x, mode, x);
  return { ...roundToIntegerFormat(to, x, mode.round, mode.observe), flushed: isFlushed(x) };
}

/** The lesser or greater, -0 below +0. Of a NaN and a number: NaN for `minmax` 0, the number for 1. */
export function extreme(op: 'min' | 'max', a: Exact, b: Exact, minmax: 0 | 1): Exact {
  if (a.kind === 'nan' || b.kind === 'nan') {
    if (minmax === 0) return nanOf(a, b);
    return a.kind === 'nan' ? b : a;
  }
  const order = compareZerosSigned(a, b);
  return (op === 'min' ? order === 1 : order === -1) ? b : a;
}

/** max(x, +0) with NaN kept. */
export function reluExact(x: Exact): Exact {
  return extreme('max', x, plusZero, 0);
}

/** min(max(x, lo), hi), the bounds read for a destination of format `to`. */
export function within(x: Exact, bounds: Bounds, to: Format, minmax: 0 | 1): Exact {
  const [lo, hi] = boundsOf(bounds, to);
  return extreme('min', extreme('max', x, lo, minmax), hi, minmax);
}

/**
 * round, and the events that only the inputs tell: a signalling NaN that the result does not show, a subnormal that became zero, an
 * infinity that inner roundings made of finite numbers.
 */
export function write(to: Format, value: Exact | Between, mode: Rounding, ...inputs: readonly Exact[]): Rounded {
  const result = round(to, value, mode);
  const made = value.kind === 'infinite' && !value.byZero && to.kind === 'float' && inputs.every(isFiniteValue);
  return {
    ...result,
    overflow: result.overflow || made,
    invalid: result.invalid || inputs.some(isInvalid),
    divideByZero: value.kind === 'infinite' && value.byZero === true,
    flushed: result.flushed || inputs.some(isFlushed),
  };
}

/** Whether DAZ took an element that was read. */
export function isFlushed(read: Exact): boolean {
  return read.kind === 'finite' && read.flushed === true;
}

const mostShift = 0x10000n;
const s32 = formatByName('s32');
const fp32 = formatByName('fp32');

function boundsOf({ lo, hi }: Bounds, to: Format): readonly [Exact, Exact] {
  const format = to.kind === 'integer' ? s32 : fp32;
  return [unpack(format, lo), unpack(format, hi)];
}

function binaryExact(op: BinaryName, x: Exact, y: Exact, mode: ElementMode): Exact | Between {
  switch (op) {
    case 'add': return add(x, y, mode.round);
    case 'sub': return subtract(x, y, mode.round);
    case 'mul': return multiply(x, y);
    case 'div': return divide(x, y);
    case 'min': return extreme('min', x, y, mode.minmax);
    case 'max': return extreme('max', x, y, mode.minmax);
  }
}

function holds(op: CompareName, order: -1 | 0 | 1 | undefined): boolean {
  switch (op) {
    case 'eq': return order === 0;
    case 'ne': return order !== 0;
    case 'lt': return order === -1;
    case 'le': return order === -1 || order === 0;
    case 'gt': return order === 1;
    case 'ge': return order === 1 || order === 0;
    case 'unordered': return order === undefined;
  }
}

function signOf(x: Exact): Exact {
  const order = compare(x, plusZero);
  return order === undefined ? x : exactInteger(BigInt(order));
}

/** The class rule: all integers, or none. The instruction traps dtype before it comes here. */
function requireOneClass(to: Format, ...elements: readonly Element[]): void {
  for (const { format } of elements) {
    if ((format.kind === 'integer') !== (to.kind === 'integer')) throw new Defect(`${format.name} and ${to.name} are of different classes`);
  }
}

