//! generate: programs in bulk from seeds: which records, how many, with a random subset of kinds switched off in each.
import type { Profile } from '../machine/profile.ts';
import { mixed, random } from './random.ts';
import { F0, F5, F6, facetOf, type Knobs, POOLED, type RawRecord, RECORD, unflattened } from './record.ts';
import { type Resolved, resolveFlat } from './resolve.ts';
import { OWN, type Workshop, workshopOf } from './workshop.ts';

/** A legal program from a seed: the same on every machine. */
export function generate(seed: number, profile: Profile, knobs: Knobs): Resolved {
  const shop = workshopOf(profile, knobs);
  return resolveFlat(shop, flatRecords(seed, shop), mixed(seed, 0));
}

/** The records of a seed. */
export const recordsOf = (seed: number, profile: Profile, knobs: Knobs): readonly RawRecord[] => unflattened(flatRecords(seed, workshopOf(profile, knobs)));

/** Swarm: each program leaves out some kinds of step and weighs the rest wildly. */
export function flatRecords(seed: number, shop: Workshop): Uint32Array {
  const next = random(mixed(seed, 1)), { weights, sums, knobs } = shop;
  let total = 0;
  for (let kind = 0; kind < weights.length; kind++) {
    const roll = next() >>> 29;
    if (roll >= 2) total += weights[kind]! * SWARM[roll & 3]!;
    sums[kind] = total;
  }
  const flat = new Uint32Array(RECORD * (1 + (next() % Math.max(1, 2 * knobs.records - 1))));
  for (let at = 0; at < flat.length; at += RECORD) {
    flat[at] = total > 0 ? kindAt(sums, next() * 2 ** -32 * total) : 0;
    if (next() >>> 25 < shop.fresh) {
      for (let facet = F0; facet < F5; facet++) flat[at + facet] = facetOf(next);
      flat[at + POOLED] = OWN;
    } else {
      const index = next() % shop.pooled;
      shop.facets(flat[at]!, index, flat, at + F0);
      flat[at + POOLED] = index;
    }
    flat[at + F5] = facetOf(next);
    flat[at + F6] = facetOf(next);
  }
  return flat;
}
const SWARM = [0.5, 1, 2, 4];
/** The first kind whose sum exceeds a number below the last one. */
function kindAt(sums: Float64Array, at: number): number {
  let low = 0, high = sums.length - 1;
  while (low < high) { const middle = (low + high) >> 1; if (sums[middle]! > at) high = middle; else low = middle + 1; }
  return low;
}
