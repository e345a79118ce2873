; float-store-add: a store adds to a sum that the vector unit adds to as well.
; expect: float-order 4 5
y = spm fp32 [8] at 0x0   u = spm fp32 [8] at 0x40   v = spm fp32 [8] at 0x80
    store.add y, u
    binary.add y, y, v
    halt 0
.data spm 0x0
.repeat 40
.fp32 0.1
.end
