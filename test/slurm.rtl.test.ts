//! slurm.rtl.test: a campaign on a real Slurm of four nodes on this machine: a node that crashes loses nothing, and the results are those of one process.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './command-line.ts';
import { type Cluster, hasSlurm, startCluster, until } from './slurm-cluster.ts';

// The path of a socket has at most 108 characters.
const folder = mkdtempSync(join(tmpdir(), 'systole-slurm-')), at = (...names: readonly string[]): string => join(folder, ...names), read = (...names: readonly string[]): string => readFileSync(at(...names), 'utf8');
const words = (seed: number): readonly string[] => ['--seed', String(seed), '--count', '800', '--against', 'engine-scalar,specification:4'];

interface State { readonly shards: readonly { readonly shard: number; readonly state: string; readonly programs: number }[]; readonly merged: boolean }

describe.skipIf(!hasSlurm())('on a Slurm of four nodes', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], { stdio: 'ignore' });
    cluster = await startCluster(at('slurm'));
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const systole = (...line: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'systole.cjs'), ...line], { cwd: folder, env: cluster.env, encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  };
  const state = (name: string): State => JSON.parse(systole('slurm', 'status', name, '--json').out) as State;
  const alone = (seed: number): string => {
    const { code, err } = systole('fuzz', ...words(seed), '--failures', '0', '--output', `alone-${seed}`, '--quiet');
    expect(code, err).toBe(0);
    return read(`alone-${seed}`, 'results.json');
  };

  test('a node that crashes in the middle loses nothing: its shard goes on elsewhere, and the merged results are those of one process', async () => {
    expect(systole('slurm', 'submit', 'crash', '--shards', '4', '--', ...words(1))).toMatchObject({ code: 0, out: expect.stringMatching(/^array \d+ of 4 shards, merge \d+\n/) });
    let on = '', before = 0;
    await until('a shard has results and is not done', 120, () => {
      const found = state('crash').shards.find((one) => one.programs > 0 && one.state.startsWith('running on '));
      [on, before] = [found?.state.slice('running on '.length) ?? '', found?.programs ?? 0];
      return found !== undefined;
    });
    const shard = state('crash').shards.find((one) => one.state === `running on ${on}`)!.shard;
    cluster.crash(on);
    const kept = state('crash').shards[shard - 1]!;
    expect([kept.state.endsWith(on), kept.programs >= before]).toEqual([false, true]);
    await until('the campaign is merged', 300, () => state('crash').merged);
    cluster.revive(on);
    expect(read('crash', 'logs', `shard-${shard}.log`)).toMatch(new RegExp(`shard ${shard}/4 on ${on}, start 0\\n[^]*shard ${shard}/4 on (?!${on})n\\d, start 1\\n`));
    expect(read('crash', 'merged', 'results.json')).toBe(alone(1));
    expect(state('crash').shards.map((one) => one.state)).toEqual(['done', 'done', 'done', 'done']);
  });

  test('a shard that was cancelled is told, queued again and merged; collecting twice is collecting once', async () => {
    const { out } = systole('slurm', 'submit', 'cancel', '--shards', '3', '--json', '--', ...words(2)), { arrays, merge } = JSON.parse(out) as { readonly arrays: readonly string[]; readonly merge: string };
    await until('shard 2 is running', 60, () => state('cancel').shards[1]!.state.startsWith('running'));
    cluster.run('scancel', `${arrays[0]}_2`);
    await until('the other shards are done', 240, () => state('cancel').shards.map((one) => one.state).join() === 'done,lost,done');
    await until('the merge, which can never begin, is gone', 60, () => !cluster.run('squeue', '--noheader', '--format=%i').split('\n').includes(merge));
    expect(systole('slurm', 'collect', 'cancel')).toMatchObject({ code: 3, err: expect.stringMatching(/^missing: shard 2: lost; its log is cancel\/logs\/shard-2\.log\nnpx systole slurm collect cancel --requeue\n$/) });
    const again = systole('slurm', 'collect', 'cancel', '--requeue');
    expect([again.code, again.err]).toEqual([3, expect.stringMatching(/\nqueued again as array \d+, merge \d+: shards 2\n$/)]);
    await until('the campaign is merged', 240, () => state('cancel').merged);
    const expected = alone(2);
    expect(read('cancel', 'merged', 'results.json')).toBe(expected);
    expect(systole('slurm', 'collect', 'cancel')).toMatchObject({ code: 0, out: expect.stringMatching(/^programs +800$/m) });
    expect(read('cancel', 'merged', 'results.json')).toBe(expected);
  });

  test('what sbatch refuses is told in its words, and mistakes in the options of fuzz before anything is queued', () => {
    expect(systole('slurm', 'submit', 'refused', '--shards', '2', '--sbatch', '--partition=nowhere', '--', ...words(1))).toMatchObject({ code: 3, err: expect.stringContaining('sbatch: error: Batch job submission failed: Invalid partition name specified') });
    expect(systole('slurm', 'submit', 'typo', '--shards', '2', '--', '--sed', '1')).toMatchObject({ code: 3, err: expect.stringContaining("unknown option '--sed'") });
    expect(cluster.run('squeue', '--noheader')).toBe('');
  });
});
