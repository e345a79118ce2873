//! csr: the host's window of 32-bit registers: what each offset reads and what writing it does.
import {
  EVENT_ALWAYS, EVENT_COUNT, LOOP_DEPTH, NUMERIC_CSR, NUMERIC_CSR_STEP, NUMERIC_MORE_CSR, PHASE_BREAK, PHASE_FAULT, PHASE_IDLE, PHASE_RUN, REGION_COUNT,
  SEMAPHORE_MAX, UNIT_COUNT, VERSION_MAJOR, VERSION_MINOR, eventDefinitions, featureNames,
} from '../limits.ts';
import { once } from '../isa/cached.ts';
import { type Machine, noFault } from './machine.ts';
import { NUMERIC_COUNTERS, breakpointCount, watchpointCount } from './state.ts';

export type Access = 'ro' | 'rw' | 'wo' | 'w1c';
/** Bits of a register that have a meaning of their own. */
export interface RegisterField { readonly name: string; readonly low: number; readonly width: number; readonly says: string }
/** `locked`: writable only while IDLE. `stopped`: valid only in IDLE, BREAK and FAULT. */
export interface Register {
  readonly name: string;
  readonly offset: number;
  readonly access: Access;
  readonly says: string;
  /** None: the word is one value. */
  readonly fields?: readonly RegisterField[];
  /** What it reads at power-on: 0 where nothing is said, 'profile' where the profile says it, 'unknown' where nothing does. */
  readonly reset?: number | 'profile' | 'unknown';
  /** How many, and the distance from one to the next in bytes. */
  readonly repeat?: readonly [number, number];
  readonly locked?: boolean;
  readonly stopped?: boolean;
  readonly read?: (machine: Machine, index: number) => number;
  readonly write?: (machine: Machine, value: number, index: number) => void;
}

/** CTRL is a request that the device answers, since it may start and stop runs. */
export const CTRL = 0x40, RING_TAIL = 0x90, WINDOW = 0x8000;
const ctrl = [bit('reset', 0), bit('resume', 1, 'from BREAK'), bit('step', 2, 'one instruction, then BREAK'), bit('break', 3, 'at the next dispatch')];
const irq = [bit('done', 0, 'a run is done'), bit('fault', 1), bit('instruction', 2, 'one with `irq` retired'), bit('outside', 3, 'from outside'), bits('vectors', 16, 16)];

const loopSays = {
  start: 'first instruction of an open loop', end: 'its last', left: 'iterations that remain, the current one included', depth: 'calls open when it began',
} as const;
const ID = 0x5453_5953, VERSION = (VERSION_MAJOR << 16) | VERSION_MINOR;

const low32 = (x: bigint): number => Number(BigInt.asUintN(32, x));
const high32 = (x: bigint): number => Number(BigInt.asUintN(32, x >> 32n));
type Numbers = { [K in keyof Machine]: Machine[K] extends number ? K : never }[keyof Machine];
/** A register that is a field of the machine. */
const cell = (offset: number, name: string, key: Numbers, says: string, more: Partial<Register> = {}): Register => ({
  name, offset, access: 'rw', says, read: (m) => m[key] as number, write: (m, value) => { (m[key] as number) = value; }, ...more,
});
const reads = (offset: number, name: string, says: string, read: Register['read'] & {}, more: Partial<Register> = {}): Register =>
  ({ name, offset, access: 'ro', says, read, ...more });

export const registers: readonly Register[] = [
  reads(0x000, 'ID', '"SYST"', () => ID, { reset: ID }),
  reads(0x004, 'VERSION', 'of the instruction set', () => VERSION, { fields: [bits('minor', 0, 16), bits('major', 16, 16)], reset: VERSION }),
  reads(0x008, 'PROFILE_HASH', 'sha256 of the profile, most significant word first', (m, i) => Number.parseInt(m.profile.hash.slice(8 * i, 8 * i + 8), 16), { repeat: [8, 4], reset: 'profile' }),
  reads(0x028, 'FEATURE', 'features of the profile, bit by bit', (m, i) => featureNames.reduce((word, name, bit) => (bit >> 5 === i && m.has(name) ? word | (1 << (bit & 31)) : word), 0) >>> 0, { repeat: [4, 4], reset: 'profile' }),
  cell(0x038, 'CHIP_ID', 'chipId', 'number of this chip', { locked: true }),
  cell(0x03c, 'CHIP_COUNT', 'chipCount', 'chips in the system', { locked: true, reset: 1 }),
  { name: 'CTRL', offset: CTRL, access: 'wo', says: 'requests, one after the other', fields: ctrl, write: control },
  reads(0x044, 'STATUS', 'how the run stands', (m) => m.queueLengths.reduce((word, length, unit) => (length ? word | (0x100 << unit) : word), m.phase),
    { fields: [bits('phase', 0, 3, '0 idle 1 run 2 break 3 drain 4 fault'), bits('busy', 8, UNIT_COUNT, 'units whose queue is not empty')] }),
  { name: 'HOSTERR', offset: 0x048, access: 'w1c', says: 'the host did what it may not; sticky', fields: [bit('error', 0)], read: (m) => m.hostError, write: (m, value) => { m.hostError &= ~value; } },
  { name: 'IRQ_STATUS', offset: 0x050, access: 'w1c', says: 'causes that arose', fields: irq, read: (m) => m.irqStatus, write: (m, value) => { m.irqStatus = (m.irqStatus & ~value) >>> 0; } },
  cell(0x054, 'IRQ_MASK', 'irqMask', 'which causes interrupt', { fields: irq }),
  { name: 'IRQ_SET', offset: 0x058, access: 'wo', says: 'sets bits of IRQ_STATUS', fields: irq, write: (m, value) => { m.irqStatus = (m.irqStatus | value) >>> 0; } },
  reads(0x05c, 'IRQ_CAUSE', 'IRQ_STATUS & IRQ_MASK', (m) => (m.irqStatus & m.irqMask) >>> 0, { fields: irq }),
  { name: 'SCRATCH', offset: 0x060, access: 'rw', says: 'for host and sequencer', repeat: [4, 4], read: (m, i) => m.scratch[i]!, write: (m, value, i) => { m.scratch[i] = value; } },
  cell(0x080, 'RING_BASE_LO', 'ringBaseLow', 'command ring in DRAM, 64-byte aligned', { locked: true, write: (m, value) => { if (value % 64) m.hostError = 1; else m.ringBaseLow = value; } }),
  cell(0x084, 'RING_BASE_HI', 'ringBaseHigh', 'upper half', { locked: true }),
  cell(0x088, 'RING_LOG2', 'ringLog2', 'entries, 1 to 12; 0 off', { locked: true, write: (m, value) => { if (value > 12) m.hostError = 1; else m.ringLog2 = value; } }),
  reads(0x08c, 'RING_HEAD', 'launches completed', (m) => m.ringHead),
  cell(RING_TAIL, 'RING_TAIL', 'ringTail', 'launches asked for; writing it is the doorbell', { write: ringTail }),
  cell(0x094, 'CPL_BASE_LO', 'completionLow', 'completion ring in DRAM, 32 bytes an entry'),
  cell(0x098, 'CPL_BASE_HI', 'completionHigh', 'upper half'),
  region('REGION_BASE', 0x100, 'base', 'first page of 4 KiB'),
  region('REGION_LIMIT', 0x104, 'limit', 'after the last page; region 0 is all of DRAM at first', { reset: 'profile' }),
  region('REGION_ATTR', 0x108, 'attributes', 'what is allowed there; at first everything in region 0, nothing elsewhere', {
    fields: [bit('read', 0), bit('write', 1), bit('image', 2)], reset: 'profile',
  }),
  reads(0x200, 'FAULT', 'code, unit, pc, seq lo, hi, word 0 to 3, address lo, hi, aux, count', (m, i) => {
    const { code, unit, pc, seq, words, address, auxiliary, count } = m.fault;
    return [code, unit, pc, low32(seq), high32(seq), ...words, low32(address), high32(address), auxiliary, count][i]!;
  }, { repeat: [13, 4] }),
  cell(0x240, 'DBG_ENABLE', 'debugEnable', 'not 0: `break` stops',
    { fields: [bits('breakpoints', 0, breakpointCount), bits('watchpoints', 4, watchpointCount)] }),
  { name: 'BP', offset: 0x244, access: 'rw', says: 'stop before this pc', repeat: [breakpointCount, 4], read: (m, i) => m.breakpoints[i]!, write: (m, value, i) => { m.breakpoints[i] = value; } },
  watchpoint('WP_SPACE', 0x260, 'space', 'what is watched', { fields: [bits('space', 0, 8), bit('reads', 8), bit('writes', 9)] }),
  watchpoint('WP_LO', 0x264, 'low', 'address'),
  watchpoint('WP_HI', 0x268, 'high', 'upper half'), watchpoint('WP_LENGTH', 0x26c, 'length', 'bytes'),
  { name: 'SEM_POST', offset: 0x300, access: 'wo', says: 'tokens for a semaphore', fields: [bits('semaphore', 0, 6), bits('tokens', 16, 16)], write: semaphorePost },
  reads(0x400, 'SEM', 'tokens', (m, i) => m.semaphores[i]!, { repeat: [64, 4] }),
  ...numericCounters('NUMERIC', NUMERIC_CSR, 0, EVENT_ALWAYS),
  ...counters('EVENTS', 0x600, 8, 12, 'retired by unit, nullified, elements, bytes by space, macs', (m, i) => m.counters[i]!),
  ...numericCounters('NUMERIC_MORE', NUMERIC_MORE_CSR, EVENT_ALWAYS, EVENT_COUNT),
  reads(0x800, 'S', 'scalar registers', (m, i) => m.registers[i]!, { repeat: [32, 4], stopped: true }),
  reads(0x880, 'P', 'predicates, a bit each', (m) => m.predicates.reduce((word, p, i) => (p ? word | (1 << i) : word), 0), { stopped: true, reset: 1 }),
  reads(0x884, 'PC', 'next instruction', (m) => m.pc, { stopped: true }),
  reads(0x888, 'SEQ_LO', 'next sequence number', (m) => low32(m.seq), { stopped: true }),
  reads(0x88c, 'SEQ_HI', 'upper half', (m) => high32(m.seq), { stopped: true }),
  reads(0x890, 'CALL_DEPTH', 'open calls', (m) => m.calls.length, { stopped: true }),
  reads(0x894, 'LOOP_DEPTH', 'open loops', (m) => m.loops.length, { stopped: true }),
  reads(0x8a0, 'CALL', 'return addresses', (m, i) => m.calls[i] ?? 0, { repeat: [8, 4], stopped: true }),
  ...([['START', 'start'], ['END', 'end'], ['LEFT', 'left'], ['CALLS', 'depth']] as const).map(([name, key], k) =>
    reads(0x8c0 + 4 * k, `LOOP_${name}`, loopSays[key], (m, i) => m.loops[i]?.[key] ?? 0, { repeat: [LOOP_DEPTH, 16], stopped: true })),
  reads(0x1000, 'T', 'descriptors, 16 words each', (m, i) => m.tensors[i >> 4]![i & 15]!, { repeat: [1024, 4], stopped: true }),
  reads(0x2000, 'N', 'numeric modes, 8 words each', (m, i) => m.modes[i >> 3]![i & 7]!, { repeat: [32, 4], stopped: true }),
  cell(0x4000, 'WIN_SPACE', 'windowSpace', 'space that the window shows'),
  cell(0x4004, 'WIN_LO', 'windowLow', 'address that the window shows first'),
  cell(0x4008, 'WIN_HI', 'windowHigh', 'upper half'),
  { name: 'WINDOW', offset: WINDOW, access: 'rw', says: 'memory', repeat: [0x2000, 4], stopped: true, reset: 'unknown', read: peek, write: poke },
];

const byOffset = once((): ReadonlyMap<number, readonly [Register, number]> => new Map(registers.flatMap((register) => {
  const [count, step] = register.repeat ?? [1, 4];
  return Array.from({ length: count }, (_, i) => [register.offset + i * step, [register, i] as const] as const);
})));
const stopped = (m: Machine): boolean => m.phase === PHASE_IDLE || m.phase === PHASE_BREAK || m.phase === PHASE_FAULT;

function bits(name: string, low: number, width: number, says = ''): RegisterField { return { name, low, width, says }; }
function bit(name: string, low: number, says = ''): RegisterField { return bits(name, low, 1, says); }

/** The register at an offset of the window, its index where there are many. */
export function registerAt(offset: number): { readonly name: string; readonly index: number; readonly isMany: boolean } | undefined {
  const [register, index] = byOffset().get(offset) ?? [undefined, 0];
  return register && { name: register.name, index, isMany: register.repeat !== undefined };
}

/** What the host reads; what it may not read gives 0 and sets HOSTERR. */
export function readWindow(machine: Machine, offset: number): number {
  const [register, index] = byOffset().get(offset) ?? [undefined, 0];
  if (!register?.read || (register.stopped && !stopped(machine))) { machine.hostError = 1; return 0; }
  return register.read(machine, index) >>> 0;
}
/** What the host writes; what it may not write has no effect and sets HOSTERR. */
export function writeWindow(machine: Machine, offset: number, value: number): void {
  const [register, index] = byOffset().get(offset) ?? [undefined, 0];
  const refused = !register?.write || (register.stopped && !stopped(machine)) || (register.locked && machine.phase !== PHASE_IDLE);
  if (refused) machine.hostError = 1;
  else register.write!(machine, value >>> 0, index);
}

/** The bits act one after the other: RESUME leaves BREAK, so that STEP beside it finds the machine running. */
function control(m: Machine, value: number): void {
  const asks = (name: string): boolean => ctrl.some((field) => field.name === name && (value >>> field.low) & 1);
  if (asks('reset')) m.reset(false);
  if (asks('resume')) resume(m, 0);
  if (asks('step')) resume(m, 2);
  if (asks('break')) { if (m.phase === PHASE_RUN) m.stopRequest = 1; else m.hostError = 1; }
}
function resume(m: Machine, stopRequest: number): void {
  if (m.phase !== PHASE_BREAK) { m.hostError = 1; return; }
  m.phase = PHASE_RUN;
  m.fault = noFault();
  m.resumed = 1;
  m.stopRequest = stopRequest;
}
function ringTail(m: Machine, value: number): void {
  if (m.ringLog2 === 0 || (value - m.ringHead) >>> 0 > 2 ** m.ringLog2) m.hostError = 1;
  else m.ringTail = value;
}
function semaphorePost(m: Machine, value: number): void {
  const semaphore = value & 63, tokens = value >>> 16;
  if (semaphore === 0 || m.semaphores[semaphore]! + tokens > SEMAPHORE_MAX) m.hostError = 1;
  else m.semaphores[semaphore]! += tokens;
}
function region(name: string, offset: number, key: 'base' | 'limit' | 'attributes', says: string, more: Partial<Register> = {}): Register {
  return {
    name, offset, access: 'rw', says, ...more, repeat: [REGION_COUNT, 16], locked: true, read: (m, i) => m.regions[i]![key],
    write: (m, value, i) => { m.regions[i] = { ...m.regions[i]!, [key]: value }; },
  };
}
function watchpoint(name: string, offset: number, key: 'space' | 'low' | 'high' | 'length', says: string, more: Partial<Register> = {}): Register {
  return {
    name, offset, access: 'rw', says, ...more, repeat: [watchpointCount, 16], read: (m, i) => m.watchpoints[i]![key],
    write: (m, value, i) => { m.watchpoints[i] = { ...m.watchpoints[i]!, [key]: value }; },
  };
}
/** Counters of the events `first` to `end` - 1, unit by unit. */
function numericCounters(name: string, offset: number, first: number, end: number): Register[] {
  const says = `dmi, dmo, mxu, vpu: ${eventDefinitions.slice(first, end).map(([event]) => event).join(', ')}`;
  return counters(name, offset, NUMERIC_CSR_STEP, NUMERIC_COUNTERS / EVENT_COUNT * (end - first), says,
    (m, i) => m.numeric[Math.floor(i / (end - first)) * EVENT_COUNT + first + i % (end - first)]!);
}
function counters(name: string, offset: number, step: number, count: number, says: string, value: (m: Machine, i: number) => bigint): Register[] {
  return [
    reads(offset, `${name}_LO`, `${says}; reading it holds the upper half`, (m, i) => { m.latchedHigh = high32(value(m, i)); return low32(value(m, i)); }, { repeat: [count, step] }),
    reads(offset + 4, `${name}_HI`, 'upper half, as held', (m) => m.latchedHigh, { repeat: [count, step] }),
  ];
}
/** The address of a window word, or undefined outside the space. */
function windowAddress(m: Machine, index: number): number | undefined {
  const address = m.windowHigh * 2 ** 32 + m.windowLow + 4 * index, memory = m.memories[m.windowSpace];
  return memory && address + 4 <= memory.size ? address : undefined;
}
function peek(m: Machine, index: number): number {
  const address = windowAddress(m, index);
  if (address === undefined) { m.hostError = 1; return 0; }
  return new DataView(m.memories[m.windowSpace]!.read(address, 4).buffer).getUint32(0, true);
}
function poke(m: Machine, value: number, index: number): void {
  const address = windowAddress(m, index);
  if (address === undefined) m.hostError = 1;
  else m.memories[m.windowSpace]!.write(address, Uint8Array.from([0, 8, 16, 24], (shift) => (value >>> shift) & 255));
}
