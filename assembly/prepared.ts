//! prepared: instructions of units that were captured and checked before, and act again while nothing that they depend on has changed.
import { addTally, beginEvents, endEvents, isDefinite, postToken, takeToken, TALLY_BYTES, tally, work } from './act';
import { capturesScalars } from './checks';
import { decoded, decodedAt, decodedCount, KEPT, MET, PREPARED } from './decoded';
import {
  control, DESCRIPTOR_WORDS, head, LANE_PREPARED, loop, MM, MODE_WORDS, OP_MDW, OP_MM, OP_WLOAD, operand, OPERAND_MAX, PREPARED_BYTES, PREPARED_MAX, profile, retirement, RETIREMENT_BYTES, ROLE_NONE, ROLE_READ, ROLE_WRITE,
  SEMAPHORE_MAX, SLOT_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, state, UNIT_COUNT,
} from './encoding';
import { empty, high, low, width } from './extent';
import { NOWHERE } from './fault';
import { clearEvents } from './fetch';
import { again, keep, KEPT_BYTES, NOTHING, writesKnown } from './kept';
import { alike, copyBytes } from './move';
import { isKnown, knownAround, knownForward, markOperand, touchOperand } from './pages';
import { roomAround, spaceBytes } from './regions';
import { promise } from './promise';
import { insideDram, readable, writable } from './rules';
import { innermost } from './rules-sequencer';
import { isShadowed, outdate } from './shadow';
import { trace } from './trace';
import { runKernel } from './units';

const NOTE_BYTES: usize = 144, DESCRIPTOR_BYTES: usize = <usize>DESCRIPTOR_WORDS << 2, MODE_BYTES: usize = <usize>MODE_WORDS << 2;
/**
 * An instruction: its closed record, what it adds to the counters, and a note for each operand that is there, none of them empty. It holds while its descriptors,
 * its mode and the shape promised for its slot are those that it was checked under: as long as no version of them has changed, or where they are alike; offset
 * registers may move its operands.
 */
export namespace prepared {
  const AT: usize = (RETIREMENT_BYTES + 7) & ~7;
  @inline export function pc(at: usize): u32 { return load<u32>(at, AT); }
  @inline export function setPc(at: usize, value: u32): void { store<u32>(at, value, AT); }
  @inline export function settings(at: usize): u32 { return load<u32>(at, AT + 4); }
  @inline export function setSettings(at: usize, value: u32): void { store<u32>(at, value, AT + 4); }
  /** Operands that are there. */
  @inline export function count(at: usize): u32 { return load<u32>(at, AT + 8); }
  @inline export function setCount(at: usize, value: u32): void { store<u32>(at, value, AT + 8); }
  /** What is kept of its kernel's geometry: kept.ts. */
  @inline export function kept(at: usize): u32 { return load<u32>(at, AT + 12); }
  @inline export function setKept(at: usize, value: u32): void { store<u32>(at, value, AT + 12); }
  /** Under which number of forgettings all bytes of its operands were found known, and 1; 0: never. They stay so while the operands stay in their rooms. */
  @inline export function known(at: usize): u32 { return load<u32>(at, AT + 16); }
  @inline export function setKnown(at: usize, value: u32): void { store<u32>(at, value, AT + 16); }
  /** Does one of them write where another one lies, in the same space? */
  @inline export function meets(at: usize): bool { return load<u32>(at, AT + 20) != 0; }
  @inline export function setMeets(at: usize, value: bool): void { store<u32>(at, <u32>value, AT + 20); }
  /** The same instruction as it was prepared under other descriptors, mode or slot; 0: none. */
  @inline export function next(at: usize): usize { return <usize>load<u32>(at, AT + 24); }
  @inline export function setNext(at: usize, to: usize): void { store<u32>(at, <u32>to, AT + 24); }
  @inline export function tallyAt(at: usize): usize { return at + AT + 32; }
  /** The words of its mode, and the shape promised for the slot that it multiplies by, as they were when it was checked. */
  @inline export function modeAt(at: usize): usize { return tallyAt(at) + TALLY_BYTES; }
  @inline export function slotAt(at: usize): usize { return modeAt(at) + MODE_BYTES; }
  @inline export function notes(at: usize, i: usize): usize { return slotAt(at) + SLOT_BYTES + i * NOTE_BYTES; }
  @inline export function geometryAt(at: usize): usize { return notes(at, OPERAND_MAX); }
  export const BYTES: usize = AT + 32 + TALLY_BYTES + MODE_BYTES + SLOT_BYTES + <usize>OPERAND_MAX * NOTE_BYTES + KEPT_BYTES;
}
/** An operand: its place in the record, the descriptor and its version, the offset register (as a byte offset); bytes of its hull. */
export namespace note {
  @inline export function operand(at: usize): usize { return <usize>load<u32>(at); }
  @inline export function version(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setVersion(at: usize, value: u32): void { store<u32>(at, value, 4); }
  @inline export function descriptor(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function register(at: usize): usize { return <usize>load<u32>(at, 12); }
  /** What the register held the last time, and when the record was checked as a whole. */
  @inline export function value(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function setValue(at: usize, value: u32): void { store<u32>(at, value, 16); }
  @inline export function first(at: usize): u32 { return load<u32>(at, 20); }
  @inline export function bytes(at: usize): i64 { return <i64>load<u16>(at, 24); }
  @inline export function space(at: usize): u32 { return load<u8>(at, 26); }
  @inline export function role(at: usize): u32 { return load<u8>(at, 27); }
  /** Bytes by which the register has moved it since. */
  @inline export function moved(at: usize): i64 { return load<i64>(at, 32); }
  @inline export function setMoved(at: usize, value: i64): void { store<i64>(at, value, 32); }
  @inline export function low(at: usize): i64 { return load<i64>(at, 40) + moved(at); }
  @inline export function high(at: usize): i64 { return load<i64>(at, 48) + moved(at); }
  @inline export function address(at: usize): i64 { return load<i64>(at, 56) + (moved(at) << 3); }
  /** Where its hull and its first element lay then. */
  @inline export function firstLow(at: usize): i64 { return load<i64>(at, 40); }
  @inline export function firstHigh(at: usize): i64 { return load<i64>(at, 48); }
  @inline export function firstAddress(at: usize): i64 { return load<i64>(at, 56); }
  /** Its room: where its hull may lie without another look at the rules and the known bits. */
  @inline export function least(at: usize): i64 { return load<i64>(at, 64); }
  @inline export function most(at: usize): i64 { return load<i64>(at, 72); }
  @inline export function roomAt(at: usize): usize { return at + 64; }
  /** The words of the descriptor. */
  @inline export function wordsAt(at: usize): usize { return at + 80; }
}

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
  const first = form == PREPARED && prepared.pc(decoded.prepared(word)) == pc ? decoded.prepared(word) : 0, last = fourth(first), place = last ? last : nextPlace(loops);
  if (!place || isAmong(first, place)) return;                           // the list would become a ring
  prepared.setNext(place, first);
  prepare(at, pc, word, place);
}

/** Instructions that ask for a place for one that gets it, when all have been given: what goes by once in each run of a long program would take them from each other for ever. */
const ASK: u32 = 8;

/** Places are given in turn while there are unused ones, then at once to what stands in a loop that they are enough for, else to one of ASK that ask; 0: none. */
function nextPlace(loops: bool): usize {
  if (prepared.BYTES > PREPARED_BYTES) unreachable();                   // the host's room for one; decided when it is compiled
  const asked = control.placesAsked();
  control.setPlacesAsked(asked + 1);
  if (!loops && asked >= PREPARED_MAX && asked % ASK) return 0;
  return <usize>control.prepared() + <usize>((asked < PREPARED_MAX || loops ? asked : asked / ASK) % PREPARED_MAX) * PREPARED_BYTES;
}

/**
 * Tiles at the ends of a matrix have other shapes than those in its midst, and a loop over tiles sets the same descriptors to either: up to four ways in which one
 * instruction was prepared are kept in a list, which begins with the one that acted last. Its places are shared by all instructions: where one is another's, the list ends.
 */
const WAYS: u32 = 4;
/** The way that holds under descriptors, mode and slot as they are, which becomes the first one; 0: none, and the list has been cut where a place is another's. */
function holding(word: usize, pc: u32): usize {
  const first = decoded.prepared(word);
  for (let at = first, before: usize = 0; at; ) {
    if (prepared.pc(at) != pc) {
      if (before) prepared.setNext(before, 0);
      return 0;
    }
    if (holds(at)) {
      if (before) {
        prepared.setNext(before, prepared.next(at));
        prepared.setNext(at, first);
        decoded.setPrepared(word, at);
      }
      return at;
    }
    before = at;
    at = prepared.next(at);
  }
  return 0;
}
/** The last of four ways, taken out of its list, to be prepared anew; 0 where there are fewer. */
function fourth(first: usize): usize {
  let at = first, before: usize = 0;
  for (let way: u32 = 1; way < WAYS && at; way++) {
    before = at;
    at = prepared.next(at);
  }
  if (at) prepared.setNext(before, 0);
  return at;
}
function isAmong(first: usize, place: usize): bool {
  for (let at = first; at; at = prepared.next(at)) if (at == place) return true;
  return false;
}
@inline function holds(at: usize): bool {
  if (prepared.settings(at) != control.settings() && !isSetAsBefore(at)) return false;
  for (let i: usize = 0; i < <usize>prepared.count(at); i++) {
    const one = prepared.notes(at, i);
    if (control.versions(note.descriptor(one)) != note.version(one) && !isDescribedAsBefore(one)) return false;
  }
  return true;
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
  spoil(to);
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
  copyBytes(note.wordsAt(at), descriptorOf(operand.t(t)), DESCRIPTOR_BYTES);
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

/** Where the words of a descriptor lie, and those of the mode of an instruction. */
@inline function descriptorOf(t: u32): usize { return state.tensorsAt() + <usize>t * DESCRIPTOR_BYTES; }
@inline function modeOf(words: usize): usize { return state.modesAt() + <usize>head.mode(words) * MODE_BYTES; }
/** Does it multiply by what a slot holds? */
@inline function multiplies(op: u32): bool { return op == OP_MM || op == OP_MDW; }

function isDescribedAsBefore(one: usize): bool {
  const t = note.descriptor(one);
  if (!alike(note.wordsAt(one), descriptorOf(t), DESCRIPTOR_BYTES)) return false;
  note.setVersion(one, control.versions(t));
  return true;
}
function isSetAsBefore(at: usize): bool {
  const words = retirement.wordsAt(at), op = head.opcode(words);
  return alike(prepared.modeAt(at), modeOf(words), MODE_BYTES) && (!multiplies(op) || alike(prepared.slotAt(at), state.promised(MM.slot(words)), SLOT_BYTES));
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
