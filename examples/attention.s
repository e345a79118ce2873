; attention: one head with online softmax over tiles of 16 keys, bf16 in and out, fp32 inside (machine manual, section 15 f).
Q = dram bf16 [64,64] at 0x80000   q0 = spm bf16 [64,64] at 0x0   u = spm fp32 [48,64] at 0x20000   uq = spm fp32 [64,64] at 0x20000
h = spm bf16 [48,64] at 0x30000    K0 = dram bf16 [48,64] at 0x100000    V0 = dram bf16 [48,64] at 0x200000
i1 = spm fp32 [1] at 0x15000       z1 = spm fp32 [1] at 0x15004          n2 = { key: 2024, stream: 4 }
s8 = 3   s9 = 0x3e000000   s16 = 0x3f000000   s17 = 0x40800000          ; tiles; 1/8, 0.5 and 4 in fp32
s18 = 10000   s19 = 20000                                             ; where the random words of K and V begin

; The input: random numbers from -2 to 2, and the constants.
    fill i1, 0xff800000
    fill z1, 0                           post m9
    random.unit uq, 0                    mode n2 wait m9
    binary.sub uq, uq, s16
    binary.mul uq, uq, s17
    convert q0, uq                       post m7
    store Q, q0                          wait m7
    random.unit u, s18                   mode n2
    binary.sub u, u, s16
    binary.mul u, u, s17
    convert h, u                         post m7
    store K0, h                          wait m7 post m8
    random.unit u, s19                   mode n2
    binary.sub u, u, s16
    binary.mul u, u, s17                 wait m8
    convert h, u                         post m7
    store V0, h                          wait m7 post m10
    wait dmi m10, 1
    fence vpu

ninf = spm fp32 [64] at 0x15000 stride [0]   zero = spm fp32 [64] at 0x15004 stride [0]   K = dram bf16 [16,64] at 0x100000
V = dram bf16 [16,64] at 0x200000   y = spm bf16 [4,64,16] at 0x16000 stride [16,64,1]   Y = dram bf16 [4,64,16] at 0x300000 stride [16,64,1]
n1 = { order: lanes }
q = spm bf16 [64,16] at 0x0 stride [64,1]       kt = spm bf16 [16,64] at 0x4000         vt = spm bf16 [16,64] at 0x6000
kT = spm bf16 [16,16] at 0x4000 stride [1,64]   v = spm bf16 [16,16] at 0x6000 stride [64,1]
S = acc fp32 [64,16] at 0    O = acc fp32 [64,16] at 4096    O4 = acc fp32 [4,64,16] at 4096
e = spm fp32 [64,16] at 0x10000   P = spm bf16 [64,16] at 0x12000
mo, mn, al, l, r = spm fp32 [64] at 0x14000, +256, ..   mnb = mn as [64,16] stride [1,0]   alb = al as [4,64,16] stride [0,1,0]   lb = l as [4,64,16] stride [0,1,0]
    post m3, 2
    ainit.zero O4
    move mo, ninf                                   ; ninf, zero: fp32 [64] stride 0 constants loaded before
    move l, zero
loop s8 step s24 += 1024 {
    load kt[s20], K[s24]                 wait m3
    load vt[s20], V[s24]                 post m1
    wload slot 0, kT[s20]                wait m1
    mm.set S, q, slot 0
    wload slot 0, kT[s20 + 16]
    mm.add S, q[16], slot 0
    wload slot 0, kT[s20 + 32]
    mm.add S, q[32], slot 0
    wload slot 0, kT[s20 + 48]
    mm.add S, q[48], slot 0              post m2
    binary.mul e, S, s9                  wait m2    ; VPU
    reduce.max r, e, r 1
    binary.max mn, mo, r
    binary.sub e, e, mnb
    special.exp e, e
    convert P, e
    binary.sub al, mo, mn
    special.exp al, al
    reduce.sum r, e, r 1                 mode n1
    fma l, l, al with r
    move mo, mn
    binary.mul O4, O4, alb               post m4    ; rescale the accumulator in place
    wload slot 0, v[s20]                 wait m4
    mm.add O, P, slot 0
    wload slot 0, v[s20 + 16]
    mm.add O[1024], P, slot 0
    wload slot 0, v[s20 + 32]
    mm.add O[2048], P, slot 0
    wload slot 0, v[s20 + 48]
    mm.add O[3072], P, slot 0            post m3
    s20 = s20 xor 1024 }
    post mxu m5, 1
    binary.div y, O4, lb                 wait m5 post m6     ; y bf16 [4,64,16] stride [16,64,1]
    store Y, y                           wait m6
    wait dmi m3, 2
    halt 0
