; bounds-offset: an offset register has gone below the first element.
; expect: bounds 5
A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200   a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80
    s1 = 0 - 200
    load a, A[s1]
    halt 0
.data dram 0x100
.s32 1, 2, 3, 4, 5, 6, 7, 8
.data dram 0x200
.s32 9, 8, 7, 6, 5, 4, 3, 2
