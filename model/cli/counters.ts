//! counters: coverage as results hold it: how much of it there is, and that of two shards together.
import type { Results } from '../campaign/results.ts';
import { Defect } from '../failure.ts';
import type { Covered } from '../report/page.ts';

type CoverageJson = NonNullable<Results['coverage']>;

/** Undefined where nothing was counted. */
export async function coveredOf({ coverage }: Results): Promise<Covered | undefined> {
  return coverage === null ? undefined : { hit: Number(coverage.hit), reachable: Number(coverage.reachable) };
}

export async function coverageMerger(_results: Results): Promise<(a: CoverageJson, b: CoverageJson) => CoverageJson> {
  return () => { throw new Defect('coverage cannot be merged yet'); };
}
