//! kulisch: a sum of fp32 values, or of their squares, without any rounding, as one long fixed-point number.
import { INVALID, raise } from './element';
import { FINITE, INFINITE, NAN, ZERO, exact } from './float';

// Digits of weight 2^(32 i - 298), each in 64 signed bits so that carries wait: 2^31 - 1 terms add less than 2^32 apiece.
const DIGITS: usize = memory.data(160, 8);
const DIGIT_COUNT: i32 = 20;
const LOWEST: i32 = -298;
// What was added: 1 NaN, 2 +Inf, 4 -Inf, 8 a finite value that is no -0, 16 one that is no +0.
const SEEN: usize = memory.data(4, 4);

export function clearSum(): void {
  memory.fill(DIGITS, 0, 160);
  store<u32>(SEEN, 0);
}

/** Adds an fp32 value, or its square. */
export function addToSum(value: f32, squared: bool): void {
  const bits = reinterpret<u32>(value), field = (bits >>> 23) & 255;
  const negative = !squared && value < 0;
  if (field == 255) {
    see(value != value ? 1 : squared || value > 0 ? 2 : 4);
    if ((load<u32>(SEEN) & 7) == 6) {                                   // Inf - Inf, and no NaN before it
      raise(INVALID);
      see(1);
    }
    return;
  }
  see((bits << 1) != 0 ? 24 : bits != 0 && !squared ? 16 : 8);
  const significand = <u64>(bits & 0x7FFFFF) | (field ? <u64>0x800000 : 0);
  const power = (field ? field - 1 : 0);                                // in units of 2^-149
  if (squared) addAt(significand * significand, power << 1, false);
  else addAt(significand, power + 149, negative);
}

/** Adds +-significand x 2^(place - 298), of at most 48 bits: into three digits. */
function addAt(significand: u64, place: u32, negative: bool): void {
  const at = DIGITS + (<usize>(place >>> 5) << 3), up = <u64>(place & 31);
  const low = <i64>((significand << up) & 0xFFFFFFFF);
  const rest = (significand >>> 1) >>> (31 - up);                       // significand >>> (32 - up), up 0 included
  const middle = <i64>(rest & 0xFFFFFFFF), high = <i64>(rest >>> 32);
  store<i64>(at, load<i64>(at) + (negative ? -low : low));
  store<i64>(at, load<i64>(at, 8) + (negative ? -middle : middle), 8);
  store<i64>(at, load<i64>(at, 16) + (negative ? -high : high), 16);
}

@inline function see(what: u32): void { store<u32>(SEEN, load<u32>(SEEN) | what); }

/** The sum as an exact value; a zero has the sign of all its terms, of unlike ones -0 where `round` goes down. */
export function readSum(to: usize, round: u32): void {
  const seen = load<u32>(SEEN);
  if (seen & 7) {
    const nan = (seen & 1) != 0;
    exact.setSpecial(to, nan ? NAN : INFINITE, nan ? 0 : <u32>((seen & 4) != 0));
    return;
  }
  const negative = carry(1);
  if (negative) carry(-1);
  let top = DIGIT_COUNT - 1;
  while (top >= 0 && digit(top) == 0) top--;
  if (top < 0) {
    exact.setSpecial(to, ZERO, (seen & 24) == 24 ? <u32>(round == 2) : <u32>((seen & 8) == 0));
    return;
  }
  let below: u64 = 0;
  for (let i = top - 4; i >= 0; i--) below |= digit(i);
  const high = (digit(top) << 32) | digit(top - 1), low = (digit(top - 2) << 32) | digit(top - 3);
  exact.set(to, FINITE, <u32>negative, 32 * (top - 3) + LOWEST, <u32>(below != 0), high, low);
}

/** Multiplies by a sign and brings every digit but the top one to 0..2^32 - 1; whether the number is negative. */
function carry(sign: i64): bool {
  let over: i64 = 0;
  for (let i: usize = 0; i < <usize>DIGIT_COUNT; i++) {
    const value = sign * load<i64>(DIGITS + (i << 3)) + over;
    over = value >> 32;
    store<i64>(DIGITS + (i << 3), i == <usize>DIGIT_COUNT - 1 ? value : value & 0xFFFFFFFF);
  }
  return over < 0;
}

@inline function digit(index: i32): u64 { return index < 0 ? 0 : load<u64>(DIGITS + (<usize>index << 3)); }
