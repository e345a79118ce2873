//! reduce: sums, extremes and running sums over several elements, in the order that the mode declares.

import { Defect } from '../failure.ts';
import type { ElementMode } from './arithmetic.ts';
import { extreme, isFlushed, write } from './arithmetic.ts';
import type { Exact } from './exact.ts';
import { add, compareZerosSigned, exactInteger, isFiniteValue, isInvalid, multiply, unpackInteger } from './exact.ts';
import type { Format } from './format.ts';
import { formatByName } from './format.ts';
import { type Observe, staged } from './observe.ts';
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
 * One element from one or more of `format`, which are taken one by one, and all of them. Integer sums are exact in 64 bits, wrapping, and meet the destination once. Float sums
 * have fp32 partial sums (nearest even) of elements widened exactly, of squares rounded to fp32; the result is rounded to `to`.
 * Order `exact` rounds only that once, squares included. argmax and argmin give the s32 index of the first extreme, where a NaN is
 * the extreme for `minmax` 0 and is passed over for 1 (index 0 if there is nothing else).
 */
export function reduce(op: ReduceName, format: Format, elements: Iterable<bigint>, to: Format, mode: ReduceMode): Rounded {
  const seen = notable();
  if (op === 'argmax' || op === 'argmin') {
    return write(to, exactInteger(BigInt(indexOfExtreme(op, format, elements, mode, seen))), mode, ...seen.values);
  }
  if (format.kind === 'integer' && (op === 'sum' || op === 'sumsq')) {
    let sum = 0n;
    for (const bits of elements) {
      const value = unpackInteger(format, bits);
      sum = BigInt.asIntN(64, sum + (op === 'sum' ? value : value * value));
      staged(mode.observe, 'partial sum', exactInteger(sum));
    }
    return round(to, exactInteger(sum), mode);
  }
  const fold = op === 'max' || op === 'min' ? extremes(op, mode) : floatSum(op as 'sum' | 'sumsq', mode);
  for (const bits of elements) {
    const value = readElement(format, bits, mode.daz);
    seen.take(value);
    fold.take(value);
  }
  const value = fold.value();
  if (value === undefined) throw new Defect('an empty reduction traps shape');
  return write(to, value, mode, ...seen.values);
}

/** Of the elements read, one of each sort that an event asks for: not finite, signalling, taken by DAZ. */
function notable(): { readonly take: (value: Exact) => void; readonly values: Exact[] } {
  const values: Exact[] = [], sorts = [(value: Exact) => !isFiniteValue(value), isInvalid, isFlushed];
  const take = (value: Exact): void => { if (sorts.some((sort) => sort(value) && !values.some(sort))) values.push(value); };
  return { take, values };
}

/** Takes values one after the other, and says what they come to; undefined where there was none. */
interface Fold { readonly take: (value: Exact) => void; readonly value: () => Exact | undefined }

/**
 * Running sums or maxima along `elements`, ascending; each is what a sequential reduction up to there gives, by the mode of its place. The
 * observer is told of the sums.
 */
export function scan(
  op: 'sum' | 'max', format: Format, elements: readonly bigint[], to: Format, modeAt: (place: number) => ElementMode, observe?: Observe,
): readonly Rounded[] {
  const results: Rounded[] = [];
  let running: Exact | undefined;
  const seen = notable();
  for (const [place, bits] of elements.entries()) {
    const mode = modeAt(place), value = readElement(format, bits, mode.daz);
    seen.take(value);
    running = running === undefined ? value : scanStep(op, format, running, value, mode.minmax, observe);
    results.push(write(to, running, mode, ...seen.values));
  }
  return results;
}

const fp32 = formatByName('fp32');
const s64 = formatByName('s64');

function scanStep(op: 'sum' | 'max', format: Format, running: Exact, value: Exact, minmax: 0 | 1, observe: Observe | undefined): Exact {
  if (op === 'max') return extreme('max', running, value, minmax);
  return format.kind === 'integer' ? staged(observe, 'partial sum', wrapTo64(add(running, value, 'rne'))) : addRounded(running, value, observe);
}

function extremes(op: 'max' | 'min', { minmax }: ReduceMode): Fold {
  let best: Exact | undefined;
  return { take: (value) => { best = best === undefined ? value : extreme(op, best, value, minmax); }, value: () => best };
}

function floatSum(op: 'sum' | 'sumsq', { order, lanes, round: how, observe }: ReduceMode): Fold {
  const join: Join = (a, b) => addRounded(a, b, observe), exactly: Join = (a, b) => staged(observe, 'partial sum', add(a, b, how));
  const inOrder = order === 'exact' ? running(exactly) : order === 'sequential' ? running(join) : order === 'pairs' ? pairs(join) : inLanes(lanes, join);
  if (op === 'sum') return inOrder;
  const square = (value: Exact): Exact => {
    const exact = staged(observe, 'square', multiply(value, value));
    return order === 'exact' ? exact : roundNearest(fp32, exact, observe);
  };
  return { take: (value) => inOrder.take(square(value)), value: inOrder.value };
}

type Join = (a: Exact, b: Exact) => Exact;

function running(join: Join): Fold {
  let sum: Exact | undefined;
  return { take: (value) => { sum = sum === undefined ? value : join(sum, value); }, value: () => sum };
}

/** Partial sum l is that of the terms k = l, l + lanes, l + 2 lanes, ..; lanes without a term have none. They are then added as pairs. */
function inLanes(lanes: number, join: Join): Fold {
  const sums: Exact[] = [];
  let lane = 0;
  return {
    take: (value) => {
      const sum = sums[lane];
      sums[lane] = sum === undefined ? value : join(sum, value);
      lane = (lane + 1) % lanes;
    },
    value: () => {
      const joined = pairs(join);
      sums.forEach(joined.take);
      return joined.value();
    },
  };
}

/** Neighbours are added level by level; an odd last one moves up unchanged. What is kept are the sums of 2^level terms that wait for a neighbour. */
function pairs(join: Join): Fold {
  const waiting: { level: number; sum: Exact }[] = [];
  return {
    take: (value) => {
      let level = 0, sum = value;
      for (let left = waiting.at(-1); left?.level === level; left = waiting.at(-1)) {
        waiting.pop();
        sum = join(left.sum, sum);
        level++;
      }
      waiting.push({ level, sum });
    },
    value: () => waiting.map(({ sum }) => sum).reduceRight<Exact | undefined>((right, left) => (right === undefined ? left : join(left, right)), undefined),
  };
}

function addRounded(a: Exact, b: Exact, observe?: Observe): Exact {
  return roundNearest(fp32, staged(observe, 'partial sum', add(a, b, 'rne')), observe);
}

function wrapTo64(value: Exact): Exact {
  if (value.kind !== 'finite') throw new Defect('an integer sum is finite');
  return exactInteger(unpackInteger(s64, value.negative ? -value.significand : value.significand));
}

function indexOfExtreme(
  op: 'argmax' | 'argmin', format: Format, elements: Iterable<bigint>, { daz, minmax }: ReduceMode, seen: { take: (value: Exact) => void },
): number {
  const better = op === 'argmax' ? 1 : -1;
  let index = 0, best: number | undefined, extremeValue: Exact | undefined, firstNan: number | undefined;
  for (const bits of elements) {
    const value = readElement(format, bits, daz);
    seen.take(value);
    if (value.kind === 'nan') firstNan ??= index;
    else if (extremeValue === undefined || compareZerosSigned(value, extremeValue) === better) { best = index; extremeValue = value; }
    index++;
  }
  if (index === 0) throw new Defect('an empty reduction traps shape');
  return minmax === 0 && firstNan !== undefined ? firstNan : (best ?? 0);
}
