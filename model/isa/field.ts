//! field: kinds of fields, each a two-way mapping between bits, text, and what an instruction captures.
import { didYouMean } from '../failure.ts';
import type { Role } from '../limits.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';

/** What text may refer to: expressions over constants and labels, and names given to registers. */
export interface Scope {
  /** The value of an expression, or why it has none. */
  number(text: string): bigint | Complaint;
  /** A name given by `name x = t7`, resolved; anything else comes back as it is. */
  resolve(text: string): string;
}
/** Why a text is not a value of the kind: what was found and what is allowed; `at` is the offset of the culprit in the text. */
export interface Complaint { readonly complaint: string; readonly at?: number }
export const isComplaint = (value: unknown): value is Complaint => typeof value === 'object' && value !== null && 'complaint' in value;

export type KindName =
  | 'unsigned' | 'signed' | 'flag' | 'choice' | 'destination' | 'source' | 'predicate' | 'tensor' | 'mode' | 'semaphore'
  | 'operand' | 'bare' | 'slot' | 'count';

/** W is the value as written. `legal` says which bit patterns are defined: all others trap `reserved`. */
export interface Kind<W = unknown> {
  readonly kind: KindName;
  readonly width: number;
  encode(value: W): number;
  decode(bits: number): W;
  print(value: W): string;
  parse(text: string, scope: Scope): W | Complaint;
  legal(bits: number): boolean;
  /** For the manual and the emitted checks: legal patterns as [lowest, highest]; absent when every pattern is legal. */
  readonly range?: readonly [number, number];
  /** Bit patterns that tests and the generator favour, simplest first; all legal. */
  readonly corners: readonly number[];
  readonly names?: readonly string[];
  /** All words and symbols that a choice is read from. */
  readonly words?: readonly string[];
  readonly role?: Role;
  readonly spaces?: readonly number[];
  readonly view?: OperandView;
}
/** How an operand is looked at: whole or only its element at index 0, with pads or not; UNKNOWN bytes in a `definite` one stop the run. */
export interface OperandView {
  readonly single?: boolean;
  readonly pads?: boolean;
  readonly definite?: boolean;
  /** A destination that is read too, where this field is not 0. */
  readonly updates?: string;
  /** Only the rows of the first dim, or the elements of the last one, that this index operand names are touched. */
  readonly picks?: { readonly by: string; readonly dim: 'first' | 'last' };
}

/** The field exists only where another field has one of these bit patterns. */
export interface Condition { readonly field: string; readonly is: readonly number[] }
/** A kind at its place. It exists where all conditions of `when` hold. */
export interface Field<W = unknown> extends Kind<W> {
  readonly word: number;
  readonly low: number;
  readonly when?: readonly Condition[];
  /** Text may leave it out when it has this value. */
  readonly omit?: W;
}
export const at = <W>(word: number, low: number, kind: Kind<W>, omit?: W): Field<W> =>
  omit === undefined ? { ...kind, word, low } : { ...kind, word, low, omit };
/** The field exists only where another one has one of the given bit patterns. */
export const when = <W>(field: string, is: number | readonly number[], of: Field<W>): Field<W> & { readonly when: readonly Condition[] } =>
  ({ ...of, when: [{ field, is: typeof is === 'number' ? [is] : is }, ...(of.when ?? [])] });

const top = (width: number): number => 2 ** width - 1;

export const unsigned = (width: number): Kind<number> => ({
  kind: 'unsigned', width, encode: (v) => v, decode: (b) => b, print: String,
  parse: (text, scope) => integer(text, scope, 0n, BigInt(top(width))),
  legal: () => true, corners: [0, 1, top(width), 2 ** (width - 1)],
});

export const signed = (width: number): Kind<number> => ({
  kind: 'signed', width,
  encode: (v) => (width === 32 ? v >>> 0 : v & top(width)),
  decode: (b) => (b >= 2 ** (width - 1) ? b - 2 ** width : b),
  print: String,
  // A 32-bit immediate may be written unsigned, as addresses and masks are.
  parse: (text, scope) => {
    const value = integer(text, scope, -(2n ** BigInt(width - 1)), width === 32 ? 0xffff_ffffn : BigInt(top(width - 1)));
    return isComplaint(value) || width !== 32 ? value : value | 0;
  },
  legal: () => true, corners: [0, 1, top(width), 2 ** (width - 1), 2 ** (width - 1) - 1],
});

/** A bit that is written as a word, or not at all. */
export const flag = (word: string): Kind<boolean> => ({
  kind: 'flag', width: 1, names: ['', word], words: [word], encode: (v) => (v ? 1 : 0), decode: (b) => b === 1, print: (v) => (v ? word : ''),
  parse: (text) => (text === word ? true : text === '' ? false : { complaint: `'${text}' is not '${word}'` }),
  legal: () => true, corners: [0, 1],
});

/** One of some names, numbered from 0; numbers beyond trap `reserved`. */
export const choice = <const N extends string>(width: number, ...names: readonly N[]): Kind<N> => ({
  kind: 'choice', width, names, words: names, encode: (v) => names.indexOf(v), decode: (b) => names[b]!, print: (v) => v,
  parse: (text) => (names.includes(text as N) ? (text as N) : { complaint: `'${text}' is not one of ${names.join(' ')}${didYouMean(text, names)}` }),
  legal: (b) => b < names.length, ...(names.length < 2 ** width ? { range: [0, names.length - 1] as const } : {}),
  corners: names.map((_, i) => i),
});

/** A choice that is written with symbols where it has some; its names are read too. */
export const faced = <N extends string>(kind: Kind<N>, faces: Readonly<Partial<Record<N, string>>>): Kind<N> => ({
  ...kind, words: [...kind.names!, ...Object.values<string>(faces as Record<string, string>)], print: (v) => faces[v] ?? v,
  parse: (text, scope) => {
    const face = Object.entries(faces).find(([, symbol]) => symbol === text);
    return face ? (face[0] as N) : kind.parse(text, scope);
  },
});

/** A set of bits, written as the names of those that are 1, or as a number. `names` begin at bit `first`. */
export const mask = (width: number, first: number, ...names: readonly string[]): Kind<number> => ({
  ...unsigned(width), names,
  print: (v) => (v !== 0 && v % 2 ** first === 0 && v < 2 ** (first + names.length) ? names.filter((_, i) => (v >>> (first + i)) & 1).join(' ') : String(v)),
  parse: (text, scope) => {
    const words = text.trim().split(/\s+/);
    const bits = words.map((word) => names.indexOf(word));
    return bits.includes(-1) ? unsigned(width).parse(text, scope) : bits.reduce((sum, bit) => (sum | (1 << (first + bit))) >>> 0, 0);
  },
});

/** A number between two bounds; others trap `reserved`. */
export const count = (width: number, least: number, most: number): Kind<number> => ({
  kind: 'count', width, encode: (v) => v, decode: (b) => b, print: String,
  parse: (text, scope) => integer(text, scope, BigInt(least), BigInt(most)),
  legal: (b) => b >= least && b <= most, range: [least, most],
  corners: Array.from({ length: Math.min(most - least + 1, 8) }, (_, i) => least + i),
});

/** A weight slot by number; the profile says how many there are (trap `slot`). */
export const slotNumber: Kind<number> = { ...unsigned(8), kind: 'slot', corners: [0, 1, 2, 255] };

/** A scalar register that is written; S0 is constant and traps `reserved`. */
export const destination: Kind<number> = { ...register('s', 5, 'destination'), legal: (b) => b !== 0, range: [1, 31], corners: [1, 2, 31] };
/** A scalar register that may be absent (S0). */
export const optionalDestination: Kind<number> = { ...register('s', 5, 'tensor'), kind: 'unsigned' };
/** A scalar register that is read; its value is captured. */
export const source: Kind<number> = zeroToo(register('s', 5, 'source'));
export const predicate: Kind<number> = { ...register('p', 3, 'predicate'), legal: (b) => b !== 0, range: [1, 7], corners: [1, 7] };
export const tensorNumber: Kind<number> = register('t', 6, 'tensor');
export const modeNumber: Kind<number> = register('n', 2, 'mode');
export const semaphore: Kind<number> = { ...register('m', 6, 'semaphore'), legal: (b) => b !== 0, range: [1, 63], corners: [1, 2, 63] };

/** A semaphore that may be absent (M0). */
export const optionalSemaphore: Kind<number> = { ...register('m', 6, 'semaphore'), kind: 'unsigned' };

/** Bits of a tensor operand: descriptor, offset register, immediate offset in elements (signed). */
export const operandParts = { t: { low: 0, width: 6 }, s: { low: 6, width: 5 }, imm: { low: 11, width: 13 } } as const;
/** The bit of a bare operand that says it is there; the descriptor lies below. */
export const BARE_PRESENT = 0x80;
export interface WrittenOperand { readonly t: number; readonly s: number; readonly imm: number }
export const operand = (role: Role, spaces: readonly number[], view: OperandView = {}): Kind<WrittenOperand> => ({
  kind: 'operand', width: 24, role, spaces, view,
  encode: ({ t, s, imm }) => t | (s << operandParts.s.low) | ((imm & top(operandParts.imm.width)) << operandParts.imm.low),
  decode: (b) => ({
    t: b & top(operandParts.t.width), s: (b >> operandParts.s.low) & top(operandParts.s.width),
    imm: ((b >> operandParts.imm.low) << (32 - operandParts.imm.width)) >> (32 - operandParts.imm.width),
  }),
  print: ({ t, s, imm }) => `t${t}${s && imm ? `[s${s} ${imm < 0 ? '-' : '+'} ${Math.abs(imm)}]` : s ? `[s${s}]` : imm ? `[${imm}]` : ''}`,
  parse: parseOperand,
  legal: () => true, corners: [0, 1, 63, 1 << 6, 31 << 6, 1 << 11, 0x0fff << 11, 0x1000 << 11, 0x1fff << 11],
});

/** The fourth operand: a bare descriptor, 0x80 | T, or 0 for none. */
export const bare = (role: Role, spaces: readonly number[], view: OperandView = {}): Kind<number | undefined> => ({
  kind: 'bare', width: 8, role, spaces, view,
  encode: (t) => (t === undefined ? 0 : BARE_PRESENT | t), decode: (b) => (b ? b & 63 : undefined),
  print: (t) => (t === undefined ? '' : `t${t}`),
  parse: (text, scope) => (text === '' ? undefined : numbered('t', 64, scope.resolve(text))),
  legal: (b) => b === 0 || (b & 0xc0) === 0x80, corners: [0, 0x80, 0x81, 0xbf],
});
/** A bare descriptor that must be there. */
export const bareRequired = (role: Role, spaces: readonly number[], view: OperandView = {}): Kind<number | undefined> =>
  ({ ...bare(role, spaces, view), legal: (b) => (b & 0xc0) === 0x80, corners: [0x80, 0x81, 0xbf] });

export const DRAM = SPACE_DRAM, SPM = SPACE_SPM, ACC = SPACE_ACC;

function register(letter: string, width: number, kind: KindName): Kind<number> {
  return {
    kind, width, encode: (v) => v, decode: (b) => b, print: (v) => `${letter}${v}`,
    parse: (text, scope) => numbered(letter, 2 ** width, scope.resolve(text)),
    legal: () => true, corners: [0, 1, top(width)],
  };
}

/** S0 may be written as the 0 that it is. */
function zeroToo(kind: Kind<number>): Kind<number> {
  return { ...kind, parse: (text, scope) => (text === '0' ? 0 : kind.parse(text, scope)) };
}

/** `t12`: a letter and a number below the count. */
function numbered(letter: string, many: number, text: string): number | Complaint {
  const found = /^([a-z])(\d+)$/.exec(text);
  if (found?.[1] !== letter) return { complaint: `'${text}' is not a register ${letter}0..${letter}${many - 1}` };
  const number = Number(found[2]);
  return number < many ? number : { complaint: `'${text}' does not exist; the registers are ${letter}0..${letter}${many - 1}` };
}

function integer(text: string, scope: Scope, least: bigint, most: bigint): number | Complaint {
  const value = scope.number(text);
  if (isComplaint(value)) return value;
  return value >= least && value <= most ? Number(value) : { complaint: `${value} does not fit; allowed is ${least}..${most}` };
}

function parseOperand(text: string, scope: Scope): WrittenOperand | Complaint {
  const parts = /^\s*([^[\]\s]+)\s*(?:\[(.*)\]\s*)?$/.exec(text);
  if (!parts) return { complaint: `'${text}' is not an operand; write t4, t4[s20], t4[16] or t4[s20 + 16]` };
  const t = numbered('t', 64, scope.resolve(parts[1]!));
  if (isComplaint(t)) return t;
  const inner = parts[2] ?? '0', from = text.indexOf('[') + 1;
  const offset = /^\s*(\w+)\s*(?:([+-])(.+))?$/.exec(inner);
  const s = offset ? numbered('s', 32, scope.resolve(offset[1]!)) : { complaint: '' };
  const immediate = isComplaint(s) ? inner : offset![3] === undefined ? '0' : offset![2]! + offset![3];
  const imm = integer(immediate, scope, -4096n, 4095n);
  if (isComplaint(imm)) return { ...imm, at: from + inner.length - immediate.length + (imm.at ?? immediate.search(/[^ +-]|$/)) };
  return { t, s: isComplaint(s) ? 0 : s, imm };
}
