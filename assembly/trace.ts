//! trace: retired instructions to the host's ring, with checksums of what they wrote.
import { CRC32C, crcBehind, crcOperand } from './crc';
import { control, head, INNER, operand, retirement, RETIREMENT_BYTES, RETIRED_DONE, RETIRED_TRAPPED, ROLE_WRITE, STATE_BYTES, UNIT_SEQ } from './encoding';
import { HEAD_REST } from './decoded';
import { STATE } from './memory';

/** Nothing goes on until the host has taken the records. */
@inline export function ringFull(): bool {
  const capacity = control.ringCapacity();
  return capacity != 0 && control.ringCount() >= capacity;
}

/** Copies a finished record behind those of the ring, RETIREMENT_BYTES each, or adds it to the digest of the run. */
export function trace(at: usize): void {
  if (!control.ringCapacity() || (control.effects() && !hasEffects(at))) return;
  if (control.digests() && retirement.status(at) == RETIRED_DONE) digestAll(at);
  if (control.summing()) {
    control.setSum(crcBehind(control.sum(), at, <usize>retirement.bytes(at)));
    control.setSummed(control.summed() + 1);
    return;
  }
  const count = control.ringCount(), to = <usize>control.ring() + <usize>count * RETIREMENT_BYTES, bytes = <usize>retirement.bytes(at);
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(to + i, load<u64>(at + i));
  control.setRingCount(count + 1);
}

/** The digest of the run so far: of its records in the order of the ring, and of the state. */
export function digest(): u32 { return ~crcBehind(control.sum(), STATE, STATE_BYTES); }

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
    if (operand.role(t) & ROLE_WRITE) operand.setDigest(t, crcOperand(CRC32C, t));
  }
}
