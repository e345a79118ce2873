//! window: the host's view of 32-bit registers; machine manual, section 12. Accesses that are not defined read 0, do nothing, and set HOSTERR.
import {
  CALL_DEPTH, COUNTER_COUNT, DESCRIPTOR_WORDS, EVENT_ALWAYS, EVENT_COUNT, fault, loop, LOOP_DEPTH, MODE_COUNT, MODE_WORDS, NUMERIC_CSR,
  NUMERIC_CSR_STEP, NUMERIC_MORE_CSR, PHASE_BREAK, PHASE_FAULT, PHASE_IDLE, PHASE_RUN, profile, region, REGION_COUNT, SCALAR_COUNT, SEMAPHORE_COUNT, SEMAPHORE_MAX, SPACE_ACC, SPACE_DRAM, state,
  TENSOR_COUNT, VERSION_MAJOR, VERSION_MINOR,
} from './encoding';
import { clearFault } from './fault';
import { setKnown, spaceAt, touch } from './pages';
import { busy } from './queues';
import { spaceBytes } from './regions';
import { reset } from './reset';

const ID: u32 = 0x5453_5953;
const RESET: u32 = 1, RESUME: u32 = 2, STEP: u32 = 4, BREAK: u32 = 8;

function wrong(): u32 {
  state.setHostError(1);
  return 0;
}
@inline function idle(): bool { return state.phase() == PHASE_IDLE; }
/** Is the machine still, so that its insides may be looked at? */
function still(): bool {
  const phase = state.phase();
  return phase == PHASE_IDLE || phase == PHASE_BREAK || phase == PHASE_FAULT;
}

export function readWindow(offset: u32): u32 {
  if (offset & 3) return wrong();
  if (offset < 0x100) return readRegister(offset);
  if (offset < 0x100 + 16 * REGION_COUNT) return readRegion(offset);
  if (offset >= 0x200 && offset < 0x234) return readFault((offset - 0x200) >>> 2);
  if (offset == 0x240) return state.debugEnable();
  if (offset >= 0x244 && offset < 0x254) return state.breakpoints((offset - 0x244) >>> 2);
  if (offset >= 0x260 && offset < 0x2a0) return load<u32>(watchWord(offset));
  if (offset >= 0x400 && offset < 0x400 + 4 * SEMAPHORE_COUNT) return state.semaphores((offset - 0x400) >>> 2);
  if (offset >= NUMERIC_CSR && offset < 0x600) return numeric(offset - NUMERIC_CSR, 0, EVENT_ALWAYS);
  if (offset >= NUMERIC_MORE_CSR && offset < 0x800) return numeric(offset - NUMERIC_MORE_CSR, EVENT_ALWAYS, EVENT_COUNT);
  if (offset >= 0x600 && offset < 0x600 + 8 * COUNTER_COUNT) return counter(state.counters((offset - 0x600) >>> 3), offset & 7);
  if (offset == 0x4000) return state.windowSpace();
  if (offset == 0x4004) return state.windowLow();
  if (offset == 0x4008) return state.windowHigh();
  return still() ? readInside(offset) : wrong();
}

/** A counter of the events `first` to `end` - 1, unit by unit. */
function numeric(from: u32, first: u32, end: u32): u32 {
  const index = from / NUMERIC_CSR_STEP, part = from % NUMERIC_CSR_STEP, kinds = end - first;
  return part > 4 ? wrong() : counter(state.numeric(index / kinds * EVENT_COUNT + first + index % kinds), part);
}

/** The low half latches the high one. */
function counter(value: i64, part: u32): u32 {
  if (part) return state.latchedHigh();
  state.setLatchedHigh(<u32>(value >>> 32));
  return <u32>value;
}

function readRegister(offset: u32): u32 {
  switch (offset) {
    case 0x00: return ID;
    case 0x04: return (VERSION_MAJOR << 16) | VERSION_MINOR;
    case 0x38: return state.chipId();
    case 0x3c: return state.chipCount();
    case 0x44: return state.phase() | (busy() << 8);
    case 0x48: return state.hostError();
    case 0x50: return state.irqStatus();
    case 0x54: return state.irqMask();
    case 0x5c: return state.irqStatus() & state.irqMask();
    case 0x60: case 0x64: case 0x68: case 0x6c: return state.scratch((offset - 0x60) >>> 2);
    case 0x80: return state.ringBaseLow();
    case 0x84: return state.ringBaseHigh();
    case 0x88: return state.ringLog2();
    case 0x8c: return state.ringHead();
    case 0x90: return state.ringTail();
    case 0x94: return state.completionLow();
    case 0x98: return state.completionHigh();
    default:
      if (offset >= 0x08 && offset < 0x28) return profile.hash((offset - 0x08) >>> 2);
      if (offset >= 0x28 && offset < 0x38) return profile.features((offset - 0x28) >>> 2);
      return wrong();
  }
}
function readRegion(offset: u32): u32 {
  const at = state.regions((offset - 0x100) >>> 4);
  switch (offset & 15) {
    case 0: return region.base(at);
    case 4: return region.limit(at);
    case 8: return region.attributes(at);
    default: return wrong();
  }
}
function readFault(word: u32): u32 {
  const at = state.fault(0);
  switch (word) {
    case 0: return fault.code(at);
    case 1: return fault.unit(at);
    case 2: return fault.pc(at);
    case 3: return <u32>fault.seq(at);
    case 4: return <u32>(fault.seq(at) >>> 32);
    case 9: return <u32>fault.address(at);
    case 10: return <u32>(fault.address(at) >>> 32);
    case 11: return fault.auxiliary(at);
    case 12: return fault.count(at);
    default: return fault.words(at, word - 5);
  }
}
@inline function watchWord(offset: u32): usize { return state.watchpoints((offset - 0x260) >>> 4) + <usize>(offset & 15); }

function readInside(offset: u32): u32 {
  if (offset >= 0x8000 && offset < 0x1_0000) return peek(offset - 0x8000);
  if (offset >= 0x800 && offset < 0x800 + 4 * SCALAR_COUNT) return state.registers((offset - 0x800) >>> 2);
  if (offset >= 0x8a0 && offset < 0x8a0 + 4 * CALL_DEPTH) return state.calls((offset - 0x8a0) >>> 2);
  if (offset >= 0x8c0 && offset < 0x8c0 + 16 * LOOP_DEPTH) {
    const at = state.loops((offset - 0x8c0) >>> 4), part = offset & 15;
    return part == 0 ? loop.start(at) : part == 4 ? loop.end(at) : part == 8 ? loop.left(at) : loop.depth(at);
  }
  if (offset >= 0x1000 && offset < 0x1000 + 4 * TENSOR_COUNT * DESCRIPTOR_WORDS) return state.tensors((offset - 0x1000) >>> 2);
  if (offset >= 0x2000 && offset < 0x2000 + 4 * MODE_COUNT * MODE_WORDS) return state.modes((offset - 0x2000) >>> 2);
  switch (offset) {
    case 0x880: return state.predicates();
    case 0x884: return state.pc();
    case 0x888: return <u32>state.seq();
    case 0x88c: return <u32>(state.seq() >>> 32);
    case 0x890: return state.callDepth();
    case 0x894: return state.loopDepth();
    default: return wrong();
  }
}

/** Byte address of a window word in its space; -1 outside. */
function place(offset: u32): i64 {
  const space = state.windowSpace(), base = <i64>state.windowLow() | (<i64>state.windowHigh() << 32), at = base + <i64>offset;
  return space >= SPACE_DRAM && space <= SPACE_ACC && base >= 0 && at <= spaceBytes(space) - 4 ? at : -1;
}
function peek(offset: u32): u32 {
  const at = place(offset), space = state.windowSpace();
  if (at < 0) return wrong();
  touch(space, at, at + 4);
  return load<u32>(spaceAt(space) + <usize>at);
}
function poke(offset: u32, value: u32): void {
  const at = place(offset), space = state.windowSpace();
  if (at < 0) { wrong(); return; }
  setKnown(space, at, at + 4);
  store<u32>(spaceAt(space) + <usize>at, value);
}

export function writeWindow(offset: u32, value: u32): void {
  if (offset & 3) { wrong(); return; }
  if (offset < 0x100) { writeRegister(offset, value); return; }
  if (offset < 0x100 + 16 * REGION_COUNT && idle()) {
    const at = state.regions((offset - 0x100) >>> 4);
    switch (offset & 15) {
      case 0: region.setBase(at, value); return;
      case 4: region.setLimit(at, value); return;
      case 8: region.setAttributes(at, value); return;
      default: break;
    }
  } else if (offset == 0x240) { state.setDebugEnable(value); return; }
  else if (offset >= 0x244 && offset < 0x254) { state.setBreakpoints((offset - 0x244) >>> 2, value); return; }
  else if (offset >= 0x260 && offset < 0x2a0) { store<u32>(watchWord(offset), value); return; }
  else if (offset == 0x300) { postFromHost(value & 63, value >>> 16); return; }
  else if (offset == 0x4000) { state.setWindowSpace(value); return; }
  else if (offset == 0x4004) { state.setWindowLow(value); return; }
  else if (offset == 0x4008) { state.setWindowHigh(value); return; }
  else if (offset >= 0x8000 && offset < 0x1_0000 && still()) { poke(offset - 0x8000, value); return; }
  wrong();
}

function writeRegister(offset: u32, value: u32): void {
  switch (offset) {
    case 0x38: if (idle()) { state.setChipId(value); return; } break;
    case 0x3c: if (idle()) { state.setChipCount(value); return; } break;
    case 0x40: request(value); return;
    case 0x48: state.setHostError(state.hostError() & ~value); return;
    case 0x50: state.setIrqStatus(state.irqStatus() & ~value); return;
    case 0x54: state.setIrqMask(value); return;
    case 0x58: state.setIrqStatus(state.irqStatus() | value); return;
    case 0x60: case 0x64: case 0x68: case 0x6c: state.setScratch((offset - 0x60) >>> 2, value); return;
    case 0x80: if (idle() && (value & 63) == 0) { state.setRingBaseLow(value); return; } break;
    case 0x84: if (idle()) { state.setRingBaseHigh(value); return; } break;
    case 0x88: if (idle() && value <= 12) { state.setRingLog2(value); return; } break;
    case 0x90: if (state.ringLog2() && value - state.ringHead() <= 1 << state.ringLog2()) { state.setRingTail(value); return; } break;
    case 0x94: state.setCompletionLow(value); return;
    case 0x98: state.setCompletionHigh(value); return;
    default: break;
  }
  wrong();
}

function postFromHost(semaphore: u32, tokens: u32): void {
  const sum = state.semaphores(semaphore) + tokens;
  if (!semaphore || sum > SEMAPHORE_MAX) wrong();
  else state.setSemaphores(semaphore, sum);
}

/** CTRL: its bits act in the order RESET, RESUME, STEP, BREAK. */
function request(bits: u32): void {
  if (bits & RESET) reset(false);
  if (bits & RESUME) resume(0);
  if (bits & STEP) resume(2);
  if (bits & BREAK) {
    if (state.phase() == PHASE_RUN) state.setStopRequest(1);
    else wrong();
  }
}
function resume(stop: u32): void {
  if (state.phase() != PHASE_BREAK) { wrong(); return; }
  clearFault();
  state.setPhase(PHASE_RUN);
  state.setResumed(1);
  state.setStopRequest(stop);
}
