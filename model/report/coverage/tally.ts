//! tally: counters by covergroup, with the names of their bins: what every output format shows.
import { set } from '../../instructions/set.ts';
import { unitNames } from '../../limits.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import type { Covergroup } from '../../coverage/group.ts';
import { coordinates, type Cover, type Unreachable } from '../../coverage/model.ts';

export interface Bin {
  readonly counter: number;
  /** `point=bin,point=bin` */
  readonly name: string;
  readonly hits: number;
  /** The least index of a test that hit it. */
  readonly first: number | undefined;
  /** What forbids it. */
  readonly unreachable: Unreachable | undefined;
  /** By point of the cover: its bin. */
  readonly at: readonly number[];
}
/** A point or a cross with its bins. */
export interface CoverTally { readonly cover: Cover; readonly bins: readonly Bin[] }
export interface GroupTally {
  readonly group: Covergroup;
  readonly covers: readonly CoverTally[];
  /** Bins that can be hit, and those that were. */
  readonly reachable: number;
  readonly hit: number;
}

/** Groups in the order of the model; those that have no bin under the profile are left out. */
export function tallies({ model, counts, first }: Coverage): readonly GroupTally[] {
  return model.groups.flatMap((group): GroupTally[] => {
    const covers = model.covers.filter((cover) => cover.group === group).map((cover): CoverTally => ({
      cover, bins: Array.from({ length: cover.bins }, (_, i): Bin => {
        const counter = cover.first + i, hits = counts[counter]!;
        return { counter, name: model.names[counter]!.slice(group.name.length + 1), hits, first: hits > 0 ? first[counter]! : undefined, unreachable: model.unreachable.get(counter), at: coordinates(cover, counter) };
      }),
    }));
    if (covers.length === 0) return [];
    const bins = reachableBins({ covers });
    return [{ group, covers, reachable: bins.length, hit: bins.filter(({ hits }) => hits > 0).length }];
  });
}

/** Those of all points and crosses. */
export const allBins = ({ covers }: Pick<GroupTally, 'covers'>): readonly Bin[] => covers.flatMap(({ bins }) => bins);
export const reachableBins = (tally: Pick<GroupTally, 'covers'>): readonly Bin[] => allBins(tally).filter(({ unreachable }) => !unreachable);
/** Counted from 1 on within its group: the line of formats that know files and lines only. */
export const lineOf = ({ counter }: Bin, { covers }: GroupTally): number => counter - covers[0]!.cover.first + 1;
/** The file of such formats. */
export const fileOf = ({ group }: GroupTally): string => group.name.replaceAll(': ', '/');

/** The unit whose instructions the group looks at; `machine` where they are of several. */
export function unitOf({ group: { on } }: GroupTally): string {
  const units = new Set((on ?? []).map((mnemonic) => set.find((one) => one.mnemonic === mnemonic)?.unit)), [unit] = units;
  return units.size === 1 && typeof unit === 'number' ? unitNames[unit]! : 'machine';
}

/** Rounded down, so that only everything is 100.0 %. */
export const percentOf = (hit: number, of: number): string => `${(of === 0 ? 100 : Math.floor((1000 * hit) / of) / 10).toFixed(1)} %`;
