//! trace: retired instructions to the host's ring, with checksums of what they wrote.
import { addToSum, CRC32C, crcOperand, sumWith } from './crc';
import { control, head, INNER, operand, retirement, RETIREMENT_BYTES, RETIRED_DONE, RETIRED_TRAPPED, ROLE_WRITE, STATE_BYTES, UNIT_SEQ } from './encoding';
import { HEAD_REST } from './decoded';
import { empty } from './extent';
import { clearHead } from './fetch';
import { CLOSED, STATE } from './memory';
import { copyBytes } from './move';
import { touchOperand } from './pages';

/** Nothing goes on until the host has taken the records. */
@inline export function ringFull(): bool {
  const capacity = control.ringCapacity();
  return capacity != 0 && control.ringCount() >= capacity;
}

/** A finished record goes behind those of the ring, RETIREMENT_BYTES each, or into the digest of the run. */
export function trace(at: usize): void {
  if (!control.ringCapacity() || (control.effects() && !hasEffects(at))) return;
  if (control.digests() && retirement.status(at) == RETIRED_DONE) digestAll(at);
  if (control.summing()) add(at);
  else {
    copyBytes(place(), at, <usize>retirement.bytes(at));
    control.setRingCount(control.ringCount() + 1);
  }
}

/** The record of an instruction without operands, made where it goes; the serial run's. */
export function traceScalar(words: usize, pc: u32, unit: u32, status: u32, seq: i64, order: u32, first: u32, second: u32, result: u32): void {
  const summing = control.summing() != 0, at = summing ? CLOSED : place(), to = retirement.wordsAt(at);
  clearHead(at);
  retirement.setBytes(at, <u32>retirement.operands(0, 0));
  retirement.setUnit(at, unit);
  retirement.setStatus(at, status);
  retirement.setSeq(at, seq);
  retirement.setPc(at, pc);
  store<u64>(to, load<u64>(words));
  store<u64>(to, load<u64>(words, 8), 8);
  retirement.setScalars(at, 0, first);
  retirement.setScalars(at, 1, second);
  retirement.setOrder(at, order);
  retirement.setResult(at, result);
  if (summing) add(at);
  else control.setRingCount(control.ringCount() + 1);
}

/** Where the next record of the ring lies. */
@inline function place(): usize { return <usize>control.ring() + <usize>control.ringCount() * RETIREMENT_BYTES; }
function add(at: usize): void {
  addToSum(at, <usize>retirement.bytes(at));
  control.setSummed(control.summed() + 1);
}

/** The digest of the run so far: of its records in the order of the ring, and of the state. Whoever goes on adds more records. */
export function digest(): u32 { return ~sumWith(STATE, STATE_BYTES); }

/** Is it more than what the sequencer has done with registers of its own? */
function hasEffects(at: usize): bool {
  if (retirement.status(at) != RETIRED_DONE) return retirement.status(at) == RETIRED_TRAPPED;
  const words = retirement.wordsAt(at);
  return retirement.unit(at) != UNIT_SEQ || (load<u32>(words) & HEAD_REST) != 0 || !load<u8>(INNER + <usize>head.opcode(words));
}

function digestAll(at: usize): void {
  const count = retirement.operandCount(at);
  for (let position: u32 = 0; position < count; position++) {
    const t = retirement.operands(at, position);
    if ((operand.role(t) & ROLE_WRITE) == 0) continue;
    if (!empty(t)) touchOperand(t);                                     // of a scatter only the rows that it picked are laid down
    operand.setDigest(t, crcOperand(CRC32C, t));
  }
}
