//! queues: closed instructions on their way to the units, one ring of records for each.
import { control, head, OP_WAIT, QUEUE_MAX, retirement, RETIREMENT_BYTES, state, UNIT_COUNT, WAIT } from './encoding';
import { QUEUES } from './memory';

/** Record i, oldest first, in the queue of a unit. */
export function queued(unit: u32, i: u32): usize {
  return QUEUES + <usize>(unit * QUEUE_MAX + ((control.queueHead(unit) + i) & (QUEUE_MAX - 1))) * RETIREMENT_BYTES;
}
export function push(unit: u32, from: usize): void {
  const length = state.queueLength(unit), to = queued(unit, length), bytes = <usize>retirement.bytes(from);
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(to + i, load<u64>(from + i));
  // Kernels ask by role whether an operand is there.
  clearRoles(to);
  state.setQueueLength(unit, length + 1);
  control.setQueued(control.queued() + 1);
}
export function pop(unit: u32): void {
  const length = state.queueLength(unit) - 1;
  state.setQueueLength(unit, length);
  control.setQueueHead(unit, length ? (control.queueHead(unit) + 1) & (QUEUE_MAX - 1) : 0);
  control.setQueued(control.queued() - 1);
}
export function roomFor(unit: u32): bool { return state.queueLength(unit) < control.queueDepth(); }

/** Roles of the positions behind the last operand, 0. */
export function clearRoles(at: usize): void {
  for (let position = retirement.operandCount(at); position < 4; position++) store<u64>(retirement.operands(at, position), 0);
}

/** Mask of the units that have something to do. */
export function busy(): u32 {
  let mask: u32 = 0;
  if (control.queued()) for (let unit: u32 = 1; unit < UNIT_COUNT; unit++) if (state.queueLength(unit)) mask |= 1 << unit;
  return mask;
}

/** Has the instruction the tokens that it waits for? A `wait` on the semaphore of its own head needs one more. */
export function hasTokens(at: usize): bool {
  const words = retirement.wordsAt(at), waited = head.wait(words);
  if (waited && !state.semaphores(waited)) return false;
  if (head.opcode(words) != OP_WAIT) return true;
  return state.semaphores(WAIT.m(words)) >= retirement.scalars(at, 0) + <u32>WAIT.imm(words) + <u32>(WAIT.m(words) == waited);
}

/** Units whose heads may act, as a mask. */
export function readyUnits(): u32 {
  let mask: u32 = 0;
  if (!control.queued()) return 0;
  for (let unit: u32 = 1; unit < UNIT_COUNT; unit++) if (state.queueLength(unit) && hasTokens(queued(unit, 0))) mask |= 1 << unit;
  return mask;
}
/** The unit of the mask whose head is the nth by age, 0 the oldest. */
export function nthOldest(mask: u32, n: u32): u32 {
  while (true) {
    let oldest: u32 = 0, seq = i64.MAX_VALUE;
    for (let unit: u32 = 1; unit < UNIT_COUNT; unit++) {
      if (((mask >>> unit) & 1) == 0) continue;
      const age = retirement.seq(queued(unit, 0));
      if (age < seq) { seq = age; oldest = unit; }
    }
    if (!n--) return oldest;
    mask &= ~(1 << oldest);
  }
}
