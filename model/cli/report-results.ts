//! report-results: `systole report`: what a campaign found, in words and as files for CI.
import { canaryOf, missed, type Results } from '../campaign/results.ts';
import { type Campaign, replayCommand } from '../report/fuzz.ts';
import { coveredOf } from './counters.ts';
import { resultsExit } from './goal.ts';
import { type ReportFlags, writeCampaignReports } from './report-files.ts';
import { counted, grouped } from './report.ts';
import { campaignOf } from './results-folder.ts';
import { outColours, print, printJson, table } from './terminal.ts';

export interface ReportResultsFlags extends ReportFlags {
  readonly goal?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function reportCommand(path: string, flags: ReportResultsFlags): Promise<number> {
  const campaign = campaignOf(path), covered = coveredOf(campaign.results), code = resultsExit(campaign.results, covered, flags.goal);
  writeCampaignReports(flags, campaign, covered);
  if (flags.json) printJson(summaryJson(campaign, covered, code));
  else if (!flags.quiet) for (const line of summaryLines(campaign, covered)) print(line);
  return code;
}

type Covered = ReturnType<typeof coveredOf>;

export const summaryJson = ({ results, cases, folder }: Campaign, covered: Covered, code: number): object => ({
  exit_code: code, programs: results.programs, programs_asked: results.count, instructions: results.instructions,
  failures: results.failures.map((failure) => ({ signature: failure.signature, first: failure.first, count: failure.count, instructions: failure.instructions, case: failure.case, replay: replayCommand(failure, cases.get(failure.case), folder) })),
  coverage: covered ?? null, ...canaryJson(results),
});

/** What JSON has of a campaign whose device is a canary. */
export const canaryJson = (results: Results): object => { const canary = canaryOf(results); return canary ? { canary } : {}; };

/** Of each failure its case, and the command that runs it again from here. */
export const summaryLines = ({ results, cases, folder }: Campaign, covered: Covered): readonly string[] => {
  const { failures, programs, count, instructions, device, against, profile } = results, miss = missed(results);
  return [
    ...table([
      ['device', `${device} against ${against.join(', ')}, profile ${profile}`], ['programs', `${grouped(programs)}${count === null || count === programs ? '' : ` of ${grouped(count)} requested`}`], ['instructions', grouped(instructions)],
      ...(covered ? [['coverage', `${grouped(covered.hit)} of ${grouped(covered.reachable)} bins`]] : []), ['failures', failures.length === 0 ? (miss === undefined ? outColours.green('none') : outColours.red(`none: ${miss}`)) : outColours.red(String(failures.length))],
    ]),
    ...failures.flatMap((failure) => {
      const { signature, text, count, first, instructions, case: path } = failure, content = cases.get(path);
      return [
        `${outColours.red(signature)}  ${counted(count, 'program')}, first in test ${first}: ${text}`, `    ${folder}${path}${content === undefined ? ' is missing' : `, ${counted(instructions, 'instruction')}`}`, `    ${replayCommand(failure, content, folder)}`,
      ];
    }),
  ];
};
