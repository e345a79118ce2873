//! digest: the digest of a run, of a program that is loaded for it or of a run that was observed.
import { newCrc } from '../crc32c.ts';
import type { Device, Digest, Program } from '../device.ts';
import { unpackSnapshot } from '../snapshot.ts';
import type { Observed } from './compare.ts';

/** From power-on. */
export function runDigest(device: Device, program: Program, budget?: number): Digest {
  device.load(program);
  return device.digest(budget === undefined ? undefined : { budget });
}

/** The same number of a run that was observed, with digests. */
export function digestOf({ records, snapshot }: Observed, profileHash: string): number {
  const crc = newCrc();
  for (const bytes of [...records, unpackSnapshot(snapshot, profileHash).state]) crc.addAll(bytes);
  return crc.end();
}
