//! bench: an engine of given bytes with a machine in it, and one number for all that a run on it shows.
import type { RetiredCursor } from '../cursor.ts';
import type { Device, End, RunOptions } from '../device.ts';
import { engine } from '../engine.ts';
import type { Exports } from '../engine/binary.ts';
import { PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, statusNames, UNIT_COUNT } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { controlLayout, stateLayout } from '../machine/state.ts';
import { retirementLayout } from '../retirement.ts';
import { FUEL, IMPORT_MODULE, IMPORT_NAME } from './wasm-instrument.ts';

/** Steps after which a program counts as endless; no program of the score takes as many. */
const STEPS = 20_000;
const spaces = [SPACE_DRAM, SPACE_SPM, SPACE_ACC] as const, UNTOUCHED = 0, KNOWN = 2;
/** Registers of the window that every run is asked for: fault, interrupts, counters. */
const windowOffsets: readonly number[] = [0x44, 0x48, 0x50, 0x200, 0x204, 0x208, 0x20c, 0x224, 0x22c, 0x230, ...Array.from({ length: 12 }, (_, i) => 0x600 + 8 * i), 0x500, 0x680, 0x884];

/** One instance: whatever a mutant spoils in its memory is cleared for the next one. */
export class Bench {
  readonly device: Device;
  readonly exports: Exports;
  private readonly fuel: WebAssembly.Global | undefined;
  private readonly words: Int32Array;
  private readonly view: DataView;
  private readonly program: number;
  private hash = 0;
  private done = 0;

  /** The module is an instrumented one. `memory` becomes this bench's own, all of it zero. `fault`: the number of the fault that is on, in a fault build. */
  constructor(module: WebAssembly.Module, machine: Profile, memory: WebAssembly.Memory, fault = 0) {
    new Uint8Array(memory.buffer).fill(0);
    const instance = new WebAssembly.Instance(module, { [IMPORT_MODULE]: { [IMPORT_NAME]: memory } }), exports = instance.exports as unknown as Exports & { readonly FAULT?: WebAssembly.Global };
    if (exports.FAULT) exports.FAULT.value = fault;
    this.fuel = instance.exports[FUEL] as WebAssembly.Global | undefined;
    this.device = engine(machine, { binary: instance });
    this.exports = exports;
    this.words = new Int32Array(exports.memory.buffer);
    this.view = new DataView(exports.memory.buffer);
    this.program = this.view.getUint32(exports.CONTROL.value + controlLayout.at.program, true);
  }

  /** Starts a digest, with fuel for so many stretches of code; nothing is kept of a program before, so that what is run does not depend on it. */
  begin(fuel: number): void {
    this.view.setBigInt64(this.program, -1n, true);
    this.hash = 0;
    this.done = 0;
    if (this.fuel) this.fuel.value = fuel;
  }
  /** Stretches of code that ran since `begin`. */
  spent(fuel: number): number { return this.fuel ? fuel - this.fuel.value : 0; }
  get digest(): number { return this.hash >>> 0; }
  /** Those of programs alone: what a host does in between depends on what it did before. */
  get work(): number { return this.done; }

  note(word: number): void {
    const mixed = Math.imul(this.hash ^ word, 0x85eb_ca6b);
    this.hash = mixed ^ (mixed >>> 13);
  }
  noteBytes(bytes: Uint8Array): void { for (const byte of bytes) this.note(byte); }
  /** Words of linear memory. */
  private noteWords(at: number, byteCount: number): void {
    let { hash } = this;
    for (let i = at >>> 2, end = (at + byteCount) >>> 2; i < end; i++) {
      hash = Math.imul(hash ^ this.words[i]!, 0x85eb_ca6b);
      hash ^= hash >>> 13;
    }
    this.hash = hash;
  }

  /** Runs what is loaded: its records and how it ends. */
  run(options: RunOptions = {}, each?: (record: RetiredCursor) => void): End {
    const running = this.device.run({ budget: STEPS, digests: true, ...options });
    for (;;) {
      const next = this.metered(() => running.next());
      if (next.done) { this.noteEnd(next.value); return next.value; }
      this.noteWords(next.value.at, next.value.byteCount);
      each?.(next.value);
    }
  }
  /** The same, summed up inside the engine; who asks again for the sum is told the same. */
  sum(options: RunOptions = {}): void {
    const { digest, records, ...end } = this.metered(() => this.device.digest({ budget: STEPS, ...options }));
    this.note(digest);
    this.note(this.exports.digest());
    this.note(records);
    this.noteEnd(end);
  }
  /** The same without records. */
  execute(options: RunOptions = {}): End {
    const end = this.metered(() => this.device.execute({ budget: STEPS, ...options }));
    this.noteEnd(end);
    return end;
  }
  private metered<T>(act: () => T): T {
    const before = this.fuel?.value ?? 0, result = act();
    this.done += before - (this.fuel?.value ?? 0);
    return result;
  }
  private noteEnd({ status, steps, options }: End): void {
    this.note(statusNames.indexOf(status));
    this.note(steps);
    this.noteBytes(options);
  }

  /** The architectural state that a run leaves, as a snapshot has it, without the weights, and what the window shows. */
  final(): void {
    const state = this.exports.STATE.value;
    this.noteWords(state, stateLayout.size);
    for (let unit = 0; unit < UNIT_COUNT; unit++) this.noteQueue(unit, this.view.getUint32(state + stateLayout.at.queueLength + 4 * unit, true));
    for (const space of spaces) this.notePages(space);
    for (const offset of windowOffsets) this.note(this.device.csrRead(offset));
  }
  private noteQueue(unit: number, length: number): void {
    for (let i = 0; i < Math.min(length, 16); i++) {
      const at = this.exports.queued(unit, i) >>> 0;
      this.noteWords(at, this.view.getUint16(at + retirementLayout.at.bytes, true));
    }
  }
  /** Pages that are not all UNKNOWN pattern; which were touched in vain is nobody's business. */
  private notePages(space: number): void {
    const control = this.exports.CONTROL.value, word = (name: keyof typeof controlLayout.at): number => this.view.getUint32(control + controlLayout.at[name] + 4 * space, true);
    const { profile } = this.device, bytes = space === SPACE_DRAM ? profile.dramBytes : space === SPACE_SPM ? profile.spmBytes : profile.accBytes;
    const base = this.view.getUint32(control + controlLayout.at.spaces + 4 * space, true);
    const states = word('pageStates');
    for (let page = 0; page * PAGE_BYTES < bytes; page++) {
      const state = this.view.getUint8(states + page), from = base + page * PAGE_BYTES, count = Math.min(PAGE_BYTES, bytes - page * PAGE_BYTES);
      if (state === UNTOUCHED) continue;
      const bits = state === KNOWN ? 0 : this.exports.pageBits(space, page) >>> 0;
      if (bits && this.isBlank(bits, PAGE_BYTES / 8, 0) && this.isBlank(from, count, profile.unknownByte * 0x0101_0101)) continue;
      this.note(page);
      this.noteWords(from, count);
      if (bits && this.view.getUint8(states + page) !== KNOWN) this.noteWords(bits, Math.ceil(count / 32) * 4);
    }
  }
  private isBlank(at: number, byteCount: number, word: number): boolean {
    for (let i = at >>> 2, end = (at + byteCount) >>> 2; i < end; i++) if (this.words[i] !== (word | 0)) return false;
    return true;
  }

  /** Taken through the device, as users do. */
  snapshot(): Uint8Array { return this.device.snapshot(); }

  /** All of linear memory that machines use, for whether a change was felt at all. */
  memoryDigest(): number {
    const before = this.hash;
    this.hash = 0;
    this.noteWords(0, this.words.byteLength);
    const { digest } = this;
    this.hash = before;
    return digest;
  }
}
