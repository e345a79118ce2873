; alias-transposed: a matrix cannot be transposed in place.
; expect: alias 5
x = spm s8 [16,16] at 0x0   y = spm s8 [16,16] at 0x0 stride [1,16]
    fill x, 1              post m1
    move y, x              wait m1
    halt 0
