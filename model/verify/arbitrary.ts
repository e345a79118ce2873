//! arbitrary: generated programs as fast-check arbitraries; records go one by one and become simpler, so a failure ends at the fewest that fail.
import fc from 'fast-check';
import type { Profile } from '../machine/profile.ts';
import { mixed } from './random.ts';
import { type Knobs, POOLED, type RawRecord, RECORD, RECORD_FIELDS } from './record.ts';
import { flatOf, flattened, type Resolved, resolveFlat } from './resolve.ts';
import type { Source } from './state.ts';
import { OWN, type Workshop, workshopOf } from './workshop.ts';

/** Raw records: any list of them means a legal program. */
export const records = (most: number): fc.Arbitrary<RawRecord[]> => {
  const facet = fc.oneof(fc.constant(0), fc.nat(4095), fc.nat(0xffff_ffff));
  return fc.array(fc.record({ op: fc.nat(63), f0: facet, f1: facet, f2: facet, f3: facet, f4: facet, f5: facet, f6: facet }), { maxLength: most });
};

/** Legal programs for a profile, those that `generate` makes: the shrinker takes records away and makes the rest simpler. */
export function program(profile: Profile, knobs: Knobs): fc.Arbitrary<Resolved> {
  const shop = workshopOf(profile, knobs);
  // By composition: methods as map and filter come with the prototype.
  return Object.assign(Object.create(fc.Arbitrary.prototype) as fc.Arbitrary<Resolved>, {
    generate(random: fc.Random): fc.Value<Resolved> {
      const seed = random.nextInt(0, 0x7fff_ffff);
      return shrinkable(shop, seed, mixed(seed, 0));
    },
    canShrinkWithoutContext: (value: unknown): value is Resolved => typeof value === 'object' && value !== null && 'records' in value && 'data' in value,
    shrink: (value: Resolved, context: unknown): fc.Stream<fc.Value<Resolved>> => {
      const flat = context instanceof Uint32Array || typeof context === 'number' ? flatOf(shop, context) : flattened(shop, value.records);
      return fc.stream(simpler(shop, flat, value.data));
    },
  });
}
/** The records, or their seed, are the context. */
const shrinkable = (shop: Workshop, source: Source, data: number): fc.Value<Resolved> => new fc.Value(resolveFlat(shop, source, data), source);

/** Programs of fewer records, large groups gone first; then of the same with a part that is simpler. */
function* simpler(shop: Workshop, flat: Uint32Array, data: number): IterableIterator<fc.Value<Resolved>> {
  const count = flat.length / RECORD;
  for (let size = count; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from + size <= count; from += size) {
      const left = new Uint32Array(flat.length - RECORD * size);
      left.set(flat.subarray(0, RECORD * from));
      left.set(flat.subarray(RECORD * (from + size)), RECORD * from);
      yield shrinkable(shop, left, data);
    }
  }
  for (let at = 0; at < flat.length; at += RECORD) {
    for (let field = 1; field <= RECORD_FIELDS.length; field++) {
      const old = flat[at + field]!;
      for (const less of new Set([0, old % 16, old % 4096])) {
        if (less >= old) continue;
        const changed = flat.slice();
        changed[at + field] = less;
        changed[at + POOLED] = field > 5 ? flat[at + POOLED]! : OWN;
        yield shrinkable(shop, changed, data);
      }
    }
  }
}

/** Schedules: choices byte by byte; none is the serial order as far as choices are asked for. */
export const schedule = (most = 400): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: most });
