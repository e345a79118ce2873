//! bench.test: the frame of the bench: figures are what their formulas say, the table is whole, wrong names are answered, a work measures.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guarded, isFar } from '../bench/guard.ts';
import { natives } from '../bench/native.ts';
import { type Asked, askedFor } from '../bench/options.ts';
import { product } from '../bench/product.ts';
import { type Found, jsonOf, reached } from '../bench/report.ts';
import { contendersOf, figure, rounds, spread, typical } from '../bench/rounds.ts';
import { farOff, type Row, rows } from '../bench/table.ts';
import { works } from '../bench/works/all.ts';
import { pattern } from '../bench/works/gemm.ts';
import { random } from '../model/verify/random.ts';

const root = join(import.meta.dirname, '..');
/** What the project has promised to measure. */
const promised = [
  'int8_gemm_vs_native128', 'int8_tile16_vs_native128', 'bf16_gemm_vs_native128', 'fp8_vs_bf16', 'fused_vs_scalar', 'fused_gproducts_s', 'small_predictable_mips',
  'small_random_mips', 'small_vector_mips', 'fuzz_programs_s', 'dma_1d_vs_memcpy', 'dma_2d_vs_native', 'pe16_vs_verilator', 'threads2_speedup_512',
  'start_ms_over_node', 'rss_mb_over_node', 'trace_overhead', 'requantise_melem_s', 'vector_fp32_gelem_s', 'special_melem_s', 'native128_vs_limit',
  'native_bf16_vs_limit', 'int8_256_vs_scalar', 'int8_256_vs_js',
];

test('a ratio is the median of the ratios of its rounds, not the ratio of medians', () => {
  const samples = new Map([['own', [10, 90, 40]], ['theirs', [20, 30, 100]]]);
  expect(figure({ ratio: ['own', 'theirs'] }, samples)).toEqual({ median: 0.5, low: 0.4, high: 3 });
  expect(figure({ rate: 'own', per: 10 }, samples)).toEqual({ median: 4, low: 1, high: 9 });
  expect(figure({ excess: ['own', 'theirs'] }, samples)).toEqual({ median: -10, low: -60, high: 60 });
  expect(figure({ ratio: ['own', 'nobody'] }, samples)).toBeUndefined();
  expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1, high: 4 });
});

test('a slice tells the median repetition, of three at least', () => {
  const took = [5e9, 1e9, 2e9];
  expect(typical(6, () => took.shift()!)).toBe(3);
  expect(took).toEqual([]);
});

test('contenders take turns, the other way round in every second round', async () => {
  const order: string[] = [], contender = (name: string) => ({ name, unit: '', sample: () => order.push(name) });
  const samples = await rounds([contender('a'), contender('b')], 3);
  expect(order.join('')).toBe('abbaab');
  expect([...samples.values()]).toEqual([[1, 4, 5], [2, 3, 6]]);
});

test('every promised key is in the table, each with a definition and a work; keys and works have one name each', () => {
  const keys = rows.map(({ key }) => key), names = works.map(({ name }) => name);
  expect(promised.filter((key) => !keys.includes(key))).toEqual([]);
  expect([new Set(keys).size, new Set(names).size]).toEqual([keys.length, names.length]);
  expect(rows.filter(({ work }) => !names.includes(work))).toEqual([]);
  expect(names.filter((name) => !rows.some(({ work }) => work === name))).toEqual([]);
  // Each says by itself what it measures: a figure is looked up by its key.
  expect(rows.filter(({ says, formed }) => says.length < 20 || /^the same/.test(says) || contendersOf(formed).length === 0)).toEqual([]);
  expect(rows.filter(({ guard, atLeast, formed }) => guard && (atLeast === undefined || !('ratio' in formed)))).toEqual([]);
});

test('operands have no two rows alike, so that a check sees one that is taken for another', () => {
  for (const k of [64, 256, 1024]) {
    const bytes = pattern(64 * k, 37, 11), rows = Array.from({ length: 64 }, (_, i) => Buffer.from(bytes.subarray(i * k, (i + 1) * k)).toString('hex'));
    expect(new Set(rows).size).toBe(64);
  }
});

test('the product in plain JavaScript is that of plain loops', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(fc.property(sizes, fc.integer(), ([pairs, fours, k], seed) => {
    const [m, n] = [2 * pairs, 4 * fours], next = random(seed), bytes = (count: number): Int8Array => Int8Array.from({ length: count }, () => next());
    const a = bytes(m * k), b = bytes(k * n), found = Int32Array.from({ length: m * n }, () => next());
    product(a, b, found, [m, n, k]);
    const sum = (i: number, j: number): number => Array.from({ length: k }, (_, p) => a[i * k + p]! * b[p * n + j]!).reduce((one, other) => one + other, 0);
    expect([...found]).toEqual(Array.from({ length: m * n }, (_, at) => sum(Math.floor(at / n), at % n)));
  }));
});

test('a goal is reached from it on; far off begins a third away', () => {
  const [least, most] = [{ ...rows[0]!, atLeast: 0.9 }, { key: 'a', work: 'b', says: 'c', unit: 'd', formed: rows[0]!.formed, atMost: 10 }];
  expect([0.9, 0.89].map((value) => reached(least, value))).toEqual([true, false]);
  expect([10, 10.1].map((value) => reached(most, value))).toEqual([true, false]);
  expect([0.61, 0.59].map((value) => farOff(least, value))).toEqual([false, true]);
  expect([14.9, 15.1].map((value) => farOff(most, value))).toEqual([false, true]);
});

test('the guard asks twice, and fails where a guarded ratio is far off both times', async () => {
  const row = { ...rows.find(({ guard }) => guard)!, atLeast: 0.9 }, found = (median: number, of: Row = row): Found => ({ row: of, contenders: [], median, low: median, high: median });
  const asked: number[] = [], answering = (...answers: Found[]) => async (count: number): Promise<readonly Found[]> => { asked.push(count); return [answers.shift()!]; };
  const far = async (...answers: Found[]): Promise<boolean> => (await guarded(3, answering(...answers))).some(isFar);
  expect([await far(found(0.7)), await far(found(0.5), found(0.7)), await far(found(0.5), found(0.5))]).toEqual([false, false, true]);
  expect(asked).toEqual([3, 3, 9, 3, 9]);
  const { guard: _, ...free } = row;
  expect([await far(found(0.5, free)), await far({ row, contenders: [], why: 'no compiler' })]).toEqual([false, false]);
});

test('what cannot be measured is null in the JSON, and says why', () => {
  const machine = { says: '', facts: {} }, json = jsonOf([{ row: rows[0]!, contenders: [], why: 'no compiler' }], machine, machine) as Record<string, unknown>;
  expect(json[rows[0]!.key]).toBeNull();
  expect(json['details']).toMatchObject([{ key: rows[0]!.key, value: null, why: 'no compiler' }]);
});

test('what is no number makes no figure', () => {
  const samples = new Map([['own', [1, Number.NaN, 2]], ['theirs', [1, 2, 3]], ['none', [1, 0, 1]]]);
  for (const formed of [{ ratio: ['own', 'theirs'] }, { ratio: ['theirs', 'own'] }, { rate: 'own', per: 1 }, { excess: ['own', 'theirs'] }, { ratio: ['theirs', 'none'] }] as const) {
    expect(figure(formed, samples)).toBeUndefined();
  }
});

test('each C kernel of the int8 product finds the sums of plain loops, where it compiles and the processor has what it needs', { timeout: 60_000 }, async () => {
  const tools = natives(), avx512 = ['-O3', '-mavx512f', '-mavx512bw', '-mavx512vnni'];
  try {
    for (const program of [
      { source: 'int8', words: ['product', 17, 33, 65] }, { source: 'int8-wide', words: ['product', 6, 20, 75], flags: ['-O3', '-mavx2'], needs: 'avx2' },
      { source: 'int8-vnni', words: ['product', 12, 128, 68], flags: avx512, needs: 'avx512_vnni' },
    ]) {
      const contender = tools.contender(program.source, 'MAC/s', 1, program);
      if ('sample' in contender) expect(await contender.sample()).toBeGreaterThan(0);
    }
  } finally {
    tools.close();
  }
});

const benchIn = (environment: NodeJS.ProcessEnv, ...words: string[]): { readonly status: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/main.ts', ...words], { cwd: root, encoding: 'utf8', env: environment });
  return { status, out: stdout, err: stderr };
};
const bench = (...words: string[]): ReturnType<typeof benchIn> => benchIn(process.env, ...words);

test('a wrong name is answered with the nearest, a wrong number with what is needed', () => {
  for (const [words, says] of [
    [['--only', 'int8_gem_vs_native128'], "did you mean 'int8_gemm_vs_native128'?"], [['--rounds', 'many'], '--rounds many: a whole number'], [['--quick'], 'there is no option --quick; --help shows them'],
    [['--ruonds', '3'], "there is no option --ruonds; did you mean '--rounds'?"], [['gemm'], "'gemm'"], [['--only'], '--only'], [['--sweep', '--json'], '--sweep draws charts'], [['--list', '--json'], '--list prints text'],
    [['--guard', '--only', 'start'], 'nothing of --only start is guarded'],
  ] as const) expect(askedFor(words), words.join(' ')).toContain(says);
  expect(bench('--quick')).toEqual({ status: 2, out: '', err: 'bench: there is no option --quick; --help shows them\n' });
});

test('a name means its key or work and those that begin so; what is asked for is all rows, or those that are guarded', () => {
  const keysOf = (...words: string[]): readonly string[] => (askedFor(words) as Asked).rows.map(({ key }) => key), guards = rows.filter(({ guard }) => guard).map(({ key }) => key);
  expect([keysOf(), keysOf('--guard')]).toEqual([rows.map(({ key }) => key), guards]);
  expect(keysOf('--only', 'dma-2d,pe16', '--only', 'fused_vs_scalar')).toEqual(['fused_vs_scalar', 'dma_2d_vs_native', 'dma_2d_16', 'dma_2d_200', 'pe16_vs_verilator', 'pe16_gpe_s']);
  expect([[], ['--guard'], ['--only', 'pe'], ['--rounds', '2']].map((words) => { const { rounds: count, isWhole } = askedFor(words) as Asked; return [count, isWhole]; })).toEqual([[7, true], [3, false], [7, false], [2, true]]);
});

test('one work, one round: its keys and nothing else', { timeout: 60_000 }, () => {
  const { status, out, err } = bench('--json', '--rounds', '1', '--only', 'dma_2d_16');
  expect(status, err).toBe(0);
  const { dma_2d_16: value, details, machine } = JSON.parse(out) as { dma_2d_16: number | null; details: { contenders: { name: string; median: number }[] }[]; machine: { node: string } };
  expect(machine.node).toBe(process.versions.node);
  expect(details).toHaveLength(1);
  const [{ contenders }] = details as [(typeof details)[0]], speed = (name: string) => contenders.find((one) => one.name === name)?.median;
  expect(speed('engine')).toBeGreaterThan(0);
  if (speed('C') === undefined) expect(value).toBeNull();
  else expect(value).toBe(Number((speed('engine')! / speed('C')!).toPrecision(4)));
});

test('without a C compiler two baselines of the int8 product stay, the others are null, and the bench says so', { timeout: 60_000 }, () => {
  const { status, out, err } = benchIn({ ...process.env, PATH: '' }, '--json', '--rounds', '1', '--only', 'gemm-256');
  expect(status, err).toBe(0);
  const { int8_256_systole16: c, int8_256_vs_scalar: scalar, int8_256_vs_js: script, machine, details } = JSON.parse(out) as Record<string, number | null> & { machine: { compiler: null; simulator: null }; details: object[] };
  expect([c, machine.compiler, machine.simulator]).toEqual([null, null, null]);
  expect(details).toContainEqual(expect.objectContaining({ key: 'int8_256_systole16', value: null, why: 'no C compiler (gcc, cc or clang)' }));
  expect(Math.min(scalar!, script!)).toBeGreaterThan(1);
  expect(err).toContain('held against the scalar build and plain JavaScript: int8_256_vs_scalar, int8_256_vs_js');
});

test.skipIf(!existsSync('/dev/full'))('what cannot be written to stdout is told', () => {
  const full = openSync('/dev/full', 'w'), { status, stderr } = spawnSync(process.execPath, ['bin/task.mjs', 'bench', '--list'], { cwd: root, encoding: 'utf8', stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  expect([status, stderr]).toEqual([3, expect.stringContaining('bench: stdout cannot be written: ENOSPC')]);
});

/** Processes that run what lies in a folder, or were told of it; a zombie has no words. */
const within = (folder: string): string[] => readdirSync('/proc').filter((pid) => {
  try {
    return /^[0-9]+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(folder) && readFileSync(`/proc/${pid}/cmdline`, 'latin1') !== '';
  } catch {
    return false;
  }
});

test.each([['SIGINT', 130, 'dma-4k'], ['SIGTERM', 143, 'threads-busy'], ['SIGHUP', 129, 'fused']] as const)('%s ends it, its processes and its folder, and nothing is written', { timeout: 60_000 }, async (signal, code, only) => {
  const folder = mkdtempSync(join(tmpdir(), 'ended-')), written = ['bench/results.json', 'docs/bench.svg', 'docs/performance.md'].map((file) => join(root, file)), before = written.map((file) => readFileSync(file, 'utf8'));
  try {
    // A bench that hears a signal late, as where one slice takes long.
    const busy = join(folder, 'busy.cjs'), busyMs = 100;
    writeFileSync(busy, `if (/bench.main\\.ts$/.test(process.argv[1])) setInterval(() => { for (const end = Date.now() + ${busyMs}; Date.now() < end; ); }, 1).unref();`);
    const child = spawn(process.execPath, ['bin/task.mjs', 'bench', '--json', '--rounds', '100000', '--only', only], { cwd: root, env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: `--require ${busy}` }, stdio: 'pipe', detached: true });
    const closed = once(child, 'close'), out: Buffer[] = [], err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    await once(child.stderr, 'data');
    await setTimeout(1500);
    // As a terminal and a scheduler do: to all that was started.
    process.kill(-child.pid!, signal);
    const [status, endedBy] = (await closed) as [number | null, NodeJS.Signals | null];
    expect([status ?? 128 + constants.signals[endedBy!], String(Buffer.concat(out))], String(Buffer.concat(err))).toEqual([code, '']);
    await expect.poll(() => [existsSync('/proc/self') ? within(folder) : [], readdirSync(folder).filter((name) => name.startsWith('systole-bench'))]).toEqual([[], []]);
    expect(written.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
