//! dot-terms: what the float kernels share: operands as exact terms, special values, the one rounding to the accumulator.
import type { FusedRecord } from './dot-record.ts';
import type { Observer, TermName } from './dot-trace.ts';
import type { DotInput, DotMode } from './dot-input.ts';
import { type Exact, exactInteger, type Finite, infinite, isFiniteValue, isInvalid, isZero, multiply, nan, plusZero, type RoundName, unpack } from './exact.ts';
import { type Format, formatByName, quietNan } from './format.ts';
import { readElement, type Rounded, round } from './round.ts';

/** A term of a sum. `raw` is the exponent that it is encoded with: of a product the sum of its factors', not renormalised. */
export interface Term { readonly name: TermName; readonly value: Exact; readonly raw: number }

/** The exponent of the leading place that the code of a value has, whether that place is a 1 or not. */
export const rawOf = (format: Format, value: Exact): number => (value.kind === 'finite' ? value.exponent + format.fractionBits : 0);

/** Raw exponents of the scales of product k, of both together; undefined where one of them is zero or no number. */
export function scaleExponent({ scales }: DotInput, k: number): number | undefined {
  if (!scales) return 0;
  const pair = [scales.a[k]!, scales.w[k]!].map((bits) => unpack(scales.format, bits));
  return pair.some((scale) => !isFiniteValue(scale) || isZero(scale)) ? undefined : pair.reduce((sum, scale) => sum + rawOf(scales.format, scale), 0);
}

/** Every product, exact, k ascending; of operands that are converted first, raw exponents are those of the converted ones. */
export function productsOf(input: DotInput, daz: 0 | 1 | 2, observe: Observer, operands: FusedRecord['operands'] = 'encoded'): readonly Term[] {
  const { a, aFormat, w, wFormat, scales } = input, isConverted = operands === 'fp16', read = isConverted ? readConverted : readElement;
  return a.map((bits, k) => {
    const factors = [read(aFormat, bits, daz), read(wFormat, w[k]!, daz)], formats = isConverted ? [fp16, fp16] : [aFormat, wFormat];
    if (scales) for (const scale of [scales.a[k]!, scales.w[k]!]) { factors.push(unpack(scales.format, scale)); formats.push(scales.format); }
    const value = factors.reduce(multiply), raw = factors.reduce((sum, factor, i) => sum + rawOf(formats[i]!, factor), 0);
    observe({ kind: 'product', k, a: bits, w: w[k]!, ...(scales ? { scaleA: scales.a[k]!, scaleW: scales.w[k]! } : {}), value, raw });
    return { name: { of: 'product', k }, value, raw };
  });
}

const fp16 = formatByName('fp16');
/** The fp16 number that equals an element: profiles have such kernels for formats that fp16 holds. */
const readConverted = (format: Format, bits: bigint, daz: 0 | 1 | 2): Exact =>
  readElement(fp16, round(fp16, unpack(format, bits), { round: 'rne', isat: false, fsat: false, ftz: 0, nan: quietNan(fp16) }).bits, daz);

/** Whether operands, scales and C are all numbers: an infinite or larger result then is an overflow. */
export function allFinite({ a, aFormat, w, wFormat, c, accumulator, scales }: DotInput): boolean {
  const finite = (format: Format) => (bits: bigint): boolean => isFiniteValue(unpack(format, bits));
  return a.every(finite(aFormat)) && w.every(finite(wFormat)) && finite(accumulator)(c)
    && (!scales || [...scales.a, ...scales.w].every(finite(scales.format)));
}

/** Whether a NaN that came of these is invalid: one of them is a signalling NaN, or none is a NaN and infinities made it. */
export function isMadeInvalid({ a, aFormat, w, wFormat, c, accumulator, scales }: DotInput): boolean {
  const values = [
    ...a.map((bits) => unpack(aFormat, bits)), ...w.map((bits) => unpack(wFormat, bits)), unpack(accumulator, c),
    ...(scales ? [...scales.a, ...scales.w].map((bits) => unpack(scales.format, bits)) : []),
  ];
  return values.some(isInvalid) || !values.some(({ kind }) => kind === 'nan');
}

/** The running value of an accumulator, and all that turns it from step to step. */
export interface Unit {
  readonly accumulator: Format;
  readonly nan: bigint;
  readonly ftz: 0 | 1 | 2;
  readonly observe: Observer;
  /** Terms that lost digits in alignment so far. */
  lost: number;
}
export const unitOf = ({ accumulator }: DotInput, { nan: word }: DotMode, ftz: 0 | 1 | 2, observe: Observer): Unit =>
  ({ accumulator, nan: word, ftz, observe, lost: 0 });

/** The running value as a term of the next sum. */
export const runningTerm = ({ accumulator }: Unit, value: Exact): Term => ({ name: { of: 'c' }, value, raw: rawOf(accumulator, value) });

/** C as the instruction reads it, or +0 where it is added last. */
export const startOf = ({ c, accumulator }: DotInput, joins: boolean, daz: 0 | 1 | 2): Exact => (joins ? readElement(accumulator, c, daz) : plusZero);

/** How a sum becomes an element: of the fraction `keep` bits stay, and every zero is +0 where `zero` is plus. */
export interface Settling { readonly keep?: number | null; readonly zero?: 'plus' | 'ieee' }

/** Rounded once to the accumulator; what overflows is infinite in every direction. */
export function settle(unit: Unit, step: number, what: string, value: Exact, direction: RoundName, { keep = null, zero = 'ieee' }: Settling = {}): Rounded {
  const { accumulator } = unit, how = { round: direction, isat: false, fsat: false, ftz: unit.ftz, nan: unit.nan };
  const spare = keep === null ? 0 : accumulator.fractionBits - keep;
  const narrow = { ...accumulator, fractionBits: accumulator.fractionBits - spare, ignoredLowBits: accumulator.ignoredLowBits + spare };
  const rounded = round(narrow, value, { ...how, observe: unit.observe });
  const result = !rounded.overflow || value.kind !== 'finite' ? rounded : { ...rounded, bits: round(accumulator, infinite(value.negative), how).bits };
  return told(unit, step, what, value, direction, zero === 'plus' && isZero(unpack(accumulator, result.bits)) ? { ...result, bits: 0n } : result);
}

function told({ observe }: Unit, step: number, what: string, value: Exact, direction: RoundName, result: Rounded): Rounded {
  const { bits, inexact, overflow, flushed } = result;
  observe({ kind: 'round', step, what, value, direction, bits, inexact, overflow, flushed });
  return result;
}

/** What specials among the terms make of their sum; undefined where all are finite. They are looked at before anything is aligned. */
export function specialOf(unit: Unit, step: number, terms: readonly Term[]): Exact | undefined {
  const infinities = new Set(terms.flatMap(({ value }) => (value.kind === 'infinite' ? [value.negative] : [])));
  const isNan = infinities.size === 2 || terms.some(({ value }) => value.kind === 'nan');
  if (!isNan && infinities.size === 0) return undefined;
  const value = isNan ? nan : infinite(infinities.has(true));
  unit.observe({ kind: 'special', step, value });
  return value;
}

/** A finite term without its digits below 2^last, in units of that place. */
export function aligned(unit: Unit, step: number, term: Term, last: number, direction: 'rz' | 'rd'): bigint {
  const value = term.value as Finite, shift = last - value.exponent, magnitude = value.significand;
  const isZeroTerm = magnitude === 0n, signed = value.negative ? -magnitude : magnitude;
  let kept = 0n;
  if (!isZeroTerm && shift <= 0) kept = signed << BigInt(-shift);
  else if (!isZeroTerm) kept = direction === 'rd' ? signed >> BigInt(shift) : (value.negative ? -1n : 1n) * (magnitude >> BigInt(shift));
  const lost = !isZeroTerm && shift > 0 && BigInt.asUintN(shift, magnitude) !== 0n;
  if (lost) unit.lost++;
  unit.observe({ kind: 'align', step, term: term.name, value, raw: term.raw, shift: isZeroTerm ? 0 : shift, kept, lost });
  return kept;
}

/** The greatest raw exponent of the terms that are not zero, or undefined. */
export function greatestRaw(terms: readonly Term[]): number | undefined {
  return terms.reduce<number | undefined>((most, { value, raw }) => (isZero(value) || (most !== undefined && most >= raw) ? most : raw), undefined);
}

/** sum x 2^last; zero has the sign that the rule gives it: +0, or that of addends that are all -0. */
export function summed(unit: Unit, step: number, sum: bigint, last: number, zero: 'plus' | 'ieee', terms: readonly Term[]): Exact {
  const isNegative = zero === 'ieee' && terms.every(({ value }) => isZero(value) && (value as Finite).negative);
  const value: Exact = sum === 0n ? { ...plusZero, negative: isNegative } : exactInteger(sum, last);
  unit.observe({ kind: 'sum', step, value });
  return value;
}
