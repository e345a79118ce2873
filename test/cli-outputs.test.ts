//! cli-outputs.test: laws of the command line about files that it writes: what their names say, where links lead, what they may replace.
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built, file, folder, inShell, setUp, systole, tearDown, within } from './command-line.ts';

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

test('a bundle is a folder or an archive .tar: a name of a packed archive, or stdout, is refused, and no folder is called so', async () => {
  for (const name of ['b.tar.gz', 'b.tgz', 'B.TAR.XZ', 'b.zip', '-']) {
    const { code, out, err } = await systole(`bundle make hello.s -o ${name}`);
    expect([name, code, out, err]).toEqual([name, 3, '', expect.stringMatching(/^-o: error: .*; allowed: a folder, or an archive NAME\.tar\n$/)]);
    expect(existsSync(file(name)), name).toBe(false);
  }
  for (const name of ['b.tar', 'B.TAR', 'b.v1']) expect((await systole(`bundle make hello.s -o ${name} -q`)).code, name).toBe(0);
  expect([lstatSync(file('b.v1')).isDirectory(), readFileSync(file('B.TAR')).equals(readFileSync(file('b.tar'))), (await systole('bundle check B.TAR -q')).code]).toEqual([true, true, 0]);
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

/** Every file and link of a folder with what is in it, hidden ones too. */
const contents = (name: string): Readonly<Record<string, string>> => Object.fromEntries(readdirSync(file(name), { recursive: true, encoding: 'utf8' }).sort().flatMap((path) => {
  const stats = lstatSync(file(`${name}/${path}`));
  return stats.isDirectory() ? [[path, 'a folder']] : [[path, stats.isSymbolicLink() ? `to ${readlinkSync(file(`${name}/${path}`))}` : readFileSync(file(`${name}/${path}`), 'latin1')]];
}));

test('--replace takes the place of a bundle, and of nothing that is not of it: other files, hidden ones, links and folders stay, and are told', async () => {
  await systole('bundle make hello.s -o old --quiet');
  const old = contents('old');
  for (const [path, make] of [['notes.txt', (at: string) => writeFileSync(at, 'mine')], ['.git', (at: string) => mkdirSync(at)], ['cases/.kept', (at: string) => writeFileSync(at, 'mine')], ['cases/hello/link', (at: string) => symlinkSync('nowhere', at)], ['cases/hell', (at: string) => mkdirSync(at)]] as const) {
    make(file(`old/${path}`));
    const before = contents('old');
    expect(await systole('bundle make trap.s -o old --replace')).toMatchObject({ code: 3, out: '', err: `old/${path}: error: does not belong to the bundle, which is not replaced; move it away first\n` });
    expect(contents('old')).toEqual(before);
    rmSync(file(`old/${path}`), { recursive: true });
  }
  expect(contents('old')).toEqual(old);
  expect((await systole('bundle make trap.s -o old --replace')).code).toBe(0);
  expect(Object.keys(contents('old')).filter((path) => /^cases\/\w+$/.test(path))).toEqual(['cases/trap']);
  expect((await systole('bundle check old')).code).toBe(0);
});

test('--replace removes nothing that the command reads: a case of the bundle, its text, memory or profile that lies in it, or the archive', async () => {
  await systole('bundle make hello.s -o own --quiet');
  await systole('bundle make hello.s -o own.tar --quiet');
  const before = contents('own'), archive = readFileSync(file('own.tar'));
  for (const words of ['own/cases/hello -o own', 'own/cases/hello/program.s -o own', 'hello.s --load dram:0=own/cases/hello/initial.bin -o own', 'hello.s --load dram:0=own.tar -o own.tar'])
    expect(await systole(`bundle make ${words} --replace`)).toMatchObject({ code: 3, out: '', err: expect.stringMatching(/^own\S+: error: is read by this command and would be overwritten\n$/) });
  expect(contents('own')).toEqual(before);
  expect(readFileSync(file('own.tar')).equals(archive)).toBe(true);
});

test('an output that is a link is written where the link leads, whether something is there or not', async () => {
  mkdirSync(file('there'));
  for (const [words, name] of [
    ['run hello.s --quiet --trace NAME', 'linked.jsonl'], ['run hello.s --quiet --dump dram:0:8:s32=NAME', 'linked.npy'], ['assemble hello.s -o NAME', 'linked.hex'], ['bundle make hello.s --quiet -o NAME', 'linked'], ['bundle make hello.s --quiet -o NAME', 'linked.tar'],
    ['fuzz --count 1 --quiet -o NAME', 'linked-campaign'], ['merge made-campaign --quiet -o NAME', 'linked-merged'],
  ] as const) {
    if (words.startsWith('merge')) await systole('fuzz --count 1 --quiet -o made-campaign');
    symlinkSync(`there/${name}`, file(`again-${name}`));
    symlinkSync(`again-${name}`, file(name));
    for (const more of words.startsWith('fuzz') ? [''] : ['', / make |merge/.test(words) ? ' --replace' : '']) {
      expect([name, more, (await systole(words.replace('NAME', name) + more)).code]).toEqual([name, more, 0]);
      expect([lstatSync(file(name)).isSymbolicLink(), lstatSync(file(`again-${name}`)).isSymbolicLink(), lstatSync(file(`there/${name}`)).isSymbolicLink()], name).toEqual([true, true, false]);
    }
  }
  expect(readdirSync(file('there')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a campaign whose report cannot be written makes no folder, and one whose report lies in its folder makes both', async () => {
  const refused = await systole('fuzz --count 1 -o a/new --junit no/such/j.xml');
  expect([refused.code, refused.err, existsSync(file('a'))]).toEqual([3, 'no/such/j.xml: error: cannot be written: the folder no/such does not exist\n', false]);
  mkdirSync(file('b/there'), { recursive: true });
  for (const [name, to] of [['b/link', 'there/x'], ['b/far', 'there/deep/y']] as const) {
    symlinkSync(to, file(name));
    for (const below of ['', '/z']) {
      expect([name, below, (await systole(`fuzz --count 1 -o ${name}${below} --junit no/such/j.xml`)).code]).toEqual([name, below, 3]);
      expect([readlinkSync(file(name)), readdirSync(file('b/there'))], name + below).toEqual([to, []]);
    }
  }
  expect((await systole('fuzz --count 1 --quiet -o a/new --junit a/new/j.xml')).code).toBe(0);
  expect(readdirSync(file('a/new')).sort()).toEqual(['j.xml', 'results.json', 'times.json']);
});

test('a command that is told can be pasted into a shell, whatever its files are called', async () => {
  mkdirSync(file("it's new"));
  writeFileSync(file("it's new/hel lo.s"), readFileSync(file('hello.s')));
  for (const [words, code] of [
    [['assemble', "it's new/hel lo.s", '-o', "it's new/hel lo.hex"], 0], [['bundle', 'make', "it's new/hel lo.s", '-o', "it's new/bundle"], 0],
    [['fuzz', '--count', '3', '--canary', 'offset-immediate-unsigned', '-o', "it's new/campaign"], 1], [['report', "it's new/campaign"], 1],
  ] as const) {
    const { out, err } = await within(folder, words), told = /(?:npx )?systole (?:run|bundle|replay) .*/.exec(err + out)?.[0] ?? '';
    expect([words, inShell(`set -- ${told.replace(/^npx /, '')}; shift; ${built} "$@"`).code, told]).toEqual([words, code, told]);
  }
});
