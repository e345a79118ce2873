//! traces: another machine's trace against ours: any legal order of completion is accepted, the first wrong edge or field is named.
import { printInstruction } from '../assembler/disassembler.ts';
import { RetiredCursor } from '../cursor.ts';
import { order } from '../engine/order.ts';
import { Rejected } from '../failure.ts';
import { byOpcode } from '../instructions/set.ts';
import { UNIT_COUNT, unitNames } from '../limits.ts';
import { recordJson, type Told } from '../trace.ts';
import { operandLetters } from '../trace-json.ts';

/** strict: the order of the serial run. unit: in order within a unit, across units as far as needs say. final: what was written last, wherever. */
export const compareModes = ['strict', 'unit', 'final'] as const;
export type CompareMode = (typeof compareModes)[number];

export type MismatchKind = 'order' | 'edge' | 'field' | 'missing' | 'surplus' | 'region';
export interface Verdict {
  /** Undefined where the traces agree. */
  readonly kind: MismatchKind | undefined;
  readonly says: string;
  /** Records of the other side that were compared. */
  readonly records: number;
  /** Where in the other side's file, and what: only for a mismatch. */
  readonly place?: string;
  readonly at?: Named;
  readonly before?: Named;
  readonly field?: string;
  readonly expected?: unknown;
  readonly found?: unknown;
}
/** An instruction as people and tools call it. */
export interface Named { readonly unit: string; readonly order: number; readonly seq: number; readonly pc: number; readonly text: string }

export interface CompareOptions {
  readonly mode: CompareMode;
  /** Units whose records the other side has; of the others nothing is expected. */
  readonly units: readonly number[];
}

/** `ours` is the trace of a serial run, whole. Throws Rejected where it is none. Both are read as far as needed. */
export function compareTraces(ours: Iterable<RetiredCursor>, theirs: Iterable<Told>, { mode, units }: CompareOptions): Verdict {
  const reference = new Reference(ours, units);
  return mode === 'final' ? compareFinal(reference, theirs) : compareInOrder(reference, theirs, mode === 'strict');
}

interface Kept { readonly record: RetiredCursor; readonly needs: Uint32Array }

/** Our records ahead of theirs: those that they have not told yet, unit by unit. */
class Reference {
  readonly done: number[];
  private readonly records: Iterator<RetiredCursor>;
  private readonly follower = order();
  private readonly queues: Kept[][] = Array.from({ length: UNIT_COUNT }, () => []);
  private last = -1n;
  constructor(records: Iterable<RetiredCursor>, units: readonly number[]) {
    this.records = records[Symbol.iterator]();
    // What the other side does not tell has always happened.
    this.done = Array.from({ length: UNIT_COUNT }, (_, unit) => (units.includes(unit) ? 0 : Number.POSITIVE_INFINITY));
  }
  /** The unit's next record that has not been told; undefined behind the last. */
  next(unit: number): Kept | undefined {
    while (this.queues[unit]!.length === 0 && this.advance());
    return this.queues[unit]![0];
  }
  told(unit: number): void {
    this.queues[unit]!.shift();
    this.done[unit]!++;
  }
  /** Of the records that a unit's completion misses, the latest in program order. */
  missing(needs: Uint32Array): RetiredCursor | undefined {
    const late = this.queues.map((queue, unit) => queue[needs[unit]! - 1 - this.done[unit]!]).filter((kept) => kept !== undefined);
    return late.reduce<RetiredCursor | undefined>((latest, { record }) => (latest && latest.seq > record.seq ? latest : record), undefined);
  }
  /** The oldest record that has not been told, of those that are known. */
  oldest(): RetiredCursor | undefined {
    const heads = this.queues.flatMap((queue) => queue.slice(0, 1));
    return heads.reduce<RetiredCursor | undefined>((least, { record }) => (least && least.seq < record.seq ? least : record), undefined);
  }
  /** Read to the end; then `oldest` is what never came. */
  exhaust(): void { while (this.advance()); }

  private advance(): boolean {
    const next = this.records.next();
    if (next.done) return false;
    const bytes = next.value.bytes(), record = new RetiredCursor(new DataView(bytes.buffer));
    if (record.seq <= this.last) throw new Rejected([{ file: 'OURS', line: 0, column: 0, message: `seq ${record.seq} comes after seq ${this.last}: not the trace of a serial run; make it without --schedule` }]);
    this.last = record.seq;
    const needs = Uint32Array.from(this.follower.follow(record));
    if (this.done[record.unit] !== Number.POSITIVE_INFINITY) this.queues[record.unit]!.push({ record, needs });
    return true;
  }
}

function compareInOrder(reference: Reference, theirs: Iterable<Told>, isStrict: boolean): Verdict {
  let records = 0;
  for (const told of theirs) {
    const { unit, place } = told, count = reference.done[unit];
    if (count === undefined) return { kind: 'surplus', records, place, says: noUnit(unit) };
    if (count === Number.POSITIVE_INFINITY) continue;
    const kept = reference.next(unit), wrong = (rest: Omit<Verdict, 'records' | 'place'>): Verdict => ({ records, place, ...rest });
    if (!kept) return wrong({ kind: 'surplus', says: `${unitNames[unit]} #${told.order ?? count} retired, but the program has ${count} instructions of ${unitNames[unit]}` });
    const { record, needs } = kept, at = named(record);
    if (told.order !== undefined && told.order !== record.order) return wrong({ kind: 'order', at, says: `${textOf(at)} was expected, but ${at.unit} #${told.order} retired` });
    const early = isStrict ? reference.oldest() : reference.missing(needs);
    if (early && early.seq !== record.seq) {
      const before = named(early), semaphore = postOf(early);
      return wrong({ kind: 'edge', at, before, says: `${textOf(at)} retired before ${textOf(before)}${semaphore ? ` that posts m${semaphore}` : ''}` });
    }
    const field = firstDifference(record, told.like(record));
    if (field) return wrong({ kind: 'field', at, ...field, says: `${textOf(at)}: ${field.field}: expected ${shown(field.expected)}, found ${shown(field.found)}` });
    reference.told(unit);
    records++;
  }
  reference.exhaust();
  const never = reference.oldest();
  if (!never) return { kind: undefined, records, says: '' };
  return { kind: 'missing', records, at: named(never), says: `${textOf(named(never))} never retired` };
}

/** Of every written region the last digest, and of every unit the number of records. */
function compareFinal(reference: Reference, theirs: Iterable<Told>): Verdict {
  let records = 0;
  const last = new Map<string, RetiredCursor>(), found = new Map<string, RetiredCursor>();
  const noteTheirs = (record: RetiredCursor): void => {
    if (record.status !== 0) return;
    for (const region of regionsOf(record)) found.set(region, record);
  };
  const noteOurs = (record: RetiredCursor): void => {
    if (record.status !== 0) return;
    for (const region of regionsOf(record)) if ((last.get(region)?.seq ?? -1n) < record.seq) last.set(region, record);
  };
  for (const told of theirs) {
    const { unit, place } = told, count = reference.done[unit];
    if (count === undefined) return { kind: 'surplus', records, place, says: noUnit(unit) };
    if (count === Number.POSITIVE_INFINITY) continue;
    const kept = reference.next(unit);
    if (!kept) return { kind: 'surplus', records, place, says: `${unitNames[unit]} #${told.order ?? count} retired, but the program has ${count} instructions of ${unitNames[unit]}` };
    const bytes = told.like(kept.record).bytes();
    noteTheirs(new RetiredCursor(new DataView(bytes.buffer)));
    noteOurs(kept.record);
    reference.told(unit);
    records++;
  }
  reference.exhaust();
  const never = reference.oldest();
  if (never) return { kind: 'missing', records, at: named(never), says: `${textOf(named(never))} never retired` };
  // Records of one unit come in order on both sides, those of several units may not.
  for (const [region, theirRecord] of found) {
    const record = last.get(region), expected = record && digestOf(record, region), digest = digestOf(theirRecord, region);
    if (record && (expected === digest || !expected || !digest)) continue;
    const at = named(record ?? theirRecord), expectedText = record ? shown(expected) : 'no such region';
    return { kind: 'region', records, at, field: 'digest', expected, found: digest, says: `${region}, last written by ${textOf(at)}: expected ${expectedText}, found ${shown(digest)}` };
  }
  const [lost] = [...last].filter(([region]) => !found.has(region));
  if (lost) return { kind: 'region', records, at: named(lost[1]), says: `${lost[0]}, last written by ${textOf(named(lost[1]))}, is missing` };
  return { kind: undefined, records, says: '' };
}

type Shape = Readonly<Record<string, unknown>>;
const operandsOf = (record: RetiredCursor): Readonly<Record<string, Shape>> => (recordJson(record).operands ?? {}) as Readonly<Record<string, Shape>>;
const isWritten = ({ role }: Shape): boolean => role === 'write' || role === 'both';
const regionText = ({ space, dtype, bit_address: address, dims, strides }: Shape): string =>
  `${String(space)} ${String(dtype)} [${String(dims)}] at bit ${String(address)} stride [${String(strides)}]`;
const regionsOf = (record: RetiredCursor): readonly string[] => Object.values(operandsOf(record)).filter(isWritten).map(regionText);
function digestOf(record: RetiredCursor, region: string): number {
  const t = Object.values(operandsOf(record)).find((one) => isWritten(one) && regionText(one) === region);
  return Number(t?.digest ?? 0);
}

// ---- one record
/** The first field in which two records differ; `options` belongs to the schedule, and a digest counts where both sides have one. */
function firstDifference(ours: RetiredCursor, theirs: RetiredCursor): { readonly field: string; readonly expected: unknown; readonly found: unknown } | undefined {
  if (isEqual(ours, theirs)) return undefined;
  const a = recordJson(ours), b = recordJson(theirs);
  for (const field of fieldOrder) {
    if (JSON.stringify(a[field]) !== JSON.stringify(b[field])) return { field, expected: a[field] ?? 0, found: b[field] ?? 0 };
  }
  const mine = operandsOf(ours), other = operandsOf(theirs);
  for (const letter of operandLetters) {
    const x = mine[letter] ?? {}, y = other[letter] ?? {};
    for (const name of new Set([...Object.keys(x), ...Object.keys(y)])) {
      if (JSON.stringify(x[name]) === JSON.stringify(y[name]) || (name === 'digest' && (!x.digest || !y.digest))) continue;
      return { field: `${name} of ${letter}`, expected: x[name] ?? 'none', found: y[name] ?? 'none' };
    }
  }
  return undefined;
}
const fieldOrder = ['seq', 'pc', 'words', 'status', 'trap', 'auxiliary', 'address', 'scalars', 'mode', 'result', 'events'] as const;

function isEqual(a: RetiredCursor, b: RetiredCursor): boolean {
  const one = a.bytes(), other = b.bytes();
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

const noUnit = (unit: number): string => `unit ${unit} retired an instruction; units are 0 to ${UNIT_COUNT - 1}`;

function named(record: RetiredCursor): Named {
  return { unit: unitNames[record.unit] ?? String(record.unit), order: record.order, seq: Number(record.seq), pc: record.pc, text: printInstruction(record.words) };
}
/** `mxu #5 (seq 17, pc 12, mm.add t12, t8, slot 0)` */
const textOf = ({ unit, order: count, seq, pc, text }: Named): string => `${unit} #${count} (seq ${seq}, pc ${pc}, ${text})`;
const shown = (value: unknown): string => (typeof value === 'number' ? `0x${(value >>> 0).toString(16)}` : typeof value === 'string' ? value : JSON.stringify(value));
/** The semaphore that a record gives tokens to; 0 for none. */
function postOf(record: RetiredCursor): number {
  const isPost = byOpcode.get(record.word(0) & 255)?.mnemonic === 'post';
  return isPost ? record.word(1) & 63 : (record.word(0) >>> 18) & 63;
}
