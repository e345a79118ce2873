//! serialise: the specification's state as the one record of state.ts, and back.
import { readScalar, type Scalar, writeScalar } from '../isa/layout.ts';
import { LOOP_DEPTH, SLOT_MAX } from '../limits.ts';
import type { SlotShape } from '../isa/view.ts';
import type { Machine } from './machine.ts';
import { type faultLayout, type loopLayout, type regionLayout, type slotLayout, stateLayout, type watchpointLayout } from './state.ts';

/** A slot as the record has it. */
export interface SlotRow { readonly loaded: number; readonly dtype: number; readonly depth: number; readonly columns: number; readonly form: number; readonly scales: number }
/** A state record by name; stateLayout. */
export interface StateValues {
  readonly pc: number; readonly phase: number; readonly seq: bigint; readonly callDepth: number; readonly loopDepth: number; readonly predicates: number;
  readonly halted: number; readonly registers: number[]; readonly calls: number[]; readonly loops: Machine['loops']; readonly tensors: number[];
  readonly modes: number[]; readonly imageBase: bigint; readonly imageBytes: number; readonly instructionCount: number; readonly launchFlags: number;
  readonly launchTag: number; readonly launchedByRing: number; readonly semaphores: number[]; readonly order: number[]; readonly queueLength: number[];
  readonly slots: SlotRow[]; readonly promised: SlotRow[]; readonly numeric: bigint[]; readonly counters: bigint[]; readonly fault: Machine['fault'][];
  readonly hostError: number; readonly scratch: number[]; readonly ringBaseLow: number; readonly ringLog2: number; readonly regions: Machine['regions'];
  readonly breakpoints: number[]; readonly watchpoints: Machine['watchpoints']; readonly stopRequest: number; readonly resumed: number;
}

type Values = Readonly<Record<string, number | bigint | readonly (number | bigint)[] | readonly Values[]>>;
type Layout = typeof stateLayout | typeof loopLayout | typeof faultLayout | typeof slotLayout | typeof regionLayout | typeof watchpointLayout;

export function encodeState(m: Machine): Uint8Array {
  const bytes = new Uint8Array(stateLayout.size);
  write(new DataView(bytes.buffer), 0, stateLayout, {
    pc: m.pc, phase: m.phase, seq: m.seq, callDepth: m.calls.length, loopDepth: m.loops.length,
    predicates: m.predicates.reduce((word, p, i) => (p ? word | (1 << i) : word), 0), halted: m.halted, haltValue: m.haltValue,
    registers: [...m.registers], calls: m.calls, loops: m.loops.map((loop) => ({ ...loop })), tensors: m.tensors.flatMap((words) => [...words]),
    modes: m.modes.flatMap((words) => [...words]), imageBase: m.image.base, imageBytes: m.image.bytes, instructionCount: m.image.count,
    launchFlags: m.launchRecord.flags, launchTag: m.launchRecord.tag, launchedByRing: m.launchRecord.byRing, semaphores: [...m.semaphores],
    order: [...m.order], queueLength: [...m.queueLengths], slots: m.slots.map(shape), promised: m.promises.map(shape), numeric: [...m.numeric],
    counters: [...m.counters], fault: [{ ...m.fault }], chipId: m.chipId, chipCount: m.chipCount, hostError: m.hostError, irqStatus: m.irqStatus,
    irqMask: m.irqMask, scratch: m.scratch, ringBaseLow: m.ringBaseLow, ringBaseHigh: m.ringBaseHigh, ringLog2: m.ringLog2, ringHead: m.ringHead,
    ringTail: m.ringTail, completionLow: m.completionLow, completionHigh: m.completionHigh, regions: m.regions.map((r) => ({ ...r })),
    debugEnable: m.debugEnable, breakpoints: m.breakpoints, watchpoints: m.watchpoints.map((w) => ({ ...w })), latchedHigh: m.latchedHigh,
    windowSpace: m.windowSpace, windowLow: m.windowLow, windowHigh: m.windowHigh, stopRequest: m.stopRequest, resumed: m.resumed,
  });
  return bytes;
}

/** Everything but memories, slot contents and queues, which a snapshot keeps beside the record. */
export function decodeState(m: Machine, bytes: Uint8Array): void {
  const v = stateValues(bytes);
  const {
    registers, predicates, calls, loops, tensors, modes, callDepth, loopDepth, imageBase, imageBytes, instructionCount, launchFlags, launchTag,
    launchedByRing, semaphores, order, queueLength, slots: _, promised, numeric, counters, fault, scratch, regions, breakpoints, watchpoints, ...plain
  } = v;
  Object.assign(m, plain, { regions, watchpoints, fault: fault[0] });
  m.registers.set(registers);
  m.predicates.forEach((_p, i) => { m.predicates[i] = ((predicates >>> i) & 1) === 1; });
  m.calls.splice(0, m.calls.length, ...calls.slice(0, callDepth));
  m.loops.splice(0, m.loops.length, ...loops.slice(0, Math.min(loopDepth, LOOP_DEPTH)));
  m.tensors.forEach((words, t) => { words.set(tensors.slice(16 * t, 16 * t + 16)); });
  m.modes.forEach((words, n) => { words.set(modes.slice(8 * n, 8 * n + 8)); });
  m.image = { base: imageBase, bytes: imageBytes, count: instructionCount };
  m.launchRecord = { flags: launchFlags, tag: launchTag, byRing: launchedByRing };
  m.semaphores.set(semaphores);
  m.order.set(order);
  m.queueLengths.set(queueLength);
  for (let i = 0; i < SLOT_MAX; i++) m.promises[i] = unshape(promised[i]!);
  m.numeric.set(numeric);
  m.counters.set(counters);
  m.scratch.splice(0, m.scratch.length, ...scratch);
  m.breakpoints.splice(0, m.breakpoints.length, ...breakpoints);
}

/** Everything in a state record, by name. */
export const stateValues = (bytes: Uint8Array): StateValues => read(new DataView(bytes.buffer, bytes.byteOffset), 0, stateLayout) as StateValues;

/** Shapes of the slots as the state record has them. */
export const slotShapes = (bytes: Uint8Array): readonly (SlotShape | undefined)[] => stateValues(bytes).slots.map(unshape);

const shape = (slot: SlotShape | undefined): Values =>
  (slot ? { loaded: 1, dtype: slot.dtype, depth: slot.depth, columns: slot.columns, form: slot.form, scales: slot.scales }
    : { loaded: 0, dtype: 0, depth: 0, columns: 0, form: 0, scales: 0 });
const unshape = (v: SlotRow): SlotShape | undefined =>
  (v.loaded ? { dtype: v.dtype, depth: BigInt(v.depth), columns: BigInt(v.columns), form: v.form, scales: v.scales } : undefined);

function write(view: DataView, at: number, of: Layout, values: Values): void {
  for (const { name, item, offset } of of.items) {
    const value = values[name];
    if (value === undefined) continue;
    if (typeof item === 'string') { writeScalar(view, at + offset, item, value as number | bigint); continue; }
    const [element] = item;
    (value as readonly unknown[]).forEach((one, i) => {
      if (typeof element === 'string') writeScalar(view, at + offset + i * sizes[element], element, one as number | bigint);
      else write(view, at + offset + i * element.size, element as Layout, one as Values);
    });
  }
}
function read(view: DataView, at: number, of: Layout): unknown {
  return Object.fromEntries(of.items.map(({ name, item, offset }) => {
    if (typeof item === 'string') return [name, readScalar(view, at + offset, item)];
    const [element, count] = item;
    return [name, Array.from({ length: count }, (_, i) => (typeof element === 'string'
      ? readScalar(view, at + offset + i * sizes[element], element) : read(view, at + offset + i * element.size, element as Layout)))];
  }));
}
const sizes: Readonly<Record<Scalar, number>> = { u8: 1, u16: 2, u32: 4, i32: 4, i64: 8 };
