//! encodings: every instruction with every corner of every field, alone, in pairs and drawn at random.
import fc from 'fast-check';
import { type Words, exists } from '../model/isa/codec.ts';
import type { Field } from '../model/isa/field.ts';
import { type Definition, head } from '../model/isa/instruction.ts';
import { set } from '../model/instructions/set.ts';

type Bits = Readonly<Record<string, number>>;
const headFields: readonly (readonly [string, Field])[] = Object.entries(head).filter(([name]) => name !== 'opcode') as never;

/** Fields in an order in which each comes behind those on which its existence depends. */
function ordered({ fields }: Definition): readonly (readonly [string, Field])[] {
  const depth = (field: Field): number => Math.max(0, ...(field.when ?? []).map(({ field: name }) => 1 + depth(fields[name]!)));
  return Object.entries(fields).sort(([, a], [, b]) => depth(a) - depth(b));
}

/** Words with these bits in the fields that exist, the first corner in those that are not named. */
export function build(definition: Definition, bits: Bits, heads: Bits = {}): Words {
  const words = [definition.opcode, 0, 0, 0];
  const put = ({ word, low, width }: Field, value: number): void => {
    words[word] = (words[word]! | (width === 32 ? value : value << low)) >>> 0;
  };
  for (const [name, field] of headFields) put(field, name === 'mode' && definition.mode.length === 0 ? 0 : (heads[name] ?? 0));
  for (const [name, field] of ordered(definition)) if (exists(definition.fields, field, words)) put(field, bits[name] ?? field.corners[0]!);
  return words as unknown as Words;
}

/** Values of the condition fields that make a field exist. */
function reasons({ fields }: Definition, field: Field): Bits {
  return Object.assign(
    {},
    ...(field.when ?? []).map(({ field: name, is }) => ({ ...reasons({ fields } as Definition, fields[name]!), [name]: is[0]! })),
  ) as Bits;
}

/** All corners of all fields, two fields at a time. */
export function* cornerPairs(definition: Definition): Generator<Words> {
  const all = ordered(definition);
  yield build(definition, {});
  for (const [name, field] of all)
    for (const bits of field.corners) {
      yield build(definition, { ...reasons(definition, field), [name]: bits });
      for (const [otherName, other] of all)
        if (otherName > name)
          for (const otherBits of other.corners) {
            yield build(definition, { ...reasons(definition, field), ...reasons(definition, other), [name]: bits, [otherName]: otherBits });
          }
    }
  for (const [name, field] of headFields) for (const bits of field.corners) yield build(definition, {}, { [name]: bits });
}

/** Any legal encoding: each field a corner or any legal pattern. */
export const legalWords: fc.Arbitrary<Words> = fc.constantFrom(...set).chain((definition) => {
  const bitsOfField = (field: Field): fc.Arbitrary<number> =>
    fc.oneof(
      fc.constantFrom(...field.corners),
      fc.integer({ min: 0, max: 2 ** field.width - 1 }).filter((bits) => field.legal(bits)),
    );
  const record = (list: readonly (readonly [string, Field])[]) =>
    fc.record(Object.fromEntries(list.map(([name, field]) => [name, bitsOfField(field)])));
  return fc.tuple(record(Object.entries(definition.fields)), record(headFields)).map(([bits, heads]) => build(definition, bits, heads));
});
export const anyWords: fc.Arbitrary<Words> = fc.tuple(
  ...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 0xffff_ffff })),
) as unknown as fc.Arbitrary<Words>;
