; unknown-mask: a selection goes by a mask that nothing has written.
; expect: uninitialised 7
A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200   a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80
m = spm u8 [8] at 0x100
    load a, A
    load b, B              post m1
    select c, a, b with m  wait m1
    halt 0
.data dram 0x100
.s32 1, 2, 3, 4, 5, 6, 7, 8
.data dram 0x200
.s32 9, 8, 7, 6, 5, 4, 3, 2
