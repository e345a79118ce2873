//! score: every fault of the catalogue and a sample of mutants of the shipped engine, each hunted by the same trials: what was found, by what, how soon.
import { engineBytes } from '../engine/binary.ts';
import { faultBytes, faults, placesOfFaults } from './catalogue.ts';
import type { Argument } from './argument.ts';
import { argumentFor } from './arguments.ts';
import { bounded, type Kill, killed, type Known, known, leavesTrace, reaching, Stand } from './hunt.ts';
import { leastProgram, type PlacedWords } from './least.ts';
import { type Place, placesIn, type Tables } from './places.ts';
import { type Corpus, trials as trialsOf } from './trials.ts';
import { instrumented, metering } from './wasm-instrument.ts';
import { readModule } from './wasm-module.ts';
import { mutantsOf, sampleOf } from './wasm-mutants.ts';

/** What became of one mutant. */
export interface Entry {
  /** Of a fault its name; of a mutant where it is: function, instruction and change. */
  readonly name: string;
  /** Class of a fault, operator of a mutant. */
  readonly group: string;
  /** The mistake, or the change of the instruction. */
  readonly says: string;
  /** Some trial runs the stretch of code that it is in. */
  readonly activated: boolean;
  /** Some trial left another state in memory, or showed. */
  readonly propagated: boolean;
  readonly kill: Kill | undefined;
  /** Of a killed one, where they are asked for: the instructions of the least program that shows it. */
  readonly least: readonly PlacedWords[] | undefined;
  /** Of a mutant of the binary. */
  readonly place?: Place | undefined;
  /** Why nothing can find it. */
  readonly argument?: Argument | undefined;
  /** From the bytes of the mutant to the trial that found it; of a survivor to the last trial. */
  readonly milliseconds: number;
}
export interface Part { readonly entries: readonly Entry[] }
export interface Score { readonly trials: number; readonly catalogue: Part | undefined; readonly wasm: Part | undefined }

export interface ScoreOptions {
  readonly corpus: Corpus;
  readonly catalogue: boolean;
  readonly wasm: boolean;
  /** Mutants of the binary, and what they are drawn from. */
  readonly sample: number;
  readonly seed: number;
  /** Only so many of the sample, its first ones. */
  readonly first?: number;
  /** Names and places of the binary, without which no argument applies. */
  readonly tables?: Tables | undefined;
  /** Whether programs that find one are made small. */
  readonly least?: boolean;
  /** Milliseconds since whenever. */
  readonly clock: () => number;
}
/** What is being done, and how much of it is. */
export interface Step { readonly what: 'trials' | 'faults' | 'mutants'; readonly done: number }

/** The whole score, the same for the same options but for milliseconds; yields after each trial that is prepared and each mutant that is hunted. */
export function* score({ corpus, catalogue, wasm, sample, seed, first = sample, tables, least = false, clock }: ScoreOptions): Generator<Step, Score> {
  const binary = engineBytes('simd'), mutants = mutantsOf(binary), build = readModule(faultBytes()), preparing = known(mutants.metered, [...(catalogue ? [build.bytes] : []), binary], trialsOf(corpus));
  let trials: readonly Known[];
  for (;;) {
    const next = preparing.next();
    if (next.done) { trials = next.value; break; }
    yield { what: 'trials', done: next.value };
  }
  const stand = new Stand(), metered = new WebAssembly.Module(mutants.metered), releaseOf = new Stand().benches(metered);
  const hunted = (candidates: readonly Known[], module: WebAssembly.Module, fault = 0): Pick<Entry, 'activated' | 'propagated' | 'kill' | 'least' | 'milliseconds'> => {
    const started = clock(), kill = candidates.length > 0 ? killed(stand, module, candidates, fault) : undefined, milliseconds = clock() - started;
    return { activated: candidates.length > 0, propagated: kill !== undefined, kill, least: kill && least ? leastProgram(stand, releaseOf, module, kill, fault) : undefined, milliseconds };
  };
  const found: Entry[] = [], changed: Entry[] = [];
  if (catalogue) {
    const places = placesOfFaults(build), module = new WebAssembly.Module(instrumented(build, metering(build)));
    for (const [i, fault] of faults.entries()) {
      found.push({ name: fault.name, group: fault.class, says: fault.models, ...hunted(bounded(reaching(trials, 0, places.get(i + 1) ?? [])), module, i + 1) });
      yield { what: 'faults', done: i + 1 };
    }
  }
  if (wasm) {
    const placed = tables && placesIn(readModule(binary), tables), others = [new Stand(), new Stand()] as const;
    for (const mutant of sampleOf(mutants.all, sample, seed).slice(0, first)) {
      const candidates = bounded(reaching(trials, catalogue ? 1 : 0, [mutant.block])), module = new WebAssembly.Module(mutants.bytesOf(mutant)), outcome = hunted(candidates, module);
      const propagated = outcome.propagated || (candidates.length > 0 && leavesTrace(others, metered, module, candidates)), place = placed?.(mutant.within, mutant.instruction);
      const argument = outcome.kill || !place ? undefined : argumentFor({ operator: mutant.operator, says: mutant.says, place, propagated });
      changed.push({ name: mutant.id, group: mutant.operator, says: mutant.says, ...outcome, propagated, place, argument });
      yield { what: 'mutants', done: changed.length };
    }
  }
  return { trials: trials.length, catalogue: catalogue ? { entries: found } : undefined, wasm: wasm ? { entries: changed } : undefined };
}

/** Those that no trial found and no argument explains. */
export const survivors = ({ entries }: Part): readonly Entry[] => entries.filter(({ kill, argument }) => kill === undefined && argument === undefined);
export const equivalent = ({ entries }: Part): readonly Entry[] => entries.filter(({ argument }) => argument !== undefined);
export const detected = ({ entries }: Part): number => entries.filter(({ kill }) => kill !== undefined).length;
/** Of those, the ones that give the same results and take other work. */
export const byWork = ({ entries }: Part): number => entries.filter(({ kill }) => kill?.symptom === 'work').length;
export const activated = ({ entries }: Part): number => entries.filter((entry) => entry.activated).length;
export const propagated = ({ entries }: Part): number => entries.filter((entry) => entry.propagated).length;
/** The middle one, the lower of two; null of none. */
export function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
}
