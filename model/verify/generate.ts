//! generate: programs in bulk from seeds: which records, how many, with a random subset of kinds switched off in each.
import type { Profile } from '../machine/profile.ts';
import { mixed, BitStream } from './random.ts';
import { F0, F5, F6, facetFrom, type Knobs, POOLED, type RawRecord, RECORD, unflattened } from './record.ts';
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
  const { weights, sums, knobs } = shop;
  stream.begin(mixed(seed, 1));
  let total = 0;
  for (let kind = 0; kind < weights.length; kind++) {
    const roll = stream.bits() >>> 29;
    if (roll >= 2) total += weights[kind]! * SWARM[roll & 3]!;
    sums[kind] = total;
  }
  const flat = new Uint32Array(RECORD * (1 + ((stream.bits() >>> 0) % Math.max(1, 2 * knobs.records - 1))));
  for (let at = 0; at < flat.length; at += RECORD) {
    flat[at] = total > 0 ? kindAt(sums, (stream.bits() >>> 0) * 2 ** -32 * total) : 0;
    if (stream.bits() >>> 25 < shop.fresh) {
      for (let facet = F0; facet < F5; facet++) flat[at + facet] = facetFrom(stream);
      flat[at + POOLED] = OWN;
    } else {
      const index = (stream.bits() >>> 0) % shop.pooled;
      shop.facets(flat[at]!, index, flat, at + F0);
      flat[at + POOLED] = index;
    }
    flat[at + F5] = facetFrom(stream);
    flat[at + F6] = facetFrom(stream);
  }
  return flat;
}
const SWARM = Float64Array.of(0.5, 1, 2, 4), stream = new BitStream();
/** The first kind whose sum exceeds a number below the last one. */
function kindAt(sums: Float64Array, at: number): number {
  let low = 0, high = sums.length - 1;
  while (low < high) { const middle = (low + high) >> 1; if (sums[middle]! > at) high = middle; else low = middle + 1; }
  return low;
}
