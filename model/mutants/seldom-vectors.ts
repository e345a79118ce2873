//! seldom-vectors: programs for what rows of numbers seldom meet: events behind events, roundings at their ends, pads that are converted.
import { type Directed, directedProgram } from './directed.ts';

const list = (count: number, of: (i: number) => number): string => Array.from({ length: count }, (_, i) => of(i)).join(', ');
const rows = (count: number, row: string): string => Array(count).fill(`.s32 ${row}`).join('\n');

/** Infinities of both signs in one sum: their NaNs rise in its middle, at its end, in both; by lanes and, where tiny numbers count as zero, one by one. */
const sums: readonly string[] = ['inf, -inf', 'inf, 1.0, -inf', '1.0, -inf, 2.0, 3.0, inf', '1.0, 1.0, 1.0, inf, inf, -inf', 'inf, -inf, 1.0, 1.0, inf, 1.0, -inf'];
function infinities(): string {
  const modes = ['pairs', 'lanes', 'sequential'].flatMap((order) => ['keep', 'zero'].map((daz) => `n0 = { order: ${order}, daz: ${daz} }`));
  return `
    d = spm fp32 [1] at 0x400
    ${sums.map((of, i) => `a${i} = spm fp32 [${of.split(',').length}] at ${32 * i}`).join('   ')}
    ${modes.flatMap((mode) => [mode, ...sums.flatMap((_, i) => ['sum', 'sumsq'].map((of) => `reduce.${of} d, a${i}, r 1 mode n0`))]).join('\n')}
    halt 0
${sums.map((of, i) => `.data spm ${32 * i}\n.fp32 ${of}`).join('\n')}`;
}

/** Panels of integers whose results lie on both sides of what they are clamped to, with something beside them or without. */
function clamped(beside: string): string {
  const lines = ['rne', 'rd', 'ru', 'rhu'].flatMap((round) => ['none', 'fixed', 'tosa'].flatMap((scale) => [
    `n0 = { isat, scale: ${scale}, round: ${round}, zpb: 3, clamp: [-10, 11] }   scale d, a, table t${beside} mode n0`,
    `n0 = { scale: ${scale}, round: ${round}, clamp: [-1000, 1100] }   scale e, a, table t${beside} mode n0`,
    `n0 = { scale: ${scale}, round: ${round}, zpo: -3 }   scale e, a, table t${beside} mode n0`,
  ]));
  return `
    a = spm s32 [8,32] at 0   d = spm s8 [8,32] at 0x400   e = spm s32 [8,32] at 0x1000   t = spm s32 [32,4] at 0x800   r = spm s32 [8,32] at 0x2000
    ${lines.join('\n')}
    halt 0
.data spm 0
.s32 ${list(256, (i) => [-500, -1, 100, -100, 5, -5, 0, 2000][i % 8]!)}
.data spm 0x800
${rows(32, '0, 0x40000000, 1, 0')}
.data spm 0x2000
.s32 ${list(256, (i) => [7, -0x7ffffffc, 5, -5, 3, -3, 100, 1][(i + (i >> 3)) % 8]!)}`;
}

const texts: Readonly<Record<string, string>> = {
  'infinities that cancel more than once': infinities(),
  'what is clamped': clamped(''),
  'what is clamped, with a residual': clamped(' with r'),
  'second roundings that just carry, and just do not': `
    a = spm s32 [1,4] at 0   d = spm s64 [1,4] at 64   t = spm s32 [4,4] at 128   w = spm s64 [1,4] at 0x200
    n0 = { scale: tosa }
    scale d, a, table t mode n0
    convert w, a
    scale d, w, table t mode n0
    halt 0
.data spm 0
.s32 1, -1, -1, 1
.data spm 128
.s32 0, 0x3fffffff, -1, 0, 0, 0x40000001, -1, 0, 0, 0x40000000, -1, 0, 0, 0x40000000, -1, 0`,
  'pads of nibbles that are converted': `
    d = spm s4 [3,6] at 0x100   x = dram fp32 [3,4] at 0x1000
    x.lo = 0x40   x.hi = 0x40   x.fill = 0x40400000
    n0 = { round: stochastic, isat }   n1 = { round: rne, isat }
    load d, x mode n0
    load d, x mode n1
    halt 0
.data dram 0x1000
.fp32 1.0, 2.0, 3.0, 4.0, 5.0, -1.0, -2.0, -3.0, 0.5, 0.25, 0.75, 1.5`,
  'integers between pads whose ranges hold each other, or do not': `
    x = dram u8 [8] at 0x1000   y = dram s8 [8] at 0x2000   z = dram u16 [8] at 0x3000
    a = spm s8 [10] at 0   b = spm u8 [10] at 64   c = spm s16 [10] at 128   d = spm u16 [10] at 192
    x.lo = 1   x.hi = 1   y.lo = 1   y.hi = 1   z.lo = 1   z.hi = 1
    n0 = { isat }
    ${['', ' mode n0'].flatMap((mode) => ['a, x', 'a, z', 'b, y', 'b, z', 'c, x', 'c, y', 'c, z', 'd, x', 'd, y'].map((of) => `load ${of}${mode}`)).join('   ')}
    halt 0
.data dram 0x1000
.u8 200, 127, 128, 255, 0, 1, 2, 3
.data dram 0x2000
.s8 -1, 127, -128, 3, 4, 5, 6, 7
.data dram 0x3000
.u16 65535, 127, 128, 255, 256, 32767, 32768, 1`,
  'scaled blocks that are rounded by chance': `
    a = spm e2m1 [2,32] at 0   b = spm e8m0 [2,1] at 0x100   c = spm ue4m3 [2,2] at 0x140   d = spm fp16 [2,32] at 0x200   e = spm e4m3 [2,32] at 0x300
    n0 = { round: stochastic }
    bdequant d, a, b mode n0   bdequant e, a, b mode n0   bdequant e, a, c mode n0
    halt 0
.data spm 0
.u8 ${list(32, (i) => (37 * i + 11) % 256)}
.data spm 0x100
.u8 120, 130
.data spm 0x140
.u8 0x31, 0x35, 0x3b, 0x2f`,
};

/** Each with the number of its machine: the first, which has all features. */
export const seldomVectors = (): readonly (Directed & { readonly machine: number })[] =>
  Object.entries(texts).map(([name, text]) => ({ ...directedProgram(name, text), machine: 0 }));
