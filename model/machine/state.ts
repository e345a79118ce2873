//! state: the layouts of everything the machine keeps beside its memories, shared by both devices, snapshots and the emitted files.
import { layout } from '../isa/layout.ts';
import {
  CALL_DEPTH, COUNTER_COUNT, DESCRIPTOR_WORDS, EVENT_COUNT, LOOP_DEPTH, MODE_COUNT, MODE_WORDS, REGION_COUNT, SCALAR_COUNT, SEMAPHORE_COUNT,
  SLOT_MAX, TENSOR_COUNT, UNIT_COUNT,
} from '../limits.ts';
import { functionNames } from '../numerics/functions.ts';

export const loopLayout = layout('loop', { start: 'u32', end: 'u32', left: 'u32', depth: 'u32', ra: 'u32', rb: 'u32', incA: 'i32', incB: 'i32' });
/** `loaded` 0: never loaded. depth: the K that activations must have, twice the rows of codes of a sparse slot. form: 0 dense 1 sparse 2 scaled;
 *  scales: dtype of the scales, 0 where there are none. */
export const slotLayout = layout('slot', { loaded: 'u32', dtype: 'u32', depth: 'u32', columns: 'u32', form: 'u32', scales: 'u32' });
export const faultLayout = layout('fault', {
  code: 'u32', unit: 'u32', pc: 'u32', seq: 'i64', words: ['u32', 4], address: 'i64', auxiliary: 'u32', count: 'u32',
});
/** base and limit (exclusive) in pages of 4 KiB; attributes 0 read 1 write 2 image. */
export const regionLayout = layout('region', { base: 'u32', limit: 'u32', attributes: 'u32' });
export const watchpointLayout = layout('watchpoint', { space: 'u32', low: 'u32', high: 'u32', length: 'u32' });
export const breakpointCount = 4, watchpointCount = 4;

/** Numeric counters: DMI, DMO, MXU, VPU times the four events. */
export const NUMERIC_COUNTERS = 4 * EVENT_COUNT;

/** Architectural state: equal bytes in every device. What a profile or the host's run options say is not in it. */
export const stateLayout = layout('state', {
  // the sequencer
  pc: 'u32', phase: 'u32', seq: 'i64', callDepth: 'u32', loopDepth: 'u32', predicates: 'u32', halted: 'u32', haltValue: 'u32',
  registers: ['u32', SCALAR_COUNT], calls: ['u32', CALL_DEPTH], loops: [loopLayout, LOOP_DEPTH],
  tensors: ['u32', TENSOR_COUNT * DESCRIPTOR_WORDS], modes: ['u32', MODE_COUNT * MODE_WORDS],
  // the image of the run and its launch record
  imageBase: 'i64', imageBytes: 'u32', instructionCount: 'u32', launchFlags: 'u32', launchTag: 'u32', launchedByRing: 'u32',
  // units
  semaphores: ['u32', SEMAPHORE_COUNT], order: ['u32', UNIT_COUNT], queueLength: ['u32', UNIT_COUNT],
  slots: [slotLayout, SLOT_MAX], promised: [slotLayout, SLOT_MAX],
  numeric: ['i64', NUMERIC_COUNTERS], counters: ['i64', COUNTER_COUNT],
  // the host's window
  fault: [faultLayout, 1], chipId: 'u32', chipCount: 'u32', hostError: 'u32', irqStatus: 'u32', irqMask: 'u32', scratch: ['u32', 4],
  ringBaseLow: 'u32', ringBaseHigh: 'u32', ringLog2: 'u32', ringHead: 'u32', ringTail: 'u32', completionLow: 'u32', completionHigh: 'u32',
  regions: [regionLayout, REGION_COUNT], debugEnable: 'u32', breakpoints: ['u32', breakpointCount],
  watchpoints: [watchpointLayout, watchpointCount], latchedHigh: 'u32', windowSpace: 'u32', windowLow: 'u32', windowHigh: 'u32',
  /** 1: stop before the next dispatch; 2: dispatch one instruction, wait for idle, stop. `resumed`: skip the breakpoint at pc once. */
  stopRequest: 'u32', resumed: 'u32',
});

/** Numbers of format kinds and of what top codes mean; kind 0: no such format. */
export const formatKinds = { integer: 1, float: 2, fixed: 3, scale: 4 } as const, formatSpecials = { none: 0, ieee: 1, fn: 2, fnuz: 3, finite: 4, p3109: 5 } as const;
/** A row of the format table: numerics/format.ts as the engine reads it. */
export const formatLayout = layout('format', {
  kind: 'u8', width: 'u8', signed: 'u8', exponentBits: 'u8', fractionBits: 'u8', specials: 'u8', bits: 'u8', present: 'u8', bias: 'i32', nan: 'u32',
});
/** A kernel: numerics/dot-record.ts as the engine reads it; what its kind does not have is 0. kind: 1 integer 2 chain 3 tree 4 fused 5 exact
 *  6 afterSum 7 blocks; join: 0 chainStart 1 lastAdd 2 inWindow; round, align: codes of roundNames; zero: 0 ieee 1 plus; order: 0 ascending
 *  1 interleaved; operands: 0 encoded 1 fp16; products: 0 exact 1 rounded; shape: 0 adjacent 1 halves; psumBits 0: exact; keep, reach: 255 for null; group 0: all of K;
 *  floor: FLOOR_NONE for null. */
export const dotLayout = layout('dot', {
  kind: 'u8', join: 'u8', psumBits: 'u8', lanes: 'u8', daz: 'u8', ftz: 'u8', round: 'u8', align: 'u8', zero: 'u8', order: 'u8', products: 'u8',
  shape: 'u8', operands: 'u8', fractionBits: 'u8', keep: 'u8', sumBits: 'u8', accumulatorBits: 'u8', reach: 'u8', carryBits: 'u8', exactGroup: 'u8',
  exactGroupUnderC: 'u8', group: 'u32', floor: 'i32',
});
/** A function at level 1: numerics/function-table.ts as the engine reads it. method: 0 none, then 1 + the code of methodNames; rounded: 1 where the
 *  interpolation rounds; entries: the linear address of the first, a word each. */
export const functionTableLayout = layout('functionTable', {
  method: 'u8', indexBits: 'u8', interpolationBits: 'u8', rounded: 'u8', scaleBits: 'u8', rangeBits: 'u8', multiplierBits: 'u8',
  multiplier: 'u32', entries: 'u32',
});
export const FLOOR_NONE = -0x8000;
export const DOT_MAX = 16, TRIPLE_MAX = 64, FORMAT_COUNT = 256;
export const tripleLayout = layout('triple', {
  activation: 'u8', weight: 'u8', accumulator: 'u8', dotCount: 'u8', kMax: 'u32', nMax: 'u32', mMax: 'u32', dots: [dotLayout, DOT_MAX],
});
/** The profile as the engine reads it; written by the host before the first run. */
export const profileLayout = layout('profile', {
  spaceBytes: ['i64', 4], slotCount: 'u32', accLanes: 'u32', vpuLanes: 'u32', queueDepth: 'u32',
  features: ['u32', 4], hash: ['u32', 8], unknownByte: 'u32', slotBytes: 'u32', tripleCount: 'u32', granules: ['u32', 24],
  formats: [formatLayout, FORMAT_COUNT], triples: [tripleLayout, TRIPLE_MAX], functions: [functionTableLayout, functionNames.length],
});

/** Where things lie in the engine's memory, and how the host wants it to run: no part of the architecture. */
export const controlLayout = layout('control', {
  // addresses in linear memory, of a space at its number
  spaces: ['u32', 4], slots: 'u32', queues: 'u32', ring: 'u32', choices: 'u32', optionLog: 'u32', scratch: 'u32',
  // per space: one byte a page (0 untouched 1 partly known 2 wholly known), a known bit a byte, unknown bytes of a page, list of touched pages
  pageStates: ['u32', 4], knownBits: ['u32', 4], unknownCounts: ['u32', 4], touchedLists: ['u32', 4], touchedCounts: ['u32', 4],
  // run options
  ringCapacity: 'u32', ringCount: 'u32', choosing: 'u32', choiceCount: 'u32', choiceCursor: 'u32', digests: 'u32',
  queueDepth: 'u32', lanes: 'u32', watchdog: 'i64',
  // numeric events of the instruction that acts; steps taken by the last run; 1: the record CLOSED holds the next instruction
  events: ['u32', EVENT_COUNT], steps: 'u32', closed: 'u32',
  // instructions in all queues, and where in its ring each queue begins
  queued: 'u32', queueHead: ['u32', UNIT_COUNT],
  // linear address of the order record and its runs of tokens
  order: 'u32',
  // threads beside the machine's own, and the least work that is shared out among them: assembly/crew.ts
  helpers: 'u32', sharedWork: 'u32',
  // what each program word is to the burst lane, and prepared instructions: addresses, how often a place was asked for, 1: this run has looked whether they are of its program
  decoded: 'u32', prepared: 'u32', placesAsked: 'u32', fresh: 'u32',
  // address of the program that they are of: assembly/program.ts
  program: 'u32',
  // versions of the descriptors, and of modes and slots; 1: all bytes of the operands lie in wholly known pages
  versions: ['u32', TENSOR_COUNT], settings: 'u32', wholly: 'u32',
  // how often bytes became UNKNOWN again
  forgotten: 'u32',
  // 1: records are added to a digest in place of the ring; their number, modulo 2^32
  summing: 'u32', summed: 'u32',
  // address of what is kept of the scratchpad's bytes: assembly/shadow.ts
  shadow: 'u32',
  // 1: records of what touches nothing but the sequencer's own registers are left out
  effects: 'u32',
  // 1: the run goes on where the last call left it, and the host has touched nothing: what the burst lane keeps is as it was
  continued: 'u32',
});
/** Tokens of one semaphore that were posted at once: `next` is the number of the run behind it, from 1; `clock` what is over when they are there. */
export const tokenRunLayout = layout('tokenRun', { next: 'u32', count: 'u32', clock: ['u32', UNIT_COUNT] });
/** Which completions the next instruction of each unit waits for: assembly/order.ts. A clock counts completed instructions, one word a unit. */
export const orderLayout = layout('order', {
  needs: ['u32', UNIT_COUNT], clocks: ['u32', UNIT_COUNT * UNIT_COUNT],
  // of each semaphore, its oldest and its newest run of tokens; the first of the runs that were given back, and how many were ever taken
  first: ['u32', SEMAPHORE_COUNT], last: ['u32', SEMAPHORE_COUNT], free: 'u32', used: 'u32',
});
/** Runs of tokens that may be posted and not taken at one time. */
export const TOKEN_RUNS = 0x1_0000;
export const ORDER_ROOM_BYTES = orderLayout.size + TOKEN_RUNS * tokenRunLayout.size;
/** Fast lanes of the engine, as bits; none changes what happens. direct: a unit acts at dispatch, without a queue, when nothing is older.
 *  burst: runs of instructions without records are executed where they lie. prepared: among them those of units that were checked before.
 *  plain: operands that hold nothing out of the ordinary are looked at once, not by each rule. */
export const LANE_DIRECT = 1, LANE_BURST = 2, LANE_PREPARED = 4, LANE_PLAIN = 8;
/** Program words that a burst looks behind, and instructions of units that are prepared at one time; bytes of each. */
export const DECODED_WORDS = 0x1_0000, DECODED_BYTES = 16, PREPARED_MAX = 256, PREPARED_BYTES = 1256;
/** Instructions of a program of which a copy is kept, so that what was found out about them outlives a launch. */
export const PROGRAM_WORDS = 4096;
/** What says whether a program is the one before: where it lies, bytes and instructions of it, under which regions, and its words: assembly/program.ts. */
export const keptProgramLayout = layout('keptProgram', { base: 'i64', bytes: 'u32', count: 'u32', regions: [regionLayout, REGION_COUNT], words: ['u32', 4 * PROGRAM_WORDS] });
/** Room for what is made of bytes of the scratchpad and kept: assembly/shadow.ts. */
export const SHADOW_BYTES = 0x4_0000;

/**
 * What the sanitizer's scout (assembly/scout.ts) knows of an instruction; it asks for it where `kind` is 0: 1 touches nothing but registers, 2 is to be
 * followed. `slot` is its number + 1, 0: none; `picked` and `copies` are masks of positions; counters are those of the units [from, to).
 */
export const followedLayout = layout('followed', {
  kind: 'u8', wait: 'u8', post: 'u8', waits: 'u8', posts: 'u8', fence: 'u8', countersFrom: 'u8', countersTo: 'u8', many: 'u32', picked: 'u8', copies: 'u8', slot: 'u8',
});
