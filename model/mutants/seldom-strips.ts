//! seldom-strips: programs for fused windows and rounds over K as no layer has them: sums of parts that leave 32 bits on the way, windows at the least exponent, rows behind the last whole strip or block.
import type { Profile } from '../machine/profile.ts';
import { mixed, random } from '../verify/random.ts';
import { type Directed, directedProgram } from './directed.ts';
import { machines, rare } from './machines.ts';

/** The kernels of bf16 numbers, one behind the other, as many as each of the two machines has; each has accumulators of its own, c[s20]. */
const each = (line: string, step = 128): string => `    s20 = 0\n${Array.from({ length: 14 }, (_, dot) => `    n1 = { dot: ${dot} }   ${line}   s20 = s20 + ${step}`).join('\n')}`;
/** A number of bf16: 2^exponent times 1 and so many 128ths. */
const bf16 = (exponent: number, digits: number, negative = false): string => `0x${((negative ? 0x8000 : 0) | ((exponent + 127) << 7) | digits).toString(16)}`;
const numbers = (at: number, words: readonly string[]): string => `.data spm ${at}\n.bf16 ${words.join(', ')}`;
const listed = (count: number, word: (i: number) => string): readonly string[] => Array.from({ length: count }, (_, i) => word(i));

/** Products of greatest digits, and an accumulator that has them too: sums that leave 32 bits by little. */
const full = (depth: number, first: string): string => `
    w = spm bf16 [${depth},16] at 0   a = spm bf16 [2,${depth}] at 0x1000   c = acc fp32 [2,16] at 0 stride [64,1]   first = spm fp32 [2,16] at 0x2000
    s1 = 0x3fff   s2 = 0x3fff   fill w, s1   fill a, s2   fill first, ${first}   wload slot 0, w
${each('ainit.load c[s20], first   mm.add c[s20], a, slot 0 mode n1')}
    halt 0`;

/** Of two rows and four times four columns those of one pair have sums of 16 products that go round by way of 2^32, all others of one. */
const around = (row: number, quarter: number): string => `
    w = spm bf16 [16,16] at 0   a = spm bf16 [2,16] at 0x400   c = acc fp32 [2,16] at 0 stride [64,1]
    wload slot 0, w
${each('mm.set c[s20], a, slot 0 mode n1')}
    halt 0
${numbers(0, listed(256, (i) => ((i >>> 2 & 3) === quarter ? bf16(0, 42) : i < 16 ? bf16(0, i) : '0x0000')))}
${numbers(0x400, listed(32, (i) => (i >>> 4 === row || (i & 15) === 0 ? bf16(0, 64) : '0x0000')))}`;

/** Rows and columns of numbers at random, their exponents so far apart. */
function wild(rows: number, depth: number, spread: number, seed: number): string {
  const next = random(mixed(7, seed)), word = (): string => { const code = next() >>> 0; return bf16((code >>> 8) % (2 * spread + 1) - spread, code & 127, (code & 128) !== 0); };
  return `
    w = spm bf16 [${depth},16] at 0   a = spm bf16 [${rows},${depth}] at 0x1000   c = acc fp32 [${rows},16] at 0 stride [64,1]
    wload slot 0, w
${each('mm.set c[s20], a, slot 0 mode n1   mm.add c[s20], a, slot 0 mode n1', 64 * rows)}
    halt 0
${numbers(0, listed(16 * depth, word))}
${numbers(0x1000, listed(rows * depth, word))}`;
}

/** Windows whose greatest product has this exponent, others so far below that their last digits are the window's; the greatest may be taken away again. */
function least(top: number, cancels: boolean): string {
  const low = [0, -9, -11, -13], row = (k: number, column: number): string => (k === 3 && cancels ? bf16(top + 49, 0, true) : bf16(top + 49 + low[k]! - (k ? column & 3 : 0), k ? 1 + 2 * column + 32 * k : 0));
  return `
    w = spm bf16 [4,16] at 0   a = spm bf16 [2,4] at 0x400   c = acc fp32 [2,16] at 0 stride [64,1]
    wload slot 0, w
${each('mm.set c[s20], a, slot 0 mode n1')}
    halt 0
${numbers(0, listed(64, (i) => row(i >>> 4, i & 15)))}
${numbers(0x400, listed(8, (i) => bf16(-49, (i & 3) && !(cancels && (i & 3) === 3) ? 77 + 2 * i : 0)))}`;
}

/** The same into accumulators of fp16, which are far above: it is asked whether a window is one that integers hold. */
const leastHalf = (top: number): string => `
    w = spm bf16 [16,16] at 0   a = spm bf16 [2,16] at 0x1000   c = acc fp16 [2,16] at 0 stride [64,1]
    s1 = ${bf16(top + 50, 127)}   s2 = ${bf16(-50, 127)}   fill w, s1   fill a, s2   wload slot 0, w
${each('mm.set c[s20], a, slot 0 mode n1')}
    halt 0`;

/** So many rows by 18 columns, and accumulators behind them that keep what they had. */
const rowsOf = (rows: number): string => `
    w = spm bf16 [16,18] at 0   a = spm bf16 [${rows},16] at 0x1000   c = acc fp32 [${rows},18] at 0 stride [64,1]   all = acc fp32 [64,64] at 0
    s1 = 0x3f81   s2 = 0x3f83   fill w, s1   fill a, s2   wload slot 0, w
${each('fill all, 0x40000000   mm.set c, a, slot 0 mode n1', 0)}
    halt 0`;

/** Rounds over K, so many of so many rows, whose accumulators begin there: of 25 rows of 40 rounds the tile holds all, but takes an even number at once. */
const deep = (at: number, rows: number, times: number): string => `
    k = spm u8 [0xd000] at 0   a = spm s8 [${rows},16] at 0 stride [640,1]   w = spm s8 [16,16] at 0xa000   c = acc s32 [${rows},16] at ${at} stride [64,1]   n1 = { round: rne }
    s1 = 5   s2 = 11   iota k, s1, s2   ainit.zero c
    loop 2 { s20 = 0   s21 = 0   loop ${times} step s20 += 16, s21 += 256 { wload slot 0, w[s21]   mm.add c, a[s20], slot 0 mode n1 } }
    halt 0`;

const dots = (): Profile => machines()[2]!;
const texts: readonly (readonly [string, () => Profile, string])[] = [
  ...[rare, dots].flatMap((machine) => [8, 9, 16].flatMap((depth) => ['0x3fffffff', '0x00000000', '0x40ffffff'].map((first) => [`full windows of ${depth}, over ${first}`, machine, full(depth, first)] as const))),
  ...[0, 1].flatMap((row) => [0, 1, 2, 3].map((quarter) => [`sums around 2^32, row ${row}, quarter ${quarter}`, rare, around(row, quarter)] as const)),
  ...[rare, dots].flatMap((machine) => ([[3, 16, 2], [4, 16, 12], [4, 15, 45]] as const).map(([rows, depth, spread], i) => [`${rows} rows of ${depth} within 2^${spread}`, machine, wild(rows, depth, spread, i)] as const)),
  ...[rare, dots].flatMap((machine) => [-104, -103, -102, -101, -100, -99].flatMap((top) => [false, true].map((cancels) => [`windows at 2^${top}${cancels ? ', the greatest taken away' : ''}`, machine, least(top, cancels)] as const))),
  ...[-103, -102, -101].map((top) => [`windows of fp16 at 2^${top}`, dots, leastHalf(top)] as const),
  ...[17, 31, 33, 39].map((rows) => [`${rows} rows of numbers`, dots, rowsOf(rows)] as const),
  ...[[64, 4, 20], [320, 4, 20], [0, 25, 40], [0, 51, 40]].map(([at, rows, times]) => [`${times} rounds over K of ${rows} rows, accumulators at ${at}`, (): Profile => machines()[0]!, deep(at!, rows!, times!)] as const),
];

/** Each with its machine. */
export const strips = (): readonly (Directed & { readonly machine: Profile })[] => texts.map(([name, machine, text]) => ({ ...directedProgram(name, text), machine: machine() }));
