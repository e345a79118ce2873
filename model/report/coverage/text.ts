//! text: coverage in words: a row for each group that has holes, the holes themselves, and why bins cannot be hit.
import type { Coverage } from '../../coverage/coverage.ts';
import { percentOf, tallies } from './tally.ts';

export interface Listed {
  /** Every bin that was not hit. */
  readonly holes?: boolean;
  /** Every bin that cannot be hit, and why. */
  readonly unreachable?: boolean;
}

export function coverageText(coverage: Coverage, listed: Listed = {}): string {
  const { model: { profile, names, unreachable, reachable }, hit } = coverage, all = tallies(coverage), open = all.filter((tally) => tally.hit < tally.reachable), against = coverage.contradictions();
  const rows = open.map((tally) => [tally.group.name, `${tally.hit} of ${tally.reachable}`, percentOf(tally.hit, tally.reachable), tally.group.says] as const);
  const widths = [0, 1, 2].map((i) => Math.max(0, ...rows.map((row) => row[i]!.length)));
  return [
    `coverage of ${profile.name}: ${percentOf(hit, reachable)}, ${hit} of ${reachable} reachable bins; ${unreachable.size} are unreachable`,
    `${all.length - open.length} of ${all.length} groups are complete${open.length > 0 ? '; the others:' : ''}`,
    ...rows.map(([name, counts, percent, says]) => `  ${name.padEnd(widths[0]!)}  ${counts.padStart(widths[1]!)}  ${percent.padStart(widths[2]!)}  ${says}`),
    ...against.map((counter) => `hit, though forbidden by ${unreachable.get(counter)!.by}: ${names[counter]!}`),
    ...(listed.holes ? coverage.holes().map((counter) => `hole  ${names[counter]!}`) : []),
    ...(listed.unreachable ? [...unreachable].map(([counter, { by, why }]) => `cannot be hit  ${names[counter]!}  ${by}: ${why}`) : []), '',
  ].join('\n');
}

/** Read back by `Coverage.fromJson`, whatever else is listed in it. */
export function coverageJson(coverage: Coverage, listed: Listed = {}): string {
  const { names, unreachable } = coverage.model;
  return `${JSON.stringify({
    ...coverage.toJson(), ...(listed.holes ? { holes: coverage.holes().map((counter) => names[counter]!) } : {}),
    ...(listed.unreachable ? { unreachable: Object.fromEntries([...unreachable].map(([counter, reason]) => [names[counter]!, reason])) } : {}),
  }, null, 1)}\n`;
}
