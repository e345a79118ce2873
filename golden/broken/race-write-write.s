; race-write-write: two units write the same bytes, and the later one in the text need not be the last.
; expect: race 5 6
a = spm s8 [16] at 0x0   b = spm s8 [16] at 0x8   c = spm s8 [16] at 0x40
    fill c, 3              post m1
    fill a, 1
    move b, c              wait m1
    halt 0
