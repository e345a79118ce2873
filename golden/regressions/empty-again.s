; empty-again: a dim that goes from 1 to 0 and on to -1 is illegal the third time, where the instruction did nothing the second time, too.
; Found by fuzzing what nobody watches: what was prepared of an empty operand did not look at its descriptor again.
c = acc s32 [2,2] at 0 stride [16,1]
loop 5 {
  c.dim0 += -1
  ainit.zero c
}
halt 0
