//! burst: instructions executed where they lie in the image, the sequencer's books settled at the end.
import { COUNTER_NULLIFIED, control, DECODED_BYTES, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, loop, state, UNIT_SEQ } from './encoding';
import { decode, decoded, decodedCount, DO_ALU, DO_CMP, DO_JUMP, DO_TSET, freshen, guards, PREPARED } from './decoded';
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
  const count = decodedCount(), table = <usize>control.decoded(), code = imageAt() + <usize>IMAGE_HEADER_BYTES;
  let pc = state.pc(), steps: u32 = 0, units: u32 = 0, nullified: u32 = 0, both = guards();
  let top = innermost(), start = top ? loop.start(top) : 0, behind = top ? loop.end(top) + 1 : NOWHERE;
  if (pc > count) return 0;
  for (; steps < limit; steps++) {
    const at = table + <usize>pc * DECODED_BYTES;
    let form = decoded.form(at), next = pc + 1;
    if (form < PREPARED) {
      form = decode(code + <usize>pc * INSTRUCTION_BYTES, at, form);
      if (form < PREPARED) break;
    }
    if ((both >>> decoded.guard(at)) & 1) {
      // One jump by the form; the operation of an `alu` is a constant in each case.
      switch (form) {
        case DO_ALU: alu(at, 0); break;
        case DO_ALU + 1: alu(at, 1); break;
        case DO_ALU + 2: alu(at, 2); break;
        case DO_ALU + 3: alu(at, 3); break;
        case DO_ALU + 4: alu(at, 4); break;
        case DO_ALU + 5: alu(at, 5); break;
        case DO_ALU + 6: alu(at, 6); break;
        case DO_ALU + 7: alu(at, 7); break;
        case DO_ALU + 8: alu(at, 8); break;
        case DO_ALU + 9: alu(at, 9); break;
        case DO_ALU + 10: alu(at, 10); break;
        case DO_ALU + 11: alu(at, 11); break;
        case DO_ALU + 12: alu(at, 12); break;
        case DO_ALU + 13: alu(at, 13); break;
        case DO_ALU + 14: alu(at, 14); break;
        case DO_ALU + 15: alu(at, 15); break;
        case DO_ALU + 16: alu(at, 16); break;
        case DO_CMP: both = cmp(at, 0, both); break;
        case DO_CMP + 1: both = cmp(at, 1, both); break;
        case DO_CMP + 2: both = cmp(at, 2, both); break;
        case DO_CMP + 3: both = cmp(at, 3, both); break;
        case DO_CMP + 4: both = cmp(at, 4, both); break;
        case DO_CMP + 5: both = cmp(at, 5, both); break;
        case DO_TSET: setField(code + <usize>pc * INSTRUCTION_BYTES, second(at)); break;
        case DO_JUMP: {
          next = second(at);
          if (next >= count || (top && (next < start || next >= behind))) return settle(pc, both, steps, units, nullified);
          break;
        }
        case PREPARED: {
          if (steps + 2 > limit || !actPrepared(decoded.prepared(at), pc)) return settle(pc, both, steps, units, nullified);
          steps++;
          units++;
          break;
        }
        default: break;
      }
    } else nullified++;
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
  return settle(pc, both, steps, units, nullified);
}

@inline function second(at: usize): u32 { return load<u32>(state.registersAt() + decoded.second(at)) + decoded.immediate(at); }
@inline function first(at: usize): u32 { return load<u32>(state.registersAt() + decoded.first(at)); }
@inline function alu(at: usize, op: u32): void { store<u32>(state.registersAt() + decoded.to(at), compute(op, first(at), second(at))); }
/** The predicates and their opposites, one of them set. */
@inline function cmp(at: usize, op: u32, both: u32): u32 {
  const bit = <u32>decoded.to(at);
  return (both & ~(0x101 << bit)) | ((0x100 - 0xff * <u32>compare(op, first(at), second(at))) << bit);
}

/** The books: `units` instructions of units, which have settled the rest of theirs, took two of the steps each; all others are the sequencer's. */
function settle(pc: u32, both: u32, steps: u32, units: u32, nullified: u32): u32 {
  const scalars = steps - 2 * units;
  state.setPc(pc);
  state.setPredicates(both & 0xff);
  state.setSeq(state.seq() + <i64>(scalars + units));
  state.setOrder(UNIT_SEQ, state.order(UNIT_SEQ) + scalars);
  state.setCounters(UNIT_SEQ, state.counters(UNIT_SEQ) + <i64>(scalars - nullified));
  state.setCounters(COUNTER_NULLIFIED, state.counters(COUNTER_NULLIFIED) + <i64>nullified);
  return steps;
}
