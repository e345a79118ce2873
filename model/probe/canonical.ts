//! canonical: words of a unit with every NaN as the quiet one, since not every unit writes the same, nor is asked to.
import { formatByName, quietNan } from '../numerics/format.ts';
import type { ProbeType } from './types-of-units.ts';

/** Words of an accumulator's format: all bits but the sign, the infinity, and the NaN that others become. */
export interface NanWords { readonly magnitude: number; readonly infinity: number; readonly nan: number }
export function nanWords(accumulator: ProbeType['accumulator']): NanWords {
  const format = formatByName(accumulator), nan = Number(quietNan(format));
  return { magnitude: 2 ** (format.valueBits - 1) - 1, infinity: nan & ~(1 << (format.fractionBits - 1)), nan };
}

export const canonical = ({ magnitude, infinity, nan }: NanWords, word: number): number => ((word & magnitude) > infinity ? nan : word >>> 0);

/** Whether two words say the same. */
export function sameWord(accumulator: ProbeType['accumulator'], x: bigint, y: bigint): boolean {
  const words = nanWords(accumulator);
  return canonical(words, Number(x)) === canonical(words, Number(y));
}
