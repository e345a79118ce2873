//! trace: retired instructions to the host's ring, with checksums of what they wrote.
import {
  control, operand, retirement, RETIREMENT_BYTES, RETIRED_DONE, ROLE_WRITE,
} from './encoding';
import { axes, empty, width } from './extent';
import { spaceAt } from './pages';
import { next, open, walk } from './walk';

/** Nothing goes on until the host has taken the records. */
// @ts-ignore: decorator
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
    if (operand.role(t) & ROLE_WRITE) operand.setDigest(t, empty(t) ? 0 : digest(t));
  }
}

const WALK: usize = memory.data(288, 8);

/** CRC-32C of the bytes of an operand's elements, row-major; of 4-bit rows whole bytes. */
function digest(t: usize): u32 {
  const base = spaceAt(operand.space(t)), bits = width(t);
  let sum: u32 = ~<u32>0;
  open(WALK, 0, axes(t), bits == 4, t, 0, 0, 0);
  do {
    const from = base + <usize>(walk.address(WALK, 0) >> 3), count = walk.length(WALK), step = walk.step(WALK, 0);
    if (bits == 4) sum = crc(sum, from, (count + 1) >>> 1);
    else if (step == <i64>bits) sum = crc(sum, from, count * (bits >>> 3));
    else for (let i: u32 = 0; i < count; i++) sum = crc(sum, from + <usize>(<i64>i * (step >> 3)), bits >>> 3);
  } while (next(WALK));
  return ~sum;
}

const TABLE: usize = memory.data(1024, 4);
const POLYNOMIAL: u32 = 0x82f6_3b78;

function crc(sum: u32, from: usize, bytes: u32): u32 {
  if (!load<u32>(TABLE, 4)) prepare();
  for (let i: u32 = 0; i < bytes; i++) sum = (sum >>> 8) ^ load<u32>(TABLE + (<usize>((sum ^ load<u8>(from + i)) & 0xff) << 2));
  return sum;
}
function prepare(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (POLYNOMIAL & -(sum & 1));
    store<u32>(TABLE + (<usize>byte << 2), sum);
  }
}
