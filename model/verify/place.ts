//! place: where the operands of a pattern lie in a program: addresses and offset registers, apart from each other, near what was written lately.
import { SCALAR_COUNT } from '../limits.ts';
import { stripeKey, surelyKnown, type Window } from './arena.ts';
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
  /** Bit addresses that are tried first; NaN: none. The same as bits behind the first operand. */
  readonly wish: Float64Array;
  readonly behind: Float64Array;
}
export const newPlaces = (): Places => ({
  address: new Float64Array(MOST), low: new Float64Array(MOST), high: new Float64Array(MOST), s: new Uint8Array(MOST), value: new Int32Array(MOST),
  imm: new Int32Array(MOST), step: new Int32Array(MOST), times: new Int32Array(MOST), wish: new Float64Array(MOST).fill(Number.NaN), behind: new Float64Array(MOST).fill(Number.NaN),
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
const isScratch = (s: number): boolean => s >= SCRATCH[0]! && s <= SCRATCH.at(-1)!;

/** In a window of the working memory; operands that are read may lie in what is never written. */
function layAnywhere(state: State, at: Places, store: Int32Array, o: number, k: number, dice: Dice): boolean {
  const { arena } = state, space = store[o + SPACE]!, anywhere = (store[o + FLAGS]! & WRITES) === 0 && dice.chance(25), turn = dice.roll(4) === 3 ? dice.roll(8) : 0, way = dice.roll(6);
  const wish = at.wish[k]!, hasWish = !Number.isNaN(wish), wished = hasWish ? wish : way === 3 || way === 4 ? wishOf(state, space, store[o + DTYPE]!, way, dice) : Number.NaN;
  const salt = dice.roll(4096), windows = arena.windows[space]!, from = anywhere ? 0 : arena.dataWindows[space]!, count = windows.length - from;
  if (hasWish) for (let i = 0; i < windows.length; i++) if (holds(windows[i]!, wish) && i >= from && layIn(at, store, o, k, windows[i]!, way, wished, salt, true, true)) return true;
  for (let i = 0; i < count; i++) if (layIn(at, store, o, k, windows[from + ((i + turn) % count)]!, way, wished, salt, hasWish, true)) return true;
  return false;
}
const holds = ({ low, high }: Window, bits: number): boolean => 8 * low <= bits && bits < 8 * high;
/** Where something like it was written lately, or where memory holds its dtype; NaN for anywhere. */
function wishOf(state: State, space: number, dtype: number, way: number, dice: Dice): number {
  if (way === 3) {
    const last = Math.min(state.recent, 8), from = dice.roll(last);
    for (let i = 0; i < last; i++) {
      const at = (from + i) % last;
      if (state.recentSpace[at] === space && state.recentDtype[at] === dtype) return state.recentAddress[at]!;
    }
  } else {
    const stripes = state.arena.stripes.get(stripeKey(space, dtype));
    if (stripes) return 8 * stripes[dice.roll(stripes.length)]!;
  }
  return Number.NaN;
}

/** What must be known lies where that is sure: in the tables that suit it, where nobody writes, or where known data were written. */
function layKnown(state: State, at: Places, store: Int32Array, o: number, k: number, dice: Dice): boolean {
  const salt = dice.roll(64), free = (store[o + FLAGS]! & TABLE) === 0 && state.loops === 0 && dice.chance(40);
  if (free && layAnywhere(state, at, store, o, k, dice) && surelyKnown(state.arena, state.known, store[o + SPACE]!, at.low[k]!, at.high[k]!)) return true;
  for (const window of state.arena.knownWindows[store[o + KNOWN]!]!) if (layIn(at, store, o, k, window, 2, Number.NaN, salt, false, false)) return true;
  return false;
}

/** An address in one window; `apart` from the other operands. */
function layIn(at: Places, store: Int32Array, o: number, k: number, window: Window, way: number, wished: number, salt: number, hasWish: boolean, apart: boolean): boolean {
  const align = store[o + ALIGN]!, isEmpty = (store[o + FLAGS]! & EMPTY) !== 0, walk = at.times[k] === 1 ? 0 : (at.times[k]! - 1) * at.step[k]! * store[o + WIDTH]!;
  const low = store[o + LOW]! + (walk < 0 ? walk : 0), high = store[o + HIGH]! + (walk > 0 ? walk : 0);
  const first = Math.ceil((window.low * 8 - low) / align) * align, last = Math.floor((window.high * 8 - high) / align) * align;
  if (last < first) return false;
  const count = (last - first) / align + 1;
  const index = Number.isNaN(wished) ? (way === 0 ? 0 : way === 1 ? count - 1 : salt % (count | 0)) : Math.round((wished - first) / align);
  let address = first + (index < 0 ? 0 : index < count ? index : hasWish ? count - 1 : index % count) * align;
  for (let tries = 0; tries < 24; tries++) {
    at.address[k] = address;
    at.low[k] = Math.floor((address + low) / 8);
    at.high[k] = isEmpty ? at.low[k]! : Math.ceil((address + high) / 8);
    const hit = apart && !isEmpty && k > 0 ? hitBy(at, store, o, k) : -1;
    if (hit < 0) return baseFits(at, k, store, o);
    address += Math.ceil(((at.high[hit]! - at.low[k]!) * 8) / align) * align;
    if (address > last) address = first + (tries % Math.max(1, Math.ceil((high - low) / 8))) * align;
    if (address > last) return false;
  }
  return false;
}
/** An operand before it that it meets, where one of both writes. */
function hitBy(at: Places, store: Int32Array, o: number, k: number): number {
  const space = store[o + SPACE]!, flags = store[o + FLAGS]!;
  for (let other = 0, p = o - k * OPERAND_SIZE; other < k; other++, p += OPERAND_SIZE) {
    if (store[p + SPACE] === space && ((flags | store[p + FLAGS]!) & WRITES) !== 0 && at.low[k]! < at.high[other]! && at.low[other]! < at.high[k]!) return other;
  }
  return -1;
}
/** The base must be a whole byte from 0 on; otherwise the offset goes. */
function baseFits(at: Places, k: number, store: Int32Array, o: number): boolean {
  const width = store[o + WIDTH]!;
  if (isBase(baseOf(at, k, width))) return true;
  at.imm[k] = 0;
  if (at.step[k] === 0) { at.s[k] = 0; at.value[k] = 0; }
  const base = baseOf(at, k, width);
  if (isBase(base)) return true;
  if (Math.floor(base / 8) * 8 !== base && (store[o + FLAGS]! & BARE) === 0) at.imm[k] = 1;
  return isBase(baseOf(at, k, width));
}
const isBase = (bits: number): boolean => bits >= 0 && Math.floor(bits / 8) * 8 === bits;
/** Bit address that the descriptor holds. */
export const baseOf = (at: Places, k: number, width: number): number => at.address[k]! - (at.value[k]! + at.imm[k]!) * width;
