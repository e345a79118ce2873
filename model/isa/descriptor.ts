//! descriptor: what the sixteen words of a tensor descriptor hold, and which bits of them have a meaning of their own.
import { RANK_MAX } from '../limits.ts';

/** Fields of a descriptor in the order of its words. */
export const descriptorFields = [
  'type', 'base', 'base_hi', 'dim0', 'dim1', 'dim2', 'dim3', 'dim4', 'stride0', 'stride1', 'stride2', 'stride3', 'stride4', 'lo', 'hi', 'fill',
] as const;
export type DescriptorField = (typeof descriptorFields)[number];

/** Bits of one word. */
export interface Part { readonly low: number; readonly width: number }

/** The word `type`. */
export const typeParts = {
  dtype: { low: 0, width: 8 }, space: { low: 8, width: 3 }, rank: { low: 11, width: 3 }, layout: { low: 16, width: 4 },
} as const satisfies Readonly<Record<string, Part>>;
/** The word `base_hi`: bits 47:32 of the byte address, and the chip of a peer space. */
export const baseParts = { base_hi: { low: 0, width: 16 }, peer: { low: 16, width: 16 } } as const satisfies Readonly<Record<string, Part>>;
/** The words `lo` and `hi`: a pad for each axis. */
export const padPart = (axis: number): Part => ({ low: 6 * axis, width: 6 });

/** All parts by name, each with its word; what is no part of a word is the whole word. Strides are signed. */
export const descriptorParts: readonly (Part & { readonly name: string; readonly word: number; readonly signed: boolean })[] =
  descriptorFields.flatMap((field, word) => {
    const parts: readonly (readonly [string, Part])[] = field === 'type' ? Object.entries(typeParts)
      : field === 'base_hi' ? Object.entries(baseParts)
      : field === 'lo' || field === 'hi' ? Array.from({ length: RANK_MAX }, (_, axis) => [`${field}${axis}`, padPart(axis)] as const)
      : [[field, { low: 0, width: 32 }]];
    return parts.map(([name, part]) => ({ name, word, ...part, signed: field.startsWith('stride') }));
  });

export const partOf = (word: number, { low, width }: Part): number => (width === 32 ? word >>> 0 : (word >>> low) & (2 ** width - 1));
