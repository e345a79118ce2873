//! cli-signals.test: laws of the command line about signals: every command ends with the documented code, whatever it does.
import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file, leftovers, setUp, started, tearDown } from './command-line.ts';

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
    expect([ended.code, ended.err.split('\n').at(-2)]).toEqual([code, `what is done is in cut; ${says} goes on`]);
  }
  const done = await started('fuzz --minutes 0.001 --against engine-scalar --resume cut');
  expect([done.code, done.err]).toEqual([0, '']);
});
