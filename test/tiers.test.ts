//! tiers.test: the engine gives the same bits in V8's baseline compiler and in its optimising one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { functionNames } from '../model/numerics/functions.ts';
import { runs } from './runs.ts';

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
