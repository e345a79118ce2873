//! pgm: reads and writes portable grey maps (netpbm P2 and P5) of 28 x 28 pixels.

import { imageSize } from './draw.ts';

/** The [28, 28] bytes of an image, or what is wrong with the file; exactly one of the two is empty. */
export type PgmImage = { readonly pixels: Uint8Array | null; readonly diagnostics: readonly string[] };

/**
 * Reads a PGM file: P5 (bytes, or big-endian 16-bit samples above maxval 255) or P2 (decimal text), comments anywhere in the header and
 * in P2's body, any white space, maxval 1 to 65535. A sample v becomes the byte round(v * 255 / maxval), halves up. The digit network
 * wants light ink on a dark ground. Format: the netpbm manual, pgm(5).
 */
export function readPgm(bytes: Uint8Array): PgmImage {
  const magic = String.fromCharCode(...bytes.subarray(0, 2));
  if (bytes.length === 0) return failed('the file is empty; a PGM file of 28 x 28 pixels is needed');
  if (magic !== 'P2' && magic !== 'P5') {
    return failed(`the file begins with ${printable(magic)}, which is not a PGM; P2 (text) or P5 (bytes) is allowed. ${conversion}`);
  }
  const header = readHeader(bytes);
  if (header.diagnostics.length > 0) return { pixels: null, diagnostics: header.diagnostics };
  const samples = magic === 'P5' ? binarySamples(bytes, header.end, header.maxval) : textSamples(bytes, header.end);
  if (typeof samples === 'string') return failed(samples);
  const found = checkSamples(samples, header.maxval);
  if (found.length > 0) return { pixels: null, diagnostics: found };
  const pixels = Uint8Array.from(samples, sample => Math.floor((2 * 255 * sample + header.maxval) / (2 * header.maxval)));
  return { pixels, diagnostics: [] };
}

/** The bytes of a P5 file with maxval 255. */
export function writePgm(pixels: Uint8Array): Uint8Array {
  const header = Uint8Array.from(`P5\n${imageSize} ${imageSize}\n255\n`, letter => letter.charCodeAt(0));
  const file = new Uint8Array(header.length + pixels.length);
  file.set(header);
  file.set(pixels, header.length);
  return file;
}

const pixelCount = imageSize * imageSize;
const conversion = `With ImageMagick: magick in.png -colorspace gray -resize ${imageSize}x${imageSize}! out.pgm`;

function failed(message: string): PgmImage {
  return { pixels: null, diagnostics: [message] };
}

function printable(text: string): string {
  return JSON.stringify(text.replace(/[^ -~]/g, '?'));
}

/** The next word at or after `at`, white space and `#` comments skipped; `word` is '' at the end of the file. */
function nextWord(bytes: Uint8Array, at: number): { readonly word: string; readonly start: number; readonly end: number } {
  let start = at;
  while (start < bytes.length && (isSpace(bytes[start]!) || bytes[start] === 0x23)) {
    if (bytes[start] === 0x23) while (start < bytes.length && bytes[start] !== 0x0a && bytes[start] !== 0x0d) start += 1;
    else start += 1;
  }
  let end = start;
  while (end < bytes.length && end - start < 20 && !isSpace(bytes[end]!) && bytes[end] !== 0x23) end += 1;
  return { word: String.fromCharCode(...bytes.subarray(start, end)), start, end };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function readHeader(bytes: Uint8Array): { readonly maxval: number; readonly end: number; readonly diagnostics: readonly string[] } {
  const diagnostics: string[] = [];
  const values: number[] = [];
  let end = 2;
  for (const field of ['width', 'height', 'maxval']) {
    const found = nextWord(bytes, end);
    end = found.end;
    if (/^\d{1,9}$/.test(found.word)) values.push(Number(found.word));
    else {
      const what = found.word === '' ? 'the file ends' : `found ${printable(found.word)}`;
      return { maxval: 0, end, diagnostics: [`byte ${found.start}: ${what} where the ${field} should be, a decimal number`] };
    }
  }
  const [width, height, maxval] = values as [number, number, number];
  if (width !== imageSize || height !== imageSize) {
    diagnostics.push(`the image is ${width} x ${height} pixels; the network takes ${imageSize} x ${imageSize}. ${conversion}`);
  }
  if (maxval < 1 || maxval > 65535) diagnostics.push(`maxval is ${maxval}; 1 to 65535 is allowed`);
  return { maxval, end, diagnostics };
}

/** The samples, or what is wrong. Bytes after the first image are ignored, as netpbm allows more images to follow. */
function binarySamples(bytes: Uint8Array, headerEnd: number, maxval: number): readonly number[] | string {
  // One white space byte ends the header; a comment there belongs to it as well, as some writers put one.
  let start = headerEnd;
  if (bytes[start] === 0x23) while (start < bytes.length && bytes[start] !== 0x0a) start += 1;
  const width = maxval > 255 ? 2 : 1;
  // A writer in text mode ends the header with CR LF; only the length of the file can tell that from a first pixel of 10.
  const carriage = bytes[start] === 0x0d && bytes[start + 1] === 0x0a && bytes.length - start - 2 === pixelCount * width;
  start += carriage ? 2 : 1;
  const present = Math.max(0, bytes.length - start);
  if (present < pixelCount * width) return `the file is cut short: ${present} bytes of pixels, ${pixelCount * width} are needed`;
  return Array.from({ length: pixelCount }, (_, i) =>
    width === 1 ? bytes[start + i]! : bytes[start + 2 * i]! * 256 + bytes[start + 2 * i + 1]!);
}

function textSamples(bytes: Uint8Array, headerEnd: number): readonly number[] | string {
  const samples: number[] = [];
  for (let at = headerEnd; samples.length < pixelCount; ) {
    const { word, start, end } = nextWord(bytes, at);
    if (word === '') return `the file is cut short: ${samples.length} pixels, ${pixelCount} are needed`;
    if (!/^\d{1,9}$/.test(word)) return `byte ${start}: ${printable(word)} is not a pixel; a decimal number is needed`;
    samples.push(Number(word));
    at = end;
  }
  return samples;
}

function checkSamples(samples: readonly number[], maxval: number): readonly string[] {
  const at = samples.findIndex(sample => sample > maxval);
  if (at < 0) return [];
  const [row, column] = [Math.floor(at / imageSize), at % imageSize];
  return [`pixel at row ${row}, column ${column} is ${samples[at]}; the file's maxval allows 0 to ${maxval}`];
}
