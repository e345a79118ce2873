//! stochastic.test: random words are Philox's, and a result depends on them by its element's index alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { add, divide, exactInteger, type Exact, type Finite, multiply, subtract, unpack } from '../model/numerics/exact.ts';
import { formatByName, formats, quietNan } from '../model/numerics/format.ts';
import { philox, randomWord } from '../model/numerics/philox.ts';
import { round, roundToWhole } from '../model/numerics/round.ts';
import { specification } from '../model/specification.ts';
import { randomSchedule } from '../model/verify/schedules.ts';

const standard = profile('systole-16'), devices = [specification(standard), engine(standard), engine(standard, { build: 'scalar' })];
const fp32 = formatByName('fp32');

test('Philox-4x32-10 gives the words of the published known answers (Random123, kat_vectors)', () => {
  const hex = (words: string): bigint[] => words.split(' ').map((word) => BigInt(`0x${word}`));
  for (const [counter, key, answer] of [
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const) expect(philox(hex(counter), hex(key))).toEqual(hex(answer));
});

test('random writes the words of the counter from any start, beyond 2^32 too, and fractions of 24 bits', () => {
  const starts = [0, 1, 3, 4, 1000, 0xffff_fffd];
  for (const device of devices) for (const start of starts) for (const op of ['bits', 'unit'] as const) {
    const dtype = op === 'bits' ? 'u32' : 'fp32';
    const bytes = run(device, `n1 = { key: 0xdeadbeef, stream: 12 }  s20 = ${start}\nfill o, 0\nfence dmi\nrandom.${op} o, s20 mode n1`, `o = spm ${dtype} [3,7] at 0`, `O = dram ${dtype} [3,7] at 0x200000`);
    const expected = Array.from({ length: 21 }, (_, e) => {
      const word = randomWord(0xdead_beef, 12, BigInt(start) + BigInt(e));
      return op === 'bits' ? word : round(fp32, exactInteger(word >> 8n, -24), { round: 'rz', isat: false, fsat: false, ftz: 0, nan: 0n }).bits;
    });
    expect(wordsOf(bytes), `${device.name} ${op} ${start}`).toEqual(expected);
  }
  // With key, stream and counter 0 these are the published words.
  expect(wordsOf(run(devices[1]!, 'n1 = { key: 0, stream: 0 }\nrandom.bits o, s0 mode n1', 'o = spm u32 [4] at 0', 'O = dram u32 [4] at 0x200000')))
    .toEqual([0x6627_e8d5n, 0xe169_c58dn, 0xbc57_ac4cn, 0x9b00_dbd8n]);
});

const signed = formats.filter((format) => format.kind === 'float' && format.signed);
const anyValue = fc.record({ negative: fc.boolean(), significand: fc.bigInt(0n, 1n << 60n), exponent: fc.integer({ min: -90, max: 10 }) })
  .map((value): Finite => ({ kind: 'finite', ...value }));
const word = fc.oneof(fc.bigInt(0n, 0xffff_ffffn), fc.constantFrom(0n, 0xffff_ffffn));

test('a stochastic result is a neighbour: away from zero if and only if the word is below the share of the way, floored at 32 bits', () => {
  fc.assert(fc.property(fc.constantFrom(...signed), anyValue, word, (format, x, random) => {
    const how = { isat: false, fsat: true, ftz: 0, nan: quietNan(format) } as const, magnitude = { ...x, negative: false };
    const low = unpack(format, round(format, magnitude, { ...how, round: 'rz' }).bits), high = unpack(format, round(format, magnitude, { ...how, round: 'ru' }).bits);
    const result = round(format, x, { ...how, round: { word: random } });
    if (!result.overflow && low.kind === 'finite' && high.kind === 'finite' && textOf(low) !== textOf(high)) {
      const share = divide(subtract(magnitude, low, 'rne'), subtract(high, low, 'rne')), chosen = random < floor32(share) ? high : low;
      expect(unpack(format, result.bits)).toEqual(unpack(format, round(format, { ...chosen, negative: x.negative } as Exact, { ...how, round: 'rne' }).bits));
    }
    // What fits stays, whatever the word.
    if (low.kind === 'finite') expect(round(format, low, { ...how, round: { word: random } }).bits).toBe(round(format, low, { ...how, round: 'rz' }).bits);
  }), { numRuns: 3000 });
});

test('an integer goes up in magnitude by the same rule', () => {
  fc.assert(fc.property(anyValue, word, (x, random) => {
    const whole = roundToWhole({ ...x, negative: false }, 'rz').value as Finite, rest = subtract({ ...x, negative: false }, whole, 'rne');
    const { value } = roundToWhole(x, { word: random }), up = random < floor32(rest);
    expect(value).toMatchObject({ negative: x.negative });
    expect(textOf({ ...(value as Finite), negative: false })).toBe(textOf(add(whole, exactInteger(up ? 1n : 0n), 'rne')));
  }), { numRuns: 2000 });
});

test('the mean of many stochastic roundings is the value', () => {
  const eighth = multiply(exactInteger(11n), exactInteger(1n, -3)), s8 = formatByName('s8');
  const sum = Array.from({ length: 4096 }, (_, e) => Number(round(s8, eighth, { round: { word: randomWord(5, 6, BigInt(e)) }, isat: true, fsat: false, ftz: 0, nan: 0n }).bits));
  expect(sum.every((value) => value === 1 || value === 2)).toBe(true);
  expect(Math.abs(sum.reduce((a, b) => a + b, 0) / 4096 - 1.375)).toBeLessThan(0.03);
});

const setup = 'x = spm fp32 [6,10] at 0  X = dram fp32 [6,10] at 0x100000  o = spm e4m3 [6,10] at 0x1000';
const target = 'O = dram e4m3 [6,10] at 0x200000';
const input = new Uint8Array(240);
for (let i = 0; i < 60; i++) new DataView(input.buffer).setUint32(4 * i, 0x3f80_0000 + 0x0012_3457 * i, true);

test('the same words come in any schedule, at any queue depth, under any stride of the destination, on every device', () => {
  const plain = `${setup}\nload x, X post m1\nn1 = { round: stochastic, key: 9, stream: 1 }\nconvert o, x wait m1 mode n1`;
  const expected = run(devices[0]!, plain, '', target, input);
  for (const device of devices) for (let seed = 0; seed < 4; seed++) {
    expect(run(device, plain, '', target, input, { schedule: randomSchedule(seed), queueDepth: [1, 3, 16, 4][seed]! })).toEqual(expected);
    // Columns last: another walk over the same indices.
    const turned = plain.replace('o = spm e4m3 [6,10] at 0x1000', 'o = spm e4m3 [6,10] at 0x1000 stride [1,6]');
    expect(run(device, turned, '', target, input)).toEqual(expected);
    // By the store, whose destination has the same indices.
    const stored = `${setup}\nload x, X post m1\nn1 = { round: stochastic, key: 9, stream: 1 }\nstore O, x wait m1 mode n1`;
    expect(run(device, stored, target, '', input)).toEqual(expected);
  }
  const other = run(devices[1]!, plain.replace('stream: 1', 'stream: 2'), '', target, input), elsewhere = run(devices[1]!, plain.replace('key: 9', 'key: 8'), '', target, input);
  expect(other).not.toEqual(expected);
  expect(elsewhere).not.toEqual(expected);
});

test('a padded load rounds its pads and elements by their own words', () => {
  const text = 'X = dram fp32 [4,8] at 0x100000 lo [1,1] hi [1,1] fill 0x3f812345  o = spm e4m3 [6,10] at 0x1000\nn1 = { round: stochastic, key: 9, stream: 1 }\nload o, X mode n1';
  const [first, ...rest] = devices.map((device) => run(device, text, '', target, input));
  for (const other of rest) expect(other).toEqual(first);
  expect(new Set(first!.slice(0, 10)).size).toBe(2);
});

/** Runs lines, then stores o to O where the target says so, and gives O. */
function run(device: Device, lines: string, before: string, target: string, data?: Uint8Array, options: Parameters<Device['execute']>[0] = {}): Uint8Array {
  const bytes = /u32|fp32/.test(target) ? 4 : 1, size = [.../\[([\d,]+)\]/.exec(target || before)![1]!.split(',')].reduce((product, dim) => product * Number(dim), bytes);
  const text = ['name x = t1  name o = t2  name X = t3  name O = t4', before, target, lines, ...(target ? ['fence dmi vpu', 'store O, o'] : []), 'fence dmo', 'halt 0'].join('\n');
  device.load({ image: assembled(text).program.image, memory: data ? [{ space: SPACE_DRAM, address: 0x10_0000, bytes: data }] : [] });
  expect(device.execute(options).status).toBe('halted');
  return device.read(SPACE_DRAM, 0x20_0000, size);
}
function wordsOf(bytes: Uint8Array): bigint[] {
  return Array.from({ length: bytes.length / 4 }, (_, i) => BigInt(new DataView(bytes.buffer, bytes.byteOffset).getUint32(4 * i, true)));
}
/** floor(2^32 x) of a value that is not negative. */
function floor32(x: ReturnType<typeof divide>): bigint {
  if (x.kind !== 'finite' && x.kind !== 'between') throw new Error('not a number');
  const up = x.exponent + 32;
  return up >= 0 ? x.significand << BigInt(up) : x.significand >> BigInt(-up);
}
const textOf = (x: Exact): string => {
  if (x.kind !== 'finite' || x.significand === 0n) return x.kind;
  let { significand, exponent } = x;
  while (significand % 2n === 0n) { significand /= 2n; exponent++; }
  return `${x.negative ? '-' : ''}${significand}p${exponent}`;
};
