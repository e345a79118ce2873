; gemmlowp-no-shift: gemmlowp with no right shift drops no bits: an odd number between two others is no tie, and stays.
; profile: systole-16
X = dram s32 [2, 17] at 0x1000      T = dram s32 [17, 4] at 0x2000
x = spm s32 [2, 17] at 0x0          t = spm s32 [17, 4] at 0x400      d = spm s32 [2, 17] at 0x800
n1 = { scale: gemmlowp, round: rne, round2: rhu, zpa: 0, zpb: 0, zpo: 1 }
load x, X
load t, T       post m1
scale.none d, x, table t      wait m1 mode n1
halt 0
.data dram 0x1000
.s32 -32768, 1, 2, 3, 5, 7, 9, 11, -1, -3, -5, -7, 65535, 65537, 99, 101, 103
.s32 4, 6, 8, 10, 12, 14, 16, 18, -2, -4, -6, -8, 65534, 65538, 98, 100, 102
.data dram 0x2000
.repeat 17
.s32 0, 0x40000001, 0, 0
.end
