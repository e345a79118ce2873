//! prepared: instructions of units that were captured and checked before, and act again while nothing that they depend on has changed.
import { addTally, beginEvents, endEvents, isDefinite, postToken, takeToken, tally, work } from './act';
import { capturesScalars } from './checks';
import { decoded, decodedAt, decodedCount, KEPT, MET, PREPARED } from './decoded';
import {
  control, DESCRIPTOR_WORDS, head, LANE_PREPARED, loop, MM, OP_WLOAD, operand, PREPARED_MAX, profile, retirement, RETIREMENT_BYTES, ROLE_NONE, ROLE_READ, ROLE_WRITE,
  SEMAPHORE_MAX, SLOT_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, state, UNIT_COUNT,
} from './encoding';
import { descriptorAt, empty, high, low, width } from './extent';
import { NOWHERE } from './fault';
import { clearEvents } from './fetch';
import { again, keep, NOTHING, writesKnown } from './kept';
import { copyBytes } from './move';
import { DESCRIPTOR_BYTES, MODE_BYTES, note, prepared } from './notes';
import { isKnown, knownAround, knownForward, markOperand, touchOperand } from './pages';
import { promise } from './promise';
import { roomAround, spaceBytes } from './regions';
import { insideDram, readable, writable } from './rules';
import { innermost } from './rules-sequencer';
import { isShadowed, outdate } from './shadow';
import { trace } from './trace';
import { runKernel } from './units';
import { fourth, holding, modeOf, multiplies, nextPlace, ownFrom } from './ways';

/** Rounds of a loop that are worth it: few cost less than to be prepared for. */
const ROUNDS_MET: u32 = 2;

/** After an instruction has gone the long way: prepares it where it goes there for the second time, or stands in a loop that goes round some times more. */
export function meet(at: usize, pc: u32): void {
  if (!control.fresh() || pc >= decodedCount()) return;
  const word = decodedAt(pc), form = decoded.form(word);
  if (form < MET || form > PREPARED) return;
  const top = innermost(), loops = top != 0 && loop.left(top) > ROUNDS_MET && loop.end(top) - loop.start(top) < PREPARED_MAX;
  if ((form == MET && !loops) || (control.lanes() & LANE_PREPARED) == 0) return decoded.setForm(word, KEPT);
  if (!canPrepare(at)) return;
  if (form == PREPARED && (prepared.pc(decoded.prepared(word)) == NOWHERE || holding(word, pc))) return prepare(at, pc, word, decoded.prepared(word));
  const first = form == PREPARED ? decoded.prepared(word) : 0, last = fourth(first, pc), place = last ? last : nextPlace(loops);
  if (!place) return;
  spoil(place);                                                         // whoever had it, this instruction too
  prepared.setNext(place, ownFrom(first, pc));
  prepare(at, pc, word, place);
}

/** Can what was found out about it serve again? Not where it reads registers by itself, nor with an operand that is empty, a peer's, or moved by what may break a rule. */
function canPrepare(at: usize): bool {
  const words = retirement.wordsAt(at), operands = retirement.operandCount(at);
  if (capturesScalars(head.opcode(words), words)) return false;
  for (let position: u32 = 0; position < operands; position++) {
    const t = retirement.operands(at, position), space = operand.space(t);
    if (operand.role(t) == ROLE_NONE) continue;
    if (empty(t) || space > SPACE_ACC || (offsetOf(words, position) && (width(t) < 8 || granule(space, retirement.unit(at)) > 1))) return false;
  }
  return true;
}
/** The register that moves an operand; 0: none. */
@inline function offsetOf(words: usize, position: u32): u32 { return position < 3 ? (load<u32>(words + (<usize>position << 2), 4) >>> 6) & 31 : 0; }

function prepare(at: usize, pc: u32, word: usize, to: usize): void {
  const words = retirement.wordsAt(at), operands = retirement.operandCount(at);
  copyBytes(to, at, RETIREMENT_BYTES);
  clearEvents(to);
  let count: usize = 0;
  for (let position: u32 = 0; position < operands; position++) {
    const t = retirement.operands(to, position), register = offsetOf(words, position);
    if (operand.role(t) == ROLE_NONE) continue;
    const one = prepared.notes(to, count++);
    write(one, t, register, register ? captured(words, position, t) : 0);
    findRoom(one);
  }
  prepared.setPc(to, pc);
  prepared.setSettings(to, control.settings());
  copyBytes(prepared.modeAt(to), modeOf(words), MODE_BYTES);
  if (multiplies(head.opcode(words))) copyBytes(prepared.slotAt(to), state.promised(MM.slot(words)), SLOT_BYTES);
  prepared.setCount(to, <u32>count);
  prepared.setKnown(to, 0);
  prepared.setMeets(to, sharesSpace(to, count));
  prepared.setKept(to, keep(to, prepared.geometryAt(to)));
  tally(to, prepared.tallyAt(to));
  decoded.setPrepared(word, to);
  decoded.setForm(word, PREPARED);
}

/** Bytes that addresses of a space are to be multiples of, for a unit. */
@inline function granule(space: u32, unit: u32): u32 { return profile.granules(<usize>(space * UNIT_COUNT + unit)); }

/** What the offset register held when the operand was captured: behind the dispatch a loop may have stepped it. */
function captured(words: usize, position: u32, t: usize): u32 {
  const descriptor = <usize>(operand.t(t) * DESCRIPTOR_WORDS), base = <i64>state.tensors(descriptor + 1) | (<i64>(state.tensors(descriptor + 2) & 0xffff) << 32);
  const immediate = <i64>(<i32>(load<u32>(words + (<usize>position << 2), 4) << 8) >> 19);
  return <u32>((operand.address(t) - (base << 3)) / <i64>width(t) - immediate);
}

function write(at: usize, t: usize, register: u32, value: u32): void {
  store<u32>(at, <u32>t);
  note.setVersion(at, control.versions(operand.t(t)));
  copyBytes(note.wordsAt(at), descriptorAt(operand.t(t)), DESCRIPTOR_BYTES);
  store<u32>(at, operand.t(t), 8);
  store<u32>(at, register << 2, 12);
  note.setValue(at, value);
  store<u32>(at, value, 20);
  store<u16>(at, <u16>(width(t) >>> 3), 24);
  store<u8>(at, <u8>operand.space(t), 26);
  store<u8>(at, <u8>operand.role(t), 27);
  note.setMoved(at, 0);
  store<i64>(at, low(t), 40);
  store<i64>(at, high(t), 48);
  store<i64>(at, operand.address(t), 56);
}

/** Acts; false, and nothing has happened, where the instruction has to go the long way. */
export function actPrepared(word: usize, pc: u32): bool {
  const at = holding(word, pc), words = retirement.wordsAt(at);
  if (!at || !hasTokens(words)) return false;
  const op = head.opcode(words), count = <usize>prepared.count(at), registers = state.registersAt(), old = prepared.settings(at) != control.settings();
  let moved = false, open = prepared.known(at) == control.forgotten() + 1 ? 0 : ~<u32>0;      // of which operands it is to be asked whether they are known
  for (let i: usize = 0; i < count; i++) {
    const one = prepared.notes(at, i), value = load<u32>(registers + note.register(one));
    if (value == note.value(one)) continue;
    moved = true;
    move(one, value);
    if (note.low(one) < note.least(one) || note.high(one) > note.most(one)) {
      open |= 1 << <u32>i;
      if (!findRoom(one)) return spoil(at);
    }
    if (note.space(one) == SPACE_ACC && !beginsRow(one)) return spoil(at);
  }
  if (moved && prepared.meets(at) && !keepApart(at, count)) return spoil(at);
  const wholly = !open || areKnown(at, count, open);
  if (!wholly && !isDefinite(at)) return false;

  const unit = retirement.unit(at), kind = wholly ? prepared.kept(at) : NOTHING;
  if (old) renewSettings(at, op, count);
  if (isShadowed()) outdateWritten(at, count);
  takeToken(words);
  postToken(words);
  if (!again(kind, at, prepared.geometryAt(at), unit)) {
    beginEvents();
    control.setWholly(<u32>wholly);
    if (wholly && !ASC_FEATURE_THREADS) runKernel(op, at);              // all that it reaches is laid down
    else work(op, at);
    control.setWholly(0);
    endEvents(at, unit);
  }
  addTally(prepared.tallyAt(at));
  state.setCounters(unit, state.counters(unit) + 1);
  state.setOrder(unit, state.order(unit) + 1);
  return true;
}

/** Under settings that are as they were. The run may be another one: events and digests of the one before must not show in its records. */
function renewSettings(at: usize, op: u32, count: usize): void {
  if (op == OP_WLOAD) promise(at);
  prepared.setSettings(at, control.settings());
  clearEvents(at);
  for (let i: usize = 0; i < count; i++) operand.setDigest(note.operand(prepared.notes(at, i)), 0);
}

/** The record of what it has just done, the instruction of this number. */
export function tracePrepared(at: usize, seq: i64): void {
  retirement.setSeq(at, seq);
  retirement.setOrder(at, state.order(retirement.unit(at)) - 1);
  trace(at);
  clearEvents(at);                                                      // most raise none the next time
}

/** What is kept of bytes that it writes is to be made anew. */
function outdateWritten(at: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const one = prepared.notes(at, i);
    if (writesScratchpad(one)) outdate(note.low(one), note.high(one));
  }
}
@inline export function writesScratchpad(one: usize): bool { return (note.role(one) & ROLE_WRITE) != 0 && note.space(one) == SPACE_SPM; }

/** Is the token there that its head waits for, and room for the one that it posts? */
@inline function hasTokens(words: usize): bool {
  const waited = head.wait(words), posted = head.post(words);
  return (!waited || state.semaphores(waited) != 0) && (!posted || posted == waited || state.semaphores(posted) < SEMAPHORE_MAX);
}

/**
 * Are all bytes of these operands known, or will they be? Then their rooms end where pages do that are not. Of what goes element by element all that is
 * written becomes known when what is read is so.
 */
function areKnown(at: usize, count: usize, which: u32): bool {
  const written = writesKnown(prepared.kept(at));
  prepared.setKnown(at, 0);
  let left: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    const one = prepared.notes(at, i);
    if (((which >>> <u32>i) & 1) == 0 || isAround(one)) continue;
    if (note.role(one) & ROLE_READ || !written) return false;
    left |= 1 << <u32>i;
  }
  for (let i: usize = 0; i < count; i++) {
    if (((left >>> <u32>i) & 1) == 0) continue;
    const one = prepared.notes(at, i);
    become(note.operand(one));
    setRoom(one, note.low(one), note.high(one));                        // what lies behind it is still to be written
  }
  prepared.setKnown(at, control.forgotten() + 1);
  return true;
}

/** Are all bytes of an operand known? Its room is what is known around its hull, or behind each of its rows. */
function isAround(one: usize): bool {
  const space = note.space(one), low = note.low(one), high = note.high(one);
  if (isKnown(space, low, high)) knownAround(space, low, high, note.roomAt(one));
  else {
    const forward = knownForward(note.operand(one), note.most(one) - high);
    if (forward < 0) return false;
    setRoom(one, low, high + forward);
  }
  return true;
}

/** What will be written becomes known, as far as its elements go. */
@inline function become(t: usize): void {
  touchOperand(t);
  markOperand(t, true);
}

/** It is to be checked as a whole before it acts again. */
function spoil(at: usize): bool {
  prepared.setPc(at, NOWHERE);
  return false;
}

/** Moves an operand to where the register says. */
@inline export function move(at: usize, value: u32): void {
  note.setValue(at, value);
  note.setMoved(at, (<i64><i32>value - <i64><i32>note.first(at)) * note.bytes(at));
  operand.setAddress(note.operand(at), note.address(at));
}

/** A first row of accumulators stays one. */
@inline function beginsRow(at: usize): bool { return note.moved(at) % (<i64>profile.accLanes() * note.bytes(at)) == 0; }

/** Finds out where an operand may lie around its place; false where it may not lie there, as a move would have it. */
function findRoom(at: usize): bool {
  const space = note.space(at), t = note.operand(at), low = note.low(at), high = note.high(at), writes = (note.role(at) & ROLE_WRITE) != 0;
  setRoom(at, low, high);
  if (space != SPACE_DRAM) setRoom(at, 0, spaceBytes(space));
  else if (insideDram(t) && ((note.role(at) & ROLE_READ) == 0 || readable(t)) && (!writes || writable(t))) roomAround(low, high, writes, note.roomAt(at));
  else return false;
  return low >= note.least(at) && high <= note.most(at);
}
@inline function setRoom(at: usize, least: i64, most: i64): void {
  store<i64>(note.roomAt(at), least);
  store<i64>(note.roomAt(at), most, 8);
}

/** Do hulls of which one is written keep apart, or where they were to each other when the record was checked? */
function keepApart(at: usize, count: usize): bool {
  for (let i: usize = 0; i < count; i++) {
    const one = prepared.notes(at, i);
    for (let j = i + 1; j < count; j++) {
      const other = prepared.notes(at, j);
      if (note.moved(one) == note.moved(other) || note.space(one) != note.space(other)) continue;
      if (((note.role(one) | note.role(other)) & ROLE_WRITE) == 0) continue;
      if (note.high(one) > note.low(other) && note.high(other) > note.low(one)) return false;
    }
  }
  return true;
}

/** Do some of them share a space that one of them writes? */
function sharesSpace(at: usize, count: usize): bool {
  for (let i: usize = 0; i < count; i++) {
    const one = prepared.notes(at, i);
    for (let j = i + 1; j < count; j++) {
      const other = prepared.notes(at, j);
      if (note.space(one) == note.space(other) && ((note.role(one) | note.role(other)) & ROLE_WRITE)) return true;
    }
  }
  return false;
}
