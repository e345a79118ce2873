//! resolve: any list of raw records to a legal program: total, pure, and still legal when records are taken away.
import type { Program } from '../device.ts';
import { byMnemonic, set } from '../instructions/set.ts';
import type { Definition } from '../isa/instruction.ts';
import { isOperand } from '../isa/instruction.ts';
import type { Words } from '../isa/codec.ts';
import { type Feature, featureNames, UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { arenaOf } from './arena.ts';
import { type Built, build } from './code.ts';
import { scalarCorners } from './corners.ts';
import { draws, mixed, random } from './random.ts';
import type { Knobs, RawRecord } from './record.ts';
import { nullified, steps } from './sequencer.ts';
import { emit, newState, type State } from './state.ts';
import { anyBits, resolveTensor } from './tensors.ts';
import { plainFields } from './draft.ts';

/** A program with where it came from. */
export interface Resolved {
  readonly program: Program;
  readonly words: readonly Words[];
  readonly records: readonly RawRecord[];
  /** Seed of the initial memory and of the arguments. */
  readonly data: number;
  /** Records that found no place and left nothing. */
  readonly skipped: number;
  readonly pc: Built['pc'];
  /** The same program with so many `nop` before each instruction, targets and lengths adjusted. */
  readonly padded: (nops: (index: number) => number) => Program;
}

/** Instructions that the profile can run, in the order of their opcodes; `nop` comes first. */
export function runnable(profile: Profile): readonly Definition[] {
  return set.filter((definition) => definition.rules.every(({ predicate, constants: [bit] }) => predicate !== 'feature' || profile.features.includes(featureNames[bit!] as Feature))
    && (definition.rules.every(({ predicate }) => predicate !== 'weightsFit' && predicate !== 'tileFits') || profile.triples.length > 0));
}

/** A legal program from any records. `data` seeds what memory and argument registers hold, and where the image lies. */
export function resolve(records: readonly RawRecord[], profile: Profile, knobs: Knobs, data = 0): Resolved {
  const { state, argumentWords } = begin(profile, knobs, data);
  resolveAll(state, records);
  emit(state, 'halt', { value: records.length }, {});
  return finish(state, records, argumentWords, data);
}

/** An empty program about to grow. */
export function begin(profile: Profile, knobs: Knobs, data: number): { readonly state: State; readonly argumentWords: readonly number[] } {
  const next = random(mixed(data, 1)), arena = arenaOf(profile, mixed(data, 2));
  const argumentWords = Array.from({ length: 8 }, () => (next() % 2 ? scalarCorners[next() % scalarCorners.length]! >>> 0 : next() % 64));
  return { state: newState(arena, knobs, runnable(profile), argumentWords), argumentWords };
}

/** Records one after the other; some take others as their bodies. */
export function resolveAll(state: State, records: readonly RawRecord[]): void {
  for (let at = 0; at < records.length;) {
    const record = records[at]!, definition = state.definitions[record.op % state.definitions.length]!;
    at += 1 + resolveOne(state, definition, record, records.slice(at + 1));
  }
}

function resolveOne(state: State, definition: Definition, record: RawRecord, rest: readonly RawRecord[]): number {
  const head = draws(record.f5);
  if (head.chance(3)) { nullified(state, set[head(set.length)]!, draws(record.f0), head); return 0; }
  if (Object.values(definition.fields).some(isOperand)) { resolveTensor(state, definition, record); return 0; }
  const step = steps[definition.mnemonic];
  // Behind a ret or a jump that stands in the way of other code nothing runs; a step takes the records of its body.
  if (step) return step(state, definition, record, { records: rest, resolve: resolveAll });
  const draw = draws(record.f0), bits: Record<string, number> = {};
  for (const [name, field] of plainFields(definition)) bits[name] = anyBits(field, draw, 1);
  if (definition.unit === UNIT_SEQ) emit(state, definition.mnemonic, bits);
  return 0;
}

/** The image and everything beside it. */
export function finish(state: State, records: readonly RawRecord[], argumentWords: readonly number[], data: number): Resolved {
  const { arena, code } = state, nop = byMnemonic.get('nop')!;
  const programOf = ({ image }: Built): Program => ({
    image, memory: arena.memory, arguments: argumentWords, ...(arena.imageBase === undefined ? {} : { imageBase: arena.imageBase }),
  });
  const built = build(code, nop);
  return { program: programOf(built), words: built.words, pc: built.pc, records, data, skipped: state.skipped, padded: (nops) => programOf(build(code, nop, nops)) };
}
