; softmax: rows of bf16 to their softmax in bf16, fp32 inside; sums in the order of the lanes (machine manual, section 15 d).
X = dram bf16 [8,40] at 0x100000   Y = dram bf16 [8,40] at 0x200000
x = spm bf16 [8,40] at 0x0         y = spm bf16 [8,40] at 0x400
u = spm fp32 [8,40] at 0x1000      e = spm fp32 [8,40] at 0x2000
mx = spm bf16 [8] at 0x3000        mxb = mx as [8,40] stride [1,0]
s = spm fp32 [8] at 0x3100         sb = s as [8,40] stride [1,0]
n1 = { order: lanes }              n2 = { key: 2024, stream: 1 }
s16 = 0x3f000000                   s17 = 0x41a00000        ; 0.5 and 20 in fp32

; The input: random numbers from -10 to 10.
    random.unit u, 0               mode n2
    binary.sub u, u, s16
    binary.mul u, u, s17
    convert x, u                   post m3
    store X, x                     wait m3 post m4
    wait dmi m4, 1

    load x, X                      post m1
    reduce.max mx, x, r 1          wait m1
    binary.sub e, x, mxb                                   ; one rounding to fp32
    special.exp e, e
    reduce.sum s, e, r 1           mode n1
    binary.div y, e, sb            post m2                 ; fp32 / fp32 -> bf16, one rounding
    store Y, y                     wait m2
    halt 0
