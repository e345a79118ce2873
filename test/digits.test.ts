//! digits.test: the drawn digits, the quantised network and its reference pass are what is committed.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawDigit } from '../examples/digits/draw.ts';
import { heldOutFonts, trainingFonts } from '../examples/digits/fonts.ts';
import { heldOutCount, heldOutImage, heldOutSeed, trainingImage } from '../examples/digits/images.ts';
import { layerMacs, readNetwork, writeNetwork } from '../examples/digits/network.ts';
import type { Network } from '../examples/digits/network.ts';
import { readPgm, writePgm } from '../examples/digits/pgm.ts';
import { classify, greatest, requantise } from '../examples/digits/reference.ts';

const folder = new URL('../examples/digits/', import.meta.url);
const text = readFileSync(new URL('network.json', folder), 'utf8');

function committedNetwork(): Network {
  const { network, diagnostics } = readNetwork(text);
  expect(diagnostics).toEqual([]);
  return network!;
}

function digest(image: (index: number) => { readonly pixels: Uint8Array }): string {
  const hash = createHash('sha256');
  for (let i = 0; i < 100; i++) hash.update(image(i).pixels);
  return hash.digest('hex');
}

test('the first hundred images of both series are the committed bytes', () => {
  expect(digest(heldOutImage)).toBe('fa32d301acd48ede3133f7a1fda0afd66d6dabb14b0babc50cedb196ec821365');
  expect(digest(trainingImage)).toBe('9a9c8cb15de17106bdaaa32abeea3a5b418026163c15f29e21aa66e35ab07498');
});

test('an image is a function of fonts, seed and index alone, and digits take turns', () => {
  const late = drawDigit(heldOutFonts, heldOutSeed, 37);
  heldOutImage(3);
  expect(drawDigit(heldOutFonts, heldOutSeed, 37)).toEqual(late);
  expect(late.digit).toBe(7);
  expect(drawDigit(heldOutFonts, heldOutSeed + 1, 37).pixels).not.toEqual(late.pixels);
});

test('no held-out font or path is one of the training fonts', () => {
  expect(trainingFonts.length).toBeGreaterThanOrEqual(10);
  expect(heldOutFonts.length).toBeGreaterThanOrEqual(3);
  for (const font of [...trainingFonts, ...heldOutFonts]) expect(font.digits.length, font.name).toBe(10);
  const names = new Set(trainingFonts.map(font => font.name));
  expect(heldOutFonts.filter(font => names.has(font.name))).toEqual([]);
  const paths = new Set(trainingFonts.flatMap(font => font.digits));
  expect(heldOutFonts.flatMap(font => font.digits).filter(path => paths.has(path))).toEqual([]);
});

test('the committed network has every kind of layer, at least half a million MACs an image, and is small', () => {
  const network = committedNetwork();
  expect(new Set(network.layers.map(layer => layer.kind))).toEqual(new Set(['conv', 'depthwise', 'maxpool', 'add', 'average', 'dense']));
  expect(network.layers.some(layer => layer.kind === 'conv' && layer.kernel === 3 && layer.stride === 2)).toBe(true);
  expect(network.layers.some(layer => layer.kind === 'conv' && layer.kernel === 1)).toBe(true);
  expect(network.layers.reduce((sum, layer) => sum + layerMacs(layer), 0)).toBe(709_376);
  expect(text.length).toBeLessThan(60_000);
  expect(writeNetwork(network)).toBe(text);
});

test('the integer network is as right on the held-out images as network.json says, 95 % at least and within a point of float', () => {
  const network = committedNetwork();
  expect(network.heldOut).toEqual({ seed: heldOutSeed, count: heldOutCount });
  let right = 0;
  for (let i = 0; i < heldOutCount; i++) {
    const { pixels, digit } = heldOutImage(i);
    if (classify(network, pixels).digit === digit) right += 1;
  }
  expect(right).toBe(network.accuracy.integerRight);
  expect(right).toBeGreaterThanOrEqual(0.95 * heldOutCount);
  expect(Math.abs(right - network.accuracy.floatRight)).toBeLessThanOrEqual(0.01 * heldOutCount);
}, 60_000);

test('the logits of the first held-out images are the committed ones', () => {
  const network = committedNetwork();
  const hash = createHash('sha256');
  for (let i = 0; i < 20; i++) hash.update(classify(network, heldOutImage(i).pixels).logits);
  expect(hash.digest('hex')).toBe('6403dd01485b1dcb17fe3ea14f1d9816ca6353629e480754bcfd5179c23b635e');
});

test('requantise is the BigInt formula for any int32 accumulator, multiplier and shift up to 14', () => {
  const accumulator = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(fc.property(accumulator, fc.integer({ min: 2 ** 30, max: 2 ** 31 - 1 }), fc.integer({ min: -100, max: 14 }), (a, m, s) => {
    expect(BigInt(requantise(a, m, s))).toBe((BigInt(a) * BigInt(m) + (1n << BigInt(30 - s))) >> BigInt(31 - s));
  }), { numRuns: 2000 });
  expect(requantise(1, 2 ** 30, 0)).toBe(1);
  expect(requantise(-1, 2 ** 30, 0)).toBe(0);
  expect(requantise(-3, 2 ** 30, 0)).toBe(-1);
});

test('of equal logits the first one wins', () => {
  expect(greatest(Int8Array.from([-5, 7, 3, 7]))).toBe(1);
});

test('a network with a broken field is refused with the layer and the reason', () => {
  const broken = (change: (layer: Record<string, unknown>) => void): string => {
    const json = JSON.parse(text) as { layers: Record<string, unknown>[] };
    change(json.layers[1]!);
    return readNetwork(JSON.stringify(json)).diagnostics.join('\n');
  };
  expect(broken(layer => (layer['input'] = 'stm')))
    .toContain('layer spread: reads stm, which no earlier layer writes; known are image, stem');
  expect(broken(layer => (layer['inputZeroPoint'] = 5))).toContain('layer spread: takes stem as [14,14,16] with zero point 5');
  expect(broken(layer => (layer['weights'] = '00ff'))).toContain('layer spread: has 2 weights; it must have 144');
  expect(broken(layer => (layer['weights'] = '0g'))).toContain('layers.1.weights: must be pairs of hexadecimal digits');
  expect(broken(layer => (layer['shift'] = [40]))).toContain('layers.1.shift.0');
  expect(broken(layer => (layer['clamp'] = [4, 3]))).toContain('layer spread: clamp [4,3] is empty');
  expect(broken(layer => (layer['bias'] = Array<number>(16).fill(2 ** 31 - 1)))).toContain('an accumulator could leave int32');
  expect(readNetwork('{').diagnostics.join()).toContain('not JSON');
  expect(readNetwork('{}').diagnostics.join()).toContain('layers');
});

test('a PGM file that was written reads back, as bytes, as text, and with 16-bit samples', () => {
  const { pixels } = heldOutImage(4);
  expect(readPgm(writePgm(pixels))).toEqual({ pixels, diagnostics: [] });
  const words = Array.from(pixels).join(' ');
  expect(readPgm(ascii(`P2 # plain\n# a comment\n28 28#x\n255\n# body\n${words}`)).pixels).toEqual(pixels);
  const wide = Array.from(pixels).flatMap(pixel => [pixel, pixel]);
  expect(readPgm(Uint8Array.from([...ascii('P5 28 28 65535\n'), ...wide])).pixels).toEqual(pixels);
  expect(readPgm(Uint8Array.from([...ascii('P5\r\n28 28\r\n255\r\n'), ...pixels])).pixels).toEqual(pixels);
  expect(readPgm(Uint8Array.from([...ascii('P5\n28 28\n255\n10'), ...pixels, 1])).pixels?.[0]).toBe(0x31);
  expect(readPgm(ascii(`P2 28 28 3 ${'0 1 2 3 '.repeat(196)}`)).pixels?.slice(0, 4)).toEqual(Uint8Array.from([0, 85, 170, 255]));
});

test('a file that is no 28 x 28 PGM gives one clear message', () => {
  const message = (file: string): string => readPgm(ascii(file)).diagnostics.join('\n');
  expect(message('')).toBe('the file is empty; a PGM file of 28 x 28 pixels is needed');
  expect(message('\u0089PNG\r\n')).toContain('not a PGM; P2 (text) or P5 (bytes) is allowed');
  expect(message('P5\n32 28\n255\n')).toContain('the image is 32 x 28 pixels; the network takes 28 x 28');
  expect(message('P5\n28 28\n70000\n')).toBe('maxval is 70000; 1 to 65535 is allowed');
  expect(message('P5\n28 x\n')).toBe('byte 6: found "x" where the height should be, a decimal number');
  expect(message('P5\n28')).toBe('byte 5: the file ends where the height should be, a decimal number');
  expect(message('P5 28 28 255\nabc')).toBe('the file is cut short: 3 bytes of pixels, 784 are needed');
  expect(message(`P2 28 28 255 ${'1 '.repeat(783)}`)).toBe('the file is cut short: 783 pixels, 784 are needed');
  expect(message(`P2 28 28 255 ${'1 '.repeat(28)}256 ${'1 '.repeat(755)}`))
    .toBe('pixel at row 1, column 0 is 256; the file\'s maxval allows 0 to 255');
  expect(message('P2 28 28 255 7 -1')).toBe('byte 15: "-1" is not a pixel; a decimal number is needed');
});

test('the sample files are held-out images, and the network reads them right', () => {
  const network = committedNetwork();
  const samples = readdirSync(new URL('samples/', folder)).filter(name => name.endsWith('.pgm'));
  expect(samples.length).toBe(3);
  for (const name of samples) {
    const { pixels } = readPgm(readFileSync(new URL(`samples/${name}`, folder)));
    expect(`${classify(network, pixels!).digit}`, name).toBe(name[0]);
  }
});

test('only the scripts that write files import node:*', () => {
  const importing = readdirSync(folder).filter(name => /\.ts$/.test(name)
    && /from 'node:/.test(readFileSync(new URL(name, folder), 'utf8')));
  expect(importing.filter(name => ['draw.ts', 'fonts.ts', 'images.ts', 'network.ts', 'pgm.ts', 'reference.ts'].includes(name))).toEqual([]);
});

function ascii(file: string): Uint8Array {
  return Uint8Array.from(file, letter => letter.charCodeAt(0));
}
