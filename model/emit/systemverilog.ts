//! systemverilog: the package for RTL: constants, field accessors, encode functions, tables and record offsets that every tool reads.
import { set } from '../instructions/set.ts';
import { BARE_PRESENT, operandParts } from '../isa/field.ts';
import { type Definition, type Fields, head } from '../isa/instruction.ts';
import { extent, type Layout } from '../isa/layout.ts';
import { modeFields } from '../isa/view.ts';
import { formats } from '../numerics/format.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { constants } from './c.ts';
import { argumentsOf, choiceConstants, constantName, type DtypeTable, dtypeConstants, dtypeTables, type NameTable, nameTables } from './tables.ts';

/** Only `pkg::NAME` and `pkg::function()`: types of a package stop Icarus 11, and imports stop yosys 0.23. */
export const packageText = (): string => [
  '// Made by model/emit/systemverilog.ts from the definitions; never edited (npm run emit).',
  '// For Verilator, Icarus 11 and yosys: name everything as systole_isa::NAME, without import. docs/emitters.md shows how.',
  ...lintOff, 'package systole_isa;', ...constants().map(([name, value]) => parameter(name, value)),
  ...set.map((d) => parameter(`OP_${d.mnemonic.toUpperCase()}`, d.opcode)), ...formats.map((f) => parameter(`DTYPE_${f.name.toUpperCase()}`, f.code)),
  ...[...dtypeConstants, ...choiceConstants()].map(([name, value]) => parameter(name, value)), '',
  '  // Fields of an instruction, 128 bits, word 0 lowest.', ...functions('head', head), ...set.flatMap((d) => functions(d.mnemonic, d.fields)), '',
  '  // Parts of a tensor operand, 24 bits, and fields of a numeric mode, 256 bits.', ...operandFunctions(), ...modeFunctions(), '',
  '  // Instructions from the bits of their fields. A field that does not exist with the others is ignored.',
  ...encodeParts(), ...set.flatMap(encodeFunction), '',
  '  // Names by code, empty for a code that has none: print them with %0s.', ...nameTables.flatMap(nameFunction), '',
  '  // Properties by dtype code, 0 for a code that is none.', ...dtypeTables.flatMap(dtypeFunction), '',
  '  // The unit that runs an instruction; 7 for an opcode that is none.', ...unitFunction(), '',
  ...[operandLayout, retirementLayout].flatMap(offsets), 'endpackage', '',
].join('\n');

export const lintOff = ['// verilator lint_off UNUSEDPARAM', '// verilator lint_off UNUSEDSIGNAL', '// verilator lint_off DECLFILENAME'];
export const parameter = (name: string, value: number, width = 32): string => `  localparam [${width - 1}:0] ${name} = ${width}'h${value.toString(16)};`;

/** `systole_isa::mm_slot(words)`: the bits of a field of a 128-bit instruction. */
function functions(name: string, fields: Fields): string[] {
  return Object.entries(fields).map(([field, { word, low, width, kind }]) => {
    const range = width === 1 ? '' : `[${width - 1}:0] `, at = 32 * word + low, bits = width === 1 ? `words[${at}]` : `words[${at + width - 1}:${at}]`;
    return `  function automatic ${kind === 'signed' ? 'signed ' : ''}${range}${name}_${field}(input [127:0] words); ${name}_${field} = ${bits}; endfunction`;
  });
}
const offsets = (of: Layout): string[] => [
  parameter(`${of.name.toUpperCase()}_BYTES`, of.size),
  ...of.items.map((i) => parameter(`${of.name.toUpperCase()}_${constantName(i.name)}_AT`, i.offset)),
  ...of.items.map((i) => parameter(`${of.name.toUpperCase()}_${constantName(i.name)}_BYTES`, extent(i.item).size * extent(i.item).count)), '',
];

const range = (width: number): string => (width === 1 ? '' : `[${width - 1}:0] `);
const input = (name: string, width: number, signed = false): string => `input ${signed ? 'signed ' : ''}${range(width)}${name}`;
/** A slice of 128 bits. */
const slice = (vector: string, low: number, width: number): string => (width === 1 ? `${vector}[${low}]` : `${vector}[${low + width - 1}:${low}]`);
const bitsAt = ({ word, low }: { readonly word: number; readonly low: number }): number => 32 * word + low;

function operandFunctions(): string[] {
  return Object.entries(operandParts).map(([name, { low, width }]) =>
    `  function automatic ${name === 'imm' ? 'signed ' : ''}${range(width)}operand_${name}(input [23:0] operand_bits); operand_${name} = ${slice('operand_bits', low, width)}; endfunction`);
}
function modeFunctions(): string[] {
  return modeFields.map((field) => {
    const name = `mode_${field.name}`;
    return `  function automatic ${field.signed ? 'signed ' : ''}${range(field.width)}${name}(input [255:0] mode_bits); ${name} = ${slice('mode_bits', bitsAt(field), field.width)}; endfunction`;
  });
}

/** Arguments end in _bits, so that no field's name is a word of the language. */
function encodeParts(): string[] {
  const heads = Object.entries(head).filter(([name]) => name !== 'opcode'), { t, s, imm } = operandParts;
  return [
    `  function automatic [31:0] encode_head(${heads.map(([name, { width }]) => input(`${name}_bits`, width)).join(', ')});`,
    '    encode_head = 32\'d0;', ...heads.map(([name, field]) => `    ${slice('encode_head', field.low, field.width)} = ${name}_bits;`), '  endfunction',
    `  function automatic [23:0] encode_operand(${input('t_bits', t.width)}, ${input('s_bits', s.width)}, ${input('imm_bits', imm.width, true)});`,
    '    encode_operand = {imm_bits, s_bits, t_bits};', '  endfunction',
    `  function automatic [7:0] encode_bare(${input('t_bits', t.width)});`, `    encode_bare = 8'd${BARE_PRESENT} | {2'd0, t_bits};`, '  endfunction',
  ];
}
function encodeFunction(d: Definition): string[] {
  const name = `encode_${d.mnemonic}`, args = argumentsOf(d);
  const inputs = [input('head_bits', 32), ...args.map(({ name: field, field: { width, kind } }) => input(`${field}_bits`, width, kind === 'signed'))];
  return [
    `  function automatic [127:0] ${name}(${inputs.join(', ')});`,
    `    ${name} = {96'd0, head_bits[31:8], 8'h${d.opcode.toString(16)}};`,
    ...args.map(({ name: field, field: place, when }) => {
      const tests = when.map((test) => test.is.map((bits) => `${test.field}_bits == ${d.fields[test.field]!.width}'d${bits}`).join(' || '));
      return `    ${tests.length ? `if (${tests.map((test) => (tests.length > 1 ? `(${test})` : test)).join(' && ')}) ` : ''}${slice(name, bitsAt(place), place.width)} = ${field}_bits;`;
    }),
    '  endfunction',
  ];
}

function caseFunction(type: string, name: string, argument: string, selector: string, lines: readonly string[]): string[] {
  return [`  function automatic ${type}${name}(${argument});`, `    case (${selector})`, ...lines.map((line) => `      ${line}`), '    endcase', '  endfunction'];
}
function nameFunction({ of, codeBits, names }: NameTable): string[] {
  const name = `name_of_${of}`, longest = Math.max(...names.map(([, text]) => text.length));
  // As wide as the longest in every line: tools warn where widths differ.
  const padded = (text: string): string => (text.length === longest ? `"${text}"` : `{${8 * (longest - text.length)}'d0${text ? `, "${text}"` : ''}}`);
  return caseFunction(`[${8 * longest - 1}:0] `, name, input('code', codeBits), 'code',
    [...names.map(([code, text]) => `${codeBits}'h${code.toString(16)}: ${name} = ${padded(text)};`), `default: ${name} = ${8 * longest}'d0;`]);
}
function dtypeFunction({ name: property, width, signed, value }: DtypeTable): string[] {
  const name = `dtype_${property}`, shown = (number: number): string => (number < 0 ? `-${width}'sd${-number}` : `${width}'${signed ? 's' : ''}d${number}`);
  return caseFunction(`${signed ? 'signed ' : ''}${range(width)}`, name, input('dtype', 8), 'dtype',
    [...chosen(name, formats.map((f) => [f.code, shown(value(f))] as const).filter(([, is]) => is !== shown(0))), `default: ${name} = ${shown(0)};`]);
}
function unitFunction(): string[] {
  const unit = ({ unit: of, fields }: Definition): string => (of === 'agent' ? slice('words', bitsAt(fields.agent!), fields.agent!.width) : `3'd${of}`);
  return caseFunction('[2:0] ', 'unit_of', 'input [127:0] words', 'words[7:0]',
    [...chosen('unit_of', set.map((d) => [d.opcode, unit(d)] as const)), 'default: unit_of = 3\'d7;']);
}
/** A line for each value, with all codes that have it. */
function chosen(name: string, rows: readonly (readonly [code: number, value: string])[]): string[] {
  return [...new Set(rows.map(([, value]) => value))].map((value) => `${rows.filter((row) => row[1] === value).map(([code]) => `8'h${code.toString(16)}`).join(', ')}: ${name} = ${value};`);
}
