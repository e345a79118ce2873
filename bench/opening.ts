//! opening: makes golden/opening.json: of thousands of programs the fewest and fastest that together show every fault of the catalogue that a program shows: npx tsx bench/opening.ts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { mixture, trialOf } from '../model/campaign/campaign.ts';
import { openingText } from '../model/campaign/opening.ts';
import type { Program, Segment } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { engineBytes } from '../model/engine/binary.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { faultBinary, faultBytes, faultNames, faults, placesOfFaults } from '../model/mutants/catalogue.ts';
import { directed } from '../model/mutants/directed.ts';
import { extremes, wides } from '../model/mutants/ends.ts';
import { type Known, known, reaching, Stand, symptomOf } from '../model/mutants/hunt.ts';
import { functions, layer, requantised, rows } from '../model/mutants/layers.ts';
import { loopPrograms } from '../model/mutants/loops.ts';
import { machines } from '../model/mutants/machines.ts';
import { numbers } from '../model/mutants/seldom-numbers.ts';
import { seldomEpilogues } from '../model/mutants/seldom-epilogue.ts';
import { seldom } from '../model/mutants/seldom.ts';
import type { Trial as Hunted } from '../model/mutants/trials.ts';
import { instrumented, metering } from '../model/mutants/wasm-instrument.ts';
import { readModule } from '../model/mutants/wasm-module.ts';
import { mutantsOf } from '../model/mutants/wasm-mutants.ts';
import type { Difference } from '../model/verify/compare.ts';
import { generateNearby } from '../model/verify/nearby.ts';
import { mixed } from '../model/verify/random.ts';
import { type Knobs, knobs } from '../model/verify/record.ts';
import { failureOf, judgeBy, observeTrial, type Trial } from '../model/verify/trial.ts';
import { runnable } from '../model/verify/workshop.ts';

type Maker = (profile: Profile, which: number) => Trial | undefined;
type Made = { readonly program: Program } | undefined;
const serial = (made: Made): Trial | undefined => made && { program: made.program, options: {} };
const sheet = (make: (profile: Profile, seed: number, nth: number) => Made): Maker => (of, which) => serial(make(of, mixed(7, which), which));
const looped = ({ programOf }: { readonly programOf: (seed: number) => Program }): Maker => (_, which) => serial({ program: programOf(mixed(9, which)) });
/** Of few steps, so that they are small. */
const few = mixture.map((one): Knobs => ({ ...one, records: 4 }));
const texts = [...directed(), ...[...seldom(), ...numbers(), ...seldomEpilogues()].filter(({ machine }) => machine === 0)];

/** Kinds of candidates, and how many of each. */
const makers: Readonly<Record<string, readonly [Maker, number]>> = {
  text: [(_, which) => serial(texts[which]), texts.length], drawn: [(of, which) => trialOf(which, { profile: of, knobs: few, seed: 1 }), 20_000],
  nearby: [(of, which) => {
    const count = runnable(of).length, op = which % count, turn = Math.floor(which / count);
    return serial(generateNearby(mixed(mixed(1, op), turn), of, { ...knobs.illegal, records: 2, elements: [4, 12, 40][turn % 3]! }, op, turn));
  }, 3000],
  layer: [sheet(layer), 600], requantised: [sheet(requantised), 300], rows: [sheet(rows), 300], functions: [sheet(functions), 20], extremes: [sheet(extremes), 800], wides: [sheet(wides), 300],
  mingling: [looped(loopPrograms.mingling), 400], deepening: [looped(loopPrograms.deepening), 200], setting: [looped(loopPrograms.setting), 200],
};
interface Entry { readonly maker: Maker; readonly which: number }
/** Programs that show a fault on the small machine, of which some must show it on the large one. */
const SHOWING = 40, TRIED = 600, STEPS = 20_000;
const small = machines()[0]!, large = profile('systole-16'), release = engine(large, { build: 'scalar' });
const entries = Object.values(makers).flatMap(([maker, count]) => Array.from({ length: count }, (_, which): Entry => ({ maker, which })));
setFlagsFromString('--liftoff-only');

/** On the small machine, where nothing runs for ever: which programs show which fault. */
interface Candidate { readonly entry: Entry; readonly known: Known }
function showing(): ReadonlyMap<number, readonly Entry[]> {
  const build = readModule(faultBytes()), places = placesOfFaults(build), stand = new Stand(), module = new WebAssembly.Module(instrumented(build, metering(build))), byTrial = new Map<Hunted, Entry>();
  for (const entry of entries) {
    const made = entry.maker(small, entry.which);
    if (!made) continue;
    const act = (bench: Parameters<Hunted['act']>[0], program: Program): void => {
      for (const alone of made.options.schedule ? [false] : [false, true]) {
        bench.device.load(program);
        if (made.debug) bench.device.csrWrite(0x240, 0x100);
        if (alone) bench.execute(made.options); else bench.run(made.options);
        bench.final();
      }
    };
    byTrial.set({ law: 'records', machine: small, program: made.program, instructions: 0, act }, entry);
  }
  const making = known(mutantsOf(engineBytes('simd')).metered, [build.bytes], byTrial.keys());
  let all: readonly Known[] = [];
  for (let next = making.next(); ; next = making.next()) if (next.done) { all = next.value; break; }
  return new Map(faults.map((_, i) => {
    const of = stand.benches(module, i + 1), found: Candidate[] = [], candidates = reaching(all, 0, places.get(i + 1) ?? []);
    for (const [nth, one] of candidates.entries()) {
      if (found.length >= SHOWING || (nth >= TRIED && found.length > 0)) break;
      const symptom = symptomOf(of, one);
      // A campaign has no fuel: what does not end is no good.
      if (symptom && symptom !== 'endless') found.push({ entry: byTrial.get(one.trial)!, known: one });
    }
    return [i, found.map(({ entry }) => entry)];
  }));
}

/** Those of them that a campaign on the large machine finds it by. */
interface Found { readonly entry: Entry; readonly trial: Trial; readonly cost: number; readonly shows: Set<number> }
const found = new Map<Entry, Found>(), missed: string[] = [];
function milliseconds(trial: Trial): number {
  const began = performance.now(), { status } = observeTrial(release, { ...trial, options: { budget: STEPS, ...trial.options } });
  return status === 'budget' ? Infinity : performance.now() - began;
}
const foundOf = (entry: Entry): Found | undefined => {
  const trial = entry.maker(large, entry.which), cost = trial ? Math.min(...[1, 2, 3].map(() => milliseconds(trial))) : Infinity;
  return trial && cost < Infinity ? { entry, trial, cost, shows: new Set() } : undefined;
};
/** An engine that ran nothing yet, so that nothing is left in it that helps. */
const modules = new Map<number, WebAssembly.Module>(), judges = [judgeBy(release)];
function differs(trial: Trial, fault: number): Difference | undefined {
  const binary = modules.get(fault) ?? faultBinary(faultNames[fault]!);
  modules.set(fault, binary);
  return failureOf(trial, engine(large, { binary }), judges).found;
}
for (const [fault, list] of showing()) {
  let any = false;
  for (const entry of list) {
    const one = found.get(entry) ?? foundOf(entry);
    if (!one || !differs(one.trial, fault)) continue;
    any = true;
    found.set(entry, one);
    one.shows.add(fault);
  }
  if (!any) missed.push(faultNames[fault]!);
}

/** Again and again the one that shows most new faults for its time; it is kept for those. */
const chosen: (Pick<Found, 'trial' | 'cost'> & { readonly shows: readonly number[] })[] = [], done = new Set<number>();
for (;;) {
  const fresh = ({ shows }: Found): readonly number[] => [...shows].filter((fault) => !done.has(fault)), worth = (one: Found): number => fresh(one).length / (one.cost + 0.3);
  const best = [...found.values()].reduce<Found | undefined>((most, one) => (most === undefined || worth(one) > worth(most) ? one : most), undefined);
  if (!best || worth(best) === 0) break;
  const shows = fresh(best);
  chosen.push({ trial: best.trial, cost: best.cost, shows });
  for (const fault of shows) done.add(fault);
}

/** Without the memory, and the schedule, that it does not need for what it is kept for. */
function lean(trial: Trial, shows: readonly number[]): Trial {
  const shown = (other: Trial): Trial | undefined =>
    (milliseconds(other) < Infinity && !failureOf(other, release, []).found && shows.every((fault) => differs(other, fault)) ? other : undefined);
  const { schedule, ...serially } = trial.options, shorter = schedule && shown({ ...trial, options: { ...serially, schedule: schedule.slice(0, 48) } });
  let best = (schedule && shown({ ...trial, options: serially })) ?? shorter ?? trial;
  const still = (memory: readonly Segment[]): Trial | undefined => shown({ ...best, program: { ...best.program, memory } });
  for (let i = trial.program.memory.length - 1; i >= 0; i--) {
    const { memory } = best.program, without = still(memory.filter((_, at) => at !== i));
    if (without) { best = without; continue; }
    for (let size = memory[i]!.bytes.length >> 1; size >= 16; size >>= 1) {
      for (const cut of [(of: Segment): Segment => ({ ...of, bytes: of.bytes.slice(0, -size) }), (of: Segment): Segment => ({ ...of, address: of.address + size, bytes: of.bytes.slice(size) })]) {
        const less = best.program.memory[i]!.bytes.length > size ? still(best.program.memory.map((one, at) => (at === i ? cut(one) : one))) : undefined;
        if (less) best = less;
      }
    }
  }
  return best;
}
const programs = chosen.map(({ trial, shows }) => ({ shows: shows.map((fault) => faultNames[fault]!), trial: lean(trial, shows) })), text = openingText(large, programs);
writeFileSync(join(import.meta.dirname, '../golden/opening.json'), text);
console.log(`${chosen.length} programs, ${text.length} characters, show ${done.size} of ${faultNames.length} faults in ${Math.round(chosen.reduce((sum, { cost }) => sum + cost, 0))} ms; no program shows ${missed.join(', ')}`);
