//! reduce: sums, extremes and running sums over several elements, in the order that the mode declares.

import { Defect } from '../failure.ts';
import type { ElementMode } from './arithmetic.ts';
import { extreme, write } from './arithmetic.ts';
import type { Exact } from './exact.ts';
import { add, compareZerosSigned, exactInteger, isFiniteValue, multiply, unpackInteger } from './exact.ts';
import type { Format } from './format.ts';
import { formatByName } from './format.ts';
import type { Rounded } from './round.ts';
import { readElement, round, roundNearest } from './round.ts';

/** Orders of float sums, in the order of their codes in a mode. */
export const orderNames = ['sequential', 'pairs', 'lanes', 'exact'] as const;
export type OrderName = (typeof orderNames)[number];

export const reduceNames = ['sum', 'sumsq', 'max', 'min', 'argmax', 'argmin'] as const;
export type ReduceName = (typeof reduceNames)[number];

/** `lanes` is the profile's vector lane count, used by the order of that name. */
export interface ReduceMode extends ElementMode {
  readonly order: OrderName;
  readonly lanes: number;
}

/**
 * One element from one or more of `format`. Integer sums are exact in 64 bits, wrapping, and meet the destination once. Float sums
 * have fp32 partial sums (nearest even) of elements widened exactly, of squares rounded to fp32; the result is rounded to `to`.
 * Order `exact` rounds only that once, squares included. argmax and argmin give the s32 index of the first extreme, where a NaN is
 * the extreme for `minmax` 0 and is passed over for 1 (index 0 if there is nothing else).
 */
export function reduce(op: ReduceName, format: Format, elements: readonly bigint[], to: Format, mode: ReduceMode): Rounded {
  if (elements.length === 0) throw new Defect('an empty reduction traps shape');
  const values = elements.map((bits) => readElement(format, bits, mode.daz));
  switch (op) {
    case 'max':
    case 'min': return write(to, values.reduce((best, value) => extreme(op, best, value, mode.minmax)), mode, ...values);
    case 'argmax':
    case 'argmin': return round(to, exactInteger(BigInt(indexOfExtreme(op, values, mode.minmax))), mode);
    case 'sum':
    case 'sumsq': {
      if (format.kind === 'integer') {
        const terms = elements.map((bits) => unpackInteger(format, bits)).map((value) => (op === 'sum' ? value : value * value));
        return round(to, exactInteger(terms.reduce((sum, term) => BigInt.asIntN(64, sum + term), 0n)), mode);
      }
      return write(to, floatSum(op, values, mode), mode, ...values);
    }
  }
}

/** Running sums or maxima along `elements`, ascending; each is what a sequential reduction up to there gives. */
export function scan(op: 'sum' | 'max', format: Format, elements: readonly bigint[], to: Format, mode: ElementMode): readonly Rounded[] {
  const results: Rounded[] = [];
  let running: Exact | undefined;
  let notFinite: Exact | undefined;
  for (const bits of elements) {
    const value = readElement(format, bits, mode.daz);
    if (!isFiniteValue(value)) notFinite = value;
    running = running === undefined ? value : scanStep(op, format, running, value, mode.minmax);
    results.push(write(to, running, mode, notFinite ?? value));
  }
  return results;
}

const fp32 = formatByName('fp32');
const s64 = formatByName('s64');

function scanStep(op: 'sum' | 'max', format: Format, running: Exact, value: Exact, minmax: 0 | 1): Exact {
  if (op === 'max') return extreme('max', running, value, minmax);
  return format.kind === 'integer' ? wrapTo64(add(running, value, 'rne')) : addRounded(running, value);
}

function floatSum(op: 'sum' | 'sumsq', values: readonly Exact[], mode: ReduceMode): Exact {
  if (mode.order === 'exact') {
    const terms = op === 'sum' ? values : values.map((value) => multiply(value, value));
    return terms.reduce((sum, term) => add(sum, term, mode.round));
  }
  const terms = op === 'sum' ? values : values.map((value) => roundNearest(fp32, multiply(value, value)));
  if (mode.order === 'sequential') return terms.reduce(addRounded);
  return sumOfPairs(mode.order === 'pairs' ? terms : laneSums(terms, mode.lanes));
}

/** Partial sum l is that of the terms k = l, l + lanes, l + 2 lanes, ..; lanes without a term have none. */
function laneSums(terms: readonly Exact[], lanes: number): readonly Exact[] {
  return terms.slice(0, lanes).map((_, lane) => terms.filter((_, k) => k % lanes === lane).reduce(addRounded));
}

/** Neighbours are added level by level; an odd last one moves up unchanged. */
function sumOfPairs(terms: readonly Exact[]): Exact {
  let level = terms;
  while (level.length > 1) {
    level = level.flatMap((left, k) => {
      if (k % 2 === 1) return [];
      const right = level[k + 1];
      return [right === undefined ? left : addRounded(left, right)];
    });
  }
  return level[0]!;
}

function addRounded(a: Exact, b: Exact): Exact {
  return roundNearest(fp32, add(a, b, 'rne'));
}

function wrapTo64(value: Exact): Exact {
  if (value.kind !== 'finite') throw new Defect('an integer sum is finite');
  return exactInteger(unpackInteger(s64, value.negative ? -value.significand : value.significand));
}

function indexOfExtreme(op: 'argmax' | 'argmin', values: readonly Exact[], minmax: 0 | 1): number {
  const firstNan = values.findIndex((value) => value.kind === 'nan');
  if (minmax === 0 && firstNan >= 0) return firstNan;
  const better = op === 'argmax' ? 1 : -1;
  let best = -1;
  for (const [index, value] of values.entries()) {
    if (value.kind === 'nan') continue;
    if (best < 0 || compareZerosSigned(value, values[best]!) === better) best = index;
  }
  return Math.max(best, 0);
}
