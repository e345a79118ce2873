//! examples.test: the example programs run to their end and leave what plain loops over the same data give.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';

/** Bytes of DRAM after the program. */
function leaves(name: string, address: number, count: number): number[] {
  const device = engine(profile('systole-16')), file = join(import.meta.dirname, '..', 'examples', name);
  device.load(assembled(readFileSync(file, 'utf8'), { file }).program);
  expect(device.execute().status, name).toBe('halted');
  return [...new Int8Array(device.read(SPACE_DRAM, address, count))];
}

const ramp = (count: number, step: number, start: number, modulus: number, less: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * step + start) % modulus) - less);
/** What iota leaves in 8 bits. */
const counted = (count: number, step: number, start: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * step + start + 128) % 256) - 128);
const limit = (value: number, low = -128, high = 127): number => Math.min(high, Math.max(low, value));
/** value * multiplier * 2^(shift - 31), half up, or half away from zero. */
function scaled(value: number, multiplier: number, shift: number, round: 'up' | 'away' = 'up'): number {
  const exact = BigInt(value) * BigInt(multiplier), places = BigInt(31 - shift), half = 1n << (places - 1n);
  return Number(round === 'away' && exact < 0n ? -((half - exact) >> places) : (exact + half) >> places);
}
/** Doubling high multiply, half up; then a right shift, half away from zero. */
function gemmlowp(value: number, multiplier: number, right: number): number {
  const high = (BigInt(value) * BigInt(multiplier) + (1n << 30n)) >> 31n, half = 1n << BigInt(right - 1);
  return Number(high < 0n ? -((half - high) >> BigInt(right)) : (high + half) >> BigInt(right));
}

test('hello adds', () => {
  expect(leaves('hello.s', 0x40, 32).filter((_, at) => at % 4 === 0)).toEqual([11, 22, 33, 44, 55, 66, 77, 88]);
});

test('gemm is the requantised product', () => {
  const [m, n, k] = [100, 40, 35], [a, b] = [ramp(m * k, 7, 3, 251, 125), ramp(k * n, 11, 5, 253, 126)];
  expect(leaves('gemm.s', 0x300000, m * n)).toEqual(Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = j * 100 - 2000;
    for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[p * n + j]!;
    return limit(scaled(sum, 1500000000 + j * 1000000, -8) - 5);
  }));
});

test('conv3x3 is the convolution with padding', () => {
  const x = counted(56 * 56 * 16, 13, 7), w = counted(9 * 16 * 32, 5, 1);
  expect(leaves('conv3x3.s', 0x300000, 28 * 28 * 32)).toEqual(Array.from({ length: 28 * 28 * 32 }, (_, at) => {
    const [oy, ox, n] = [Math.floor(at / 896), Math.floor(at / 32) % 28, at % 32];
    let sum = n * 300 - 5000;
    for (let tap = 0; tap < 9; tap++) {
      const [y, column] = [2 * oy + Math.floor(tap / 3) - 1, 2 * ox + (tap % 3) - 1];
      if (y < 0 || y >= 56 || column < 0 || column >= 56) continue;
      for (let c = 0; c < 16; c++) sum += (x[(y * 56 + column) * 16 + c]! + 3) * w[(tap * 16 + c) * 32 + n]!;
    }
    return limit(scaled(sum, 1100000000 + n * 30000000, -9) + 4);
  }));
});

test('depthwise convolves every channel with its own kernel', () => {
  const x = counted(12 * 12 * 64, 29, 11), w = ramp(9 * 64, 17, 2, 255, 127);
  expect(leaves('depthwise.s', 0x300000, 12 * 12 * 64)).toEqual(Array.from({ length: 12 * 12 * 64 }, (_, at) => {
    const [oy, ox, c] = [Math.floor(at / 768), Math.floor(at / 64) % 12, at % 64];
    let sum = c * 50 - 900;
    for (let tap = 0; tap < 9; tap++) {
      const [y, column] = [oy + Math.floor(tap / 3) - 1, ox + (tap % 3) - 1];
      if (y >= 0 && y < 12 && column >= 0 && column < 12) sum += (x[(y * 12 + column) * 64 + c]! - 2) * w[tap * 64 + c]!;
    }
    return limit(gemmlowp(sum, 1200000000 + c * 10000000, 8) - 1, -1);
  }));
});

test('fully-connected is the dense layer', () => {
  const x = ramp(160, 37, 9, 256, 128), w = ramp(400, 23, 4, 255, 127);
  expect(leaves('fully-connected.s', 0x3000, 40)).toEqual(Array.from({ length: 40 }, (_, at) => {
    const [row, n] = [Math.floor(at / 10), at % 10];
    let sum = n * 400 - 1500;
    for (let k = 0; k < 40; k++) sum += (x[row * 40 + k]! - 5) * w[n * 40 + k]!;
    return limit(scaled(sum, 1300000000 + n * 20000000, -9) - 10);
  }));
});

test('add-residual scales one tensor and adds the other', () => {
  const x = ramp(1024, 31, 6, 256, 128), r = ramp(1024, 19, 8, 256, 128);
  expect(leaves('add-residual.s', 0x3000, 1024)).toEqual(x.map((value, at) => limit(scaled(value - 7, 1610612736, 0) + r[at]! + 12 + 1,
    1)));
});

test('pooling takes maxima of windows and the mean of a channel', () => {
  const x = ramp(2048, 41, 13, 256, 128), pixel = (y: number, column: number, c: number): number => x[(y * 16 + column) * 8 + c]!;
  const most = Array.from({ length: 512 }, (_, at) => {
    const [y, column, c] = [2 * Math.floor(at / 64), 2 * (Math.floor(at / 8) % 8), at % 8];
    return Math.max(pixel(y, column, c), pixel(y, column + 1, c), pixel(y + 1, column, c), pixel(y + 1, column + 1, c));
  });
  expect(leaves('pooling.s', 0x3000, 512)).toEqual(most);
  const sums = Array.from({ length: 8 }, (_, c) => most.filter((_value, at) => at % 8 === c).reduce((sum, value) => sum + value, 0));
  expect(leaves('pooling.s', 0x4000, 8)).toEqual(sums.map((sum) => scaled(sum, 1 << 30, -5, 'away')));
});
