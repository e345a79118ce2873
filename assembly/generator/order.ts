//! order: who has finished what when: vector clocks by which the generator orders every two accesses that conflict.
import { UNIT_COUNT } from '../encoding';
import { add, FENCE, POST, push, put, WAIT } from './code';
import { chance, roll } from './dice';
import {
  ACCESS_COUNT, ACCESSES, byteAt, CLOCK_LIST, CLOCKS, copyFew, FINISHED, HEAD, ISSUED, LATEST, POSTED, REGION_LIST, REGIONS, setWord, setWordAt, TEXT, word, wordAt,
} from './room';

/*
 * An access: unit, index in it, row of its clock, instruction to which a token may be hung or -1, how many regions; from 32 on the regions, as in
 * REGION_LIST.
 */
const ACCESS_BYTES: usize = 128, REGION_BYTES: usize = 24, UNITS: i32 = <i32>UNIT_COUNT, SEQ: i32 = 0;
@inline function accessAt(i: i32): usize { return ACCESSES + <usize>i * ACCESS_BYTES; }
@inline function finished(x: i32, v: i32): i32 { return wordAt(FINISHED, UNITS * x + v); }
@inline function setFinished(x: i32, v: i32, index: i32): void { setWordAt(FINISHED, UNITS * x + v, index); }
@inline function clock(row: i32): usize { return CLOCK_LIST + <usize>(row * UNITS) * 4; }

/** How many units have an access that the unit's next instruction would race with; LATEST names them. */
export function conflicts(unit: i32): i32 {
  let found = 0;
  for (let other = 0; other < UNITS; other++) setWordAt(LATEST, other, -1);
  if (word(REGIONS) == 0) return 0;
  for (let at = word(ACCESS_COUNT) - 1; at >= 0; at--) {
    const access = accessAt(at), other = load<i32>(access), index = load<i32>(access, 4);
    if (other == unit || wordAt(LATEST, other) >= 0 || finished(unit, other) >= index || finished(SEQ, other) >= index) continue;
    if (meets(access)) { setWordAt(LATEST, other, at); found++; }
  }
  return found;
}
function meets(access: usize): bool {
  const mineEnd = REGION_LIST + <usize>word(REGIONS) * REGION_BYTES;
  for (let its = access + 32, end = its + <usize>load<i32>(access, 16) * REGION_BYTES; its < end; its += REGION_BYTES) {
    for (let mine = REGION_LIST; mine < mineEnd; mine += REGION_BYTES) {
      if (load<i32>(mine) == load<i32>(its) && load<f64>(mine, 8) < load<f64>(its, 16) && load<f64>(its, 8) < load<f64>(mine, 16) && (load<i32>(mine, 4) | load<i32>(its, 4)) != 0) return true;
    }
  }
  return false;
}

/** The unit's next instruction is dispatched, and touches the regions. The row of its clock comes back. */
export function issue(unit: i32, number: i32): i32 {
  const row = word(CLOCKS), index = wordAt(ISSUED, unit) + 1, to = clock(row);
  setWord(CLOCKS, row + 1);
  for (let v = 0; v < UNITS; v++) {
    const its = finished(unit, v), sequencers = finished(SEQ, v), over = v == unit ? index : max(sequencers, its);
    setWordAt(to, v, over);
    setFinished(unit, v, over);
  }
  setWordAt(ISSUED, unit, index);
  // What SEQ touches is over before anything that it dispatches later: nobody can race with it.
  if (unit != SEQ && word(REGIONS) > 0) note(unit, index, row, number);
  return row;
}
function note(unit: i32, index: i32, row: i32, number: i32): void {
  const count = word(ACCESS_COUNT), access = accessAt(count), regions = word(REGIONS);
  store<i32>(access, unit);
  store<i32>(access, index, 4);
  store<i32>(access, row, 8);
  store<i32>(access, number, 12);
  store<i32>(access, regions, 16);
  for (let i: usize = 0, end = <usize>regions * REGION_BYTES; i < end; i += 8) store<u64>(access + 32 + i, load<u64>(REGION_LIST + i));
  setWord(ACCESS_COUNT, count + 1);
}
/** A unit takes a token that was posted when the clock's instruction was over. */
function taken(unit: i32, row: i32): void {
  for (let v = 0; v < UNITS; v++) setFinished(unit, v, max(wordAt(clock(row), v), finished(unit, v)));
}
/** The regions belong to the instruction that is being made ready. */
function emptyIssue(unit: i32): i32 {
  const regions = word(REGIONS);
  setWord(REGIONS, 0);
  const row = issue(unit, -1);
  setWord(REGIONS, regions);
  return row;
}

/** SEQ waits until the units of the mask are empty. */
export function fence(units: i32): void {
  put(FENCE, units);
  for (let unit = 0; unit < UNITS; unit++) {
    if (((units >>> unit) & 1) != 0) for (let v = 0; v < UNITS; v++) setFinished(SEQ, v, max(finished(unit, v), finished(SEQ, v)));
  }
  let left = 0;
  for (let at = 0, count = word(ACCESS_COUNT); at < count; at++) {
    const access = accessAt(at);
    if (finished(SEQ, load<i32>(access)) >= load<i32>(access, 4)) continue;
    if (left < at) copyFew(accessAt(left), access, ACCESS_BYTES);
    left++;
  }
  setWord(ACCESS_COUNT, left);
}
export function waitFor(unit: i32, semaphore: i32, tokens: i32, row: i32): void {
  put(WAIT, semaphore, unit, 0, tokens);
  taken(unit, row);
  emptyIssue(unit);
}
/** Tokens posted by an agent in its own order; the clock of what is over then comes back. */
export function post(unit: i32, semaphore: i32, tokens: i32): i32 {
  put(POST, semaphore, unit, 0, tokens);
  const row = emptyIssue(unit);
  setWordAt(POSTED, semaphore, wordAt(ISSUED, unit));
  return row;
}
/** A token that says that an access is over: at the head of its instruction, or as an instruction behind it. The clock comes back. */
function postFrom(access: usize, from: i32, semaphore: i32, own: bool): i32 {
  const number = load<i32>(access, 12), index = load<i32>(access, 4), head = TEXT + (<usize>number << 4), low = wordAt(HEAD, POST_LOW);
  if (!own && number >= 0 && (load<i32>(head) & (63 << low)) == 0 && index > wordAt(POSTED, semaphore)) {
    add(head, low, semaphore);
    setWordAt(POSTED, semaphore, index);
    return load<i32>(access, 8);
  }
  return post(from, semaphore, 1);
}
/** Fields of the head in HEAD. */
export const PREDICATE_LOW: i32 = 0, NEGATE_LOW: i32 = 1, MODE_LOW: i32 = 2, WAIT_LOW: i32 = 3, POST_LOW: i32 = 4, IRQ_LOW: i32 = 5, TRACE_LOW: i32 = 6;

/** Two semaphores for each ordered pair of units: all posts by one agent, all waits by one agent, so both are ordered. */
@inline function semaphoreOf(from: i32, to: i32, which: i32): i32 { return 1 + 2 * (from * (UNITS - 1) + (to > from ? to - 1 : to)) + (which & 1); }
/** Make the unit's next instruction, whose regions are noted, wait for what it would race with; its head's wait comes back. */
export function synchronise(unit: i32, dice: usize, headMayWait: bool): i32 {
  let wait = 0, left = conflicts(unit);
  for (let other = 0; left > 0; other++) {
    const at = wordAt(LATEST, other);
    if (at < 0) continue;
    left--;
    const style = roll(dice, 4);
    if (style == 0 && left == 0) { fence(1 << other); continue; }
    const semaphore = semaphoreOf(other, unit, roll(dice, 2)), row = postFrom(accessAt(at), other, semaphore, style == 3);
    if (headMayWait && wait == 0 && !chance(dice, 20)) { wait = semaphore; taken(unit, row); }
    else waitFor(unit, semaphore, 1, row);
  }
  return wait;
}
