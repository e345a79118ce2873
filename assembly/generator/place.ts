//! place: where the operands of a pattern lie in a program: addresses and offset registers, apart from each other, near what was written lately.
import { SCALAR_COUNT } from '../encoding';
import { allKnown, capacity, granuleOf, stripe, stripeKey, stripesFrom, windowFrom, windowHigh, windowLow, windowNeeded, windowWork, windowWritten, workLow } from './arena';
import { chance, roll } from './dice';
import { SCRATCH_COUNT, SCRATCH_FIRST } from './machine';
import {
  ALIGN, BARE, DEFINITE, DTYPE, EMPTY, FIRST_OPERAND, FLAGS, HIGHEST, LOWEST, NEED, OFFSETS, OPERAND_BYTES, OPERANDS, OWN_IMM, SAME, SPACE, STRIDE, TABLE, WIDTH, WRITES,
} from './pattern';
import {
  ADDRESS, BASE, BEHIND, byteAt, HIGH, IMMEDIATE, IS_HELD, LOOPS, LOW, numberAt, OFFSET, PLACES, RECENT, RECENT_ADDRESS, RECENT_DTYPE, RECENT_SPACE, REGISTERS, setNumberAt, setWordAt,
  STEP, STEP_BY, STEP_REGISTER, STEP_TIMES, STEP_VALUE, STEPS, TIMES, VALUE, WISH, WISHED, word, wordAt, WORK,
} from './room';

/** Of an operand that nobody says in which window it lies. */
export const ANYWHERE: i32 = -2;
const NONE: f64 = NaN;
@inline function isNone(address: f64): bool { return address != address; }

/** Finds a place for every operand of a pattern; false when there is none, which is rare. */
export function place(row: usize): bool {
  const count = wordAt(row, OPERANDS);
  for (let k = 0, o = row + (<usize>FIRST_OPERAND << 2); k < count; k++, o += OPERAND_BYTES) {
    const flags = wordAt(o, FLAGS);
    if ((flags & SAME) != 0) { copy(k); continue; }
    still(k);
    setWordAt(IMMEDIATE, k, wordAt(o, OWN_IMM));
    const behind = numberAt(BEHIND, k);
    if (!isNone(behind)) setNumberAt(WISH, k, numberAt(ADDRESS, 0) + behind);
    if ((flags & OFFSETS) != 0) chooseOffset(o, k);
    if (lay(o, k)) continue;
    if (wordAt(STEP, k) == 0) return false;
    // Without steps it takes less room.
    still(k);
    if (!lay(o, k)) return false;
  }
  return true;
}
/** No offset register. */
function still(k: i32): void {
  setWordAt(OFFSET, k, 0);
  setWordAt(VALUE, k, 0);
  setWordAt(STEP, k, 0);
  setWordAt(TIMES, k, 1);
}
function copy(k: i32): void {
  setNumberAt(ADDRESS, k, numberAt(ADDRESS, 0));
  setNumberAt(LOW, k, numberAt(LOW, 0));
  setNumberAt(HIGH, k, numberAt(HIGH, 0));
  setNumberAt(BASE, k, numberAt(BASE, 0));
  setWordAt(OFFSET, k, wordAt(OFFSET, 0));
  setWordAt(VALUE, k, wordAt(VALUE, 0));
  setWordAt(IMMEDIATE, k, wordAt(IMMEDIATE, 0));
  setWordAt(STEP, k, wordAt(STEP, 0));
  setWordAt(TIMES, k, wordAt(TIMES, 0));
  setWordAt(WORK, k, wordAt(WORK, 0));
}
@inline function lay(o: usize, k: i32): bool { return (wordAt(o, FLAGS) & DEFINITE) != 0 ? layKnown(o, k) : layAnywhere(o, k); }

/** A register that steps with an open loop makes the operand walk; another one that is known is of a size that leaves the base inside 48 bits. */
function chooseOffset(o: usize, k: i32): void {
  const width = wordAt(o, WIDTH), steps = word(STEPS);
  if (steps > 0 && roll(PLACES, 3) > 0) {
    const i = roll(PLACES, steps), step = wordAt(STEP_BY, i), times = wordAt(STEP_TIMES, i), reach = wordAt(o, HIGHEST) - wordAt(o, LOWEST) + abs((times - 1) * step * width);
    if (step % wordAt(o, STRIDE) == 0 && <f64>reach <= capacity(wordAt(o, SPACE)) * 8) {
      setWordAt(OFFSET, k, wordAt(STEP_REGISTER, i));
      setWordAt(VALUE, k, wordAt(STEP_VALUE, i));
      setWordAt(STEP, k, step);
      setWordAt(TIMES, k, times);
    }
    return;
  }
  if (!chance(PLACES, 40)) return;
  const most: i32 = 1 << 20;
  for (let tries = 0, s = roll(PLACES, SCALAR_COUNT); tries < <i32>SCALAR_COUNT; tries++, s = (s + 1) % <i32>SCALAR_COUNT) {
    const value = wordAt(REGISTERS, s), isScratch = s >= SCRATCH_FIRST && s < SCRATCH_FIRST + SCRATCH_COUNT;
    if (s == 0 || byteAt(IS_HELD, s) == 0 || isScratch || value >= most || value <= -most || (width == 4 && (value & 1) != 0)) continue;
    setWordAt(OFFSET, k, s);
    setWordAt(VALUE, k, value);
    return;
  }
}

/** In a window of the working memory; operands that are read may lie in what is never written. */
function layAnywhere(o: usize, k: i32): bool {
  const space = wordAt(o, SPACE), anywhere = (wordAt(o, FLAGS) & WRITES) == 0 && chance(PLACES, 25), turn = roll(PLACES, 4) == 3 ? roll(PLACES, 8) : 0, way = roll(PLACES, 6);
  const wish = numberAt(WISH, k), hasWish = !isNone(wish);
  store<f64>(WISHED, wish);
  if (!hasWish && (way == 3 || way == 4)) wishFor(space, wordAt(o, DTYPE), way);
  const salt = roll(PLACES, 4096), from = anywhere ? windowFrom(space) : windowWritten(space), end = windowFrom(space + 1), count = end - from;
  if (hasWish) {
    const byte = wish * 0.125;
    for (let w = from; w < end; w++) if (windowLow(w) <= byte && byte < windowHigh(w) && layIn(o, k, w, way, salt, true, true)) return true;
  }
  for (let i = 0, w = count > 0 ? turn % count : 0; i < count; i++) {
    if (layIn(o, k, from + w, way, salt, hasWish, true)) return true;
    if (++w == count) w = 0;
  }
  return false;
}
/** Where something like it was written lately, or where memory holds its dtype; none for anywhere. */
function wishFor(space: i32, dtype: i32, way: i32): void {
  if (way == 3) {
    const last = min(word(RECENT), 8), from = roll(PLACES, last);
    for (let i = 0; i < last; i++) {
      const at = (from + i) % last;
      if (wordAt(RECENT_SPACE, at) == space && wordAt(RECENT_DTYPE, at) == dtype) { store<f64>(WISHED, numberAt(RECENT_ADDRESS, at)); return; }
    }
  } else {
    const key = stripeKey(space, dtype), from = stripesFrom(key), count = stripesFrom(key + 1) - from;
    if (count > 0) store<f64>(WISHED, 8 * stripe(from + roll(PLACES, count)));
  }
}

/** What must be known lies where that is sure: in the tables that suit it, where nobody writes, or where known data were written. */
function layKnown(o: usize, k: i32): bool {
  const salt = roll(PLACES, 64), free = (wordAt(o, FLAGS) & TABLE) == 0 && word(LOOPS) == 0 && chance(PLACES, 40);
  if (free && layAnywhere(o, k) && isKnown(k)) return true;
  const need = wordAt(o, NEED);
  store<f64>(WISHED, NONE);
  for (let w = windowNeeded(need); w < windowNeeded(need + 1); w++) if (layIn(o, k, w, 2, salt, false, false)) return true;
  return false;
}
/** Is every byte of an operand that was placed surely known? */
export function isKnown(k: i32): bool {
  const w = wordAt(WORK, k);
  return w < 0 || allKnown(granuleOf(w), <i32>(numberAt(LOW, k) - workLow(w)), <i32>(numberAt(HIGH, k) - workLow(w)));
}

/** A power of two is divided by as exactly, and sooner, when its inverse is multiplied with; of others it is 0. */
@inline function inverseOf(align: i32): f64 { return (align & (align - 1)) == 0 ? reinterpret<f64>(<u64>(1023 - ctz(align)) << 52) : 0; }
@inline function over(bits: f64, align: f64, inverse: f64): f64 { return inverse != 0 ? bits * inverse : bits / align; }
/** An address in one window; `apart` from the other operands. */
function layIn(o: usize, k: i32, w: i32, way: i32, salt: i32, hasWish: bool, apart: bool): bool {
  const whole = wordAt(o, ALIGN), align = <f64>whole, inverse = inverseOf(whole), isEmpty = (wordAt(o, FLAGS) & EMPTY) != 0, times = wordAt(TIMES, k), walk = times == 1 ? 0 : (times - 1) * wordAt(STEP, k) * wordAt(o, WIDTH);
  const low = <f64>(wordAt(o, LOWEST) + min(walk, 0)), high = <f64>(wordAt(o, HIGHEST) + max(walk, 0));
  const first = ceil(over(windowLow(w) * 8 - low, align, inverse)), last = floor(over(windowHigh(w) * 8 - high, align, inverse)), wish = load<f64>(WISHED);
  if (last < first) return false;
  // Windows are small, wherever they lie.
  const count = <i32>(last - first) + 1;
  let index = 0;
  if (!isNone(wish)) {
    const near = floor(over(wish, align, inverse) - first + 0.5);
    index = near < 0 ? 0 : near < <f64>count ? <i32>near : hasWish ? count - 1 : <i32>(<i64>near % <i64>count);
  } else if (way == 1) index = count - 1;
  else if (way != 0) index = salt % count;
  setWordAt(WORK, k, windowWork(w));
  let address = (first + <f64>index) * align;
  for (let tries = 0; tries < 24; tries++) {
    const lowest = floor((address + low) * 0.125);
    setNumberAt(ADDRESS, k, address);
    setNumberAt(LOW, k, lowest);
    setNumberAt(HIGH, k, isEmpty ? lowest : ceil((address + high) * 0.125));
    const hit = apart && !isEmpty && k > 0 ? hitBy(o, k) : -1;
    if (hit < 0) return baseFits(o, k);
    address += ceil((numberAt(HIGH, hit) - lowest) * 8 / align) * align;
    if (address > last * align) address = (first + <f64>(tries % max(1, <i32>ceil((high - low) / 8)))) * align;
    if (address > last * align) return false;
  }
  return false;
}
/** An operand before it that it meets, where one of both writes. */
function hitBy(o: usize, k: i32): i32 {
  const space = wordAt(o, SPACE), flags = wordAt(o, FLAGS), low = numberAt(LOW, k), high = numberAt(HIGH, k);
  for (let other = 0, p = o - <usize>k * OPERAND_BYTES; other < k; other++, p += OPERAND_BYTES) {
    if (wordAt(p, SPACE) == space && ((flags | wordAt(p, FLAGS)) & WRITES) != 0 && low < numberAt(HIGH, other) && numberAt(LOW, other) < high) return other;
  }
  return -1;
}
/** The base must be a whole byte from 0 on; otherwise the offset goes. */
function baseFits(o: usize, k: i32): bool {
  const width = wordAt(o, WIDTH);
  if (isBase(k, width)) return true;
  setWordAt(IMMEDIATE, k, 0);
  if (wordAt(STEP, k) == 0) { setWordAt(OFFSET, k, 0); setWordAt(VALUE, k, 0); }
  if (isBase(k, width)) return true;
  const base = numberAt(BASE, k);
  if (floor(base) != base && (wordAt(o, FLAGS) & BARE) == 0) setWordAt(IMMEDIATE, k, 1);
  return isBase(k, width);
}
function isBase(k: i32, width: i32): bool {
  const base = (numberAt(ADDRESS, k) - <f64>((wordAt(VALUE, k) + wordAt(IMMEDIATE, k)) * width)) * 0.125;
  setNumberAt(BASE, k, base);
  return base >= 0 && floor(base) == base;
}
