//! lines-campaign: every line of the engine is reached by a program, or it is said why not.
import { writeFileSync } from 'node:fs';
import { optionsOf } from './campaign-options.ts';
import { corpus } from './lines-corpus.ts';
import { isSettled, judged, Lines, type Place, readUnreached, said } from './lines.ts';

const usage = `npm run lines -- [options]
  --scale N      so many times the trials of the score (1)
  --lcov FILE    where the tracefile of lcov goes (build/lines.info)
  --all          run all, also when every line is reached or explained before
Runs programs on builds of the engine and of the array that count each statement and branch. Lists what no program reaches, by the reason that
test/lines-unreached.json gives. Exit code 1 where there is none, or one for what is reached.`;

const given = optionsOf(usage, { scale: { type: 'string', default: '1' }, lcov: { type: 'string', default: 'build/lines.info' }, all: { type: 'boolean', default: false } });
process.exitCode = campaign();

function campaign(): number {
  const lines = new Lines(), reasons = readUnreached();
  for (const step of corpus(lines, Number(given.scale))) {
    process.stderr.write(`\r${lines.total - lines.missed().length} of ${lines.total} reached, ${step}   `);
    if (!given.all && isSettled(lines, reasons)) break;
  }
  const missed = lines.missed(), { unexplained, wrong, byReason } = judged(missed, reasons), byLine = [...lines.byLine().values()].flatMap((own) => [...own.values()]);
  process.stderr.write('\n');
  writeFileSync(given.lcov, lines.lcov());
  for (const [why, places] of byReason) process.stdout.write(`${why}: ${places.length}\n${linesOf(places)}`);
  for (const one of unexplained) process.stdout.write(`not reached, and nothing says why: ${said(one)}\n`);
  for (const one of wrong) process.stdout.write(`test/lines-unreached.json: ${one}\n`);
  const partly = new Set(missed.map(({ file, line }) => `${file}:${line}`)).size;
  process.stdout.write(`${byLine.length - partly} of ${byLine.length} lines reached with all that stands on them, ${lines.total - missed.length} of ${lines.total} statements and branches; ${missed.length - unexplained.length} explained, ${unexplained.length} neither\n`);
  process.stdout.write(`lines by file: ${given.lcov}\n`);
  return unexplained.length > 0 || wrong.length > 0 ? 1 : 0;
}

/** Lines by file, those that follow each other as one. */
function linesOf(places: readonly Place[]): string {
  const files = new Map<string, number[]>();
  for (const { file, line } of places) files.set(file, [...(files.get(file) ?? []), line]);
  return [...files].map(([file, own]) => `    ${file}: ${ranges([...new Set(own)].sort((a, b) => a - b)).join(', ')}\n`).join('');
}
function ranges(lines: readonly number[]): readonly string[] {
  const found: [number, number][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([first, end]) => (first === end ? `${first}` : `${first}-${end}`));
}
