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
  const { bias, fractionBits } = formats.find((one) => one.name === name)!, least = (128 - bias) << 23;
  const words = [-(1 << (23 - fractionBits)), 0].flatMap((from) => [-1, 0, 1].map((by) => least + from + by));
  return `
    d = spm ${name} [16] at 0x800
    ${words.map((_, i) => `a${i} = spm fp32 [16] at ${64 * i}`).join('   ')}
    n1 = { ftz: after }
    ${words.map((_, i) => `convert d, a${i}   convert d, a${i} mode n1`).join('   ')}
    halt 0
.data spm 0
${words.map((word) => amongOnes(word)).join('\n')}`;
}

/** Results that are tiny and exact, and sources that are tiny, of each operation in each mode of subnormals. */
function exactlyTiny(code: string): string {
  const results = ['binary.div d, a, b', 'binary.mul d, a, c', 'binary.mul d, a, s1', 'binary.sub d, e, a', 'binary.add d, e, f', 'fma d, a, c with z', 'clamp.leaky d, f, c'];
  const copies = ['unary.neg d, h', 'unary.abs d, h', 'binary.min d, h, b', 'binary.max d, h, f', 'clamp.relu d, h', 'convert d, h'];
  const sources = ['binary.add d, h, b', 'binary.mul d, h, b', 'binary.mul d, b, h', 'binary.div d, h, b', 'binary.div d, b, h', 'fma d, h, b with z', 'fma d, b, h with z', 'fma d, b, b with h'];
  const ofOwn = code === 'fp32' ? ['recip d, g', 'sqrt d, h', 'rsqrt d, h', 'recip d, h'].map((line) => `special.${line}`) : [];
  const modes = ['ftz: after', 'ftz: before', 'ftz: after, daz: signed', 'daz: zero', 'daz: signed'], lines = [...results, ...copies, ...sources, ...ofOwn];
  return `
    d = spm ${code} [16] at 0x400
    ${['a', 'b', 'c', 'e', 'f', 'g', 'h', 'z'].map((name, i) => `${name} = spm fp32 [16] at ${64 * i}`).join('   ')}
    s1 = 0x3f000000
    ${modes.map((mode) => `n1 = { ${mode} }   ${lines.map((line) => `${line} mode n1`).join('   ')}`).join('\n    ')}
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

/** Numbers of both signs through two roundings, and a function of each kind of number. */
const bothSigns = (code: string): string => `
    a = spm fp32 [32] at 0   b = spm fp32 [32] at 0x80   c = spm fp32 [32] at 0x100   d = spm ${code} [32] at 0x200   e = spm fp32 [32] at 0x300
    ${['add', 'sub', 'mul', 'div', 'min', 'max'].map((of) => `binary.${of} d, a, b   binary.${of} e, a, b`).join('   ')}
    fma d, a, b with c   fma e, a, b with c   clamp.leaky d, a, b   clamp.leaky e, b, a   convert d, a
    halt 0
.data spm 0
.fp32 ${Array.from({ length: 32 }, (_, i) => hex(((100 + ((i * 7) % 50)) << 23) | ((i * 0x1d_b7a5) & 0x7f_ffff) | (i % 3 ? 0x8000_0000 : 0))).join(', ')}
.fp32 ${Array.from({ length: 32 }, (_, i) => hex(((110 + ((i * 11) % 30)) << 23) | ((i * 0x35_9a31) & 0x7f_ffff) | (i % 4 > 1 ? 0x8000_0000 : 0))).join(', ')}
.fp32 ${Array.from({ length: 32 }, (_, i) => hex(((120 + ((i * 5) % 12)) << 23) | ((i * 0x11_3579) & 0x7f_ffff) | (i % 2 ? 0x8000_0000 : 0))).join(', ')}`;

/** Results whose first rounding is just the middle between two numbers of the format that has so many bits fewer: what they are inexact by decides, of each sign. */
function middles(code: string, bits: number): string {
  const spots = Array.from({ length: 32 }, (_, i) => {
    const result = fp32(0x3f80_0000 | ((i & 7) << bits) | (1 << (bits - 1))) * (i & 8 ? -1 : 1);
    let y = fp32(0x3f80_0000 + (i + 1) * 0x2_9d31) * (i & 16 ? -1 : 1);
    while (!isNear(result, y)) y = Math.fround(y * 1.000_3);
    return { result, y, tiny: (i & 1 ? -1 : 1) * 2 ** -40 };
  });
  const listed = (of: (one: (typeof spots)[number]) => number): string => `.fp32 ${spots.map((one) => hex(bitsOf(of(one)))).join(', ')}`;
  return `
    ${['y', 'p', 'q', 'r', 't', 'o'].map((name, i) => `${name} = spm fp32 [32] at ${0x80 * i}`).join('   ')}
    d = spm ${code} [32] at 0x400   i = spm s32 [4] at 0x300   j = spm ${code} [4] at 0x440
    fill o, 0x3f800000
    binary.div d, p, y   binary.mul d, q, y   binary.add d, r, t   binary.sub d, r, t   fma d, r, o with t   fma d, q, y with t   clamp.leaky d, q, y   convert j, i
    halt 0
.data spm 0
${[listed(({ y }) => y), listed(({ result, y }) => result * y), listed(({ result, y }) => result / y), listed(({ result }) => result), listed(({ tiny }) => tiny)].join('\n')}
.data spm 0x300
.s32 ${[1, -1].flatMap((by) => [1, -1].map((sign) => sign * (2 ** 30 + 2 ** (6 + bits) + by))).join(', ')}`;
}
/** Are the rounded product of both and their rounded quotient inexact, and each brought back to the result by rounding once more? */
function isNear(result: number, y: number): boolean {
  const [product, quotient] = [Math.fround(result * y), Math.fround(result / y)];
  return product !== result * y && Math.fround(product / y) === result && quotient * y !== result && Math.fround(quotient * y) === result;
}
const words = new DataView(new ArrayBuffer(4));
const fp32 = (bits: number): number => { words.setUint32(0, bits); return words.getFloat32(0); };
const bitsOf = (value: number): number => { words.setFloat32(0, value); return words.getUint32(0); };

/** One element of each kind of integer for all of a row of each, whose highest bits are set. */
function broadcasts(): string {
  const codes = ['s4', 'u4', 's8', 'u8', 's16', 'u16', 's32'];
  return `
    d = spm s32 [32] at 0x400   m = spm u8 [32] at 0x500
    ${codes.map((code, i) => `a${i} = spm ${code} [32] at ${0x80 * i}   b${i} = spm ${code} [32] at ${0x80 * i} stride [0]`).join('   ')}
    ${codes.flatMap((_, i) => codes.map((__, j) => `binary.add d, a${i}, b${j}   binary.mul d, a${i}, b${j}   compare.lt m, a${i}, b${j}`)).join('   ')}
    halt 0
.data spm 0
.u8 ${Array.from({ length: 0x380 }, (_, i) => (i % 4 === 3 ? 0 : 0xf3 - (i % 0x80))).map((byte) => byte & 255).join(', ')}`;
}

/** Products whose rows of A and of the accumulators lie in runs of their own, none of which ends where another one does. */
const raggedRows = (code: string, accumulator: string, zeros: string): string => `
    k = spm u8 [0x1000] at 0   w = spm ${code} [8,16] at 0   c = acc ${accumulator} [2,3,16] at 0 stride [256,64,1]
    e = acc ${accumulator} [6,16] at 0 stride [64,1]   a = spm ${code} [3,2,8] at 0x200 stride [40,8,1]   b = spm ${code} [6,8] at 0x200
    f = spm ${code} [3,2,4,16] at 0x400 stride [200,16,16,1]   g = spm ${code} [6,4,16] at 0x400   v = spm ${code} [4,16] at 0x80
    ${zeros}   wload slot 0, w   wload slot 1, v
    mm.set c, a, slot 0, m 2   mm.add c, b, slot 0, m 1   mm.add e, a, slot 0, m 2   mm.add e, b, slot 0, m 1
    mdw.set c, f, slot 1, m 2   mdw.add c, g, slot 1, m 1   mdw.add e, f, slot 1, m 2   mdw.add e, g, slot 1, m 1
    halt 0`;

/** Rows as many as a tile has room for, and some more. */
const blocksOfRows = (code: string, accumulator: string, rows: number): string => `
    w = spm ${code} [16,2] at 0   a = spm ${code} [${rows},16] at 0x100   c = acc ${accumulator} [${rows},2] at 0 stride [16,1]
    fill w, 1   fill a, 1   wload slot 0, w   mm.set c, a, slot 0
    halt 0`;

/** Many bytes that nobody touched, far from the first. */
const farBytes = (low: number, count: number): string => `
    x = dram s8 [${count}] at ${low}   y = spm s8 [${count}] at 0
    load y, x
    halt 0`;

/** Rows that have a cache line, and all together a page, or not quite: from there on they are asked for before. */
const farRows = (code: string, accumulator: string, rows: number, depth: number): string => `
    w = spm ${code} [${depth},2] at 0   a = spm ${code} [${rows},${depth}] at 0x800   c = acc ${accumulator} [${rows},2] at 0 stride [64,1]
    fill w, 1   fill a, 1   wload slot 0, w   mm.set c, a, slot 0
    halt 0`;

/** The last page of a memory, which ends inside it: written in parts until all of it is known, then read and written again and again. */
const lastPage = `
    x = spm u8 [100] at 28672   y = spm u8 [28] at 28772   z = spm u8 [64] at 0x100   u = spm u8 [64] at 28672   v = spm u8 [28] at 0x100
    p = acc s32 [1,64] at 16384 stride [64,1]   q = acc s32 [7,64] at 16640 stride [64,1]   r = spm s32 [1,64] at 0x1000
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
    w = spm bf16 [${depth},18] at 0   v = spm bf16 [1,18] at ${36 * (depth - 1)}   a = spm bf16 [2,${depth}] at 0x1000   e = spm bf16 [2,1] at ${0x1000 + 2 * (depth - 1)} stride [${depth},1]
    c = acc fp32 [2,18] at 0 stride [32,1]   first = spm fp32 [2,18] at 0x2000
    fill w, 0   fill v, ${x}   fill a, 0   fill e, ${y}   fill first, 0x00800000
    wload slot 0, w
    ${[0, 1, 2, 3, 4, 5, 6, 7].map((dot) => `n1 = { dot: ${dot} }   mm.set c, a, slot 0 mode n1   ainit.load c, first   mm.add c, a, slot 0 mode n1`).join('\n    ')}
    halt 0`;

interface Unit { readonly code?: string; readonly weight?: string; readonly accumulator?: string; readonly kernels?: number; readonly lanes?: number }
/** Products and accumulators about the least normal number of a format, and zeros that are left where they are flushed. */
const aboutLeast = ({ code = 'bf16', weight, accumulator = 'fp32', kernels = 16, lanes = 64 }: Unit, x: string, y: string, first: string, depth: number): string => `
    w = spm ${weight ?? code} [${depth},17] at 0   a = spm ${code} [2,${depth}] at 0x1000   c = acc ${accumulator} [2,17] at 0 stride [${lanes},1]
    first = spm ${accumulator} [2,17] at 0x2000
    fill w, ${x}   fill a, ${y}   fill first, ${first}   wload slot 0, w
    ${Array.from({ length: kernels }, (_, dot) => `n1 = { dot: ${dot} }   ainit.load c, first   mm.add c, a, slot 0 mode n1`).join('\n    ')}
    halt 0`;

/** Numbers of 5 bits of exponent, all finite, whose products are so far apart that most of them are cut. */
const farApart = (seed: number): string => `
    w = spm e5m2 [16,18] at 0   a = spm e5m2 [4,16] at 0x200   c = acc fp32 [4,18] at 0 stride [32,1]   first = spm fp32 [4,18] at 0x400
    wload slot 0, w   mm.set c, a, slot 0   ainit.load c, first   mm.add c, a, slot 0   mm.add c, a, slot 0
    halt 0
.data spm 0
.u8 ${Array.from({ length: 0x240 }, (_, i) => Math.imul(i + 1, seed) >>> 24).map((byte) => (byte & 0x7c) === 0x7c ? byte & 0xbf : byte).join(', ')}
.data spm 0x400
.fp32 ${Array.from({ length: 72 }, (_, i) => hex(((97 + (i * 7) % 50) << 23) | (Math.imul(i + 1, seed) >>> 9) | (i % 2 ? 0x8000_0000 : 0))).join(', ')}`;

/** Odd numbers to which nothing is added, in a window that ends half a place below them. */
const nothingAdded = `
    w = spm e5m2 [8,18] at 0   a = spm e5m2 [2,8] at 0x100   c = acc fp32 [2,18] at 0 stride [32,1]   first = spm fp32 [2,18] at 0x200   n1 = { dot: 1 }
    fill w, 0   fill a, 0x3c   fill first, 0x3f800001   wload slot 0, w   ainit.load c, first   mm.add c, a, slot 0 mode n1
    halt 0`;

/** Slots far behind the first, one weight in each. */
const lastSlots = (slots: readonly number[]): string => `
    w = spm s8 [1,1] at 0   a = spm s16 [1,1] at 16   b = spm s16 [1,1,1] at 32   c = acc s64 [1,1] at 0 stride [32,1]
    fill w, 3   fill a, 5   fill b, 7   ainit.zero c
    ${slots.map((slot) => `wload slot ${slot}, w   mm.add c, a, slot ${slot}   mdw.add c, b, slot ${slot}`).join('   ')}
    halt 0`;

/** Codes with a scale each, inexact. */
const scaledCodes = `
    a = spm s8 [16] at 0   b = spm fp32 [16] at 0x40   d = spm bf16 [16] at 0x100   e = spm fp16 [16] at 0x140   n1 = { round: stochastic }
    unpack.scale d, a, b   unpack.scale e, a, b   unpack.scale d, a, b mode n1
    halt 0
.data spm 0
.s8 ${Array.from({ length: 16 }, (_, i) => 17 * i - 128).join(', ')}
.data spm 0x40
.fp32 ${Array.from({ length: 16 }, (_, i) => hex((120 << 23) | (i * 0x3_5731))).join(', ')}`;

/** Codes with scales in rows that end in half a byte, behind which something was. */
const scaledNibbles = (code: string, columns: number): string => `
    k = spm u8 [48] at 0x200   d = spm e2m1 [3,${columns}] at 0x200 stride [16,1]   a = spm ${code} [3,${columns}] at 0   b = spm fp32 [3,${columns}] at 0x80   n1 = { fsat }
    fill k, 0xff   unpack.scale d, a, b   fill k, 0xa5   unpack.scale d, a, b mode n1
    halt 0
.data spm 0
.u8 ${Array.from({ length: 3 * columns }, (_, i) => (i * 37 + 1) & 255).join(', ')}
.data spm 0x80
.fp32 ${Array.from({ length: 3 * columns }, (_, i) => hex(((120 + (i % 9)) << 23) | (i * 0x3_5731))).join(', ')}`;

/** Rows of narrow integers just as long as a run of lanes, or longer, with what lies behind them, and one element for all of a row. */
const runsOfLanes = (code: string, to: string, columns: number, line: string): string => `
    k = spm u8 [0x100] at 0   a = spm ${code} [${columns}] at 0   b = spm ${code} [${columns}] at 3   e = spm ${code} [${columns}] at 7 stride [0]
    d = spm ${to} [${columns}] at 0x1000   rest = spm u8 [16] at ${0x1000 + columns * (to === 's16' ? 2 : 1)}
    s1 = 3   s2 = 7   iota k, s1, s2   fill rest, 0x5a   ${line}
    halt 0`;

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
  ...['bf16', 'fp16', 'e5m2'].map((code) => [`numbers of both signs to ${code}, without counters`, rare, bothSigns(code)] as const),
  ...[whole, dots, rare].map((machine, i) => [`codes with scales, ${i}`, machine, scaledCodes] as const),
  ...['s8', 'e4m3', 's4'].flatMap((code) => [3, 5].map((columns) => [`rows of ${columns} ${code} with scales to nibbles`, whole, scaledNibbles(code, columns)] as const)),
  ...([['s8', 's8'], ['u8', 's16']] as const).flatMap(([code, to]) => [256, 272].flatMap((columns) => ['binary.add d, a, b', 'binary.mul d, a, e', 'fma d, a, b with e', 'unary.neg d, a']
    .map((line) => [`${line} of ${columns} ${code} in runs of lanes`, whole, runsOfLanes(code, to, columns, line)] as const))),
  ...[0x9e37_79b1, 0x85eb_ca6b, 0xc2b2_ae35].map((seed) => [`products far apart, ${seed}`, rare, farApart(seed)] as const),
  ...['bf16', 'fp16', 'e5m2', 'tf32'].map((code) => [`numbers of both signs to ${code}`, whole, bothSigns(code)] as const),
  ...([['bf16', 16], ['fp16', 13], ['e5m2', 21], ['e4m3', 20]] as const).map(([code, bits]) => [`results of ${code} in the middle at first`, whole, middles(code, bits)] as const),
  ['one element for a row', whole, broadcasts()],
  ...([['s8', 's32', ''], ['s8', 's32', 'n0 = { zpa: 3, zpb: -2 }'], ['bf16', 'fp32', ''], ['u8', 's32', 'n0 = { isat }']] as const)
    .map(([code, accumulator, zeros]) => [`ragged rows of ${code} ${zeros}`, whole, raggedRows(code, accumulator, zeros)] as const),
  ...([['bf16', 'fp32', 510], ['bf16', 'fp32', 512], ['bf16', 'fp32', 513], ['s8', 's32', 1022], ['s8', 's32', 1024]] as const)
    .map(([code, accumulator, rows]) => [`${rows} rows of ${code}`, whole, blocksOfRows(code, accumulator, rows)] as const),
  ...[[0x1a000, 17_000], [0x10000, 16_384], [0x10000, 16_385]].map(([low, count]) => [`${count} bytes from ${low} on`, whole, farBytes(low!, count!)] as const),
  ['the last page of a memory', dots, lastPage],
  ['the last page of a memory, written in two parts', dots, 'x = spm u8 [100] at 28672\n y = spm u8 [28] at 28772\n fill x, 1\n fill y, 2\n halt 0'],
  ['among very many pages', rare, manyPages],
  ...[['0x1e00', '0x1e00'], ['0x9e00', '0x1e00'], ['0x2000', '0x2000'], ['0x1f80', '0x1f00']].flatMap(([x, y]) => [1, 8, 7]
    .map((depth) => [`a lone leaf ${x} ${y} of ${depth}`, rare, loneLeaf(x!, y!, depth)] as const)),
  ...[['0x0080', '0x3f80'], ['0x8100', '0x3f00'], ['0x8080', '0x1f80']].flatMap(([x, y]) => ['0x00800000', '0x80ffffff', '0x80000000'].flatMap((first) => [1, 2, 5]
    .map((depth) => [`about the least normal number ${x} ${y} ${first} ${depth}`, dots, aboutLeast({}, x!, y!, first, depth)] as const))),
  ...[['0x0400', '0x3c00'], ['0x8400', '0x0400'], ['0x8800', '0x3800']].flatMap(([x, y]) => ['0x0400', '0x87ff', '0x8000']
    .map((first) => [`about the least normal half ${x} ${y} ${first}`, dots, aboutLeast({ code: 'fp16', accumulator: 'fp16' }, x!, y!, first, 2)] as const)),
  ...[['0x8001', '0x3f80'], ['0x0001', '0xbf80'], ['0x8080', '0x1f80'], ['0x0080', '0x3f80'], ['0x8100', '0x3f00'], ['0x0080', '0x3f00']]
    .flatMap(([x, y]) => ['0x80000000', '0x80000001', '0x00800000'].flatMap((first) => [1, 5].map((depth) => [`flushed factors ${x} ${y} ${first} ${depth}`, rare, aboutLeast({ kernels: 10, lanes: 32 }, x!, y!, first, depth)] as const))),
  ...[['0x1fffffff', '0x20000000'], ['0x9fffffff', '0x20000000'], ['0x1ffffffe', '0x20000000']].flatMap(([x, y]) => ['0', '0x00000001', '0x00800000']
    .map((first) => [`just below the least normal number ${x} ${y} ${first}`, rare, aboutLeast({ code: 'fp32', kernels: 10, lanes: 32 }, x!, y!, first, 5)] as const)),
  ...[['0x10', '0x3c00'], ['0xf0', '0x0001'], ['0x40', '0x8001'], ['0x01', '0x0400']].flatMap(([x, y]) => ['0', '0x80000000']
    .map((first) => [`fixed-point weights ${x} ${y} ${first}`, rare, aboutLeast({ code: 'fp16', weight: 'i8f6', kernels: 10, lanes: 32 }, x!, y!, first, 5)] as const)),
  ['infinities of both signs, summed exactly', rare, infinities(['inf, 1.0, -inf, 1.0, 1.0, 1.0', 'inf, 1.0, inf, 1.0, 1.0, 1.0', '-inf, 1.0, 1.0, 1.0, 1.0, -inf', '1.0, nan, 1.0, 1.0, 1.0, 1.0',
    'inf, 1.0, 1.0, 1.0, 1.0, 1.0', '1.0, 1.0, 2.0, 1.0, -inf, 1.0', '1.0, 1.0, 1.0, -1.0, 1.0, 2.0'])],
  ['odd numbers to which nothing is added', rare, nothingAdded],
  ...[[4, 5, 6], [7, 8, 11], [12, 14, 15]].map((slots) => [`slots ${slots}`, rare, lastSlots(slots)] as const),
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
    bench.note(bench.exports.touch(space, 0n, BigInt(bytes)));
    device.write(space, 0, new Uint8Array(bytes - 1));
    for (const [low, high] of [[0, bytes - 1], [0, bytes], [bytes - 1, bytes], [0, 4000]] as const) bench.note(bench.exports.touch(space, BigInt(low), BigInt(high)));
  }
  bench.final();
}
