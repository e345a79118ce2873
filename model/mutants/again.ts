//! again: loops in which what an instruction was checked under changes from one time to the next, so that nothing may be kept too long.

/** What changes, and the text; each fits a machine of 64 KiB of scratchpad, and finds the ends of 128 KiB of DRAM, where the program lies. */
export const changing: Readonly<Record<string, string>> = {
  'the shape of a slot': `
    a = spm s8 [16,16] at 0x0     h = spm s8 [16,8] at 0x400     w = spm s8 [16,16] at 0x800     v = spm s8 [8,16] at 0xc00     c = acc s32 [16,16] at 0
    fill a, 3     fill h, 5     fill w, 7     fill v, 11     ainit.zero c
    loop 5 { wload slot 0, w     mm.add c, a, slot 0     wload slot 0, v     mm.add c, h, slot 0 }
    halt 0`,
  'the shape of a slot, which is then too small': `
    a = spm s8 [4,8] at 0x0     w = spm s8 [8,16] at 0x800     v = spm s8 [4,16] at 0xc00     c = acc s32 [4,16] at 0
    fill a, 3     fill w, 7     fill v, 11     ainit.zero c     wload slot 0, w     s2 = 0
    loop 5 { mm.add c, a, slot 0     s2 = s2 + 1     p1 = s2 == 3     ?p1 wload slot 0, v }
    halt 0`,
  'a mode': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40
    fill a, 100     fill b, 90     s2 = 0
    loop 6 { n1 = { isat }     binary.add a, a, b mode n1     n1 = { round: rne }     binary.add a, a, b mode n1 }
    halt 0`,
  'a descriptor': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40
    fill a, 1     fill b, 9
    loop 6 { binary.add a, a, b     a.dim0 += -1     b.dim0 += -1     b.base += 1 }
    halt 0`,
  'which of some shapes': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     s2 = 0
    fill a, 1     fill b, 9
    loop 20 { s3 = s2 remu 3     s3 = s3 shl 4     a.dim0 = s3 + 16     b.dim0 = s3 + 16     binary.add a, a, b     s2 = s2 + 1 }
    halt 0`,
  'which of many shapes, and which of two modes': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     s2 = 0
    fill a, 1     fill b, 9
    loop 50 { s3 = s2 remu 7     s3 = s3 shl 3     a.dim0 = s3 + 8     b.dim0 = s3 + 8     p1 = s2 < 30     ?p1 n1 = { isat }     ?!p1 n1 = { round: rne }     binary.add a, a, b mode n1     s2 = s2 + 1 }
    halt 0`,
  'which of some places, moved and not': `
    a = spm s8 [16] at 0x0     b = spm s8 [16] at 0x100     c = spm s8 [16] at 0x200     k = spm s8 [1024] at 0x0     s2 = 0
    fill k, 1
    loop 40 { s3 = s2 remu 3     s4 = s3 * 24     s20 = s2 remu 5     s20 = s20 * 20     b.base = s4 + 0x100     binary.add c[s20], a, b     binary.add a[s20], b, c     s2 = s2 + 1 }
    halt 0`,
  'that bytes are known': `
    a = spm s8 [64] at 0x0     b = spm s8 [256] at 0x40     c = spm s8 [64] at 0x400     v = spm s8 [64] at 0x40     u = spm s8 [64] at 0x1000
    fill a, 1     fill v, 9     s2 = 0
    loop 3 { move a, v     binary.add c, c, a }
    loop 4 step s2 += 16 { move a, v[s2]     binary.add c, a, a     move v, a }
    halt 0`,
  'the room behind it': `
    a = spm s8 [64] at 0xff00
    fill a, 1     s2 = 0
    loop 9 step s2 += 64 { binary.add a[s2], a, a }
    halt 0`,
  'the distance of its operands': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x100
    fill a, 1     fill b, 2     s2 = 0
    loop 9 step s2 += 60 { binary.add a[s2], b, b }
    halt 0`,
  'the row that it begins on': `
    c = acc s32 [4,16] at 0     a = spm s8 [4,16] at 0     w = spm s8 [16,16] at 0x100
    fill a, 1     fill w, 2     wload slot 0, w     s2 = 0
    loop 3 step s2 += 16 { mm.set c[s2], a, slot 0 }
    loop 3 step s2 += 8 { mm.set c[s2], a, slot 0 }
    halt 0`,
  'that its token is there': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40
    fill a, 1     fill b, 9     post vpu m1, 3
    loop 5 { binary.add a, a, b wait m1 post m2 }
    halt 0`,
  'the room for its token': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40
    fill a, 1     fill b, 9     s1 = 65533     post vpu m1, s1
    loop 5 { binary.add a, a, b post m1 }
    halt 0`,
  'that bytes are known where it goes': `
    a = spm s8 [4096] at 0x0     b = spm s8 [64] at 0xf00     c = spm s8 [64] at 0x4000
    fill a, 3     fill c, 5     s2 = 0
    loop 9 step s2 += 64 { binary.add c[s2], b[s2], b[s2] }
    halt 0`,
  'that bytes of its page are known still': `
    a = spm s8 [8192] at 0x0     b = spm s8 [64] at 0x1f00     c = spm s8 [64] at 0x4000     u = spm s8 [64] at 0x5000     v = spm s8 [64] at 0x1100
    fill a, 3     s2 = 0     s3 = 0
    loop 8 { move c, b[s2]     s3 = s3 + 1     p1 = s3 == 6     ?p1 move v, u     s2 = s2 - 0x200 }
    halt 0`,
  'whether it may be written there': `
    A = dram u8 [64] at 0x1f000     a = spm u8 [64] at 0x0
    fill a, 7     s2 = 0
    loop 64 step s2 += 64 { store A[s2], a }
    halt 0`,
  'where the memory ends': `
    A = dram u8 [64] at 0x1f000     a = spm u8 [64] at 0x0
    fill a, 7     s2 = 0
    loop 70 step s2 += 64 { load a, A[s2] }
    halt 0`,
  'that the register which moves it goes on counting': `
    x = dram u8 [16] at 0x80000400     A = dram u8 [2048] at 0x0     e = spm u8 [16] at 0x0     a = spm u8 [2048] at 0x0
    fill a, 9     store A, a     s2 = 0x80000080
    loop 16 step s2 += -16 { load e, x[s2] }
    halt 0`,
  'that the base of what moves lies beyond 32 bits': `
    x = dram s64 [16] at 0x200000400     e = spm s64 [16] at 0x0     a = spm s64 [256] at 0x0     A = dram s64 [256] at 0x0
    fill a, 9     store A, a     s2 = 0xc0000000
    loop 8 step s2 += 2 { load e, x[s2] }
    halt 0`,
  'the distance of its operands, round after round': `
    k = spm s8 [4096] at 0x0     a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x300
    fill k, 1     s2 = 0     s3 = 0
    loop 18 step s2 += 64, s3 += 32 { binary.add a[s2], a[s2], b[s3] }
    s2 = 0     s3 = 0
    loop 30 step s2 += 64, s3 += 32 { binary.add a[s2], a[s2], b[s3] }
    halt 0`,
  'where another register moves it': `
    k = spm s8 [4096] at 0x0     a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x400     c = spm s8 [64] at 0x1000
    fill k, 1     s5 = 0
    loop 4 { s2 = 0     loop 12 step s2 += 64 { binary.add c[s5], a[s2], b }     b.base += 64     s5 = s5 + 64     loop 6 { binary.add c, a, b     s6 = s6 + 1 } }
    s2 = 0x280
    loop 20 step s2 += -64 { binary.add c, a[s2], b }
    halt 0`,
  'the row that its rounds begin on': `
    c = acc s32 [4,16] at 0     k = acc s32 [32,16] at 0     a = spm s8 [4,16] at 0     w = spm s8 [16,16] at 0x100
    fill a, 1     fill w, 2     ainit.zero k     wload slot 0, w     s3 = 0
    loop 2 { s2 = s3     loop 12 step s2 += 16 { mm.set c[s2], a, slot 0 }     s3 = s3 + 8 }
    halt 0`,
  'what its rounds wait for': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40
    fill a, 1     fill b, 9     post vpu m1, 20
    loop 12 { binary.add a, a, b wait m1 post m2 }
    loop 2 { loop 8 { binary.add a, a, b wait m1 post m1 }     wait vpu m1, 8 }
    halt 0`,
  'what lies between the elements that it writes': `
    a = spm s32 [16] at 0x0     c = spm s32 [16] at 0x1000 stride [2]
    fill a, 9     s2 = 0
    loop 12 step s2 += 32 { binary.add c[s2], a, a }
    loop 12 step s2 += -32 { binary.add c[s2], a, a }
    halt 0`,
  'that weights are known': `
    w = spm s8 [16,16] at 0x0     v = spm s8 [16,16] at 0x1000     a = spm s8 [4,16] at 0x2000     c = acc s32 [4,16] at 0
    fill w, 3     fill a, 5     ainit.zero c     s3 = 0     wload slot 0, w
    loop 3 { loop 8 { mm.add c, a, slot 0     mm.set c, a, slot 0 }     s3 = s3 + 1     p1 = s3 == 2     ?p1 wload slot 0, v }
    halt 0`,
  'where the rows of a copy lie': `
    A = dram u8 [5,40] at 0x8000 stride [200,1]     W = dram u8 [4096] at 0x8000     a = spm u8 [5,40] at 0x0 stride [64,1]     b = spm u8 [5,40] at 0x1000
    w = spm u8 [4096] at 0x0     v = spm u8 [4096] at 0x1000
    s2 = 3     s3 = 7     iota w, s2, s3     iota v, s3, s2     store W, v     s2 = 0     s3 = 0
    loop 9 step s2 += 3, s3 += 64 { load b[s3], A     store A[s2], b[s3]     load a[s2], A }
    halt 0`,
  'that weights are known, in the middle of a round': `
    w = spm s8 [16,16] at 0x0     v = spm s8 [16,16] at 0x1000     a = spm s8 [4,16] at 0x2000     b = spm s8 [64] at 0x2100     c = acc s32 [4,16] at 0
    fill w, 3     fill a, 5     fill b, 1     ainit.zero c     s3 = 0     wload slot 0, w
    loop 4 { loop 8 { binary.add b, b, b     mm.set c, a, slot 0 }     s3 = s3 + 1     p1 = s3 == 2     ?p1 wload slot 0, v }
    halt 0`,
  'how often it goes round': `
    c = acc s32 [4,16] at 0     a = spm s8 [4,16] at 0     w = spm s8 [16,16] at 0x100
    fill a, 1     fill w, 2     wload slot 0, w     s3 = 0     s9 = 1
    loop 8 { s2 = 0     loop s9 step s2 += 8 { mm.set c[s2], a, slot 0 }     s3 = s3 + 1     p1 = s3 == 6     ?p1 s9 = 9 }
    halt 0`,
  'its base, between two loops': `
    k = spm s32 [1024] at 0x0     a = spm s32 [16] at 0x0     b = spm s32 [16] at 0x400     c = spm s32 [16] at 0x4000     s1 = 3     s2 = 5     iota k, s1, s2
    loop 4 { s2 = 0     loop 12 step s2 += 16 { binary.add c[s2], a[s2], b }     b.base += 64     c.base += 1024 }
    halt 0`,
};
