//! crc: cyclic redundancy checks, sixteen bytes at a time by tables: CRC-32 for the instruction, CRC-32C for digests of results.
import { operand, retirement } from './encoding';
import { width } from './extent';
import { CRC_TABLES } from './memory';
import { markOperand, operandKnown, spaceAt } from './pages';
import { WALK_BYTES, next, open, walk } from './walk';

/** Reflected polynomials. */
export const CRC32: u32 = 0xedb8_8320;
export const CRC32C: u32 = 0x82f6_3b78;

const WALK: usize = memory.data(WALK_BYTES, 8);
/** Of each polynomial sixteen tables of the 256 byte values: their remainders, and those with one to fifteen bytes of 0 behind them; then four with 60 to 63. */
const TABLE_BYTES: usize = 1024, SLICES: usize = 16, ZEROS: usize = 64, TABLES_BYTES: usize = (SLICES + 4) * TABLE_BYTES;

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

/** The sum of a record or another run of bytes in front of which that of `from` stands; CRC-32C without the last complement. */
export function crcBehind(from: u32, at: usize, bytes: usize): u32 { return crcBytes(tablesOf(CRC32C), from, at, bytes); }

/**
 * Slicing by 16 (after Kounavis and Berry 2008): of sixteen look-ups twelve wait for nothing, four for the sum so far. Most of a state is zeros, one
 * step for 64 of them (measured, bench/works/fuzz.ts).
 */
function crcBytes(tables: usize, from: u32, at: usize, bytes: usize): u32 {
  const end = at + bytes;
  let sum = from, byte = at;
  while (byte + SLICES <= end) {
    if ((load<u64>(byte) | load<u64>(byte, 8)) != 0) {
      sum = entries(tables, 8, load<u32>(byte, 4)) ^ entries(tables, 4, load<u32>(byte, 8)) ^ entries(tables, 0, load<u32>(byte, 12)) ^ entries(tables, 12, sum ^ load<u32>(byte));
      byte += SLICES;
    } else if (byte + ZEROS <= end && (load<u64>(byte, 16) | load<u64>(byte, 24) | load<u64>(byte, 32) | load<u64>(byte, 40) | load<u64>(byte, 48) | load<u64>(byte, 56)) == 0) {
      sum = entries(tables, SLICES, sum);
      byte += ZEROS;
    } else {
      sum = entries(tables, 12, sum);
      byte += SLICES;
    }
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
  for (let at = tables + 12 * TABLE_BYTES; at < tables + SLICES * TABLE_BYTES; at += 4) {
    let rest = load<u32>(at);
    for (let behind = SLICES; behind < ZEROS; behind += SLICES) rest = entries(tables, 12, rest);
    store<u32>(at, rest, 4 * TABLE_BYTES);
  }
  return tables;
}
