//! inputs: operands of dot products that tell kernels apart: few rows of each type, on which any two presets that differ do differ, and corners.
import type { Format } from '../numerics/format.ts';
import { formatByName } from '../numerics/format.ts';
import { mixed, random } from '../verify/random.ts';
import { type Candidate, candidatesOf, wordOf } from './candidates.ts';
import { corners } from './corners.ts';
import type { ProbeRow, ProbeType } from './types-of-units.ts';

/** Rows wanted on which two candidates differ, and how many are drawn to find them. */
const ENOUGH = 4, DRAWN = 240;
/** Rows of a type, corners apart: how many there are unless more are asked for, and how many may be. */
export const ROWS_LEAST = 24, ROWS_MOST = DRAWN;

/** The same rows in every version that has the same presets; every pair of candidates that the drawn rows part is parted by ENOUGH of them. */
export const probeRows = (type: ProbeType, least = ROWS_LEAST): readonly ProbeRow[] => [...parting(type, least), ...corners(type)];

function parting(type: ProbeType, least: number): readonly ProbeRow[] {
  const candidates = candidatesOf(type), pool = Array.from({ length: DRAWN }, (_, index) => drawn(type, index));
  const words = pool.map((row) => candidates.map((candidate) => wordOf(candidate, type, row)));
  const missing = new Map<string, number>(), pairs = pairsOf(candidates);
  for (const [i, j] of pairs) missing.set(`${i},${j}`, ENOUGH);
  const kept: ProbeRow[] = [], gain = (index: number): number =>
    pairs.reduce((sum, [i, j]) => sum + (words[index]![i] !== words[index]![j] && missing.get(`${i},${j}`)! > 0 ? 1 : 0), 0);
  const left = new Set(pool.keys());
  for (;;) {
    let best = -1, most = 0;
    for (const index of left) { const now = gain(index); if (now > most) { most = now; best = index; } }
    if (best < 0) return [...kept, ...[...left].slice(0, Math.max(0, least - kept.length)).map((index) => pool[index]!)];
    left.delete(best);
    kept.push(pool[best]!);
    for (const [i, j] of pairs) if (words[best]![i] !== words[best]![j]) missing.set(`${i},${j}`, missing.get(`${i},${j}`)! - 1);
  }
}

const pairsOf = (candidates: readonly Candidate[]): (readonly [number, number])[] =>
  candidates.flatMap((_, i) => candidates.slice(i + 1).map((_one, j) => [i, i + 1 + j] as const));

/** One row of one of the families: near 1, spread far, a great pair that cancels, mostly zeros, a great or small C, subnormals, powers of two. */
function drawn(type: ProbeType, index: number): ProbeRow {
  const { depth, name } = type, next = random(mixed(nameSeed(name), index)), family = index % 8;
  const left = formatByName(type.a), right = formatByName(type.b), acc = formatByName(type.accumulator);
  if (family === 5) return least(type, next);
  const spread = [2, 12, 4, 6, 8, 3, 20, 9][family]!, zeros = family === 3 ? 60 : family === 6 ? 20 : 5;
  const elements = (format: Format): bigint[] => Array.from({ length: depth }, () => (next() % 100 < zeros ? 0n : number(format, spread, family === 6, next)));
  const a = elements(left), b = elements(right);
  if (family === 2 || family === 7) {
    const i = next() % depth, j = (i + 1 + (next() % (depth - 1))) % depth, sign = 1n << BigInt(left.valueBits - 1);
    [a[i], b[i]] = [number(left, 0, false, next, 9), number(right, 0, false, next, 9)];
    [a[j], b[j]] = [a[i]! ^ sign, b[i]!];
  }
  const c = [0n, number(acc, spread, false, next), number(acc, 0, false, next, 10), number(acc, 0, false, next, -10), 0n][next() % 5]!;
  return { a, b, c };
}

/** A subnormal among the factors, times a great number, or products that are subnormal themselves; C is zero or subnormal. */
function least(type: ProbeType, next: () => number): ProbeRow {
  const { depth } = type, left = formatByName(type.a), right = formatByName(type.b), acc = formatByName(type.accumulator);
  const far = right.bias - 8, isPair = next() % 2 === 0, down = isPair ? 0 : -(acc.bias >> 1) - 2;
  const a = Array.from({ length: depth }, () => (isPair && next() % 2 === 0 ? subnormal(left, next) : number(left, 2, false, next, down)));
  const b = Array.from({ length: depth }, () => number(right, 2, false, next, isPair ? far : down));
  return { a, b, c: next() % 2 === 0 ? 0n : subnormal(acc, next) };
}

const nameSeed = (name: string): number => [...name].reduce((seed, letter) => mixed(seed, letter.charCodeAt(0)), 1);

/** A normal number within 2^-spread .. 2^spread of 2^middle, as far as the format has such. */
function number(format: Format, spread: number, isPower: boolean, next: () => number, middle = 0): bigint {
  const { exponentBits, fractionBits, bias, valueBits, ignoredLowBits } = format, most = 2 ** exponentBits - 2;
  const exponent = Math.min(most, Math.max(1, bias + middle + (spread === 0 ? 0 : (next() % (2 * spread + 1)) - spread)));
  const fraction = isPower ? 0n : BigInt(next()) & ((1n << BigInt(fractionBits)) - 1n), sign = BigInt(next() & 1) << BigInt(valueBits - 1);
  return sign | (((BigInt(exponent) << BigInt(fractionBits)) | fraction) << BigInt(ignoredLowBits));
}

function subnormal({ fractionBits, valueBits, ignoredLowBits }: Format, next: () => number): bigint {
  const fraction = BigInt(next()) & ((1n << BigInt(fractionBits)) - 1n);
  return (BigInt(next() & 1) << BigInt(valueBits - 1)) | (fraction << BigInt(ignoredLowBits));
}
