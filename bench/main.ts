//! main: the bench suite: measures the works of bench/works/ beside their baselines and forms the figures of bench/table.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { endOnSignals } from './ending.ts';
import { guarded, isFar } from './guard.ts';
import { natives } from './native.ts';
import { type Asked, askedFor } from './options.ts';
import { chartOf, type Found, head, jsonOf, lineOf, machine, pageOf } from './report.ts';
import { contendersOf, type Contender, figure, rounds, type Samples, spread } from './rounds.ts';
import type { Row } from './table.ts';
import type { Prepared } from './work.ts';
import { sweep } from './sweep.ts';
import { works } from './works/all.ts';

const HELP = `npm run bench [-- OPTIONS]: every work beside its baselines, in rounds of short slices; ratios are medians of those of one round.

  --only NAME,..  keys and works that are called so, or begin so
  --rounds N      turns of each contender (7)
  --json          the figures as one JSON document on stdout (npm run --silent bench), null where a baseline is missing
  --list          the table: keys, goals, works, contenders, what is measured
  --sweep         how cost grows, with size, instructions, geometry and machines; writes docs/performance-*.svg
  --guard         ratios of C, of both builds and of formats in a minute, 3 rounds; fails where one is twice a third below its goal

Single measurements with goals of their own: npx tsx bench/NAME.ts with canary, coverage, events, generator, lockstep, sanitizer.
`;
const WITHOUT_COMPILER = 'what is held against C is null here; int8 products are held against the scalar build and plain JavaScript: int8_256_vs_scalar, int8_256_vs_js';

const docs = join(import.meta.dirname, '..', 'docs');

endOnSignals();
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  // Where its reader has left, files are written all the same.
  if (code === 'EPIPE') return;
  process.stderr.write(`bench: stdout cannot be written: ${message}\n`);
  process.exit(3);
});
try {
  process.exitCode = await main();
} catch (error) {
  // The signal that ended a child and so a measurement is on its way to this process, too.
  await setTimeout(50);
  throw error;
}

async function main(): Promise<number> {
  const asked = askedFor(process.argv.slice(2));
  if (typeof asked === 'string') {
    process.stderr.write(`bench: ${asked}\n`);
    return 2;
  }
  if (asked.help) process.stdout.write(HELP);
  else if (asked.list) for (const row of asked.rows) process.stdout.write(`${head(row)}\n`);
  else return measureAll(asked);
  return 0;
}

async function measureAll({ rows: wanted, rounds: count, isWhole, ...asked }: Asked): Promise<number> {
  const say = (text: string): void => { (asked.json ? process.stderr : process.stdout).write(`${text}\n`); };
  const tools = natives(), before = machine(tools), found: Found[] = [];
  try {
    say(before.says);
    if (!tools.compiler) say(WITHOUT_COMPILER);
    if (asked.sweep) {
      await sweep(tools, count, say);
      return 0;
    }
    for (const work of works.filter(({ name }) => wanted.some((row) => row.work === name))) {
      const prepared = await work.prepare(tools), figures = async (rounds: number): Promise<readonly Found[]> => {
        const samples = await measure(prepared, rounds);
        return wanted.flatMap((row) => (row.work === work.name ? [formed(row, prepared, samples)] : []));
      };
      const own = await (asked.guard ? guarded(count, figures) : figures(count));
      found.push(...own);
      for (const one of own) say(lineOf(one));
      prepared.close?.();
    }
  } finally {
    tools.close();
  }
  const after = machine(tools), json = `${JSON.stringify(jsonOf(found, before, after), null, 2)}\n`;
  if (isWhole) {
    writeFileSync(join(import.meta.dirname, 'results.json'), json);
    writeFileSync(join(docs, 'bench.svg'), chartOf(found, before));
    const page = readFileSync(join(docs, 'performance.md'), 'utf8'), [head, tail] = [page.indexOf('-->') + 4, page.indexOf('<!-- end of figures')];
    writeFileSync(join(docs, 'performance.md'), page.slice(0, head) + pageOf(found, before, after) + page.slice(tail));
  }
  if (asked.json) process.stdout.write(json);
  const far = asked.guard ? found.filter(isFar) : [];
  for (const { row } of far) say(`${row.key}: more than a third off its goal`);
  return far.length > 0 ? 1 : 0;
}

async function measure(prepared: Prepared, count: number): Promise<Samples> {
  const present = prepared.contenders.filter((one): one is Contender => 'sample' in one), samples = await rounds(present, count);
  prepared.check?.();
  return samples;
}

function formed(row: Row, { contenders }: Prepared, samples: Samples): Found {
  const absent = contenders.find((one) => 'why' in one && contendersOf(row.formed).includes(one.name));
  const told = contenders.filter((one): one is Contender => samples.get(one.name)?.every(Number.isFinite) ?? false);
  const beside = told.map(({ name, unit }) => ({ name, unit, ...spread(samples.get(name)!) }));
  const value = figure(row.formed, samples), common = { row, contenders: beside };
  return value ? { ...common, ...value } : { ...common, why: absent && 'why' in absent ? absent.why : 'what was measured is no number' };
}
