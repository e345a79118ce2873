//! tiers.test: the engine gives the same bits in V8's baseline compiler and in its optimising one.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const golden = JSON.parse(readFileSync(`${root}golden/digits.json`, 'utf8')) as { outputs_sha256: string };
const tiers = [['baseline', ['--liftoff', '--no-wasm-tier-up']], ['optimising', ['--no-liftoff']]] as const;

for (const [tier, flags] of tiers) for (const device of ['engine', 'engine-scalar']) {
  test(`${device} in the ${tier} tier: the digit network gives the golden outputs`, { timeout: 120_000 }, () => {
    const run = spawnSync(process.execPath, [...flags, `${root}bin/systole.cjs`, 'run', 'examples/digits', '--device', device, '--json'], { cwd: root, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    expect((JSON.parse(run.stdout) as { outputs_sha256: string }).outputs_sha256).toBe(golden.outputs_sha256);
  });
}

for (const [tier, flags] of tiers) for (const name of ['nvidia-hopper', 'amd-cdna2']) {
  test(`${name} in the ${tier} tier: programs by its kernels are what the specification says`, { timeout: 240_000 }, () => {
    const options = ['--profile', name, '--knobs', 'numerics', '--count', '40', '--oracle', '8'];
    const run = spawnSync(process.execPath, [...flags, '--import', 'tsx', 'test/laws-campaign.ts', ...options], { cwd: root, encoding: 'utf8' });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  });
}
