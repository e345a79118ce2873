//! images: the two series of drawn digits, one to train on, one held out, each from a fixed seed.

import { drawDigit } from './draw.ts';
import type { DigitImage } from './draw.ts';
import { heldOutFonts, trainingFonts } from './fonts.ts';

/** The seed of the held-out images and how many of them the accuracy is measured on. */
export const heldOutSeed = 20260;
export const heldOutCount = 1000;

const trainingSeed = 1;

/** Held-out image number `index`: drawn with fonts that training never sees. The digit is index mod 10. */
export function heldOutImage(index: number): DigitImage {
  return drawDigit(heldOutFonts, heldOutSeed, index);
}

/** Training image number `index`; there is no end of them. */
export function trainingImage(index: number): DigitImage {
  return drawDigit(trainingFonts, trainingSeed, index);
}
