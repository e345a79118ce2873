//! float-programs.test: the worked programs (d) to (g) of the machine manual against the numerics in the declared order, on every device.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { special } from '../model/numerics/arithmetic.ts';
import type { Between, Exact } from '../model/numerics/exact.ts';
import { add, compare, divide, multiply, plusZero, subtract, unpack } from '../model/numerics/exact.ts';
import { type Format, formatByName, quietNan } from '../model/numerics/format.ts';
import { round } from '../model/numerics/round.ts';
import { specification } from '../model/specification.ts';
import { difference, finalDifference, observe } from '../model/verify/compare.ts';
import { mixed } from '../model/verify/random.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { runs } from './runs.ts';

const standard = profile('systole-16'), fp32 = formatByName('fp32'), bf16 = formatByName('bf16'), LANES = 16;
const first: Device = engine(standard);
/** The specification takes a second for thirty instructions of the attention head. */
const others: readonly (readonly [device: Device, steps: number])[] = [[engine(standard, { build: 'scalar' }), Infinity], [specification(standard), runs(75)]];
const how = (format: Format) => ({ round: 'rne', isat: false, fsat: false, ftz: 0, daz: 0, minmax: 0, nan: quietNan(format) }) as const;

// ---- the roundings that the programs declare, one by one
const to = (format: Format, value: Exact | Between): Exact => unpack(format, round(format, value, how(format)).bits);
const r32 = (value: Exact | Between): Exact => to(fp32, value);
const plus = (a: Exact, b: Exact): Exact => r32(add(a, b, 'rne'));
const minus = (a: Exact, b: Exact): Exact => r32(subtract(a, b, 'rne'));
const times = (a: Exact, b: Exact): Exact => r32(multiply(a, b));
const over = (a: Exact, b: Exact): Exact => r32(divide(a, b));
const fused = (a: Exact, b: Exact, c: Exact): Exact => add(multiply(a, b), c, 'rne');
const f = (name: 'exp' | 'rsqrt', x: Exact): Exact => unpack(fp32, special(name, { format: fp32, bits: round(fp32, x, how(fp32)).bits }, fp32, how(fp32)).bits);
const most = (values: readonly Exact[]): Exact => values.reduce((a, b) => (compare(b, a) === 1 ? b : a));
/** Neighbours level by level, an odd last one moving up. */
function inPairs(values: readonly Exact[]): Exact {
  if (values.length === 1) return values[0]!;
  return inPairs(Array.from({ length: Math.ceil(values.length / 2) }, (_, i) => (2 * i + 1 < values.length ? plus(values[2 * i]!, values[2 * i + 1]!) : values[2 * i]!)));
}
/** Partial sums of every sixteenth element, then pairs of them. */
const inLanes = (values: readonly Exact[]): Exact =>
  inPairs(Array.from({ length: Math.min(LANES, values.length) }, (_, lane) => values.filter((_, k) => k % LANES === lane).reduce(plus)));

// ---- words in memory
const elements = (device: Device, format: Format, address: number, count: number): Exact[] => {
  const bytes = device.read(SPACE_DRAM, address, (count * format.width) / 8), view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: count }, (_, i) => unpack(format, BigInt(format.width === 16 ? view.getUint16(2 * i, true) : view.getUint32(4 * i, true))));
};
const codes = (format: Format, values: readonly (Exact | Between)[]): bigint[] => values.map((value) => round(format, value, how(format)).bits);
const rows = <T>(list: readonly T[], columns: number): T[][] => Array.from({ length: list.length / columns }, (_, r) => list.slice(r * columns, (r + 1) * columns));

/** On every device, the specification only so far, and, on the engine, in random schedules at depths 1, 3 and 16: the same end, no token left, and the words expected. */
function gives(name: string, format: Format, address: number, count: number, expected: (device: Device) => readonly bigint[]): void {
  const { program } = assembled(readFileSync(join(import.meta.dirname, '..', 'examples', name), 'utf8'), { file: name });
  const serial = observe(first, program);
  expect(serial.status).toBe('halted');
  const words = expected(first);
  const judged = (device: Device): void => {
    expect(codes(format, elements(device, format, address, count)), device.name).toEqual(words);
    expect(Array.from({ length: 64 }, (_, m) => device.csrRead(0x400 + 4 * m)).every((tokens) => tokens === 0)).toBe(true);
  };
  judged(first);
  for (const [device, steps] of others) {
    const budget = Math.min(steps, serial.steps);
    expect(difference(observe(first, program, { budget }), observe(device, program, { budget }))).toBeUndefined();
    if (steps >= serial.steps) judged(device);
  }
  for (const queueDepth of [1, 3, 16]) for (let seed = 0; seed < 4; seed++) {
    expect(finalDifference(serial, observe(first, program, { schedule: randomSchedule(mixed(seed, queueDepth), 65536), queueDepth }))).toBeUndefined();
    judged(first);
  }
}

test('(d) softmax over rows', () => {
  gives('softmax.s', bf16, 0x20_0000, 320, (device) => rows(elements(device, bf16, 0x10_0000, 320), 40).flatMap((x) => {
    const greatest = most(x), e = x.map((value) => f('exp', minus(value, greatest))), sum = inLanes(e);
    return codes(bf16, e.map((value) => divide(value, sum)));
  }));
});

test('(e) layer norm', () => {
  gives('layer-norm.s', bf16, 0x20_0000, 240, (device) => {
    const g = elements(device, fp32, 0x11_0000, 40), b = elements(device, fp32, 0x11_1000, 40), [n, epsilon] = [0x4220_0000n, 0x3727_c5acn].map((bits) => unpack(fp32, bits));
    return rows(elements(device, bf16, 0x10_0000, 240), 40).flatMap((x) => {
      const mean = over(inLanes(x), n!), d = x.map((value) => minus(value, mean));
      const scale = f('rsqrt', plus(over(inLanes(d.map((value) => times(value, value))), n!), epsilon!));
      return codes(bf16, d.map((value, i) => fused(times(value, scale), g[i]!, b[i]!)));
    });
  });
});

test('(f) an attention head with online softmax', () => {
  gives('attention.s', bf16, 0x30_0000, 4096, (device) => {
    const eighth = unpack(fp32, 0x3e00_0000n), q = rows(elements(device, bf16, 0x8_0000, 4096), 64);
    const k = rows(elements(device, bf16, 0x10_0000, 48 * 64), 64), v = rows(elements(device, bf16, 0x20_0000, 48 * 64), 64);
    return q.flatMap((query) => {
      let greatest = unpack(fp32, 0xff80_0000n), l: Exact = plusZero, o: Exact[] = query.map(() => plusZero);
      for (let tile = 0; tile < 48; tile += 16) {
        const keys = k.slice(tile, tile + 16), values = v.slice(tile, tile + 16);
        const scores = keys.map((key) => times(key.reduce<Exact>((sum, one, i) => r32(fused(query[i]!, one, sum)), plusZero), eighth));
        const next = most([greatest, most(scores)]), e = scores.map((score) => f('exp', minus(score, next))), alpha = f('exp', minus(greatest, next));
        const p = e.map((one) => to(bf16, one));
        l = r32(fused(l, alpha, inLanes(e)));
        o = o.map((sum, c) => p.reduce<Exact>((acc, one, j) => r32(fused(one, values[j]![c]!, acc)), times(sum, alpha)));
        greatest = next;
      }
      return codes(bf16, o.map((sum) => divide(sum, l)));
    });
  });
});

test('(g) an embedding bag', () => {
  gives('embedding-bag.s', fp32, 0x20_0000, 64, (device) => {
    const bytes = device.read(SPACE_DRAM, 0x10_0000, 80), indices = Array.from(new Int32Array(bytes.slice().buffer)), table = rows(elements(device, bf16, 0x11_0000, 24 * 16), 16);
    expect(indices.some((index) => index < 0)).toBe(true);
    const zeros = Array.from({ length: 16 }, () => plusZero), picked = indices.map((index) => table[index] ?? zeros);
    return rows(picked, 5).flatMap((bag) => codes(fp32, zeros.map((_, column) => inLanes(bag.map((row) => row[column]!)))));
  });
});
