//! loop-programs: programs of hardware loops whose bodies are instructions of units alone, with registers that move their operands.
import { mixed, random } from '../model/verify/random.ts';

/** Instructions that units do in a loop, on operands that two registers move; in `acc` a row is 16 elements. */
const loopable = [
  'binary.add c[s20], a[s20], b[s21]', 'binary.max c[s21], c[s20], a[s21]', 'load a[s20], A[s21]', 'load b[s21], A[s20]', 'store A[s20], b[s21]', 'load g[s20], G[s21]',
  'convert h[s20], a[s21]', 'move a[s20], a[s21]', 'binary.add b[s21], b[s20], a[s21]', 'load a[s20], A', 'move b, b[s20]', 'wload slot 0, w[s20]', 'wload slot 0, v[s21]', 'mm.add acc[s22], x[s20], slot 0', 'mm.set acc, x[s21], slot 0', 'mm.add acc, y[s20], slot 1', 'drain o[s21], acc[s22]',
  'binary.add c[s20], a[s20], b[s20]     wait m1 post m1', 'load a[s20], A[s20]     wait m2 post m2', 'binary.add c, a, b[s21]     wait m1 post m2',
];
/** A loop of some of them, of up to 40 rounds; then another one, which meets them prepared. Most of the scratchpad is known, some pages of it in part. */
export function looping(seed: number): string {
  const next = random(mixed(seed, 11)), pick = <T>(list: readonly T[]): T => list[next() % list.length]!, body = Array.from({ length: 1 + (next() % 3) }, () => pick(loopable)).join('\n    ');
  const steps = (): string => `s20 += ${pick([16, 16, 64, -16, 1, 24, 0, 256])}, ${pick(['s21', 's22'])} += ${pick([16, 16, 64, -64, 40, 256, 3])}`;
  const loop = (): string => `  s20 = ${pick([0, 0, 512, 1024])}   s21 = ${pick([0, 0, 512, 1000])}   s22 = ${pick([0, 0, 1024])}\n  loop ${6 + (next() % 35)} step ${steps()} {\n    ${body}\n  }`;
  const copied = pick([0x3000, 0x2000, 0x1234]);
  return `a = spm s32 [16] at 0x0     b = spm s32 [16] at 0x4000     c = spm s32 [16] at ${pick(['0x8000', '0x4040', '0x4200'])}     A = dram s32 [16] at 0x9000
g = spm s8 [6,20] at 0xc000 stride [40,1]     G = dram s8 [6,20] at 0x9100 stride [64,1]     h = spm s8 [16] at 0xd000     o = spm s8 [4,16] at 0xd800
w = spm s8 [16,16] at 0x0     v = spm s8 [${pick([16, 16, 8])},16] at 0x400     x = spm s8 [4,16] at 0x1000     y = spm s8 [4,16] at 0x1100     acc = acc s32 [4,16] at 0
ka = spm u8 [${pick([0x4000, 0x1000, 0x2345])}] at 0     kb = spm u8 [${pick([0x4000, 0x1800, 0x67])}] at 0x4000     kA = dram u8 [${copied}] at 0x9000     kc = spm u8 [${copied}] at 0
s1 = ${next() & 0xffff}     s2 = 7
iota ka, s1, s2     iota kb, s2, s1     store kA, kc
post vpu m1, 1     post dmi m2, 1     ainit.zero acc     wload slot 0, w     wload slot 1, w
loop ${2 + (next() % 3)} {
${loop()}
${loop()}
}
halt 0`;
}

/** What the sequencer sets; a word of a mode has undefined values, and traps by them even where its predicate would pass it over. */
const settings = [
  's1 = s1 + 1', 's1 = s1 + 900', 's2 = s1 and 3', 'p1 = s1 < 40', '?p1 s1 = s1 + 9', 'tcopy t2, t1', '?p1 tcopy t3, t2', '?!p1 tcopy t2, t3', 'nset n1, 2, s1', '?p1 nset n2, 2, s1',
  '?!p1 nset n3, 1, s2', 'nset n3, 1, s2', '?p1 nset n1, 3, s1',
];
/** A program of such instructions in loops, up to nine in each other; in every other one some are of no round or passed over. */
export function setting(seed: number): string {
  const next = random(mixed(seed, 17)), pick = <T>(list: readonly T[]): T => list[next() % list.length]!, few = (): string => Array.from({ length: 1 + (next() % 3) }, () => pick(settings)).join('\n');
  const whether = seed % 2 ? ['', '?p1 ', '?!p1 '] : [''], rounds = seed % 2 ? ['1', '2', '3', 's2', '0'] : ['1', '2'];
  const nested = (depth: number): string => (depth === 0 ? few() : `${few()}\n${pick(whether)}loop ${pick(rounds)} step s1 += ${pick([1, 7, -3])} {\n${nested(depth - 1)}\n}\n${few()}`);
  return `s1 = ${pick([0, 30, 250])}\n${nested(pick([1, 2, 3, 8, 9]))}\n${nested(1)}\nhalt 0`;
}

/** Loops over K: weights and a product, added to the same accumulators, which lie about zero or near an end; rows, depths, steps and modes of many kinds. One in three has equal numbers, whose sums grow. */
export function deepening(seed: number): string {
  const next = random(mixed(seed, 17)), pick = <T>(list: readonly T[]): T => list[next() % list.length]!, same = seed % 3 === 0;
  const depth = pick([16, 16, 8]), rows = pick([1, 2, 3, 4, 8, 16]), columns = pick([16, 16, 16, 8]), a = same ? 's8' : pick(['s8', 's8', 'u8']), w = same ? 's8' : pick(['s8', 's8', 'u8']);
  const mode = same ? pick(['isat', 'round: rne', 'round: rne']) : pick(['isat', 'isat', 'round: rne', 'zpb: 3', 'zpa: 5', 'isat, zpb: -7']), begin = pick([0, 0, 0x7fff0000, 0x7fc00000, 0x80000100, 0x7ffffff0]);
  const multiply = `mm.${pick(['add', 'add', 'add', 'add', 'set'])} acc${pick(['', '', '', '[s22]'])}, a[s20], slot ${pick([0, 0, 0, 0, 1])} mode n1`;
  const loop = (): string => `  s20 = ${pick([0, 0, 512, 1024])}   s21 = ${pick([0, 0, 512, 4000])}   s22 = 0
  loop ${pick([2, 4, 5, 6, 16, 33, 70])} step s20 += ${pick([depth, depth, 16, 64, -8, 0, 256])}, s21 += ${pick([16 * depth, 16 * depth, 16, 0, 8, -16, 1024])} {\n    wload slot 0, w[s21]\n    ${multiply}\n  }`;
  return `a = spm ${a} [${rows},${depth}] at 0x4000 stride [${pick([depth, 32, 256, 24])},1]     w = spm ${w} [${depth},${columns}] at 0 stride [${pick([columns, 32, 64])},1]     v = spm ${w} [${depth},${columns}] at 0x400
acc = acc s32 [${rows},${columns}] at 0 stride [${pick([16, 16, 32])},1]     first = spm s32 [${rows},${columns}] at 0x8000     n1 = { ${mode} }
ka = spm u8 [${pick([0x8000, 0x8000, 0x8000, 0x5000, 0x1800])}] at 0
s1 = ${same ? 80 + (next() % 48) : next() & 0xffff}     s2 = ${same ? 0 : pick([7, 7, 0])}     s3 = ${begin}     s4 = ${pick([1, 40000])}
iota ka, s1, s2     iota first, s3, s4     ainit.load acc, first     wload slot 0, v     wload slot 1, v
loop ${2 + (next() % 3)} {
${loop()}
${loop()}
}
halt 0`;
}
