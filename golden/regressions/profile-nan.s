; profile-nan: arithmetic gives the profile's NaN, also in the short ways through fp32.
; profile: odd-3x5
; Found by laws-equal: the short ways gave 7FC00000 in a profile whose NaN is 7FFFFFFF.
d = spm fp32 [6] at 0x300    a = spm fp32 [6] at 0x320    b = spm fp32 [6] at 0x340    m = dram fp32 [6] at 0x400    s = spm fp32 [1] at 0x360
    store m, a               post m1
    store.add m, b
    binary.add d, a, b       wait m1
    binary.mul d, a, b
    binary.sub d, a, b
    binary.div d, a, b
    fma d, a, b with a
    reduce.sum s, a, r 1
    halt 0
.data spm 0x320
.fp32 0x7f800000, 0x7fc12345, 0xffc00001, 0, 1.5, 0x80000000
.zero 8
.fp32 0xff800000, 1.0, 2.0, 0x7f800000, 0xffffffff, 0
