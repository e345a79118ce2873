; semaphore-two-takers: two units take from one semaphore, so who goes first is open.
; expect: semaphore-order 6 7
A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200   a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80
    load a, A              post m1
    load b, B              post m1
    unary.neg a, a         wait m1
    store A, b             wait m1
    halt 0
.data dram 0x100
.s32 1, 2, 3, 4, 5, 6, 7, 8
.data dram 0x200
.s32 9, 8, 7, 6, 5, 4, 3, 2
