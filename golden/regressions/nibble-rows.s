; nibble-rows: a row of one 4-bit element ends its byte: the upper half becomes 0, whatever the strides are.
; Found by laws-equal: the engine closed rows by their stride, which a dim of 1 may have any.
a = spm s4 [1] at 0x100      b = spm s4 [1] at 0x101      d = spm s4 [1] at 0x110
x = spm s4 [3,1] at 0x100 stride [2,2147483647]     y = spm s4 [3,1] at 0x120 stride [2,-5]     z = spm u4 [3] at 0x130
r = spm s4 [3,3] at 0x140 stride [4,1]              q = spm s4 [3,1] at 0x150 stride [4,1]   h = spm s4 [3] at 0x158
m = spm u8 [3,1] at 0x160
    binary.add d, a, b
    move y, x
    unary.neg y, x
    select q, x, y with m
    reduce.sum h, r, r 1
    scan.sum q, q
    scale q, q
    halt 0
.data spm 0x100
.s8 0x7f, 0x6e, 0x5d, 0x4c, 0x3b, 0x2a, 0x19, 0x08
.zero 8
.u8 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
.u8 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
.u8 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
.u8 0x21, 0xf3, 0x54, 0xf6, 0x87, 0xf9, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
.u8 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
.u8 1, 0, 1
