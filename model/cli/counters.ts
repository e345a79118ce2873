//! counters: coverage as results hold it: how much of it there is, and that of all shards together.
import type { Results } from '../campaign/results.ts';
import type { CoverageJson } from '../coverage/index.ts';
import { Rejected } from '../failure.ts';
import type { Covered } from '../report/page.ts';
import { findProfile } from './profiles.ts';

/** Undefined where nothing was counted. */
export const coveredOf = ({ coverage }: Results): Covered | undefined => coverage ?? undefined;

/** Adds counters of the machine of the results; `named` is its profile, where it is not one of those built in. */
export async function coverageMerger({ coverage, profile: name, profile_hash: hash }: Results, named: string | undefined): Promise<(all: readonly CoverageJson[]) => CoverageJson> {
  if (coverage === null) return ([first]) => first!;
  const [{ Coverage, coverageOf }, profile] = await Promise.all([import('../coverage/index.ts'), findProfile(named ?? name)]);
  if (profile.hash !== hash) {
    const message = `${profile.name} has hash ${profile.hash.slice(0, 12)}…, the results are of '${name}' with ${hash.slice(0, 12)}…; name the file of that profile`;
    throw new Rejected([{ file: '--profile', line: 0, column: 0, message }]);
  }
  const model = coverageOf(profile);
  return (all) => {
    const sum = new Coverage(model);
    for (const one of all) sum.merge(Coverage.fromJson(model, one, 'coverage of the results'));
    return sum.toJson();
  };
}
