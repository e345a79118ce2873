//! seldom-epilogue: programs for what an epilogue seldom gets: sums and residuals of any length, products on a tie or a unit beside it, factors that are no numbers.
import { type Directed, directedProgram } from './directed.ts';
import { fp32, list, rounds } from './seldom-numbers.ts';

/** Integers of every length beside residuals of every length, as floats: sums that fit a float exactly, and such that do not. */
const lengths = (d: string, down: number): string => `
    a = spm s64 [63] at 0   r = spm s64 [63] at 0x200   q = spm s64 [63] at 0x400   d = spm ${d} [63] at 0x800
    ${['rne', 'rd', 'ru'].map((round) => `n0 = { round: ${round} }   scale d, a with r mode n0   scale d, a with q mode n0   scale d, r with q mode n0`).join('   ')}
    halt 0
.data spm 0
.s64 ${list(63, (i) => 2n ** BigInt(i))}
.data spm 0x200
.s64 ${list(63, (i) => 2n ** BigInt(Math.max(0, i - down)))}
.data spm 0x400
.s64 ${list(63, (i) => -(2n ** BigInt(Math.max(0, i - 1))))}`;

/** Products of 94 bits whose upper 64 are those of a bound, below or above which they then lie. */
const beyondBounds = (multiplier: bigint): string => `
    a = spm s64 [1,2] at 0   d = spm fp32 [1,2] at 64   t = spm s32 [2,4] at 128
    ${[['0x6e000000', '0x7f7fffff'], ['0xff7fffff', '0x6e000000'], ['0xee000000', '0x7f7fffff'], ['0xff7fffff', '0xee000000']]
    .map(([lo, hi]) => `n0 = { scale: fixed, clamp, lo: ${lo}, hi: ${hi} }   scale d, a, table t mode n0`).join('   ')}
    halt 0
.data spm 0
.s64 ${(1n << 93n) / multiplier + 1n}, ${-((1n << 93n) / multiplier + 1n)}
.data spm 128
.s32 0, ${multiplier}, 31, 0, 0, ${multiplier}, 31, 0`;

/** Residuals that a zero point brings beyond 64 bits, beside sources of either sign, as floats; and sources of 63 digits that they take away. */
const farResiduals = `
    a = spm s64 [8] at 0   r = spm s64 [8] at 64   d = spm fp32 [8] at 128   e = spm fp16 [8] at 192
    ${[7, -7].map((zpb) => `n0 = { zpb: ${zpb} }   scale d, a with r mode n0   scale e, a with r mode n0`).join('   ')}
    halt 0
.data spm 0
.s64 0x7fffffffffffffff, -0x8000000000000000, 1, -1, 0x4000000000000000, -0x4000000000000000, 0x4000000000000000, -0x4000000000000000
.data spm 64
.s64 -0x8000000000000000, 0x7fffffffffffffff, 0x7ffffffffffffffe, -0x7fffffffffffffff, -0x3ffffffffffffff9, 0x4000000000000007, -0x4000000000000007, 0x3ffffffffffffff9`;

/** Products of up to 128 bits beside residuals, as floats and as integers: one the greater, or the other. */
const widths = (d: string): string => `
    a = spm s64 [8,12] at 0   r = spm s64 [8,12] at 0x400   t = spm s32 [12,4] at 0x800   d = spm ${d} [8,12] at 0xc00
    ${['rne', 'rd', 'odd'].map((round) => `n0 = { scale: fixed, round: ${round} }   scale d, a, table t with r mode n0   scale.relu d, a, table t mode n0`).join('   ')}
    halt 0
.data spm 0
.s64 ${list(96, (i) => (i % 2 ? -1n : 1n) * (2n ** BigInt([62, 31, 40, 34, 36, 55, 47, 38][i % 8]!) + BigInt(i)))}
.data spm 0x400
.s64 ${list(96, (i) => (i % 3 ? -1n : 1n) * (2n ** BigInt([60, 62, 33, 61, 50][i % 5]!) - BigInt(i)))}
.data spm 0x800
.s32 ${list(12, (i) => `${i}, ${[0x7fff_ffff, 0x4000_0001, 2 ** 20, -0x8000_0000, 3][i % 5]}, ${[31, 31, 31, 31, 31, 30, 29, 33, 40, 100, 20, -20][i]}, 0`)}`;

/** Panels of ordinary integers by every scale, rounding and shift, with something beside them or nothing. */
function panels(beside: string): string {
  const modes = [...['rne', 'rz', 'rd', 'ru', 'rna', 'rhu'].flatMap((round) => [`scale: fixed, round: ${round}`, ...['rz', 'rd', 'rna', 'rhu'].map((round2) => `scale: gemmlowp, round: ${round}, round2: ${round2}`)]), 'scale: tosa', 'zpb: -2, scale: none'];
  return `
    a = spm s32 [4,16] at 0   d = spm s8 [4,16] at 0x400   e = spm s32 [4,16] at 0x440   r = spm s8 [4,16] at 0x600   t = spm s32 [16,4] at 0x800
    ${modes.flatMap((mode) => (mode.startsWith('scale') ? [0, 64, 128] : [-1]).map((at) => `n0 = { ${mode}${beside && mode.startsWith('scale') ? ', zpb: 5' : ''} }   ${['d, a', 'e, a'].map((what) => `scale ${what}${at < 0 ? '' : `, table t[${at}]`}${beside} mode n0`).join('   ')}`)).join('   ')}
    halt 0
.data spm 0
.s32 ${list(64, (i) => (i % 2 ? -1 : 1) * (3 * i + (i % 5)))}
.data spm 0x600
.s8 ${list(64, (i) => (7 * i) % 40 - 20)}
.data spm 0x800
.s32 ${list(48, (i) => `${i % 3}, 0x40000000, ${i < 16 ? 0 : i < 32 ? 2 : [3, -2, 0, 1][i % 4]}, 0`)}`;
}

/** The inverse of an odd number modulo 2^64. */
export function inverse(odd: bigint): bigint {
  let x = odd;
  for (let i = 0; i < 5; i++) x = BigInt.asUintN(64, x * (2n - odd * x));
  return x;
}

/**
 * Tall panels of integers of so many bits, whose products lie on ties and integers and a unit beside them, shifted by `first` places and some more: by
 * every rounding to words as they are and to bytes, with an activation, a residual, bounds that have changed places. The last rows are out of the ordinary.
 * Signs are those of every other column, or in pairs, so that the halves of four lanes have others.
 */
function tall(first: number, bits: number, pairs = false): string {
  const edge = 2 ** bits, columns = Array.from({ length: 16 }, (_, j) => {
    const right = first + (j % 3), power = Math.min(30, Math.max(0, right - 1 - (j % 13))), number = (edge - 1 - 2 * ((37 * j) % (edge / 4))) * ((pairs ? j + (j >> 1) : j) % 2 ? -1 : 1);
    const beside = (j & 4 ? 1n << BigInt(right - 1) : 0n) + BigInt((j % 3) - 1), exact = BigInt.asUintN(Math.min(31, right), beside * inverse(BigInt.asUintN(64, BigInt(number))));
    return { right, number, half: 2 ** (right - 1 - power), multiplier: bits < 4 ? 1 : [Number(exact), ((j % 5) * 2 + 1) * 2 ** Math.min(27, power), 0x7fff_ffff, Number(exact)][j >> 2] || 3 };
  });
  const number = (row: number, { number, half }: (typeof columns)[number]): number => Math.max(-edge, Math.min(edge - 1, [number, number + 1, number - 1, -number, half * row, -half * row, edge - 1, -edge, row - 4, 3 * row * row][row % 10]!));
  const modes = [...['rne', 'rz', 'rd', 'ru', 'rna', 'rhu'].map((round) => `scale: fixed, round: ${round}`), 'scale: tosa'];
  return `
    a = spm s32 [20,16] at 0   c = acc s32 [20,16] at 0   t = spm s32 [16,4] at 0x600   e = spm s32 [20,16] at 0x800   d = spm s8 [20,16] at 0xe00   f = spm u8 [20,16] at 0x1000   g = spm s8 [20,16] at 0x1200   r = spm s8 [20,16] at 0x1400
    ainit.load c, a
    ${modes.map((mode) => `n0 = { ${mode} }   drain e, c, table t mode n0   scale.relu e, a, table t with r mode n0
    n1 = { ${mode}, clamp, lo: -128, hi: 127, zpo: 7 }   drain d, c, table t mode n1   drain.relu d, c, table t mode n1   drain d, c, table t with r mode n1
    n2 = { ${mode}, clamp, lo: 3, hi: 200, zpo: 9 }   drain f, c, table t mode n2   drain.relu f, c, table t mode n2   n3 = { ${mode}, clamp, lo: 40, hi: -90, zpo: 300 }   drain.relu g, c, table t mode n3`).join('\n    ')}
    halt 0
.data spm 0
.s32 ${list(320, (i) => (i === 16 * 17 + 5 ? 2 ** 24 : i === 16 * 18 + 9 ? -(2 ** 24) : number(i >> 4, columns[i % 16]!)))}
.data spm 0x600
.s32 ${columns.map(({ right, multiplier }, j) => `${bits < 4 ? 0 : j % 2}, ${multiplier}, ${31 - right}, 0`).join(', ')}
.data spm 0x1400
.s8 ${list(320, (i) => ((7 * i) % 40) - 20)}`;
}

/** Panels whose results are floats of 16 bits, by every rounding, with what becomes of tiny ones and of great ones. */
function narrowFloats(d: string): string {
  const modes = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'].flatMap((round) => ['', ', ftz: after', ', fsat'].map((rest) => `n0 = { scale: fp32mul, round: ${round}${rest} }`));
  return `
    a = spm s32 [4,16] at 0   t = spm s32 [16,4] at 0x400   d = spm ${d} [4,16] at 0x800   e = spm ${d} [4,16] at 0xa00
    ${modes.map((mode) => `${mode}   scale d, a, table t mode n0   scale.relu e, a, table t mode n0`).join('   ')}
    halt 0
.data spm 0
.s32 ${list(64, (i) => (i % 2 ? -1 : 1) * (1 + 7919 * i * i))}
.data spm 0x400
.s32 ${list(16, (j) => `0, ${fp32(2 ** 23 + 524_287 * j, [-23, -40, -39, 100, -60, -23, -24, -145][j % 8]!)}, 0, 0`)}`;
}

/** Factors, slopes, residuals and bounds that are no numbers, or make none: of integers and floats, to integers and floats. */
function noNumbers(source: string, d: string): string {
  const numbers = ['0x7f800000', '0xff800000', '0x00000000', '0x80000000', '0x7fc00000', '0x7fa00000', '0x3f800000', '0x7f7fffff'], words = (at: number): string => numbers[at % numbers.length]!;
  const clamps = ['', ', clamp, lo: -3, hi: 3', ', clamp, lo: 0xff800000, hi: 0x7f800000', ', clamp, lo: 0x7fc00000, hi: 0x3f800000'];
  const modes = ['fp32mul', 'fp32div'].flatMap((scale) => clamps.map((clamp) => `n0 = { scale: ${scale}${clamp} }`));
  return `
    a = spm ${source} [6,8] at 0   t = spm s32 [8,4] at 0x400   r = spm fp32 [6,8] at 0x800   d = spm ${d} [6,8] at 0xc00   e = spm ${d} [6,8] at 0x1000   f = spm ${d} [6,8] at 0x1400
    ${modes.map((mode) => `${mode}   scale d, a, table t mode n0   scale.leaky e, a, table t mode n0   scale.relu f, a, table t with r mode n0`).join('   ')}
    halt 0
.data spm 0
.${source} ${list(48, (i) => (source === 'fp32' ? words(i >> 3) : [0, 5, -5, 0x7fff_ffff, -0x8000_0000, 1][i >> 3]!))}
.data spm 0x400
.s32 ${list(8, (i) => `${source === 'fp32' ? words(i + 3) : '0'}, ${words(i)}, 0, ${words(i + 5)}`)}
.data spm 0x800
.fp32 ${list(48, (i) => words(i + (i >> 3)))}`;
}

/** Halves and what is next to them, at ends of the numbers too, through every scale by every rounding; no row has only what is ordinary. */
function halves(source: string): string {
  const columns = [
    [0x4000_0000, 0], [-0x4000_0000, 0], [0x7fff_ffff, 0], [-0x8000_0000, 0], [0x4000_0000, -1], [0x4000_0000, -2], [0x7fff_ffff, -31], [0x2000_0000, 1], [0x6000_0000, -3], [0x7fff_ffff, -30], [0x4000_0000, 31],
    [1, 30],
  ];
  const modes = [
    ...rounds.slice(0, 7).flatMap((round2) => rounds.map((round) => `n0 = { scale: gemmlowp, round: ${round}, round2: ${round2} }`)), ...rounds.map((round) => `n0 = { scale: fixed, round: ${round} }`),
    'n0 = { scale: tosa }', 'n0 = { scale: tosa, isat }',
  ];
  return `
    a = spm ${source} [3,12] at 0   d = spm s32 [3,12] at 0x400   t = spm s32 [12,4] at 0x800
    ${modes.map((mode) => `${mode}   scale d, a, table t mode n0`).join('   ')}
    halt 0
.data spm 0
.${source} ${list(36, (i) => [-0x8000_0000, 1, -1, 3, -3, 5, -5, 0x7fff_ffff, -6, 0x7fff_fffe, 2, -0x7fff_ffff, 7][i % 13]!)}
.data spm 0x800
.s32 ${columns.map(([multiplier, shift]) => `0, ${multiplier}, ${shift}, 0`).join(', ')}`;
}

/** Rows out of the ordinary of a drain, which takes no zero point away, and of a scale, which does: panels with a row of constants for each column, one for all, or none. */
const zeroPoints = (columns: number, table: string, scale: string): string => `
    a = acc s32 [3,${columns}] at 0 stride [16,1]   b = spm s32 [3,${columns}] at 0x400   d = spm s8 [3,${columns}] at 0x800   e = spm s8 [3,${columns}] at 0xa00   t = spm s32 [${columns},4] at 0xc00 ${table}
    n0 = { isat, zpa: 7, scale: ${scale} }
    ${['drain d, a', 'scale e, b'].map((what) => `${what}${scale === 'none' ? '' : ', table t'} mode n0`).join('   ')}
    halt 0
.data acc 0
${zeroed(48)}
.data spm 0x400
${zeroed(3 * columns)}
.data spm 0xc00
.s32 ${list(2 * columns, () => '1, 0x40000000, 0, 0')}`;
const zeroed = (count: number): string => `.s32 ${list(count, (i) => [0x7fff_fff0, 5, -5, 100, -0x7fff_fff0, 33, 8][i % 7]!)}`;

/** What each program is after, and its text. */
const texts: readonly (readonly [string, string])[] = [
  ...(['fp32', 'fp16', 'bf16'] as const).flatMap((d) => [0, 1, 20].map((down) => [`integers and residuals of every length as ${d}, ${down} apart`, lengths(d, down)] as const)),
  ...[2 ** 30 + 1, 2 ** 31 - 1, 3 ** 19].map((multiplier) => [`products that go on below a bound, of ${multiplier}`, beyondBounds(BigInt(multiplier))] as const),
  ['residuals beyond 64 bits, as floats', farResiduals],
  ...['fp32', 'fp16', 's32', 's64'].map((d) => [`products of up to 128 bits as ${d}`, widths(d)] as const),
  ...['', ' with r'].map((beside) => [`panels by every rounding${beside}`, panels(beside)] as const),
  ...([[23, 20], [23, 21], [23, 22], [24, 23], [31, 20], [48, 20], [48, 22], [20, 22], [51, 3]] as const).map(([right, bits]) => [`tall panels of ${bits} bits, by ${right} places`, tall(right, bits)] as const),
  ['tall panels of 20 bits, by 31 places, signs in pairs', tall(31, 20, true)],
  ...['fp16', 'bf16'].map((d) => [`panels that become ${d}`, narrowFloats(d)] as const),
  ...['s32', 's64', 'fp32'].flatMap((source) => ['s8', 'fp32', 'fp16'].map((d) => [`factors that are no numbers, ${source} to ${d}`, noNumbers(source, d)] as const)),
  ...['s32', 's64'].map((source) => [`halves of ${source}`, halves(source)] as const),
  ...[16, 11].flatMap((columns) => [['', 'fixed'], ['', 'tosa'], ['', 'gemmlowp'], ['stride [0,1]', 'fixed'], ['stride [0,1]', 'gemmlowp'], ['stride [8,2]', 'fixed'], ['', 'none']]
    .map(([table, scale]) => [`zero points that are taken away, or not, of ${columns}: ${table} ${scale}`, zeroPoints(columns, table!, scale!)] as const)),
];

/** Each with the number of its machine, in the order of `machines`. */
export const seldomEpilogues = (): readonly (Directed & { readonly machine: number })[] => texts.map(([name, text]) => ({ ...directedProgram(name, text), machine: 0 }));
