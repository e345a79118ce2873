//! numbers: what the tensors of trials hold: numbers as networks have them, ends of formats, or a few ends among numbers.
import { type Format, hasInfinity } from '../numerics/format.ts';
import { cornerCodes } from '../verify/corners.ts';
import type { Random } from '../verify/random.ts';

/** Bytes of codes, as the format has them in memory: 32 bits with the code at the top, or a sign that goes on. */
export function bytesOf(format: Format, count: number, code: (i: number) => bigint): Uint8Array {
  const made = new Uint8Array(count), { kind, width, valueBits, signed, ignoredLowBits } = format, size = width / 8;
  if (width === 4) return made.map((_, i) => Number(code(2 * i) & 15n) | (Number(code(2 * i + 1) & 15n) << 4));
  for (let at = 0; at + size <= count; at += size) {
    const own = code(at / size), raw = kind === 'float' ? own << BigInt(ignoredLowBits) : kind === 'integer' && signed ? BigInt.asUintN(width, BigInt.asIntN(valueBits, own)) : own;
    for (let i = 0; i < size; i++) made[at + i] = Number((raw >> BigInt(8 * i)) & 255n);
  }
  return made;
}

/** Floats within a few binades of 1 and of few digits, integers that are small. */
export const tame = (format: Format, count: number, next: Random): Uint8Array => bytesOf(format, count, tameCode(format, next));
function tameCode({ kind, valueBits, exponentBits, fractionBits, bias, signed }: Format, next: Random): () => bigint {
  const spread = [1, 3, 6, 10, 24][next() % 5]!, digits = next() % 2 ? fractionBits : Math.min(2, fractionBits);
  return () => {
    const word = next();
    if (kind !== 'float' || word % 16 === 0) return BigInt.asUintN(valueBits, BigInt((word >>> 8) % 9) - (kind === 'integer' && signed ? 4n : 0n));
    const exponent = Math.max(1, Math.min(2 ** exponentBits - 2, bias - (spread >> 1) + ((word >>> 4) % spread))), sign = signed ? BigInt(word >>> 31) << BigInt(exponentBits + fractionBits) : 0n;
    const fraction = fractionBits === 0 ? 0n : (BigInt(next()) & ((1n << BigInt(digits)) - 1n)) << BigInt(fractionBits - digits);
    return sign | (BigInt(exponent) << BigInt(fractionBits)) | BigInt.asUintN(fractionBits, fraction);
  };
}

/** Floats of all binades alike, some of them among zeros, so that any distance between two exponents is met; integers of any length. */
export const spread = (format: Format, count: number, next: Random): Uint8Array => {
  const { kind, valueBits, exponentBits, fractionBits, signed } = format, zeros = [0, 1, 8, 14][next() % 4]!, few = next() % 2 === 0;
  return bytesOf(format, count, () => {
    const word = next();
    if (word % 16 < zeros) return 0n;
    const fraction = (BigInt(next()) << 32n) | BigInt(next());
    if (kind !== 'float') return BigInt.asUintN(valueBits, (word & 16 ? -1n : 1n) * (fraction >> BigInt(64 - ((word >>> 8) % (valueBits + 1)))));
    const exponent = BigInt((word >>> 8) % (2 ** exponentBits - 1)), sign = signed ? BigInt(word >>> 31) << BigInt(exponentBits + fractionBits) : 0n;
    return sign | (exponent << BigInt(fractionBits)) | (BigInt.asUintN(fractionBits, fraction) & (few ? ~0n << BigInt(Math.max(0, fractionBits - 2)) : ~0n));
  });
};

/**
 * Tame numbers and one to four corners among them, of any kind, or infinities alone, or one number and its opposite: what they raise is raised in one
 * step, with nothing before it or behind it that would raise it too.
 */
export function sprinkled(format: Format, count: number, next: Random): Uint8Array {
  const plain = tameCode(format, next), list = cornersOf(format, next), elements = Math.max(1, Math.floor((8 * count) / format.width)), places = new Map<number, bigint>();
  for (let i = 1 + (next() % 4); i > 0; i--) places.set(next() % elements, list[next() % list.length]!);
  return bytesOf(format, count, (i) => places.get(i) ?? plain());
}
function cornersOf(format: Format, next: Random): readonly bigint[] {
  const list = cornerCodes(format), kind = next() % 4, top = 1n << BigInt(format.valueBits - 1), infinity = ((1n << BigInt(format.exponentBits)) - 1n) << BigInt(format.fractionBits);
  if (kind < 2 || format.kind !== 'float' || !format.signed) return list;
  const size = kind === 2 && hasInfinity(format) ? infinity : list[next() % list.length]! & ~top;
  return [size, size | top];
}

/** Nothing but corners: all the same, two in turns, or as they come; now and then few of them, far apart. */
export const ends = (format: Format, next: Random) => (count: number): Uint8Array => {
  const list = cornerCodes(format), kinds = next() % 4, two = [next(), next()];
  if (kinds === 3) return sprinkled(format, count, next);
  return bytesOf(format, count, (i) => list[(kinds === 0 ? two[0]! : kinds === 1 ? two[i & 1]! : next()) % list.length]!);
};
