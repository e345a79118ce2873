; lut-narrow-codes: a code of two bits in a byte chooses by these two alone, whatever stands above them.
; Found by fuzzing the lane that copies table entries byte by byte.
x = spm s2 [8] at 0      y = spm u2 [8] at 0x20      t = spm u2 [256] at 0x100
lut.direct8 y, x, t
halt 0
.data spm 0
.u8 0, 1, 2, 3, 0xff, 0xfe, 0x0b, 0x84
.data spm 0x100
.u8 3, 2, 1, 0
.repeat 252
.u8 2
.end
