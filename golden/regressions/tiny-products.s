; tiny-products: products far below fp32 keep their sign when they underflow, also where all other lanes hold zeros.
; Found by laws-equal: the SIMD build looked for the least exponent with a signed minimum, so that a lane of zeros hid it.
a = spm bf16 [4,8] at 0x400  w = spm bf16 [8,16] at 0x500  c = acc fp32 [4,16] at 0
v = spm bf16 [4,2,16] at 0x400 stride [1,3,1]   u = spm bf16 [2,16] at 0x500   e = acc fp32 [4,16] at 0x200
    wload slot 0, w
    mm.set c, a, slot 0
    mm.add c, a, slot 0
    wload slot 1, u
    mdw.set e, v, slot 1
    halt 0
.data spm 0x400
.bf16 0x0003, 0, 0, 0, 0x8001, 0, 0, 0
.bf16 0, 0, 0, 0, 0, 0, 0, 0
.bf16 0x0001, 0, 0, 0, 0x0001, 0, 0, 0
.bf16 0x8007, 0, 0, 0, 0, 0, 0, 0
.zero 128
.data spm 0x500
.repeat 64, i
.bf16 0x8001, 0
.end
