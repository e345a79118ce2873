//! digest: CRC-32C of a tensor's bytes, row-major, as records carry it.
import { bitAddress, indices, isEmpty } from '../isa/tensor.ts';
import type { Tensor } from '../isa/view.ts';
import type { Machine } from './machine.ts';

/** Castagnoli, reflected 82F63B78, initial value and final xor all ones (RFC 3720). 4-bit rows count in whole bytes. */
export function digest(machine: Machine, t: Tensor): number {
  if (isEmpty(t)) return 0;
  let crc = 0xffff_ffff;
  const byte = (value: number): void => { crc = table[(crc ^ value) & 0xff]! ^ (crc >>> 8); };
  for (const index of indices(t.dims)) {
    // Rows of 4-bit destinations start on a byte, so that every even element begins one.
    if (t.width === 4n) { if ((index.at(-1)! & 1n) === 0n) byte(machine.memories[t.space]!.read(Number(bitAddress(t, index) >> 3n), 1)[0]!); continue; }
    const { bits } = machine.read(t, index);
    for (let at = 0n; at < t.width; at += 8n) byte(Number((bits >> at) & 0xffn));
  }
  return ~crc >>> 0;
}
const table = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0x82f6_3b78 : 0);
  return value >>> 0;
});
