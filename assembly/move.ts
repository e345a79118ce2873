//! move: runs of bytes and rows of elements, copied or filled without a look at what they mean.
import { readNibble, writeNibble } from './element';

/** Below this many bytes a loop beats the memory.copy instruction (measured: bench/works/dma.ts). */
const LONG: usize = 1024;
/** Runs that begin at the same place of their lines are what a processor copies best by itself; others it may copy at a fifteenth of that speed (measured: bench/works/dma.ts). */
const LINE: usize = 64;

/** Copies bytes; the two runs are disjoint or the same. */
export function copyBytes(to: usize, from: usize, bytes: usize): void {
  if (ASC_FEATURE_SIMD && bytes >= LONG && ((to ^ from) & (LINE - 1)) != 0) copyLong(to, from, bytes);
  else if (bytes >= LONG) memory.copy(to, from, bytes);
  else if (ASC_FEATURE_SIMD && bytes >= 16) copyBlocks(to, from, bytes);
  else copyShort(to, from, bytes);
}

/** Copies a multiple of 16 bytes; true where any was different. */
@inline export function renew(to: usize, from: usize, bytes: usize): bool {
  if (ASC_FEATURE_SIMD) {
    let differ = i64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const block = v128.load(from + i);
      differ = v128.or(differ, v128.xor(block, v128.load(to + i)));
      v128.store(to + i, block);
    }
    return v128.any_true(differ);
  }
  let differ: u64 = 0;
  for (let i: usize = 0; i < bytes; i += 8) {
    const word = load<u64>(from + i);
    differ |= word ^ load<u64>(to + i);
    store<u64>(to + i, word);
  }
  return differ != 0;
}

/** Are two runs of bytes alike? Their length is a multiple of 8. */
@inline export function alike(one: usize, other: usize, bytes: usize): bool {
  let differ: u64 = 0;
  for (let i: usize = 0; i < bytes; i += 8) differ |= load<u64>(one + i) ^ load<u64>(other + i);
  return differ == 0;
}

/** Copies rows of bytes, from one to the next a step. */
export function copyPlane(to: usize, toStep: usize, from: usize, fromStep: usize, rows: u32, bytes: usize): void {
  let target = to, source = from, row: u32 = 0;
  if (ASC_FEATURE_SIMD && bytes >= 16 && bytes < LONG) {
    if (bytes <= 32) {
      // A round of a loop costs more than a short row.
      for (; row + 4 <= rows; row += 4, target += toStep << 2, source += fromStep << 2) {
        copyEnds(target, source, bytes);
        copyEnds(target + toStep, source + fromStep, bytes);
        copyEnds(target + (toStep << 1), source + (fromStep << 1), bytes);
        copyEnds(target + toStep * 3, source + fromStep * 3, bytes);
      }
    }
    for (; row < rows; row++, target += toStep, source += fromStep) copyBlocks(target, source, bytes);
  } else {
    for (; row < rows; row++, target += toStep, source += fromStep) copyBytes(target, source, bytes);
  }
}

/** 16 to 32 bytes. */
@inline function copyEnds(to: usize, from: usize, bytes: usize): void {
  const last = v128.load(from + bytes - 16);
  v128.store(to, v128.load(from));
  v128.store(to + bytes - 16, last);
}

/** 16 bytes or more, without a loop up to 64: the last blocks go over bytes that those before them have copied. */
@inline function copyBlocks(to: usize, from: usize, bytes: usize): void {
  if (bytes <= 32) copyEnds(to, from, bytes);
  else if (bytes <= 64) {
    const a = v128.load(from + bytes - 32), b = v128.load(from + bytes - 16);
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to + bytes - 32, a);
    v128.store(to + bytes - 16, b);
  } else {
    const end = bytes - 64;
    for (let i: usize = 0; i < end; i += 64) copyFour(to + i, from + i);
    copyFour(to + end, from + end);
  }
}
/** 80 bytes or more; no store crosses a line. */
function copyLong(to: usize, from: usize, bytes: usize): void {
  const end = bytes - 64;
  v128.store(to, v128.load(from));
  for (let i: usize = 16 - (to & 15); i < end; i += 64) copyFour(to + i, from + i);
  copyFour(to + end, from + end);
}
@inline function copyFour(to: usize, from: usize): void {
  const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}

function copyShort(to: usize, from: usize, bytes: usize): void {
  const end = to + bytes;
  let target = to, source = from;
  for (; target + 8 <= end; target += 8, source += 8) store<u64>(target, load<u64>(source));
  if (target + 4 <= end) {
    store<u32>(target, load<u32>(source));
    target += 4;
    source += 4;
  }
  for (; target < end; target++, source++) store<u8>(target, load<u8>(source));
}

/**
 * Copies a row of elements between linear bit addresses, steps in bits. A 4-bit target has step 4; `whole` makes the last byte of an
 * odd row its own, upper half 0, otherwise a neighbour's half stays.
 */
export function copyRow(to: u64, toStep: i64, from: u64, fromStep: i64, count: u32, width: u32, whole: bool): void {
  if (width == 4) {
    copyHalves(to, from, fromStep, count, whole);
    return;
  }
  const target = <usize>(to >>> 3), source = <usize>(from >>> 3);
  if (toStep == <i64>width && fromStep == <i64>width) copyBytes(target, source, <usize>count * (width >>> 3));
  else if (width == 8) copyStrided<u8>(target, <usize>(toStep >>> 3), source, <usize>(fromStep >>> 3), count);
  else if (width == 16) copyStrided<u16>(target, <usize>(toStep >>> 3), source, <usize>(fromStep >>> 3), count);
  else if (width == 32) copyStrided<u32>(target, <usize>(toStep >>> 3), source, <usize>(fromStep >>> 3), count);
  else copyStrided<u64>(target, <usize>(toStep >>> 3), source, <usize>(fromStep >>> 3), count);
}

/** Writes one code to every element of a row; 4 bits and `whole` as in copyRow. */
export function fillRow(to: u64, step: i64, code: u64, count: u32, width: u32, whole: bool): void {
  const at = <usize>(to >>> 3), bytes = <usize>(step >> 3);
  if (width == 4) {
    for (let i: u64 = 0; i < <u64>count; i++) writeHalf(to + (i << 2), code, whole && i + 1 == <u64>count);
  } else if (width == 8 && step == 8) memory.fill(at, <u8>code, count);
  else if (code == 0 && step == <i64>width) memory.fill(at, 0, <usize>count * (width >>> 3));
  else if (width == 8) fillStrided<u8>(at, bytes, <u8>code, count);
  else if (width == 16) fillStrided<u16>(at, bytes, <u16>code, count);
  else if (width == 32) fillStrided<u32>(at, bytes, <u32>code, count);
  else fillStrided<u64>(at, bytes, code, count);
}

/** Writes an element of a row; the last one of an odd row of 4 bits takes its byte whole. */
@inline export function writeHalf(to: u64, code: u64, last: bool): void {
  if (last && (to & 4) == 0) store<u8>(<usize>(to >>> 3), <u8>code & 15);
  else writeNibble(to, code);
}

function copyStrided<T>(to: usize, toStep: usize, from: usize, fromStep: usize, count: u32): void {
  let target = to, source = from;
  for (let i: u32 = 0; i < count; i++) {
    store<T>(target, load<T>(source));
    target += toStep;
    source += fromStep;
  }
}

function fillStrided<T>(to: usize, step: usize, code: T, count: u32): void {
  let target = to;
  for (let i: u32 = 0; i < count; i++) {
    store<T>(target, code);
    target += step;
  }
}

function copyHalves(to: u64, from: u64, fromStep: i64, count: u32, whole: bool): void {
  let done: u32 = 0;
  if ((to & 7) == 0 && (from & 7) == 0 && fromStep == 4) {
    done = count & ~1;
    copyBytes(<usize>(to >>> 3), <usize>(from >>> 3), <usize>(done >>> 1));
  } else if ((to & 7) == 0) {
    for (; done + 2 <= count; done += 2) {
      const source = from + <u64>(<i64>done * fromStep);
      store<u8>(<usize>((to + (<u64>done << 2)) >>> 3), <u8>(readNibble(source) | (readNibble(source + <u64>fromStep) << 4)));
    }
  }
  for (; done < count; done++) {
    writeHalf(to + (<u64>done << 2), readNibble(from + <u64>(<i64>done * fromStep)), whole && done + 1 == count);
  }
}
