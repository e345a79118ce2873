//! shadow: beside every byte of a memory: who wrote it last, who read it since, and whether anything was ever written there, as model/sanitizer/shadow.ts keeps it.
import { PAGE_BYTES, UNIT_COUNT } from '../encoding';
import { LIMIT } from './clocks';
import { putBack, take, takePiece } from './room';

const PAGE_SHIFT: u32 = 12;
/** A page begins with cells of 16 bytes; they are made four times as small, as often as it takes, down to bytes. */
const SHIFT_FIRST: u32 = 4, SHIFT_STEP: u32 = 2;
/** Logarithm of the bytes of a word of cells for each byte of a page. */
const CELLS_SHIFT: u32 = PAGE_SHIFT + 2;
/** By space and the upper ten bits of a page's number: tables of pages, by the lower ten. Addresses are below 2^32. */
const TABLES: usize = memory.data(8 * 4096, 16);

/** 4 KiB, in cells as small as what was ever touched needs. Cells of writes hold count * 8 + unit, those of reads, by unit, the count. */
namespace page {
  export const BYTES: usize = 128;
  @inline export function shift(at: usize): u32 { return load<u32>(at); }
  @inline export function setShift(at: usize, value: u32): void { store<u32>(at, value); }
  @inline export function writes(at: usize): usize { return <usize>load<u32>(at, 4); }
  @inline export function setWrites(at: usize, value: usize): void { store<u32>(at, <u32>value, 4); }
  /** A bit for each byte that was written: their address; NOTHING or ALL. */
  @inline export function known(at: usize): usize { return <usize>load<u32>(at, 8); }
  @inline export function setKnown(at: usize, value: usize): void { store<u32>(at, <u32>value, 8); }
  /** Words of bits that are full. */
  @inline export function full(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setFull(at: usize, value: u32): void { store<u32>(at, value, 12); }
  /** By unit, the greatest count of a write, and of a read: a clock that has them needs no look at cells. */
  @inline export function latestWriteAt(at: usize): usize { return at + 16; }
  @inline export function latestReadAt(at: usize): usize { return at + 48; }
  @inline export function readsAt(at: usize, unit: u32): usize { return at + 80 + (<usize>unit << 2); }
}
const NOTHING: usize = 0, ALL: usize = 1;
const WORDS: u32 = PAGE_BYTES / 32, BITS_SHIFT: u32 = PAGE_SHIFT - 3;

function pageAt(space: u32, number: u32): usize {
  const table = TABLES + (<usize>space << 12) + (<usize>(number >>> 10) << 2);
  if (!load<u32>(table)) store<u32>(table, <u32>take(4096));
  const entry = <usize>load<u32>(table) + (<usize>(number & 1023) << 2);
  let at = <usize>load<u32>(entry);
  if (!at) {
    at = take(page.BYTES);
    page.setShift(at, SHIFT_FIRST);
    store<u32>(entry, <u32>at);
  }
  return at;
}
/** An interval that ends with the last byte of all has the end 0: it is over when `from` comes there. */
@inline function endOfPage(from: u32, high: u32): u32 { return min<u32>(high - 1, from | (PAGE_BYTES - 1)) + 1; }

/** The unit's instruction reads bytes [low, high), not empty. False where a write of another unit is not over. */
export function read(space: u32, low: u32, high: u32, unit: u32, count: u32): bool {
  for (let from = low; from != high;) {
    const at = pageAt(space, from >>> PAGE_SHIFT), to = endOfPage(from, high), base = from & ~(PAGE_BYTES - 1);
    refine(at, from, to);
    const shift = page.shift(at), first = (from - base) >> shift, end = (to - base) >> shift, cells = page.readsAt(at, unit);
    if (!isOver(page.latestWriteAt(at)) && !areWritesOver(page.writes(at), first, end)) return false;
    if (!load<u32>(cells)) store<u32>(cells, <u32>takePiece(CELLS_SHIFT - shift));
    fill(<usize>load<u32>(cells), first, end, count);
    store<u32>(page.latestReadAt(at) + (<usize>unit << 2), count);
    from = to;
  }
  return true;
}
/** Was every byte of [low, high) written? */
export function isKnown(space: u32, low: u32, high: u32): bool {
  for (let from = low; from != high;) {
    const at = pageAt(space, from >>> PAGE_SHIFT), to = endOfPage(from, high), base = from & ~(PAGE_BYTES - 1);
    if (page.known(at) != ALL && (page.known(at) == NOTHING || !areBitsSet(page.known(at), from - base, to - base))) return false;
    from = to;
  }
  return true;
}
/** What becomes of bytes that are written: all of them are known then, or as known as they were, or taken as unknown. */
export const KNOWN: u32 = 0, AS_BEFORE: u32 = 1, UNKNOWN: u32 = 2;
/** It writes bytes [low, high). False where a write or a read of another unit is not over. */
export function write(space: u32, low: u32, high: u32, unit: u32, count: u32, becomes: u32): bool {
  for (let from = low; from != high;) {
    const at = pageAt(space, from >>> PAGE_SHIFT), to = endOfPage(from, high), base = from & ~(PAGE_BYTES - 1);
    refine(at, from, to);
    const shift = page.shift(at), first = (from - base) >> shift, end = (to - base) >> shift;
    if (!isOver(page.latestWriteAt(at)) && !areWritesOver(page.writes(at), first, end)) return false;
    if (!isOver(page.latestReadAt(at)) && !areReadsOver(at, first, end)) return false;
    if (!page.writes(at)) page.setWrites(at, takePiece(CELLS_SHIFT - shift));
    fill(page.writes(at), first, end, count * 8 + unit);
    store<u32>(page.latestWriteAt(at) + (<usize>unit << 2), count);
    if (becomes == KNOWN) know(at, from - base, to - base);
    else if (becomes == UNKNOWN && page.known(at) != NOTHING) clearBits(at, from - base, to - base);
    from = to;
  }
  return true;
}
/** Bytes [low, high) were written before the run. */
export function setKnown(space: u32, low: u32, high: u32): void {
  for (let from = low; from != high;) {
    const to = endOfPage(from, high), base = from & ~(PAGE_BYTES - 1);
    know(pageAt(space, from >>> PAGE_SHIFT), from - base, to - base);
    from = to;
  }
}

// ---- order
/** Are the greatest counts of all units past? */
@inline function isOver(latest: usize): bool {
  return !v128.any_true(v128.or(i32x4.gt_u(v128.load(latest), v128.load(LIMIT)), i32x4.gt_u(v128.load(latest, 16), v128.load(LIMIT, 16))));
}
function areWritesOver(writes: usize, first: u32, end: u32): bool {
  let last: u32 = 0;
  for (let cell = first; cell < end; cell++) {
    const epoch = load<u32>(writes + (<usize>cell << 2));
    if (epoch == last) continue;
    last = epoch;
    if (epoch >>> 3 > load<u32>(LIMIT + (<usize>(epoch & 7) << 2))) return false;
  }
  return true;
}
function areReadsOver(at: usize, first: u32, end: u32): bool {
  for (let unit: u32 = 0; unit < UNIT_COUNT; unit++) {
    const past = load<u32>(LIMIT + (<usize>unit << 2)), cells = <usize>load<u32>(page.readsAt(at, unit));
    if (load<u32>(page.latestReadAt(at) + (<usize>unit << 2)) <= past) continue;
    for (let cell = first; cell < end; cell++) if (load<u32>(cells + (<usize>cell << 2)) > past) return false;
  }
  return true;
}
function fill(cells: usize, first: u32, end: u32, value: u32): void {
  let at = cells + (<usize>first << 2);
  const to = cells + (<usize>end << 2), values = i32x4.splat(value);
  for (; at + 16 <= to; at += 16) v128.store(at, values);
  for (; at < to; at += 4) store<u32>(at, value);
}

/** Cells begin and end where the interval does. */
@inline function refine(at: usize, low: u32, high: u32): void {
  if (((low | high) & ((1 << page.shift(at)) - 1)) != 0) split(at, low | high);
}
function split(at: usize, edges: u32): void {
  const old = page.shift(at);
  let shift = old;
  while (edges & ((1 << shift) - 1)) shift -= SHIFT_STEP;
  page.setShift(at, shift);
  page.setWrites(at, spread(page.writes(at), old, shift));
  for (let unit: u32 = 0; unit < UNIT_COUNT; unit++) store<u32>(page.readsAt(at, unit), <u32>spread(<usize>load<u32>(page.readsAt(at, unit)), old, shift));
}
/** Each cell as many times as it has smaller ones. */
function spread(cells: usize, from: u32, to: u32): usize {
  if (!cells) return 0;
  const finer = takePiece(CELLS_SHIFT - to), count = PAGE_BYTES >> to;
  for (let cell: u32 = 0; cell < count; cell++) store<u32>(finer + (<usize>cell << 2), load<u32>(cells + (<usize>(cell >> (from - to)) << 2)));
  putBack(cells, CELLS_SHIFT - from);
  return finer;
}

// ---- bytes that nothing has written, [low, high) of a page
function areBitsSet(bits: usize, low: u32, high: u32): bool {
  for (let from = low; from < high;) {
    const to = min<u32>(high, (from | 31) + 1), mask = maskOf(from, to);
    if ((load<u32>(bits + (<usize>(from >>> 5) << 2)) & mask) != mask) return false;
    from = to;
  }
  return true;
}
@inline function know(at: usize, low: u32, high: u32): void { if (page.known(at) != ALL) setBits(at, low, high); }
function setBits(at: usize, low: u32, high: u32): void {
  if (high - low == PAGE_BYTES) { allKnown(at); return; }
  if (page.known(at) == NOTHING) page.setKnown(at, takePiece(BITS_SHIFT));
  const bits = page.known(at);
  for (let from = low; from < high;) {
    const to = min<u32>(high, (from | 31) + 1), word = bits + (<usize>(from >>> 5) << 2), old = load<u32>(word), now = old | maskOf(from, to);
    store<u32>(word, now);
    if (~now == 0 && ~old != 0) page.setFull(at, page.full(at) + 1);
    from = to;
  }
  if (page.full(at) == WORDS) allKnown(at);
}
function allKnown(at: usize): void {
  if (page.known(at) != NOTHING) putBack(page.known(at), BITS_SHIFT);
  page.setKnown(at, ALL);
  page.setFull(at, 0);
}
function clearBits(at: usize, low: u32, high: u32): void {
  if (page.known(at) == ALL) {
    page.setKnown(at, takePiece(BITS_SHIFT));
    page.setFull(at, WORDS);
    memory.fill(page.known(at), 0xff, PAGE_BYTES >> 3);
  }
  const bits = page.known(at);
  for (let from = low; from < high;) {
    const to = min<u32>(high, (from | 31) + 1), word = bits + (<usize>(from >>> 5) << 2), old = load<u32>(word);
    store<u32>(word, old & ~maskOf(from, to));
    if (~old == 0) page.setFull(at, page.full(at) - 1);
    from = to;
  }
}
/** Bits of one word: those of bytes [low, high), which lie in it. */
@inline function maskOf(low: u32, high: u32): u32 { return (u32.MAX_VALUE >>> (32 - (high - low))) << (low & 31); }
