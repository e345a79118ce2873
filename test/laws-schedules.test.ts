//! laws-schedules: no schedule, no queue depth and no snapshot on the way changes what a race-free program leaves.
import { expect, test } from 'vitest';
import type { Device, RunOptions } from '../model/device.ts';
import { type Difference, difference, finalDifference, type Observed, observe, observeRun } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { generateIllegal } from '../model/verify/illegal.ts';
import { mixed } from '../model/verify/random.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { everySchedule, randomSchedule } from '../model/verify/schedules.ts';
import { devicesOf, holds, knobs, listing, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

const first = (found: readonly (string | Difference | undefined)[]): string | undefined => {
  const one = found.find((any) => any !== undefined);
  return typeof one === 'object' ? one.text : one;
};

test.each(['systole-16', 'odd-3x5', 'tpu1-like'])('any schedule at depths 1, 3 and 16 gives the bits of the serial run, and the same trace on each device: %s', (name) => {
  const of = profiles[name]!, { oracle, simd, scalar } = devicesOf(of);
  const law = ({ program }: Resolved, seed: number): string | undefined => {
    const serial = observe(simd, program);
    return first([1, 3, 16].map((queueDepth) => {
      const options = { schedule: randomSchedule(mixed(seed, queueDepth)), queueDepth, digests: true }, run = observe(simd, program, options);
      return finalDifference(serial, run) ?? difference(run, observe(scalar, program, options)) ?? (queueDepth === 3 ? difference(observe(oracle, program, options), run) : undefined);
    }));
  };
  for (const [kind, count] of [['sync', 3], ['smoke', 3], ['memory', 2]] as const) holds(law, of, knobs[kind]!, 200, runs(count));
});

test('a trap is the same under every schedule, with the same bits around it', () => {
  const of = profiles['systole-16']!, { oracle, simd } = devicesOf(of);
  for (let seed = 0; seed < runs(15); seed++) {
    const broken = generateIllegal(seed, of, { ...knobs['illegal']!, records: 12 });
    if (broken.expected.status !== 'trapped' || broken.expected.trap >= 0x20) continue;
    const serial = observe(simd, broken.program), options = { schedule: randomSchedule(seed), queueDepth: 1 + (seed % 5) };
    const run = observe(simd, broken.program, options), found = finalDifference(serial, run) ?? difference(observe(oracle, broken.program, options), run);
    expect(found && `${broken.expected.breaks}: ${found}\n${listing(broken)}`).toBeUndefined();
  }
});

test('every schedule of a small program gives the same bits', () => {
  const of = profiles['odd-3x5']!, { oracle, simd } = devicesOf(of), small = { ...knobs['sync']!, name: 'sync', records: 3, elements: 4, weights: { ...knobs['sync']!.weights, mesh: 0, doubleBuffer: 0, hazard: 0, reset: 0 } };
  let whole = 0, scheduled = 0;
  for (let seed = 0; seed < runs(8); seed++) {
    const resolved = generate(seed, of, small), serial = observe(simd, resolved.program);
    let found: string | undefined;
    const all = everySchedule(simd, resolved.program, 2, 250, (run) => { scheduled++; found ??= finalDifference(serial, run)?.text; });
    if (all) whole++;
    expect(found && `${found}\n${listing(resolved)}`).toBeUndefined();
    const options = { schedule: Uint8Array.from({ length: 64 }, () => 255), queueDepth: 2 };
    expect(difference(observe(oracle, resolved.program, options), observe(simd, resolved.program, options))).toBeUndefined();
  }
  expect(whole).toBeGreaterThan(runs(3));
  expect(scheduled).toBeGreaterThan(runs(250));
});

/** Run up to a budget on one device, carry the snapshot to another, and run the rest there. */
function resumed(from: Device, to: Device, { program }: Resolved, options: RunOptions, budget: number, whole: Observed): string | undefined {
  from.load(program);
  const cut = from.execute({ ...options, budget }), snapshot = from.snapshot();
  to.reset();
  to.restore(snapshot);
  if (Buffer.compare(Buffer.from(to.snapshot()), Buffer.from(snapshot)) !== 0) return `${to.name} does not give back the snapshot of ${from.name}`;
  const { schedule, ...others } = options, rest = observeRun(to, schedule ? { ...others, schedule: schedule.subarray(cut.options.length) } : others);
  const found = finalDifference(whole, rest);
  return found && `cut after ${budget} steps: ${found}`;
}

test('a snapshot anywhere, resumed on the same or another device, gives the same end', () => {
  for (const name of ['systole-16', 'odd-3x5', 'gemmini-like']) {
    const of = profiles[name]!, { oracle, simd, scalar } = devicesOf(of);
    holds((resolved, seed) => {
      const options = { digests: true, ...(seed % 2 ? { schedule: randomSchedule(seed), queueDepth: 4 } : {}) }, whole = observe(simd, resolved.program, options);
      const cuts = [0, 1, whole.steps - 1, ...Array.from({ length: 4 }, (_, i) => mixed(seed, i) % (whole.steps + 1))];
      return first(cuts.map((cut) => resumed(simd, scalar, resolved, options, cut, whole)))
        ?? resumed(simd, oracle, resolved, options, cuts[3]!, whole) ?? resumed(oracle, simd, resolved, options, cuts[4]!, whole);
    }, of, knobs['smoke']!, 300, runs(4));
  }
});

test('every budget of a small program is a place to stop', () => {
  const of = profiles['odd-3x5']!, { simd, scalar } = devicesOf(of);
  holds((resolved, seed) => {
    const options = seed % 2 ? { schedule: randomSchedule(seed), queueDepth: 2 } : {}, whole = observe(simd, resolved.program, options);
    return first(Array.from({ length: Math.min(120, whole.steps) }, (_, cut) => resumed(scalar, simd, resolved, options, cut, whole)));
  }, of, { ...knobs['sync']!, records: 4, elements: 6 }, 400, runs(4));
});
