; race-drain-table: the channel table of a drain is loaded, and nobody waits for it.
; expect: race 7 9
X = dram s8 [16,16] at 0x400   Y = dram s8 [16,16] at 0x800   x = spm s8 [16,16] at 0x0   w = spm s8 [16,16] at 0x100
acc = acc s32 [16,16] at 0     o = spm s8 [16,16] at 0x200    O = dram s8 [16,16] at 0x1000
T = dram s32 [16,4] at 0x2000   t = spm s32 [16,4] at 0x400
n0 = { scale: fixed, round: rhu, isat }
    load t, T
    ainit.zero acc
    drain o, acc, table t          mode n0
    halt 0
.data dram 0x400
.repeat 256, i
.s8 \i - 128
.end
.data dram 0x800
.repeat 256, i
.s8 127 - \i
.end
.data dram 0x2000
.repeat 16
.s32 1, 1073741824, 0, 0
.end
