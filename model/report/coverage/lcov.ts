//! lcov: coverage as a tracefile of lcov: a file for each covergroup, a line for each bin that can be hit.
import type { Coverage } from '../../coverage/coverage.ts';
import { fileOf, lineOf, reachableBins, tallies } from './tally.ts';

export const lcov = (coverage: Coverage): string =>
  tallies(coverage).map((tally) => ['TN:', `SF:${fileOf(tally)}`, ...reachableBins(tally).map((bin) => `DA:${lineOf(bin, tally)},${bin.hits}`), `LF:${tally.reachable}`, `LH:${tally.hit}`, 'end_of_record', ''].join('\n')).join('');
