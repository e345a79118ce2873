//! cli-mistakes.test: laws of the command line about mistakes: one clear message each, all at once, exit code 3, files whole or absent.
import { execFile, execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built, file, folder, inShell, isClear, leftovers, root, setUp, systole, tearDown, within } from './command-line.ts';

beforeAll(setUp);
afterAll(tearDown);

test('a program file that is none is refused at once with 3 and one clear line', async () => {
  writeFileSync(file('empty.s'), '');
  writeFileSync(
    file('garbage.bin'),
    Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255),
  );
  writeFileSync(file('latin.s'), Buffer.from('    halt 0 ; \xe9t\xe9\n', 'latin1'));
  writeFileSync(file('zeros'), '');
  truncateSync(file('zeros'), 2 ** 30);
  await systole('assemble hello.s -o whole.bin');
  writeFileSync(file('cut.bin'), readFileSync(file('whole.bin')).subarray(0, 200));
  writeFileSync(file('long.bin'), Buffer.concat([readFileSync(file('whole.bin')), Buffer.alloc(16)]));
  const names = ['empty.s', 'garbage.bin', 'latin.s', 'zeros', 'cut.bin', 'long.bin', 'helo.s', 'no/such/file.s', '.'];
  const all = await Promise.all(names.map((name) => systole(`run ${name}`)));
  all.forEach(({ code, out, err }, i) => {
    expect([names[i], code, out, err.trim().split('\n').length]).toEqual([names[i], 3, '', 1]);
    isClear(err);
  });
  const messages = all.map(({ err }) => err);
  expect(messages[0]).toMatch(/empty\.s: error: the file is empty/);
  expect(messages[2]).toMatch(/latin\.s: error: not a program: byte 0xe9 at offset 13 is not text/);
  expect(messages[3]).toMatch(/zeros: error: not a program: byte 0x00 at offset 0 of 1 GiB/);
  expect(messages[4]).toMatch(/cut off/);
  expect(messages[5]).toMatch(/too long/);
  expect(messages[6]).toMatch(/helo\.s: error: does not exist; did you mean 'hello\.s'\?/);
  expect((await systole('run zeros')).milliseconds).toBeLessThan(2000);
});

test('a file or folder of ours that is no program is told in one line as what it is, with the command that takes it', async () => {
  for (const words of ['run hello.s --trace h.jsonl --quiet', 'run hello.s --trace h.bin --quiet', 'bundle make hello.s -o ours --quiet', 'bundle make hello.s -o ours.tar --quiet', 'fuzz --count 1 --output played --quiet']) await systole(words);
  writeFileSync(file('shown.json'), (await systole('profile show systole-16 --json')).out);
  writeFileSync(file('covered.json'), (await systole('coverage hello.s --json')).out);
  writeFileSync(file('any.json'), '{"a": 1}');
  for (const [name, what] of [
    ['h.jsonl', 'a trace; `systole trace print`'], ['h.bin', 'a trace; `systole trace print`'], ['ours/cases/hello/retire.hex', 'a trace; `systole trace print`'], ['ours/manifest.json', 'the manifest of a bundle; `systole bundle replay`'],
    ['ours.tar', 'an archive; `systole bundle replay`'], ['played/results.json', 'the results of a campaign; `systole report`'], ['played/times.json', 'the times of a campaign; '], ['covered.json', 'counters of coverage; `systole coverage`'],
    ['shown.json', 'a profile; --profile takes it'], [join(root, 'golden', 'regressions', 'negated-p0.json'), 'a case of a campaign; `systole replay`'], ['any.json', 'JSON; a program is assembly text'], ['ours', 'a bundle; `systole bundle replay`'], ['played', 'a campaign; `systole report`'],
  ] as const)
    for (const command of ['run', 'explain', 'assemble']) {
      const { code, out, err } = await systole(`${command} ${name}`);
      expect([name, code, out, err.split('\n').length]).toEqual([name, 3, '', 2]);
      expect(err.startsWith(`${name}: error: not a program but ${what}`), err).toBe(true);
    }
});

test('a second program is refused, and so is a word that was meant for a bare --sanitize', async () => {
  const [two, behind, before] = await Promise.all(['run hello.s bad.s', 'run hello.s --sanitize foo', 'run --sanitize foo hello.s'].map((words) => systole(words)));
  const says = (paths: string, more = ''): string => `systole: error: run takes one program; found ${paths}${more}\n(npx systole run --help)\n`, kinds = '; the kinds for --sanitize follow an equals sign, as in --sanitize=race';
  expect([two!, behind!, before!].map(({ code, out, err }) => [code, out, err])).toEqual([[3, '', says("'hello.s' and 'bad.s'")], [3, '', says("'hello.s' and 'foo'", kinds)], [3, '', says("'foo' and 'hello.s'", kinds)]]);
});

test('all mistakes are told at once, as file:line:col, with what was meant', async () => {
  const [text, options] = await Promise.all([
    systole('run bad.s'),
    systole(
      'run bad.s --profile systole-61 --load spn:0=x --dump dram:0:8:s23=- --dump acc:0=y --device engin --schedule rnd:1 ' +
        '--args 1,x --max-instructions 0 --watchdog -1',
    ),
  ]);
  expect([text.code, text.err]).toEqual([
    3,
    "bad.s:1:5: error: 'lod' is not an instruction; did you mean 'load'?\nbad.s:2:10: error: halt: 'x' is not defined\n",
  ]);
  expect(options.code).toBe(3);
  for (const part of [
    "did you mean 'spm'?",
    "did you mean 's32'?",
    'write SPACE:ADDR:DIMS:DTYPE=FILE',
    "did you mean 'engine'?",
    "'rnd:1' is not a schedule",
    "--args: error: 'x'",
    "--max-instructions: error: '0'",
    "--watchdog: error: '-1'",
    "did you mean 'systole-16'?",
    'bad.s:1:5',
  ])
    expect(options.err).toContain(part);
});

test('misspelt commands and options give 3 and a guess', async () => {
  const all = await Promise.all(
    [
      'rnu hello.s',
      'run hello.s --proflie x',
      'run',
      'trace prnit x',
      'profile',
      'emit manul',
      'completion bsh',
      'assemble hello.s --format hx',
      'nosuch --help',
      'help trce',
      'trace fliter --help',
    ].map((words) => systole(words)),
  );
  expect(all.map(({ code }) => code)).toEqual(all.map(() => 3));
  expect(all.map(({ err }) => /[Dd]id you mean '?([\w-]+)/.exec(err)?.[1])).toEqual([
    'run',
    '--profile',
    undefined,
    'print',
    undefined,
    'manual',
    'bash',
    'hex',
    undefined,
    'trace',
    'filter',
  ]);
});

test('with --json every mistake is one JSON document on stdout, of the words of the command line too', async () => {
  for (const words of ['run hello.s --proflie x', 'rnu hello.s', 'run', 'run hello.s bad.s', 'trace prnit x', 'fuzz --count', 'run hello.s --device a --device b', 'nosuch', 'replay none.json']) {
    const { code, out, err } = await systole(`${words} --json`), told = JSON.parse(out) as { exit_code: number; diagnostics: { message: string }[] };
    expect([words, code, told.exit_code, told.diagnostics.length]).toEqual([words, 3, 3, 1]);
    expect(err, words).toContain(told.diagnostics[0]!.message);
  }
});

test('what profile show prints as JSON is a profile; its hash has to be that of what it says', async () => {
  for (const name of ['systole-16', 'nvidia-hopper', 'systole-int8']) {
    const { out } = await systole(`profile show ${name} --json`), { hash } = JSON.parse(out) as { hash: string };
    writeFileSync(file('shown.json'), out);
    const again = await systole('profile show shown.json --json');
    expect([again.code, again.out], name).toEqual([0, out]);
    writeFileSync(file('other.json'), out.replace(hash, hash.replaceAll(hash[0]!, hash[0] === '0' ? '1' : '0')));
    expect(await systole('profile check other.json')).toMatchObject({ code: 3, err: expect.stringMatching(new RegExp(`^other\\.json:2:11: error: hash: .* is that of another profile, this one has ${hash.slice(0, 16)}…; leave it out where a number is changed\n$`)) });
  }
});

test('a kind for one machine is refused for another one, with what would do', async () => {
  for (const kind of ['smoke', 'full', 'directed'])
    expect(await systole(`bundle make --kind gemm,${kind} --profile nvidia-volta -o none`)).toMatchObject({
      code: 3, err: `--kind: error: '${kind}' is for systole-int8, not for nvidia-volta; --profile systole-int8, or kinds for any machine: gemm, conv, matrix, vector, dma, sync, numerics\n`,
    });
});

test('an option that makes sense only with another one is told so in the same words everywhere', async () => {
  for (const [words, says] of [['probe --emit c --check w.txt', '--check: error: cannot be combined with --emit'], ['run hello.s --graph g.dot', '--graph: error: requires --sanitize'], ['run hello.s --sarif s.sarif', '--sarif: error: requires --sanitize, whose findings it holds'], ['vectors check . --emit cases', '--emit: error: requires --case NAME'], ['coverage hello.s --seed 2', '--seed: error: requires --fill'], ['wave hello.s --strict', '--strict: error: requires --diff']] as const)
    expect([words, await systole(words)]).toMatchObject([words, { code: 3, err: `${says}\n` }]);
  const [devices, help] = [(await systole('run hello.s --device nothing')).err, (await systole('bundle replay --help')).out.replace(/\s+/g, ' ')];
  for (const name of /the devices are (.*)/.exec(devices)![1]!.split(', ')) expect(help).toContain(` ${name}`);
  expect([(await systole('explain hello.s --pc 6:9')).err, (await systole('compare-profiles hello.s --profiles systole-16,systole-128')).out]).toEqual([expect.stringMatching(/^--pc: error: pc 6 retired 1 time, not 9; /), expect.stringMatching(/^outputs {7}1 tensor, 8 elements; /m)]);
});

test('a command that is shown to go on with can be pasted, whatever the file is called', async () => {
  writeFileSync(file("-it's.s"), readFileSync(file('hello.s')));
  const made = await within(folder, ['assemble', "./-it's.s"]), bundled = await within(folder, ['bundle', 'make', 'hello.s', '--output', './-q']), campaign = await within(folder, ['slurm', 'init', './-k']);
  const shown = [made.err, bundled.out, campaign.out].map((text) => text.trimEnd().split('\n').at(-1)!);
  expect(shown).toEqual(["npx systole run './-it'\\''s.hex' --load 'dram:0x0=-it'\\''s.dram-0x0.hex'", 'npx systole bundle check ./-q', 'npx systole slurm submit FOLDER --shards N --templates ./-k -- OPTIONS OF FUZZ']);
  for (const line of shown.slice(0, 2)) expect([line, inShell(line.replace('npx systole', built)).code]).toEqual([line, 0]);
});

test('kinds that come to the same cases are refused, with what holds them twice', async () => {
  for (const [kinds, says] of [['gemm,conv,gemm', "'gemm' is given twice"], ['smoke,gemm', "'smoke' and 'gemm' both have cases of kind gemm; name one of them"], ['full,conv,smoke', "'full' and 'conv' both have cases of kind conv; name one of them"]] as const)
    expect([kinds, await systole(`bundle make --kind ${kinds} --profile systole-int8 -o none`)]).toMatchObject([kinds, { code: 3, err: `--kind: error: ${says}\n` }]);
});

test('a file of a probe that printed nothing is told as that', async () => {
  writeFileSync(file('nothing.txt'), '\n');
  expect((await systole('probe --check nothing.txt')).err).toMatch(/^nothing\.txt:1:1: error: the file is empty; did the probe run\? allowed: /);
});

test('a device that is none is told of the option that names it', async () => {
  const { err } = await systole('replay none.json --device engin --against specificatoin');
  expect(err.split('\n').map((line) => line.split(': error: ')[0])).toEqual(['--device', '--against', 'none.json', '']);
  for (const line of err.split('\n').slice(0, 2)) expect(line).toContain('systolic, native');
});

test('an option given twice, an ending that names no format and another shape are refused', async () => {
  await systole('run hello.s -q --dump dram:0x40:2x4:s32=shape.npy');
  const all = await Promise.all(
    ['--trace a.jsonl --trace b.jsonl', '--trace a.txt', '--trace - --json', '--trace - --dump dram:0x40:8:s32=-', '--expect dram:0x40:4x2:s32=shape.npy'].map((words) =>
      systole(`run hello.s ${words}`),
    ),
  );
  expect(all.map(({ code }) => code)).toEqual([3, 3, 3, 3, 3]);
  for (const { err } of all) isClear(err);
  expect((await systole('run hello.s -q --expect dram:0x40:8:s32=shape.npy')).code).toBe(0);
});

test('profile files are checked with every mistake at its place', async () => {
  const good = await systole('profile show systole-16 --json'),
    text = JSON.stringify(JSON.parse(good.out), (key, value: unknown) => (key === 'hash' ? undefined : value), 1);
  writeFileSync(file('good.json'), text);
  writeFileSync(file('bad.json'), text.replace('"spmBytes"', '"smpBytes"').replace(/("dramBytes": \{\s*"value": )\d+/, '$1-5'));
  writeFileSync(file('cut.json'), text.slice(0, 500));
  const [checked, bad, cut, missing, ran] = await Promise.all([
    systole('profile check good.json'),
    systole('profile check bad.json'),
    systole('profile check cut.json'),
    systole('profile check none.json'),
    systole('run hello.s --profile bad.json'),
  ]);
  expect([checked.code, checked.out]).toMatchObject([0, expect.stringMatching(/good\.json: good: systole-16, exact, hash [\da-f]{64}/)]);
  expect([bad.code, cut.code, missing.code, ran.code]).toEqual([3, 3, 3, 3]);
  expect(bad.err).toMatch(/bad\.json:\d+:\d+: error: .*-5/);
  expect(bad.err).toMatch(/bad\.json:\d+:\d+: error: .*smpBytes.*did you mean 'spmBytes'/);
  for (const { err } of [bad, cut, missing, ran]) isClear(err);
  const list = await systole('profile list --json');
  expect((JSON.parse(list.out) as { name: string }[]).map(({ name }) => name)).toContain('systole-128');
});

test('memory files that are empty, too long, too short or malformed are refused with 3', async () => {
  writeFileSync(file('empty.bin'), '');
  writeFileSync(file('three.bin'), '123');
  writeFileSync(file('nine.hex'), '00 11 22 33 44 55 66 77 88');
  writeFileSync(file('bad.hex'), '00 1g\n22 zz\nhello');
  const { code, err } = await systole(
    'run hello.s --load dram:0=empty.bin --load spm:0x3fffe=three.bin --load dram:0:2x2:s32=nine.hex --load dram:0:8:s8=three.bin ' +
      '--load dram:0=bad.hex --load dram:0x99999999999=three.bin --expect acc:0=none.npy',
  );
  expect(code).toBe(3);
  isClear(err);
  expect(
    err
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(': error: ')[0]),
  ).toEqual(['empty.bin', 'three.bin', 'nine.hex', 'three.bin', 'bad.hex:1:4', 'bad.hex:3:1', '--load', 'none.npy']);
  expect(err).toMatch(/three\.bin: error: 3 bytes, too short: 8 of s8 has 8/);
  expect(err).toMatch(/nine\.hex: error: 9 bytes, too short: 2x2 of s32 has 16/);
});

test('an output that cannot be written gives 3 before the run, and an old file stays whole', async () => {
  mkdirSync(file('sub'));
  writeFileSync(file('old.bin'), 'old');
  const all = await Promise.all([
    systole('run endless.s --dump dram:0:8:s32=no/such/x.bin'),
    systole('run endless.s --trace sub'),
    systole('run endless.s --trace old.bin --dump dram:0:8:s32=old.bin'),
    systole('run hello.s --quiet --dump dram:0:8:s32=/dev/full'),
    systole('assemble hello.s -o no/such/x.hex'),
  ]);
  expect(all.map(({ code }) => code)).toEqual([3, 3, 3, 3, 3]);
  for (const { err } of all) isClear(err);
  expect([readFileSync(file('old.bin'), 'utf8'), leftovers()]).toEqual(['old', []]);
});

test('an output that is a link is written where the link leads', async () => {
  writeFileSync(file('sub.bin'), 'old');
  symlinkSync('sub.bin', file('link.bin'));
  await systole('run hello.s --quiet --dump dram:0x40:1:s32=link.bin');
  expect([...readFileSync(file('sub.bin'))]).toEqual([11, 0, 0, 0]);
});

test('a defect of ours is called one, with its stack only when asked for', async () => {
  // A preloaded script breaks the runtime under the command line.
  writeFileSync(file('break.cjs'), 'TextDecoder.prototype.decode = () => { throw new Error("broken on purpose"); };');
  const env = { NODE_OPTIONS: `--require ${file('break.cjs')}` };
  const [plain, debug] = await Promise.all([
    systole('run hello.s', { env }),
    systole('run hello.s', { env: { ...env, SYSTOLE_DEBUG: '1' } }),
  ]);
  expect([plain.code, debug.code]).toEqual([3, 3]);
  expect(plain.err).toMatch(/^systole: this is a bug in systole: broken on purpose\n/);
  expect(plain.err).not.toMatch(/\n {4}at /);
  expect(debug.err).toMatch(/\n {4}at /);
});

test('Ctrl-C ends a single instruction of 2^31 elements within a moment; a text that unfolds to 10^10 lines ends by itself', async () => {
  writeFileSync(file('huge.s'), HUGE);
  const ends = [
    { words: 'run huge.s --dump dram:0:8:s8=huge.out', interrupt: 'SIGINT', code: 130, when: whileWriting(200) },
    { words: 'run huge.s --device engine-scalar --schedule random:1 -t h.bin', interrupt: 'SIGINT', code: 130, when: whileWriting(200) },
    { words: 'run huge.s', interrupt: 'SIGTERM', code: 143, when: after(500) },
  ] as const;
  for (const { words, interrupt, code, when } of ends) {
    const ended = await systole(words, { interrupt, interruptWhen: when() });
    expect([words, ended.code]).toEqual([words, code]);
    // 0.2 s are promised on a machine that does nothing else.
    expect(ended.milliseconds).toBeLessThan(1000);
  }
  writeFileSync(file('many.s'), '.repeat 100000\n.repeat 100000\n    nop\n.end\n.end\n');
  expect(await systole('run many.s')).toMatchObject({ code: 3, err: expect.stringContaining('lines') });
  expect(leftovers()).toEqual([]);
});

test('what is nested without end, and names that lead to names, are told in one short line', async () => {
  const many = 100_000;
  writeFileSync(file('deep.s'), `${'.repeat 1\n'.repeat(many)}nop\n${'.end\n'.repeat(many)}`);
  const names = Array.from({ length: 9 }, (_, i) => `.equ A${i}, A${i + 1}\n`).join('');
  writeFileSync(file('chain.s'), `${names}.equ A9, nowhere\n    halt A0\n`);
  const [deep, chain] = await Promise.all([systole('run deep.s'), systole('run chain.s')]);
  expect([deep.code, deep.err]).toEqual([3, 'deep.s:65:1: error: macros and repetitions more than 64 deep\n']);
  expect([chain.code, chain.err.split('\n')[0]]).toEqual([3, "chain.s:1:10: error: in 'A1': in 'A2': in 'A3': 'nowhere' is not defined"]);
});

test('a pipe that nobody writes is waited for until Ctrl-C, and read when somebody does', async () => {
  execFileSync('mkfifo', [file('pipe'), file('filled'), file('unread')]);
  const [waited, terminated, unread, filled] = await Promise.all([
    systole('run pipe', { interruptWhen: after(STARTED)() }),
    systole('run hello.s --load dram:0=pipe', { interrupt: 'SIGTERM', interruptWhen: after(500)() }),
    systole('run hello.s --dump dram:0:1:s32=unread'),
    systole('run filled --quiet'),
    promisify(execFile)('sh', ['-c', `cat ${file('hello.s')} > ${file('filled')}`], { timeout: 5000 }),
  ]);
  expect([waited.code, waited.err, terminated.code, filled.code, filled.err]).toEqual([130, 'systole: interrupted\n', 143, 0, '']);
  expect(Math.max(waited.milliseconds, terminated.milliseconds)).toBeLessThan(1000);
  expect([unread.code, unread.err]).toEqual([3, 'unread: error: cannot be written: nothing is at its other end\n']);
});

test('what a program names is a regular file of a bounded size, and why not is told at its place', async () => {
  mkdirSync(file('part'));
  symlinkSync('round', file('round'));
  symlinkSync('/dev/zero', file('zero'));
  writeFileSync(file('vast'), '');
  truncateSync(file('vast'), 2 ** 30);
  writeFileSync(
    file('names.s'),
    '.include "zero"\n.file dram 0 "zero"\n.file dram 0 "vast"\n.file dram 0 "part"\n.include "round"\n.include "hell.s"\n',
  );
  const { code, err, milliseconds } = await systole('run names.s');
  expect([code, err.trim().split('\n')]).toEqual([
    3,
    [
      'names.s:1:10: error: zero is a pipe or a device; a file is needed',
      'names.s:2:14: error: zero is a pipe or a device; a file is needed',
      'names.s:3:14: error: vast 1 GiB, too long for what a program names; allowed: 256 MiB',
      'names.s:4:14: error: part is a folder; a file is needed',
      'names.s:5:10: error: round cannot be read: its links form a loop',
      "names.s:6:10: error: hell.s does not exist; did you mean 'hello.s'?",
    ],
  ]);
  expect(milliseconds).toBeLessThan(3000);
});

test('a trace that stands there but cannot be read is told as the file that it is, and is no defect of ours', async () => {
  // A regular file to whoever asks, of which no byte can be read, not even by root.
  for (const words of ['trace print /proc/self/mem', 'trace filter /proc/self/mem -o some.jsonl', 'trace chrome /proc/self/mem -o some.json', 'compare /proc/self/mem some.jsonl']) {
    const { code, err } = await systole(words);
    expect([words, code, err]).toEqual([words, 3, '/proc/self/mem: error: cannot be read: the device fails\n']);
  }
  expect(leftovers()).toEqual([]);
});

test('JSON over several lines is told as no trace, and a trace that is cut off in its first line as cut off', async () => {
  writeFileSync(file('lines.json'), '{\n  "a": 1\n}\n');
  writeFileSync(file('first.jsonl'), '{"format":"systole-trace","version":1,"prof\n');
  for (const words of ['trace print lines.json', 'trace filter lines.json -o some.jsonl', 'compare lines.json lines.json'])
    expect([words, await systole(words)]).toMatchObject([words, { code: 3, out: '', err: 'lines.json:1:1: error: not a trace: its first line is not {"format":"systole-trace","version":1, …}\n' }]);
  expect((await systole('trace print first.jsonl')).err).toBe('first.jsonl:1:1: error: not JSON; is the file truncated?\n');
});

test('a folder for temporary files that is not there, or is full, is told as such, and is no defect of ours', async () => {
  const simulated = "fuzz --count 1 --against trace --command 'true {case} {trace}'";
  const gone = inShell(`TMPDIR="$PWD/none" ${built} ${simulated}`), full = inShell(`mkdir small; ulimit -f 0; TMPDIR="$PWD/small" ${built} ${simulated}`);
  expect([gone.code, gone.err]).toEqual([3, `${file('none/systole-outside-XXXXXX')}: error: cannot be written: the folder ${file('none')} does not exist\n`]);
  expect([full.code, full.err]).toEqual([3, expect.stringMatching(/^\S*small\/systole-outside-\w{6}\/profile\.bin: error: cannot be written: it is too large\n$/)]);
  expect(readdirSync(file('small'))).toEqual([]);
});

test('links that go in a circle, a name that is empty and a working folder that is gone are told as such', async () => {
  symlinkSync('ring', file('ring'));
  const [program, vectors, unnamed] = await Promise.all([systole('run ring'), systole('vectors check ring'), systole('run ')]);
  expect([program.code, program.err]).toEqual([3, 'ring: error: cannot be read: its links form a loop\n']);
  expect([vectors.code, vectors.err]).toEqual([3, 'ring: error: cannot be read: its links form a loop\n']);
  expect([unnamed.code, unnamed.err]).toEqual([3, "'': error: does not exist\n"]);
  const inGone = (words: string): ReturnType<typeof inShell> => inShell(`mkdir gone && cd gone && rmdir ../gone && ${built} ${words}`), gone = inGone('run x.s'), doctor = inGone('doctor');
  expect([gone.code, gone.err]).toEqual([3, '.: error: the working folder does not exist any more\n']);
  // A thread that has to ask for the folder would end the process, with words of Node.
  expect([doctor.code, doctor.out, doctor.err]).toEqual([3, expect.stringMatching(/engine-threads: ENOENT[\s\S]*specification: halted/), '']);
});

test('where the address space is limited the command runs again with smaller reservations, and says so once', () => {
  const enough = inShell(`ulimit -v 8000000; ${built} run hello.s --json`),
    piped = inShell(`ulimit -v 8000000; cat hello.s | ${built} run - --quiet`),
    trapped = inShell(`ulimit -v 8000000; ${built} run trap.s --quiet`),
    // Room for the machine's memory, and for none beside it.
    looked = inShell(`ulimit -v 16000000; ${built} run hello.s --sanitize --quiet`),
    little = inShell(`ulimit -v 770000; ${built} run hello.s`);
  const said = 'systole: the address space is limited (ulimit -v); running again with node --disable-wasm-trap-handler\n';
  expect([enough.code, (JSON.parse(enough.out) as { exit_code: number }).exit_code, enough.err.startsWith(said)]).toEqual([0, 0, true]);
  expect(enough.err.split('running again')).toHaveLength(2);
  expect([piped.code, trapped.code, looked.code, little.code]).toEqual([0, 4, 0, 3]);
  expect(little.err.slice(said.length)).toMatch(/^systole-16: error: .*memory.*\n$/);
});

test('a comparison with nothing, a folder without vectors and a schedule without bytes do not pass', async () => {
  writeFileSync(file('only-end.ihex'), ':00000001FF\n');
  writeFileSync(file('open.hex'), 'xx xx\n');
  mkdirSync(file('nothing'));
  writeFileSync(file('nothing/readme.txt'), 'none');
  const all = await Promise.all(
    [
      'run hello.s --expect dram:0=only-end.ihex',
      'run hello.s --load dram:0:8:s8=only-end.ihex',
      'run hello.s --expect dram:0=open.hex',
      'vectors check nothing',
      'vectors check nothing --json',
      'run hello.s --schedule bytes',
      'run hello.s --schedule bytes:',
    ].map((words) => systole(words)),
  );
  expect(all.map(({ code }) => code)).toEqual(all.map(() => 3));
  for (const { err } of all) isClear(err);
  expect(all[0]!.err).toBe('only-end.ihex: error: the file holds not a single byte of data\n');
});

test('vectors of which nothing was replayed do not pass: exit code 1, and the first reason', async () => {
  mkdirSync(file('unknown/things'), { recursive: true });
  mkdirSync(file('unknown/models'));
  writeFileSync(file('unknown/things/a.txt'), 'none');
  writeFileSync(file('unknown/models/x.tflite'), 'none');
  for (const words of ['vectors check unknown', 'vectors check unknown --json', 'vectors check unknown --quiet']) {
    const { code, err } = await systole(words);
    expect([words, code]).toEqual([words, 1]);
    expect(err, words).toMatch(/^systole: nothing below unknown was replayed; the first that was skipped is models: ./m);
  }
});

test('traces without a record of the units that are compared, and memory without a byte of what a case writes, do not pass: exit code 1', async () => {
  await systole('run hello.s --quiet --trace same.jsonl');
  await systole('bundle make hello.s -o wrote --quiet');
  writeFileSync(file('nothing.bin'), '');
  const trace = 'compare same.jsonl same.jsonl --unit mxu', memory = 'classify wrote --actual dram=nothing.bin', says = 'nothing was compared: neither trace has a record of mxu';
  for (const words of [trace, `${trace} --mode strict`, `${trace} --mode final`]) expect([words, await systole(words)]).toMatchObject([words, { code: 1, out: '', err: `systole: ${says}\n` }]);
  expect(await systole(memory)).toMatchObject({ code: 1, out: '', err: 'systole: nothing was compared in hello: the files hold none of the bytes that it writes\n' });
  const [compared, classified] = [await systole(`${trace} --json`), await systole(`${memory} --json`)];
  expect([compared.code, JSON.parse(compared.out)]).toMatchObject([1, { equal: false, records: 0, says }]);
  expect([classified.code, JSON.parse(classified.out)]).toMatchObject([1, { wrong_bytes: 0, uncompared: ['hello'] }]);
});

test.skipIf(process.platform !== 'linux')('a folder that cannot be made is told as such', async () => {
  for (const words of ['emit all -o /proc/x', 'run hello.s --dump dram:0:8:s8=/proc/x'])
    expect(await systole(words)).toMatchObject({ code: 3, err: expect.stringContaining('/proc/x: error: cannot be written: the file system takes no new files') });
});

test('no output replaces a file that the command reads', async () => {
  writeFileSync(file('part.inc'), '    halt 7\n');
  writeFileSync(file('whole.s'), '.include "part.inc"\n');
  writeFileSync(file('eight.bin'), '12345678');
  linkSync(file('whole.s'), file('other.s'));
  await systole('run whole.s --trace whole.jsonl --quiet');
  linkSync(file('whole.jsonl'), file('same.json'));
  await systole('fuzz --count 2 --output campaign --quiet');
  const { out: shown } = await systole('profile show systole-16 --json');
  writeFileSync(file('own.json'), JSON.stringify({ ...(JSON.parse(shown) as object), hash: undefined }));
  const all = await Promise.all(
    [
      'run whole.s --dump dram:0:8:s8=whole.s',
      'run whole.s --dump dram:0:8:s8=other.s',
      'run whole.s --dump dram:0:8:s8=./part.inc',
      'run whole.s --load dram:0=eight.bin --dump dram:0:8:s8=eight.bin',
      'run whole.s --expect dram:0=eight.bin --dump dram:0:8:s8=eight.bin',
      'assemble whole.s --format hex -o whole.s',
      'trace filter whole.jsonl -o whole.jsonl',
      'trace chrome whole.jsonl -o same.json',
      'coverage whole.jsonl --format json -o whole.jsonl',
      'report campaign --chrome campaign/times.json',
      'merge campaign --output campaign',
      'fuzz --count 1 --profile own.json --chrome own.json',
    ].map((words) => systole(words)),
  );
  expect(all.map(({ code, err }) => [code, err.split(': error: ')[1]])).toEqual(
    all.map(() => [3, 'is read by this command and would be overwritten\n']),
  );
  expect([readFileSync(file('eight.bin'), 'utf8'), readFileSync(file('part.inc'), 'utf8')]).toEqual(['12345678', '    halt 7\n']);
});

test('a profile that is not UTF-8 is refused at its byte', async () => {
  const { out } = await systole('profile show systole-16 --json'),
    text = JSON.stringify(JSON.parse(out), (key, value: unknown) => (key === 'hash' ? undefined : value)),
    [before = '', behind = ''] = text.split(/(?<="says":")/);
  writeFileSync(file('latin.json'), Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(behind)]));
  const { code, err } = await systole('profile check latin.json');
  expect([code, err]).toEqual([3, `latin.json: error: byte 0xff at offset ${Buffer.byteLength(before)} is not UTF-8, which JSON is\n`]);
});

/** A loop over one legal instruction that takes seconds. */
const HUGE = `x = spm s8 [16777215, 127] at 0 stride [0, 0]  y = spm s32 [1] at 0x100  z = spm s8 [1] at 0
    fill z, 1
L:  reduce.sum y, x, r 2
    jump L
`;
/** Milliseconds after which the command line hears signals, also where other tests run beside it. */
const STARTED = 2000;
/** Holds so many milliseconds after the start, or after a file was opened for writing. */
const after =
  (milliseconds: number, isBegun = () => true) =>
  (): (() => boolean) => {
    let begun: number | undefined;
    return () => {
      if (isBegun()) begun ??= performance.now();
      return begun !== undefined && performance.now() - begun > milliseconds;
    };
  };
const whileWriting = (milliseconds: number): (() => () => boolean) => after(milliseconds, () => leftovers().length > 0);
