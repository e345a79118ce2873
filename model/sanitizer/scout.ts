//! scout: whether a serial run has anything to tell, found out by WebAssembly (assembly/scout.ts); most programs have nothing, and that is what takes long.
import { bytes } from '#built/scout';
import type { RetiredCursor } from '../cursor.ts';
import type { Segment } from '../device.ts';
import { SPACE_ACC, SPACE_DRAM } from '../limits.ts';
import { formats } from '../numerics/format.ts';
import { retirementLayout } from '../retirement.ts';
import { describe, readsCounters } from './described.ts';
import type { ProgramText } from './finding.ts';

interface Calls {
  readonly memory: WebAssembly.Memory;
  readonly WIDTHS: WebAssembly.Global;
  readonly DESCRIBED_BYTES: WebAssembly.Global;
  prepare(instructions: number, records: number, counters: number): number;
  tableAt(): number;
  setKnown(space: number, low: number, high: number): void;
  follow(count: number): number;
  leftover(): number;
}

/** Records between two looks: as many as stay in a cache (measured: bench/sanitizer.ts). */
export const LOOK = 128;

/** What the kernel does where an instruction stands: assembly/scout/described.ts. */
const PLAIN = 1, FOLLOW = 2;
/** Of WebAssembly; and what is taken beyond what is asked for. */
const PAGE_BYTES = 0x1_0000, ROOM = 0x10_0000;
let compiled: WebAssembly.Module | undefined;

/** One serial run of a program: `lay` what is known before it, and `follow` batches of up to LOOK records, those with effects. */
export class Scout {
  /** Is there something to tell, or may there be? Then the rest is not followed. */
  private isAlarmed = false;
  private readonly calls: Calls;
  private readonly inbox: number;
  private memory: Uint8Array;
  private ring: Uint8Array | undefined;

  constructor({ words }: ProgramText) {
    compiled ??= new WebAssembly.Module(bytes() as Uint8Array<ArrayBuffer>);
    const host = {
      describe: (pc: number, at: number) => { this.describe(pc, at >>> 0); },
      grow: (size: number) => { this.calls.memory.grow(Math.ceil(((size >>> 0) + ROOM) / PAGE_BYTES)); },
    };
    this.calls = new WebAssembly.Instance(compiled, { host }).exports as unknown as Calls;
    this.inbox = this.calls.prepare(words.length, LOOK, words.some(readsCounters) ? 1 : 0) >>> 0;
    this.memory = new Uint8Array(this.calls.memory.buffer);
    for (const { code, width } of formats) this.memory[this.calls.WIDTHS.value + code] = width;
  }
  lay(segments: readonly Segment[]): void {
    for (const { space, address, bytes: { length } } of segments) if (length > 0 && space >= SPACE_DRAM && space <= SPACE_ACC) this.ask(() => { this.calls.setKnown(space, address, address + length); });
  }
  /** False from the first one on of which there is something to tell. */
  follow({ view, at, count }: RetiredCursor): boolean {
    if (this.isAlarmed) return false;
    if (this.ring?.buffer !== view.buffer) this.ring = new Uint8Array(view.buffer, view.byteOffset);
    if (this.memory.length === 0) this.memory = new Uint8Array(this.calls.memory.buffer);
    this.memory.set(this.ring.subarray(at, at + count * retirementLayout.size), this.inbox);
    this.ask(() => { this.isAlarmed = this.calls.follow(count) === 0; });
    return !this.isAlarmed;
  }
  /** Nothing to tell at the end either: nobody waits, and no tokens are left that nobody took. */
  isClean(status: string): boolean {
    return !this.isAlarmed && status !== 'blocked' && status !== 'uninitialised' && !(status === 'halted' && this.calls.leftover() !== 0);
  }

  /** Where 4 GiB are full memory grows no more (RangeError), and somebody with more of it has to look. */
  private ask(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.isAlarmed = true;
    }
  }
  private describe(pc: number, at: number): void {
    const view = new DataView(this.calls.memory.buffer), word = (i: number): number => view.getUint32(at + 4 * i, true);
    const { isPlain, picks, copies, effects, counters, many } = describe([word(0), word(1), word(2), word(3)]);
    const { wait, post, waits, posts, fence } = effects, to = this.calls.tableAt() + pc * this.calls.DESCRIBED_BYTES.value;
    [isPlain ? PLAIN : FOLLOW, wait, post, waits, posts, fence, ...(counters ?? [])].forEach((byte, i) => { view.setUint8(to + i, byte); });
    view.setUint32(to + 8, many, true);
    view.setUint8(to + 12, picks.reduce((mask, one, position) => mask | (one ? 1 << position : 0), 0));
    view.setUint8(to + 13, copies);
  }
}
