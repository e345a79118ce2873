//! systemverilog: the package for RTL: constants, field positions and record offsets, as localparams and functions that every tool reads.
import { set } from '../instructions/set.ts';
import { type Fields, head } from '../isa/instruction.ts';
import { extent, type Layout } from '../isa/layout.ts';
import { modeFields } from '../isa/view.ts';
import { formats } from '../numerics/format.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { constants } from './c.ts';

/** Only `pkg::NAME` and `pkg::function()`: types of a package stop Icarus 11, and imports stop yosys 0.23. */
export const packageText = (): string => [
  '// Made by model/emit/systemverilog.ts from the definitions; never edited (npm run emit).',
  '// verilator lint_off UNUSEDPARAM', '// verilator lint_off UNUSEDSIGNAL', '// verilator lint_off DECLFILENAME',
  'package systole_isa;', ...constants().map(([name, value]) => parameter(name, value)),
  ...set.map((d) => parameter(`OP_${d.mnemonic.toUpperCase()}`, d.opcode)), ...formats.map((f) => parameter(`DTYPE_${f.name.toUpperCase()}`, f.code)), '',
  ...functions('head', head), ...set.flatMap((d) => functions(d.mnemonic, d.fields)), '',
  ...modeFields.map(modeFunction), '',
  ...[operandLayout, retirementLayout].flatMap(offsets), 'endpackage', '',
].join('\n');

const parameter = (name: string, value: number): string => `  localparam [31:0] ${name} = 32'h${value.toString(16)};`;

/** `systole_isa::mm_slot(words)`: the bits of a field of a 128-bit instruction. */
function functions(name: string, fields: Fields): string[] {
  return Object.entries(fields).map(([field, { word, low, width, kind }]) => {
    const range = width === 1 ? '' : `[${width - 1}:0] `, at = 32 * word + low, bits = width === 1 ? `words[${at}]` : `words[${at + width - 1}:${at}]`;
    return `  function automatic ${kind === 'signed' ? 'signed ' : ''}${range}${name}_${field}(input [127:0] words); ${name}_${field} = ${bits}; endfunction`;
  });
}
/** `systole_isa::mode_round(mode)`: the bits of a field of the eight mode words of a record. */
function modeFunction({ name, word, low, width, signed }: (typeof modeFields)[number]): string {
  const range = width === 1 ? '' : `[${width - 1}:0] `, at = 32 * word + low, bits = width === 1 ? `mode[${at}]` : `mode[${at + width - 1}:${at}]`;
  return `  function automatic ${signed ? 'signed ' : ''}${range}mode_${name}(input [255:0] mode); mode_${name} = ${bits}; endfunction`;
}
const offsets = (of: Layout): string[] => [
  parameter(`${of.name.toUpperCase()}_BYTES`, of.size),
  ...of.items.map((i) => parameter(`${of.name.toUpperCase()}_${snake(i.name)}_AT`, i.offset)),
  ...of.items.map((i) => parameter(`${of.name.toUpperCase()}_${snake(i.name)}_BYTES`, extent(i.item).size * extent(i.item).count)), '',
];
const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();
