//! laws-regressions: every program that once failed, on every device, serially and under schedules: golden/regressions/.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Program } from '../model/device.ts';
import { unpackSnapshot } from '../model/snapshot.ts';
import { readCase } from '../model/verify/case.ts';
import { digestOf } from '../model/verify/digest.ts';
import { failureOf, judgeBy, observeTrial } from '../model/verify/trial.ts';
import { difference, finalDifference, observe, observeRun } from '../model/verify/compare.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { devicesOf, profiles, unwatched } from './laws-harness.ts';

const folder = join(import.meta.dirname, '..', 'golden', 'regressions'), files = readdirSync(folder).sort();

/** A text says its profile in a comment of its own: `; profile: NAME`. */
function read(name: string): { readonly program: Program; readonly profile: string } {
  const text = readFileSync(join(folder, name), 'utf8');
  const of = /^; profile: (\S+)$/m.exec(text)?.[1] ?? 'systole-16';
  return { program: assembled(text, { file: name }).program, profile: of };
}

test('there are cases', () => { expect(files.length).toBeGreaterThan(3); });

test.each(files.filter((name) => name.endsWith('.s')))('%s', (name) => {
  const { program, profile } = read(name), of = profiles[profile]!, { oracle, simd, scalar, slow } = devicesOf(of);
  const serial = observe(oracle, program, { digests: true });
  expect(['halted', 'trapped']).toContain(serial.status);
  for (const device of [simd, scalar, slow]) expect(difference(serial, observe(device, program, { digests: true }))).toBeUndefined();
  for (const queueDepth of [1, 3, 16]) expect(finalDifference(serial, observe(simd, program, { schedule: randomSchedule(queueDepth), queueDepth, digests: true }))).toBeUndefined();
  const alone = unwatched(oracle, program);
  for (const device of [simd, scalar, slow]) expect(finalDifference(alone, unwatched(device, program))).toBeUndefined();
  for (let budget = 0; budget < Math.min(40, serial.steps); budget++) {
    const { snapshot } = observe(simd, program, { budget });
    scalar.reset();
    scalar.restore(snapshot);
    expect(finalDifference(serial, observeRun(scalar))).toBeUndefined();
  }
  expect(unpackSnapshot(serial.snapshot, of.hash).pages.length).toBeGreaterThan(0);
});

/** Cases of fuzz, as they were kept. */
test.each(files.filter((name) => name.endsWith('.json')))('%s', (name) => {
  const kept = readCase(readFileSync(join(folder, name), 'utf8'), name), of = profiles[kept.info.profile]!, { oracle, ...others } = devicesOf(of);
  expect(of.hash).toBe(kept.info.profile_hash);
  const right = observeTrial(oracle, kept.trial);
  expect({ status: right.status, records: right.records.length, digest: digestOf(right, of.hash).toString(16).padStart(8, '0') }).toEqual(kept.info.ends);
  for (const device of Object.values(others)) expect(failureOf(kept.trial, device, [judgeBy(oracle)]).found).toBeUndefined();
});
