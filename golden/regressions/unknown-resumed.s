; unknown-resumed: values computed from UNKNOWN bytes survive a snapshot, so that events counted later are the same.
; Found by laws-schedules: snapshots kept the pattern in place of them.
x = spm fp32 [8] at 0x800    y = spm fp32 [8] at 0x840    z = spm s8 [1] at 0x880
    fill z, 1
    binary.mul y, x, x                       ; 8e-32, UNKNOWN
    binary.mul y, y, y                       ; 0
    binary.div y, x, y                       ; -Inf: counted, unless y were the pattern again
    halt 0
