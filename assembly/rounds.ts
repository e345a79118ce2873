//! rounds: rounds of a hardware loop whose body is prepared instructions alone, checked once for all of them.
import { addTallies } from './act';
import { decoded, decodedAt, decodedCount, PREPARED } from './decoded';
import { control, head, loop, operand, OPERAND_MAX, profile, retirement, ROLE_WRITE, SPACE_ACC, state } from './encoding';
import { again, NOTHING, oftener, together } from './kept';
import { note, prepared } from './notes';
import { move, writesScratchpad } from './prepared';
import { forgetShadows, isShadowed } from './shadow';

/** Instructions of a body at most; rounds that are worth the checks. */
const BODY: u32 = 8;
const LEAST: u32 = 4;

/** Operands that the loop moves: where they lie in the records, bits from round to round; and for each instruction where its own begin. */
const MOVES: usize = memory.data(1024, 8);
const FIRSTS: usize = memory.data(64, 4);

/**
 * Acts as often as the loop at `top` goes round, from its start on, within `limit` steps; returns how many instructions have acted. It is as if they had
 * acted one by one: no room is left, no token changes hands, no setting changes on the way, and the books are kept at the end. A loop whose last
 * round is done is left at the end of that round.
 */
export function rounds(top: usize, both: u32, limit: u32): u32 {
  const start = loop.start(top), body = loop.end(top) + 1 - start, left = loop.left(top);
  if (!ASC_FEATURE_SIMD || left < LEAST || body > BODY || loop.end(top) >= decodedCount()) return 0;
  let count = min(left, limit / (2 * body));
  for (let i: u32 = 0; i < body; i++) {
    const word = decodedAt(start + i);
    if (decoded.form(word) != PREPARED || (both & decoded.mask(word)) == 0) return 0;
    count = min(count, roundsOf(decoded.prepared(word), start + i, top, count));
    if (count < LEAST) return 0;
  }
  for (let i: u32 = 0; i < body; i++) if (!keepApart(decoded.prepared(decodedAt(start + i)), top, count)) return 0;
  if (isShadowed() && writesAny(start, body)) forgetShadows();
  begin(top, start, body);
  const done = act(start, body, count);
  end(top, start, body, done);
  return done;
}

/** For how many rounds, up to `most`, a prepared instruction holds without another look. */
function roundsOf(at: usize, pc: u32, top: usize, most: u32): u32 {
  const words = retirement.wordsAt(at), waited = head.wait(words);
  if (prepared.pc(at) != pc || prepared.settings(at) != control.settings() || prepared.known(at) != control.forgotten() + 1 || prepared.kept(at) == NOTHING) return 0;
  if (waited != head.post(words) || (waited && state.semaphores(waited) == 0)) return 0;
  let count = most;
  for (let i: usize = 0; i < <usize>prepared.count(at); i++) count = min(count, roundsInRoom(prepared.notes(at, i), top, count));
  return count;
}

function roundsInRoom(one: usize, top: usize, most: u32): u32 {
  if (control.versions(note.descriptor(one)) != note.version(one)) return 0;
  const value = valueOf(one), bytes = note.bytes(one), moved = movedBy(one, value), step = stepOf(one, top), by = step * bytes;
  const below = note.firstLow(one) + moved - note.least(one), above = note.most(one) - note.firstHigh(one) - moved;
  if (below < 0 || above < 0) return 0;
  if (note.space(one) == SPACE_ACC && (moved | by) != 0) {               // elements of 4 bits are moved by nobody
    const row = <i64>profile.accLanes() * bytes;
    if (moved % row != 0 || by % row != 0) return 0;
  }
  const last = <i64>most - 1, end = <i64>value + step * last;
  if (end != <i64><i32>end) return 0;                                    // the register would wrap
  if (by * last <= above && -by * last <= below) return most;
  return <u32>((by > 0 ? above / by : below / -by) + 1);
}

@inline function valueOf(one: usize): i32 { return load<i32>(state.registersAt() + note.register(one)); }
@inline function movedBy(one: usize, value: i32): i64 { return (<i64>value - <i64><i32>note.first(one)) * note.bytes(one); }

/** What the loop adds to an operand's register. */
function stepOf(one: usize, top: usize): i64 {
  const register = <u32>note.register(one) >>> 2;
  if (!register) return 0;
  return register == loop.ra(top) ? <i64>loop.incA(top) : register == loop.rb(top) ? <i64>loop.incB(top) : 0;
}

/** Do hulls of which one is written keep apart in all rounds, or where they were to each other when the record was checked? */
function keepApart(at: usize, top: usize, count: u32): bool {
  if (!prepared.meets(at)) return true;
  const operands = <usize>prepared.count(at), last = <i64>count - 1;
  for (let i: usize = 0; i < operands; i++) {
    const one = prepared.notes(at, i), moved = movedBy(one, valueOf(one)), by = stepOf(one, top) * note.bytes(one);
    for (let j = i + 1; j < operands; j++) {
      const other = prepared.notes(at, j);
      if (note.space(one) != note.space(other) || ((note.role(one) | note.role(other)) & ROLE_WRITE) == 0) continue;
      const otherMoved = movedBy(other, valueOf(other)), otherBy = stepOf(other, top) * note.bytes(other);
      if (by == otherBy && moved == otherMoved) continue;
      // Only what lies between them counts: as if the other one stood still.
      const across = (by - otherBy) * last, low = note.firstLow(one) + moved + min<i64>(0, across), high = note.firstHigh(one) + moved + max<i64>(0, across);
      if (high > note.firstLow(other) + otherMoved && note.firstHigh(other) + otherMoved > low) return false;
    }
  }
  return true;
}

/** Does one of them write to the scratchpad? */
function writesAny(start: u32, body: u32): bool {
  for (let i: u32 = 0; i < body; i++) {
    const at = decoded.prepared(decodedAt(start + i));
    for (let j: usize = 0; j < <usize>prepared.count(at); j++) if (writesScratchpad(prepared.notes(at, j))) return true;
  }
  return false;
}

/** Lists what moves; each operand stands a step before its first place. */
function begin(top: usize, start: u32, body: u32): void {
  if (BODY * OPERAND_MAX * 16 > 1024) unreachable();                     // decided when it is compiled
  let to = MOVES;
  for (let i: u32 = 0; i < body; i++) {
    const at = decoded.prepared(decodedAt(start + i));
    store<u32>(FIRSTS + (<usize>i << 2), <u32>to);
    for (let j: usize = 0; j < <usize>prepared.count(at); j++) {
      const one = prepared.notes(at, j), bits = stepOf(one, top) * note.bytes(one) << 3, t = note.operand(one);
      operand.setAddress(t, note.firstAddress(one) + (movedBy(one, valueOf(one)) << 3) - bits);
      if (!bits) continue;
      store<u32>(to, <u32>t);
      store<i64>(to, bits, 8);
      to += 16;
    }
  }
  store<u32>(FIRSTS + (<usize>body << 2), <u32>to);
}

/** The rounds; stops before an instruction that has to go another way. */
function act(start: u32, body: u32, count: u32): u32 {
  if (body == 1 && alone(start, count)) return count;
  let done: u32 = body == 2 ? 2 * deep(start, count) : 0;
  for (let round = done / body; round < count; round++) {
    for (let i: u32 = 0; i < body; i++, done++) {
      const at = decoded.prepared(decodedAt(start + i)), end = <usize>load<u32>(FIRSTS + (<usize>i << 2), 4);
      for (let its = <usize>load<u32>(FIRSTS + (<usize>i << 2)); its < end; its += 16) {
        const t = <usize>load<u32>(its);
        operand.setAddress(t, operand.address(t) + load<i64>(its, 8));
      }
      if (!again(prepared.kept(at), at, prepared.geometryAt(at), retirement.unit(at))) return done;
    }
  }
  return done;
}

/** Rounds of one instruction: all at once, or not. */
function alone(start: u32, count: u32): bool {
  const at = decoded.prepared(decodedAt(start)), d = retirement.operands(at, 0), a = retirement.operands(at, 1), b = retirement.operands(at, 2);
  return oftener(prepared.kept(at), at, prepared.geometryAt(at), bitsOf(0, d), bitsOf(0, a), bitsOf(0, b), count);
}

/** Rounds that add products with weights of their own to the same accumulators: as many as go at once. */
function deep(start: u32, count: u32): u32 {
  const first = decoded.prepared(decodedAt(start)), second = decoded.prepared(decodedAt(start + 1)), a = retirement.operands(second, 1), w = retirement.operands(first, 1);
  if (bitsOf(1, retirement.operands(second, 0))) return 0;
  return together(first, prepared.kept(first), prepared.geometryAt(first), second, prepared.kept(second), prepared.geometryAt(second), bitsOf(0, w), bitsOf(1, a), count);
}

/** Bits from round to round of an operand of the i-th instruction. */
function bitsOf(i: usize, t: usize): i64 {
  for (let its = <usize>load<u32>(FIRSTS + (i << 2)); its < <usize>load<u32>(FIRSTS + (i << 2), 4); its += 16) if (load<u32>(its) == <u32>t) return load<i64>(its, 8);
  return 0;
}

/** Notes, registers and books as one by one would have left them. */
function end(top: usize, start: u32, body: u32, done: u32): void {
  const whole = done / body, part = done % body, left = loop.left(top);
  for (let i: u32 = 0; i < body; i++) {
    const at = decoded.prepared(decodedAt(start + i)), times = whole + <u32>(i < part), unit = retirement.unit(at);
    for (let j: usize = 0; j < <usize>prepared.count(at); j++) {
      const one = prepared.notes(at, j);
      if (times) move(one, valueOf(one) + <u32>(stepOf(one, top) * (<i64>times - 1)));
      else operand.setAddress(note.operand(one), note.address(one));
    }
    addTallies(prepared.tallyAt(at), times);
    state.setCounters(unit, state.counters(unit) + <i64>times);
    state.setOrder(unit, state.order(unit) + times);
  }
  const stepped = min(whole, left - 1), ra = loop.ra(top), rb = loop.rb(top);
  if (ra) state.setRegisters(ra, state.registers(ra) + <u32>loop.incA(top) * stepped);
  if (rb) state.setRegisters(rb, state.registers(rb) + <u32>loop.incB(top) * stepped);
  loop.setLeft(top, left - stepped);
}
