//! laws-equal: the specification, the engine's two builds, its slow lanes and its threads do the same, record by record, on legal programs.
import fc from 'fast-check';
import { test } from 'vitest';
import type { Device } from '../model/device.ts';
import { profile, profileNames } from '../model/machine/profile.ts';
import { digestByRecords } from '../model/digest.ts';
import { program } from '../model/verify/arbitrary.ts';
import { difference, observe } from '../model/verify/compare.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { dotProfile } from './dot-cases.ts';
import { devicesOf, holds, knobs, listing, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

/** Halted, and the same on all devices; `rest` are compared with the first. */
const equalOn = (first: Device, ...rest: readonly Device[]) => ({ program: of }: Resolved): string | undefined => {
  const expected = observe(first, of, { digests: true });
  if (expected.status !== 'halted') return `a legal program ended ${expected.status} at pc ${first.csrRead(0x208)}`;
  return rest.map((device) => difference(expected, observe(device, of, { digests: true }))).find((found) => found !== undefined)?.text;
};

test.each(Object.entries(profiles))('a legal program retires the same records and leaves the same state on every device: %s', (_, of) => {
  const { oracle, simd, scalar, slow, threads } = devicesOf(of);
  for (const [name, count] of [['smoke', 5], ['sync', 2], ['memory', 3], ['numerics', 3]] as const) {
    holds(equalOn(oracle, simd, scalar, slow, threads), of, knobs[name]!, 0, runs(count));
  }
});

const others = profileNames().filter((name) => !(name in profiles));
test.each([...others.map((name) => profile(name)), dotProfile])('nor does a kernel of a profile tell them apart: $name', (of) => {
  const { oracle, simd, scalar, threads } = devicesOf(of);
  holds(equalOn(oracle, simd, scalar), of, knobs['numerics']!, 0, runs(1));
  holds(equalOn(simd, scalar, threads), of, knobs['numerics']!, 100, runs(6));
});

test('so do many more programs on the engine alone', () => {
  for (const name of ['systole-16', 'odd-3x5']) {
    const { simd, scalar, slow, threads } = devicesOf(profiles[name]!);
    for (const kind of ['smoke', 'numerics']) holds(equalOn(simd, scalar, slow, threads), profiles[name]!, knobs[kind]!, 1000, runs(40));
  }
});

test('the digest of a run is that of its records, on every device, whatever the schedule and the budget', () => {
  const of = profiles['odd-3x5']!, { oracle, simd, scalar, slow, threads } = devicesOf(of);
  holds(({ program: one }) => {
    for (const options of [{}, { budget: 20 }, { schedule: randomSchedule(one.image.length), queueDepth: 2 }, { watchdog: 9 }]) {
      const told = [oracle, simd, scalar, slow, threads].flatMap((device) => {
        device.load(one);
        const summed = device.digest(options);
        device.load(one);
        return [summed, digestByRecords(device, options)].map(({ status, records, digest }) => `${status} after ${records}: ${digest}`);
      });
      const other = told.find((text) => text !== told[0]);
      if (other) return `${told.join(', ')} with ${JSON.stringify(options)}`;
    }
    return undefined;
  }, of, knobs['smoke']!, 2000, runs(5));
  const { records, digest, status } = simd.digest({ budget: 0 });
  if (records !== 0 || digest === 0 || status === undefined) throw new Error('a run of no step has no record and the digest of the state');
});

test('so does whatever fast-check makes of raw records', () => {
  const of = profiles['odd-3x5']!, { oracle, simd } = devicesOf(of), law = equalOn(oracle, simd);
  fc.assert(fc.property(program(of, knobs['smoke']!), (resolved) => {
    const found = law(resolved);
    if (found) throw new Error(`${found}\n${listing(resolved)}`);
  }), { numRuns: runs(20), seed: 1 });
});
