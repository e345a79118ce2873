//! crc: cyclic redundancy checks, bytewise by table: CRC-32 for the instruction, CRC-32C for digests of results.
import { operand, retirement } from './encoding';
import { width } from './extent';
import { markOperand, operandKnown, spaceAt } from './pages';
import { WALK_BYTES, next, open, walk } from './walk';

/** Reflected polynomials. */
export const CRC32: u32 = 0xedb8_8320;
export const CRC32C: u32 = 0x82f6_3b78;

const WALK: usize = memory.data(WALK_BYTES, 8);
// Remainders of the 256 byte values, filled when first asked for: entry 1 is never 0 then.
const TABLE32: usize = memory.data(1024, 8);
const TABLE32C: usize = memory.data(1024, 8);

/** D = CRC-32 of the bytes of A, row-major, low byte first. */
export function crcTensor(at: usize): void {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1);
  const sum = crcOperand(CRC32, a), known = operandKnown(a);
  store<u32>(spaceAt(operand.space(d)) + <usize>(operand.address(d) >> 3), sum);
  markOperand(d, known);
}

/** The check sum of an operand's elements in row-major order, low byte first; rows of 4-bit elements count whole bytes. */
export function crcOperand(polynomial: u32, at: usize): u32 {
  const table = tableOf(polynomial), base = spaceAt(operand.space(at)), bits = width(at);
  if (!open(WALK, 0, operand.rank(at), bits == 4, at, 0, 0, 0)) return 0;
  const count = walk.length(WALK), step = walk.step(WALK, 0);
  let sum: u32 = 0xffff_ffff;
  do {
    const from = base + <usize>(walk.address(WALK, 0) >> 3);
    if (bits == 4) sum = crcBytes(table, sum, from, (<usize>count + 1) >> 1);
    else if (step == <i64>bits) sum = crcBytes(table, sum, from, <usize>count * (bits >>> 3));
    else for (let i: i64 = 0; i < <i64>count; i++) sum = crcBytes(table, sum, from + <usize>(i * step >> 3), bits >>> 3);
  } while (next(WALK));
  return ~sum;
}

function crcBytes(table: usize, from: u32, at: usize, bytes: usize): u32 {
  let sum = from;
  for (let byte = at; byte < at + bytes; byte++) sum = (sum >>> 8) ^ load<u32>(table + <usize>(((sum ^ <u32>load<u8>(byte)) & 255) << 2));
  return sum;
}

function tableOf(polynomial: u32): usize {
  const table = polynomial == CRC32 ? TABLE32 : TABLE32C;
  if (load<u32>(table, 4)) return table;
  for (let value: u32 = 0; value < 256; value++) {
    let rest = value;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ ((rest & 1) * polynomial);
    store<u32>(table + <usize>(value << 2), rest);
  }
  return table;
}
