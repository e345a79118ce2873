; unknown-scalar: a loop would run as often as a word says that nothing has written.
; expect: uninitialised 4
n = dram s32 [1] at 0x100
    s1 = ld n
loop s1 {
    nop
}
    halt 0
