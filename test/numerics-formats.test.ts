//! numerics-formats: every code of every format decodes and encodes as its standard says.

import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Format } from '../model/numerics/format.ts';
import { formatByCode, formatByName, formats, greatestInteger, hasNan, quietNan } from '../model/numerics/format.ts';
import { roundNames, unpack } from '../model/numerics/exact.ts';
import type { Rounding } from '../model/numerics/round.ts';
import { readElement, round } from '../model/numerics/round.ts';
import { sample } from './runs.ts';
import { dataLines, vectorTest } from './vectors.ts';

const fp32 = formatByName('fp32');
const tableNames: Readonly<Record<string, string>> = {
  e4m3fn: 'e4m3', e5m2: 'e5m2', e4m3fnuz: 'e4m3fnuz', e5m2fnuz: 'e5m2fnuz', e2m3fn: 'e2m3', e3m2fn: 'e3m2', e2m1fn: 'e2m1', e8m0fnu: 'e8m0',
};
/** Formats of the tables that the machine does not have; rows of data all the same. */
const foreign: Readonly<Record<string, Format>> = {
  e3m4: { ...formatByName('e5m2'), name: 'e3m4', exponentBits: 3, fractionBits: 4, bias: 3 },
  e4m3: { ...formatByName('e5m2'), name: 'e4m3ieee', exponentBits: 4, fractionBits: 3, bias: 7 },
  e4m3b11fnuz: { ...formatByName('e4m3fnuz'), name: 'e4m3b11fnuz', bias: 11 },
};

test('codes and names are unique, and lead to their rows', () => {
  for (const format of formats) {
    expect(formatByCode(format.code)).toBe(format);
    expect(formatByName(format.name)).toBe(format);
  }
  expect(formatByCode(0)).toBeUndefined();
  expect(() => formatByName('s12')).toThrow(/no format is called 's12'/);
});

test('round of unpack is the identity on every code of up to 16 bits; NaNs become the canonical one', () => {
  for (const format of formats) {
    if (format.kind === 'scale' || format.valueBits > 16) continue;
    for (let code = 0n; code < 1n << BigInt(format.valueBits); code++) expectIdentity(format, code);
  }
});

test('round of unpack is the identity on wide formats', () => {
  for (const format of formats.filter((row) => row.valueBits > 16)) {
    fc.assert(fc.property(fc.bigInt(0n, (1n << BigInt(format.valueBits)) - 1n), (code) => {
      expectIdentity(format, (code >> BigInt(format.ignoredLowBits)) << BigInt(format.ignoredLowBits));
    }), { numRuns: 300 });
  }
});

test('a 48-bit integer is sign-extended in memory, and the bits above it are not read', () => {
  const s48 = formatByName('s48');
  expect(round(s48, unpack(s48, 0xffff_ffff_ffffn), how(s48)).bits).toBe(0xffff_ffff_ffff_ffffn);
  expect(unpack(s48, 0x1234_0000_0000_0005n)).toEqual(unpack(s48, 5n));
});

test('tf32 clears the low 13 bits before it classifies, so that a NaN held only there is an infinity', () => {
  expect(unpack(formatByName('tf32'), 0x7f80_1fffn).kind).toBe('infinite');
  expect(unpack(formatByName('tf32'), 0x7f80_2000n).kind).toBe('nan');
});

test('NaN into a format without NaN is its greatest value, and invalid', () => {
  for (const format of formats.filter((row) => row.kind !== 'scale' && !hasNan(row))) {
    const greatest = { e2m1: 0x7n, e2m3: 0x1fn, e3m2: 0x1fn }[format.name] ?? greatestInteger(format);
    expect(round(format, { kind: 'nan' }, how(format)), format.name).toMatchObject({ bits: greatest, invalid: true, inexact: false });
  }
});

test('an infinity meets the nearer limit of an integer, also under wrap', () => {
  for (const isat of [false, true]) {
    const s8 = formatByName('s8');
    expect(round(s8, { kind: 'infinite', negative: true }, { ...how(s8), isat })).toMatchObject({ bits: 0x80n, saturated: true });
    expect(round(s8, { kind: 'infinite', negative: false }, { ...how(s8), isat })).toMatchObject({ bits: 0x7fn, saturated: true });
  }
});

test('daz reads subnormals as zeros of their sign or as +0, and leaves everything else alone', () => {
  fc.assert(fc.property(fc.bigInt(0n, 0xffff_ffffn), fc.boolean(), (word, tiny) => {
    const bits = tiny ? word & 0x807f_ffffn : word;
    const subnormal = (bits & 0x7f80_0000n) === 0n && (bits & 0x7f_ffffn) !== 0n;
    const signBit = bits & 0x8000_0000n;
    expect(readElement(fp32, bits, 0)).toEqual(unpack(fp32, bits));
    expect(readElement(fp32, bits, 1)).toEqual(unpackZero(subnormal ? signBit : bits, subnormal));
    expect(readElement(fp32, bits, 2)).toEqual(unpackZero(subnormal ? 0n : bits, subnormal));
  }));
});

test('ftz before rounding flushes what would round up to the least normal, ftz after does not', () => {
  const justBelow = { kind: 'finite', negative: true, significand: (1n << 25n) - 1n, exponent: -151 } as const;
  expect(round(fp32, justBelow, how(fp32))).toMatchObject({ bits: 0x8080_0000n, flushed: false });
  expect(round(fp32, justBelow, { ...how(fp32), ftz: 1 })).toMatchObject({ bits: 0x8080_0000n, flushed: false });
  expect(round(fp32, justBelow, { ...how(fp32), ftz: 2 })).toMatchObject({ bits: 0x8000_0000n, flushed: true, inexact: true });
  const subnormal = unpack(fp32, 0x8000_0001n);
  expect(round(fp32, subnormal, { ...how(fp32), ftz: 1 })).toMatchObject({ bits: 0x8000_0000n, flushed: true });
});

test('ftz flushes no value of at least the least normal, and before rounding every one below it', () => {
  fc.assert(fc.property(fc.bigInt(0n, 0x0100_0000n), (bits) => {
    const value = unpack(fp32, bits);
    const normal = bits >= 0x80_0000n;
    for (const ftz of [1, 2] as const) {
      expect(round(fp32, value, { ...how(fp32), ftz })).toMatchObject({ bits: normal ? bits : 0n, flushed: !normal && bits !== 0n });
    }
  }), { examples: [[0x80_0000n], [0x7f_ffffn], [0n], [1n]] });
});

vectorTest('narrow-floats', 'narrow formats decode as the tables say, every code', (folder) => {
  for (const row of dataLines(join(folder, 'decode_tables.tsv.gz'))) {
    const [name, code, expected] = row.split('\t') as [string, string, string];
    const value = unpack(tableFormat(name), BigInt(`0x${code}`));
    expect(round(fp32, value, how(fp32)).bits, row).toBe(BigInt(`0x${expected}`));
  }
});

vectorTest('narrow-floats', 'fp32 rounds to narrow formats as the tables say, saturating and not', (folder) => {
  const rows = sample(dataLines(join(folder, 'encode_f32.tsv.gz')), 6000);
  for (const row of rows) {
    const [name, word, plain, clipped] = row.split('\t') as [string, string, string, string];
    const format = tableFormat(name);
    const value = unpack(fp32, BigInt(`0x${word}`));
    for (const [expected, fsat] of [[plain, false], [clipped, true]] as const) {
      if (expected === '..') continue;
      const { bits } = round(format, value, { ...how(format), fsat });
      const wanted = BigInt(`0x${expected}`);
      // The tables keep the sign of an infinity that becomes NaN; the machine's NaN is the canonical one.
      const bothNan = unpack(format, wanted).kind === 'nan' && bits === quietNan(format);
      expect(bothNan ? wanted : bits, row).toBe(wanted);
    }
  }
});

function expectIdentity(format: Format, code: bigint): void {
  const value = unpack(format, code);
  const asymmetric = format.kind === 'fixed' && code === 1n << BigInt(format.valueBits - 1);
  // Every direction on short codes; on 16 bits and more the directions take turns.
  for (const direction of format.valueBits > 8 ? [roundNames[Number(code % 7n)]!] : roundNames) {
    const result = round(format, value, { ...how(format), round: direction });
    const expected = value.kind === 'nan' ? quietNan(format) : asymmetric ? code + 1n : code;
    const found = BigInt.asUintN(format.valueBits, result.bits);
    if (found !== expected || result.inexact || result.overflow) {
      expect.fail(`${format.name} ${direction} ${code.toString(16)}: found ${found.toString(16)}, inexact ${result.inexact}`);
    }
  }
}

function how(format: Format): Rounding {
  return { round: 'rne', isat: true, fsat: false, ftz: 0, nan: quietNan(format) };
}

/** unpack, with the exponent that readElement gives to flushed zeros. */
function unpackZero(bits: bigint, flushed: boolean): unknown {
  const value = unpack(fp32, bits);
  return flushed ? { ...value, exponent: 0, flushed: true } : value;
}

function tableFormat(name: string): Format {
  return foreign[name] ?? formatByName(tableNames[name]!);
}
