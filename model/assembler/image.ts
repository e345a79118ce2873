//! image: a program as bytes: header, instructions, constants (machine details, section 1).
import { Rejected } from '../failure.ts';
import type { Words } from '../isa/codec.ts';
import { IMAGE_HEADER_BYTES, IMAGE_MAGIC, INSTRUCTION_BYTES, VERSION_MAJOR, VERSION_MINOR } from '../limits.ts';

export interface Parts {
  readonly words: readonly Words[];
  /** Bytes behind the instructions. */
  readonly constants: Uint8Array;
  readonly entry: number;
  /** Numbers of the features that the program requires. */
  readonly features: Iterable<number>;
  /** Words of the header that are to be as given. */
  readonly overrides?: ReadonlyMap<number, number>;
}

export function buildImage({ words, constants, entry, features, overrides = new Map() }: Parts): Uint8Array {
  const image = new Uint8Array(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * words.length + constants.length),
    view = new DataView(image.buffer);
  const header = defaultHeader(image.length, words.length, entry);
  for (const feature of features) header[5 + (feature >> 5)]! |= 1 << (feature & 31);
  for (const [index, value] of overrides) header[index] = value;
  header.forEach((word, i) => view.setUint32(4 * i, word, true));
  words.forEach((instruction, pc) =>
    instruction.forEach((word, i) => view.setUint32(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc + 4 * i, word, true)),
  );
  image.set(constants, IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * words.length);
  return image;
}

export const defaultHeader = (imageBytes: number, count: number, entry: number): number[] => [
  IMAGE_MAGIC,
  ((VERSION_MAJOR << 16) | VERSION_MINOR) >>> 0,
  imageBytes,
  count,
  entry,
  ...Array<number>(11).fill(0),
];

export interface Image {
  readonly header: readonly number[];
  readonly words: readonly Words[];
  readonly constants: Uint8Array;
}

/** Take an image apart. Throws Rejected when the bytes are none; whether it may be launched is for the machine to say. */
export function readImage(bytes: Uint8Array, file = 'image'): Image {
  const reject = (message: string): never => {
    throw new Rejected([{ file, line: 0, column: 0, message }]);
  };
  if (bytes.length < IMAGE_HEADER_BYTES)
    return reject(`${bytes.length} bytes; the header of a program image alone has ${IMAGE_HEADER_BYTES}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = Array.from({ length: 16 }, (_, i) => view.getUint32(4 * i, true)),
    count = header[3]!;
  if (header[0] !== IMAGE_MAGIC)
    return reject(
      `this is not a program image: it begins with 0x${header[0]!.toString(16).padStart(8, '0')}, not with 0x${IMAGE_MAGIC.toString(16)} ("SYS1")`,
    );
  const end = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count;
  if (end > bytes.length) return reject(`the image is cut off: ${count} instructions take ${end} bytes, there are ${bytes.length}`);
  const words = Array.from(
    { length: count },
    (_, pc) => [0, 4, 8, 12].map((at) => view.getUint32(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc + at, true)) as unknown as Words,
  );
  return { header, words, constants: bytes.slice(end) };
}
