//! cli-outputs.test: laws of the command line about files that it writes: what their names say, what they may replace.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file, setUp, systole, tearDown } from './command-line.ts';

beforeAll(async () => {
  setUp();
  await systole('run hello.s --trace made.jsonl --quiet');
}, 120_000);
afterAll(tearDown);

test('an ending that the command does not write is refused with those that it does, and no file is made', async () => {
  const trace = 'ends in neither .jsonl nor .bin', graph = 'ends in neither .dot nor .svg', image = 'ends in neither .hex, .mem, .vmem, .bin, .img, .ihex nor .ihx';
  for (const [words, option, says] of [
    ['run hello.s --trace NAME', '--trace', trace], ['run hello.s --sanitize --graph NAME', '--graph', graph], ['trace filter made.jsonl -o NAME', '-o', trace], ['trace chrome made.jsonl -o NAME', '-o', 'does not end in .json'],
    ['assemble hello.s -o NAME', '-o', image],
  ] as const)
    for (const name of ['x', 'x.zip', 'x.json.gz', 'jsonl']) {
      expect(await systole(words.replace('NAME', name))).toMatchObject({ code: 3, out: '', err: `${option}: error: '${name}' ${says}\n` });
      expect(existsSync(file(name)), words).toBe(false);
    }
});

test('an ending may be in capital letters and means the same, a device has none, and --format stands above it', async () => {
  for (const [words, name, like] of [['run hello.s --quiet --trace NAME', 'T.BIN', 't.bin'], ['trace filter made.jsonl -o NAME', 'F.BIN', 'f.bin'], ['assemble hello.s -o NAME', 'A.BIN', 'a.bin']] as const) {
    for (const one of [name, like, '/dev/null']) expect((await systole(words.replace('NAME', one))).code, words).toBe(0);
    expect(readFileSync(file(name)).equals(readFileSync(file(like))), words).toBe(true);
  }
  expect((await systole('assemble hello.s --format bin -o a.out')).code).toBe(0);
  expect(readFileSync(file('a.out')).equals(readFileSync(file('a.bin')))).toBe(true);
});

test('--json is honoured or refused, never dropped: what goes to stdout is one document', async () => {
  for (const [words, says] of [['assemble trap.s -o - --json', '--json: error: stdout is taken by the program; name a file with -o'], ['probe --emit c --json', '--json: error: is for --check'], ['probe --emit c -o p.c --json', '--json: error: is for --check']] as const) {
    const { code, out, err } = await systole(words);
    expect([words, code, err, (JSON.parse(out) as { exit_code: number }).exit_code]).toEqual([words, 3, `${says}\n`, 3]);
  }
  const { code, out } = await systole('assemble trap.s --listing --json'), { instructions, listing } = JSON.parse(out) as { instructions: number; listing: string[] };
  expect([code, listing.filter((line) => /; trap\.s:/.test(line)).length]).toEqual([0, instructions]);
});
