//! programs.test: every builder's program leaves what plain integer loops give, whatever the shape, the profile, and the schedule.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import type { Profile } from '../model/machine/profile.ts';
import { profile } from '../model/machine/profile.ts';
import { requantise } from '../model/programs/elementwise.ts';
import { gemm } from '../model/programs/gemm.ts';
import { tableOf } from '../model/programs/table.ts';
import { tokenBook } from '../model/programs/tokens.ts';
import type { View } from '../model/programs/view.ts';
import { bytesOf } from '../model/programs/view.ts';
import type { Written } from '../model/programs/writer.ts';
import { writer } from '../model/programs/writer.ts';
import { specification } from '../model/specification.ts';
import { cmsisProgram } from '../model/vectors/cmsis-program.ts';
import type { CmsisLayer } from '../model/vectors/cmsis.ts';
import { replay } from '../model/vectors/replay.ts';
import { evaluateCmsis } from './cmsis-reference.ts';
import { aLayer, dataOf, generatorOf, layerKinds, little } from './layers.ts';

const standard = profile('systole-16');
/** So small that every layer is cut: 4x4 array, 24 accumulator rows, a scratchpad of 3 KiB. */
const tiny: Profile = {
  ...standard, name: 'tiny', spmBytes: 3072, accLanes: 4, accBytes: 24 * 4 * 4, vpuLanes: 4,
  triples: standard.triples.map((row) => ({ ...row, kMax: Math.min(row.kMax, 4), nMax: Math.min(row.nMax, 4) })),
};
/** The specification tries fewer shapes: it is the slower one. */
const devices: readonly (readonly [name: string, device: Device, numRuns: number])[] =
  [['systole-16', engine(standard), 25], ['tiny', engine(tiny), 25], ['tiny, by the specification', specification(tiny), 6]];

for (const kind of layerKinds) for (const [name, device, numRuns] of devices) {
  test(`${kind} on ${name}: the program leaves the words of the plain loops`, () => {
    fc.assert(fc.property(aLayer(kind), (layer) => { expect(differences(device, layer)).toBe(''); }), { numRuns });
  });
}

for (const [name, device, numRuns] of devices) {
  test(`gemm on ${name}: any M, N, K, with every remainder, is the requantised product`, () => {
    const size = fc.integer({ min: 1, max: name === 'systole-16' ? 37 : 11 });
    fc.assert(fc.property(size, size, size, fc.integer(), (m, n, k, seed) => {
      const { written, expected, at } = aGemm(device.profile, m, n, k, seed);
      expect(end(device, written, at, expected.length)).toEqual(expected);
    }), { numRuns });
  });
}

test('requantise adds a residual after scaling, and each takes its own zero point', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), fc.integer(), (rows, channels, seed) => {
    const { device } = { device: devices[1]![1] }, draw = generatorOf(seed), w = writer(device.profile);
    const x = dataOf(draw, rows * channels, 8), r = dataOf(draw, rows * channels, 8);
    const of = (label: string, values?: readonly number[]) => w.dram(label, 's8', [rows, channels], values && little(values, 8));
    const [input, residual, output] = [of('X', x), of('R', r), of('Y')];
    const scales = Array.from({ length: channels }, () => 2 ** 30 + draw(2 ** 30));
    const table = tableOf(w, 'TB', scales.map((multiplier) => ({ bias: 5, multiplier, shift: -1 })));
    requantise(w, { input, residual, output, table, mode: { scale: 'fixed', round: 'rhu', zpa: 3, zpb: -7, zpo: 2, clamp: [-100, 90] } });
    const expected = x.map((value, at) => {
      const scaled = Number(((BigInt(value - 3 + 5) * BigInt(scales[at % channels]!)) + (1n << 31n)) >> 32n);
      return Math.min(90, Math.max(-100, scaled + r[at]! + 7 + 2));
    });
    expect(end(device, w.finish('residual', 'a test'), bytesOf(output)[0], expected.length)).toEqual(little(expected, 8));
  }), { numRuns: 20 });
});

test('any schedule leaves the same words, at queue depths 1, 3 and 16', () => {
  const schedules = fc.nat().map(scheduleOf), [, device] = devices[1]!;
  fc.assert(fc.property(fc.constantFrom(...layerKinds).chain((kind) => aLayer(kind)), schedules, fc.constantFrom(1, 3, 16),
    (layer, schedule, queueDepth) => {
    const { program, results } = cmsisProgram(tiny, layer);
    device.load({ image: assembled(program.text).program.image, memory: program.memory });
    expect(device.execute({ schedule, queueDepth }).status).toBe('halted');
    expect(device.read(SPACE_DRAM, bytesOf(results[0]!.view)[0], results[0]!.expected.length)).toEqual(expectedOf(layer));
    expect(tokensLeft(device)).toBe(0);
  }), { numRuns: 60 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 11 }), fc.integer(), schedules, fc.constantFrom(1, 3, 16),
    (n, seed, schedule, queueDepth) => {
    const { written, expected, at } = aGemm(tiny, 9, n, 10, seed);
    device.load({ image: assembled(written.text).program.image, memory: written.memory });
    expect(device.execute({ schedule, queueDepth }).status).toBe('halted');
    expect(device.read(SPACE_DRAM, at, expected.length)).toEqual(expected);
    expect(tokensLeft(device)).toBe(0);
  }), { numRuns: 20 });
});

test('every two instructions of different units that touch a byte, one writing, are ordered; tokens match one to one', () => {
  const space = fc.constantFrom('spm', 'dram'), length = fc.integer({ min: 1, max: 9 });
  const region = fc.record({ space, low: fc.nat(30), length, writes: fc.boolean() });
  const instruction = fc.record({ unit: fc.integer({ min: 1, max: 4 }), regions: fc.array(region, { minLength: 1, maxLength: 3 }) });
  fc.assert(fc.property(fc.array(instruction, { maxLength: 40 }), (program) => {
    const book = tokenBook(), regionsOf = (at: number) => program[at]!.regions.map((r) => ({ ...r, high: r.low + r.length }));
    const entries = program.map(({ unit }, at) => book.follow(unit, regionsOf(at)));
    // before[i]: the instructions that happen before i, by unit order and by tokens, which are taken in the order in which they are posted.
    const queues = new Map<number, number[]>(), before: Set<number>[] = [];
    entries.forEach(({ posts }, at) => { for (const m of posts) queues.set(m, [...(queues.get(m) ?? []), at]); });
    entries.forEach(({ unit, waits }, at) => {
      const own = entries.findLastIndex((other, index) => index < at && other.unit === unit);
      const from = waits.map((m) => queues.get(m)!.shift()!);
      before.push(new Set([...from, ...(own < 0 ? [] : [own])].flatMap((one) => [one, ...before[one]!])));
    });
    expect([...queues.values()].every((left) => left.length === 0)).toBe(true);
    const meet = (i: number, j: number): boolean => regionsOf(i).some((a) => regionsOf(j).some((b) =>
      a.space === b.space && a.low < b.high && b.low < a.high && (a.writes || b.writes)));
    for (let j = 0; j < program.length; j++) for (let i = 0; i < j; i++) {
      if (meet(i, j)) expect(before[j]!.has(i), `${i} before ${j}`).toBe(true);
    }
  }), { numRuns: 300 });
});

test('more tensors than registers take turns', () => {
  const w = writer(standard), all = Array.from({ length: 80 }, (_, at) => w.dram(`d${at}_`, 's8', [1], Uint8Array.of(at)));
  const out = w.dram('out', 's8', [80]), o = w.spm('o', 's8', [1]);
  all.forEach((one, at) => { w.load(o, one); w.store({ ...out, dims: [1], bit: out.bit + 8 * at }, o); });
  expect([...end(devices[0]![1], w.finish('many', 'a test'), bytesOf(out)[0], 80)]).toEqual(Array.from({ length: 80 }, (_, at) => at));
});

test('a loop repeats what is written in it, moved along by registers, under any schedule', () => {
  const w = writer(tiny), x = w.dram('X', 's8', [12, 5], little(dataOf(generatorOf(3), 60, 8), 8)), y = w.dram('Y', 's8', [12, 5]);
  const stepped = (all: View): View => ({ ...all, dims: [5], strides: [1], register: 's16', reach: bytesOf(all) });
  w.line('s16 = 0');
  w.loop(12, [['s16', 5]], () => {
    const a = w.spm('a', 's8', [5]), b = w.spm('b', 's8', [5]);
    w.load(a, stepped(x));
    w.unary('not', b, a, {});
    w.store(stepped(y), b);
  });
  const written = w.finish('loop', 'a test'), [from, to] = bytesOf(y), device = devices[1]![1];
  for (const seed of [1, 2, 3]) {
    device.load({ image: assembled(written.text).program.image, memory: written.memory });
    expect(device.execute({ schedule: scheduleOf(seed) }).status).toBe('halted');
    expect(device.read(SPACE_DRAM, from, to - from)).toEqual(written.memory[0]!.bytes.map((byte) => ~byte & 255));
  }
});

test('without its tokens a program gives wrong words under some schedule', () => {
  const { written, expected, at } = aGemm(tiny, 9, 7, 10, 1), [, device] = devices[1]!;
  const lines = written.text.split('\n').filter((line) => !/^(\?\w+ )?(wait|post) /.test(line));
  const bare = lines.map((line) => line.replace(/\b(wait|post) m\d+ ?/g, '')).join('\n');
  const found = Array.from({ length: 8 }, (_, seed) => {
    device.load({ image: assembled(bare).program.image, memory: written.memory });
    device.execute({ schedule: scheduleOf(seed), queueDepth: 16 });
    return device.read(SPACE_DRAM, at, expected.length).join();
  });
  expect(found.some((words) => words !== expected.join())).toBe(true);
});

/** '' or what is wrong. */
function differences(device: Device, layer: CmsisLayer): string {
  const built = cmsisProgram(device.profile, layer);
  const wanted = { ...built, results: [{ ...built.results[0]!, expected: expectedOf(layer) }] };
  const outcome = replay(device, assembled(built.program.text).program.image, wanted);
  if (outcome.failure) return `${outcome.failure}\n${built.program.text}`;
  return outcome.differing[0]!.length === 0 ? '' : `bytes ${outcome.differing[0]!.slice(0, 8).join()} differ\n${built.program.text}`;
}

/** Choices in spells: units in turn, the sequencer far ahead, anything. */
function scheduleOf(seed: number): Uint8Array {
  const draw = generatorOf(seed), bytes: number[] = [];
  while (bytes.length < 2000) {
    const kind = draw(3);
    for (let left = 1 + draw(40); left > 0; left--) bytes.push(kind === 0 ? draw(256) : kind === 1 ? 251 + draw(5) : draw(2));
  }
  return Uint8Array.from(bytes);
}

const expectedOf = (layer: CmsisLayer): Uint8Array => little(evaluateCmsis(layer), Number(layer.expected.dtype.slice(1)));

function end(device: Device, written: Written, at: number, bytes: number): Uint8Array {
  device.load({ image: assembled(written.text).program.image, memory: written.memory });
  expect(device.execute().status, written.text).toBe('halted');
  return device.read(SPACE_DRAM, at, bytes);
}

const tokensLeft = (device: Device): number => Array.from({ length: 64 },
  (_, m) => device.csrRead(0x400 + 4 * m)).reduce((sum, count) => sum + count, 0);

function aGemm(on: Profile, m: number, n: number, k: number, seed: number): { written: Written; expected: Uint8Array; at: number } {
  const w = writer(on), draw = generatorOf(seed), [x, y] = [dataOf(draw, m * k, 8), dataOf(draw, k * n, 8)];
  const a = w.dram('a', 's8', [m, k], little(x, 8)), b = w.dram('b', 's8', [k, n], little(y, 8)), c = w.dram('c', 's8', [m, n]);
  const rows = Array.from({ length: n }, () => ({ bias: draw(2000) - 1000, multiplier: 2 ** 30 + draw(2 ** 30), shift: -draw(10) }));
  gemm(w, {
    a, b, c, table: tableOf(w, 'tb', rows), accumulator: 's32', zeros: [3, -2],
      mode: { scale: 'fixed', round: 'rhu', zpo: -5, clamp: [-128, 127] },
  });
  const values = Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n], row = rows[j]!;
    let sum = row.bias;
    for (let p = 0; p < k; p++) sum += (x[i * k + p]! - 3) * (y[p * n + j]! + 2);
    const scaled = Number((BigInt(sum) * BigInt(row.multiplier) + (1n << BigInt(30 - row.shift))) >> BigInt(31 - row.shift));
    return Math.min(127, Math.max(-128, scaled - 5));
  });
  return { written: w.finish('gemm', `${m} x ${n} x ${k}`), expected: little(values, 8), at: bytesOf(c)[0] };
}
