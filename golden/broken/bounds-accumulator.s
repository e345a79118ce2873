; bounds-accumulator: an accumulator tile ends behind the accumulators.
; expect: bounds 4
c = acc s32 [64,16] at 0xff00
    ainit.zero c
    halt 0
