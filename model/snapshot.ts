//! snapshot: architectural state as bytes, the same on every device: state record, queues, slots, known pages.
import { packBits, unpackBits } from './bits.ts';
import { Rejected } from './failure.ts';
import { PAGE_BYTES, SLOT_MAX, UNIT_COUNT } from './limits.ts';
import type { PageContents, SlotContents, SnapshotParts } from './machine/parts.ts';
import { stateLayout } from './machine/state.ts';

export type { PageContents, SlotContents, SnapshotParts };

const MAGIC = 0x5353_5953, VERSION = 1;

/** Magic, version, profile hash (32 bytes), then the parts, each with its length before it. */
export function packSnapshot({ state, queues, slots, pages }: SnapshotParts, profileHash: string): Uint8Array {
  const chunks: Uint8Array[] = [words(MAGIC, VERSION), hashBytes(profileHash), words(state.length), state];
  for (let unit = 0; unit < UNIT_COUNT; unit++) {
    const queue = queues[unit] ?? [];
    chunks.push(words(queue.length), ...queue.flatMap((record) => [words(record.length), record]));
  }
  for (let slot = 0; slot < SLOT_MAX; slot++) {
    const contents = slots[slot];
    if (contents) chunks.push(words(contents.elements.length, contents.known.length), contents.elements, packBits(contents.known));
    else chunks.push(words(0, 0));
  }
  chunks.push(words(pages.length));
  for (const { space, page, bytes, known } of pages) chunks.push(words(space, page), bytes, packBits(known));
  return joined(chunks);
}

/** The parts again; a snapshot of another version or profile is the user's mistake. */
export function unpackSnapshot(snapshot: Uint8Array, profileHash: string): SnapshotParts {
  if (!(snapshot instanceof Uint8Array)) reject('this is not a Uint8Array');
  const reader = new Reader(snapshot);
  if (reader.word() !== MAGIC || reader.word() !== VERSION) reject('this is not a snapshot of version 1');
  if (reader.bytes(32).some((byte, i) => byte !== hashBytes(profileHash)[i])) reject('the snapshot belongs to another profile');
  const state = reader.bytes(reader.word());
  if (state.length !== stateLayout.size) reject('the state record has another size');
  const queues = Array.from({ length: UNIT_COUNT }, () => Array.from({ length: reader.word() }, () => reader.bytes(reader.word())));
  const slots = Array.from({ length: SLOT_MAX }, () => {
    const elementBytes = reader.word(), count = reader.word();
    if (count === 0 && elementBytes > 0) reject('a slot has elements of which nothing says whether they are known');
    return count ? { elements: reader.bytes(elementBytes), known: reader.bits(count) } : undefined;
  });
  const pages = Array.from({ length: reader.word() }, () => ({
    space: reader.word(), page: reader.word(), bytes: reader.bytes(PAGE_BYTES), known: reader.bits(PAGE_BYTES),
  }));
  if (!reader.atEnd()) reject('the snapshot continues after its end');
  return { state, queues, slots, pages };
}

function reject(message: string): never { throw new Rejected([{ file: 'snapshot', line: 0, column: 0, message }]); }
class Reader {
  private readonly from: Uint8Array;
  private at = 0;
  constructor(from: Uint8Array) { this.from = from; }
  bytes(count: number): Uint8Array {
    if (this.at + count > this.from.length) reject('the snapshot ends too early');
    this.at += count;
    return this.from.slice(this.at - count, this.at);
  }
  /** A state has one snapshot: what fills up the last byte is zero. */
  bits(count: number): Uint8Array {
    const packed = this.bytes(Math.ceil(count / 8));
    if (count % 8 > 0 && packed.at(-1)! >> count % 8 !== 0) reject('bits are set after the last one that says whether something is known');
    return unpackBits(packed, count);
  }
  atEnd(): boolean { return this.at === this.from.length; }
  word(): number { return new DataView(this.bytes(4).buffer).getUint32(0, true); }
}
const words = (...values: number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length), view = new DataView(bytes.buffer);
  values.forEach((value, i) => { view.setUint32(4 * i, value, true); });
  return bytes;
};
const hashBytes = (hash: string): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16));
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) { all.set(chunk, at); at += chunk.length; }
  return all;
}
