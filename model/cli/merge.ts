//! merge: `systole merge`: the folders of shards as the folder of one campaign.
import { join } from 'node:path';
import { resultsText, timesText } from '../campaign/results.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { merge, type Part } from '../farm/merge.ts';
import { coverageMerger, coveredOf } from './counters.ts';
import { checkGoal, resultsExit } from './goal.ts';
import { makeFolder, openOutputs } from './host.ts';
import { summaryJson, summaryLines } from './report-results.ts';
import { caseOf, resultsOf, RESULTS_FILE, TIMES_FILE, timesOf } from './results-folder.ts';
import { print, printJson } from './terminal.ts';

export interface MergeFlags {
  readonly output?: string;
  readonly partial?: boolean;
  readonly goal?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function mergeCommand(paths: readonly string[], flags: MergeFlags): Promise<number> {
  checkGoal(flags.goal);
  const merged = await mergeFolders(paths, flags.output!, { isPartial: flags.partial === true, profile: flags.profile }), covered = coveredOf(merged), code = resultsExit(merged, covered, flags.goal);
  if (flags.json) printJson({ output: flags.output, ...summaryJson(merged, covered, code) });
  else if (!flags.quiet) for (const line of summaryLines(merged, covered)) print(line);
  return code;
}

/** Writes the folder: cases first and results last, so that who sees the results finds everything. Throws Rejected with all that is wrong with the parts. */
export async function mergeFolders(paths: readonly string[], output: string, { isPartial = false, profile }: { readonly isPartial?: boolean; readonly profile?: string | undefined }): Promise<Part['results']> {
  const diagnostics: Diagnostic[] = [], attempt = <Value>(act: () => Value): Value | undefined => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      diagnostics.push(...error.diagnostics);
      return undefined;
    }
  };
  const parts = paths.flatMap((from): Part[] => {
    const results = attempt(() => resultsOf(from)), times = results && attempt(() => timesOf(from));
    return results ? [{ from, results, ...(times ? { times } : {}) }] : [];
  });
  const first = parts[0];
  if (diagnostics.length > 0 || !first) throw new Rejected(diagnostics);
  const { results, times, cases } = merge(parts, { coverage: await coverageMerger(first.results, profile), isPartial }), texts = [...cases].map(([path, { from }]) => [path, attempt(() => caseOf(from, path))] as const);
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  makeFolder(join(output, 'cases'));
  const outputs = openOutputs();
  for (const [path, text] of texts) outputs.open(join(output, path)).write(text!);
  if (times) outputs.open(join(output, TIMES_FILE)).write(timesText(times));
  outputs.open(join(output, RESULTS_FILE)).write(resultsText(results));
  outputs.commit();
  return results;
}
