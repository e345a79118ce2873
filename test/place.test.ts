//! place.test: what two runs leave differently is named as a program names it, with what each of them has there.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, spaceNames } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { finalDifference, type Observed, observe } from '../model/verify/compare.ts';
import { random } from '../model/verify/random.ts';
import { runs } from './runs.ts';

const of = profile('systole-16'), device = engine(of);
const ends = (code: string, memory: readonly { readonly space: number; readonly address: number; readonly bytes: Uint8Array }[] = []): Observed => {
  const { program } = assembled(`${code}\nhalt 0`);
  return observe(device, { ...program, memory: [...memory, ...program.memory] });
};
const told = (a: Observed, b: Observed): string | undefined => finalDifference(a, b)?.text;

test('registers, predicates, descriptors, modes and semaphores', () => {
  for (const [one, other, says] of [
    ['s5 = 1', 's5 = 17', 's5 holds 0x1 against 0x11'], ['p2 = s0 == s0', 'p2 = s0 != s0', 'p2 of the predicates holds 0x5 against 0x1'], ['post m9, 2', 'post m9, 3', 'm9 holds 2 tokens against 3'],
    ['t7 = spm s8 [4] at 0x40', 't7 = spm s8 [4] at 0x80', 'word 1 of t7 holds 0x40 against 0x80'], ['n2 = { key: 2024 }', 'n2 = { key: 2025 }', 'word 6 of n2 holds'], ['s1 = 1\ncsr 0x64 = s1', 's1 = 1\ncsr 0x64 = s0', 'word 1 of scratch holds 0x1 against 0x0'],
  ] as const) expect(told(ends(one), ends(other))?.slice(0, says.length)).toBe(says);
});

test('bytes of every memory, known and not', () => {
  const next = random(5);
  for (let i = 0; i < runs(60); i++) {
    const space = [SPACE_DRAM, SPACE_SPM, SPACE_ACC][i % 3]!, address = 0x1000 + (next() % 0x2000), page = { space, address: 0x1000, bytes: new Uint8Array(0x3000) };
    const at = `${spaceNames[space]}:0x${address.toString(16)} holds`, one = ends('nop', [page]), value = 1 + (next() % 255), two = value.toString(16).padStart(2, '0');
    const zeros = Array.from({ length: Math.min(8, 0x1000 - (address % 0x1000)) }, () => '00'), says = `${at} ${zeros.join(' ')} against ${[two, ...zeros.slice(1)].join(' ')}`;
    expect(told(one, ends('nop', [page, { space, address, bytes: Uint8Array.of(value) }]))).toBe(says);
    const below = { space, address: 0x1000, bytes: new Uint8Array(address - 0x1000) }, unknown = told(ends('nop', [below]), ends('nop', [below, { space, address, bytes: Uint8Array.of(of.unknownByte) }]));
    expect(unknown, at).toMatch(address % 0x1000 === 0 ? /^the page from \w+:0x[\da-f]+ on is touched in one of them$/ : new RegExp(`^${at} \\?\\?.* against ${of.unknownByte.toString(16)}`));
  }
});
