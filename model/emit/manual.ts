//! manual: the instruction set manual in Markdown, from the definitions.
import { set } from '../instructions/set.ts';
import { at, BARE_PRESENT, type Field, operand, operandParts } from '../isa/field.ts';
import { type Definition, head, operandRules } from '../isa/instruction.ts';
import type { Layout } from '../isa/layout.ts';
import { modeFields } from '../isa/view.ts';
import { EVENT_ALWAYS, eventDefinitions, featureNames, SPACE_ACC, SPACE_DRAM, SPACE_SPM, spaceNames, trapNames, unitNames } from '../limits.ts';
import { type Register, type RegisterField, registers } from '../machine/csr.ts';
import { formats } from '../numerics/format.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { diagram, headDiagram } from './diagram.ts';

export const manualText = (): string => [
  '<!-- Made by model/emit/manual.ts from the definitions; never edited (npm run emit). -->',
  '# Systole instruction set', '',
  `Version 1.0 · ${set.length} instructions of 128 bits, four 32-bit words, little-endian. What a rule says must hold when the instruction is dispatched;`,
  'of several broken rules the lowest trap code is reported, and nothing of the instruction happens.', '',
  '## Contents', '', ...unitNames.map((unit, number) => `- **${unit.toUpperCase()}** ${inUnit(number).map((d) => `[${d.mnemonic}](#${d.mnemonic})`).join(' · ')}`), '',
  '## The head: word 0 of every instruction', '', fenced(headDiagram()), '', fieldTable(Object.entries(head) as [string, Field][]), '',
  'The predicate is P[predicate], negated where `negate` is set; where it is false the instruction retires and does nothing. `wait` takes a token',
  'of that semaphore before, `post` gives one after (0: none). `mode` names the numeric mode N0 to N3 and is 0 where an instruction uses none.', '',
  '## Operands', '', `A tensor operand has 24 bits: ${bits(operandParts.t)} descriptor T, ${bits(operandParts.s)} offset register S, ${bits(operandParts.imm)} immediate offset (signed). The offset S + immediate counts`,
  `elements. A bare operand has 8 bits: ${hex(BARE_PRESENT)} | T, or 0 for none. The operand positions are D (word 1), A (word 2), B (word 3), C (word 3, 31:24).`, '',
  'What must hold for every operand (X; D a destination, A a source of the same instruction), in addition to the rules of each instruction:', '',
  table(['trap', 'rule'], commonRules()), '',
  '## Dtypes', '', table(['code', 'name', 'bits in memory', 'kind', 'exponent', 'fraction', 'bias'],
    formats.map((f) => [hex(f.code), f.name, f.width, f.kind + (f.kind === 'integer' ? (f.signed ? ', signed' : ', unsigned') : ''), f.exponentBits || '', f.fractionBits || '', f.bias || ''])), '',
  '## Spaces', '', table(['code', 'name'], spaceNames.map((name, code) => [code, name]).slice(1)), '',
  '## Numeric modes', '', table(['field', 'word', 'bits', 'defined values'],
    modeFields.map((f) => [f.name, f.word, bits(f), f.width === 32 || f.signed ? (f.signed ? 'signed' : 'all') : `0 to ${f.legal - 1}`])), '',
  '## Traps', '', table(['code', 'name'], Object.entries(trapNames).map(([code, name]) => [hex(Number(code)), name])), '',
  '## Features', '', table(['bit', 'name'], featureNames.map((name, bit) => [bit, name])), '',
  '## Numeric events', '', 'Of the elements that an instruction writes, how many had each event, in its record and in the counters of its unit.',
  `From ${eventDefinitions[EVENT_ALWAYS]![0]} on they need the feature \`fullCounters\` and are 0 without it.`, '',
  table(['kind', 'name', 'an element counts once when'], eventDefinitions.map(([name, says], kind) => [kind, name, says])), '',
  '## Instructions', '', ...set.flatMap(entry), '## The host\'s window', '',
  table(['offset', 'name', 'access', 'at power-on', 'what'], registers.map((r) => [
    `${r.offset.toString(16).padStart(4, '0')}${r.repeat ? ` + ${r.repeat[1]} i, i < ${r.repeat[0]}` : ''}`, r.name,
    `${r.access}${r.locked ? ', writable while idle' : ''}${r.stopped ? ', valid while stopped' : ''}`, resetText(r), [r.says, ...(r.fields ?? []).map(registerField)].join('; '),
  ])), '',
  '## The record of a retirement', '', recordTable(retirementLayout), '', recordTable(operandLayout), '',
].join('\n');

function entry(d: Definition): string[] {
  const unit = d.unit === 'agent' ? 'the unit named by `agent`' : unitNames[d.unit]!.toUpperCase();
  return [
    `### ${d.mnemonic}`, '', `\`${d.syntax}\` · opcode ${hex(d.opcode)} · ${unit}`, '', d.says, '', fenced(diagram(d)), '',
    ...(Object.keys(d.fields).length ? [fieldTable(Object.entries(d.fields)), ''] : []),
    ...(d.mode.length ? [`Numeric mode: ${d.mode.map((name) => `\`${name}\``).join(', ')}.`, ''] : []),
    ...(own(d).length ? [table(['trap', 'rule'], own(d).map((r) => [`${hex(r.trap)} ${trapNames[r.trap]}`, r.says])), ''] : []),
  ];
}
const own = (d: Definition): Definition['rules'] => {
  const common = new Set(operandRules(d.fields, d.unit).map((r) => r.predicate));
  return d.rules.filter((r) => !common.has(r.predicate));
};
/** The rules that operand kinds bring along, told once of an operand X, or of D and A. */
function commonRules(): (readonly [string, string])[] {
  const spaces = [SPACE_DRAM, SPACE_SPM, SPACE_ACC];
  const one = operandRules({ X: at(1, 0, operand('both', spaces)) }, 0);
  const two = operandRules({ D: at(1, 0, operand('write', spaces)), A: at(2, 0, operand('read', spaces)) }, 0).filter((r) => r.operands.length === 2);
  const rules = [...one, ...two].filter((r) => r.predicate !== 'inSpaces').sort((a, b) => a.trap - b.trap);
  return [...rules.map((r) => [`${hex(r.trap)} ${trapNames[r.trap]}`, r.says] as const), ['0x08 descriptor', 'X lies in one of the spaces that its field names'] as const]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
const registerField = (f: RegisterField): string => `${bits(f)} ${f.name}${f.says ? ` (${f.says})` : ''}`;
const resetText = ({ access, reset = 0 }: Register): string => (access === 'wo' ? '' : typeof reset === 'number' ? reset.toString(16) : reset === 'profile' ? 'of the profile' : 'UNKNOWN');
const inUnit = (unit: number): Definition[] => set.filter((d) => (d.unit === 'agent' ? 0 : d.unit) === unit);
const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
const bits = ({ low, width }: { low: number; width: number }): string => (width === 1 ? String(low) : `${low + width - 1}:${low}`);
const fenced = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;
const cell = (value: unknown): string => String(value).replaceAll('|', '\\|');
const table = (columns: readonly string[], rows: readonly (readonly unknown[])[]): string => [
  `| ${columns.join(' | ')} |`, `|${columns.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
].join('\n');
const fieldTable = (fields: readonly (readonly [string, Field])[]): string =>
  table(['field', 'word', 'bits', 'kind'], fields.map(([name, f]) => [name, f.word, bits(f), kindText(f)]));
function kindText(field: Field): string {
  const where = field.spaces ? ` in ${field.spaces.map((s) => spaceNames[s]!.toUpperCase()).join(', ')}` : '';
  switch (field.kind) {
    case 'choice': return field.names!.map((name, code) => `${code} ${name}`).join(', ');
    case 'operand': case 'bare': return `${field.kind === 'bare' ? 'bare ' : ''}tensor, ${field.view?.updates ? `written, and read where \`${field.view.updates}\` is not 0` : field.role}${where}`;
    case 'count': return `${field.range?.[0]} to ${field.range?.[1]}`;
    case 'source': return 'scalar register, read';
    case 'destination': return 'scalar register, written; not S0';
    case 'predicate': return 'predicate, written; not P0';
    case 'semaphore': return 'semaphore 1 to 63';
    case 'slot': return 'weight slot';
    case 'tensor': return 'descriptor';
    case 'mode': return 'numeric mode';
    default: return field.kind;
  }
}
function recordTable(of: Layout): string {
  const type = (item: Layout['items'][number]['item']): string =>
    (typeof item === 'string' ? item : `${typeof item[0] === 'string' ? item[0] : item[0].name} x ${item[1]}`);
  return [`\`${of.name}\`, ${of.size} bytes:`, '', table(['byte', 'field', 'type'], of.items.map((i) => [i.offset, i.name, type(i.item)]))].join('\n');
}
