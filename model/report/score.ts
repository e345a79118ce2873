//! score: which of the faults injected into the engine the harness finds, as the page docs/score.md.
import { reasons } from '../mutants/arguments.ts';
import { activated, byWork, detected, type Entry, equivalent, median, type Part, propagated, type Score, survivors } from '../mutants/score.ts';
import { laws } from '../mutants/trials.ts';
import type { Score as BundleScore } from '../bundle/manifest.ts';

/** Of a bundle, and what a larger one has found of its survivors. */
export type DesignScore = BundleScore & { readonly later?: readonly string[] };
/** How many faults of a design there are, are proved to be none, and are seen: in other words or other clocks. */
export const designCounts = ({ mutants, equivalent, killed, other_clocks, later = [] }: DesignScore): { readonly total: number; readonly equivalent: number; readonly detected: number } => ({ total: mutants, equivalent: equivalent.length, detected: killed + other_clocks.length + later.length });

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const percent = (part: number, of: number): string => `${(Math.floor((1000 * part) / Math.max(1, of)) / 10).toFixed(1)} %`;

/** Markdown. What a run takes is not in it: the same options give the same page. */
export function scorePage({ trials, catalogue, wasm }: Score, design: DesignScore | null, { command, engine }: { readonly command: string; readonly engine: string }): string {
  const parts = ([['named faults', catalogue], ['changes of the binary', wasm]] as const).flatMap(([name, part]) => (part ? [{ name, part }] : []));
  return [
    '# The score of the harness', '',
    `Faults are injected into the engine, one at a time, and hunted by the same ${trials} trials: legal, broken and nearly legal programs on several machines, serially and under`,
    `schedules; host accesses to the registers; launches through the command ring. \`${command}\` writes this page.`, '',
    'A fault is activated if a trial runs the basic block that contains it, propagated if it leaves a trace anywhere in memory, and detected if a trial differs from the release in any',
    'way: records, state, registers, a trap, no end. It is detected by work if the bits are the same but more or fewer basic blocks run: a different fast path is taken, or a loop continues.', '',
    table(['', 'total', 'activated', 'propagated', 'detected', 'share', 'by work alone', 'equivalent', 'survive'], [
      ...parts.map(({ name, part }) => [name, part.entries.length, activated(part), propagated(part), detected(part), percent(detected(part), part.entries.length), byWork(part), equivalent(part).length, survivors(part).length]),
      ...(design ? [designRow(design)] : []),
    ]), '',
    `A change counts as equivalent only if a recorded argument explains it; every other survivor is a gap. The lists below are for the engine with SHA-256 \`${engine}\`; a test`,
    'runs part of the same sample and fails on any survivor that is not listed.', '',
    ...parts.flatMap(({ name, part }) => chapter(name, part)), ...(design ? designChapter(design) : []),
  ].join('\n');
}

function designRow(design: DesignScore): readonly (string | number)[] {
  const { total, detected, equivalent } = designCounts(design);
  return ['faults of the example design', total, '', '', detected, percent(detected, total), '', equivalent, design.survivors.length];
}
function designChapter({ other_clocks, equivalent, survivors, later = [] }: DesignScore): readonly string[] {
  const list = (title: string, lines: readonly string[]): readonly string[] => (lines.length > 0 ? [`${title}:`, '', ...lines.map((line) => `- ${line}`), ''] : []);
  return [
    '## Faults of the example design', '',
    'A bit of its netlist is stuck, inverted or changed by another bit. The fault is detected if the player of the bundle `smoke` finds other words, other retirements or none, or other clocks ([how](rtl.md)).', '',
    ...list('Detected by clocks alone', other_clocks.map((mutant) => `\`${mutant}\``)), ...list('Detected by the bundle `full` alone', later.map((mutant) => `\`${mutant}\``)), ...list('Proved equivalent', equivalent.map(({ mutant, why }) => `\`${mutant}\`: ${why}`)), ...list('Survivors', survivors.map((mutant) => `\`${mutant}\``)),
  ];
}

function chapter(name: string, part: Part): readonly string[] {
  const groups = [...new Set(part.entries.map(({ group }) => group))].sort(), kills = part.entries.flatMap(({ kill }) => (kill ? [kill] : [])), left = survivors(part), known = equivalent(part);
  const ofGroup = (group: string): Part => ({ entries: part.entries.filter((entry) => entry.group === group) });
  return [
    `## ${name[0]!.toUpperCase()}${name.slice(1)}`, '',
    table(['class', 'total', 'detected', 'equivalent', 'survive'], groups.map((group) => { const own = ofGroup(group); return [group, own.entries.length, detected(own), equivalent(own).length, survivors(own).length]; })), '',
    table(['found by', 'faults', 'by work alone', 'meaning'], Object.entries(laws).map(([law, says]) => {
      const own = kills.filter(({ trial }) => trial.law === law);
      return [law, own.length, own.filter(({ symptom }) => symptom === 'work').length, says] as const;
    }).filter(([, count]) => count > 0)), '',
    `If several trials find a fault, the one that runs the least code counts. Its program has ${median(kills.map(({ trial }) => trial.instructions)) ?? '-'} instructions as generated and needs ${median(part.entries.flatMap(({ least }) => least?.length ?? [])) ?? '-'} of them (medians). Up to that trial, ${median(kills.map(({ programs }) => programs)) ?? '-'} trials that reach the place are tried (median).`, '',
    ...(known.length > 0 ? [...table(['kind', 'argument that it is equivalent', 'changes', 'reason'], reasons.map((one) => {
      const own = known.filter(({ argument }) => argument === one);
      return [one.kind, one.name, own.length, `${one.why} ${own.map(({ name: id }) => `\`${id}\``).join(' ')}`] as const;
    }).filter(([, , count]) => count > 0)).split('\n'), ''] : []),
    ...(left.length > 0 ? [`Survivors: ${left.map((entry) => `\`${entry.name}\``).join(', ')}.`, '', ...whereThey(left)] : []),
  ];
}
/** Survivors of the binary by function: where tests are thin. */
function whereThey(left: readonly Entry[]): readonly string[] {
  const placed = left.filter(({ place }) => place !== undefined);
  if (placed.length === 0) return [];
  const rows = [...new Set(placed.map(({ place }) => place!.within))].sort().map((within) => {
    const own = placed.filter(({ place }) => place!.within === within);
    return [`\`${within}\``, own.length, own.map(({ name, says, activated: ran, place }) => `${name} ${place!.file === '' ? '' : `${place!.file}:${place!.line} `}${says}${ran ? '' : ' (not activated)'}`).join('; ')] as const;
  });
  return [table(['function', 'survive', 'which'], rows), ''];
}

/** What a page says of the known gaps: of which engine they are, and their names. */
export function knownGaps(page: string): { readonly engine: string | undefined; readonly survivors: readonly string[] } {
  const lists = [...page.matchAll(/^Survivors: (.*)\.$/gm)].map(([, list]) => list!);
  return { engine: /SHA-256 `([\da-f]{64})`/.exec(page)?.[1], survivors: lists.flatMap((list) => [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)) };
}
