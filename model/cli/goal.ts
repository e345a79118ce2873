//! goal: the exit code of results: what failed comes before what is below its goal.
import { missed, type Results } from '../campaign/results.ts';
import type { Coverage } from '../coverage/index.ts';
import { Rejected } from '../failure.ts';
import { percentOf } from '../report/coverage/tally.ts';
import type { Covered } from '../report/page.ts';
import { EXIT_BELOW_GOAL, EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { errorColours, say, warn } from './terminal.ts';

/** Throws Rejected where the goal is no number, or nothing was counted. */
export function resultsExit(results: Results, covered: Covered | undefined, goal: string | undefined): number {
  if (goal !== undefined && !covered) throw rejected('the results have no coverage');
  const code = covered ? coveredExit(covered, goal) : EXIT_PASS;
  return results.failures.length > 0 || missed(results) !== undefined ? EXIT_MISMATCH : code;
}
/** `goal` is in percent of the reachable bins; one that is missed is told. Throws Rejected where it is no number. */
export function coveredExit({ hit, reachable }: Covered, goal: string | undefined): number {
  if (goal === undefined || 100 * hit >= percent(goal) * reachable) return EXIT_PASS;
  say(`${errorColours.red('below the goal:')} ${percentOf(hit, reachable)} of the reachable bins were hit, ${hit} of ${reachable}; the goal is ${goal} %`);
  return EXIT_BELOW_GOAL;
}
/** Before what takes long. Throws Rejected where the goal is no number. */
export const checkGoal = (goal: string | undefined): void => void (goal === undefined ? 0 : percent(goal));

/** Tells of bins that a rule was said to forbid and that were hit: record and rule contradict each other, which is a mismatch. */
export function contradicted(coverage: Coverage): boolean {
  const against = coverage.contradictions();
  if (against.length > 0) warn(`${against.length} bins were hit although a rule forbids them; the first: ${coverage.model.names[against[0]!]!}`);
  return against.length > 0;
}

function percent(text: string): number {
  const value = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 100)) throw rejected(`'${text}' is not a number from 0 to 100`);
  return value;
}
const rejected = (message: string): Rejected => new Rejected([{ file: '--goal', line: 0, column: 0, message }]);
