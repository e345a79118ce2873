//! seldom-kernels: programs for what kernels and memory seldom meet: results just where another way begins, kernels that nobody builds, pages that end early or lie far apart.
import { PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formats } from '../numerics/format.ts';
import type { Bench } from './bench.ts';
import { type Directed, directedProgram } from './directed.ts';
import { machines, rare } from './machines.ts';

const ONE = 0x3f80_0000, hex = (word: number): string => `0x${(word >>> 0).toString(16).padStart(8, '0')}`;
/** Sixteen numbers: one among ones, where it does not come first. */
const amongOnes = (word: number, place = 11): string => `.fp32 ${Array.from({ length: 16 }, (_, i) => hex(i === place ? word : ONE)).join(', ')}`;

/** Numbers about the place from which on a second rounding might make the least normal one of a format, and about that. */
function nearNormal(name: string): string {
  const { bias, fractionBits } = formats.find((one) => one.name === name)!, least = (128 - bias) << 23, words = [-(1 << (23 - fractionBits)), 0].flatMap((from) => [-1, 0, 1].map((by) => least + from + by));
  return `
    d = spm ${name} [16] at 0x800
    ${words.map((_, i) => `a${i} = spm fp32 [16] at ${64 * i}`).join('   ')}
    n1 = { ftz: after }
    ${words.map((_, i) => `convert d, a${i}   convert d, a${i} mode n1`).join('   ')}
    halt 0
.data spm 0
${words.map((word) => amongOnes(word)).join('\n')}`;
}

/** Results that are tiny and exact, of each operation in each mode of subnormals. */
function exactlyTiny(code: string): string {
  const lines = ['binary.div d, a, b', 'binary.mul d, a, c', 'binary.mul d, a, s1', 'binary.sub d, e, a', 'binary.add d, e, f', 'fma d, a, c with z', ...(code === 'fp32' ? ['special.recip d, g'] : []), 'clamp.leaky d, f, c', 'unary.neg d, h', 'unary.abs d, h', 'binary.min d, h, b', 'binary.max d, h, f', 'clamp.relu d, h', 'convert d, h'];
  return `
    d = spm ${code} [16] at 0x400
    ${['a', 'b', 'c', 'e', 'f', 'g', 'h', 'z'].map((name, i) => `${name} = spm fp32 [16] at ${64 * i}`).join('   ')}
    s1 = 0x3f000000
    ${['ftz: after', 'ftz: before', 'ftz: after, daz: signed', 'daz: zero', 'daz: signed'].map((mode) => `n1 = { ${mode} }   ${lines.map((line) => `${line} mode n1`).join('   ')}`).join('\n    ')}
    halt 0
.data spm 0
${amongOnes(0x0080_0000)}
.fp32 ${Array(16).fill('2.0').join(', ')}
.fp32 ${Array(16).fill('0.5').join(', ')}
${amongOnes(0x00c0_0000)}
${amongOnes(0x8080_0000)}
${amongOnes(0x7f00_0000)}
${amongOnes(0x0040_0000)}
.fp32 ${Array(16).fill('0.0').join(', ')}`;
}

/** Rows that have a cache line, and all together a page, or not quite: from there on they are asked for before. */
const farRows = (code: string, accumulator: string, rows: number, depth: number): string => `
    w = spm ${code} [${depth},2] at 0   a = spm ${code} [${rows},${depth}] at 0x800   c = acc ${accumulator} [${rows},2] at 0 stride [64,1]
    fill w, 1   fill a, 1   wload slot 0, w   mm.set c, a, slot 0
    halt 0`;

/** The last page of a memory, which ends inside it: written in parts until all of it is known, then read and written again and again. */
const lastPage = `
    x = spm u8 [100] at 28672   y = spm u8 [28] at 28772   z = spm u8 [64] at 0x100   u = spm u8 [64] at 28672   v = spm u8 [28] at 0x100   p = acc s32 [1,64] at 16384 stride [64,1]   q = acc s32 [7,64] at 16640 stride [64,1]   r = spm s32 [1,64] at 0x1000
    s2 = 0
    fill x, 1   fill p, 2   fill y, 3   fill q, 4   fill z, 5
    loop 6 { move z, u[s2]   move y, v   drain r, p   ainit.zero p   s2 = s2 + 3 }
    halt 0`;

/** Among very many known pages an operand moves up, and another down: as far as was looked at, and farther. */
const manyPages = `
    w = spm u8 [0x80000] at 0   a = spm u8 [64] at 0x2000   b = spm u8 [64] at 0x40000   c = spm u8 [64] at 0x7ef00
    fill w, 7   s2 = 0   s3 = 0
    loop 11 { move b, a[s2]   s2 = s2 + 0x9000   move b, c[s3]   s3 = s3 - 0x9000 }
    s2 = 0   s3 = 0
    loop 11 { move b, c[s3]   s3 = s3 - 0xa000   move b, a[s2]   s2 = s2 + 0xa000 }
    halt 0`;

/** Steps of a tree that have one product alone, which is tiny where nothing is rounded before it is added to a number so small that it shows. */
const loneLeaf = (x: string, y: string, depth: number): string => `
    w = spm bf16 [${depth},18] at 0   v = spm bf16 [1,18] at ${36 * (depth - 1)}   a = spm bf16 [2,${depth}] at 0x1000   e = spm bf16 [2,1] at ${0x1000 + 2 * (depth - 1)} stride [${depth},1]   c = acc fp32 [2,18] at 0 stride [32,1]   first = spm fp32 [2,18] at 0x2000
    fill w, 0   fill v, ${x}   fill a, 0   fill e, ${y}   fill first, 0x00800000
    wload slot 0, w
    ${[0, 1, 2, 3].map((dot) => `n1 = { dot: ${dot} }   mm.set c, a, slot 0 mode n1   ainit.load c, first   mm.add c, a, slot 0 mode n1`).join('\n    ')}
    halt 0`;

/** The least number less products that lie 16 binades or more below it, whose last places are 64 and some below its own: what is left rounds up to it. */
const justShort = (accumulator: string): string => `
    w = spm fp32 [2,16] at 0   a = spm fp32 [3,2] at 0x200   c = acc ${accumulator} [3,16] at 0 stride [64,1]
    wload slot 0, w
    ${Array.from({ length: 16 }, (_, dot) => `n1 = { dot: ${dot} }   mm.set c, a, slot 0 mode n1`).join('\n    ')}
    halt 0
.data spm 0
.fp32 ${Array(16).fill(hex(78 << 23)).join(', ')}
.fp32 ${Array.from({ length: 16 }, (_, i) => hex(((40 + (i >> 1)) << 23) | (i % 2 ? 0x8000_0000 : 0))).join(', ')}
.data spm 0x200
${(accumulator === 'fp32' ? [27, 27, 28] : [152, 152, 153]).map((field, i) => `.fp32 ${hex(field << 23)}, ${hex(((accumulator === 'fp32' ? 44 : 169) << 23) | (i === 1 ? 0x8000_0000 : 0))}`).join('\n')}`;

/** Infinities of one sign and of both, and no numbers, in a step whose neighbours are summed exactly. */
const infinities = (rows: readonly string[]): string => `
    w = spm e5m2 [6,3] at 0   a = spm e5m2 [${rows.length},6] at 0x100   c = acc fp32 [${rows.length},3] at 0 stride [32,1]   first = spm fp32 [${rows.length},3] at 0x200
    wload slot 0, w   mm.set c, a, slot 0   ainit.load c, first   mm.add c, a, slot 0
    halt 0
.data spm 0
${Array(6).fill('.e5m2 1.0, -1.0, 0.0').join('\n')}
.data spm 0x100
${rows.map((row) => `.e5m2 ${row}`).join('\n')}
.data spm 0x200
${rows.map((_, i) => `.fp32 ${['inf, inf, 1.0', '-inf, 1.0, -inf', '1.0, 1.0, 1.0'][i % 3]}`).join('\n')}`;

/** Sums of 33 bits in accumulators of 64, few and small enough for 32. */
const longSums = (rows: number, columns: number): string => `
    k = spm u8 [0x800] at 0   w = spm s8 [5,${columns}] at 0   a = spm s16 [${rows},5] at 0x400   c = acc s64 [${rows},${columns}] at 0 stride [32,1]
    s1 = 3   s2 = 29   iota k, s1, s2   wload slot 0, w   mm.set c, a, slot 0   mm.add c, a, slot 0   mm.add c, a, slot 0
    halt 0`;

/** Weights of whole panels that are loaded again and again, each time others. */
const reloads = (code: string, rows: number, columns: number): string => `
    k = spm u8 [0x1000] at 0   w = spm ${code} [${rows},${columns}] at 0
    s1 = 3   s2 = 7   iota k, s1, s2   s21 = 0
    loop 6 step s21 += ${rows * columns + 5} { wload slot 0, w[s21] }
    halt 0`;
/** The same behind weights that are not known: all of these are. */
const reloadsOfUnknown = (code: string, rows: number, columns: number): string => `
    k = spm u8 [0x1000] at 0   w = spm ${code} [${rows},${columns}] at 0   u = spm ${code} [${rows},${columns}] at 0x2000
    s1 = 3   s2 = 7   iota k, s1, s2   s21 = 0
    loop 7 step s21 += ${rows * columns + 5} { wload slot 0, u   wload slot 0, w[s21] }
    halt 0`;

interface Kernel extends Directed { readonly machine: Profile }
/** What a program is after, its machine, which is made when it is asked for, and its text. */
type Text = readonly [string, () => Profile, string];
const whole = (): Profile => machines()[0]!, dots = (): Profile => machines()[2]!;
const texts: readonly Text[] = [
  ...['e2m1', 'e2m3', 'e3m2', 'e4m3', 'e5m2', 'e4m3ieee', 'e3m4', 'bf16', 'fp16'].map((name) => [`numbers about the least normal one of ${name}`, whole, nearNormal(name)] as const),
  ...['fp32', 'bf16', 'fp16'].map((code) => [`results of ${code} that are tiny and exact`, whole, exactlyTiny(code)] as const),
  ...([['s8', 's32', 64, 64], ['s8', 's32', 63, 64], ['s8', 's32', 64, 56], ['e4m3', 'fp32', 64, 65], ['e4m3', 'fp32', 63, 65], ['e4m3', 'fp32', 64, 64], ['bf16', 'fp32', 64, 33], ['bf16', 'fp32', 32, 64], ['bf16', 'fp32', 64, 31]] as const)
    .map(([code, accumulator, rows, depth]) => [`${rows} rows of ${depth} ${code}`, dots, farRows(code, accumulator, rows, depth)] as const),
  ['the last page of a memory', dots, lastPage],
  ['among very many pages', rare, manyPages],
  ...[['0x1e00', '0x1e00'], ['0x9e00', '0x1e00'], ['0x2000', '0x2000'], ['0x1f80', '0x1f00']].flatMap(([x, y]) => [1, 8, 7].map((depth) => [`a lone leaf ${x} ${y} of ${depth}`, rare, loneLeaf(x!, y!, depth)] as const)),
  ...['fp32', 'fp16'].map((accumulator) => [`just short of the least number of ${accumulator}`, dots, justShort(accumulator)] as const),
  ['infinities of both signs, summed exactly', rare, infinities(['inf, 1.0, -inf, 1.0, 1.0, 1.0', 'inf, 1.0, inf, 1.0, 1.0, 1.0', '-inf, 1.0, 1.0, 1.0, 1.0, -inf', '1.0, nan, 1.0, 1.0, 1.0, 1.0', 'inf, 1.0, 1.0, 1.0, 1.0, 1.0', '1.0, 1.0, 2.0, 1.0, -inf, 1.0', '1.0, 1.0, 1.0, -1.0, 1.0, 2.0'])],
  ...[[1, 16], [4, 16], [5, 18]].map(([rows, columns]) => [`${rows} rows of long sums of ${columns}`, rare, longSums(rows!, columns!)] as const),
];
const slots: readonly Text[] = ([['s8', dots, 32], ['s8', whole, 16], ['u8', whole, 16]] as const).flatMap(([code, machine, columns]) => [1, 2, 5].flatMap((rows): Text[] => [
  [`${rows} rows of ${columns} ${code} that are loaded again`, machine, reloads(code, rows, columns)],
  [`${rows} rows of ${columns} ${code} that are loaded again behind unknown ones`, machine, reloadsOfUnknown(code, rows, columns)],
]));

const made = (list: readonly Text[]): readonly Kernel[] => list.map(([name, machine, text]) => ({ ...directedProgram(name, text), machine: machine() }));
export const kernelPrograms = (): readonly Kernel[] => made(texts);
/** Programs of which the weights that they leave are looked at. */
export const slotPrograms = (): readonly Kernel[] => made(slots);

/** A host that asks what is known of pages that nobody has touched since a reset, all of them known before. */
export function untouched(bench: Bench): void {
  const { device } = bench, { dramBytes, spmBytes, accBytes } = device.profile, spaces = [[SPACE_DRAM, dramBytes], [SPACE_SPM, spmBytes], [SPACE_ACC, accBytes]] as const;
  for (const [space, bytes] of spaces) device.write(space, 0, new Uint8Array(bytes).fill(0x5a));
  device.reset();
  for (const [space, bytes] of spaces) {
    for (let at = 100; at < bytes; at += PAGE_BYTES) bench.noteBytes(device.known(space, at, Math.min(64, bytes - at)));
    bench.noteBytes(device.read(space, bytes - 80, 80));
  }
  bench.final();
}
