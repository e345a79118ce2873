//! place: what lies where two runs differ, as a program names it, with what each of them has there.
import type { Layout, Placed } from '../isa/layout.ts';
import { DESCRIPTOR_WORDS, MODE_WORDS, PAGE_BYTES, SLOT_MAX, spaceNames, UNIT_COUNT, unitNames } from '../limits.ts';
import { registerAt } from '../machine/csr.ts';
import { stateLayout } from '../machine/state.ts';

export interface Place {
  readonly kind: 'state' | 'slot' | 'memory';
  /** Of the state record its item, else what sort of bytes they are: the same for all places of one sort. */
  readonly field: string;
  /** `spm:0x40 holds 01 02 against ?? ??` */
  readonly says: string;
}

/** A word of the host's window that two runs leave differently. */
export function windowSays(offset: number, one: number, other: number): string {
  const { name, index, isMany } = registerAt(offset)!;
  return name === 'SEM' ? `m${index} holds ${one} tokens against ${other}` : `register ${name}${isMany ? `[${index}]` : ''} (${hex(offset)}) reads ${one} against ${other}`;
}

/** Magic, version, hash and a length stand before the state. */
const STATE_AT = 8 + 32 + 4;
/** Of a page: space and number, bytes, and a bit for each that is known. */
const PAGE_HEAD = 8, PAGE_AT = PAGE_HEAD + PAGE_BYTES + PAGE_BYTES / 8;

/** The place of the first byte in which two snapshots differ: queues, slots and pages stand behind the state, each with its length before it. */
export function placeAt(a: Uint8Array, b: Uint8Array, at: number): Place {
  const both = (name: string, of: (snapshot: Uint8Array) => string): string => `${name} holds ${of(a)} against ${of(b)}`, word = (from: number): number => wordAt(a, from);
  const bytes = (snapshot: Uint8Array): string => hexBytes(snapshot.subarray(at, at + SHOWN));
  if (at < STATE_AT) return { kind: 'state', field: 'head', says: both('the head of the snapshot', bytes) };
  if (at < STATE_AT + stateLayout.size) {
    const item = itemAt(stateLayout, at - STATE_AT), from = at & ~3;
    return { kind: 'state', field: item.name, says: both(stateName(item, from - STATE_AT - item.offset, wordAt(a, from) ^ wordAt(b, from)), (snapshot) => hex(wordAt(snapshot, from))) };
  }
  let from = STATE_AT + stateLayout.size;
  for (let unit = 0; unit < UNIT_COUNT; unit++) {
    let left = word(from);
    for (from += 4; left > 0; left--) from += 4 + word(from);
    if (at < from) return { kind: 'state', field: `queue of ${unitNames[unit]}`, says: both(`the queue of ${unitNames[unit]}`, bytes) };
  }
  for (let slot = 0; slot < SLOT_MAX; slot++) {
    from += 8 + word(from) + Math.ceil(word(from + 4) / 8);
    if (at < from) return { kind: 'slot', field: 'contents', says: both(`slot ${slot}`, bytes) };
  }
  const page = Math.floor((at - from - 4) / PAGE_AT), within = (at - from - 4) % PAGE_AT - PAGE_HEAD, head = from + 4 + page * PAGE_AT;
  if (at < from + 4 || within < 0) return { kind: 'memory', field: 'touched pages', says: `${otherPage(a, b, from)} is touched in one of them` };
  const isByte = within < PAGE_BYTES, space = spaceNames[word(head)] ?? '', byte = isByte ? within : 8 * (within - PAGE_BYTES) + lowest(a[at]! ^ b[at]!);
  return {
    kind: 'memory', field: `${isByte ? 'bytes' : 'known bits'} of ${space}`,
    says: both(`${space}:${hex(word(head + 4) * PAGE_BYTES + byte)}`, (snapshot) => memoryText(snapshot.subarray(head + PAGE_HEAD, head + PAGE_AT), byte)),
  };
}

/** The item of a layout in which a byte lies. */
export const itemAt = (layout: Layout, at: number): Placed => layout.items.findLast((item) => item.offset <= at)!;

/** Files of registers by the name of their item: how a program writes one, and words of each. */
const files: Readonly<Record<string, readonly [prefix: string, words: number]>> = { registers: ['s', 1], tensors: ['t', DESCRIPTOR_WORDS], modes: ['n', MODE_WORDS], semaphores: ['m', 1] };
function stateName({ name, item }: Placed, offset: number, differing: number): string {
  const index = offset >> 2, file = files[name];
  if (name === 'predicates') return `p${lowest(differing)} of the predicates`;
  if (!file) return typeof item === 'string' ? name : `word ${index} of ${name}`;
  const [prefix, words] = file;
  return `${words > 1 ? `word ${index % words} of ` : ''}${prefix}${Math.floor(index / words)}`;
}

/** The first page that only one of two snapshots has; `from` is where their number stands. */
function otherPage(a: Uint8Array, b: Uint8Array, from: number): string {
  for (let head = from + 4; ; head += PAGE_AT) {
    const [one, other] = [a, b].map((snapshot) => (head < snapshot.length ? [wordAt(snapshot, head), wordAt(snapshot, head + 4)] as const : [Infinity, 0] as const)) as [readonly [number, number], readonly [number, number]];
    if (one[0] === other[0] && one[1] === other[1]) continue;
    const [space, page] = one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]) ? one : other;
    return `the page from ${spaceNames[space]}:${hex(page * PAGE_BYTES)} on`;
  }
}

/** Bytes that are shown. */
const SHOWN = 8;
function memoryText(page: Uint8Array, first: number): string {
  const isKnown = (byte: number): boolean => ((page[PAGE_BYTES + (byte >> 3)]! >> (byte & 7)) & 1) === 1;
  return Array.from(page.subarray(first, Math.min(first + SHOWN, PAGE_BYTES)), (byte, i) => (isKnown(first + i) ? hexBytes([byte]) : '??')).join(' ');
}
const wordAt = (bytes: Uint8Array, at: number): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
const hex = (number: number): string => `0x${number.toString(16)}`;
export const hexBytes = (bytes: ArrayLike<number>): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
