//! narrow.test: conversions of formats of 8 bits and less as whole programs: round trips in every direction, equal on every device.
import { expect, test } from 'vitest';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { unpack } from '../model/numerics/exact.ts';
import { type Format, formatByName, formats, quietNan } from '../model/numerics/format.ts';
import { specification } from '../model/specification.ts';
import { convertedBy, directions, everyMode, isNarrow, packed } from './narrow-programs.ts';
import { runs } from './runs.ts';

const standard = profile('systole-16'), simd = engine(standard), scalar = engine(standard, { build: 'scalar' }), oracle = specification(standard);
const narrow = formats.filter(isNarrow), fp32 = formatByName('fp32');
const all = (format: Format): bigint[] => Array.from({ length: 2 ** format.valueBits }, (_, code) => BigInt(code));

test('every code of every narrow format comes back from fp32 as it was, in every direction; a NaN as the one of the format', () => {
  for (const format of narrow) {
    const codes = all(format), words = wordsOf(convertedBy(simd, format, codes, fp32, ['round: rne']));
    const back = convertedBy(simd, fp32, words, format, directions.map((round) => `round: ${round}, key: 1`)), size = back.length / directions.length;
    // i8f6 has a code below its least value, which is symmetric.
    const expected = packed(format, codes.map((code) => (unpack(format, code).kind === 'nan' ? quietNan(format) : format.kind === 'fixed' && code === 128n ? 129n : code)));
    directions.forEach((round, i) => expect(back.slice(i * size, (i + 1) * size), `${format.name} ${round}`).toEqual(expected));
  }
});

test('words of 16 bits round to every narrow format alike on every device, in every direction and policy of overflow', () => {
  for (const [i, to] of narrow.entries()) {
    const from = formatByName(i % 2 ? 'fp16' : 'bf16');
    // A sample of odd step, another for each format; npx tsx test/narrow-campaign.ts takes all.
    const codes = Array.from({ length: runs(40) }, (_, k) => BigInt((i + 509 * k) & 0xffff)), expected = convertedBy(oracle, from, codes, to, everyMode);
    expect(convertedBy(simd, from, codes, to, everyMode), `${from.name} to ${to.name}`).toEqual(expected);
    expect(convertedBy(scalar, from, codes, to, everyMode), `${from.name} to ${to.name}, scalar`).toEqual(expected);
  }
});

function wordsOf(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => BigInt(view.getUint32(4 * i, true)));
}
