//! act: a unit executes a closed instruction: tokens, work, books, record.
import {
  control, COUNTER_BYTES, COUNTER_ELEMENTS, COUNTER_MACS, COUNTER_NULLIFIED, DEFINITE, EVENT_COUNT, FAULT_SEMAPHORE, head, MDW, MM, operand,
  OP_MDW, OP_MM, OP_POST, OP_WAIT, POST, retirement, RETIRED_NULLIFIED, ROLE_BOTH, ROLE_READ, ROLE_WRITE, SEMAPHORE_MAX,
  SPACE_ACC, SPACE_DRAM, state, UNIT_DMI, UNIT_SEQ, UNIT_VPU, WAIT, watchpoint,
} from './encoding';
import { runShared } from './crew';
import { elements, empty, high, low, productAtMost, width } from './extent';
import { externalFault } from './fault';
import { operandKnown } from './pages';
import { trace } from './trace';
import { runTensor } from './units';

const IRQ_INSTRUCTION: u32 = 4;

/** Is there nothing to do? What is written stands first, and if it has no elements nothing has. */
@inline function idle(at: usize): bool {
  const first = retirement.operands(at, 0);
  return (operand.role(first) & ROLE_WRITE) != 0 && empty(first);
}

/** Are indices, tables and loaded scalars known? Nobody looks at them when the destination is empty. */
export function isDefinite(at: usize): bool {
  const mask = <u32>load<u8>(DEFINITE + <usize>head.opcode(retirement.wordsAt(at)));
  if (!mask) return true;
  if (idle(at)) return true;
  for (let position: u32 = 0; position < 4; position++) {
    const t = retirement.operands(at, position);
    if ((mask >>> position) & 1 && operand.role(t) && !empty(t) && !operandKnown(t)) return false;
  }
  return true;
}

/** Acts and writes the record. `options` is the number of instructions that were ready. False: a semaphore overflowed, and the run is over. */
export function act(at: usize, options: u32): bool {
  const words = retirement.wordsAt(at), op = head.opcode(words), unit = retirement.unit(at);
  takeToken(words);
  let fits = true;
  if (op == OP_POST) fits = addTokens(POST.m(words), retirement.scalars(at, 0) + <u32>POST.imm(words));
  else if (op == OP_WAIT) takeTokens(at);
  else perform(op, at, unit);
  fits = postToken(words) && fits;
  retire(at, options);
  return fits;
}

/** The external fault of an overflow, once the record is written and the instruction is no longer queued. */
export function overflow(at: usize, unit: u32): void {
  externalFault(FAULT_SEMAPHORE, unit, retirement.pc(at), retirement.seq(at), retirement.wordsAt(at));
}

function perform(op: u32, at: usize, unit: u32): void {
  if (idle(at)) return;
  beginEvents();
  work(op, at);
  endEvents(at, unit);
}

/** Alone, or with the threads that share the machine. */
@inline export function work(op: u32, at: usize): void {
  if (ASC_FEATURE_THREADS) runShared(op, at);
  else runTensor(op, at);
}

/** Around the work of an instruction: the events that its elements raise. Most raise none, and their record says so already. */
@inline export function beginEvents(): void {
  const events = control.eventsAt();
  store<u64>(events, 0);                                                // loops cost more than this: each of their rounds looks for a signal to stop
  store<u64>(events, 0, 8);
  store<u64>(events, 0, 16);
  store<u64>(events, 0, 24);
  store<u64>(events, 0, 32);
}
@inline export function endEvents(at: usize, unit: u32): void {
  const events = control.eventsAt();
  if (EVENT_COUNT != 10) unreachable();                                 // decided when it is compiled
  if (load<u64>(events) | load<u64>(events, 8) | load<u64>(events, 16) | load<u64>(events, 24) | load<u64>(events, 32)) countEvents(at, unit);
}

function countEvents(at: usize, unit: u32): void {
  if (unit < UNIT_DMI || unit > UNIT_VPU) return;
  const counters = <usize>((unit - UNIT_DMI) * EVENT_COUNT);
  for (let event: usize = 0; event < EVENT_COUNT; event++) {
    const count = control.events(event);
    retirement.setEvents(at, event, count);
    if (count) state.setNumeric(counters + event, state.numeric(counters + event) + <i64>count);
  }
}

// ---- tokens
@inline export function takeToken(words: usize): void {
  const semaphore = head.wait(words);
  if (semaphore) state.setSemaphores(semaphore, state.semaphores(semaphore) - 1);
}
/** What `wait` takes. */
export function takeTokens(at: usize): void {
  const words = retirement.wordsAt(at), semaphore = WAIT.m(words);
  state.setSemaphores(semaphore, state.semaphores(semaphore) - (retirement.scalars(at, 0) + <u32>WAIT.imm(words)));
}
/** False, and nothing added, when the count would exceed 16 bits. */
export function addTokens(semaphore: u32, tokens: u32): bool {
  const sum = state.semaphores(semaphore) + tokens;
  if (sum > SEMAPHORE_MAX) return false;
  state.setSemaphores(semaphore, sum);
  return true;
}
/** Post and interrupt of the head. */
@inline export function postToken(words: usize): bool {
  const semaphore = head.post(words), fits = semaphore == 0 || addTokens(semaphore, 1);
  if (head.irq(words)) state.setIrqStatus(state.irqStatus() | IRQ_INSTRUCTION);
  return fits;
}

// ---- books
/** An instruction that is done: counters, watchpoints, record. */
@inline export function retire(at: usize, options: u32): void {
  if (retirement.operandCount(at)) {
    tally(at, TALLY);
    addTally(TALLY);
    if (state.debugEnable() & 0xf0) watch(at);
  }
  const unit = retirement.unit(at);
  state.setCounters(unit, state.counters(unit) + 1);
  close(at, unit, options);
}
/** An instruction that does not act: nullified, or trapped. It counts as the sequencer's. */
export function retireIdle(at: usize, options: u32): void {
  if (retirement.status(at) == RETIRED_NULLIFIED) state.setCounters(COUNTER_NULLIFIED, state.counters(COUNTER_NULLIFIED) + 1);
  retirement.setUnit(at, UNIT_SEQ);
  close(at, UNIT_SEQ, options);
}
@inline function close(at: usize, unit: u32, options: u32): void {
  const order = state.order(unit);
  state.setOrder(unit, order + 1);
  retirement.setOrder(at, order);
  retirement.setOptions(at, options);
  trace(at);
}

/** What an instruction adds to the counters: elements written, bytes moved in each space, multiply-accumulates; i64 each. */
export const TALLY_BYTES: usize = 40;
const TALLY: usize = memory.data(40, 8);

export function tally(at: usize, to: usize): void {
  const count = retirement.operandCount(at), words = retirement.wordsAt(at), op = head.opcode(words);
  let written = false;
  for (let offset: usize = 0; offset < TALLY_BYTES; offset += 8) store<i64>(to + offset, 0);
  for (let position: u32 = 0; position < count; position++) {
    const t = retirement.operands(at, position), role = operand.role(t), space = operand.space(t);
    if (!role) continue;
    const many = elements(t), bytes = (many * <i64>width(t) + 7) >>> 3;
    if (!written && role & ROLE_WRITE) {
      written = true;
      store<i64>(to, many);
    }
    const sum = to + (<usize>(space - SPACE_DRAM) << 3);
    if (space >= SPACE_DRAM && space <= SPACE_ACC) store<i64>(sum, load<i64>(sum, 8) + (role == ROLE_BOTH ? 2 * bytes : bytes), 8);
  }
  if (op != OP_MM && op != OP_MDW) return;
  const acc = retirement.operands(at, 0), a = retirement.operands(at, 1), from = op == OP_MM ? MM.mRank(words) : MDW.mRank(words);
  const depth = productAtMost(a, from, operand.rank(a) - <u32>(op == OP_MDW), 0xffff_ffff);
  store<i64>(to, elements(acc) * depth, 32);
}
@inline export function addTally(from: usize): void {
  if (ASC_FEATURE_SIMD) {
    const to = state.countersAt() + (<usize>COUNTER_ELEMENTS << 3);     // elements, bytes of each space and products lie behind each other
    for (let offset: usize = 0; offset < 32; offset += 16) v128.store(to + offset, i64x2.add(v128.load(to + offset), v128.load(from + offset)));
  } else {
    state.setCounters(COUNTER_ELEMENTS, state.counters(COUNTER_ELEMENTS) + load<i64>(from));
    for (let space: usize = 0; space < 3; space++) {
      const counter = <usize>COUNTER_BYTES + space;
      state.setCounters(counter, state.counters(counter) + load<i64>(from + (space << 3), 8));
    }
  }
  state.setCounters(COUNTER_MACS, state.counters(COUNTER_MACS) + load<i64>(from, 32));
}

/** The same of an instruction that has acted so many times. */
export function addTallies(from: usize, times: u32): void {
  const to = state.countersAt() + (<usize>COUNTER_ELEMENTS << 3);
  for (let offset: usize = 0; offset < 32; offset += 8) store<i64>(to + offset, load<i64>(to + offset) + load<i64>(from + offset) * <i64>times);
  state.setCounters(COUNTER_MACS, state.counters(COUNTER_MACS) + load<i64>(from, 32) * <i64>times);
}

const WATCH_READ: u32 = 0x100, WATCH_WRITE: u32 = 0x200;

/** A watched byte that was read or written stops the run before the next dispatch. */
function watch(at: usize): void {
  const enabled = state.debugEnable() >>> 4, count = retirement.operandCount(at);
  for (let i: u32 = 0; i < 4; i++) {
    if (((enabled >>> i) & 1) == 0) continue;
    const point = state.watchpoints(i), what = watchpoint.space(point);
    const from = <i64>watchpoint.low(point) | (<i64>watchpoint.high(point) << 32), to = from + <i64>watchpoint.length(point);
    for (let position: u32 = 0; position < count; position++) {
      const t = retirement.operands(at, position), role = operand.role(t);
      const asked = (role & ROLE_READ && what & WATCH_READ) || (role & ROLE_WRITE && what & WATCH_WRITE);
      if (!asked || operand.space(t) != (what & 0xff) || empty(t)) continue;
      if (low(t) < to && from < high(t)) state.setStopRequest(1);
    }
  }
}
