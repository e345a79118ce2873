//! arena: where tensors may lie and which bytes of it are surely known, as the host laid it down.
import { ARENA, KNOWN, numberAt, word, wordAt } from './room';

/*
 * Where the parts of an arena lie, in this order behind KNOWN_FROM and KNOWN_WORDS: of windows LOW and HIGH, which WORK window each is (-1: it is only
 * read); those of a space FROM on, what may be written WRITTEN on; those of a need NEEDED on; CAPACITIES of spaces in bytes; STRIPES of a dtype,
 * from STRIPES_FROM of their key on; of working windows and of those only read how many, then for each 32 bytes: space, first granule, [low, high).
 */
const W_LOW: i32 = 2, W_HIGH: i32 = 3, W_WORK: i32 = 4, W_FROM: i32 = 5, W_WRITTEN: i32 = 6, W_NEEDED: i32 = 7, CAPACITIES: i32 = 8, STRIPES: i32 = 9, STRIPES_FROM: i32 = 10;
const WORK_COUNT: i32 = 11, WORK_LIST: i32 = 12, DATA_COUNT: i32 = 13, DATA_LIST: i32 = 14;

@inline function part(which: i32): usize { return <usize>wordAt(<usize>word(ARENA), which); }
@inline export function windowLow(w: i32): f64 { return numberAt(part(W_LOW), w); }
@inline export function windowHigh(w: i32): f64 { return numberAt(part(W_HIGH), w); }
@inline export function windowWork(w: i32): i32 { return wordAt(part(W_WORK), w); }
@inline export function windowFrom(space: i32): i32 { return wordAt(part(W_FROM), space); }
@inline export function windowWritten(space: i32): i32 { return wordAt(part(W_WRITTEN), space); }
@inline export function windowNeeded(need: i32): i32 { return wordAt(part(W_NEEDED), need); }
@inline export function capacity(space: i32): f64 { return numberAt(part(CAPACITIES), space); }
@inline export function stripe(i: i32): f64 { return numberAt(part(STRIPES), i); }
@inline export function stripesFrom(key: i32): i32 { return wordAt(part(STRIPES_FROM), key); }
/** Key of the stripes of a dtype in a space. */
@inline export function stripeKey(space: i32, dtype: i32): i32 { return 256 * space + dtype; }

const WINDOW_BYTES: usize = 32;
@inline function workAt(i: i32): usize { return part(WORK_LIST) + <usize>i * WINDOW_BYTES; }
@inline export function workLow(w: i32): f64 { return load<f64>(workAt(w), 8); }
@inline export function workHigh(w: i32): f64 { return load<f64>(workAt(w), 16); }
@inline export function granuleOf(w: i32): i32 { return load<i32>(workAt(w), 4); }

/** Bytes of working memory that are known, or not, together: the generator is on the safe side by less than two of these. */
const GRANULE: i32 = 16;

/** Is every byte of [low, high) surely known? What is read only always is. */
export function surelyKnown(space: i32, low: f64, high: f64): bool {
  for (let i = 0, one = part(DATA_LIST); i < <i32>part(DATA_COUNT); i++, one += WINDOW_BYTES) {
    if (load<i32>(one) == space && low >= load<f64>(one, 8) && high <= load<f64>(one, 16)) return true;
  }
  for (let i = 0; i < <i32>part(WORK_COUNT); i++) {
    const one = workAt(i), from = load<f64>(one, 8);
    if (load<i32>(one) == space && low >= from && high <= load<f64>(one, 16)) return allKnown(load<i32>(one, 4), <i32>(low - from), <i32>(high - from));
  }
  return false;
}
/** The same of bytes [from, to) of a working window that begins at a granule. */
export function allKnown(granule: i32, from: i32, to: i32): bool {
  const first = granule + (from >>> 4), end = granule + ((to + GRANULE - 1) >>> 4);
  for (let g = first & ~31; g < end; g += 32) { const some = between(g, first, end); if ((wordAt(KNOWN, g >>> 5) & some) != some) return false; }
  return true;
}
/** Bits of those of 32 granules that lie in [first, end). */
@inline function between(g: i32, first: i32, end: i32): i32 { return (g < first ? -1 << (first & 31) : -1) & (g + 32 > end ? (1 << (end & 31)) - 1 : -1); }
/** After a write: with values that may be UNKNOWN nothing of the interval is sure; with known ones all of it is, if it was written whole. */
export function noteWrite(space: i32, low: f64, high: f64, isKnown: bool, isWhole: bool): void {
  if (isKnown && !isWhole) return;
  for (let i = 0; i < <i32>part(WORK_COUNT); i++) {
    const one = workAt(i), from = load<f64>(one, 8), end = load<f64>(one, 16);
    if (load<i32>(one) != space || high <= from || low >= end) continue;
    const last = min(high, end);
    noteGranules(load<i32>(one, 4), <i32>(max(low, from) - from), <i32>(last - from), isKnown, last == end);
  }
}
/** After a write of bytes [from, to) of a working window, up to its end or not. */
export function noteGranules(granule: i32, from: i32, to: i32, isKnown: bool, toEnd: bool): void {
  // Of granules that are written in part, unknown values spoil all and known ones help nothing.
  const first = granule + (isKnown ? (from + GRANULE - 1) >>> 4 : from >>> 4), end = granule + (isKnown && !toEnd ? to >>> 4 : (to + GRANULE - 1) >>> 4);
  for (let g = first & ~31; g < end; g += 32) {
    const at = KNOWN + (<usize>(g >>> 5) << 2), some = between(g, first, end);
    store<i32>(at, isKnown ? load<i32>(at) | some : load<i32>(at) & ~some);
  }
}
