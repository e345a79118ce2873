//! cmsis-epilogue: the arithmetic of CMSIS-NN as modes and channel-table rows of the machine's epilogue (drain and scale).

import type { TableRow } from '../programs/table.ts';
import { cmsisElements } from './cmsis-reader.ts';
import type { CmsisRequantise, CmsisTensor } from './cmsis-types.ts';

export { averageRow } from '../programs/table.ts';
export type CmsisEpilogueRow = TableRow;

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
