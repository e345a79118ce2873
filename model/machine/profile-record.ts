//! profile-record: geometry and numerics of one machine, as both devices take it, and how a checked file says it.
import type { Dot, Triple } from '../isa/view.ts';
import { type Feature, featureNames, spaceNames, unitNames } from '../limits.ts';
import { formatByName } from '../numerics/format.ts';
import type { FunctionTable } from '../numerics/function-table.ts';
import { type FunctionName, functionNames } from '../numerics/functions.ts';
import { entriesOf } from './profile-functions.ts';
import type { ProfileFile } from './profile-schema.ts';

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
  /** How functions are computed at level 1, by name. */
  readonly functions: ReadonlyMap<FunctionName, FunctionTable>;
  /** What an UNKNOWN byte reads as. */
  readonly unknownByte: number;
  readonly granules: readonly Granule[];
  /** SHA-256, 64 hex digits, of everything that can change a bit of a result or of a trap. */
  readonly hash: string;
  /** The parsed file, with sources and certainties. */
  readonly file: unknown;
}

/** Entries of function tables as numbers, where somebody has read them before. */
export type Entries = Readonly<Partial<Record<FunctionName, readonly number[]>>>;

/** What a checked file says, with its hash. */
export function profileOf(file: ProfileFile, hash: string, entries: Entries = {}): Profile {
  const code = (name: string): number => formatByName(name).code;
  const triples = rowsOf(file).map(({ activation, weight, accumulator, kMax, nMax, mMax, dots }): Triple => ({
    activation: code(activation), weight: code(weight), accumulator: code(accumulator), kMax: kMax.value, nMax: nMax.value, mMax: mMax.value,
    dots: dots.map((name): Dot => kernelOf(file, name)), kernels: dots,
  }));
  const granules = file.granules.map(({ space, unit, bytes }): Granule => ({
    space: spaceNames.indexOf(space), unit: unitNames.indexOf(unit), bytes: bytes.value,
  }));
  const nans = new Map<number, bigint>();
  for (const [name, fact] of Object.entries(file.nans)) if (fact) nans.set(code(name), BigInt(`0x${fact.value}`));
  return deepFreeze({
    name: file.name, tier: file.tier, says: file.says,
    dramBytes: file.dramBytes.value, spmBytes: file.spmBytes.value, accBytes: file.accBytes.value, accLanes: file.accLanes.value,
    vpuLanes: file.vpuLanes.value, slotCount: file.slotCount.value, queueDepth: file.timing.queueDepth.value,
    features: featureNames.filter((name) => file.features.value.some((one) => one === name)),
    triples, formatCodes: file.formats.value.map(code).sort((a, b) => a - b), nans, functions: functionsOf(file, entries),
    unknownByte: Number.parseInt(file.unknownByte.value, 16), granules, hash, file,
  });
}

/** A row for each pair of an activation and a weight. */
export const rowsOf = (file: ProfileFile) => file.triples.flatMap((row) => [row.activation].flat().flatMap((activation) =>
  [row.weight].flat().map((weight) => ({ ...row, activation, weight }))));

/** A kernel without its evidence, its fields in the order of their names. */
export function kernelOf({ kernels }: ProfileFile, name: string): Dot {
  const { source: _, certainty: __, ...record } = kernels[name]!;
  return record;
}

type StatedFunction = NonNullable<NonNullable<ProfileFile['functions']>['exp']>;
function functionsOf({ functions = {} }: ProfileFile, known: Entries): ReadonlyMap<FunctionName, FunctionTable> {
  return new Map(functionNames.flatMap((name) => {
    const stated = (functions as { readonly [N in FunctionName]?: StatedFunction | undefined })[name];
    if (!stated) return [];
    const { source: _, certainty: __, valueBits, multiplier, table, ...numbers } = stated;
    return [[name, { ...numbers, multiplier: BigInt(`0x${multiplier}`), entries: known[name] ?? entriesOf(table, valueBits) }] as const];
  }));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
