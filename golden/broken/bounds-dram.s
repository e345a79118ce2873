; bounds-dram: rows of the last block lie beyond the memory.
; expect: bounds 4
A = dram s8 [64,64] at 0x3fff800   a = spm s8 [64,64] at 0x0
    load a, A
    halt 0
