; lockstep: every instruction of the matrix unit of systole-int8, with double buffers and tokens, over and over.
;
; s8 counts the rounds, 0 stands for 3. The vector unit makes activations and weights ahead (m2 free buffers, m1 full ones), the matrix unit
; loads slot 1 while slot 0 works, drains go to two buffers (m4 free, m3 full), and the stores lag behind.
x0 = spm s8 [32, 4] at 0x0       x1 = spm s8 [32, 4] at 0x80       flat0 = spm s8 [128] at 0x0     flat1 = spm s8 [128] at 0x80
v0 = spm s8 [29, 4, 4] at 0x0 stride [4, 4, 1]                      w0 = spm s8 [4, 4] at 0x200     w1 = spm s8 [4, 4] at 0x210
weights0 = spm s8 [16] at 0x200  weights1 = spm s8 [16] at 0x210    row = spm s32 [4] at 0x300 stride [4]
table = spm s32 [4, 4] at 0x300  start = spm s32 [32, 4] at 0x400   more = spm s8 [32, 4] at 0x700
o0 = spm s8 [32, 4] at 0x800     o1 = spm s8 [32, 4] at 0x880       wide = spm s32 [32, 4] at 0xa00
c0 = acc s32 [32, 4] at 0        c1 = acc s32 [32, 4] at 0x200      d0 = acc s32 [29, 4] at 0x400
x = spm s8 [1, 4] at 0x10          e = acc s32 [1, 4] at 0x600
O = dram s8 [32, 4] at 0x0
n1 = { round: rhu, isat, scale: fixed, zpb: 3, zpo: -5, clamp: [-100, 127] }
n2 = { isat }
    p1 = s8 == 0
    ?p1 s8 = 3
    s16 = 1   s17 = 37   s18 = 5   s19 = 91
    fill row, 17
    fill row[1], 1500000000
    fill row[2], -8
    fill row[3], 0                            post m5
    fill start, s17 + 100000
    fill more, 77                             post m5
    post m2, 2    post m4, 2
    wait mxu m5, 2
loop s8 {
    iota flat0, s16, s17                      wait m2
    iota weights0, s18, s19                   post m1
    s16 = s16 + 29    s18 = s18 * 5    s18 = s18 + 3
    iota flat1, s16, s17                      wait m2
    iota weights1, s18, s19                   post m1
    s17 = s17 + 2     s19 = s19 * 3
    wload slot 0, w0                          wait m1
    ainit.zero c0
    mm.add c0, x0, slot 0
    wload slot 1, w1                          wait m1
    mdw.set d0, v0, slot 1
    mm.set e, x, slot 0
    mm.add e, x, slot 0
    mm.add e, x, slot 0
    mdw.add d0, v0, slot 0                    post m2
    mm.add c0, x1, slot 1                     mode n2
    ainit.load c1, start
    mm.add c1, x1, slot 0
    mm.set c1, x1, slot 1                     post m2
    drain o0, c0, table table with more       wait m4 post m3 mode n1
    drain wide, c1
    drain.relu o1, c1, table table            wait m4 post m3 mode n1
    store O, o0                               wait m3 post m4
    store O[128], o1                          wait m3 post m4
}
    wait vpu m2, 2    wait mxu m4, 2
    halt 0
