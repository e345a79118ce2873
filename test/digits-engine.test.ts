//! digits-engine.test: the digit network as an ISA program gives the golden of the plain reference on every device and array.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { heldOutImage } from '../examples/digits/images.ts';
import { readNetwork } from '../examples/digits/network.ts';
import { runDigits } from '../examples/digits/run.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { sha256 } from '../model/sha256.ts';
import { specification } from '../model/specification.ts';

const { network } = readNetwork(readFileSync(new URL('../examples/digits/network.json', import.meta.url), 'utf8'));
const golden = JSON.parse(readFileSync(new URL('../golden/digits.json', import.meta.url), 'utf8')) as { images: number; outputs_sha256: string; first: number[][] };

test('all held-out images on the engine: the outputs are the golden ones, bit for bit', { timeout: 60_000 }, () => {
  const images = Array.from({ length: golden.images }, (_, i) => heldOutImage(i).pixels);
  const run = runDigits(network!, engine(profile('systole-16')), images);
  expect(run.status).toBe('halted');
  expect(sha256(new Uint8Array(run.logits.buffer))).toBe(golden.outputs_sha256);
  expect(run.macs).toBe(709_376 * golden.images);
});

const few = Array.from({ length: 2 }, (_, i) => heldOutImage(i).pixels);
for (const [name, device] of [
  ['engine-scalar', () => engine(profile('systole-16'), { build: 'scalar' })], ['engine on 128 x 128', () => engine(profile('systole-128'))],
  ['specification', () => specification(profile('systole-16'))],
] as const) {
  test(`the first images on ${name}: the same bits`, { timeout: 60_000 }, () => {
    const run = runDigits(network!, device(), few);
    expect(run.status).toBe('halted');
    expect([...run.logits]).toEqual(golden.first.slice(0, few.length).flat());
  });
}

test('a profile without the network\'s types is refused with a reason, not run', () => {
  expect(() => runDigits(network!, engine(profile('gemmini-like')), few)).toThrow(/profile|feature|zero point/);
});
