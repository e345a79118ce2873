//! seldom: programs for lines of the engine that no drawn one reaches: ends of number formats, layouts that nobody writes, what is done again.
import { type Directed, directedProgram } from './directed.ts';

/** By machine, in the order of `machines`: what each program is after, and its text. Some trap: that is what they are for. */
const texts: readonly Readonly<Record<string, string>>[] = [{
  'rows and elements far apart in pages that nobody touched': `
    x = dram s8 [4] at 0x4000 stride [20000]
    z = dram s8 [2,4] at 0x4000 stride [60000,1]
    w = dram s8 [2,4] at 0x14000 stride [-60000,1]
    v = dram s8 [2,4] at 0x14000 stride [-60000,-1]
    y = spm s8 [4] at 0
    q = spm s8 [2,4] at 16
    load y, x
    load q, z
    load q, w
    load q, v
    halt 0`,
  ...Object.fromEntries([16383, 16384, 16385].map((reach) => [`two elements ${reach} bytes apart in pages that nobody touched`, `y = spm s8 [2] at 0\n x = dram s8 [2] at 0x4000 stride [${reach - 1}]\n load y, x\n halt 0`])),
  ...Object.fromEntries([32767, 32768, 32769, -32767, -32768, -32769].map((step) => [`elements ${step} bytes apart in pages that nobody touched`, `y = spm s8 [3] at 0\n x = dram s8 [3] at ${step > 0 ? '0x4000' : '0x14000'} stride [${step}]\n load y, x\n halt 0`])),
  'rows that end where pages do, far apart': `
    y = spm s8 [3,16] at 0   z = spm s4 [3,16] at 0x100   v = spm s32 [3,4] at 0x200
    x = dram s8 [3,16] at 0x3ff0 stride [0x8000,1]   w = dram s4 [3,16] at 0x5ff8 stride [0x10000,1]   u = dram s32 [3,4] at 0x13ffc stride [-0x2000,-1]
    load y, x
    load z, w
    load v, u
    halt 0`,
  ...Object.fromEntries(['e8m0', 'ue4m3', 's64'].map((format) => [`a source of ${format}, scaled`, `d = spm fp32 [2] at 0\n a = spm ${format} [2] at 16\n scale d, a\n halt 0`])),
  ...Object.fromEntries(['get d, x', 'put x, d'].flatMap((line) => ['peer-dram', 'peer-spm'].map((space) => [`${line} of ${space}`, `d = spm s8 [2] at 0\n x = ${space} s8 [2] at 0\n ${line}\n halt 0`]))),
  ...Object.fromEntries(['*', 'div', 'divu', 'rem', 'remu', 'sra', 'min', 'maxu'].map((op) => [`values one behind the other: ${op}`, `
    s1 = 77   s2 = 9   s3 = 5   s4 = 3   s5 = 100003
    loop 3 { ${op === '*' ? 's6 = s5 * s2   s7 = s6 * s3   s8 = s1 * s4' : `s6 = ${op} s5, s2   s7 = ${op} s6, s3   s8 = ${op} s1, s4`}   s5 = s5 + s6 }
    csr SCRATCH0 = s8
    halt 0`])),
  'a nibble that begins between bytes': 'd = spm s4 [2,2] at 0 stride [3,1]\n x = dram s4 [2,2] at 0x1000\n load d, x\n halt 0',
  'pads of another rank': 'd = spm s8 [2,2] at 0\n x = dram s8 [4] at 0x1000\n load d, x\n halt 0',
  'kept weights of another width': 'd = spm s8 [2,8,3] at 0x8000\n a = spm s8 [8,4] at 0\n b = spm u4 [4,3] at 0x1000 stride [4,1]\n unpack.expand d, a, b\n halt 0',
  'kept weights of rank 1': 'd = spm s8 [8] at 0x8000\n a = spm s8 [4] at 0\n b = spm u4 [2] at 0x1000\n unpack.expand d, a, b\n halt 0',
  'accumulators that are not side by side': 'w = spm s8 [2,2] at 0\n a = spm s8 [2,2] at 64\n c = acc s32 [2,2] at 0 stride [16,2]\n wload slot 0, w\n mm.set c, a, slot 0\n halt 0',
  'accumulators that begin within a row': 'w = spm s8 [2,2] at 0\n a = spm s8 [2,2] at 64\n c = acc s32 [2,2] at 0 stride [17,1]\n wload slot 0, w\n mm.set c, a, slot 0\n halt 0',
  'a dtype that a weight never has': 'w = spm s64 [2,2] at 0\n wload slot 0, w\n halt 0',
  'weights of rank 1': 'w = spm s8 [4] at 0\n wload slot 0, w\n halt 0',
  ...Object.fromEntries(['unpack.palette d, b, k, bits 2', 'shift.left d, a, s1', 'special.recip e, f', 'clamp.relu d, a', 'scan.sum d, a', 'convert d, a', 'binary.add d, a, a', 'fma d, a, a with a', 'select d, a, a with m', 'take d, a, i', 'scale d, a', 'move d, a'].map((line) => [`nibbles apart: ${line}`, `
    d = spm s4 [2] at 0 stride [2]   a = spm s4 [2] at 16   b = spm u8 [1] at 32   e = spm e2m1 [2] at 0 stride [2]   f = spm e2m1 [2] at 16   m = spm u8 [2] at 48   i = spm s32 [2] at 64   k = spm s4 [4] at 80
    ${line}
    halt 0`])),
  'rows of nibbles apart': 'd = spm s4 [2] at 0 stride [2]\n a = spm s4 [2,2] at 16\n reduce.max d, a, r 1\n halt 0',
  'a scale as a factor': 'd = spm fp32 [2] at 0\n a = spm fp32 [2] at 16\n b = spm e8m0 [2] at 32\n fma d, a, b with a\n halt 0',
  'a scale as a slope': 'd = spm fp32 [2] at 0\n a = spm fp32 [2] at 16\n b = spm e8m0 [2] at 32\n clamp.leaky d, a, b\n halt 0',
  'products and weights that are done again': `
    w = spm s8 [8,16] at 0   v = spm u8 [5,16] at 0x100   u = spm s8 [8,16] at 0x2000   a = spm s8 [4,8] at 0x400   b = spm u8 [4,5] at 0x480   c = acc s32 [4,16] at 0   d = acc s32 [4,16] at 0x800
    fill w, 3   fill v, 200   fill a, 5   fill b, 6
    loop 5 { wload slot 0, w   mm.set c, a, slot 0   mm.add c, a, slot 0   wload slot 1, v   mm.set d, b, slot 1 }
    s2 = 0
    loop 8 { s2 = s2 + 1   p1 = s2 == 5   ?p1 wload slot 0, u   mm.set c, a, slot 0   wload slot 0, w }
    wload slot 0, w   s2 = 0
    loop 8 { s2 = s2 + 1   p1 = s2 == 5   ?p1 wload slot 0, u   mm.set c, a, slot 0 }
    halt 0`,
  'weights and products that are not kept': `
    w = spm s8 [4,16] at 0 stride [32,2]   v = spm bf16 [4,16] at 0x100   u = spm s16 [4,16] at 0x200   x = spm s8 [2,16] at 0x400   r = spm s8 [2,2,16] at 0x500   a = spm s8 [2,3,4] at 0x600 stride [16,4,1]   c = acc s32 [6,16] at 0
    e = spm s8 [2,2] at 0x700   f = spm s8 [4,8] at 0x740   h = acc s32 [2,8] at 0x800
    fill w, 1   fill v, 0   fill u, 2   fill x, 3   fill r, 4   fill a, 5   fill e, 6   fill f, 7
    loop 5 { wload slot 0, w   wload slot 1, v   wload slot 2, u   wload slot 3, r }
    loop 5 { mm.set c, a, slot 0, m 2 }
    halt 0`,
  'the same again with scalars': `
    a = spm s8 [32] at 0   b = spm s8 [32] at 64   d = spm s8 [32] at 128   m = spm u8 [32] at 192
    s3 = 3   fill a, 1   fill b, 2   fill m, 1
    loop 5 { clamp.leaky d, a, s3   clamp.leaky d, a, b   clamp.relu d, a   binary.add d, a, s3   fma d, a, s3 with b   shift.left d, a, s3 }
    halt 0`,
  'slopes that are no lanes': 'a = spm s16 [32] at 0\n b = spm u32 [32] at 64\n fill a, 0xfffb\n fill b, 3\n clamp.leaky a, a, b\n halt 0',
  'transfers that move from one time to the next': `
    x = dram s8 [64] at 0x2000   y = dram s8 [64] at 0x3000   d = spm s8 [64] at 0   z = dram s8 [64] at 0x1ff00
    s2 = 0
    loop 5 step s2 += 64 { load d, x[s2] }
    s2 = 0
    loop 5 step s2 += 64 { store y[s2], d }
    s2 = 0
    loop 9 step s2 += 64 { store z[s2], d }
    halt 0`,
  'words of one row that are done again': `
    a = spm s32 [16] at 0   b = spm s32 [16] at 64   c = spm s32 [16] at 128   d = spm s32 [16] at 192   e = spm s32 [16] at 0x1000
    fill a, 0x7ffffff0   fill b, 90   fill c, 3   n1 = { isat }   s2 = 0
    loop 5 { binary.add d, a, b   binary.add d, a, b mode n1   binary.mul d, b, c   fma d, a, b with c   fma d, b, c with c mode n1   unary.neg d, b   clamp.relu d, a   binary.min d, a, b mode n1 }
    loop 5 step s2 += 16 { binary.add e[s2], a, b }
    halt 0`,
  'rows of a loop that follow on each other, all of them or some, and such that do not': `
    a = spm s32 [16] at 0   b = spm s32 [16] at 0x1000   c = spm s32 [16] at 0x2000   d = spm s32 [16] at 0x3000   k = spm s32 [0x1000] at 0
    s1 = 5   s3 = 0x9e3779b1   iota k, s1, s3
    ${['', 'mode n1'].map((mode) => ['binary.sub d[s2], a[s2], b[s2]', 'binary.sub d[s2], a[s2], b[s4]', 'binary.sub d[s2], a[s4], b[s2]', 'binary.mul d[s4], a[s2], b[s2]', 'unary.neg d[s2], a[s2]', 'fma d[s2], a[s2], b[s2] with c', 'fma d[s2], a[s2], b[s4] with d', 'binary.max d, d, b[s2]', 'binary.add a[s2], a[s2], b[s2]']
      .map((one) => `s2 = 0   s4 = 0   loop 9 step s2 += 16, s4 += 24 { ${one} ${mode} }`).join('\n    ')).join('\n    ')}
    halt 0`,
  'transfers of a loop that follow on each other, and such that do not': `
    a = spm u8 [48] at 0   b = spm u8 [3,20] at 0x1000 stride [32,1]   A = dram u8 [48] at 0x1000   B = dram u8 [3,20] at 0x2000 stride [64,1]   k = spm u8 [0x2000] at 0   K = dram u8 [0x2000] at 0x1000
    s1 = 5   s3 = 77   iota k, s1, s3   store K, k
    ${['load a[s2], A[s2]', 'load a[s4], A[s2]', 'load a[s2], A[s4]', 'store A[s2], a[s2]', 'store A[s4], a[s2]', 'load b[s2], B[s4]', 'store B[s4], b[s2]', 'load b, B[s2]'].map((one) => `s2 = 0   s4 = 0   loop 9 step s2 += 48, s4 += 56 { ${one} }`).join('\n    ')}
    halt 0`,
  'among pages that are all known': `
    w = spm s8 [0x10000] at 0   a = spm s8 [64] at 0x8800   b = spm s8 [64] at 0x9000   c = spm s8 [64] at 0x100   d = spm s8 [64] at 0xf00
    fill w, 7   s2 = 0
    loop 6 step s2 += 64 { move b, a[s2] }
    loop 6 step s2 += 64 { move d, c[s2] }
    halt 0`,
  'an index that is no longer known': `
    x = dram s8 [8,4] at 0x2000   d = spm s8 [2,4] at 0   i = spm s32 [2] at 64   u = spm s32 [2] at 0x3000
    fill i, 1   s2 = 0
    loop 8 { s2 = s2 + 1   p1 = s2 == 6   ?p1 move i, u   gather d, x, i }
    halt 0`,
  'scales of a dtype that there is not': `
    w = spm bf16 [2,2] at 0   a = spm bf16 [2,2] at 64   r = spm e8m0 [2,1] at 128   c = acc fp32 [2,2] at 0 stride [16,1]
    wload slot 0, w
    r.type = 0x123d
    mm.set scaled c, a, r, slot 0
    halt 0`,
  'scales of a dtype that the profile lacks': 'w = spm bf16 [2,2] at 0\n a = spm bf16 [2,2] at 64\n r = spm s48 [2,1] at 128\n c = acc fp32 [2,2] at 0 stride [16,1]\n wload slot 0, w\n mm.set scaled c, a, r, slot 0\n halt 0',
  'a register at an odd offset': 's1 = csr 0x61\n halt 0',
  'scaled bytes': 'w = spm s8 [2,2] at 0\n a = spm s8 [2,2] at 64\n r = spm e8m0 [2,1] at 128\n c = acc s32 [2,2] at 0 stride [16,1]\n wload slot 0, w\n mm.set scaled c, a, r, slot 0\n halt 0',
  'scaled weights of a depthwise product': 'w = spm fp16 [2,2] at 0\n s = spm e8m0 [1,2] at 32\n a = spm fp16 [2,2,2] at 64\n c = acc fp32 [2,2] at 0 stride [16,1]\n wload.scaled slot 0, w, s\n mdw.set c, a, slot 0\n halt 0',
  'sums of scales': 'x = spm e8m0 [4] at 0\n y = spm e8m0 [2] at 16\n i = spm s32 [2] at 32\n scatter.add x, y, i\n halt 0',
  'infinities that cancel': `
    a = spm fp32 [4] at 0   d = spm fp32 [1] at 64
    n0 = { order: exact }
    reduce.sum d, a, r 1 mode n0
    reduce.sumsq d, a, r 1 mode n0
    halt 0
.data spm 0
.fp32 inf, 1.0, -inf, 2.0`,
  'scales of infinities, and beyond the greatest': `
    a = spm fp32 [4] at 0   d = spm e8m0 [4] at 64
    n0 = { round: rne }        convert d, a mode n0
    n0 = { round: rne, fsat }  convert d, a mode n0
    n0 = { round: ru, fsat }   convert d, a mode n0
    n0 = { round: ru }         convert d, a mode n0
    halt 0
.data spm 0
.fp32 inf, 0x7f7fffff, 0x7f7fffff, inf`,
  'logarithms of infinity': `
    a = spm fp32 [2] at 0   d = spm fp32 [2] at 64   b = spm fp16 [2] at 128   e = spm fp16 [2] at 160
    special.log d, a   special.log2 d, a
    special.log e, b   special.log2 e, b
    halt 0
.data spm 0
.fp32 inf, -inf
.data spm 128
.fp16 inf, -inf`,
  'roots that fp64 rounds up to the next integer': `
    a = spm fp32 [4] at 0   d = spm fp32 [4] at 64
    n0 = { round: rne }  special.sqrt d, a mode n0   special.rsqrt d, a mode n0
    n0 = { round: rd }   special.sqrt d, a mode n0   special.rsqrt d, a mode n0
    halt 0
.data spm 0
.fp32 0x3f9bba5b, 0x3f1bba5b, 0x3f07fe33, 0x3f87fe33`,
  'a sum that fp64 rounds to where fp32 is tiny': `
    a = spm fp32 [4] at 0   b = spm fp32 [4] at 64   c = spm fp32 [4] at 128   d = spm fp32 [4] at 192
    n0 = { round: rne }
    fma d, a, b with c mode n0
    halt 0
.data spm 0
.fp32 0x1a000001, 0x9a000001, 0x1a000001, 0x1a000000
.data spm 64
.fp32 0x997ffffe, 0x997ffffe, 0x997ffffe, 0x997ffffe
.data spm 128
.fp32 0x00800000, 0x80800000, 0x00800000, 0x00800000`,
  'a block so small that its scale is 0': `
    a = spm fp32 [32] at 0   d = spm e2m1 [32] at 0x100   c = spm ue4m3 [2] at 0x200
    n0 = { round: rne }
    bquant d, a with c mode n0
    halt 0
.data spm 0
${Array(32).fill('.fp32 1.0e-30').join('\n')}`,
  'fractions by chance, some negative': `
    a = spm s32 [4,8] at 0   d = spm s8 [4,8] at 0x100   t = spm s32 [8,4] at 0x200
    n0 = { round: stochastic, scale: fp32mul, isat }
    scale d, a, table t mode n0
    halt 0
.data spm 0
.s32 ${Array.from({ length: 32 }, (_, i) => (i % 2 ? -1 : 1) * (3 * i + 1)).join(', ')}
.data spm 0x200
${Array(8).fill('.s32 0, 0x3e800000, 0, 0').join('\n')}`,
  'nibbles by chance, with pads': `
    a = spm fp32 [3,4] at 0   d = spm s4 [3,6] at 0x100   x = dram fp32 [3,4] at 0x1000
    x.lo = 0x40
    x.hi = 0x40
    n0 = { round: stochastic, isat }
    load d, x mode n0
    halt 0
.data dram 0x1000
.fp32 ${Array.from({ length: 12 }, (_, i) => `${i % 2 ? '-' : ''}${i / 4}`.replace(/^(-?\d+)$/, '$1.0')).join(', ')}`,
}, {
  'a product whose rounding carries into the next word': `
    a = spm s64 [1,4] at 0   d = spm s64 [1,4] at 64   t = spm s32 [4,4] at 128
    n0 = { round: rne, isat, scale: fixed }
    scale d, a, table t mode n0
    halt 0
.data spm 0
.s64 ${carry().u}, 1, ${carry().u}, 2
.data spm 128
${Array(4).fill(`.s32 0, ${carry().m}, 2, 0`).join('\n')}`,
  'a product just above a bound, of more digits than 64': `
    a = spm s64 [1,4] at 0   d = spm fp32 [1,4] at 64   t = spm s32 [4,4] at 128
    n0 = { round: rne, scale: fixed, clamp, lo: 0x6e000000, hi: 0x6e000000 }
    scale d, a, table t mode n0
    halt 0
.data spm 0
.s64 ${above().u}, 1, ${-above().u}, 2
.data spm 128
${Array(4).fill(`.s32 0, ${above().m}, 31, 0`).join('\n')}`,
  'long accumulators at their bounds': `
    w = spm s8 [2,3] at 0   a = spm s16 [2,2] at 0x100   c = acc s64 [2,3] at 0 stride [8,1]
    n1 = { isat }
    wload slot 0, w
    mm.add c, a, slot 0 mode n1
    halt 0
.data spm 0
.s8 100, -100, 1, 2, 3, 4
.data spm 0x100
.s16 100, 100, 1, 2
.data acc 0
.s64 0x7fffffffffffffff, -0x8000000000000000, 0, 1, 2, 3, 4, 5`,
  'residuals beyond 64 bits': `
    a = spm s32 [1,4] at 0   r = spm s64 [1,4] at 64   d = spm s32 [1,4] at 128   t = spm s32 [4,4] at 192
    n0 = { round: rne, isat, scale: fp32mul, zpb: -7 }
    scale d, a, table t with r mode n0
    n0 = { round: rne, isat, scale: fp32mul, zpb: 7 }
    scale d, a, table t with r mode n0
    halt 0
.data spm 0
.s32 1, 2, 3, 4
.data spm 64
.s64 0x7fffffffffffffff, -0x8000000000000000, 1, 0x7ffffffffffffffe
.data spm 192
${Array(4).fill('.s32 0, 0x3f800000, 0, 0').join('\n')}`,
}, {
  'fixed point of infinities': `
    a = spm fp32 [4] at 0   d = spm i8f6 [4] at 64
    convert d, a
    halt 0
.data spm 0
.fp32 inf, -inf, 1.0, 0x7fc00000`,
  'a zero scale of an infinity': `
    w = spm e5m2 [16,2] at 0   s = spm ue4m3 [1,2] at 0x80   a = spm e5m2 [2,16] at 0x100   r = spm ue4m3 [2,1] at 0x180   c = acc fp32 [2,2] at 0 stride [64,1]
    wload.scaled slot 0, w, s
${Array.from({ length: 16 }, (_, dot) => `    n1 = { dot: ${dot} }   mm.set scaled c, a, r, slot 0 mode n1`).join('\n')}
    halt 0
.data spm 0
${Array(4).fill('.u8 0x3c, 0x7c, 0xfc, 0x38, 0x3c, 0x3c, 0x7c, 0x7c').join('\n')}
.data spm 0x80
.u8 0, 0x38
.data spm 0x100
${Array(4).fill('.u8 0x3c, 0xfc, 0x7c, 0xbc, 0x3c, 0x3c, 0x3c, 0x7c').join('\n')}
.data spm 0x180
.u8 0x38, 0`,
  'a product of the least numbers under the least scales': `
    w = spm fp32 [1,2] at 0   s = spm e8m0 [1,2] at 32   a = spm fp32 [1,1] at 64   r = spm e8m0 [1,1] at 96   c = acc fp16 [1,2] at 0 stride [64,1]
    wload.scaled slot 0, w, s
${Array.from({ length: 16 }, (_, dot) => `    n1 = { dot: ${dot} }   mm.set scaled c, a, r, slot 0 mode n1`).join('\n')}
    halt 0
.data spm 0
.fp32 0x00000001, 0x80000003
.data spm 32
.u8 0, 0
.data spm 64
.fp32 0x00000001
.data spm 96
.u8 0`,
  'depthwise bytes without sign': `
    w = spm s8 [3,16] at 0   a = spm u8 [2,3,16] at 0x100   c = acc s32 [2,16] at 0 stride [64,1]
    n1 = { isat }
    wload slot 0, w
    mdw.set c, a, slot 0
    mdw.add c, a, slot 0 mode n1
    halt 0
.data spm 0
${Array(3).fill('.s8 100, -100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14').join('\n')}
.data spm 0x100
${Array(6).fill('.u8 255, 200, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14').join('\n')}`,
  'depthwise accumulators at their bounds, 16 at once': `
    w = spm s8 [1,16] at 0   a = spm s8 [1,1,16] at 0x100   c = acc s32 [1,16] at 0 stride [64,1]
    n1 = { isat }
    wload slot 0, w
    mdw.add c, a, slot 0 mode n1
    mdw.add c, a, slot 0 mode n0
    halt 0
.data spm 0
.s8 100, -100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
.data spm 0x100
.s8 100, 100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
.data acc 0
.s32 0x7fffffff, -0x80000000, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13`,
  'pairs of rows near their bounds': `
    w = spm s8 [2,16] at 0   a = spm s8 [8,2] at 0x100   c = acc s32 [8,16] at 0 stride [64,1]
    n1 = { isat }
    wload slot 0, w
    mm.add c, a, slot 0 mode n1
    halt 0
.data spm 0
${Array(2).fill('.s8 100, -100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14').join('\n')}
.data spm 0x100
${Array(2).fill('.s8 100, 100, 1, 2, -5, 6, 0, 1').join('\n')}
.data acc 0
${Array.from({ length: 8 }, (_, row) => `.s32 ${row % 3 ? '5' : '0x7fffffff'}, ${Array(15).fill(row).join(', ')}\n.zero 192`).join('\n')}`,
}, {
  'products of more rows than a tile holds, again': `
    a = spm s8 [600,32] at 0x400   w = spm s8 [32,16] at 0   c = acc s32 [600,16] at 0   all = spm u8 [0x5000] at 0   n1 = { isat }
    s1 = 5   s2 = 7   iota all, s1, s2   wload slot 0, w
    loop 3 { mm.set c, a, slot 0     mm.add c, a, slot 0 mode n1     mm.add c, a, slot 0 }
    halt 0`,
  'products of floats of more rows than a tile holds, again': `
    a = spm fp16 [300,32] at 0x400   w = spm fp16 [32,16] at 0   c = acc fp16 [300,16] at 0   all = spm u16 [0x2a00] at 0   low = spm u8 [0x2a00] at 0 stride [2]   n1 = { dot: 1 }
    s1 = 5   s2 = 7   fill all, 0x2c2c   iota low, s1, s2   wload slot 0, w
    loop 3 { mm.set c, a, slot 0     mm.add c, a, slot 0 mode n1     mm.add c, a, slot 0 }
    halt 0`,
  'scales of a feature that is missing': 'w = spm s8 [2,2] at 0\n b = spm e8m0 [1,2] at 64\n wload.scaled slot 0, w, b\n halt 0',
}];

/** u and m with u m just below 2^64 x 2^29: to nearest it is 2^64. */
function carry(): { readonly u: bigint; readonly m: bigint } {
  const whole = 1n << 93n;
  for (let m = (1n << 30n) + 1n; ; m += 2n) if (whole % m < 1n << 27n) return { u: whole / m, m };
}

/** u and m with u m just above 2^93. */
function above(): { readonly u: bigint; readonly m: bigint } {
  const whole = 1n << 93n;
  for (let m = (1n << 30n) + 1n; ; m += 2n) if (m - (whole % m) < 1n << 27n) return { u: whole / m + 1n, m };
}

/** Each with the number of its machine, in the order of `machines`. */
export const seldom = (): readonly (Directed & { readonly machine: number })[] =>
  texts.flatMap((of, machine) => Object.entries(of).map(([name, text]) => ({ ...directedProgram(name, text), machine })));
