; gemm: an fp16 product with fp32 sums, the same program for every machine that multiplies fp16.
;
;   C[16,16] = A[16,64] x B[64,16]        systole compare-profiles examples/numerics/gemm.s --profiles nvidia-volta,nvidia-hopper
;
; K is cut into four tiles of 16, summed in the accumulators one after the other: where a machine rounds within a tile, and in which order,
; is its profile's business. The result shows it, in the last bits.
A = dram fp16 [16,64] at 0x100000         B = dram fp16 [64,16] at 0x200000         C = dram fp32 [16,16] at 0x300000
a = spm fp16 [16,64] at 0x0               b = spm fp16 [64,16] at 0x800             c = spm fp32 [16,16] at 0x1000
tile = spm fp16 [16,16] at 0x0 stride [64,1]
w = spm fp16 [16,16] at 0x800
acc = acc fp32 [16,16] at 0x0

    load a, A
    load b, B                           post m1
    wait mxu m1, 1
    ainit.zero acc
    loop 4 step s20 += 16, s21 += 256 {
        wload slot 0, w[s21]
        mm.add acc, tile[s20], slot 0 }
    drain c, acc                        post m2
    store C, c                          wait m2
    halt 0

.include "gemm-data.inc"
