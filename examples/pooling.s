; pooling: the maximum of 2x2 windows of a 16x16x8 image, then the mean of all that is left of each channel.
;
;   npx systole run examples/pooling.s --dump dram:0x3000:8x8x8:s8=- --dump dram:0x4000:8:s8=-
;
; There is no pooling instruction: windows are a view, and reduce takes its last dims. The mean is a sum, and a scale by 2^-6.
X = dram s8 [16,16,8] at 0x1000
T = dram s32 [1,4] at 0x2800
Y = dram s8 [8,8,8] at 0x3000
Z = dram s8 [8] at 0x4000
x = spm s8 [16,16,8] at 0x0
v = spm s8 [8,8,8,2,2] at 0x0 stride [256,16,1,128,8]       ; rows, columns, channels, window
y = spm s8 [8,8,8] at 0x800
c = spm s8 [8,8,8] at 0x800 stride [1,64,8]                 ; the same, channels first
sum = spm s32 [8] at 0xA00
tt = spm s32 [1,4] at 0xA40
t = spm s32 [8,4] at 0xA40 stride [0,1]
z = spm s8 [8] at 0xA80
n1 = { round: rna, isat, scale: fixed, zpa: 0, zpb: 0, zpo: 0 }

    load x, X
    load tt, T                          post m1
    reduce.max y, v, r 2                wait m1 post m2
    store Y, y                          wait m2
    reduce.sum sum, c, r 2
    scale z, sum, table t               post m3 mode n1
    store Z, z                          wait m3
    halt 0

.data dram 0x1000                             ; X[i] = (41 i + 13) mod 256 - 128
.repeat 2048, i
.s8 (\i * 41 + 13) % 256 - 128
.end
.data dram 0x2800                             ; 2^30 * 2^(-5 - 31) = 2^-6
.s32 0, 1073741824, -5, 0
