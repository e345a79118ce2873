; scatter-untouched: the digest of a destination of which a row was written, in pages that nobody had touched before.
; Found by a fuzzer of hosts: the engine summed up what the program before had left there, and not the UNKNOWN bytes.
A = dram s32 [64,64] at 0x10000   a = spm s32 [1,64] at 0   i = spm s32 [1] at 0x1000
B = spm s32 [4,64] at 0x3000       j = spm s32 [1] at 0x1040
fill a, 1
fill i, 40
fill j, 99
fence dmi
scatter A, a, i
scatter.add B, a, j
halt 0
