//! resolve: any list of raw records to a legal program: total, pure, and still legal when records are taken away.
import { instructionText } from '../assembler/disassembler.ts';
import type { Program } from '../device.ts';
import { Defect } from '../failure.ts';
import type { Words } from '../isa/codec.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { arenaOf } from './arena.ts';
import { form, put } from './code.ts';
import { scalarCorners } from './corners.ts';
import { BitStream, mixed } from './random.ts';
import { F0, type Knobs, POOLED, type RawRecord, RECORD, RECORD_FIELDS, unflattened } from './record.ts';
import type { Source, State } from './state.ts';
import { type Workshop, workshopOf } from './workshop.ts';

/** A program with where it came from. What only people look at is made when they ask. */
export interface Resolved {
  readonly program: Program;
  readonly words: readonly Words[];
  readonly records: readonly RawRecord[];
  /** Seed of the initial memory and of the arguments. */
  readonly data: number;
  /** Records that found no place and left nothing. */
  readonly skipped: number;
  /** The same program with so many `nop` before each instruction, targets and lengths adjusted. */
  readonly padded: (nops: (index: number) => number) => Program;
  /** Its instructions, those that load tensors with what they load: what fast-check prints of a program that fails. */
  readonly toString: () => string;
}

/** A legal program from any records; more than 14,563 are refused. `data` seeds what memory and argument registers hold, and where the image lies. */
export function resolve(records: readonly RawRecord[], profile: Profile, knobs: Knobs, data = 0): Resolved {
  const shop = workshopOf(profile, knobs);
  return resolveFlat(shop, flattened(shop, records), data);
}
export function flattened(shop: Workshop, records: readonly RawRecord[]): Uint32Array {
  const flat = new Uint32Array(RECORD * records.length);
  records.forEach((record, i) => {
    flat[RECORD * i] = record.op;
    RECORD_FIELDS.forEach((name, k) => { flat[RECORD * i + F0 + k] = record[name]; });
    flat[RECORD * i + POOLED] = shop.indexOf(record.op % shop.kindCount, flat, RECORD * i + F0);
  });
  return flat;
}

/** The records of a source. */
export function flatOf({ state }: Workshop, source: Source): Uint32Array {
  return typeof source === 'number' ? state.records.slice(0, state.lay(source)) : source;
}

/** The same from flat records, which are not to be changed afterwards, or from a seed. */
export function resolveFlat(shop: Workshop, source: Source, data: number): Resolved {
  return new Made(shop, source, data, written(shop, source, data));
}
/** A program in the workshop's own state, with everything but its image. */
function written(shop: Workshop, source: Source, data: number): readonly number[] {
  const { state } = shop, argumentWords = argumentsOf(data);
  state.begin(arenaOf(shop.profile, mixed(data, 2)), argumentWords);
  const length = state.lay(source);
  state.kernel.calls.resolve(0, length);
  put(state.code, HALT, 0, length / RECORD);
  return argumentWords;
}
const HALT = form('halt value');

const chance = new BitStream();
function argumentsOf(data: number): readonly number[] {
  const next = chance.begin(mixed(data, 1)), words: number[] = [];
  for (let i = 0; i < 8; i++) words.push(next.bits() & 1 ? scalarCorners[(next.bits() >>> 0) % scalarCorners.length]! >>> 0 : next.bits() & 63);
  return words;
}

class Made implements Resolved {
  readonly program: Program;
  readonly data: number;
  readonly skipped: number;
  // Nor seen at run time: whoever prints or compares a program would go through its whole generator.
  readonly #shop: Workshop;
  readonly #source: Source;
  constructor(shop: Workshop, source: Source, data: number, argumentWords: readonly number[]) {
    this.program = programOf(shop.state, argumentWords, shop.state.code.build());
    this.data = data;
    this.skipped = shop.state.skipped;
    this.#shop = shop;
    this.#source = source;
  }
  get words(): readonly Words[] { return wordsOf(this.program.image); }
  get records(): readonly RawRecord[] { return unflattened(flatOf(this.#shop, this.#source)); }
  padded(nops: (index: number) => number): Program {
    const argumentWords = written(this.#shop, this.#source, this.data), { state } = this.#shop;
    return programOf(state, argumentWords, state.code.build(nops));
  }
  toString(): string { return textOf(this.program); }
}
/** On lines of its own, wherever it is put. */
const textOf = ({ image }: Program): string => `program:\n${instructionText(image)}\n`;
function programOf({ arena: { memory, imageBase } }: State, argumentWords: readonly number[], image: Uint8Array): Program {
  return imageBase === undefined ? { image, memory, arguments: argumentWords } : { image, memory, arguments: argumentWords, imageBase };
}
function wordsOf(image: Uint8Array): readonly Words[] {
  const view = new DataView(image.buffer, image.byteOffset), word = (at: number): number => view.getUint32(at, true);
  return Array.from({ length: word(12) }, (_, pc): Words => {
    const at = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc;
    return [word(at), word(at + 4), word(at + 8), word(at + 12)];
  });
}

/** Records one after the other, from and to multiples of their length; some take others as their bodies. */
export function resolveAll(state: State, records: Uint32Array, from: number, to: number): void {
  state.lay(records);
  state.kernel.calls.resolve(from, to);
}

// ---- step by step, for programs that are broken on purpose
/** An empty program about to grow, in the workshop's state: one at a time. */
export function begin(shop: Workshop, data: number): { readonly state: State; readonly argumentWords: readonly number[] } {
  const { state } = shop, argumentWords = argumentsOf(data);
  state.begin(arenaOf(shop.profile, mixed(data, 2)), argumentWords);
  return { state, argumentWords };
}
/** The image and everything beside it; `pc` says where an instruction came to stand. */
export function finish(state: State, flat: Uint32Array, argumentWords: readonly number[], data: number): Resolved & { readonly pc: (of: number) => number } {
  const image = state.code.build(), padded = (): Program => { throw new Defect('a program that was written step by step has no padded form'); };
  const program = programOf(state, argumentWords, image);
  return { program, words: wordsOf(image), records: unflattened(flat), data, skipped: state.skipped, pc: (of) => state.code.pc(of), padded, toString: () => textOf(program) };
}
