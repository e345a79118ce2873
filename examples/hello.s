; hello: add two vectors.
A = dram s32 [8] at 0x0     B = dram s32 [8] at 0x20     C = dram s32 [8] at 0x40
a = spm s32 [8] at 0x0      b = spm s32 [8] at 0x20
    load a, A
    load b, B              post m1
    binary.add a, a, b     wait m1 post m2
    store C, a             wait m2
    halt 0
.data dram 0x0
.s32 1, 2, 3, 4, 5, 6, 7, 8
.s32 10, 20, 30, 40, 50, 60, 70, 80
