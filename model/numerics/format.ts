//! format: the element formats of the machine as rows of data, in the order of their dtype codes.

import { Defect } from '../failure.ts';

/**
 * What the top codes of a format mean.
 * `ieee`: the highest exponent holds infinities and NaNs. `fn`: no infinity, NaN is the one highest magnitude (OCP OFP8 E4M3).
 * `fnuz`: no infinity, no negative zero, NaN is the code of negative zero. `p3109`: as fnuz, and the highest magnitude is infinity
 * (IEEE P3109's extended domain; its finite one is fnuz). `finite`: every code is a number. `none`: not a float.
 */
export type Specials = 'ieee' | 'fn' | 'fnuz' | 'p3109' | 'finite' | 'none';

/**
 * integer: two's complement or unsigned. float: sign, exponent, fraction. fixed: two's complement times 2^-fractionBits.
 * scale: a bare exponent, 2^(code - bias), highest code NaN, neither zero nor sign (OCP MX E8M0).
 */
export type FormatKind = 'integer' | 'float' | 'fixed' | 'scale';

/** One element format. All sizes are in bits. */
export interface Format {
  readonly name: string;
  /** The dtype code in field 0 of a tensor descriptor. */
  readonly code: number;
  readonly kind: FormatKind;
  /** Bits an element takes in memory. */
  readonly width: number;
  /** Bits that carry the code; the bits of memory above them are sign- or zero-extended when written, and not read. */
  readonly valueBits: number;
  /** Low bits of the container that are not part of the code: cleared before an element is classified, written 0 (tf32: 13). */
  readonly ignoredLowBits: number;
  readonly signed: boolean;
  readonly exponentBits: number;
  /** Stored fraction bits of a float; the binary point of a fixed format. */
  readonly fractionBits: number;
  readonly bias: number;
  readonly specials: Specials;
}

/**
 * Every dtype of the machine, ascending codes (machine details section 3; OCP OFP8 1.0, OCP MX 1.0, IEEE 754, IEEE P3109 draft 3.2).
 * e4m3 is OFP8's, which others call e4m3fn; the one with infinities is e4m3ieee. Elements of 2 and of 6 bits take a byte each.
 */
export const formats: readonly Format[] = Object.freeze([
  integerRow('s4', 0x01, 4, true),
  integerRow('u4', 0x02, 4, false),
  integerRow('s8', 0x03, 8, true),
  integerRow('u8', 0x04, 8, false),
  integerRow('s16', 0x05, 16, true),
  integerRow('u16', 0x06, 16, false),
  integerRow('s32', 0x07, 32, true),
  integerRow('u32', 0x08, 32, false),
  integerRow('s48', 0x09, 48, true, { width: 64 }),
  integerRow('s64', 0x0a, 64, true),
  integerRow('s2', 0x0b, 2, true, { width: 8 }),
  integerRow('u2', 0x0c, 2, false, { width: 8 }),
  floatRow('e2m1', 0x10, 2, 1, 1, 'finite'),
  floatRow('e2m3', 0x11, 2, 3, 1, 'finite', { width: 8 }),
  floatRow('e3m2', 0x12, 3, 2, 3, 'finite', { width: 8 }),
  floatRow('e4m3', 0x13, 4, 3, 7, 'fn'),
  floatRow('e5m2', 0x14, 5, 2, 15, 'ieee'),
  floatRow('e8m0', 0x15, 8, 0, 127, 'none', { kind: 'scale', signed: false, width: 8, valueBits: 8 }),
  floatRow('ue4m3', 0x16, 4, 3, 7, 'fn', { signed: false, width: 8, valueBits: 7 }),
  floatRow('e4m3fnuz', 0x17, 4, 3, 8, 'fnuz'),
  floatRow('e5m2fnuz', 0x18, 5, 2, 16, 'fnuz'),
  integerRow('i8f6', 0x19, 8, true, { kind: 'fixed', fractionBits: 6 }),
  floatRow('e4m3ieee', 0x1a, 4, 3, 7, 'ieee'),
  floatRow('e3m4', 0x1b, 3, 4, 3, 'ieee'),
  floatRow('e4m3b11fnuz', 0x1c, 4, 3, 11, 'fnuz'),
  floatRow('bf16', 0x20, 8, 7, 127, 'ieee'),
  floatRow('fp16', 0x21, 5, 10, 15, 'ieee'),
  floatRow('tf32', 0x22, 8, 10, 127, 'ieee', { width: 32, valueBits: 32, ignoredLowBits: 13 }),
  floatRow('fp32', 0x23, 8, 23, 127, 'ieee'),
  ...p3109Rows(0x40),
]);

const byCode: ReadonlyMap<number, Format> = new Map(formats.map((format) => [format.code, format]));
const byName: ReadonlyMap<string, Format> = new Map(formats.map((format) => [format.name, format]));

/** The format of a dtype code, or undefined where the code is not assigned. */
export function formatByCode(code: number): Format | undefined {
  return byCode.get(code);
}

/** The format of a name. Throws on a name that no row has: the names are the project's own, so it is our bug. */
export function formatByName(name: string): Format {
  const format = byName.get(name);
  if (format === undefined) throw new Defect(`no format is called '${name}'; formats are ${formats.map((row) => row.name).join(' ')}`);
  return format;
}

/** The least value an integer format holds (of a fixed format: the least code it is rounded to, symmetric as OCP MX recommends). */
export function leastInteger(format: Format): bigint {
  if (!format.signed) return 0n;
  const half = 1n << BigInt(format.valueBits - 1);
  return format.kind === 'fixed' ? 1n - half : -half;
}

/** The greatest value an integer format holds (of a fixed format: the greatest code). */
export function greatestInteger(format: Format): bigint {
  return (1n << BigInt(format.signed ? format.valueBits - 1 : format.valueBits)) - 1n;
}

/** The code of a float format's largest finite magnitude, without sign and container bits. */
export function greatestFiniteCode(format: Format): bigint {
  const codes = 1n << BigInt(format.exponentBits + format.fractionBits);
  if (format.specials === 'ieee') return codes - (1n << BigInt(format.fractionBits)) - 1n;
  return format.specials === 'fn' || format.specials === 'p3109' ? codes - 2n : codes - 1n;
}

/** Whether some code of the format is a NaN. */
export function hasNan(format: Format): boolean {
  return format.kind === 'scale' || (format.kind === 'float' && format.specials !== 'finite');
}

/** Whether the code of negative zero is the NaN. */
export function isFnuz(format: Format): boolean {
  return format.specials === 'fnuz' || format.specials === 'p3109';
}

/** Whether some code of the format is an infinity. */
export function hasInfinity(format: Format): boolean {
  return format.specials === 'ieee' || format.specials === 'p3109';
}

/**
 * The NaN that profiles write unless they name another: the positive quiet NaN with an empty payload (ieee), the only positive NaN
 * (fn, scale), the only one (fnuz, p3109). 0 for a format without NaN, where it is never written.
 */
export function quietNan(format: Format): bigint {
  if (!hasNan(format)) return 0n;
  if (format.kind === 'scale') return (1n << BigInt(format.exponentBits)) - 1n;
  const codes = 1n << BigInt(format.exponentBits + format.fractionBits);
  if (isFnuz(format)) return codes;
  if (format.specials === 'fn') return codes - 1n;
  return (codes - (1n << BigInt(format.fractionBits - 1))) << BigInt(format.ignoredLowBits);
}

function integerRow(name: string, code: number, valueBits: number, signed: boolean, differing: Partial<Format> = {}): Format {
  const row: Format = {
    name, code, kind: 'integer', width: valueBits, valueBits, ignoredLowBits: 0, signed,
    exponentBits: 0, fractionBits: 0, bias: 0, specials: 'none',
  };
  return Object.freeze({ ...row, ...differing });
}

function floatRow(
  name: string, code: number, exponentBits: number, fractionBits: number, bias: number, specials: Specials, differing: Partial<Format> = {},
): Format {
  const valueBits = 1 + exponentBits + fractionBits;
  const row: Format = {
    name, code, kind: 'float', width: valueBits, valueBits, ignoredLowBits: 0, signed: true, exponentBits, fractionBits, bias, specials,
  };
  return Object.freeze({ ...row, ...differing });
}

/**
 * Signed formats of IEEE P3109: binary<K>p<P>s<domain>, K = 3 to 8 bits, P = 1 to K - 1 bits of precision, in the extended (e) and the
 * finite (f) domain; bias 2^(K - P - 1). Those of less than 8 bits take a byte, those of 4 bits half of one.
 */
function p3109Rows(firstCode: number): readonly Format[] {
  const rows: Format[] = [];
  for (let bits = 3; bits <= 8; bits++) {
    for (let precision = 1; precision < bits; precision++) {
      for (const [domain, specials] of [['e', 'p3109'], ['f', 'fnuz']] as const) {
        const code = firstCode + rows.length, width = bits === 4 ? 4 : 8;
        rows.push(floatRow(`binary${bits}p${precision}s${domain}`, code, bits - precision, precision - 1, 2 ** (bits - precision - 1),
          specials, { width }));
      }
    }
  }
  return rows;
}
