//! lanes: runs of elements as lanes of 32 bits, and back, for the kernels that take four at a time; of the SIMD build only.
import { INTEGER, format, integerOf, readElement } from './element';
import { maxInteger, minInteger } from './float';
import { SCRATCH } from './memory';
import { copyRow } from './move';
import { floatRun } from './widen';

/** Elements of a run at most; a shorter one has a multiple of 16 or, at the end of a row, fewer than 16, its lanes filled up. */
export const RUN: u32 = 256;
/** Room for the lanes of three sources and of a result, and for a run's codes on their way. */
export const FIRST: usize = SCRATCH + 0x400;
export const SECOND: usize = FIRST + 0x400;
export const THIRD: usize = FIRST + 0x800;
export const RESULTS: usize = FIRST + 0xc00;
export const CODES: usize = FIRST + 0x1000;

/** How many of the elements that are left make the next run. */
@inline export function runLength(left: u32): u32 { return left < 16 ? left : min(left & ~15, RUN); }
/** A whole run has a multiple of 16 elements. */
@inline export function isWhole(count: u32): bool { return (count & 15) == 0; }

/** Whether the values of a row are those of i32 lanes. */
export function isLaneInteger(row: usize): bool {
  const bits = format.bits(row);
  return format.kind(row) == INTEGER && format.width(row) == bits && (bits <= 16 || (bits == 32 && format.signed(row) != 0));
}

/** Integers as lanes: where they lie if they are lanes there, else at `place`. Steps in bits; lanes that fill up are 0. */
export function integersOf(place: usize, row: usize, from: u64, step: u64, count: u32): usize {
  const bits = format.width(row), whole = isWhole(count);
  if (bits == 32) {
    if (whole && step == 32) return <usize>(from >>> 3);
    copyRow(<u64>place << 3, 32, from, <i64>step, count, 32, true);
  } else {
    let source = <usize>(from >>> 3);
    if (!whole || step != bits || bits == 4) {
      copyRow(<u64>CODES << 3, bits, from, <i64>step, count, bits, true);
      source = CODES;
    }
    widenIntegers(place, source, bits, format.signed(row) != 0, (count + 15) >>> 4);
  }
  if (!whole) fillUp(place, count, 0);
  return place;
}

/** The same of floats, as fp32. */
export function floatsOf(place: usize, row: usize, from: u64, step: u64, count: u32, filler: u32): usize {
  const whole = isWhole(count);
  if (whole && step == 32 && format.width(row) == 32 && format.fractionBits(row) == 23) return <usize>(from >>> 3);
  if (step == format.width(row)) floatRun(place, from, <i64>step, count, row);
  else {
    copyRow(<u64>CODES << 3, format.width(row), from, <i64>step, count, format.width(row), true);
    floatRun(place, <u64>CODES << 3, format.width(row), count, row);
  }
  if (!whole) fillUp(place, count, filler);
  return place;
}

/** One element as four lanes. */
export function fourIntegers(place: usize, row: usize, from: u64): void {
  v128.store(place, i32x4.splat(<i32>integerOf(row, readElement(from, format.width(row)))));
}
export function fourFloats(place: usize, row: usize, from: u64): void {
  floatRun(place, from, 0, 1, row);
  v128.store(place, v128.load32_splat(place));
}

/** Lanes behind the last element of a run of fewer than 16. */
export function fillUp(place: usize, count: u32, lane: u32): void {
  for (let i = count; i < 16; i++) store<u32>(place + (<usize>i << 2), lane);
}

function widenIntegers(place: usize, from: usize, bits: u32, signed: bool, blocks: u32): void {
  const end = place + (<usize>blocks << 6);
  let source = from;
  for (let to = place; to < end; to += 64) {
    if (bits == 16) {
      halves(to, v128.load(source), signed);
      halves(to + 32, v128.load(source, 16), signed);
      source += 32;
      continue;
    }
    let codes: v128;
    if (bits == 8) {
      codes = v128.load(source);
      source += 16;
    } else {
      const pairs = v128.load64_zero(source), low = i8x16.splat(15);
      codes = v128.shuffle<i8>(
        v128.and(pairs, low), i8x16.shr_u(pairs, 4), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
      );
      if (signed) codes = i8x16.shr_s(i8x16.shl(codes, 4), 4);
      source += 8;
    }
    if (signed) {
      halves(to, i16x8.extend_low_i8x16_s(codes), true);
      halves(to + 32, i16x8.extend_high_i8x16_s(codes), true);
    } else {
      halves(to, i16x8.extend_low_i8x16_u(codes), false);
      halves(to + 32, i16x8.extend_high_i8x16_u(codes), false);
    }
  }
}

@inline function halves(to: usize, eight: v128, signed: bool): void {
  v128.store(to, signed ? i32x4.extend_low_i16x8_s(eight) : i32x4.extend_low_i16x8_u(eight));
  v128.store(to, signed ? i32x4.extend_high_i16x8_s(eight) : i32x4.extend_high_i16x8_u(eight), 16);
}

/** Lanes as the integers of a row, wrapped or saturated; returns how many were cut. Lanes behind the last element are lost. */
export function storeIntegers(row: usize, to: u64, step: u64, lanes: usize, count: u32, isat: bool): u32 {
  const bits = format.width(row), whole = isWhole(count);
  if (!whole) fillUp(lanes, count, 0);
  if (bits == 32) {
    copyRow(to, <i64>step, <u64>lanes << 3, 32, count, 32, true);
    return 0;
  }
  const straight = whole && step == bits && bits != 4, target = straight ? <usize>(to >>> 3) : CODES, blocks = (count + 15) >>> 4;
  const cut = narrowBlocks(row, target, lanes, blocks, isat);
  if (!straight) copyRow(to, <i64>step, <u64>CODES << 3, bits, count, bits, false);
  return cut;
}

/** Blocks of 16 lanes as codes of a row; returns how many were cut. */
@apart export function narrowBlocks(row: usize, to: usize, lanes: usize, blocks: u32, isat: bool): u32 {
  if (isat) return sumOf(narrow(true, to, lanes, row, blocks));
  narrow(false, to, lanes, row, blocks);
  return 0;
}

/** The low bits of lanes, one code behind the other; `clips` brings the lanes into the row's range before, and counts those that it changed. */
@inline function narrow(clips: bool, to: usize, lanes: usize, row: usize, blocks: u32): v128 {
  const bits = format.width(row), end = lanes + (<usize>blocks << 6), mask = i32x4.splat(<i32>((<u32>1 << bits) - 1));
  const least = i32x4.splat(<i32>minInteger(row)), most = i32x4.splat(<i32>maxInteger(row));
  let target = to, cut = i32x4.splat(0), at = lanes;
  if (!blocks) return cut;
  do {
    let a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
    at += 64;
    if (clips) {
      const p = i32x4.min_s(i32x4.max_s(a, least), most), q = i32x4.min_s(i32x4.max_s(b, least), most);
      const r = i32x4.min_s(i32x4.max_s(c, least), most), s = i32x4.min_s(i32x4.max_s(d, least), most);
      cut = i32x4.sub(cut, i32x4.add(i32x4.add(i32x4.ne(a, p), i32x4.ne(b, q)), i32x4.add(i32x4.ne(c, r), i32x4.ne(d, s))));
      a = p;
      b = q;
      c = r;
      d = s;
    }
    const first = i16x8.narrow_i32x4_u(v128.and(a, mask), v128.and(b, mask)), second = i16x8.narrow_i32x4_u(v128.and(c, mask), v128.and(d, mask));
    if (bits == 16) {
      v128.store(target, first);
      v128.store(target, second, 16);
      target += 32;
      continue;
    }
    const codes = i8x16.narrow_i16x8_u(first, second);
    if (bits == 8) {
      v128.store(target, codes);
      target += 16;
    } else {
      const pairs = v128.or(codes, i16x8.shr_u(codes, 4));              // the lower byte of each 16 bits: its own four and the next's
      v128.store64_lane(target, i8x16.narrow_i16x8_u(v128.and(pairs, i16x8.splat(255)), pairs), 0);
      target += 8;
    }
  } while (at < end);
  return cut;
}

/** A number of the static data in four lanes. V8 makes a constant of three instructions each time that it is used; this is one, and kept. */
@inline export function everywhere(number: usize): v128 { return v128.load32_splat(number); }

/** The sum of four lanes. */
@inline export function sumOf(lanes: v128): u32 {
  return <u32>(i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3));
}
