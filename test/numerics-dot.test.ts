//! numerics-dot.test: laws of the dot-product unit that need no outside data: order, zeros, signs, splits, limits, named words.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dot } from '../model/numerics/dot.ts';
import type { DotInput, DotMode } from '../model/numerics/dot-input.ts';
import type { AfterSumRecord, BlocksRecord, ChainRecord, DotRecord, ExactRecord, FusedRecord, TreeRecord } from '../model/numerics/dot-record.ts';
import type { DotEvent } from '../model/numerics/dot-trace.ts';
import { unpack } from '../model/numerics/exact.ts';
import { type Format, formatByName } from '../model/numerics/format.ts';

const fp32 = formatByName('fp32'), fp16 = formatByName('fp16'), bf16 = formatByName('bf16');
const chain: ChainRecord = { kind: 'chain', join: 'chainStart', lanes: 1, daz: 0, ftz: 0 };
const tree: TreeRecord = { kind: 'tree', group: 8, products: 'rounded', shape: 'adjacent', join: 'chainStart', round: 'rne', daz: 0, ftz: 0 };
const fused: FusedRecord = {
  kind: 'fused', group: 8, order: 'ascending', operands: 'encoded', fractionBits: 24, align: 'rz', floor: -132, join: 'inWindow', round: 'rz', keep: null, zero: 'plus', daz: 0, ftz: 0,
};
const exact: ExactRecord = { kind: 'exact', group: null, join: 'inWindow', round: 'rne', zero: 'ieee', daz: 0, ftz: 0 };
const cdna3: AfterSumRecord = { kind: 'afterSum', group: 8, lanes: 1, fractionBits: 24, sumBits: 31, accumulatorBits: 24, reach: null };
const mxf4: BlocksRecord = { kind: 'blocks', group: 64, exactGroup: 16, exactGroupUnderC: 16, fractionBits: 35, carryBits: 4, floor: -139 };

const mode: DotMode = { isat: false, zpa: 0, zpb: 0, nan: 0x7fff_ffffn };
const input = (format: Format, a: readonly bigint[], w: readonly bigint[], c = 0n, accumulator = fp32): DotInput =>
  ({ a, w, aFormat: format, wFormat: format, c, accumulator });
const bits = (record: DotRecord, of: DotInput): bigint => dot(record, of, mode).bits;
/** Codes of the format, the exponents anywhere or near the middle, and as many again. */
const code = (format: Format): fc.Arbitrary<bigint> => fc.bigInt(0n, (1n << BigInt(format.valueBits)) - 1n);
const near = fc.bigInt(0n, 0xfffn).map((low) => ((low & 0x800n) << 4n) | 0x3800n | (low & 0x7ffn));
const rows = (of: fc.Arbitrary<bigint>, least: number, most: number): fc.Arbitrary<readonly (readonly [bigint, bigint])[]> =>
  fc.array(fc.tuple(of, of), { minLength: least, maxLength: most });
const float32 = (value: number): bigint => BigInt(new Uint32Array(new Float32Array([value]).buffer)[0]!);
const side = (pairs: readonly (readonly [bigint, bigint])[], which: 0 | 1): bigint[] => pairs.map((pair) => pair[which]);

test('the order of the products inside a fused step changes nothing', () => {
  for (const record of [fused, { ...fused, group: 16, fractionBits: 13, keep: 13 }, { ...exact, group: 8 }, cdna3] as const) {
    fc.assert(fc.property(rows(fc.oneof(near, code(fp16)), 2, 8), code(fp32), fc.nat(), (pairs, c, seed) => {
      const turned = pairs.map((_, i) => pairs[(i * 7 + seed) % pairs.length]!);
      fc.pre(new Set(turned.map((_, i) => (i * 7 + seed) % pairs.length)).size === pairs.length);
      expect(bits(record, input(fp16, side(turned, 0), side(turned, 1), c))).toBe(bits(record, input(fp16, side(pairs, 0), side(pairs, 1), c)));
    }), { numRuns: 300 });
  }
});

test('a product that is zero changes nothing in a fused step, whatever its other operand', () => {
  fc.assert(fc.property(rows(code(bf16), 1, 7), code(bf16), code(fp32), (pairs, other, c) => {
    fc.pre(unpack(bf16, other).kind === 'finite');
    const more = [...pairs, [0n, other] as const];
    for (const record of [fused, cdna3]) expect(bits(record, input(bf16, side(more, 0), side(more, 1), c))).toBe(bits(record, input(bf16, side(pairs, 0), side(pairs, 1), c)));
  }));
  // The word of numerics.md 2.2: a zero beside a huge operand has no exponent.
  expect(bits(fused, input(bf16, [0n, 0x3080n], [0x7f00n, 0x3f80n]))).toBe(float32(2 ** -30));
});

test('the sum of negated products and C is the negated sum where alignment and rounding are symmetric, and not where CDNA3 floors', () => {
  const negative = (of: DotInput): DotInput => ({ ...of, a: of.a.map((x) => x ^ 0x8000n), c: of.c ^ 0x8000_0000n });
  const magnitude = (word: bigint): bigint => word & 0x7fff_ffffn;
  let broken = 0;
  fc.assert(fc.property(rows(near, 1, 8), fc.bigInt(0x3a00_0000n, 0x4200_0000n), (pairs, c) => {
    const of = input(fp16, side(pairs, 0), side(pairs, 1), c), opposite = negative(of);
    for (const record of [fused, { ...exact, group: 4 }, chain, tree] as const) expect(magnitude(bits(record, opposite))).toBe(magnitude(bits(record, of)));
    if (magnitude(bits(cdna3, opposite)) !== magnitude(bits(cdna3, of))) broken++;
  }), { numRuns: 400 });
  expect(broken).toBeGreaterThan(0);
});

test('K split where a step ends is two instructions one after the other', () => {
  const records = [chain, tree, fused, { ...exact, group: 8 }, cdna3] as const;
  fc.assert(fc.property(rows(near, 17, 24), code(fp32), (pairs, c) => {
    for (const record of records) {
      const half = bits(record, input(fp16, side(pairs.slice(0, 16), 0), side(pairs.slice(0, 16), 1), c));
      expect(bits(record, input(fp16, side(pairs.slice(16), 0), side(pairs.slice(16), 1), half))).toBe(bits(record, input(fp16, side(pairs, 0), side(pairs, 1), c)));
    }
  }));
});

test('a window wide enough for everything is the exact sum, rounded toward zero', () => {
  // fp16 products and an fp32 C near them lie within 2^-48 .. 2^33.
  fc.assert(fc.property(rows(code(fp16), 1, 16), fc.bigInt(0x3000_0000n, 0x4f00_0000n), (pairs, c) => {
    const of = input(fp16, side(pairs, 0), side(pairs, 1), c);
    expect(bits({ ...fused, group: 16, fractionBits: 120 }, of)).toBe(bits({ ...exact, round: 'rz', zero: 'plus' }, of));
  }));
});

test('a chain is a fused sum of one product at a time that loses nothing', () => {
  fc.assert(fc.property(rows(code(fp16), 1, 9), code(fp32), (pairs, c) => {
    const of = input(fp16, side(pairs, 0), side(pairs, 1), c);
    expect(bits({ ...exact, group: 1 }, of)).toBe(bits(chain, of));
  }));
});

test('trees add as their words say: neighbours, halves, and a sibling passed on where a leaf is missing', () => {
  // 2^24 and 1 meet or do not: (2^24 + 1) + 1 is 2^24, 2^24 + (1 + 1) is 2^24 + 2.
  const big = 0x4b80n, one = 0x3f80n, sum = (shape: 'adjacent' | 'halves', values: readonly bigint[]): bigint =>
    bits({ ...tree, shape, group: 4 }, input(bf16, values, values.map(() => one)));
  expect(sum('adjacent', [big, one, one, 0n])).toBe(float32(2 ** 24));
  expect(sum('halves', [big, 0n, one, one])).toBe(float32(2 ** 24));
  expect(sum('adjacent', [big, 0n, one, one])).toBe(float32(2 ** 24 + 2));
  expect(sum('halves', [big, one, 0n, one])).toBe(float32(2 ** 24 + 2));
  expect(sum('adjacent', [one, one, big])).toBe(float32(2 ** 24 + 2));
  expect(bits({ ...tree, group: 2, products: 'exact', round: 'odd' }, input(bf16, [one], [one]))).toBe(float32(1));
});

test('rounding to odd overflows to infinity and flushes before rounding, as Arm has it', () => {
  const bfdot: TreeRecord = { ...tree, group: 2, round: 'odd', daz: 1, ftz: 2 };
  expect(bits(bfdot, input(bf16, [0x7f00n, 0x7f00n], [0x4000n, 0x4000n]))).toBe(0x7f80_0000n);
  expect(bits(bfdot, input(bf16, [0x0080n], [0x3f00n]))).toBe(0n);
  expect(bits(bfdot, input(bf16, [0x0001n], [0x7f00n]))).toBe(0n);
  // 1 + 2^-24 is inexact: the last bit becomes 1.
  expect(bits(bfdot, input(bf16, [0x3f80n, 0x3380n], [0x3f80n, 0x3f80n]))).toBe(0x3f80_0001n);
});

test('two lanes are two chains, added before C', () => {
  const amx: ChainRecord = { ...chain, join: 'lastAdd', lanes: 2, daz: 1, ftz: 1 }, big = 0x4b80n, one = 0x3f80n;
  // Even: 2^24 + 1 = 2^24; odd: 1 + 1 = 2; together 2^24 + 2.
  expect(bits(amx, input(bf16, [big, one, one, one], [one, one, one, one]))).toBe(float32(2 ** 24 + 2));
  expect(bits({ ...amx, lanes: 1 }, input(bf16, [big, one, one, one], [one, one, one, one]))).toBe(float32(2 ** 24));
  expect(bits(amx, input(bf16, [one], [one], float32(2)))).toBe(float32(3));
});

test('specials come before everything: NaN, infinity x 0, infinities of both signs; else infinity wins; a tensor core has no -0', () => {
  const inf = 0x7f80n, one = 0x3f80n, minus = 0xff80n;
  for (const record of [chain, tree, fused, exact, cdna3, mxf4] as const) {
    expect(bits(record, input(bf16, [inf, one], [0n, one]))).toBe(mode.nan);
    expect(bits(record, input(bf16, [inf, minus], [one, one]))).toBe(mode.nan);
    expect(bits(record, input(bf16, [one, one], [one, one], 0x7fc0_1234n))).toBe(mode.nan);
    expect(bits(record, input(bf16, [one, minus], [one, one]))).toBe(0xff80_0000n);
  }
  for (const record of [fused, mxf4]) expect(bits(record, input(bf16, [0x8000n], [one], 0x8000_0000n))).toBe(0n);
  expect(bits(exact, input(bf16, [0x8000n], [one], 0x8000_0000n))).toBe(0x8000_0000n);
  expect(bits(exact, input(bf16, [0x8000n, 0n], [one, one], 0x8000_0000n))).toBe(0n);
  // Toward zero overflow is infinite all the same.
  expect(bits(fused, input(bf16, [0x7f00n, 0x7f00n], [0x4000n, 0x4000n]))).toBe(0x7f80_0000n);
});

test('the window\'s floor is where it is said to be: -133 tells from -132 and from -134', () => {
  // 2^-126 x 2^-8 beside 2^-126 x 2^-33: with E at least -133 places down to 2^-158 are kept, so that the sum rounds to 2^-134 + 0 or less.
  const small = (floor: number): string => {
    const events: DotEvent[] = [];
    dot({ ...fused, group: 16, fractionBits: 25, floor }, input(bf16, [0x0080n, 0x8080n], [0x3b80n, 0x2f00n]), mode, (event) => events.push(event));
    const window = events.find((event) => event.kind === 'window');
    return window?.kind === 'window' ? `${window.exponent} ${window.last} ${window.raised}` : '';
  };
  expect([-132, -133, -134].map(small)).toEqual(['-132 -157 true', '-133 -158 true', '-134 -159 false']);
});

test('the trace ends with the bits of the result, and its alignments with digits lost are as many as the result says', () => {
  const records = [chain, tree, fused, { ...fused, join: 'lastAdd', order: 'interleaved' }, exact, cdna3, mxf4] as const;
  fc.assert(fc.property(rows(code(fp16), 1, 20), code(fp32), (pairs, c) => {
    for (const record of records) {
      const events: DotEvent[] = [], result = dot(record, input(fp16, side(pairs, 0), side(pairs, 1), c), mode, (event) => events.push(event)), last = events.at(-1)!;
      expect(last.kind === 'round' && last.bits).toBe(result.bits);
      expect(events.filter((event) => event.kind === 'align' && event.lost).length).toBe(result.lostTerms);
      expect(result.lost).toBe(result.lostTerms > 0);
      expect(events.filter((event) => event.kind === 'product').length).toBe(pairs.length);
      expect(dot(record, input(fp16, side(pairs, 0), side(pairs, 1), c), mode)).toEqual(result);
    }
  }), { numRuns: 60 });
});

test('scales are factors of the products: powers of two scale the sum of a block, a NaN among them is a NaN', () => {
  const e2m1 = formatByName('e2m1'), e8m0 = formatByName('e8m0'), pairs = Array.from({ length: 64 }, (_, k) => [BigInt(k % 16), BigInt((k * 5) % 16)] as const);
  const scaled = (record: DotRecord, a: bigint, w: bigint): bigint => bits(record, {
    ...input(e2m1, side(pairs, 0), side(pairs, 1)), scales: { format: e8m0, a: pairs.map(() => a), w: pairs.map(() => w) },
  });
  for (const record of [chain, tree, { ...fused, group: 32 }, exact, mxf4] as const) {
    const plain = bits(record, input(e2m1, side(pairs, 0), side(pairs, 1)));
    expect(scaled(record, 127n, 127n)).toBe(plain);
    expect(scaled(record, 130n, 125n)).toBe(plain + (1n << 23n));
    expect(scaled(record, 255n, 127n)).toBe(mode.nan);
  }
});

test('CDNA3 counts a C more than its reach below as nothing, where it would floor to one place less', () => {
  const fp8 = formatByName('e4m3fnuz'), tiny = 0xb150_5aedn, a = [0x70n], w = [0x70n];
  const with25: AfterSumRecord = { ...cdna3, group: 16, lanes: 2, reach: 25 };
  expect(bits(with25, input(fp8, a, w, tiny))).toBe(bits(with25, input(fp8, a, w)));
  expect(bits({ ...with25, reach: null }, input(fp8, a, w, tiny))).not.toBe(bits(with25, input(fp8, a, w)));
});
