//! laws-lanes: the engine's fast lanes change nothing: instructions that are done again and again, while all that they depend on changes around them.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { disassemble } from '../model/assembler/disassembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, SPACE_DRAM } from '../model/limits.ts';
import { type Profile, profile, profileNames } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { changing } from '../model/mutants/again.ts';
import { directedProgram } from '../model/mutants/directed.ts';
import { layDown, region, RING_TAIL } from '../model/mutants/host.ts';
import { specification } from '../model/specification.ts';
import { finalDifference, type Observed, observeUnwatched } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { mixed, random } from '../model/verify/random.ts';
import { repeated } from '../model/verify/repeated.ts';
import { knobs, profiles, unwatched } from './laws-harness.ts';
import { deepening, looping, setting, shadowing } from '../model/mutants/loops.ts';
import { runs } from './runs.ts';
import { tableProducts } from './table-products.ts';

function machinesOf(of: Profile): { readonly slow: Device; readonly fast: readonly Device[] } {
  return { slow: engine(of, { lanes: 0 }), fast: [engine(of), engine(of, { lanes: 6 }), engine(of, { build: 'scalar' })] };
}

test.each(Object.entries(profiles))('what is done again, with registers that move its operands, is as good as new: %s', (_, of) => {
  const { slow, fast } = machinesOf(of);
  const ends = new Map<string, number>();
  for (let seed = 0; seed < runs(40); seed++) {
    const program = repeated(generate(seed, of, knobs[['straight', 'numerics', 'smoke'][seed % 3]!]!), mixed(seed, 7)), expected = unwatched(slow, program);
    ends.set(expected.status, (ends.get(expected.status) ?? 0) + 1);
    for (const device of fast) {
      const found = unwatched(device, program), differs = finalDifference(expected, found);
      if (differs || found.steps !== expected.steps) throw new Error(`seed ${seed}: ${differs?.text ?? `${found.steps} steps against ${expected.steps}`}\n${disassemble(program.image)}`);
    }
  }
  // Most go on to their end: a law of programs that trap at once would say nothing.
  expect(ends.get('halted') ?? 0).toBeGreaterThan(runs(40) / 10);
});

/** Transfers that begin in page 8 or 9 and step over the page's end, in either direction, into a page that lies in a region which forbids them. */
const into: readonly (readonly [string, (page: number, pages: number, forbids: number) => readonly (readonly [number, number])[]])[] = [
  ['a region of a lower number', (page, pages, forbids) => [...region(0, page, page + 1, forbids), ...region(1, 0, pages, 7)]],
  ['one that begins or ends there', (page, pages, forbids) => (page === 9 ? [...region(0, 0, 9, 7), ...region(1, 9, pages, forbids)] : [...region(0, 9, pages, 7), ...region(1, 1, 9, forbids), ...region(2, 0, 5, 7)])],
  ['no region', (page, pages) => (page === 9 ? region(0, 0, 9, 7) : [...region(0, 9, pages, 7), ...region(1, 0, 5, 7)])],
];
test.each(into)('a transfer that is done again is held up at %s', (_, regionsOf) => {
  const of = profiles['systole-16']!, { slow, fast } = machinesOf(of), pages = of.dramBytes / 4096;
  const ending = (device: Device, program: Program, regions: readonly (readonly [number, number])[]): Observed => {
    layDown(device, program, regions);
    device.csrWrite(RING_TAIL, 1);
    return observeUnwatched(device);
  };
  for (const [transfer, forbids] of [['store x[s2], e', 1], ['load e, x[s2]', 2]] as const) {
    for (const [page, begin, step] of [[9, 0x8f00, 64], [8, 0x90c0, -64]] as const) {
      const program = directedProgram('a transfer', `x = dram s8 [64] at ${begin}\ne = spm s8 [64] at 0\nfill e, 2\ns2 = 0\nloop 9 step s2 += ${step} { ${transfer} }\nhalt 0`).program;
      const regions = regionsOf(page, pages, forbids), expected = ending(specification(of), program, regions), free = ending(slow, program, region(0, 0, pages, 7));
      expect([expected.status, free.status]).toEqual(['trapped', 'halted']);
      for (const device of [slow, ...fast]) expect(finalDifference(expected, ending(device, program, regions))?.text, `${transfer} by ${step}`).toBeUndefined();
    }
  }
});

test.each([1, 15, 16, 63, 65, 300, 1023, 1024, 1087, 1088, 3000])('bytes arrive wherever they begin and whatever lies beside them: %i of them', (bytes) => {
  const of = profiles['systole-16']!, { slow, fast } = machinesOf(of), places = [[0, 0], [64, 0], [3, 1], [1, 3], [16, 0], [0, 16], [15, 63], [63, 15]] as const;
  const moves = places.map(([to, from], i) => `a${i} = dram u8 [${bytes}] at ${0x8000 + from}\nb${i} = spm u8 [${bytes}] at ${0x1000 * i + to}\nc${i} = dram u8 [${bytes}] at ${0x10_000 + 0x1000 * i + from}\nload b${i}, a${i} post m1\nstore c${i}, b${i} wait m1`);
  const { image } = assembled(`${moves.join('\n')}\nhalt 0`).program, data = Uint8Array.from({ length: bytes + 80 }, (_, i) => i * 37 + (i >> 8));
  const program: Program = { image, memory: [{ space: SPACE_DRAM, address: 0x8000, bytes: data }] }, expected = unwatched(specification(of), program);
  expect(expected.status).toBe('halted');
  for (const device of [slow, ...fast]) expect(finalDifference(expected, unwatched(device, program))?.text).toBeUndefined();
});

test.each([[0x3f00, 64], [0x4300, -64]])('and at the image, from %i by %i', (begin, step) => {
  const of = profiles['systole-16']!, { slow, fast } = machinesOf(of), program = directedProgram('a transfer', `x = dram s8 [64] at ${begin}\ne = spm s8 [64] at 0\nfill e, 2\ns2 = 0\nloop 12 step s2 += ${step} { store x[s2], e }\nhalt 0`).program;
  const whole: Program = { ...program, imageBase: 0x4000 }, expected = unwatched(specification(of), whole);
  expect(expected.status).toBe('trapped');
  for (const device of [slow, ...fast]) expect(finalDifference(expected, unwatched(device, whole))?.text).toBeUndefined();
});

test.each(Object.entries(changing))('a prepared instruction notices that something else is so: %s', (_, text) => {
  const fact = (value: number): object => ({ value, source: 'a test', certainty: 'chosen' });
  const of = readProfile(JSON.stringify({ ...(structuredClone(profiles['systole-16']!.file) as object), spmBytes: fact(65_536), dramBytes: fact(131_072), tier: 'sketch' }), 'a test');
  const whole: Program = { image: assembled(text).program.image, memory: [] };
  const { slow, fast } = machinesOf(of), expected = unwatched(specification(of), whole);
  for (const device of [slow, ...fast]) expect(finalDifference(expected, unwatched(device, whole))?.text).toBeUndefined();
});

test.each(profileNames().map((name) => profile(name)))('weights and products of every pair of formats are the same again and again: $name', (of) => {
  const { slow, fast } = machinesOf(of);
  for (const [pair, program] of tableProducts(of)) {
    const expected = unwatched(slow, program);
    expect([pair, expected.status]).toEqual([pair, 'halted']);
    for (const device of fast) expect([pair, finalDifference(expected, unwatched(device, program))?.text]).toEqual([pair, undefined]);
  }
});

test('what is passed over traps where its word is not one of the instruction set, whichever bit of it is turned', () => {
  const of = profiles['systole-16']!, { slow, fast } = machinesOf(of), ends = new Set<string>(), over = ['load a, a', 'wload slot 0, a', 'mm.add acc, a, slot 0', 'binary.add a, a, a mode n1'];
  const { image } = assembled(`a = spm s8 [16,16] at 0\nacc = acc s32 [16,16] at 0\nloop 3 {\n${over.map((each) => `?p1 ${each}\n`).join('')}}\nhalt 0`).program;
  const first = IMAGE_HEADER_BYTES + 3 * INSTRUCTION_BYTES;             // behind both descriptors and the loop
  for (let bit = 0; bit < over.length * INSTRUCTION_BYTES * 8; bit++) {
    const turned = image.slice(), program: Program = { image: turned, memory: [] };
    turned[first + (bit >> 3)]! ^= 1 << (bit & 7);
    const expected = unwatched(specification(of), program);
    ends.add(expected.status);
    for (const device of [slow, ...fast]) expect([bit, finalDifference(expected, unwatched(device, program))?.text]).toEqual([bit, undefined]);
  }
  expect(ends).toContain('halted');
  expect(ends).toContain('trapped');
});

test.each(['systole-16', 'gemmini-like'] as const)('modes, descriptors and loops are set where their instructions lie as the long way sets them, up to any step: %s', (name) => {
  lockstep(name, setting, 3000, ['halted', 'trapped', 'blocked']);
});

test.each(['systole-16', 'gemmini-like'] as const)('a loop of prepared instructions goes round as they would one by one, up to any step: %s', (name) => {
  lockstep(name, looping, 100_000, ['halted', 'budget', 'trapped', 'blocked']);
});

test.each(['systole-16', 'gemmini-like'] as const)('a loop over the depth of products goes round as they would one by one, up to any step: %s', (name) => {
  lockstep(name, deepening, 100_000, ['halted', 'budget', 'trapped']);
});

test.each(['systole-16', 'gemmini-like'] as const)('what is kept of operands of products is made anew where something was written to them, up to any step: %s', (name) => {
  lockstep(name, shadowing, 100_000, ['halted', 'budget']);
});

/** Programs end alike on all machines, by themselves and where a budget ends; each of the ends comes often enough to say something. */
function lockstep(name: 'systole-16' | 'gemmini-like', programOf: (seed: number) => string, enough: number, statuses: readonly string[]): void {
  const { slow, fast } = machinesOf(profiles[name]!), ends = new Map<string, number>();
  for (let seed = 0; seed < runs(40); seed++) {
    const text = programOf(seed), program: Program = { image: assembled(text).program.image, memory: [] }, next = random(mixed(seed, 13));
    for (const budget of [enough, 40 + (next() % 600), 40 + (next() % 600)]) {
      const till = (device: Device): Observed => {
        device.load(program);
        return observeUnwatched(device, { budget });
      };
      const expected = till(slow);
      ends.set(expected.status, (ends.get(expected.status) ?? 0) + 1);
      for (const device of fast) {
        const found = till(device), differs = finalDifference(expected, found);
        if (differs || found.steps !== expected.steps) throw new Error(`seed ${seed}, ${budget} steps: ${differs?.text ?? `${found.steps} steps against ${expected.steps}`}\n${text}`);
      }
    }
  }
  for (const status of statuses) expect(ends.get(status) ?? 0, status).toBeGreaterThan(runs(40) / 20);
}
