; selftest: a program that libsystole runs when it starts: integers and floats, every rounding that a compiler could spoil.
X = dram s8 [5,16] at 0x1000    W = dram s8 [16,7] at 0x1100    Y = dram s32 [5,7] at 0x1200
x = spm s8 [5,16] at 0x0        w = spm s8 [16,7] at 0x100      y = spm s32 [5,7] at 0x200
a = acc s32 [5,7] at 0 stride [16,1]
F = dram fp32 [16] at 0x1400    f = spm fp32 [16] at 0x400      g = spm fp32 [16] at 0x440      h = spm bf16 [16] at 0x480
    load x, X
    load w, W
    load f, F
    load y, Y                     post m1
    ainit.zero a                  wait m1
    wload slot 0, w
    mm.add a, x, slot 0           post m2
    binary.add y, a, y            wait m2
    fma g, f, f with f
    unary.neg g, g
    special.exp f, g
    special.rsqrt g, f
    convert h, g
    halt 7
.data dram 0x1000
.s8 1, -2, 3, -4, 5, 127, -128, 77, 0, 9, -9, 31, 64, -65, 100, 2
.s8 7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4, -5, -6, -7, -8
.data dram 0x1100
.s8 12, -34, 56, -78, 90, -12, 34, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, -1, -1
.data dram 0x1400
.fp32 0x3f800000, 0xbf8ccccd, 0x40490fdb, 0x402df854, 0x3eaaaaab, 0x00400000, 0x7f7fffff, 0xbf000001
.fp32 0x3fffffff, 0x3dcccccd, 0xc2b00000, 0x42b17217, 0x35a00000, 0x3f7fffff, 0x00000001, 0x41200000
