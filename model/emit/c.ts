//! c: the C header: constants, field accessors, and the records as structs whose layout the compiler checks.
import { set } from '../instructions/set.ts';
import { type Definition, type Fields, head } from '../isa/instruction.ts';
import type { Layout, Scalar } from '../isa/layout.ts';
import * as limits from '../limits.ts';
import { formats } from '../numerics/format.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { faultLayout, loopLayout, regionLayout, slotLayout, stateLayout, watchpointLayout } from '../machine/state.ts';

export const headerText = (): string => [
  '/* Made by model/emit/c.ts from the definitions; never edited (npm run emit). */',
  '#ifndef SYSTOLE_ISA_H', '#define SYSTOLE_ISA_H', '#include <stddef.h>', '#include <stdint.h>', '#ifdef __cplusplus', 'extern "C" {', '#endif', '',
  ...numbers(), '', ...set.map((d) => `#define SYSTOLE_OP_${d.mnemonic.toUpperCase()} ${hex(d.opcode)}u`), '',
  ...formats.map((f) => `#define SYSTOLE_DTYPE_${f.name.toUpperCase()} ${hex(f.code)}u`), '',
  ...accessors('head', head), ...set.flatMap((d: Definition) => accessors(d.mnemonic, d.fields)), '',
  ...[loopLayout, slotLayout, faultLayout, regionLayout, watchpointLayout, stateLayout, operandLayout, retirementLayout].flatMap(struct),
  '#ifdef __cplusplus', '}', '#endif', '#endif', '',
].join('\n');

const hex = (value: number): string => `0x${value.toString(16)}`;
/** The numeric constants of limits.ts, by name: a module's own order depends on who loads it. */
export const constants = (): readonly (readonly [string, number])[] =>
  Object.entries(limits as Record<string, unknown>).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value] as const] : [])).sort(([a], [b]) => (a < b ? -1 : 1));
const numbers = (): string[] => constants().map(([name, value]) => `#define SYSTOLE_${name} ${hex(value)}u`);

/** `systole_mm_slot(words)`: the bits of a field, sign-extended where it is signed. */
function accessors(name: string, fields: Fields): string[] {
  return Object.entries(fields).map(([field, { word, low, width, kind }]) => {
    const signed = kind === 'signed', raw = `w[${word}]`;
    const value = width === 32 ? (signed ? `(int32_t)${raw}` : raw)
      : signed ? `(int32_t)(${raw} << ${32 - low - width}) >> ${32 - width}` : `(${raw} >> ${low}) & ${hex(2 ** width - 1)}u`;
    return `static inline ${signed ? 'int32_t' : 'uint32_t'} systole_${name}_${field}(const uint32_t w[4]) { return ${value}; }`;
  });
}
const types: Readonly<Record<Scalar, string>> = { u8: 'uint8_t', u16: 'uint16_t', u32: 'uint32_t', i32: 'int32_t', i64: 'int64_t' };
/** A record as a struct, with its layout checked by the compiler. */
export function struct(of: Layout): string[] {
  const name = `systole_${of.name}`;
  // Words of the language get an underscore.
  const inC = (field: string): string => (field === 'signed' ? 'signed_' : field);
  const member = ({ name: field, item }: Layout['items'][number]): string => {
    const [element, count] = typeof item === 'string' ? ([item, 0] as const) : item;
    return `  ${typeof element === 'string' ? types[element] : `struct systole_${element.name}`} ${inC(field)}${count ? `[${count}]` : ''};`;
  };
  const checks = of.items.map((i) => `_Static_assert(offsetof(struct ${name}, ${inC(i.name)}) == ${i.offset}, "${name}.${i.name}");`);
  // Records end at a multiple of 8 bytes, which a struct of 32-bit members would not.
  return [
    `struct ${name} {`, ...of.items.map(member), '} __attribute__((aligned(8)));',
    '#ifndef __cplusplus', ...checks, `_Static_assert(sizeof(struct ${name}) == ${of.size}, "${name}");`, '#endif', '',
  ];
}
