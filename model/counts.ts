//! counts: the event counters of a device, read through the host's window.
import type { Device } from './device.ts';
import { COUNTER_BYTES, COUNTER_COUNT, COUNTER_ELEMENTS, COUNTER_MACS, COUNTER_NULLIFIED, UNIT_COUNT } from './limits.ts';

export interface Counts {
  /** By unit. */
  readonly retired: readonly bigint[];
  readonly nullified: bigint;
  readonly elements: bigint;
  /** DRAM, SPM, ACC. */
  readonly bytes: readonly [bigint, bigint, bigint];
  readonly macs: bigint;
}

/** 64-bit counters from 0x600 on, 8 bytes each; reading the low half holds the upper one. */
export function countsOf(device: Device): Counts {
  const all = Array.from({ length: COUNTER_COUNT }, (_, i) => {
    const low = device.csrRead(0x600 + 8 * i);
    return BigInt(low) + (BigInt(device.csrRead(0x604 + 8 * i)) << 32n);
  });
  const [dram, spm, acc] = all.slice(COUNTER_BYTES) as [bigint, bigint, bigint];
  return {
    retired: all.slice(0, UNIT_COUNT), nullified: all[COUNTER_NULLIFIED]!, elements: all[COUNTER_ELEMENTS]!, bytes: [dram, spm, acc],
    macs: all[COUNTER_MACS]!,
  };
}

/** Instructions retired, those whose predicate was false included. */
export const instructionsOf = ({ retired, nullified }: Counts): bigint => retired.reduce((sum, count) => sum + count, nullified);
