//! score.rtl.test: the score of a bundle, and its proofs: what they assume holds, and they prove no fault that a bundle finds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mutant, prover } from '../model/cli/bundle-proof.ts';
import { tools } from './tools.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const systole = (...words: readonly string[]) => spawnSync(process.execPath, [join(root, 'bin/systole.cjs'), ...words], { encoding: 'utf8' });
let folder = '', bundle = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'systole-score-'));
  bundle = join(folder, 'smoke');
  expect(systole('bundle', 'make', '--kind', 'smoke', '--profile', 'systole-int8', '-o', bundle, '--quiet').status).toBe(0);
});
afterAll(() => { rmSync(folder, { recursive: true }); });

test('what proofs assume of legal instructions is so in every clock of the smoke bundle', () => {
  if (!tools('verilator')) return;
  const { status, stdout } = spawnSync('make', ['-s', '-C', join(root, 'rtl'), 'contract', `BUNDLE=${bundle}`], { encoding: 'utf8' });
  expect({ status, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ status: 0, last: expect.stringMatching(/^PASS cases=\d+ /) });
});

// Netlists in gates take a minute each where nothing else runs.
test('the smoke bundle finds its mutants and notes them in the manifest; no mutant that it finds is proved equivalent', { timeout: 1_500_000 }, async () => {
  if (!tools('verilator', 'yosys')) return;
  const kept = join(folder, 'kept'), { status, stdout } = systole('bundle', 'score', bundle, '--mutants', '100', '--seed', '7', '--no-proofs', '--goal', '85', '--keep', kept, '--json');
  const { killed, mutants, survivors, other_clocks: otherClocks } = JSON.parse(stdout) as Record<'survivors' | 'other_clocks', string[]> & Record<'killed' | 'mutants', number>;
  expect({ status, mutants, sum: killed + survivors.length + otherClocks.length }).toEqual({ status: 0, mutants: 100, sum: 100 });
  expect((JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8')) as { scores: { killed: number }[] }).scores).toMatchObject([{ killed, mutants }]);
  expect(systole('bundle', 'check', bundle).status).toBe(0);

  const unseen = new Set([...survivors, ...otherClocks]), lines = readFileSync(join(kept, 'mutants.txt'), 'utf8').split('\n').filter((line) => line.startsWith('mutate '));
  const found = lines.map((command, i): Mutant => ({ number: i + 1, command, module: / -module (\S+)/.exec(command)![1]!, text: '' })).filter(({ command }) => ![...unseen].some((text) => command.includes(/ -cell \S*?([^ /]+ -port \S+ -portbit \d+)/.exec(text)![1]!)));
  expect(found.length).toBeGreaterThan(70);
  const some = found.filter((_, i) => i % 24 === 0), proved = prover(some, join(kept, 'assuming.il'), kept, 3);
  for (const mutant of some) expect({ command: mutant.command, why: (await proved(mutant)).why }).toEqual({ command: mutant.command, why: undefined });

  // The law can fail: from a contract that nothing keeps all follows.
  const netlist = readFileSync(join(kept, 'assuming.il'), 'utf8'), never = join(kept, 'never.il');
  writeFileSync(never, netlist.replace(/(cell \$assume .*\n\s*connect \\A ).*/g, "$11'0"));
  const unchecked = found.filter(({ module, command }) => module.includes('systole_drain') && command.includes(' -port D ')).slice(0, 3), provedAlways = prover(unchecked, never, kept, 3);
  expect(await Promise.all(unchecked.map(async (mutant) => (await provedAlways(mutant)).why))).toContainEqual(expect.stringContaining('the module alone'));

  // And the contract is not one of that kind: each clause can be kept in a clock in which it counts.
  const clauses = new Map([...netlist.matchAll(/^module (\S+)$|cell \$assume [\s\S]*?connect \\EN \\(\S+)\n/gm)].map((match, i, all) => [all.slice(0, i + 1).findLast(([, module]) => module)?.[1], match[2]] as const).filter(([, when]) => when));
  expect([...clauses.values()].sort()).toEqual(['cmd_valid', 'mem_valid', 'start', 'start', 'start', 'start', 'start']);
  for (const [module, when] of clauses) {
    const { stdout: said } = spawnSync('yosys', ['-p', `read_rtlil ${join(kept, 'assuming.il')}; cd ${module}; memory_map; async2sync; sat -ignore_unknown_cells -set-assumes -seq 1 -set ${when} 1`], { encoding: 'utf8' });
    expect({ module, said: /SAT solving finished.*/.exec(said)?.[0] }).toEqual({ module, said: expect.stringContaining('model found') });
  }
});
