//! score: what the harness finds of the mistakes that were put into the engine, as the page docs/score.md.
import { activated, detected, median, type Part, type Score, survivors } from '../mutants/score.ts';
import { laws } from '../mutants/trials.ts';

/** Counts of the mutants of a design, as a scored bundle has them. */
export interface DesignCounts { readonly total: number; readonly equivalent: number; readonly detected: number }

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const percent = (part: number, of: number): string => `${(Math.floor((1000 * part) / Math.max(1, of)) / 10).toFixed(1)} %`;

/** Markdown. What a run takes is not in it: the same options give the same page. */
export function scorePage({ trials, catalogue, wasm }: Score, rtl: DesignCounts | null, { command, engine }: { readonly command: string; readonly engine: string }): string {
  const parts = ([['named faults', catalogue], ['changes of the binary', wasm]] as const).flatMap(([name, part]) => (part ? [{ name, part }] : []));
  return [
    '# The score of the harness', '',
    `Mistakes are put into the engine, one at a time, and hunted by the same ${trials} trials: programs on three machines, serially and under schedules, hosts at the`,
    `registers, launches by the ring. One is detected where a trial shows anything else than the release does. This page is written by \`${command}\`.`, '',
    table(['', 'total', 'activated', 'detected', 'of all', 'survive'], [
      ...parts.map(({ name, part }) => [name, part.entries.length, activated(part), detected(part), percent(detected(part), part.entries.length), survivors(part).length]),
      ...(rtl ? [['mutants of the example design', rtl.total, '', rtl.detected, percent(rtl.detected, rtl.total), rtl.total - rtl.detected - rtl.equivalent]] : []),
    ]), '',
    `None counts as equivalent: a survivor is a gap until an argument is on file. The lists below are the known gaps of the engine with SHA-256 \`${engine}\`; a test`,
    'tries part of the same sample and fails on any other survivor.', '',
    ...parts.flatMap(({ name, part }) => chapter(name, part)),
  ].join('\n');
}

function chapter(name: string, part: Part): readonly string[] {
  const groups = [...new Set(part.entries.map(({ group }) => group))].sort(), kills = part.entries.flatMap(({ kill }) => (kill ? [kill] : [])), left = survivors(part);
  return [
    `## ${name[0]!.toUpperCase()}${name.slice(1)}`, '',
    table(['class', 'total', 'detected'], groups.map((group) => { const own = { entries: part.entries.filter((entry) => entry.group === group) }; return [group, own.entries.length, detected(own)]; })), '',
    table(['found by', 'faults', 'which is'], Object.entries(laws).map(([law, says]) => [law, kills.filter(({ trial }) => trial.law === law).length, says] as const).filter(([, count]) => count > 0)), '',
    `A program that finds one has ${median(kills.map(({ trial }) => trial.instructions)) ?? '-'} instructions (median, as generated); ${median(kills.map(({ programs }) => programs)) ?? '-'} trials that reach the place are tried (median).`, '',
    ...(left.length > 0 ? [`Survivors: ${left.map((entry) => `\`${entry.name}\``).join(', ')}.`, ''] : []),
  ];
}

/** What a page says of the known gaps: of which engine they are, and their names. */
export function knownGaps(page: string): { readonly engine: string | undefined; readonly survivors: readonly string[] } {
  const lists = [...page.matchAll(/^Survivors: (.*)\.$/gm)].map(([, list]) => list!);
  return { engine: /SHA-256 `([\da-f]{64})`/.exec(page)?.[1], survivors: lists.flatMap((list) => [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)) };
}
