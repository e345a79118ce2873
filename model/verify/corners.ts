//! corners: values at which machines go wrong: element codes by format, table rows, indices, scalars.
import { cached } from '../isa/cached.ts';
import { type Format, formatByName, formats, greatestFiniteCode, hasNan } from '../numerics/format.ts';
import { type Bits, type Random, BitStream } from './random.ts';

const mask = (width: number): bigint => (1n << BigInt(width)) - 1n;

/** Codes of a format that matter, simplest first. */
export const cornerCodes = (format: Format): readonly bigint[] => corners.get(format.code)!;
/** Drawn from for every element. */
const corners: ReadonlyMap<number, readonly bigint[]> = new Map(formats.map((format) => [format.code, cornersOf(format)]));

function cornersOf(format: Format): readonly bigint[] {
  const { valueBits, exponentBits, fractionBits } = format, all = mask(valueBits), top = 1n << BigInt(valueBits - 1);
  if (format.kind === 'integer') {
    // 0 1 -1 least greatest, their neighbours, and halves of powers of two, which are ties of every shift.
    return [0n, 1n, all, top, top - 1n, top + 1n, all - 1n, 2n, 3n, (1n << BigInt(valueBits >> 1)) & all, ((1n << BigInt(valueBits >> 1)) - 1n) & all];
  }
  const one = BigInt(format.bias) << BigInt(fractionBits), sign = format.signed ? top : 0n, least = 1n, normal = 1n << BigInt(fractionBits);
  const infinity = ((1n << BigInt(exponentBits)) - 1n) << BigInt(fractionBits), finite = greatestFiniteCode(format);
  const plain = [0n, one, sign, one | sign, least, least | sign, normal - 1n, normal, finite, finite | sign, one + 1n, one - 1n, one + (normal >> 1n), one | (normal >> 1n) | sign];
  const special = hasNan(format) ? [infinity, infinity | sign, infinity + 1n, infinity + (normal >> 1n), (infinity + normal - 1n) | sign] : [];
  return [...plain, ...special].map((code) => code & all);
}

/** A code: a corner in 3 of 10 cases, else random; floats mostly near 1, so that sums and ties are not all one-sided. */
function anyCode(format: Format, next: Random): bigint {
  if (format.valueBits <= 32) return BigInt(narrowCodes(format)({ bits: () => next() | 0 }) >>> 0);
  const r = next() % 100;
  if (r < 30) { const list = cornerCodes(format); return list[next() % list.length]!; }
  const bits = ((BigInt(next()) << 32n) | BigInt(next())) & mask(format.valueBits);
  // Only integers are wider than 32 bits.
  return r < 60 ? BigInt((next() % 17) - 8) & mask(format.valueBits) : bits;
}
/** The same in 32 bits, which are most of all codes: what draws those of a format, as signed numbers, of which no objects are made. */
const narrowCodes = cached(({ code, kind, valueBits, exponentBits, fractionBits, bias, signed }: Format): ((from: Bits) => number) => {
  const all = (2 ** valueBits - 1) | 0, list = narrowCorners.get(code)!, integer = kind === 'integer', plain = kind === 'float' ? 40 : 100;
  const spread = 1 << Math.min(3, exponentBits), least = bias - (spread >> 1), exponents = 2 ** exponentBits - 1, sign = signed ? 1 << (valueBits - 1) : 0;
  // Few fraction bits make exact results, ties and cancellations likely.
  const fractions = 2 ** fractionBits - 1, few = (7 << Math.max(0, fractionBits - 3)) & fractions;
  return (from) => {
    const r = (from.bits() >>> 0) % 100;
    if (r < 30) return list[(from.bits() >>> 0) % list.length]!;
    from.bits();
    const bits = from.bits() & all;
    if (integer && r < 60) return ((from.bits() >>> 0) % 17 - 8) & all;
    if (r < plain) return bits;
    const exponent = Math.max(0, least + (bits & (spread - 1))) & exponents;
    return (bits & sign) | (exponent << fractionBits) | ((bits >>> 8) & (r < 70 ? few : fractions));
  };
});
const narrowCorners: ReadonlyMap<number, Int32Array> = new Map(formats.filter(({ valueBits }) => valueBits <= 32).map(({ code }) => [code, Int32Array.from(corners.get(code)!, (corner) => Number(corner) | 0)]));

/** `count` bytes of elements of a format: a piece of a long stretch of them, of which that is drawn which somebody asks for. */
export function dataBytes(format: Format, count: number, next: Random): Uint8Array {
  const pool = pools.get(format.code) ?? newPool(format.code), from = (next() % (POOL_BYTES - count)) & -8, to = from + count;
  pools.set(format.code, pool);
  for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < to; chunk++) if (pool.isDrawn[chunk] === 0) drawChunk(pool, format, chunk);
  return pool.bytes.subarray(from, to);
}
/** Where the stream of chance stands before each chunk, as far as that is known. */
interface Pool { readonly bytes: Uint8Array; readonly isDrawn: Uint8Array; readonly states: Int32Array; known: number }
/** The same bytes whoever asks first. */
const pools = new Map<number, Pool>(), POOL_BYTES = 32768, CHUNK = 128;
const newPool = (seed: number): Pool => ({ bytes: new Uint8Array(POOL_BYTES), isDrawn: new Uint8Array(POOL_BYTES / CHUNK), states: Int32Array.of(seed, ...new Int32Array(POOL_BYTES / CHUNK)), known: 0 });

/** What comes before is passed over: of each element only how many draws it takes. */
function drawChunk(pool: Pool, format: Format, chunk: number): void {
  const { bytes, isDrawn, states } = pool, elements = (8 * CHUNK) / format.width;
  for (; pool.known < chunk; pool.known++) { stream.begin(states[pool.known]!); passOver(elements, format.kind === 'integer'); states[pool.known + 1] = stream.state; }
  drawInto(bytes.subarray(CHUNK * chunk, CHUNK * (chunk + 1)), format, stream.begin(states[chunk]!));
  isDrawn[chunk] = 1;
  if (pool.known === chunk) states[++pool.known] = stream.state;
}
const stream = new BitStream();
function passOver(elements: number, isInteger: boolean): void {
  for (let i = 0; i < elements; i++) {
    const r = (stream.bits() >>> 0) % 100;
    stream.pass(r < 30 ? 1 : isInteger && r < 60 ? 3 : 2);
  }
}
/** Little-endian, 4-bit ones packed. */
function drawInto(bytes: Uint8Array, format: Format, from: Bits): void {
  const { width, valueBits, kind, signed } = format, size = width / 8, isExtended = kind === 'integer' && signed;
  if (width > 32) {
    const next: Random = () => from.bits() >>> 0;
    for (let at = 0; at < bytes.length; at += size) {
      const code = anyCode(format, next), wide = isExtended ? BigInt.asUintN(width, BigInt.asIntN(valueBits, code)) : code;
      for (let i = 0; i < size; i++) bytes[at + i] = Number((wide >> BigInt(8 * i)) & 255n);
    }
    return;
  }
  const code = narrowCodes(format), up = isExtended ? 32 - valueBits : 0;
  if (width === 4) { for (let at = 0; at < bytes.length; at++) bytes[at] = code(from) | (code(from) << 4); return; }
  for (let at = 0; at < bytes.length; at += size) {
    const wide = (code(from) << up) >> up;
    for (let i = 0; i < size; i++) bytes[at + i] = wide >> (8 * i);
  }
}

/** Indices: mostly small, some negative, some far outside. */
export function indexBytes(count: number, next: Random): Uint8Array {
  const bytes = new Uint8Array(count), view = new DataView(bytes.buffer);
  const far = [-1, 0x7fff_ffff, -0x8000_0000, 256, 65536, 5];
  for (let at = 0; at + 4 <= count; at += 4) view.setInt32(at, next() % 100 < 80 ? next() % 5 : far[next() % far.length]!, true);
  return bytes;
}

const s32 = formatByName('s32'), fp32 = formatByName('fp32');
/** Multipliers at the edges of a 32-bit fixed-point scale: around 2^30, 2^31 and their signs. */
const multipliers = [0x4000_0000, 0x7fff_ffff, 0x4000_0001, 0x6000_0000, -0x8000_0000, -0x4000_0000, 1, 0, 0x5a82_799a];
/** Awkward shifts: none, one, ties, beyond every width, both signs, the ends of a signed byte. */
const shifts = [0, -1, 1, -2, -7, -8, -15, -31, -32, 7, 30, 31, 32, 62, 127, -128, -5, -9, 255, 256];

/** Rows {bias, multiplier, shift, slope}; `float` gives fp32 multipliers and, in every other row, fp32 biases. */
export function tableBytes(count: number, float: boolean, next: Random): Uint8Array {
  const bytes = new Uint8Array(count), view = new DataView(bytes.buffer), code = (format: Format): number => Number(anyCode(format, next));
  for (let at = 0, row = 0; at + 16 <= count; at += 16, row++) {
    const bias = float && row % 2 === 1 ? code(fp32) : next() % 2 ? (next() % 2001) - 1000 : code(s32);
    view.setUint32(at, bias >>> 0, true);
    // Halves, quarters and eighths make ties.
    const tie = next() % 5 < 2, multiplier = tie ? 0x4000_0000 : next() % 2 ? multipliers[next() % multipliers.length]! : 0x4000_0000 + (next() >>> 2);
    view.setUint32(at + 4, (float ? code(fp32) : multiplier) >>> 0, true);
    view.setUint32(at + 8, (tie ? -(next() % 4) : next() % 3 ? (next() % 24) - 20 : shifts[next() % shifts.length]!) >>> 0, true);
    view.setUint32(at + 12, code(fp32), true);
  }
  return bytes;
}

/** Scalars for registers and immediates, simplest first. */
export const scalarCorners: readonly number[] = [
  0, 1, -1, 2, 3, 7, 8, 127, 128, -128, 255, 32767, -32768, 65535, 0x7fff_ffff, -0x8000_0000,
  0x3f80_0000, 0xbf80_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x8000_0000, 0x0000_0001, 0x0080_0000, 0x7f7f_ffff, 0x7f80_0001,
];
/** Dims, simplest first: around 1, 4, 8, 16, 32. */
export const dimCorners: readonly number[] = [1, 2, 3, 4, 5, 7, 8, 9, 6, 15, 16, 17, 31, 32, 33, 64];
