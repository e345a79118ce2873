//! code: instructions while a program grows, before anyone knows where they will stand, and the image they end in.
import { cached } from '../isa/cached.ts';
import { Rejected } from '../failure.ts';
import type { Words } from '../isa/codec.ts';
import type { Field } from '../isa/field.ts';
import { type Definition, type Fields, head } from '../isa/instruction.ts';
import { byMnemonic } from '../instructions/set.ts';
import type { Kernel } from './kernel.ts';

/** Fields whose bits are known at the end only; `by` is subtracted. `argument`: an instruction, a constant, a distance. */
export const FIX_PC = 0, FIX_LENGTH = 1, FIX_COUNT = 3, FIX_IMAGE = 4, FIX_LAST_BLOCK = 5, FIX_ANY_BLOCK = 6;

/** Code in the making: the main text and subroutines. An instruction is known by the number of those emitted before it. */
export class Code {
  private readonly kernel: Kernel;
  constructor(kernel: Kernel) { this.kernel = kernel; }

  get count(): number { return this.kernel.word('COUNT'); }
  set count(count: number) { this.kernel.setWord('COUNT', count); }
  /** Block of what follows, 0 the main text. */
  set current(block: number) { this.kernel.setWord('CURRENT', block); }
  /** Four for each instruction, as long as nothing is reserved. */
  get words(): Int32Array { return this.kernel.words.subarray(this.kernel.at.TEXT / 4); }

  /** An instruction at the end of the current block; its number comes back. */
  push(w0: number, w1: number, w2: number, w3: number): number { return this.kernel.calls.push(w0, w1, w2, w3); }
  /** A new subroutine, the block of what follows. The one before it comes back. */
  open(): number { return this.kernel.calls.open(); }
  /** The last instruction of the current block. */
  last(): number { return this.kernel.calls.last(); }
  /** Bits of a field of an instruction that only the finished program knows. */
  fix(at: number, field: Field, kind: number, argument: number, by = 0): void {
    this.kernel.calls.fix(at, field.word, field.width === 32 ? -1 : (2 ** field.width - 1) << field.low, kind, argument, by);
  }
  /** The image; `padding` says how many `nop` go before each instruction, in the order in which they stand. */
  build(padding?: (index: number) => number): Uint8Array {
    const { kernel } = this, { IMAGE } = kernel.at;
    if (padding) this.pad(padding);
    return kernel.bytes.slice(IMAGE, IMAGE + kernel.calls.build(padding ? 1 : 0));
  }
  /** Where an instruction of the last image stands. */
  pc(of: number): number { return this.kernel.word('IS_MOVED') === 1 ? this.kernel.word('PCS', of) : of; }
  private pad(padding: (index: number) => number): void {
    const { kernel, count } = this, { at: { PADS, INSTRUCTIONS } } = kernel;
    let length = count;
    for (let i = 0; i < count; i++) {
      const nops = padding(i);
      length += nops;
      if (length > INSTRUCTIONS) throw refused(length, INSTRUCTIONS, 'instructions');
      kernel.words[PADS / 4 + i] = nops;
    }
  }
}

/** A program that the memory has no room for. */
export const refused = (found: number, allowed: number, of: 'records' | 'instructions'): Rejected => new Rejected([{ file: 'program', line: 0, column: 0, message: `found ${found} ${of}; allowed: ${allowed}` }]);

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

/** An instruction whose fields are given in order, without names: its opcode, then the place of each, 32 x word + low. `alu rd rs1 op rs2 imm`. */
export type Form = readonly number[];
export function form(text: string): Form {
  const [mnemonic, ...names] = text.split(' '), { opcode, fields } = byMnemonic.get(mnemonic!)!;
  return [opcode, ...names.map((name) => placeOf(fields[name]!))];
}
export const placeOf = ({ word, low }: Field): number => 32 * word + low;
/** Emits it. Values have no bits outside their fields. */
export function put(code: Code, form: Form, heads: number, ...values: readonly number[]): number {
  out[0] = form[0]! | heads;
  out[1] = out[2] = out[3] = 0;
  for (let i = 0; i < values.length; i++) { const place = form[1 + i]!, word = place >>> 5; out[word] = out[word]! | (values[i]! << (place & 31)); }
  return code.push(out[0], out[1], out[2], out[3]);
}

/** Bits of the head in word 0. */
export const headBits = (part: keyof typeof head, bits: number): number => bits << head[part].low;
