; semaphore-two-posters: two units post to one semaphore, so which load a token stands for is open.
; expect: semaphore-order 4 5
a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80   d = spm s32 [8] at 0xc0
    fill a, 1              post m1
    iota b, s0, s0         post m1
    wait mxu m1, 2
    halt 0
