; unknown-tail: the sum runs over sixteen elements, of which eight were loaded.
; expect: uninitialised 6
A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200   a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80
t = spm s32 [2,8] at 0x0   s = spm s32 [2] at 0x200
    load a, A              post m1
    reduce.sum s, t, r 1   wait m1
    halt 0
.data dram 0x100
.s32 1, 2, 3, 4, 5, 6, 7, 8
.data dram 0x200
.s32 9, 8, 7, 6, 5, 4, 3, 2
