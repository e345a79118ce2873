; race-strided: columns that a stride takes apart meet where it is one too long.
; expect: race 5 6
a = spm s8 [8,1] at 0x0 stride [4,1]   b = spm s8 [8,1] at 0x1 stride [5,1]   c = spm s8 [8,1] at 0x80
    fill b, 2              post m1
    fill a, 1
    move c, b              wait m1
    halt 0
