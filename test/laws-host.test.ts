//! laws-host: whatever the host does through its window, at any moment, shows and causes the same on every device; rings and regions too.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program, RunOptions } from '../model/device.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import { COMPLETIONS, IMAGE, layDown, region, RING_TAIL } from '../model/mutants/host.ts';
import { difference, observe, type Observed, observeRun } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { mixed, type Random, random } from '../model/verify/random.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { devicesOf, knobs, listing, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

/** One access of the host: a register is read, or written. */
interface Access { readonly offset: number; readonly value?: number }
const registers = [
  ...range(0, 0x70, 4), ...range(0x80, 0x9c, 4), ...range(0x100, 0x180, 4), ...range(0x200, 0x234, 4), ...range(0x240, 0x2a0, 4), 0x300, ...range(0x400, 0x500, 28),
  ...range(0x500, 0x660, 4), ...range(0x800, 0x900, 12), ...range(0x1000, 0x2000, 388), ...range(0x2000, 0x2080, 12), 0x4000, 0x4004, 0x4008, 0x8000, 0x8004, 0xfffc, 3, 0x7fc, 0x10000,
];
function range(from: number, to: number, step: number): number[] { return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step); }
const CTRL = 0x40, DBG = 0x240, BP = 0x244, WP = 0x260, SEM_POST = 0x300;

/** Mostly harmless: reads, debugging, tokens, the window; seldom what stops or resets. */
function access(next: Random, count: number): Access {
  const any = (): number => [0, 1, 2, 3, 0xffff_ffff, 0x100, next()][next() % 7]!;
  switch (next() % 16) {
    case 0: return { offset: CTRL, value: [8, 2, 4, 4, 2, 6, 1][next() % 7]! };
    case 1: return { offset: DBG, value: [0, 1, 0xf0, 0x10, 0x80, 0x100, 0xff][next() % 7]! };
    case 2: return { offset: BP + 4 * (next() % 4), value: next() % Math.max(1, count) };
    case 3: return { offset: WP + 4 * (next() % 16), value: [2 | 0x300, 1 | 0x200, 3 | 0x100, 1024, 64, next() % 9000][next() % 6]! };
    case 4: return { offset: SEM_POST, value: (next() % 64) | ((next() % 3) << 16) };
    case 5: return { offset: [0x4000, 0x4004, 0x4008][next() % 3]!, value: [1, 2, 3, 0, 4096, 1000, next()][next() % 7]! };
    case 6: return { offset: 0x8000 + 4 * (next() % 64), ...(next() % 2 ? { value: next() } : {}) };
    case 7: return { offset: registers[next() % registers.length]!, value: any() };
    default: return { offset: registers[next() % registers.length]! };
  }
}
const doIt = (device: Device, { offset, value }: Access): number => { if (value === undefined) return device.csrRead(offset); device.csrWrite(offset, value); return 0; };

test.each(['systole-16', 'odd-3x5'])('any accesses of the host between any steps show and cause the same on every device: %s', (name) => {
  const of = profiles[name]!, { oracle, simd, slow } = devicesOf(of), devices = [oracle, simd, slow];
  for (let seed = 0; seed < runs(8); seed++) {
    const next = random(mixed(seed, 99)), resolved = generate(mixed(seed, 98), of, knobs['smoke']!), lines: string[] = [];
    for (const device of devices) device.load(resolved.program);
    for (let round = 0; round < 14; round++) {
      const list = Array.from({ length: 1 + (next() % 6) }, () => access(next, resolved.words.length));
      for (const one of list) {
        lines.push(`${one.value === undefined ? 'read' : `write ${one.value} to`} 0x${one.offset.toString(16)}`);
        const shown = devices.map((device) => doIt(device, one));
        if (shown.some((word) => word !== shown[0])) throw new Error(`${shown.join(' ')} after seed ${seed}:\n${lines.join('\n')}\n${listing(resolved)}`);
      }
      const budget = [0, 1, 3, 20, 60][next() % 5]!, schedule = next() % 2 ? { schedule: randomSchedule(next()), queueDepth: 1 + (next() % 4) } : {};
      lines.push(`run ${budget} steps`);
      const ends = devices.map((device) => observeRun(device, { budget, ...schedule, digests: true })), found = difference(ends[0]!, ends[1]!) ?? difference(ends[0]!, ends[2]!);
      if (found) throw new Error(`${found}, seed ${seed}:\n${lines.join('\n')}\n${listing(resolved)}`);
    }
  }
});

/** In a ring of one: each record, and what the host sees who does what is listed for it, before anything else is decided; then the end. */
function inLockStep(device: Device, options: RunOptions, acts: readonly (readonly Access[])[]): readonly string[] {
  const seen: string[] = [];
  for (const running = device.run({ ...options, ring: 1, digests: true }); ;) {
    const next = running.next();
    if (next.done) return [...seen, `${next.value.status} ${next.value.steps} ${next.value.options}`, Buffer.from(device.snapshot()).toString('hex')];
    const shown = (acts[seen.length % acts.length] ?? []).map((one) => doIt(device, one));
    seen.push(`${Buffer.from(next.value.bytes()).toString('hex')} ${shown.join(' ')}`);
  }
}
test.each(['systole-16', 'odd-3x5'])('so do accesses between any two records of a run in lock-step: %s', (name) => {
  const of = profiles[name]!, { oracle, simd, scalar, slow } = devicesOf(of);
  for (let seed = 0; seed < runs(12); seed++) {
    const next = random(mixed(seed, 97)), { program, words } = generate(mixed(seed, 96), of, knobs[seed % 2 ? 'smoke' : 'sync']!), launches = seed % 3 === 0;
    for (const device of [oracle, simd, scalar, slow]) if (launches) launch(device, program, [], 2); else device.load(program);
    for (let round = 0; round < 6; round++) {
      const acts = Array.from({ length: 1 + (next() % 24) }, () => Array.from({ length: [0, 0, 1, 2][next() % 4]! }, () => access(next, words.length)));
      const options = { budget: [1, 7, 40, 400][next() % 4]!, ...(next() % 2 ? { schedule: randomSchedule(next()), queueDepth: 1 + (next() % 4) } : {}) };
      const [expected, ...others] = [oracle, simd, scalar, slow].map((device) => inLockStep(device, options, acts));
      for (const other of others) {
        const at = expected!.findIndex((line, i) => line !== other[i]);
        expect([at, other[at], other.length], `seed ${seed}, round ${round}, ${JSON.stringify(options.budget)} steps: ${JSON.stringify(acts)}`).toEqual([-1, undefined, expected!.length]);
      }
    }
  }
});

// ---- rings and regions
function launch(device: Device, program: Program, regions: readonly (readonly [number, number])[], entries = 1): void {
  layDown(device, program, regions);
  device.csrWrite(RING_TAIL, entries);
}

test('programs launched through the ring, one or several, with regions or without, retire and complete the same on every device', () => {
  let halted = 0, trapped = 0;
  for (const name of ['systole-16', 'odd-3x5']) {
    const of = profiles[name]!, { oracle, simd, scalar } = devicesOf(of);
    for (let seed = 0; seed < runs(15); seed++) {
      const { program } = generate(mixed(seed, 4), of, knobs['memory']!), next = random(seed), entries = 1 + (next() % 3), pages = of.dramBytes / 4096;
      const regions = [
        [], region(0, 0, pages, [1, 2, 4, 3][next() % 4]!), [...region(0, 0, 1, 3), ...region(3, 1, pages, 7)], [...region(0, 0, 2, 1 + (next() % 3)), ...region(1, 0, pages, 7)],
        [...region(0, 0, 1, 1), ...region(1, 1, 2, 3), ...region(2, 2, 3, 2), ...region(7, 0, 4, 3)],
      ][seed % 5]!;
      const ends = [oracle, simd, scalar].map((device): Observed => { launch(device, program, regions, entries); return observeRun(device, { digests: true }); });
      expect(difference(ends[0]!, ends[1]!) ?? difference(ends[0]!, ends[2]!)).toBeUndefined();
      const completions = [oracle, simd].map((device) => Buffer.from(device.read(SPACE_DRAM, COMPLETIONS, 32 * entries)).toString('hex'));
      expect(completions[0]).toBe(completions[1]);
      if (ends[0]!.status === 'halted') halted++; else trapped++;
    }
  }
  expect(halted).toBeGreaterThan(runs(6));
  expect(trapped).toBeGreaterThan(runs(4));
});

test('a ring launch does what a direct one does', () => {
  const of = profiles['odd-3x5']!, { simd } = devicesOf(of);
  for (let seed = 0; seed < runs(10); seed++) {
    const { program } = generate(mixed(seed, 6), of, knobs['smoke']!), direct = observe(simd, { ...program, imageBase: IMAGE }, { digests: true });
    launch(simd, program, []);
    expect(observeRun(simd, { digests: true }).records.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(direct.records.map((bytes) => Buffer.from(bytes).toString('hex')));
    expect(simd.csrRead(0x8c)).toBe(1);
  }
});

test('what a region forbids traps protection: reading, writing, and updating what may not be read', () => {
  const words = (lines: string): Program => assembled(`x = dram s8 [4] at 0x400\ny = spm s8 [4] at 0x400\n    fill y, 1\n    fence dmi\n${lines}\n    halt 0`).program;
  for (const [attributes, line, trap] of [
    [2, '    load y, x', 0x12], [2, '    store.add x, y', 0x12], [2, '    store x, y', 0], [1, '    store x, y', 0x12], [1, '    load y, x', 0], [6, '    store.max x, y', 0x12],
    [3, '    store.add x, y', 0],
  ] as const) {
    const of = profiles['systole-16']!, { oracle, simd, scalar } = devicesOf(of), program = words(line);
    const ends = [oracle, simd, scalar].map((device) => { launch(device, program, region(0, 0, of.dramBytes / 4096, attributes)); return observeRun(device); });
    expect([simd.csrRead(0x200), ends[0]!.status]).toEqual([trap, trap ? 'trapped' : 'halted']);
    expect(difference(ends[0]!, ends[1]!) ?? difference(ends[0]!, ends[2]!)).toBeUndefined();
  }
});
