//! systemverilog-types: packed structs of the head, operands, descriptors, numeric modes and records, as a package and to be included.
import { operandParts } from '../isa/field.ts';
import { descriptorParts } from '../isa/descriptor.ts';
import { head } from '../isa/instruction.ts';
import { extent, type Layout } from '../isa/layout.ts';
import { modeFields } from '../isa/view.ts';
import { DESCRIPTOR_WORDS, MODE_WORDS } from '../limits.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { lintOff } from './systemverilog.ts';

const maker = '// Made by model/emit/systemverilog-types.ts from the definitions; never edited (npm run emit).';
const readers = [
  '// Bit 0 of a struct is bit 0 of the lowest word or byte: a vector of the same width is assigned as it is. Vectors of several items have',
  '// item i at [width * i +: width].',
];

/** Verilator 5.006 reads it in any way; Icarus 11 after `import systole_types::*;` inside a module; yosys 0.23 as systole_types::head_t. */
export const typesPackageText = (): string => [
  maker, ...readers,
  '// By tool: Verilator 5.006 takes systole_types::head_t and import systole_types::*; Icarus 11 only the import, inside a module; yosys 0.23 only',
  '// systole_types::head_t.',
  '// What all three take is `include "systole_types.svh" inside a module.',
  ...lintOff, 'package systole_types;', ...typedefs(), 'endpackage', '',
].join('\n');

export const typesIncludeText = (): string => [maker, ...readers, '// To be included inside a module: Verilator 5.006, Icarus 11 and yosys 0.23 read it there.', ...typedefs(), ''].join('\n');

interface Member { readonly name: string; readonly low: number; readonly width: number; readonly signed?: boolean; readonly type?: string }

const typedefs = (): string[] => [
  ...packed('head_t', 'Word 0 of an instruction.', 32, Object.entries(head).map(([name, { low, width }]) => ({ name, low, width }))),
  ...packed('written_operand_t', 'A tensor operand in an instruction.', 24, Object.entries(operandParts).map(([name, part]) => ({ name, ...part, signed: name === 'imm' }))),
  ...packed('descriptor_t', 'A tensor descriptor.', 32 * DESCRIPTOR_WORDS, descriptorParts.map(({ word, low, ...part }) => ({ ...part, low: 32 * word + low }))),
  ...packed('mode_t', 'A numeric mode.', 32 * MODE_WORDS, modeFields.map(({ name, word, low, width, signed }) => ({ name, low: 32 * word + low, width, signed }))),
  ...packed('operand_t', 'An operand of a record, as captured.', 8 * operandLayout.size, membersOf(operandLayout)),
  ...packed('retirement_t', 'The record of a retirement; its first half is the closed instruction.', 8 * retirementLayout.size, membersOf(retirementLayout)),
];

/** Highest member first, as the language has it; what no member takes is named `reserved_` and its lowest bit. */
function packed(name: string, says: string, width: number, members: readonly Member[]): string[] {
  const lines: string[] = [];
  let top = width;
  const gap = (low: number): void => { if (top > low) lines.push(`    logic [${top - low - 1}:0] reserved_${low};`); };
  for (const member of [...members].sort((a, b) => b.low - a.low)) {
    gap(member.low + member.width);
    // Wait, post and table are words of the language.
    const vector = member.width === 1 ? '' : `[${member.width - 1}:0] `;
    lines.push(`    ${member.type ?? `logic ${member.signed ? 'signed ' : ''}${vector}`.trim()} ${keywords.has(member.name) ? `${member.name}_bits` : member.name};`);
    top = member.low;
  }
  gap(0);
  return [`  // ${says}`, '  typedef struct packed {', ...lines, `  } ${name};`];
}
const keywords: ReadonlySet<string> = new Set(['wait', 'unique', 'table', 'bit', 'byte', 'local']);

/** Operands of a record one by one, as no tool but Verilator reads vectors of structs. */
const membersOf = (of: Layout): Member[] => of.items.flatMap(({ name, item, offset }): Member[] => {
  const { size, count } = extent(item), signed = typeof item === 'string' && item.startsWith('i');
  if (typeof item === 'string' || typeof item[0] === 'string') return [{ name, low: 8 * offset, width: 8 * size * count, signed }];
  const type = `${item[0].name}_t`;
  return Array.from({ length: count }, (_, i) => ({ name: `${name}_${i}`, low: 8 * (offset + i * size), width: 8 * size, type }));
});
