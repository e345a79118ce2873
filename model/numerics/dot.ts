//! dot: the dot products of the matrix unit, one accumulator element from K products, by the kernel that a profile names.

import { Defect } from '../failure.ts';
import type { Exact } from './exact.ts';
import { add, exactInteger, isFiniteValue, isInvalid, multiply, plusZero, unpack, unpackInteger } from './exact.ts';
import type { Format } from './format.ts';
import type { Rounded, Rounding } from './round.ts';
import { round } from './round.ts';

/**
 * A kernel as it stands in a profile.
 * integer: the exact sum; with `psumBits` not null the partial sum is two's complement of that width and wraps after every product.
 * chain: one fused multiply-add per product, k ascending, each rounded to the accumulator's format by nearest even (numerics 2,
 * G = 1). `chainStart`: C is what the chain starts from. `lastAdd`: the chain starts from +0 and C is added last, rounded once more.
 */
export type DotRecord =
  | { readonly kind: 'integer'; readonly psumBits: number | null }
  | { readonly kind: 'chain'; readonly join: 'chainStart' | 'lastAdd' };

export interface DotInput {
  readonly a: readonly bigint[];
  readonly aFormat: Format;
  readonly w: readonly bigint[];
  readonly wFormat: Format;
  /** The accumulator's element before: its bits under `add`, 0n under `set`. */
  readonly c: bigint;
  readonly accumulator: Format;
}

/** What mm and mdw capture of a mode: zero points are 0 for floats, isat is for integers; nan is the accumulator's canonical NaN. */
export interface DotMode {
  readonly isat: boolean;
  readonly zpa: number;
  readonly zpb: number;
  readonly nan: bigint;
}

/** The accumulator's element after. a and w have the same length K >= 1. */
export function dot(record: DotRecord, input: DotInput, mode: DotMode): Rounded {
  if (input.a.length !== input.w.length || input.a.length === 0) throw new Defect('a dot product has K >= 1 pairs; others trap shape');
  return record.kind === 'integer' ? integerDot(record.psumBits, input, mode) : chainDot(record.join, input, mode);
}

/** Sum of (a - zpa)(w - zpb), plus C, wrapped or saturated once. */
function integerDot(psumBits: number | null, input: DotInput, mode: DotMode): Rounded {
  const { a, aFormat, w, wFormat, c, accumulator } = input;
  const zpa = BigInt(mode.zpa);
  const zpb = BigInt(mode.zpb);
  let sum = 0n;
  for (const [k, bits] of a.entries()) {
    sum += (unpackInteger(aFormat, bits) - zpa) * (unpackInteger(wFormat, w[k]!) - zpb);
    if (psumBits !== null) sum = BigInt.asIntN(psumBits, sum);
  }
  return round(accumulator, exactInteger(sum + unpackInteger(accumulator, c)), { ...kernelRounding, isat: mode.isat, nan: 0n });
}

/**
 * Subnormals are kept and no direction but nearest even applies, whatever the mode says. The roundings of a chain are inner ones: they
 * are neither inexact nor underflow, as no matrix unit has such flags.
 */
function chainDot(join: 'chainStart' | 'lastAdd', input: DotInput, mode: DotMode): Rounded {
  const { a, aFormat, w, wFormat, accumulator } = input;
  const how: Rounding = { ...kernelRounding, nan: mode.nan };
  const c = unpack(accumulator, input.c);
  let allFinite = isFiniteValue(c);
  let running: Exact = join === 'chainStart' ? c : plusZero;
  let result = round(accumulator, running, how);
  let invalid = isInvalid(c);
  const accumulate = (term: Exact): void => {
    const sum = add(running, term, 'rne');
    invalid ||= isInvalid(sum);
    result = round(accumulator, sum, how);
    running = unpack(accumulator, result.bits);
  };
  for (const [k, bits] of a.entries()) {
    const x = unpack(aFormat, bits);
    const y = unpack(wFormat, w[k]!);
    allFinite &&= isFiniteValue(x) && isFiniteValue(y);
    accumulate(multiply(x, y));
  }
  if (join === 'lastAdd') accumulate(c);
  return { ...result, overflow: allFinite && running.kind === 'infinite', invalid, underflow: false, inexact: false };
}

const kernelRounding = { round: 'rne', isat: false, fsat: false, ftz: 0 } as const;
