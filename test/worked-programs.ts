//! worked-programs: programs (a), (b), (c) and (h) of the machine manual, section 15, as text, and (f), which with its input is an example.
import { readFileSync } from 'node:fs';

/** One attention head with online softmax over tiles of 16 keys. */
export const attention = readFileSync(new URL('../examples/attention.s', import.meta.url), 'utf8');

/** Double-buffered int8 GEMM, any M N K (s8, s9, s10), requantised. */
export const doubleBufferedGemm = `
name A = t1  name B = t2  name C = t3  name TB = t4  name a = t8  name w = t9  name o = t10  name acc = t11  name tj = t12  name tb = t13
A = dram s8 [64,16] at 0x100000          B = dram s8 [16,16] at 0x200000      C = dram s8 [64,16] at 0x300000   TB = dram s32 [1,4] at 0x400000
a = spm s8 [64,16] at 0x0                w = spm s8 [16,16] at 0x800          o = spm s8 [64,16] at 0x1000
acc = acc s32 [64,16] at 0               tb = spm s32 [1,4] at 0x2000         tj = spm s32 [16,4] at 0x2000
A.stride0 = s10  B.stride0 = s9  C.stride0 = s9  TB.dim0 = s9  tb.dim0 = s9
n0 = { round: rhu, isat, scale: fixed, zpo: -5, clamp: [-128, 127] }          ; zpa folded into the biases
s29 = s9 * 16
    load tb, TB post m5
    post m2, 2                                       ; two free input buffers
    post m4, 2                                       ; two free output buffers
    wait mxu m5, 1
    s11 = 0                                          ; j
J:  s17 = s9 - s11    s17 = min s17, 16
    B.dim1 = s17  w.dim1 = s17  acc.dim1 = s17  o.dim1 = s17  C.dim1 = s17  tj.dim0 = s17
    s27 = s11 * 4     s12 = 0                        ; i
I:  s18 = s8 - s12    s18 = min s18, 64
    A.dim0 = s18  a.dim0 = s18  acc.dim0 = s18  o.dim0 = s18  C.dim0 = s18
    ainit.zero acc
    s24 = s12 * s10   s25 = s11   s13 = s10
K:  s19 = min s13, 16
    A.dim1 = s19  a.dim1 = s19  B.dim0 = s19  w.dim0 = s19
    load a[s20], A[s24]            wait m2
    load w[s21], B[s25]            post m1
    wload slot 0, w[s21]           wait m1
    mm.add acc, a[s20], slot 0     post m2
    s20 = s20 xor 1024   s21 = s21 xor 256   s24 = s24 + 16   s25 = s25 + s29   s13 = s13 - 16
    p1 = 0 < s13
    ?p1 jump K
    drain o[s22], acc, table tj[s27]   wait m4 post m3 mode n0
    s26 = s12 * s9    s26 = s26 + s11
    store C[s26], o[s22]               wait m3 post m4
    s22 = s22 xor 1024   s12 = s12 + 64   p1 = s12 < s8
    ?p1 jump I
    s11 = s11 + 16   p1 = s11 < s9
    ?p1 jump J
    wait dmi m2, 2
    wait mxu m4, 2
    halt 0
`;

/** Convolution 3x3, stride 2, pad 1, int8, per channel, in bands of 7 output rows. */
export const bandedConvolution = `
X = dram s8 [15,56,16] at 0x100000 lo [0,1,0] fill 0xFD       ; zp = -3
x = spm s8 [15,57,16] at 0x0                                  ; two buffers, 16384 apart
v = spm s8 [7,28,16] at 0x0 stride [1824,32,1]                ; window, offset (kh*57+kw)*16
w = spm s8 [16,16] at 0x8000 stride [32,1]                    ; weights [9,16,32] resident
c0 = acc s32 [7,28,16] at 0      c1 = acc s32 [7,28,16] at 12544
o = spm s8 [7,28,16] at 0x10000 stride [896,32,1]   oo = spm s8 [7,28,32] at 0x10000   Y = dram s8 [7,28,32] at 0x300000
t = spm s32 [16,4] at 0xC000      n0 = { round: rhu, round2: rhu, isat, scale: fixed, zpo: 4, clamp: [-128, 127] }
    post m2, 2
    post m4, 2
    X.dim0 = 14   X.lo = [1,1,0]                              ; first band has the top padding
    s24 = 0
loop 4 {
    load x[s20], X[s24]                 wait m2 post m1
    wait mxu m1, 1
    ainit.zero c0
    ainit.zero c1
    s22 = s20   s21 = 0
    loop 3 step s22 += 864 { loop 3 step s22 += 16, s21 += 512 {
        wload slot 0, w[s21]
        mm.add c0, v[s22], slot 0, m 2
        wload slot 1, w[s21 + 16]
        mm.add c1, v[s22], slot 1, m 2 } }
    post mxu m2, 1                                            ; input buffer free
    drain o[s23], c0, table t           wait m4 mode n0
    drain o[s23 + 16], c1, table t[64]  post m3 mode n0
    store Y[s25], oo[s23]               wait m3 post m4
    X.dim0 = 15   X.lo = [0,1,0]                              ; later bands start at row 13, 27, 41
    s20 = s20 xor 16384   s23 = s23 xor 8192   s25 = s25 + 6272   s26 = s26 + 12544   s24 = s26 - 896 }
    wait dmi m2, 2
    wait mxu m4, 2
    halt 0
`;

/** Depthwise 3x3 on a pre-padded tile, 16 channels at a time. */
export const depthwiseTile = `
v = spm s8 [12,12,3,3,16] at 0x0 stride [896,64,896,64,1]     ; P = 14, C = 64
w = spm s8 [3,3,16] at 0x8000 stride [192,64,1]               ; K = 9, N = 16
c = acc s32 [12,12,16] at 0      o = spm s8 [12,12,16] at 0x10000 stride [768,64,1]     t = spm s32 [16,4] at 0xC000
loop 4 step s20 += 16, s21 += 64 {
    wload slot 0, w[s20]
    mdw.set c, v[s20], slot 0, m 2
    drain o[s20], c, table t[s21]   mode n0 }
`;

/**
 * Ring reduce-scatter of s10 = n s11 elements in chunks of s11, s12 = n - 1. LNK is for later: no profile has it, and `put` and `rpost` trap. So DMO is the link, the
 * wire is in DRAM, and DMI is the link of the chip before, which in a ring of chips that do the same is this one: one `put` is a store and a load, and m8 its data on the way.
 */
export const ringReduceScatter = `
X = spm fp32 [8] at 0x0   G = spm fp32 [8] at 0x8000   R = dram fp32 [8] at 0x1000
    post m6, 2                                       ; two staging slots free at the next chip
loop s12 {
    s22 = s21 - s11    p1 = s22 < 0
    ?p1 s22 = s22 + s10
    store R[s20], X[s21]               wait m6 post m8       ; put, to the next chip
    load G[s20], R[s20]                wait m8 post m5       ; and what the one before has put, with its token
    binary.add X[s22], G[s20], X[s22]  wait m5 post m7       ; incoming + own
    wait dmo m7, 1                                           ; rpost: give the slot back,
    post dmo m6, 1                                           ; and order the next put after the add
    s20 = s20 xor s11    s21 = s22 }
    wait dmo m6, 2
    halt 0
`;
