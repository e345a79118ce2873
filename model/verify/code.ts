//! code: instructions while a program grows, before anyone knows where they will stand, and the image they end in.
import { cached } from '../isa/cached.ts';
import { encode, type Words } from '../isa/codec.ts';
import type { Field } from '../isa/field.ts';
import { type Definition, type Fields, head } from '../isa/instruction.ts';
import { byMnemonic } from '../instructions/set.ts';
import { DESCRIPTOR_WORDS, IMAGE_HEADER_BYTES, IMAGE_MAGIC, INSTRUCTION_BYTES, VERSION_MAJOR, VERSION_MINOR } from '../limits.ts';

/** Fields whose bits are known at the end only; `by` is subtracted. `argument`: an instruction, a constant, a distance. */
export const FIX_PC = 0, FIX_LENGTH = 1, FIX_CONSTANT = 2, FIX_COUNT = 3, FIX_IMAGE = 4, FIX_LAST_BLOCK = 5, FIX_ANY_BLOCK = 6;
const FIX_PARTS = 6;

/** Code in the making: the main text and subroutines. An instruction is known by the number of those emitted before it. */
export class Code {
  words = new Int32Array(4 * 512);
  count = 0;
  /** Block of each instruction, 0 the main text. */
  block = new Uint8Array(512);
  blockCount = 1;
  current = 0;
  private fixes = new Int32Array(FIX_PARTS * 128);
  private fixCount = 0;
  /** All that a register held at some time, DESCRIPTOR_WORDS each; constants of the image are those among them that were loaded. */
  descriptors = new Int32Array(DESCRIPTOR_WORDS * 128);
  private describedCount = 0;
  private constants = new Int32Array(64);
  private hashes = new Int32Array(64);
  private constantCount = 0;

  reset(): void {
    this.count = this.fixCount = this.constantCount = this.describedCount = this.current = 0;
    this.blockCount = 1;
  }
  /** An instruction at the end of the current block; its number comes back. */
  push(w0: number, w1: number, w2: number, w3: number): number {
    const at = this.count, from = 4 * at;
    if (from === this.words.length) this.grow();
    const { words } = this;
    this.count = at + 1;
    words[from] = w0;
    words[from + 1] = w1;
    words[from + 2] = w2;
    words[from + 3] = w3;
    this.block[at] = this.current;
    return at;
  }
  private grow(): void {
    this.words = grown(this.words);
    this.block = grown(this.block);
  }
  /** A new subroutine, the block of what follows. The one before it comes back. */
  open(): number {
    const before = this.current;
    this.current = this.blockCount++;
    return before;
  }
  /** The last instruction of the current block. */
  last(): number {
    let at = this.count - 1;
    while (this.block[at] !== this.current) at--;
    return at;
  }
  /** Bits of a field of an instruction that only the finished program knows. */
  fix(at: number, field: Field, kind: number, argument: number, by = 0): void {
    this.fixBits(at, field.word, field.width === 32 ? -1 : (2 ** field.width - 1) << field.low, kind, argument, by);
  }
  fixBits(at: number, word: number, mask: number, kind: number, argument: number, by: number): void {
    if (FIX_PARTS * (this.fixCount + 1) > this.fixes.length) this.fixes = grown(this.fixes);
    const { fixes } = this, from = FIX_PARTS * this.fixCount++;
    fixes[from] = at;
    fixes[from + 1] = 4 * at + word;
    fixes[from + 2] = mask;
    fixes[from + 3] = kind;
    fixes[from + 4] = argument;
    fixes[from + 5] = by;
  }
  /** Writes a descriptor behind those that are kept: words of a list, the base apart. Where it begins comes back. */
  described(list: Int32Array, from: number, base: number, high: number): number {
    const to = DESCRIPTOR_WORDS * this.describedCount;
    if (to === this.descriptors.length) this.descriptors = grown(this.descriptors);
    const { descriptors } = this;
    for (let i = 0; i < DESCRIPTOR_WORDS; i++) descriptors[to + i] = list[from + i]!;
    descriptors[to + 1] = base;
    descriptors[to + 2] = high;
    return to;
  }
  keepDescribed(): void { this.describedCount++; }
  /** Index of a constant, a descriptor that is kept; equal ones are shared. */
  constant(described: number, hash: number): number {
    const { hashes } = this, at = this.constantCount;
    for (let i = 0; i < at; i++) if (hashes[i] === hash && this.isSame(this.constants[i]!, described)) return i;
    if (at === hashes.length) { this.constants = grown(this.constants); this.hashes = grown(hashes); }
    this.constants[at] = described;
    this.hashes[at] = hash;
    this.constantCount = at + 1;
    return at;
  }
  private isSame(one: number, other: number): boolean {
    const { descriptors } = this;
    for (let i = 0; i < DESCRIPTOR_WORDS; i++) if (descriptors[one + i] !== descriptors[other + i]) return false;
    return true;
  }

  /** Where each instruction stands; `padding` says how many `nop` go before each. Undefined: where it was emitted. */
  private placed(padding: ((index: number) => number) | undefined): { readonly pcs: Int32Array | undefined; readonly count: number } {
    if (this.blockCount === 1 && !padding) return { pcs: undefined, count: this.count };
    const pcs = new Int32Array(this.count);
    let pc = 0, index = 0;
    for (let block = 0; block < this.blockCount; block++) {
      for (let at = 0; at < this.count; at++) if (this.block[at] === block) { pc += padding ? padding(index++) : 0; pcs[at] = pc++; }
    }
    return { pcs, count: pc };
  }
  /** The image, and where each instruction came to stand. */
  build(padding?: (index: number) => number): { readonly image: Uint8Array; readonly pc: (of: number) => number } {
    const { pcs, count } = this.placed(padding), { fixes, words, descriptors, constants, constantCount } = this;
    const text = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count, first = (text + 63) & ~63, imageBytes = first + 64 * constantCount;
    const pc = (of: number): number => (pcs ? pcs[of]! : of), blocks = imageBytes >>> 6;
    for (let from = 0; from < FIX_PARTS * this.fixCount; from += FIX_PARTS) {
      const at = fixes[from]!, argument = fixes[from + 4]!, kind = fixes[from + 3]!;
      const value = kind === FIX_CONSTANT ? first + 64 * argument : kind === FIX_PC ? pc(argument) : kind === FIX_LENGTH ? pc(argument) - pc(at)
        : kind === FIX_COUNT ? count + argument : kind === FIX_IMAGE ? imageBytes + argument : kind === FIX_LAST_BLOCK ? 64 * (blocks - 1) : 64 * ((argument >>> 0) % blocks);
      const word = fixes[from + 1]!, mask = fixes[from + 2]!;
      // The lowest bit of a mask says how far its field is shifted.
      words[word] = (words[word]! & ~mask) | (Math.imul(value - fixes[from + 5]!, mask & -mask) & mask);
    }
    const image = new Int32Array(imageBytes / 4);
    image[0] = IMAGE_MAGIC;
    image[1] = (VERSION_MAJOR << 16) | VERSION_MINOR;
    image[2] = imageBytes;
    image[3] = count;
    if (pcs === undefined) image.set(words.subarray(0, 4 * count), 16);
    else {
      if (count > this.count) for (let at = 0; at < count; at++) image.set(nopWords, 16 + 4 * at);
      for (let at = 0; at < this.count; at++) for (let i = 0; i < 4; i++) image[16 + 4 * pcs[at]! + i] = words[4 * at + i]!;
    }
    for (let k = 0, to = first / 4; k < constantCount; k++, to += DESCRIPTOR_WORDS) for (let i = 0, from = constants[k]!; i < DESCRIPTOR_WORDS; i++) image[to + i] = descriptors[from + i]!;
    return { image: new Uint8Array(image.buffer), pc };
  }
}
const grown = <A extends Uint32Array | Int32Array | Uint8Array>(old: A): A => {
  const wider = new (old.constructor as new (length: number) => A)(2 * old.length);
  wider.set(old);
  return wider;
};
const nopWords: Words = encode(byMnemonic.get('nop')!, { tag: 0 });

// ---- encoding
/** Where a field goes, and the bits that it has when nobody says. Fields on which others depend come first. */
interface Planned { readonly name: string; readonly field: Field; readonly isAlways: boolean; readonly bits: number; readonly word: number; readonly low: number; readonly mask: number }
export const planOf = cached((definition: Definition): readonly Planned[] => {
  const depth = (field: Field): number => Math.max(0, ...(field.when ?? []).map((c) => 1 + depth(definition.fields[c.field]!)));
  return Object.entries(definition.fields as Fields).sort(([, a], [, b]) => depth(a) - depth(b)).map(([name, field]) => (
    { name, field, isAlways: field.when === undefined, bits: field.encode(field.omit ?? field.decode(0)) >>> 0, word: field.word, low: field.low, mask: field.width === 32 ? -1 : 2 ** field.width - 1 }));
});
const out: [number, number, number, number] = [0, 0, 0, 0];
function begin(definition: Definition, heads: number): readonly Planned[] {
  out[0] = (definition.opcode | heads) >>> 0;
  out[1] = out[2] = out[3] = 0;
  return planOf(definition);
}
function add(definition: Definition, { field, isAlways, word, low, mask }: Planned, bits: number): void {
  if (isAlways || present(definition.fields, field)) out[word] = (out[word]! | ((bits & mask) << low)) >>> 0;
}
/** The words of an instruction from the bits of its fields, nothing interpreted; the array is reused by the next call. */
export function encoded(definition: Definition, bits: Readonly<Record<string, number>>, heads: number): Words {
  for (const planned of begin(definition, heads)) add(definition, planned, bits[planned.name] ?? planned.bits);
  return out;
}
/** The same from the bits of all fields, in the order of `planOf`. */
export function encodedInOrder(definition: Definition, bits: Uint32Array, heads: number): Words {
  const plan = begin(definition, heads);
  for (let i = 0; i < plan.length; i++) add(definition, plan[i]!, bits[i]!);
  return out;
}
const present = (fields: Fields, field: Field): boolean => (field.when ?? []).every(({ field: name, is }) => {
  const on = fields[name]!;
  return present(fields, on) && is.includes(on.width === 32 ? out[on.word]! : (out[on.word]! >>> on.low) & (2 ** on.width - 1));
});

/** An instruction whose fields are given in order, without names: `alu rd rs1 op rs2 imm`. */
export interface Form {
  readonly opcode: number;
  /** Of each field its word and its lowest bit; 0 and 0 where there is none. */
  readonly word0: number; readonly low0: number;
  readonly word1: number; readonly low1: number;
  readonly word2: number; readonly low2: number;
  readonly word3: number; readonly low3: number;
  readonly word4: number; readonly low4: number;
}
export function form(text: string): Form {
  const [mnemonic, ...names] = text.split(' '), { opcode, fields } = byMnemonic.get(mnemonic!)!;
  const word = (i: number): number => (i < names.length ? fields[names[i]!]!.word : 0), low = (i: number): number => (i < names.length ? fields[names[i]!]!.low : 0);
  return { opcode, word0: word(0), low0: low(0), word1: word(1), low1: low(1), word2: word(2), low2: low(2), word3: word(3), low3: low(3), word4: word(4), low4: low(4) };
}
/** Emits it. Values have no bits outside their fields. */
export function put(code: Code, form: Form, heads: number, a = 0, b = 0, c = 0, d = 0, e = 0): number {
  const at = code.push(form.opcode | heads, 0, 0, 0), { words } = code, from = 4 * at;
  words[from + form.word0] = words[from + form.word0]! | (a << form.low0);
  words[from + form.word1] = words[from + form.word1]! | (b << form.low1);
  words[from + form.word2] = words[from + form.word2]! | (c << form.low2);
  words[from + form.word3] = words[from + form.word3]! | (d << form.low3);
  words[from + form.word4] = words[from + form.word4]! | (e << form.low4);
  return at;
}

/** Bits of the head in word 0. */
export const headBits = (part: keyof typeof head, bits: number): number => bits << head[part].low;
