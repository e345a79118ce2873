//! samples: writes three held-out digits as PGM files, to try `--input` with.

import { mkdirSync, writeFileSync } from 'node:fs';
import { heldOutImage } from './images.ts';
import { writePgm } from './pgm.ts';

const indices = [17, 32, 65];

const folder = new URL('./samples/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const index of indices) {
  const { pixels, digit, font } = heldOutImage(index);
  writeFileSync(new URL(`${digit}-${font}.pgm`, folder), writePgm(pixels));
  console.log(`examples/digits/samples/${digit}-${font}.pgm`);
}
