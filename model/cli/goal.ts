//! goal: the exit code of results: what failed comes before what is below its goal.
import type { Results } from '../campaign/results.ts';
import { Rejected } from '../failure.ts';
import type { Covered } from '../report/page.ts';
import { EXIT_BELOW_GOAL, EXIT_MISMATCH, EXIT_PASS } from './exit.ts';

/** Throws Rejected where the goal is no number, or nothing was counted. */
export function resultsExit(results: Results, covered: Covered | undefined, goal: string | undefined): number {
  if (goal !== undefined && !covered) throw rejected('the results have no coverage');
  const code = covered ? coveredExit(covered, goal) : EXIT_PASS;
  return results.failures.length > 0 ? EXIT_MISMATCH : code;
}
/** `goal` is in percent of the reachable bins. Throws Rejected where it is no number. */
export const coveredExit = ({ hit, reachable }: Covered, goal: string | undefined): number => (goal !== undefined && 100 * hit < percent(goal) * reachable ? EXIT_BELOW_GOAL : EXIT_PASS);

function percent(text: string): number {
  const value = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 100)) throw rejected(`'${text}' is not a number from 0 to 100`);
  return value;
}
const rejected = (message: string): Rejected => new Rejected([{ file: '--goal', line: 0, column: 0, message }]);
