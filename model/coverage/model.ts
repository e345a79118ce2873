//! model: all covergroups of a profile laid out as one row of counters, with what a record of each instruction is to be asked.
import { Defect } from '../failure.ts';
import { set } from '../instructions/set.ts';
import type { Profile } from '../machine/profile.ts';
import { sha256 } from '../sha256.ts';
import { valueGroups } from './classes.ts';
import { crossedGroups } from './crosses.ts';
import { derivedGroups } from './derived.ts';
import { COMPUTED_MAX, FACT_COUNT, FACT_EVENTS, FACT_OP, FACT_STATUS, FACT_UNIT, FACT_VALUES, type Frame } from './frame.ts';
import { type Covergroup, type Ending, type Ignore, laws, type Lookup, type Point } from './group.ts';

/** A point or a cross: `bins` counters from `first` on, the last point's bins next to each other. */
export interface Cover {
  readonly group: Covergroup;
  /** Names of its points. */
  readonly points: readonly string[];
  readonly first: number;
  readonly bins: number;
}
export interface Unreachable { readonly by: string; readonly why: string }

/**
 * What every record of one instruction with one ending is asked. Covers are rows: first counter, number of terms, and for each term a fact, the
 * lowest of its bits, their mask, and where in `tables` their shares of the counter begin; a negative sum is no bin. Computed points leave
 * their bin, from 1 on, as facts behind those of the frame.
 */
export interface Plan {
  readonly computed: readonly ((frame: Frame) => number)[];
  readonly covers: Int32Array;
  /** Those that only a record with events can hit, and those that only one beside which a machine stands. */
  readonly onEvents: Int32Array;
  readonly onValues: Int32Array;
  readonly tables: Int32Array;
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
  /** By the index in the set of instructions, the one of opcodes that are none behind them, and the status. Made when a record first asks. */
  readonly plan: (op: number, status: number) => Plan;
  /** SHA-256 of the names of all bins and of those that are unreachable: counters of two models with one hash mean the same. */
  readonly hash: string;
}

/** The coverage model of a profile; made once for each. */
export function coverageOf(profile: Profile): CoverageModel {
  const known = models.get(profile);
  if (known) return known;
  const groups = [...derivedGroups(profile), ...crossedGroups(profile), ...valueGroups(profile)], covers: Cover[] = [], names: string[] = [], unreachable = new Map<number, Unreachable>();
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
  const plans: (Plan | undefined)[] = [];
  let indexOf: ReadonlyMap<string, number> | undefined, hash: string | undefined;
  // What not everyone asks for is made when somebody does: a campaign starts the sooner.
  const model: CoverageModel = {
    profile, groups, covers, names, unreachable, reachable: names.length - unreachable.size,
    plan: (op, status) => plans[endings.length * op + status] ??= planOf(covers, op, status),
    get indexOf() { return indexOf ??= new Map(names.map((name, i) => [name, i])); },
    get hash() { return hash ??= sha256(new TextEncoder().encode(`${profile.hash}\n${names.map((name, i) => `${name}${unreachable.has(i) ? ' -' : ''}`).join('\n')}`)); },
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

function planOf(covers: readonly Cover[], op: number, ending: number): Plan {
  const definition = set[op], points: Point['of'][] = [], plain: number[] = [], onEvents: number[] = [], onValues: number[] = [], tables: number[] = [];
  const put = (table: Int16Array, share: (bin: number) => number): number => {
    const at = tables.length;
    for (let i = 0; i < table.length; i++) tables.push(share(table[i]!));
    return at;
  };
  /** Facts that are the same for all records of the plan. */
  const settled = new Map([[FACT_OP, definition ? op + 1 : 0], [FACT_STATUS, ending], ...(typeof definition?.unit === 'number' ? [[FACT_UNIT, definition.unit] as const] : [])]);
  for (const { group, points: names, first } of covers) {
    if (!group.endings.includes(endings[ending]!) || (group.on && (!definition || !group.on.includes(definition.mnemonic)))) continue;
    const terms: number[] = [];
    let step = 1, base = first, list = plain;
    const add = ({ fact, low, table }: Lookup, share: (bin: number) => number): void => {
      const known = settled.get(fact);
      if (known !== undefined) base += share(table[(known >>> low) & (table.length - 1)]!);
      else terms.push(fact, low, table.length - 1, put(table, share));
      if (share(table[0]!) === NONE && fact < FACT_COUNT) list = fact === FACT_EVENTS ? onEvents : fact >= FACT_VALUES ? onValues : list;
    };
    for (const name of [...names].reverse()) {
      const { look, needs = [], of, bins } = group.points[name]!, by = step;
      for (const one of needs) add(one, (bin) => (bin === 0 ? 0 : NONE));
      if (look) add(look, (bin) => (bin < 0 ? NONE : bin * by));
      else {
        let at = points.indexOf(of);
        if (at < 0) at = points.push(of) - 1;
        const size = 2 ** (32 - Math.clz32(bins.length));
        add({ fact: FACT_COUNT + at, low: 0, table: Int16Array.from({ length: size }, (_, i) => (i > bins.length ? -1 : i - 1)) }, (bin) => (bin < 0 ? NONE : bin * by));
      }
      step *= bins.length;
    }
    if (base >= 0) list.push(base, terms.length / 4, ...terms);
  }
  if (points.length > COMPUTED_MAX) throw new Defect(`${definition?.mnemonic}: ${points.length} computed points; a frame has room for ${COMPUTED_MAX}`);
  return { computed: points as Plan['computed'], covers: Int32Array.from(plain), onEvents: Int32Array.from(onEvents), onValues: Int32Array.from(onValues), tables: Int32Array.from(tables) };
}
/** By status. */
const endings: readonly Ending[] = ['done', 'nullified', 'trapped'];
/** Takes any counter below 0; a few of them stay in 32 bits. */
const NONE = -(2 ** 27);
