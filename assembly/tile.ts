//! tile: activations of any view laid out row by row in scratch memory, widened to what the kernels multiply.
import { format } from './encoding';
import { isFloat } from './element';
import { formatOf } from './rows';
import { WALK_BYTES, next, open, walk } from './walk';
import { floatRun, integerRun } from './widen';

const WALK: usize = memory.data(WALK_BYTES, 8);

/** How a row of activations is made: runs of `length` elements `step` bits apart, that begin `offsets` bits (i64) behind the row. */
export const RUNS_BYTES: i32 = 24;
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
  const row = runs.row(at), length = runs.length(at), step = runs.step(at), count = runs.count(at), bytes = <usize>((depth + 1) & ~1) << 1;
  let target = to, source = from;
  if (ASC_FEATURE_SIMD) {
    if (isByteRow(at)) {
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

/** Is a row one run of bytes? */
export function isByteRow(at: usize): bool {
  return runs.count(at) == 1 && format.bits(runs.row(at)) == 8 && runs.step(at) == 8;
}

/** Bytes of a cache line, and of rows that are worth asking for. */
const LINE: usize = 64;
const FAR: usize = 4096;
/** Reads a byte of each line of rows that will be widened: so many misses at once take little longer than one, and widening waits for each (measured: bench/works/gemm.ts). */
@inline function fetchRows(from: usize, step: isize, rows: u32, bytes: usize): void {
  if (ASC_FEATURE_SIMD && bytes >= LINE && <usize>rows * bytes >= FAR) fetchLines(from, step, rows, bytes);
}
@apart function fetchLines(from: usize, step: isize, rows: u32, bytes: usize): void {
  let row = from;
  for (let i: u32 = 0; i < rows; i++, row += <usize>step) for (let at = row; at < row + bytes; at += LINE) load<u8>(at);
}

/** Rows of bytes, a 0 behind an odd one. */
export function byteRows(to: usize, from: usize, step: isize, count: u32, bytes: u32, signed: bool): void {
  fetchRows(from, step, count, bytes);
  // Rows one behind the other are one.
  const joined = step == <isize>bytes && (bytes & 1) == 0, rows: u32 = joined ? 1 : count, length: u32 = joined ? count * bytes : bytes;
  spreadRows(to, <usize>(length + 1 & ~1) << 1, from, step, rows, length, signed);
}

/** Rows of bytes to rows of i16 `toStep` bytes apart, in ascending order: what is written behind one, as far as eight are full, the next one goes over. */
export function spreadRows(to: usize, toStep: usize, from: usize, step: isize, rows: u32, length: usize, signed: bool): void {
  if (signed) eachByteRow(to, toStep, from, step, rows, length, true);
  else eachByteRow(to, toStep, from, step, rows, length, false);
}

@inline function eachByteRow(to: usize, toStep: usize, from: usize, step: isize, rows: u32, length: usize, signed: bool): void {
  for (let i: u32 = 0, row = to, source = from; i < rows; i++, row += toStep, source += <usize>step) {
    const end = source + length;
    let at = source, target = row;
    for (; at + 16 <= end; at += 16, target += 32) {
      v128.store(target, eight(at, signed));
      v128.store(target, eight(at + 8, signed), 16);
    }
    for (; at < end; at += 8, target += 16) v128.store(target, eight(at, signed));
    if (length & 1) store<i16>(row + (length << 1), 0);
  }
}
/** Eight bytes as i16. */
@inline export function eight(at: usize, signed: bool): v128 { return signed ? v128.load_ext<i8>(at) : v128.load_ext<u8>(at); }

/** Rows of floats as fp32. */
export function widenFloats(at: usize, to: usize, from: u64, stride: i64, rows: u32): void {
  const row = runs.row(at), length = runs.length(at), step = runs.step(at), count = runs.count(at);
  let target = to, source = from;
  if (count == 1 && step == <i64>format.width(row)) fetchRows(<usize>(from >>> 3), <isize>(stride >> 3), rows, <usize>(<i64>length * step >> 3));
  for (let i: u32 = 0; i < rows; i++) {
    for (let run: u32 = 0; run < count; run++) {
      floatRun(target, source + <u64>runs.offset(at, run), step, length, row);
      target += <usize>length << 2;
    }
    source += <u64>stride;
  }
}

/** Lists every element of a's axes `from` to `to` (excluded) as a run of its own. */
export function listTaps(at: usize, a: usize, from: u32, to: u32, offsets: usize): void {
  open(WALK, from, to, false, a, 0, 0, 0);
  const start = walk.address(WALK, 0), step = walk.step(WALK, 0);
  let count: u32 = 0;
  do {
    for (let tap: u32 = 0; tap < walk.length(WALK); tap++) {
      store<i64>(offsets + (<usize>count << 3), walk.address(WALK, 0) - start + <i64>tap * step);
      count++;
    }
  } while (next(WALK));
  store<u32>(at, count);
  store<u32>(at, 1, 4);
  store<i64>(at, 0, 8);
  store<u32>(at, <u32>formatOf(a), 16);
  store<u32>(at, <u32>offsets, 20);
}

/** Elements of one row of channels for each tap, 16 columns wide: what lies beyond `channels` and, of integers, an odd tap is 0. */
export function widenTaps(at: usize, to: usize, from: u64, channelStep: i64, channels: u32): void {
  const row = runs.row(at), floats = isFloat(row), tapBytes: usize = floats ? 64 : 32;
  let target = to;
  for (let tap: u32 = 0; tap < runs.count(at); tap++) {
    const source = from + <u64>runs.offset(at, tap);
    if (channels < 16) memory.fill(target, 0, tapBytes);
    if (floats) floatRun(target, source, channelStep, channels, row);
    else integerRun(target, source, channelStep, channels, row);
    target += tapBytes;
  }
  if (!floats) memory.fill(target, 0, 32);
}
