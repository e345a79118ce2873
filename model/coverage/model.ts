//! model: all covergroups of a profile laid out as one row of counters, with what a record of each instruction is to be asked.
import { set } from '../instructions/set.ts';
import type { Profile } from '../machine/profile.ts';
import { sha256 } from '../sha256.ts';
import { crossedGroups } from './crosses.ts';
import { derivedGroups } from './derived.ts';
import { type Covergroup, type Ignore, laws, type Point } from './group.ts';

/** A point or a cross: `bins` counters from `first` on, the last point's bins next to each other. */
export interface Cover {
  readonly group: Covergroup;
  /** Names of its points. */
  readonly points: readonly string[];
  readonly first: number;
  readonly bins: number;
}
export interface Unreachable { readonly by: string; readonly why: string }

/** What every record of one instruction is asked: each point once, then where covers find their points' answers. */
export interface Plan {
  readonly points: readonly Point['of'][];
  /** For each cover: first counter, number of points, then for each of them its place in `points` and the counters between its bins. */
  readonly covers: Int32Array;
}
export interface CoverageModel {
  readonly profile: Profile;
  readonly groups: readonly Covergroup[];
  readonly covers: readonly Cover[];
  /** `group/point=bin,point=bin` by counter. */
  readonly names: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** By counter: what forbids the bin. */
  readonly unreachable: ReadonlyMap<number, Unreachable>;
  readonly reachable: number;
  /** By index in the set of instructions, then the one of opcodes that are none. */
  readonly plans: readonly Plan[];
  /** SHA-256 of the names of all bins and of those that are unreachable: counters of two models with one hash mean the same. */
  readonly hash: string;
}

/** The coverage model of a profile; made once for each. */
export function coverageOf(profile: Profile): CoverageModel {
  const known = models.get(profile);
  if (known) return known;
  const groups = [...derivedGroups(profile), ...crossedGroups(profile)], covers: Cover[] = [], names: string[] = [], unreachable = new Map<number, Unreachable>();
  for (const group of groups) {
    const crossed = new Set(group.crosses.flat());
    for (const points of [...Object.keys(group.points).filter((name) => !crossed.has(name)).map((name) => [name]), ...group.crosses]) {
      const first = names.length;
      for (const bin of combinations(group, points)) {
        const why = group.ignore.find(({ when }) => when(bin));
        if (why) unreachable.set(names.length, reasonOf(why));
        names.push(`${group.name}/${points.map((point) => `${point}=${bin[point]!}`).join(',')}`);
      }
      covers.push({ group, points, first, bins: names.length - first });
    }
  }
  const model: CoverageModel = {
    profile, groups, covers, names, indexOf: new Map(names.map((name, i) => [name, i])), unreachable, reachable: names.length - unreachable.size,
    plans: [...set.map(({ mnemonic }) => mnemonic), undefined].map((mnemonic) => planOf(covers, mnemonic)),
    hash: sha256(new TextEncoder().encode(`${profile.hash}\n${names.map((name, i) => `${name}${unreachable.has(i) ? ' -' : ''}`).join('\n')}`)),
  };
  models.set(profile, model);
  return model;
}
const models = new WeakMap<Profile, CoverageModel>();

/** Names of the bins of a cover's points, the last point counting fastest. */
function combinations({ points }: Covergroup, names: readonly string[]): Readonly<Record<string, string>>[] {
  return names.reduce<Record<string, string>[]>((all, name) => all.flatMap((bin) => points[name]!.bins.map((one) => ({ ...bin, [name]: one }))), [{}]);
}
const reasonOf = ({ by, why }: Ignore): Unreachable => ({ by, why: laws[by] ? `${why}: ${laws[by]}` : why });

/** Bins of each of a cover's points at one of its counters. */
export function coordinates({ group, points, first }: Cover, counter: number): number[] {
  let rest = counter - first;
  const found: number[] = [];
  for (const name of [...points].reverse()) {
    const count = group.points[name]!.bins.length;
    found.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return found;
}

function planOf(covers: readonly Cover[], mnemonic: string | undefined): Plan {
  const points: Point['of'][] = [], flat: number[] = [];
  for (const { group, points: names, first } of covers) {
    if (group.on && (mnemonic === undefined || !group.on.includes(mnemonic))) continue;
    let step = 1;
    const parts: number[] = [];
    for (const name of [...names].reverse()) {
      const { of, bins } = group.points[name]!;
      let at = points.indexOf(of);
      if (at < 0) at = points.push(of) - 1;
      parts.push(at, step);
      step *= bins.length;
    }
    flat.push(first, names.length, ...parts);
  }
  return { points, covers: Int32Array.from(flat) };
}
