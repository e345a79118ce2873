//! tile: activations of any view laid out row by row in scratch memory, widened to what the kernels multiply.
import { format } from './encoding';
import { isFloat, readElement } from './element';
import { copyBytes } from './move';
import { centred, fp32Of } from './pack';
import { formatOf } from './rows';
import { next, open, walk } from './walk';

const WALK: usize = memory.data(272, 8);

/** How a row of activations is made: runs of `length` elements `step` bits apart, that begin `offsets` bits (i64) behind the row. */
export namespace runs {
  @inline export function count(at: usize): u32 { return load<u32>(at); }
  @inline export function length(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function step(at: usize): i64 { return load<i64>(at, 8); }
  @inline export function row(at: usize): usize { return load<u32>(at, 16); }
  @inline export function offset(at: usize, i: u32): i64 { return load<i64>(<usize>load<u32>(at, 20) + (<usize>i << 3)); }
}

/** Lists the runs of a's axes `from` to `to` (excluded) at `at`, their offsets at `offsets`. */
export function listRuns(at: usize, a: usize, from: u32, to: u32, offsets: usize): void {
  open(WALK, from, to, false, a, 0, 0, 0);
  const start = walk.address(WALK, 0);
  let count: u32 = 0;
  do {
    store<i64>(offsets + (<usize>count << 3), walk.address(WALK, 0) - start);
    count++;
  } while (next(WALK));
  store<u32>(at, count);
  store<u32>(at, walk.length(WALK), 4);
  store<i64>(at, walk.step(WALK, 0), 8);
  store<u32>(at, <u32>formatOf(a), 16);
  store<u32>(at, <u32>offsets, 20);
}

/** Rows of integers as i16, `depth` each and a 0 behind an odd one, one behind the other; u16 less 32768. Strides in bits. */
export function widenIntegers(at: usize, to: usize, from: u64, stride: i64, rows: u32, depth: u32): void {
  const row = runs.row(at), length = runs.length(at), step = runs.step(at), count = runs.count(at);
  const bytes = <usize>((depth + 1) & ~1) << 1;
  let target = to, source = from;
  if (ASC_FEATURE_SIMD) {
    if (count == 1 && (length & 7) == 0 && format.width(row) == 8 && step == 8) {
      byteRows(to, <usize>(from >>> 3), <isize>(stride >> 3), rows, length, format.signed(row) != 0);
      return;
    }
  }
  for (let i: u32 = 0; i < rows; i++) {
    if (depth & 1) store<i16>(target + bytes - 2, 0);
    for (let run: u32 = 0; run < count; run++) {
      integerRun(target + <usize>(run * length << 1), source + <u64>runs.offset(at, run), step, length, row);
    }
    target += bytes;
    source += <u64>stride;
  }
}

/** Rows of bytes, a multiple of 8 long. */
function byteRows(to: usize, from: usize, stride: isize, rows: u32, length: u32, signed: bool): void {
  let target = to, source = from;
  for (let i: u32 = 0; i < rows; i++) {
    const end = source + length;
    let at = source;
    if (signed) for (; at < end; at += 8, target += 16) v128.store(target, v128.load_ext<i8>(at));
    else for (; at < end; at += 8, target += 16) v128.store(target, v128.load_ext<u8>(at));
    source += <usize>stride;
  }
}

/** Rows of floats as fp32. */
export function widenFloats(at: usize, to: usize, from: u64, stride: i64, rows: u32): void {
  const row = runs.row(at), length = runs.length(at), step = runs.step(at), count = runs.count(at);
  let target = to, source = from;
  for (let i: u32 = 0; i < rows; i++) {
    for (let run: u32 = 0; run < count; run++) {
      floatRun(target, source + <u64>runs.offset(at, run), step, length, row);
      target += <usize>length << 2;
    }
    source += <u64>stride;
  }
}

/** Elements of one row of channels for each tap, 16 columns wide: what lies beyond `channels` and, of integers, an odd tap is 0. */
export function widenTaps(at: usize, to: usize, from: u64, channelStep: i64, channels: u32): void {
  const row = runs.row(at), floats = isFloat(row), tapBytes: usize = floats ? 64 : 32;
  let target = to;
  for (let run: u32 = 0; run < runs.count(at); run++) {
    let source = from + <u64>runs.offset(at, run);
    for (let tap: u32 = 0; tap < runs.length(at); tap++) {
      if (channels < 16) memory.fill(target, 0, tapBytes);
      if (floats) floatRun(target, source, channelStep, channels, row);
      else integerRun(target, source, channelStep, channels, row);
      source += <u64>runs.step(at);
      target += tapBytes;
    }
  }
  if (!floats) memory.fill(target, 0, 32);
}

function integerRun(to: usize, from: u64, step: i64, count: u32, row: usize): void {
  const bits = format.width(row), signed = format.signed(row) != 0;
  let i: u32 = 0;
  if (bits == 8 && step == 8) {
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

function floatRun(to: usize, from: u64, step: i64, count: u32, row: usize): void {
  const bits = format.width(row), half = bits == 16 && format.specials(row) == 1;
  let i: u32 = 0;
  if (bits == 32 && step == 32 && format.fractionBits(row) == 23) {
    copyBytes(to, <usize>(from >>> 3), <usize>count << 2);
    return;
  }
  if (ASC_FEATURE_SIMD) {
    if (half && step == 16) {
      const source = <usize>(from >>> 3);
      if (format.fractionBits(row) == 7) {
        for (; i + 4 <= count; i += 4) v128.store(to + (<usize>i << 2), i32x4.shl(v128.load_ext<u16>(source + (<usize>i << 1)), 16));
      } else {
        for (; i + 4 <= count; i += 4) v128.store(to + (<usize>i << 2), halves(v128.load_ext<u16>(source + (<usize>i << 1))));
      }
    }
  }
  for (; i < count; i++) store<u32>(to + (<usize>i << 2), fp32Of(row, readElement(from + <u64>(<i64>i * step), bits)));
}

/** fp32OfHalf of four codes. */
@inline function halves(codes: v128): v128 {
  const magnitude = v128.and(codes, i32x4.splat(0x7fff)), sign = i32x4.shl(v128.and(codes, i32x4.splat(0x8000)), 16);
  const value = f32x4.mul(i32x4.shl(magnitude, 13), i32x4.splat(0x7780_0000));
  const special = v128.and(i32x4.ge_u(magnitude, i32x4.splat(0x7c00)), i32x4.splat(0x7f80_0000));
  return v128.or(v128.or(value, sign), special);
}
