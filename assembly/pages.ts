//! pages: memory laid down page by page on first touch, with a known bit for every byte.
import { PAGE_BYTES, control, operand, profile } from './encoding';
import { elements, high as highest, low as lowest, width as widthOf } from './extent';
import { WALK_BYTES, next, nextPlane, open, planeRows, planeStep, walk } from './walk';

// States of a page. The known bits of a wholly known page are not looked at, and stale.
const UNTOUCHED: u32 = 0;
const PARTLY: u32 = 1;
const KNOWN: u32 = 2;

const PAGE: i64 = 4096;
const ALL: u64 = 0xffff_ffff_ffff_ffff;
/** A hull this much larger than its elements is touched row by row: resident memory follows what is used. */
const SPARSE: i64 = 8;
const ROWS: usize = memory.data(WALK_BYTES, 8);

/** Linear address of byte 0 of DRAM, SPM or ACC. */
@inline export function spaceAt(space: u32): usize { return control.spaces(space); }
@inline export function spaceBytes(space: u32): i64 { return profile.spaceBytes(space); }

/** Lays down the pages of bytes low to high (excluded); true, which hosts ask, when all of them are wholly known. */
export function touch(space: u32, low: i64, high: i64): bool {
  if (low >= high) return true;
  const states = <usize>control.pageStates(space), last = states + <usize>((high - 1) >>> 12);
  let wholly = true;
  for (let at = states + <usize>(low >>> 12); at <= last; at++) {
    const state = <u32>load<u8>(at);
    if (state == KNOWN) continue;
    wholly = false;
    if (state == UNTOUCHED) layDown(space, at - states);
  }
  return wholly;
}

const ALL_KNOWN: u64 = 0x0202_0202_0202_0202;
/** Words of eight pages that are looked at on each side of an interval. */
const AROUND: u32 = 8;
/** Cuts the room at `to`, its first byte and its end, around an interval of known bytes to what is known close to it: before it to the begin of wholly known pages, or inside one that is known in part. */
export function knownAround(space: u32, low: i64, high: i64, to: usize): void {
  const states = <usize>control.pageStates(space), bits = <usize>control.knownBits(space), least = load<i64>(to), most = load<i64>(to, 8);
  const first = states + <usize>(least >>> 12);
  let from = states + <usize>(low >>> 12), begins = low;
  if (load<u8>(from) == KNOWN) {
    for (let word: u32 = 0; word < AROUND && from >= first + 8 && load<u64>(from - 8) == ALL_KNOWN; word++) from -= 8;
    for (let page: u32 = 0; page < 8 && from > first && load<u8>(from - 1) == KNOWN; page++) from--;
    begins = <i64>(from - states) << 12;
  } else {
    const page = <i64>(from - states) << 12;
    while (begins > page && allSet(bits, max<i64>(page, (begins - 1) & ~63), begins)) begins = max<i64>(page, (begins - 1) & ~63);
  }
  store<i64>(to, max<i64>(least, begins));
  store<i64>(to, firstUnknown(space, high, min<i64>(most, high + <i64>AROUND * 8 * PAGE)), 8);
}

/** Whether every byte is known; an untouched one is not. */
export function isKnown(space: u32, low: i64, high: i64): bool {
  if (low >= high) return true;
  const states = <usize>control.pageStates(space), last = states + <usize>((high - 1) >>> 12);
  for (let at = states + <usize>(low >>> 12); at <= last; at++) {
    const state = <u32>load<u8>(at);
    if (state == KNOWN) continue;
    if (state == UNTOUCHED) return false;
    const first = <i64>(at - states) << 12;
    if (!allSet(<usize>control.knownBits(space), max<i64>(low, first), min<i64>(high, first + PAGE))) return false;
  }
  return true;
}

/** Bytes, at least one, become known; of an untouched page that lies in them wholly the caller writes every byte. */
export function setKnown(space: u32, low: i64, high: i64): void {
  const states = <usize>control.pageStates(space), bits = <usize>control.knownBits(space), bytes = spaceBytes(space);
  let at = low;
  do {
    const end = min<i64>(high, (at | (PAGE - 1)) + 1), page = <usize>(at >>> 12);
    const state = <u32>load<u8>(states + page);
    if (state != KNOWN) {
      const counter = <usize>control.unknownCounts(space) + (page << 1), first = <i64>page << 12;
      const whole = at == first && end == min<i64>(bytes, first + PAGE);
      if (state == UNTOUCHED) {
        if (whole) list(space, page);                                   // the caller writes every byte
        else layDown(space, page);
      }
      const left = whole ? 0 : <u32>load<u16>(counter) - setBits(bits, at, end);
      store<u16>(counter, <u16>left);
      if (left == 0) store<u8>(states + page, <u8>KNOWN);
    }
    at = end;
  } while (at < high);
}

/** For the host: bytes become known, which it writes at the linear address that this gives. Takes no numbers of 64 bits, which cost a host more than a short write. */
export function layOut(space: u32, at: u32, bytes: u32): usize {
  setKnown(space, <i64>at, <i64>at + <i64>bytes);
  return spaceAt(space) + <usize>at;
}

export function setUnknown(space: u32, low: i64, high: i64): void {
  control.setForgotten(control.forgotten() + 1);
  const bits = <usize>control.knownBits(space);
  for (let at = low; at < high;) {
    const end = min<i64>(high, (at | (PAGE - 1)) + 1), page = <usize>(at >>> 12);
    openPage(space, page);
    const counter = <usize>control.unknownCounts(space) + (page << 1);
    store<u16>(counter, <u16>(<u32>load<u16>(counter) + clearBits(bits, at, end)));
    at = end;
  }
}

@inline export function mark(space: u32, low: i64, high: i64, known: bool): void {
  if (known) setKnown(space, low, high); else setUnknown(space, low, high);
}

/** The known bits of elements of `unit` bytes one behind the other, copied to others; the runs are disjoint or the same. */
export function copyKnown(toSpace: u32, to: i64, fromSpace: u32, from: i64, bytes: i64, unit: i64): void {
  for (let done: i64 = 0; done < bytes;) {
    const end = min<i64>(bytes, done + PAGE);
    if (isKnown(fromSpace, from + done, from + end)) setKnown(toSpace, to + done, to + end);
    else for (let at = done; at < end; at += unit) mark(toSpace, to + at, to + at + unit, isKnown(fromSpace, from + at, from + at + unit));
    done = end;
  }
}

/** Untouches all spaces, or one; costs what was touched. */
export function resetPages(): void {
  for (let space: u32 = 1; space <= 3; space++) resetSpace(space);
}
export function resetSpace(space: u32): void {
  const list = <usize>control.touchedLists(space), states = <usize>control.pageStates(space), count = <usize>control.touchedCounts(space);
  for (let i: usize = 0; i < count; i++) store<u8>(states + <usize>load<u32>(list + (i << 2)), <u8>UNTOUCHED);
  control.setTouchedCounts(space, 0);
}

/** For the host: address of the 512 bytes of known bits of a page, made valid whatever its state. */
export function pageBits(space: u32, page: u32): usize {
  openPage(space, page);
  if (load<u16>(<usize>control.unknownCounts(space) + (<usize>page << 1)) == 0) {
    store<u8>(<usize>control.pageStates(space) + <usize>page, <u8>KNOWN);
  }
  return <usize>control.knownBits(space) + (<usize>page << 9);
}

/** For the host: counts the known bits of a page anew after they were written. */
export function countPage(space: u32, page: u32): void {
  const bits = <usize>control.knownBits(space) + (<usize>page << 9), first = <i64>page << 12;
  const bytes = <i32>min<i64>(PAGE, spaceBytes(space) - first);
  let known: i32 = 0;
  for (let byte: i32 = 0; byte < bytes; byte++) known += (<i32>load<u8>(bits + (byte >> 3)) >> (byte & 7)) & 1;
  store<u16>(<usize>control.unknownCounts(space) + (<usize>page << 1), <u16>(bytes - known));
  store<u8>(<usize>control.pageStates(space) + <usize>page, <u8>(known == bytes ? KNOWN : PARTLY));
}

// ---- operands

/** Lays down every page that an operand reaches. */
export function touchOperand(at: usize): void {
  if (control.wholly()) return;
  const space = operand.space(at), low = lowest(at), high = highest(at);
  if (!anyUntouched(space, low, high)) return;
  if (high - low <= 4 * PAGE || high - low <= SPARSE * (elements(at) * <i64>widthOf(at) >>> 3)) {
    touch(space, low, high);
    return;
  }
  open(ROWS, 0, operand.rank(at), false, at, 0, 0, 0);
  const width = <i64>widthOf(at), step = walk.step(ROWS, 0), count = <i64>walk.length(ROWS), reach = (count - 1) * step;
  do {
    const from = walk.address(ROWS, 0);
    if (abs<i64>(step) > 8 * PAGE) {
      for (let i: i64 = 0; i < count; i++) touch(space, (from + i * step) >>> 3, (from + i * step + width + 7) >>> 3);
    } else {
      touch(space, (from + min<i64>(0, reach)) >>> 3, (from + max<i64>(0, reach) + width + 7) >>> 3);
    }
  } while (next(ROWS));
}

/** Whether every byte of an operand's elements is known. */
export function operandKnown(at: usize): bool {
  if (control.wholly()) return true;
  const space = operand.space(at), low = lowest(at), high = highest(at);
  if (isKnown(space, low, high)) return true;
  open(ROWS, 0, operand.rank(at), false, at, 0, 0, 0);
  const width = <i64>widthOf(at), step = walk.step(ROWS, 0), count = <i64>walk.length(ROWS), run = step == width || count == 1;
  do {
    let from = walk.address(ROWS, 0);
    for (let row = planeRows(ROWS); row > 0; row--, from += planeStep(ROWS, 0)) {
      if (run) {
        if (!isKnown(space, from >>> 3, (from + count * width + 7) >>> 3)) return false;
      } else {
        for (let i: i64 = 0; i < count; i++) if (!isKnown(space, (from + i * step) >>> 3, (from + i * step + width + 7) >>> 3)) return false;
      }
    }
  } while (nextPlane(ROWS));
  return true;
}

/**
 * How far, up to `most` bytes, an operand may be moved forward so that all its bytes are known there and on the way: what each of its rows finds
 * known behind it. Less than 0 where they are not known as it lies, or its rows are no runs.
 */
export function knownForward(at: usize, most: i64): i64 {
  open(ROWS, 0, operand.rank(at), false, at, 0, 0, 0);
  const space = operand.space(at), count = <i64>walk.length(ROWS), width = <i64>widthOf(at);
  if (count > 1 && walk.step(ROWS, 0) != width) return -1;
  let forward = most;
  do {
    let from = walk.address(ROWS, 0);
    for (let row = planeRows(ROWS); row > 0; row--, from += planeStep(ROWS, 0)) {
      const end = (from + count * width + 7) >>> 3;
      forward = firstUnknown(space, from >>> 3, end + forward) - end;
      if (forward < 0) return forward;
    }
  } while (nextPlane(ROWS));
  return forward;
}

/** The first byte from `low` on that is not known, or `high`. */
function firstUnknown(space: u32, low: i64, high: i64): i64 {
  const states = <usize>control.pageStates(space), bits = <usize>control.knownBits(space);
  let at = low;
  while (at < high) {
    const state = <u32>load<u8>(states + <usize>(at >> 12));
    if (state == UNTOUCHED) return at;
    if (state == KNOWN) at = (at | (PAGE - 1)) + 1;
    else {
      const run = ctz(~(load<u64>(bits + (<usize>(at >> 6) << 3)) >>> <u64>(at & 63))), last = (at | 63) + 1;
      at += <i64>run;
      if (at < last) break;
    }
  }
  return min<i64>(at, high);
}

/** Marks every byte of an operand's elements. */
export function markOperand(at: usize, known: bool): void {
  if (known && control.wholly()) return;
  const space = operand.space(at), low = lowest(at), high = highest(at);
  if (known && isKnown(space, low, high)) return;
  open(ROWS, 0, operand.rank(at), false, at, 0, 0, 0);
  const width = <i64>widthOf(at), step = walk.step(ROWS, 0), count = <i64>walk.length(ROWS), run = step == width || count == 1;
  do {
    let from = walk.address(ROWS, 0);
    if (run && known) setRowsKnown(space, from, count * width, planeStep(ROWS, 0), planeRows(ROWS));
    else for (let row = planeRows(ROWS); row > 0; row--, from += planeStep(ROWS, 0)) {
      if (run) mark(space, from >>> 3, (from + count * width + 7) >>> 3, known);
      else for (let i: i64 = 0; i < count; i++) mark(space, (from + i * step) >>> 3, (from + i * step + width + 7) >>> 3, known);
    }
  } while (nextPlane(ROWS));
}

/** Rows, by their bits and from one to the next. Those that lie in one word of known bits each are marked there, which is most of the work where they are narrow. */
function setRowsKnown(space: u32, first: i64, length: i64, step: i64, rows: u32): void {
  const states = <usize>control.pageStates(space), bits = <usize>control.knownBits(space), counters = <usize>control.unknownCounts(space);
  let from = first;
  for (let row = rows; row > 0; row--, from += step) {
    const low = from >>> 3, bytes = ((from + length + 7) >>> 3) - low, page = <usize>(low >>> 12), state = <u32>load<u8>(states + page);
    if (state == KNOWN && ((low + bytes - 1) >>> 12) == (low >>> 12)) continue;
    if (state != PARTLY || (low & 63) + bytes > 64) {
      setKnown(space, low, low + bytes);
      continue;
    }
    const at = bits + (<usize>(low >>> 6) << 3), old = load<u64>(at), now = old | (ALL >>> (64 - bytes)) << (low & 63);
    store<u64>(at, now);
    const left = <u32>load<u16>(counters + (page << 1)) - <u32>popcnt<u64>(now ^ old);
    store<u16>(counters + (page << 1), <u16>left);
    if (left == 0) store<u8>(states + page, <u8>KNOWN);
  }
}

/** Whether all bytes of an element are known. */
@inline export function elementKnown(space: u32, bitAddress: i64, width: u32): bool {
  return isKnown(space, bitAddress >>> 3, (bitAddress + <i64>width + 7) >>> 3);
}

/** Marks an element as written: of two in a byte, the upper one can only take its being known away. */
export function markElement(space: u32, bitAddress: i64, width: u32, known: bool): void {
  if (width == 4 && (bitAddress & 4) != 0 && known) return;
  mark(space, bitAddress >>> 3, (bitAddress + <i64>width + 7) >>> 3, known);
}

/** Element i of d becomes known where those of all sources (0 for none) are, in row-major order; all have the dims of d. */
export function propagateKnown(d: usize, a: usize, b: usize, c: usize): void {
  if (control.wholly()) return;
  if ((!a || operandKnown(a)) && (!b || operandKnown(b)) && (!c || operandKnown(c))) {
    markOperand(d, true);
    return;
  }
  const space = operand.space(d), width = widthOf(d);
  open(ROWS, 0, operand.rank(d), false, d, a, b, c);
  do {
    const count = <i64>walk.length(ROWS);
    for (let i: i64 = 0; i < count; i++) {
      const known = (!a || sourceKnown(a, 1, i)) && (!b || sourceKnown(b, 2, i)) && (!c || sourceKnown(c, 3, i));
      markElement(space, walk.address(ROWS, 0) + i * walk.step(ROWS, 0), width, known);
    }
  } while (next(ROWS));
}

@inline function sourceKnown(at: usize, i: usize, index: i64): bool {
  return elementKnown(operand.space(at), walk.address(ROWS, i) + index * walk.step(ROWS, i), widthOf(at));
}

// ---- below: one page, one word

/** Is there a page among those of an interval that nobody has touched? */
function anyUntouched(space: u32, low: i64, high: i64): bool {
  const states = <usize>control.pageStates(space), last = states + <usize>((high - 1) >>> 12);
  for (let at = states + <usize>(low >>> 12); at <= last; at++) if (load<u8>(at) == UNTOUCHED) return true;
  return false;
}

/** First touch of a page: the pattern, up to the end of the space, and no known bit. */
function layDown(space: u32, page: usize): void {
  const first = <i64>page << 12, bytes = <usize>min<i64>(PAGE, spaceBytes(space) - first);
  memory.fill(spaceAt(space) + (page << 12), <u8>profile.unknownByte(), bytes);
  memory.fill(<usize>control.knownBits(space) + (page << 9), 0, PAGE_BYTES >> 3);
  store<u16>(<usize>control.unknownCounts(space) + (page << 1), <u16>bytes);
  store<u8>(<usize>control.pageStates(space) + page, <u8>PARTLY);
  list(space, page);
}

/** Notes that a page is to be untouched at reset. */
function list(space: u32, page: usize): void {
  const count = <usize>control.touchedCounts(space);
  store<u32>(<usize>control.touchedLists(space) + (count << 2), <u32>page);
  control.setTouchedCounts(space, <u32>count + 1);
}

/** Makes the known bits of a page valid and its state partly known. */
function openPage(space: u32, page: usize): void {
  const at = <usize>control.pageStates(space) + page, state = <u32>load<u8>(at);
  if (state == UNTOUCHED) layDown(space, page);
  if (state != KNOWN) return;
  memory.fill(<usize>control.knownBits(space) + (page << 9), 0xff, PAGE_BYTES >> 3);
  store<u8>(at, <u8>PARTLY);
}

/** The bits of word `word` of the table that lie in low to high (excluded). */
@inline function maskOf(word: i64, low: i64, high: i64): u64 {
  const from = word == low >>> 6 ? ALL << <u64>(low & 63) : ALL;
  return word == (high - 1) >>> 6 ? from & (ALL >>> <u64>(63 - ((high - 1) & 63))) : from;
}

/** Bits that a word read at any byte has, whichever of its first eight one begins at. */
const SHORT: i64 = 57;
@inline function allSet(bits: usize, low: i64, high: i64): bool {
  if (high - low > SHORT) return wordsSet(bits, low, high);
  const wanted = ~(ALL << <u64>(high - low));
  return (load<u64>(bits + <usize>(low >> 3)) >>> <u64>(low & 7) & wanted) == wanted;
}
function wordsSet(bits: usize, low: i64, high: i64): bool {
  const begin = bits + <usize>(low >>> 6 << 3), end = bits + <usize>((high - 1) >>> 6 << 3), from = ALL << <u64>(low & 63), to = ALL >>> <u64>(63 - ((high - 1) & 63));
  if (begin == end) return (load<u64>(end) & from & to) == (from & to);
  if ((load<u64>(begin) & from) != from || (load<u64>(end) & to) != to) return false;
  for (let at = begin + 8; at < end; at += 8) if (load<u64>(at) != ALL) return false;
  return true;
}

/** Sets bits; how many were not set. */
function setBits(bits: usize, low: i64, high: i64): u32 {
  const last = (high - 1) >>> 6;
  let changed: u64 = 0;
  for (let word = low >>> 6; word <= last; word++) {
    const at = bits + <usize>(word << 3), mask = maskOf(word, low, high), old = load<u64>(at);
    changed += popcnt<u64>(mask & ~old);
    store<u64>(at, old | mask);
  }
  return <u32>changed;
}

/** Clears bits; how many were set. */
function clearBits(bits: usize, low: i64, high: i64): u32 {
  const last = (high - 1) >>> 6;
  let changed: u64 = 0;
  for (let word = low >>> 6; word <= last; word++) {
    const at = bits + <usize>(word << 3), mask = maskOf(word, low, high), old = load<u64>(at);
    changed += popcnt<u64>(mask & old);
    store<u64>(at, old & ~mask);
  }
  return <u32>changed;
}
