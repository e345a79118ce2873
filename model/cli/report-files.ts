//! report-files: --junit, --sarif, --html and --chrome: reports of a campaign or of any checks, written to the files that the user names.
import { version } from '#built/version';
import { type Diagnostic, Rejected } from '../failure.ts';
import type { Check } from '../report/check.ts';
import { campaignEvents } from '../report/chrome.ts';
import { type Campaign, campaignChecks, campaignFindings } from '../report/fuzz.ts';
import { junit } from '../report/junit.ts';
import { campaignPage, type Covered, checksPage } from '../report/page.ts';
import { type Finding, sarif } from '../report/sarif.ts';
import { openOutputs } from './outputs.ts';

export interface ReportFlags {
  readonly junit?: string;
  readonly sarif?: string;
  readonly html?: string;
  readonly chrome?: string;
}

/** All files or none. Throws Rejected where one cannot be written, or there is nothing that it could hold. */
export function writeCampaignReports(flags: ReportFlags, campaign: Campaign, covered: Covered | undefined): void {
  openCampaignReports(flags)(campaign, covered);
}
/** The same in two steps, for a campaign that is still to run: what cannot be written is told before it begins. */
export function openCampaignReports(flags: ReportFlags): (campaign: Campaign, covered: Covered | undefined) => void {
  const write = opened(flags, ['junit', 'sarif', 'html', 'chrome']);
  return (campaign, covered) => {
    const { results, times } = campaign;
    if (flags.chrome !== undefined && !times) throw new Rejected([complaint('--chrome', 'needs times.json next to the results; there is none')]);
    write({ junit: () => junit(campaignChecks(campaign)), sarif: () => sarif(campaignFindings(campaign), version), html: () => campaignPage(campaign, covered), chrome: () => campaignEvents(results, times!) });
  };
}

/** What a report of checks may have beside them; `plots` are SVG for the page. */
interface Beside { readonly findings?: readonly Finding[]; readonly plots?: readonly string[] }
/** Of checks of any kind. */
export function writeCheckReports(flags: ReportFlags, title: string, checks: readonly Check[], beside: Beside = {}): void {
  openCheckReports(flags, title)(checks, beside);
}
/** The same in two steps, for checks that take long. */
export function openCheckReports(flags: ReportFlags, title: string): (checks: readonly Check[], beside: Beside) => void {
  const write = opened(flags, ['junit', 'sarif', 'html']);
  return (checks, { findings = [], plots = [] }) => write({ junit: () => junit(checks), sarif: () => sarif(findings, version), html: () => checksPage(title, checks, plots) });
}

type Makers = { readonly [kind in keyof ReportFlags]?: () => string };
function opened(flags: ReportFlags, kinds: readonly (keyof ReportFlags)[]): (makers: Makers) => void {
  const outputs = openOutputs(), files = kinds.flatMap((kind) => (flags[kind] === undefined ? [] : [[outputs.open(flags[kind]), kind] as const]));
  return (makers) => {
    for (const [file, kind] of files) file.write(makers[kind]!());
    outputs.commit();
  };
}
const complaint = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });
