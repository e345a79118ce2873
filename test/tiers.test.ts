//! tiers.test: the engine gives the same bits in V8's baseline compiler and in its optimising one, with every fast lane on and off.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { EngineOptions } from '../model/engine.ts';
import { faultBinary, faults } from '../model/mutants/catalogue.ts';
import { functionNames } from '../model/numerics/functions.ts';
import { endsOn, type Trial, trial } from './lanes-trial.ts';
import { runs, sample } from './runs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const golden = JSON.parse(readFileSync(`${root}golden/digits.json`, 'utf8')) as { outputs_sha256: string };
const tiers = [
  ['baseline', ['--liftoff', '--no-wasm-tier-up']],
  ['optimising', ['--no-liftoff']],
] as const;

for (const [tier, flags] of tiers) {
  test(`in the ${tier} tier the digit network gives the golden outputs`, { timeout: 120_000 }, () => {
    const run = spawnSync(process.execPath, [...flags, '--import', 'tsx', 'test/digits-outputs.ts'], { cwd: root, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toBe(golden.outputs_sha256);
  });
}

let usual: Trial | undefined;
/** The usual tiers, in which the other laws hold engines against the specification. */
const inUsualTiers = (): Trial => (usual ??= trial());
/** The first machine by which a program ends otherwise than in the usual tiers without lanes. */
function stranger(found: Trial): string | undefined {
  const tried = inUsualTiers(), expected = tried['simd, no lane']!;
  for (const [machine, programs] of Object.entries(tried)) {
    for (const program of Object.keys(programs)) if (found[machine]?.[program] !== expected[program]) return `${program}: ${machine} ${found[machine]?.[program]}, expected ${expected[program]}`;
  }
  return undefined;
}

test('every lane of every build, forced on and off, gives the same ends, words and records', { timeout: 240_000 }, () => {
  const found = inUsualTiers(), ends = Object.values(found['simd, no lane']!);
  expect(stranger(found)).toBeUndefined();
  expect(Object.keys(found)).toHaveLength(30);
  for (const status of ['halted', 'trapped', 'blocked']) expect(ends.filter((end) => end.startsWith(status)).length, status).toBeGreaterThan(2);
});

for (const [tier, flags] of tiers) {
  test(`and so it does in the ${tier} tier`, { timeout: 240_000 }, () => {
    const run = spawnSync(process.execPath, [...flags, '--import', 'tsx', 'test/lanes-trial.ts'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
    expect(run.status, run.stderr).toBe(0);
    expect(stranger(JSON.parse(run.stdout) as Trial)).toBeUndefined();
  });
}

test('of the faults in lanes the same programs find nearly all, and none where lanes are off', { timeout: 240_000 }, () => {
  const right = inUsualTiers()['simd, no lane']!, inLanes = sample(faults.filter(({ file }) => ['burst', 'prepared', 'rounds', 'ways'].includes(file)), 12);
  const finds = (name: string, options: EngineOptions): boolean => Object.entries(endsOn({ binary: faultBinary(name), ...options })).some(([program, end]) => end !== right[program]);
  expect(inLanes.filter(({ name }) => finds(name, {})).length / inLanes.length).toBeGreaterThan(0.85);
  expect(inLanes.slice(0, runs(4)).filter(({ name }) => finds(name, { lanes: 0 }))).toEqual([]);
});

// Every function on every code of bf16 and on fp32 of all binades; the machine sums the words up itself.
const scratch = mkdtempSync(join(tmpdir(), 'tiers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const sums = new Map<string, string>();
const program = [
  'codes = spm u16 [16384] at 0x0     narrow = spm bf16 [16384] at 0x0     wide = spm fp32 [8192] at 0x0',
  'd16 = spm bf16 [16384] at 0x10000     d32 = spm fp32 [8192] at 0x10000',
  'sum = spm u32 [1] at 0x20000     out = dram u32 [1] at 0x0',
  's2 = 1',
  ...functionNames.flatMap((name, op) =>
    [0, 16384, 32768, 49152].flatMap((from, quarter) => [
      `s1 = ${from}`,
      'iota codes, s1, s2',
      `special.${name} d16, narrow`,
      'crc sum, d16',
      `store out[${2 * (4 * op + quarter)}], sum`,
      `special.${name} d32, wide`,
      'crc sum, d32',
      `store out[${2 * (4 * op + quarter) + 1}], sum`,
    ]),
  ),
  'halt 0',
  '',
].join('\n');

for (const [tier, flags] of tiers)
  for (const device of ['engine', 'engine-scalar']) {
    test(`${device} in the ${tier} tier: the special functions give the same words as elsewhere`, { timeout: 120_000 }, () => {
      const file = join(scratch, 'functions.s'),
        dump = join(scratch, `${tier}-${device}.bin`);
      writeFileSync(file, program);
      const run = spawnSync(
        process.execPath,
        [...flags, `${root}bin/systole.cjs`, 'run', file, '--device', device, '--dump', `dram:0x0:${8 * functionNames.length}:u32=${dump}`],
        { cwd: root, encoding: 'utf8' },
      );
      expect(run.status, run.stderr).toBe(0);
      sums.set(`${tier} ${device}`, readFileSync(dump, 'hex'));
      expect(new Set(sums.values()).size, [...sums.keys()].join(', ')).toBe(1);
    });
  }

for (const [tier, flags] of tiers) for (const name of ['nvidia-hopper', 'amd-cdna2']) {
  test(`${name} in the ${tier} tier: programs by its kernels are what the specification says`, { timeout: 240_000 }, () => {
    const options = ['--profile', name, '--knobs', 'numerics', '--count', `${runs(8)}`, '--against', 'engine-scalar,engine-slow,engine-threads,specification:8'];
    const run = spawnSync(process.execPath, [...flags, `${root}bin/systole.cjs`, 'fuzz', ...options], { cwd: root, encoding: 'utf8' });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  });
}
