; nibbles-in-acc-again: 4-bit elements in ACC, which no register moves, go round in a loop as they do one by one.
; Found by a campaign: the engine divided by the bytes of such an element to see whether rows of accumulators stay rows.
d = spm bf16 [16] at 0x100    a = acc s4 [16] at 0    k = acc s32 [1,16] at 0
    ainit.zero k                             post m1
    loop 12 {
        convert d, a                         wait m1 post m1
    }
    wait vpu m1, 1
    halt 0
