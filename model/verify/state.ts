//! state: what the generator knows of the machine while a program grows, and the instructions that bring it where it must be.
import { byMnemonic } from '../instructions/set.ts';
import { head } from '../isa/instruction.ts';
import { modeFields } from '../isa/view.ts';
import { MODE_COUNT, MODE_WORDS, PREDICATE_COUNT, SCALAR_COUNT, SLOT_MAX, TENSOR_COUNT } from '../limits.ts';
import { type Arena, layArena } from './arena.ts';
import { Code, encoded, form, placeOf, refused } from './code.ts';
import { type Host, Kernel } from './kernel.ts';
import { type Dice, draws, mixed } from './random.ts';
import { RECORD } from './record.ts';
import { modeValue } from './solve.ts';
import type { Fact } from './tiles.ts';

/** Of a predicate that is not known: in loops and behind loads. */
export const UNSURE = 2;
/** Registers with one use each: computed values, addresses and scalars, steps of loops. S8 .. S15 keep the arguments. */
export const GENERAL = [1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23], SCRATCH = [16, 17, 18, 19], LOOP_REGISTERS = 24;
/** Descriptors that tensors use, by depth of loops, and those with any content that nothing uses. */
const tensorLows = Uint8Array.of(0, 24, 40, 52, 60), DEPTHS = 4;
export const PLAYGROUND = 60;

/** Flat records, or the seed that they are drawn from. */
export type Source = Uint32Array | number;
/** So many numbers of records at most; behind them is room for one. */
const MOST_NUMBERS = 2 ** 17;
export const SPARE = MOST_NUMBERS;

/** One is reused for every program of a workshop: it stands in the kernel's memory. Views are looked at anew each time: the memory may have grown. */
export class State {
  readonly kernel: Kernel;
  readonly code: Code;
  arena!: Arena;
  registers!: Int32Array;
  /** Registers and mode words of which it is known what they hold: 1 each. */
  isHeld!: Uint8Array;
  /** 0, 1 or UNSURE. */
  predicates!: Uint8Array;
  /** Of what each descriptor holds; 0: not known. */
  hashes!: Int32Array;
  modes!: Int32Array;
  isModeHeld!: Uint8Array;
  /** The records that grow into a program. */
  records!: Uint32Array;
  private readonly arenas = new WeakMap<Arena, number>();
  private readonly facts = new Map<number, Fact>();

  constructor(host: Host) {
    this.kernel = new Kernel(host, () => { this.look(); });
    this.look();
    this.code = new Code(this.kernel);
    const { kernel, kernel: { at, words, calls } } = this, set = (name: 'HEAD' | 'FORMS' | 'GENERAL', list: readonly number[], by = 0): void => words.set(list, at[name] / 4 + by);
    set('HEAD', (['predicate', 'negate', 'mode', 'wait', 'post', 'irq', 'trace'] as const).map((part) => placeOf(head[part])));
    FORMS.forEach((text, i) => { set('FORMS', form(text), 8 * i); });
    set('GENERAL', [GENERAL.length, ...GENERAL]);
    words.set(junkModes(at.JUNK), at.JUNK_MODES / 4);
    calls.forgetWishes();
    kernel.setWord('COUNT', 0);
  }
  private look(): void {
    const { words, bytes, at } = this.kernel;
    this.records = new Uint32Array(words.buffer, at.RECORDS, at.RECORDS_BYTES / 4);
    this.registers = words.subarray(at.REGISTERS / 4, at.REGISTERS / 4 + SCALAR_COUNT);
    this.isHeld = bytes.subarray(at.IS_HELD, at.IS_HELD + SCALAR_COUNT);
    this.predicates = bytes.subarray(at.PREDICATES, at.PREDICATES + PREDICATE_COUNT);
    this.hashes = words.subarray(at.HASHES / 4, at.HASHES / 4 + TENSOR_COUNT);
    this.modes = words.subarray(at.MODES / 4, at.MODES / 4 + MODE_COUNT * MODE_WORDS);
    this.isModeHeld = bytes.subarray(at.IS_MODE_HELD, at.IS_MODE_HELD + MODE_COUNT * MODE_WORDS);
  }
  /** What each slot is known to hold. */
  get slots(): readonly (Fact | undefined)[] { return Array.from({ length: SLOT_MAX }, (_, n) => this.factAt(this.kernel.word('SLOTS', n))); }
  forgetSlots(): void { for (let n = 0; n < SLOT_MAX; n++) this.kernel.setWord('SLOTS', 0, n); }
  get steps(): number { return this.kernel.word('STEPS'); }
  set steps(steps: number) { this.kernel.setWord('STEPS', steps); }
  get loops(): number { return this.kernel.word('LOOPS'); }
  set loops(loops: number) { this.kernel.setWord('LOOPS', loops); }
  get calls(): number { return this.kernel.word('CALLS'); }
  set calls(calls: number) { this.kernel.setWord('CALLS', calls); }
  /** Steps that found no place: their number is a measure of the generator. */
  get skipped(): number { return this.kernel.word('SKIPPED'); }
  /** What `sum` found. */
  get rs2(): number { return this.kernel.word('RS2'); }
  get imm(): number { return this.kernel.word('IMM'); }

  begin(arena: Arena, argumentWords: readonly number[]): void {
    this.arena = arena;
    this.kernel.calls.begin(this.placeOf(arena));
    for (let i = 0; i < argumentWords.length; i++) this.kernel.setWord('REGISTERS', argumentWords[i]!, 8 + i);
  }
  private placeOf(arena: Arena): number {
    const known = this.arenas.get(arena);
    if (known !== undefined) return known;
    const at = layArena(this.kernel, arena);
    this.arenas.set(arena, at);
    return at;
  }
  /** Lays records down, or draws those of a seed; how many numbers they are. */
  lay(source: Source): number {
    if (typeof source === 'number') return this.kernel.calls.draw(mixed(source, 1));
    if (source.length > MOST_NUMBERS) throw refused(source.length / RECORD, Math.floor(MOST_NUMBERS / RECORD), 'records');
    this.records.set(source);
    return source.length;
  }
  /** Facts are known by their addresses. */
  noteFact(at: number, fact: Fact): void { this.facts.set(at, fact); }
  factAt(at: number): Fact | undefined { return this.facts.get(at); }
  /** Nobody can race with what was: code that does not run begins. */
  forgetOrder(): void { this.kernel.setWord('ACCESS_COUNT', 0); }
}
/** Instructions that the kernel writes, in its order. */
const FORMS = [
  'nop tag', 'alu rd rs1 op rs2 imm', 'tcopy from t', 'tload t rs2 imm', 'tset t field op rs2 imm', 'nset n field rs2 imm', 'fence units', 'wait m agent rs2 imm', 'post m agent rs2 imm',
];
const ACCESS_BYTES = 128;

/** Everything that is known, to be brought back where code turns out not to run. */
export function remember({ kernel, arena }: State): () => void {
  const { at } = kernel, end = at.KNOWN + 4 * arena.known.length, accesses = at.ACCESSES + ACCESS_BYTES * kernel.word('ACCESS_COUNT');
  const machine = kernel.bytes.slice(at.STATE, end), pending = kernel.bytes.slice(at.ACCESSES, accesses);
  return () => {
    kernel.bytes.set(machine, at.STATE);
    kernel.bytes.set(pending, at.ACCESSES);
  };
}
/** The beginning of code that runs again: what it changes itself is not known there. */
export function forget(state: State): void {
  const { isHeld, loops } = state;
  for (const s of GENERAL) isHeld[s] = 0;
  for (const s of SCRATCH) isHeld[s] = 0;
  // Loops inside this code have registers and descriptors of their own.
  isHeld.fill(0, LOOP_REGISTERS + 2 * loops);
  state.predicates.fill(UNSURE, 1);
  state.hashes.fill(0, tensorLows[Math.min(loops, DEPTHS - 1)]!);
  state.isModeHeld.fill(0);
  state.forgetSlots();
}
/** A register that steps with the loop that is about to open. */
export function noteStep({ kernel }: State, s: number, value: number, step: number, times: number): void {
  const which = kernel.word('STEPS');
  kernel.setWord('STEPS', which + 1);
  kernel.setWord('STEP_REGISTER', s, which);
  kernel.setWord('STEP_VALUE', value, which);
  kernel.setWord('STEP_BY', step, which);
  kernel.setWord('STEP_TIMES', times, which);
}

/** An instruction by the bits of its fields, for code that is written seldom; its number comes back. */
export function emit(state: State, mnemonic: string, bits: Readonly<Record<string, number>>, heads = 0): number {
  const [w0, w1, w2, w3] = encoded(byMnemonic.get(mnemonic)!, bits, heads);
  return state.code.push(w0, w1, w2, w3);
}
export const fieldOf = (mnemonic: string, name: string) => byMnemonic.get(mnemonic)!.fields[name]!;

// ---- what the kernel does, with dice of the host
export const held = ({ isHeld, registers }: State, s: number): number | undefined => (isHeld[s] === 1 ? registers[s]! >>> 0 : undefined);
export function setRegister({ kernel }: State, s: number, value: number, dice: Dice): void {
  kernel.calls.setRegister(s, value, kernel.lend(dice));
  kernel.takeBack(dice);
}
/** rs2 and imm of the state become two that add up to a value. */
export function sum({ kernel }: State, value: number, dice: Dice): void {
  kernel.calls.sum(value, kernel.lend(dice));
  kernel.takeBack(dice);
}
export function sumOf(state: State, value: number, dice: Dice): { readonly rs2: number; readonly imm: number } {
  sum(state, value, dice);
  const { rs2, imm } = state;
  return { rs2, imm };
}
/** Fields that are not captured get any legal value: they are not looked at. */
export function setModeWord({ kernel }: State, n: number, word: number, wanted: number, used: number, dice: Dice): void {
  kernel.calls.setModeWord(n, word, wanted, used, kernel.lend(dice));
  kernel.takeBack(dice);
}
/** Bits of a head whose predicate surely holds (or surely not), other than the plain one where there is another. */
export function headThat({ kernel }: State, holds: boolean, dice: Dice): number {
  const bits = kernel.calls.headThat(holds ? 1 : 0, kernel.lend(dice));
  kernel.takeBack(dice);
  return bits;
}
export function fence({ kernel }: State, units: number): void { kernel.calls.fence(units); }
export function waitFor({ kernel }: State, unit: number, semaphore: number, tokens: number, clock: number): void { kernel.calls.waitFor(unit, semaphore, tokens, clock); }
/** Tokens posted by an agent in its own order; the clock of what is over then comes back. */
export function post({ kernel }: State, unit: number, semaphore: number, tokens: number): number { return kernel.calls.post(unit, semaphore, tokens); }

let junk: Int32Array | undefined;
/** Legal modes, eight words each. */
function junkModes(count: number): Int32Array {
  if (junk) return junk;
  junk = new Int32Array(count * MODE_WORDS);
  const draw = draws(0x6d6f_6465);
  for (let mode = 0; mode < count; mode++) {
    for (const { name, word, low, width, legal } of modeFields) {
      const at = MODE_WORDS * mode + word, value = width === 32 ? modeValue(name, draw) : (modeValue(name, draw) & (2 ** width - 1)) % legal;
      junk[at] = junk[at]! | (value << low);
    }
  }
  return junk;
}
