//! draw: draws a digit as a 28 x 28 grey image from a stroke font and a seed, the same on every machine.

import type { Font } from './fonts.ts';

/** Rows and columns of an image. */
export const imageSize = 28;

/** One drawn digit: `pixels` is [28, 28] row-major, one byte each, 0 = background, 255 = full ink. */
export type DigitImage = { readonly pixels: Uint8Array; readonly digit: number; readonly font: string };

/**
 * Image number `index` of the series `seed`: digit = index mod 10, font = floor(index / 10) mod the number of fonts, everything else
 * from the seed and the index. Any image can be drawn alone.
 * Only + - * /, comparisons, Math.floor and Math.sqrt are used, correctly rounded IEEE 754 doubles on every engine (Math.sqrt is the
 * processor's own instruction), so the bytes are the same everywhere; Math.sin and its kin differ in their last bits.
 */
export function drawDigit(fonts: readonly Font[], seed: number, index: number): DigitImage {
  const digit = index % 10;
  const font = fonts[Math.floor(index / 10) % fonts.length]!;
  const random = randomSource((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca77)) >>> 0);
  const between = (low: number, high: number): number => low + (high - low) * (random() / 4294967296);
  const wobble = between(0, 3);
  const place = placement(between);
  const halfStroke = between(0.7, 2.1);
  const softness = between(0.7, 1.5);
  const strokes = flatten(parsePath(font.digits[digit]!), font.tension, () => between(-wobble, wobble)).map(line => line.map(place));
  const background = between(0, 30);
  const ink = between(160, 255);
  const noise = between(0, 24);
  const pixels = new Uint8Array(imageSize * imageSize);
  for (let i = 0; i < pixels.length; i++) {
    const distance = Math.sqrt(squaredDistance(strokes, (i % imageSize) + 0.5, Math.floor(i / imageSize) + 0.5));
    const coverage = limit((halfStroke - distance) / softness + 0.5, 0, 1);
    const grain = noise * (between(-1, 1) + between(-1, 1));
    pixels[i] = Math.floor(limit(background + (ink - background) * coverage + grain, 0, 255) + 0.5);
  }
  const specks = Math.floor(between(0, 5));
  for (let i = 0; i < specks; i++) pixels[Math.floor(between(0, pixels.length))] = Math.floor(between(0, 256));
  return { pixels, digit, font: font.name };
}

/**
 * A stream of 32-bit unsigned integers: a Weyl sequence through the 32-bit finaliser of MurmurHash3, integers only.
 */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

type Point = readonly [number, number];
type Command = { readonly letter: string; readonly points: readonly Point[] };

/** Font box to image: scale, shear, rotation, shift. The rotation is a rational point of the circle, so it needs no sine. */
function placement(between: (low: number, high: number) => number): (point: Point) => Point {
  const height = between(16.5, 22);
  const width = height * between(0.85, 1.2);
  const shear = between(-0.25, 0.25);
  const half = between(-0.1, 0.1);
  const cosine = (1 - half * half) / (1 + half * half);
  const sine = (2 * half) / (1 + half * half);
  const right = imageSize / 2 + between(-2.2, 2.2);
  const down = imageSize / 2 + between(-1.8, 1.8);
  return ([x, y]) => {
    const v = ((y - 50) / 100) * height;
    const u = ((x - 30) / 100) * width - shear * v;
    return [right + cosine * u - sine * v, down + sine * u + cosine * v];
  };
}

const pointCount: Readonly<Record<string, number>> = { M: 1, L: 1, H: 1, V: 1, Q: 2, O: 2 };

function parsePath(text: string): readonly Command[] {
  const words = text.split(' ');
  const commands: Command[] = [];
  for (let at = 0; at < words.length; ) {
    const letter = words[at]!;
    const count = pointCount[letter];
    if (count === undefined) throw new Error(`font path: unknown command ${letter} in "${text}"`);
    const points: Point[] = [];
    for (let i = 0; i < count; i++) points.push([Number(words[at + 1 + 2 * i]), Number(words[at + 2 + 2 * i])]);
    commands.push({ letter, points });
    at += 1 + 2 * count;
  }
  return commands;
}

const curveSteps = 6;

/** Commands to polylines in the font box; every point of the path is moved by `jitter`, so that no two drawings are alike. */
function flatten(commands: readonly Command[], tension: number, jitter: () => number): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  let line: Point[] = [];
  const cubic = (a: Point, b: Point, c: Point, d: Point): void => {
    for (let i = 1; i <= curveSteps; i++) line.push(cubicPoint(a, b, c, d, i / curveSteps));
  };
  const quarter = (start: Point, end: Point, corner: Point): void =>
    cubic(start, mix(start, corner, tension), mix(end, corner, tension), end);
  for (const { letter, points } of commands) {
    const [first, second] = points.map(([x, y]): Point => [x + jitter(), y + jitter()]) as [Point, Point];
    const pen = line[line.length - 1] ?? first;
    if (letter === 'M') lines.push((line = [first]));
    else if (letter === 'L') line.push(first);
    else if (letter === 'H') quarter(pen, first, [first[0], pen[1]]);
    else if (letter === 'V') quarter(pen, first, [pen[0], first[1]]);
    else if (letter === 'Q') cubic(pen, mix(pen, first, 2 / 3), mix(second, first, 2 / 3), second);
    else {
      const [x, y] = mix(first, second, 0.5);
      lines.push((line = [[x, first[1]]]));
      quarter([x, first[1]], [second[0], y], [second[0], first[1]]);
      quarter([second[0], y], [x, second[1]], second);
      quarter([x, second[1]], [first[0], y], [first[0], second[1]]);
      quarter([first[0], y], [x, first[1]], first);
    }
  }
  return lines;
}

function mix(from: Point, to: Point, part: number): Point {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

/** De Casteljau's construction. */
function cubicPoint(a: Point, b: Point, c: Point, d: Point, part: number): Point {
  const [ab, bc, cd] = [mix(a, b, part), mix(b, c, part), mix(c, d, part)];
  return mix(mix(ab, bc, part), mix(bc, cd, part), part);
}

/** The square of the distance of (x, y) to the nearest line piece. */
function squaredDistance(lines: readonly (readonly Point[])[], x: number, y: number): number {
  let nearest = Infinity;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = line[i - 1]!;
      const [bx, by] = line[i]!;
      const [dx, dy] = [bx - ax, by - ay];
      const length = dx * dx + dy * dy;
      const part = length > 0 ? limit(((x - ax) * dx + (y - ay) * dy) / length, 0, 1) : 0;
      const [ex, ey] = [x - ax - part * dx, y - ay - part * dy];
      const distance = ex * ex + ey * ey;
      if (distance < nearest) nearest = distance;
    }
  }
  return nearest;
}

function limit(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
