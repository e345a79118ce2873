; unknown-index: a gather would pick rows by indices that nothing has written.
; expect: uninitialised 4
T = dram s8 [4,8] at 0x100   r = spm s8 [2,8] at 0x0   i = spm s32 [2] at 0x40
    gather r, T, i
    halt 0
.data dram 0x100
.repeat 32, i
.s8 \i
.end
