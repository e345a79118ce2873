; unknown-converted: a load converts, and so computes with, bytes that nothing has written.
; expect: uninitialised 4
A = dram bf16 [8] at 0x100   a = spm fp32 [8] at 0x0
    load a, A
    halt 0
