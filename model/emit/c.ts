//! c: the C header: constants, field accessors, encode functions, tables, the host's window, and records whose layout the compiler checks.
import { set } from '../instructions/set.ts';
import { BARE_PRESENT, operandParts } from '../isa/field.ts';
import { type Definition, type Fields, head } from '../isa/instruction.ts';
import type { Layout, Scalar } from '../isa/layout.ts';
import * as limits from '../limits.ts';
import { formats } from '../numerics/format.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { modeFields } from '../isa/view.ts';
import { faultLayout, loopLayout, regionLayout, slotLayout, stateLayout, watchpointLayout } from '../machine/state.ts';
import { csrConstants } from './csr-constants.ts';
import { argumentsOf, choiceConstants, type DtypeTable, dtypeConstants, dtypeTables, type NameTable, nameTables } from './tables.ts';

export const headerText = (): string => [
  '/* Made by model/emit/c.ts from the definitions; never edited (npm run emit). */',
  '#ifndef SYSTOLE_ISA_H', '#define SYSTOLE_ISA_H', '#include <stddef.h>', '#include <stdint.h>', '#ifdef __cplusplus', 'extern "C" {', '#endif', '',
  ...numbers(), '', ...set.map((d) => `#define SYSTOLE_OP_${d.mnemonic.toUpperCase()} ${hex(d.opcode)}u`), '',
  ...formats.map((f) => `#define SYSTOLE_DTYPE_${f.name.toUpperCase()} ${hex(f.code)}u`), '',
  ...[...dtypeConstants, ...choiceConstants()].map(([name, value]) => `#define SYSTOLE_${name} ${hex(value)}u`), '',
  '/* The host\'s window: byte offsets, counts and steps, values at power-on, fields. */', ...csrConstants().map(([name, value]) => `#define SYSTOLE_CSR_${name} ${hex(value)}u`), '',
  '/* Fields of an instruction, parts of a tensor operand, fields of a numeric mode. */',
  ...accessors('head', head), ...set.flatMap((d: Definition) => accessors(d.mnemonic, d.fields)), ...operandAccessors(), ...modeAccessors(), '',
  '/* Instructions from the bits of their fields. A field that does not exist with the others is ignored. */', ...encodeParts(), ...set.flatMap(encodeFunction), '',
  '/* Names by code, empty for a code that has none. */', ...nameTables.flatMap(nameFunction), '',
  '/* Properties by dtype code, 0 for a code that is none. */', ...dtypeTables.flatMap(dtypeFunction), '',
  '/* The unit that runs an instruction; 7 for an opcode that is none. */', ...unitFunction(), '',
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

const operandAccessors = (): string[] => Object.entries(operandParts).map(([name, { low, width }]) => (name === 'imm'
  ? `static inline int32_t systole_operand_${name}(uint32_t operand) { return (int32_t)(operand << ${32 - low - width}) >> ${32 - width}; }`
  : `static inline uint32_t systole_operand_${name}(uint32_t operand) { return (operand >> ${low}) & ${hex(2 ** width - 1)}u; }`));
const modeAccessors = (): string[] => modeFields.map(({ name, word, low, width, signed }) => {
  const value = width === 32 ? `mode[${word}]` : signed ? `(int32_t)(mode[${word}] << ${32 - low - width}) >> ${32 - width}` : `(mode[${word}] >> ${low}) & ${hex(2 ** width - 1)}u`;
  return `static inline ${signed ? 'int32_t' : 'uint32_t'} systole_mode_${name}(const uint32_t mode[8]) { return ${signed && width === 32 ? `(int32_t)${value}` : value}; }`;
});

/** Bits of an argument at their place. Arguments end in _bits, so that no field's name is a word of the language. */
function placed(name: string, low: number, width: number, signed = false): string {
  const raw = `${signed ? '(uint32_t)' : ''}${name}_bits`, masked = width === 32 ? raw : `(${raw} & ${hex(2 ** width - 1)}u)`;
  return low === 0 ? masked : `${masked} << ${low}`;
}
const argument = (name: string, signed = false): string => `${signed ? 'int32_t' : 'uint32_t'} ${name}_bits`;
function encodeParts(): string[] {
  const heads = Object.entries(head).filter(([name]) => name !== 'opcode'), parts = Object.entries(operandParts);
  const or = (terms: readonly string[]): string => `return ${terms.map((term) => (term.includes('<<') ? `(${term})` : term)).join(' | ')};`;
  return [
    `static inline uint32_t systole_encode_head(${heads.map(([name]) => argument(name)).join(', ')}) {`, `  ${or(heads.map(([name, f]) => placed(name, f.low, f.width)))}`, '}',
    `static inline uint32_t systole_encode_operand(${parts.map(([name]) => argument(name, name === 'imm')).join(', ')}) {`,
    `  ${or(parts.map(([name, { low, width }]) => placed(name, low, width, name === 'imm')))}`, '}',
    `static inline uint32_t systole_encode_bare(${argument('t')}) { return ${hex(BARE_PRESENT)}u | ${placed('t', 0, operandParts.t.width)}; }`,
  ];
}
function encodeFunction(d: Definition): string[] {
  const args = argumentsOf(d);
  return [
    `static inline void systole_encode_${d.mnemonic}(${['uint32_t words[4]', 'uint32_t head_bits', ...args.map((a) => argument(a.name, a.field.kind === 'signed'))].join(', ')}) {`,
    `  words[0] = (head_bits & 0xffffff00u) | ${hex(d.opcode)}u;`, '  words[1] = words[2] = words[3] = 0;',
    ...args.map(({ name, field, when }) => {
      const tests = when.map((test) => test.is.map((bits) => `${test.field}_bits == ${bits}u`).join(' || ')).map((test) => (when.length > 1 ? `(${test})` : test));
      return `  ${tests.length ? `if (${tests.join(' && ')}) ` : ''}words[${field.word}] |= ${placed(name, field.low, field.width, field.kind === 'signed')};`;
    }), '}',
  ];
}

function switched(type: string, name: string, rows: readonly (readonly [number, string])[], otherwise: string): string[] {
  return [`static inline ${type}${name}(uint32_t code) {`, '  switch (code) {', ...rows.map(([code, value]) => `    case ${hex(code)}: return ${value};`), `    default: return ${otherwise};`, '  }', '}'];
}
const nameFunction = ({ of, names }: NameTable): string[] => switched('const char *', `systole_name_of_${of}`, names.map(([code, text]) => [code, `"${text}"`] as const), '""');
const dtypeFunction = ({ name, signed, value }: DtypeTable): string[] =>
  switched(signed ? 'int32_t ' : 'uint32_t ', `systole_dtype_${name}`, formats.map((f) => [f.code, String(value(f))] as const), '0');
const unitFunction = (): string[] => [
  'static inline uint32_t systole_unit_of(const uint32_t w[4]) {', '  switch (w[0] & 0xffu) {',
  ...set.map((d) => `    case ${hex(d.opcode)}: return ${d.unit === 'agent' ? `systole_${d.mnemonic}_agent(w)` : d.unit};`), '    default: return 7;', '  }', '}',
];

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
