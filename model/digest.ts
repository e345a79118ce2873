//! digest: one number for all that a run shows: CRC-32C over its records and the state that it leaves; the C library computes the same.
import { newCrc } from './crc32c.ts';
import type { Device, Digest, RunOptions } from './device.ts';
import { checkedOptions } from './machine/options.ts';

/** By the records that a device yields. They carry digests of what they wrote, so that memory is in it. */
export function digestByRecords(device: Pick<Device, 'run' | 'state' | 'profile'>, options: RunOptions = {}): Digest {
  // Before `digests` is put in place of what they say of it.
  checkedOptions(options, device.profile);
  const running = device.run({ ...options, batches: false, digests: true }), crc = newCrc();
  for (let records = 0; ; records++) {
    const next = running.next();
    crc.addAll(next.done ? device.state() : next.value.bytes());
    if (next.done) return { ...next.value, records, digest: crc.end() };
  }
}
