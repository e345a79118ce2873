//! cli-signals.test: laws of the command line about signals: every command ends with the documented code, whatever it does.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leftovers, setUp, started, tearDown } from './command-line.ts';

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
