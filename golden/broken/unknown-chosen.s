; unknown-chosen: nothing has written the mask, nor what it picks from; the latter alone would be copied and decide nothing.
; expect: uninitialised 6
A = dram s32 [8] at 0x100   a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   m = spm u8 [8] at 0x100   d = spm s32 [8] at 0x180
    load a, A              post m1
    wait vpu m1, 1
    select d, b, a with m
    halt 0
.data dram 0x100
.s32 1, 2, 3, 4, 5, 6, 7, 8
