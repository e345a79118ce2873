; far-jump: a jump beyond the words that bursts keep goes the long way, whatever lies behind those in memory.
; Found by a review: where all records are wanted a burst asked only whether the target lies in the image, and read what it had prepared as words.
a = spm s32 [4] at 0x0   b = spm s32 [4] at 0x10
fill a, 1
fill b, 2
fence dmi
loop 6 {
move b, b
move a, a
}
jump far
.org 65805
far: s2 = s2 + 5
s3 = s2 xor 7
halt 0
