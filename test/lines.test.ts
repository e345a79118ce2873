//! lines.test: every statement and branch of the engine is reached by a program, or it is said why none does.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countsOf } from '../model/counts.ts';
import type { Device } from '../model/device.ts';
import { engineBytes } from '../model/engine/binary.ts';
import { engine } from '../model/engine.ts';
import type { Profile } from '../model/machine/profile.ts';
import { descriptorPrograms } from '../model/mutants/descriptors.ts';
import { long, machines } from '../model/mutants/machines.ts';
import { seldom } from '../model/mutants/seldom.ts';
import { seldomBursts } from '../model/mutants/seldom-bursts.ts';
import { longPrograms, seldomControl } from '../model/mutants/seldom-control.ts';
import { seldomEpilogues } from '../model/mutants/seldom-epilogue.ts';
import { kernelPrograms, slotPrograms } from '../model/mutants/seldom-kernels.ts';
import { numbers } from '../model/mutants/seldom-numbers.ts';
import { seldomVectors } from '../model/mutants/seldom-vectors.ts';
import { products } from '../model/mutants/seldom-products.ts';
import { granulePrograms, seldomReports } from '../model/mutants/seldom-reports.ts';
import { seldomShadows } from '../model/mutants/seldom-shadows.ts';
import { strips } from '../model/mutants/seldom-strips.ts';
import { specification } from '../model/specification.ts';
import { difference, finalDifference, observe, observeUnwatched } from '../model/verify/compare.ts';
import { corpus } from './lines-corpus.ts';
import { astray, isSettled, judged, Lines, type Place, readUnreached, said } from './lines.ts';
import { runs, sample } from './runs.ts';

interface Counting { counting(): { readonly places: readonly Place[]; readonly afterParse: (parser: unknown) => void }; allPlaces(root: string): readonly Place[] }
const root = join(import.meta.dirname, '..');
const place = (line: number, part = '', hits = 'f', called = true): Place => ({ file: 'assembly/a.ts', line, column: 1 + part.length, in: hits, text: `line ${line}`, part, called });

test('what is reached neither nor explained is told, and so is an explanation of what is reached, or gone', () => {
  const lines = new Lines(), places = [place(1), place(2), place(2, 'x'), place(3, '', 'g')];
  lines.add(places, Uint8Array.of(1, 0, 0, 0));
  lines.add(places, Uint8Array.of(0, 1, 0, 0));
  expect(lines.missed()).toEqual([places[2], places[3]]);
  expect(lines.lcov()).toBe('TN:\nSF:assembly/a.ts\nDA:1,1\nDA:2,0\nDA:3,0\nLF:3\nLH:1\nend_of_record\n');
  const judge = (...groups: object[]) => judged(lines.missed(), [{ why: 'because', places: groups.map((group) => ({ file: 'a.ts', ...group })) }]);
  expect(judge({ text: 'line 2', part: 'x' }, { in: 'g' })).toEqual({ unexplained: [], wrong: [], byReason: new Map([['because', [places[2], places[3]]]]) });
  expect(judge({ count: 2 })).toMatchObject({ unexplained: [], wrong: [] });
  expect(judge({ in: 'g' }).unexplained).toEqual([places[2]]);
  expect(judge({ count: 2 }, { text: 'line 1' }).wrong).toEqual(['{"file":"a.ts","text":"line 1"} is said to be at 1 places that are not reached; it is at 0']);
});

test('counters stand in front of statements and in branches, and name their places', async () => {
  const { counting } = (await import(join(root, 'bin/counting.mjs'))) as { counting: () => { readonly places: readonly Place[]; afterParse: (parser: unknown) => void } };
  const { default: asc } = await import('assemblyscript/asc'), counters = counting(), files = new Map<string, string>([
    ['assembly/memory.ts', 'export const HEAP: usize = 0x40000;'],
    ['assembly/index.ts', "export { HEAP } from './memory';\nexport function f(x: i32): i32 {\n  if (x > 1 && x < 9) return x ? 3 : 4;\n  switch (x) {\n    case 1: return 7;\n    default: return 8;\n  }\n}\n"],
  ]);
  let binary = new Uint8Array(0);
  const { error } = await asc.main(['assembly/index.ts', '--outFile', 'a.wasm', '--runtime', 'stub', '--optimizeLevel', '1', '--initialMemory', '8'], {
    stdout: asc.createMemoryStream(), stderr: asc.createMemoryStream(), transforms: [counters], readFile: (name: string) => files.get(name) ?? null, listFiles: () => [],
    writeFile: (_: string, contents: Uint8Array) => { binary = contents as Uint8Array<ArrayBuffer>; },
  } as never);
  expect(error).toBeNull();
  const said = counters.places.map(({ line, in: within, part }) => `${line} ${within}${part ? `: ${part}` : ''}`);
  expect(said).toEqual(['3 f', '3 f: x < 9', '3 f: return x ? 3 : 4', '3 f: 3', '3 f: 4', '4 f', '5 f 1: return 7', '6 f default: return 8']);
  const { f, memory, HITS, HEAP } = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as { f: (x: number) => number; memory: WebAssembly.Memory; HITS: WebAssembly.Global; HEAP: WebAssembly.Global };
  expect([f(5), f(1), f(20), HITS.value, HEAP.value]).toEqual([3, 7, 8, 0x40000, 0x50000]);
  expect([...new Uint8Array(memory.buffer, 0x40000, said.length)]).toEqual([1, 1, 1, 1, 0, 1, 1, 1]);
});

test('what is shipped counts nothing', () => {
  for (const build of ['simd', 'scalar'] as const) expect(WebAssembly.Module.exports(new WebAssembly.Module(Uint8Array.from(engineBytes(build)))).map(({ name }) => name)).not.toContain('HITS');
});

test('what is said not to be reached is there, as often as is said', { timeout: 60_000 }, async () => {
  const { allPlaces } = (await import(join(root, 'bin/counting.mjs'))) as Counting, places = allPlaces(root), files = new Set(places.map(({ file }) => file));
  expect(astray(places, readUnreached())).toEqual([]);
  expect(places.length).toBeGreaterThan(10_000);
  expect(files.size).toBeGreaterThan(75);
  expect(astray(places, [{ why: 'none', places: [{ file: 'run.ts', in: 'run', count: 1000 }, { file: 'run.ts', in: 'walk' }] }])).toHaveLength(2);
});

/** Products for which the specification takes longer than all others do together: where there is no time for it the scalar engine judges them. */
const LARGE = 16_000n;
test('programs for single lines end as the specification says, large products as the scalar engine where there is no time', { timeout: 240_000 }, () => {
  const built = new Map<Profile, readonly [Device, Device, Device]>(), numbered = [...seldom(), ...seldomVectors(), ...seldomShadows(), ...seldomReports(), ...products(), ...seldomEpilogues(), ...numbers(), ...seldomControl(), ...seldomBursts()].map((one) => ({ ...one, machine: machines()[one.machine]! }));
  const roomy = long();
  const all = [...numbered, ...kernelPrograms(), ...granulePrograms(), ...strips(), ...slotPrograms(), ...longPrograms().map((one) => ({ ...one, machine: roomy }))];
  for (const { name, machine, program } of sample(all, all.length / 6)) {
    if (!built.has(machine)) built.set(machine, [specification(machine), engine(machine), engine(machine, { build: 'scalar' })]);
    const [oracle, own, scalar] = built.get(machine)!, seen = observe(own, program), isLarge = countsOf(own).macs > LARGE && runs(1) === 1, expected = observe(isLarge ? scalar : oracle, program);
    expect(difference(expected, seen)?.text, name).toBeUndefined();
    own.load(program);
    expect(finalDifference(expected, observeUnwatched(own))?.text, `${name}, unwatched`).toBeUndefined();
  }
});

test('instructions whose descriptors are not what they were end as the specification says', { timeout: 600_000 }, () => {
  const [machine] = machines(), [oracle, own] = [specification(machine!), engine(machine!)], every = Math.ceil(20 / runs(1));
  let i = 0;
  for (const program of descriptorPrograms()) {
    if (i++ % every !== 0) continue;
    const expected = observe(oracle, program, { budget: 60 });
    expect(difference(expected, observe(own, program, { budget: 60 }))?.text, `the program ${i - 1}`).toBeUndefined();
  }
  expect(i).toBeGreaterThan(5000);
});

// Minutes of work, on builds that nothing else needs: where laws are tried at length, and by `npm run lines`.
test.runIf(runs(1) > 1)('every statement and branch of the engine is reached, or explained', { timeout: 1_800_000 }, () => {
  const lines = new Lines(), reasons = readUnreached();
  for (const _ of corpus(lines, 1)) if (isSettled(lines, reasons)) break;
  const { unexplained, wrong } = judged(lines.missed(), reasons);
  expect([...unexplained.map(said), ...wrong]).toEqual([]);
  expect(lines.total).toBeGreaterThan(10_000);
});
