//! npy: arrays in NumPy's file format, versions 1 to 3, for every dtype of the machine.
import type { Format } from '../numerics/format.ts';
import { refuse } from './section.ts';

/** An array as it stands in a file, brought to C order and low byte first. */
export interface NpyArray {
  /** Kind and bytes of an element: i4, u2, f4, V1 … */
  readonly descr: string;
  readonly elementBytes: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
  ALIGNMENT = 64,
  /** What NumPy itself takes, as of 2.0. */
  DIMS_MAX = 64,
  HEADER_MAX = 2 ** 16;

/** Read a file. Throws Rejected when it is malformed, of a kind that no dtype has, or longer or shorter than its shape says. */
export function readNpy(file: Uint8Array, name: string): NpyArray {
  if (!MAGIC.every((byte, i) => file[i] === byte)) throw refuse(name, "not a .npy file: it does not begin with '\\x93NUMPY'");
  const view = new DataView(file.buffer, file.byteOffset, file.length),
    version = file[6] ?? 0;
  if (version < 1 || version > 3) throw refuse(name, `version ${version} of the .npy format; allowed: 1, 2, 3`);
  const from = version === 1 ? 10 : 12;
  if (file.length < from) throw refuse(name, 'the file ends within its header');
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (file.length < from + headerBytes) throw refuse(name, 'the file ends within its header');
  if (headerBytes > HEADER_MAX) throw refuse(name, `a header of ${headerBytes} bytes; allowed: ${HEADER_MAX}`);
  const { descr, isFortran, shape } = parseHeader(new TextDecoder().decode(file.subarray(from, from + headerBytes)), name);
  const found = /^([<>=|])([biufV])(\d+)$/.exec(descr);
  const elementBytes = Number(found?.[3]);
  if (!found || ![1, 2, 4, 8].includes(elementBytes))
    throw refuse(name, `elements of type '${descr}'; allowed: i, u, f, b and V of 1, 2, 4 or 8 bytes`);
  if (shape.length > DIMS_MAX) throw refuse(name, `${shape.length} dims; allowed: ${DIMS_MAX}`);
  const wrong = shape.find((dim) => !Number.isSafeInteger(dim));
  if (wrong !== undefined) throw refuse(name, `a dim that is no whole number below 2^53: [${shape.join(', ')}]`);
  const count = shape.reduce((product, dim) => product * dim, 1),
    data = file.subarray(from + headerBytes),
    wanted = count * elementBytes;
  if (data.length !== wanted)
    throw refuse(
      name,
      `${data.length} bytes of data, too ${data.length < wanted ? 'short' : 'long'}: ` +
        `shape [${shape.join(', ')}] of '${descr}' has ${wanted}`,
    );
  const little = found[1] === '>' ? reversed(data, elementBytes) : data.slice();
  return { descr: `${found[2]}${elementBytes}`, elementBytes, shape, bytes: isFortran ? transposed(little, shape, elementBytes) : little };
}

/** The array's elements as a tensor of the format lies dense in memory: rows of 4-bit elements are packed and end on a whole byte. */
export function packNpy(array: NpyArray, format: Format, name: string): Uint8Array {
  const allowed = descrsOf(format);
  if (!allowed.includes(array.descr))
    throw refuse(name, `elements of type '${array.descr}'; ${format.name} is one of ${allowed.map((descr) => `'${descr}'`).join(' ')}`);
  return format.width === 4 ? packNibbles(array.bytes, array.shape.at(-1) ?? 1, format, name) : array.bytes;
}

/** A file of a dense tensor. Formats that NumPy lacks are written as unsigned integers of their size, 4-bit ones a byte each. */
export function writeNpy(bytes: Uint8Array, format: Format, dims: readonly number[]): Uint8Array {
  const descr = descrsOf(format)[0]!,
    data = format.width === 4 ? unpackNibbles(bytes, dims, format) : bytes;
  const shape = dims.length === 1 ? `${dims[0]},` : dims.join(', ');
  const text = `{'descr': '${descr.endsWith('1') ? '|' : '<'}${descr}', 'fortran_order': False, 'shape': (${shape}), }`;
  const headerBytes = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT - 10;
  const file = new Uint8Array(10 + headerBytes + data.length);
  file.set([...MAGIC, 1, 0, headerBytes & 255, headerBytes >> 8]);
  file.set(new TextEncoder().encode(`${text.padEnd(headerBytes - 1)}\n`), 10);
  file.set(data, 10 + headerBytes);
  return file;
}

/** Element types of a file that hold a format, the one that is written first. V and f1 are how ml_dtypes saves its own. */
export function descrsOf({ name, kind, signed, width }: Format): readonly string[] {
  const bytes = Math.ceil(width / 8),
    isInteger = kind === 'integer';
  if (name === 'fp16' || name === 'fp32' || name === 'tf32') return [`f${bytes}`, `u${bytes}`, `V${bytes}`];
  if (isInteger) return [`${signed ? 'i' : 'u'}${bytes}`, ...(bytes === 1 ? ['b1', 'V1'] : [])];
  return [`u${bytes}`, `V${bytes}`, ...(bytes === 1 ? ['f1'] : [])];
}

function parseHeader(
  text: string,
  name: string,
): { readonly descr: string; readonly isFortran: boolean; readonly shape: readonly number[] } {
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]+)['"]/.exec(text)?.[1],
    order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined)
    throw refuse(name, 'the header lacks descr, fortran_order or shape (records are not read)');
  return {
    descr,
    isFortran: order === 'True',
    shape: shape
      .split(',')
      .map((dim) => dim.trim())
      .filter((dim) => dim !== '')
      .map(Number),
  };
}

function reversed(data: Uint8Array, elementBytes: number): Uint8Array {
  return data.map((_, i) => data[i - (i % elementBytes) + elementBytes - 1 - (i % elementBytes)]!);
}

/** Column-major to row-major. */
function transposed(data: Uint8Array, shape: readonly number[], elementBytes: number): Uint8Array {
  const all = new Uint8Array(data.length),
    index = shape.map(() => 0),
    strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  for (let at = 0; at < data.length; at += elementBytes) {
    const from = elementBytes * index.reduce((sum, i, axis) => sum + i * strides[axis]!, 0);
    all.set(data.subarray(from, from + elementBytes), at);
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  return all;
}

function packNibbles(elements: Uint8Array, rowElements: number, format: Format, name: string): Uint8Array {
  const rowBytes = Math.ceil(rowElements / 2),
    rows = rowElements === 0 ? 0 : elements.length / rowElements,
    packed = new Uint8Array(rows * rowBytes);
  elements.forEach((byte, i) => {
    const code = byte & 15,
      isInside = format.signed && format.kind === 'integer' ? (code << 28) >> 28 === (byte << 24) >> 24 : byte < 16;
    if (!isInside) throw refuse(name, `element ${i} is 0x${byte.toString(16)}, which is not ${format.name}`);
    packed[Math.floor(i / rowElements) * rowBytes + ((i % rowElements) >> 1)]! |= (i % rowElements) & 1 ? code << 4 : code;
  });
  return packed;
}

function unpackNibbles(packed: Uint8Array, dims: readonly number[], format: Format): Uint8Array {
  const rowElements = dims.at(-1) ?? 1,
    rowBytes = Math.ceil(rowElements / 2),
    count = dims.reduce((product, dim) => product * dim, 1);
  return Uint8Array.from({ length: count }, (_, i) => {
    const byte = packed[Math.floor(i / rowElements) * rowBytes + ((i % rowElements) >> 1)]!,
      code = (i % rowElements) & 1 ? byte >> 4 : byte & 15;
    return format.signed && format.kind === 'integer' ? (code << 28) >> 28 : code;
  });
}
