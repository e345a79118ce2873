//! crc: cyclic redundancy checks: CRC-32 for the instruction and CRC-32C for digests of results by tables, and one CRC-32C over all records of a run.
import { operand, retirement } from './encoding';
import { width } from './extent';
import { CRC_TABLES } from './memory';
import { markOperand, operandKnown, spaceAt } from './pages';
import { WALK_BYTES, next, open, walk } from './walk';

/** Reflected polynomials. */
const CRC32: u32 = 0xedb8_8320;
export const CRC32C: u32 = 0x82f6_3b78;

const WALK: usize = memory.data(WALK_BYTES, 8);
/** Of each polynomial sixteen tables of the 256 byte values: their remainders, and those with one to fifteen bytes of 0 behind them. */
const TABLE_BYTES: usize = 1024, SLICES: usize = 16, TABLES_BYTES: usize = SLICES * TABLE_BYTES;

/** D = CRC-32 of the bytes of A, row-major, low byte first. */
export function crcTensor(at: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1);
  const sum = crcOperand(CRC32, a), known = operandKnown(a);
  store<u32>(spaceAt(operand.space(d)) + <usize>(operand.address(d) >>> 3), sum);
  markOperand(d, known);
}

/** The check sum of an operand's elements in row-major order, low byte first; rows of 4-bit elements count whole bytes. */
export function crcOperand(polynomial: u32, at: usize): u32 {
  const table = tablesOf(polynomial), base = spaceAt(operand.space(at)), bits = width(at);
  if (!open(WALK, 0, operand.rank(at), bits == 4, at, 0, 0, 0)) return 0;
  const count = walk.length(WALK), step = walk.step(WALK, 0);
  let sum: u32 = 0xffff_ffff;
  do {
    const from = base + <usize>(walk.address(WALK, 0) >>> 3);
    if (bits == 4) sum = crcBytes(table, sum, from, (<usize>count + 1) >> 1);
    else if (step == <i64>bits) sum = crcBytes(table, sum, from, <usize>count * (bits >>> 3));
    else for (let i: i64 = 0; i < <i64>count; i++) sum = crcBytes(table, sum, from + <usize>(i * step >> 3), bits >>> 3);
  } while (next(WALK));
  return ~sum;
}

// ---- one sum over many runs of bytes
/**
 * x^209 + x^144 + x^54 + x^39 + x^14 + 1 is a multiple of CRC-32C's polynomial, and so is its eighth power, with bytes in place of bits: a byte may be
 * added to those that stand so many behind it, and be forgotten. So bytes need no tables until the last 209 are left (measured, bench/works/fuzz.ts).
 */
const TAPS: usize = 209, HISTORY: usize = 224, STREAM_BYTES: usize = 0x2000;
const STREAM: usize = CRC_TABLES + 2 * TABLES_BYTES, END: usize = memory.data(448, 16), LEFT: usize = memory.data(224, 16), PLACE: usize = memory.data(4, 4);

/** Begins one: with the ones that stand in front of every sum, as the first four bytes of what is not forgotten yet. */
export function beginSum(): void {
  memory.fill(STREAM, 0, HISTORY);
  store<u32>(STREAM + (HISTORY - TAPS), u32.MAX_VALUE);
  store<u32>(PLACE, <u32>(STREAM + HISTORY));
}
/** A run of at most STREAM_BYTES - HISTORY bytes goes behind the others; up to 15 bytes behind it are read and written over by the next one. */
export function addToSum(at: usize, bytes: usize): void {
  let to = <usize>load<u32>(PLACE);
  if (to + bytes > STREAM + STREAM_BYTES) {
    memory.copy(STREAM, to - HISTORY, HISTORY);
    to = STREAM + HISTORY;
  }
  fold(to, at, to, bytes);
  store<u32>(PLACE, <u32>(to + bytes));
}
/** The sum of all with that run behind them, which is not added; without the last complement. */
export function sumWith(at: usize, bytes: usize): u32 {
  addToSum(at, bytes);
  const end = <usize>load<u32>(PLACE);
  memory.fill(END, 0, HISTORY);
  memory.copy(END + HISTORY, end - TAPS, TAPS);
  fold(LEFT, END + HISTORY, END + HISTORY, TAPS);
  store<u32>(PLACE, <u32>(end - bytes));
  return crcBytes(tablesOf(CRC32C), 0, LEFT, TAPS);
}
/** To each byte, 16 at a time, those that stand in front of it at the other address. */
function fold(to: usize, at: usize, behind: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const y = behind + i;
    if (ASC_FEATURE_SIMD) {
      const a = v128.xor(v128.load(at + i), v128.load(y - 65)), b = v128.xor(v128.load(y - 155), v128.load(y - 170)), c = v128.xor(v128.load(y - 195), v128.load(y - 209));
      v128.store(to + i, v128.xor(a, v128.xor(b, c)));
    } else {
      store<u64>(to + i, load<u64>(at + i) ^ load<u64>(y - 65) ^ load<u64>(y - 155) ^ load<u64>(y - 170) ^ load<u64>(y - 195) ^ load<u64>(y - 209));
      store<u64>(to + i, load<u64>(at + i, 8) ^ load<u64>(y - 57) ^ load<u64>(y - 147) ^ load<u64>(y - 162) ^ load<u64>(y - 187) ^ load<u64>(y - 201), 8);
    }
  }
}

/** Slicing by 16 (after Kounavis and Berry 2008): of sixteen look-ups twelve wait for nothing, four for the sum so far. */
function crcBytes(tables: usize, from: u32, at: usize, bytes: usize): u32 {
  const end = at + bytes;
  let sum = from, byte = at;
  for (; byte + SLICES <= end; byte += SLICES) {
    sum = entries(tables, 8, load<u32>(byte, 4)) ^ entries(tables, 4, load<u32>(byte, 8)) ^ entries(tables, 0, load<u32>(byte, 12)) ^ entries(tables, 12, sum ^ load<u32>(byte));
  }
  for (; byte + 8 <= end; byte += 8) sum = entries(tables, 0, load<u32>(byte, 4)) ^ entries(tables, 4, sum ^ load<u32>(byte));
  if (byte + 4 <= end) {
    sum = entries(tables, 0, sum ^ load<u32>(byte));
    byte += 4;
  }
  for (; byte < end; byte++) sum = (sum >>> 8) ^ entry(tables, 0, sum ^ <u32>load<u8>(byte));
  return sum;
}
/** What is left of four bytes with so many behind them. */
@inline function entries(tables: usize, behind: usize, word: u32): u32 {
  return entry(tables, behind + 3, word) ^ entry(tables, behind + 2, word >>> 8) ^ entry(tables, behind + 1, word >>> 16) ^ entry(tables, behind, word >>> 24);
}
@inline function entry(tables: usize, behind: usize, byte: u32): u32 { return load<u32>(tables + behind * TABLE_BYTES + <usize>((byte & 255) << 2)); }

/** Filled when first asked for: entry 1 is never 0 then. */
function tablesOf(polynomial: u32): usize {
  const tables = polynomial == CRC32 ? CRC_TABLES : CRC_TABLES + TABLES_BYTES;
  if (load<u32>(tables, 4)) return tables;
  for (let value: u32 = 0; value < 256; value++) {
    let rest = value;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ ((rest & 1) * polynomial);
    store<u32>(tables + <usize>(value << 2), rest);
  }
  for (let at = tables; at < tables + (SLICES - 1) * TABLE_BYTES; at += 4) {
    const rest = load<u32>(at);
    store<u32>(at, (rest >>> 8) ^ entry(tables, 0, rest), TABLE_BYTES);
  }
  return tables;
}
