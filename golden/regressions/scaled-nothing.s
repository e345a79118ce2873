; scaled-nothing: rows of scales as many as no number of 31 bits holds, and twice as many rows of a: which were beyond the limit, and taken for alike. No element is multiplied.
a = spm fp16 [0x800000,0x100000,0] at 0x100 stride [0,0,0]
b = spm e8m0 [0x800000,0x200000,0] at 0x200 stride [0,0,0]
c = acc fp32 [0x800000,0x100000,0] at 0 stride [0,0,0]
    mm.set scaled c, a, b, slot 0, m 2
    halt 0
