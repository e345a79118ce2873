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
  's23 = s23 + 1', 's20 = s20 + 16', 'a.base += 64', 'b.dim0 += -1', 'p1 = s23 == 5', '?p1 binary.add c, a[s20], b', '?!p1 move a, b[s21]', 'n1 = { isat }', 'n1 = { round: rd }', 'post vpu m1, 1', 'fill u[s20], 0x7f80',
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
