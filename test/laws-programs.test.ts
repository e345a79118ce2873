//! laws-programs: the worked programs of the manual give right values in the serial run and in random schedules at several depths.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program, Segment } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { finalDifference, observe } from '../model/verify/compare.ts';
import { mixed, random } from '../model/verify/random.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { profiles } from './laws-harness.ts';
import { bandedConvolution, depthwiseTile, doubleBufferedGemm } from './worked-programs.ts';

const machine = profiles['systole-16']!;

/** s8 numbers with the extremes in a third of all places. */
function bytesOf(count: number, seed: number): Int8Array {
  const next = random(seed);
  return Int8Array.from({ length: count }, () => [-128, 127, 0, -1][next() % 12] ?? ((next() & 255) - 128));
}
const segment = (space: number, address: number, values: Int8Array | Int32Array): Segment =>
  ({ space, address, bytes: new Uint8Array(values.buffer.slice(0)) });
/** Rows {bias, multiplier, shift, 0} of n channels. */
const table = (n: number, seed: number): Int32Array => {
  const next = random(seed);
  return Int32Array.from({ length: 4 * n }, (_, i) => [(next() % 4001) - 2000, 0x4000_0000 + (next() >>> 3), -(next() % 4) - 6, 0][i % 4]!);
};
/** round half up of (acc + bias) x multiplier x 2^(shift - 31), then the zero point, then s8: written anew, in BigInt. */
function requantised(acc: number, row: ArrayLike<number>, zero: number): number {
  const shift = 31n - BigInt(row[2]!), product = (BigInt(acc) + BigInt(row[0]!)) * BigInt(row[1]!);
  const rounded = Number((product + (1n << (shift - 1n))) >> shift) + zero;
  return Math.max(-128, Math.min(127, rounded));
}

/** Serial, then random schedules at depths 1, 3 and 16: the same end, and what `values` reads is expected. */
function gives(program: Program, values: (device: Device) => Int8Array, expected: Int8Array): void {
  const device = engine(machine), serial = observe(device, program);
  expect(serial.status).toBe('halted');
  expect(Buffer.compare(Buffer.from(values(device).buffer), Buffer.from(expected.buffer))).toBe(0);
  const semaphores = Array.from({ length: 64 }, (_, m) => device.csrRead(0x400 + 4 * m));
  expect(semaphores.every((tokens) => tokens === 0)).toBe(true);
  for (const queueDepth of [1, 3, 16]) {
    for (let seed = 0; seed < 4; seed++) {
      const run = observe(device, program, { schedule: randomSchedule(mixed(seed, queueDepth), 65536), queueDepth });
      expect(finalDifference(serial, run)).toBeUndefined();
      expect(Buffer.compare(Buffer.from(values(device).buffer), Buffer.from(expected.buffer))).toBe(0);
    }
  }
}
const read = (space: number, address: number, count: number) => (device: Device): Int8Array => new Int8Array(device.read(space, address, count).slice().buffer);

test.each([[64, 16, 16], [70, 20, 40], [1, 1, 1], [130, 33, 17], [64, 48, 5]])('(a) a double-buffered int8 GEMM of %i x %i x %i, requantised', (m, n, k) => {
  const a = bytesOf(m * k, 1), b = bytesOf(k * n, 2), rows = table(n, 3), expected = new Int8Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[p * n + j]!;
      expected[i * n + j] = requantised(sum, rows.subarray(4 * j), -5);
    }
  }
  const { program } = assembled(doubleBufferedGemm);
  const memory = [segment(SPACE_DRAM, 0x100000, a), segment(SPACE_DRAM, 0x200000, b), segment(SPACE_DRAM, 0x400000, rows)];
  gives({ ...program, memory: [...program.memory, ...memory], arguments: [m, n, k] }, read(SPACE_DRAM, 0x300000, m * n), expected);
});

test('(b) a 3x3 convolution of stride 2 with padding, in bands, per channel', () => {
  const x = bytesOf(56 * 56 * 16, 4), w = bytesOf(9 * 16 * 32, 5), rows = table(32, 6), expected = new Int8Array(28 * 28 * 32), zero = -3;
  for (let oh = 0; oh < 28; oh++) for (let ow = 0; ow < 28; ow++) for (let o = 0; o < 32; o++) {
    let sum = 0;
    for (let tap = 0; tap < 9; tap++) {
      const h = 2 * oh + Math.floor(tap / 3) - 1, v = 2 * ow + (tap % 3) - 1, inside = h >= 0 && v >= 0 && h < 56 && v < 56;
      for (let c = 0; c < 16; c++) sum += (inside ? x[(h * 56 + v) * 16 + c]! : zero) * w[(tap * 16 + c) * 32 + o]!;
    }
    expected[(oh * 28 + ow) * 32 + o] = requantised(sum, rows.subarray(4 * o), 4);
  }
  const { program } = assembled(bandedConvolution);
  const memory = [segment(SPACE_DRAM, 0x100000, x), segment(SPACE_SPM, 0x8000, w), segment(SPACE_SPM, 0xc000, rows)];
  gives({ ...program, memory: [...program.memory, ...memory] }, read(SPACE_DRAM, 0x300000, 28 * 28 * 32), expected);
});

test('(c) a depthwise 3x3 on a padded tile, 16 channels at a time', () => {
  const x = bytesOf(14 * 14 * 64, 7), w = bytesOf(9 * 64, 8), rows = table(64, 9), expected = new Int8Array(12 * 12 * 64);
  // The text leaves N0 at its reset values: no scale, nearest even, wrapping to s8.
  for (let h = 0; h < 12; h++) for (let v = 0; v < 12; v++) for (let c = 0; c < 64; c++) {
    let sum = rows[4 * c]!;
    for (let tap = 0; tap < 9; tap++) sum += x[((h + Math.floor(tap / 3)) * 14 + v + (tap % 3)) * 64 + c]! * w[tap * 64 + c]!;
    expected[(h * 12 + v) * 64 + c] = sum;
  }
  const text = depthwiseTile.replace('loop 4', 'n0 = { round: rne }\nloop 4'), { program } = assembled(`${text}\nhalt 0`);
  const memory = [segment(SPACE_SPM, 0, x), segment(SPACE_SPM, 0x8000, w), segment(SPACE_SPM, 0xc000, rows)];
  gives({ ...program, memory: [...program.memory, ...memory] }, read(SPACE_SPM, 0x10000, 12 * 12 * 64), expected);
});
