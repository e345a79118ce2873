//! dot: the dot products of the matrix unit, one accumulator element from K products, by the kernel that a profile names.

import { Defect } from '../failure.ts';
import type { DotRecord } from './dot-record.ts';
import type { Exact } from './exact.ts';
import { add, exactInteger, isFiniteValue, multiply, plusZero, unpack, unpackInteger } from './exact.ts';
import type { Format } from './format.ts';
import type { Rounded, Rounding } from './round.ts';
import { round } from './round.ts';

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
  if (record.kind !== 'integer' && record.kind !== 'chain') throw new Defect(`no kernel ${record.kind}`);
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

/** Subnormals are kept and no direction but nearest even applies, whatever the mode says. */
function chainDot(join: 'chainStart' | 'lastAdd', input: DotInput, mode: DotMode): Rounded {
  const { a, aFormat, w, wFormat, accumulator } = input;
  const how: Rounding = { ...kernelRounding, nan: mode.nan };
  const c = unpack(accumulator, input.c);
  let allFinite = isFiniteValue(c);
  let running: Exact = join === 'chainStart' ? c : plusZero;
  let result = round(accumulator, running, how);
  const accumulate = (term: Exact): void => {
    result = round(accumulator, add(running, term, 'rne'), how);
    running = unpack(accumulator, result.bits);
  };
  for (const [k, bits] of a.entries()) {
    const x = unpack(aFormat, bits);
    const y = unpack(wFormat, w[k]!);
    allFinite &&= isFiniteValue(x) && isFiniteValue(y);
    accumulate(multiply(x, y));
  }
  if (join === 'lastAdd') accumulate(c);
  return { ...result, overflow: allFinite && running.kind === 'infinite' };
}

const kernelRounding = { round: 'rne', isat: false, fsat: false, ftz: 0 } as const;
