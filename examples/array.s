; array: two products on the 4 x 4 array of the example design, the weights of the second loaded while the first streams.
;
;   npx systole wave examples/array.s --profile systole-int8 --pc 6          see: docs/wave.md

a = spm s8 [6, 4] at 0x0
b = spm s8 [6, 3] at 0x20
w = spm s8 [4, 4] at 0x40
u = spm s8 [3, 4] at 0x50
x = acc s32 [6, 4] at 0x0
    wload slot 0, w
    mm.set x, a, slot 0
    wload slot 1, u
    mm.add x, b, slot 1
    halt 0

.data spm 0x0
.s8 1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4, 9, 9, 9, 9, 0, 1, 0, 1, 127, -128, 127, -128
.data spm 0x20
.s8 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, -1, 2, -3, 10, 20, 30
.data spm 0x40
.s8 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
.data spm 0x50
.s8 1, -1, 1, -1, 2, -2, 2, -2, 3, -3, 3, -3
