//! scout: whether a serial run may have anything to tell, found out by WebAssembly (assembly/scout.ts); most programs have nothing, and that is what takes long.
import { bytes } from '#built/scout';
import type { RetiredCursor } from '../cursor.ts';
import type { Segment } from '../device.ts';
import { SPACE_ACC, SPACE_DRAM } from '../limits.ts';
import { followedLayout } from '../machine/state.ts';
import { formats } from '../numerics/format.ts';
import { retirementLayout } from '../retirement.ts';
import { describe, readsCounters } from './described.ts';
import type { ProgramText } from './finding.ts';

interface Calls {
  readonly memory: WebAssembly.Memory;
  readonly WIDTHS: WebAssembly.Global;
  prepare(instructions: number, records: number, counters: number): number;
  setKnown(space: number, low: number, high: number): void;
  follow(count: number): number;
  leftover(): number;
}

/** Records between two looks, where nobody has to look at memory between them: as many as stay in a cache (measured: bench/sanitizer.ts). */
export const LOOK = 128;

/** Of WebAssembly. Memory grows by a quarter, by a mebibyte at least; what is larger than that is not kept for the next run. */
const PAGE_BYTES = 0x1_0000, GROWTH_LEAST = 0x10_0000, KEPT_MAX = 0x400_0000;
const PLAIN = 1, FOLLOW = 2, NOTHING = new Uint8Array(0), followedAt = followedLayout.at;

let compiled: WebAssembly.Module | undefined;
/** Of the run before: making one costs as much as a short program. */
let spare: Calls | undefined;

function kernel(): Calls {
  const calls = spare ?? made();
  spare = undefined;
  return calls;
}
function made(): Calls {
  compiled ??= new WebAssembly.Module(bytes() as Uint8Array<ArrayBuffer>);
  const host = {
    describe: (at: number, words: number) => { writeDescribed(new DataView(calls.memory.buffer), at >>> 0, words >>> 0); },
    grow: (size: number) => { calls.memory.grow(Math.ceil(Math.max(size >>> 0, GROWTH_LEAST, calls.memory.buffer.byteLength / 4) / PAGE_BYTES)); },
  };
  const calls = new WebAssembly.Instance(compiled, { host }).exports as unknown as Calls;
  return calls;
}

function writeDescribed(view: DataView, to: number, words: number): void {
  const { isPlain, picks, copies, effects, counters, many, slot } = describe([view.getUint32(words, true), view.getUint32(words + 4, true), view.getUint32(words + 8, true), view.getUint32(words + 12, true)]);
  let picked = 0;
  for (let position = 0; position < picks.length; position++) if (picks[position]) picked |= 1 << position;
  view.setUint8(to + followedAt.kind, isPlain ? PLAIN : FOLLOW);
  view.setUint8(to + followedAt.wait, effects.wait);
  view.setUint8(to + followedAt.post, effects.post);
  view.setUint8(to + followedAt.waits, effects.waits);
  view.setUint8(to + followedAt.posts, effects.posts);
  view.setUint8(to + followedAt.fence, effects.fence);
  view.setUint8(to + followedAt.countersFrom, counters ? counters[0] : 0);
  view.setUint8(to + followedAt.countersTo, counters ? counters[1] : 0);
  view.setUint32(to + followedAt.many, many, true);
  view.setUint8(to + followedAt.picked, picked);
  view.setUint8(to + followedAt.copies, copies);
  view.setUint8(to + followedAt.slot, slot === undefined ? 0 : slot + 1);
}

/** One serial run of a program, before which `segments` are laid down: `follow` batches of up to LOOK records, those with effects, and ask `isClean` at the end. */
export class Scout {
  /** May there be something to tell? Then the rest is not followed. Where there is no memory for a scout nobody knows. */
  isAlarmed = false;
  private calls: Calls | undefined;
  private inbox = 0;
  private memory: Uint8Array = NOTHING;
  private view: DataView | undefined;
  private ring: Uint8Array = NOTHING;

  constructor({ words }: ProgramText, segments: readonly Segment[]) {
    this.ask(() => {
      const calls = this.calls = kernel();
      this.inbox = calls.prepare(words.length, LOOK, words.some(readsCounters) ? 1 : 0) >>> 0;
      const widths = new Uint8Array(calls.memory.buffer, calls.WIDTHS.value);
      for (const { code, width } of formats) widths[code] = width;
      for (const { space, address, bytes: { length } } of segments) if (length > 0 && space >= SPACE_DRAM && space <= SPACE_ACC) calls.setKnown(space, address, address + length);
    });
  }
  /** False from the first one on of which there may be something to tell. */
  follow({ view, at, count }: RetiredCursor): boolean {
    if (this.isAlarmed) return false;
    if (this.view !== view) {
      this.view = view;
      this.ring = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    }
    this.ask(() => {
      const { memory, follow } = this.calls!;
      // Memory that has grown has another buffer.
      if (this.memory.length === 0) this.memory = new Uint8Array(memory.buffer);
      this.memory.set(this.ring.subarray(at, at + count * retirementLayout.size), this.inbox);
      this.isAlarmed = follow(count) === 0;
    });
    return !this.isAlarmed;
  }
  /** Ends it. Nothing to tell of the end either, `status`: nobody waits, and no tokens are left that nobody took. Undefined: the run was not followed to its end. */
  isClean(status: string | undefined): boolean {
    const { calls } = this;
    if (!calls) return false;
    const isClean = !this.isAlarmed && status !== undefined && status !== 'blocked' && status !== 'uninitialised' && !(status === 'halted' && calls.leftover() !== 0);
    this.calls = undefined;
    if (calls.memory.buffer.byteLength <= KEPT_MAX) spare = calls;
    return isClean;
  }

  /** Where no addresses are left for its memory, or 4 GiB are full, WebAssembly says RangeError, and somebody with more of it has to look. */
  private ask(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.isAlarmed = true;
    }
  }
}
