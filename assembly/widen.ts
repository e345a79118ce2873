//! widen: elements as the kernels multiply them: integers as i16, floats as fp32.
import { format } from './encoding';
import { INVALID, events, integerOf, readElement, readNibble, setEvents } from './element';
import { LEFT, exact, unpack } from './float';
import { copyBytes } from './move';

/** Tables of 256 fp32 values, and the format row that each was filled from. */
const TABLE_COUNT: usize = 8;
const VALUES: usize = memory.data(8192, 16);
const OWNERS: usize = memory.data(32, 4);
/** Of each: so many magnitudes, from 0 on, are what placing their bits and scaling gives, of either sign. UNKNOWN until a long run asks. */
const PLAIN: usize = memory.data(32, 4);
/** Of a value that nobody has asked for: a NaN with a sign, which no code is read as. */
const UNKNOWN: u32 = 0xffff_ffff;

/** The value that fits i16: u16 codes are moved down by 32768. */
@inline export function centred(row: usize, code: u64): i32 {
  return <i32>integerOf(row, code) - (format.signed(row) == 0 && format.bits(row) == 16 ? 32768 : 0);
}

/** A run of integers, step in bits, as i16; u16 less 32768. */
export function integerRun(to: usize, from: u64, step: i64, count: u32, row: usize): void {
  const bits = format.width(row), signed = format.signed(row) != 0;
  let i: u32 = 0;
  if (format.bits(row) == 8 && step == 8) {
    const source = <usize>(from >>> 3);
    if (ASC_FEATURE_SIMD) {
      for (; i + 8 <= count; i += 8) {
        const codes = v128.load64_zero(source + i);
        v128.store(to + (<usize>i << 1), signed ? i16x8.extend_low_i8x16_s(codes) : i16x8.extend_low_i8x16_u(codes));
      }
    }
    if (signed) for (; i < count; i++) store<i16>(to + (<usize>i << 1), <i16>load<i8>(source + i));
    else for (; i < count; i++) store<i16>(to + (<usize>i << 1), <i16>load<u8>(source + i));
    return;
  }
  if (bits == 16 && signed && step == 16) {
    copyBytes(to, <usize>(from >>> 3), <usize>count << 1);
    return;
  }
  for (; i < count; i++) store<i16>(to + (<usize>i << 1), <i16>centred(row, readElement(from + <u64>(<i64>i * step), bits)));
}

/** A run of floats as fp32. */
export function floatRun(to: usize, from: u64, step: i64, count: u32, row: usize): void {
  const bits = format.width(row), half = bits == 16 && format.specials(row) == 1;
  let i: u32 = 0;
  if (bits == 32 && step == 32 && format.fractionBits(row) == 23) {
    copyBytes(to, <usize>(from >>> 3), <usize>count << 2);
    return;
  }
  if (ASC_FEATURE_SIMD) {
    if (bits == 32 && step == 32) {
      const source = <usize>(from >>> 3), kept = i32x4.splat(<i32>keptBits(row));
      for (; i + 4 <= count; i += 4) v128.store(to + (<usize>i << 2), v128.and(v128.load(source + (<usize>i << 2)), kept));
    }
    if (half && step == 16) {
      const source = <usize>(from >>> 3);
      if (format.fractionBits(row) == 7) {
        for (; i + 4 <= count; i += 4) v128.store(to + (<usize>i << 2), i32x4.shl(v128.load_ext<u16>(source + (<usize>i << 1)), 16));
      } else {
        i = finiteHalves(to, source, count);
        for (; i + 4 <= count; i += 4) v128.store(to + (<usize>i << 2), halves(v128.load_ext<u16>(source + (<usize>i << 1))));
      }
    }
  }
  if (bits <= 8) {
    const values = valuesOf(row);
    if (bits == 8) {
      const source = <usize>(from >>> 3), bytes = <usize>(step >> 3);
      if (ASC_FEATURE_SIMD && step == 8 && count >= 16 && format.bits(row) == 8) i = plainBytes(to, source, count, row, plainOf(values, row));
      for (; i < count; i++) store<u32>(to + (<usize>i << 2), valueOf(values, row, load<u8>(source + <usize>i * bytes)));
    }
    for (; i < count; i++) store<u32>(to + (<usize>i << 2), valueOf(values, row, <u32>readNibble(from + <u64>(<i64>i * step))));
    return;
  }
  for (; i < count; i++) store<u32>(to + (<usize>i << 2), fp32Of(row, readElement(from + <u64>(<i64>i * step), bits)));
}

/** The fp32 values of a row of at most 8 bits, by code, as far as they are known; the few rows in use keep their tables. */
function valuesOf(row: usize): usize {
  const place = placeOf(row), values = VALUES + (place << 10), owner = OWNERS + (place << 2);
  if (load<u32>(owner) == <u32>row) return values;
  memory.fill(values, 0xff, 1024);
  store<u32>(PLAIN + (place << 2), UNKNOWN);
  store<u32>(owner, <u32>row);
  return values;
}
@inline function valueOf(values: usize, row: usize, code: u32): u32 {
  const value = load<u32>(values + (<usize>code << 2));
  return value != UNKNOWN ? value : findValue(values, row, code);
}
function findValue(values: usize, row: usize, code: u32): u32 {
  const value = fp32Of(row, code);
  store<u32>(values + (<usize>code << 2), value);
  return value;
}

/** How many magnitudes need no table. */
@inline function plainOf(values: usize, row: usize): u32 {
  const plain = load<u32>(PLAIN + (placeOf(row) << 2));
  return plain != UNKNOWN ? plain : countPlain(values, row);
}
function countPlain(values: usize, row: usize): u32 {
  let plain: u32 = 0;
  while (plain < 128 && isPlain(values, row, plain) && isPlain(values, row, plain | 128)) plain++;
  store<u32>(PLAIN + (placeOf(row) << 2), plain);
  return plain;
}
@inline function placeOf(row: usize): usize { return (row >>> 4) & (TABLE_COUNT - 1); }

function isPlain(values: usize, row: usize, code: u32): bool {
  const value = reinterpret<f32>((code & 127) << (23 - format.fractionBits(row))) * reinterpret<f32>(powerOf(row));
  return valueOf(values, row, code) == (reinterpret<u32>(value) | (code & 128) << 24);
}

/** What the bits of a code, moved to their place in an fp32, are to be multiplied by. */
@inline function powerOf(row: usize): u32 { return (254 - <u32>format.bias(row)) << 23; }

/** The bits of four codes that are no signs; those that stay of one moved by 20 and 21 places. */
const BARE: usize = memory.data<u32>([0x7f7f_7f7f, 0x87f0_0000, 0x8fe0_0000]);

/** Codes of a byte whose values need no table, 16 at a time; how many are done, and 0 where one is of another kind. */
function plainBytes(to: usize, from: usize, count: u32, row: usize, plain: u32): u32 {
  const fractionBits = format.fractionBits(row);
  if (plain && fractionBits == 3) return eachPlain(20, to, from, count, row, plain);
  return plain && fractionBits == 2 ? eachPlain(21, to, from, count, row, plain) : 0;
}
@inline function eachPlain(shift: i32, to: usize, from: usize, count: u32, row: usize, plain: u32): u32 {
  const bare = v128.load32_splat(BARE), kept = v128.load32_splat(BARE + <usize>(shift - 19 << 2)), power = i32x4.splat(<i32>powerOf(row));
  let i: u32 = 0, greatest = i32x4.splat(0);
  for (let source = from, target = to; i + 16 <= count; i += 16, source += 16, target += 64) {
    const codes = v128.load(source), low = i16x8.extend_low_i8x16_s(codes), high = i16x8.extend_high_i8x16_s(codes);
    greatest = i8x16.max_u(greatest, v128.and(codes, bare));
    v128.store(target, f32x4.mul(v128.and(i32x4.shl(i32x4.extend_low_i16x8_s(low), shift), kept), power));
    v128.store(target, f32x4.mul(v128.and(i32x4.shl(i32x4.extend_high_i16x8_s(low), shift), kept), power), 16);
    v128.store(target, f32x4.mul(v128.and(i32x4.shl(i32x4.extend_low_i16x8_s(high), shift), kept), power), 32);
    v128.store(target, f32x4.mul(v128.and(i32x4.shl(i32x4.extend_high_i16x8_s(high), shift), kept), power), 48);
  }
  return v128.any_true(i8x16.ge_u(greatest, i8x16.splat(<i8>plain))) ? 0 : i;
}

/** The bits of an fp16 code that are no sign, twice; those of an fp32 in which one stands three places to the right; 2^112. */
const HALF: usize = memory.data<u32>([0x7fff_7fff, 0x8fff_e000, 0x7780_0000]);
const INFINITE_HALF: i16 = 0x7c00;

/** fp32OfHalf of eight codes at a time where all of them are numbers; how many are done, and 0 where one is not. */
@inline function finiteHalves(to: usize, from: usize, count: u32): u32 {
  const bare = v128.load32_splat(HALF), kept = v128.load32_splat(HALF, 4), power = v128.load32_splat(HALF, 8);
  let i: u32 = 0, greatest = i32x4.splat(0);
  for (let source = from, target = to; i + 8 <= count; i += 8, source += 16, target += 32) {
    const codes = v128.load(source);
    greatest = i16x8.max_s(greatest, v128.and(codes, bare));
    v128.store(target, f32x4.mul(v128.and(i32x4.shl(i32x4.extend_low_i16x8_s(codes), 13), kept), power));
    v128.store(target, f32x4.mul(v128.and(i32x4.shl(i32x4.extend_high_i16x8_s(codes), 13), kept), power), 16);
  }
  return v128.any_true(i16x8.ge_s(greatest, i16x8.splat(INFINITE_HALF))) ? 0 : i;
}

/** fp32OfHalf of four codes. */
@inline export function halves(codes: v128): v128 {
  const magnitude = v128.and(codes, i32x4.splat(0x7fff)), sign = i32x4.shl(v128.and(codes, i32x4.splat(0x8000)), 16);
  const value = f32x4.mul(i32x4.shl(magnitude, 13), i32x4.splat(0x7780_0000));
  const special = v128.and(i32x4.ge_u(magnitude, i32x4.splat(0x7c00)), i32x4.splat(0x7f80_0000));
  return v128.or(v128.or(value, sign), special);
}

/** fp32 bits of a float code whose value fp32 holds: exact; those of a signalling NaN are one's too. */
function fp32Of(row: usize, code: u64): u32 {
  if (format.width(row) == 32) return <u32>code & keptBits(row);
  if (format.width(row) == 16 && format.specials(row) == 1) return format.fractionBits(row) == 7 ? <u32>code << 16 : fp32OfHalf(<u32>code);
  unpack(LEFT, row, code, 0);
  const signalling = (events() & INVALID) != 0;                         // the product's event, not of this reading
  setEvents(0);
  const sign = exact.sign(LEFT) << 31;
  switch (exact.kind(LEFT)) {
    case 0: return sign;
    case 1: {
      const value = <f64>exact.low(LEFT) * reinterpret<f64>(<u64>(exact.exponent(LEFT) + 1023) << 52);
      return sign | reinterpret<u32>(<f32>value);
    }
    case 2: return sign | 0x7f80_0000;
    default: return signalling ? 0x7fa0_0000 : 0x7fc0_0000;
  }
}

/** The bits of a container of 32 that are part of the code. */
@inline function keptBits(row: usize): u32 { return <u32>0xffff_ffff << (23 - format.fractionBits(row)); }

/** fp16 to fp32: its bits as an fp32 are its value times 2^-112, subnormals included. */
@inline export function fp32OfHalf(code: u32): u32 {
  const bits = reinterpret<u32>(reinterpret<f32>((code & 0x7fff) << 13) * reinterpret<f32>(0x7780_0000));
  return bits | ((code & 0x8000) << 16) | ((code & 0x7c00) == 0x7c00 ? 0x7f80_0000 : 0);
}
