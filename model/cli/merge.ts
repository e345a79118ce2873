//! merge: `systole merge`: the folders of shards as the folder of one campaign.
import { join } from 'node:path';
import { resultsText, timesText } from '../campaign/results.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { merge, type Part } from '../farm/merge.ts';
import { isCasePath } from '../farm/read.ts';
import type { Campaign } from '../report/fuzz.ts';
import { coverageMerger, coveredOf } from './counters.ts';
import { checkGoal, resultsExit } from './goal.ts';
import { glanced, isPresent, isRead } from './host.ts';
import { makeFolder, openOutputs, removeFile } from './outputs.ts';
import { summaryJson, summaryLines } from './report-results.ts';
import { campaignOf, caseOf, namesIn, resultsOf, RESULTS_FILE, TIMES_FILE, timesOf } from './results-folder.ts';
import { print, printJson } from './terminal.ts';

export interface MergeFlags {
  readonly output?: string;
  readonly partial?: boolean;
  readonly replace?: boolean;
  readonly goal?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function mergeCommand(paths: readonly string[], flags: MergeFlags): Promise<number> {
  checkGoal(flags.goal);
  const output = flags.output!, merged = await mergeFolders(paths, output, { isPartial: flags.partial === true, isReplacing: flags.replace === true, profile: flags.profile });
  const covered = coveredOf(merged.results), code = resultsExit(merged.results, covered, flags.goal);
  if (flags.json) printJson({ output, ...summaryJson(merged, covered, code) });
  else if (!flags.quiet) for (const line of summaryLines(merged, covered)) print(line);
  return code;
}

interface MergeOptions {
  readonly isPartial?: boolean;
  /** The folder may hold another campaign, which goes. */
  readonly isReplacing?: boolean;
  readonly profile?: string | undefined;
}
/** Writes the folder: cases first and results last, so that who sees the results finds everything. Throws Rejected with all that is wrong with the parts. */
export async function mergeFolders(paths: readonly string[], output: string, { isPartial = false, isReplacing = false, profile }: MergeOptions): Promise<Campaign> {
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
  const before = filesBefore(output, isReplacing);
  makeFolder(join(output, 'cases'));
  const outputs = openOutputs();
  for (const [path, text] of texts) outputs.open(join(output, path)).write(text!);
  if (times) outputs.open(join(output, TIMES_FILE)).write(timesText(times));
  outputs.open(join(output, RESULTS_FILE)).write(resultsText(results));
  outputs.commit();
  for (const path of before) if (!cases.has(path) && !(path === TIMES_FILE && times)) removeFile(join(output, path));
  return campaignOf(output);
}

/** Beside its results, what the folder has of a campaign that these results replace. Throws Rejected where they may not. */
function filesBefore(output: string, isReplacing: boolean): readonly string[] {
  const file = join(output, RESULTS_FILE), rejected = (message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
  if (!isPresent(file)) return [];
  if (isRead(file)) throw rejected('is read by this command and would be overwritten');
  if (!isReplacing) throw rejected('is the result of a campaign already; --replace overwrites it');
  glanced(() => resultsOf(output));
  return [TIMES_FILE, ...namesIn(join(output, 'cases')).map((name) => `cases/${name}`).filter(isCasePath)];
}
