//! cli.test: laws of the command line: exit codes, streams, formats that agree, reports in words, interrupts.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readNpy } from '../model/files/npy.ts';
import { trapNames } from '../model/limits.ts';
import { built, file, inShell, leftovers, programs, root, SUM, setUp, started, systole, tearDown } from './command-line.ts';

beforeAll(setUp);
afterAll(tearDown);

test('a terminal sees colours, unless it is asked for none or has none, and a program or a campaign that goes on for seconds has a line of progress', async () => {
  writeFileSync(file('terminal.cjs'), `const { hasColors, getColorDepth } = require("node:tty").WriteStream.prototype;
    require("node:fs").fstatSync = () => ({ isCharacterDevice: () => true }); for (const stream of [process.stdout, process.stderr]) Object.assign(stream, { isTTY: true, columns: 80, hasColors, getColorDepth, cursorTo() {}, clearLine() {} });`);
  const onTerminal = built.replace(' ', ` -r '${file('terminal.cjs')}' `), none = 'TERM=xterm NO_COLOR=1', dumb = 'TERM=dumb';
  const under = (set: string, words: string): Promise<ReturnType<typeof inShell>> => new Promise((resolve) => {
    execFile('sh', ['-c', `unset CI FORCE_COLOR NO_COLOR; ${set} ${onTerminal} ${words}`], { cwd: file('.') }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
  for (const [words, code, colour, progress, ...plain] of [
    ['run hello.s', 0, '\u001b[32mhalted\u001b[39m', '', none, dumb], ['run endless.s --max-instructions 1000000000', 4, '\u001b[31msystole:', 'of 1000000000 instructions', dumb], ['fuzz --minutes 0.034 --against engine', 0, '\u001b[32mno divergence', '% covered, ', none],
  ] as const) {
    // What goes on for seconds does so beside each other.
    const [seen, ...others] = await Promise.all(['TERM=xterm', ...plain].map((set) => under(set, words)));
    expect([words, seen!.code]).toEqual([words, code]);
    expect(seen!.out + seen!.err).toContain(colour);
    expect(seen!.err).toContain(progress);
    for (const [i, { code: ended, out, err }] of others.entries())
      expect([words, plain[i], ended, (out + err).includes('\u001b'), progress !== '' && err.includes(progress)]).toEqual([words, plain[i], code, false, false]);
  }
});

test('a program that halts gives 0, its results on stdout and nothing else there', async () => {
  const devices = ['engine', 'engine-scalar', 'engine-slow', 'engine-threads', 'specification'], all = await Promise.all(
    devices.map((device) => started(`run hello.s --device ${device} --dump dram:0x40:8:s32=-`)),
  );
  for (const [i, { code, out, err }] of all.entries()) {
    expect([code, out.split('\n')[0]]).toEqual([0, SUM]);
    expect(out).toMatch(/status +halted\nvalue +7\ninstructions +10\nmacs +0\nbytes moved +dram 96 {2}spm 192 {2}acc 0\n/);
    expect(out).not.toContain('\u001b');
    expect(err.replace(/\d+\.\d\d s/, 'TIME')).toBe(`10 instructions in TIME on ${devices[i]}, profile systole-16\n`);
  }
});

test('--json gives one JSON value with everything, --quiet nothing, and plusargs are accepted', async () => {
  const [json, quiet] = await Promise.all([
    systole('run hello.s --json --schedule random:7 --dump dram:0x40:2x4:s32=- +trace=1'),
    systole('run hello.s --quiet +x'),
  ]);
  const report = JSON.parse(json.out) as Record<string, unknown>;
  expect(report).toMatchObject({
    format: 'systole-run/1',
    status: 'halted',
    exit_code: 0,
    value: 7,
    instructions: 10,
    macs: 0,
    bytes: { dram: 96, spm: 192, acc: 0 },
    device: 'engine',
    schedule: 'random:7',
    dump: [{ place: 'dram:0x40', dims: [2, 4], dtype: 's32', unknown_bytes: 0, rows: ['11 22 33 44', '55 66 77 88'] }],
  });
  expect([quiet.code, quiet.out, quiet.err]).toEqual([0, '', '']);
});

test('a program comes from stdin, as assembly, image, words or Intel HEX, and gives the same', async () => {
  for (const format of ['hex', 'bin', 'ihex']) {
    const made = await systole(`assemble hello.s -o made.${format}`);
    expect([made.code, made.out]).toEqual([0, '']);
    expect(made.err).toContain(`systole run made.${format} --load dram:0x0=made.dram-0x0.hex`);
    const ran = await systole(`run - --load dram:0x0=made.dram-0x0.hex --dump dram:0x40:8:s32=- --json`, {
      input: readFileSync(file(`made.${format}`)),
    });
    expect(JSON.parse(ran.out)).toMatchObject({ value: 7, dump: [{ rows: [SUM] }] });
  }
  const text = await systole('run - --dump dram:0x40:8:s32=-', { input: programs['hello.s'] });
  expect(text.out.split('\n')[0]).toBe(SUM);
});

test('a case comes from stdin as from its file', async () => {
  const path = join(root, 'golden', 'regressions', 'negated-p0.json'), named = await systole(`replay ${path}`), piped = await systole('replay -', { input: readFileSync(path) });
  expect([named.code, piped.code, piped.out]).toEqual([0, 0, named.out.replace(path, '<stdin>')]);
  expect(await systole('replay -', { input: '' })).toMatchObject({ code: 3, err: expect.stringMatching(/^<stdin>:1:1: error: /) });
});

test('disassembled text assembles to the same image', async () => {
  await systole('assemble hello.s -o same.bin');
  const text = await systole('disassemble same.bin');
  const again = await systole('assemble - --format bin -o -', { input: text.out });
  expect(again.code).toBe(0);
  expect(Buffer.from(again.out, 'latin1').equals(readFileSync(file('same.bin')))).toBe(true);
});

test('memory dumped to any form is equal when expected again; one bit that differs gives 1 with coordinates, bits and distance', async () => {
  const forms = ['o.npy', 'o.hex', 'o.ihex', 'o.bin'];
  await systole(`run hello.s ${forms.map((name) => `--dump dram:0x40:2x4:s32=${name}`).join(' ')}`);
  expect(readNpy(readFileSync(file('o.npy')), 'o.npy').shape).toEqual([2, 4]);
  const equal = await systole(
    `run hello.s ${forms.map((name) => `--expect dram:0x40:2x4:s32=${name} --expect dram:0x40=${name}`).join(' ')}`,
  );
  expect([equal.code, equal.out.match(/equal/g)?.length]).toEqual([0, 8]);
  const bytes = readFileSync(file('o.bin'));
  bytes[25]! ^= 1;
  writeFileSync(file('wrong.bin'), bytes);
  const [wrong, json] = await Promise.all([
    systole('run hello.s --expect dram:0x40:2x4:s32=wrong.bin'),
    systole('run hello.s --expect dram:0x40:2x4:s32=wrong.bin --json'),
  ]);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain(
    'mismatch: dram:0x40 2x4 s32 [1, 2]: expected 0x0000014d (333), found 0x0000004d (77), distance 256; 1 of 8 elements differ',
  );
  expect([json.code, JSON.parse(json.out)]).toMatchObject([
    1,
    { exit_code: 1, expect: [{ mismatches: 1, first: { index: [1, 2], expected: '0x0000014d', found: '0x0000004d', distance: '256' } }] },
  ]);
});

test('UNKNOWN bytes are x in words, compared with nothing when they are expected so, and told on stderr', async () => {
  const [ran, failing] = await Promise.all(
    ['', ' --fail-on-unknown'].map((option) => systole(`run hello.s --dump spm:0x3c:2:s32=-${option}`)),
  );
  expect([ran!.code, failing!.code]).toEqual([0, 1]);
  expect(ran!.err).toMatch(/warning: .*spm:0x3c 2 s32: 4 of 8 bytes are UNKNOWN/);
  expect(ran!.out.split('\n')[0]).toBe('80 -');
  await systole('run hello.s --dump spm:0x3c:2:s32=x.hex');
  expect(readFileSync(file('x.hex'), 'latin1').split('\n')[1]).toBe('00000050 xxxxxxxx');
  expect((await systole('run hello.s --expect spm:0x3c=x.hex')).code).toBe(0);
});

test('a trap gives 4, and its name, place, operand, byte and rule in words; all devices tell the same', async () => {
  const all = await Promise.all(['engine', 'specification'].map((device) => systole(`run trap.s --device ${device}`)));
  for (const { code, out, err } of all) {
    expect(code).toBe(4);
    expect(out).toMatch(/status +trapped/);
    expect(err).toMatch(
      /trap bounds-spm \(0x0d\) at pc 1 \(trap\.s:3:5\) `move t1, t1`: the rule is that every byte of d in SPM exists; byte 0x40000; d = t1 \(X\): spm s32 \[8\] at 0x3fff0\n/,
    );
  }
  const { trap } = JSON.parse((await systole('run trap.s --json')).out) as { trap: object };
  expect(trap).toMatchObject({
    code: 13,
    name: trapNames[13],
    pc: 1,
    at: 'trap.s:3:5',
    address: '0x40000',
    operand: 'd = t1 (X): spm s32 [8] at 0x3fff0',
    source: 'move X, X',
  });
});

test('tokens that a program leaves behind are told', async () => {
  const { code, err } = await systole('run - -q', { input: '    post m4, 3\n    halt 0\n' });
  expect([code, err]).toEqual([0, 'warning: tokens are left in m4 (3): posted and never taken\n']);
});

test('a deadlock gives 4 and names the instruction, the semaphore and the next post to it', async () => {
  const { code, err } = await systole('run deadlock.s');
  expect(code).toBe(4);
  expect(err).toMatch(
    /deadlock: dmi waits at pc 2 \(deadlock\.s:2:5\) `load \S+ \S+ wait m3` for a token of m3, which holds 0; the next post to it is pc 3/,
  );
  expect((await systole('run deadlock.s --schedule random:3 --quiet')).code).toBe(0);
});

test('a decision on UNKNOWN data gives 4 and names the operand and the byte', async () => {
  const { code, err } = await systole('run unknown.s');
  expect(code).toBe(4);
  expect(err).toMatch(/UNKNOWN data at pc 1 \(unknown\.s:2:5\) `s1 = ld t0\[3\]`: operand a = t0 \(X\) would read spm:0x10c/);
});

test('an endless program is ended by --max-instructions after exactly so many, and by --watchdog with a trap', async () => {
  const [limited, slow, watched] = await Promise.all([
    systole('run endless.s --max-instructions 123457 --json'),
    systole('run endless.s --max-instructions 777 --json --device specification'),
    systole('run endless.s --watchdog 5000 --json'),
  ]);
  expect([limited.code, JSON.parse(limited.out)]).toMatchObject([4, { status: 'max-instructions', instructions: 123457 }]);
  expect([slow.code, JSON.parse(slow.out)]).toMatchObject([4, { status: 'max-instructions', instructions: 777 }]);
  expect([watched.code, JSON.parse(watched.out)]).toMatchObject([4, { status: 'trapped', trap: { name: 'watchdog' } }]);
});

for (const device of ['engine', 'specification']) {
  // A busy machine may lose one signal in many, seen once: the second try is a second key press.
  test(`Ctrl-C ends an endless run on ${device} within 0.2 s with 130, and leaves neither a trace nor a temporary file`, { retry: 1, timeout: 30_000 }, async () => {
    let writing = 0;
    // The run is well under way when its trace has grown twice.
    const interruptWhen = (): boolean => leftovers().some((name) => readFileSync(file(name)).length > 100_000) && ++writing > 1;
    const { code, err, milliseconds } = await systole(
      `run endless.s --device ${device} --trace ${device}.jsonl --dump dram:0:8:s32=${device}.npy`,
      { interruptWhen },
    );
    expect([code, err]).toEqual([130, 'systole: interrupted\n']);
    expect(milliseconds).toBeLessThan(process.env.CI === 'true' ? 1000 : 400);
    expect([existsSync(file(`${device}.jsonl`)), existsSync(file(`${device}.npy`)), leftovers()]).toEqual([false, false, []]);
  });
}

test('traces are written, printed, filtered and converted without loss', async () => {
  await Promise.all([systole('run hello.s --trace t.jsonl --digests -q'), systole('run hello.s --trace t.bin --digests -q')]);
  const [print, converted] = await Promise.all([systole('trace print t.bin --unit dmi,vpu'), systole('trace filter t.bin -o t2.jsonl')]);
  expect(
    print.out
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ +/).slice(1, 4).join(' ')),
  ).toEqual(['5 dmi load', '6 dmi load', '7 vpu binary.add']);
  expect([converted.code, readFileSync(file('t2.jsonl'), 'utf8')]).toEqual([0, readFileSync(file('t.jsonl'), 'utf8')]);
  const piped = await systole('run hello.s --trace - -q');
  expect((await systole('trace print - --op store --json', { input: piped.out })).out).toMatch(
    /^\{"seq":8.*"text":"store t2, t3 wait m2"\}\n$/,
  );
});

test('the doctor finds equal results on every device, and hashes of both engines', async () => {
  const { code, out } = await started('doctor --json');
  const found = JSON.parse(out) as {
    engines: { sha256: string }[];
    self_test: { equal: boolean; devices: unknown[] };
    tools: { command: string }[];
  };
  expect([code, found.self_test.equal, found.self_test.devices.length, found.engines.length]).toEqual([0, true, 6, 2]);
  expect(found.tools.map(({ command: name }) => name)).toEqual(['verilator', 'iverilog', 'yosys', 'wasm2c', 'gcc']);
});

test('completion offers commands and options in bash', async () => {
  const { out } = await systole('completion bash');
  const ask = 'ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _systole; echo "$' + '{COMPREPLY[*]}"; }';
  const script = `${out}\n${ask}\nask systole ru\nask systole trace ""\nask systole run x.s --sch\n`;
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('run\nprint filter chrome\n--schedule\n');
  for (const shell of ['zsh', 'fish'])
    expect((await systole(`completion ${shell}`)).out).toContain('--max-instructions'.slice(shell === 'fish' ? 2 : 0));
});

test('the example of the library and the code of its page run as they stand', () => {
  const run = (script: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  expect(execFileSync(process.execPath, [join(root, 'examples', 'embed.mjs')], { encoding: 'utf8' })).toBe(
    'halted Int32Array(4) [ 2, 4, 6, 8 ]\n',
  );
  const blocks = [...readFileSync(join(root, 'docs', 'api.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
  expect(blocks.map(run)).toEqual(['halted\n', 'halted halted halted\n']);
});

test('exit codes are the same in the help and on the page', async () => {
  const { out } = await systole('--help'),
    codes = [...out.matchAll(/^ {2}(\d+) +\S/gm)].map((found) => found[1]),
    mismatch = /^ {2}1 +(\S.*)$/m.exec(out)![1]!;
  const page = readFileSync(join(root, 'docs', 'cli.md'), 'utf8'),
    documented = [...page.slice(page.indexOf('## Exit codes')).matchAll(/^\| (\d+) \|/gm)].map((found) => found[1]);
  expect(documented).toEqual(codes);
  expect(page.replaceAll('`', '')).toContain(`| 1 | ${mismatch} |`);
  expect(codes).toEqual(['0', '1', '2', '3', '4', '129', '130', '141', '143']);
});

test('one of a thing is called one, and two are called two', async () => {
  writeFileSync(file('one.s'), '    halt 0\n');
  const all = await Promise.all(['run one.s', 'run hello.s', 'assemble one.s -o one.hex', 'bundle make one.s --output one', 'fuzz --count 1', 'explain one.s --pc 9'].map((words) => systole(words)));
  const told = all.map(({ out, err }) => /\b\d+ (?:instruction|case|program)s?\b/.exec(out + err)?.[0]);
  expect(told).toEqual(['1 instruction', '10 instructions', '1 instruction', '1 case', '1 program', '1 instruction']);
});

test('who gives no command is told what to begin with, and each of it goes well in any folder', async () => {
  const { out } = inShell(built), lines = [...out.matchAll(/^ {2}npx systole (.+)$/gm)].map((found) => found[1]!);
  expect(lines).toContain('run examples/digits');
  expect((await Promise.all(lines.map((words) => systole(words)))).map(({ code }) => code)).toEqual(lines.map(() => 0));
});
