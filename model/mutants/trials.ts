//! trials: what every mutant has to stand: programs of all kinds on several machines, each under one law of the harness.
import type { Program } from '../device.ts';
import { UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { stateLayout } from '../machine/state.ts';
import { retirementLayout } from '../retirement.ts';
import { packSnapshot, unpackSnapshot } from '../snapshot.ts';
import { generate, recordsOf } from '../verify/generate.ts';
import { type Broken, breakages, generateIllegal, withBreakage } from '../verify/illegal.ts';
import { mixed, random } from '../verify/random.ts';
import { type Knobs, knobs } from '../verify/record.ts';
import { randomSchedule } from '../verify/schedules.ts';
import { repeated } from '../verify/repeated.ts';
import { resolve } from '../verify/resolve.ts';
import { generateNearby } from '../verify/nearby.ts';
import { runnable } from '../verify/workshop.ts';
import type { Bench } from './bench.ts';
import { descriptorSessions } from './descriptors.ts';
import { directed, directedProgram } from './directed.ts';
import { extremes, wides } from './ends.ts';
import { backwards, distances, pairs } from './families.ts';
import { hostSession, layDown, region, RING_TAIL, ringLaunch, swept, watched } from './host.ts';
import { hosts } from './hosts.ts';
import { functions, kernelsOf, layer, requantised, rows } from './layers.ts';
import { loopPrograms } from './loops.ts';
import { formatByCode } from '../numerics/format.ts';
import { long, machines } from './machines.ts';
import { relaunched, relaunches } from './relaunch.ts';
import { seldom } from './seldom.ts';
import { effects, seldomBursts } from './seldom-bursts.ts';
import { controlHosts, longPrograms, seldomControl } from './seldom-control.ts';
import { seldomEpilogues } from './seldom-epilogue.ts';
import { kernelPrograms, slotPrograms, untouched } from './seldom-kernels.ts';
import { numbers } from './seldom-numbers.ts';
import { seldomVectors } from './seldom-vectors.ts';
import { products } from './seldom-products.ts';
import { granulePrograms, reportHosts, seldomReports } from './seldom-reports.ts';
import { seldomShadows } from './seldom-shadows.ts';
import { strips } from './seldom-strips.ts';
import { torn } from './torn.ts';
import { eachForm, forms, passedOver, wordsOf } from './words.ts';

/** The laws by what they ask for. */
export const laws = {
  directed: 'a directed program, written for one purpose, does the same',
  layers: 'a layer as users write it gives the same numbers',
  records: 'a legal program retires the same records and leaves the same state',
  fast: 'an unobserved run leaves the same state',
  schedules: 'any schedule at any queue depth gives the same trace',
  turns: 'a run continued under another schedule, or unobserved, ends the same',
  traps: 'a program that breaks one rule traps the same way',
  nearby: 'a program that is nearly legal, or only just legal, does the same',
  torn: 'a program with a changed word does the same',
  words: 'an instruction with flipped bits is refused, or does what the bits say',
  snapshots: 'a run resumed from a snapshot ends the same',
  host: 'every host action shows and causes the same',
  ring: 'launches through the command ring, with regions, retire and complete the same way',
  order: 'the happens-before order of instructions is the same',
  relaunch: 'a program that ran before, then changed in something, does the same',
  watchdog: 'the watchdog ends a run at the same place',
} as const;
export type Law = keyof typeof laws;

/** One run of a program, or some, whose digest must be that of the release. */
export interface Trial {
  readonly law: Law;
  readonly machine: Profile;
  readonly program: Program;
  readonly instructions: number;
  readonly act: Act;
}
/** What a law does with a program. */
type Act = (bench: Bench, program: Program) => void;
const acts: Readonly<Record<'records' | 'fast' | 'schedules' | 'turns' | 'snapshots' | 'order' | 'watchdog', (seed: number) => Act>> = {
  records: (seed) => (bench, program) => {
    bench.device.load(program);
    if (seed % 8 === 5) bench.sum();
    else bench.run(seed % 8 === 1 ? { records: 'effects', ring: 1 + (seed >>> 3) % 7 } : {});
    bench.final();
  },
  fast: () => (bench, program) => { bench.device.load(program); bench.execute(); bench.final(); },
  schedules: (seed) => (bench, program) => {
    bench.device.load(program);
    bench.run({ schedule: randomSchedule(seed, 1024), queueDepth: [1, 2, 3, 16][seed % 4]! });
    bench.final();
  },
  turns: (seed) => (bench, program) => {
    const next = random(mixed(seed, 4));
    bench.device.load(program);
    for (let turn = 0; turn < 6; turn++) {
      const options = turn < 5 ? { budget: 1 + (next() % [4, 12, 40][seed % 3]!) } : {};
      // Of a schedule of ones units take their time, and queues fill.
      const scheduled = [{}, { schedule: randomSchedule(next(), 256), queueDepth: 1 + (next() % 16) }, { schedule: new Uint8Array(256).fill(15), queueDepth: 16 }][(turn + seed) % 3]!;
      if (next() % 2) bench.run({ ...options, ...scheduled });
      else bench.execute({ ...options, ...scheduled });
      if (next() % 2) bench.final();
    }
    bench.final();
  },
  snapshots: (seed) => (bench, program) => {
    const options = seed % 2 ? { schedule: randomSchedule(seed, 1024), queueDepth: 4 } : {}, budget = 1 + ((seed >>> 8) % 60);
    bench.device.load(program);
    bench.run({ ...options, budget });
    const snapshot = bench.snapshot();
    bench.noteBytes(snapshot);
    bench.device.restore(seed % 4 === 3 ? aged(snapshot, bench.device.profile.hash) : snapshot);
    bench.run();
    bench.final();
    bench.noteBytes(bench.snapshot());
  },
  // Twice: the second time nothing of the first is left.
  order: () => (bench, program) => {
    const { exports, device } = bench, bytes = new Uint8Array(exports.memory.buffer), view = new DataView(exports.memory.buffer);
    for (const tokens of [3, 0]) {
      device.load(program);
      exports.orderReset();
      for (let semaphore = 1; semaphore < 64; semaphore += 7) bench.note(exports.orderPost(semaphore, semaphore & tokens));
      bench.run({ ring: 1 }, (record) => {
        bench.note(device.csrRead(0x600 + 8 * record.unit));
        bytes.copyWithin(exports.SCRATCH.value, record.at, record.at + record.byteCount);
        const at = exports.orderFollow(exports.SCRATCH.value) >>> 0;
        for (let unit = 0; unit < 6; unit++) bench.note(view.getUint32(at + 4 * unit, true));
      });
    }
  },
  watchdog: (seed) => (bench, program) => {
    bench.device.load(program);
    bench.run({ watchdog: 1 + (seed % 40), ...(seed % 3 ? { schedule: randomSchedule(seed, 1024), queueDepth: 4 } : {}) });
    bench.final();
    bench.noteBytes(bench.snapshot());
  },
};

/** A snapshot of a machine that has run for long: the number of the youngest instruction in its queues is the first of 32 bits. */
function aged(snapshot: Uint8Array, hash: string): Uint8Array {
  const parts = unpackSnapshot(snapshot, hash), { seq } = retirementLayout.at, numberIn = (record: Uint8Array): bigint => new DataView(record.buffer, record.byteOffset).getBigInt64(seq, true);
  const queued = parts.queues.flat(), by = 2n ** 31n - queued.map(numberIn).reduce((most, one) => (one > most ? one : most), 0n);
  const later = (bytes: Uint8Array, at: number): Uint8Array => {
    const made = bytes.slice(), view = new DataView(made.buffer);
    view.setBigInt64(at, view.getBigInt64(at, true) + by, true);
    return made;
  };
  return packSnapshot({ ...parts, state: later(parts.state, stateLayout.at.seq), queues: parts.queues.map((queue) => queue.map((record) => later(record, seq))) }, hash);
}

/** A trial of a generated program. */
function generated(law: keyof typeof acts, machine: Profile, by: Knobs, seed: number, records = recordsOf(seed, machine, by)): Trial {
  const made = resolve(records, machine, by, mixed(seed, 0)), program = law === 'fast' && seed % 2 ? repeated(made, seed) : made.program;
  return { law, machine, program, instructions: made.words.length, act: acts[law](seed) };
}

/** Small programs of one instruction over and over: what is seldom drawn is met as often as all else. */
function ofOneKind(law: keyof typeof acts, machine: Profile, op: number, seed: number): Trial {
  const next = random(seed), by = { ...knobs.numerics, name: 'one kind', elements: seed % 3 ? 12 : 48 };
  const facet = (): number => [0, next() % 16, next() % 4096, next(), next(), next()][next() % 6]!;
  const length = runnable(machine)[op]!.unit === UNIT_SEQ ? 1 + (next() % 30) : 1 + (next() % 5), records = Array.from({ length }, () => ({ op, f0: facet(), f1: facet(), f2: facet(), f3: facet(), f4: facet(), f5: next() % 2 ? 0 : facet(), f6: facet() }));
  return generated(law, machine, by, seed, records);
}

function illegal(machine: Profile, { program, words, expected }: Broken, watched: boolean): Trial {
  return {
    law: 'traps', machine, program, instructions: words.length,
    act: (bench, own) => {
      bench.device.load(own);
      if (expected.debug) bench.device.csrWrite(0x240, 0x100);
      if (watched) bench.run();
      else bench.execute();
      bench.final();
    },
  };
}

/** Programs that are nearly legal, or just so; some are launched through the ring, among pages that the host protects. */
function nearby(machine: Profile, op: number, turn: number, seed: number): Trial | undefined {
  const made = generateNearby(seed, machine, { ...knobs.illegal, elements: [4, 12, 40][seed % 3]! }, op, turn);
  if (!made) return undefined;
  const { program, words } = made, next = random(mixed(seed, 3)), pages = Math.ceil(machine.dramBytes / 4096), page = next() % pages;
  const guarded = next() % 6 === 0 ? [...region(0, page, page + 1 + (next() % 2), next() % 4), ...region(1, 0, pages - (next() % 3), 7)] : undefined;
  return {
    law: 'nearby', machine, program, instructions: words.length,
    act: (bench, own) => {
      if (guarded) {
        layDown(bench.device, own, guarded);
        bench.device.csrWrite(RING_TAIL, 1);
      } else bench.device.load(own);
      if (seed % 2) bench.run();
      else bench.execute();
      bench.final();
    },
  };
}

/** How many of each; `scale` 1 is what the published score uses. */
export interface Corpus { readonly scale: number; readonly seed: number }
/** What mixed programs are made of: the knob files, and small ones, which find the same in less time. */
const kinds: readonly (readonly [Knobs, number])[] = [
  [{ ...knobs.smoke, records: 3 }, 30], [knobs.smoke, 40], [knobs.numerics, 50], [{ ...knobs.numerics, records: 5 }, 40], [knobs.memory, 40], [knobs.sync, 25],
];
const share: Readonly<Record<keyof typeof acts, number>> = { records: 1, fast: 0.25, schedules: 0.4, turns: 0.3, snapshots: 0.2, order: 0.12, watchdog: 0.15 };
/** Laws of the programs of one kind, in turns. */
const turns: readonly (keyof typeof acts)[] = ['records', 'records', 'records', 'fast', 'records', 'schedules', 'records', 'records'];

/** Laws of layers, in turns that divide no number of kernels. */
const ways: readonly (keyof typeof acts)[] = ['records', 'records', 'fast', 'records', 'snapshots', 'records', 'records', 'fast', 'records', 'schedules', 'records', 'records', 'order'];

/** Records without checksums of what they wrote. */
const bare: Act = (bench, program) => {
  bench.device.load(program);
  bench.run({ digests: false });
  bench.final();
};

/** All that a run leaves at which nobody looked, its weights included. */
const left: Act = (bench, program) => {
  bench.device.load(program);
  bench.execute();
  bench.noteBytes(bench.snapshot());
};

/** What a host that brings its own programs finds. */
const nothing: Program = directedProgram('nothing', 'halt 0').program;

/** The whole corpus, the same for a seed. */
export function* trials({ scale, seed }: Corpus): Generator<Trial, void> {
  const small = [...directed().map((one) => ({ ...one, machine: 0 })), ...backwards().map((one) => ({ ...one, machine: 0 })), ...seldom(), ...seldomVectors(), ...seldomShadows(), ...seldomReports(), ...products(), ...seldomEpilogues(), ...numbers(), ...seldomControl(), ...seldomBursts()];
  for (const { machine, program, instructions } of small) for (const law of ['records', 'fast', 'schedules', 'snapshots'] as const) yield { law: law === 'records' ? 'directed' : law, machine: machines()[machine]!, program, instructions, act: acts[law](3) };
  for (const { machine, program, instructions } of seldomBursts()) yield { law: 'directed', machine: machines()[machine]!, program, instructions, act: effects };
  for (const { machine, program, instructions } of seldomVectors()) yield { law: 'records', machine: machines()[machine]!, program, instructions, act: bare };
  for (const { machine, program, instructions } of [...kernelPrograms(), ...granulePrograms(), ...strips()]) for (const law of ['records', 'fast', 'schedules', 'snapshots'] as const) yield { law: law === 'records' ? 'directed' : law, machine, program, instructions, act: acts[law](3) };
  for (const { machine, program, instructions } of slotPrograms()) yield { law: 'snapshots', machine, program, instructions, act: left };
  yield { law: 'host', machine: machines()[2]!, program: nothing, instructions: 1, act: untouched };
  for (const [i, definition] of wordsOf.definitions.entries()) yield { law: 'words', machine: machines()[0]!, program: wordsOf.program, instructions: wordsOf.instructions, act: forms(definition, Math.ceil(FORMS * Math.max(scale, 0.1)), mixed(seed, 50_000 + i)) };
  for (const definition of wordsOf.definitions) yield { law: 'words', machine: machines()[0]!, program: wordsOf.program, instructions: wordsOf.instructions, act: eachForm(definition) };
  for (const definition of wordsOf.definitions) yield { law: 'words', machine: machines()[0]!, program: wordsOf.program, instructions: wordsOf.instructions, act: passedOver(definition) };
  for (const which of [0, 3]) for (const one of descriptorSessions(which === 0)) yield { law: 'words', machine: machines()[which]!, ...one };
  const roomy = long();
  for (const { program, instructions } of longPrograms()) for (const law of ['fast', 'records'] as const) yield { law: 'directed', machine: roomy, program, instructions, act: acts[law](3) };
  for (const act of Object.values({ ...hosts, ...controlHosts, ...reportHosts })) yield { law: 'host', machine: machines()[0]!, program: nothing, instructions: 1, act };
  const times = (count: number): readonly number[] => Array.from({ length: Math.ceil(count * scale) }, (_, i) => i);
  for (const machine of machines()) {
    for (const [k, [by, count]] of kinds.entries()) {
      for (const [l, law] of (Object.keys(acts) as (keyof typeof acts)[]).entries()) for (const i of times(count * share[law])) yield generated(law, machine, by, mixed(mixed(seed, k), 16 * i + l));
    }
    for (const op of runnable(machine).keys()) for (const i of times(24)) yield ofOneKind(turns[i % turns.length]!, machine, op, mixed(mixed(seed, 100 + op), i));
    for (const [k, breakage] of breakages(machine).entries()) {
      if (scale < 1 && mixed(seed, k) / 2 ** 32 >= scale) continue;
      const by = { ...knobs.illegal, records: 1 + (k % 3) }, own = mixed(seed, 5000 + k), broken = withBreakage(breakage, recordsOf(own, machine, by), own, machine, by);
      if (broken) yield illegal(machine, broken, k % 5 !== 0);
    }
    for (const op of runnable(machine).keys()) {
      for (const i of times(machine === machines()[0] ? 300 : 110)) {
        const made = nearby(machine, op, i, mixed(mixed(seed, 30_000 + op), i));
        if (made) yield made;
      }
    }
    for (const i of times(100)) yield illegal(machine, generateIllegal(mixed(seed, 6000 + i), machine, knobs.illegal), i % 2 === 0);
    for (const [l, [make, count]] of ([[layer, 5 * kernelsOf(machine).length], [requantised, 220], [rows, 180], [functions, 60], [extremes, 700], [wides, 250], [pairs, 130], [distances, 110]] as const).entries()) {
      for (const i of times(count)) {
        const own = mixed(seed, 9000 + 20_000 * l + i), made = make(machine, own, i), law = ways[i % ways.length]!;
        if (made) yield { law: law === 'records' || law === 'fast' ? 'layers' : law, machine, program: made.program, instructions: made.instructions, act: acts[law](own) };
      }
    }
    for (const [i, of] of kernelsOf(machine).entries()) {
      const own = mixed(seed, 200_000 + i), made = scale < 1 ? undefined : layer(machine, own, i);
      if (made && !isWhole(of.triple.activation)) yield { law: 'snapshots', machine, program: made.program, instructions: made.instructions, act: acts.snapshots(own) };
    }
    if (machine === machines()[0]) {
      for (const { count, programOf } of Object.values(loopPrograms)) {
        for (const i of times(count)) {
          const own = mixed(seed, 80_000 + i), law = loopWays[i % loopWays.length]!;
          yield { law, machine, program: programOf(own), instructions: 24, act: acts[law](own) };
        }
      }
      for (const [name, text] of Object.entries(relaunched)) {
        for (const i of times(RELAUNCHED)) yield { law: 'relaunch', machine, ...directedProgram(name, text), act: relaunches(mixed(seed, 90_000 + i)) };
      }
      for (const i of times(RELAUNCHED)) {
        const made = generate(mixed(seed, 91_000 + i), machine, knobs.smoke), program = i % 2 ? repeated(made, i) : made.program;
        yield { law: 'relaunch', machine, program, instructions: made.words.length, act: relaunches(mixed(seed, 92_000 + i)) };
      }
    }
    for (const i of times(TORN)) {
      const made = tornProgram(machine, mixed(seed, 60_000 + i), i);
      if (made) yield made;
    }
    for (const i of times(60)) yield session(machine, mixed(seed, 7000 + i));
    for (const i of times(160)) yield launches(machine, mixed(seed, 8000 + i));
  }
}

/** Programs that are launched again, by text. */
const RELAUNCHED = 16;
/** Programs that are torn, by machine; they end after so many steps, since any may be endless. */
const FORMS = 400, TORN = 300, TORN_STEPS = 150;
const loopWays = ['fast', 'fast', 'records', 'fast', 'turns', 'fast', 'snapshots'] as const;
const makers = [layer, requantised, rows, extremes, layer, extremes] as const;
/** A program of any kind, torn; some run with records, some without, some twice. */
function tornProgram(machine: Profile, seed: number, turn: number): Trial | undefined {
  const [by] = kinds[turn % kinds.length]!, made = turn % 2 ? makers[(turn >> 1) % makers.length]!(machine, seed) : small(generate(seed, machine, { ...by, records: 1 + (turn % 7) }));
  if (!made) return undefined;
  const budget = TORN_STEPS;
  return {
    law: 'torn', machine, program: torn(made.program, mixed(seed, 1)), instructions: made.instructions,
    act: (bench, own) => {
      bench.device.load(own);
      if (seed % 3) bench.execute({ budget });
      else bench.run({ budget, ...(seed % 2 ? { schedule: randomSchedule(seed, 1024), queueDepth: 4 } : {}) });
      bench.final();
    },
  };
}
const isWhole = (code: number): boolean => formatByCode(code)!.kind === 'integer';
const small = ({ program, words }: { readonly program: Program; readonly words: readonly unknown[] }): { readonly program: Program; readonly instructions: number } => ({ program, instructions: words.length });

function session(machine: Profile, seed: number): Trial {
  const { program, words } = generate(seed, machine, seed % 3 ? { ...knobs.smoke, records: 4 } : knobs.smoke);
  const own = random(mixed(seed, 99))(), act = seed % 4 === 0 ? watched(mixed(seed, 98)) : seed % 4 === 1 ? swept(own) : hostSession(words.length, own);
  return { law: 'host', machine, program, instructions: words.length, act };
}
function launches(machine: Profile, seed: number): Trial {
  const { program, words } = generate(seed, machine, seed % 2 ? { ...knobs.memory, records: 4 } : knobs.memory);
  return { law: 'ring', machine, program, instructions: words.length, act: ringLaunch(seed) };
}
