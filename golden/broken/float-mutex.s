; float-mutex: one token keeps two accumulations apart, and lets either be first.
; expect: float-order 6 7
; expect: semaphore-order 6 7
y = spm fp32 [8] at 0x0   u = spm fp32 [8] at 0x40   v = spm fp32 [8] at 0x80
    post m1, 1
    store.add y, u         wait m1 post m1
    binary.add y, y, v     wait m1 post m1
    fence dmo vpu
    wait m1, 1
    halt 0
.data spm 0x0
.repeat 40
.fp32 0.1
.end
