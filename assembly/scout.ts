//! scout: follows what retires in a serial run and says whether there may be something to tell; what it is model/sanitizer finds out, on a run of its own.
// No part of the engine: it has memory of its own, which grows as pages are touched, and keeps what it knows from one record to the next.
import {
  followed, FOLLOWED_BYTES, operand, retirement, RETIREMENT_BYTES, RETIRED_DONE, RETIRED_TRAPPED, ROLE_BOTH, ROLE_READ, ROLE_WRITE, SPACE_ACC, SPACE_DRAM,
  TRAP_BOUNDS_ACC, TRAP_BOUNDS_DRAM, TRAP_OVERLAP, TRAP_PROTECTION, TRAP_STRIDE, UNIT_SEQ,
} from './encoding';
import { begin, finish, limit, order, orders } from './scout/clocks';
import { high, low, next, open } from './scout/footprint';
import { clear, take } from './scout/room';
import { AS_BEFORE, isKnown, KNOWN, read, UNKNOWN, write } from './scout/shadow';

export { leftover } from './scout/clocks';
export { setKnown } from './scout/shadow';

/** Writes down at `at` what an instruction is, whose words lie at `words`. */
@external('host', 'describe') declare function describe(at: usize, words: usize): void;

/** What is to be done where an instruction stands, `kind`: ask the host, nothing; else it is followed. */
const ASK: u32 = 0, PLAIN: u32 = 1;
/** Counters are memory of their unit: a byte for each, in a space of their own. */
const SPACE_COUNTERS: u32 = 6;
/** Instructions of one unit that can be told apart. */
const COUNT_MAX: u32 = (1 << 29) - 1;

/** Bits of an element by the code of its format; the host lays them down. */
export const WIDTHS: usize = memory.data(256, 4);
let instructionCount: u32 = 0;
/** What is known of each instruction, and where records come in. */
let table: usize = 0;
let records: usize = 0;
/** Does the program read counters? */
let readsCounters: bool = false;
/** Slots whose weights are UNKNOWN in part, as a mask. */
let unknownSlots: u32 = 0;

/** Forgets the program before. Room for one, and for so many records at a time; where these are to be laid. `counters`: some instruction reads some. */
export function prepare(instructions: u32, most: u32, counters: bool): usize {
  clear();
  instructionCount = instructions;
  table = take(<usize>instructions * FOLLOWED_BYTES);
  records = take(<usize>most * RETIREMENT_BYTES);
  readsCounters = counters;
  unknownSlots = 0;
  return records;
}

/** Records that lie there, in the order of the run; false as soon as there may be something to tell. */
export function follow(count: u32): bool {
  for (let i: u32 = 0; i < count; i++) if (!passes(records + <usize>i * RETIREMENT_BYTES)) return false;
  return true;
}

function passes(at: usize): bool {
  const pc = retirement.pc(at), status = retirement.status(at), d = table + <usize>pc * FOLLOWED_BYTES;
  if (status != RETIRED_DONE) return status != RETIRED_TRAPPED || !isTold(retirement.trap(at));
  if (pc >= instructionCount) return false;
  if (followed.kind(d) == ASK) describe(d, retirement.wordsAt(at));
  if (followed.kind(d) == PLAIN) return true;
  const unit = retirement.unit(at), count = begin(unit, followed.fence(d)), many = followed.waits(d) | followed.posts(d) ? retirement.scalars(at, 0) + followed.many(d) : 0;
  if (count > COUNT_MAX || (orders(d) && !order(unit, d, many))) return false;
  limit(unit);
  if (readsCounters && !touchesCounters(d, unit, count)) return false;
  if (retirement.operandCount(at) && !touches(at, d, unit, count)) return false;
  return finish(unit, d, many);
}

/** Traps that say what kinds of findings are about; of other ones the report of the run tells. */
@inline function isTold(trap: u32): bool { return (trap >= TRAP_BOUNDS_DRAM && trap <= TRAP_BOUNDS_ACC) || trap == TRAP_PROTECTION || trap == TRAP_OVERLAP || trap == TRAP_STRIDE; }

function touchesCounters(d: usize, unit: u32, count: u32): bool {
  if (followed.countersTo(d)) return read(SPACE_COUNTERS, followed.countersFrom(d), followed.countersTo(d), unit, count);
  return unit == UNIT_SEQ || write(SPACE_COUNTERS, unit, unit + 1, unit, count, KNOWN);
}

/**
 * Sources, then destinations; without a destination element nothing is read either. Of elements that are picked, which ones only memory knows, all count as
 * touched, and none as known by it; where UNKNOWN bytes are copied along all of the copy counts as unknown. Both may alarm for nothing, and hide nothing: who
 * wrote there before was found to be over, and what is ordered behind this instruction is behind that one, too.
 */
function touches(at: usize, d: usize, unit: u32, count: u32): bool {
  const operands = retirement.operandCount(at);
  let target: usize = 0, carries = false;
  for (let i: u32 = 0; i < operands; i++) {
    const t = retirement.operands(at, i);
    if ((operand.role(t) & ROLE_WRITE) == 0) continue;
    if (!open(t, width(t))) return true;
    if (!target) target = t;
  }
  for (let i: u32 = 0; i < operands; i++) {
    const t = retirement.operands(at, i), role = operand.role(t), space = operand.space(t);
    if ((role & ROLE_READ) == 0 || !isFollowed(space) || !open(t, width(t))) continue;
    let known = true;
    do {
      known = known && isKnown(space, low(), high());
      if (role != ROLE_BOTH && !read(space, low(), high(), unit, count)) return false;
    } while (next());
    if (known) continue;
    if (target && !((followed.copies(d) >>> i) & 1 && operand.role(target) == ROLE_WRITE && operand.dtype(target) == operand.dtype(t))) return false;
    carries = true;
  }
  if (!target) return weights(d, carries);
  if (followed.slot(d) && (unknownSlots >>> (followed.slot(d) - 1)) & 1) return false;
  for (let i: u32 = 0; i < operands; i++) {
    const t = retirement.operands(at, i), space = operand.space(t), becomes = carries ? UNKNOWN : (followed.picked(d) >>> i) & 1 ? AS_BEFORE : KNOWN;
    if ((operand.role(t) & ROLE_WRITE) == 0 || !isFollowed(space)) continue;
    open(t, width(t));
    do if (!write(space, low(), high(), unit, count, becomes)) return false; while (next());
  }
  return true;
}
/** What writes no memory may load a slot, and tells nothing unless somebody multiplies by it. */
function weights(d: usize, unknown: bool): bool {
  if (!followed.slot(d)) return !unknown;
  const bit: u32 = 1 << (followed.slot(d) - 1);
  unknownSlots = unknown ? unknownSlots | bit : unknownSlots & ~bit;
  return true;
}
@inline function width(t: usize): i64 { return <i64>load<u8>(WIDTHS + <usize>operand.dtype(t)); }
@inline function isFollowed(space: u32): bool { return space >= SPACE_DRAM && space <= SPACE_ACC; }
