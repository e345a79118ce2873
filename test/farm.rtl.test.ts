//! farm.rtl.test: shards as processes: one that is killed goes on where it was, all of them run where addresses are limited, and make drives them.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Results } from '../model/campaign/results.ts';
import { root } from './command-line.ts';
import { until } from './slurm-cluster.ts';
import { tools } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'systole-shards-')), at = (...names: readonly string[]): string => join(folder, ...names), read = (...names: readonly string[]): string => readFileSync(at(...names), 'utf8');
// So many that a shard takes longer than results wait to be written, on a fast machine too.
const COUNT = 2000;
const command = join(root, 'dist', 'systole.cjs'), campaign = ['fuzz', '--seed', '3', '--count', String(COUNT), '--failures', '0', '--quiet'];
beforeAll(() => { execFileSync(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], { stdio: 'ignore' }); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const systole = (...words: readonly string[]): number | null => spawnSync(process.execPath, [command, ...words], { cwd: folder, stdio: 'ignore' }).status;
const inShell = (line: string): { readonly status: number | null; readonly stderr: string } => spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
const alone = (): string => {
  if (!existsSync(at('alone'))) expect(systole(...campaign, '--output', 'alone')).toBe(0);
  return read('alone', 'results.json');
};

test('a shard that is killed and begun again counts every test once, and what is merged are the results of one process', async () => {
  const killed = spawn(process.execPath, [command, ...campaign, '--shard', '2/2', '--resume', 'b'], { cwd: folder, stdio: 'ignore' });
  const programs = (): number => (existsSync(at('b', 'results.json')) ? (JSON.parse(read('b', 'results.json')) as Results).programs : 0);
  await until('the shard has done something', 120, () => programs() > 0);
  killed.kill('SIGKILL');
  const before = programs();
  expect([before > 0, before < COUNT / 2]).toEqual([true, true]);
  expect(systole(...campaign, '--shard', '1/2', '--output', 'a')).toBe(0);
  expect(systole('merge', 'a', 'b', '--output', 'early')).toBe(3);
  expect(systole(...campaign, '--shard', '2/2', '--resume', 'b')).toBe(0);
  expect(systole('merge', 'b', 'a', '--output', 'merged')).toBe(0);
  expect(read('merged', 'results.json')).toBe(alone());
});

test('fuzz, merge and report run where ulimit -v leaves 8 GB of addresses, with the same results', () => {
  const limited = (words: readonly string[]): { readonly status: number | null; readonly stderr: string } => inShell(`ulimit -v 8000000; '${process.execPath}' '${command}' ${words.join(' ')}`), { status, stderr } = limited([...campaign, '--output', 'small']);
  expect([status, stderr]).toEqual([0, expect.stringContaining('the address space is limited (ulimit -v)')]);
  expect(read('small', 'results.json')).toBe(alone());
  expect(limited(['merge', 'small', '--output', 'small-merged', '--quiet']).status).toBe(0);
  expect(read('small-merged', 'results.json')).toBe(alone());
  expect(limited(['report', 'small-merged', '--junit', 'small.xml', '--html', 'small.html', '--quiet']).status).toBe(0);
});

test('make fuzzes in shards at once, merges and reports, and does nothing twice', () => {
  if (!tools('make')) return;
  const line = `make -j2 -f '${join(root, 'examples', 'ci', 'systole.mk')}' systole-report SYSTOLE="'${process.execPath}' '${command}'" SYSTOLE_COUNT=60 SYSTOLE_SHARDS='1 2'`, first = inShell(line), again = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
  expect(first.status, first.stderr).toBe(0);
  expect(['junit.xml', 'systole.sarif', 'report.html', 'trace.json'].filter((name) => !existsSync(at('systole-out', name)))).toEqual([]);
  expect([again.status, /\bfuzz\b/.test(again.stdout)]).toEqual([0, false]);
});
