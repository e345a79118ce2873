//! crc32c: CRC-32C of bytes (Castagnoli; RFC 3720, 12.1), as records and bundles carry it.

const table = Int32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0x82f6_3b78 : 0);
  return value;
});

/** A checksum in the making; `end` gives the value so far. */
export interface Crc { add(byte: number): void; addAll(bytes: Uint8Array): void; end(): number }
export function newCrc(): Crc {
  let crc = -1;
  return {
    add: (byte) => { crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8); },
    addAll: (bytes) => { for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8); },
    end: () => ~crc >>> 0,
  };
}

/** Unsigned 32 bits; 0 for no byte. */
export function crc32c(bytes: Uint8Array): number {
  const crc = newCrc();
  crc.addAll(bytes);
  return crc.end();
}
