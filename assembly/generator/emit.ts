//! emit: one record to one instruction on tensors, or to those of a stream: pattern, slot, places, and what makes it ready to run.
import { SLOT_MAX } from '../encoding';
import { noteGranules, noteWrite, surelyKnown, workHigh, workLow, granuleOf } from './arena';
import { add, NOP, push, put } from './code';
import { chance, roll } from './dice';
import { headThat, modeWith, registerWith, tensorWith, UNSURE } from './machine';
import { issue, IRQ_LOW, MODE_LOW, NEGATE_LOW, PREDICATE_LOW, synchronise, TRACE_LOW, WAIT_LOW } from './order';
import {
  BARE, DESCRIPTOR, DESTINATIONS, DTYPE, EMPTY, FACT, FIRST_OPERAND, FLAGS, HASH, LOADS, MAY_FAIL, MODE, OPERAND_BYTES, OPERANDS, PLACE, READS, SLOT, SOURCES, SPACE, UNIT, USED, WANTED,
  WHOLE, WORDS, WRITES,
} from './pattern';
import { ANYWHERE, isKnown, place } from './place';
import {
  ADDRESS, ADDRESSES, BASE, BEATS, BEHIND, BITS, byteAt, GENERAL, HEAD, HEADS, HIGH, IMMEDIATE, IS_HELD, LOOPS, LOW, numberAt, OFFSET, OTHERS, PLACES, PREDICATES, RECENT, RECENT_ADDRESS,
  RECENT_DTYPE, RECENT_SPACE, REGION_LIST, REGIONS, setByteAt, setNumberAt, setWord, setWordAt, SKIPPED, SLOTS, SLOTS_KNOWN, TIMES, WISH, word, wordAt, WORK,
} from './room';
import { isUsable, loader, multiplies, pattern, phrase, plainPattern } from './shop';

/** The dice of places and heads decide. No place is found seldom. `index`: facets of the pool, or of the record at `at`. */
export function resolveTensor(definition: i32, index: i32, at: i32, isDense: bool): void {
  const by = multiplies(definition) & 3, number = by > 0 ? slotFor(index, at, by > 1) : 0;
  if (number < 0) { skip(); return; }
  const fact = by > 0 ? <usize>wordAt(SLOTS, number) : 0, row = pattern(definition, index, at, fact, isDense);
  if (row && place(row)) { emitPattern(row, number); return; }
  const other = row ? plainPattern(definition, at, fact) : 0;
  if (other && place(other)) emitPattern(other, number);
  else skip();
}
export function skip(): void { setWord(SKIPPED, word(SKIPPED) + 1); }

/** Number of a slot that was loaded and has a partner; without one a tile is loaded first. -1 where that is not to be had. */
export function slotFor(index: i32, at: i32, depthwise: bool): i32 {
  const found = usableSlot(depthwise);
  if (found >= 0 || loader() < 0) return found;
  resolveTensor(loader(), index, at, depthwise);
  return usableSlot(depthwise);
}
function usableSlot(depthwise: bool): i32 {
  let count = 0, n = 0;
  for (let one = 0; one < <i32>SLOT_MAX; one++) if (isUsable(<usize>wordAt(SLOTS, one), depthwise)) count++;
  if (count == 0) return -1;
  let which = roll(PLACES, count);
  while (!isUsable(<usize>wordAt(SLOTS, n), depthwise) || which-- > 0) n++;
  return n;
}

/** Set up registers, descriptors and mode; make order; issue; note what is known afterwards. The number of the instruction comes back. */
export function emitPattern(row: usize, slot: i32): i32 {
  const unit = wordAt(row, UNIT), count = wordAt(row, OPERANDS), first = row + (<usize>FIRST_OPERAND << 2);
  const unknown = wordAt(row, MAY_FAIL) == 1 && chance(HEADS, 4) ? unsure() : -1, maybe = unknown > 0;
  v128.store(BITS, v128.load(row + (<usize>WORDS << 2)));
  for (let k = 0, o = first; k < count; k++, o += OPERAND_BYTES) {
    const base = <i64>numberAt(BASE, k), t = tensorWith(o + (<usize>DESCRIPTOR << 2), <i32>base, <i32>(base >> 32), wordAt(o, HASH), k, PLACES);
    setByteAt(OTHERS, k, t);
    add(BITS, wordAt(o, PLACE), (wordAt(o, FLAGS) & BARE) != 0 ? 0x80 | t : t | (wordAt(OFFSET, k) << 6) | ((wordAt(IMMEDIATE, k) & 0x1fff) << 11));
  }
  if (wordAt(row, SOURCES) > 0) setSources(row);
  const mode = wordAt(row, MODE) == 0 ? 0 : modeWith(wordAt(row, MODE), row + (<usize>WANTED << 2), row + (<usize>USED << 2), PLACES);
  if (wordAt(row, SLOT) >= 0) add(BITS, wordAt(row, SLOT), slot);
  add(BITS, wordAt(HEAD, MODE_LOW), mode);
  if (maybe) add(BITS, 0, (unknown << wordAt(HEAD, PREDICATE_LOW)) | (roll(HEADS, 2) << wordAt(HEAD, NEGATE_LOW)));
  else if (chance(HEADS, 10)) add(BITS, 0, headThat(true, HEADS));
  noteRegions(first, count);
  add(BITS, wordAt(HEAD, WAIT_LOW), synchronise(unit, HEADS, !maybe));
  if (chance(HEADS, 6)) add(BITS, wordAt(HEAD, IRQ_LOW), 1);
  if (chance(HEADS, 6)) add(BITS, wordAt(HEAD, TRACE_LOW), 1);
  const number = push(wordAt(BITS, 0), wordAt(BITS, 1), wordAt(BITS, 2), wordAt(BITS, 3));
  issue(unit, maybe ? -1 : number);
  noteEffects(row, first, count, slot, maybe);
  return number;
}
/** The first predicate that is not known, -1: there is none. */
function unsure(): i32 {
  for (let p = 0; p < 8; p++) if (byteAt(PREDICATES, p) == UNSURE) return p;
  return -1;
}
/** Source registers: with the value that the draft wants, or any that is not known where any will do. */
function setSources(row: usize): void {
  let used = 0;
  for (let i = 0, at = SOURCES + 1; i < wordAt(row, SOURCES); i++, at += 3) {
    // Operands' offset registers must not change: they are known, and never scratch ones.
    const loose = wordAt(row, at + 2) == 1 && chance(PLACES, 30) ? looseRegister() : -1, s = loose >= 0 ? loose : registerWith(wordAt(row, at + 1), used, PLACES);
    add(BITS, wordAt(row, at), s);
    used |= 1 << s;
  }
}
function looseRegister(): i32 {
  const count = wordAt(GENERAL, 0), from = roll(PLACES, count);
  for (let i = 0; i < count; i++) { const s = wordAt(GENERAL, 1 + (from + i) % count); if (byteAt(IS_HELD, s) == 0) return s; }
  return -1;
}
/** Bytes that it touches, as far as order goes. */
function noteRegions(first: usize, operands: i32): void {
  let count = 0, to = REGION_LIST;
  for (let k = 0, o = first; k < operands; k++, o += OPERAND_BYTES) {
    const low = numberAt(LOW, k), high = numberAt(HIGH, k);
    if (high <= low) continue;
    store<i32>(to, wordAt(o, SPACE));
    store<i32>(to, wordAt(o, FLAGS) & WRITES, 4);
    store<f64>(to, low, 8);
    store<f64>(to, high, 16);
    to += 24;
    count++;
  }
  setWord(REGIONS, count);
}

/** What memory, slots and registers hold afterwards, as far as that is sure. */
function noteEffects(row: usize, first: usize, count: i32, slot: i32, maybe: bool): void {
  const inLoop = word(LOOPS) > 0, loads = wordAt(row, LOADS);
  let known = wordAt(row, SLOT) < 0 || ((word(SLOTS_KNOWN) >>> slot) & 1) == 1;
  for (let k = 0, o = first; k < count && known; k++, o += OPERAND_BYTES) {
    if ((wordAt(o, FLAGS) & (READS | EMPTY)) != READS) continue;
    known = !inLoop && (wordAt(WORK, k) == ANYWHERE ? surelyKnown(wordAt(o, SPACE), numberAt(LOW, k), numberAt(HIGH, k)) : isKnown(k));
  }
  for (let k = 0, o = first; k < count; k++, o += OPERAND_BYTES) {
    const flags = wordAt(o, FLAGS);
    if ((flags & WRITES) == 0) continue;
    const isWhole = (flags & WHOLE) != 0 && wordAt(TIMES, k) == 1 && !maybe, w = wordAt(WORK, k), low = numberAt(LOW, k), high = numberAt(HIGH, k);
    if (w == ANYWHERE) noteWrite(wordAt(o, SPACE), low, high, known, isWhole);
    else if ((isWhole || !known) && high > low) noteGranules(granuleOf(w), <i32>(low - workLow(w)), <i32>(high - workLow(w)), known, high == workHigh(w));
    const recent = word(RECENT), which = recent & 7;
    setWord(RECENT, recent + 1);
    setWordAt(RECENT_SPACE, which, wordAt(o, SPACE));
    setWordAt(RECENT_DTYPE, which, wordAt(o, DTYPE));
    setNumberAt(RECENT_ADDRESS, which, numberAt(ADDRESS, k));
  }
  if (loads >= 0) {
    setWordAt(SLOTS, loads, wordAt(row, FACT));
    setWord(SLOTS_KNOWN, (word(SLOTS_KNOWN) & ~(1 << loads)) | (known && !inLoop ? 1 << loads : 0));
  }
  for (let gone = wordAt(row, DESTINATIONS) & ~1; gone != 0; gone &= gone - 1) setByteAt(IS_HELD, ctz(gone), 0);
}

// ---- streams
/*
 * A phrase: how many beats, then for each PHRASE_BEAT numbers: row of its pattern, how many `nop` before it, its operands, then for four operands the beat and
 * the operand where each lies, so many bytes on; -1: anywhere.
 */
const PHRASE_BEAT: i32 = 16;
/** A record becomes the instructions of a stream, some of whose operands meet. */
export function resolveStream(stream: i32, index: i32, from: i32): void {
  const phrases = phrase(stream, index, from), beats = min(<i32>BEATS, word(phrases));
  let slot = 0;
  for (let beat = 0, at = phrases + 4; beat < beats; beat++, at += <usize>PHRASE_BEAT << 2) {
    const row = <usize>wordAt(at, 0) << 2, operands = wordAt(at, 2), loads = wordAt(row, LOADS);
    for (let k = 0; k < operands; k++) {
      const to = wordAt(at, 3 + 3 * k), bits = 8 * <f64>wordAt(at, 5 + 3 * k);
      setNumberAt(WISH, k, to < 0 || to == beat ? NaN : numberAt(ADDRESSES, 4 * to + wordAt(at, 4 + 3 * k)) + bits);
      setNumberAt(BEHIND, k, to != beat ? NaN : bits);
    }
    for (let nops = 0; nops < wordAt(at, 1); nops++) put(NOP, nops);
    if (place(row)) emitPattern(row, slot);
    else {
      skip();
      // What follows would multiply with a slot that was not loaded.
      if (loads >= 0) break;
    }
    for (let k = 0; k < operands; k++) setNumberAt(ADDRESSES, 4 * beat + k, numberAt(ADDRESS, k));
    if (loads >= 0) slot = loads;
  }
  forgetWishes();
}
export function forgetWishes(): void {
  for (let k = 0; k < 4; k++) { setNumberAt(WISH, k, NaN); setNumberAt(BEHIND, k, NaN); }
}
