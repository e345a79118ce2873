//! compare-profiles.test: one program under many numerics: the documented hashes, on engine and specification; where profiles part; wrong use.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { BUCKETS, compareProfiles, type Comparison, type Maker } from '../model/divergence/divergence.ts';
import { withExactSums } from '../model/divergence/exact.ts';
import { comparisonHtml, comparisonSvg } from '../model/divergence/plot.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { setUp, systole } from './command-line.ts';

const root = join(import.meta.dirname, '..'), folder = join(root, 'examples', 'numerics');
const { program } = assembled(readFileSync(join(folder, 'gemm.s')), { file: 'gemm.s', include: (path) => readFileSync(join(folder, path)) });
const documented = [...readFileSync(join(root, 'docs', 'numerics.md'), 'utf8').matchAll(/^\| ([\w-]+) \| `([0-9a-f]{64})` \|$/gm)].map(([, name, sha]) => [name!, sha!] as const);
const under = (names: readonly string[], make: Maker): Comparison => compareProfiles(make, names.map(profile), withExactSums(profile(names[0]!)), program, undefined);

test('at least eight profiles are documented, each with words of its own, and the engine has them', () => {
  expect(new Set(documented.map(([, sha]) => sha)).size).toBeGreaterThanOrEqual(8);
  const { results, elements } = under(documented.map(([name]) => name), engine);
  expect(results.map((one) => [one.profile, one.sha256])).toEqual(documented);
  expect(elements).toBe(256);
});

test('the specification has them too, and the same distances and first difference', () => {
  const names = ['systole-16', 'nvidia-hopper', 'amd-cdna3'], slow = under(names, specification), fast = under(names, engine);
  expect(slow).toEqual(fast);
  expect(slow.results.map((one) => [one.profile, one.sha256])).toEqual(documented.filter(([name]) => names.includes(name)));
}, 120_000);

test('a profile parts from another at the first element that differs, and from itself nowhere', () => {
  const [same, other] = under(['nvidia-ampere', 'nvidia-hopper'], engine).results;
  expect(same!.parting).toBeUndefined();
  expect(other!.parting).toMatchObject({ what: 'words', element: { index: [0, 2] } });
  expect(other!.parting!.element!.first).not.toBe(other!.parting!.element!.here);
  expect(under(['nvidia-ada', 'nvidia-ampere'], engine).results[1]).toMatchObject({ parting: undefined, fromFirst: { differing: 0, most: 0n } });
});

test('a machine that cannot run the program says so, and the others are compared all the same', () => {
  const { results } = under(['systole-16', 'tpu1-like', 'nvidia-volta'], engine);
  expect(results.map(({ status }) => status)).toEqual(['halted', 'trapped', 'halted']);
  expect(results[1]!.sha256).toBeUndefined();
  expect(results[2]!.sha256).toBe(new Map(documented).get('nvidia-volta'));
});

test('the histogram holds every element once; the picture is well formed and shows every profile', () => {
  const comparison = under(['systole-16', 'nvidia-volta'], engine);
  for (const { fromExact } of comparison.results) {
    expect(fromExact!.histogram).toHaveLength(BUCKETS);
    expect(fromExact!.histogram.reduce((sum, count) => sum + count, 0)).toBe(comparison.elements);
  }
  const svg = comparisonSvg('a <b> & "c"', comparison);
  expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
  expect([...svg.matchAll(/<text/g)].length).toBe([...svg.matchAll(/<\/text>/g)].length);
  expect(svg).toContain('nvidia-volta');
  expect(comparisonHtml('x', comparison, [['profile'], ['systole-16']])).toContain('<td>systole-16</td>');
});

test('the command line: JSON, and what is wrong is told at once', async () => {
  setUp();
  const file = join(folder, 'gemm.s'), { out, code } = await systole(`compare-profiles ${file} --profiles systole-16,nvidia-volta --json`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ elements: 256, profiles: [{ profile: 'systole-16' }, { profile: 'nvidia-volta', first_difference: { what: 'words' } }] });
  expect(await systole(`compare-profiles ${file} --profiles systole-16`)).toMatchObject({ code: 3, err: expect.stringContaining('name two or more') });
  expect(await systole(`compare-profiles ${file} --profiles systole-16,nvidia-vota`)).toMatchObject({ code: 3, err: expect.stringContaining("did you mean 'nvidia-volta'") });
  expect(await systole(`compare-profiles hello.s --profiles systole-16,systole-128 --output dram:0x40:8`)).toMatchObject({ code: 3, err: "--output: error: 'dram:0x40:8': write SPACE:ADDR:DIMS:DTYPE\n" });
  // No file would be written, as --dump of run writes one.
  expect(await systole(`compare-profiles hello.s --profiles systole-16,systole-128 --output dram:0x40:8:s32=sums.npy`)).toMatchObject({ code: 3, err: "--output: error: 'dram:0x40:8:s32=sums.npy': a region to compare has no file; write SPACE:ADDR:DIMS:DTYPE\n" });
}, 120_000);
