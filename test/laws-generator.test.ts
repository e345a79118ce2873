//! laws-generator: the generator is total, legal by construction, deterministic, and reaches every instruction and every rule.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { byMnemonic, byOpcode, set } from '../model/instructions/set.ts';
import type { Definition } from '../model/isa/instruction.ts';
import type { Rule } from '../model/isa/rule.ts';
import { RetiredCursor } from '../model/cursor.ts';
import { RETIRED_DONE, unitNames } from '../model/limits.ts';
import { formats } from '../model/numerics/format.ts';
import { finalDifference, observe } from '../model/verify/compare.ts';
import { program, records } from '../model/verify/arbitrary.ts';
import { generate } from '../model/verify/generate.ts';
import { breakages, generateIllegal, unbreakable, withBreakage } from '../model/verify/illegal.ts';
import { Dice, mixed } from '../model/verify/random.ts';
import { resolve } from '../model/verify/resolve.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { acts } from '../model/verify/sequencer.ts';
import { streams } from '../model/verify/streams.ts';
import type { Knobs } from '../model/verify/record.ts';
import { runnable, workshopOf } from '../model/verify/workshop.ts';
import { engine } from '../model/engine.ts';
import type { Profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { knobs, listing, profiles, variant } from './laws-harness.ts';
import { runs } from './runs.ts';

test('any list of records means a legal program, and so does each list with one record taken away', () => {
  const of = profiles['odd-3x5']!, device = engine(of);
  fc.assert(fc.property(records(14), fc.nat(), fc.nat(), (list, data, gone) => {
    for (const some of [list, list.filter((_, i) => i !== gone % Math.max(1, list.length))]) {
      const resolved = resolve(some, of, knobs['smoke']!, data), { status } = observe(device, resolved.program);
      if (status !== 'halted') throw new Error(`ended ${status}\n${listing(resolved)}`);
    }
  }), { numRuns: runs(50), seed: 2 });
});

test('no record is the shortest program, and records of zeros are nops', () => {
  const of = profiles['systole-16']!, zero = { op: 0, f0: 0, f1: 0, f2: 0, f3: 0, f4: 0, f5: 0, f6: 0 };
  expect(resolve([], of, knobs['smoke']!).words.length).toBe(1);
  expect(resolve([zero, zero], of, knobs['smoke']!).words.map(([word]) => word)).toEqual([1, 1, 2]);
});

test('a seed means the same program every time', () => {
  const of = profiles['systole-16']!, image = (seed: number): string => Buffer.from(generate(seed, of, knobs['smoke']!).program.image).toString('hex');
  for (let seed = 0; seed < 10; seed++) expect(image(seed)).toBe(image(seed));
  expect(new Set(Array.from({ length: 10 }, (_, seed) => image(seed))).size).toBe(10);
});

test('data of a format are the same whichever piece of them is asked for first', async () => {
  const COUNT = 16384, PIECE = 128, at = (from: number) => (): number => from;
  vi.resetModules();
  const whole = (await import('../model/verify/corners.ts')).dataBytes;
  vi.resetModules();
  const pieces = (await import('../model/verify/corners.ts')).dataBytes;
  for (const format of formats) {
    const expected = whole(format, COUNT, at(0));
    for (const from of [COUNT - PIECE, 8, 5000, 0, 9992]) expect(Buffer.from(pieces(format, PIECE, at(from))), `${format.name} from ${from}`).toEqual(Buffer.from(expected.subarray(from & -8, (from & -8) + PIECE)));
  }
  vi.resetModules();
});

test('a program does not depend on those made before it, and its records alone mean the same program', () => {
  const of = profiles['systole-16']!, by = knobs['smoke']!, images = (list: readonly number[], some: Knobs): Map<number, string> =>
    new Map(list.map((seed) => [seed, Buffer.from(generate(seed, of, some).program.image).toString('hex')]));
  const seeds = Array.from({ length: runs(40) }, (_, seed) => seed), forward = images(seeds, by), backward = images([...seeds].reverse(), { ...by });
  for (const seed of seeds) {
    expect(backward.get(seed)).toBe(forward.get(seed));
    const { records, data } = generate(seed, of, by);
    expect(Buffer.from(resolve(records, of, { ...by }, data).program.image).toString('hex')).toBe(forward.get(seed));
  }
});

test('a natural stands for the same decisions in the kernel as in its host', () => {
  const { kernel: { calls, at } } = workshopOf(profiles['systole-16']!, knobs['smoke']!).state;
  fc.assert(fc.property(fc.oneof(fc.nat(70_000), fc.nat(0xffff_ffff)), fc.array(fc.integer({ min: 1, max: 2 ** 20 }), { maxLength: 12 }), (natural, belows) => {
    const dice = new Dice().read(natural);
    calls.read(at.PLACES, natural);
    for (const below of belows) expect(calls.roll(at.PLACES, below)).toBe(dice.roll(below));
  }), { numRuns: runs(200), seed: 3 });
});

test('a program is the same however much memory its workshop was given meanwhile, and however long those before it were', () => {
  const of = profiles['systole-16']!, by = { ...knobs['nightly']!, records: 60 }, { state: { kernel } } = workshopOf(of, by), image = (seed: number): string => Buffer.from(generate(seed, of, by).program.image).toString('hex');
  const seeds = [0, 1, 2, 3], before = seeds.map(image), { bytes } = kernel;
  kernel.reserve(2 ** 24);
  expect(kernel.bytes.length).toBeGreaterThan(bytes.length);
  expect(seeds.map(image)).toEqual(before);
});

test('records by the thousand are a legal program of as many instructions as there is room for, with hundreds of subroutines; more are refused', () => {
  const of = profiles['systole-16']!, by = knobs['smoke']!, definitions = runnable(of), call = definitions.findIndex(({ mnemonic }) => mnemonic === 'call'), device = engine(of);
  const record = (op: number, i: number) => ({ op, f0: mixed(i, 0), f1: mixed(i, 1), f2: mixed(i, 2), f3: mixed(i, 3), f4: mixed(i, 4), f5: 0, f6: 0 });
  const many = (op: number, count: number) => resolve(Array.from({ length: count }, (_, i) => record(op, i)), of, by);
  expect(observe(device, many(call, 600).program).status).toBe('halted');
  const full = many(definitions.length, 14_000);
  expect(full.skipped).toBeGreaterThan(0);
  device.load(full.program);
  expect(device.execute().status).toBe('halted');
  expect(() => many(0, 15_000)).toThrow(/found 15000 records; allowed: 14563/);
});

test.each(['systole-16', 'odd-3x5', 'gemmini-like'])('every stream is legal, does what it says in several instructions, and no schedule changes what it leaves: %s', (name) => {
  const of = profiles[name]!, device = engine(of), mnemonics = new Set(set.map(({ mnemonic }) => mnemonic));
  const silent = Object.fromEntries([...unitNames.keys(), 'agent'].map((unit) => [String(unit), 0]));
  for (const stream of [...Object.keys(streams), ...Object.keys(acts)]) {
    expect(mnemonics.has(stream)).toBe(false);
    const by = { ...knobs['smoke']!, records: 3, fresh: 50, weights: { ...silent, [stream]: 1 } };
    let instructions = 0, records = 0;
    for (let seed = 0; seed < runs(6); seed++) {
      const resolved = generate(seed, of, by), serial = observe(device, resolved.program), free = observe(device, resolved.program, { schedule: randomSchedule(seed), queueDepth: 1 + (seed % 16) });
      if (serial.status !== 'halted') throw new Error(`${stream} ended ${serial.status}\n${listing(resolved)}`);
      expect(finalDifference(serial, free)).toBeUndefined();
      instructions += resolved.words.length;
      records += resolved.records.length;
    }
    expect(instructions / records, stream).toBeGreaterThan(2);
  }
});

test('hazards meet: in most of them two instructions touch the same bytes, one of which writes', () => {
  const of = profiles['systole-16']!, device = engine(of), by = { ...knobs['smoke']!, records: 1, weights: { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, agent: 0, hazard: 1 } };
  let programs = 0;
  const cursor = new RetiredCursor(new DataView(new ArrayBuffer(0)));
  let meet = 0;
  for (let seed = 0; seed < 80; seed++) {
    const hulls = observe(device, generate(seed, of, by).program).records.map((bytes) => {
      cursor.view = new DataView(bytes.buffer, bytes.byteOffset);
      return [0, 1, 2, 3].flatMap((position) => { const t = cursor.operand(position); return t ? [{ space: t.space, from: Number(t.address), writes: t.role !== 1, count: t.dims.reduce((a, b) => a * b, 1) }] : []; });
    }).filter((operands) => operands.length > 0);
    const near = hulls.some((a, i) => hulls.slice(i + 1).some((b) => a.some((x) => b.some((y) => x.space === y.space && Math.abs(x.from - y.from) < 8 * 4096 && (x.writes || y.writes)))));
    if (hulls.length > 0) programs++;
    if (near) meet++;
  }
  expect(meet / programs).toBeGreaterThan(0.8);
});

test('a failing program of the arbitrary shrinks to one record and the instruction that fails', () => {
  const out = fc.check(fc.property(program(profiles['systole-16']!, knobs['smoke']!), ({ words }) => !words.some(([word]) => (word & 255) === byMnemonic.get('mm')!.opcode)), { numRuns: 300, seed: 5 });
  const [least] = out.counterexample!;
  expect(least.records.map(({ f0, f1, f2, f3, f4, f5, f6 }) => [f0, f1, f2, f3, f4, f5, f6])).toEqual([[0, 0, 0, 0, 0, 0, 0]]);
  expect(least.words.length).toBeLessThan(12);
});

test('a property that fails reports the least program as its instructions, and soon', () => {
  const fails = (): void => fc.assert(fc.property(program(profiles['systole-16']!, knobs['smoke']!), ({ words }) => !words.some(([word]) => (word & 255) === byMnemonic.get('fill')!.opcode)), { seed: 5 });
  expect(fails).toThrow(/\nCounterexample: \[program:\n {4}tload t0, \d+ +; \w+ \w+ \[1\] at 0x[\da-f]+\n {4}fill t0, 0\n {4}halt 1\n\]\n/);
});

test('what is printed of a program is its text: whoever looks at it finds no generator, legal or not', () => {
  const of = profiles['systole-16']!;
  expect(Object.keys(generate(3, of, knobs['smoke']!))).toEqual(['program', 'data', 'skipped']);
  for (let seed = 0; seed < 8; seed++) {
    for (const one of [generate(seed, of, knobs['smoke']!), generateIllegal(seed, of, knobs['illegal']!)]) {
      expect(fc.stringify(one)).toBe(String(one));
      expect(String(one).split('\n').length).toBeGreaterThan(one.words.length);
    }
  }
});

/** What legal programs of a profile did: instructions by mnemonic, dtypes by mnemonic, records without a place. */
function census(name: string, programs: number) {
  const of = profiles[name]!, device = engine(of), acted = new Map<string, number>(), dtypes = new Set<number>(), cursor = new RetiredCursor(new DataView(new ArrayBuffer(0)));
  let skipped = 0, total = 0;
  for (let seed = 0; seed < programs; seed++) {
    const resolved = generate(seed, of, knobs[['smoke', 'sync', 'memory', 'numerics'][seed % 4]!]!), run = observe(device, resolved.program);
    expect(run.status).toBe('halted');
    skipped += resolved.skipped;
    total += resolved.records.length;
    for (const bytes of run.records) {
      cursor.view = new DataView(bytes.buffer, bytes.byteOffset);
      const mnemonic = byOpcode.get(cursor.word(0) & 255)!.mnemonic;
      if (cursor.status === RETIRED_DONE) acted.set(mnemonic, (acted.get(mnemonic) ?? 0) + 1);
      for (let position = 0; position < 4; position++) dtypes.add(cursor.operand(position)?.dtype ?? 0);
    }
  }
  return { acted, dtypes, skipped, total };
}

test.each(['systole-16', 'odd-3x5'])('legal programs reach every instruction and every dtype of the profile, and nearly every record finds its place: %s', (name) => {
  const of = profiles[name]!, { acted, dtypes, skipped, total } = census(name, 120);
  // `trap` always traps: legal programs have it predicated off.
  const expected = runnable(of).map(({ mnemonic }) => mnemonic).filter((mnemonic) => mnemonic !== 'trap');
  expect(expected.filter((mnemonic) => (acted.get(mnemonic) ?? 0) < 3)).toEqual([]);
  expect(of.formatCodes.filter((code) => !dtypes.has(code))).toEqual([]);
  expect(skipped / total).toBeLessThan(0.01);
});

/** Weights of one pair with different numbers of kernels, and dmaConvert without gemmlowp: what no shipped profile has. */
const exotic = variant('exotic', ({ features, triples }) => ({
  features: { ...features, value: ['zp', 'dmaConvert'] },
  triples: [...triples, { ...triples.find((t) => t['activation'] === 'u8')!, weight: 's4', dots: ['integer'] }],
}));
/** Scales of one kind only. */
const halfScaled = ((): Profile => {
  const file = structuredClone(profiles['systole-16']!.file) as { name: string; features: { value: string[] } };
  file.name = 'half-scaled';
  file.features.value = file.features.value.filter((feature) => feature !== 'mx');
  return readProfile(JSON.stringify(file), 'half-scaled.json');
})();

test('every rule of every instruction is broken by some program of some profile, or it is known why none can', () => {
  const missing = new Set(set.flatMap((definition) => definition.rules.filter((rule) => whyNot(definition, rule) === undefined)
    .map((rule) => `${definition.mnemonic}: ${rule.predicate}(${[...rule.operands, ...rule.constants].join(', ')})`))), { size } = missing;
  const all = [...Object.values(profiles), exotic, halfScaled].flatMap((of) => [...breakages(of).entries()].map(([k, breakage]) => ({ of, k, breakage })));
  // Most are broken by the first try on one of the profiles.
  for (let i = 0; i < 40; i++) {
    for (const { of, k, breakage } of all) {
      if (missing.has(breakage.name) && withBreakage(breakage, [], mixed(k * 64 + i, 5), of, knobs['illegal']!)) missing.delete(breakage.name);
    }
  }
  expect([...missing]).toEqual([]);
  expect(size).toBeGreaterThan(500);
});

/** Why no program can break a rule before another one traps. */
function whyNot(definition: Definition, { predicate, operands }: Rule): string | undefined {
  if (unbreakable[predicate] !== undefined) return unbreakable[predicate];
  if (definition.rules.some((rule) => rule.predicate === 'feature')) return 'the instruction traps feature';
  const fields = operands.map((name) => definition.fields[name]), spaces = fields.map((field) => field?.spaces ?? []);
  if (fields.some((field) => field?.when?.some((c) => definition.rules.some((rule) => rule.predicate === 'clear' && rule.operands[0] === c.field)))) return 'the operand exists only in a form that traps feature';
  if (predicate === 'apart' && !spaces[0]!.some((space) => spaces[1]!.includes(space))) return 'the operands lie in different spaces';
  const classes = definition.rules.filter((rule) => rule.predicate === 'dtypeIn' && rule.operands[0] === operands[0]).map((rule) => rule.constants[0]!);
  if ((predicate === 'wholeBytes' || predicate === 'aligned') && classes.some((of) => of === 4 || of === 12 || of === 6)) return 'the dtype has whole bytes, or one';
  if (predicate === 'aligned' && definition.rules.some((rule) => rule.predicate === 'scalesType' && rule.operands[1] === operands[0])) return 'scales and metadata are bytes and halves of them';
  if ((predicate === 'injective' || predicate === 'wholeBytes') && (fields[0]?.view?.single || classes.includes(12))) return 'one element cannot meet another';
  if (predicate === 'wholeBytes' && fields[0]?.spaces?.every((space) => space === 3)) return 'no profile accumulates in 4 bits';
  return undefined;
}
