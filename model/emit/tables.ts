//! tables: names and properties by code, and the arguments of encode functions, as every emitted language needs them.
import { set } from '../instructions/set.ts';
import type { Field } from '../isa/field.ts';
import type { Definition, Fields } from '../isa/instruction.ts';
import { eventDefinitions, featureNames, spaceNames, trapNames, unitNames } from '../limits.ts';
import { formatKinds, formatSpecials } from '../machine/state.ts';
import { type Format, formats } from '../numerics/format.ts';

/** Texts by code; a code that is not listed has none. */
export interface NameTable { readonly of: string; readonly codeBits: number; readonly names: readonly (readonly [number, string])[] }
const numbered = (names: readonly string[]): (readonly [number, string])[] => names.map((name, code) => [code, name] as const);
export const nameTables: readonly NameTable[] = [
  { of: 'opcode', codeBits: 8, names: set.map((d) => [d.opcode, d.mnemonic] as const) },
  { of: 'unit', codeBits: 3, names: numbered(unitNames) },
  { of: 'space', codeBits: 3, names: numbered(spaceNames) },
  { of: 'dtype', codeBits: 8, names: formats.map((f) => [f.code, f.name] as const) },
  { of: 'trap', codeBits: 8, names: Object.entries(trapNames).map(([code, name]) => [Number(code), name] as const) },
  { of: 'event', codeBits: 4, names: eventDefinitions.map(([name], code) => [code, name] as const) },
  { of: 'feature', codeBits: 7, names: numbered(featureNames) },
];

/** A property of every dtype; of a code that is none it is 0. */
export interface DtypeTable { readonly name: string; readonly width: number; readonly signed: boolean; readonly value: (format: Format) => number }
const property = (name: string, width: number, value: DtypeTable['value'], signed = false): DtypeTable => ({ name, width, signed, value });
export const dtypeTables: readonly DtypeTable[] = [
  property('width', 7, (f) => f.width),
  property('value_bits', 7, (f) => f.valueBits),
  property('ignored_low_bits', 7, (f) => f.ignoredLowBits),
  property('kind', 3, (f) => formatKinds[f.kind]),
  property('is_signed', 1, (f) => (f.signed ? 1 : 0)),
  property('exponent_bits', 4, (f) => f.exponentBits),
  property('fraction_bits', 5, (f) => f.fractionBits),
  property('bias', 9, (f) => f.bias, true),
  property('specials', 3, (f) => formatSpecials[f.specials]),
];
/** Constants of the columns `kind` and `specials`. */
export const dtypeConstants: readonly (readonly [string, number])[] = [
  ...Object.entries(formatKinds).map(([name, code]) => [`KIND_${name.toUpperCase()}`, code] as const),
  ...Object.entries(formatSpecials).map(([name, code]) => [`SPECIALS_${name.toUpperCase()}`, code] as const),
];

/** Names of the codes of choices, `MM_OP_ADD`. */
export const choiceConstants = (): readonly (readonly [string, number])[] => set.flatMap((d) => Object.entries(d.fields)
  .filter(([, field]) => field.kind === 'choice')
  .flatMap(([name, field]) => field.names!.map((choice, code) => [`${d.mnemonic}_${name}_${choice}`.replace(/\W/g, '_').toUpperCase(), code] as const)));

/** Fields as encode functions take them: conditions of a field's conditions included, so that each can be tested on its own. */
export const argumentsOf = ({ fields }: Definition): readonly { readonly name: string; readonly field: Field; readonly when: readonly Test[] }[] =>
  Object.entries(fields).map(([name, field]) => ({ name, field, when: testsOf(fields, field) }));
export interface Test { readonly field: string; readonly is: readonly number[] }
const testsOf = (fields: Fields, field: Field): readonly Test[] =>
  (field.when ?? []).flatMap((test) => [...testsOf(fields, fields[test.field]!), test]);

/** `camelCase` in the manner of constants. */
export const constantName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
