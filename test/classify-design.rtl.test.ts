//! classify-design.rtl.test: of what the example design leaves with a seeded mistake in it, classify names that mistake.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directedCases } from '../model/bundle/directed.ts';
import { profile } from '../model/machine/profile.ts';
import { writeBundle } from './rtl-cases.ts';
import { tools } from './tools.ts';

const root = join(import.meta.dirname, '..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'systole-classify-'));
  writeBundle(join(folder, 'bundle'), profile('systole-int8'), directedCases());
});
afterAll(() => { rmSync(folder, { recursive: true }); });

/** BUG of docs/rtl.md, cause. */
const mistakes: readonly (readonly [number, string, RegExp])[] = [
  [1, 'product truncated', /15 bits/], [2, 'partial sum width', /16 bits/], [14, 'saturate for wrap', /sums/], [16, 'stale accumulators', /replaces/], [17, 'wrap for saturate', /sums/],
  [19, 'wrap for saturate', /results/], [20, 'table bias', /left out/], [21, 'signedness', /u32/], [22, 'zero point', /residual is added/], [23, 'table shift', /6 bits/], [24, 'product truncated', /48 bits/],
  [25, 'rounding mode', /rne rounds as rhu/], [26, 'rounding mode', /rz rounds as rd/], [27, 'rounding mode', /rna rounds as rhu/], [28, 'activation', /before the residual/], [29, 'clamp', /before the zero point/],
  [30, 'signedness', /bounded as signed/], [39, 'transposed', /weights/], [40, 'rounding mode', /odd rounds as rd/],
];

/** What the design with the mistake leaves after every directed program. */
function dump(bug: number): string {
  const to = join(folder, `left-${bug}`), sv = (path: string): string => join(root, path), vvp = join(folder, `${bug}.vvp`);
  mkdirSync(to);
  const design = readdirSync(join(root, 'rtl')).filter((name) => name.endsWith('.sv')).map((name) => sv(`rtl/${name}`)), benches = ['array_bench', 'bench', 'clock'].map((name) => sv(`rtl/bench/systole_${name}.sv`));
  expect(spawnSync('iverilog', ['-g2012', '-s', 'systole_clock', `-Psystole_clock.BUG=${bug}`, '-o', vvp, sv('generated/systole_isa.sv'), sv('generated/systole_profile.sv'), ...design, ...benches]).status).toBe(0);
  expect(spawnSync('vvp', ['-n', vvp, `+bundle=${join(folder, 'bundle')}`, `+dump=${to}`, '+timeout=20000']).status).toBe(0);
  return to;
}
function verdict(bug: number): { readonly wrong_bytes: number; readonly explained: boolean; readonly verdicts: readonly { readonly cause: string; readonly says: string }[] } {
  const run = spawnSync(process.execPath, [join(root, 'bin/systole.cjs'), 'classify', join(folder, 'bundle'), '--actual', dump(bug), '--json'], { encoding: 'utf8' });
  return JSON.parse(run.stdout);
}

test('of the design without a mistake nothing is wrong', () => {
  if (tools('iverilog')) expect(verdict(0)).toMatchObject({ wrong_bytes: 0, verdicts: [] });
});

// Each takes a simulation and a classification; all of them with SYSTOLE_BUGS=all.
test.each(mistakes.filter((_, i) => process.env.SYSTOLE_BUGS === 'all' || i % 4 === 0))('BUG=%i is %s', (bug, cause, says) => {
  if (!tools('iverilog')) return;
  const { explained, verdicts: [best] } = verdict(bug);
  expect([explained, best?.cause, best?.says]).toEqual([true, cause, expect.stringMatching(says)]);
});
