; depthwise: an int8 depthwise convolution 3x3, stride 1, padding 1, of a 12x12x64 image.
;
;   npx systole run examples/depthwise.s --dump dram:0x300000:12x12x64:s8=-
;
; The padded image is 14 x 14 x 64 in SPM. One mdw makes 16 channels: nine taps of a strided window. Four such passes.
X = dram s8 [12,12,64] at 0x100000 lo [1,1,0] hi [1,1,0] fill 0x02    ; the zero point is 2
W = dram s8 [3,3,64] at 0x180000
T = dram s32 [64,4] at 0x1C0000
Y = dram s8 [12,12,64] at 0x300000
x = spm s8 [14,14,64] at 0x0
v = spm s8 [12,12,3,3,16] at 0x0 stride [896,64,896,64,1]             ; rows, columns, taps, channels
ww = spm s8 [3,3,64] at 0x8000
w = spm s8 [3,3,16] at 0x8000 stride [192,64,1]
tt = spm s32 [64,4] at 0xC000
t = spm s32 [16,4] at 0xC000
o = spm s8 [12,12,16] at 0x10000 stride [768,64,1]
oo = spm s8 [12,12,64] at 0x10000
XX = dram s8 [9216] at 0x100000               ; the image as the program makes it, before it begins
made = spm s8 [9216] at 0x0
c = acc s32 [12,12,16] at 0
n1 = { round: rne, zpa: 2, zpb: 0 }
n2 = { round: rna, round2: rhu, isat, scale: gemmlowp, zpa: 0, zpb: 0, zpo: -1, clamp: [-1, 127] }   ; the zero point as lower limit is a ReLU

    s1 = 11    s2 = 29
    iota made, s1, s2                         ; the image: X[i] = 29 i + 11 in 8 bits
    fence vpu
    store XX, made
    fence dmo

    load x, X
    load ww, W
    load tt, T                          post m1
    wait mxu m1, 1
loop 4 step s20 += 16, s21 += 64 {
    wload slot 0, w[s20]
    mdw.set c, v[s20], slot 0, m 2      mode n1
    drain o[s20], c, table t[s21]       mode n2
}
    post mxu m2, 1
    store Y, oo                         wait m2
    halt 0

.data dram 0x180000                           ; W[i] = (17 i + 2) mod 255 - 127
.repeat 576, i
.s8 (\i * 17 + 2) % 255 - 127
.end
.data dram 0x1C0000                           ; bias, multiplier, shift, slope
.repeat 64, n
.s32 \n * 50 - 900, 1200000000 + \n * 10000000, -8, 0
.end
