//! state: what the generator knows of the machine while a program grows, and the instructions that bring it where it must be.
import { byMnemonic } from '../instructions/set.ts';
import type { Head } from '../isa/codec.ts';
import { modeFields } from '../isa/view.ts';
import type { Definition } from '../isa/instruction.ts';
import { MODE_COUNT, MODE_WORDS, SCALAR_COUNT, TENSOR_COUNT } from '../limits.ts';
import { type Arena, type Knowledge, knowledgeOf } from './arena.ts';
import { type Code, constantOf, type Draught, newCode } from './code.ts';
import type { Draft } from './draft.ts';
import { type Access, conflicts, copyOrder, fenced, issue, newOrder, type Order, type Region, semaphoreOf, taken } from './order.ts';
import type { Ground } from './place.ts';
import type { Draw } from './random.ts';
import type { Knobs } from './record.ts';
import { modeValue } from './solve.ts';
import type { SlotFact } from './tiles.ts';

/** Undefined: not known while the program is written, as in loops and behind loads. */
export interface State {
  readonly arena: Arena;
  readonly knobs: Knobs;
  /** Instructions that this profile can run. */
  readonly definitions: readonly Definition[];
  readonly code: Code;
  block: Draught[];
  registers: (number | undefined)[];
  predicates: (boolean | undefined)[];
  tensors: (readonly number[] | undefined)[];
  modes: (number | undefined)[][];
  slots: (SlotFact | undefined)[];
  order: Order;
  knowledge: Knowledge;
  recent: Ground['recent'];
  steps: Ground['steps'];
  loops: number;
  calls: number;
  /** Registers for addresses and scalars take turns. */
  turn: number;
  /** Steps that found no place: their number is a measure of the generator. */
  skipped: number;
}

/** Registers with one use each: computed values, addresses and scalars, steps of loops. S8 .. S15 keep the arguments. */
export const GENERAL = [1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23], SCRATCH = [16, 17, 18, 19], LOOP_REGISTERS = 24;
/** Descriptors that tensors use, by depth of loops, and those with any content that nothing uses. */
const tensorRanges = [[0, 24], [24, 40], [40, 52], [52, 60]] as const;
export const PLAYGROUND = 60;

export function newState(arena: Arena, knobs: Knobs, definitions: readonly Definition[], argumentWords: readonly number[]): State {
  const code = newCode(), registers = Array.from({ length: SCALAR_COUNT }, (): number | undefined => 0);
  argumentWords.forEach((word, i) => { registers[8 + i] = word; });
  return {
    arena, knobs, definitions, code, block: code.blocks[0]!, registers, predicates: [true, false, false, false, false, false, false, false],
    tensors: Array.from({ length: TENSOR_COUNT }, () => undefined), modes: Array.from({ length: MODE_COUNT }, () => Array.from({ length: MODE_WORDS }, () => 0)),
    slots: [], order: newOrder(), knowledge: knowledgeOf(arena), recent: [], steps: [], loops: 0, calls: 0, turn: 0, skipped: 0,
  };
}

/** Everything that is known, to be brought back where code turns out not to run. */
export function remember(state: State): () => void {
  const { registers, predicates, tensors, modes, slots, recent, steps, loops, calls } = state, order = copyOrder(state.order);
  const saved = {
    registers: [...registers], predicates: [...predicates], tensors: [...tensors], modes: modes.map((words) => [...words]), slots: [...slots],
    order, knowledge: state.knowledge.map((bytes) => bytes.slice()), recent, steps, loops, calls,
  };
  return () => Object.assign(state, saved);
}
/** The beginning of code that runs again: what it changes itself is not known there. */
export function forget(state: State): void {
  for (const s of [...GENERAL, ...SCRATCH]) state.registers[s] = undefined;
  // Loops inside this code have registers and descriptors of their own.
  for (let s = LOOP_REGISTERS + 2 * state.loops; s < SCALAR_COUNT; s++) state.registers[s] = undefined;
  state.predicates = state.predicates.map((_, p) => (p === 0 ? true : undefined));
  const [low] = tensorRanges[Math.min(state.loops, tensorRanges.length - 1)]!;
  state.tensors = state.tensors.map((words, t) => (t >= low ? undefined : words));
  state.modes = state.modes.map((words) => words.map(() => undefined));
  state.slots = [];
}

const definitionOf = (mnemonic: string): Definition => byMnemonic.get(mnemonic)!;

export function emit(state: State, mnemonic: string, bits: Record<string, number>, head: Head = {}): Draught {
  const draught: Draught = { definition: definitionOf(mnemonic), bits, head: { ...head } };
  state.block.push(draught);
  return draught;
}

// ---- registers
/** A register that holds the value, set to it unless one does; not one of those in use. */
export function registerWith(state: State, value: number, used: readonly number[], draw: Draw): number {
  const word = value >>> 0, found = state.registers.indexOf(word);
  if (found >= 0 && !draw.chance(20)) return found;
  const free = SCRATCH.filter((s) => !used.includes(s)), s = free[state.turn++ % free.length]!;
  setRegister(state, s, word, draw);
  return s;
}
export function setRegister(state: State, s: number, value: number, draw: Draw): void {
  emit(state, 'alu', { rd: s, rs1: 0, op: 0, ...sum(state, value, draw) });
  state.registers[s] = value >>> 0;
}
/** rs2 and imm that add up to a value. */
export function sum(state: State, value: number, draw: Draw): { rs2: number; imm: number } {
  const known = draw.chance(15) ? state.registers.flatMap((held, s) => (held === undefined ? [] : [s])) : [0];
  const rs2 = draw.pick(known);
  return { rs2, imm: (value - state.registers[rs2]!) >>> 0 };
}

// ---- descriptors
/** A descriptor register that holds the words; `taken` are not to be overwritten. */
export function tensorWith(state: State, words: readonly number[], taken: readonly number[], draw: Draw): number {
  const found = state.tensors.findIndex((held, t) => t < PLAYGROUND && held !== undefined && differences(held, words).length === 0);
  if (found >= 0) return found;
  const [low, high] = tensorRanges[Math.min(state.loops, tensorRanges.length - 1)]!, free: number[] = [];
  for (let t = low; t < high; t++) if (!taken.includes(t)) free.push(t);
  const t = free[(draw(4) === 3 ? draw(free.length) : state.turn++) % free.length]!;
  const like = state.tensors.findIndex((held, other) => other !== t && other < PLAYGROUND && held !== undefined && differences(held, words).length <= 2);
  if (like >= 0 && draw.chance(50)) {
    emit(state, 'tcopy', { t, from: like });
    state.tensors[t] = state.tensors[like];
  }
  const held = state.tensors[t], changed = held ? differences(held, words) : [];
  if (held && changed.length <= 3) for (const word of changed) setTensorWord(state, t, word, held[word]!, words[word]!, draw);
  else {
    const index = constantOf(state.code, words), { rs2 } = sum(state, 0, draw), by = state.registers[rs2]!;
    const draught = emit(state, 'tload', { t, rs2, imm: 0 });
    draught.fix = { field: 'imm', value: ({ constant }) => (constant(index) - by) >>> 0 };
  }
  state.tensors[t] = words;
  return t;
}
function differences(a: readonly number[], b: readonly number[]): number[] {
  const found: number[] = [];
  for (let i = 0; i < a.length && found.length <= 3; i++) if (a[i] !== b[i]) found.push(i);
  return found;
}
function setTensorWord(state: State, t: number, field: number, held: number, word: number, draw: Draw): void {
  // Adding to `base` carries into the upper half; these bases are small.
  const adds = draw.chance(30);
  emit(state, 'tset', { t, field, op: adds ? 1 : 0, ...sum(state, adds ? word - held : word, draw) });
}

// ---- modes
/** A mode register whose captured fields have these values. */
export function modeWith(state: State, { definition, mode }: Draft, draw: Draw): number {
  if (definition.mode.length === 0) return 0;
  const wanted = Array.from({ length: MODE_WORDS }, () => 0), used = Array.from({ length: MODE_WORDS }, () => 0);
  for (const { name, word, low, width } of modeFields) {
    if (!definition.mode.includes(name)) continue;
    const mask = width === 32 ? -1 : (2 ** width - 1) << low;
    wanted[word] = (wanted[word]! | ((width === 32 ? mode[name]! : mode[name]! << low) & mask)) >>> 0;
    used[word]! |= mask;
  }
  const fits = (n: number, word: number): boolean => state.modes[n]![word] !== undefined && ((state.modes[n]![word]! ^ wanted[word]!) & used[word]!) === 0;
  const ready = state.modes.findIndex((words, n) => words.every((_, word) => used[word] === 0 || fits(n, word)));
  if (ready >= 0) return ready;
  const n = draw(MODE_COUNT);
  for (let word = 0; word < MODE_WORDS; word++) if (used[word] !== 0 && !fits(n, word)) setModeWord(state, n, word, wanted[word]!, used[word]!, draw);
  return n;
}
/** Fields that are not captured get any legal value: they are not looked at. */
export function setModeWord(state: State, n: number, word: number, wanted: number, used: number, draw: Draw): void {
  let value = wanted;
  const junk = draw.chance(30);
  for (const { name, word: at, low, width, legal } of modeFields) {
    const mask = width === 32 ? -1 : (2 ** width - 1) << low;
    if (at !== word || (used & mask) !== 0 || !junk) continue;
    value |= (width === 32 ? modeValue(name, draw) : (modeValue(name, draw) & (2 ** width - 1)) % legal << low) & mask;
  }
  state.modes[n]![word] = value >>> 0;
  emit(state, 'nset', { n, field: word, ...sum(state, value, draw) });
}

// ---- order between units
/** Make the unit's next instruction wait for what it would race with; its head's wait comes back. */
export function synchronise(state: State, unit: number, regions: readonly Region[], draw: Draw, headMayWait: boolean): number {
  let wait = 0;
  for (const access of conflicts(state.order, unit, regions)) {
    const style = draw(4);
    if (style === 0) fence(state, 1 << access.unit);
    else {
      const { semaphore, clock } = postFrom(state, access, unit, style === 3, draw);
      if (headMayWait && wait === 0 && !draw.chance(20)) { wait = semaphore; taken(state.order, unit, clock); }
      else waitFor(state, unit, semaphore, 1, clock);
    }
  }
  return wait;
}
export function fence(state: State, units: number): void {
  emit(state, 'fence', { units });
  fenced(state.order, units);
}
export function waitFor(state: State, unit: number, semaphore: number, tokens: number, clock: readonly number[]): void {
  emit(state, 'wait', { m: semaphore, agent: unit, rs2: 0, imm: tokens });
  taken(state.order, unit, clock);
  issue(state.order, unit, [], undefined);
}
/** A token that says that an access is over: at the head of its instruction, or as an instruction behind it. */
function postFrom(state: State, access: Access, to: number, own: boolean, draw: Draw): { semaphore: number; clock: readonly number[] } {
  const semaphore = semaphoreOf(access.unit, to, draw(2)), { of } = access;
  if (!own && of && !of.head.post && access.index > state.order.posted[semaphore]!) {
    of.head.post = semaphore;
    state.order.posted[semaphore] = access.index;
    return { semaphore, clock: access.clock };
  }
  return { semaphore, clock: post(state, access.unit, semaphore, 1) };
}
/** Tokens posted by an agent in its own order; what is over then comes back. */
export function post(state: State, unit: number, semaphore: number, tokens: number): readonly number[] {
  emit(state, 'post', { m: semaphore, agent: unit, rs2: 0, imm: tokens });
  const { index, clock } = issue(state.order, unit, [], undefined);
  state.order.posted[semaphore] = index;
  return clock;
}

/** A head whose predicate surely holds (or surely not), other than the plain one where there is another. */
export function headThat(state: State, holds: boolean, draw: Draw): Head {
  const fitting = state.predicates.flatMap((value, predicate) => (value === undefined ? [] : [{ predicate, negate: value !== holds }]));
  return draw.pick(fitting.length ? fitting : [{ predicate: 0, negate: !holds }]);
}
