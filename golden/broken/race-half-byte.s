; race-half-byte: an odd row of 4-bit elements ends in the byte in which another tensor begins.
; expect: race 5 6
a = spm s4 [3] at 0x0   b = spm s4 [4] at 0x1   c = spm s4 [4] at 0x40
    fill b, 2              post m1
    fill a, 1
    move c, b              wait m1
    halt 0
