//! sanitizer-cli.test: --sanitize, --graph and --schedule adversarial and exhaustive as a user meets them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adversaryNames } from '../model/verify/adversaries.ts';
import { file, folder, isClear, leftovers, root, setUp, systole, tearDown } from './command-line.ts';

beforeAll(() => {
  setUp();
  for (const name of ['race-compute-store', 'deadlock-cross', 'deadlock-late-post', 'unknown-index', 'bounds-offset', 'leftover-credit', 'race-buffer-reuse'])
    writeFileSync(join(folder, `${name}.s`), readFileSync(join(root, 'golden/broken', `${name}.s`)));
}, 120_000);
afterAll(tearDown);

test('a finding has both places, both instructions and what to write, and the exit code is 1', async () => {
  const { code, out, err } = await systole('run race-compute-store.s --sanitize');
  expect(code).toBe(1);
  expect(out).toContain('halted');
  expect(err.split('\n').slice(0, 5)).toEqual([
    'race-compute-store.s:5:5: error: race: vpu writes spm:0x40..0x5f, dmo reads it, and nothing orders them',
    '    writes  vpu  race-compute-store.s:5:5  binary.add b, a, a wait m1', '    reads   dmo  race-compute-store.s:6:5  store B, b',
    '    fix: post m2 on `binary.add b, a, a wait m1` (race-compute-store.s:5), wait m2 on `store B, b` (race-compute-store.s:6)', 'sanitizer: 1 finding: race 1',
  ]);
});

test('a program that is right passes with all kinds on, under any schedule, and says so', async () => {
  for (const schedule of ['default', 'random:3', ...adversaryNames.map((name) => `adversarial:${name}`), 'exhaustive']) {
    const { code, err } = await systole(`run hello.s --sanitize --schedule ${schedule}`);
    expect(code, schedule).toBe(0);
    expect(err, schedule).toContain('sanitizer: 0 findings');
  }
});

test('kinds are chosen, and a word behind a bare --sanitize is the program', async () => {
  expect((await systole('run race-compute-store.s --sanitize=deadlock,bounds')).code).toBe(0);
  expect((await systole('run --sanitize race-compute-store.s')).code).toBe(1);
  expect((await systole('run race-compute-store.s --sanitize=race --device specification')).code).toBe(1);
});

test('what is no kind, no adversary, no graph is told at once', async () => {
  const { code, err } = await systole('run hello.s --sanitize=rice --schedule adversarial:newst --graph x.png');
  expect(code).toBe(3);
  isClear(err);
  for (const part of ["did you mean 'race'", "did you mean 'newest'", "ends in neither .dot nor .svg"]) expect(err).toContain(part);
  isClear((await systole('run hello.s --graph x.svg')).err);
  isClear((await systole('run hello.s --schedule exhaustive:0 --dump dram:0x40:8:s32=-')).err);
});

test('JSON has the findings as data', async () => {
  const { code, out } = await systole('run race-compute-store.s --sanitize --json'), { exit_code, sanitizer } = JSON.parse(out) as { exit_code: number; sanitizer: { kinds: string[]; findings: Record<string, unknown>[] } };
  expect([code, exit_code]).toEqual([1, 1]);
  expect(sanitizer.kinds).toContain('race');
  expect(sanitizer.findings).toEqual([expect.objectContaining({ kind: 'race', severity: 'error', pc: 6, line: 5, other: expect.objectContaining({ pc: 7, line: 6 }) as unknown, text: expect.any(String) as unknown, suggestion: expect.any(String) as unknown })]);
  expect((JSON.parse((await systole('run hello.s --sanitize --json')).out) as typeof sanitizer & { sanitizer: typeof sanitizer }).sanitizer.findings).toEqual([]);
});

test('a deadlock is drawn, as DOT and as SVG, and without one there is no file', async () => {
  for (const [name, schedule, parts] of [['deadlock-cross', 'adversarial:newest', ['dmi', 'vpu', 'm1: 0 of 1', 'm2: 0 of 1']], ['deadlock-late-post', 'default', ['the serial run finishes it first']]] as const) {
    for (const kind of ['dot', 'svg']) {
      const { code, err } = await systole(`run ${name}.s --sanitize --schedule ${schedule} --graph graph-${name}.${kind}`), text = readFileSync(file(`graph-${name}.${kind}`), 'utf8');
      expect(code).toBe(1);
      expect(err).toContain('waits: ');
      for (const part of parts) expect(text).toContain(part);
      if (kind === 'dot') expect(text).toMatch(/^digraph waits \{\n[\s\S]*\}\n$/);
      else expect([...text.matchAll(/<(\/?)(svg|g|text|rect|title|defs|marker)\b[^>]*?(\/?)>/g)].reduce((depth, [, end, , closed]) => depth + (end ? -1 : closed ? 0 : 1), 0)).toBe(0);
    }
  }
  const none = await systole('run hello.s --sanitize --graph none.svg');
  expect([none.code, none.err.includes('none.svg is not written: there is no deadlock to draw\n')]).toEqual([0, true]);
  expect(() => readFileSync(file('none.svg'))).toThrow();
  expect(leftovers()).toEqual([]);
});

test('ends that are findings are told once, and those that are none as ever', async () => {
  for (const [name, kind] of [['unknown-index', 'uninitialised'], ['bounds-offset', 'bounds'], ['leftover-credit', 'leftover']] as const) {
    const { code, err } = await systole(`run ${name}.s --sanitize`);
    expect(code, name).toBe(1);
    expect(err, name).toContain(`${kind}: `);
    expect(err, name).not.toContain('systole: ');
    expect(err, name).not.toContain('warning: tokens');
  }
  expect((await systole('run endless.s --sanitize --max-instructions 1000')).code).toBe(4);
});

test('a trace is written once beside the sanitizer', async () => {
  const { code } = await systole('run unknown-index.s --sanitize --quiet --trace unknown.jsonl'), plain = await systole('run unknown-index.s --quiet --trace plain.jsonl');
  expect([code, plain.code]).toEqual([1, 4]);
  expect(readFileSync(file('unknown.jsonl'), 'utf8')).toBe(readFileSync(file('plain.jsonl'), 'utf8'));
});

test('exhaustive says how many schedules there are, and how to come to each end', async () => {
  const { code, out, err } = await systole('run race-compute-store.s --schedule exhaustive --json'), found = JSON.parse(out) as { runs: number; all: boolean; outcomes: { schedule: string; status: string }[] };
  expect(code).toBe(1);
  expect(err).toContain('the outcome depends on the schedule');
  expect(found).toMatchObject({ runs: 2, all: true, outcomes: [{ status: 'halted' }, { status: 'halted' }] });
  const dumps = await Promise.all(found.outcomes.map(async ({ schedule }) => (await systole(`run race-compute-store.s --schedule ${schedule} --quiet --dump dram:0x200:8:s32=-`)).out));
  expect(new Set(dumps).size).toBe(2);
  // What differs is told, and how to see it: the commands that are shown leave there what is said.
  const [, place, one, other, first, second] = /schedule: (\w+:0x[\da-f]+) holds ([\da-f?]{2}) .* against ([\da-f?]{2}) .*\n {4}npx systole (run .*)\n {4}npx systole (run .*)\n/.exec(err)!;
  const shown = await Promise.all([first, second].map(async (words) => (await systole(`${words} --quiet --dump ${place}:1:u8=-`)).out.trim()));
  expect(shown.map((text) => (/^\d+$/.test(text) ? Number(text).toString(16).padStart(2, '0') : '??'))).toEqual([one, other]);
  expect((await systole('run race-compute-store.s --schedule exhaustive --profile systole-16 --args 1,2 --quiet')).err).toContain('    npx systole run race-compute-store.s --profile systole-16 --args 1,2 --schedule bytes:');
  // One schedule of several says nothing.
  expect((await systole('run race-buffer-reuse.s --schedule exhaustive:1')).code).toBe(3);
});

test('exhaustive says at which bound it ended, and what goes further', async () => {
  const [few, far] = await Promise.all(['race-buffer-reuse.s --schedule exhaustive:1', 'endless.s --schedule exhaustive:2'].map((words) => systole(`run ${words}`)));
  expect([few!.code, few!.err]).toEqual([3, 'systole: not every schedule was tried: after 1 run there are more; exhaustive:10 goes further\n']);
  expect([far!.code, far!.err]).toEqual([3, 'systole: not every schedule was tried: the first run did not end within 2000 places; a program that ends needs a larger number, as in exhaustive:1000\n']);
});

test('the findings of all schedules go into SARIF as those of one do', async () => {
  for (const schedule of ['default', 'exhaustive']) {
    const { code } = await systole(`run race-compute-store.s --sanitize --schedule ${schedule} --sarif ${schedule}.sarif`), log = JSON.parse(readFileSync(file(`${schedule}.sarif`), 'utf8')) as { runs: { results: unknown[] }[] };
    expect([schedule, code, log.runs[0]!.results.length]).toEqual([schedule, 1, 1]);
  }
});
