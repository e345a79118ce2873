; before-dram: the byte before DRAM is outside of it, and nothing is known of it.
; Found by a campaign: one look at the operand asked whether that byte is protected, and took its address, below 0, for a no.
t = dram u8 [1] at 0x2
s1 = ld t[-3]
halt 0
