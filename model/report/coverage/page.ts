//! page: coverage as one HTML file that needs nothing else: groups with bars, holes, the first test of each bin, and why bins cannot be hit.
import { escaped } from '../markup.ts';
import { page, table } from '../page.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import { allBins, type GroupTally, percentOf, reachableBins, tallies } from './tally.ts';

export function coveragePage(coverage: Coverage): string {
  const { model: { profile, hash, names, unreachable, reachable }, hit } = coverage, all = tallies(coverage), against = coverage.contradictions();
  const holes = coverage.holes();
  return page(`systole coverage: ${profile.name}`, [
    `<p>${bar(hit, reachable)} <b>${percentOf(hit, reachable)}</b> of the reachable bins</p>`,
    table([], [['bins hit', `${hit} of ${reachable}`], ['holes', String(holes.length)], ['cannot be hit', String(unreachable.size)], ['profile', `${profile.name} ${profile.hash}`], ['bins', `SHA-256 ${hash}`]]),
    ...(against.length > 0 ? [`<p class="bad">${against.length} bins were hit although a rule forbids them</p>`, list(against.map((counter) => `${names[counter]!}: ${unreachable.get(counter)!.why}`))] : []),
    '<h2>Groups</h2>', ...all.map(groupText),
    '<h2 id="holes">Holes</h2>', holes.length === 0 ? '<p class="good">none</p>' : list(holes.map((counter) => names[counter]!)),
  ]);
}

function groupText(tally: GroupTally): string {
  const { group, hit, reachable } = tally, never = allBins(tally).filter(({ unreachable }) => unreachable);
  return [
    `<details><summary>${bar(hit, reachable)} ${percentOf(hit, reachable)} <b>${escaped(group.name)}</b> ${hit} of ${reachable}: ${escaped(group.says)}</summary>`,
    table(['bin', 'hits', 'first test'], reachableBins(tally).map(({ name, hits, first }) => [name, String(hits), first === undefined ? 'hole' : String(first)])),
    ...(never.length > 0 ? [table(['cannot be hit', 'forbidden by', 'because'], never.map(({ name, unreachable }) => [name, unreachable!.by, unreachable!.why]))] : []), '</details>',
  ].join('\n');
}
const bar = (hit: number, of: number): string => `<meter min="0" max="${Math.max(1, of)}" value="${of === 0 ? 1 : hit}">${percentOf(hit, of)}</meter>`;
const list = (items: readonly string[]): string => `<ul>\n${items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
