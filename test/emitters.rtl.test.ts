//! emitters.rtl.test: what the emitted SystemVerilog and C encode, take apart and name is what the definitions say, in every tool that reads them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../model/assembler/assembler.ts';
import { assertedRules } from '../model/emit/assertions.ts';
import { bitsOf, decode, decodeHead, encode, exists, type Words } from '../model/isa/codec.ts';
import { descriptorParts } from '../model/isa/descriptor.ts';
import { operandParts } from '../model/isa/field.ts';
import { type Definition, head } from '../model/isa/instruction.ts';
import { extent } from '../model/isa/layout.ts';
import { modeFields } from '../model/isa/view.ts';
import { byOpcode, set } from '../model/instructions/set.ts';
import { eventDefinitions, featureNames, spaceNames, trapNames, unitNames } from '../model/limits.ts';
import { unitOf } from '../model/machine/closed.ts';
import { formatKinds, formatSpecials } from '../model/machine/state.ts';
import { formatByCode } from '../model/numerics/format.ts';
import { operandLayout, retirementLayout } from '../model/retirement.ts';
import { cornerPairs, legalWords } from './encodings.ts';
import { generatedFolder, hasSimulator, inFolder, linesOf, runC, simulate, simulators, tool } from './simulators.ts';

const SLOTS = 12, seed = 4;
const headParts = Object.entries(head).filter(([name]) => name !== 'opcode');

/** Some thousand instructions as the project's own encoder gives them: drawn, and corners of every instruction. */
const instructions: readonly Words[] = [
  ...fc.sample(legalWords, { numRuns: 3000, seed }),
  ...set.flatMap((definition) => [...cornerPairs(definition)].filter((_, i) => i % 7 === 0)),
].map((words) => {
  const definition = byOpcode.get(words[0] & 255)!;
  return encode(definition, decode(definition, words), decodeHead(words));
});

interface Case { readonly words: Words; readonly heads: readonly number[]; readonly bits: readonly number[]; readonly present: readonly boolean[] }
/** The bits that go into an encode function. A field that does not exist gets others, which must not matter. */
function caseOf(words: Words, index: number): Case {
  const { fields } = byOpcode.get(words[0] & 255)!, all = Object.values(fields), present = all.map((field) => exists(fields, field, words));
  const bits = all.map((field, i) => (present[i] ? bitsOf(words, field) : Math.imul(index + i + 1, 0x9e37_79b1) >>> (32 - field.width)));
  return { words, heads: headParts.map(([, field]) => bitsOf(words, field)), bits, present };
}
const cases = instructions.map(caseOf);

/** A case as one number: words, seven bytes of head, twelve slots of 32 bits with a field each, and which of them exist. */
const hexOf = ({ words, heads, bits, present }: Case): string => {
  const put = [...words, ...heads, ...bits].map((value, i) => [value, i < 4 ? 32 : i < 4 + heads.length ? 8 : 32] as const);
  const all = put.reduce(({ sum, at }, [value, width]) => ({ sum: sum | (BigInt(value) << BigInt(at)), at: at + width }), { sum: 0n, at: 0 }).sum;
  const flags = present.reduce((mask, one, i) => (one ? mask | (1 << i) : mask), 0);
  return (all | (BigInt(flags) << BigInt(128 + 56 + 32 * SLOTS))).toString(16);
};

const slot = (i: number): number => 128 + 56 + 32 * i;
function benchCase(d: Definition): string {
  const fields = Object.entries(d.fields).map(([name, field], i) => ({ name, field, bits: `one[${slot(i)} +: ${field.width}]`, there: `one[${slot(SLOTS) + i}]` }));
  return [
    `      systole_isa::OP_${d.mnemonic.toUpperCase()}: begin`, `        again = systole_isa::encode_${d.mnemonic}(${['made_head', ...fields.map(({ bits }) => bits)].join(', ')});`,
    ...fields.map(({ name, bits, there }) => `        if (${there} && systole_isa::${d.mnemonic}_${name}(words) != ${bits}) begin wrong = wrong + 1; $display("field ${d.mnemonic} ${name} %h", words); end`),
    '      end',
  ].join('\n');
}
const encodeBench = (): string => [
  'module bench;', `  reg [${slot(SLOTS) + SLOTS - 1}:0] cases [0:${cases.length - 1}], one;`, '  reg [127:0] words, again;', '  reg [31:0] made_head;', '  integer i, wrong;',
  '  initial begin', '    $readmemh("cases.hex", cases);', '    wrong = 0;', `    for (i = 0; i < ${cases.length}; i = i + 1) begin`, '      one = cases[i]; words = one[127:0]; again = 0;',
  `      made_head = systole_isa::encode_head(${headParts.map(([, { width }], i) => `one[${128 + 8 * i} +: ${width}]`).join(', ')});`,
  ...headParts.map(([name, { width }], i) => `      if (systole_isa::head_${name}(words) != one[${128 + 8 * i} +: ${width}]) begin wrong = wrong + 1; $display("head ${name} %h", words); end`),
  '      case ({24\'d0, words[7:0]})', ...set.map(benchCase), '      endcase',
  '      if (again !== words) begin wrong = wrong + 1; $display("words %h encoded %h", words, again); end',
  '    end', '    $display("done %0d wrong %0d", i, wrong);', '    $finish;', '  end', 'endmodule', '',
].join('\n');

test.each(simulators)('%s: encode functions give the words of the project\'s encoder, and accessors the bits that went in, for thousands of instructions', (simulator) => {
  if (!hasSimulator(simulator)) return;
  expect(Math.max(...set.map((d) => Object.keys(d.fields).length))).toBeLessThanOrEqual(SLOTS);
  const { out } = simulate(simulator, { text: encodeBench(), top: 'bench', files: ['systole_isa.sv'], data: { 'cases.hex': `${cases.map(hexOf).join('\n')}\n` } });
  expect(cases.length).toBeGreaterThan(4000);
  expect(linesOf(out, 'words').concat(linesOf(out, 'field'), linesOf(out, 'head')).slice(0, 5)).toEqual([]);
  expect(linesOf(out, 'done')).toEqual([`${cases.length} wrong 0`]);
}, 300_000);

function encodeProgram(): string {
  const each = set.map((d) => {
    const fields = Object.entries(d.fields);
    const args = fields.map(([, field], i) => `${field.kind === 'signed' ? '(int32_t)' : ''}${field.kind === 'signed' && field.width < 32 ? `(c.bits[${i}] << ${32 - field.width}) >> ${32 - field.width}` : `c.bits[${i}]`}`);
    return [
      `    case SYSTOLE_OP_${d.mnemonic.toUpperCase()}:`, `      systole_encode_${d.mnemonic}(${['again', 'head', ...args].join(', ')});`,
      ...fields.map(([name, field], i) => `      if ((c.present >> ${i} & 1) && ((uint32_t)systole_${d.mnemonic}_${name}(c.words) & ${field.width === 32 ? '0xffffffffu' : `0x${(2 ** field.width - 1).toString(16)}u`}) != c.bits[${i}]) { wrong++; printf("field ${d.mnemonic} ${name}\\n"); }`),
      '      break;',
    ].join('\n');
  });
  return [
    '#include <stdio.h>', '#include <string.h>', '#include "systole_isa.h"', `struct one { uint32_t words[4], heads[${headParts.length}], bits[${SLOTS}], present; };`, 'int main(void) {', '  struct one c; uint32_t again[4]; int count = 0, wrong = 0;',
    '  FILE *file = fopen("cases.txt", "r");', '  if (!file) return 1;', '  for (;;) {', '    uint32_t *to = (uint32_t *)&c; size_t i; unsigned value;',
    '    for (i = 0; i < sizeof c / 4 && fscanf(file, "%x", &value) == 1; i++) to[i] = value;', '    if (i < sizeof c / 4) break;',
    `    const uint32_t head = systole_encode_head(${headParts.map((_, i) => `c.heads[${i}]`).join(', ')});`,
    ...headParts.map(([name], i) => `    if (systole_head_${name}(c.words) != c.heads[${i}]) { wrong++; printf("head ${name}\\n"); }`),
    '    memset(again, 0, sizeof again);', '    switch (c.words[0] & 0xff) {', ...each, '    }',
    '    if (memcmp(again, c.words, sizeof again) != 0) { wrong++; printf("words %08x %08x %08x %08x\\n", c.words[0], c.words[1], c.words[2], c.words[3]); }', '    count++;', '  }',
    '  printf("done %d wrong %d\\n", count, wrong);', '  return fclose(file);', '}', '',
  ].join('\n');
}
test.each(['c', 'c++'] as const)('%s: encode functions give the words of the project\'s encoder, and accessors the bits that went in, without a warning', (language) => {
  if (!tool('gcc', 'apt-get install gcc g++')) return;
  const text = cases.map(({ words, heads, bits, present }) => {
    const padded = [...bits, ...Array.from({ length: SLOTS - bits.length }, () => 0)], flags = present.reduce((mask, one, i) => (one ? mask | (1 << i) : mask), 0);
    return [...words, ...heads, ...padded, flags].map((value) => value.toString(16)).join(' ');
  }).join('\n');
  const out = runC(language, encodeProgram(), { 'cases.txt': `${text}\n` });
  expect(out).toBe(`done ${cases.length} wrong 0\n`);
}, 120_000);

/** Every table over every code, a line each, as the definitions have it. */
const dtypeColumns = ['width', 'value_bits', 'ignored_low_bits', 'kind', 'is_signed', 'exponent_bits', 'fraction_bits', 'bias', 'specials'];
function tableLines(): string[] {
  const names: Readonly<Record<string, (code: number) => string | undefined>> = {
    opcode: (code) => byOpcode.get(code)?.mnemonic, unit: (code) => unitNames[code], space: (code) => spaceNames[code], dtype: (code) => formatByCode(code)?.name,
    trap: (code) => trapNames[code], event: (code) => eventDefinitions[code]?.[0], feature: (code) => featureNames[code],
  };
  const codes = { opcode: 256, unit: 8, space: 8, dtype: 256, trap: 256, event: 16, feature: 128 };
  return [
    ...Object.entries(codes).flatMap(([of, count]) => Array.from({ length: count }, (_, code) => `${of} ${code} <${names[of]!(code) ?? ''}>`)),
    ...Array.from({ length: 256 }, (_, code) => {
      const f = formatByCode(code);
      const values = f ? [f.width, f.valueBits, f.ignoredLowBits, formatKinds[f.kind], f.signed ? 1 : 0, f.exponentBits, f.fractionBits, f.bias, formatSpecials[f.specials]] : dtypeColumns.map(() => 0);
      return `properties ${code} ${values.join(' ')}`;
    }),
  ];
}
const codeBits = { opcode: 8, unit: 3, space: 3, dtype: 8, trap: 8, event: 4, feature: 7 };
const plain = (out: string): string[] => out.split('\n').filter((line) => /^(opcode|unit|space|dtype|trap|event|feature|properties) /.test(line)).map((line) => line.replace(/<[\s\0]+/, '<'));

test.each(simulators)('%s: names and dtype properties by code are those of the definitions, for every code', (simulator) => {
  if (!hasSimulator(simulator)) return;
  const text = [
    'module bench;', '  integer i;', '  initial begin',
    ...Object.entries(codeBits).map(([of, width]) => `    for (i = 0; i < ${2 ** width}; i = i + 1) $display("${of} %0d <%0s>", i, systole_isa::name_of_${of}(i[${width - 1}:0]));`),
    `    for (i = 0; i < 256; i = i + 1) $display("properties %0d${' %0d'.repeat(dtypeColumns.length)}", i, ${dtypeColumns.map((name) => `systole_isa::dtype_${name}(i[7:0])`).join(', ')});`,
    '    $finish;', '  end', 'endmodule', '',
  ].join('\n');
  expect(plain(simulate(simulator, { text, top: 'bench', files: ['systole_isa.sv'] }).out)).toEqual(tableLines());
}, 120_000);

test('c: names and dtype properties by code are those of the definitions, for every code', () => {
  if (!tool('gcc', 'apt-get install gcc g++')) return;
  const text = [
    '#include <stdio.h>', '#include "systole_isa.h"', 'int main(void) {',
    ...Object.entries(codeBits).map(([of, width]) => `  for (unsigned i = 0; i < ${2 ** width}; i++) printf("${of} %u <%s>\\n", i, systole_name_of_${of}(i));`),
    `  for (unsigned i = 0; i < 256; i++) printf("properties %u${' %d'.repeat(dtypeColumns.length)}\\n", i, ${dtypeColumns.map((name) => `(int)systole_dtype_${name}(i)`).join(', ')});`,
    '  return 0;', '}', '',
  ].join('\n');
  expect(plain(runC('c', text))).toEqual(tableLines());
});

test('the unit of an instruction is the same in the specification, SystemVerilog and C', () => {
  const expected = instructions.map((words) => String(unitOf(byOpcode.get(words[0] & 255)!, words)));
  const hex = instructions.map((words) => [...words].reverse().map((word) => word.toString(16).padStart(8, '0')).join('')).join('\n');
  const text = ['module bench;', `  reg [127:0] all [0:${instructions.length - 1}];`, '  integer i;', '  initial begin', '    $readmemh("all.hex", all);', `    for (i = 0; i < ${instructions.length}; i = i + 1) $display("unit %0d", systole_isa::unit_of(all[i]));`, '    $finish;', '  end', 'endmodule', ''].join('\n');
  if (hasSimulator('icarus')) expect(linesOf(simulate('icarus', { text, top: 'bench', files: ['systole_isa.sv'], data: { 'all.hex': `${hex}\n` } }).out, 'unit')).toEqual(expected);
  const program = ['#include <stdio.h>', '#include "systole_isa.h"', 'int main(void) {', '  uint32_t w[4];', '  while (scanf("%x %x %x %x", &w[0], &w[1], &w[2], &w[3]) == 4) printf("unit %u\\n", systole_unit_of(w));', '  return 0;', '}', ''].join('\n')
    .replace('uint32_t w[4];', 'uint32_t w[4]; if (!freopen("all.txt", "r", stdin)) return 1;');
  const words = instructions.map((one) => one.map((word) => word.toString(16)).join(' ')).join('\n');
  if (tool('gcc', 'apt-get install gcc g++')) expect(linesOf(runC('c', program, { 'all.txt': `${words}\n` }), 'unit')).toEqual(expected);
}, 120_000);

test('yosys reads the packages, and a module made of their functions becomes the constants that the encoder gives', () => {
  if (!tool('yosys', 'apt-get install yosys')) return;
  const words = encode(byOpcode.get(0x62)!, { acc: { t: 12, s: 0, imm: -3 }, op: 'add', a: { t: 8, s: 20, imm: 5 }, mRank: 1, slot: 2 }, { post: 2, wait: 3 });
  const text = [
    'module uses(output [127:0] words, output [143:0] name, input [15:0] offset, output [7:0] register, input [7:0] dtype, output [6:0] width);',
    '  assign words = systole_isa::encode_mm(systole_isa::encode_head(0, 0, 3, 2, 0, 0, 0), systole_isa::encode_operand(12, 0, -3), 1, 0, systole_isa::encode_operand(8, 20, 5), 1, 24\'h777, 2);',
    '  assign name = systole_isa::name_of_trap(8\'h24);', '  assign register = systole_csr::register_at(offset);', '  assign width = systole_isa::dtype_width(dtype);', 'endmodule', '',
  ].join('\n');
  const netlist = inFolder({ 'uses.sv': text }, (folder) => execFileSync('yosys', ['-q', '-p',
    `read_verilog -sv ${['systole_isa.sv', 'systole_csr.sv', 'systole_types.sv'].map((name) => generatedFolder + name).join(' ')} ${folder}/uses.sv; prep -top uses; write_verilog -noattr`], { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  const constant = [...words].reverse().map((word) => word.toString(16).padStart(8, '0')).join('');
  expect(netlist).toContain(`assign words = 128'h${constant}`);
  expect(netlist).toContain(`assign name = 144'h${Buffer.from(trapNames[0x24]!).toString('hex')}`);
}, 60_000);

/** Members of the packed structs by the definitions: name, lowest bit, width. */
const recordMembers = (of: typeof retirementLayout | typeof operandLayout): (readonly [string, number, number])[] => of.items.flatMap(({ name, item, offset }) => {
  const { size, count } = extent(item);
  if (typeof item === 'string' || typeof item[0] === 'string') return [[name, 8 * offset, 8 * size * count] as const];
  return Array.from({ length: count }, (_, i) => [`${name}_${i}`, 8 * (offset + i * size), 8 * size] as const);
});
const structs: readonly (readonly [string, number, readonly (readonly [string, number, number])[]])[] = [
  ['head_t', 32, Object.entries(head).map(([name, { low, width }]) => [name === 'wait' ? 'wait_bits' : name, low, width] as const)],
  ['written_operand_t', 24, Object.entries(operandParts).map(([name, { low, width }]) => [name, low, width] as const)],
  ['descriptor_t', 512, descriptorParts.map(({ name, word, low, width }) => [name, 32 * word + low, width] as const)],
  ['mode_t', 256, modeFields.map(({ name, word, low, width }) => [name, 32 * word + low, width] as const)],
  ['operand_t', 8 * operandLayout.size, recordMembers(operandLayout)], ['retirement_t', 8 * retirementLayout.size, recordMembers(retirementLayout)],
];
const pattern = fc.sample(fc.bigInt({ min: 0n, max: 2n ** 3392n - 1n }), { numRuns: 1, seed })[0]! | (1n << 3391n);

test.each([['icarus', 'import'], ['icarus', 'include'], ['verilator', 'import'], ['verilator', 'include'], ['verilator', 'qualified']] as const)(
  '%s: members of the packed structs lie where the definitions put them, by %s', (simulator, form) => {
    if (!hasSimulator(simulator)) return;
    const scope = form === 'import' ? ['  import systole_types::*;'] : form === 'include' ? ['`include "systole_types.svh"'] : [];
    const text = [
      'module bench;', ...scope, `  reg [3391:0] bits = 3392'h${pattern.toString(16)};`, ...structs.map(([type]) => `  ${form === 'qualified' ? 'systole_types::' : ''}${type} v_${type};`), '  initial begin',
      ...structs.flatMap(([type, width, members]) => [
        `    v_${type} = bits[${width - 1}:0];`, `    if ($bits(v_${type}) != ${width}) $display("width ${type}");`,
        ...members.map(([name]) => `    $display("member ${type}.${name} %0h", v_${type}.${name});`),
      ]), '    $finish;', '  end', 'endmodule', '',
    ].join('\n');
    const { out } = simulate(simulator, { text, top: 'bench', files: form === 'include' ? [] : ['systole_types.sv'] });
    expect(linesOf(out, 'width')).toEqual([]);
    const expected = structs.flatMap(([type, , members]) => members.map(([name, low, width]) => `${type}.${name} ${((pattern >> BigInt(low)) & (2n ** BigInt(width) - 1n)).toString(16)}`));
    expect(linesOf(out, 'member').map((line) => line.replace(/ 0+(?=\w)/, ' '))).toEqual(expected);
  }, 120_000,
);

test('the examples of the chapter print what it says, in C and in both simulators, and its table has every rule of the checker', () => {
  const page = readFileSync(new URL('../docs/emitters.md', import.meta.url), 'utf8');
  const block = (language: string): string => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)![1]!;
  if (tool('gcc', 'apt-get install gcc g++')) for (const language of ['c', 'c++'] as const) expect(runC(language, block('c'))).toBe(block('text'));
  for (const simulator of simulators)
    if (hasSimulator(simulator))
      expect(simulate(simulator, { text: block('systemverilog'), top: 'encode_example', files: ['systole_isa.sv'] }).out.replace(/^.*\$finish.*\n/m, '')).toBe(block('text').replaceAll('\0', ''));
  for (const { name, says } of assertedRules) expect(page).toContain(`| \`${name}\` | ${says} |`);
  const { program } = assemble('?!p1 mm.add t12, t8[s20 + 5], slot 2 post m2\n');
  expect(block('text')).toContain([...program!.image.slice(64, 80)].reverse().map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}, 60_000);
