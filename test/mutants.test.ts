//! mutants.test: the catalogue of faults follows the sources, its build with no fault on is the engine, and changes of the binary are binaries.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engine } from '../model/engine.ts';
import { engineBytes } from '../model/engine/binary.ts';
import { faultBinary, faultBytes, faultClasses, faultNames, faults, placesOfFaults } from '../model/mutants/catalogue.ts';
import { directed } from '../model/mutants/directed.ts';
import { killed, Stand, symptomOf } from '../model/mutants/hunt.ts';
import { machines } from '../model/mutants/machines.ts';
import type { Bench } from '../model/mutants/bench.ts';
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
  expect(() => faultBinary('tie-up')).toThrow(/'tie-up' is none of the \d+ faults/);
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
  expect(error?.message).toContain("fault 'nowhere': 'state.setPhase(PHASE_RUN)' stands 0 times in pause of assembly/run.ts; it must be once");
  expect(error?.message).toContain("fault 'no file': assembly/absent.ts does not exist");
}, 60_000);

test('with no fault on, and with fuel, the engine does what the release does; with one on it does not', () => {
  const build = readModule(faultBytes()), release = new Stand().benches(new WebAssembly.Module(mutantsOf(engineBytes('simd')).metered)), module = new WebAssembly.Module(instrumented(build, metering(build)));
  const knownOf = (trial: Trial) => {
    const bench: Bench = release(trial.machine);
    bench.begin(FUEL);
    trial.act(bench);
    return { trial, digest: bench.digest, turns: bench.spent(FUEL), reach: [] };
  };
  const known = few.map(knownOf), faultless = new Stand().benches(module);
  expect(new Set(few.map(({ law }) => law)).size).toBeGreaterThan(6);
  expect(known.flatMap((one) => symptomOf(faultless, one) ?? [])).toEqual([]);
  expect(killed(new Stand(), module, known, 1 + faultNames.indexOf('predicate-negation-ignored'))).toBeDefined();
}, 60_000);

test('a fault by name runs through the door that everybody uses', () => {
  const [machine] = machines(), right = engine(machine!), wrong = engine(machine!, { binary: faultBinary('loop-end-exclusive') });
  const { program } = directed().find(({ name }) => name === 'loops of nothing but scalars')!;
  expect(difference(observe(right, program), observe(wrong, program))).toBeDefined();
});

test('instructions fill their function, a sample is the same for a seed, and every mutant of it is a valid binary', () => {
  const module = readModule(engineBytes('simd')), mutants = mutantsOf(engineBytes('simd')), sample = sampleOf(mutants.all, 60, 1);
  for (const one of module.functions) expect(instructionsOf(one).at(-1)!.end).toBe(one.body.length);
  expect(sampleOf(mutants.all, 60, 1).map(({ id }) => id)).toEqual(sample.map(({ id }) => id));
  for (const mutant of sample) expect(() => new WebAssembly.Module(mutants.bytesOf(mutant)), mutant.says).not.toThrow();
}, 60_000);
