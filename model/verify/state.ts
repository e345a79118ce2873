//! state: what the generator knows of the machine while a program grows, and the instructions that bring it where it must be.
import { byMnemonic } from '../instructions/set.ts';
import { head } from '../isa/instruction.ts';
import { modeFields } from '../isa/view.ts';
import { DESCRIPTOR_WORDS, MODE_COUNT, MODE_WORDS, PREDICATE_COUNT, SCALAR_COUNT, SLOT_MAX, TENSOR_COUNT } from '../limits.ts';
import type { Arena } from './arena.ts';
import { Code, encoded, FIX_CONSTANT, form, headBits, put } from './code.ts';
import { Order, semaphoreOf } from './order.ts';
import { Dice, draws } from './random.ts';
import { modeValue } from './solve.ts';
import type { Fact } from './tiles.ts';

/** Of a predicate that is not known: in loops and behind loads. */
export const UNSURE = 2;
/** Registers with one use each: computed values, addresses and scalars, steps of loops. S8 .. S15 keep the arguments. */
export const GENERAL = [1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23], SCRATCH = [16, 17, 18, 19], LOOP_REGISTERS = 24;
/** Descriptors that tensors use, by depth of loops, and those with any content that nothing uses. */
const tensorLows = Uint8Array.of(0, 24, 40, 52, 60), DEPTHS = 4;
export const PLAYGROUND = 60;
const RECENT = 8, STEPS = 16;

/** One is reused for every program: flat arrays, no garbage. */
export class State {
  arena!: Arena;
  readonly code = new Code();
  readonly order = new Order();
  readonly registers = new Uint32Array(SCALAR_COUNT);
  /** Registers and mode words of which it is known what they hold: 1 each. */
  readonly isHeld = new Uint8Array(SCALAR_COUNT);
  /** 0, 1 or UNSURE. */
  readonly predicates = new Uint8Array(PREDICATE_COUNT);
  /** What each descriptor register holds: where it begins in the code's descriptors. */
  readonly contents = new Int32Array(TENSOR_COUNT);
  /** Of what each descriptor holds; 0: not known. */
  readonly hashes = new Int32Array(TENSOR_COUNT);
  /** The descriptor that was set last of those with such a hash. */
  readonly byHash = new Uint8Array(256);
  readonly modes = new Uint32Array(MODE_COUNT * MODE_WORDS);
  readonly isModeHeld = new Uint8Array(MODE_COUNT * MODE_WORDS);
  readonly slots: (Fact | undefined)[] = Array.from({ length: SLOT_MAX }, () => undefined);
  /** Slots of which every element is surely known. */
  slotsKnown = 0;
  known = new Uint32Array(0);
  /** Starts of tensors that were written lately: space, dtype, bit address. */
  readonly recentSpace = new Uint8Array(RECENT);
  readonly recentDtype = new Uint8Array(RECENT);
  readonly recentAddress = new Float64Array(RECENT);
  recent = 0;
  /** Offset registers that step with an open loop. */
  readonly stepRegister = new Uint8Array(STEPS);
  readonly stepValue = new Int32Array(STEPS);
  readonly stepBy = new Int32Array(STEPS);
  readonly stepTimes = new Int32Array(STEPS);
  steps = 0;
  loops = 0;
  calls = 0;
  /** Registers for addresses and scalars take turns. */
  turn = 0;
  /** Steps that found no place: their number is a measure of the generator. */
  skipped = 0;
  /** What `sum` found. */
  rs2 = 0;
  imm = 0;
  /** Decisions about places and registers, and about head and order. */
  readonly places = new Dice();
  readonly heads = new Dice();

  begin(arena: Arena, argumentWords: readonly number[]): void {
    this.arena = arena;
    this.code.reset();
    this.order.reset();
    this.registers.fill(0);
    for (let i = 0; i < argumentWords.length; i++) this.registers[8 + i] = argumentWords[i]!;
    this.isHeld.fill(1);
    this.predicates.fill(0);
    this.predicates[0] = 1;
    this.hashes.fill(0);
    this.modes.fill(0);
    this.isModeHeld.fill(1);
    this.slots.fill(undefined);
    if (this.known.length !== arena.known.length) this.known = new Uint32Array(arena.known.length);
    this.known.set(arena.known);
    this.slotsKnown = this.recent = this.steps = this.loops = this.calls = this.turn = this.skipped = 0;
  }
}

/** Everything that is known, to be brought back where code turns out not to run. */
export function remember(state: State): () => void {
  const lists = [state.registers, state.isHeld, state.predicates, state.contents, state.hashes, state.modes, state.isModeHeld, state.known, state.recentSpace,
    state.recentDtype, state.recentAddress, state.stepRegister, state.stepValue, state.stepBy, state.stepTimes], copies = lists.map((list) => list.slice());
  const { slotsKnown, recent, steps, loops, calls } = state, slots = [...state.slots], order = state.order.remember();
  return () => {
    lists.forEach((list, i) => { list.set(copies[i] as never); });
    slots.forEach((slot, i) => { state.slots[i] = slot; });
    order();
    Object.assign(state, { slotsKnown, recent, steps, loops, calls });
  };
}
/** The beginning of code that runs again: what it changes itself is not known there. */
export function forget(state: State): void {
  for (const s of GENERAL) state.isHeld[s] = 0;
  for (const s of SCRATCH) state.isHeld[s] = 0;
  // Loops inside this code have registers and descriptors of their own.
  for (let s = LOOP_REGISTERS + 2 * state.loops; s < SCALAR_COUNT; s++) state.isHeld[s] = 0;
  for (let p = 1; p < PREDICATE_COUNT; p++) state.predicates[p] = UNSURE;
  for (let t = tensorLows[Math.min(state.loops, DEPTHS - 1)]!; t < TENSOR_COUNT; t++) state.hashes[t] = 0;
  state.isModeHeld.fill(0);
  state.slots.fill(undefined);
}

/** An instruction by the bits of its fields, for code that is written seldom; its number comes back. */
export function emit(state: State, mnemonic: string, bits: Readonly<Record<string, number>>, heads = 0): number {
  const [w0, w1, w2, w3] = encoded(byMnemonic.get(mnemonic)!, bits, heads);
  return state.code.push(w0, w1, w2, w3);
}
export const fieldOf = (mnemonic: string, name: string) => byMnemonic.get(mnemonic)!.fields[name]!;

// ---- registers
export const held = (state: State, s: number): number | undefined => (state.isHeld[s] === 1 ? state.registers[s] : undefined);
/** A register that holds the value, set to it unless one does; bit s of `used`: not one of those in use. */
export function registerWith(state: State, value: number, used: number, dice: Dice): number {
  const word = value | 0, { registers, isHeld } = state;
  let found = 0;
  while (found < SCALAR_COUNT && !((registers[found]! | 0) === word && isHeld[found] === 1)) found++;
  if (found < SCALAR_COUNT && !dice.chance(20)) return found;
  let s = SCRATCH[state.turn++ % 4]!;
  while ((used & (1 << s)) !== 0) s = SCRATCH[(s + 1) % 4]!;
  setRegister(state, s, word, dice);
  return s;
}
const ALU = form('alu rd rs1 op rs2 imm');
export function setRegister(state: State, s: number, value: number, dice: Dice): void {
  sum(state, value, dice);
  put(state.code, ALU, 0, s, 0, 0, state.rs2, state.imm);
  state.registers[s] = value;
  state.isHeld[s] = 1;
}
/** rs2 and imm of the state become two that add up to a value. */
export function sum(state: State, value: number, dice: Dice): void {
  let s = 0;
  if (dice.chance(15)) for (s = dice.roll(SCALAR_COUNT); state.isHeld[s] === 0; s = (s + 1) % SCALAR_COUNT);
  state.rs2 = s;
  state.imm = ((value | 0) - (state.registers[s]! | 0)) | 0;
}
export function sumOf(state: State, value: number, dice: Dice): { readonly rs2: number; readonly imm: number } {
  sum(state, value, dice);
  const { rs2, imm } = state;
  return { rs2, imm };
}

// ---- descriptors
const TCOPY = form('tcopy from t'), TLOAD = form('tload t rs2 imm'), TSET = form('tset t field op rs2 imm'), TLOAD_WORD = fieldOf('tload', 'imm').word;
/**
 * A descriptor register that holds the words of a list from `from` on, its base apart (`base` and `high` are words 1 and 2); `hash` is that of the words.
 * None of `others`, the first `count` of which are in use.
 */
export function tensorWith(state: State, list: Int32Array, from: number, base: number, high: number, hash: number, others: Uint8Array, count: number, dice: Dice): number {
  const { contents, hashes, byHash, code } = state, own = (Math.imul(hash ^ base, 0x9e37_79b1) >>> 1) | 1;
  const wanted = code.described(list, from, base, high), { descriptors } = code, at = byHash[own >>> 8 & 255]!;
  if (at < PLAYGROUND && hashes[at] === own && differences(descriptors, contents[at]!, wanted, 1) === 0) return at;
  const t = freeTensor(state, others, count, dice);
  // Operands of one instruction are often alike.
  for (let i = 0; i < count; i++) {
    const other = others[i]!;
    if (hashes[other] === 0 || differences(descriptors, contents[other]!, wanted, 3) > 2 || !dice.chance(50)) continue;
    put(code, TCOPY, 0, other, t);
    contents[t] = contents[other]!;
    hashes[t] = hashes[other]!;
    break;
  }
  code.keepDescribed();
  if (hashes[t] !== 0 && differences(descriptors, contents[t]!, wanted, 4) <= 3) {
    for (let word = 0, before = contents[t]!; word < DESCRIPTOR_WORDS; word++) {
      if (descriptors[before + word] !== descriptors[wanted + word]) setTensorWord(state, t, word, descriptors[before + word]!, descriptors[wanted + word]!, dice);
    }
  } else {
    const index = code.constant(wanted, own);
    sum(state, 0, dice);
    code.fixBits(put(code, TLOAD, 0, t, state.rs2, 0), TLOAD_WORD, -1, FIX_CONSTANT, index, state.registers[state.rs2]! | 0);
  }
  contents[t] = wanted;
  hashes[t] = own;
  byHash[own >>> 8 & 255] = t;
  return t;
}
function freeTensor(state: State, others: Uint8Array, count: number, dice: Dice): number {
  const depth = Math.min(state.loops, DEPTHS - 1), low = tensorLows[depth]!, high = tensorLows[depth + 1]!, wanted = dice.roll(4) === 3 ? dice.roll(high - low) : state.turn++ % (high - low);
  let t = low + wanted;
  for (let i = 0; i < count; i++) if (others[i] === t) { t = t + 1 === high ? low : t + 1; i = -1; }
  return t;
}
/** In how many words descriptors differ; counting ends at `most`. */
function differences(descriptors: Int32Array, one: number, other: number, most: number): number {
  let found = 0;
  for (let i = 0; i < DESCRIPTOR_WORDS && found < most; i++) if (descriptors[one + i] !== descriptors[other + i]) found++;
  return found;
}
function setTensorWord(state: State, t: number, field: number, old: number, word: number, dice: Dice): void {
  // Adding to `base` carries into the upper half; these bases are small.
  const adds = dice.chance(30) ? 1 : 0;
  sum(state, adds ? word - old : word, dice);
  put(state.code, TSET, 0, t, field, adds, state.rs2, state.imm);
}

// ---- modes
/** What an instruction wants of a mode register: bits of the words of `used`; the others are not looked at. */
export interface ModeNeed { readonly wanted: Int32Array; readonly used: Int32Array; readonly words: readonly number[] }
const NSET = form('nset n field rs2 imm');

/** A mode register whose words of `mask` have the wanted values in the bits that are used: words from `wanted` and `used` of a list on. */
export function modeWith(state: State, mask: number, list: Int32Array, wanted: number, used: number, dice: Dice): number {
  for (let n = 0; n < MODE_COUNT; n++) if (modeFits(state, n, mask, list, wanted, used) === 0) return n;
  const n = dice.roll(MODE_COUNT), missing = modeFits(state, n, mask, list, wanted, used);
  for (let left = missing; left !== 0; left &= left - 1) {
    const word = 31 - Math.clz32(left & -left);
    setModeWord(state, n, word, list[wanted + word]!, list[used + word]!, dice);
  }
  return n;
}
/** Words of a mode register that are not as wanted, a bit each. */
function modeFits({ modes, isModeHeld }: State, n: number, mask: number, list: Int32Array, wanted: number, used: number): number {
  let missing = 0;
  for (let left = mask; left !== 0; left &= left - 1) {
    const word = 31 - Math.clz32(left & -left), at = MODE_WORDS * n + word;
    if (isModeHeld[at] === 0 || ((modes[at]! ^ list[wanted + word]!) & list[used + word]!) !== 0) missing |= 1 << word;
  }
  return missing;
}
/** Fields that are not captured get any legal value: they are not looked at. */
export function setModeWord(state: State, n: number, word: number, wanted: number, used: number, dice: Dice): void {
  const junk = dice.chance(30) ? anyMode()[MODE_WORDS * dice.roll(JUNK) + word]! : 0, value = wanted | (junk & ~used);
  state.modes[MODE_WORDS * n + word] = value;
  state.isModeHeld[MODE_WORDS * n + word] = 1;
  sum(state, value, dice);
  put(state.code, NSET, 0, n, word, state.rs2, state.imm);
}
const JUNK = 256;
let junkModes: Uint32Array | undefined;
/** Legal modes, eight words each. */
function anyMode(): Uint32Array {
  if (junkModes) return junkModes;
  junkModes = new Uint32Array(JUNK * MODE_WORDS);
  const draw = draws(0x6d6f_6465);
  for (let mode = 0; mode < JUNK; mode++) {
    for (const { name, word, low, width, legal } of modeFields) {
      const at = MODE_WORDS * mode + word, value = width === 32 ? modeValue(name, draw) : (modeValue(name, draw) & (2 ** width - 1)) % legal;
      junkModes[at] = junkModes[at]! | (value << low);
    }
  }
  return junkModes;
}

// ---- order between units
const FENCE = form('fence units'), WAIT = form('wait m agent rs2 imm'), POST = form('post m agent rs2 imm');
const POST_LOW = head.post.low, POST_MASK = headBits('post', 63), PREDICATE_LOW = head.predicate.low, NEGATED = headBits('negate', 1);
/** Make the unit's next instruction, whose regions are noted, wait for what it would race with; its head's wait comes back. */
export function synchronise(state: State, unit: number, dice: Dice, headMayWait: boolean): number {
  const { order } = state, { latest } = order;
  let wait = 0, left = order.conflicts(unit);
  for (let other = 0; left > 0; other++) {
    const access = latest[other]!;
    if (access < 0) continue;
    left--;
    const style = dice.roll(4);
    if (style === 0 && left === 0) { fence(state, 1 << other); continue; }
    const semaphore = semaphoreOf(other, unit, dice.roll(2)), clock = postFrom(state, access, other, semaphore, style === 3);
    if (headMayWait && wait === 0 && !dice.chance(20)) { wait = semaphore; order.taken(unit, clock); }
    else waitFor(state, unit, semaphore, 1, clock);
  }
  return wait;
}
export function fence(state: State, units: number): void {
  put(state.code, FENCE, 0, units);
  state.order.fenced(units);
}
export function waitFor(state: State, unit: number, semaphore: number, tokens: number, clock: number): void {
  put(state.code, WAIT, 0, semaphore, unit, 0, tokens);
  state.order.taken(unit, clock);
  emptyIssue(state, unit);
}
/** A token that says that an access is over: at the head of its instruction, or as an instruction behind it. The clock comes back. */
function postFrom(state: State, access: number, from: number, semaphore: number, own: boolean): number {
  const { order, code: { words } } = state, of = order.instructionOf(access), index = order.indexOf(access);
  if (!own && of >= 0 && (words[4 * of]! & POST_MASK) === 0 && index > order.posted[semaphore]!) {
    words[4 * of] = words[4 * of]! | (semaphore << POST_LOW);
    order.posted[semaphore] = index;
    return order.clockOf(access);
  }
  return post(state, from, semaphore, 1);
}
/** Tokens posted by an agent in its own order; the clock of what is over then comes back. */
export function post(state: State, unit: number, semaphore: number, tokens: number): number {
  put(state.code, POST, 0, semaphore, unit, 0, tokens);
  const clock = emptyIssue(state, unit);
  state.order.posted[semaphore] = state.order.lastOf(unit);
  return clock;
}
/** The regions belong to the instruction that is being made ready. */
function emptyIssue({ order }: State, unit: number): number {
  const { regions } = order;
  order.regions = 0;
  const clock = order.issue(unit, -1);
  order.regions = regions;
  return clock;
}

/** Bits of a head whose predicate surely holds (or surely not), other than the plain one where there is another. */
export function headThat(state: State, holds: boolean, dice: Dice): number {
  const { predicates } = state;
  let fitting = 0;
  for (let p = 0; p < PREDICATE_COUNT; p++) if (predicates[p] !== UNSURE) fitting++;
  let which = dice.roll(fitting), p = 0;
  for (; predicates[p] === UNSURE || which > 0; p++) if (predicates[p] !== UNSURE) which--;
  return (p << PREDICATE_LOW) | ((predicates[p] === 1) === holds ? 0 : NEGATED);
}
