//! recorded: what programs set up their tensors with, one scalar instruction behind the other, each with its record.
import { legalALU, legalNSET, legalTCOPY, legalTLOAD, legalTSET } from './checks';
import { ALU, head, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, NSET, OP_ALU, OP_NSET, OP_TCOPY, OP_TLOAD, OP_TSET, retirement, state, TLOAD, TSET, UNIT_SEQ } from './encoding';
import { HEAD_REST } from './decoded';
import { clearHead, imageAt } from './fetch';
import { CLOSED } from './memory';
import { blockAligned, blockInside, modeWordLegal } from './rules-sequencer';
import { advance, compute, copyDescriptor, loadDescriptor, setField, setMode } from './sequencer';
import { ringFull, trace } from './trace';

/**
 * At most `limit` steps; stops before the first instruction that is none of `tload`, `nset`, `tset`, `tcopy` and `alu`, whose predicate does not hold, that
 * waits or posts, or traps: it goes the long way. Returns the steps taken. Where `burst` may go too, but somebody wants the records.
 */
export function recorded(limit: u32): u32 {
  const at = CLOSED, words = retirement.wordsAt(at), code = imageAt() + <usize>IMAGE_HEADER_BYTES;
  clearHead(at);
  retirement.setUnit(at, UNIT_SEQ);
  retirement.setBytes(at, <u32>retirement.operands(0, 0));
  let steps: u32 = 0;
  for (; steps < limit && !ringFull(); steps++) {
    const pc = state.pc(), from = code + <usize>pc * INSTRUCTION_BYTES;
    if (pc >= state.instructionCount()) break;
    store<u64>(words, load<u64>(from));
    store<u64>(words, load<u64>(from, 8), 8);
    if (load<u32>(words) & HEAD_REST || ((state.predicates() >>> head.predicate(words)) & 1) == head.negate(words) || !happens(at, words)) break;
    const order = state.order(UNIT_SEQ), seq = state.seq();
    retirement.setSeq(at, seq);
    retirement.setPc(at, pc);
    retirement.setOrder(at, order);
    state.setSeq(seq + 1);
    state.setOrder(UNIT_SEQ, order + 1);
    state.setCounters(UNIT_SEQ, state.counters(UNIT_SEQ) + 1);
    advance(pc + 1);
    trace(at);
  }
  return steps;
}

/** Captures registers, executes and notes the result; false, and nothing has happened, where it is another instruction or not legal. One choice by opcode for all of it. */
function happens(at: usize, words: usize): bool {
  store<u64>(retirement.scalarsAt(at), 0);
  let result: u32 = 0;
  switch (head.opcode(words)) {
    case OP_TLOAD: {
      const offset = captured(at, 0, TLOAD.rs2(words)) + <u32>TLOAD.imm(words);
      if (!legalTLOAD(words) || !blockInside(offset, 0) || !blockAligned(offset, 0)) return false;
      loadDescriptor(TLOAD.t(words), offset);
      break;
    }
    case OP_NSET: {
      const value = captured(at, 0, NSET.rs2(words)) + <u32>NSET.imm(words);
      if (!legalNSET(words) || !modeWordLegal(NSET.field(words), value, 0)) return false;
      setMode(words, value);
      break;
    }
    case OP_TSET: {
      if (!legalTSET(words)) return false;
      result = setField(words, captured(at, 0, TSET.rs2(words)) + <u32>TSET.imm(words));
      break;
    }
    case OP_TCOPY: {
      if (!legalTCOPY(words)) return false;
      copyDescriptor(words);
      break;
    }
    case OP_ALU: {
      if (!legalALU(words)) return false;
      result = compute(ALU.op(words), captured(at, 0, ALU.rs1(words)), captured(at, 1, ALU.rs2(words)) + <u32>ALU.imm(words));
      state.setRegisters(ALU.rd(words), result);
      break;
    }
    default: return false;
  }
  retirement.setResult(at, result);
  return true;
}
@inline function captured(at: usize, i: usize, register: u32): u32 {
  const value = state.registers(register);
  retirement.setScalars(at, i, value);
  return value;
}
