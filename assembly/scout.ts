//! scout: follows what retires in a serial run and says whether there is anything to tell; what it is model/sanitizer finds out, on a run of its own.
import {
  operand, retirement, RETIREMENT_BYTES, RETIRED_DONE, RETIRED_TRAPPED, ROLE_BOTH, ROLE_READ, ROLE_WRITE, SPACE_ACC, SPACE_DRAM,
  TRAP_BOUNDS_ACC, TRAP_BOUNDS_DRAM, TRAP_OVERLAP, TRAP_PROTECTION, TRAP_STRIDE, UNIT_SEQ,
} from './encoding';
import { begin, finish, limit, order } from './scout/clocks';
import { ASK, described, DESCRIBED_BYTES, PLAIN } from './scout/described';
import { high, low, next, open } from './scout/footprint';
import { take } from './scout/room';
import { AS_BEFORE, hasSeenUnknown, KNOWN, look, read, setKnown, UNKNOWN, write } from './scout/shadow';

export { leftover } from './scout/clocks';
export { DESCRIBED_BYTES } from './scout/described';
export { setKnown } from './scout/shadow';

/** Writes down what an instruction is, whose words lie at `words`. */
@external('host', 'describe') declare function describe(pc: u32, words: usize): void;

/** Counters are memory of their unit: a byte for each, in a space of their own. */
const SPACE_COUNTERS: u32 = 6;
/** Instructions of one unit that can be told apart. */
const COUNT_MAX: u32 = (1 << 29) - 1;

/** Bits of an element by the code of its format; the host lays them down. */
export const WIDTHS: usize = memory.data(256, 4);
/** Instructions of the program, what is known of them, where records come in, and whether the program reads counters. */
let instructions: u32 = 0;
let table: usize = 0;
let records: usize = 0;
let counts: bool = false;

/** Room for a program and for so many records at a time; where these are to be laid. `counters`: some instruction reads some. */
export function prepare(count: u32, most: u32, counters: bool): usize {
  instructions = count;
  table = take(<usize>count * DESCRIBED_BYTES);
  records = take(<usize>most * RETIREMENT_BYTES);
  counts = counters;
  if (counters) setKnown(SPACE_COUNTERS, 0, 8);
  return records;
}
/** Where what is known of the instructions lies. */
export function tableAt(): usize { return table; }

/** Records that lie there, in the order of the serial run; false as soon as there is something to tell, or to look for in memory. */
export function follow(count: u32): bool {
  for (let i: u32 = 0; i < count; i++) if (!isClean(records + <usize>i * RETIREMENT_BYTES)) return false;
  return true;
}

function isClean(at: usize): bool {
  const pc = retirement.pc(at), d = table + <usize>pc * DESCRIBED_BYTES;
  if (pc >= instructions) return false;
  if (described.kind(d) == PLAIN) return true;
  const status = retirement.status(at);
  if (status != RETIRED_DONE) return status != RETIRED_TRAPPED || !isTold(retirement.trap(at));
  if (described.kind(d) == ASK) describe(pc, retirement.wordsAt(at));
  if (described.kind(d) == PLAIN) return true;
  const unit = retirement.unit(at), count = begin(unit, described.fence(d)), many = described.waits(d) | described.posts(d) ? retirement.scalars(at, 0) + described.many(d) : 0;
  if (count > COUNT_MAX || (described.orders(d) && !order(unit, d, many))) return false;
  limit(unit);
  if (counts && !touchesCounters(d, unit, count)) return false;
  if (retirement.operandCount(at) && !touches(at, d, unit, count)) return false;
  finish(unit, d, many);
  return true;
}

/** Traps that say what kinds of findings are about; of other ones the report of the run tells. */
@inline function isTold(trap: u32): bool { return (trap >= TRAP_BOUNDS_DRAM && trap <= TRAP_BOUNDS_ACC) || trap == TRAP_PROTECTION || trap == TRAP_OVERLAP || trap == TRAP_STRIDE; }

function touchesCounters(d: usize, unit: u32, count: u32): bool {
  if (described.countersTo(d)) return read(SPACE_COUNTERS, described.countersFrom(d), described.countersTo(d), unit, count);
  return unit == UNIT_SEQ || write(SPACE_COUNTERS, unit, unit + 1, unit, count, KNOWN);
}

/**
 * Sources, then destinations; without a destination element nothing is read either. Of elements that are picked, which ones only memory knows, all count as
 * touched, and none as known by it; where UNKNOWN bytes are copied along all of the copy counts as unknown. Both may only alarm for nothing.
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
    if (role == ROLE_BOTH) {
      do look(space, low(), high()); while (next());
    } else do if (!read(space, low(), high(), unit, count)) return false; while (next());
    if (!hasSeenUnknown()) continue;
    if (((described.copies(d) >>> i) & 1) == 0 || !target || operand.role(target) != ROLE_WRITE || operand.dtype(target) != operand.dtype(t)) return false;
    carries = true;
  }
  if (!target) return true;
  for (let i: u32 = 0; i < operands; i++) {
    const t = retirement.operands(at, i), space = operand.space(t), what = carries ? UNKNOWN : (described.picked(d) >>> i) & 1 ? AS_BEFORE : KNOWN;
    if ((operand.role(t) & ROLE_WRITE) == 0 || !isFollowed(space)) continue;
    open(t, width(t));
    do if (!write(space, low(), high(), unit, count, what)) return false; while (next());
  }
  return true;
}
@inline function width(t: usize): i64 { return <i64>load<u8>(WIDTHS + <usize>operand.dtype(t)); }
@inline function isFollowed(space: u32): bool { return space >= SPACE_DRAM && space <= SPACE_ACC; }
