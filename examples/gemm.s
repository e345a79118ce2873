; gemm: a double-buffered int8 product of matrices of any size, requantised.
;
;   C[M,N] = requantise(A[M,K] x B[K,N] + bias[N])        see: npx systole run examples/gemm.s --dump dram:0x300000:100x40:s8=-
;
; M, N, K are arguments (s8, s9, s10): --args 64,16,256 runs another size on the same image. Blocks are 64 rows, 16 columns, 16 products;
; remainders are dims of the same instructions. Two input buffers let the loads run ahead of the multiplications, two output buffers let
; the stores lag behind: m2 counts free input buffers, m1 full ones, m4 and m3 the same for output.
.argument s8, 100
.argument s9, 40
.argument s10, 35

name A = t1   name B = t2   name C = t3   name TB = t4
name a = t8   name w = t9   name o = t10  name acc = t11  name tj = t12  name tb = t13

A = dram s8 [64,16] at 0x100000
B = dram s8 [16,16] at 0x200000
C = dram s8 [64,16] at 0x300000
TB = dram s32 [1,4] at 0x400000               ; a row per column: bias, multiplier, shift, slope
a = spm s8 [64,16] at 0x0                     ; and at 0x400
w = spm s8 [16,16] at 0x800                   ; and at 0x900
o = spm s8 [64,16] at 0x1000                  ; and at 0x1400
tb = spm s32 [1,4] at 0x2000
tj = spm s32 [16,4] at 0x2000
acc = acc s32 [64,16] at 0
A.stride0 = s10  B.stride0 = s9  C.stride0 = s9  TB.dim0 = s9  tb.dim0 = s9
n1 = { round: rhu, isat, scale: fixed, zpa: 0, zpo: -5, clamp: [-128, 127] }
s29 = s9 * 16                                 ; 16 rows of B

    load tb, TB                         post m5
    post m2, 2                                ; two free input buffers
    post m4, 2                                ; two free output buffers
    wait mxu m5, 1
    s11 = 0
columns:
    s17 = s9 - s11    s17 = min s17, 16
    B.dim1 = s17  w.dim1 = s17  acc.dim1 = s17  o.dim1 = s17  C.dim1 = s17  tj.dim0 = s17
    s27 = s11 * 4     s12 = 0
rows:
    s18 = s8 - s12    s18 = min s18, 64
    A.dim0 = s18  a.dim0 = s18  acc.dim0 = s18  o.dim0 = s18  C.dim0 = s18
    ainit.zero acc
    s24 = s12 * s10   s25 = s11   s13 = s10
products:
    s19 = min s13, 16
    A.dim1 = s19  a.dim1 = s19  B.dim0 = s19  w.dim0 = s19
    load a[s20], A[s24]                 wait m2
    load w[s21], B[s25]                 post m1
    wload slot 0, w[s21]                wait m1
    mm.add acc, a[s20], slot 0          post m2
    s20 = s20 xor 1024   s21 = s21 xor 256   s24 = s24 + 16   s25 = s25 + s29   s13 = s13 - 16
    p1 = 0 < s13
    ?p1 jump products
    drain o[s22], acc, table tj[s27]    wait m4 post m3 mode n1
    s26 = s12 * s9    s26 = s26 + s11
    store C[s26], o[s22]                wait m3 post m4
    s22 = s22 xor 1024   s12 = s12 + 64   p1 = s12 < s8
    ?p1 jump rows
    s11 = s11 + 16   p1 = s11 < s9
    ?p1 jump columns
    wait dmi m2, 2                            ; take the credits back
    wait mxu m4, 2
    halt 0

.data dram 0x100000                           ; A[i] = (7 i + 3) mod 251 - 125
.repeat 3500, i
.s8 (\i * 7 + 3) % 251 - 125
.end
.data dram 0x200000                           ; B[i] = (11 i + 5) mod 253 - 126
.repeat 1400, i
.s8 (\i * 11 + 5) % 253 - 126
.end
.data dram 0x400000
.repeat 40, n
.s32 \n * 100 - 2000, 1500000000 + \n * 1000000, -8, 0
.end
