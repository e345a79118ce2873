//! systemverilog-csr: the package of the host's window: offsets, fields, values at power-on, and which register an offset is.
import { type Register, registers } from '../machine/csr.ts';
import { csrConstants, permissionOf } from './csr-constants.ts';
import { lintOff, parameter } from './systemverilog.ts';

/** What functions give for an offset at which there is no register. */
const NONE = 0xff;

export const csrPackageText = (): string => [
  '// Made by model/emit/systemverilog-csr.ts from model/machine/csr.ts; never edited (npm run emit).',
  '// For Verilator, Icarus 11 and yosys: name everything as systole_csr::NAME, without import.',
  ...lintOff, 'package systole_csr;', ...csrConstants().map(([name, value]) => parameter(name, value)), '',
  '  // Numbers of registers, as register_at gives them.', ...registers.map(({ name }, number) => parameter(`NUMBER_${name}`, number, 8)), parameter('NUMBER_NONE', NONE, 8), '',
  '  // The register at a byte offset, NUMBER_NONE where there is none; index_at: which one of several.', ...decoder(),
  '  // By number: may it be read, written; written only while IDLE; looked at only in IDLE, BREAK and FAULT; does writing 1 clear.',
  ...flag('is_readable', (r) => permissionOf(r).reads), ...flag('is_writable', (r) => permissionOf(r).writes),
  ...flag('is_locked', (r) => permissionOf(r).locked), ...flag('is_stopped', (r) => permissionOf(r).stopped), ...flag('clears_by_one', (r) => r.access === 'w1c'),
  '  // Value at power-on by number, 0 where the profile says it.', ...cases('[31:0] ', 'reset_value', registers.map(({ reset }, i) => [i, typeof reset === 'number' ? reset : 0] as const).filter(([, value]) => value !== 0), 32),
  'endpackage', '',
].join('\n');

const flag = (name: string, holds: (register: Register) => boolean): string[] =>
  cases('', name, registers.flatMap((register, number) => (holds(register) ? [[number, 1] as const] : [])), 1);
function cases(type: string, name: string, rows: readonly (readonly [number, number])[], width: number): string[] {
  return [
    `  function automatic ${type}${name}(input [7:0] number);`, '    case (number)',
    ...(width === 1 ? [`      ${rows.map(([number]) => `8'd${number}`).join(', ')}: ${name} = 1'b1;`] : rows.map(([number, value]) => `      8'd${number}: ${name} = ${width}'h${value.toString(16)};`)),
    `      default: ${name} = ${width}'d0;`, '    endcase', '  endfunction',
  ];
}
function decoder(): string[] {
  // Tests go by the range of a register; registers that lie between those of others differ in the offset modulo the step.
  const test = ({ offset, repeat }: Register): string => {
    if (!repeat) return `offset == 16'h${offset.toString(16)}`;
    const [count, step] = repeat, from = `offset - 16'h${offset.toString(16)}`;
    return `offset >= 16'h${offset.toString(16)} && ${from} < 16'h${(count * step).toString(16)} && (${from}) % 16'd${step} == 16'd0`;
  };
  const index = ({ offset, repeat }: Register): string => (repeat ? `(offset - 16'h${offset.toString(16)}) / 16'd${repeat[1]}` : '16\'d0');
  return [
    '  function automatic [7:0] register_at(input [15:0] offset);', `    register_at = 8'd${NONE};`,
    ...registers.map((register, number) => `    if (${test(register)}) register_at = 8'd${number};`), '  endfunction',
    '  function automatic [15:0] index_at(input [15:0] offset);', '    index_at = 16\'d0;',
    ...registers.flatMap((register) => (register.repeat ? [`    if (${test(register)}) index_at = ${index(register)};`] : [])), '  endfunction', '',
  ];
}
