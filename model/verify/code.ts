//! code: instructions while a program grows, before anyone knows where they will stand, and the image they end in.
import { encode, type Head, type Values, type Words } from '../isa/codec.ts';
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { IMAGE_HEADER_BYTES, IMAGE_MAGIC, INSTRUCTION_BYTES, VERSION_MAJOR, VERSION_MINOR } from '../limits.ts';

/** An instruction to be. `bits` are the fields that exist; `raw` are words as they stand, for ill-encoded ones. */
export interface Draught {
  readonly definition: Definition;
  readonly bits: Record<string, number>;
  readonly head: { -readonly [K in keyof Head]: Head[K] };
  raw?: Words;
  /** A field whose bits are known at the end only: the place of an instruction, a length, a constant. */
  fix?: { readonly field: string; readonly value: (places: Places) => number };
}
/** What `fix` may ask: pc of an instruction, and byte of a constant in the image. */
export interface Places { readonly pc: (of: Draught) => number; readonly constant: (index: number) => number; readonly imageBytes: number; readonly count: number }

/** Code in the making: the main text and subroutines, each a list; constants of 64 bytes. */
export interface Code {
  readonly blocks: Draught[][];
  readonly constants: number[][];
}
export const newCode = (): Code => ({ blocks: [[]], constants: [] });

/** Index of a constant; equal ones are shared. */
export function constantOf(code: Code, words: readonly number[]): number {
  const found = code.constants.findIndex((other) => other.every((word, i) => word === words[i]));
  return found >= 0 ? found : code.constants.push([...words]) - 1;
}

export interface Built {
  readonly image: Uint8Array;
  readonly words: readonly Words[];
  readonly pc: (of: Draught) => number;
}

/** Lay the blocks one after the other; `padding` says how many `nop` go before each instruction. */
export function build(code: Code, nop: Definition, padding: (index: number) => number = () => 0): Built {
  const flat: Draught[] = [], place = new Map<Draught, number>();
  for (const block of code.blocks) {
    for (const one of block) {
      for (let extra = padding(place.size); extra > 0; extra--) flat.push({ definition: nop, bits: { tag: 0 }, head: {} });
      place.set(one, flat.length);
      flat.push(one);
    }
  }
  const text = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * flat.length, first = Math.ceil(text / 64) * 64;
  const imageBytes = first + 64 * code.constants.length;
  const places: Places = { pc: (of) => place.get(of)!, constant: (index) => first + 64 * index, imageBytes, count: flat.length };
  const words = flat.map((one) => wordsOf(one, places));
  const image = new Uint8Array(imageBytes), view = new DataView(image.buffer);
  [IMAGE_MAGIC, (VERSION_MAJOR << 16) | VERSION_MINOR, imageBytes, flat.length, 0].forEach((word, i) => { view.setUint32(4 * i, word >>> 0, true); });
  words.forEach((four, pc) => { four.forEach((word, i) => { view.setUint32(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc + 4 * i, word, true); }); });
  code.constants.forEach((block, i) => { block.forEach((word, k) => { view.setUint32(first + 64 * i + 4 * k, word >>> 0, true); }); });
  return { image, words, pc: places.pc };
}

/** The words of a draught: fields as bits, nothing interpreted. */
function wordsOf({ definition, bits, head, raw, fix }: Draught, places: Places): Words {
  if (raw) return raw;
  const all = fix ? { ...bits, [fix.field]: fix.value(places) } : bits;
  const values: Values = Object.fromEntries(Object.entries(definition.fields).filter(([name]) => name in all)
    .map(([name, field]) => [name, decoded(field, all[name]!)]));
  return encode(definition, values, head);
}
const decoded = (field: Field, bits: number): unknown => field.decode(bits >>> 0);
