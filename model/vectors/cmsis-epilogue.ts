//! cmsis-epilogue: the arithmetic of CMSIS-NN as modes and channel-table rows of the machine's epilogue (drain and scale).

import { cmsisElements } from './cmsis-reader.ts';
import type { CmsisRequantise, CmsisTensor } from './cmsis-types.ts';

/** One row of a channel table; slope is 0. All values fit 32 bits, `shift` fits 8. */
export interface CmsisEpilogueRow {
  readonly bias: number;
  readonly multiplier: number;
  readonly shift: number;
}

/** Mode fields `scale`, `round2`, `round` per convention; `average` is the division of a window sum. */
export const CMSIS_EPILOGUE_MODES = {
  gemmlowp: { scale: 'gemmlowp', round2: 'rhu', round: 'rna' },
  reduced16: { scale: 'fixed', round2: 'rne', round: 'rhu' },
  average: { scale: 'fixed', round2: 'rne', round: 'rna' },
} as const;

/**
 * Channel table of a layer with weights.
 *
 * gemmlowp takes multiplier and shift as they are. `reduced16` is mode `fixed` with the reduced multiplier m moved to the top of the word:
 * u * (m * 2^16) * 2^(shift - 31) = u * m * 2^(shift - 15), rounded half up once, as arm_nn_requantize_s64 does.
 *
 * @param bias a 64-bit bias does not go through the table (the rows then hold 0) but initialises the accumulator
 * @param channelCount rows wanted; a per-tensor convention is repeated
 */
export function cmsisEpilogueRows(
  requantise: CmsisRequantise,
  bias: CmsisTensor | undefined,
  channelCount: number,
): readonly CmsisEpilogueRow[] {
  const biases = bias === undefined || bias.dtype === 's64' ? [] : cmsisElements(bias).map(Number);
  return Array.from({ length: channelCount }, (_, channel) => {
    const at = requantise.multipliers.length === 1 ? 0 : channel;
    const full = requantise.multipliers[at] ?? 0;
    const multiplier = requantise.convention === 'gemmlowp' ? full : reducedMultiplier(full) << 16;
    return { bias: biases[channel] ?? 0, multiplier, shift: requantise.shifts[at] ?? 0 };
  });
}

/** REDUCE_MULTIPLIER of arm_nnsupportfunctions.h: the upper 16 bits, rounded, without overflow. */
export function reducedMultiplier(multiplier: number): number {
  return multiplier < 0x7fff0000 ? (multiplier + (1 << 15)) >> 16 : 0x7fff;
}

/**
 * Table row that makes `scale fixed, round rna` the division by `count` with halves away from zero.
 *
 * With 2^t >= 2^30 * count and m = ceil(2^t / count), m / 2^t exceeds 1 / count by d = (m * count - 2^t) / (count * 2^t) >= 0.
 * u / count + 1/2 is a multiple of 1 / (2 count), so its floor, and with it the rounding of |u| * m / 2^t, is right as long as
 * |u| * d < 1 / (2 count), that is 2 |u| (m count - 2^t) < 2^t. As m count - 2^t < count, |u| <= 2^15 count makes this true for every
 * count below 2^14 (s16), |u| <= 2^7 count for every count below 2^22 (s8).
 *
 * @param count number of values in the sum, 1 .. 2^14 - 1 for s16
 * @throws RangeError for a count outside 1 .. 2^22 - 1
 */
export function averageRow(count: number): CmsisEpilogueRow {
  if (!Number.isInteger(count) || count < 1 || count >= 2 ** 22) throw new RangeError(`a window of ${count} values`);
  const places = 30 + (count === 1 ? 0 : 32 - Math.clz32(count - 1));
  const divisor = BigInt(count);
  return { bias: 0, multiplier: Number(((1n << BigInt(places)) + divisor - 1n) / divisor), shift: 31 - places };
}
