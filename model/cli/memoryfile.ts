//! memoryfile: files of memory contents, in the form that their name tells, laid at a place or compared with it.
import { denseBytes, elementBits, valueText } from '../files/elements.ts';
import { writeIntelHex } from '../files/intelhex.ts';
import { kindOf, type MemoryKind, sectionsOf } from '../files/memory.ts';
import { descrsOf, packNpy, readNpy, writeNpy } from '../files/npy.ts';
import { writeHex } from '../files/readmemh.ts';
import { refuse, type Section } from '../files/section.ts';
import type { Profile } from '../machine/profile.ts';
import { type Format, formats, formatByName } from '../numerics/format.ts';
import { bytesText, readInput, shownPath, STDIO } from './host.ts';
import { hexText, type Place, spaceBytes } from './place.ts';

/** What a file holds, with the tensor that it is when that is known. Addresses of sections count from the place. */
export interface Contents {
  readonly sections: readonly Section[];
  readonly dims: readonly number[] | undefined;
  readonly format: Format | undefined;
}

/** Text of a hexadecimal file takes at most so many characters for each byte, comments included, before it is refused unread. */
const TEXT_PER_BYTE = 16,
  TEXT_MAX = 2 ** 28;

/** Throws Rejected when the file cannot be read, is malformed, is longer than the space behind the place, or not as long as the shape. */
export async function readContents(place: Place, profile: Profile): Promise<Contents> {
  const { file, dims, format } = place,
    name = shownPath(file),
    kind = kindOf(file),
    limit = spaceBytes(profile, place.space);
  const room = limit - place.address;
  if (room <= 0)
    throw refuse(place.option, `'${place.text}': ${place.spaceName} has ${bytesText(limit)}, addresses 0 to ${hexText(limit - 1)}`);
  const isText = kind === 'hex' || kind === 'ihex';
  const bytes = await readInput(
    file,
    kind === 'raw' ? room : Math.min(TEXT_MAX, TEXT_PER_BYTE * room + 2 ** 20),
    isText ? `${bytesText(room)} of memory` : `the ${bytesText(room)} of ${place.spaceName} from ${hexText(place.address)} on`,
  );
  if (bytes.length === 0) throw refuse(name, 'the file is empty');
  const contents =
    kind === 'npy' || (file === STDIO && bytes[0] === 0x93)
      ? npyContents(bytes, place, name)
      : { sections: sectionsOf(bytes, kind, name), dims, format };
  if (!contents.sections.some(({ bytes: held, known }) => (known ? known.includes(1) : held.length > 0)))
    throw refuse(name, 'the file holds not a single byte of data');
  const end = Math.max(...contents.sections.map((section) => section.address + section.bytes.length));
  if (end > room) throw refuse(name, `${end} bytes, too long: ${place.spaceName} ends ${room} bytes after ${hexText(place.address)}`);
  if (dims && format && end !== denseBytes(format, dims)) {
    const wanted = denseBytes(format, dims);
    throw refuse(name, `${end} bytes, too ${end < wanted ? 'short' : 'long'}: ${dims.join('x')} of ${format.name} has ${wanted}`);
  }
  return contents;
}

function npyContents(bytes: Uint8Array, { dims, format }: Place, name: string): Contents {
  const array = readNpy(bytes, name),
    shape = array.shape.length === 0 ? [1] : array.shape,
    own = dims ?? shape;
  const isSame = own.length === shape.length && own.every((dim, i) => dim === shape[i]);
  // A flat array may stand for any shape of as many elements; two other shapes are a mistake, such as a transposed reference.
  const isFlat = (own.length === 1 || shape.length === 1) && own.reduce((a, b) => a * b, 1) === shape.reduce((a, b) => a * b, 1);
  if (!isSame && !isFlat) throw refuse(name, `shape [${shape.join(', ')}]; expected [${own.join(', ')}]`);
  if (!isSame && format?.width === 4)
    throw refuse(name, `shape [${shape.join(', ')}]; expected [${own.join(', ')}], as 4-bit rows end on whole bytes`);
  const likely = format ?? formats.find((one) => one.width !== 4 && descrsOf(one)[0] === array.descr);
  return {
    sections: [{ address: 0, bytes: format ? packNpy({ ...array, shape }, format, name) : array.bytes }],
    dims: own,
    format: likely,
  };
}

/** A tensor in the form that the file's name tells. `known`: 0 for each UNKNOWN byte, which only hexadecimal words can say. */
export function memoryText(
  kind: MemoryKind,
  bytes: Uint8Array,
  known: Uint8Array,
  format: Format,
  dims: readonly number[],
  says: string,
): Uint8Array | string {
  const open = known.includes(0) ? { known } : {};
  if (kind === 'npy') return writeNpy(bytes, format, dims);
  if (kind === 'hex') return writeHex([{ address: 0, bytes, ...open }], Math.max(1, format.width / 8), says);
  return kind === 'ihex' ? writeIntelHex([{ address: 0, bytes, ...open }]) : bytes;
}

/** Values in rows, for people; `-` in place of an UNKNOWN element. */
export function valueRows(bytes: Uint8Array, known: Uint8Array, format: Format, dims: readonly number[]): string[] {
  const row = dims.at(-1)!,
    rows = dims.slice(0, -1).reduce((a, b) => a * b, 1),
    size = Math.max(1, format.width / 8);
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: row }, (_, i) => {
      const element = r * row + i,
        at = format.width === 4 ? r * Math.ceil(row / 2) + (i >> 1) : element * size;
      return known.subarray(at, at + size).includes(0) ? '-' : valueText(format, elementBits(bytes, format, dims, element));
    }).join(' '),
  );
}

/** The format in which contents are compared when nobody says: bytes. */
export const plainFormat = (): Format => formatByName('u8');
