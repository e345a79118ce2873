//! page: a campaign as one HTML file that needs nothing else: what was run, plots, and every failure with its least program and the command.
import type { Check } from './check.ts';
import { missed } from '../campaign/results.ts';
import { type Campaign, caseView, replayCommand } from './fuzz.ts';
import { escaped } from './markup.ts';
import { barChart, byNumber, byPowersOfTwo, lineChart } from './plot.ts';
import { spanText } from '../farm/spans.ts';

/** What is covered of what can be, where it was counted. */
export interface Covered { readonly hit: number; readonly reachable: number }

export function campaignPage(campaign: Campaign, covered?: Covered): string {
  const { results, times } = campaign, { failures } = results, miss = missed(results), title = `systole fuzz: ${results.device} against ${results.against.join(', ')}`;
  const state = miss !== undefined ? `<p class="bad">${escaped(miss)}</p>` : failures.length === 0 ? '<p class="good">no difference</p>' : `<p class="bad">${failures.length} ${failures.length === 1 ? 'way' : 'ways'} to fail, ${failures.reduce((sum, { count }) => sum + count, 0)} programs</p>`;
  return page(title, [
    state, factsTable(campaign, covered),
    ...(times ? ['<h2>Over time</h2>', '<div class="plots">', ...timePlots(campaign, covered), '</div>'] : []),
    ...(failures.length > 0 ? ['<h2>Failures</h2>', '<div class="plots">', ...failurePlots(campaign), '</div>', ...failures.map((failure) => failureText(campaign, failure))] : []),
  ]);
}

/** Checks of any kind: those that failed, and how many did not. */
export function checksPage(title: string, checks: readonly Check[], plots: readonly string[] = []): string {
  const failed = checks.filter(({ failure }) => failure), rows = [...new Set(checks.map(({ suite }) => suite))].map((suite) => {
    const own = checks.filter((one) => one.suite === suite);
    return [suite, String(own.length), String(own.filter(({ failure }) => failure).length), String(own.filter(({ skipped }) => skipped !== undefined).length)];
  });
  return page(title, [
    failed.length === 0 ? '<p class="good">all passed</p>' : `<p class="bad">${failed.length} failed</p>`, table(['suite', 'checks', 'failed', 'skipped'], rows), ...(plots.length > 0 ? ['<div class="plots">', ...plots, '</div>'] : []),
    ...failed.map(({ suite, name, failure }) => `<section><h3>${escaped(`${suite}: ${name}`)}</h3><p>${escaped(failure!.message)}</p><pre>${escaped(failure!.body)}</pre></section>`),
  ]);
}

/** Time until a fault is detected, and what is left of the program that shows it. */
export const killPlots = (milliseconds: readonly number[], instructions: readonly number[], title = 'Time to kill'): readonly string[] => [
  barChart({ title, x: { label: 'milliseconds, from this number on' }, y: { label: 'count' }, bars: byPowersOfTwo(milliseconds, '') }),
  barChart({ title: 'Least programs', x: { label: 'instructions' }, y: { label: 'programs' }, bars: byNumber(instructions) }),
];

function factsTable({ results, times }: Campaign, covered: Covered | undefined): string {
  const { programs, instructions, profile, profile_hash: hash, model, knobs, seed, spans, count, coverage } = results;
  return table([], [
    ['programs', `${programs}${count === null ? '' : ` of ${count}`}`], ['instructions', String(instructions)], ['profile', `${profile} ${hash}`], ['engine', `SHA-256 ${model}`],
    ['knobs', knobs], ['seed', String(seed)], ['tests', spans.map(spanText).join('; ')],
    ...(covered ? [['coverage', `${covered.hit} of ${covered.reachable} bins`]] : coverage ? [['coverage', 'counted']] : []),
    ...(times ? [['took', `${times.seconds} s, ${times.programs_per_second} programs per second`]] : []),
  ]);
}

function timePlots({ times }: Campaign, covered: Covered | undefined): readonly string[] {
  const { series } = times!, x = { label: 'seconds' };
  return [
    lineChart({ title: 'Coverage', x, y: { label: 'bins hit' }, points: series.map(({ seconds, hit }) => [seconds, hit] as const), limit: covered && { y: covered.reachable, label: `${covered.reachable} reachable` } }),
    lineChart({ title: 'Programs', x, y: { label: 'programs' }, points: series.map(({ seconds, programs }) => [seconds, programs] as const) }),
  ];
}
const failurePlots = ({ results, times }: Campaign): readonly string[] => killPlots(times?.failures.map(({ milliseconds }) => milliseconds) ?? [], results.failures.map(({ instructions }) => instructions), 'Time to shrink');

function failureText({ cases, folder, results }: Campaign, failure: Campaign['results']['failures'][number]): string {
  const content = cases.get(failure.case), { signature, text, count, first, instructions } = failure;
  const program = content === undefined ? `${folder}${failure.case} is missing` : caseView(content).program.join('\n');
  return `<section><h3>${escaped(signature)}</h3><p>${escaped(text)}</p><p>${count} of ${results.programs} programs, first in test ${first}; minimised to ${instructions} instructions:</p><pre>${escaped(program)}</pre><pre class="command">${escaped(replayCommand(failure, content, folder))}</pre></section>`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string): string => `<tr>${cells.map((cell, i) => (tag === 'td' && i === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<${tag}>${escaped(cell)}</${tag}>`)).join('')}</tr>`;
  return `<table>${head.length > 0 ? `<thead>${row(head, 'th')}</thead>` : ''}<tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

export const page = (title: string, body: readonly string[]): string => [
  '<!doctype html>', '<html lang="en">', '<head>', '<meta charset="utf-8">', '<meta name="viewport" content="width=device-width">', '<meta name="color-scheme" content="light dark">', `<title>${escaped(title)}</title>`, `<style>${STYLE}</style>`, '</head>', '<body>',
  `<h1>${escaped(title)}</h1>`, ...body, '</body>', '</html>', '',
].join('\n');

const STYLE = `
:root { --text: #1b1f24; --back: #fff; --panel: #f4f5f7; --soft: #57606a; --rule: #d6d9dd; --line: #1f5fa8; --good: #1a7f37; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --text: #e4e7eb; --back: #15181c; --panel: #22272e; --soft: #9aa4b0; --rule: #3a414a; --line: #6cb0ff; --good: #57c777; --bad: #ff8a80 } }
body { font: 14px/1.45 system-ui, sans-serif; margin: 1.4em auto; max-width: 84em; padding: 0 1.2em; color: var(--text); background: var(--back) }
h1 { font-size: 1.4em } h2 { font-size: 1.15em; margin-top: 2em } h3 { font: 600 1em ui-monospace, monospace; overflow-wrap: anywhere }
.good { color: var(--good); font-weight: 600 } .bad { color: var(--bad); font-weight: 600 }
table { border-collapse: collapse } th, td { text-align: left; padding: .2em 1em .2em 0; vertical-align: top; overflow-wrap: anywhere } th { font-weight: 400; color: var(--soft); white-space: nowrap }
td { font-variant-numeric: tabular-nums }
pre { background: var(--panel); padding: .7em; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace } .command { border-left: 3px solid var(--line) }
.plots { display: flex; flex-wrap: wrap; gap: 1em } .plot { flex: 1 1 30em; max-width: 44em; font: 12px system-ui, sans-serif }
.words { fill: var(--soft) } .heading { fill: var(--text); font-size: 14px; font-weight: 600 } .axis { stroke: var(--soft); fill: none } .grid { stroke: var(--rule) }
.line { stroke: var(--line); stroke-width: 2; fill: none } .bar { fill: var(--line) } .limit { stroke: var(--soft); stroke-dasharray: 4 4 }
`;
