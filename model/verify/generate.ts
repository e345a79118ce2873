//! generate: programs in bulk from seeds: which records, how many, with a random subset of kinds switched off in each.
import type { Profile } from '../machine/profile.ts';
import { mixed } from './random.ts';
import { type Knobs, type RawRecord, unflattened } from './record.ts';
import { type Resolved, resolveFlat } from './resolve.ts';
import { type Workshop, workshopOf } from './workshop.ts';

/** A legal program from a seed: the same on every machine. */
export function generate(seed: number, profile: Profile, knobs: Knobs): Resolved {
  const shop = workshopOf(profile, knobs);
  return resolveFlat(shop, flatRecords(seed, shop), mixed(seed, 0));
}

/** The records of a seed. */
export const recordsOf = (seed: number, profile: Profile, knobs: Knobs): readonly RawRecord[] => unflattened(flatRecords(seed, workshopOf(profile, knobs)));

/** Swarm: each program leaves out some kinds of step and weighs the rest wildly. */
export function flatRecords(seed: number, { state, state: { kernel } }: Workshop): Uint32Array {
  const from = kernel.at.RECORDS / 4, end = from + kernel.calls.draw(mixed(seed, 1));
  state.records = new Uint32Array(kernel.words.subarray(from, end));
  return state.records;
}
