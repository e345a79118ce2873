//! cli-bundle.test: bundles as the command line makes and takes them: of the user's own programs, short or long, whole, damaged or empty.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseFiles } from '../model/bundle/files.ts';
import { SECTIONS_MAX } from '../model/files/section.ts';
import { profile } from '../model/machine/profile.ts';
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
  expect(err).toContain('systole: no bundle is made: a correct design may produce other words');
  expect(JSON.parse((await systole('bundle make race.s --output race --json')).out)).toMatchObject({ exit_code: 1, findings: [{ kind: 'race', line: 5, other: { line: 6 } }] });
  const overflow = await systole('bundle make overflow.s --output overflow');
  expect([overflow.code, existsSync(file('overflow'))]).toEqual([1, false]);
  expect(overflow.err).toContain('overflow.s:5:5: error: overflow: m1 may then hold 120000 tokens, and at most 65535 fit: nothing orders it after `wait vpu m1, 60000` (overflow.s:4), which makes room\n');
});

test('no bundle is made of a program that neither halts nor traps: its place is told, and the exit code is 4', async () => {
  for (const [name, says] of [
    ['deadlock', 'no bundle is made: deadlock: dmi waits at pc 2 (deadlock.s:2:5)'], ['unknown', 'no bundle is made: UNKNOWN data at pc 1 (unknown.s:2:5)'], ['endless', 'no bundle is made: the program has not ended after 1000000 instructions; a case halts or traps'],
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

test('a case of a bundle that is damaged anywhere is told as damaged, with nothing else, by whatever takes a case', async () => {
  await systole('bundle make hello.s -o whole --quiet');
  await systole('run whole/cases/hello --trace whole.jsonl --quiet');
  const paths = ['manifest.json', 'checksums.txt', 'cases.txt', ...readdirSync(file('whole/cases/hello')).map((name) => `cases/hello/${name}`)], all = ['run CASE', 'explain CASE', 'run CASE --dump dram:0:8:s8=-', 'compare CASE whole.jsonl', 'compare whole.jsonl CASE', 'coverage CASE'];
  for (const words of all) expect([words, (await systole(words.replace('CASE', 'whole/cases/hello'))).code]).toEqual([words, 0]);
  const harms: Readonly<Record<string, (path: string) => void>> = {
    changed: (path) => writeFileSync(path, readFileSync(path).map((byte, i) => (i === 8 ? byte ^ 1 : byte))), cut: (path) => writeFileSync(path, readFileSync(path).subarray(0, -3)), gone: (path) => rmSync(path),
  };
  for (const [i, path] of paths.entries()) {
    const [harm, act] = Object.entries(harms)[i % 3]!;
    // Without a manifest it is no bundle.
    if (path === 'manifest.json' && harm === 'gone') continue;
    rmSync(file('harmed'), { recursive: true, force: true });
    cpSync(file('whole'), file('harmed'), { recursive: true });
    act(file(`harmed/${path}`));
    for (const words of all) {
      const { code, out, err } = await systole(words.replace('CASE', 'harmed/cases/hello'));
      expect([harm, path, words, code, out]).toEqual([harm, path, words, 3, '']);
      for (const line of err.trimEnd().split('\n')) expect(line, `${harm} ${path}: ${words}`).toMatch(/^harmed\/\S+: error: /);
    }
  }
  mkdirSync(file('whole/cases/none'));
  expect(await systole('run whole/cases/none')).toMatchObject({ code: 3, err: 'whole/cases/none: error: is not a case of its bundle: the manifest does not name it\n' });
});

test('a bundle without cases is whole, and its replay does not pass', async () => {
  await systole('bundle make hello.s -o bare --quiet');
  const manifest = `${JSON.stringify({ ...(JSON.parse(readFileSync(file('bare/manifest.json'), 'utf8')) as object), cases: [] }, null, 1)}\n`, sums = readFileSync(file('bare/checksums.txt'), 'utf8').split('\n').filter((line) => !/ cases\/| manifest\.json$/.test(line));
  rmSync(file('bare/cases'), { recursive: true });
  writeFileSync(file('bare/manifest.json'), manifest);
  writeFileSync(file('bare/checksums.txt'), [`${createHash('sha256').update(manifest).digest('hex')}  manifest.json`, ...sums].join('\n'));
  expect((await systole('bundle check bare')).code).toBe(0);
  expect(await systole('bundle replay bare')).toMatchObject({ code: 1, err: 'systole: bare has no cases: nothing was replayed\n' });
});

test('a program of 132,000 instructions becomes a bundle that replays; what would be too long to be read again is refused', async () => {
  writeFileSync(file('long.s'), `    loop 2 {\n    loop 33000 {\n    s1 = s1 + 1\n    s2 = s1\n}\n}\n    halt 0\n`);
  expect(await systole('bundle make long.s -o long --quiet')).toMatchObject({ code: 0, err: '' });
  expect((await systole('bundle replay long --quiet')).code).toBe(0);
  const record = new Uint8Array(new Uint32Array([1, 0, 0, 0]).buffer), records = (count: number): readonly Uint8Array[] => Array.from({ length: count }, () => record), none = new Map([1, 2, 3].map((space) => [space, []]));
  const source = { name: 'x', kind: 'program', says: '', seed: 0, text: '', program: { image: new Uint8Array(64), memory: [] } }, made = (count: number): unknown => caseFiles(source, { status: 'halted', trap: undefined, records: records(count), writes: [], initial: none, expected: none }, profile('systole-16'));
  expect(() => made(SECTIONS_MAX + 1)).not.toThrow();
  expect(() => made(SECTIONS_MAX + 2)).toThrow(`cases/x/retire.hex: error: would have ${SECTIONS_MAX + 1} addresses; allowed: ${SECTIONS_MAX}`);
});

test('memory that a design left is classified alike in every form of file', async () => {
  expect((await systole('bundle make --kind gemm -n 1 -p systole-int8 -o dumped -q')).code).toBe(0);
  const forms = ['bin', 'hex', 'vmem', 'ihex', 'npy'], dump = await systole(`run dumped/cases/gemm-000 ${forms.map((form) => `--dump dram:0:65536:u8=left.${form}`).join(' ')}`);
  expect(dump.code).toBe(0);
  // As raw bytes, a file of text or with a header would have none in its place.
  for (const form of forms) expect(await systole(`classify dumped --case gemm-000 --actual dram=left.${form}`)).toMatchObject({ code: 0, out: 'nothing is wrong in 1 case\n', err: '' });
});
