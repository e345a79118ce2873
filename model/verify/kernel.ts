//! kernel: the memory that programs grow in, with the WebAssembly that writes them (assembly/generator.ts) and names for what lies where.
import { bytes } from '#built/generator';
import type { Dice } from './random.ts';

/** What assembly/generator.ts exports beside constants. Addresses are bytes; `dice` are the address of some. */
interface Calls {
  draw(seed: number): number;
  resolve(from: number, to: number): void;
  begin(arena: number): void;
  build(padded: number): number;
  push(w0: number, w1: number, w2: number, w3: number): number;
  fix(at: number, word: number, mask: number, kind: number, argument: number, by: number): void;
  open(): number;
  last(): number;
  read(dice: number, natural: number): void;
  roll(dice: number, below: number): number;
  sum(value: number, dice: number): void;
  setRegister(s: number, value: number, dice: number): void;
  registerWith(value: number, used: number, dice: number): number;
  tensorWith(list: number, base: number, high: number, hash: number, count: number, dice: number): number;
  modeWith(mask: number, wanted: number, used: number, dice: number): number;
  setModeWord(n: number, word: number, wanted: number, used: number, dice: number): void;
  headThat(holds: number, dice: number): number;
  fence(units: number): void;
  post(unit: number, semaphore: number, tokens: number): number;
  waitFor(unit: number, semaphore: number, tokens: number, clock: number): void;
  place(row: number): number;
  slotFor(index: number, at: number, depthwise: number): number;
  emitPattern(row: number, slot: number): number;
  forgetWishes(): void;
}
/** What it asks its host: patterns and phrases that nobody solved yet, and steps that are no tensors. */
export type Host = Readonly<Record<'solve' | 'phrase' | 'step', (...numbers: number[]) => number>>;

/** Constants of assembly/generator/room.ts and pattern.ts. */
const names = [
  'REGISTERS', 'IS_HELD', 'PREDICATES', 'IS_MODE_HELD', 'MODES', 'CONTENTS', 'HASHES', 'SLOTS', 'STEP_REGISTER', 'STEP_VALUE', 'STEP_BY', 'STEP_TIMES', 'STEPS', 'LOOPS', 'CALLS', 'ACCESS_COUNT',
  'STATE', 'KNOWN', 'KNOWN_BYTES', 'SKIPPED', 'RS2', 'IMM', 'PLACES', 'HEADS', 'GUEST', 'OTHERS', 'COUNT', 'CURRENT', 'PLACED', 'IS_MOVED', 'ADDRESS', 'LOW', 'HIGH', 'BASE', 'OFFSET', 'VALUE',
  'IMMEDIATE', 'STEP', 'TIMES', 'WORK', 'SCRATCH', 'HEAD', 'FORMS', 'JUNK_MODES', 'JUNK', 'SHOP', 'GENERAL', 'INSTRUCTIONS', 'RECORDS', 'RECORDS_BYTES', 'TEXT', 'PCS', 'PADS', 'ACCESSES', 'IMAGE', 'HEAP',
  'UNIT', 'MAY_FAIL', 'WORDS', 'OPERANDS', 'SOURCES', 'MODE', 'WANTED', 'USED', 'SLOT', 'LOADS', 'FACT', 'DESTINATIONS', 'FIRST_OPERAND', 'PLACE', 'FLAGS', 'SPACE', 'DTYPE', 'WIDTH', 'LOWEST',
  'HIGHEST', 'ALIGN', 'STRIDE', 'OWN_IMM', 'NEED', 'HASH', 'DESCRIPTOR', 'OPERAND_SIZE', 'BARE', 'WRITES', 'READS', 'EMPTY', 'OFFSETS', 'SAME', 'WHOLE', 'DEFINITE', 'TABLE', 'ROW_MAX',
] as const;
type Name = typeof names[number];

let compiled: WebAssembly.Module | undefined;
const PAGE_BYTES = 0x1_0000, ROOM = 0x10_0000;

/** One for each workshop. Numbers of `words` are addresses / 4, of `numbers` / 8; views are lost when more is reserved, and `look` is called. */
export class Kernel {
  readonly calls: Calls;
  readonly at: Readonly<Record<Name, number>>;
  bytes!: Uint8Array;
  words!: Int32Array;
  numbers!: Float64Array;
  private readonly memory: WebAssembly.Memory;
  private readonly seen: () => void;
  private end: number;

  constructor(host: Host, look: () => void) {
    this.seen = look;
    compiled ??= new WebAssembly.Module(bytes() as Uint8Array<ArrayBuffer>);
    const exports = new WebAssembly.Instance(compiled, { host }).exports as unknown as Calls & Record<Name, WebAssembly.Global> & { readonly memory: WebAssembly.Memory };
    this.calls = exports;
    this.memory = exports.memory;
    this.at = Object.fromEntries(names.map((name) => [name, exports[name].value])) as Record<Name, number>;
    this.end = this.at.HEAP;
    this.look();
  }
  private look(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.numbers = new Float64Array(buffer);
  }
  /** Room that nobody gives back: zeros, on a multiple of 16. */
  reserve(size: number): number {
    const at = this.end, { byteLength } = this.bytes;
    this.end += (size + 15) & ~15;
    if (this.end > byteLength) { this.memory.grow(Math.ceil((this.end - byteLength + ROOM) / PAGE_BYTES)); this.look(); this.seen(); }
    return at;
  }
  /** Reserves room for numbers and lays them down; floats where `wide`. */
  lay(list: ArrayLike<number>, wide = false): number {
    const at = this.reserve((wide ? 8 : 4) * list.length);
    if (wide) this.numbers.set(list, at / 8); else this.words.set(list, at / 4);
    return at;
  }
  word(name: Name, i = 0): number { return this.words[this.at[name] / 4 + i]!; }
  setWord(name: Name, value: number, i = 0): void { this.words[this.at[name] / 4 + i] = value; }
  number(name: Name, i: number): number { return this.numbers[this.at[name] / 8 + i]!; }
  setNumber(name: Name, value: number, i: number): void { this.numbers[this.at[name] / 8 + i] = value; }

  /** Dice of the host are lent for one call: their address. */
  lend(dice: Dice): number {
    const { GUEST } = this.at;
    dice.give(this.words, GUEST / 4);
    return GUEST;
  }
  takeBack(dice: Dice): void { dice.take(this.words, this.at.GUEST / 4); }
}
