//! cli-streams.test: laws of the command line about stdout: who reads it may leave early, and one document at a time goes there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built, file, inShell, root, setUp, systole, tearDown } from './command-line.ts';

beforeAll(async () => {
  setUp();
  writeFileSync(file('race.s'), readFileSync(join(root, 'golden/broken/race-compute-store.s')));
  writeFileSync(file('other.s'), 'A = dram s32 [8] at 0x0  a = spm s32 [8] at 0x0\n    load a, A\n    halt 0\n');
  for (const name of ['race', 'other']) await systole(`run ${name}.s --trace ${name}.jsonl --quiet`);
}, 120_000);
afterAll(tearDown);

/** The words, read by one who is gone before they say anything; their exit code and what they said on stderr. */
function unread(words: string): readonly [string, string] {
  const { out, err } = inShell(`(exec 3>&1; { sleep 0.05; ${built} ${words}; echo $? >&3; } | true)`);
  return [out.trim(), err];
}

test('a reader that is gone changes neither the exit code nor what is told on stderr', () => {
  for (const [words, code, says] of [
    ['run race.s --sanitize --json', '1', 'sanitizer: 1 finding'], ['run race.s --sanitize', '1', 'race: '], ['run race.s --sanitize --trace -', '1', 'sanitizer: 1 finding'], ['run trap.s', '4', 'trap '], ['run trap.s --trace -', '4', 'trap '], ['run hello.s --trace -', '0', ''],
    ['compare race.jsonl other.jsonl', '1', ''], ['compare race.jsonl other.jsonl --json', '1', ''], ['run bad.s --json', '3', "'lod' is not"], ['run hello.s --json', '0', ''],
  ] as const) {
    const [found, err] = unread(words);
    expect([words, found]).toEqual([words, code]);
    expect(err, words).toContain(says);
  }
});

test('what would be written without end stops where nobody reads it, and a run that goes on has not passed', () => {
  expect(unread('run endless.s --trace -')[0]).toBe('141');
  expect(unread('trace print race.jsonl')[0]).toBe('0');
});
