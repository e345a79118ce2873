//! shadow: what kernels make of bytes of the scratchpad before they multiply, kept until something is written there or the burst ends.
import { control, SHADOW_BYTES } from './encoding';

/** Forms, and 1 more of signed bytes: rows of i16, and panels. */
export const WIDENED: u32 = 0, PANELS: u32 = 2;

/** Where shadows are listed, by their key: open addressing, half of the places at most are taken. */
const PLACES: u32 = 64;
const TABLE: usize = memory.data(3072, 16);
const KEY: usize = memory.data(32, 16);
/** A listed one: its key, the bytes that it is made of, where it lies once it has been made. */
namespace place {
  export const BYTES: usize = 48;
  /** The last word of a key. */
  @inline export function taken(at: usize): bool { return load<u32>(at, 28) != 0; }
  @inline export function low(at: usize): i64 { return load<u32>(at, 32); }
  @inline export function high(at: usize): i64 { return load<u32>(at, 36); }
  @inline export function room(at: usize): usize { return load<u32>(at, 40); }
  @inline export function setRoom(at: usize, room: usize): void { store<u32>(at, <u32>room, 40); }
  @inline export function state(at: usize): u32 { return load<u32>(at, 44); }
  @inline export function setState(at: usize, state: u32): void { store<u32>(at, state, 44); }
}
/** Nobody has asked for it since its bytes were written; one has, and it may be the last; it is there. */
const OUTDATED: u32 = 0, ASKED: u32 = 1, MADE: u32 = 2;

/** Places that are taken, bytes that are, and whether the last answer is yet to be made. */
const BOOKS: usize = memory.data(12, 4);
@inline export function isShadowed(): bool { return load<u32>(BOOKS) != 0; }
@inline export function isNew(): bool { return load<u32>(BOOKS, 8) != 0; }

/**
 * Where `times` tiles, `step` bytes from one to the next, of `rows` rows of `width` bytes, have their shadow, two bytes for each of theirs; the first lies at byte `from`
 * of the scratchpad. 0: it has none, because it is asked for the first time, as most are that are made once, or for want of room.
 */
export function shadowOf(form: u32, from: i64, stride: isize, step: isize, rows: u32, width: u32, times: u32): usize {
  store<u32>(KEY, <u32>from);
  store<u32>(KEY, <u32>stride, 4);
  store<u32>(KEY, <u32>step, 8);
  store<u32>(KEY, rows, 12);
  store<u32>(KEY, width, 16);
  store<u32>(KEY, times, 20);
  store<u32>(KEY, form, 24);
  store<u32>(KEY, 1, 28);
  let index = (<u32>from + form) * 0x9e37_79b1 >>> 26, at = TABLE + <usize>index * place.BYTES;
  while (place.taken(at)) {
    if (isKey(at)) return answer(at, <u64>rows * width * times << 1);
    index = (index + 1) & (PLACES - 1);
    at = TABLE + <usize>index * place.BYTES;
  }
  const down = <i64>stride * (<i64>rows - 1), along = <i64>step * (<i64>times - 1);
  enter(at, from + min<i64>(0, down) + min<i64>(0, along), from + max<i64>(0, down) + max<i64>(0, along) + <i64>width);
  return 0;
}

@inline function isKey(at: usize): bool {
  return !v128.any_true(v128.or(v128.xor(v128.load(at), v128.load(KEY)), v128.xor(v128.load(at, 16), v128.load(KEY, 16))));
}

function enter(at: usize, low: i64, high: i64): void {
  const taken = load<u32>(BOOKS);
  if (taken << 1 >= PLACES) {
    forgetShadows();
    return;
  }
  store<u32>(BOOKS, taken + 1);
  for (let i: usize = 0; i < 32; i += 8) store<u64>(at + i, load<u64>(KEY + i));
  store<u32>(at, <u32>low, 32);
  store<u32>(at, <u32>high, 36);
  place.setRoom(at, 0);
  place.setState(at, ASKED);
}

function answer(at: usize, bytes: u64): usize {
  const state = place.state(at), used = load<u32>(BOOKS, 4);
  store<u32>(BOOKS, <u32>(state != MADE), 8);
  if (state == OUTDATED) {
    place.setState(at, ASKED);
    return 0;
  }
  if (!place.room(at)) {
    if (bytes > SHADOW_BYTES) return 0;
    if (used + <u32>bytes > SHADOW_BYTES) {
      forgetShadows();                                                  // what older ones hold still lies there for the product that asks
      return 0;
    }
    place.setRoom(at, <usize>(control.shadow() + used));
    store<u32>(BOOKS, used + (<u32>bytes + 15 & ~15), 4);
  }
  place.setState(at, MADE);
  return place.room(at);
}

export function forgetShadows(): void {
  if (!isShadowed()) return;
  memory.fill(TABLE, 0, <usize>PLACES * place.BYTES);
  store<u64>(BOOKS, 0);
}

/** Of bytes of the scratchpad that something is written to. */
export function outdate(low: i64, high: i64): void {
  for (let i: u32 = 0; i < PLACES; i++) {
    const at = TABLE + <usize>i * place.BYTES;
    if (place.low(at) < high && low < place.high(at)) place.setState(at, OUTDATED);
  }
}
