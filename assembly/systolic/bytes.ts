//! bytes: one clock edge of an array of stationary weights for bytes and 32-bit sums, 16 PEs of a row at a time.
import { array } from './array';

/** For each byte of flags 8 bytes, 0 or -1. */
const MASKS: usize = memory.data(2048, 16);

/** The masks of all bytes of flags. */
export function fillMasks(): void {
  for (let flags: usize = 0; flags < 256; flags++) {
    for (let bit: usize = 0; bit < 8; bit++) store<i8>(MASKS + (flags << 3) + bit, -(<i8>(flags >>> bit & 1)));
  }
}

/** Flags are bits, so that a row takes them over at once; in place, rows descending. What enters p at the top is 0. */
export function stepBytes(edge: u32): void {
  const rows = <usize>array.rows(), stride = <usize>array.stride(), loading = load<u32>(array.loads() + (<usize>edge << 2));
  const none = i32x4.splat(0);
  // Vector e - r at row r: rows - 1 bytes further for each row up.
  const entering = (rows + <usize>edge) * rows - (rows - 1) * (rows - 1);
  let left = array.left() + entering, leftFlags = array.leftFlags() + entering;
  let a = array.a() + (rows - 1) * stride, w = array.w() + (rows - 1) * stride, p = array.p() + (rows - 1) * (stride << 2);
  let l = array.l() + (rows - 1) * (stride >>> 3), f = array.f() + (rows - 1) * (stride >>> 3), v = array.v() + (rows - 1) * (stride >>> 3);
  for (let r = rows; r-- > 0;) {
    const flags = <u32>load<u8>(leftFlags);
    let aLeft = v128.load8_splat(left), fLeft = flags >>> 1 & 1, vLeft = flags & 1;
    for (let c: usize = 0; c < stride; c += 16) {
      const bits = c >>> 3, before = v128.load(a + c), aIn = v128.shuffle<i8>(aLeft, before, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
      const fOld = <u32>load<u16>(f + bits), vOld = <u32>load<u16>(v + bits), fIn = fOld << 1 | fLeft, vIn = vOld << 1 | vLeft;
      store<u16>(f + bits, <u16>fIn);
      store<u16>(v + bits, <u16>vIn);
      v128.store(a + c, aIn);
      if ((fIn & vIn & 0xffff) != 0) take(r * stride + c, l + bits, fIn & vIn & 0xffff);
      const live = vIn & <u32>load<u16>(l + bits) & 0xffff, sum = p + (c << 2), above = sum - (stride << 2);
      let p0 = none, p1 = none, p2 = none, p3 = none;
      if (r != 0) {
        p0 = v128.load(above);
        p1 = v128.load(above, 16);
        p2 = v128.load(above, 32);
        p3 = v128.load(above, 48);
      }
      if (live != 0) {
        const factor = live == 0xffff ? aIn : v128.and(aIn, mask(live)), weight = v128.load(w + c);
        const low = i16x8.extmul_low_i8x16_s(factor, weight), high = i16x8.extmul_high_i8x16_s(factor, weight);
        p0 = i32x4.add(p0, i32x4.extend_low_i16x8_s(low));
        p1 = i32x4.add(p1, i32x4.extend_high_i16x8_s(low));
        p2 = i32x4.add(p2, i32x4.extend_low_i16x8_s(high));
        p3 = i32x4.add(p3, i32x4.extend_high_i16x8_s(high));
      }
      v128.store(sum, p0);
      v128.store(sum, p1, 16);
      v128.store(sum, p2, 32);
      v128.store(sum, p3, 48);
      aLeft = before;
      fLeft = fOld >>> 15;
      vLeft = vOld >>> 15;
    }
    left += rows - 1;
    leftFlags += rows - 1;
    a -= stride;
    w -= stride;
    p -= stride << 2;
    l -= stride >>> 3;
    f -= stride >>> 3;
    v -= stride >>> 3;
  }
  if (loading) shadow(stride, loading - 1);
}

@inline function mask(flags: u32): v128 {
  return v128.load64_lane(MASKS + (<usize>(flags >>> 8) << 3), v128.load64_zero(MASKS + (<usize>(flags & 255) << 3)), 1);
}

/** 16 PEs of which those of the flags use their shadow weights from now on; its first byte is the place of w and s. */
function take(from: usize, live: usize, flags: u32): void {
  const chosen = mask(flags), w = array.w() + from, shadows = array.ls() + (live - array.l());
  v128.store(w, v128.bitselect(v128.load(array.s() + from), v128.load(w), chosen));
  store<u16>(live, <u16>(<u32>load<u16>(live) & ~flags | <u32>load<u16>(shadows) & flags));
}

/** Shadow weights go down a row. All PEs of the edge have read theirs. */
function shadow(stride: usize, weightRow: u32): void {
  const rows = <usize>array.rows(), flags = stride >>> 3;
  memory.copy(array.s() + stride, array.s(), (rows - 1) * stride);
  memory.copy(array.s(), array.weights() + <usize>weightRow * stride, stride);
  memory.copy(array.ls() + flags, array.ls(), (rows - 1) * flags);
  memory.copy(array.ls(), array.live() + <usize>weightRow * flags, flags);
}
