//! block: quantisation of a block of values by one scale: the scale of its greatest magnitude, and the elements under it.

import { write } from './arithmetic.ts';
import type { Exact, Finite, RoundName } from './exact.ts';
import { absolute, bitLength, compare, divide, exactInteger, isZero, multiply, nanOf, plusZero, scaleByPower, unpack } from './exact.ts';
import type { Format } from './format.ts';
import { greatestFiniteCode, greatestInteger } from './format.ts';
import { type Observe, staged } from './observe.ts';
import type { Rounded, Rounding } from './round.ts';
import { round } from './round.ts';

/** How the scale of a block is chosen, in the order of the codes in a mode (numerics.md, section 1). */
export const scaleRuleNames = ['floor', 'noclip'] as const;
export type ScaleRuleName = (typeof scaleRuleNames)[number];

/** Elements that share a scale of this format (OCP MX 1.0; NVFP4). */
export const blockLength = (scale: Format): number => (scale.kind === 'scale' ? 32 : 16);

/** `rule`, and what becomes of a ue4m3 scale beyond 448: `fsat`, or the canonical NaN of the scales. */
export interface ScaleMode { readonly rule: ScaleRuleName; readonly fsat: boolean; readonly nan: bigint; readonly observe?: Observe | undefined }

/**
 * The scale of a block for elements of format `to`. NaN where a value is infinite or a NaN.
 *
 * e8m0: 2^k with k = floor(log2 amax) - floor(log2 greatest) for `floor` (OCP MX 1.0), for `noclip` the least k with which amax, to
 * nearest even, is no more than the greatest (TOSA); k then is kept within -127 .. 127. A block of zeros counts as amax = 2^-126.
 * ue4m3: amax / greatest, rounded to nearest even for `floor`, up for `noclip`.
 */
export function blockScale(values: readonly Exact[], to: Format, scale: Format, { rule, fsat, nan, observe }: ScaleMode): Rounded {
  const amax = greatestOf(values), how = { isat: true, fsat, ftz: 0, nan, observe } as const;
  if (amax === undefined) return round(scale, nanOf(...values), { ...how, round: 'rne' });
  staged(observe, 'greatest magnitude of the block', amax);
  staged(observe, `greatest value of ${to.name}`, greatestValue(to));
  if (scale.kind !== 'scale') return write(scale, divide(amax, greatestValue(to)), { ...how, round: rule === 'floor' ? 'rne' : 'ru' }, amax);
  const judged = isZero(amax) ? exactInteger(1n, -126) : amax, floor = floorLog2(judged) - floorLog2(greatestValue(to));
  const k = rule === 'noclip' && exceeds(scaleByPower(judged, -floor), to) ? floor + 1 : floor;
  return round(scale, exactInteger(1n, Math.min(127, Math.max(-127, k))), { ...how, round: 'rne' });
}

/**
 * A value under the scale of its block: value / scale, saturating; a zero of its sign under a scale of 0, and 0 under NaN. A zero of either
 * sign is +0, as the published blocks have it.
 */
export function blockElement(value: Exact, scale: Exact, to: Format, mode: Pick<Rounding, 'round' | 'nan' | 'observe'>): Rounded {
  const how = { ...mode, isat: true, fsat: true, ftz: 0 } as const;
  if (scale.kind === 'nan' || isZero(value)) return write(to, plusZero, how);
  return write(to, isZero(scale) ? multiply(value, scale) : divide(value, scale), how, value);
}

/** The greatest magnitude; undefined where some value is not finite. */
function greatestOf(values: readonly Exact[]): Finite | undefined {
  let greatest = plusZero;
  for (const value of values) {
    if (value.kind !== 'finite') return undefined;
    if (compare(absolute(value), greatest) === 1) greatest = { ...value, negative: false };
  }
  return greatest;
}

function greatestValue(format: Format): Finite {
  return unpack(format, format.kind === 'fixed' ? greatestInteger(format) : greatestFiniteCode(format)) as Finite;
}

const floorLog2 = ({ significand, exponent }: Finite): number => exponent + bitLength(significand) - 1;

function exceeds(value: Exact, to: Format): boolean {
  const nearest: RoundName = 'rne', { saturated, overflow } = round(to, value, { round: nearest, isat: true, fsat: true, ftz: 0, nan: 0n });
  return saturated || overflow;
}
