//! laws-records: what is recorded of a run does not depend on how it is asked for: rings, budgets, fast lanes, effects alone.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { RetiredCursor } from '../model/cursor.ts';
import type { Device, End, Program, RunOptions } from '../model/device.ts';
import { digestByRecords } from '../model/digest.ts';
import { hasEffects } from '../model/effects.ts';
import { engine } from '../model/engine.ts';
import { set } from '../model/instructions/set.ts';
import { encode } from '../model/isa/codec.ts';
import { SPACE_DRAM, SPACE_SPM, UNIT_SEQ } from '../model/limits.ts';
import { changing } from '../model/mutants/again.ts';
import { deepening, looping, mingling, setting, shadowing } from '../model/mutants/loops.ts';
import { retirementLayout } from '../model/retirement.ts';
import { describe as described } from '../model/sanitizer/described.ts';
import { difference, type Observed, observe, observeRun } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { generateIllegal } from '../model/verify/illegal.ts';
import { mixed, random } from '../model/verify/random.ts';
import { repeated } from '../model/verify/repeated.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { devicesOf, knobs, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

const STEPS = 4000;
const cursorOf = (record: Uint8Array): RetiredCursor => new RetiredCursor(new DataView(record.buffer, record.byteOffset, record.byteLength));
const effectsOf = (whole: Observed): Observed => ({ ...whole, records: whole.records.filter((record) => hasEffects(cursorOf(record))) });

/** Run what is loaded by budgets of so many steps: records one behind the other. */
function inPieces(device: Device, program: Program, options: RunOptions, piece: number): Observed {
  device.load(program);
  const records: Uint8Array[] = [];
  for (let taken = 0; ;) {
    const { status, steps, options: offered } = piecewise(device.run({ ...options, budget: Math.min(piece, STEPS - taken) }), records);
    taken += steps;
    if (status !== 'budget' || taken === STEPS) return { ...observeRun(device, { budget: 0 }), status, steps: taken, options: offered, records };
  }
}
function piecewise(running: Generator<RetiredCursor, End>, records: Uint8Array[]): End {
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
    const { view, at, count } = next.value;
    for (let i = 0; i < count; i++) records.push(new RetiredCursor(view, at + i * retirementLayout.size).bytes());
  }
}

/** A program's records on other machines, in other rings and pieces, all of them and those of effects alone. */
function sameRecords(slow: Device, fast: readonly Device[], program: Program, seed: number, options: RunOptions = {}): string | undefined {
  const next = random(mixed(seed, 29)), all = { ...options, budget: STEPS }, whole = observe(slow, program, all), effects = effectsOf(whole);
  for (const device of fast) {
    for (const [records, expected] of [['all', whole], ['effects', effects]] as const) {
      const asked: RunOptions = { ...options, records, batches: next() % 2 === 1, ring: 1 + (next() % [1, 7, 300][next() % 3]!) }, piece = options.schedule ? STEPS : [STEPS, 1 + (next() % 60)][next() % 2]!;
      const found = difference(expected, inPieces(device, program, asked, piece)), by = `${device.name}, ${records} in a ring of ${asked.ring}${asked.batches ? ' by batches' : ''}, ${piece} steps at once`;
      if (found) return `${by}: ${found.text}`;
      device.load(program);
      const summed = device.digest({ ...all, records });
      device.load(program);
      const told = digestByRecords(device, { ...all, records });
      if (summed.digest !== told.digest || summed.records !== told.records) return `${by}: the digest of ${told.records} records is ${told.digest}, not ${summed.digest} of ${summed.records}`;
    }
  }
  return undefined;
}

const lanes = [0, 2, 6, 7, 8, 15];
const machines = new Map(Object.entries(profiles).map(([name, of]) => [name, [...lanes.map((bits) => engine(of, { lanes: bits })), engine(of, { build: 'scalar' })]]));

test('what may be left out is nothing to the sanitizer', () => {
  for (const definition of set.filter(({ inner }) => inner)) {
    expect(definition.unit).toBe(UNIT_SEQ);
    expect(described(encode(definition, {})).isPlain, definition.mnemonic).toBe(true);
  }
});

test('a batch is what the ring holds', () => {
  const of = profiles['systole-16']!, { simd, oracle } = devicesOf(of), { image } = assembled('loop 9 { s1 = s1 + 1 }\nhalt 0').program;
  const countsOf = (device: Device): readonly number[] => {
    device.load({ image, memory: [] });
    return Array.from(device.run({ ring: 4, batches: true }), ({ count }) => count);
  };
  expect(countsOf(simd)).toEqual([4, 4, 3]);
  expect(countsOf(oracle)).toEqual(new Array(11).fill(1));
});

test.each(['systole-16', 'odd-3x5', 'gemmini-like'] as const)('records are the same on every device, all of them and those of effects, in any ring: %s', (name) => {
  const of = profiles[name]!, { oracle, simd, slow, threads } = devicesOf(of);
  for (let seed = 0; seed < runs(4); seed++) {
    const knob = knobs[['smoke', 'sync', 'memory'][seed % 3]!]!, { program } = generate(4000 + seed, of, knob), broken = generateIllegal(seed, of, { ...knobs['illegal']!, records: 12 }).program;
    for (const options of [{}, { digests: true }, { schedule: randomSchedule(seed), queueDepth: 1 + (seed % 4) }]) {
      for (const one of [program, broken]) expect(sameRecords(slow, [oracle, simd, threads, ...machines.get(name)!], one, seed, options), `seed ${seed} with ${JSON.stringify(options)}`).toBeUndefined();
    }
  }
});

test.each(Object.entries(changing))('and where an instruction that is done again notices that something else is so: %s', (_, text) => {
  const program: Program = { image: assembled(text).program.image, memory: [] };
  expect(sameRecords(engine(profiles['systole-16']!, { lanes: 0 }), machines.get('systole-16')!, program, 1)).toBeUndefined();
});

test.each(['all', 'effects'] as const)('what the host writes between two looks is so from then on, whatever was kept: %s', (records) => {
  const of = profiles['systole-16']!, { oracle, slow } = devicesOf(of), text = (by: number): string => `a = spm s8 [64] at 0     b = spm s8 [64] at 64     c = spm s8 [64] at 0x400\nfill a, 1     fill b, ${by}\nloop 20 { s1 = s1 + ${by}     binary.add a, a, b     binary.add c[s1], b, a }\nhalt 0`;
  const [program, other] = [1, 2].map((by): Program => ({ image: assembled(text(by)).program.image, imageBase: 0x4000, memory: [] })) as [Program, Program];
  const seen = (device: Device, at: number): Observed => {
    let count = 0;
    return observe(device, program, { records }, undefined, () => {
      count++;
      if (count === at) device.write(SPACE_DRAM, 0x4000, other.image);
      if (count === at + 9) device.write(SPACE_SPM, 0, new Uint8Array(64).fill(at));
      // A breakpoint on the second addition.
      if (count === at + 15) { device.csrWrite(0x244, 8); device.csrWrite(0x240, 1); }
    });
  };
  for (const at of [4, 9, 20]) {
    const expected = seen(oracle, at);
    expect(expected.status).toBe('break');
    for (const device of [slow, ...machines.get('systole-16')!]) expect(difference(expected, seen(device, at))?.text).toBeUndefined();
  }
});

test('who asks for the sum of a run changes nothing of it', () => {
  const of = profiles['systole-16']!, device = engine(of), { program } = generate(3, of, knobs['smoke']!), exports = (device as unknown as { readonly exports: { digest(): number } }).exports;
  for (const budget of [0, 40, 4000]) {
    device.load(program);
    const { digest } = device.digest({ budget });
    expect([exports.digest() >>> 0, exports.digest() >>> 0]).toEqual([digest, digest]);
  }
});

test('jumps to where bursts keep words, and beyond, of one image after the other', () => {
  const of = profiles['systole-16']!, { slow } = devicesOf(of);
  for (const target of [65_535, 65_536, 65_537, 65_600, 65_791, 65_792, 65_805]) {
    for (const by of [1, 5]) {
      const program = assembled(`a = spm s32 [4] at 0   b = spm s32 [4] at 16\nfill a, 1   fill b, 2\nloop 5 { move b, b   move a, a }\njump far\n.org ${target}\nfar: s2 = s2 + ${by}   s3 = s2 xor 7   halt 0`).program;
      const whole = observe(slow, program);
      for (const device of machines.get('systole-16')!) {
        expect(difference(whole, observe(device, program))?.text, `${target} by ${by}, ${device.name}`).toBeUndefined();
        device.load(program);
        const { digest } = device.digest();
        device.load(program);
        expect(digestByRecords(device).digest, `${target} by ${by}, ${device.name}, its digest`).toBe(digest);
      }
    }
  }
});

/** Two programs for the ring of launches: their records lie at 0x2000, completions at 0x3000. */
const launched = (device: Device, texts: readonly string[], tail = texts.length): void => {
  const records = new DataView(new ArrayBuffer(256));
  device.reset();
  texts.forEach((text, i) => {
    const base = 0x4000 + 0x1000 * i;
    device.write(SPACE_DRAM, base, assembled(text).program.image);
    [base, 0, 1, 0x77 + i].forEach((word, at) => { records.setUint32(64 * i + 4 * at, word, true); });
  });
  device.write(SPACE_DRAM, 0x2000, new Uint8Array(records.buffer));
  for (const [offset, value] of [[0x80, 0x2000], [0x88, 2], [0x94, 0x3000], [0x90, tail]] as const) device.csrWrite(offset, value);
};
const straight = (text: string) => (device: Device): void => device.load(assembled(text).program);
/** What is begun, and what the host does at the record of that number. */
const looks: Readonly<Record<string, readonly [begin: (device: Device) => void, at: number, act: (device: Device) => void, options?: RunOptions]>> = {
  'a trap in a launch of the ring': [(device) => launched(device, ['s1 = 5\ntrap 3', 's2 = 7\nhalt 2']), 9, () => {}],
  'another launch behind a halt is exchanged': [(device) => launched(device, ['s1 = 5\nhalt 3', 's2 = 7\nhalt 1']), 1, (device) => device.write(SPACE_DRAM, 0x2040, Uint8Array.of(0, 0x40, 0, 0))],
  'the doorbell is rung at a halt': [(device) => launched(device, ['s1 = 5\nhalt 3', 's2 = 7\nhalt 2'], 1), 1, (device) => device.csrWrite(0x90, 2)],
  'a reset at a halt': [straight('s1 = 5\nhalt 3'), 1, (device) => device.csrWrite(0x40, 1)],
  'a breakpoint is taken away at the record before it': [(device) => { straight('s1 = 1\ns1 = 2\ns1 = 3\nhalt 0')(device); device.csrWrite(0x244, 2); device.csrWrite(0x240, 1); }, 1, (device) => device.csrWrite(0x240, 0)],
  'a token for a wait of the sequencer': [straight('s1 = 1\nwait m1, 1\nhalt 0'), 0, (device) => device.csrWrite(0x300, 0x10001)],
  'a token for a wait of a unit': [straight('s1 = 1\nwait vpu m1, 1\nhalt 0'), 0, (device) => device.csrWrite(0x300, 0x10001)],
  'a token under a schedule': [straight('s1 = 1\nwait m1, 1\nhalt 0'), 0, (device) => device.csrWrite(0x300, 0x10001), { schedule: randomSchedule(1) }],
  'resumed at the record of a break': [(device) => { straight('s1 = 1\nbreak\ns1 = 2\nhalt 0')(device); device.csrWrite(0x240, 16); }, 1, (device) => device.csrWrite(0x40, 2)],
  'a single step': [(device) => { straight('s1 = 1\ns1 = 2\ns1 = 3\nhalt 0')(device); device.csrWrite(0x40, 8); device.execute(); device.csrWrite(0x40, 4); }, 9, () => {}],
  'a reset at the last record of a budget': [straight('s1 = 1\ns1 = 2\nhalt 0'), 1, (device) => device.csrWrite(0x40, 1), { budget: 2 }],
};
test.each(Object.entries(looks))('in a ring of one the host looks at each record before anything else is decided: %s', (_, [begin, at, act, options]) => {
  const { oracle } = devicesOf(profiles['systole-16']!);
  const told = (device: Device): readonly string[] => {
    begin(device);
    const seen: string[] = [], window = (): string => [0x44, 0x48, 0x50, 0x8c, 0x804].map((offset) => device.csrRead(offset)).join(' '), shown = (): string => `${Buffer.from(device.state()).toString('hex')} ${window()} ${Buffer.from(device.read(SPACE_DRAM, 0x3000, 16)).toString('hex')}`;
    for (const running = device.run({ ring: 1, budget: 200, ...options }); ;) {
      const next = running.next();
      if (next.done) return [...seen, `${next.value.status} ${next.value.steps} ${shown()}`];
      seen.push(shown());
      if (seen.length === at + 1) act(device);
    }
  };
  const expected = told(oracle);
  for (const device of machines.get('systole-16')!) expect(told(device), device.name).toEqual(expected);
});

const programs: readonly (readonly [string, (seed: number) => Program | string])[] = [
  ['loops of units', looping], ['loops of all that there is', mingling], ['loops over the depth', deepening], ['what is written between products', shadowing], ['settings, tokens and loops in loops', setting],
  ['what is done again', (seed) => repeated(generate(seed, profiles['systole-16']!, knobs[['straight', 'numerics', 'smoke'][seed % 3]!]!), mixed(seed, 7))],
];
test.each(programs)('and of programs of %s', (_, programOf) => {
  const slow = engine(profiles['systole-16']!, { lanes: 0 });
  for (let seed = 0; seed < runs(14); seed++) {
    const made = programOf(seed), program: Program = typeof made === 'string' ? { image: assembled(made).program.image, memory: [] } : made;
    const found = sameRecords(slow, machines.get('systole-16')!, program, seed, seed % 4 === 0 ? { digests: true } : {});
    if (found) throw new Error(`seed ${seed}: ${found}\n${typeof made === 'string' ? made : ''}`);
  }
});
