//! recorded: an instruction of the sequencer's that a burst executes where all records are wanted.
import { NOP, RETIRED_DONE, state, TLOAD, UNIT_SEQ } from './encoding';
import { captured, decoded, decodedCount, DO_ALU, DO_CMP, DO_JUMP, DO_LOOP, DO_NSET, DO_TCOPY, DO_TLOAD, DO_TSET, first, second } from './decoded';
import { NOWHERE } from './fault';
import { blockAligned, blockInside, loopFree, staysInLoop } from './rules-sequencer';
import { begin, compare, compute, copyDescriptor, loadDescriptor, setField, setMode } from './sequencer';
import { traceScalar } from './trace';

/** Executes it, and writes its record; returns the pc behind it, NOWHERE, and nothing has happened, where it has to go the long way. The books are the burst's. */
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
  } else switch (form) {
    case DO_TSET: result = setField(words, y); break;
    case DO_TCOPY: copyDescriptor(words); break;
    case DO_TLOAD: {
      if (!blockInside(y, 0) || !blockAligned(y, 0)) return NOWHERE;
      loadDescriptor(TLOAD.t(words), y);
      break;
    }
    case DO_NSET: setMode(words, y); break;
    case DO_LOOP: {
      if (!y || !loopFree()) return NOWHERE;
      begin(words, pc, y);
      result = y;
      break;
    }
    case DO_JUMP: {
      if (y >= decodedCount() || !staysInLoop(y, 0)) return NOWHERE;        // or behind what bursts keep
      next = y;
      break;
    }
    default: result = <u32>NOP.tag(words);
  }
  traceScalar(words, pc, UNIT_SEQ, RETIRED_DONE, seq, order, a, b, result);
  return next;
}
