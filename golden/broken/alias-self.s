; alias-self: rows of a destination are shorter than they are long.
; expect: alias 4
d = spm s8 [4,16] at 0x0 stride [8,1]
    fill d, 1
    halt 0
