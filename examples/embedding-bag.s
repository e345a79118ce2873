; embedding-bag: sums of rows of a bf16 table picked by indices, in the order of the lanes; no such row counts as zeros (section 15 g).
IDX = dram s32 [20] at 0x100000    TAB = dram bf16 [24,16] at 0x110000   OUT = dram fp32 [4,16] at 0x200000
ix = spm s32 [20] at 0x0           iu = spm u32 [20] at 0x0              mask = spm u32 [20] at 0x100
t = spm bf16 [24,16] at 0x400      u = spm fp32 [24,16] at 0x1000
rows = spm bf16 [20,16] at 0x2000  bag = rows as [4,16,5] stride [80,1,16]   out = spm fp32 [4,16] at 0x3000
n1 = { order: lanes }              n2 = { key: 2024, stream: 3 }

; The indices -4 to 27 of 24 rows, and random rows.
    fill mask, 31                  post m5
    random.bits iu, 0              mode n2 wait m5
    bitwise.and iu, iu, mask
    s16 = 4   s18 = 100
    binary.sub ix, ix, s16
    random.unit u, s18             mode n2
    convert t, u                   post m3
    store IDX, ix                  wait m3
    store TAB, t                   post m4
    wait dmi m4, 1

    load ix, IDX
    gather rows, TAB, ix           post m1                 ; rows that are not there give the fill, 0
    reduce.sum out, bag, r 1       wait m1 post m2 mode n1
    store OUT, out                 wait m2
    halt 0
