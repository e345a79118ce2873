//! order: happens-before, followed from the records of a serial run: what must be complete before an instruction completes.
import {
  control, FENCE, head, OP_FENCE, OP_HALT, OP_POST, OP_WAIT, order, ORDER_BYTES, POST, retirement, RETIRED_DONE, tokenRun, TOKENRUN_BYTES,
  TOKEN_RUNS, UNIT_COUNT, UNIT_SEQ, WAIT,
} from './encoding';

const ALL_UNITS: u32 = 0xffff_ffff;

/** Nothing has been dispatched, no token is there. */
export function orderReset(): void { memory.fill(<usize>control.order(), 0, ORDER_BYTES); }

/** Tokens that the host or a peer gave: nothing of the program is before them. 0 where there is no room. */
export function orderPost(semaphore: u32, tokens: u32): u32 { return <u32>posted(semaphore, tokens, 0); }

/**
 * Follows a record of the serial run. Returns the address of a word for each unit: how many of the unit's instructions must be complete
 * before this one is. 0 when more runs of tokens are waiting than there is room for; then nothing behind it can be followed.
 */
export function orderFollow(at: usize): usize {
  const from = <usize>control.order(), needs = order.needsAt(from), words = retirement.wordsAt(at), unit = retirement.unit(at), own = clockOf(unit);
  const acts = retirement.status(at) == RETIRED_DONE, op = head.opcode(words);
  memory.copy(needs, own, UNIT_COUNT * 4);
  join(needs, clockOf(UNIT_SEQ));
  if (acts) {
    const waited = head.wait(words);
    if (waited) take(waited, 1, needs);
    if (op == OP_WAIT) take(WAIT.m(words), retirement.scalars(at, 0) + <u32>WAIT.imm(words), needs);
    else if (op == OP_FENCE) joinUnits(FENCE.units(words), needs);
    else if (op == OP_HALT) joinUnits(ALL_UNITS, needs);
  }
  memory.copy(own, needs, UNIT_COUNT * 4);
  store<u32>(own + <usize>(unit << 2), load<u32>(own + <usize>(unit << 2)) + 1);
  if (!acts) return needs;
  const post = head.post(words);
  if (op == OP_POST && !posted(POST.m(words), retirement.scalars(at, 0) + <u32>POST.imm(words), own)) return 0;
  return !post || posted(post, 1, own) ? needs : 0;
}

/** What is over when the unit starts its next instruction. */
@inline function clockOf(unit: u32): usize { return order.clocksAt(<usize>control.order()) + <usize>(unit * UNIT_COUNT * 4); }

function join(into: usize, clock: usize): void {
  for (let i: usize = 0; i < UNIT_COUNT * 4; i += 4) store<u32>(into + i, max<u32>(load<u32>(into + i), load<u32>(clock + i)));
}
function joinUnits(mask: u32, into: usize): void {
  for (let unit: u32 = 0; unit < UNIT_COUNT; unit++) if ((mask >>> unit) & 1) join(into, clockOf(unit));
}

// ---- tokens: the i-th taken is the i-th posted
@inline function runAt(number: u32): usize { return <usize>control.order() + ORDER_BYTES + <usize>(number - 1) * TOKENRUN_BYTES; }

/** The oldest tokens; those that nobody of the program posted were the host's. */
function take(semaphore: u32, tokens: u32, into: usize): void {
  const from = <usize>control.order();
  for (let left = tokens; left;) {
    const number = order.first(from, semaphore);
    if (!number) return;
    const run = runAt(number), count = tokenRun.count(run);
    join(into, tokenRun.clockAt(run));
    if (count > left) {
      tokenRun.setCount(run, count - left);
      return;
    }
    left -= count;
    const next = tokenRun.next(run);
    order.setFirst(from, semaphore, next);
    if (!next) order.setLast(from, semaphore, 0);
    tokenRun.setNext(run, order.free(from));
    order.setFree(from, number);
  }
}

/** False when there is no room. `clock` 0: nothing is before them. */
function posted(semaphore: u32, tokens: u32, clock: usize): bool {
  if (!tokens) return true;
  const from = <usize>control.order();
  let number = order.free(from);
  if (number) order.setFree(from, tokenRun.next(runAt(number)));
  else {
    number = order.used(from) + 1;
    if (number > TOKEN_RUNS) return false;
    order.setUsed(from, number);
  }
  const run = runAt(number), last = order.last(from, semaphore);
  tokenRun.setNext(run, 0);
  tokenRun.setCount(run, tokens);
  if (clock) memory.copy(tokenRun.clockAt(run), clock, UNIT_COUNT * 4);
  else memory.fill(tokenRun.clockAt(run), 0, UNIT_COUNT * 4);
  if (last) tokenRun.setNext(runAt(last), number);
  else order.setFirst(from, semaphore, number);
  order.setLast(from, semaphore, number);
  return true;
}
