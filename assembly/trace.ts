//! trace: retired instructions to the host's ring, with checksums of what they wrote.
import { CRC32C, crcOperand } from './crc';
import { control, operand, retirement, RETIREMENT_BYTES, RETIRED_DONE, ROLE_WRITE } from './encoding';

/** Nothing goes on until the host has taken the records. */
@inline export function ringFull(): bool {
  const capacity = control.ringCapacity();
  return capacity != 0 && control.ringCount() >= capacity;
}

/** Copies a finished record behind those of the ring, RETIREMENT_BYTES each. */
export function trace(at: usize): void {
  if (!control.ringCapacity()) return;
  if (control.digests() && retirement.status(at) == RETIRED_DONE) digestAll(at);
  const count = control.ringCount(), to = <usize>control.ring() + <usize>count * RETIREMENT_BYTES, bytes = <usize>retirement.bytes(at);
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(to + i, load<u64>(at + i));
  control.setRingCount(count + 1);
}

function digestAll(at: usize): void {
  const count = retirement.operandCount(at);
  for (let position: u32 = 0; position < count; position++) {
    const t = retirement.operands(at, position);
    if (operand.role(t) & ROLE_WRITE) operand.setDigest(t, crcOperand(CRC32C, t));
  }
}
