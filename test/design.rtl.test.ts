//! design.rtl.test: the example design does what the engine does, in two simulators, and the benches find every mistake of its list.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { generate } from '../model/verify/generate.ts';
import { writeTiles } from './rtl-array.ts';
import { writeBundle } from './rtl-cases.ts';
import { directedCases } from '../model/bundle/directed.ts';
import { tools } from './tools.ts';

const root = fileURLToPath(new URL('..', import.meta.url)), design = profile('systole-int8');
/** Programs that keep the matrix unit busy. */
const knobs = { name: 'mxu', records: 24, elements: 96, illegal: 0, fresh: 100, weights: { 0: 0.1, 1: 0.3, 2: 0.1, 4: 0.1, wload: 4, ainit: 2, mm: 8, mdw: 5, drain: 8 } };
const generated = (of: typeof design, count: number) => Array.from({ length: count }, (_, seed) => ({ name: `generated-${seed}`, program: generate(seed, of, knobs).program }));

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'systole-rtl-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

/** make in rtl/: its status, and the last line that it prints. */
function make(...args: readonly string[]): { readonly status: number | null; readonly last: string; readonly errors: string } {
  const run = spawnSync('make', ['-s', '-C', join(root, 'rtl'), ...args], { encoding: 'utf8' });
  return { status: run.status, last: run.stdout.trimEnd().split('\n').at(-1)!, errors: run.stderr };
}
function bundle(name: string, of: typeof design, cases: Parameters<typeof writeBundle>[2]): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeBundle(path, of, cases);
  return path;
}

test('the design, the player and the benches pass the checks of Verilator, Icarus and yosys', () => {
  if (!tools('make', 'verilator', 'iverilog', 'yosys')) return;
  expect(make('lint')).toMatchObject({ status: 0, errors: '' });
});

test('BUG=0 leaves no trace: the netlist is that of a design without mistakes to choose from', () => {
  if (!tools('yosys')) return;
  const files = readdirSync(join(root, 'rtl')).filter((name) => name.startsWith('systole_') && name !== 'systole_player.sv');
  const netlist = (change: (text: string) => string): string => {
    const copies = files.map((name) => {
      const copy = join(folder, name);
      writeFileSync(copy, change(readFileSync(join(root, 'rtl', name), 'utf8')));
      return copy;
    });
    const script = `read_verilog -sv ${[join(root, 'generated/systole_isa.sv'), join(root, 'generated/systole_profile.sv'), ...copies].join(' ')}; hierarchy -top systole_matrix; proc; flatten; opt_expr; opt_clean; stat`;
    return spawnSync('yosys', ['-p', script], { encoding: 'utf8' }).stdout.split('=== systole_matrix ===')[1]!.split('End of script')[0]!;
  };
  const plain = netlist((text) => text.replace(/BUG (==|!=) \d+/g, (_, compare: string) => (compare === '==' ? "1'b0" : "1'b1")));
  expect(plain).toContain('$mul');
  expect(netlist((text) => text)).toBe(plain);
  expect(netlist((text) => text.replaceAll('BUG == 25', "1'b1"))).not.toBe(plain);
});

describe('the matrix unit writes and retires what the engine does', () => {
  test('in Verilator: directed programs and generated ones', () => {
    if (!tools('make', 'verilator', 'g++')) return;
    const path = bundle('all', design, [...directedCases(), ...generated(design, 40)]);
    expect(make('sim', `BUNDLE=${path}`)).toMatchObject({ status: 0, last: expect.stringMatching(new RegExp(`^PASS cases=${directedCases().length + 40} instructions=\\d+ cycles=\\d+ retired=[0-9a-f]{8}$`)) });
  });

  test('in Icarus: directed programs, in as many cycles as in Verilator', () => {
    if (!tools('make', 'iverilog')) return;
    const path = bundle('directed', design, directedCases()), icarus = make('play-icarus', `BUNDLE=${path}`);
    expect(icarus).toMatchObject({ status: 0, last: expect.stringMatching(new RegExp(`^PASS cases=${directedCases().length} instructions=\\d+ cycles=\\d+ retired=[0-9a-f]{8}$`)) });
    if (tools('verilator')) expect(make('sim', `BUNDLE=${path}`).last).toBe(icarus.last);
  });

  // Of programs that differ in the sizes of one instruction the records are as long: the clocks between them are those of the table in docs/rtl.md.
  const at = (place: number, dims: readonly number[], apart: number, by = 2): string => `${place}${apart ? ` stride [${dims.map((_, i) => (i === dims.length - 1 ? by : 9 * dims[i]!)).join(',')}]` : ''}`;
  const weights = (k: number, n: number): string => `w = spm s8 [${k},${n}] at 0\nwload slot 0, w\n`, rows = (dims: readonly number[]): string => `c = acc s32 [${dims.join(',')}] at 0 stride [4,1]\n`;
  test.each<readonly [string, (m: number, k: number, n: number) => string, (m: number, k: number, n: number) => number]>([
    ['wload', (_, k, n) => weights(k, n), (_, k) => k],
    ['wload, columns apart', (_, k, n) => `w = spm s8 [${k},${n}] at ${at(0, [k, n], 1)}\nwload slot 0, w\n`, (_, k, n) => k * n],
    ['ainit.zero', (m, _, n) => `${rows([m, n])}ainit.zero c\n`, (m) => m],
    ['ainit.load', (m, _, n) => `${rows([m, n])}a = spm s32 [${m},${n}] at 0\nainit.load c, a\n`, (m, _, n) => m * n],
    ['mm', (m, k, n) => `${weights(k, n)}${rows([m, n])}a = spm s8 [${m},${k}] at 64\nmm.set c, a, slot 0\n`, (m) => m],
    ['mm, a row apart', (m, k, n) => `${weights(k, n)}${rows([m, n])}a = spm s8 [${m},${k}] at ${at(64, [m, k], 1)}\nmm.set c, a, slot 0\n`, (m, k) => k * m],
    ['mdw', (m, k, n) => `${weights(k, n)}${rows([m, n])}a = spm s8 [${m},${k},${n}] at 64\nmdw.set c, a, slot 0\n`, (m, k, n) => n * k * m],
    ['mdw, taps side by side', (m, k, n) => `${weights(k, n)}${rows([m, n])}a = spm s8 [${m},${k},${n}] at 64 stride [4,1,256]\nmdw.set c, a, slot 0\n`, (m, _, n) => n * m],
    ['drain', (m, _, n) => `${rows([m, n])}d = spm s8 [${m},${n}] at 64\ndrain d, c\n`, (m, _, n) => m * n],
    ['drain by a table', (m, _, n) => `${rows([m, n])}d = spm s8 [${m},${n}] at 64\nt = spm s32 [${n},4] at 4096\ndrain d, c, table t\n`, (m, _, n) => m * n + 3 * n],
  ])('the clocks of %s are those of the table', (name, text, clocks) => {
    if (!tools('make', 'verilator', 'g++')) return;
    const shapes = [[9, 2, 2], [9, 4, 3], [30, 3, 2], [9, 2, 4], [17, 4, 4]] as const, key = name.replaceAll(/[^a-z]+/g, '-');
    const path = bundle(key, design, shapes.map(([m, k, n], i) => ({ name: `${key}-${i}`, program: assembled(`${text(m, k, n)}halt 0\n.data spm 4096\n.zero 64`).program })));
    const found = shapes.map((_, i) => Number(/ cycles=(\d+) /.exec(make('sim', `BUNDLE=${path}`, `ARGS=+case=${key}-${i}`).last)?.[1])), wanted = shapes.map(([m, k, n]) => clocks(m, k, n));
    expect(found.map((cycles) => cycles - found[0]!)).toEqual(wanted.map((more) => more - wanted[0]!));
  });

  test.each([[3, 2, 4, 1], [5, 7, 8, 4]])('as %i x %i, of another profile', (rows, columns, lanes, queueDepth) => {
    if (!tools('make', 'iverilog')) return;
    const file = JSON.parse(readFileSync(join(root, 'model/profiles/systole-int8.json'), 'utf8')), [triple] = file.triples, name = `sized-${rows}x${columns}`;
    file.name = name;
    triple.kMax.value = rows;
    triple.nMax.value = columns;
    file.accLanes.value = lanes;
    file.timing.queueDepth.value = queueDepth;
    const text = JSON.stringify(file), path = join(folder, `${name}.json`);
    writeFileSync(path, text);
    const played = bundle(name, readProfile(text, path), generated(readProfile(text, path), 3));
    expect(make('play-icarus', `BUNDLE=${played}`, `PROFILE=${path}`)).toMatchObject({ status: 0, last: expect.stringMatching(/^PASS cases=3 /) });
  });
});

describe('the array alone gives the sums of the engine', () => {
  test.each([['int8', 0, 120], ['bf16', 1, 1200]] as const)('%s in Verilator, overlapped, and tile by tile in exactly ROWS + M + ROWS + COLUMNS - 2 edges', (datapath, number, count) => {
    if (!tools('make', 'verilator', 'g++')) return;
    const path = join(folder, `${datapath}.hex`);
    writeTiles(path, datapath, count, 1);
    for (const args of ['', '+serial'])
      expect(make('array', `DATAPATH=${number}`, `VECTORS=${path}`, `ARGS=${args}`)).toMatchObject({ status: 0, last: expect.stringMatching(`^PASS tiles=${count} `) });
  });

  test('bf16 in Icarus', () => {
    if (!tools('make', 'iverilog')) return;
    const path = join(folder, 'few.hex');
    writeTiles(path, 'bf16', 24, 2);
    expect(make('icarus-array', `VECTORS=${path}`)).toMatchObject({ status: 0, last: expect.stringMatching(/^PASS tiles=24 /) });
  });
});

/** Rows of the table of mistakes: its number, the case that shows it, and the instruction that it is found at. */
const bugs = [...readFileSync(join(root, 'docs/rtl.md'), 'utf8').matchAll(/^\| (\d+) \| .* \| ([\w-]+) \| (\w+) \|$/gm)].map(([, bug, shows, at]) => ({ bug: Number(bug), shows: shows!, at: at! }));

describe('every mistake of docs/rtl.md', () => {
  test('is in the design, and every one of the design is in the table', () => {
    const texts = spawnSync('git', ['grep', '-ohE', 'BUG (==|!=) [0-9]+', '--', 'rtl'], { cwd: root, encoding: 'utf8' }).stdout;
    const built = [...new Set([...texts.matchAll(/\d+/g)].map(([number]) => Number(number)))].filter((number) => number > 0).sort((a, b) => a - b);
    expect(bugs.map(({ bug }) => bug)).toEqual(built);
    expect(bugs.length).toBeGreaterThanOrEqual(24);
  });

  test.each(bugs.filter(({ shows }) => shows !== 'tiles'))('is found: BUG=$bug by $shows, at $at', ({ bug, shows, at }) => {
    if (!tools('make', 'iverilog')) return;
    const path = bundle('directed', design, directedCases().filter(({ name }) => name === shows));
    const { status, last } = make('play-icarus', `BUNDLE=${path}`, `BUG=${bug}`, `ARGS=+timeout=20000`);
    expect(last).toMatch(new RegExp(`^FAIL case=${shows} seq=\\d+ pc=\\d+ instruction=${at} order=\\d+ .*(element=|a write )`));
    expect(status).not.toBe(0);
  });

  test.each(bugs.filter(({ shows }) => shows === 'tiles'))('of the bf16 PE is found: BUG=$bug by $shows', ({ bug }) => {
    if (!tools('make', 'iverilog')) return;
    const path = join(folder, 'tiles.hex');
    writeTiles(path, 'bf16', 48, 1);
    expect(make('icarus-array', `VECTORS=${path}`, `BUG=${bug}`)).toMatchObject({ status: 2, last: expect.stringMatching(/^FAIL tile=\d+ row=\d+ column=\d+ /) });
  });
});

test('the player refuses files that are not those of the bundle, and says which', () => {
  if (!tools('make', 'verilator', 'g++')) return;
  const whole = bundle('whole', design, directedCases().filter(({ name }) => ['limits', 'reversed-rows'].includes(name)));
  const refusal = (change: (at: (file: string) => string) => void): string => {
    const broken = join(folder, 'broken');
    rmSync(broken, { recursive: true, force: true });
    cpSync(whole, broken, { recursive: true });
    change((file) => join(broken, file));
    const { status, last } = make('sim', `BUNDLE=${broken}`);
    expect(status).not.toBe(0);
    return last;
  };
  const edit = (file: string, how: (text: string) => string): void => writeFileSync(file, how(readFileSync(file, 'utf8')));
  expect(make('sim', `BUNDLE=${whole}`).status).toBe(0);
  expect(refusal((at) => edit(at('cases/limits/writes.hex'), (text) => text.replace(/[0-7]\n$/, (digit) => `${Number(digit[0]) ^ 1}\n`)))).toMatch(/^FAIL case=limits writes.hex has CRC-32C \w+, not \w+: it is not the file that was made$/);
  expect(refusal((at) => edit(at('cases/limits/retire.hex'), (text) => text.slice(0, -9)))).toMatch(/^FAIL case=limits retire.hex is missing, too short or too long: \d+ of \d+ words or bytes$/);
  expect(refusal((at) => rmSync(at('cases/limits/expected.acc.hex')))).toMatch(/^FAIL case=limits expected.acc.hex is missing, too short or too long: 0 of \d+ words or bytes$/);
  expect(refusal((at) => edit(at('cases/limits/initial.spm.hex'), (text) => `${text}00\n`))).toMatch(/^FAIL case=limits initial.spm.hex is missing, too short or too long: \d+ of \d+ words or bytes$/);
  expect(refusal((at) => edit(at('cases/reversed-rows/mask.acc.hex'), (text) => text.replace('\nff', '\n0')))).toMatch(/^FAIL case=reversed-rows mask.acc.hex has CRC-32C \w+, not \w+: it is not the file that was made$/);
  for (const file of ['retire.hex', 'writes.hex', 'expected.acc.hex', 'initial.spm.hex']) {
    for (const address of ['7ffffffe', '80000005', '400000']) {
      expect(refusal((at) => edit(at(`cases/limits/${file}`), (text) => text.replace(/\n(@\w+\n)?/, `\n@${address}\n`)))).toBe(`FAIL case=limits ${file} has the address @${address}, where nothing can be`);
    }
  }
  expect(refusal((at) => edit(at('cases.txt'), (text) => text.slice(0, 40)))).toMatch(/^FAIL case=\S+ its line in cases.txt has \d+ of 17 fields$/);
  expect(refusal((at) => edit(at('cases.txt'), (text) => text.replace(/end 2\n$/, '')))).toBe('FAIL case=- cases.txt has no last line `end`: it is cut off');
  expect(refusal((at) => edit(at('cases.txt'), (text) => text.replace(/^.*\n/, '')))).toBe('FAIL case=- cases.txt has 1 of 2 cases');
  rmSync(join(whole, 'cases.txt'));
  expect(make('sim', `BUNDLE=${whole}`)).toMatchObject({ status: 2, errors: expect.stringContaining(`no bundle in ${whole}`) });
});
