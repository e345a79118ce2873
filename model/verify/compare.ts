//! compare: what a device shows of a run, and the first thing in which two runs differ.
import type { RetiredCursor } from '../cursor.ts';
import type { Device, Program, RunOptions } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { NUMERIC_CSR, NUMERIC_CSR_STEP, NUMERIC_MORE_CSR, type StatusName, unitNames } from '../limits.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../retirement.ts';
import { hexBytes, itemAt, placeAt, windowSays } from './place.ts';

/** Everything that is observable: records, how the run ended, architectural state, and the host's window as it reads afterwards. */
export interface Observed {
  readonly device: string;
  readonly status: StatusName;
  readonly steps: number;
  readonly options: Uint8Array;
  readonly records: readonly Uint8Array[];
  readonly snapshot: Uint8Array;
  readonly window: readonly number[];
}

const range = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => from + NUMERIC_CSR_STEP * i);
/** Registers of the window that are compared: fault, interrupts, semaphores, counters. Reading them in order latches upper halves. */
const windowOffsets: readonly number[] = [
  0x44, 0x48, 0x50, ...Array.from({ length: 13 }, (_, i) => 0x200 + 4 * i), ...Array.from({ length: 64 }, (_, i) => 0x400 + 4 * i),
  ...[...range(16, NUMERIC_CSR), ...range(24, NUMERIC_MORE_CSR)].flatMap((offset) => [offset, offset + 4]), ...Array.from({ length: 24 }, (_, i) => 0x600 + 4 * i), 0x884, 0x888,
];
/** Steps after which a generated program counts as endless. */
const STEPS = 100_000;

/** What looks at a machine that stands right behind a record. */
export type Look = (record: RetiredCursor, device: Device) => void;

/** Load and run a program; `before` may use the host's window between both. */
export function observe(device: Device, program: Program, options: RunOptions = {}, before: (device: Device) => void = () => undefined, look?: Look): Observed {
  device.load(program);
  before(device);
  return observeRun(device, options, look);
}
/** Run what is loaded. */
export function observeRun(device: Device, options: RunOptions = {}, look?: Look): Observed {
  const records: Uint8Array[] = [], running = device.run({ budget: STEPS, ...options, ...(look ? { ring: 1 } : {}) });
  for (;;) {
    const next = running.next();
    if (!next.done) { records.push(next.value.bytes()); look?.(next.value, device); continue; }
    const { status, steps, options: asked } = next.value, snapshot = device.snapshot();
    return { device: device.name, status, steps, options: asked, records, snapshot, window: windowOffsets.map((offset) => device.csrRead(offset)) };
  }
}

/** Run what is loaded while nobody watches: an engine then takes all its fast lanes. */
export function observeUnwatched(device: Device, options: RunOptions = {}): Observed {
  const { status, steps, options: asked } = device.execute({ budget: STEPS, ...options }), snapshot = device.snapshot();
  return { device: device.name, status, steps, options: asked, records: [], snapshot, window: windowOffsets.map((offset) => device.csrRead(offset)) };
}

/** What tells one failure from another: two differences with equal parts are taken for the same mistake. */
export interface Signature {
  readonly kind: 'record' | 'records' | 'ending' | 'choices' | 'window' | 'state' | 'slot' | 'memory' | 'crash' | 'expectation' | 'order' | 'unwatched' | 'outside';
  /** Empty where no instruction is known. */
  readonly mnemonic: string;
  readonly field: string;
  /** Empty where no unit is known. */
  readonly unit: string;
}
export interface Difference extends Signature {
  /** In words, for people: which devices, where, both values. */
  readonly text: string;
  /** Index of the first record that differs; undefined where all of them are equal. */
  readonly record?: number;
}
/** As text: `record/mm/digest of operand 0/mxu`. */
export const signatureOf = ({ kind, mnemonic, field, unit }: Signature): string => [kind, mnemonic, field, unit].join('/');

/** The first difference, undefined where all is equal. */
export function difference(a: Observed, b: Observed): Difference | undefined {
  const names = namesOf(a, b);
  for (let i = 0; i < Math.min(a.records.length, b.records.length); i++) {
    const one = a.records[i]!, other = b.records[i]!, any = differingByte(one, other);
    if (any < 0) continue;
    const at = toldByte(one, other, any), field = recordField(at);
    return { kind: 'record', ...whose(one), field, record: i, text: `${names}record ${i} (${what(one)}) differs in ${field}: ${hex(one, at)} against ${hex(other, at)}` };
  }
  const last = a.records.at(-1), after = last ? whose(last) : nobody;
  if (a.status !== b.status || a.steps !== b.steps)
    return { kind: 'ending', ...after, field: `${a.status} against ${b.status}`, text: `${names}ended ${a.status} after ${a.steps} steps against ${b.status} after ${b.steps}` };
  if (a.records.length !== b.records.length) return { kind: 'records', ...after, field: 'count', text: `${names}${a.records.length} records against ${b.records.length}` };
  if (differingByte(a.options, b.options) >= 0) return { kind: 'choices', ...after, field: '', text: `${names}choices were offered at other steps` };
  return finalDifference(a, b);
}

/** The first difference of the state that two runs leave, whatever order they took. */
export function finalDifference(a: Observed, b: Observed): Difference | undefined {
  const names = namesOf(a, b);
  if (a.status !== b.status) return { kind: 'ending', ...nobody, field: `${a.status} against ${b.status}`, text: `${names}ended ${a.status} against ${b.status}` };
  const window = a.window.findIndex((word, i) => word !== b.window[i]);
  if (window >= 0) {
    const offset = windowOffsets[window]!;
    return { kind: 'window', ...nobody, field: `0x${offset.toString(16)}`, text: `${names}${windowSays(offset, a.window[window]!, b.window[window]!)}` };
  }
  const at = differingByte(a.snapshot, b.snapshot);
  if (at < 0) return undefined;
  const { says, ...place } = placeAt(a.snapshot, b.snapshot, at);
  return { ...place, ...nobody, text: `${names}${says}` };
}
/** Two runs of one device need no names. */
const namesOf = (a: Observed, b: Observed): string => (a.device === b.device ? '' : `${a.device} against ${b.device}: `);

/** Records of unlike lengths, one of which trapped before its operands were known, differ in the very first bytes: what happened tells more. */
function toldByte(a: Uint8Array, b: Uint8Array, any: number): number {
  const { trap } = retirementLayout.at, at = any < trap ? differingByte(a.slice(trap, HEAD_BYTES), b.slice(trap, HEAD_BYTES)) : -1;
  return at < 0 ? any : trap + at;
}
function differingByte(a: Uint8Array, b: Uint8Array): number {
  // Words first: most runs are equal, and snapshots are long.
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? Math.min(a.length, b.length) >> 2 : 0;
  const one = new Uint32Array(a.buffer, words ? a.byteOffset : 0, words), other = new Uint32Array(b.buffer, words ? b.byteOffset : 0, words);
  let same = 0;
  while (same < words && one[same] === other[same]) same++;
  for (let i = 4 * same; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : Math.min(a.length, b.length);
}
const hex = (bytes: Uint8Array, at: number): string => hexBytes(bytes.subarray(at & ~3, (at & ~3) + 8));
const nobody = { mnemonic: '', unit: '' } as const;
const whose = (record: Uint8Array): { readonly mnemonic: string; readonly unit: string } =>
  ({ mnemonic: byOpcode.get(record[retirementLayout.at.words]!)?.mnemonic ?? '', unit: unitNames[record[retirementLayout.at.unit]!] ?? '' });
function what(record: Uint8Array): string {
  const view = new DataView(record.buffer, record.byteOffset), at = retirementLayout.at;
  return `${byOpcode.get(record[at.words]!)?.mnemonic ?? 'no instruction'} at pc ${view.getUint32(at.pc, true)}`;
}
const recordField = (at: number): string => (at < HEAD_BYTES ? itemAt(retirementLayout, at).name
  : `${itemAt(operandLayout, (at - HEAD_BYTES) % operandLayout.size).name} of operand ${Math.floor((at - HEAD_BYTES) / operandLayout.size)}`);
