//! fault: the fault record, external faults, and how a run ends in them.
import {
  control, fault, FAULT_BYTES, operand, PHASE_FAULT, profile, retirement, ROLE_WRITE, state, UNIT_COUNT,
} from './encoding';
import { complete } from './completion';
import { empty, width } from './extent';
import { setUnknown, spaceAt, touch } from './pages';
import { queued } from './queues';
import { next, open, walk } from './walk';

const IRQ_FAULT: u32 = 2;
/** pc of what failed before its first instruction. */
export const NOWHERE: u32 = 0xffff_ffff;

/** A trap: the first one is recorded, later ones are counted. */
export function recordTrap(code: u32, unit: u32, pc: u32, seq: i64, words: usize, address: i64, auxiliary: u32): void {
  const at = state.fault(0);
  if (fault.code(at)) { fault.setCount(at, fault.count(at) + 1); return; }
  write(code, unit, pc, seq, words, address, auxiliary);
}
function write(code: u32, unit: u32, pc: u32, seq: i64, words: usize, address: i64, auxiliary: u32): void {
  const at = state.fault(0);
  fault.setCode(at, code);
  fault.setUnit(at, unit);
  fault.setPc(at, pc);
  fault.setSeq(at, seq);
  for (let i: usize = 0; i < 4; i++) fault.setWords(at, i, words ? load<u32>(words + (i << 2)) : 0);
  fault.setAddress(at, address);
  fault.setAuxiliary(at, auxiliary);
}
export function clearFault(): void { memory.fill(state.fault(0), 0, FAULT_BYTES); }

/** An external fault names itself in the record, whatever stood there; what was not finished leaves its destinations UNKNOWN. */
export function externalFault(code: u32, unit: u32, pc: u32, seq: i64, words: usize): void {
  const at = state.fault(0), later = fault.code(at) != 0;
  write(code, unit, pc, seq, words, 0, 0);
  if (later) fault.setCount(at, fault.count(at) + 1);
  for (let unit: u32 = 0; unit < UNIT_COUNT; unit++) {
    const length = state.queueLength(unit);
    for (let i: u32 = 0; i < length; i++) forgetDestinations(queued(unit, i));
    state.setQueueLength(unit, 0);
    control.setQueueHead(unit, 0);
  }
  control.setQueued(0);
  enterFault();
}

/** The units are idle: the run has ended in its fault. */
export function enterFault(): void {
  const at = state.fault(0);
  state.setPhase(PHASE_FAULT);
  state.setStopRequest(0);
  state.setResumed(0);
  complete(fault.code(at));
  state.setIrqStatus(state.irqStatus() | IRQ_FAULT);
}

const WALK: usize = memory.data(288, 8);

function forgetDestinations(at: usize): void {
  const count = retirement.operandCount(at);
  for (let position: u32 = 0; position < count; position++) {
    const t = retirement.operands(at, position);
    if ((operand.role(t) & ROLE_WRITE) == 0 || empty(t)) continue;
    const bits = <i64>width(t);
    open(WALK, 0, operand.rank(t), bits == 4, t, 0, 0, 0);
    do {
      const from = walk.address(WALK, 0), step = walk.step(WALK, 0), count = <i64>walk.length(WALK);
      if (step == bits || count == 1) forget(operand.space(t), from >> 3, (from + count * bits + 7) >> 3);
      else for (let i: i64 = 0; i < count; i++) forget(operand.space(t), (from + i * step) >> 3, (from + i * step + bits + 7) >> 3);
    } while (next(WALK));
  }
}
function forget(space: u32, low: i64, high: i64): void {
  touch(space, low, high);
  memory.fill(spaceAt(space) + <usize>low, <u8>profile.unknownByte(), <usize>(high - low));
  setUnknown(space, low, high);
}
