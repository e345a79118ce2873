//! long: the exact sum of any number of products of fp32 numbers, scaled or not, as one long fixed-point number.
import { rounded } from './accumulator';
import { term } from './terms';

// Digits of weight 2^(32 i + LOWEST), each in 64 signed bits so that carries wait: 2^30 terms add less than 2^33 apiece.
const DIGIT_COUNT: i32 = 40;
const DIGITS: usize = memory.data(320, 8);
const LOWEST: i32 = -640;

export function clearLong(): void { memory.fill(DIGITS, 0, 320); }

/** Adds a term of at most 62 bits. */
export function addLong(at: usize): void {
  const value = term.value(at), negative = value < 0, magnitude = <u64>abs<i64>(value);
  const place = <u32>(term.unit(at) - LOWEST), to = DIGITS + (<usize>(place >>> 5) << 3), up = <u64>(place & 31);
  const low = <i64>((magnitude << up) & 0xffff_ffff);
  const rest = (magnitude >>> 1) >>> (31 - up);                         // magnitude >>> (32 - up), up 0 included
  const middle = <i64>(rest & 0xffff_ffff), high = <i64>(rest >>> 32);
  store<i64>(to, load<i64>(to) + (negative ? -low : low));
  store<i64>(to, load<i64>(to, 8) + (negative ? -middle : middle), 8);
  store<i64>(to, load<i64>(to, 16) + (negative ? -high : high), 16);
}

/** The code of the sum in a float row, or of a zero of the sign that is told. */
export function roundedLong(row: usize, round: u32, keep: u32, ftz: u32, zero: u32): u32 {
  const negative = carry(1);
  if (negative) carry(-1);
  let top = DIGIT_COUNT - 1;
  while (top >= 0 && digit(top) == 0) top--;
  if (top < 0) return zero;
  let below: u64 = 0;
  for (let i = top - 4; i >= 0; i--) below |= digit(i);
  const high = (digit(top) << 32) | digit(top - 1), low = (digit(top - 2) << 32) | digit(top - 3);
  return rounded(row, negative, 32 * (top - 3) + LOWEST, high, low, below != 0, round, keep, ftz);
}

/** Multiplies by a sign and brings every digit but the top one to 0..2^32 - 1; whether the number is negative. */
function carry(sign: i64): bool {
  let over: i64 = 0;
  for (let i: usize = 0; i < <usize>DIGIT_COUNT; i++) {
    const value = sign * load<i64>(DIGITS + (i << 3)) + over;
    over = value >> 32;
    store<i64>(DIGITS + (i << 3), i == <usize>DIGIT_COUNT - 1 ? value : value & 0xffff_ffff);
  }
  return over < 0;
}

@inline function digit(index: i32): u64 { return index < 0 ? 0 : load<u64>(DIGITS + (<usize>index << 3)); }
