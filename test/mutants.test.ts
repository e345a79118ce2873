//! mutants.test: the catalogue of faults follows the sources, its build with no fault on is the engine, and changes of the binary are binaries.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engine } from '../model/engine.ts';
import { engineBytes } from '../model/engine/binary.ts';
import { faultBinary, faultBytes, faultClasses, faultNames, faults, placesOfFaults } from '../model/mutants/catalogue.ts';
import { argumentFor, reasons } from '../model/mutants/arguments.ts';
import { directed } from '../model/mutants/directed.ts';
import { imageOf, leastProgram } from '../model/mutants/least.ts';
import { killed, known, type Known, leavesTrace, Stand, symptomOf } from '../model/mutants/hunt.ts';
import { machines } from '../model/mutants/machines.ts';
import type { Bench } from '../model/mutants/bench.ts';
import { placesIn, type Tables } from '../model/mutants/places.ts';
import { addressesIn } from '../model/mutants/wasm-addresses.ts';
import { instructionsOf } from '../model/mutants/wasm-code.ts';
import { instrumented, metering } from '../model/mutants/wasm-instrument.ts';
import { readModule } from '../model/mutants/wasm-module.ts';
import { mutantsOf, sampleOf } from '../model/mutants/wasm-mutants.ts';
import { type Trial, trials } from '../model/mutants/trials.ts';
import { difference, observe } from '../model/verify/compare.ts';

const root = join(import.meta.dirname, '..'), FUEL = 0x7fff_ffff;
/** Some trials of every law. */
const few: readonly Trial[] = [...trials({ scale: 0.004, seed: 1 })].filter((_, i) => i % 7 === 0);

test('the catalogue has at least 120 faults of unlike names, 15 of each class', () => {
  expect(faults.length).toBeGreaterThanOrEqual(120);
  expect(new Set(faultNames).size).toBe(faults.length);
  for (const one of faultClasses) expect(faults.filter((fault) => fault.class === one).length, one).toBeGreaterThanOrEqual(15);
  expect(() => faultBinary('tie-up')).toThrow(/'tie-up' is not one of the \d+ faults/);
});

test('every fault is somewhere in the fault build', () => {
  const places = placesOfFaults(readModule(faultBytes()));
  expect(faults.flatMap(({ name }, i) => (places.has(i + 1) ? [] : [name]))).toEqual([]);
});

test('a fault whose expression does not stand where it says fails the build, by name', async () => {
  const { weaving } = (await import(join(root, 'bin/faults.mjs'))) as { weaving: (faults: readonly object[]) => { afterParse: (parser: unknown) => void } };
  const { default: asc } = await import('assemblyscript/asc'), stderr = asc.createMemoryStream();
  const transforms = [weaving([{ name: 'nowhere', file: 'run', in: 'pause', original: 'state.setPhase(PHASE_RUN)', faulty: '0' }, { name: 'no file', file: 'absent', in: 'f', original: 'x', faulty: 'y' }])];
  const { error } = await asc.main(['assembly/index.ts', '--config', 'asconfig.json', '--target', 'simd', '--baseDir', root, '--noEmit'], { stderr, stdout: asc.createMemoryStream(), transforms } as never);
  expect(error?.message).toContain("fault 'nowhere': 'state.setPhase(PHASE_RUN)' occurs 0 times in pause of assembly/run.ts; it must be once");
  expect(error?.message).toContain("fault 'no file': assembly/absent.ts does not exist");
}, 60_000);

test('with no fault on, and with fuel, the engine does what the release does; with one on it does not', () => {
  const build = readModule(faultBytes()), release = new Stand().benches(new WebAssembly.Module(mutantsOf(engineBytes('simd')).metered)), module = new WebAssembly.Module(instrumented(build, metering(build)));
  const knownOf = (trial: Trial) => {
    const bench: Bench = release(trial.machine);
    bench.begin(FUEL);
    trial.act(bench, trial.program);
    return { trial, digest: bench.digest, fuel: bench.spent(FUEL), work: bench.work, reach: [] };
  };
  const trialsOf = few.map(knownOf), faultless = new Stand().benches(module);
  expect(new Set(few.map(({ law }) => law)).size).toBeGreaterThan(6);
  expect(trialsOf.flatMap((one) => symptomOf(faultless, one) ?? [])).toEqual([]);
  expect(killed(new Stand(), module, trialsOf, 1 + faultNames.indexOf('predicate-negation-ignored'))).toBeDefined();
}, 60_000);

test('of the program that finds a fault no instruction that is left could be missing', () => {
  const build = readModule(faultBytes()), release = new Stand().benches(new WebAssembly.Module(mutantsOf(engineBytes('simd')).metered)), module = new WebAssembly.Module(instrumented(build, metering(build)));
  const making = known(mutantsOf(engineBytes('simd')).metered, [], few.filter(({ law }) => law !== 'host'));   // a host may find it without a program
  let all: readonly Known[] = [];
  for (let next = making.next(); ; next = making.next()) if (next.done) { all = next.value; break; }
  const sizes: number[] = [];
  for (const name of ['predicate-negation-ignored', 'last-row-lost', 'hull-one-element-short']) {
    const fault = 1 + faultNames.indexOf(name), kill = killed(new Stand(), module, all, fault)!, least = leastProgram(new Stand(), release, module, kill, fault);
    sizes.push(least.length);
    // Made small again it stays as it is.
    expect(leastProgram(new Stand(), release, module, { ...kill, trial: { ...kill.trial, program: { ...kill.trial.program, image: imageOf(kill.trial.program.image, least) } } }, fault)).toEqual(least);
  }
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(8);
}, 60_000);

test('the release stands its own trials, work included, in any order, and leaves no trace', () => {
  const { metered } = mutantsOf(engineBytes('simd')), module = new WebAssembly.Module(metered), making = known(metered, [], few);
  let all: readonly Known[] = [];
  for (let next = making.next(); ; next = making.next()) if (next.done) { all = next.value; break; }
  for (const list of [[...all].reverse(), all.filter((_, i) => i % 3 === 1)]) expect(killed(new Stand(), module, list)).toBeUndefined();
  expect(leavesTrace([new Stand(), new Stand()], module, module, all)).toBe(false);
}, 120_000);

test('a fault by name runs through the door that everybody uses', () => {
  const [machine] = machines(), right = engine(machine!), wrong = engine(machine!, { binary: faultBinary('loop-step-a-dropped') });
  const { program } = directed().find(({ name }) => name === 'loops of nothing but scalars')!;
  expect(difference(observe(right, program), observe(wrong, program))).toBeDefined();
});

test('instructions fill their function, a sample is the same for a seed, and every mutant of it is a valid binary', () => {
  const module = readModule(engineBytes('simd')), mutants = mutantsOf(engineBytes('simd')), sample = sampleOf(mutants.all, 60, 1);
  for (const one of module.functions) expect(instructionsOf(one).at(-1)!.end).toBe(one.body.length);
  expect(sampleOf(mutants.all, 60, 1).map(({ id }) => id)).toEqual(sample.map(({ id }) => id));
  const large = sampleOf(mutants.all, 2000, 1), met = (of: (mutant: (typeof large)[number]) => unknown, list: typeof large): number => new Set(list.map(of)).size;
  expect(met((mutant) => mutant, large)).toBe(2000);
  for (const part of [({ within }) => within, ({ operator }) => operator] as ((mutant: (typeof large)[number]) => unknown)[]) expect(met(part, large)).toBe(met(part, mutants.all));
  for (const mutant of sample) expect(() => new WebAssembly.Module(mutants.bytesOf(mutant)), mutant.says).not.toThrow();
}, 60_000);

test('a constant is an address where memory is accessed at it, or at a sum of it, and nowhere else', () => {
  const module = readModule(engineBytes('simd')), codes = [0x41, 8, 0x20, 0, 0x6a, 0x28, 2, 0, 0x41, 5, 0x6a, 0x21, 0, 0x41, 16, 0x41, 24, 0x28, 2, 0, 0x41, 3, 0x72, 0x36, 2, 0, 0x41, 1, 0x41, 32, 0x6c, 0x28, 2, 0, 0x1a, 0x0b];
  const own = { ...module.functions[0]!, body: Uint8Array.from(codes), codeAt: 0 }, list = instructionsOf(own), says = (place: number): number => codes[list[place]!.immediates]!;
  expect([...addressesIn(module, own, list)].map(says).sort((a, b) => a - b)).toEqual([8, 16, 24]);
});

const tables = JSON.parse(readFileSync(join(root, 'build', 'places.json'), 'utf8')) as Tables, binary = readModule(engineBytes('simd'));
test('an instruction of the binary is in the function and of the line that the compiler says', () => {
  const place = placesIn(binary, tables), exported = binary.exports.find(({ name }) => name === 'orderReset')!.index;
  expect(tables.functions.length).toBe(binary.functions.length);
  // The global's address, then what is filled: the call to `order()` was inlined.
  expect([0, 2].map((at) => place(exported, at))).toMatchObject([
    { within: 'order/orderReset', file: 'encoding.ts', text: expect.stringContaining('function order(): u32') },
    { within: 'order/orderReset', file: 'order.ts', text: expect.stringContaining('memory.fill(<usize>control.order(), 0, ORDER_BYTES)') },
  ]);
});

test('every argument speaks of functions and lines of the sources that are there, and of what it says', () => {
  const plain = (name: string): string => name.replace('assembly/', '');
  for (const { name, within, file, text } of reasons) {
    const source = tables.sources.findIndex((one) => plain(one) === file);
    expect(tables.functions.some((one) => within.test(plain(one))), `${name}: ${within}`).toBe(true);
    // What the compiler adds has no line.
    expect(file === '' ? text.test('') : tables.texts[source]?.split('\n').some((line) => text.test(line.trim())), `${name}: ${text}`).toBe(true);
  }
});

test('an argument falls where a trial finds a trace of what it calls the same, and elsewhere', () => {
  const place = { within: 'lanes/isLaneInteger', file: 'lanes.ts', line: 20, text: 'return format.width(row) == bits && (bits <= 16 || bits == 32);' }, wider = { operator: 'constant', says: 'i32.const 16 -> 17', place, propagated: false } as const;
  expect(argumentFor(wider)?.kind).toBe('identical');
  expect(argumentFor({ ...wider, propagated: true })).toBeUndefined();
  expect(argumentFor({ ...wider, says: 'i32.const 16 -> 15' })).toBeUndefined();
  expect(argumentFor({ ...wider, place: { ...place, file: 'rules.ts' } })).toBeUndefined();
});
