//! function-table: special functions as hardware has them: an argument reduced to an integer, one table, one straight line between two entries.
import { bitLength, type Between, type Exact, type Finite, infinite, invalidNan, plusZero } from './exact.ts';
import { type FunctionName, specialFunction } from './functions.ts';

/**
 * How an argument becomes a place in the table, and an entry becomes the result; x = (-1)^s m 2^(e-23), m of 24 bits, E entries:
 * power       t = floor(x multiplier), its fraction is the place; 2^(whole part of t) times the entry
 * reciprocal  the fraction of m is the place; 2^-e times the entry
 * root        the parity of e, then the fraction of m; 2^floor(e/2) times the entry
 * inverseRoot the same place; 2^-floor(e/2) times the entry
 * logarithm   the fraction of m; e plus the entry, times the multiplier
 * even        |x| below 2^rangeBits; x times the entry
 * factor      x + 2^rangeBits, x from -2^rangeBits; x times the entry
 * value       the same place; the entry
 */
export const methodNames = ['power', 'reciprocal', 'root', 'inverseRoot', 'logarithm', 'even', 'factor', 'value'] as const;
export type MethodName = (typeof methodNames)[number];
export const interpolationNames = ['truncate', 'round'] as const;

/** Methods that a function may have, by name; sin and cos, of unbounded arguments, have none. */
export const methodsOf = {
  recip: ['reciprocal'], sqrt: ['root'], rsqrt: ['inverseRoot'], exp: ['power'], exp2: ['power'], log: ['logarithm'], log2: ['logarithm'],
  tanh: ['even', 'factor'], sigmoid: ['value'], erf: ['even', 'factor'], gelu: ['factor'], gelu_tanh: ['factor'], silu: ['factor'], softplus: ['value'],
} as const satisfies Partial<Record<FunctionName, readonly MethodName[]>>;
export type TableName = keyof typeof methodsOf;
export const tableNames = Object.keys(methodsOf) as readonly TableName[];

/** One function of a profile at level 1. Entries are unsigned integers times 2^-scaleBits. */
export interface FunctionTable {
  readonly method: MethodName;
  /** Place bits: the entry's index above, the way to the next entry below. */
  readonly indexBits: number;
  readonly interpolationBits: number;
  /** Product of slope and way: digits below an entry's last are dropped, or rounded half up. */
  readonly interpolation: (typeof interpolationNames)[number];
  readonly scaleBits: number;
  /** power: |x| counts as 2^rangeBits at most; even, factor and value: from there on the function is its limit, or x. Else 0. */
  readonly rangeBits: number;
  /** power and logarithm: a factor times 2^-multiplierBits. Else 0. */
  readonly multiplier: bigint;
  readonly multiplierBits: number;
  /** 2^indexBits + 1 of them, the end point included. */
  readonly entries: readonly number[];
}

/** Bits of a significand, and of what is behind its leading one. */
const SIGNIFICAND = 24, FRACTION = 23;

/** f(x) by its table. What is no number other than 0, and what f has no result for, is as at level 0. */
export function tableFunction(name: FunctionName, table: FunctionTable, x: Exact): Exact | Between {
  if (x.kind !== 'finite' || x.significand === 0n) return specialFunction(name, x);
  const up = SIGNIFICAND - bitLength(x.significand), m = x.significand << BigInt(up), e = x.exponent - up + FRACTION;
  const { method, rangeBits, scaleBits } = table;
  switch (method) {
    case 'power': return powerOf(table, e >= rangeBits ? 1n << BigInt(FRACTION) : m, Math.min(e, rangeBits), x.negative);
    case 'reciprocal': return scaled(entryAt(table, placeOf(table, m, 0)), -e - scaleBits, x.negative);
    case 'root': return x.negative ? invalidNan : scaled(entryAt(table, placeOf(table, m, e)), (e >> 1) - scaleBits);
    case 'inverseRoot': return x.negative ? invalidNan : scaled(entryAt(table, placeOf(table, m, e)), -(e >> 1) - scaleBits);
    case 'logarithm': return x.negative ? invalidNan : logarithmOf(table, m, e);
    default: return e >= rangeBits ? beyond(name, x) : within(table, m, e, x.negative);
  }
}

/** The straight line between two entries. */
export function entryAt({ indexBits, interpolationBits, interpolation, entries }: FunctionTable, place: bigint): bigint {
  const index = Number(BigInt.asUintN(indexBits, place >> BigInt(interpolationBits))), way = BigInt.asUintN(interpolationBits, place);
  const from = BigInt(entries[index]!), half = interpolation === 'round' ? (1n << BigInt(interpolationBits)) >> 1n : 0n;
  return from + (((BigInt(entries[index + 1]!) - from) * way + half) >> BigInt(interpolationBits));
}

const placeBits = ({ indexBits, interpolationBits }: FunctionTable): number => indexBits + interpolationBits;
const shifted = (value: bigint, left: number): bigint => (left >= 0 ? value << BigInt(left) : value >> BigInt(-left));
const scaled = (value: bigint, exponent: number, negative = false): Finite => (
  value === 0n ? { ...plusZero, negative } : { kind: 'finite', negative, significand: value, exponent });

/** The first bits of the fraction of m, behind the parity of e where the function halves e. */
function placeOf(table: FunctionTable, m: bigint, e: number): bigint {
  const halves = table.method === 'root' || table.method === 'inverseRoot', fraction = BigInt.asUintN(FRACTION, m);
  const parity = halves && (e & 1) === 1 ? 1n << BigInt(FRACTION) : 0n;
  return (fraction | parity) >> BigInt(FRACTION + (halves ? 1 : 0) - placeBits(table));
}

function powerOf(table: FunctionTable, m: bigint, e: number, negative: boolean): Finite {
  const product = m * table.multiplier, places = placeBits(table);
  const t = shifted(negative ? -product : product, e - FRACTION - table.multiplierBits + places);
  return scaled(entryAt(table, BigInt.asUintN(places, t)), Number(t >> BigInt(places)) - table.scaleBits);
}

function logarithmOf(table: FunctionTable, m: bigint, e: number): Finite {
  const { scaleBits, multiplier, multiplierBits } = table;
  const sum = (BigInt(e) << BigInt(scaleBits)) + entryAt(table, placeOf(table, m, 0)), value = sum * multiplier;
  return value < 0n ? scaled(-value, -scaleBits - multiplierBits, true) : scaled(value, -scaleBits - multiplierBits);
}

/** Out of the table: what the infinity of that sign gives, and x itself where that is infinite. */
function beyond(name: FunctionName, x: Finite): Exact | Between {
  const limit = specialFunction(name, infinite(x.negative));
  return limit.kind === 'infinite' ? x : limit;
}

function within(table: FunctionTable, m: bigint, e: number, negative: boolean): Finite {
  const { method, rangeBits, scaleBits } = table, places = placeBits(table), toPlace = e - FRACTION + places - rangeBits;
  const place = method === 'even' ? shifted(m, toPlace) : shifted(negative ? -m : m, toPlace - 1) + (1n << BigInt(places - 1));
  const entry = entryAt(table, place);
  return method === 'value' ? scaled(entry, -scaleBits) : scaled(m * entry, e - FRACTION - scaleBits, negative);
}
