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

test.skipIf(process.platform !== 'linux')('a stdout that is full is told as any other output is, with exit code 3', () => {
  for (const words of ['run hello.s --quiet --trace -', 'run hello.s --json', 'profile list', 'emit c'])
    expect([words, inShell(`${built} ${words} > /dev/full`)]).toMatchObject([words, { code: 3, err: 'stdout: error: cannot be written: no space is left\n' }]);
});

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

test('stdout holds one document: a second one is refused, and lines beside one go to stderr', async () => {
  await systole('fuzz --count 3 --seed 1 --output campaign --quiet');
  for (const [words, option, owner] of [
    ['run race.s --sanitize --sarif - --json', 'sarif', 'json'], ['run race.s --trace - --json', 'trace', 'json'], ['run race.s --sanitize --sarif - --dump dram:0:8:s8=-', 'sarif', 'dump'],
    ['run race.s --trace - --dump dram:0:8:s8=-', 'trace', 'dump'], ['run race.s --sanitize --trace - --sarif -', 'sarif', 'trace'], ['report campaign --sarif - --json', 'sarif', 'json'],
    ['report campaign --junit - --html -', 'html', 'junit'], ['fuzz --count 1 --junit - --json', 'junit', 'json'], ['wave hello.s --vcd - --json', 'vcd', 'json'],
  ] as const) {
    const { code, out, err } = await systole(words);
    expect([words, code, err]).toEqual([words, 3, `--${option}: error: stdout is taken by --${owner}; name a file\n`]);
    if (words.includes('--json')) expect(JSON.parse(out)).toMatchObject({ exit_code: 3 });
    else expect(out).toBe('');
  }
  const found = await systole('run race.s --sanitize --sarif -');
  expect([found.code, (JSON.parse(found.out) as { version: string }).version]).toEqual([1, '2.1.0']);
  expect(found.err).toMatch(/^status +halted$/m);
  for (const words of ['report campaign --junit -', 'fuzz --count 2 --seed 3 --junit -']) {
    const { code, out, err } = await systole(words);
    expect([words, code, out.startsWith('<?xml'), out.trimEnd().endsWith('</testsuites>')]).toEqual([words, 0, true, true]);
    expect(err, words).toMatch(/programs/);
  }
  expect((await systole('run hello.s --json --dump dram:0x40:8:s32=-')).code).toBe(0);
  // A command that runs after another one has stdout to itself again.
  expect((await systole('run hello.s')).out).toContain('halted');
});

test('a report has a name of its kind', async () => {
  const source = readFileSync(file('hello.s'), 'utf8');
  for (const [words, says] of [
    ['fuzz --count 1 --html hello.s', "--html: error: 'hello.s' ends in neither .html nor .htm"], ['report campaign --junit hello.s', "--junit: error: 'hello.s' does not end in .xml"],
    ['run race.s --sanitize --sarif hello.s', "--sarif: error: 'hello.s' ends in neither .sarif nor .json"], ['report campaign --chrome hello.s', "--chrome: error: 'hello.s' does not end in .json"],
  ] as const)
    expect(await systole(words)).toMatchObject({ code: 3, out: '', err: `${says}\n` });
  expect(readFileSync(file('hello.s'), 'utf8')).toBe(source);
  expect((await systole('report campaign --html PAGE.HTML --sarif found.sarif.json --junit /dev/null --quiet')).code).toBe(0);
});
