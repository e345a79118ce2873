//! hunt: what each trial gives on the release, which stretches of code it runs, and the first trial that tells a changed engine from it.
import type { Profile } from '../machine/profile.ts';
import { Bench } from './bench.ts';
import { readModule } from './wasm-module.ts';
import { FLAGS_AT, flagging, instrumented, MEMORY_PAGES } from './wasm-instrument.ts';
import type { Mutants } from './wasm-mutants.ts';
import { type Corpus, type Trial, trials } from './trials.ts';

/** A trial with what it gives on the release. */
export interface Known {
  readonly trial: Trial;
  readonly digest: number;
  /** Turns of loops that it takes. */
  readonly turns: number;
  /** A bit for each stretch of code that it runs. */
  readonly reach: Uint32Array;
}
/** How a mutant showed: other records or state, a trap of WebAssembly, no end, or a host that could not go on. */
export type Symptom = 'digest' | 'trap' | 'endless' | 'host';
export interface Kill { readonly trial: Trial; readonly programs: number; readonly symptom: Symptom }

/** Fuel of a mutant: what the release takes, many times, and some to begin with. */
const PATIENCE = 8, TURNS_MIN = 20_000, TURNS_MOST = 0x7fff_ffff;

/** Runs every trial on the release, with fuel and with flags; cheapest first. Yields how many are done. */
export function* known(mutants: Mutants, binary: Uint8Array, corpus: Corpus): Generator<number, readonly Known[]> {
  const metered = new Stand().benches(new WebAssembly.Module(mutants.metered)), list: Known[] = [];
  const seeing = new Stand().benches(new WebAssembly.Module(instrumented(readModule(binary), flagging())));
  for (const trial of trials(corpus)) {
    const bench = metered(trial.machine), other = seeing(trial.machine), flags = new Uint8Array(other.exports.memory.buffer, FLAGS_AT, mutants.blocks);
    bench.begin(TURNS_MOST);
    trial.act(bench);
    flags.fill(0);
    other.begin(TURNS_MOST);
    trial.act(other);
    list.push({ trial, digest: bench.digest, turns: bench.spent(TURNS_MOST), reach: bitsOf(flags) });
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
const reaches = ({ reach }: Known, block: number): boolean => (reach[block >> 5]! >>> (block & 31) & 1) !== 0;

/** The trials that run a stretch of code; no other can tell a change in it. */
export const reaching = (all: readonly Known[], block: number): readonly Known[] => all.filter((one) => reaches(one, block));

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
