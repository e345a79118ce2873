//! loops: programs of hardware loops whose bodies are instructions of units, most of them alone, with registers that move their operands.
import type { Program, Segment } from '../device.ts';
import { SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import { type Format, formatByName } from '../numerics/format.ts';
import { mixed, random, type Random } from '../verify/random.ts';
import { directedProgram } from './directed.ts';
import { sprinkled } from './numbers.ts';

const u8 = formatByName('u8'), fp32 = formatByName('fp32');

/** Instructions that units do in a loop, on operands that two registers move; in `acc` a row is 16 elements. */
const loopable: readonly string[] = [
  'binary.add c[s20], a[s20], b[s21]', 'binary.max c[s21], c[s20], a[s21]', 'load a[s20], A[s21]', 'load b[s21], A[s20]', 'store A[s20], b[s21]', 'load g[s20], G[s21]',
  'convert h[s20], a[s21]', 'move a[s20], a[s21]', 'binary.add b[s21], b[s20], a[s21]', 'load a[s20], A', 'move b, b[s20]', 'wload slot 0, w[s20]', 'wload slot 0, v[s21]', 'mm.add acc[s22], x[s20], slot 0', 'mm.set acc, x[s21], slot 0', 'mm.add acc, y[s20], slot 1', 'drain o[s21], acc[s22]',
  'binary.add c[s20], a[s20], b[s20]     wait m1 post m1', 'load a[s20], A[s20]     wait m2 post m2', 'binary.add c, a, b[s21]     wait m1 post m2',
];
/** Others, which few programs have in loops: other kinds of rows, events, several destinations, what a body may have beside its units. */
const seldom: readonly string[] = [
  'fma c[s20], a[s21], b[s20] with a', 'clamp.leaky h[s20], h[s21], h', 'clamp.relu c, a[s20]', 'select c[s21], a[s20], b with h', 'unary.neg h[s20], h[s20]', 'binary.add h[s20], h[s21], h mode n1', 'binary.mul c, a[s21], s20', 'convert e[s20], a[s21]',
  'binary.mul f[s21], f[s20], e', 'binary.div f, f[s20], e[s21]', 'special.exp f[s20], f[s21]', 'fma f, f[s20], e[s21] with f', 'reduce.sum r[s20], g, r 1', 'reduce.max r, g[s21], r 1', 'scan.sum c, a[s20]', 'compare.lt h[s20], a[s20], b[s21]', 'scale o[s20], q[s21], table k', 'binary.add p[s20], a, a[s21]',
  'move i[s20], j[s21]', 'unary.neg i, j[s20]', 'store G[s21], g[s20]', 'load z[s20], A[s21]', 'mm.set acc[s22], x[s20], slot 1 mode n1', 'drain.relu o[s20], acc[s22], table k mode n1', 'ainit.zero acc[s22]', 'convert u[s20], e[s21]', 'binary.add u, u[s20], u[s21]',
  's23 = s23 + 1', 's20 = s20 + 16', 'a.base += 64', 'b.dim0 += -1', 'p1 = s23 == 5', '?p1 binary.add c, a[s20], b', '?!p1 move a, b[s21]', 'n1 = { isat }', 'n1 = { round: rd }', 'n1 = { daz: signed, ftz: after }', 'fma f[s20], f[s21], e with f mode n1', 'convert u, f[s20] mode n1', 'post vpu m1, 1', 'fill u[s20], 0x7f80',
];

interface Body { readonly kinds: readonly string[]; readonly longest: number; readonly rounds: number; readonly tensors: string; readonly before: string }
/** A loop of some of them, of up to 40 rounds; then another one, which meets them prepared. Most of the scratchpad is known, some pages of it in part. */
export function looping(seed: number): string {
  const next = random(mixed(seed, 11)), pick = pickOf(next), copied = pick([0x3000, 0x2000, 0x1234]);
  return text(next, {
    kinds: loopable, longest: 3, rounds: 35,
    tensors: `ka = spm u8 [${pick([0x4000, 0x1000, 0x2345])}] at 0     kb = spm u8 [${pick([0x4000, 0x1800, 0x67])}] at 0x4000     kA = dram u8 [${copied}] at 0x9000     kc = spm u8 [${copied}] at 0`,
    before: `s1 = ${next() & 0xffff}     s2 = 7     iota ka, s1, s2     iota kb, s2, s1     store kA, kc`,
  });
}
/** Bodies of up to nine of all of them, on memory that the host wrote, of which some holds floats; ends of memories, and of what is known, are near by. */
export function mingling(seed: number): Program {
  const next = random(mixed(seed, 12)), pick = pickOf(next), end = (): string => pick(['0xf000', '0xfe00', '0xe000', '0x8000', '0x7000', '0x5000']);
  const tensors = `e = spm fp32 [16] at ${pick(['0x6000', '0x6200'])}     f = spm fp32 [16] at ${pick(['0x6800', '0x6040', '0xff00'])}     u = spm bf16 [16] at 0x6c00     q = spm s32 [4,16] at 0x0     k = spm s32 [16,4] at 0x2000
r = spm s32 [6] at ${end()}     p = spm s32 [16] at ${end()} stride [2]     z = spm s32 [16] at ${end()}     i = spm s4 [32] at ${end()}     j = spm s4 [32] at ${pick(['0x400', '0x3ff0'])}`;
  const { program } = directedProgram('loops', text(next, { kinds: next() % 4 ? [...loopable, ...seldom] : seldom, longest: pick([1, 2, 3, 9]), rounds: 16, tensors, before: 'n1 = { isat }     s23 = 0' }));
  const known = (space: number, address: number, bytes: number, format: Format): Segment => ({ space, address, bytes: sprinkled(format, bytes, next) });
  return { ...program, memory: [known(SPACE_SPM, 0, pick([0x5000, 0x4fc0, 0x2345]), u8), known(SPACE_SPM, 0x6000, pick([0x1000, 0xc00]), fp32), known(SPACE_SPM, 0xc000, pick([0x2000, 0x1b00]), u8), known(SPACE_DRAM, 0x9000, pick([0x3000, 0x1234]), u8)] };
}

const pickOf = (next: Random) => <Item>(list: readonly Item[]): Item => list[next() % list.length]!;

/** What the sequencer sets; a word of a mode has undefined values, and traps by them even where its predicate would pass it over. */
const settings = [
  's1 = s1 + 1', 's1 = s1 + 900', 's2 = s1 and 3', 'p1 = s1 < 40', '?p1 s1 = s1 + 9', 'tcopy t2, t1', '?p1 tcopy t3, t2', '?!p1 tcopy t2, t3', 'nset n1, 2, s1', '?p1 nset n2, 2, s1',
  '?!p1 nset n3, 1, s2', 'nset n3, 1, s2', '?p1 nset n1, 3, s1', 't2.dim0 = s2', 't2.base += 0', 'tcopy t4, t2',
  'post m1, 3', 'post dmi m1, s2', '?p1 post vpu m2, 1', 'post m2, s1', 'wait m1, 1', 'wait vpu m1, s2', '?!p1 wait mxu m2, 1', 'post mxu m3, 0x4000',
];
/** A program of such instructions in loops, up to nine in each other; in every other one some are of no round or passed over. */
export function setting(seed: number): string {
  const next = random(mixed(seed, 17)), pick = pickOf(next), few = (): string => Array.from({ length: 1 + (next() % 3) }, () => pick(settings)).join('\n');
  const whether = seed % 2 ? ['', '?p1 ', '?!p1 '] : [''], rounds = seed % 2 ? ['1', '2', '3', 's2', '0'] : ['1', '2'];
  const nested = (depth: number): string => (depth === 0 ? few() : `${few()}\n${pick(whether)}loop ${pick(rounds)} step s1 += ${pick([1, 7, -3])} {\n${nested(depth - 1)}\n}\n${few()}`);
  return `s1 = ${pick([0, 30, 250])}\n${pick(['', 'post m1, 900     post m2, 900\n', 'post m1, 900     post m2, 900\n'])}${nested(pick([1, 2, 3, 8, 9]))}\n${nested(1)}\nhalt 0`;
}

/** Loops over K: weights and a product, added to the same accumulators, which lie about zero or near an end; rows, depths, steps and modes of many kinds. One in three has equal numbers, whose sums grow; of some rows only a part is known. */
export function deepening(seed: number): string {
  const next = random(mixed(seed, 17)), pick = pickOf(next), same = seed % 3 === 0;
  const depth = pick([16, 16, 8]), rows = pick([1, 2, 3, 4, 8, 16, 33, 40]), columns = pick([16, 16, 16, 8]), a = same ? 's8' : pick(['s8', 's8', 'u8']), w = same ? 's8' : pick(['s8', 's8', 'u8']);
  const wide = pick([0, 0, 24, 64, 200]), stride = pick([depth, 32, 256, 24]), apart = wide && wide < stride;
  const mode = same ? pick(['isat', 'round: rne', 'round: rne']) : pick(['isat', 'isat', 'round: rne', 'zpb: 3', 'zpa: 5', 'isat, zpb: -7']), begin = pick([0, 0, 0x7fff0000, 0x7fc00000, 0x80000100, 0x7ffffff0]);
  const multiply = `mm.${pick(['add', 'add', 'add', 'add', 'set'])} acc${pick(['', '', '', '[s22]'])}, a[s20], slot ${pick([0, 0, 0, 0, 1])} mode n1`;
  const loop = (): string => `  s20 = ${pick([0, 0, 512, 1024])}   s21 = ${pick([0, 0, 512, 4000])}   s22 = 0
  loop ${pick([2, 4, 5, 6, 16, 33, 70])} step s20 += ${pick([depth, depth, 16, 64, -8, 0, 256])}, s21 += ${pick([16 * depth, 16 * depth, 16, 0, 8, -16, 1024])} {\n    wload slot 0, w[s21]\n    ${multiply}\n  }`;
  return `a = spm ${a} [${rows},${depth}] at 0x4000 stride [${stride},1]     w = spm ${w} [${depth},${columns}] at 0 stride [${pick([columns, 32, 64])},1]     v = spm ${w} [${depth},${columns}] at 0x400
acc = acc s32 [${rows},${columns}] at 0 stride [${pick([16, 16, 32])},1]     first = spm s32 [${rows},${columns}] at 0x8000     n1 = { ${mode} }
ka = spm u8 [${apart ? 0x4000 : pick([0x8000, 0x8000, 0x8000, 0x5000, 0x1800])}] at 0${apart ? `     kr = spm u8 [${rows},${wide}] at 0x4000 stride [${stride},1]` : ''}
s1 = ${same ? 80 + (next() % 48) : next() & 0xffff}     s2 = ${same ? 0 : pick([7, 7, 0])}     s3 = ${begin}     s4 = ${pick([1, 40000])}
iota ka, s1, s2${apart ? '     iota kr, s1, s2' : ''}     iota first, s3, s4     ainit.load acc, first     wload slot 0, v     wload slot 1, v
loop ${2 + (next() % 3)} {
${loop()}
${loop()}
}
halt 0`;
}

/** What may come between products of the same operands: bytes of them written by each unit, beside them, and by loops; other weights, places and modes; what is passed over. */
const between = [
  '', '', '', 'load x[s23], X', 'load y[s23], X', 'fill x[s23], 9', 'binary.add x[s23], x[s23], x[s23]', 'binary.add z, z, y', 'unary.neg y[s23], y[s23]', 'move x[s24], y', 'drain o[s23], first', 'drain o[s24], first', 'store X, x[s23]', '?p1 fill x[s23], 7', '?!p1 load y[s24], X',
  'loop 5 step s25 += 32 { fill x[s25], 3 }', 'loop 6 step s25 += -16 { binary.add y[s25], x, y[s25] }', 'ainit.zero acc', 's23 = s23 + 40', 's24 = s24 + 16', 's24 = s24 xor 0x2000', 'n1 = { isat }', 'a.stride0 = 24', 'p1 = s23 < 700', 'iota x[s23], s1, s2',
];
/** Products of depth whose operands are met again and again, while others are written between them: of what is kept of their bytes nothing may be used that is no longer so. */
export function shadowing(seed: number): string {
  const next = random(mixed(seed, 19)), pick = pickOf(next), rows = pick([2, 3, 16, 16, 33]), a = pick(['s8', 'u8']), w = pick(['s8', 's8', 'u8']), wide = pick([16, 16, 64, 256]);
  const loop = (): string => `    s20 = ${pick([0, 0, 0, 16, 1024])}   s21 = ${pick([0, 0, 0, 4096, 256])}
    loop ${pick([6, 6, 6, 16, 40])} step s20 += ${pick([16, 16, 16, 0, -8])}, s21 += ${pick([256, 256, 256, 16])} {\n      wload slot 0, w[s21]\n      mm.add acc, a[s20], slot 0 mode n1\n    }`;
  const few = (): string => Array.from({ length: 1 + (next() % 2) }, () => pick(between)).join('\n    '), at = (): string => pick(['0x4000', '0x4100', '0x5ff0', '0', '0x600', '0x1ff0', '0x7000']);
  return `a = spm ${a} [${rows},16] at 0x4000 stride [${pick([256, 96, 16])},1]     w = spm ${w} [16,16] at 0 stride [16,1]
acc = acc s32 [${rows},16] at 0     first = acc s32 [2,16] at 0     o = spm s32 [2,16] at ${at().replace('0x5ff0', '0x5f00').replace('0x1ff0', '0x1f00')}     z = spm u8 [64] at 0x9000
x = spm u8 [${wide}] at ${at()}     y = spm u8 [${wide}] at ${at()}     X = dram u8 [${wide}] at 0x9000     ka = spm u8 [0xa000] at 0     kX = dram u8 [0x1000] at 0x9000     kx = spm u8 [0x1000] at 0
s1 = ${next() & 0xffff}     s2 = 7     iota ka, s1, s2     store kX, kx     ainit.zero acc     n1 = { round: rne }     s23 = 0     s24 = ${pick([0, 64, 300])}     s25 = 512     p1 = s1 < 0x8000
wload slot 0, w
loop ${3 + (next() % 4)} {
  s22 = ${pick([1, 2, 3, 3])}
  s25 = 512
  loop s22 {
${loop()}
    ${few()}
${loop()}
    ${few()}
  }
}
halt 0`;
}

/** So many of each. */
export const loopPrograms = {
  mingling: { count: 600, programOf: mingling },
  deepening: { count: 240, programOf: (seed: number): Program => directedProgram('depths', deepening(seed)).program },
  shadowing: { count: 240, programOf: (seed: number): Program => directedProgram('shadows', shadowing(seed)).program },
  setting: { count: 120, programOf: (seed: number): Program => directedProgram('settings', setting(seed)).program },
} as const;

function text(next: Random, { kinds, longest, rounds, tensors, before }: Body): string {
  const pick = pickOf(next), body = Array.from({ length: 1 + (next() % longest) }, () => pick(kinds)).join('\n    ');
  const steps = (): string => `s20 += ${pick([16, 16, 64, -16, 1, 24, 0, 256])}, ${pick(['s21', 's22'])} += ${pick([16, 16, 64, -64, 40, 256, 3])}`;
  const between = pick(['', '', 's25 = s25 + 1   s24 = s25 divu 3   s24 = s24 * 9', 'b.base += 64', 'a.base += 256', 'wload slot 0, v', 'n1 = { round: rd }']);
  const loop = (): string => `  s20 = ${pick([0, 0, 512, 1024])}   s21 = ${pick([0, 0, 512, 1000])}   s22 = ${pick([0, 0, 1024])}\n  loop ${between.includes('s24') && next() % 2 ? 's24' : 6 + (next() % rounds)} step ${steps()} {\n    ${body}\n  }`;
  return `a = spm s32 [16] at 0x0     b = spm s32 [16] at 0x4000     c = spm s32 [16] at ${pick(['0x8000', '0x4040', '0x4200'])}     A = dram s32 [16] at 0x9000
g = spm s8 [6,20] at 0xc000 stride [40,1]     G = dram s8 [6,20] at 0x9100 stride [64,1]     h = spm s8 [16] at 0xd000     o = spm s8 [4,16] at 0xd800
w = spm s8 [16,16] at 0x0     v = spm s8 [${pick([16, 16, 8])},16] at 0x400     x = spm s8 [4,16] at 0x1000     y = spm s8 [4,16] at 0x1100     acc = acc s32 [4,16] at 0
${tensors}
${before}
post vpu m1, 1     post dmi m2, 1     ainit.zero acc     wload slot 0, w     wload slot 1, w
loop ${2 + (next() % 4)} {
${loop()}
  ${between}
${loop()}
}
halt 0`;
}
