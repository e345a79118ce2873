//! digest: CRC-32C of a tensor's bytes, row-major, as records carry it.
import { newCrc } from '../crc32c.ts';
import { bitAddress, indices, isEmpty } from '../isa/tensor.ts';
import type { Tensor } from '../isa/view.ts';
import type { Machine } from './machine.ts';

/** 4-bit rows count in whole bytes; an empty tensor has digest 0. */
export function digest(machine: Machine, t: Tensor): number {
  if (isEmpty(t)) return 0;
  const crc = newCrc();
  for (const index of indices(t.dims)) {
    // Rows of 4-bit destinations start on a byte, so that every even element begins one.
    if (t.width === 4n) { if ((index.at(-1)! & 1n) === 0n) crc.add(machine.memories[t.space]!.read(Number(bitAddress(t, index) >> 3n), 1)[0]!); continue; }
    const { bits } = machine.read(t, index);
    for (let at = 0n; at < t.width; at += 8n) crc.add(Number((bits >> at) & 0xffn));
  }
  return crc.end();
}
