; add-residual: what closes a residual block: a tensor brought to the scale of another, and added to it, in one instruction.
;
;   npx systole run examples/add-residual.s --dump dram:0x3000:8x8x16:s8=-
;
;   y = clamp(((x - 7) * multiplier * 2^(shift - 31), rounded half up) + (r + 12) + 1), zero points 7 of x, -12 of r, 1 of y
X = dram s8 [8,8,16] at 0x1000
R = dram s8 [8,8,16] at 0x2000
T = dram s32 [1,4] at 0x2800
Y = dram s8 [8,8,16] at 0x3000
x = spm s8 [8,8,16] at 0x0
r = spm s8 [8,8,16] at 0x400
y = spm s8 [8,8,16] at 0x800
tt = spm s32 [1,4] at 0xC00
t = spm s32 [16,4] at 0xC00 stride [0,1]      ; one row for all 16 channels
n1 = { round: rhu, isat, scale: fixed, zpa: 7, zpb: -12, zpo: 1, clamp: [1, 127] }     ; the zero point as lower limit is a ReLU

    load x, X
    load r, R
    load tt, T                          post m1
    scale y, x, table t with r          wait m1 post m2 mode n1
    store Y, y                          wait m2
    halt 0

.data dram 0x1000                             ; X[i] = (31 i + 6) mod 256 - 128
.repeat 1024, i
.s8 (\i * 31 + 6) % 256 - 128
.end
.data dram 0x2000                             ; R[i] = (19 i + 8) mod 256 - 128
.repeat 1024, i
.s8 (\i * 19 + 8) % 256 - 128
.end
.data dram 0x2800                             ; bias, multiplier, shift, slope
.s32 0, 1610612736, 0, 0                      ; 0.75
