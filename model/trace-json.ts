//! trace-json: one retirement as a line of a trace says it, and back; what is zero is left out.
import type { RetiredCursor } from './cursor.ts';
import { EVENT_COUNT, MODE_WORDS, RANK_MAX, ROLE_BOTH, spaceNames, trapName, trapNames, unitNames } from './limits.ts';
import { whatIs } from './json.ts';
import { formatByCode, formats } from './numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from './retirement.ts';

export const statusWords = ['done', 'nullified', 'trapped'] as const;
export const operandLetters = ['d', 'a', 'b', 'c'] as const;
const roleWords = ['none', 'read', 'write', 'both'] as const;
export type Json = Readonly<Record<string, unknown>>;

/** The record as a line of a trace says it: numbers by name where they have one, addresses of operands in bits. */
export function recordJson(record: RetiredCursor): Json {
  const { status, trap, options, result, auxiliary, address } = record;
  const list = (count: number, at: (i: number) => number): readonly number[] | undefined => {
    const all = Array.from({ length: count }, (_, i) => at(i));
    return all.some((word) => word !== 0) ? all : undefined;
  };
  const operands = operandLetters.flatMap((letter, i) => {
    const t = operandJson(record, i);
    return t ? [[letter, t] as const] : [];
  });
  return present({
    seq: number(record.seq),
    pc: record.pc,
    unit: unitNames[record.unit] ?? record.unit,
    order: record.order,
    status: statusWords[status] ?? status,
    trap: trap ? trapName(trap) : undefined,
    auxiliary: auxiliary || undefined,
    address: address ? number(address) : undefined,
    words: record.words.map((word) => word.toString(16).padStart(8, '0')).join(' '),
    scalars: list(2, (i) => record.scalar(i)),
    mode: list(MODE_WORDS, (i) => record.mode(i)),
    options: options || undefined,
    result: result || undefined,
    events: list(EVENT_COUNT, (i) => record.event(i)),
    operands: operands.length ? Object.fromEntries(operands) : undefined,
  });
}

/** What a partial trace may tell; `operands` is their geometry, `digest` the check sum of what was written. */
export const toldFields = [
  'unit', 'order', 'seq', 'pc', 'status', 'trap', 'auxiliary', 'address', 'words', 'scalars', 'mode', 'result', 'events', 'operands', 'digest',
] as const;

export const unitOf = (json: Json): number => named(json.unit, unitNames, 'unit');

/** A record's object that tells some fields; the others are those of another one. What it tells and leaves out is zero. */
export function mergedJson(told: Json, other: Json, fields: readonly string[]): Json {
  const of = (name: string): unknown => (fields.includes(name) ? told[name] : other[name]),
    plain = toldFields.filter((name) => name !== 'operands' && name !== 'digest').map((name) => [name, of(name)] as const);
  const tellsShape = fields.includes('operands'),
    tellsDigest = fields.includes('digest'),
    mine = told.operands === undefined ? {} : object(told.operands, 'operands'),
    others = other.operands === undefined ? {} : object(other.operands, 'operands');
  const operands = Object.keys(tellsShape ? mine : others).map((letter) => {
    const from = mine[letter] === undefined ? {} : object(mine[letter], `operand ${letter}`),
      beside = (others[letter] ?? {}) as Json;
    return [letter, present({ ...(tellsShape ? from : beside), digest: (tellsDigest ? from : beside).digest })] as const;
  });
  return present({ ...Object.fromEntries(plain), operands: operands.length > 0 ? Object.fromEntries(operands) : undefined });
}

function operandJson(record: RetiredCursor, position: number): Json | undefined {
  const t = record.operand(position);
  if (!t) return undefined;
  return present({
    role: roleWords[t.role],
    t: t.t,
    space: spaceNames[t.space] ?? t.space,
    dtype: formatByCode(t.dtype)?.name ?? t.dtype,
    rank: t.rank === t.dims.length ? undefined : t.rank,
    bit_address: number(t.address),
    dims: t.dims,
    strides: t.strides,
    lo: t.padLow || undefined,
    hi: t.padHigh || undefined,
    fill: t.fill || undefined,
    digest: t.digest || undefined,
  });
}
const present = (all: Json): Json => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
const number = (value: bigint): number | string => (value >= -(2n ** 53n) && value <= 2n ** 53n ? Number(value) : String(value));

/** The record of a line's object. Throws Malformed: the caller knows the line. */
export function recordOf(json: Json): Uint8Array {
  const operands = json.operands === undefined ? {} : object(json.operands, 'operands');
  const count = 1 + Math.max(-1, ...Object.keys(operands).map((letter) => (operandLetters as readonly string[]).indexOf(letter)));
  const bytes = new Uint8Array(HEAD_BYTES + count * operandLayout.size),
    view = new DataView(bytes.buffer),
    { at } = retirementLayout;
  const u32 = (offset: number, value: number): void => view.setUint32(offset, value, true);
  const words = typeof json.words === 'string' ? json.words.split(' ') : [];
  if (words.length !== 4 || !words.every((word) => /^[\da-f]{8}$/.test(word)))
    throw new Malformed("'words' are four words of eight hexadecimal digits");
  view.setUint16(at.bytes, bytes.length, true);
  bytes[at.unit] = named(json.unit, unitNames, 'unit');
  bytes[at.operandCount] = count;
  bytes[at.trap] = json.trap === undefined ? 0 : trapCode(json.trap);
  bytes[at.status] = named(json.status, statusWords, 'status');
  bytes[at.options] = whole(json.options ?? 0, 255, 'options');
  view.setBigInt64(at.seq, big(json.seq, 'seq'), true);
  u32(at.pc, word32(json.pc, 'pc'));
  words.forEach((text, i) => {
    u32(at.words + 4 * i, Number.parseInt(text, 16));
  });
  numbers(json.scalars ?? [], 2, 'scalars').forEach((value, i) => {
    u32(at.scalars + 4 * i, value);
  });
  numbers(json.mode ?? [], MODE_WORDS, 'mode').forEach((value, i) => {
    u32(at.mode + 4 * i, value);
  });
  u32(at.order, word32(json.order, 'order'));
  u32(at.result, word32(json.result ?? 0, 'result'));
  u32(at.auxiliary, word32(json.auxiliary ?? 0, 'auxiliary'));
  numbers(json.events ?? [], EVENT_COUNT, 'events').forEach((value, i) => {
    u32(at.events + 4 * i, value);
  });
  view.setBigInt64(at.address, big(json.address ?? 0, 'address'), true);
  for (const [letter, operand] of Object.entries(operands)) {
    const position = (operandLetters as readonly string[]).indexOf(letter);
    if (position < 0) throw new Malformed(`operand '${letter}'; allowed: ${operandLetters.join(' ')}`);
    writeOperand(view, HEAD_BYTES + position * operandLayout.size, object(operand, `operand ${letter}`));
  }
  return bytes;
}

function writeOperand(view: DataView, start: number, json: Json): void {
  const { at } = operandLayout,
    dims = numbers(json.dims ?? [], RANK_MAX, 'dims'),
    strides = list(json.strides ?? [], RANK_MAX, 'strides');
  const u8 = (name: 'space' | 'dtype' | 'rank' | 'role' | 't', value: number): void => view.setUint8(start + at[name], value);
  const u32 = (name: 'padLow' | 'padHigh' | 'fill' | 'digest', value: unknown): void =>
    view.setUint32(start + at[name], word32(value ?? 0, name), true);
  const format = formats.find(({ name }) => name === json.dtype),
    role = roleWords.indexOf(json.role as 'read');
  if (role < 1 || role > ROLE_BOTH) throw new Malformed(`'role' is ${whatIs(json.role)}; allowed: read write both`);
  u8('role', role);
  u8('t', whole(json.t, 255, 't'));
  u8('space', named(json.space, spaceNames, 'space'));
  u8('dtype', format ? format.code : whole(json.dtype, 255, 'dtype'));
  const rank = whole(json.rank ?? dims.length, 255, 'rank');
  u8('rank', rank);
  for (const [name, { length }] of Object.entries({ dims, strides })) if (length > rank) throw new Malformed(`${length} ${name} of an operand of rank ${rank}`);
  view.setBigInt64(start + at.address, big(json.bit_address, 'bit_address'), true);
  dims.forEach((dim, i) => {
    view.setUint32(start + at.dims + 4 * i, dim, true);
  });
  strides.forEach((stride, i) => {
    view.setInt32(start + at.strides + 4 * i, whole(stride, 2 ** 31 - 1, 'stride', -(2 ** 31)), true);
  });
  u32('padLow', json.lo);
  u32('padHigh', json.hi);
  u32('fill', json.fill);
  u32('digest', json.digest);
}

/** What is wrong with a line, on its way to where the line's number is known. */
export class Malformed {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}
export function parsed(line: string, otherwise = 'not JSON; is the file truncated?'): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new Malformed(otherwise);
  }
}
export function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what}: not an object`);
  return value as Json;
}
export function whole(value: unknown, most: number, what: string, least = 0): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new Malformed(`'${what}' is ${whatIs(value)}; allowed: ${least} to ${most}`);
  return value;
}
const word32 = (value: unknown, what: string): number => whole(value, 0xffff_ffff, what);
function list(value: unknown, most: number, what: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Malformed(`'${what}' is not a list of at most ${most} numbers`);
  return value as readonly unknown[];
}
const numbers = (value: unknown, most: number, what: string): readonly number[] => list(value, most, what).map((one) => word32(one, what));
function big(value: unknown, what: string): bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  const found = typeof text === 'string' && /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  if (found === undefined || BigInt.asIntN(64, found) !== found)
    throw new Malformed(`'${what}' is ${whatIs(value)}; allowed: a whole number of 64 bits`);
  return found;
}
export function named(value: unknown, names: readonly string[], what: string): number {
  const found = typeof value === 'string' ? names.indexOf(value) : -1;
  return found >= 0 ? found : whole(value, 255, what);
}
function trapCode(value: unknown): number {
  const found = Object.entries(trapNames).find(([, name]) => name === value)?.[0];
  return found === undefined ? whole(typeof value === 'string' && /^0x[\da-f]{1,2}$/.test(value) ? Number(value) : value, 255, 'trap') : Number(found);
}
