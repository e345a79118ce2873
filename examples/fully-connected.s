; fully-connected: a dense int8 layer of a batch: [4,40] x [40,10], weights stored as [10,40].
;
;   npx systole run examples/fully-connected.s --dump dram:0x3000:4x10:s8=-
;
; Stored transposed, the weights are a view: 16 products by 10 outputs with strides [1,40]. 40 products are two full tiles and one of 8.
X = dram s8 [4,40] at 0x1000
W = dram s8 [10,40] at 0x2000
T = dram s32 [10,4] at 0x2800
Y = dram s8 [4,10] at 0x3000
x = spm s8 [4,40] at 0x0
ww = spm s8 [10,40] at 0x100
t = spm s32 [10,4] at 0x300
o = spm s8 [4,10] at 0x400
v = spm s8 [4,16] at 0x0 stride [40,1]        ; 16 products of every row
w = spm s8 [16,10] at 0x100 stride [1,40]     ; the weights for them
acc = acc s32 [4,10] at 0 stride [16,1]       ; a row of accumulators has 16 lanes
n1 = { round: rne, zpa: 5, zpb: 0 }           ; the input's zero point
n2 = { round: rhu, isat, scale: fixed, zpa: 0, zpb: 0, zpo: -10, clamp: [-128, 127] }

    load x, X
    load ww, W
    load t, T                           post m1
    wait mxu m1, 1
    ainit.zero acc
    s20 = 0
loop 2 step s20 += 16 {
    wload slot 0, w[s20]
    mm.add acc, v[s20], slot 0          mode n1
}
    v.dim1 = 8
    w.dim0 = 8
    wload slot 0, w[s20]
    mm.add acc, v[s20], slot 0          mode n1
    drain o, acc, table t               post m2 mode n2
    store Y, o                          wait m2
    halt 0

.data dram 0x1000                             ; X[i] = (37 i + 9) mod 256 - 128
.repeat 160, i
.s8 (\i * 37 + 9) % 256 - 128
.end
.data dram 0x2000                             ; W[i] = (23 i + 4) mod 255 - 127
.repeat 400, i
.s8 (\i * 23 + 4) % 255 - 127
.end
.data dram 0x2800                             ; bias, multiplier, shift, slope
.repeat 10, n
.s32 \n * 400 - 1500, 1300000000 + \n * 20000000, -9, 0
.end
