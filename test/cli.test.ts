//! cli.test: laws of the command line: exit codes, streams, files that are whole or absent, one clear message for each mistake, interrupts.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readNpy } from '../model/files/npy.ts';
import { trapNames } from '../model/limits.ts';

const root = join(import.meta.dirname, '..'), folder = mkdtempSync(join(tmpdir(), 'systole-cli-'));
const command = join(root, 'dist', 'systole.cjs');

interface Ended { readonly code: number | null; readonly out: string; readonly err: string; readonly milliseconds: number }
interface Setting { readonly input?: string | Uint8Array; readonly interruptWhen?: () => boolean; readonly env?: Readonly<Record<string, string>> }

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], { stdio: 'ignore' });
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programs = {
  'hello.s': `A = dram s32 [8] at 0x0  B = dram s32 [8] at 0x20  C = dram s32 [8] at 0x40  a = spm s32 [8] at 0x0  b = spm s32 [8] at 0x20
    load a, A
    load b, B              post m1
    binary.add a, a, b     wait m1 post m2
    store C, a             wait m2
    halt 7
.data dram 0x0
.s32 1, 2, 3, 4, 5, 6, 7, 8
.s32 10, 20, 30, 40, 50, 60, 70, 80
`,
  'endless.s': 'L: s1 = s1 + 1\n    jump L\n',
  'trap.s': 'name X = t1\nX = spm s32 [8] at 0x3fff0\n    move X, X\n    halt 0\n',
  'deadlock.s': 'A = dram s32 [8] at 0x0  a = spm s32 [8] at 0x0\n    load a, A    wait m3\n    post m3, 1\n    halt 0\n',
  'unknown.s': 'X = spm s32 [8] at 0x100\n    s1 = ld X[3]\n    halt 0\n',
  'bad.s': '    lod a, b\n    halt x\n',
} as const;
const SUM = '11 22 33 44 55 66 77 88';

/** Runs the built command line in the folder of these tests; `interruptWhen` sends Ctrl-C as soon as it holds. */
function systole(words: string, { input, interruptWhen, env }: Setting = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...words.split(' ')], { cwd: folder, stdio: 'pipe', env: { ...process.env, ...env } });
    let out = '', err = '', sent = performance.now(), timer: NodeJS.Timeout | undefined;
    child.stdout.on('data', (piece: Buffer) => { out += piece.toString('latin1'); });
    child.stderr.on('data', (piece: Buffer) => { err += piece.toString(); });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    if (interruptWhen) timer = setInterval(() => { if (interruptWhen()) { clearInterval(timer); sent = performance.now(); child.kill('SIGINT'); } }, 5);
    child.on('close', (code) => { clearInterval(timer); resolve({ code, out, err, milliseconds: performance.now() - sent }); });
  });
}
const file = (name: string): string => join(folder, name);
/** Names below the folder that the command left behind while it should not. */
const leftovers = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));
/** A message for the user: lines of file and error, no stack. */
function isClear(err: string): void {
  expect(err).toMatch(/error: /);
  expect(err).not.toMatch(/\n {4}at |node:internal|bug in systole/);
}

test('a program that halts gives 0, its results on stdout and nothing else there', async () => {
  const all = await Promise.all(['engine', 'engine-scalar', 'specification'].map((device) => systole(`run hello.s --device ${device} --dump dram:0x40:8:s32=-`)));
  for (const { code, out, err } of all) {
    expect([code, out.split('\n')[0]]).toEqual([0, SUM]);
    expect(out).toMatch(/status +halted\nvalue +7\ninstructions +10\nmacs +0\nbytes moved +dram 96 {2}spm 192 {2}acc 0\n/);
    expect(out).not.toContain('\u001b');
    expect(err).toMatch(/^10 instructions in \d+\.\d\d s on \S+, profile systole-16\n$/);
  }
});

test('--json gives one JSON value with everything, --quiet nothing, and plusargs are accepted', async () => {
  const [json, quiet] = await Promise.all([systole('run hello.s --json --schedule random:7 --dump dram:0x40:2x4:s32=- +trace=1'), systole('run hello.s --quiet +x')]);
  const report = JSON.parse(json.out) as Record<string, unknown>;
  expect(report).toMatchObject({
    format: 'systole-run/1', status: 'halted', exit_code: 0, value: 7, instructions: 10, macs: 0, bytes: { dram: 96, spm: 192, acc: 0 }, device: 'engine', schedule: 'random:7',
    dump: [{ place: 'dram:0x40', dims: [2, 4], dtype: 's32', unknown_bytes: 0, rows: ['11 22 33 44', '55 66 77 88'] }],
  });
  expect([quiet.code, quiet.out, quiet.err]).toEqual([0, '', '']);
});

test('a program comes from stdin, as assembly, image, words or Intel HEX, and gives the same', async () => {
  for (const format of ['hex', 'bin', 'ihex']) {
    const made = await systole(`assemble hello.s -o made.${format}`);
    expect([made.code, made.out]).toEqual([0, '']);
    expect(made.err).toContain(`systole run made.${format} --load dram:0x0=made.dram-0x0.hex`);
    const ran = await systole(`run - --load dram:0x0=made.dram-0x0.hex --dump dram:0x40:8:s32=- --json`, { input: readFileSync(file(`made.${format}`)) });
    expect(JSON.parse(ran.out)).toMatchObject({ value: 7, dump: [{ rows: [SUM] }] });
  }
  const text = await systole('run - --dump dram:0x40:8:s32=-', { input: programs['hello.s'] });
  expect(text.out.split('\n')[0]).toBe(SUM);
});

test('disassembled text assembles to the same image', async () => {
  await systole('assemble hello.s -o same.bin');
  const text = await systole('disassemble same.bin');
  const again = await systole('assemble - --format bin -o -', { input: text.out });
  expect(again.code).toBe(0);
  expect(Buffer.from(again.out, 'latin1').equals(readFileSync(file('same.bin')))).toBe(true);
});

test('memory dumped to any form is equal when expected again, and one bit that differs gives 1 with coordinates, bits and distance', async () => {
  const forms = ['o.npy', 'o.hex', 'o.ihex', 'o.bin'];
  await systole(`run hello.s ${forms.map((name) => `--dump dram:0x40:2x4:s32=${name}`).join(' ')}`);
  expect(readNpy(readFileSync(file('o.npy')), 'o.npy').shape).toEqual([2, 4]);
  const equal = await systole(`run hello.s ${forms.map((name) => `--expect dram:0x40:2x4:s32=${name} --expect dram:0x40=${name}`).join(' ')}`);
  expect([equal.code, equal.out.match(/equal/g)?.length]).toEqual([0, 8]);
  const bytes = readFileSync(file('o.bin'));
  bytes[25]! ^= 1;
  writeFileSync(file('wrong.bin'), bytes);
  const [wrong, json] = await Promise.all([systole('run hello.s --expect dram:0x40:2x4:s32=wrong.bin'), systole('run hello.s --expect dram:0x40:2x4:s32=wrong.bin --json')]);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('mismatch: dram:0x40 2x4 s32 [1, 2]: expected 0x0000014d (333), found 0x0000004d (77), distance 256; 1 of 8 elements differ (wrong.bin)');
  expect([json.code, JSON.parse(json.out)]).toMatchObject([1, { exit_code: 1, expect: [{ mismatches: 1, first: { index: [1, 2], expected: '0x0000014d', found: '0x0000004d', distance: '256' } }] }]);
});

test('UNKNOWN bytes are x in words, compared with nothing when they are expected so, and told on stderr', async () => {
  const ran = await systole('run hello.s --dump spm:0x1c:2:s32=u.hex --dump spm:0x3c:2:s32=-');
  expect(ran.err).toMatch(/warning: .*spm:0x3c 2 s32: 4 of 8 bytes are UNKNOWN/);
  expect(ran.out.split('\n')[0]).toBe('80 -');
  await systole('run hello.s --dump spm:0x3c:2:s32=x.hex');
  expect(readFileSync(file('x.hex'), 'latin1').split('\n')[1]).toBe('00000050 xxxxxxxx');
  expect((await systole('run hello.s --expect spm:0x3c=x.hex')).code).toBe(0);
});

test('a trap gives 4, and its name, place, operand, byte and rule in words; all devices tell the same', async () => {
  const all = await Promise.all(['engine', 'specification'].map((device) => systole(`run trap.s --device ${device}`)));
  for (const { code, out, err } of all) {
    expect(code).toBe(4);
    expect(out).toMatch(/status +trapped/);
    expect(err).toMatch(/trap bounds-spm \(0x0d\) at pc 1 \(trap\.s:3:5\) `move t1, t1`: operand d = t1 \(X\); byte 0x40000; the rule is: /);
  }
  const { trap } = JSON.parse((await systole('run trap.s --json')).out) as { trap: object };
  expect(trap).toMatchObject({ code: 13, name: trapNames[13], pc: 1, at: 'trap.s:3:5', address: '0x40000', operand: 'd = t1 (X)', source: 'move X, X' });
});

test('a deadlock gives 4 and names the instruction, the semaphore and the next post to it', async () => {
  const { code, err } = await systole('run deadlock.s');
  expect(code).toBe(4);
  expect(err).toMatch(/deadlock: dmi waits at pc 2 \(deadlock\.s:2:5\) `load \S+ \S+ wait m3` for a token of m3, which holds 0; the next post to it is pc 3 \(deadlock\.s:3:5\) `post m3, 1`, which has not been dispatched/);
  expect((await systole('run deadlock.s --schedule random:3 --quiet')).code).toBe(0);
});

test('a decision on UNKNOWN data gives 4 and names the operand and the byte', async () => {
  const { code, err } = await systole('run unknown.s');
  expect(code).toBe(4);
  expect(err).toMatch(/UNKNOWN data at pc 1 \(unknown\.s:2:5\) `s1 = ld t0\[3\]`: operand a = t0 \(X\) would read spm:0x10c/);
});

test('an endless program is ended by --max-instructions after exactly so many, and by --watchdog with a trap', async () => {
  const [limited, slow, watched] = await Promise.all([
    systole('run endless.s --max-instructions 123457 --json'), systole('run endless.s --max-instructions 777 --json --device specification'), systole('run endless.s --watchdog 5000 --json'),
  ]);
  expect([limited.code, JSON.parse(limited.out)]).toMatchObject([4, { status: 'max-instructions', instructions: 123457 }]);
  expect([slow.code, JSON.parse(slow.out)]).toMatchObject([4, { status: 'max-instructions', instructions: 777 }]);
  expect([watched.code, JSON.parse(watched.out)]).toMatchObject([4, { status: 'trapped', trap: { name: 'watchdog' } }]);
});

for (const device of ['engine', 'specification']) {
  test(`Ctrl-C ends an endless run on ${device} within 0.2 s with 130, and leaves neither a trace nor a temporary file`, async () => {
    let writing = 0;
    // The run is well under way when its trace has grown twice.
    const interruptWhen = (): boolean => leftovers().some((name) => readFileSync(file(name)).length > 100_000) && ++writing > 1;
    const { code, err, milliseconds } = await systole(`run endless.s --device ${device} --trace ${device}.jsonl --dump dram:0:8:s32=${device}.npy`, { interruptWhen });
    expect([code, err]).toEqual([130, 'systole: interrupted\n']);
    expect(milliseconds).toBeLessThan(process.env.CI === 'true' ? 1000 : 400);
    expect([existsSync(file(`${device}.jsonl`)), existsSync(file(`${device}.npy`)), leftovers()]).toEqual([false, false, []]);
  });
}

test('traces are written, printed, filtered and converted without loss', async () => {
  await Promise.all([systole('run hello.s --trace t.jsonl --digests -q'), systole('run hello.s --trace t.bin --digests -q')]);
  const [print, converted] = await Promise.all([systole('trace print t.bin --unit dmi,vpu'), systole('trace filter t.bin -o t2.jsonl')]);
  expect(print.out.trim().split('\n').map((line) => line.trim().split(/ +/).slice(1, 4).join(' '))).toEqual(['5 dmi load', '6 dmi load', '7 vpu binary.add']);
  expect([converted.code, readFileSync(file('t2.jsonl'), 'utf8')]).toEqual([0, readFileSync(file('t.jsonl'), 'utf8')]);
  const piped = await systole('run hello.s --trace - -q');
  expect((await systole('trace print - --op store --json', { input: piped.out })).out).toMatch(/^\{"seq":8.*"text":"store t2, t3 wait m2"\}\n$/);
});

test('a program file that is none is refused at once with 3 and one clear line', async () => {
  writeFileSync(file('empty.s'), '');
  writeFileSync(file('garbage.bin'), Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255));
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
  expect(messages[2]).toMatch(/latin\.s: error: no program: byte 0xe9 at offset 13 is no text/);
  expect(messages[3]).toMatch(/zeros: error: no program: byte 0x00 at offset 0 of 1 GiB/);
  expect(messages[4]).toMatch(/cut off/);
  expect(messages[5]).toMatch(/too long/);
  expect(messages[6]).toMatch(/helo\.s: error: does not exist; did you mean 'hello\.s'\?/);
  expect((await systole('run zeros')).milliseconds).toBeLessThan(2000);
});

test('all mistakes are told at once, as file:line:col, with what was meant', async () => {
  const [text, options] = await Promise.all([
    systole('run bad.s'), systole('run bad.s --profile systole-61 --load spn:0=x --dump dram:0:8:s23=- --dump acc:0=y --device engin --schedule rnd:1 --args 1,x --max-instructions 0 --watchdog -1'),
  ]);
  expect([text.code, text.err]).toEqual([3, "bad.s:1:5: error: 'lod' is not an instruction; did you mean 'load'?\nbad.s:2:10: error: halt: 'x' is not defined\n"]);
  expect(options.code).toBe(3);
  for (const part of ["did you mean 'spm'?", "did you mean 's32'?", 'write SPACE:ADDR:DIMS:DTYPE=FILE', "did you mean 'engine'?", "'rnd:1' is not a schedule", "--args: error: 'x'", "--max-instructions: error: '0'", "--watchdog: error: '-1'", "did you mean 'systole-16'?", 'bad.s:1:5']) expect(options.err).toContain(part);
});

test('misspelt commands and options give 3 and a guess', async () => {
  const all = await Promise.all(['rnu hello.s', 'run hello.s --proflie x', 'run', 'trace prnit x', 'profile', 'emit manul', 'completion bsh', 'assemble hello.s --format hx'].map((words) => systole(words)));
  expect(all.map(({ code }) => code)).toEqual(all.map(() => 3));
  expect(all.map(({ err }) => /[Dd]id you mean '?([\w-]+)/.exec(err)?.[1])).toEqual(['run', '--profile', undefined, 'print', undefined, 'manual', 'bash', 'hex']);
});

test('profile files are checked with every mistake at its place', async () => {
  const good = await systole('profile show systole-16 --json'), text = JSON.stringify(JSON.parse(good.out), (key, value: unknown) => (key === 'hash' ? undefined : value), 1);
  writeFileSync(file('good.json'), text);
  writeFileSync(file('bad.json'), text.replace('"spmBytes"', '"smpBytes"').replace(/("dramBytes": \{\s*"value": )\d+/, '$1-5'));
  writeFileSync(file('cut.json'), text.slice(0, 500));
  const [checked, bad, cut, missing, ran] = await Promise.all([
    systole('profile check good.json'), systole('profile check bad.json'), systole('profile check cut.json'), systole('profile check none.json'), systole('run hello.s --profile bad.json'),
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
  const { code, err } = await systole('run hello.s --load dram:0=empty.bin --load spm:0x3fffe=three.bin --load dram:0:2x2:s32=nine.hex --load dram:0:8:s8=three.bin --load dram:0=bad.hex --load dram:0x99999999999=three.bin --expect acc:0=none.npy');
  expect(code).toBe(3);
  isClear(err);
  expect(err.split('\n').slice(0, -1).map((line) => line.split(': error: ')[0])).toEqual(['empty.bin', 'three.bin', 'nine.hex', 'three.bin', 'bad.hex:1:4', 'bad.hex:3:1', '--load', 'none.npy']);
  expect(err).toMatch(/three\.bin: error: 3 bytes, too short: 8 of s8 has 8/);
  expect(err).toMatch(/nine\.hex: error: 9 bytes, too short: 2x2 of s32 has 16/);
});

test('an output that cannot be written gives 3 before the run, and an old file stays whole', async () => {
  mkdirSync(file('sub'));
  writeFileSync(file('old.bin'), 'old');
  const all = await Promise.all([
    systole('run endless.s --dump dram:0:8:s32=no/such/x.bin'), systole('run endless.s --trace sub'), systole('run endless.s --trace old.bin --dump dram:0:8:s32=old.bin'),
    systole('run hello.s --quiet --dump dram:0:8:s32=/dev/full'), systole('assemble hello.s -o no/such/x.hex'),
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
  const [plain, debug] = await Promise.all([systole('run hello.s', { env }), systole('run hello.s', { env: { ...env, SYSTOLE_DEBUG: '1' } })]);
  expect([plain.code, debug.code]).toEqual([3, 3]);
  expect(plain.err).toMatch(/^systole: this is a bug in systole: broken on purpose\n/);
  expect(plain.err).not.toMatch(/\n {4}at /);
  expect(debug.err).toMatch(/\n {4}at /);
});

test('the doctor finds equal results on every device, and hashes of both engines', async () => {
  const { code, out } = await systole('doctor --json');
  const found = JSON.parse(out) as { engines: { sha256: string }[]; self_test: { equal: boolean; devices: unknown[] }; tools: { command: string }[] };
  expect([code, found.self_test.equal, found.self_test.devices.length, found.engines.length]).toEqual([0, true, 3, 2]);
  expect(found.tools.map(({ command: name }) => name)).toEqual(['verilator', 'iverilog', 'yosys', 'wasm2c', 'gcc']);
});

test('completion offers commands and options in bash', async () => {
  const { out } = await systole('completion bash');
  const script = `${out}\nask() { COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _systole; echo "\${COMPREPLY[*]}"; }\nask systole ru\nask systole trace ""\nask systole run x.s --sch\n`;
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('run\nprint filter\n--schedule\n');
  for (const shell of ['zsh', 'fish']) expect((await systole(`completion ${shell}`)).out).toContain('--max-instructions'.slice(shell === 'fish' ? 2 : 0));
});

test('the example of the library and the code of its page run as they stand', () => {
  const run = (script: string): string => execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  expect(execFileSync(process.execPath, [join(root, 'examples', 'embed.mjs')], { encoding: 'utf8' })).toBe('halted Int32Array(4) [ 2, 4, 6, 8 ]\n');
  const blocks = [...readFileSync(join(root, 'docs', 'api.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
  expect(blocks.map(run)).toEqual(['halted\n']);
});

test('exit codes are the same in the help and on the page', async () => {
  const { out } = await systole('--help'), codes = [...out.matchAll(/^ {2}(\d+) +\S/gm)].map((found) => found[1]);
  const page = readFileSync(join(root, 'docs', 'cli.md'), 'utf8'), documented = [...page.slice(page.indexOf('## Exit codes')).matchAll(/^\| (\d+) \|/gm)].map((found) => found[1]);
  expect(documented).toEqual(codes);
  expect(codes).toEqual(['0', '1', '2', '3', '4', '130']);
});
