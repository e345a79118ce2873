//! elements: tensors that lie dense in memory: their bytes, their elements as bits and as text, and where two of them differ.
import { unpack } from '../numerics/exact.ts';
import type { Format } from '../numerics/format.ts';

/** Bytes of a dense tensor; rows of 4-bit elements end on a whole byte. */
export function denseBytes(format: Format, dims: readonly number[]): number {
  const count = dims.reduce((product, dim) => product * dim, 1),
    row = dims.at(-1) ?? 1;
  return format.width === 4 && row > 0 ? (count / row) * Math.ceil(row / 2) : (count * format.width) / 8;
}

/** Byte and bit within it where an element begins. */
export function elementPlace(format: Format, dims: readonly number[], element: number): readonly [number, number] {
  if (format.width !== 4) return [(element * format.width) / 8, 0];
  const row = dims.at(-1) ?? 1;
  return [Math.floor(element / row) * Math.ceil(row / 2) + ((element % row) >> 1), 4 * ((element % row) & 1)];
}

export function elementBits(bytes: Uint8Array, format: Format, dims: readonly number[], element: number): bigint {
  const [at, bit] = elementPlace(format, dims, element);
  if (format.width === 4) return BigInt((bytes[at]! >> bit) & 15);
  let bits = 0n;
  for (let i = format.width / 8 - 1; i >= 0; i--) bits = (bits << 8n) | BigInt(bytes[at + i]!);
  return bits;
}

/** The value in decimal: integers exactly, floats with as many digits as tell all values of the format apart. */
export function valueText(format: Format, bits: bigint): string {
  const value = unpack(format, bits);
  if (value.kind === 'nan') return 'nan';
  if (value.kind === 'infinite') return value.negative ? '-inf' : 'inf';
  if (format.kind === 'integer') return String(value.negative ? -value.significand : value.significand);
  if (value.significand === 0n) return value.negative ? '-0' : '0';
  // Below 2^64 and above 2^-200: exact in the host's double, and shown only.
  const number = Number(value.significand) * 2 ** value.exponent * (value.negative ? -1 : 1);
  return String(Number(number.toPrecision(Math.ceil(1.302 + 0.302 * (format.fractionBits + 1)))));
}

export const bitsText = (format: Format, bits: bigint): string => `0x${bits.toString(16).padStart(Math.ceil(format.width / 4), '0')}`;

/** How far two codes are apart: integers by value, floats in units of the last place; undefined where one is not a number. */
export function distance(format: Format, a: bigint, b: bigint): bigint | undefined {
  const far = place(format, a),
    near = place(format, b);
  if (far === undefined || near === undefined) return undefined;
  return far > near ? far - near : near - far;
}
/** Codes in the order of their values. */
function place(format: Format, bits: bigint): bigint | undefined {
  const value = unpack(format, bits);
  if (value.kind === 'nan') return undefined;
  if (format.kind === 'integer' || format.kind === 'fixed')
    return value.kind === 'finite' ? (value.negative ? -value.significand : value.significand) : 0n;
  const code = BigInt.asUintN(format.valueBits, bits) >> BigInt(format.ignoredLowBits),
    magnitudeBits = BigInt(format.exponentBits + format.fractionBits);
  const magnitude = code & ((1n << magnitudeBits) - 1n);
  return format.signed && code >> magnitudeBits ? -magnitude : magnitude;
}

/** One element that is not what was expected; `found` is undefined for an UNKNOWN one. */
export interface Mismatch {
  readonly index: readonly number[];
  readonly expected: bigint;
  readonly found: bigint | undefined;
}
export interface Comparison {
  readonly elements: number;
  readonly mismatches: number;
  readonly first: Mismatch | undefined;
}
interface Side {
  readonly bytes: Uint8Array /** 0 for each byte that is open or UNKNOWN. */;
  readonly known?: Uint8Array | undefined;
}

/** Compares element by element, in row-major order; elements with an open byte in `expected` are not compared. */
export function compareElements(format: Format, dims: readonly number[], expected: Side, found: Side): Comparison {
  const elements = dims.reduce((product, dim) => product * dim, 1),
    size = Math.ceil(format.width / 8);
  const isKnown = ({ known }: Side, at: number): boolean => known?.subarray(at, at + size).includes(0) !== true;
  let mismatches = 0,
    first: Mismatch | undefined;
  for (let element = 0; element < elements; element++) {
    const [at] = elementPlace(format, dims, element);
    // Most elements are equal: their bytes tell so without a number being made of them.
    if (!found.known && sameBytes(expected.bytes, found.bytes, at, size)) continue;
    if (!isKnown(expected, at)) continue;
    const wanted = elementBits(expected.bytes, format, dims, element),
      have = elementBits(found.bytes, format, dims, element);
    if (wanted === have && isKnown(found, at)) continue;
    mismatches++;
    first ??= { index: coordinates(dims, element), expected: wanted, found: isKnown(found, at) ? have : undefined };
  }
  return { elements, mismatches, first };
}

function sameBytes(a: Uint8Array, b: Uint8Array, at: number, count: number): boolean {
  for (let i = at; i < at + count; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function coordinates(dims: readonly number[], element: number): number[] {
  const index: number[] = [];
  let rest = element;
  for (const dim of [...dims].reverse()) {
    index.unshift(rest % dim);
    rest = Math.floor(rest / dim);
  }
  return index;
}
