//! trace: retirements in a file: one line of JSON each, or the binary records, or their words in hexadecimal, behind a magic line; written, read back and filtered.
import { RetiredCursor } from './cursor.ts';
import { didYouMean, Rejected } from './failure.ts';
import { hexWords, readHex } from './files/readmemh.ts';
import { filled, sparse } from './files/section.ts';
import { extent, type Layout } from './isa/layout.ts';
import { whatIs } from './json.ts';
import { byOpcode } from './instructions/set.ts';
import { OPERAND_MAX, RANK_MAX, RETIRED_DONE, ROLE_BOTH } from './limits.ts';
import { formatByCode } from './numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from './retirement.ts';
import { Malformed, mergedJson, object, operandLetters, parsed, recordJson, recordOf, toldFields, unitOf, whole } from './trace-json.ts';

export { recordJson, statusWords } from './trace-json.ts';

export type TraceKind = 'jsonl' | 'binary';
/** Which machine the records are of; `hash` is the profile's. */
export interface TraceHeader {
  readonly profile: string;
  readonly hash: string;
  /** What the lines of a partial trace tell, names of toldFields; absent: everything. A partial one may leave out the hash, which is '' then. */
  readonly fields?: readonly string[];
}
export interface Trace {
  readonly kind: TraceKind;
  readonly header: TraceHeader;
  /** One reused cursor. Throws Rejected where the file is malformed or ends within a record. */
  readonly records: Generator<RetiredCursor, void>;
}

/** A record of a trace that may be partial. */
export interface Told {
  readonly unit: number;
  /** Undefined where the trace does not tell it. */
  readonly order: number | undefined;
  /** Line or record, for messages. */
  readonly place: string;
  /** The record, what it does not tell taken from another one. Throws Rejected where it is malformed. */
  readonly like: (other: RetiredCursor) => RetiredCursor;
}
export interface ToldTrace {
  readonly kind: TraceKind;
  readonly header: TraceHeader;
  readonly records: Generator<Told, void>;
}

const MAGIC = 'systole-trace',
  VERSION = 1,
  HEADER_ALIGNMENT = 64,
  LINE_MAX = 2 ** 16,
  /** Records hold few zeros in a row: bytes of a trace in hexadecimal for each character of its text, at most, and beside them. */
  HEX_BYTES_PER_CHARACTER = 64,
  HEX_BYTES_BESIDE = 4096;

/** What the binary form begins with, and in a comment the hexadecimal one. */
const traceLine = ({ profile, hash }: TraceHeader): string => `${MAGIC} ${VERSION} ${hash} ${profile}`;

/** The beginning of a file: a line of JSON, or a line of text filled up to a multiple of 64 bytes. */
export function traceHeader(kind: TraceKind, header: TraceHeader): Uint8Array {
  const { profile, hash } = header;
  if (kind === 'jsonl') return utf8(`${JSON.stringify({ format: MAGIC, version: VERSION, profile, hash })}\n`);
  const line = traceLine(header),
    bytes = Math.ceil((utf8(line).length + 1) / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  return utf8(`${line}${' '.repeat(bytes - utf8(line).length - 1)}\n`);
}

/** A record as it stands in a file. */
export const traceRecord = (kind: TraceKind, record: RetiredCursor): Uint8Array =>
  kind === 'binary' ? record.bytes() : utf8(`${JSON.stringify(recordJson(record))}\n`);

/** A binary trace as $readmemh words, for a memory of zeros; `records` are the bytes of all of them. */
export const traceWords = (header: TraceHeader, records: Uint8Array): string => hexWords(sparse(records, 4), 4, traceLine(header));

/** Read a file that comes in pieces. Throws Rejected when it is no trace, or a partial one. */
export function readTrace(pieces: Iterable<Uint8Array>, file: string): Trace {
  const { kind, header, source } = opened(pieces, file);
  if (header.fields) throw refused(file, 1, `a partial trace, of ${header.fields.join(' ')}; only systole compare reads it`);
  return { kind, header, records: kind === 'jsonl' ? jsonRecords(source, file) : binaryRecords(source, file) };
}

/** Read a file that tells what its maker knows. Throws Rejected when it is no trace. */
export function readTold(pieces: Iterable<Uint8Array>, file: string): ToldTrace {
  const { kind, header, source } = opened(pieces, file);
  return { kind, header, records: kind === 'jsonl' ? toldRecords(source, file, header.fields) : toldWhole(binaryRecords(source, file)) };
}

function opened(pieces: Iterable<Uint8Array>, file: string): Pick<Trace, 'kind' | 'header'> & { readonly source: Source } {
  const source = new Source(pieces),
    first = source.line(LINE_MAX);
  if (first === undefined)
    throw refused(file, 0, source.isEmpty() ? 'the file is empty' : `not a trace: its first line is not '${MAGIC} ${VERSION} …'`);
  if (first.startsWith('{')) return { kind: 'jsonl', header: jsonHeader(first, file), source };
  const found = /^(\/\/ )?systole-trace (\d+) ([\da-f]{64}) (.*?) *$/.exec(first);
  if (!found) throw refused(file, 1, `not a trace: its first line is not '${MAGIC} ${VERSION} …'`);
  if (Number(found[2]) !== VERSION) throw refused(file, 1, `version ${found[2]} of the format; allowed: ${VERSION}`);
  return { kind: 'binary', header: { hash: found[3]!, profile: found[4]! }, source: found[1] ? new Source([hexBytes(source.rest(), file)]) : source };
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

// ---- files
function jsonHeader(line: string, file: string): TraceHeader {
  const otherwise = line.includes(MAGIC) ? undefined : `not a trace: its first line is not {"format":"${MAGIC}","version":${VERSION}, …}`;
  const { format, version, profile, hash, fields } = attempt(() => object(parsed(line, otherwise), 'the first line'), file, 1);
  if (format !== MAGIC) throw refused(file, 1, `not a trace: 'format' is ${whatIs(format)}; allowed: "${MAGIC}"`);
  if (version !== VERSION) throw refused(file, 1, `version ${whatIs(version)} of the format; allowed: ${VERSION}`);
  const isHash = typeof hash === 'string' && /^[\da-f]{64}$/.test(hash);
  if (fields === undefined) {
    if (typeof profile === 'string' && isHash) return { profile, hash };
    throw refused(file, 1, "'profile' and 'hash' are missing");
  }
  const unknown = Array.isArray(fields) ? fields.find((name) => !(toldFields as readonly unknown[]).includes(name)) : fields;
  if (!Array.isArray(fields) || unknown !== undefined)
    throw refused(file, 1, `'fields' names ${whatIs(unknown)}${typeof unknown === 'string' ? didYouMean(unknown, toldFields) : ''}; allowed: ${toldFields.join(' ')}`);
  if (!fields.includes('unit')) throw refused(file, 1, "'fields' lacks unit, without which no record can be told from another");
  if (hash !== undefined && !isHash) throw refused(file, 1, "'hash' is not a SHA-256");
  return { profile: typeof profile === 'string' ? profile : '', hash: isHash ? hash : '', fields: fields as string[] };
}

/** Lines that are ended, with their numbers. */
function* linesOf(source: Source, file: string): Generator<readonly [line: string, number: number], void> {
  for (let number = 2; ; number++) {
    const line = source.line(LINE_MAX);
    if (line === undefined && source.isEmpty()) return;
    if (line === undefined)
      throw refused(
        file,
        number,
        source.isLong(LINE_MAX) ? `a line of more than ${LINE_MAX} bytes` : 'the last line is not ended; is the file truncated?',
      );
    yield [line, number];
  }
}
/** The records of a trace in hexadecimal: words that no line brings are 0. */
function hexBytes(text: string, file: string): Uint8Array {
  // The line before was the first one.
  const { sections } = readHex(`\n${text}`, file, 4),
    most = HEX_BYTES_BESIDE + HEX_BYTES_PER_CHARACTER * text.length,
    far = sections.find(({ address, bytes }) => address + bytes.length > most);
  if (far) throw refused(file, 0, `has words up to byte 0x${(far.address + far.bytes.length).toString(16)}, where ${text.length} characters of text can hold records up to 0x${most.toString(16)}`);
  return filled(sections);
}
const cursorOf = (bytes: Uint8Array): RetiredCursor => new RetiredCursor(new DataView(bytes.buffer));

function* jsonRecords(source: Source, file: string): Generator<RetiredCursor, void> {
  for (const [line, number] of linesOf(source, file)) yield cursorOf(attempt(() => recordOf(object(parsed(line), 'a record')), file, number));
}

function* toldRecords(source: Source, file: string, fields: readonly string[] = toldFields): Generator<Told, void> {
  for (const [line, number] of linesOf(source, file)) {
    const json = attempt(() => object(parsed(line), 'a record'), file, number);
    yield {
      unit: attempt(() => unitOf(json), file, number),
      order: fields.includes('order') ? attempt(() => whole(json.order, 0xffff_ffff, 'order'), file, number) : undefined,
      place: `line ${number}`,
      like: (other) => cursorOf(attempt(() => recordOf(mergedJson(json, recordJson(other), fields)), file, number)),
    };
  }
}
function* toldWhole(records: Iterable<RetiredCursor>): Generator<Told, void> {
  let number = 0;
  for (const record of records) yield { unit: record.unit, order: record.order, place: `record ${++number}`, like: () => record };
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
      throw refused(file, 0, `record ${number} is not a retirement`);
    const flaw = flawOf(bytes);
    if (flaw !== undefined) throw refused(file, 0, `record ${number} ${flaw}`);
    yield new RetiredCursor(new DataView(bytes.buffer));
  }
}

/** Bytes of a record, below `end`, that are of no item. */
const spareOf = ({ items }: Layout, end: number): readonly number[] =>
  Array.from({ length: end }, (_, byte) => byte).filter((byte) =>
    items.every(({ item, offset }) => {
      const { size, count } = extent(item);
      return byte < offset || byte >= offset + size * count;
    }),
  );
const spareOfHead = spareOf(retirementLayout, HEAD_BYTES),
  spareOfOperand = spareOf(operandLayout, operandLayout.size);

/** What a line of JSON would not say again: bytes of operands that are not there, or of no item. */
function flawOf(bytes: Uint8Array): string | undefined {
  const count = bytes[retirementLayout.at.operandCount]!,
    { at, size } = operandLayout;
  if (bytes.length !== HEAD_BYTES + count * size) return `has ${bytes.length} bytes, where ${count} operands make ${HEAD_BYTES + count * size}`;
  if (spareOfHead.some((byte) => bytes[byte] !== 0)) return 'has bytes between its items that are not 0';
  for (let i = 0; i < count; i++) {
    const operand = bytes.subarray(HEAD_BYTES + i * size, HEAD_BYTES + (i + 1) * size),
      role = operand[at.role]!,
      isLast = i === count - 1,
      name = `has operand ${operandLetters[i]}`;
    if (role > ROLE_BOTH || (role === 0 && (isLast || operand.some((byte) => byte !== 0)))) return `${name} without a role`;
    if (spareOfOperand.some((byte) => operand[byte] !== 0)) return `${name} with bytes between its items that are not 0`;
    for (let axis = Math.min(RANK_MAX, role === 0 ? RANK_MAX : operand[at.rank]!); axis < RANK_MAX; axis++)
      for (let byte = 0; byte < 4; byte++) if (operand[at.dims + 4 * axis + byte] || operand[at.strides + 4 * axis + byte]) return `${name} with dims beyond its rank`;
  }
  return undefined;
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
      if (end > this.at + most) return undefined;
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
  /** Everything that is left, as text. */
  rest(): string {
    const decoder = new TextDecoder();
    let text = decoder.decode(this.held.subarray(this.at), { stream: true });
    for (let next = this.pieces.next(); !next.done; next = this.pieces.next()) text += decoder.decode(next.value, { stream: true });
    this.held = new Uint8Array((this.at = 0));
    return text + decoder.decode();
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
