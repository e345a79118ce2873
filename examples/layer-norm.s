; layer-norm: rows of bf16, normalised, scaled and moved; sums in the order of the lanes (machine manual, section 15 e).
X = dram bf16 [6,40] at 0x100000   Y = dram bf16 [6,40] at 0x200000   G = dram fp32 [40] at 0x110000   B = dram fp32 [40] at 0x111000
x = spm bf16 [6,40] at 0x0         y = spm bf16 [6,40] at 0x400
u = spm fp32 [6,40] at 0x1000      d = spm fp32 [6,40] at 0x2000
gv = spm fp32 [40] at 0x3000       g = gv as [6,40] stride [0,1]
bv = spm fp32 [40] at 0x3100       b = bv as [6,40] stride [0,1]
mu = spm fp32 [6] at 0x3200        mub = mu as [6,40] stride [1,0]
va = spm fp32 [6] at 0x3300        vab = va as [6,40] stride [1,0]
n1 = { order: lanes }              n2 = { key: 2024, stream: 2 }
s9 = 0x42200000                    s10 = 0x3727c5ac        ; 40 columns, and epsilon = 1e-5, in fp32
s16 = 0x3e800000                   s18 = 1000   s19 = 2000 ; 0.25, and where the words of G and B begin

; The input: random numbers from -0.25 to 0.75.
    random.unit u, 0               mode n2
    binary.sub u, u, s16
    convert x, u
    random.unit gv, s18           mode n2
    random.unit bv, s19           mode n2 post m3
    store X, x                     wait m3
    store G, gv
    store B, bv                    post m4
    wait dmi m4, 1

    load x, X                      post m1
    reduce.sum mu, x, r 1          mode n1 wait m1
    binary.div mu, mu, s9
    binary.sub d, x, mub
    reduce.sumsq va, d, r 1        mode n1
    binary.div va, va, s9
    binary.add va, va, s10
    special.rsqrt va, va
    binary.mul d, d, vab
    fma y, d, g with b             post m2                 ; fp32 -> bf16, one rounding
    store Y, y                     wait m2
    halt 0
