//! recorded: what a burst executes in its innermost loop, where all records are wanted.
import { NOP, RETIRED_DONE, state, UNIT_SEQ } from './encoding';
import { captured, decoded, decodedCount, DO_ALU, DO_CMP, DO_JUMP, first, second } from './decoded';
import { NOWHERE } from './fault';
import { staysInLoop } from './rules-sequencer';
import { compare, compute } from './sequencer';
import { traceScalar } from './trace';

/** Executes an `alu`, `cmp`, `jump` or `nop`, and writes its record; returns the pc behind it, NOWHERE, and nothing has happened, where it has to go the long way. The books are the burst's. */
export function recorded(form: u32, at: usize, words: usize, pc: u32, seq: i64, order: u32): u32 {
  const value = captured(at), y = second(at);
  let a = value, b: u32 = 0, result: u32 = 0, next = pc + 1;
  if (form >= DO_ALU) {
    const to = decoded.to(at);
    a = first(at);
    b = value;
    if (form < DO_CMP) {
      result = compute(form - DO_ALU, a, y);
      store<u32>(to, result, state.registersAt());
    } else {
      result = <u32>compare(form - DO_CMP, a, y);
      state.setPredicates((state.predicates() & ~(1 << <u32>to)) | (result << <u32>to));
    }
  } else if (form == DO_JUMP) {
    if (y >= decodedCount() || !staysInLoop(y, 0)) return NOWHERE;      // or behind what bursts keep
    next = y;
  } else result = <u32>NOP.tag(words);
  traceScalar(words, pc, UNIT_SEQ, RETIRED_DONE, seq, order, a, b, result);
  return next;
}
