//! threads.test: threads that share the instructions of one machine, and machines in threads of their own, change nothing but the time.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, End, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { engineBytes } from '../model/engine/binary.ts';
import { pool } from '../model/engine/pool.ts';
import { Rejected } from '../model/failure.ts';
import { profile } from '../model/machine/profile.ts';
import { gemm } from '../model/programs/gemm.ts';
import { tableOf } from '../model/programs/table.ts';
import { writer } from '../model/programs/writer.ts';
import { difference, observe } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { hex } from './machines.ts';
import { knobs, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

const root = join(import.meta.dirname, '..');
const large = profile('systole-128');

/** A requantised product of which some sums saturate. */
function product(size: number): Program {
  const w = writer(large), bytes = (step: number): Uint8Array => Uint8Array.from({ length: size * size }, (_, i) => (i * step + (i >> 7)) & 255);
  const rows = Array.from({ length: size }, (_, n) => ({ bias: 1000 * n, multiplier: 2 ** 30, shift: -5 - (n % 5) }));
  gemm(w, {
    a: w.dram('a', 's8', [size, size], bytes(37)), b: w.dram('b', 's8', [size, size], bytes(53)), c: w.dram('c', 's8', [size, size]),
    table: tableOf(w, 'tb', rows), accumulator: 's32', zeros: [0, 0], mode: { scale: 'fixed', round: 'rhu', zpo: -5 },
  });
  const { text, memory } = w.finish('product', 'a product for threads');
  return { ...assembled(text).program, memory };
}

test('a large product retires the same records and leaves the same state on two and three threads, and whatever the host makes them share', { timeout: 120_000 }, () => {
  const program = product(256), expected = observe(engine(large), program, { digests: true });
  expect(expected.status).toBe('halted');
  for (const options of [{ threads: 2 }, { threads: 3 }, { threads: 2, sharedWork: 1 }, { threads: 3, sharedWork: 2 ** 31 }]) {
    const device = engine(large, options);
    for (let time = 0; time < runs(2); time++) expect(difference(expected, observe(device, program, { digests: true }))?.text, JSON.stringify(options)).toBeUndefined();
  }
});

test('helpers take slices, and what they count is added up', { timeout: 120_000 }, () => {
  const program = product(512), one = engine(large), two = engine(large, { threads: 2 });
  const { memory, JOB } = (two as unknown as { readonly exports: { readonly memory: WebAssembly.Memory; readonly JOB: WebAssembly.Global } }).exports;
  one.load(program);
  one.execute();
  // Of the last job so many indices were done by others; a busy host may keep them from it for a while.
  let done = 0;
  for (let time = 0; time < 2000 && done === 0; time++) {
    two.load(program);
    expect(two.execute().status).toBe('halted');
    done = new DataView(memory.buffer).getUint32(JOB.value + 64, true);
  }
  expect(done).toBeGreaterThan(0);
  expect(hex(two.snapshot())).toBe(hex(one.snapshot()));
});

test.each(['systole-16', 'odd-3x5'])('three threads that share all they can do what one does, record by record: %s', (name) => {
  const of = profiles[name]!, one = engine(of), three = engine(of, { threads: 3, sharedWork: 1 });
  for (const kind of ['smoke', 'numerics', 'memory', 'sync']) {
    for (let seed = 0; seed < runs(15); seed++) {
      const { program } = generate(seed, of, knobs[kind]!);
      expect(difference(observe(one, program, { digests: true }), observe(three, program, { digests: true }))?.text, `seed ${seed} of ${kind}`).toBeUndefined();
    }
  }
}, 120_000);

test('what is no number of threads is refused', () => {
  const told = (options: object): string => {
    try { engine(large, options); } catch (error) { if (error instanceof Rejected) return error.message; throw error; }
    return 'accepted';
  };
  for (const threads of [0, -1, 1.5, 65, Number.NaN, '2', null]) expect(told({ threads })).toContain("'threads' is");
  for (const sharedWork of [0, 0.5, 2 ** 32]) expect(told({ threads: 2, sharedWork })).toContain("'sharedWork' is");
  expect(told({ threads: 2, build: 'scalar' })).toContain('simd build alone');
  expect(told({ threads: 1, build: 'scalar' })).toBe('accepted');
  const simd = new WebAssembly.Module(Uint8Array.from(engineBytes('simd')));
  for (const binary of [simd, new WebAssembly.Instance(simd)]) expect(told({ threads: 2, binary })).toContain('a module of the threads build');
  expect(() => pool(large, { machines: 0 })).toThrow("'machines' is 0");
  expect(() => pool(large, { threads: 2 } as object)).toThrow("no option 'threads'");
});

test('a pool runs every program as one machine does, and each look sees its own', { timeout: 60_000 }, async () => {
  const of = profiles['systole-16']!, one = engine(of), many = pool(of, { machines: 3 });
  const programs = Array.from({ length: 20 }, (_, seed) => generate(seed, of, knobs['smoke']!).program);
  const seen = (device: Device, { status, steps }: End): string => `${status} ${steps} ${hex(device.snapshot())}`;
  const found = await Promise.all(programs.map((program) => many.run(program, seen)));
  expect(found).toEqual(programs.map((program) => { one.load(program); return seen(one, one.execute()); }));
  const { program } = assembled('again: jump again');
  expect(await many.run(program, (_, end) => end.status, { budget: 1000 })).toBe('budget');
  await expect(many.run({ ...program, imageBase: 2 ** 40 }, () => 0)).rejects.toThrow();
  await expect(many.run(program, () => 0, { budget: -1 })).rejects.toThrow("'budget' is -1");
  expect(await many.run(programs[0]!, seen)).toBe(found[0]);
  const endless = [many.run(program, () => 0), many.run(program, () => 0), many.run(program, () => 0), many.run(program, () => 0)];
  setTimeout(() => { many.close(); }, 200);
  for (const { status } of await Promise.allSettled(endless)) expect(status).toBe('rejected');
  await expect(many.run(program, () => 0)).rejects.toThrow('is closed');
});

test('neither helpers nor an idle pool keep a process alive, at its end or at its exit', { timeout: 120_000 }, () => {
  const opening = "import { assembled, engine, pool, profile } from './dist/model/index.js'; const of = profile('systole-16'), { program } = assembled('halt 3');";
  const scripts = [
    "const device = engine(of, { threads: 3 }); device.load(program); console.log(device.execute().status);",
    "const device = engine(of, { threads: 3 }); device.load(program); console.log(device.execute().status); process.exit(0);",
    'for (let i = 0; i < 20; i++) { const device = engine(of, { threads: 2 }); device.load(program); if (i === 19) console.log(device.execute().status); }',
    'console.log(await pool(of).run(program, (_, { status }) => status));',
    'const many = pool(of); console.log(await many.run(program, (_, { status }) => status)); many.close();',
  ];
  for (const script of scripts) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${opening} ${script}`], { cwd: root, encoding: 'utf8', timeout: 60_000 });
    expect([status, stdout], `${script}\n${stderr}`).toEqual([0, 'halted\n']);
  }
});
