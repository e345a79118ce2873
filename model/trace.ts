//! trace: retirements in a file: one line of JSON each, or the binary records behind a magic line; written, read back and filtered.
import { RetiredCursor } from './cursor.ts';
import { Rejected } from './failure.ts';
import { byOpcode } from './instructions/set.ts';
import {
  EVENT_COUNT,
  MODE_WORDS,
  OPERAND_MAX,
  RANK_MAX,
  ROLE_BOTH,
  RETIRED_DONE,
  spaceNames,
  trapName,
  trapNames,
  unitNames,
} from './limits.ts';
import { formatByCode, formats } from './numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from './retirement.ts';

export type TraceKind = 'jsonl' | 'binary';
/** Which machine the records are of; `hash` is the profile's. */
export interface TraceHeader {
  readonly profile: string;
  readonly hash: string;
}
export interface Trace {
  readonly kind: TraceKind;
  readonly header: TraceHeader;
  /** One reused cursor. Throws Rejected where the file is malformed or ends within a record. */
  readonly records: Generator<RetiredCursor, void>;
}

const MAGIC = 'systole-trace',
  VERSION = 1,
  HEADER_ALIGNMENT = 64,
  LINE_MAX = 2 ** 16;
export const statusWords = ['done', 'nullified', 'trapped'] as const;
const roleWords = ['none', 'read', 'write', 'both'] as const,
  operandLetters = ['d', 'a', 'b', 'c'] as const;

/** The beginning of a file: a line of JSON, or a line of text filled up to a multiple of 64 bytes. */
export function traceHeader(kind: TraceKind, { profile, hash }: TraceHeader): Uint8Array {
  if (kind === 'jsonl') return utf8(`${JSON.stringify({ format: MAGIC, version: VERSION, profile, hash })}\n`);
  const line = `${MAGIC} ${VERSION} ${hash} ${profile}`,
    bytes = Math.ceil((utf8(line).length + 1) / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  return utf8(`${line}${' '.repeat(bytes - utf8(line).length - 1)}\n`);
}

/** A record as it stands in a file. */
export const traceRecord = (kind: TraceKind, record: RetiredCursor): Uint8Array =>
  kind === 'binary' ? record.bytes() : utf8(`${JSON.stringify(recordJson(record))}\n`);

/** Read a file that comes in pieces. Throws Rejected when it is no trace. */
export function readTrace(pieces: Iterable<Uint8Array>, file: string): Trace {
  const source = new Source(pieces);
  const first = source.line(LINE_MAX);
  if (first === undefined)
    throw refused(file, 0, source.isEmpty() ? 'the file is empty' : `no trace: its first line is not '${MAGIC} ${VERSION} …'`);
  if (first.startsWith('{')) return { kind: 'jsonl', header: jsonHeader(first, file), records: jsonRecords(source, file) };
  const found = /^systole-trace (\d+) ([\da-f]{64}) (.*?) *$/.exec(first);
  if (!found) throw refused(file, 1, `no trace: its first line is not '${MAGIC} ${VERSION} …'`);
  if (Number(found[1]) !== VERSION) throw refused(file, 1, `version ${found[1]} of the format; allowed: ${VERSION}`);
  return { kind: 'binary', header: { hash: found[2]!, profile: found[3]! }, records: binaryRecords(source, file) };
}

/** What records must be to pass; an absent criterion lets everything pass. Ranges hold both ends. */
export interface TraceFilter {
  readonly units?: readonly number[];
  readonly mnemonics?: readonly string[];
  readonly pc?: readonly [number, number];
  readonly seq?: readonly [bigint, bigint];
  readonly statuses?: readonly number[];
  /** Records with an operand whose hull meets these bytes. */
  readonly touches?: { readonly space: number; readonly low: bigint; readonly high: bigint };
}

export function passes({ units, mnemonics, pc, seq, statuses, touches }: TraceFilter): (record: RetiredCursor) => boolean {
  const opcodes = mnemonics && new Set([...byOpcode].filter(([, { mnemonic }]) => mnemonics.includes(mnemonic)).map(([opcode]) => opcode));
  return (record) =>
    (!units || units.includes(record.unit)) &&
    (!opcodes || opcodes.has(record.word(0) & 255)) &&
    (!pc || (record.pc >= pc[0] && record.pc <= pc[1])) &&
    (!seq || (record.seq >= seq[0] && record.seq <= seq[1])) &&
    (!statuses || statuses.includes(record.status)) &&
    (!touches || operandLetters.some((_, i) => meets(record, i, touches)));
}

function meets(record: RetiredCursor, position: number, { space, low, high }: NonNullable<TraceFilter['touches']>): boolean {
  const t = record.operand(position),
    width = BigInt(formatByCode(t?.dtype ?? 0)?.width ?? 0);
  if (!t || t.space !== space || t.dims.includes(0)) return false;
  let least = t.address,
    most = t.address + width - 1n;
  t.dims.forEach((dim, axis) => {
    const reach = BigInt(dim - 1) * BigInt(t.strides[axis]!) * width;
    if (reach < 0n) least += reach;
    else most += reach;
  });
  return least >> 3n <= high && most >> 3n >= low;
}

// ---- one record and its JSON; what is zero is left out
type Json = Readonly<Record<string, unknown>>;

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

/** The record of a line. Throws a message (the caller knows the line). */
function recordOf(line: string): Uint8Array {
  const json = object(parsed(line), 'a record'),
    operands = json.operands === undefined ? {} : object(json.operands, 'operands');
  const count = 1 + Math.max(-1, ...Object.keys(operands).map((letter) => (operandLetters as readonly string[]).indexOf(letter)));
  const bytes = new Uint8Array(HEAD_BYTES + count * operandLayout.size),
    view = new DataView(bytes.buffer),
    { at } = retirementLayout;
  const u32 = (offset: number, value: number): void => view.setUint32(offset, value, true);
  const words = String(json.words).split(' ');
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
  if (role < 1 || role > ROLE_BOTH) throw new Malformed(`role '${String(json.role)}'; allowed: read write both`);
  u8('role', role);
  u8('t', whole(json.t, 255, 't'));
  u8('space', named(json.space, spaceNames, 'space'));
  u8('dtype', format ? format.code : whole(json.dtype, 255, 'dtype'));
  u8('rank', whole(json.rank ?? dims.length, 255, 'rank'));
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
class Malformed {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new Malformed('no JSON; is the file truncated?');
  }
}
function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what}: no object`);
  return value as Json;
}
function whole(value: unknown, most: number, what: string, least = 0): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new Malformed(`'${what}' is ${JSON.stringify(value)}; allowed: ${least} to ${most}`);
  return value;
}
const word32 = (value: unknown, what: string): number => whole(value, 0xffff_ffff, what);
function list(value: unknown, most: number, what: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Malformed(`'${what}' is no list of at most ${most} numbers`);
  return value as readonly unknown[];
}
const numbers = (value: unknown, most: number, what: string): readonly number[] => list(value, most, what).map((one) => word32(one, what));
function big(value: unknown, what: string): bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  const found = typeof text === 'string' && /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  if (found === undefined || BigInt.asIntN(64, found) !== found)
    throw new Malformed(`'${what}' is ${JSON.stringify(value)}; allowed: a whole number of 64 bits`);
  return found;
}
function named(value: unknown, names: readonly string[], what: string): number {
  const found = names.indexOf(String(value));
  return found >= 0 ? found : whole(value, 255, what);
}
function trapCode(value: unknown): number {
  const found = Object.entries(trapNames).find(([, name]) => name === value)?.[0];
  return found === undefined ? whole(Number(value), 255, 'trap') : Number(found);
}

// ---- files
function jsonHeader(line: string, file: string): TraceHeader {
  const { format, version, profile, hash } = attempt(() => object(parsed(line), 'the first line'), file, 1);
  if (format !== MAGIC) throw refused(file, 1, `no trace: 'format' is ${JSON.stringify(format)}; allowed: "${MAGIC}"`);
  if (version !== VERSION) throw refused(file, 1, `version ${JSON.stringify(version)} of the format; allowed: ${VERSION}`);
  if (typeof profile !== 'string' || typeof hash !== 'string' || !/^[\da-f]{64}$/.test(hash))
    throw refused(file, 1, "'profile' and 'hash' are missing");
  return { profile, hash };
}

function* jsonRecords(source: Source, file: string): Generator<RetiredCursor, void> {
  for (let number = 2; ; number++) {
    const line = source.line(LINE_MAX);
    if (line === undefined && source.isEmpty()) return;
    if (line === undefined)
      throw refused(
        file,
        number,
        source.isLong(LINE_MAX) ? `a line of more than ${LINE_MAX} bytes` : 'the last line is not ended; is the file truncated?',
      );
    const bytes = attempt(() => recordOf(line), file, number);
    yield new RetiredCursor(new DataView(bytes.buffer));
  }
}

function* binaryRecords(source: Source, file: string): Generator<RetiredCursor, void> {
  for (let number = 1; ; number++) {
    const size = source.peek16();
    if (size === undefined && source.isEmpty()) return;
    const isSize =
      size !== undefined &&
      size >= HEAD_BYTES &&
      size <= HEAD_BYTES + OPERAND_MAX * operandLayout.size &&
      (size - HEAD_BYTES) % operandLayout.size === 0;
    if (size !== undefined && !isSize) throw refused(file, 0, `record ${number} says it has ${size} bytes, as no record has`);
    const bytes = size === undefined ? undefined : source.take(size);
    if (!bytes) throw refused(file, 0, `the file ends within record ${number}; is it truncated?`);
    if (bytes[retirementLayout.at.operandCount]! > OPERAND_MAX || bytes[retirementLayout.at.status]! > RETIRED_DONE + 2)
      throw refused(file, 0, `record ${number} is no retirement`);
    yield new RetiredCursor(new DataView(bytes.buffer));
  }
}

function attempt<Result>(act: () => Result, file: string, line: number): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof Malformed) throw refused(file, line, error.message);
    throw error;
  }
}
const refused = (file: string, line: number, message: string): Rejected => new Rejected([{ file, line, column: line ? 1 : 0, message }]);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes that come in pieces, taken line by line or record by record. */
class Source {
  private readonly pieces: Iterator<Uint8Array>;
  private held: Uint8Array = new Uint8Array(0);
  private at = 0;
  constructor(pieces: Iterable<Uint8Array>) {
    this.pieces = pieces[Symbol.iterator]();
  }
  isEmpty(): boolean {
    return !this.has(1);
  }
  isLong(most: number): boolean {
    return this.has(most);
  }
  /** Up to a line feed, which is taken too; undefined where there is none within `most` bytes. */
  line(most: number): string | undefined {
    for (let from = this.at; ; ) {
      const end = this.held.indexOf(10, from);
      if (end >= 0) {
        const text = new TextDecoder().decode(this.held.subarray(this.at, end));
        this.at = end + 1;
        return text;
      }
      const seen = this.held.length - this.at;
      if (seen >= most || !this.has(seen + 1)) return undefined;
      from = this.at + seen;
    }
  }
  peek16(): number | undefined {
    return this.has(2) ? this.held[this.at]! | (this.held[this.at + 1]! << 8) : undefined;
  }
  take(count: number): Uint8Array | undefined {
    if (!this.has(count)) return undefined;
    this.at += count;
    return this.held.slice(this.at - count, this.at);
  }
  /** Are so many bytes left? Fetches pieces until they are there. */
  private has(count: number): boolean {
    while (this.held.length - this.at < count) {
      const next = this.pieces.next();
      if (next.done) return false;
      const left = this.held.subarray(this.at),
        joined = new Uint8Array(left.length + next.value.length);
      joined.set(left);
      joined.set(next.value, left.length);
      this.held = joined;
      this.at = 0;
    }
    return true;
  }
}
