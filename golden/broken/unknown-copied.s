; unknown-copied: unwritten bytes are copied out and in again, and then added.
; expect: uninitialised 7
A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200   a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80
    move b, a              post m1
    store B, b             wait m1 post m2
    load c, B              wait m2 post m3
    binary.add c, c, c     wait m3
    halt 0
.data dram 0x100
.s32 1
