; race-gather-index: indices come from the vector unit, and the gather does not wait for them.
; expect: race 4 5
T = dram s8 [4,8] at 0x100   r = spm s8 [2,8] at 0x0   i = spm s32 [2] at 0x40
    iota i, s0, s1
    gather r, T, i
    halt 0
.argument s8, 0
.data spm 0x40
.s32 0, 1
.data dram 0x100
.repeat 32, i
.s8 \i
.end
