; race-one-byte: two buffers share their last and first byte.
; expect: race 5 6
a = spm s8 [17] at 0x0   b = spm s8 [16] at 0x10   c = spm s8 [16] at 0x40
    fill b, 2              post m1
    fill a, 1
    move c, b              wait m1
    halt 0
