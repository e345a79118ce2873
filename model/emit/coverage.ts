//! coverage: covergroups of instructions, fields, corners, rules and pairs of units, for simulators that have them.
import { set } from '../instructions/set.ts';
import type { Field } from '../isa/field.ts';
import { type Definition, isOperand, operandPosition } from '../isa/instruction.ts';
import { RETIRED_DONE, RETIRED_NULLIFIED, TRAP_DTYPE, TRAP_NONE, TRAP_PROTECTION, TRAP_RESERVED, trapName, unitNames } from '../limits.ts';
import { formats } from '../numerics/format.ts';
import { argumentsOf } from './tables.ts';

/** What is sampled is a record: its words, trap, faulting operand and unit, so that it does not matter who made it. */
export const coverageText = (): string => [
  '// Made by model/emit/coverage.ts from the definitions; never edited (npm run emit).',
  '// NEVER COMPILED: no tool at hand reads covergroups (Verilator 5.006, Icarus 11 and yosys 0.23 do not). Only without SYSTOLE_COVERGROUPS, as an empty',
  '// module, has it been read. The functions and constants that it names are those of systole_isa.sv, which a test checks.',
  '// Connect the records of retirements (systole_types.sv: words, trap, status, auxiliary, unit, and dtype of the operands D, A, B, C).',
  '// verilator lint_off DECLFILENAME', '// verilator lint_off UNUSEDSIGNAL',
  'module systole_coverage (', '  input clk,', '  input retire,', '  input [127:0] words,', '  input [7:0] trap,', '  input [7:0] status,', '  input [31:0] auxiliary,',
  '  input [2:0] unit,', '  input [31:0] dtypes', ');', '`ifdef SYSTOLE_COVERGROUPS',
  '  reg [2:0] unit_before;', `  initial unit_before = 3'd7;`, '  wire [7:0] opcode = words[7:0];', `  wire done = status == 8'd${RETIRED_DONE};`, '  always @(posedge clk) if (retire) unit_before <= unit;', '',
  ...opcodes(), ...unitPairs(), ...heads(), ...set.flatMap(group), '`endif', 'endmodule', '',
].join('\n');

const bin = (name: string, width: number, value: number): string => `      bins ${name} = {${width}'h${value.toString(16)}};`;
const each = (name: string, width: number, values: readonly number[]): string =>
  `      bins ${name}[] = {${values.map((value) => `${width}'h${value.toString(16)}`).join(', ')}};`;
const word = (text: string): string => text.replace(/\W/g, '_');
const point = (name: string, expression: string, when: string, bins: readonly string[]): string[] => [`    ${name}: coverpoint ${expression}${when ? ` iff (${when})` : ''} {`, ...bins, '    }'];
const open = (name: string, condition: string): string => `  covergroup ${name} @(posedge clk iff (${condition}));`;
const close = (name: string): string[] => ['  endgroup', `  ${name} ${name}_i = new;`, ''];

const opcodes = (): string[] => [
  '  // Every instruction, and every instruction after every unit.', open('opcodes', 'retire && done'),
  ...point('instruction', 'opcode', '', set.map((d) => bin(`${d.mnemonic}_`, 8, d.opcode))), ...point('after', 'unit_before', '', unitNames.map((name, i) => bin(name, 3, i))),
  '    instruction_after: cross instruction, after;', ...close('opcodes'),
];
const unitPairs = (): string[] => [
  '  // Every unit after every unit.', open('unit_pairs', 'retire'),
  ...(['unit_before', 'unit'] as const).flatMap((name) => point(`of_${name}`, name, '', unitNames.map((one, i) => bin(one, 3, i)))), '    pair: cross of_unit_before, of_unit;', ...close('unit_pairs'),
];
const heads = (): string[] => [
  '  // Heads: predicated, nullified, with tokens.', open('heads', 'retire'),
  ...point('predicate', 'systole_isa::head_predicate(words)', '', ['      bins each[] = {[0:7]};']), ...point('negate', 'systole_isa::head_negate(words)', '', ['      bins each[] = {0, 1};']),
  ...point('nullified', 'status', '', [bin('done', 8, RETIRED_DONE), bin('nullified', 8, RETIRED_NULLIFIED)]),
  ...(['wait', 'post'] as const).flatMap((name) => point(`${name}_token`, `systole_isa::head_${name}(words)`, '', ['      bins none = {0};', '      bins first = {1};', '      bins last = {63};', '      bins other[4] = {[2:62]};'])),
  '    predicate_negate: cross predicate, negate, nullified;', '    tokens: cross wait_token, post_token;', ...close('heads'),
];

function group(d: Definition): string[] {
  const name = `${d.mnemonic}_fields`, accessor = (field: string): string => `systole_isa::${d.mnemonic}_${field}(words)`;
  const exists = (tests: readonly { readonly field: string; readonly is: readonly number[] }[]): string =>
    tests.map(({ field, is }) => `${accessor(field)} inside {${is.join(', ')}}`).join(' && ');
  const fields = argumentsOf(d).map((argument) => ({ ...argument, iff: exists(argument.when) }));
  const choices = fields.filter(({ field }) => field.kind === 'choice' || field.kind === 'flag').map(({ name: field }) => `f_${field}`);
  return [
    `  // ${d.mnemonic}: ${d.syntax}`, open(name, `retire && done && opcode == systole_isa::OP_${d.mnemonic.toUpperCase()}[7:0]`),
    ...fields.flatMap(({ name: field, field: of, iff }) => point(`f_${field}`, accessor(field), iff, corners(of))),
    ...fields.filter(({ field }) => isOperand(field)).flatMap(({ name: field, field: of, iff }) =>
      point(`dtype_${field}`, `dtypes[${8 * operandPosition(of)! + 7}:${8 * operandPosition(of)!}]`, iff, [each('each', 8, formats.map((f) => f.code))])),
    ...(choices.length > 1 ? [`    choices: cross ${choices.join(', ')};`] : []), ...close(name), ...ruleGroup(d),
  ];
}

/** All names of a choice; of other fields the corners and, as one, the rest. */
const corners = (field: Field): string[] => (field.kind === 'choice'
  ? field.corners.map((value, i) => bin(`${word(field.names![i]!)}_`, field.width, value))
  : [each('corner', field.width, field.corners), ...(field.width === 1 ? [] : ['      bins other = default;'])]);

/** Rules kept: the instruction retired; broken: it trapped with the code of the rule, at the operand that the rule blames. */
function ruleGroup(d: Definition): string[] {
  const name = `${d.mnemonic}_rules`, blamed = new Map<string, { trap: number; position: number | undefined; says: string[] }>();
  for (const { trap, operands, says } of d.rules) {
    // Only for these does a record name the operand.
    const first = operands.find((one) => isOperand(d.fields[one]));
    const position = trap >= TRAP_DTYPE && trap <= TRAP_PROTECTION ? operandPosition(d.fields[first ?? '']) : undefined;
    const key = `${word(trapName(trap))}${position === undefined ? '' : `_${'dabc'[position]}`}`, entry = blamed.get(key) ?? { trap, position, says: [] };
    blamed.set(key, { ...entry, says: [...entry.says, says] });
  }
  return [
    open(name, `retire && opcode == systole_isa::OP_${d.mnemonic.toUpperCase()}[7:0]`), ...point('kept', 'trap', '', [bin('kept', 8, TRAP_NONE)]),
    ...point('reserved', 'trap', '', [bin('broken', 8, TRAP_RESERVED)]),
    ...[...blamed].filter(([key]) => key !== 'reserved').flatMap(([key, { trap, position, says }]) => [
      ...says.map((one) => `    // ${one}`), ...point(`broken_${key}`, 'trap', position === undefined ? '' : `auxiliary == ${position}`, [bin('broken', 8, trap)]),
    ]), ...close(name),
  ];
}
