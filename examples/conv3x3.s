; conv3x3: an int8 convolution 3x3, stride 2, padding 1, per channel: 56x56x16 to 28x28x32, in four bands of 7 output rows.
;
;   npx systole run examples/conv3x3.s --dump dram:0x300000:28x28x32:s8=-
;
; Padding happens once, on load. A tap is one mm over a strided window of the band; nine taps of 16 channels, two tiles of 16 outputs.
; The zero point of the input is -3: padding holds it, and mm subtracts it.
X = dram s8 [15,56,16] at 0x100000 lo [0,1,0] fill 0xFD
W = dram s8 [9,16,32] at 0x180000
T = dram s32 [32,4] at 0x1C0000
Y = dram s8 [7,28,32] at 0x300000
x = spm s8 [15,57,16] at 0x0                  ; two buffers, 16384 apart
v = spm s8 [7,28,16] at 0x0 stride [1824,32,1] ; the window of a tap at (ky * 57 + kx) * 16
ww = spm s8 [9,16,32] at 0x8000
w = spm s8 [16,16] at 0x8000 stride [32,1]
tt = spm s32 [32,4] at 0xC000
t = spm s32 [16,4] at 0xC000
o = spm s8 [7,28,16] at 0x10000 stride [896,32,1]
oo = spm s8 [7,28,32] at 0x10000              ; two buffers, 8192 apart
XX = dram s8 [50176] at 0x100000              ; image and weights as the program makes them, before it begins
WW = dram s8 [4608] at 0x180000
made = spm s8 [50176] at 0x0
weights = spm s8 [4608] at 0x10000
c0 = acc s32 [7,28,16] at 0
c1 = acc s32 [7,28,16] at 12544
n1 = { round: rne, zpa: -3, zpb: 0 }
n2 = { round: rhu, round2: rhu, isat, scale: fixed, zpa: 0, zpb: 0, zpo: 4, clamp: [-128, 127] }

    s1 = 7    s2 = 13
    iota made, s1, s2                         ; the image: X[i] = 13 i + 7 in 8 bits
    s1 = 1    s2 = 5
    iota weights, s1, s2                      ; W[i] = 5 i + 1
    fence vpu
    store XX, made
    store WW, weights
    fence dmo

    load ww, W
    load tt, T
    post m2, 2                                ; two free input buffers
    post m4, 2                                ; two free output buffers
    X.dim0 = 14   X.lo = [1,1,0]              ; the first band has the padding above it
    s24 = 0
loop 4 {
    load x[s20], X[s24]                 wait m2 post m1
    wait mxu m1, 1
    ainit.zero c0
    ainit.zero c1
    s22 = s20   s21 = 0
    loop 3 step s22 += 864 {
        loop 3 step s22 += 16, s21 += 512 {
            wload slot 0, w[s21]
            mm.add c0, v[s22], slot 0, m 2      mode n1
            wload slot 1, w[s21 + 16]
            mm.add c1, v[s22], slot 1, m 2      mode n1
        }
    }
    post mxu m2, 1                            ; the input buffer is free
    drain o[s23], c0, table t           wait m4 mode n2
    drain o[s23 + 16], c1, table t[64]  post m3 mode n2
    store Y[s25], oo[s23]               wait m3 post m4
    X.dim0 = 15   X.lo = [0,1,0]              ; later bands start at row 13, 27, 41
    s20 = s20 xor 16384   s23 = s23 xor 8192   s25 = s25 + 6272   s26 = s26 + 12544   s24 = s26 - 896
}
    wait dmi m2, 2
    wait mxu m4, 2
    halt 0

.data dram 0x1C0000                           ; bias, multiplier, shift, slope
.repeat 32, n
.s32 \n * 300 - 5000, 1100000000 + \n * 30000000, -9, 0
.end
