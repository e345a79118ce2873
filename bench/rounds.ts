//! rounds: the contenders of one work take turns in short slices; figures are medians over rounds, ratios those of one round.
import { setImmediate } from 'node:timers/promises';

/** One of those that are measured beside each other. `sample` gives a speed (units of work a second), or an amount where a row says so. */
export interface Contender {
  readonly name: string;
  readonly unit: string;
  readonly sample: () => number | Promise<number>;
}
/** A contender that this machine cannot have. */
export interface Absent {
  readonly name: string;
  readonly why: string;
}
export type Samples = ReadonlyMap<string, readonly number[]>;

/** How a figure comes from the samples of one round. */
export type Formed =
  | { readonly ratio: readonly [of: string, to: string] }
  | { readonly rate: string; readonly per: number }
  | { readonly excess: readonly [of: string, over: string] };
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Processor time of a slice: short against the seconds in which the clock of a shared machine wanders, long against one repetition. */
export const SLICE_NS = 25e6;

/** Samples by contender. The order turns round from one round to the next, so that a clock that drifts one way favours nobody. */
export async function rounds(contenders: readonly Contender[], count: number): Promise<Samples> {
  const samples = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < count; round++) {
    for (const { name, sample } of round % 2 ? [...contenders].reverse() : contenders) {
      // Signals are heard here; most samples hold the process.
      await setImmediate();
      samples.get(name)!.push(await sample());
    }
  }
  return samples;
}

/** Undefined where a contender is absent, or what comes of its samples is no number. */
export function figure(formed: Formed, samples: Samples): Spread | undefined {
  const [of, beside] = contendersOf(formed).map((name) => samples.get(name));
  if (!of || (!('rate' in formed) && !beside)) return undefined;
  const values = of.map((value, round) => {
    if ('rate' in formed) return value / formed.per;
    return 'ratio' in formed ? value / beside![round]! : value - beside![round]!;
  });
  return values.every(Number.isFinite) ? spread(values) : undefined;
}

export function contendersOf(formed: Formed): readonly string[] {
  return 'rate' in formed ? [formed.rate] : 'ratio' in formed ? formed.ratio : formed.excess;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, low: sorted[0]!, high: sorted.at(-1)! };
}

/**
 * Units a second by the median repetition of a slice, of three at least; `act` gives the nanoseconds of one. Not by the typical: of short
 * repetitions more are lucky than of long ones.
 */
export function typical(unitCount: number, act: () => number): number {
  const took: number[] = [];
  for (let spent = 0; took.length < 3 || spent < SLICE_NS; spent += took.at(-1)!) took.push(act());
  return (unitCount / spread(took).median) * 1e9;
}

/** Nanoseconds of processor time that an act takes, all threads: what else runs on the machine does not add to it. */
export function processorTime(act: () => void): number {
  const from = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) * 1000;
}
