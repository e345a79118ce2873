//! bits: a bit a byte and back, low bits first; snapshots and memories do this for whole pages.

/** 0 or 1 a byte to eight of them a byte; the last byte is filled up with zeros. */
export function packBits(bits: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(bits.length / 8)), whole = bits.length >> 3;
  for (let i = 0, at = 0; i < whole; i++, at += 8)
    packed[i] = bits[at]! | (bits[at + 1]! << 1) | (bits[at + 2]! << 2) | (bits[at + 3]! << 3) | (bits[at + 4]! << 4) | (bits[at + 5]! << 5) | (bits[at + 6]! << 6) | (bits[at + 7]! << 7);
  for (let at = 8 * whole; at < bits.length; at++) packed[whole]! |= bits[at]! << (at & 7);
  return packed;
}

/** `count` bits, from bit `from` of the packed ones on. */
export function unpackBits(packed: Uint8Array, count: number, from = 0): Uint8Array {
  const bits = new Uint8Array(count);
  for (let i = 0; i < count;) {
    const at = from + i, byte = packed[at >> 3]!;
    // Most bytes are all known or all unknown.
    if ((at & 7) === 0 && i + 8 <= count && (byte === 0 || byte === 0xff)) { if (byte !== 0) bits.fill(1, i, i + 8); i += 8; continue; }
    bits[i++] = (byte >> (at & 7)) & 1;
  }
  return bits;
}
