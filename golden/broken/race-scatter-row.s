; race-scatter-row: a scatter writes a row that a load is reading.
; expect: race 4 5
T = dram s8 [4,16] at 0x100   t = dram s8 [16] at 0x130   d = spm s8 [16] at 0x80   r = spm s8 [2,16] at 0x0   i = spm s32 [2] at 0x40
    load d, t
    scatter T, r, i
    halt 0
.data spm 0x40
.s32 3, 0
.data spm 0x0
.repeat 32, i
.s8 \i
.end
.data dram 0x100
.repeat 64, i
.s8 \i
.end
