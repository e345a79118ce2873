//! functions-lanes: special functions of several numbers at once, by approximations, are those of one number after the other, bits and events.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_SPM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { random } from '../model/verify/random.ts';
import { runs } from './runs.ts';

const COUNT = 16_384, RESULTS = 0x10000, NUMERIC_CSR = 0x500;
const names = ['sqrt', 'rsqrt', 'recip', 'exp', 'exp2', 'tanh', 'sigmoid', 'erf', 'gelu', 'gelu_tanh', 'silu'];

/** Codes of any kind, of middle size, and with few bits, whose functions may be exact: one kind to a block of eight. */
function fp32Codes(dice: () => number): Uint8Array {
  const code = (i: number): number => {
    const word = dice(), middle = (word & 0x8000_0000) | ((112 + ((word >>> 8) % 24)) << 23);
    return [word, middle | (dice() & 0x7f_ffff), middle | (dice() & 0x7f_ffff), middle | (dice() & 0x70_0000)][(i >>> 3) % 4]!;
  };
  return new Uint8Array(Uint32Array.from({ length: COUNT }, (_, i) => code(i)).buffer);
}
const halfCodes = (first: number): Uint8Array => new Uint8Array(Uint16Array.from({ length: COUNT }, (_, i) => first + i).buffer);

function after(device: Device, name: string, format: string, bytes: Uint8Array): { readonly results: Buffer; readonly counters: readonly number[] } {
  const { image } = assembled(`a = spm ${format} [${COUNT}] at 0     d = spm ${format} [${COUNT}] at ${RESULTS}\nspecial.${name} d, a\nhalt 0`).program;
  device.load({ image, memory: [{ space: SPACE_SPM, address: 0, bytes }] });
  expect(device.execute().status).toBe('halted');
  return { results: Buffer.from(device.read(SPACE_SPM, RESULTS, bytes.length)), counters: Array.from({ length: 64 }, (_, i) => device.csrRead(NUMERIC_CSR + 4 * i)) };
}

test.each(names)('%s by lanes is that of one number after the other', (name) => {
  const [lanes, singly] = [engine(profile('systole-16')), engine(profile('systole-16'), { build: 'scalar' })], dice = random(17);
  const inputs = [...Array.from({ length: runs(24) }, () => ['fp32', fp32Codes(dice)] as const), ...['bf16', 'fp16'].flatMap((format) => [0, 1, 2, 3].map((part) => [format, halfCodes(part * COUNT)] as const))];
  for (const [format, bytes] of inputs) {
    const expected = after(singly, name, format, bytes), found = after(lanes, name, format, bytes), width = format === 'fp32' ? 4 : 2;
    const at = found.results.findIndex((byte, i) => byte !== expected.results[i]), first = width * Math.floor(at / width);
    const shown = (of: Uint8Array): string => Buffer.from(of.subarray(first, first + width)).reverse().toString('hex');
    expect(at === -1 ? '' : `${format} ${shown(bytes)}: ${shown(found.results)} for ${shown(expected.results)}`).toBe('');
    expect(found.counters).toEqual(expected.counters);
  }
});
