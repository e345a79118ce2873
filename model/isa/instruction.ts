//! instruction: one definition from which encoding, text, checks, meaning and generated files are derived.
import { Defect } from '../failure.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, TRAP_SHAPE, UNIT_SEQ } from '../limits.ts';
import { once } from './cached.ts';
import { at, type Condition, type Field, flag, type Kind, unsigned, type WrittenOperand } from './field.ts';
import type { Rule } from './rule.ts';
import {
  aligned, apart, described, disjoint, dtypeDefined, fed, formatPresent, injective, inside, inSpaces, layoutLinear, neverStochastic, notPeer,
  permitted, unpadded, wholeBytes,
} from './rules.ts';
import type { Machine, Mode, ModeFieldName, Tensor } from './view.ts';

// biome-ignore lint/suspicious/noExplicitAny: fields of every value type live in one record
export type Fields = Readonly<Record<string, Field<any>>>;
type CapturedOf<W> = [W] extends [WrittenOperand] ? Tensor : [undefined] extends [W] ? Tensor | undefined : W;
type Maybe<F> = F extends { readonly when: readonly Condition[] } ? undefined : never;
/** What execute sees: operands as closed tensors, registers that are read as their values, everything else as written. */
export type Captured<F extends Fields> =
  { readonly [K in keyof F]: F[K] extends Kind<infer W> ? CapturedOf<W> | Maybe<F[K]> : never } & { readonly mode: Mode };
export interface Work { readonly macs?: bigint }

export interface Definition<F extends Fields = Fields> {
  readonly mnemonic: string;
  readonly opcode: number;
  /** The unit that runs it; `agent`: the one named by the field of that name. */
  readonly unit: number | 'agent';
  /** Touches nothing but registers of the sequencer's own: where effects alone are asked for, there is no record of it. */
  readonly inner?: true;
  readonly says: string;
  /**
   * Text form: `{field}`, the sum `{register+imm}`, one of both `{register|imm}`, operand or scalar `{b/s}`, optional parts in [ ]. A field
   * that is not in it follows from those that are (`when`).
   */
  readonly syntax: string;
  /** A form with fewer fields, printed where the others have the values that text omits; another form that is read only. */
  readonly short?: string;
  readonly also?: string;
  readonly fields: F;
  /** Fields of the numeric mode that it captures; none: the head's N must be 0. */
  readonly mode: readonly ModeFieldName[];
  /** Sorted by trap code, then by operand. */
  readonly rules: readonly Rule[];
  /** Unit state as it will be once this has run, noted at dispatch. */
  readonly promise?: (machine: Machine, captured: Captured<F>) => void;
  /** May it go now? Beside the head's semaphore. */
  readonly ready?: (machine: Machine, captured: Captured<F>) => boolean;
  readonly work?: (captured: Captured<F>) => Work;
  /** Sources whose bits go to the destination as they are, where dtypes agree and no function is applied: UNKNOWN bytes among them decide nothing. */
  readonly copies?: readonly (keyof F & string)[];
  /** The meaning. Everything is captured and checked; returns the result word, if there is one. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most instructions have no result
  readonly execute: (machine: Machine, captured: Captured<F>) => number | void;
}

/** Word 0, the same for every instruction; bits 31:28 are zero. */
export const head = {
  opcode: at(0, 0, unsigned(8)), predicate: at(0, 8, unsigned(3), 0), negate: at(0, 11, flag('!'), false), wait: at(0, 12, unsigned(6), 0),
  post: at(0, 18, unsigned(6), 0), irq: at(0, 24, flag('irq'), false), trace: at(0, 25, flag('trace'), false), mode: at(0, 26, unsigned(2), 0),
} as const;

/** Fields and rules are made when they are first asked for: a start defines every instruction, and a program needs the fields of few and, on the engine, the rules of none. */
type Written<F extends Fields> = Omit<Definition<F>, 'fields' | 'rules' | 'mode'> & {
  fields: () => F; rules?: () => readonly Rule<keyof F & string>[]; mode?: readonly ModeFieldName[];
};

/** Complete a definition: add the rules that its operand kinds imply, and sort all by trap code. */
export function instruction<const F extends Fields>(written: Written<F>): Definition<F> {
  // What rounds may round stochastically.
  const named = written.mode ?? [], mode: readonly ModeFieldName[] = named.includes('round') ? [...named, 'key', 'stream'] : named;
  const fields = once(written.fields), rules = once(() => rulesOf(fields(), written.unit, written.rules?.() ?? [], mode));
  return Object.freeze({ ...written, mode, get fields() { return fields(); }, get rules() { return rules(); } });
}

function rulesOf(fields: Fields, unit: Definition['unit'], own: readonly Rule[], mode: readonly ModeFieldName[]): readonly Rule[] {
  const all = [...operandRules(fields, unit), ...(mode.includes('round') ? [neverStochastic] : []), ...own];
  const order = Object.keys(fields);
  const blamed = (rule: Rule): number => operandPosition(fields[rule.operands.find((name) => isOperand(fields[name])) ?? '']) ?? order.length + 4;
  return all.sort((a, b) => a.trap - b.trap || blamed(a) - blamed(b));
}

/** Position of an operand field in the record: 0 D, 1 A, 2 B, 3 C. */
export const operandPosition = (field: Field | undefined): number | undefined =>
  !field || !isOperand(field) ? undefined : field.kind === 'bare' ? 3 : field.word - 1;
export const isOperand = (field: Field | undefined): boolean => field?.kind === 'operand' || field?.kind === 'bare';
/** Operand fields by position; at most one each. */
export const operandsOf = (definition: { readonly fields: Fields }): readonly (readonly [string, Field])[] =>
  Object.entries(definition.fields).filter(([, f]) => isOperand(f)).sort(([, a], [, b]) => operandPosition(a)! - operandPosition(b)!);
/** Registers that are read, in the order in which their values are captured. */
export const sourcesOf = (definition: { readonly fields: Fields }): readonly (readonly [string, Field])[] =>
  Object.entries(definition.fields).filter(([, f]) => f.kind === 'source').sort(([, a], [, b]) => a.word - b.word || a.low - b.low);
/** Is the operand always there? Bare and conditional ones may be absent. */
export const isOptional = (field: Field): boolean => field.when !== undefined || (field.kind === 'bare' && field.legal(0));

/** The destination whose emptiness makes the instruction a no-op, if there is a destination. */
export const destinationOf = (definition: { readonly fields: Fields }): readonly [string, Field] | undefined =>
  operandsOf(definition).find(([, f]) => f.role !== 'read');

/** Rules that every operand brings along, whatever the instruction does. */
export function operandRules(fields: Fields, unit: number | 'agent'): Rule[] {
  const operands = operandsOf({ fields });
  const writes = operands.filter(([, f]) => f.role !== 'read'), reads = operands.filter(([, f]) => f.role !== 'write');
  const own = operands.flatMap(([name, field]) => [
    formatPresent(name), layoutLinear(name), dtypeDefined(name), described(name), inSpaces(name, field.spaces!),
    ...(field.spaces!.some((s) => s > SPACE_ACC) ? [notPeer(name)] : []),
    ...(field.view?.pads ? [] : [unpadded(name)]),
    aligned(name, unit === 'agent' ? UNIT_SEQ : unit),
    ...[SPACE_DRAM, SPACE_SPM, SPACE_ACC].filter((s) => field.spaces!.includes(s)).map((s) => inside(name, s)),
    ...(field.role !== 'read' ? [injective(name), wholeBytes(name)] : []),
    ...(field.spaces!.includes(SPACE_DRAM) ? [...(field.role !== 'write' ? [permitted(name, false)] : []), ...(field.role !== 'read' ? [permitted(name, true)] : [])] : []),
  ]);
  const destination = writes[0]?.[0];
  const pairs = writes.flatMap(([d], i) => [
    ...reads.filter(([s]) => s !== d).map(([s]) => apart(d, s)),
    ...writes.slice(i + 1).map(([other]) => disjoint(d, other)),
  ]);
  return [...own, ...pairs, ...(destination === undefined ? [] : reads.filter(([s]) => s !== destination).map(([s]) => fed(destination, s)))];
}

/** Every field inside its word; no two share a bit unless they exclude each other. Asked when the encoding is emitted, not whenever a program starts. */
export function requireEncoding({ mnemonic, fields }: Pick<Definition, 'mnemonic' | 'fields'>): void {
  const all = Object.entries({ ...head, ...fields } as Fields);
  for (const [name, field] of all) {
    if (field.low + field.width > 32) throw new Defect(`${mnemonic}.${name} leaves its word`);
    if (!field.corners.every((bits) => field.legal(bits))) throw new Defect(`${mnemonic}.${name} has an illegal corner`);
    for (const [otherName, other] of all) {
      if (otherName <= name || other.word !== field.word) continue;
      const apartInWord = field.low + field.width <= other.low || other.low + other.width <= field.low;
      const exclusive = field.when?.some((x) => other.when?.some((y) => x.field === y.field && !x.is.some((bits) => y.is.includes(bits))));
      if (!apartInWord && !exclusive) throw new Defect(`${mnemonic}: ${name} and ${otherName} overlap`);
    }
  }
}

/** Codes up to this one are checked even when the destination is empty. */
export const LAST_CODE_FOR_EMPTY = TRAP_SHAPE;