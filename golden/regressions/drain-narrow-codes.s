; drain-narrow-codes: sums that wrap to two bits leave nothing above them in their bytes.
; Found by fuzzing: the loop of the scalar build for common conventions stored the low eight bits.
A = acc s32 [1,4] at 0 stride [16,1]
B = spm s32 [1,4] at 0x100
D = spm s2 [1,4] at 0x3f0
U = spm u2 [1,4] at 0x3f8
ainit.load A, B
drain D, A
drain U, A
halt 0
.data spm 0x100
.s32 -1515870811, 5, -2, 7
