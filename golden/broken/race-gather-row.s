; race-gather-row: of four rows one is still being written, and it is the one that the gather picks.
; expect: race 4 5
T = spm s8 [4,16] at 0x100   t = spm s8 [16] at 0x120   u = spm s8 [16] at 0x140   r = spm s8 [2,16] at 0x0   i = spm s32 [2] at 0x40
    move t, u
    gather r, T, i
    halt 0
.data spm 0x40
.s32 2, 0
.data spm 0x100
.repeat 80, i
.s8 \i
.end
