//! cli-signals.test: laws of the command line about signals: every command ends with the documented code, whatever it does.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built, file, inShell, leftovers, root, setUp, started, tearDown } from './command-line.ts';

beforeAll(setUp, 120_000);
afterAll(tearDown);

/** Holds so many milliseconds after it was asked first. */
function after(milliseconds: number): () => boolean {
  const begun = performance.now();
  return () => performance.now() - begun > milliseconds;
}

test('Ctrl-C ends what looks for every schedule, and what draws a bundle', { timeout: 30_000, retry: 1 }, async () => {
  for (const words of ['run endless.s --schedule exhaustive:9999999', 'bundle make --kind full --profile systole-int8 --output drawn']) {
    for (const wait of [700, 1200]) {
      const { code, milliseconds, err } = await started(words, { interruptWhen: after(wait) });
      expect([words, code, err.endsWith('systole: interrupted\n')]).toEqual([words, 130, true]);
      expect(milliseconds).toBeLessThan(1000);
    }
  }
});

test('a terminal that is gone ends a run with 129 and leaves no part of a trace', { timeout: 30_000 }, async () => {
  const { code } = await started('run endless.s --trace gone.jsonl', { interrupt: 'SIGHUP', interruptWhen: () => leftovers().length > 0 });
  expect([code, leftovers()]).toEqual([129, []]);
});

test('a campaign that is interrupted says what goes on with it', { timeout: 60_000, retry: 1 }, async () => {
  rmSync(file('cut'), { recursive: true, force: true });
  for (const [interrupt, option, code, says] of [['SIGTERM', '--output', 143, '--resume cut in place of --output'], ['SIGINT', '--resume', 130, 'the same command']] as const) {
    const ended = await started(`fuzz --minutes 5 --against engine-scalar ${option} cut`, { interrupt, interruptWhen: interrupt === 'SIGTERM' ? () => existsSync(file('cut/results.json')) : after(1500) });
    expect([ended.code, ended.err.split('\n').at(-2)]).toEqual([code, `what has been done is in cut; ${says} continues`]);
  }
  const done = await started('fuzz --minutes 0.001 --against engine-scalar --resume cut');
  expect([done.code, done.err]).toEqual([0, '']);
});

/** How a campaign ends when a signal comes to it and all that it started, as soon as it has begun; `code` is null where the system ended it. */
async function endedCampaign(signal: NodeJS.Signals, folder: string, begun: () => boolean, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly files: readonly string[] | undefined; readonly temporary: readonly string[] }> {
  mkdirSync(file('scratch'), { recursive: true });
  const child = spawn(process.execPath, [join(root, 'dist', 'systole.cjs'), 'fuzz', '--quiet', '--output', folder, ...words], { cwd: file('.'), stdio: 'ignore', detached: true, env: { ...process.env, TMPDIR: file('scratch') } });
  const code = await new Promise<number | null>((resolve) => {
    let sent = Number.NEGATIVE_INFINITY;
    // Node may forget a Ctrl-C between two turns on a busy machine (drive.ts): whoever sent it sends another one.
    const timer = setInterval(() => { if (performance.now() - sent > AGAIN_MS && begun()) { sent = performance.now(); process.kill(-child.pid!, signal); } }, 2);
    child.on('close', (status) => { clearInterval(timer); resolve(status); });
  });
  return { code, files: existsSync(file(folder)) ? readdirSync(file(folder)).sort() : undefined, temporary: readdirSync(file('scratch')) };
}
const AGAIN_MS = 2000;
const signals = [['SIGHUP', 129], ['SIGINT', 130], ['SIGTERM', 143]] as const;

test('a campaign that is ended in its first moments leaves a folder that is whole or none, also of those above it', { timeout: 60_000 }, async () => {
  for (const [signal, code] of signals)
    // SIGHUP is heard as SIGTERM is.
    for (const wait of signal === 'SIGHUP' ? [30] : [0, 30, 200]) {
      const top = `early-${signal}-${wait}`, name = `${top}/inner`, { files, ...ended } = await endedCampaign(signal, name, whenThere(name, wait), '--minutes', '5');
      expect({ signal, wait, ...ended }).toEqual({ signal, wait, code, temporary: [] });
      if (files === undefined) expect(existsSync(file(top)), top).toBe(false);
      else expect(files, top).toEqual(['results.json', 'times.json']);
    }
});

test('a campaign whose simulator is ended with it ends as the signal says, finds nothing, and leaves no temporary folder', { timeout: 60_000 }, async () => {
  for (const [signal, code] of signals) {
    const started = `sim-${signal}`, ended = await endedCampaign(signal, `judged-${signal}`, () => existsSync(file(started)), '--against', 'trace', '--command', `touch ${started}; sleep 20; echo {case} {trace}`);
    expect({ signal, ...ended }).toEqual({ signal, code, files: ['results.json', 'times.json'], temporary: [] });
    expect(JSON.parse(readFileSync(file(`judged-${signal}/results.json`), 'utf8'))).toMatchObject({ programs: 0, failures: [] });
  }
});

test('a simulator that says that a signal ended it ends the campaign, which says so', async () => {
  for (const [code, says] of [[129, 'systole: the command was ended by a signal (exit code 129), and this with it\n'], [130, 'systole: interrupted\n'], [143, 'systole: the command was ended by a signal (exit code 143), and this with it\n']] as const)
    expect(inShell(`${built} fuzz --count 2 --against trace --command 'exit ${code} # {case} {trace}'`)).toEqual({ code, out: '', err: says });
});

/** So many milliseconds after the folder was made. */
function whenThere(name: string, milliseconds: number): () => boolean {
  let seen: number | undefined;
  return () => {
    if (existsSync(file(name))) seen ??= performance.now();
    return seen !== undefined && performance.now() - seen >= milliseconds;
  };
}
