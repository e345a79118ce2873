; race-residual: a drain adds a residual that the vector unit is still writing.
; expect: race 7 9
X = dram s8 [16,16] at 0x400   Y = dram s8 [16,16] at 0x800   x = spm s8 [16,16] at 0x0   w = spm s8 [16,16] at 0x100
acc = acc s32 [16,16] at 0     o = spm s8 [16,16] at 0x200    O = dram s8 [16,16] at 0x1000
r = spm s8 [16,16] at 0x600
    load x, X              post m1
    unary.neg r, x         wait m1
    ainit.zero acc
    drain o, acc with r
    halt 0
.data dram 0x400
.repeat 256, i
.s8 \i - 128
.end
.data dram 0x800
.repeat 256, i
.s8 127 - \i
.end
