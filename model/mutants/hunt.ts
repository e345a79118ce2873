//! hunt: what each trial gives on the release, which stretches of code it runs, and the first trial that tells a changed engine from it.
import { Defect } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { Bench } from './bench.ts';
import { readModule } from './wasm-module.ts';
import { blocksOf, FLAGS_AT, FLAGS_PAGES, flagging, instrumented, MEMORY_PAGES } from './wasm-instrument.ts';
import type { Trial } from './trials.ts';

/** A trial with what it gives on the release. */
export interface Known {
  readonly trial: Trial;
  readonly digest: number;
  /** Stretches of code that run. */
  readonly fuel: number;
  /** The same in its programs alone where it comes again at once: what the engine remembers from one launch to the next is there. */
  readonly work: number;
  /** For each binary that was looked into, a bit for each stretch of its code that the trial runs. */
  readonly reach: readonly Uint32Array[];
}
/** How a mutant showed: other records or state, a trap of WebAssembly, no end, a host that could not go on; or the same with more work, or less. */
export type Symptom = 'digest' | 'trap' | 'endless' | 'host' | 'work';
export interface Kill { readonly trial: Trial; readonly programs: number; readonly symptom: Symptom }

/** Fuel of a mutant: what the release takes, many times, and some to begin with. */
const PATIENCE = 8, FUEL_MIN = 60_000, FUEL_MOST = 0x7fff_ffff;

/**
 * Runs every trial on the release, with fuel, and on each binary that mutants are made of, with flags; cheapest first. Yields how many are
 * done.
 */
export function* known(metered: Uint8Array, binaries: readonly Uint8Array[], all: Iterable<Trial>): Generator<number, readonly Known[]> {
  const release = new Stand().benches(new WebAssembly.Module(metered)), list: Known[] = [];
  const seeing = binaries.map((binary) => {
    const module = readModule(binary);
    return { blocks: blocksOf(module), bench: new Stand(FLAGS_PAGES).benches(new WebAssembly.Module(instrumented(module, flagging()))) };
  });
  for (const trial of all) {
    const bench = release(trial.machine);
    bench.begin(FUEL_MOST);
    trial.act(bench, trial.program);
    const fuel = bench.spent(FUEL_MOST);
    bench.begin(FUEL_MOST);
    trial.act(bench, trial.program);
    const reach = seeing.map(({ blocks, bench: of }) => {
      const other = of(trial.machine), flags = new Uint8Array(other.exports.memory.buffer, FLAGS_AT, blocks);
      flags.fill(0);
      other.begin(FUEL_MOST);
      trial.act(other, trial.program);
      if (other.digest !== bench.digest) throw new Defect(`an instrumented engine differs under the law '${trial.law}'`);
      return bitsOf(flags);
    });
    list.push({ trial, digest: bench.digest, fuel, work: bench.work, reach });
    yield list.length;
  }
  return list.sort((a, b) => a.fuel - b.fuel);
}

/** Places for benches, one for each machine: the memories stay when the modules change. */
export class Stand {
  private readonly memories = new Map<Profile, WebAssembly.Memory>();
  private readonly pages: number;

  constructor(pages = MEMORY_PAGES) { this.pages = pages; }

  /** Benches of a module, made when a machine is first asked for; those of the module before are over. */
  benches(module: WebAssembly.Module, fault = 0): (machine: Profile) => Bench {
    const made = new Map<Profile, Bench>();
    return (machine) => {
      let bench = made.get(machine), memory = this.memories.get(machine);
      if (!memory) this.memories.set(machine, memory = new WebAssembly.Memory({ initial: this.pages, maximum: 0x1_0000 }));
      if (!bench) made.set(machine, bench = new Bench(module, machine, memory, fault));
      return bench;
    };
  }
}

function bitsOf(flags: Uint8Array): Uint32Array {
  const bits = new Uint32Array(Math.ceil(flags.length / 32));
  flags.forEach((flag, i) => { if (flag) bits[i >> 5]! |= 1 << (i & 31); });
  return bits;
}
/** The trials that run any of some stretches of the code of a binary; no other can tell a change in them. */
export const reaching = (all: readonly Known[], binary: number, blocks: Iterable<number>): readonly Known[] => {
  const wanted = [...blocks];
  return all.filter(({ reach }) => wanted.some((block) => ((reach[binary]![block >> 5]! >>> (block & 31)) & 1) !== 0));
};

/**
 * The first of the trials that a changed engine does not stand; undefined where it stands all. What it does counts before what that takes: work
 * is the symptom only where no trial shows another. Of the fault build, which is compiled otherwise, the work says nothing.
 */
export function killed(stand: Stand, module: WebAssembly.Module, candidates: readonly Known[], fault = 0): Kill | undefined {
  const of = stand.benches(module, fault);
  let byWork: Kill | undefined;
  for (const [index, one] of candidates.entries()) {
    const symptom = symptomOf(of, one);
    if (symptom) return { trial: one.trial, programs: index + 1, symptom };
    if (!byWork && fault === 0 && worksOtherwise(of, one)) byWork = { trial: one.trial, programs: index + 1, symptom: 'work' };
  }
  return byWork;
}

/** Fuel of a mutant for a trial. */
const fuelFor = ({ fuel }: Pick<Known, 'fuel'>): number => Math.min(FUEL_MOST, FUEL_MIN + PATIENCE * fuel);

/** Trials that a mutant stands at most: the cheapest that reach it, those of moderate length that were written for one thing, those that launch programs again, those of single words where they are few, and of the rest some, from all parts of the list. */
const CHEAPEST = 4000, DEARER = 1000, FEW = 16;
/** Fuel up to which all trials of a law are kept. */
const moderate: Readonly<Partial<Record<Trial['law'], number>>> = { directed: 50_000, host: 50_000, relaunch: 300_000 };
export function bounded(candidates: readonly Known[]): readonly Known[] {
  const dearer = candidates.slice(CHEAPEST), every = Math.ceil(dearer.length / DEARER), own = dearer.filter(({ trial }) => trial.law === 'words').length <= FEW;
  return [...candidates.slice(0, CHEAPEST), ...dearer.filter(({ trial: { law }, fuel }, i) => i % every === 0 || (law === 'words' && own) || fuel < (moderate[law] ?? 0))];
}

/** How one trial tells the engine of the benches from the release. */
export function symptomOf(of: (machine: Profile) => Bench, { trial, digest, fuel: needed }: Pick<Known, 'trial' | 'digest' | 'fuel'>): Symptom | undefined {
  const fuel = fuelFor({ fuel: needed });
  let bench: Bench | undefined;
  try {
    bench = of(trial.machine);
    bench.begin(fuel);
    trial.act(bench, trial.program);
  } catch (error) {
    if (bench && bench.spent(fuel) > fuel) return 'endless';
    return error instanceof WebAssembly.RuntimeError ? 'trap' : 'host';
  }
  return bench.digest === digest ? undefined : 'digest';
}
/** Behind a trial that showed nothing: does it take other work than the release, and again when it comes at once? */
function worksOtherwise(of: (machine: Profile) => Bench, { trial, digest, work, fuel }: Known): boolean {
  const bench = of(trial.machine);
  if (bench.work === work) return false;
  return symptomOf(of, { trial, digest, fuel }) !== undefined || bench.work !== work;
}

/** Trials after which memory is looked at as a whole. */
const LOOKS = 6;
/** Does a change that nobody sees leave a trace anywhere in memory? Both engines do the same trials, one after the other, and are compared after each. */
export function leavesTrace(stands: readonly [Stand, Stand], release: WebAssembly.Module, mutant: WebAssembly.Module, candidates: readonly Known[]): boolean {
  const [right, wrong] = [stands[0].benches(release), stands[1].benches(mutant)];
  return candidates.filter((_, i) => i % Math.ceil(candidates.length / LOOKS) === 0).some((one) =>
    symptomOf(right, one) !== symptomOf(wrong, one) || right(one.trial.machine).memoryDigest() !== wrong(one.trial.machine).memoryDigest());
}
