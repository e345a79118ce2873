//! place: where the operands of a pattern lie in a program: addresses and offset registers, apart from each other, near what was written lately.
import { SCALAR_COUNT } from '../limits.ts';
import { type Arena, allKnown, stripeKey } from './arena.ts';
import {
  ALIGN, BARE, DEFINITE, DTYPE, EMPTY, FIRST_OPERAND, FLAGS, HIGH, IMM, KNOWN, LOW, OFFSETS, OPERAND_SIZE, OPERANDS, SAME, SPACE, STRIDE, TABLE, WIDTH, WRITES,
} from './pattern.ts';
import type { Dice } from './random.ts';
import { SCRATCH, type State } from './state.ts';

const MOST = 4;
/** Where the operands of the pattern that was placed last lie. Bit address of element 0, hull in bytes over all iterations, offset register. */
export interface Places {
  readonly address: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly s: Uint8Array;
  readonly value: Int32Array;
  readonly imm: Int32Array;
  readonly step: Int32Array;
  readonly times: Int32Array;
  /** Byte address that the descriptor holds; which working window it lies in, -1: in what is only read, ANYWHERE: nobody says. */
  readonly base: Float64Array;
  readonly work: Int8Array;
  /** Bit addresses that are tried first; NaN: none. The same as bits behind the first operand. */
  readonly wish: Float64Array;
  readonly behind: Float64Array;
}
export const ANYWHERE = -2;
export const newPlaces = (): Places => ({
  address: new Float64Array(MOST), low: new Float64Array(MOST), high: new Float64Array(MOST), s: new Uint8Array(MOST), value: new Int32Array(MOST),
  imm: new Int32Array(MOST), step: new Int32Array(MOST), times: new Int32Array(MOST), base: new Float64Array(MOST), work: new Int8Array(MOST), wish: new Float64Array(MOST).fill(Number.NaN), behind: new Float64Array(MOST).fill(Number.NaN),
});

/** Finds a place for every operand of a pattern, which is a row of the store; false when there is none, which is rare. */
export function place(state: State, at: Places, store: Int32Array, row: number, dice: Dice): boolean {
  const count = store[row + OPERANDS]!;
  for (let k = 0, o = row + FIRST_OPERAND; k < count; k++, o += OPERAND_SIZE) {
    const flags = store[o + FLAGS]!;
    if ((flags & SAME) !== 0) { copy(at, k); continue; }
    at.s[k] = 0;
    at.value[k] = 0;
    at.step[k] = 0;
    at.times[k] = 1;
    at.imm[k] = store[o + IMM]!;
    if (!Number.isNaN(at.behind[k]!)) at.wish[k] = at.address[0]! + at.behind[k]!;
    if ((flags & OFFSETS) !== 0) chooseOffset(state, at, k, store, o, dice);
    if (lay(state, at, store, o, k, dice)) continue;
    if (at.step[k] === 0) return false;
    // Without steps it takes less room.
    at.s[k] = 0;
    at.value[k] = 0;
    at.step[k] = 0;
    at.times[k] = 1;
    if (!lay(state, at, store, o, k, dice)) return false;
  }
  return true;
}
function copy(at: Places, k: number): void {
  at.address[k] = at.address[0]!;
  at.low[k] = at.low[0]!;
  at.high[k] = at.high[0]!;
  at.s[k] = at.s[0]!;
  at.value[k] = at.value[0]!;
  at.imm[k] = at.imm[0]!;
  at.step[k] = at.step[0]!;
  at.times[k] = at.times[0]!;
  at.base[k] = at.base[0]!;
  at.work[k] = at.work[0]!;
}
const lay = (state: State, at: Places, store: Int32Array, o: number, k: number, dice: Dice): boolean =>
  ((store[o + FLAGS]! & DEFINITE) !== 0 ? layKnown(state, at, store, o, k, dice) : layAnywhere(state, at, store, o, k, dice));

/** A register that steps with an open loop makes the operand walk; another one that is known is of a size that leaves the base inside 48 bits. */
function chooseOffset(state: State, at: Places, k: number, store: Int32Array, o: number, dice: Dice): void {
  const width = store[o + WIDTH]!;
  if (state.steps > 0 && dice.roll(3) > 0) {
    const i = dice.roll(state.steps), step = state.stepBy[i]!, times = state.stepTimes[i]!, room = state.arena.capacities[store[o + SPACE]!]! * 8;
    if (step % store[o + STRIDE]! === 0 && store[o + HIGH]! - store[o + LOW]! + Math.abs((times - 1) * step * width) <= room) {
      at.s[k] = state.stepRegister[i]!;
      at.value[k] = state.stepValue[i]!;
      at.step[k] = step;
      at.times[k] = times;
    }
    return;
  }
  if (!dice.chance(40)) return;
  for (let tries = 0, s = dice.roll(SCALAR_COUNT); tries < SCALAR_COUNT; tries++, s = (s + 1) % SCALAR_COUNT) {
    const value = state.registers[s]! | 0;
    if (s === 0 || state.isHeld[s] === 0 || isScratch(s) || value >= 2 ** 20 || value <= -(2 ** 20) || (width === 4 && (value & 1) !== 0)) continue;
    at.s[k] = s;
    at.value[k] = value;
    return;
  }
}
const SCRATCH_FIRST = SCRATCH[0]!, SCRATCH_LAST = SCRATCH.at(-1)!, isScratch = (s: number): boolean => s >= SCRATCH_FIRST && s <= SCRATCH_LAST;

/** In a window of the working memory; operands that are read may lie in what is never written. */
function layAnywhere(state: State, at: Places, store: Int32Array, o: number, k: number, dice: Dice): boolean {
  const { arena } = state, { windows } = arena, space = store[o + SPACE]!, anywhere = (store[o + FLAGS]! & WRITES) === 0 && dice.chance(25), turn = dice.roll(4) === 3 ? dice.roll(8) : 0, way = dice.roll(6);
  const wish = at.wish[k]!, hasWish = !Number.isNaN(wish);
  wished[0] = hasWish ? wish : Number.NaN;
  if (!hasWish && (way === 3 || way === 4)) wishFor(state, space, store[o + DTYPE]!, way, dice);
  const salt = dice.roll(4096), first = windows.from[space]!, end = windows.from[space + 1]!, from = anywhere ? first : windows.written[space]!, count = end - from;
  if (hasWish) {
    const byte = wish * 0.125;
    for (let w = from; w < end; w++) if (windows.low[w]! <= byte && byte < windows.high[w]! && layIn(arena, at, store, o, k, w, way, salt, true, true)) return true;
  }
  for (let i = 0, w = count > 0 ? turn % count : 0; i < count; i++) {
    if (layIn(arena, at, store, o, k, from + w, way, salt, hasWish, true)) return true;
    if (++w === count) w = 0;
  }
  return false;
}
/** The bit address that is wished for; NaN: none. A number that goes from one function to another would be an object. */
const wished = new Float64Array(1);
/** Where something like it was written lately, or where memory holds its dtype; NaN for anywhere. */
function wishFor(state: State, space: number, dtype: number, way: number, dice: Dice): void {
  if (way === 3) {
    const last = Math.min(state.recent, 8), from = dice.roll(last);
    for (let i = 0; i < last; i++) {
      const at = (from + i) % last;
      if (state.recentSpace[at] === space && state.recentDtype[at] === dtype) { wished[0] = state.recentAddress[at]!; return; }
    }
  } else {
    const { stripes, stripesFrom } = state.arena, key = stripeKey(space, dtype), from = stripesFrom[key]!, count = stripesFrom[key + 1]! - from;
    if (count > 0) wished[0] = 8 * stripes[from + dice.roll(count)]!;
  }
}

/** What must be known lies where that is sure: in the tables that suit it, where nobody writes, or where known data were written. */
function layKnown(state: State, at: Places, store: Int32Array, o: number, k: number, dice: Dice): boolean {
  const { arena, known } = state, { windows } = arena, salt = dice.roll(64), free = (store[o + FLAGS]! & TABLE) === 0 && state.loops === 0 && dice.chance(40);
  if (free && layAnywhere(state, at, store, o, k, dice) && isKnown(arena, known, at, k)) return true;
  const need = store[o + KNOWN]!;
  wished[0] = Number.NaN;
  for (let w = windows.needed[need]!; w < windows.needed[need + 1]!; w++) if (layIn(arena, at, store, o, k, w, 2, salt, false, false)) return true;
  return false;
}
/** Is every byte of an operand that was placed surely known? */
export function isKnown({ work, granules }: Arena, known: Uint32Array, at: Places, k: number): boolean {
  const w = at.work[k]!;
  return w < 0 || allKnown(known, granules[w]!, at.low[k]! - work[w]!.low, at.high[k]! - work[w]!.low);
}

/** An address in one window; `apart` from the other operands. */
function layIn({ windows }: Arena, at: Places, store: Int32Array, o: number, k: number, w: number, way: number, salt: number, hasWish: boolean, apart: boolean): boolean {
  const align = store[o + ALIGN]!, isEmpty = (store[o + FLAGS]! & EMPTY) !== 0, walk = at.times[k] === 1 ? 0 : (at.times[k]! - 1) * at.step[k]! * store[o + WIDTH]!;
  const low = store[o + LOW]! + (walk < 0 ? walk : 0), high = store[o + HIGH]! + (walk > 0 ? walk : 0);
  const first = Math.ceil((windows.low[w]! * 8 - low) / align), last = Math.floor((windows.high[w]! * 8 - high) / align), wish = wished[0]!;
  if (last < first) return false;
  // Windows are small, wherever they lie.
  const count = (last - first + 1) | 0;
  let index = 0;
  if (!Number.isNaN(wish)) {
    const near = Math.round(wish / align - first);
    index = near < 0 ? 0 : near < count ? near : hasWish ? count - 1 : near % count;
  } else if (way === 1) index = count - 1;
  else if (way !== 0) index = salt % count;
  at.work[k] = windows.work[w]!;
  let address = (first + index) * align;
  for (let tries = 0; tries < 24; tries++) {
    const lowest = Math.floor((address + low) * 0.125);
    at.address[k] = address;
    at.low[k] = lowest;
    at.high[k] = isEmpty ? lowest : Math.ceil((address + high) * 0.125);
    const hit = apart && !isEmpty && k > 0 ? hitBy(at, store, o, k) : -1;
    if (hit < 0) return baseFits(at, k, store, o);
    address += Math.ceil(((at.high[hit]! - lowest) * 8) / align) * align;
    if (address > last * align) address = (first + (tries % Math.max(1, Math.ceil((high - low) / 8)))) * align;
    if (address > last * align) return false;
  }
  return false;
}
/** An operand before it that it meets, where one of both writes. */
function hitBy(at: Places, store: Int32Array, o: number, k: number): number {
  const space = store[o + SPACE]!, flags = store[o + FLAGS]!, low = at.low[k]!, high = at.high[k]!;
  for (let other = 0, p = o - k * OPERAND_SIZE; other < k; other++, p += OPERAND_SIZE) {
    if (store[p + SPACE] === space && ((flags | store[p + FLAGS]!) & WRITES) !== 0 && low < at.high[other]! && at.low[other]! < high) return other;
  }
  return -1;
}
/** The base must be a whole byte from 0 on; otherwise the offset goes. */
function baseFits(at: Places, k: number, store: Int32Array, o: number): boolean {
  const width = store[o + WIDTH]!;
  if (isBase(at, k, width)) return true;
  at.imm[k] = 0;
  if (at.step[k] === 0) { at.s[k] = 0; at.value[k] = 0; }
  if (isBase(at, k, width)) return true;
  const base = at.base[k]!;
  if (Math.floor(base) !== base && (store[o + FLAGS]! & BARE) === 0) at.imm[k] = 1;
  return isBase(at, k, width);
}
function isBase(at: Places, k: number, width: number): boolean {
  const base = (at.address[k]! - Math.imul(at.value[k]! + at.imm[k]!, width)) * 0.125;
  at.base[k] = base;
  return base >= 0 && Math.floor(base) === base;
}
