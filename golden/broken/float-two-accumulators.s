; float-two-accumulators: matrix and vector unit add to the same accumulators.
; expect: float-order 6 7
a = spm fp32 [16,16] at 0x0   acc = acc fp32 [16,16] at 0   x = spm bf16 [16,16] at 0x1000   w = spm bf16 [16,16] at 0x1200
    ainit.zero acc         post m1
    wload slot 0, w
    mm.add acc, x, slot 0
    binary.add acc, acc, a     wait m1
    halt 0
.data spm 0x1000
.repeat 512
.bf16 0x3f80
.end
.data spm 0x0
.repeat 256
.fp32 0.1
.end
