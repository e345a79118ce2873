//! engine: the WebAssembly engine as a device.
import { RetiredCursor } from './cursor.ts';
import type { Device, Digest, End, Pending, Program, RunOptions } from './device.ts';
import { type Binary, type Build, type Exports, instantiate } from './engine/binary.ts';
import { contents, type Contents } from './engine/contents.ts';
import { crew, elsewhere, SHARED_WORK } from './engine/crew.ts';
import { CHOICE_BYTES, place, type Placement, RING_RECORDS } from './engine/placement.ts';
import { Rejected } from './failure.ts';
import { byOpcode } from './instructions/set.ts';
import {
  ARGUMENT_COUNT, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, PHASE_RUN, QUEUE_MAX, SLOT_MAX, SPACE_DRAM, STATUS_BUDGET,
  STATUS_RING_FULL, statusNames, UNIT_COUNT, UNIT_SEQ,
} from './limits.ts';
import { requireProgram } from './machine/launch.ts';
import { type CheckedOptions, checkedOptions, requireNames, requireOneOf, requireWhole, THREAD_MAX } from './machine/options.ts';
import type { Profile } from './machine/profile.ts';
import { requireSound } from './machine/validate.ts';
import { rowsOfSlot } from './isa/view.ts';
import { controlLayout, LANE_BURST, LANE_DIRECT, LANE_PLAIN, LANE_PREPARED, slotLayout, stateLayout } from './machine/state.ts';
import { formatByCode } from './numerics/format.ts';
import { retirementLayout } from './retirement.ts';
import { packSnapshot, type SlotContents, unpackSnapshot } from './snapshot.ts';

export type { Binary, Build } from './engine/binary.ts';

/** A machine of the profile in memory of its own. Throws Rejected for misspelt options, and when the profile is too large for one WebAssembly memory. */
export function engine(profile: Profile, options: EngineOptions = {}): Device {
  requireNames(options, ['build', 'lanes', 'binary', 'threads', 'sharedWork']);
  const { build = 'simd', lanes = ALL_LANES, binary, threads = 1, sharedWork = SHARED_WORK } = options;
  requireWhole('threads', threads, 1, THREAD_MAX);
  requireWhole('sharedWork', sharedWork, 1, 2 ** 31);
  requireOneOf('build', build, ['simd', 'scalar']);
  requireOneOf('lanes', String(lanes), Array.from({ length: ALL_LANES + 1 }, (_, bits) => String(bits)));
  if (binary) requireEngine(binary);
  if (threads > 1) {
    if (build !== 'simd' || (binary && !sharesMemory(binary))) throw new Rejected([{ file: 'options', line: 0, column: 0, message: "'threads' above 1 are for the simd build alone, or a module of the threads build" }]);
    const { exports, placement, helpers } = crew(profile, threads, sharedWork, binary as WebAssembly.Module | undefined), device = new Engine(profile, 'engine-threads', exports, placement, lanes);
    forgotten.register(device, helpers);
    return device;
  }
  const exports = instantiate(binary ?? build), name = binary ? 'modified engine' : build === 'scalar' ? 'engine-scalar' : lanes === 0 ? 'engine-slow' : 'engine';
  // Whoever brought the binary may follow the order with it, too.
  return new Engine(profile, name, exports, place(exports, profile, { follows: binary !== undefined }), lanes);
}

/** Helpers of a machine that nobody has any more. */
const forgotten = new FinalizationRegistry<readonly { stop(): void }[]>((helpers) => { for (const helper of helpers) helper.stop(); });

/** A machine whose runs are those of a thread; while one is under way nobody else may touch the device. */
export interface Elsewhere { readonly device: Device; execute(options?: RunOptions): Promise<End>; stop(): void }
export function engineElsewhere(profile: Profile): Elsewhere {
  const { exports, placement, thread } = elsewhere(profile), device = new Engine(profile, 'engine', exports, placement, ALL_LANES);
  return { device, execute: (options) => device.executeBy((budget) => thread.ask(budget), options), stop: () => { thread.stop(); } };
}

/** What is no engine has none of its exports; that it behaves like one nobody can tell. */
function requireEngine(binary: Binary): void {
  const names = binary instanceof WebAssembly.Instance ? Object.keys(binary.exports) : WebAssembly.Module.exports(binary).map(({ name }) => name);
  const missing = ['memory', 'STATE', 'run', 'launch'].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Rejected([{ file: 'options.binary', line: 0, column: 0, message: `exports no ${missing.join(', ')}; an engine is needed` }]);
}

/** A module of which each thread has an instance in the same memory. */
const sharesMemory = (binary: Binary): boolean => binary instanceof WebAssembly.Module && WebAssembly.Module.exports(binary).some(({ name }) => name === 'HOME_BYTES');

export interface EngineOptions {
  readonly build?: Build;
  /** Other bytes in place of a build: mutants and fault builds run through the door that everybody uses. */
  readonly binary?: Binary;
  /** Fast lanes that may be taken, LANE bits of machine/state.ts; for laws, since none changes what happens. Default: all. */
  readonly lanes?: number;
  /** Threads that share the large instructions of this machine, itself among them, 1 to 64; none changes what happens. Default 1. */
  readonly threads?: number;
  /** Work from which an instruction is shared out, in int8 multiply-accumulates; for laws and measurements. */
  readonly sharedWork?: number;
}

/** Steps of one call into the engine where no schedule is given, so that counts stay within 32 bits. */
const SLICE_STEPS = 2 ** 30;
/** Steps in which a record is there, mostly. */
const STEPS_OF_RECORD = 16;
const NOTHING = new Uint8Array(0);
const ALL_LANES = LANE_DIRECT | LANE_BURST | LANE_PREPARED | LANE_PLAIN;
type ControlWord =
  'ringCapacity' | 'ringCount' | 'choosing' | 'choiceCount' | 'choiceCursor' | 'digests' | 'queueDepth' | 'steps' | 'queued' | 'lanes' | 'effects' | 'continued' | 'summing' | 'summed';

class Engine implements Device {
  readonly name: string;
  readonly profile: Profile;
  private readonly exports: Exports;
  private readonly placement: Placement;
  private readonly contents: Contents;
  private readonly view: DataView;
  private readonly memory: Uint8Array;
  // Asking a global of an instance for its value costs as much as a hundred instructions of the program.
  private readonly stateAt: number;
  private readonly controlBase: number;
  private readonly scratchAt: number;
  /** Counts what ends an unfinished run: the next one, load, reset, restore. */
  private turn = 0;
  private readonly usual: CheckedOptions;

  constructor(profile: Profile, name: string, exports: Exports, placement: Placement, lanes: number) {
    this.name = name;
    this.profile = profile;
    this.usual = checkedOptions({}, profile);
    this.exports = exports;
    this.placement = placement;
    this.contents = contents(this.exports, this.placement, profile);
    this.view = new DataView(this.exports.memory.buffer);
    this.memory = new Uint8Array(this.exports.memory.buffer);
    this.stateAt = this.exports.STATE.value;
    this.controlBase = this.exports.CONTROL.value;
    this.scratchAt = this.exports.SCRATCH.value;
    this.setControl('lanes', lanes);
    this.reset();
  }

  reset(): void {
    this.turn++;
    this.exports.reset();
  }
  load(program: Program): void {
    const base = requireProgram(this.profile, program), { image, memory, arguments: values = [] } = program;
    this.reset();
    for (const { space, address, bytes } of memory) this.write(space, address, bytes);
    this.write(SPACE_DRAM, base, image);
    for (let i = 0; i < ARGUMENT_COUNT; i++) this.view.setUint32(this.scratchAt + 4 * i, values[i] ?? 0, true);
    this.exports.launch(base);
  }

  execute(options?: RunOptions): End { return this.unwatched(this.checked(options), 0); }
  digest(options?: RunOptions): Digest {
    // A record that is summed up fills no ring.
    const { status, steps, options: ready } = this.unwatched(this.checked(options), 1, true);
    return { status, steps, options: ready, records: this.control('summed'), digest: this.exports.digest() >>> 0 };
  }
  /** To its end with nothing to hand out on the way: a generator made for a short program would cost more than the program. */
  private unwatched(asked: CheckedOptions, ring: number, summing = false): End {
    const turn = ++this.turn;
    if (asked.schedule) return ended(this.slices(asked, ring, turn, { summing }));
    this.begin(asked, ring, summing);
    for (let steps = 0; ;) {
      const status = this.exports.run(Math.min(asked.budget - steps, SLICE_STEPS));
      steps += this.control('steps');
      if (status !== STATUS_BUDGET || steps >= asked.budget) return { status: statusNames[status]!, steps, options: NOTHING };
    }
  }
  private checked(options: RunOptions | undefined): CheckedOptions { return options === undefined ? this.usual : checkedOptions(options, this.profile); }

  /** An execution where somebody else runs the machine's instance, and answers a budget with the status. */
  async executeBy(run: (budget: number) => Promise<number>, options?: RunOptions): Promise<End> {
    const running = this.slices(this.checked(options), 0, ++this.turn, { byOthers: true });
    let next = running.next(0);
    while (!next.done) next = running.next(await run(next.value));
    return next.value;
  }
  run(options?: RunOptions): Generator<RetiredCursor, End> {
    const checked = this.checked(options), turn = ++this.turn;
    return this.records(this.slices(checked, checked.ring, turn), turn, checked.batches);
  }
  private *records(running: Generator<number, End, number>, turn: number, batches: boolean): Generator<RetiredCursor, End> {
    const cursor = new RetiredCursor(this.view);
    for (;;) {
      const next = running.next(0);
      if (next.done) return next.value;
      if (batches) yield cursor.move(this.placement.ring, next.value);
      else for (let i = 0; i < next.value && turn === this.turn; i++) yield cursor.move(this.placement.ring + i * retirementLayout.size);
    }
  }

  read(space: number, address: number, byteCount: number): Uint8Array { return this.contents.read(space, address, byteCount); }
  known(space: number, address: number, byteCount: number): Uint8Array { return this.contents.known(space, address, byteCount); }
  write(space: number, address: number, bytes: Uint8Array): void {
    this.setControl('continued', 0);
    this.contents.write(space, address, bytes);
  }
  csrRead(offset: number): number { return this.exports.csrRead(offset) >>> 0; }
  csrWrite(offset: number, value: number): void {
    this.setControl('continued', 0);
    this.exports.csrWrite(offset, value);
  }

  pending(): readonly Pending[] {
    const { at } = retirementLayout, word = (from: number): number => this.view.getUint32(from, true);
    const wordsAt = (from: number): number[] => [0, 4, 8, 12].map((offset) => word(from + offset));
    const queued = this.queues().flat().map((record): Pending => ({
      unit: this.view.getUint8(record + at.unit), seq: this.view.getBigInt64(record + at.seq, true), pc: word(record + at.pc),
      words: wordsAt(record + at.words),
    })).sort((a, b) => Number(a.seq - b.seq));
    const pc = this.stateWord('pc');
    if (this.stateWord('phase') !== PHASE_RUN || pc >= this.stateWord('instructionCount')) return queued;
    const image = this.placement.spaces[SPACE_DRAM]! + Number(this.view.getBigInt64(this.stateAt + stateLayout.at.imageBase, true));
    const words = wordsAt(image + IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc);
    return [...queued, { unit: UNIT_SEQ, seq: this.view.getBigInt64(this.stateAt + stateLayout.at.seq, true), pc, words }];
  }

  state(): Uint8Array { return this.memory.slice(this.stateAt, this.stateAt + stateLayout.size); }
  snapshot(): Uint8Array {
    const copy = (from: number, count: number): Uint8Array => this.memory.slice(from, from + count);
    const bytesOf = (record: number): number => this.view.getUint16(record + retirementLayout.at.bytes, true);
    const queues = this.queues().map((queue) => queue.map((record) => copy(record, bytesOf(record))));
    const slots = Array.from({ length: SLOT_MAX }, (_, slot): SlotContents | undefined => {
      const { loaded, count, bytes, beside } = this.slot(slot);
      if (!loaded) return undefined;
      return { elements: copy(this.exports.codesAt(slot) >>> 0, count * bytes + beside), known: copy(this.exports.flagsAt(slot) >>> 0, count + beside) };
    });
    return packSnapshot({ state: this.state(), queues, slots, pages: this.contents.pages() }, this.profile.hash);
  }
  restore(snapshot: Uint8Array): void {
    const parts = unpackSnapshot(snapshot, this.profile.hash);
    requireSound(parts, this.profile, byOpcode);
    this.reset();
    this.memory.set(parts.state, this.stateAt);
    parts.queues.forEach((queue, unit) => queue.forEach((record, i) => {
      const to = this.exports.queued(unit, i) >>> 0;
      this.memory.fill(0, to, to + retirementLayout.size).set(record, to);
    }));
    this.setControl('queued', parts.queues.flat().length);
    parts.slots.forEach((slot, i) => {
      const { loaded } = this.slot(i);
      if (!loaded || !slot) return;
      this.memory.set(slot.elements, this.exports.codesAt(i) >>> 0);
      this.memory.set(slot.known, this.exports.flagsAt(i) >>> 0);
      this.exports.restoreSlot(i);
    });
    this.contents.restore(parts.pages);
    // Fetch reads the instructions where they lie.
    const base = this.view.getBigInt64(this.stateAt + stateLayout.at.imageBase, true), count = this.stateWord('instructionCount');
    if (count > 0) this.exports.touch(SPACE_DRAM, base, base + BigInt(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count));
  }

  // ---- a run in slices: each yields the number of records in the ring or, run by others, its budget for the status
  private *slices(asked: CheckedOptions, ring: number, turn: number, { byOthers = false, summing = false } = {}): Generator<number, End, number> {
    const { schedule, budget } = asked, options: Uint8Array[] = [];
    const superseded = (steps: number): End => ({ status: 'budget', steps, options: joined(options) });
    if (turn !== this.turn) return superseded(0);
    // A step takes one choice at most. A full ring ends a slice early, and all choices laid down for it would be laid down again.
    const most = !schedule ? SLICE_STEPS : ring > 0 && !summing ? Math.min(CHOICE_BYTES, ring * STEPS_OF_RECORD) : CHOICE_BYTES;
    this.begin(asked, ring, summing);
    for (let steps = 0, chosen = 0; ;) {
      const slice = Math.min(budget - steps, most);
      if (schedule) this.setChoices(schedule.subarray(chosen, chosen + slice));
      const status = byOthers ? yield slice : this.exports.run(slice);
      steps += this.control('steps');
      if (schedule) {
        const count = this.control('choiceCursor');
        options.push(this.memory.slice(this.placement.optionLog, this.placement.optionLog + count));
        chosen += count;
      }
      const records = this.control('ringCount');
      this.setControl('continued', 1);
      if (records > 0) yield records;
      if (turn !== this.turn) return superseded(steps);
      this.setControl('ringCount', 0);
      if (status === STATUS_RING_FULL || (status === STATUS_BUDGET && steps < budget)) continue;
      return { status: statusNames[status]!, steps, options: joined(options) };
    }
  }
  private begin({ schedule, records, digests, queueDepth, watchdog }: CheckedOptions, ring: number, summing: boolean): void {
    this.setControl('ringCapacity', Math.min(ring, RING_RECORDS));
    this.setControl('ringCount', 0);
    this.setControl('continued', 0);
    this.setControl('summing', summing ? 1 : 0);
    if (summing) {
      this.setControl('summed', 0);
      this.exports.beginSum();
    }
    this.setControl('choosing', schedule ? 1 : 0);
    this.setControl('effects', records === 'effects' ? 1 : 0);
    this.setControl('digests', digests || summing ? 1 : 0);
    this.setControl('queueDepth', queueDepth);
    this.view.setBigInt64(this.controlBase + controlLayout.at.watchdog, BigInt(watchdog), true);
  }
  private setChoices(bytes: Uint8Array): void {
    this.memory.set(bytes, this.placement.choices);
    this.setControl('choiceCount', bytes.length);
    this.setControl('choiceCursor', 0);
  }

  private controlAt(name: ControlWord): number { return this.controlBase + controlLayout.at[name]; }
  private control(name: ControlWord): number { return this.view.getUint32(this.controlAt(name), true); }
  private setControl(name: ControlWord, value: number): void { this.view.setUint32(this.controlAt(name), value, true); }
  private stateWord(name: 'pc' | 'phase' | 'instructionCount'): number {
    return this.view.getUint32(this.stateAt + stateLayout.at[name], true);
  }
  /** Linear addresses of what is queued, by unit, oldest first. */
  private queues(): readonly (readonly number[])[] {
    return Array.from({ length: UNIT_COUNT }, (_, unit) => {
      const length = this.view.getUint32(this.stateAt + stateLayout.at.queueLength + 4 * unit, true);
      // An engine with a fault in it is told from a right one, not followed into lists that cannot be.
      if (length > QUEUE_MAX) throw new RangeError(`${length} instructions are said to be in the queue of unit ${unit}`);
      return Array.from({ length }, (_none, i) => this.exports.queued(unit, i) >>> 0);
    });
  }
  /** What a slot holds: `count` weights of `bytes` each, and behind them so many bytes of scales or metadata. */
  private slot(slot: number): { readonly loaded: boolean; readonly count: number; readonly bytes: number; readonly beside: number } {
    const at = this.stateAt + stateLayout.at.slots + slot * slotLayout.size;
    const word = (name: keyof typeof slotLayout.at): number => this.view.getUint32(at + slotLayout.at[name], true), columns = word('columns');
    const shape = { dtype: word('dtype'), depth: BigInt(word('depth')), columns: BigInt(columns), form: word('form'), scales: word('scales') };
    const rows = rowsOfSlot(shape), width = formatByCode(shape.dtype)?.width ?? 0;
    return { loaded: word('loaded') !== 0, count: Number(rows.weights) * columns, bytes: Math.ceil(width / 8), beside: Number(rows.beside) * columns };
  }
}

/** The end of a run that yields nothing. */
function ended(running: Generator<number, End, number>): End {
  for (;;) {
    const next = running.next(0);
    if (next.done) return next.value;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) { all.set(chunk, at); at += chunk.length; }
  return all;
}
