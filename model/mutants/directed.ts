//! directed: small programs for what chance seldom meets: the last token, the first byte outside, a tie far below, a loop that ends in a call.
import { assemble } from '../assembler/assembler.ts';
import { Defect } from '../failure.ts';
import type { Program } from '../device.ts';
import { changing } from './again.ts';

/** What each is after, and its text; all are for the machine with every feature. Some trap, some wait for ever: that is what they are for. */
const texts: Readonly<Record<string, string>> = {
  'halves that round to even, and away where they are odd': `
    a = acc s32 [1,8] at 0 stride [16,1]
    d = spm s8 [1,8] at 0x100
    t = spm s32 [8,4] at 0x200
    n0 = { round: rne, isat, scale: fixed }
    n1 = { round: rhu, isat, scale: fixed }
    drain d, a, table t mode n0
    drain d, a, table t mode n1
    halt 0
.data acc 0
.s32 1, 3, 5, -1, -3, 7, 2, 0
.data spm 0x200
${Array(8).fill('.s32 0, 0x40000000, 0, 0').join('\n')}`,
  'functions that are exact, and such that leave fp32 or its normal numbers': `
    x = spm fp32 [16] at 0   y = spm fp32 [16] at 0x100   z = spm bf16 [16] at 0x200   w = spm bf16 [16] at 0x300
    convert z, x
    special.exp2 y, x     special.tanh y, x     special.exp y, x     special.sigmoid y, x     special.erf y, x     special.gelu y, x     special.silu y, x
    special.exp2 w, z     special.tanh w, z     special.rsqrt y, x   special.sqrt y, x
    halt 0
.data spm 0
.u32 0x3f800000, 0x40000000, 0x40400000, 0xc0800000, 0x42fe0000, 0xc2fe0000, 0x41a00000, 0xc1a00000
.u32 0x41200000, 0x3f000000, 0xbf000000, 0x43000000, 0xc3160000, 0x3e800000, 0x40a00000, 0x40c00000`,
  'exact sums of nothing but zeros below zero': `
    a = spm bf16 [1,2] at 0   w = spm bf16 [2,1] at 0x10   c = acc fp32 [1,1] at 0 stride [16,1]
    n1 = { dot: 3 }   n2 = { dot: 4 }
    wload slot 0, w
    mm.add c, a, slot 0 mode n1     mm.add c, a, slot 0 mode n2     mm.set c, a, slot 0 mode n2
    halt 0
.data acc 0
.u32 0x80000000
.data spm 0
.u16 0x8000, 0x8000
.data spm 0x10
.u16 0x3f80, 0x3f80`,
  'an entry that is not the first instruction': `
    halt 1
begin:
    halt 2
.entry begin`,
  'a straight line between entries that rounds up': `
    x = spm s16 [4] at 0
    y = spm s16 [4] at 0x10
    b = spm s16 [513] at 0x400
    lut.linear16 y, x, b
    halt 0
.data spm 0
.s16 64, 63, -64, 191
.data spm 0x400
.s16 ${Array.from({ length: 513 }, (_, i) => i % 2).join(', ')}`,
  'a depthwise accumulator at its bounds': `
    x = spm s8 [1,1,4] at 0
    w = spm s8 [1,4] at 0x10
    c = acc s32 [1,4] at 0 stride [16,1]
    n0 = { isat }
    wload slot 0, w
    mdw.add c, x, slot 0 mode n0
    mdw.add c, x, slot 0 mode n1
    halt 0
.data spm 0
.s8 100, -100, 100, 1
.data spm 0x10
.s8 100, 100, 100, 1
.data acc 0
.s32 0x7fffffff, -0x80000000, 0x7ffffff0, 5`,
  'exact sums of zeros by sign': `
    x = spm fp32 [3,4] at 0
    d = spm fp32 [3] at 0x40
    n0 = { order: exact }
    n1 = { order: exact, round: rd }
    reduce.sum d, x, r 1 mode n0
    reduce.sum d, x, r 1 mode n1
    halt 0
.data spm 0
.fp32 0x80000000, 0x80000000, 0x80000000, 0x80000000
.fp32 0, 0x80000000, 0, 0x80000000
.fp32 0, 0, 0, 0`,
  'a function lies on the last instruction of a loop': `
    loop 2 {
      call 3
      s1 = s1 + 1 }
    s2 = s2 + 1
    ret`,
  'scalar instructions that wait, post and interrupt': `
    s1 = 3 post m3
    s2 = s1 + 1 wait m3 post m4
    p1 = s2 == 4 wait m4 post m5
    x = spm s8 [4] at 64
    x.base += 8 wait m5 irq
    halt 7`,
  'loops of nothing but scalars': `
    loop 3 { s1 = s1 + 1  s2 = s2 + s1 }
    loop 4 step s3 += 5, s4 += -3 { loop 2 step s5 += 7 { s6 = s6 + s5 }  p1 = s6 < 40  ?p1 s7 = s7 + 1 }
    loop 0 { s8 = 99 }
    loop 5 { s9 = s9 + 1  p2 = s9 == 3  ?p2 leave }
    halt 0x123456`,
  'a base beyond 32 bits': `
    x = dram s8 [4] at 0x400
    y = spm s8 [4] at 0
    x.base_hi = 1
    load y, x
    halt 0`,
  'a base that carries and borrows': `
    x = dram s8 [4] at 0x10
    s1 = -0x20
    x.base += s1
    s2 = 0x7fffffff
    x.base += s2
    x.base += s2
    x.base += 0x40
    halt 0`,
  'no halt': 's1 = 1\n s2 = 2',
  'a second rounding that does not exist': 'nset n0, 1, 6\n halt 0',
  'another': 'nset n0, 1, 7\n halt 0',
  'a scale that does not exist': 'nset n0, 1, 0x38\n halt 0',
  'pads of axes that are not there': `
    x = dram s8 [4] at 0x400
    y = spm s8 [4] at 0
    x.lo = 0x40
    load y, x
    halt 0`,
  'one token for two': 'post m1, 1\n wait m1, 1 wait m1\n halt 0',
  'one token for two in a unit': 'post m1, 1\n wait dmi m1, 1 wait m1\n halt 0',
  'two tokens for two': 'post m1, 2\n wait m1, 1 wait m1\n post m2, 3\n wait vpu m2, 2 wait m2\n halt 0',
  'a scalar instruction without its token': 's1 = 1 wait m5\n halt 0',
  'posts of registers': 's3 = 2\n post m1, s3\n post mxu m2, s3\n s4 = 5\n post vpu m3, s4\n wait mxu m2, s3\n wait m1, s3\n halt 0',
  'as many tokens as fit': 'post m1, 65535\n wait m1, 65535\n post m1, 65534\n post m1, 1\n wait m1, 65535\n s1 = 65535\n post dmi m2, s1\n wait dmi m2, s1\n halt 0',
  'a token too many': 'post m1, 65535\n post m1, 1\n halt 0',
  'a token too many from a unit': 'x = spm s8 [4] at 0\n post m1, 65535\n fill x, 1 post m1\n fill x, 2\n halt 0',
  'a head that posts once too often': 's1 = 65535\n post m1, s1\n s2 = 1 post m1\n halt 0',
  'calls as deep as they go': Array.from({ length: 9 }, (_, i) => `call ${i + 1}`).join('\n'),
  'loops as deep as they go': `${'loop 1 {\n'.repeat(9)} nop ${'}\n'.repeat(9)} halt 0`,
  'a jump behind its loop': 'loop 2 {\n nop\n jump 4 }\n nop\n halt 0',
  'a jump to the end of its loop': 'loop 2 {\n jump 3\n nop\n nop }\n nop\n halt 0',
  'a pause that is met twice': 's1 = 1\n break 3\n s1 = s1 + 1\n break 4\n halt 0',
  'tiny and huge, exactly': `
    a = spm fp32 [2] at 0      d = spm fp32 [1] at 64   b = spm fp32 [4] at 128  e = spm fp32 [1] at 68
    n0 = { round: ru, order: exact }
    n1 = { round: rne, order: exact }
    reduce.sum d, a, r 1 mode n0
    reduce.sum e, b, r 1 mode n1
    n0 = { round: rd, order: exact }
    reduce.sum d, b, r 1 mode n0
    reduce.sumsq e, a, r 1 mode n0
    halt 0
.data spm 0
.fp32 1.0e30, 1.0e-40
.data spm 128
.fp32 1.0, 0x33800000, 0x00000001, 0x80000000`,
  'scales below the least': `
    a = spm fp32 [6] at 0      d = spm e8m0 [6] at 64
    n0 = { round: rne }   convert d, a mode n0
    n0 = { round: ru }    convert d, a mode n0
    n0 = { round: rz, fsat }    convert d, a mode n0
    halt 0
.data spm 0
.fp32 0x00000001, 0x00400000, 0x00300000, 1.5, 0x7f7fffff, 0x00100000`,
  'differences of equals': `
    a = spm fp32 [8] at 0    d = spm fp32 [8] at 64    f = spm fp16 [8] at 128   g = spm fp16 [8] at 160   i = spm s32 [8] at 256  h = spm bf16 [8] at 192  k = spm bf16 [8] at 208
    n0 = { round: rd }      binary.sub d, a, a mode n0      convert f, a mode n0   binary.sub g, f, f mode n0
    n0 = { round: ru }      binary.sub d, a, a mode n0      binary.mul d, a, a mode n0  convert h, a mode n0  binary.div k, h, h mode n0
    n0 = { round: rne }     convert i, a mode n0            fma d, a, a with a mode n0
    n0 = { round: rhu }     convert i, a mode n0            unary.rint d, a mode n0
    n0 = { round: rna }     convert i, a mode n0            unary.rint d, a mode n0
    halt 0
.data spm 0
.fp32 0.5, 1.5, -2.5, 3.0, 0x80000000, 1.0, -0.5, 2.5`,
  'roots that are nearly exact': `
    a = spm fp32 [64] at 0    d = spm fp32 [64] at 0x400    q = spm fp16 [64] at 0x800
    n0 = { round: ru }   special.sqrt d, a mode n0   special.rsqrt d, a mode n0  special.recip d, a mode n0
    n0 = { round: rne }  special.sqrt d, a mode n0   convert q, a mode n0  special.sqrt q, q mode n0
    n0 = { round: rd }   special.sqrt d, a mode n0   special.rsqrt d, a mode n0
    halt 0
.data spm 0
${nearRoots()}`,
  'the greatest product of two fractions': `
    a = spm s32 [2,4] at 0   d = spm s16 [2,4] at 64   e = spm s32 [2,4] at 96   t = spm s32 [4,4] at 128
    n0 = { round: rna, round2: rhu, isat, scale: gemmlowp }   scale d, a, table t mode n0   scale e, a, table t mode n0
    n0 = { round: rne, round2: rne, scale: gemmlowp }   scale d, a, table t mode n0   scale e, a, table t mode n0
    halt 0
.data spm 0
.s32 -2147483648, -2147483648, 2147483647, -1, -2147483648, -1073741824, -2147483647, 1
.data spm 128
.s32 0, -2147483648, 0, 0, 0, -2147483648, -3, 0, 0, -2147483648, 1, 0, 0, -2147483648, -1, 0`,
  'limits of integers': `
    a = spm s8 [6] at 0   b = spm s8 [6] at 16  d = spm s8 [6] at 32   w = spm s32 [4] at 64  x = spm s32 [4] at 96  y = spm s32 [4] at 128   i = spm s32 [4] at 160
    n0 = { round: rne, isat }
    n1 = { round: rne }
    binary.add d, a, b mode n0   binary.sub d, a, b mode n0   binary.mul d, a, b mode n0  binary.add d, a, b mode n1  unary.neg d, a mode n0  unary.abs d, a mode n0  unary.neg d, a mode n1
    binary.mul y, w, x mode n0   binary.add y, w, x mode n0   binary.sub y, w, x mode n1  fma y, w, x with w mode n0
    s1 = 5   s2 = -70000   iota i, s1, s2
    halt 0
.data spm 0
.s8 -128, 127, -1, 0, 64, -128
.data spm 16
.s8 -128, 127, 127, -128, 64, 1
.data spm 64
.s32 -2147483648, 2147483647, 65536, -1
.data spm 96
.s32 -1, 2147483647, 65536, -2147483648`,
};

/** Squares of numbers of 13 bits, and their neighbours: their roots look exact for many digits. The roots of the last ones do for 32 bits. */
function nearRoots(): string {
  const words: string[] = [];
  for (let i = 0; i < 17; i++) {
    const root = 4096 + 97 * i, square = root * root, up = Math.clz32(square) - 8, bits = up >= 0 ? square * 2 ** up : Math.floor(square / 2 ** -up), word = (0x3f80_0000 + (bits & 0x7f_ffff)) >>> 0;
    words.push(`0x${word.toString(16)}`, `0x${(word + 1).toString(16)}`, `0x${(word - 1).toString(16)}`);
  }
  for (const digits of [0x00168b, 0x019d96, 0x03243c, 0x00001c, 0x0186e8, 0x030da7]) words.push(`0x${(0x3f80_0000 + digits).toString(16)}`, `0x${(0x3f00_0000 + digits).toString(16)}`);
  return `.fp32 ${words.slice(0, 32).join(', ')}\n.fp32 ${words.slice(32).join(', ')}`;
}

/** Every scalar operation on every pair of corners. */
function scalars(): string {
  const corners = [0, 1, -1, 7, -7, 31, 32, 33, 0x7fff_ffff, -0x8000_0000, 12345, -70000], operations = ['+', '-', '*', 'div', 'divu', 'rem', 'remu', 'and', 'or', 'xor', 'shl', 'shr', 'sra', 'min', 'max', 'minu', 'maxu'];
  const lines = corners.flatMap((x, i) => [`s1 = ${x}`, ...operations.flatMap((op, k) => [0, 5, 9].map((step) => `s${2 + ((i + k + step) % 28)} = s1 ${op} ${corners[(i * 7 + k * 3 + step) % corners.length]}`))]);
  return [...lines, 'halt 0'].join('\n');
}
function comparisons(): string {
  const corners = [0, 1, -1, 0x7fff_ffff, -0x8000_0000, 5], lines = corners.flatMap((x, i) => [`s1 = ${x}`, ...['==', '!=', '<', '<=', '<u', '<=u'].flatMap((op, k) => corners.map((y, n) => `p${1 + ((i + k + n) % 7)} = s1 ${op} ${y}`))]);
  return [...lines, 'halt 0'].join('\n');
}

export interface Directed { readonly name: string; readonly program: Program; readonly instructions: number }
export const directed = (): readonly Directed[] =>
  Object.entries({ ...texts, ...changing, 'scalar operations on corners': scalars(), 'comparisons of corners': comparisons() }).map(([name, text]) => directedProgram(name, text));

export function directedProgram(name: string, text: string): Directed {
  const { program, diagnostics } = assemble(text);
  if (!program) throw new Defect(`${name}: ${diagnostics.map(({ line, message }) => `${line}: ${message}`).join('; ')}`);
  return { name, program, instructions: new DataView(program.image.buffer, program.image.byteOffset).getUint32(12, true) };
}
