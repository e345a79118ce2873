//! systemverilog-functions: the package of the function tables of systole-16: parameters and entries as data for RTL.
import { profile } from '../machine/profile.ts';
import { type FunctionTable, methodNames } from '../numerics/function-table.ts';
import { digitsOf } from '../machine/profile-functions.ts';

const NAME = 'systole-16', ROW = 8;

/**
 * A table is one vector, the entry of index i at [width x i +: width], as Icarus 11 has no arrays of parameters; `NAME_entry(i)` reads it.
 */
export function functionsText(): string {
  const { functions, hash } = profile(NAME);
  return [
    `// Made by model/emit/systemverilog-functions.ts from the profile ${NAME}; never edited (npm run emit).`,
    `// Semantic hash of the profile: ${hash}`,
    '// docs/functions.md, "Level lut", says what the numbers mean.',
    '// verilator lint_off UNUSEDPARAM', '// verilator lint_off UNUSEDSIGNAL', '// verilator lint_off DECLFILENAME', '// verilator lint_off WIDTH',
    'package systole_functions;', ...methodNames.map((name, code) => parameter(`METHOD_${snake(name)}`, code)), '',
    ...[...functions].flatMap(([name, table]) => [...tableOf(name, table), '']), 'endpackage', '',
  ].join('\n');
}

function tableOf(name: string, table: FunctionTable): readonly string[] {
  const { method, entries, indexBits, interpolation } = table, prefix = name.toUpperCase(), width = widthOf(table), count = entries.length;
  const shown = entries.map((entry) => `${width}'h${entry.toString(16).toUpperCase().padStart(digitsOf(width), '0')}`).reverse();
  const rows = Array.from({ length: Math.ceil(count / ROW) }, (_, row) => `    ${shown.slice(ROW * row, ROW * (row + 1)).join(', ')}`);
  return [
    parameter(`${prefix}_METHOD`, methodNames.indexOf(method)), parameter(`${prefix}_INDEX_BITS`, indexBits),
    parameter(`${prefix}_INTERPOLATION_BITS`, table.interpolationBits), parameter(`${prefix}_ROUNDS`, interpolation === 'round' ? 1 : 0),
    parameter(`${prefix}_SCALE_BITS`, table.scaleBits), parameter(`${prefix}_RANGE_BITS`, table.rangeBits),
    parameter(`${prefix}_MULTIPLIER`, Number(table.multiplier)), parameter(`${prefix}_MULTIPLIER_BITS`, table.multiplierBits),
    `  // Entry ${count - 1} first, entry 0 last.`,
    `  localparam [${count * width - 1}:0] ${prefix}_TABLE = {`, rows.join(',\n'), '  };',
    `  function automatic [${width - 1}:0] ${name}_entry(input [${indexBits}:0] index); ${name}_entry = ${prefix}_TABLE[${width} * index +: ${width}]; endfunction`,
  ];
}

/** Bits of the widest entry. */
const widthOf = ({ entries }: FunctionTable): number => entries.reduce((most, entry) => Math.max(most, entry.toString(2).length), 1);
const parameter = (name: string, value: number): string => `  localparam [31:0] ${name} = 32'h${value.toString(16)};`;
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
