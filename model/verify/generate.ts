//! generate: programs in bulk from seeds: which records, how many, with a random subset of kinds switched off in each.
import type { Profile } from '../machine/profile.ts';
import { mixed } from './random.ts';
import { type Knobs, type RawRecord, unflattened } from './record.ts';
import { flatOf, type Resolved, resolveFlat } from './resolve.ts';
import { workshopOf } from './workshop.ts';

/** A legal program from a seed: the same on every machine. */
export function generate(seed: number, profile: Profile, knobs: Knobs): Resolved {
  return resolveFlat(workshopOf(profile, knobs), seed, mixed(seed, 0));
}

/** The records of a seed. Swarm: each program leaves out some kinds of step and weighs the rest wildly. */
export const recordsOf = (seed: number, profile: Profile, knobs: Knobs): readonly RawRecord[] => unflattened(flatOf(workshopOf(profile, knobs), seed));
