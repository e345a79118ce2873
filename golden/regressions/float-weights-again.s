; float-weights-again: weights of 8-bit floats are floats the third time they are loaded, too.
; Found by the ratio of fp8 to bf16 in bench/: what was prepared took them for integers, and only a run without records does so.
w = spm e4m3 [16,16] at 0      a = spm e4m3 [4,16] at 0x100      acc = acc fp32 [4,16] at 0
ainit.zero acc
loop 4 {
  wload slot 0, w
  mm.add acc, a, slot 0
}
halt 0
.data spm 0
.repeat 16, i
  .e4m3 1.5, 2, 3, 0.5, -1, -2, 4, 8, 0.25, 1, 5, 6, 7, -8, 9, \i
.end
.data spm 0x100
.repeat 4, i
  .e4m3 1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4, 0.5, 0.25, \i, 1
.end
