//! crew: one large instruction in slices along an axis, which the threads that share the machine's memory take from each other as they come.
import {
  CONTROL_BYTES, EVENT_COUNT, MDW, MM, OP_AINIT, OP_BINARY, OP_BITWISE, OP_CLAMP, OP_COMPARE, OP_CONVERT, OP_DRAIN, OP_FILL, OP_FMA, OP_LOAD, OP_MDW,
  OP_MM, OP_MOVE, OP_SCALE, OP_SELECT, OP_SHIFT, OP_SPECIAL, OP_STORE, OP_UNARY, RETIREMENT_BYTES, ROLE_NONE, ROLE_READ, control, operand, retirement,
  slot as shape, state,
} from './encoding';
import { elements, width } from './extent';
import { CONTROL, JOB } from './memory';
import { allKnown } from './pack';
import { markOperand, operandKnown } from './pages';
import { isStochastic } from './philox';
import { layDown, runKernel, runTensor } from './units';

/** The job of the moment, in memory that all threads see; what is written while others work lies on cache lines of its own. */
namespace job {
  /** Parts that are taken from the back, above them those from the front, or CLOSED; above both the number of the job, by which helpers wait. */
  export const ticket: usize = JOB, number: usize = JOB + 4;
  /** Indices that helpers have done; whether the machine's thread sleeps until they are. */
  export const done: usize = JOB + 64, awaited: usize = JOB + 68;
  /** Set by the host of a helper that broke off. */
  export const failed: usize = JOB + 72;
  export const asleep: usize = JOB + 128;
  /** Events that helpers have counted. */
  export const events: usize = JOB + 256;
  @inline export function record(): usize { return load<u32>(JOB, 192); }
  @inline export function opcode(): u32 { return load<u32>(JOB, 196); }
  @inline export function axis(): u32 { return load<u32>(JOB, 200); }
  /** A bit for each position whose operand has the axis. */
  @inline export function sliced(): u32 { return load<u32>(JOB, 204); }
  @inline export function count(): u32 { return load<u32>(JOB, 208); }
  /** Indices of a part, of which slices consist; the last one may have fewer. */
  @inline export function part(): u32 { return load<u32>(JOB, 212); }
  @inline export function control(): usize { return load<u32>(JOB, 216); }
  @inline export function threads(): u32 { return load<u32>(JOB, 220); }
}
const CLOSED: u64 = 0xffff_ffff, PARTS_MAX: u32 = 0xffff;
/**
 * Looks before a thread lies down. A helper looks long (some 200 microseconds: more than lies between two large instructions) while that finds
 * it work, and but shortly where it does not: then the machine may wait for the very core that the helper looks on.
 */
const LEAST_LOOKS: u32 = 2_000, MOST_LOOKS: u32 = 200_000, LEADER_LOOKS: u32 = 20_000;
const LOOKS: usize = memory.data(4, 4);
/** The record as one thread has it: operands cut to its slice. */
const SLICE: usize = memory.data(<i32>RETIREMENT_BYTES, 8);

/** runTensor, with the crew where the instruction is large. */
export function runShared(op: u32, at: usize): void {
  if (!control.helpers()) {
    runTensor(op, at);
    return;
  }
  layDown(op, at);
  const sliced = slicedOf(op, at), axis = sliced ? axisOf(op, at) : 0, count = operand.dims(retirement.operands(at, 0), axis);
  const work = sliced && count > 1 ? workOf(op, at) : 0;
  if (!work || work < <i64>control.sharedWork() || !becomesKnown(op, at)) runKernel(op, at);
  else lead(op, at, sliced, axis, count, work);
}

/** A helper's life: it ends with its thread. */
export function assist(): void {
  let seen: u32 = 0;
  while (true) {
    seen = nextJob(seen);
    help(seen);
  }
}

/** The machine's thread takes slices like the others, and goes on when all are done. */
function lead(op: u32, at: usize, sliced: u32, axis: u32, count: u32, work: i64): void {
  const threads = control.helpers() + 1, number = <u32>(atomic.load<u64>(job.ticket) >>> 32) + 1;
  const each = max<i64>(1, work / <i64>count), grain = max<i64>(1, <i64>control.sharedWork() >> 2);
  store<u32>(JOB, <u32>at, 192);
  store<u32>(JOB, op, 196);
  store<u32>(JOB, axis, 200);
  store<u32>(JOB, sliced, 204);
  store<u32>(JOB, count, 208);
  store<u32>(JOB, max(<u32>((grain + each - 1) / each), count / PARTS_MAX + 1) + 1 & ~1, 212);
  store<u32>(JOB, <u32>CONTROL, 216);
  store<u32>(JOB, threads, 220);
  for (let event: usize = 0; event < EVENT_COUNT; event++) store<u32>(job.events + (event << 2), 0);
  atomic.store<u32>(job.done, 0);
  atomic.store<u32>(job.awaited, 0);
  atomic.store<u64>(job.ticket, <u64>number << 32);
  if (atomic.load<u32>(job.asleep)) atomic.notify(job.number, <i32>threads);

  const others = count - takeAll(number, true);
  for (let looks = LEADER_LOOKS; looks && atomic.load<u32>(job.done) != others; looks--) {}
  if (atomic.load<u32>(job.done) != others) {
    atomic.store<u32>(job.awaited, 1);
    for (let done = atomic.load<u32>(job.done); done != others; done = atomic.load<u32>(job.done)) {
      if (atomic.load<u32>(job.failed)) unreachable();
      atomic.wait<i32>(job.done, <i32>done, -1);
    }
  }
  // A helper that comes late finds nothing to take, whatever the next job writes.
  atomic.store<u64>(job.ticket, (<u64>number << 32) | CLOSED);
  if (!others) return;
  for (let event: usize = 0; event < EVENT_COUNT; event++) control.setEvents(event, control.events(event) + load<u32>(job.events + (event << 2)));
}

/** Before a run: helpers that lie down look for work again, so that they are awake when there is some. */
export function stir(): void {
  if (control.helpers() && atomic.load<u32>(job.asleep)) atomic.notify(job.number, <i32>control.helpers());
}

/** The number of a job after the one that was seen last. */
function nextJob(seen: u32): u32 {
  while (true) {
    const most = max(LEAST_LOOKS, load<u32>(LOOKS));
    for (let looks = most; looks; looks--) {
      const number = atomic.load<u32>(job.number);
      if (number == seen) continue;
      store<u32>(LOOKS, min(most << 1, MOST_LOOKS));
      return number;
    }
    atomic.add<u32>(job.asleep, 1);
    const ended = atomic.wait<i32>(job.number, <i32>seen, -1);
    atomic.sub<u32>(job.asleep, 1);
    store<u32>(LOOKS, ended == 0 && atomic.load<u32>(job.number) == seen ? MOST_LOOKS : most >> 2); // stirred
  }
}

/** What is left of a job. Whoever holds a slice keeps the machine's thread from going on, and with it all that the job reads. */
function help(number: u32): void {
  const first = take(number, false);
  if (!first) return;
  const scratch = control.scratch();
  memory.copy(CONTROL, job.control(), CONTROL_BYTES);
  control.setScratch(scratch);
  for (let event: usize = 0; event < EVENT_COUNT; event++) control.setEvents(event, 0);
  const done = runSlice(first) + takeAll(number, false);
  for (let event: usize = 0; event < EVENT_COUNT; event++) {
    if (control.events(event)) atomic.add<u32>(job.events + (event << 2), control.events(event));
  }
  atomic.add<u32>(job.done, done);
  if (atomic.load<u32>(job.awaited)) atomic.notify(job.done, 1);
}

/** Slices until none is left; how many indices they were. */
function takeAll(number: u32, front: bool): u32 {
  let done: u32 = 0;
  for (let slice = take(number, front); slice; slice = take(number, front)) done += runSlice(slice);
  return done;
}

/**
 * Indices of a job: the first, and above it the one behind the last; 0 for none. The machine's thread takes them from the front and helpers from the back, so
 * that what one of two has written it finds in its own cache for the next instruction. Slices become smaller, so that all threads end together.
 */
function take(number: u32, front: bool): u64 {
  while (true) {
    const ticket = atomic.load<u64>(job.ticket), begun = <u32>ticket >>> 16, ended = <u32>ticket & 0xffff;
    const part = job.part(), count = job.count(), parts = (count + part - 1) / part;
    // Of a closed job these say nothing: the next one may be half written.
    if (<u32>(ticket >>> 32) != number || (ticket & CLOSED) == CLOSED || begun + ended >= parts) return 0;
    const many = max<u32>(1, (parts - begun - ended) / (2 * job.threads())), first = front ? begun : parts - ended - many;
    if (atomic.cmpxchg<u64>(job.ticket, ticket, ticket + (front ? many << 16 : many)) == ticket) return (<u64>min(count, (first + many) * part) << 32) | (first * part);
  }
}

/** The instruction on a slice; how many indices it has. */
function runSlice(slice: u64): u32 {
  const at = job.record(), axis = job.axis(), first = <u32>slice, many = <u32>(slice >>> 32) - first;
  memory.copy(SLICE, at, RETIREMENT_BYTES);                           // kernels ask for absent operands too
  for (let position: u32 = 0; position < 4; position++) {
    if (((job.sliced() >>> position) & 1) == 0) continue;
    const one = retirement.operands(SLICE, position);
    operand.setAddress(one, operand.address(one) + <i64>first * <i64>operand.strides(one, axis) * <i64>width(one));
    operand.setDims(one, axis, many);
  }
  runKernel(job.opcode(), SLICE);
  return many;
}

/** A bit for each position whose operand is sliced with the destination; 0 where the instruction is not the sum of its slices. */
function slicedOf(op: u32, at: usize): u32 {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), words = retirement.wordsAt(at);
  if (width(d) < 8 || isStochastic(retirement.modeAt(at))) return 0;    // halves of bytes; words that count through the whole tensor
  switch (op) {
    case OP_MM: return sameRows(d, a, MM.mRank(words)) ? present(at, 0b0111) : 0;
    case OP_MDW: return sameRows(d, a, MDW.mRank(words)) ? present(at, 0b0011) : 0;
    case OP_DRAIN: case OP_SCALE: return present(at, 0b1011);           // B has a row for each channel
    case OP_LOAD: return (operand.padLow(a) | operand.padHigh(a)) == 0 ? present(at, 0b0011) : 0;
    case OP_STORE: case OP_AINIT: case OP_FILL: return present(at, 0b0011);
    case OP_BINARY: case OP_FMA: case OP_COMPARE: case OP_SHIFT: case OP_SPECIAL: case OP_UNARY: case OP_CLAMP: case OP_CONVERT: case OP_SELECT:
    case OP_BITWISE: case OP_MOVE: return present(at, 0b1111);
    default: return 0;
  }
}

/** Of the positions those that have an operand. */
function present(at: usize, positions: u32): u32 {
  let found = positions;
  for (let position: u32 = 0; position < 4; position++) {
    if (position >= <u32>retirement.operandCount(at) || operand.role(retirement.operands(at, position)) == ROLE_NONE) found &= ~(1 << position);
  }
  return found;
}

/** Whether the rows of the accumulators have the axes of those of A. */
function sameRows(acc: usize, a: usize, mRank: u32): bool {
  if (operand.rank(acc) != mRank + 1) return false;
  for (let axis: u32 = 0; axis < mRank; axis++) if (operand.dims(acc, axis) != operand.dims(a, axis)) return false;
  return true;
}

/** The longest axis, the outer of equal ones; not that of channels and columns. */
function axisOf(op: u32, at: usize): u32 {
  const d = retirement.operands(at, 0), rank = operand.rank(d), channels = op == OP_MM || op == OP_MDW || op == OP_DRAIN || op == OP_SCALE;
  let longest: u32 = 0;
  for (let axis: u32 = 1; axis < rank - <u32>channels; axis++) if (operand.dims(d, axis) > operand.dims(d, longest)) longest = axis;
  return longest;
}

/** What an instruction costs, in int8 multiply-accumulates, about; 0 where it cannot be sliced. */
function workOf(op: u32, at: usize): i64 {
  const d = retirement.operands(at, 0), many = elements(d), words = retirement.wordsAt(at);
  switch (op) {
    case OP_MM: return many * <i64>shape.depth(state.slots(MM.slot(words)));
    case OP_MDW: return many * <i64>shape.depth(state.slots(MDW.slot(words)));
    case OP_LOAD: case OP_STORE: case OP_AINIT: case OP_FILL: return many * <i64>width(d) >> 4;
    case OP_DRAIN: case OP_SCALE: return operand.rank(d) > 1 ? many << 4 : 0;
    default: return many << 4;
  }
}

/** Marks the destination where all of it becomes known: slices then find nothing to mark. */
function becomesKnown(op: u32, at: usize): bool {
  const words = retirement.wordsAt(at);
  if (op == OP_MM && !allKnown(MM.slot(words))) return false;
  if (op == OP_MDW && !allKnown(MDW.slot(words))) return false;
  for (let position: u32 = 0; position < <u32>retirement.operandCount(at); position++) {
    const one = retirement.operands(at, position);
    if (operand.role(one) & ROLE_READ && !operandKnown(one)) return false;
  }
  markOperand(retirement.operands(at, 0), true);
  return true;
}
