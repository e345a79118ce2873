//! table: channel tables of the epilogue as rows, and the row that divides by a count.
import type { View } from './view.ts';
import type { Writer } from './writer.ts';

/**
 * One row of a channel table. All values fit 32 bits, `shift` fits 8 (signed). For scale fp32-multiply and fp32-divide `multiplier` is
 * fp32 bits.
 */
export interface TableRow { readonly bias: number; readonly multiplier: number; readonly shift: number }

/** s32 [rows, 4]: bias, multiplier, shift, slope 0; little-endian. */
export function tableBytes(rows: readonly TableRow[]): Uint8Array {
  const bytes = new Uint8Array(rows.length * 16), words = new DataView(bytes.buffer);
  rows.forEach(({ bias, multiplier, shift }, index) => {
    words.setInt32(index * 16, bias, true);
    words.setUint32(index * 16 + 4, multiplier >>> 0, true);
    words.setInt32(index * 16 + 8, shift & 0xff, true);
  });
  return bytes;
}

/** A channel table in DRAM; one row is used for all `channels` by stride 0. */
export function tableOf(w: Writer, label: string, rows: readonly TableRow[], channels = rows.length): View {
  const table = w.dram(label, 's32', [rows.length, 4], tableBytes(rows));
  return rows.length === 1 ? { ...table, dims: [channels, 4], strides: [0, 1] } : table;
}

/**
 * Table row that makes `scale fixed, round rna` the division by `count` with halves away from zero.
 *
 * With 2^t >= 2^30 * count and m = ceil(2^t / count), m / 2^t exceeds 1 / count by d = (m * count - 2^t) / (count * 2^t) >= 0.
 * u / count + 1/2 is a multiple of 1 / (2 count), so its floor, and with it the rounding of |u| * m / 2^t, is right as long as
 * |u| * d < 1 / (2 count), that is 2 |u| (m count - 2^t) < 2^t. As m count - 2^t < count, |u| <= 2^15 count makes this true for every
 * count below 2^14 (s16), |u| <= 2^7 count for every count below 2^22 (s8).
 *
 * @param count number of values in the sum, 1 .. 2^14 - 1 for s16
 * @throws RangeError for a count outside 1 .. 2^22 - 1
 */
export function averageRow(count: number): TableRow {
  if (!Number.isInteger(count) || count < 1 || count >= 2 ** 22) throw new RangeError(`a window of ${count} values`);
  const places = 30 + (count === 1 ? 0 : 32 - Math.clz32(count - 1));
  const divisor = BigInt(count);
  return { bias: 0, multiplier: Number(((1n << BigInt(places)) + divisor - 1n) / divisor), shift: 31 - places };
}
