//! profile: geometry and numerics of one machine, as both devices take it.
import type { Triple } from '../isa/view.ts';
import type { Feature } from '../limits.ts';

/** exact: public and tested bit for bit. structural: shapes public, inner order assumed and declared. sketch: some shapes inferred. */
export type Tier = 'exact' | 'structural' | 'sketch';

/** A multiple of bytes that base + offset of every operand of a unit in a space must keep. */
export interface Granule { readonly space: number; readonly unit: number; readonly bytes: number }

/** All sizes are in bytes. Frozen. */
export interface Profile {
  readonly name: string;
  readonly tier: Tier;
  readonly says: string;
  readonly dramBytes: number;
  readonly spmBytes: number;
  readonly accBytes: number;
  /** Lanes of an accumulator row: 4 bytes each, 8 for s48 and s64. */
  readonly accLanes: number;
  readonly vpuLanes: number;
  readonly slotCount: number;
  /** Entries of each unit's queue: timing, outside the hash. */
  readonly queueDepth: number;
  readonly features: readonly Feature[];
  /** No two rows share activation, weight and accumulator. */
  readonly triples: readonly Triple[];
  /** Dtype codes that operands may have, ascending. */
  readonly formatCodes: readonly number[];
  /** Canonical NaN by dtype code, for each format of the profile that has NaNs. */
  readonly nans: ReadonlyMap<number, bigint>;
  /** What an UNKNOWN byte reads as. */
  readonly unknownByte: number;
  readonly granules: readonly Granule[];
  /** SHA-256, 64 hex digits, of everything that can change a bit of a result or of a trap. */
  readonly hash: string;
  /** The parsed file, with sources and certainties. */
  readonly file: unknown;
}
