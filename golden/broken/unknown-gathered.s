; unknown-gathered: of the rows that are gathered one was never written.
; expect: uninitialised 5
T = dram s8 [4,8] at 0x100   r = spm s8 [2,8] at 0x0   i = spm s32 [2] at 0x40   d = spm s8 [2,8] at 0x80
    gather r, T, i         post m1
    binary.add d, r, r     wait m1
    halt 0
.data spm 0x40
.s32 0, 3
.data dram 0x100
.repeat 24, i
.s8 \i
.end
