//! prepared: instructions of units that were captured and checked before, and act again while nothing that they depend on has changed.
import { addTally, beginEvents, endEvents, isDefinite, postToken, takeToken, TALLY_BYTES, tally, work } from './act';
import { capturesScalars } from './checks';
import { decoded, decodedAt, decodedCount, KEPT, MET, PREPARED } from './decoded';
import {
  control, DESCRIPTOR_WORDS, head, LANE_PREPARED, operand, OP_MM, OP_WLOAD, OPERAND_MAX, PREPARED_BYTES, PREPARED_MAX, profile, retirement, RETIREMENT_BYTES, ROLE_NONE, ROLE_READ, ROLE_WRITE,
  SEMAPHORE_MAX, SPACE_ACC, SPACE_DRAM, state, UNIT_COUNT,
} from './encoding';
import { empty, high, low, width } from './extent';
import { NOWHERE } from './fault';
import { keepProduct, multiplyKept, PRODUCT_BYTES } from './matrix';
import { keepWeights, loadKept } from './pack';
import { isKnown, whollyKnown } from './pages';
import { promise } from './promise';
import { spaceBytes } from './regions';
import { insideDram, readable, writable } from './rules';
import { runKernel } from './units';

const NOTE_BYTES: usize = 64;
/**
 * An instruction: its closed record, what it adds to the counters, and a note for each operand that is there, none of them empty. It holds while its descriptors
 * and the settings (modes, shapes of slots) have the versions that it was checked under; offset registers may move its operands.
 */
namespace prepared {
  const AT: usize = (RETIREMENT_BYTES + 7) & ~7;
  @inline export function pc(at: usize): u32 { return load<u32>(at, AT); }
  @inline export function setPc(at: usize, value: u32): void { store<u32>(at, value, AT); }
  @inline export function settings(at: usize): u32 { return load<u32>(at, AT + 4); }
  @inline export function setSettings(at: usize, value: u32): void { store<u32>(at, value, AT + 4); }
  /** Operands that are there. */
  @inline export function count(at: usize): u32 { return load<u32>(at, AT + 8); }
  @inline export function setCount(at: usize, value: u32): void { store<u32>(at, value, AT + 8); }
  /** 1: its kernel's geometry is kept. */
  @inline export function kept(at: usize): bool { return load<u32>(at, AT + 12) != 0; }
  @inline export function setKept(at: usize, value: bool): void { store<u32>(at, <u32>value, AT + 12); }
  @inline export function tallyAt(at: usize): usize { return at + AT + 16; }
  @inline export function notes(at: usize, i: usize): usize { return at + AT + 16 + TALLY_BYTES + i * NOTE_BYTES; }
  @inline export function geometryAt(at: usize): usize { return notes(at, OPERAND_MAX); }
  export const BYTES: usize = AT + 16 + TALLY_BYTES + <usize>OPERAND_MAX * NOTE_BYTES + PRODUCT_BYTES;
}
/** An operand: its place in the record, the descriptor and its version, the offset register (as a byte offset) and its value; bytes of its hull. */
namespace note {
  @inline export function operand(at: usize): usize { return <usize>load<u32>(at); }
  @inline export function version(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function descriptor(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function register(at: usize): usize { return <usize>load<u32>(at, 12); }
  @inline export function value(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function setValue(at: usize, value: u32): void { store<u32>(at, value, 16); }
  @inline export function width(at: usize): i64 { return <i64>load<u32>(at, 20); }
  @inline export function space(at: usize): u32 { return load<u32>(at, 24); }
  @inline export function role(at: usize): u32 { return load<u32>(at, 28); }
  @inline export function low(at: usize): i64 { return load<i64>(at, 32); }
  @inline export function setLow(at: usize, value: i64): void { store<i64>(at, value, 32); }
  @inline export function high(at: usize): i64 { return load<i64>(at, 40); }
  @inline export function setHigh(at: usize, value: i64): void { store<i64>(at, value, 40); }
  /** Bytes by which the register has moved it since the record was checked as a whole. */
  @inline export function moved(at: usize): i64 { return load<i64>(at, 48); }
  @inline export function setMoved(at: usize, value: i64): void { store<i64>(at, value, 48); }
  /** Under which number of forgettings its bytes were found known, and 1; 0: never. */
  @inline export function known(at: usize): u32 { return load<u32>(at, 56); }
  @inline export function setKnown(at: usize, value: u32): void { store<u32>(at, value, 56); }
}

/** After an instruction has gone the long way: prepares it where it goes there for the second time. */
export function meet(at: usize, pc: u32): void {
  if (!control.fresh() || pc >= decodedCount()) return;
  const word = decodedAt(pc), form = decoded.form(word);
  if (form < MET || form > PREPARED) return;
  if (form == MET) decoded.setForm(word, KEPT);
  else if (control.lanes() & LANE_PREPARED) prepare(at, pc, word, form == PREPARED ? decoded.prepared(word) : nextPlace());
}

/** Places are given in turn; who finds another instruction in its own goes the long way and takes the next. */
function nextPlace(): usize {
  if (prepared.BYTES > PREPARED_BYTES) unreachable();                   // the host's room for one; decided when it is compiled
  const next = control.nextPrepared();
  control.setNextPrepared((next + 1) % PREPARED_MAX);
  return <usize>control.prepared() + <usize>next * PREPARED_BYTES;
}

function prepare(at: usize, pc: u32, word: usize, to: usize): void {
  const words = retirement.wordsAt(at), operands = retirement.operandCount(at);
  if (capturesScalars(head.opcode(words), words)) return;
  for (let i: usize = 0; i < RETIREMENT_BYTES; i += 8) store<u64>(to + i, load<u64>(at + i));
  let count: usize = 0;
  for (let position: u32 = 0; position < operands; position++) {
    const t = retirement.operands(to, position);
    if (operand.role(t) == ROLE_NONE) continue;
    if (empty(t)) return;
    const register = position < 3 ? (load<u32>(words + (<usize>position << 2), 4) >>> 6) & 31 : 0, space = operand.space(t);
    if (space > SPACE_ACC || (register && (width(t) < 8 || granule(space, retirement.unit(at)) > 1))) return;
    write(prepared.notes(to, count++), t, register, register ? captured(words, position, t) : 0);
  }
  prepared.setPc(to, pc);
  prepared.setSettings(to, control.settings());
  prepared.setCount(to, <u32>count);
  prepared.setKept(to, keep(to, prepared.geometryAt(to)));
  tally(to, prepared.tallyAt(to));
  decoded.setPrepared(word, to);
  decoded.setForm(word, PREPARED);
}

/** Bytes that addresses of a space are to be multiples of, for a unit. */
@inline function granule(space: u32, unit: u32): u32 { return profile.granules(<usize>(space * UNIT_COUNT + unit)); }

/** Of products and weights of dense bytes the geometry is kept: they have just acted. */
function keep(at: usize, to: usize): bool {
  if (!ASC_FEATURE_SIMD) return false;
  const op = head.opcode(retirement.wordsAt(at));
  return op == OP_MM ? keepProduct(at, to) : op == OP_WLOAD && keepWeights(at, to);
}

/** What the offset register held when the operand was captured: behind the dispatch a loop may have stepped it. */
function captured(words: usize, position: u32, t: usize): u32 {
  const descriptor = <usize>(operand.t(t) * DESCRIPTOR_WORDS), base = <i64>state.tensors(descriptor + 1) | (<i64>(state.tensors(descriptor + 2) & 0xffff) << 32);
  const immediate = <i64>(<i32>(load<u32>(words + (<usize>position << 2), 4) << 8) >> 19);
  return <u32>((operand.address(t) - (base << 3)) / <i64>width(t) - immediate);
}

function write(at: usize, t: usize, register: u32, value: u32): void {
  store<u32>(at, <u32>t);
  store<u32>(at, control.versions(operand.t(t)), 4);
  store<u32>(at, operand.t(t), 8);
  store<u32>(at, register << 2, 12);
  note.setValue(at, value);
  store<u32>(at, width(t), 20);
  store<u32>(at, operand.space(t), 24);
  store<u32>(at, operand.role(t), 28);
  note.setLow(at, low(t));
  note.setHigh(at, high(t));
  note.setMoved(at, 0);
  note.setKnown(at, 0);
}

/** Acts; false, and nothing has happened, where the instruction has to go the long way. */
export function actPrepared(at: usize, pc: u32): bool {
  const words = retirement.wordsAt(at);
  if (prepared.pc(at) != pc || prepared.settings(at) != control.settings() || !hasTokensAndRoom(words)) return false;
  const count = <usize>prepared.count(at), registers = state.registersAt();
  let moved = false, wholly = true;
  for (let i: usize = 0; i < count; i++) {
    const one = prepared.notes(at, i), value = load<u32>(registers + note.register(one));
    if (control.versions(note.descriptor(one)) != note.version(one)) return false;
    if (value != note.value(one)) {
      moved = true;
      if (!move(one, value)) return spoil(at);
    }
    wholly = wholly && isAllKnown(one);
  }
  if (moved && !keepApart(at, count)) return spoil(at);
  if (!wholly && !isDefinite(at)) return false;

  const op = head.opcode(words), unit = retirement.unit(at);
  if (op == OP_WLOAD) promise(at);
  takeToken(words);
  postToken(words);
  beginEvents();
  if (!wholly || !prepared.kept(at) || !again(op, at, prepared.geometryAt(at))) {
    control.setWholly(<u32>wholly);
    if (wholly && !ASC_FEATURE_THREADS) runKernel(op, at);              // all that it reaches is laid down
    else work(op, at);
    control.setWholly(0);
  }
  endEvents(at, unit);
  addTally(prepared.tallyAt(at));
  state.setCounters(unit, state.counters(unit) + 1);
  state.setOrder(unit, state.order(unit) + 1);
  return true;
}

/** Is the token there that it waits for, and room for the one that it posts? */
@inline function hasTokensAndRoom(words: usize): bool {
  const waited = head.wait(words), posted = head.post(words);
  return (!waited || state.semaphores(waited) != 0) && (!posted || posted == waited || state.semaphores(posted) < SEMAPHORE_MAX);
}

/** By the geometry that was kept; all bytes of the operands are known. */
@inline function again(op: u32, at: usize, geometry: usize): bool {
  if (!ASC_FEATURE_SIMD) return false;
  if (op == OP_MM) return (!ASC_FEATURE_THREADS || !control.helpers()) && multiplyKept(at, geometry);
  loadKept(at, geometry);
  return true;
}

/** Is every byte of an operand known? What was found known stays so until a byte becomes UNKNOWN. */
@inline function isAllKnown(one: usize): bool {
  if (whollyKnown(note.space(one), note.low(one), note.high(one))) return true;
  const version = control.forgotten() + 1;
  if (note.known(one) == version) return true;
  if (!isKnown(note.space(one), note.low(one), note.high(one))) return false;
  note.setKnown(one, version);
  return true;
}

/** It is to be checked as a whole before it acts again. */
function spoil(at: usize): bool {
  prepared.setPc(at, NOWHERE);
  return false;
}

/** Moves an operand to where the register says; false where a rule might be broken there: what depends on the address is looked at again. */
function move(at: usize, value: u32): bool {
  const t = note.operand(at), bytes = (<i64><i32>value - <i64><i32>note.value(at)) * (note.width(at) >> 3), space = note.space(at);
  note.setValue(at, value);
  note.setKnown(at, 0);
  note.setMoved(at, note.moved(at) + bytes);
  note.setLow(at, note.low(at) + bytes);
  note.setHigh(at, note.high(at) + bytes);
  operand.setAddress(t, operand.address(t) + (bytes << 3));
  if (space == SPACE_DRAM) return insideDram(t) && ((note.role(at) & ROLE_READ) == 0 || readable(t)) && ((note.role(at) & ROLE_WRITE) == 0 || writable(t));
  if (note.low(at) < 0 || note.high(at) > spaceBytes(space)) return false;
  return space != SPACE_ACC || (bytes << 3) % (<i64>profile.accLanes() * note.width(at)) == 0;
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
