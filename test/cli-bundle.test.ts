//! cli-bundle.test: bundles of the user's own programs, as the command line makes them.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file, root, setUp, systole, tearDown } from './command-line.ts';

beforeAll(() => {
  setUp();
  for (const [name, from] of [['race', 'race-compute-store'], ['overflow', 'overflow-no-credit']]) writeFileSync(file(`${name}.s`), readFileSync(join(root, `golden/broken/${from}.s`)));
}, 120_000);
afterAll(tearDown);

test('no bundle is made of a program whose words depend on which unit is faster: both places are told, and the exit code is 1', async () => {
  const { code, out, err } = await systole('bundle make race.s --output race');
  expect([code, out, existsSync(file('race'))]).toEqual([1, '', false]);
  expect(err).toContain('race.s:5:5: error: race: vpu writes spm:0x40..0x5f, dmo reads it, and nothing orders them\n');
  expect(err).toContain('systole: no bundle is made: a design may leave other words');
  expect(JSON.parse((await systole('bundle make race.s --output race --json')).out)).toMatchObject({ exit_code: 1, findings: [{ kind: 'race', line: 5, other: { line: 6 } }] });
  const overflow = await systole('bundle make overflow.s --output overflow');
  expect([overflow.code, existsSync(file('overflow'))]).toEqual([1, false]);
  expect(overflow.err).toContain('overflow.s:5:5: error: overflow: m1 may hold 120000 tokens then, and 65535 fit: nothing orders it behind `wait vpu m1, 60000` (overflow.s:4), which makes room\n');
});

test('no bundle is made of a program that neither halts nor traps: its place is told, and the exit code is 4', async () => {
  for (const [name, says] of [
    ['deadlock', 'no bundle is made: deadlock: dmi waits at pc 2 (deadlock.s:2:5)'], ['unknown', 'no bundle is made: UNKNOWN data at pc 1 (unknown.s:2:5)'], ['endless', 'no bundle is made: the program goes on after'],
  ] as const) {
    const { code, out, err } = await systole(`bundle make ${name}.s --output ${name}`);
    expect([name, code, out, existsSync(file(name))]).toEqual([name, 4, '', false]);
    expect(err).toContain(says);
    expect(err).not.toContain('--schedule');
  }
  for (const name of ['hello', 'trap']) expect((await systole(`bundle make ${name}.s --output ${name}`)).code).toBe(0);
});

test('the folder of a bundle lets in whom any other new folder lets in', async () => {
  mkdirSync(file('any'));
  await systole('bundle make hello.s --output readable');
  for (const name of ['readable', 'readable/cases', 'readable/cases/hello']) expect([name, statSync(file(name)).mode]).toEqual([name, statSync(file('any')).mode]);
});

test('what replay and diff come to is a result, on stdout', async () => {
  await systole('bundle make hello.s --output result');
  const [replayed, compared] = [await systole('bundle replay result'), await systole('bundle diff result result')];
  expect([replayed.out, compared.out]).toEqual(['1 of 1 case equal on engine, profile systole-16\n', 'the bundles hold the same\n']);
  expect([replayed.err, compared.err]).toEqual(['', '']);
  const noted = await systole('bundle replay result --junit -');
  expect([noted.out.startsWith('<?xml'), noted.err]).toEqual([true, '1 of 1 case equal on engine, profile systole-16\n']);
});
