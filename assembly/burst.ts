//! burst: runs of scalar instructions executed where they lie in the image, the books settled at the end.
import { legalALU, legalCMP, legalJUMP, legalTSET } from './checks';
import {
  ALU, CMP, COUNTER_NULLIFIED, head, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, JUMP, loop, OP_ALU, OP_CMP, OP_JUMP, OP_TSET, state, TSET, UNIT_SEQ,
} from './encoding';
import { NOWHERE } from './fault';
import { imageAt } from './fetch';
import { staysInLoop, targetInside } from './rules-sequencer';
import { advance, compare, compute, setField } from './sequencer';

/** Head bits beyond opcode and predicate: tokens, interrupt, trace, mode. */
const HEAD_REST: u32 = ~<u32>0xfff;

/**
 * At most `limit` instructions; stops before the first that is not `alu`, `cmp`, `jump` or `tset`, waits, posts, or traps. Returns how many
 * were executed. For the serial run only, with idle units and without records, breakpoints and requests to stop.
 */
export function burst(limit: u32): u32 {
  const count = state.instructionCount(), code = imageAt() + <usize>IMAGE_HEADER_BYTES;
  let pc = state.pc(), done: u32 = 0, nullified: u32 = 0, behind = loopExit();
  while (done < limit && pc < count) {
    const words = code + <usize>pc * INSTRUCTION_BYTES, first = load<u32>(words), op = first & 0xff;
    if (first & HEAD_REST) break;
    const goes = ((state.predicates() >>> head.predicate(words)) & 1) != head.negate(words);
    let next = pc + 1;
    if (op == OP_ALU) {
      if (!legalALU(words)) break;
      if (goes) state.setRegisters(ALU.rd(words), compute(ALU.op(words), state.registers(ALU.rs1(words)), y(ALU.rs2(words), ALU.imm(words))));
    } else if (op == OP_CMP) {
      if (!legalCMP(words)) break;
      if (goes) {
        const holds = <u32>compare(CMP.op(words), state.registers(CMP.rs1(words)), y(CMP.rs2(words), CMP.imm(words))), bit = CMP.pd(words);
        state.setPredicates((state.predicates() & ~(1 << bit)) | (holds << bit));
      }
    } else if (op == OP_JUMP) {
      if (!legalJUMP(words)) break;
      if (goes) {
        const register = state.registers(JUMP.rs2(words)), imm = JUMP.imm(words);
        if (!targetInside(register, imm) || !staysInLoop(register, imm)) break;
        next = register + <u32>imm;
      }
    } else if (op == OP_TSET) {
      if (!legalTSET(words)) break;
      if (goes) setField(words, y(TSET.rs2(words), TSET.imm(words)));
    } else break;
    done++;
    nullified += <u32>!goes;
    if (next == behind) {
      advance(next);
      pc = state.pc();
      behind = loopExit();
    } else pc = next;
  }
  state.setPc(pc);
  state.setSeq(state.seq() + <i64>done);
  state.setOrder(UNIT_SEQ, state.order(UNIT_SEQ) + done);
  state.setCounters(UNIT_SEQ, state.counters(UNIT_SEQ) + <i64>(done - nullified));
  state.setCounters(COUNTER_NULLIFIED, state.counters(COUNTER_NULLIFIED) + <i64>nullified);
  return done;
}

@inline function y(register: u32, imm: i32): u32 { return state.registers(register) + <u32>imm; }

/** The pc behind the innermost loop of this call. */
function loopExit(): u32 {
  const depth = state.loopDepth();
  if (!depth) return NOWHERE;
  const top = state.loops(depth - 1);
  return loop.depth(top) == state.callDepth() ? loop.end(top) + 1 : NOWHERE;
}
