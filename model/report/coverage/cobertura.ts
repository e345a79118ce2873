//! cobertura: coverage as Cobertura XML: a package for each unit, a class for each covergroup, a line for each bin that can be hit.
import { attributes } from '../markup.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import { fileOf, type GroupTally, lineOf, reachableBins, tallies, unitOf } from './tally.ts';

/** Element for element as coverage-04.dtd has it. It wants a time, which is 0: equal counters give equal bytes. */
export function cobertura(coverage: Coverage, version: string): string {
  const all = tallies(coverage), { hit, reachable } = coverage;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<coverage${attributes({ ...rates(hit, reachable), 'lines-covered': hit, 'lines-valid': reachable, 'branches-covered': 0, 'branches-valid': 0, version: `systole ${version}`, timestamp: 0 })}>`, '<packages>',
    ...[...new Set(all.map(unitOf))].flatMap((unit) => packageLines(unit, all.filter((tally) => unitOf(tally) === unit))),
    '</packages>', '</coverage>', '',
  ].join('\n');
}

function packageLines(name: string, own: readonly GroupTally[]): readonly string[] {
  const sum = (of: 'hit' | 'reachable'): number => own.reduce((all, tally) => all + tally[of], 0);
  return [`<package${attributes({ name, ...rates(sum('hit'), sum('reachable')) })}>`, '<classes>', ...own.flatMap(classLines), '</classes>', '</package>'];
}
function classLines(tally: GroupTally): readonly string[] {
  const { group: { name }, hit, reachable } = tally;
  return [
    `<class${attributes({ name, filename: fileOf(tally), ...rates(hit, reachable) })}>`, '<methods/>', '<lines>',
    ...reachableBins(tally).map((bin) => `<line${attributes({ number: lineOf(bin, tally), hits: bin.hits, branch: 'false' })}/>`), '</lines>', '</class>',
  ];
}
const rates = (hit: number, of: number): Readonly<Record<string, string>> => ({ 'line-rate': (of === 0 ? 1 : hit / of).toFixed(4), 'branch-rate': '0', complexity: '0' });
