; bounds-image: a store would write over the program itself.
; expect: bounds 5
I = dram s8 [16] at 0x3fffff0   a = spm s8 [16] at 0x0
    fill a, 1              post m1
    store I, a             wait m1
    halt 0
