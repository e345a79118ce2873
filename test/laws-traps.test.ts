//! laws-traps: programs that break exactly one rule trap as whoever broke it says, on every device alike, and nothing changes.
import { expect, test } from 'vitest';
import type { Device } from '../model/device.ts';
import type { Profile } from '../model/machine/profile.ts';
import { difference, observe } from '../model/verify/compare.ts';
import { recordsOf } from '../model/verify/generate.ts';
import { type Broken, breakages, generateIllegal, withBreakage } from '../model/verify/illegal.ts';
import { mixed } from '../model/verify/random.ts';
import { generateNearby } from '../model/verify/nearby.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { stateLayout } from '../model/machine/state.ts';
import { unpackSnapshot } from '../model/snapshot.ts';
import { devicesOf, knobs, listing, profiles } from './laws-harness.ts';
import { runs, sample } from './runs.ts';
import { runnable } from '../model/verify/workshop.ts';

/** The trap that whoever broke the rule expects, at its place, the same on all devices, and nothing changed by it. */
function asBroken({ program: of, expected }: Broken, { oracle, simd, scalar }: ReturnType<typeof devicesOf>): string | undefined {
  const debug = (device: Device): void => { if (expected.debug) device.csrWrite(0x240, 0x100); };
  const ends = [oracle, simd, scalar].map((device) => observe(device, of, { digests: true }, debug)), [first] = ends;
  if (first!.status !== expected.status) return `ended ${first!.status} instead of ${expected.status}`;
  if (oracle.csrRead(0x200) !== expected.trap) return `trap ${oracle.csrRead(0x200)} instead of ${expected.trap}`;
  if (expected.trap && oracle.csrRead(0x208) !== expected.pc) return `trap at pc ${oracle.csrRead(0x208)} instead of ${expected.pc}`;
  return ends.slice(1).map((run) => difference(first!, run)).find((found) => found !== undefined)?.text
    ?? (expected.status === 'trapped' && expected.trap < EXTERNAL ? changed(simd, of, first!.steps, debug) : undefined);
}
/** External faults, from here on, are imprecise. */
const EXTERNAL = 0x20;

/** A trap changes the books of traps, nothing else: state before the last step against the end. */
function changed(device: Device, of: Resolved['program'], steps: number, before: (device: Device) => void): string | undefined {
  const books = ['phase', 'fault', 'irqStatus', 'order'], { hash } = device.profile;
  const end = unpackSnapshot(device.snapshot(), hash), prior = unpackSnapshot(observe(device, of, { budget: steps - 1 }, before).snapshot, hash);
  const at = prior.state.findIndex((byte, i) => byte !== end.state[i] && !books.includes(stateLayout.items.findLast((item) => item.offset <= i)!.name));
  if (at >= 0) return `the trap changed state.${stateLayout.items.findLast((item) => item.offset <= at)!.name}`;
  const same = prior.pages.length === end.pages.length && prior.pages.every((page, i) => Buffer.compare(page.bytes, end.pages[i]!.bytes) === 0 && Buffer.compare(page.known, end.pages[i]!.known) === 0);
  return same ? undefined : 'the trap changed memory';
}

const told = (broken: Broken, found: string, of: Profile, where: string): string =>
  `${broken.expected.breaks}: ${found}\n${of.name}, ${where}\n${listing(broken)}`;

test.each(Object.entries(profiles))('a program that breaks one rule traps with its code at its place, and changes nothing: %s', (_, of) => {
  const devices = devicesOf(of);
  for (let seed = 0; seed < runs(15); seed++) {
    const broken = generateIllegal(seed, of, knobs['illegal']!), found = asBroken(broken, devices);
    expect(found && told(broken, found, of, `seed ${seed}`)).toBeUndefined();
  }
});

test.each(Object.entries(profiles))('a program one change away from a legal one ends the same on every device: %s', (_, of) => {
  const { oracle, simd, scalar } = devicesOf(of), few = { ...knobs['illegal']!, elements: 12 }, kinds = runnable(of).length, statuses = new Set<string>();
  for (let i = 0; i < runs(60); i++) {
    const seed = mixed(i, 31), made = generateNearby(seed, of, few, seed % kinds, i);
    if (!made) continue;
    const [first, ...others] = [oracle, simd, scalar].map((device) => observe(device, made.program, { digests: true })), found = others.map((run) => difference(first!, run)).find((one) => one !== undefined);
    statuses.add(first!.status);
    expect(found && `${found.text}\n${of.name}, seed ${seed}, turn ${i}\n${listing(made)}`).toBeUndefined();
  }
  // Some of the changes are legal ones.
  expect([...statuses]).toEqual(expect.arrayContaining(['halted', 'trapped']));
});

test('with a debugger a program stops at the `break` that was put there, not at one that was drawn before it', () => {
  const of = profiles['systole-16']!, devices = devicesOf(of), stops = breakages(of).find(({ status }) => status === 'break')!;
  for (let seed = 0; seed < runs(120); seed++) {
    const broken = withBreakage(stops, recordsOf(seed, of, knobs['illegal']!), seed, of, knobs['illegal']!), found = broken && asBroken(broken, devices);
    expect(found && told(broken, found, of, `seed ${seed}`)).toBeUndefined();
  }
});

// All of them, by and by: npx systole fuzz --knobs illegal.
test('the breakages of the default profile, a sample of them, do as they say', () => {
  const of = profiles['systole-16']!, devices = devicesOf(of), few = { ...knobs['illegal']!, records: 1 };
  for (const [k, breakage] of sample([...breakages(of).entries()], 60)) {
    const seed = mixed(k, 3), broken = withBreakage(breakage, recordsOf(seed, of, few), seed, of, few), found = broken && asBroken(broken, devices);
    expect(found && told(broken, found, of, `breakage ${k}`)).toBeUndefined();
  }
});
