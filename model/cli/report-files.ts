//! report-files: --junit, --sarif, --html and --chrome: reports of a campaign or of any checks, written to the files that the user names.
import { version } from '#built/version';
import { Rejected } from '../failure.ts';
import type { Check } from '../report/check.ts';
import { campaignEvents } from '../report/chrome.ts';
import { type Campaign, campaignChecks, campaignFindings } from '../report/fuzz.ts';
import { junit } from '../report/junit.ts';
import { campaignPage, type Covered, checksPage } from '../report/page.ts';
import { type Finding, sarif } from '../report/sarif.ts';
import { openOutputs } from './host.ts';

export interface ReportFlags {
  readonly junit?: string;
  readonly sarif?: string;
  readonly html?: string;
  readonly chrome?: string;
}

/** Opens the files at once, so that a campaign of hours does not end with one that cannot be written. All are written, or none. */
export function openReports(flags: ReportFlags, inputs: readonly string[] = []): { readonly campaign: (campaign: Campaign, covered?: Covered) => void; readonly checks: (title: string, checks: readonly Check[], more?: MoreOfChecks) => void } {
  const outputs = openOutputs(inputs), kinds = (['junit', 'sarif', 'html', 'chrome'] as const).flatMap((kind) => (flags[kind] === undefined ? [] : [[kind, outputs.open(flags[kind])] as const]));
  const write = (makers: Readonly<Record<keyof ReportFlags, () => string>>): void => {
    for (const [kind, file] of kinds) file.write(makers[kind]());
    outputs.commit();
  };
  return {
    campaign: (campaign, covered) => write({
      junit: () => junit(campaignChecks(campaign)), sarif: () => sarif(campaignFindings(campaign), version), html: () => campaignPage(campaign, covered), chrome: () => chromeOf(campaign),
    }),
    checks: (title, checks, { findings = [], plots = [] } = {}) => write({ junit: () => junit(checks), sarif: () => sarif(findings, version), html: () => checksPage(title, checks, plots), chrome: () => { throw timeless(); } }),
  };
}
/** `plots` are SVG for the page. */
interface MoreOfChecks { readonly findings?: readonly Finding[]; readonly plots?: readonly string[] }

function chromeOf({ results, times }: Campaign): string {
  if (!times) throw timeless();
  return campaignEvents(results, times);
}
const timeless = (): Rejected => new Rejected([{ file: '--chrome', line: 0, column: 0, message: 'needs the times of a campaign; there are none' }]);
