//! digest: one number for all that a run shows: CRC-32C over its records and the state that it leaves; the C library computes the same.
import { newCrc } from '../crc32c.ts';
import type { Device, Program } from '../device.ts';
import type { StatusName } from '../limits.ts';
import { unpackSnapshot } from '../snapshot.ts';
import type { Observed } from './compare.ts';

/** Records carry digests of what they wrote, so that memory is in it. */
export function runDigest(device: Device, program: Program, budget?: number): { readonly status: StatusName; readonly records: number; readonly digest: number } {
  device.load(program);
  const running = device.run({ digests: true, ...(budget === undefined ? {} : { budget }) });
  const crc = newCrc();
  for (let records = 0; ; records++) {
    const next = running.next();
    crc.addAll(next.done ? device.state() : next.value.bytes());
    if (next.done) return { status: next.value.status, records, digest: crc.end() };
  }
}

/** The same number of a run that was observed, with digests. */
export function digestOf({ records, snapshot }: Observed, profileHash: string): number {
  const crc = newCrc();
  for (const bytes of [...records, unpackSnapshot(snapshot, profileHash).state]) crc.addAll(bytes);
  return crc.end();
}
