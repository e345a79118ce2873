; race-load-weights: weights are taken into the slot while they are still being loaded.
; expect: race 6 7
X = dram s8 [16,16] at 0x400   Y = dram s8 [16,16] at 0x800   x = spm s8 [16,16] at 0x0   w = spm s8 [16,16] at 0x100
acc = acc s32 [16,16] at 0     o = spm s8 [16,16] at 0x200    O = dram s8 [16,16] at 0x1000
    load x, X              post m1
    load w, Y
    wload slot 0, w
    mm.set acc, x, slot 0  wait m1
    halt 0
.data dram 0x400
.repeat 256, i
.s8 \i - 128
.end
.data dram 0x800
.repeat 256, i
.s8 127 - \i
.end
