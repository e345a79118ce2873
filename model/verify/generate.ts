//! generate: programs in bulk from seeds: which records, how many, with a random subset of kinds switched off in each.
import type { Profile } from '../machine/profile.ts';
import { mixed, type Random, random } from './random.ts';
import type { Knobs, RawRecord } from './record.ts';
import { type Resolved, resolve, runnable } from './resolve.ts';

/** A legal program from a seed: the same on every machine. */
export const generate = (seed: number, profile: Profile, knobs: Knobs): Resolved =>
  resolve(recordsOf(seed, profile, knobs), profile, knobs, mixed(seed, 0));

/** The records of a seed. Swarm: each program leaves out some kinds of step and weighs the rest wildly. */
export function recordsOf(seed: number, profile: Profile, knobs: Knobs): readonly RawRecord[] {
  const next = random(mixed(seed, 1)), kinds = runnable(profile);
  const weights = kinds.map(({ mnemonic, unit }) => {
    const knob = knobs.weights[mnemonic] ?? knobs.weights[String(unit)] ?? 1, base = unit === 0 ? 1 : unit === 'agent' ? 0.5 : 3;
    const roll = next() % 8;
    return roll < 2 ? 0 : knob * base * 2 ** ((roll % 4) - 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0), count = 1 + (next() % Math.max(1, 2 * knobs.records - 1));
  return Array.from({ length: count }, () => {
    let at = (next() / 2 ** 32) * total, op = 0;
    while (op < weights.length - 1 && at >= weights[op]!) at -= weights[op++]!;
    return { op: total > 0 ? op : 0, f0: facet(next), f1: facet(next), f2: facet(next), f3: facet(next), f4: facet(next), f5: facet(next), f6: facet(next) };
  });
}

/** 0, a small natural, or a seed of its own: in a quarter of all cases a part is as simple as can be. */
function facet(next: Random): number {
  const roll = next() % 8;
  return roll < 2 ? 0 : roll < 4 ? next() % 4096 : next();
}
