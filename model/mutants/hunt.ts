//! hunt: what each trial gives on the release, which stretches of code it runs, and the first trial that tells a changed engine from it.
import { Defect } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { Bench } from './bench.ts';
import { readModule } from './wasm-module.ts';
import { blocksOf, FLAGS_AT, flagging, instrumented, MEMORY_PAGES } from './wasm-instrument.ts';
import { type Corpus, type Trial, trials } from './trials.ts';

/** A trial with what it gives on the release. */
export interface Known {
  readonly trial: Trial;
  readonly digest: number;
  /** Turns of loops that it takes. */
  readonly turns: number;
  /** For each binary that was looked into, a bit for each stretch of its code that the trial runs. */
  readonly reach: readonly Uint32Array[];
}
/** How a mutant showed: other records or state, a trap of WebAssembly, no end, or a host that could not go on. */
export type Symptom = 'digest' | 'trap' | 'endless' | 'host';
export interface Kill { readonly trial: Trial; readonly programs: number; readonly symptom: Symptom }

/** Fuel of a mutant: what the release takes, many times, and some to begin with. */
const PATIENCE = 8, TURNS_MIN = 20_000, TURNS_MOST = 0x7fff_ffff;

/**
 * Runs every trial on the release, with fuel, and on each binary that mutants are made of, with flags; cheapest first. Yields how many are
 * done.
 */
export function* known(metered: Uint8Array, binaries: readonly Uint8Array[], corpus: Corpus): Generator<number, readonly Known[]> {
  const release = new Stand().benches(new WebAssembly.Module(metered)), list: Known[] = [];
  const seeing = binaries.map((binary) => {
    const module = readModule(binary);
    return { blocks: blocksOf(module), bench: new Stand().benches(new WebAssembly.Module(instrumented(module, flagging()))) };
  });
  for (const trial of trials(corpus)) {
    const bench = release(trial.machine);
    bench.begin(TURNS_MOST);
    trial.act(bench);
    const reach = seeing.map(({ blocks, bench: of }) => {
      const other = of(trial.machine), flags = new Uint8Array(other.exports.memory.buffer, FLAGS_AT, blocks);
      flags.fill(0);
      other.begin(TURNS_MOST);
      trial.act(other);
      if (other.digest !== bench.digest) throw new Defect(`an instrumented engine differs under the law '${trial.law}'`);
      return bitsOf(flags);
    });
    list.push({ trial, digest: bench.digest, turns: bench.spent(TURNS_MOST), reach });
    yield list.length;
  }
  return list.sort((a, b) => a.turns - b.turns);
}

/** Places for benches, one for each machine: the memories stay when the modules change. */
export class Stand {
  private readonly memories = new Map<Profile, WebAssembly.Memory>();

  /** Benches of a module, made when a machine is first asked for; those of the module before are over. */
  benches(module: WebAssembly.Module, fault = 0): (machine: Profile) => Bench {
    const made = new Map<Profile, Bench>();
    return (machine) => {
      let bench = made.get(machine), memory = this.memories.get(machine);
      if (!memory) this.memories.set(machine, memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: 0x1_0000 }));
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

/** The first of the trials that a changed engine does not stand; undefined where it stands all. */
export function killed(stand: Stand, module: WebAssembly.Module, candidates: readonly Known[], fault = 0): Kill | undefined {
  const of = stand.benches(module, fault);
  for (const [index, one] of candidates.entries()) {
    const symptom = symptomOf(of, one);
    if (symptom) return { trial: one.trial, programs: index + 1, symptom };
  }
  return undefined;
}

/** How one trial tells the engine of the benches from the release. */
export function symptomOf(of: (machine: Profile) => Bench, { trial, digest, turns }: Pick<Known, 'trial' | 'digest' | 'turns'>): Symptom | undefined {
  const fuel = Math.min(TURNS_MOST, TURNS_MIN + PATIENCE * turns);
  let bench: Bench | undefined;
  try {
    bench = of(trial.machine);
    bench.begin(fuel);
    trial.act(bench);
  } catch (error) {
    if (bench && bench.spent(fuel) > fuel) return 'endless';
    return error instanceof WebAssembly.RuntimeError ? 'trap' : 'host';
  }
  return bench.digest === digest ? undefined : 'digest';
}
