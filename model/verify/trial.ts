//! trial: a program with the state that it begins in and how it is run, and the first law that a device breaks on it.
import type { Device, Program, RunOptions } from '../device.ts';
import { DESCRIPTOR_WORDS, MODE_COUNT, MODE_WORDS, SCALAR_COUNT, SEMAPHORE_COUNT, SLOT_MAX, SPACE_DRAM, TENSOR_COUNT } from '../limits.ts';
import { slotLayout, stateLayout } from '../machine/state.ts';
import { packSnapshot, type SlotContents, unpackSnapshot } from '../snapshot.ts';
import { type Difference, difference, finalDifference, type Look, type Observed, observe, observeUnwatched } from './compare.ts';
import type { Expected } from './illegal.ts';

export interface Trial {
  readonly program: Program;
  /** Absent: as after a launch. */
  readonly start?: Start;
  readonly options: Pick<RunOptions, 'schedule' | 'queueDepth' | 'budget'>;
  /** The host allows the debugger's instructions before the run. */
  readonly debug?: boolean;
  /** The host launches it through its ring, and lets it read no byte of DRAM. */
  readonly unread?: boolean;
  /** Of a program that breaks a rule: what shall happen. */
  readonly expected?: Expected;
}

/** Parts of the state that a program finds when it begins; words as in stateLayout, by the names there. */
export interface Start {
  readonly registers: Uint32Array;
  readonly predicates: number;
  readonly tensors: Uint32Array;
  readonly modes: Uint32Array;
  readonly semaphores: Uint32Array;
  /** Words of slotLayout of all slots, and what the loaded ones hold. */
  readonly slots: Uint32Array;
  readonly contents: readonly (SlotContents | undefined)[];
}
export const startWords = {
  registers: SCALAR_COUNT, tensors: TENSOR_COUNT * DESCRIPTOR_WORDS, modes: MODE_COUNT * MODE_WORDS, semaphores: SEMAPHORE_COUNT, slots: (SLOT_MAX * slotLayout.size) / 4,
} as const;
export const startFields = Object.keys(startWords) as readonly (keyof typeof startWords)[];

/** The parts of a snapshot that a program may find. */
export function startOf(snapshot: Uint8Array, profileHash: string): Start {
  const { state, slots } = unpackSnapshot(snapshot, profileHash), view = new DataView(state.buffer, state.byteOffset);
  const part = (name: (typeof startFields)[number]): Uint32Array =>
    Uint32Array.from({ length: startWords[name] }, (_, i) => view.getUint32(stateLayout.at[name] + 4 * i, true));
  return {
    registers: part('registers'), predicates: view.getUint32(stateLayout.at.predicates, true), tensors: part('tensors'), modes: part('modes'),
    semaphores: part('semaphores'), slots: part('slots'), contents: slots,
  };
}

/** A device with the trial loaded, about to run it. */
export function started(device: Device, trial: Trial): Device {
  device.load(trial.program);
  prepare(device, trial);
  return device;
}
/** What stands between a load and the run: how it is launched, the state that the trial begins in, and the debugger's switch. */
function prepare(device: Device, { program, start, debug, unread }: Trial): void {
  if (unread) launchUnread(device, program);
  if (start) {
    const parts = unpackSnapshot(device.snapshot(), device.profile.hash), state = parts.state.slice(), view = new DataView(state.buffer);
    for (const name of startFields) start[name].forEach((word, i) => { view.setUint32(stateLayout.at[name] + 4 * i, word, true); });
    start.slots.forEach((word, i) => { view.setUint32(stateLayout.at.promised + 4 * i, word, true); });
    view.setUint32(stateLayout.at.predicates, start.predicates, true);
    device.restore(packSnapshot({ ...parts, state, slots: start.contents }, device.profile.hash));
  }
  if (debug) device.csrWrite(DEBUG_ENABLE, 0x100);
}

/** Laid down and launched through the ring, as hosts do, since regions are set before a launch. */
function launchUnread(device: Device, { image, memory, arguments: values = [] }: Program): void {
  const ring = 12288, base = 16384, entry = new DataView(new ArrayBuffer(64)), pages = device.profile.dramBytes / 4096;
  device.reset();
  for (const { space, address, bytes } of memory) device.write(space, address, bytes);
  device.write(SPACE_DRAM, base, image);
  [base, 0, 0, 0, 0, 0, 0, 0, ...values].forEach((word, i) => { entry.setUint32(4 * i, word >>> 0, true); });
  device.write(SPACE_DRAM, ring, new Uint8Array(entry.buffer));
  for (const [offset, value] of [[0x80, ring], [0x84, 0], [0x88, 2], [0x94, ring + 1024], [0x98, 0], [0x100, 0], [0x104, pages], [0x108, 2], [0x90, 1]] as const) device.csrWrite(offset, value);
}

/** Everything that a device shows of a trial, digests of what was written included. */
export const observeTrial = (device: Device, trial: Trial, look?: Look): Observed =>
  observe(device, trial.program, { ...trial.options, digests: true }, (loaded) => prepare(loaded, trial), look);

/** Traps from here on are external faults, which are imprecise. */
const EXTERNAL = 0x20;
const FAULT_CODE = 0x200, FAULT_PC = 0x208, DEBUG_ENABLE = 0x240;

export interface Judgement {
  /** The first law that was broken. */
  readonly found: Difference | undefined;
  /** What the device showed; undefined where it fell over. */
  readonly seen: Observed | undefined;
}
/** What an oracle says of what a device showed. One that cannot run such a trial says nothing. */
export type Judge = (trial: Trial, seen: Observed) => Difference | undefined;
/** A device that does right. */
export const judgeBy = (oracle: Device): Judge => (trial, seen) => difference(observeTrial(oracle, trial), seen);

/**
 * A device does not fall over, it does what each oracle does, a broken program traps where it was broken, and a schedule changes nothing of what
 * is left, nor, where it is run `alone` as well, does it whether anybody watches. A device that fell over is of no more use. With `look` the device stands
 * still at each record.
 */
export function failureOf(trial: Trial, device: Device, judges: readonly Judge[], alone = true, look?: Look): Judgement {
  let seen: Observed;
  try {
    seen = observeTrial(device, trial, look);
  } catch (error) {
    return { seen: undefined, found: crashOf(device, error) };
  }
  for (const judge of judges) {
    const found = judge(trial, seen);
    if (found) return { found, seen };
  }
  try {
    // A run that was cut short says nothing about its end.
    const atEnd = trial.options.budget === undefined ? unexpected(trial, device, seen) ?? unordered(trial, device, seen) : undefined;
    return { found: atEnd ?? (alone ? unwatched(trial, device, seen) : undefined), seen };
  } catch (error) {
    return { seen, found: crashOf(device, error) };
  }
}
/** What a device that fell over threw, as a difference; anything else is a mistake of ours, and thrown again. */
function crashOf({ name }: Device, error: unknown): Difference {
  if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
  return { kind: 'crash', mnemonic: '', unit: '', field: error.message, text: `${name} crashes: ${error.message}` };
}

function unexpected({ expected, options }: Trial, device: Device, seen: Observed): Difference | undefined {
  if (!expected || options.schedule) return undefined;
  const code = device.csrRead(FAULT_CODE), pc = device.csrRead(FAULT_PC), told = `${expected.breaks}: expected ${expected.status} with trap ${expected.trap} at pc ${expected.pc}`;
  if (seen.status === expected.status && (expected.trap === 0 || (code === expected.trap && pc === expected.pc))) return undefined;
  return { kind: 'expectation', mnemonic: expected.breaks.split(':')[0]!, unit: '', field: expected.breaks, text: `${told}; ${device.name} ended ${seen.status} with trap ${code} at pc ${pc}` };
}

/** Programs of the generator have no races: any order leaves the same. A start that was taken from the middle of one may lack its tokens. */
function unordered(trial: Trial, device: Device, seen: Observed): Difference | undefined {
  if (!trial.options.schedule || trial.start || trial.expected) return undefined;
  const serial = observeTrial(device, { ...trial, options: {} });
  if (serial.status !== 'halted' && !(serial.status === 'trapped' && device.csrRead(FAULT_CODE) < EXTERNAL)) return undefined;
  const found = finalDifference(serial, seen);
  return found && { ...found, kind: 'order', text: `the serial run against a schedule, ${found.text}` };
}

/** Records are for who looks: a serial run without them leaves the same. */
function unwatched(trial: Trial, device: Device, seen: Observed): Difference | undefined {
  if (trial.options.schedule) return undefined;
  const alone = observeUnwatched(started(device, trial), trial.options), found = alone.steps === seen.steps ? finalDifference(seen, alone) : { field: 'steps', text: `${device.name}: ${seen.steps} steps against ${alone.steps}` };
  return found && { mnemonic: '', unit: '', ...found, kind: 'unwatched', text: `a run with records against one that nobody watches, ${found.text}` };
}
