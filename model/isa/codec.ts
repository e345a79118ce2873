//! codec: four words to an instruction's written values, and back.
import type { Field } from './field.ts';
import type { Definition, Fields } from './instruction.ts';
import { head } from './instruction.ts';

export type Words = readonly [number, number, number, number];
export type Values = Readonly<Record<string, unknown>>;
/** The head as written; absent parts are 0. */
export interface Head {
  readonly predicate?: number; readonly negate?: boolean; readonly wait?: number; readonly post?: number; readonly irq?: boolean;
  readonly trace?: boolean; readonly mode?: number;
}

/** Bits of a field in the words. */
export const bitsOf = (words: readonly number[], { word, low, width }: Field): number =>
  width === 32 ? words[word]! >>> 0 : (words[word]! >>> low) & (2 ** width - 1);

/** Does the field exist in these words? */
export const exists = (fields: Fields, field: Field, words: readonly number[]): boolean =>
  (field.when ?? []).every(({ field: name, is }) => exists(fields, fields[name]!, words) && is.includes(bitsOf(words, fields[name]!)));

/** Words of an instruction; a field without a value takes the one that text may omit. Throws nothing: values are trusted to fit. */
export function encode(definition: Definition, values: Values, heads: Head = {}): Words {
  const words: [number, number, number, number] = [definition.opcode, 0, 0, 0];
  const put = (field: Field, value: unknown): void => {
    words[field.word] = (words[field.word]! | (field.width === 32 ? field.encode(value) : field.encode(value) << field.low)) >>> 0;
  };
  for (const [name, value] of Object.entries(heads)) if (value !== undefined) put(head[name as keyof Head] as Field, value);
  const written = Object.entries(definition.fields);
  // A field whose existence depends on others comes after them, however the definition lists them.
  const depth = (field: Field): number => Math.max(0, ...(field.when ?? []).map((c) => 1 + depth(definition.fields[c.field]!)));
  written.sort(([, a], [, b]) => depth(a) - depth(b));
  for (const [name, field] of written) if (exists(definition.fields, field, words)) put(field, values[name] ?? field.omit ?? field.decode(0));
  return words;
}

/** Values of all fields that exist in the words. */
export function decode(definition: Definition, words: readonly number[]): Values {
  return Object.fromEntries(Object.entries(definition.fields)
    .filter(([, field]) => exists(definition.fields, field, words)).map(([name, field]) => [name, field.decode(bitsOf(words, field))]));
}
export const decodeHead = (words: readonly number[]): Required<Head> => ({
  predicate: bitsOf(words, head.predicate), negate: bitsOf(words, head.negate) === 1, wait: bitsOf(words, head.wait),
  post: bitsOf(words, head.post), irq: bitsOf(words, head.irq) === 1, trace: bitsOf(words, head.trace) === 1, mode: bitsOf(words, head.mode),
});

/** Are all bits defined: nothing set outside the fields, every field legal, N = 0 where no mode is used? */
export function wellEncoded(definition: Definition, words: readonly number[]): boolean {
  const used = [0, 0, 0, 0];
  for (const field of [...Object.values(head), ...Object.values(definition.fields)] as Field[]) {
    if (!exists(definition.fields, field, words)) continue;
    used[field.word]! |= field.width === 32 ? -1 : (2 ** field.width - 1) << field.low;
    if (!field.legal(bitsOf(words, field))) return false;
  }
  if (definition.mode.length === 0 && bitsOf(words, head.mode) !== 0) return false;
  return words.every((word, i) => (word & ~used[i]!) === 0);
}
