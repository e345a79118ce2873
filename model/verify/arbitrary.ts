//! arbitrary: generated programs as fast-check arbitraries; records shrink one by one, so a failure ends at the fewest that fail.
import fc from 'fast-check';
import type { Profile } from '../machine/profile.ts';
import type { Knobs, RawRecord } from './record.ts';
import { type Resolved, resolve } from './resolve.ts';

/** Raw records: any list of them means a legal program. */
export const records = (most: number): fc.Arbitrary<RawRecord[]> => {
  const facet = fc.oneof(fc.constant(0), fc.nat(4095), fc.nat(0xffff_ffff));
  return fc.array(fc.record({ op: fc.nat(63), f0: facet, f1: facet, f2: facet, f3: facet, f4: facet, f5: facet, f6: facet }), { maxLength: most });
};

/** Legal programs for a profile. */
export const program = (profile: Profile, knobs: Knobs): fc.Arbitrary<Resolved> =>
  fc.tuple(records(2 * knobs.records), fc.nat()).map(([list, data]) => resolve(list, profile, knobs, data));

/** Schedules: choices byte by byte; none is the serial order as far as choices are asked for. */
export const schedule = (most = 400): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: most });
