//! burst: instructions executed where they lie in the image, the sequencer's books settled at the end.
import { COUNTER_NULLIFIED, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, loop, state, UNIT_SEQ } from './encoding';
import { decode, decoded, decodedAt, decodedCount, DO_ALU, DO_CMP, DO_JUMP, DO_TSET, freshen, guards, PREPARED, takesLongWay } from './decoded';
import { NOWHERE } from './fault';
import { imageAt } from './fetch';
import { actPrepared } from './prepared';
import { innermost } from './rules-sequencer';
import { advance, compare, compute, setField, stepRegisters } from './sequencer';

/**
 * At most `limit` steps; stops before the first instruction that waits, posts, traps, or is none of `alu`, `cmp`, `jump`, `tset`, `nop` and
 * prepared ones of units. Returns the steps taken. For the serial run only, with idle units and without records, breakpoints and requests to stop.
 */
export function burst(limit: u32): u32 {
  freshen();
  const count = decodedCount(), code = imageAt() + <usize>IMAGE_HEADER_BYTES, registers = state.registersAt();
  let pc = state.pc(), steps: u32 = 0, units: u32 = 0, nullified: u32 = 0, both = guards();
  let top = innermost(), start = top ? loop.start(top) : 0, behind = top ? loop.end(top) + 1 : NOWHERE;
  while (steps < limit && pc < count) {
    const at = decodedAt(pc);
    let form = decoded.form(at), next = pc + 1;
    if (!form) form = decode(code + <usize>pc * INSTRUCTION_BYTES, at);
    if (takesLongWay(form)) break;
    if ((both >>> decoded.guard(at)) & 1) {
      if (form >= DO_ALU) {
        const a = load<u32>(registers + decoded.first(at)), b = load<u32>(registers + decoded.second(at)) + decoded.immediate(at);
        if (form < DO_CMP) store<u32>(registers + decoded.to(at), compute(form - DO_ALU, a, b));
        else {
          const bit = <u32>decoded.to(at);
          both = (both & ~(0x101 << bit)) | ((compare(form - DO_CMP, a, b) ? 1 : 0x100) << bit);
        }
      } else if (form == DO_JUMP) {
        const target = load<u32>(registers + decoded.second(at)) + decoded.immediate(at);
        if (target >= state.instructionCount() || (top && (target < start || target >= behind))) break;
        next = target;
      } else if (form == PREPARED) {
        if (steps + 2 > limit || !actPrepared(decoded.prepared(at), pc)) break;
        steps++;
        units++;
      } else if (form == DO_TSET) setField(code + <usize>pc * INSTRUCTION_BYTES, load<u32>(registers + decoded.second(at)) + decoded.immediate(at));
    } else nullified++;
    steps++;
    if (next == behind) {
      const left = loop.left(top) - 1;
      if (left) {                                       // once more: what `advance` does, in few words
        stepRegisters(top);
        loop.setLeft(top, left);
        next = start;
      } else {
        advance(next);
        next = state.pc();
        top = innermost();
        start = top ? loop.start(top) : 0;
        behind = top ? loop.end(top) + 1 : NOWHERE;
      }
    }
    pc = next;
  }
  settle(pc, both & 0xff, steps - 2 * units, units, nullified);
  return steps;
}

/** The books of `scalars` instructions of the sequencer, some of them nullified; `units` of units have settled the rest of theirs. */
function settle(pc: u32, predicates: u32, scalars: u32, units: u32, nullified: u32): void {
  state.setPc(pc);
  state.setPredicates(predicates);
  state.setSeq(state.seq() + <i64>(scalars + units));
  state.setOrder(UNIT_SEQ, state.order(UNIT_SEQ) + scalars);
  state.setCounters(UNIT_SEQ, state.counters(UNIT_SEQ) + <i64>(scalars - nullified));
  state.setCounters(COUNTER_NULLIFIED, state.counters(COUNTER_NULLIFIED) + <i64>nullified);
}
