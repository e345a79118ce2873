//! machine: the state of the specification, and the verbs that instructions use on it.
import { hull, isEmpty } from '../isa/tensor.ts';
import type { Cell, Loop, Machine as MachineVerbs, Slot, SlotShape, Tensor, Triple, Watch } from '../isa/view.ts';
import {
  COUNTER_COUNT, EVENT_ALWAYS, EVENT_COUNT, type Feature, IMAGE_HEADER_BYTES, MODE_COUNT, MODE_WORDS, PAGE_BYTES, PHASE_IDLE, PREDICATE_COUNT,
  REGION_COUNT, SCALAR_COUNT, SEMAPHORE_COUNT, SEMAPHORE_MAX, SLOT_MAX, SPACE_ACC, SPACE_DRAM, SPACE_SPM, TENSOR_COUNT, UNIT_COUNT,
} from '../limits.ts';
import { formatByCode, quietNan } from '../numerics/format.ts';
import type { FunctionTable } from '../numerics/function-table.ts';
import type { FunctionName } from '../numerics/functions.ts';
import { Memory } from './memory.ts';
import type { Profile } from './profile.ts';
import { breakpointCount, NUMERIC_COUNTERS, watchpointCount } from './state.ts';

export interface Region { readonly base: number; readonly limit: number; readonly attributes: number }
export interface Window {
  readonly read: (machine: Machine, offset: number) => number;
  readonly write: (machine: Machine, offset: number, value: number) => void;
}
export interface Watchpoint { readonly space: number; readonly low: number; readonly high: number; readonly length: number }
export interface Fault {
  code: number; unit: number; pc: number; seq: bigint; words: readonly number[]; address: bigint; auxiliary: number; count: number;
}
export const noFault = (): Fault => ({ code: 0, unit: 0, pc: 0, seq: 0n, words: [0, 0, 0, 0], address: 0n, auxiliary: 0, count: 0 });
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

export class Machine implements MachineVerbs {
  readonly profile: Profile;
  readonly memories: readonly (Memory | undefined)[];
  // the sequencer
  pc = 0; phase = PHASE_IDLE; seq = 0n; halted = 0; haltValue = 0;
  readonly registers = new Uint32Array(SCALAR_COUNT);
  readonly predicates = Array.from({ length: PREDICATE_COUNT }, (_, i) => i === 0);
  readonly calls: number[] = [];
  readonly loops: Loop[] = [];
  readonly tensors = Array.from({ length: TENSOR_COUNT }, () => new Uint32Array(16));
  readonly modes = Array.from({ length: MODE_COUNT }, () => new Uint32Array(MODE_WORDS));
  image = { base: 0n, bytes: 0, count: 0 };
  launchRecord = { flags: 0, tag: 0, byRing: 0 };
  // units
  readonly semaphores = new Uint32Array(SEMAPHORE_COUNT);
  readonly order = new Uint32Array(UNIT_COUNT);
  readonly queueLengths = new Uint32Array(UNIT_COUNT);
  readonly slots: (Slot | undefined)[] = Array.from({ length: SLOT_MAX }, () => undefined);
  readonly promises: (SlotShape | undefined)[] = Array.from({ length: SLOT_MAX }, () => undefined);
  readonly numeric = new BigInt64Array(NUMERIC_COUNTERS);
  readonly counters = new BigInt64Array(COUNTER_COUNT);
  // the host's window
  fault = noFault();
  chipId = 0; chipCount = 1; hostError = 0; irqStatus = 0; irqMask = 0; readonly scratch = zeros(4);
  ringBaseLow = 0; ringBaseHigh = 0; ringLog2 = 0; ringHead = 0; ringTail = 0; completionLow = 0; completionHigh = 0;
  regions: Region[] = [];
  debugEnable = 0; readonly breakpoints = zeros(breakpointCount);
  watchpoints: Watchpoint[] = [];
  latchedHigh = 0; windowSpace = 0; windowLow = 0; windowHigh = 0; stopRequest = 0; resumed = 0;
  // the instruction that acts
  events: number[] = zeros(EVENT_COUNT);
  branched: number | undefined;
  overflowed = false;
  watch: Watch | undefined;

  /** The host's window, csr.ts: it looks at the whole machine. */
  private readonly window: Window;
  constructor(profile: Profile, window: Window) {
    this.profile = profile;
    this.window = window;
    const { unknownByte } = profile;
    this.memories = [
      undefined, new Memory(profile.dramBytes, unknownByte), new Memory(profile.spmBytes, unknownByte), new Memory(profile.accBytes, unknownByte),
    ];
    this.reset(true);
  }

  /** Power-on, or the RESET bit, which keeps DRAM. */
  reset(powerOn: boolean): void {
    for (const space of powerOn ? [SPACE_DRAM, SPACE_SPM, SPACE_ACC] : [SPACE_SPM, SPACE_ACC]) this.memories[space]!.reset();
    this.clearForLaunch([]);
    this.image = { base: 0n, bytes: 0, count: 0 };
    this.launchRecord = { flags: 0, tag: 0, byRing: 0 };
    Object.assign(this, {
      phase: PHASE_IDLE, halted: 0, haltValue: 0, fault: noFault(), chipId: 0, chipCount: 1, hostError: 0, irqStatus: 0, irqMask: 0, ringBaseLow: 0,
      ringBaseHigh: 0, ringLog2: 0, ringHead: 0, ringTail: 0, completionLow: 0, completionHigh: 0, debugEnable: 0, latchedHigh: 0, windowSpace: 0,
      windowLow: 0, windowHigh: 0, stopRequest: 0, resumed: 0,
    });
    this.semaphores.fill(0);
    this.queueLengths.fill(0);
    this.slots.fill(undefined);
    this.promises.fill(undefined);
    this.scratch.fill(0);
    this.breakpoints.fill(0);
    this.watchpoints = Array.from({ length: watchpointCount }, () => ({ space: 0, low: 0, high: 0, length: 0 }));
    this.regions = Array.from({ length: REGION_COUNT }, (_, i) =>
      (i === 0 ? { base: 0, limit: this.profile.dramBytes / PAGE_BYTES, attributes: 7 } : { base: 0, limit: 0, attributes: 0 }));
  }

  /** Machine manual, section 1: scalar state is zero but for the arguments; memories, slots and semaphores keep their contents. */
  clearForLaunch(argumentWords: readonly number[]): void {
    this.pc = 0;
    this.seq = 0n;
    this.halted = 0;
    this.haltValue = 0;
    this.registers.fill(0);
    argumentWords.forEach((word, i) => { this.registers[8 + i] = word; });
    this.predicates.fill(false, 1);
    this.calls.length = 0;
    this.loops.length = 0;
    for (const words of [...this.tensors, ...this.modes]) words.fill(0);
    this.order.fill(0);
    this.numeric.fill(0n);
    this.counters.fill(0n);
  }

  // ---- what rules ask
  get instructionCount(): number { return this.image.count; }
  get imageBytes(): number { return this.image.bytes; }
  get callDepth(): number { return this.calls.length; }
  get loopDepth(): number { return this.loops.length; }
  get innermost(): Loop | undefined { const loop = this.loops.at(-1); return loop?.depth === this.calls.length ? loop : undefined; }
  get debugEnabled(): boolean { return this.debugEnable !== 0; }
  get slotCount(): number { return this.profile.slotCount; }
  get accLanes(): number { return this.profile.accLanes; }
  get vpuLanes(): number { return this.profile.vpuLanes; }
  get triples(): readonly Triple[] { return this.profile.triples; }
  has(feature: Feature): boolean { return this.profile.features.includes(feature); }
  functionTable(name: FunctionName): FunctionTable | undefined { return this.profile.functions.get(name); }
  knows(dtype: number): boolean { return this.profile.formatCodes.includes(dtype); }
  spaceBytes(space: number): bigint { return BigInt(this.memories[space]?.size ?? 0); }
  granule(space: number, unit: number): bigint {
    return BigInt(this.profile.granules.find((g) => g.space === space && g.unit === unit)?.bytes ?? 1);
  }
  regionOf(low: bigint, high: bigint): Region | undefined {
    return this.regions.find((region) => low >= BigInt(region.base) * BigInt(PAGE_BYTES) && high <= this.regionEnd(region));
  }
  /** Behind the last byte of a region; DRAM may end before it. */
  regionEnd({ limit }: Region): bigint {
    const end = BigInt(limit) * BigInt(PAGE_BYTES), size = BigInt(this.profile.dramBytes);
    return end < size ? end : size;
  }
  inRegion(low: bigint, high: bigint): boolean { return this.regionOf(low, high) !== undefined; }
  firstProtected(low: bigint, high: bigint, write: boolean): bigint | undefined {
    const region = this.regionOf(low, high);
    if (region && (region.attributes & (write ? 2 : 1)) === 0) return low;
    const { base, bytes } = this.image;
    return write && low < base + BigInt(bytes) && high > base ? (low > base ? low : base) : undefined;
  }
  promised(slot: number): SlotShape | undefined { return this.promises[slot]; }
  canonicalNan(dtype: number): bigint { return this.profile.nans.get(dtype) ?? quietNan(formatByCode(dtype)!); }

  // ---- what execute does
  setRegister(number: number, value: number): void { if (number !== 0) this.registers[number] = value; }
  setPredicate(number: number, value: boolean): void { if (number !== 0) this.predicates[number] = value; }
  branch(target: number): void { this.branched = target; }
  read(t: Tensor, index: readonly bigint[]): Cell {
    const cell = this.memories[t.space]!.readCell(t, index);
    this.watch?.tell({ kind: 'read', t, index, cell });
    return cell;
  }
  write(t: Tensor, index: readonly bigint[], cell: Cell): void {
    this.memories[t.space]!.writeCell(t, index, cell);
    this.watch?.tell({ kind: 'write', t, index, cell });
  }
  /** Low byte first, from a byte of the image. */
  imageWord(offset: number): number {
    const bytes = this.memories[SPACE_DRAM]!.read(Number(this.image.base) + offset, 4);
    return new DataView(bytes.buffer).getUint32(0, true);
  }
  instructionWords(pc: number): number[] { return [0, 4, 8, 12].map((at) => this.imageWord(IMAGE_HEADER_BYTES + 16 * pc + at)); }
  note(event: number): void { if (event < EVENT_ALWAYS || this.has('fullCounters')) this.events[event]!++; }
  promise(slot: number, shape: SlotShape): void { this.promises[slot] = shape; }
  idle(units: number): boolean { return this.queueLengths.every((length, unit) => length === 0 || ((units >>> unit) & 1) === 0); }
  post(semaphore: number, tokens: number): void {
    if (this.semaphores[semaphore]! + tokens > SEMAPHORE_MAX) this.overflowed = true;
    else this.semaphores[semaphore]! += tokens;
  }
  halt(value: number): void { this.halted = 1; this.haltValue = value; }
  raise(vector: number): void { this.irqStatus = (this.irqStatus | (1 << (16 + vector))) >>> 0; }
  csrRead(offset: number): number { return this.window.read(this, offset); }
  csrWrite(offset: number, value: number): void { this.window.write(this, offset, value); }

  /** Does an access of an operand meet a watchpoint that is enabled? */
  watched(t: Tensor): boolean {
    if (isEmpty(t)) return false;
    const [low, high] = hull(t), kind = t.role === 'read' ? 1 : t.role === 'write' ? 2 : 3;
    return this.watchpoints.some((w, i) => {
      const start = (BigInt(w.high) << 32n) | BigInt(w.low);
      return ((this.debugEnable >>> (4 + i)) & 1) === 1 && (w.space & 0xff) === t.space && ((w.space >>> 8) & kind) !== 0
        && low < start + BigInt(w.length) && high > start;
    });
  }
}
