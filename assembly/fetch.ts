//! fetch: the next instruction, decoded, captured and checked into the record CLOSED, before anything of it happens.
import { capture, check, wellEncoded } from './checks';
import { RULES_EARLY } from './decoded';
import {
  control, EVENT_COUNT, head, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, operand, POST, retirement, RETIRED_NULLIFIED, RETIRED_TRAPPED, ROLE_READ,
  RULED, SPACE_ACC, SPACE_DRAM, SPACE_SPM, state, TRAP, TRAP_ALIGNMENT, TRAP_BOUNDS_ACC, TRAP_BOUNDS_DRAM, TRAP_BOUNDS_SPM, TRAP_DTYPE, TRAP_OPCODE, TRAP_OVERLAP,
  TRAP_PC, TRAP_PROTECTION, TRAP_RESERVED, TRAP_SOFTWARE, UNIT_SEQ, UNITS,
} from './encoding';
import { high, low, setNoted } from './extent';
import { CLOSED } from './memory';
import { clearRoles } from './queues';
import { firstOutside, firstProtected, spaceBytes } from './regions';

const RULES_LATE: u32 = 2;
const UNIT_OF_AGENT: u32 = 254, UNIT_NONE: u32 = 255;
/** Opcodes from here on have operands that may be absent; those below belong to the sequencer. */
const FIRST_OF_UNITS: u32 = 0x40;
const ADDRESS_BITS: i64 = 0xffff_ffff_ffff;

/** Linear address of byte 0 of the image. */
@inline export function imageAt(): usize { return <usize>control.spaces(SPACE_DRAM) + <usize>state.imageBase(); }

/** Fills CLOSED; its status says whether the instruction is to be dispatched, retired as nullified, or traps. */
export function fetch(): void {
  const at = CLOSED, pc = state.pc(), words = retirement.wordsAt(at);
  setNoted(false);
  clearHead(at);
  retirement.setSeq(at, state.seq());
  retirement.setPc(at, pc);
  control.setClosed(1);
  if (pc >= state.instructionCount()) {
    store<u64>(words, 0);
    store<u64>(words, 0, 8);
    return refuse(at, TRAP_PC);
  }
  const from = imageAt() + <usize>IMAGE_HEADER_BYTES + <usize>pc * INSTRUCTION_BYTES;
  store<u64>(words, load<u64>(from));
  store<u64>(words, load<u64>(from, 8), 8);
  const op = head.opcode(words);
  let unit = <u32>load<u8>(UNITS + <usize>op);
  if (unit == UNIT_NONE) return refuse(at, TRAP_OPCODE);
  const legal = wellEncoded(op, words);
  if (unit == UNIT_OF_AGENT) unit = legal ? POST.agent(words) : UNIT_SEQ;
  retirement.setUnit(at, unit);
  if (!legal) return refuse(at, TRAP_RESERVED);
  close(at, op, words);
}

function close(at: usize, op: u32, words: usize): void {
  capture(op, words, at);
  let bad: u32 = 0;
  const ruled = <u32>load<u8>(RULED + <usize>op);
  if (op >= FIRST_OF_UNITS) clearRoles(at);
  if (ruled & RULES_EARLY) bad = check(op, words, at, 0);
  if (!bad && ((state.predicates() >>> head.predicate(words)) & 1) == head.negate(words)) return nullify(at);
  if (!bad && ruled & RULES_LATE) bad = check(op, words, at, 1);
  retirement.setBytes(at, <u32>retirement.operands(0, retirement.operandCount(at)));
  if (bad) blame(at, bad);
}

/** All of the record but words, seq, pc and operands: zero. */
@inline export function clearHead(at: usize): void {
  const scalars = retirement.scalarsAt(at), mode = retirement.modeAt(at);
  store<u64>(at, 0);
  store<u64>(scalars, 0);
  store<u64>(mode, 0);
  store<u64>(mode, 0, 8);
  store<u64>(mode, 0, 16);
  store<u64>(mode, 0, 24);
  retirement.setOrder(at, 0);
  retirement.setResult(at, 0);
  retirement.setAuxiliary(at, 0);
  clearEvents(at);
  retirement.setAddress(at, 0);
}
@inline export function clearEvents(at: usize): void {
  const events = retirement.eventsAt(at);
  for (let offset: usize = 0; offset < 4 * EVENT_COUNT; offset += 8) store<u64>(events + offset, 0);
}

function refuse(at: usize, code: u32): void {
  retirement.setBytes(at, <u32>retirement.operands(0, 0));
  retirement.setTrap(at, code);
  retirement.setStatus(at, RETIRED_TRAPPED);
}

function nullify(at: usize): void {
  const scalars = retirement.scalarsAt(at), mode = retirement.modeAt(at);
  retirement.setOperandCount(at, 0);
  store<u64>(scalars, 0);
  memory.fill(mode, 0, 32);
  retirement.setBytes(at, <u32>retirement.operands(0, 0));
  retirement.setStatus(at, RETIRED_NULLIFIED);
}

/** The first broken rule: code, operand number and lowest offending byte. */
function blame(at: usize, bad: u32): void {
  const code = bad & 0xff, position = (bad >>> 8) & 0xff, other = bad >>> 16;
  retirement.setTrap(at, code);
  retirement.setStatus(at, RETIRED_TRAPPED);
  if (code == TRAP_SOFTWARE) retirement.setAuxiliary(at, <u32>TRAP.code(retirement.wordsAt(at)));
  if (!position) return;
  if (code >= TRAP_DTYPE && code <= TRAP_PROTECTION) retirement.setAuxiliary(at, position - 1);
  const t = retirement.operands(at, position - 1);
  retirement.setAddress(at, offender(code, t, other ? retirement.operands(at, other - 1) : 0) & ADDRESS_BITS);
}

function offender(code: u32, t: usize, other: usize): i64 {
  switch (code) {
    case TRAP_ALIGNMENT: return operand.address(t) >> 3;
    case TRAP_BOUNDS_DRAM: return firstOutside(low(t));
    case TRAP_BOUNDS_SPM: return beyond(t, spaceBytes(SPACE_SPM));
    case TRAP_BOUNDS_ACC: return beyond(t, spaceBytes(SPACE_ACC));
    case TRAP_OVERLAP: return max<i64>(low(t), low(other));
    case TRAP_PROTECTION: {
      const written = operand.role(t) == ROLE_READ ? <i64>-1 : firstProtected(low(t), high(t), true);
      return written >= 0 ? written : firstProtected(low(t), high(t), false);
    }
    default: return 0;
  }
}
function beyond(t: usize, bytes: i64): i64 {
  const from = low(t);
  return from < 0 || from >= bytes ? from : bytes;
}
