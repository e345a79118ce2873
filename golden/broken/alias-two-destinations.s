; alias-two-destinations: elements and scales go to the same bytes.
; expect: alias 5
x = spm fp32 [64] at 0x0   d = spm e4m3 [64] at 0x200   s = spm e8m0 [2] at 0x23f
    fill x, 1065353216     post m1
    bquant d, x with s     wait m1
    halt 0
