//! assemblyscript: the encoding, the records and the lists of checks, as the engine's compiler reads them.
import { byOpcode, set } from '../instructions/set.ts';
import type { Condition, Field } from '../isa/field.ts';
import { type Definition, destinationOf, type Fields, head, isOperand, isOptional, operandPosition, operandsOf, requireEncoding, sourcesOf } from '../isa/instruction.ts';
import type { Layout, Scalar } from '../isa/layout.ts';
import type { Rule } from '../isa/rule.ts';
import { modeFields } from '../isa/view.ts';
import * as limits from '../limits.ts';
import { formats } from '../numerics/format.ts';
import {
  controlLayout, dotLayout, faultLayout, FLOOR_NONE, formatLayout, functionTableLayout, DECODED_BYTES, DECODED_WORDS, followedLayout, keptProgramLayout, LANE_BURST, LANE_DIRECT, LANE_PLAIN, LANE_PREPARED, loopLayout, orderLayout, profileLayout, regionLayout, slotLayout, stateLayout,
  PREPARED_BYTES, PREPARED_MAX, PROGRAM_WORDS, SHADOW_BYTES, TOKEN_RUNS, tokenRunLayout, tripleLayout, watchpointLayout,
} from '../machine/state.ts';
import { operandLayout, retirementLayout } from '../retirement.ts';
import { constants as numbers } from './c.ts';
import * as classes from '../isa/rules.ts';

const maker = '//! Made by model/emit/assemblyscript.ts from the definitions; never edited (npm run emit).';

/** assembly/encoding.ts: constants, records as accessors over addresses, fields as accessors over instruction words. */
export function encodingText(): string {
  set.forEach(requireEncoding);
  return encodingLines().join('\n');
}
const encodingLines = (): readonly string[] => [
  maker, imported('{ CONTROL, PROFILE, STATE }', 'memory'), '', constants(), '',
  ...[operandLayout, loopLayout, slotLayout, faultLayout, regionLayout, watchpointLayout, formatLayout, dotLayout, tripleLayout, functionTableLayout, tokenRunLayout, orderLayout,
    retirementLayout, followedLayout, keptProgramLayout]
    .map((l) => record(l)),
  record(stateLayout, 'STATE'), record(profileLayout, 'PROFILE'), record(controlLayout, 'CONTROL'), modeRecord(), '',
  ...set.map((d) => `export const ${opcodeName(d)}: u32 = ${hex(d.opcode)};`), '',
  fieldAccessors('head', head), ...set.map((d) => fieldAccessors(d.mnemonic.toUpperCase(), d.fields)).filter(Boolean), '',
  '/** Unit of an opcode; 254 the unit named by the field `agent`, 255 no instruction. */',
  `export const UNITS: usize = memory.data<u8>([${Array.from({ length: 256 }, (_, op) => unitOf(byOpcode.get(op))).join(', ')}]);`, '',
  '/** Operands of an opcode that may hold no UNKNOWN byte when it acts: a bit for each position. */',
  `export const DEFINITE: usize = memory.data<u8>([${Array.from({ length: 256 }, (_, op) => definiteOf(byOpcode.get(op))).join(', ')}]);`,
  '/** Opcodes that touch nothing but registers of the sequencer\'s own: 1. */',
  `export const INNER: usize = memory.data<u8>([${Array.from({ length: 256 }, (_, op) => Number(byOpcode.get(op)?.inner ?? false)).join(', ')}]);`,
  '/** Which lists of rules an opcode has: bit 0 rules of code `reserved`, bit 1 others. */',
  `export const RULED: usize = memory.data<u8>([${Array.from({ length: 256 }, (_, op) => ruledOf(byOpcode.get(op))).join(', ')}]);`, '',
];

/** assembly/checks.ts: which words are legal, what is captured, and the first broken rule. */
export const checksText = (): string => [
  maker,
  imported('* as rules', 'rules'),
  imported(`{ head, operand, retirement, state, ${set.flatMap((d) => [opcodeName(d), ...(hasAccessors(d) ? [d.mnemonic.toUpperCase()] : [])]).join(', ')} }`, 'encoding'),
  imported('{ captureMode, captureOperand, captureScalar }', 'capture'), '',
  '// Are all bits of the words defined? One function for each instruction, then the choice by opcode.', ...set.map(legality), '',
  '/** Are all bits of the words defined? */',
  'export function wellEncoded(op: u32, words: usize): bool {', '  switch (op) {',
  ...set.map((d) => `    case ${opcodeName(d)}: return legal${opcodeName(d).slice(3)}(words);`), '    default: return false;', '  }', '}', '',
  '/** Capture operands, registers and mode of the instruction into its record. */',
  'export function capture(op: u32, words: usize, at: usize): void {', '  switch (op) {', ...set.map(captures), '  }', '}', '',
  '/** Does an instruction of a unit capture scalar registers, beside those that move its operands? */',
  'export function capturesScalars(op: u32, words: usize): bool {', '  switch (op) {', ...set.map(scalarCaptures).filter(Boolean), '    default: return false;', '  }', '}', '',
  '/** The first broken rule as trap | position << 8 | other << 16, where positions are 1 + that of an operand or 0; 0 when all hold.',
  ' *  `from` 0: only the rules of code `reserved`; 1: all others. Asked only of what has some, by RULED. */',
  'export function check(op: u32, words: usize, at: usize, from: u32): u32 {',
  '  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), b = retirement.operands(at, 2), c = retirement.operands(at, 3);',
  '  switch (op) {', ...set.map(checks).filter(Boolean), '    default: return 0;', '  }', '}', '',
].join('\n');

/** An import of the engine's own compiler, beside the emitted file. */
const imported = (names: string, file: string): string => `import ${names} from ${`'./${file}'`};`;
const hex = (value: number): string => `0x${value.toString(16)}`;
const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
const opcodeName = ({ mnemonic }: Definition): string => `OP_${mnemonic.toUpperCase()}`;
const unitOf = (d: Definition | undefined): number => (!d ? 255 : d.unit === 'agent' ? 254 : d.unit);
const definiteOf = (d: Definition | undefined): number =>
  (d ? operandsOf(d) : []).reduce((mask, [, field]) => mask | (field.view?.definite ? 1 << operandPosition(field)! : 0), 0);
const ruledOf = (d: Definition | undefined): number =>
  (d?.rules ?? []).reduce((mask, rule) => mask | (rule.trap <= limits.TRAP_RESERVED ? 1 : 2), 0);
const hasAccessors = (d: Definition): boolean => Object.values(d.fields).some((f) => f.kind !== 'operand');

function constants(): string {
  const ofClasses = Object.entries(classes).filter(([name]) => name.startsWith('CLASS_')).sort(([, a], [, b]) => Number(a) - Number(b));
  const features = limits.featureNames.map((name, i) => [`FEATURE_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`, i] as const);
  const lanes = [['LANE_DIRECT', LANE_DIRECT], ['LANE_BURST', LANE_BURST], ['LANE_PREPARED', LANE_PREPARED], ['LANE_PLAIN', LANE_PLAIN], ['TOKEN_RUNS', TOKEN_RUNS],
    ['DECODED_WORDS', DECODED_WORDS], ['PREPARED_MAX', PREPARED_MAX], ['PROGRAM_WORDS', PROGRAM_WORDS], ['SHADOW_BYTES', SHADOW_BYTES]] as const;
  const unsigned = [...numbers(), ...ofClasses, ...features, ...lanes].map(([name, value]) => `export const ${name}: u32 = ${hex(Number(value))};`);
  return [...unsigned, `export const DECODED_BYTES: usize = ${DECODED_BYTES};`, `export const PREPARED_BYTES: usize = ${PREPARED_BYTES};`, `export const FLOOR_NONE: i32 = ${FLOOR_NONE};`].join('\n');
}

/** Accessors of a layout: by address, or for a singleton at a fixed base. */
function record(of: Layout, base?: string): string {
  const at = base ? '' : 'at: usize', comma = base ? '' : ', ', from = base ?? 'at';
  const lines = of.items.flatMap(({ name, item, offset }) => {
    if (typeof item === 'string') {
      const type = item === 'u8' || item === 'u16' ? 'u32' : item;
      return [
        `  @inline export function ${name}(${at}): ${type} { return load<${item}>(${from}, ${offset}); }`,
        `  @inline export function set${capital(name)}(${at}${comma}value: ${type}): void { store<${item}>(${from}, <${item}>value, ${offset}); }`,
      ];
    }
    const [element] = item;
    if (typeof element !== 'string') {
      return [`  @inline export function ${name}(${at}${comma}i: usize): usize { return ${from} + ${offset} + i * ${element.size}; }`];
    }
    const type = element === 'u8' || element === 'u16' ? 'u32' : element, address = `${from} + (i << ${shifts[element]})`;
    return [
      `  @inline export function ${name}At(${at}): usize { return ${from} + ${offset}; }`,
      `  @inline export function ${name}(${at}${comma}i: usize): ${type} { return load<${element}>(${address}, ${offset}); }`,
      `  @inline export function set${capital(name)}(${at}${comma}i: usize, value: ${type}): void { store<${element}>(${address}, <${element}>value, ${offset}); }`,
    ];
  });
  return [`export const ${of.name.toUpperCase()}_BYTES: usize = ${of.size};`, `export namespace ${of.name} {`, ...lines, '}'].join('\n');
}
const shifts: Readonly<Record<Scalar, number>> = { u8: 0, u16: 1, u32: 2, i32: 2, i64: 3 };

function modeRecord(): string {
  const lines = modeFields.map((f) => `  @inline export function ${f.name}(at: usize): ${f.signed ? 'i32' : 'u32'} { return ${extract('at', f)}; }`);
  return ['/** Fields of a captured numeric mode, by the address of its eight words. */', 'export namespace mode {', ...lines, '}'].join('\n');
}
function extract(at: string, { word, low, width, signed }: { word: number; low: number; width: number; signed: boolean }): string {
  const bits = `load<u32>(${at}, ${word * 4})`;
  if (width === 32) return signed ? `<i32>${bits}` : bits;
  return signed ? `<i32>(${bits} << ${32 - low - width}) >> ${32 - width}` : `(${bits} >>> ${low}) & ${hex(2 ** width - 1)}`;
}
function fieldAccessors(name: string, fields: Fields): string {
  const lines = Object.entries(fields).filter(([, f]) => f.kind !== 'operand').map(([fieldName, f]) => {
    const signed = f.kind === 'signed';
    return `  @inline export function ${fieldName}(words: usize): ${signed ? 'i32' : 'u32'} { return ${extract('words', { ...f, signed })}; }`;
  });
  return lines.length ? [`export namespace ${name} {`, ...lines, '}'].join('\n') : '';
}

/** The condition under which a field exists, as an expression over the words; empty when it always does. */
function condition(d: Definition, field: Field): string {
  const tests = (of: Field): readonly string[] => (of.when ?? []).flatMap(({ field: name, is }: Condition) => {
    const own = is.map((value) => `${d.mnemonic.toUpperCase()}.${name}(words) == ${value}`).join(' || ');
    return [...tests(d.fields[name]!), is.length > 1 ? `(${own})` : own];
  });
  return [...new Set(tests(field))].join(' && ');
}
const maskOf = ({ low, width }: Field): number => (width === 32 ? 0xffff_ffff : ((2 ** width - 1) << low) >>> 0);

function legality(d: Definition): string {
  const fixed = [0, 0, 0, 0], variable: string[][] = [[], [], [], []], tests: string[] = [];
  for (const field of Object.values(head) as Field[]) {
    if (field !== (head.mode as unknown) || d.mode.length > 0) fixed[0] = (fixed[0]! | maskOf(field)) >>> 0;
  }
  for (const [name, field] of Object.entries(d.fields)) {
    const when = condition(d, field);
    if (when) variable[field.word]!.push(`(${when} ? ${hex(maskOf(field))} : 0)`);
    else fixed[field.word] = (fixed[field.word]! | maskOf(field)) >>> 0;
    const bits = `${d.mnemonic.toUpperCase()}.${name}(words)`;
    const legal = field.kind === 'bare' ? (field.legal(0) ? `(!${bits} || (${bits} & 0xc0) == 0x80)` : `(${bits} & 0xc0) == 0x80`)
      : field.range ? `${field.range[0] ? `${bits} >= ${field.range[0]} && ` : ''}${bits} <= ${field.range[1]}` : '';
    if (legal) tests.push(when ? `(!(${when}) || ${legal.startsWith('(') ? legal : `(${legal})`})` : legal);
  }
  for (let word = 0; word < 4; word++) {
    const mask = [...(fixed[word] || !variable[word]!.length ? [hex(fixed[word]!)] : []), ...variable[word]!].join(' | ');
    if (mask === '0xffffffff') continue;
    tests.unshift(`(load<u32>(words${word ? `, ${word * 4}` : ''}) & ~<u32>(${mask})) == 0`);
  }
  return `@inline export function legal${opcodeName(d).slice(3)}(words: usize): bool { return ${tests.join(' && ') || 'true'}; }`;
}

/** The case of an instruction that captures scalars, with the condition under which it does. Only what goes to a unit is prepared, and asked. */
function scalarCaptures(d: Definition): string {
  const tests = sourcesOf(d).map(([, field]) => condition(d, field));
  if (tests.length === 0 || typeof d.unit !== 'number' || d.unit < limits.UNIT_DMI || d.unit > limits.UNIT_VPU) return '';
  return `    case ${opcodeName(d)}: return ${tests.includes('') ? 'true' : tests.map((test) => `(${test})`).join(' || ')};`;
}

/** Scalars, then operands at their positions, then the mode. */
function captures(d: Definition): string {
  const lines: string[] = [], upper = d.mnemonic.toUpperCase();
  sourcesOf(d).forEach(([name, field], i) => {
    const when = condition(d, field);
    lines.push(`${when ? `if (${when}) ` : ''}captureScalar(at, ${i}, ${upper}.${name}(words));`);
  });
  for (const [name, field] of operandsOf(d)) {
    const position = operandPosition(field)!;
    const bits = field.kind === 'bare' ? `${upper}.${name}(words) & 0x3f` : `load<u32>(words, ${field.word * 4}) & 0xffffff`;
    const when = field.kind === 'bare' && field.legal(0) ? `${upper}.${name}(words)` : condition(d, field);
    const updates = field.view?.updates;
    const role = updates ? `${upper}.${updates}(words) ? ${limits.ROLE_BOTH} : ${limits.ROLE_WRITE}` : String(limits.roleCode[field.role!]);
    lines.push(`${when ? `if (${when}) ` : ''}captureOperand(at, ${position}, ${bits}, ${role}, ${field.view?.single ? 'true' : 'false'});`);
  }
  if (d.mode.length) lines.push(`captureMode(at, head.mode(words), ${modeMasks(d).map(hex).join(', ')});`);
  return lines.length ? `    case ${opcodeName(d)}: { ${lines.join(' ')} break; }` : `    case ${opcodeName(d)}: break;`;
}
/** Bits of the eight mode words that an instruction captures. */
function modeMasks(d: Definition): number[] {
  const masks = Array.from({ length: limits.MODE_WORDS }, () => 0);
  for (const { name, word, low, width } of modeFields) {
    if (d.mode.includes(name)) masks[word] = (masks[word]! | (width === 32 ? -1 : (2 ** width - 1) << low)) >>> 0;
  }
  return masks;
}

const letters = ['d', 'a', 'b', 'c'];
function checks(d: Definition): string {
  const early = d.rules.filter((r) => r.trap <= limits.TRAP_RESERVED), late = reached(d.rules.filter((r) => r.trap > limits.TRAP_RESERVED && !isImplied(d, r)));
  const shape = late.filter((r) => r.trap <= limits.TRAP_SHAPE), rest = late.filter((r) => r.trap > limits.TRAP_SHAPE);
  const destination = destinationOf(d);
  const stop = destination && rest.length && !isLone(d, destination[0]) ? [`      if (!plain && rules.empty(${letters[operandPosition(destination[1])!]})) return 0;`] : [];
  if (!d.rules.length) return '';
  const both = early.length > 0 && late.length > 0, given = optionalOf(d, late);
  return [
    `    case ${opcodeName(d)}: {`,
    ...(both ? ['      if (!from) {', ...early.map((r) => `  ${test(d, r)}`), '        return 0;', '      }'] : early.map((r) => test(d, r))),
    ...given.map((letter) => `      const ${presentName(letter)} = operand.role(${letter}) != 0;`),
    ...(late.some((r) => isPlain(d, r)) ? [`      const plain = rules.plain(at, ${d.unit});`] : []),
    ...tests(d, shape), ...stop, ...tests(d, rest), ...(late.some(isBroken) ? [] : ['      return 0;']), '    }',
  ].join('\n');
}
/** The tests of rules in their order; those that a plain operand keeps are asked only where there is another one. */
function tests(d: Definition, rules: readonly Rule[]): readonly string[] {
  const plain = rules.map((r) => isPlain(d, r));
  return rules.flatMap((r, i) => (plain[i]
    ? [...(plain[i - 1] ? [] : ['      if (!plain) {']), `  ${test(d, r)}`, ...(plain[i + 1] ? [] : ['      }'])]
    : [test(d, r)]));
}
/** Rules of one operand that all of what `plain` of assembly/plain.ts finds keep, whatever the instruction. */
const plainRules: Readonly<Record<string, number>> = {
  formatPresent: 0, layoutLinear: 0, dtypeDefined: 0, described: 0, unpadded: 0, fed: 0, notEmpty: 0, aligned: 0, insideDram: 0, insideSpm: 0, insideAcc: 0,
  injective: limits.ROLE_WRITE, wholeBytes: limits.ROLE_WRITE, writable: limits.ROLE_WRITE, readable: limits.ROLE_READ,
};
function isPlain(d: Definition, { predicate, operands: [name] }: Rule): boolean {
  const role = plainRules[predicate];
  return role !== undefined && d.unit !== 'agent' && (limits.roleCode[d.fields[name!]!.role!] & role) === role;
}
/** Is it a rule that is always broken, as those that ask for a feature of the future are? */
const isBroken = ({ predicate, constants }: Rule): boolean =>
  predicate === 'never' || (predicate === 'feature' && limits.futureFeatures.some((name) => limits.featureBit(name) === constants[0]));
/** Has an operand one element, by its kind or by a rule? */
const isLone = (d: Definition, name: string): boolean => d.fields[name]!.view?.single === true || d.rules.some(({ predicate, operands }) => predicate === 'oneElement' && operands[0] === name);
/** Rules that are never broken behind those before: of a lone element no stride counts, some dtypes have no halves of bytes, and what lies in different memories is apart. */
function isImplied(d: Definition, { predicate, operands }: Rule): boolean {
  if (predicate === 'injective') return isLone(d, operands[0]!);
  if (predicate === 'wholeBytes') return d.rules.some((rule) => rule.predicate === 'dtypeIn' && rule.operands[0] === operands[0] && formats.every(({ code, width }) => width >= 8 || !classes.inClass(code, rule.constants[0]!)));
  const [spaces = [], others = []] = operands.map((name) => d.fields[name]?.spaces);
  return (predicate === 'apart' || predicate === 'disjoint') && !spaces.some((space) => others.includes(space));
}
/** Rules up to the one that is always broken: no program comes to those behind it, and those of no operand right before it trap alike. */
function reached(rules: readonly Rule[]): readonly Rule[] {
  const last = rules.findIndex(isBroken);
  return last < 0 ? rules : [...rules.slice(0, rules.slice(0, last).findLastIndex(({ operands }) => !operands.every((name) => name === 'mode')) + 1), rules[last]!];
}
/** The operands of some rules that an instruction may lack, and what tells whether they are there: asked once, not by each rule. */
const optionalOf = (d: Definition, rules: readonly Rule[]): readonly string[] => letters.filter((_, position) => rules.some((rule) => rule.operands.some((name) => {
  const field = d.fields[name];
  return isOperand(field) && isOptional(field!) && operandPosition(field) === position;
})));
const presentName = (letter: string): string => `has${letter.toUpperCase()}`;
function test(d: Definition, rule: Rule): string {
  const operands = rule.operands.filter((name) => isOperand(d.fields[name])).map((name) => operandPosition(d.fields[name])!);
  const present = optionalOf(d, [rule]).map(presentName).join(' && ');
  const position = operands.length ? operands[0]! + 1 : 0, other = operands.length > 1 ? operands[1]! + 1 : 0;
  const args = [...rule.operands.map((name) => argument(d, name)), ...rule.constants].join(', ');
  const code = rule.trap | (position << 8) | (other << 16);
  const broken = `${present ? `${present} && ` : ''}!rules.${rule.predicate}(${args})`;
  return `      ${isBroken(rule) ? '' : `if (${broken}) `}return ${hex(code)};  // ${limits.trapName(rule.trap)}: ${rule.says}`;
}
function argument(d: Definition, name: string): string {
  if (name === 'mode') return 'retirement.modeAt(at)';
  const field = d.fields[name]!;
  if (isOperand(field)) return letters[operandPosition(field)!]!;
  if (field.kind === 'source') return `retirement.scalars(at, ${sourcesOf(d).findIndex(([source]) => source === name)})`;
  return `${d.mnemonic.toUpperCase()}.${name}(words)`;
}
