//! ci-examples.test: the examples for CI have the form that their readers want, and every command in them is one of ours with options that it has.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../model/cli/commands.ts';
import { root } from './command-line.ts';
import { tools } from './tools.ts';
import { everyText, readYaml } from './yaml.ts';

const folder = join(root, 'examples', 'ci'), read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The options are read, and nothing is run. */
const isCommand = (words: readonly string[]): Promise<unknown> => commands(() => async () => undefined).parseAsync([...words], { from: 'user' });
/** Commands of systole in lines of a shell, variables of CI replaced by a number. */
const commandsIn = (lines: readonly string[]): readonly (readonly string[])[] =>
  lines.flatMap((line) => line.split(/ (?:\|\||&&) /)).map((line) => line.replace(/\$\{\{[^}]*\}\}|\$\w+/g, '1').trim()).filter((line) => line.startsWith('npx systole ')).map((line) => line.split(/\s+/).slice(2));

test.each(['github.yml', 'gitlab.yml'])('%s parses, and the commands in it exist', async (name) => {
  const workflow = readYaml(read(name)), found = commandsIn(everyText(workflow));
  expect(new Set(found.map(([word]) => word))).toEqual(new Set(name === 'github.yml' ? ['bundle', 'fuzz', 'merge', 'replay', 'report'] : ['fuzz', 'merge', 'report']));
  for (const words of found) await isCommand(words);
});

test('the jobs of github.yml have steps that use an action or run something, and needs that exist', () => {
  const { jobs, ...more } = readYaml(read('github.yml')) as { readonly jobs: Readonly<Record<string, { readonly 'runs-on': string; readonly needs?: string; readonly steps: readonly Readonly<Record<string, unknown>>[] }>> };
  expect(Object.keys(more)).toEqual(['name', 'on']);
  for (const [name, { 'runs-on': machine, needs, steps }] of Object.entries(jobs)) {
    expect([name, machine, needs === undefined || needs in jobs]).toEqual([name, 'ubuntu-latest', true]);
    for (const step of steps) expect(Object.keys(step).filter((key) => key === 'uses' || key === 'run'), JSON.stringify(step)).toHaveLength(1);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+(\/[\w-]+)*@v\d+$/);
  }
});

test('the jobs of gitlab.yml stand in a stage and have a script', () => {
  const { stages, ...jobs } = readYaml(read('gitlab.yml')) as { readonly stages: readonly string[] } & Readonly<Record<string, unknown>>;
  for (const job of Object.values(jobs as Readonly<Record<string, { readonly stage: string; readonly script: readonly string[] }>>)) expect([stages.includes(job.stage), job.script.every((line) => typeof line === 'string')]).toEqual([true, true]);
});

test('the reader of YAML refuses what it does not know', () => {
  for (const text of ['a: 1\na: 2\n', 'a:\n  b: 1\n   c: 2\n', 'a: |\n  x\n', 'a: &b 1\n', '- a\nb: 1\n', 'a: b: c\n', 'a\n']) expect(() => readYaml(text), text).toThrow();
  expect(readYaml("a:\n  - b: 1\n    c: 'x: y'\n  - [1, z]\nd:\n- e\n")).toEqual({ a: [{ b: 1, c: 'x: y' }, [1, 'z']], d: ['e'] });
});

test('systole.mk: make goes through it, and the commands that it would run exist', async () => {
  if (!tools('make')) return;
  const { status, stdout, stderr } = spawnSync('make', ['-n', '-f', join(folder, 'systole.mk'), 'systole-report', 'SYSTOLE_SHARDS=1 2 3'], { encoding: 'utf8' }), found = commandsIn(stdout.split('\n'));
  expect([status, stderr, found.map(([word]) => word)]).toEqual([0, '', ['fuzz', 'fuzz', 'fuzz', 'merge', 'report']]);
  for (const words of found) await isCommand(words);
});

test.each(['ci.md', 'farm.md'])('the commands of docs/%s that are not run there exist', async (page) => {
  const blocks = [...readFileSync(join(root, 'docs', page), 'utf8').matchAll(/^```(?:bash|sh)\n([\s\S]*?)^```$/gm)].flatMap((found) => found[1]!.split('\n'));
  expect(commandsIn(blocks).length).toBeGreaterThan(3);
  for (const words of commandsIn(blocks)) await isCommand(words);
});

test('job scripts for Slurm are bash, and name no option of theirs twice', () => {
  for (const name of readdirSync(join(root, 'examples', 'slurm'))) {
    const path = join(root, 'examples', 'slurm', name), options = [...readFileSync(path, 'utf8').matchAll(/^#SBATCH (--[\w-]+)/gm)].map((found) => found[1]!);
    expect([spawnSync('bash', ['-n', path]).status, options.length > 2, new Set(options).size]).toEqual([0, true, options.length]);
  }
});
