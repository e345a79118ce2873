; scatter-half-byte: a digest of 4-bit rows counts whole bytes, also the half behind an odd row that scatter leaves alone.
; Found by laws-equal: the specification took that half as 0.
d = dram u4 [7] at 0x400     a = spm u4 [2] at 0x410     i = spm s32 [2] at 0x420
    scatter.add d, a, i
    scatter d, a, i
    halt 0
.data dram 0x400
.u8 0x12, 0x34, 0x56, 0x78
.data spm 0x410
.u8 0x95
.data spm 0x420
.s32 5, 9
