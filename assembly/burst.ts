//! burst: instructions executed where they lie in the image, the sequencer's books settled at the end.
import { addTokens } from './act';
import { wellEncoded } from './checks';
import { control, COUNTER_NULLIFIED, DECODED_BYTES, head, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, loop, NSET, OP_POST, POST, RETIRED_DONE, RETIRED_NULLIFIED, SEMAPHORE_MAX, state, TLOAD, UNIT_SEQ } from './encoding';
import { captured, decode, decoded, decodedAt, decodedCount, DO_ALU, DO_CMP, DO_FENCE, DO_JUMP, DO_LOOP, DO_NOTHING, DO_NSET, DO_SIGNAL, DO_TCOPY, DO_TLOAD, DO_TSET, first, guards, MET, PREPARED, second } from './decoded';
import { NOWHERE } from './fault';
import { imageAt } from './fetch';
import { actPrepared, tracePrepared } from './prepared';
import { freshen } from './program';
import { recorded } from './recorded';
import { rounds } from './rounds';
import { blockAligned, blockInside, innermost, loopFree, modeWordLegal } from './rules-sequencer';
import { forgetShadows } from './shadow';
import { advance, begin, compare, compute, copyDescriptor, loadDescriptor, setField, setMode, stepRegisters } from './sequencer';
import { ringFull, traceScalar } from './trace';

/**
 * At most `limit` steps; stops before the first instruction that cannot go, traps, or is none of `alu`, `cmp`, `jump`, `loop`, `tset`,
 * `tcopy`, `tload`, `nset`, `post`, `wait`, `fence`, `nop` and prepared ones of units. Returns the steps taken. For the serial run only, with idle units and without records, breakpoints and requests to stop.
 */
export function burst(limit: u32): u32 { return go(limit, false); }

/** The same with records, until the ring is full. */
export function recordedBurst(limit: u32): u32 { return go(limit, true); }

/** One source for both: not a variable more, nor a question, where nobody watches (measured, bench/works/small.ts). */
@inline function go(limit: u32, watched: bool): u32 {
  freshen();
  forgetShadows();                                                      // whoever wrote since the last one did not say so
  const table = decodedAt(0), code = imageAt() + <usize>IMAGE_HEADER_BYTES;
  if (state.pc() > decodedCount()) return 0;
  let at = decodedAt(state.pc()), left = limit, units: u32 = 0, nullified: u32 = 0, both = guards();
  let top = innermost(), start = startOf(top), behind = endOf(top);
  const all = watched && !control.effects();
  while (left) {
    let next = at;
    // Nothing is called in this loop, and it has few variables: all of them stay in the processor's registers (measured, bench/works/small.ts).
    do {
      const form = decoded.form(at);
      if (form < DO_NOTHING || all) break;
      next = at + DECODED_BYTES;
      if (both & decoded.mask(at)) {
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
          case DO_JUMP: {
            const to = second(at);
            next = decodedAt(to);
            if (to >= decodedCount() || next < start || next >= behind) return settle(at, both, limit - left, units, nullified);
            break;
          }
          default: break;
        }
      } else nullified++;
      left--;
      if (next == behind) break;
      at = next;
    } while (left);
    if (next != behind) {
      if (!left) break;
      const pc = <u32>(at - table) / <u32>DECODED_BYTES, words = code + <usize>pc * INSTRUCTION_BYTES;
      let form = decoded.form(at);
      if (form < PREPARED) {
        form = decode(words, at, form);
        if (form < PREPARED && (form < MET || both & decoded.mask(at) || !wellEncoded(head.opcode(words), words))) break; // a unit's is passed over, if it is one
        if (form >= DO_NOTHING) continue;
      }
      if (form == DO_NSET && !modeWordLegal(NSET.field(words), second(at), 0)) break;  // traps whatever its predicate is
      next = at + DECODED_BYTES;
      if (both & decoded.mask(at)) {
        let result: u32 = 0;
        if (all && form >= DO_NOTHING) {
          const to = recorded(form, at, words, pc, state.seq() + <i64>(limit - left - units), state.order(UNIT_SEQ) + limit - left - 2 * units);
          if (to == NOWHERE) return settle(at, both, limit - left, units, nullified);
          next = decodedAt(to);
          both = guards();
        } else switch (form) {
          case DO_TSET: result = setField(words, second(at)); break;
          case DO_TCOPY: copyDescriptor(words); break;
          case DO_TLOAD: {
            const offset = second(at);
            if (!blockInside(offset, 0) || !blockAligned(offset, 0)) return settle(at, both, limit - left, units, nullified);
            loadDescriptor(TLOAD.t(words), offset);
            break;
          }
          case DO_NSET: setMode(words, second(at)); break;
          case DO_LOOP: {
            const count = second(at);
            if (!count || !loopFree()) return settle(at, both, limit - left, units, nullified);
            begin(words, pc, count);
            result = count;
            top = innermost();
            start = next;
            behind = decodedAt(loop.end(top) + 1);
            break;
          }
          case DO_SIGNAL: {
            if (left < 2 || !signal(words, second(at))) return settle(at, both, limit - left, units, nullified);
            if (POST.agent(words) == UNIT_SEQ) break;
            left--;
            units++;
            break;
          }
          case PREPARED: {
            if (!watched && at == start) {
              const more = loop.left(top), body = <u32>(behind - at) / <u32>DECODED_BYTES, acted = rounds(top, both, left);
              if (acted) {
                left -= 2 * acted - 1;
                units += acted;
                next = acted / body == more ? behind : at + <usize>(acted % body) * DECODED_BYTES;
                break;
              }
            }
            if (left < 2 || !actPrepared(at, pc)) return settle(at, both, limit - left, units, nullified);
            left--;
            units++;
            break;
          }
        }
        if (watched) record(words, at, pc, limit - left, units, result);
      } else {
        if (all) traceScalar(words, pc, UNIT_SEQ, RETIRED_NULLIFIED, state.seq() + <i64>(limit - left - units), state.order(UNIT_SEQ) + limit - left - 2 * units, 0, 0, 0);
        nullified++;
      }
      left--;
    }
    if (next == behind) {
      const more = loop.left(top) - 1;
      if (more) {                                      // once more: what `advance` does, in few words
        stepRegisters(top);
        loop.setLeft(top, more);
        at = start;
      } else {
        advance(<u32>(next - table) / <u32>DECODED_BYTES);
        at = decodedAt(state.pc());
        top = innermost();
        start = startOf(top);
        behind = endOf(top);
      }
    } else at = next;
    if (watched && ringFull()) break;
  }
  return settle(at, both, limit - left, units, nullified);
}

/** Where the words of a loop lie, and where what stands behind it; without a loop, around all that there is. */
@inline function startOf(top: usize): usize { return top ? decodedAt(loop.start(top)) : 0; }
@inline function endOf(top: usize): usize { return top ? decodedAt(loop.end(top) + 1) : usize.MAX_VALUE; }
@inline function alu(at: usize, op: u32): void { store<u32>(decoded.to(at), compute(op, first(at), second(at)), state.registersAt()); }
/** The predicates and their opposites, one of them set. */
@inline function cmp(at: usize, op: u32, both: u32): u32 {
  const bit = <u32>decoded.to(at);
  return (both & ~(0x101 << bit)) | ((0x100 - 0xff * <u32>compare(op, first(at), second(at))) << bit);
}

/** A `post` or `wait` of an agent; false, and nothing has happened, where tokens lack or do not fit. */
@inline function signal(words: usize, tokens: u32): bool {
  const semaphore = POST.m(words), agent = POST.agent(words), there = state.semaphores(semaphore);
  if (tokens > SEMAPHORE_MAX) return false;
  if (head.opcode(words) == OP_POST) {
    if (!addTokens(semaphore, tokens)) return false;
  } else if (there < tokens) return false;
  else state.setSemaphores(semaphore, there - tokens);
  if (agent != UNIT_SEQ) {
    state.setCounters(agent, state.counters(agent) + 1);
    state.setOrder(agent, state.order(agent) + 1);
  }
  return true;
}

/** The record, if one is wanted, of an instruction behind so many steps and instructions of units, half of its own steps among them. */
function record(words: usize, at: usize, pc: u32, steps: u32, units: u32, result: u32): void {
  const form = decoded.form(at), seq = state.seq() + <i64>(steps - units);
  if (form == PREPARED) tracePrepared(decoded.prepared(at), seq);
  else if (form <= DO_FENCE || (!control.effects() && form < DO_NOTHING)) {
    const agent = form == DO_SIGNAL ? POST.agent(words) : UNIT_SEQ, order = agent == UNIT_SEQ ? state.order(UNIT_SEQ) + steps - 2 * units : state.order(agent) - 1;
    traceScalar(words, pc, agent, RETIRED_DONE, seq, order, captured(at), 0, result);
  }
}

/** The books: `units` instructions of units, which have settled the rest of theirs, took two of the steps each; all others are the sequencer's. */
function settle(at: usize, both: u32, steps: u32, units: u32, nullified: u32): u32 {
  const scalars = steps - 2 * units;
  state.setPc(<u32>(at - decodedAt(0)) / <u32>DECODED_BYTES);
  state.setPredicates(both & 0xff);
  state.setSeq(state.seq() + <i64>(scalars + units));
  state.setOrder(UNIT_SEQ, state.order(UNIT_SEQ) + scalars);
  state.setCounters(UNIT_SEQ, state.counters(UNIT_SEQ) + <i64>(scalars - nullified));
  state.setCounters(COUNTER_NULLIFIED, state.counters(COUNTER_NULLIFIED) + <i64>nullified);
  return steps;
}
