//! parsers-campaign: every parser on as many broken files as one likes, each in a process of its own that may hang, crash or run out of memory.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mistaken, optionsOf } from './campaign-options.ts';
import { inputOf, tried } from './parser-trial.ts';
import { parsers } from './parsers.ts';

const usage = `npm run robustness -- [options]
  --parser NAME  one or several, by commas: ${Object.keys(parsers).join(' ')} (all)
  --count N      inputs for each (100000)
  --seed S       (1)
  --from I       first input (0)
  --keep DIR     write each input that breaks a law there
  --file FILE    read this file by the parser, and say what becomes of it
Each input is read by a process with 1 GiB of heap, that is watched. Laws: accepted and whole or refused with a place and words, within 1 s
and 1 GiB of memory. Exit code 1 where one is broken; its seed and number are shown: --seed S --from I --count 1 tries it again.`;

const given = optionsOf(usage, {
  parser: { type: 'string', default: Object.keys(parsers).join(',') }, count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' }, from: { type: 'string', default: '0' },
  keep: { type: 'string' }, file: { type: 'string' }, worker: { type: 'string' },
});

const HANG_SECONDS = 20, TICKS = 100, BROKEN_MAX = 20, MEMORY_MAX = 2 ** 30;
interface Report { readonly index: number; readonly law: string }
interface Sums { accepted: number; refused: number; slowest: number; slowestAt: number; peak: number }

const parserNamed = (name: string) => parsers[name]!();
for (const name of given.parser.split(',')) if (!parsers[name]) mistaken(usage, `--parser: '${name}' is not one of ${Object.keys(parsers).join(', ')}`);
if (given.worker !== undefined) work(given.parser, Number(given.seed), Number(given.from), Number(given.count), given.worker);
else if (given.file !== undefined) process.stdout.write(`${JSON.stringify(tried(parserNamed(given.parser), readFileSync(given.file)))}\n`);
else process.exitCode = await campaign();

/** In the process that reads: where it is stands in a file, what is broken and the sums at the end go to stdout. */
function work(name: string, seed: number, from: number, count: number, progress: string): void {
  const parser = parserNamed(name), file = openSync(progress, 'r+'), at = new Float64Array(1), sums: Sums = { accepted: 0, refused: 0, slowest: 0, slowestAt: from, peak: 0 };
  const memory = (): number => process.resourceUsage().maxRSS * 1024, before = memory();
  for (let index = from; index < from + count; index++) {
    at[0] = index;
    writeSync(file, at, 0, 8, 0);
    const found = tried(parser, inputOf(parser, seed, index)), peak = memory() - before;
    if (found.kind === 'broken') process.stdout.write(`${JSON.stringify({ index, law: found.law })}\n`);
    else sums[found.kind]++;
    if (found.milliseconds > sums.slowest) Object.assign(sums, { slowest: found.milliseconds, slowestAt: index });
    if (peak > MEMORY_MAX) {
      process.stdout.write(`${JSON.stringify({ index, law: `takes ${Math.round(peak / 2 ** 20)} MiB` })}\n`);
      // What was taken is never given back in the count: another process goes on.
      at[0] = index + 1;
      process.exit(9);
    }
    sums.peak = Math.max(sums.peak, peak);
  }
  closeSync(file);
  process.stdout.write(`${JSON.stringify(sums)}\n`);
}

async function campaign(): Promise<number> {
  let broken = 0;
  process.stdout.write('parser      inputs    accepted   refused    broken  seconds  slowest ms (input)  peak MiB\n');
  for (const name of given.parser.split(',')) {
    const started = performance.now(), count = Number(given.count), { reports, sums } = await all(name, Number(given.seed), Number(given.from), count);
    for (const { index, law } of reports) {
      process.stdout.write(`  ${name} input ${index}: ${law}\n    npm run robustness -- --parser ${name} --seed ${given.seed} --from ${index} --count 1\n`);
      if (given.keep === undefined) continue;
      mkdirSync(given.keep, { recursive: true });
      writeFileSync(join(given.keep, `${name}-${given.seed}-${index}`), inputOf(parserNamed(name), Number(given.seed), index));
    }
    broken += reports.length;
    const cells = [sums.accepted, sums.refused, reports.length].map((number, i) => String(number).padEnd([11, 11, 8][i]!)).join('');
    process.stdout.write(`${name.padEnd(12)}${String(count).padEnd(10)}${cells}${((performance.now() - started) / 1000).toFixed(0).padEnd(9)}${`${sums.slowest.toFixed(0)} (${sums.slowestAt})`.padEnd(20)}${Math.round(sums.peak / 2 ** 20)}\n`);
  }
  return broken > 0 ? 1 : 0;
}

/** All inputs of a parser; after a crash or a hang another process goes on behind the input that it was at. */
async function all(name: string, seed: number, from: number, count: number): Promise<{ readonly reports: readonly Report[]; readonly sums: Sums }> {
  const folder = mkdtempSync(join(tmpdir(), 'parsers-')), progress = join(folder, 'progress'), reports: Report[] = [], sums: Sums = { accepted: 0, refused: 0, slowest: 0, slowestAt: from, peak: 0 };
  try {
    for (let next = from; next < from + count && reports.length < BROKEN_MAX;) {
      writeFileSync(progress, new Uint8Array(8));
      const { code, at, isHung, lines, tail } = await process1(name, seed, next, from + count - next, progress);
      for (const line of lines) {
        const json = JSON.parse(line) as Report | Sums;
        if ('law' in json) reports.push(json);
        else {
          sums.accepted += json.accepted;
          sums.refused += json.refused;
          sums.peak = Math.max(sums.peak, json.peak);
          if (json.slowest > sums.slowest) Object.assign(sums, { slowest: json.slowest, slowestAt: json.slowestAt });
        }
      }
      if (code === 0) break;
      if (code !== 9) reports.push({ index: at, law: isHung ? `does not end within ${HANG_SECONDS} s` : `the process ends with ${code}: ${tail.trim().split('\n').slice(-3).join(' | ').slice(-300)}` });
      next = at + 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { reports, sums };
}

interface End { readonly code: number | string; readonly at: number; readonly isHung: boolean; readonly lines: readonly string[]; readonly tail: string }
function process1(name: string, seed: number, from: number, count: number, progress: string): Promise<End> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--max-old-space-size=1024', '--import', 'tsx', import.meta.filename, '--worker', progress, '--parser', name, '--seed', String(seed), '--from', String(from), '--count', String(count)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', tail = '', isHung = false, last = -1, since = seconds(child.pid);
    child.stdout.on('data', (bytes) => { out += bytes; });
    child.stderr.on('data', (bytes) => { tail = `${tail}${bytes}`.slice(-2000); });
    const watch = setInterval(() => {
      const at = position(progress);
      if (at !== last) [last, since] = [at, seconds(child.pid)];
      else if (seconds(child.pid) - since > HANG_SECONDS) { isHung = true; child.kill('SIGKILL'); }
    }, 500);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      done({ code: code ?? signal ?? 'nothing', at: Math.max(from, position(progress)), isHung, lines: out.split('\n').slice(0, -1), tail });
    });
  });
}
/** Time of the processor that a process took, so that a busy machine makes no hang; where the system does not say, that of the clock. */
function seconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return performance.now() / 1000;
  }
}
function position(path: string): number {
  const file = openSync(path, 'r'), at = new Float64Array(1);
  readSync(file, at, 0, 8, 0);
  closeSync(file);
  return at[0]!;
}
