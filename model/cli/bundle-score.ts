//! bundle-score: how many faults of a design a bundle finds: mutants of its netlist, each of which the player has to see.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { BundleFile } from '../bundle/files.ts';
import { sealed } from '../bundle/make.ts';
import type { Score } from '../bundle/manifest.ts';
import type { Bundle } from '../bundle/open.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { opened } from './bundle.ts';
import { packageRoot } from './example.ts';
import { EXIT_BELOW_GOAL, EXIT_PASS } from './exit.ts';
import { isFolder, isPresent, openOutputs } from './host.ts';
import { wholeNumber } from './place.ts';
import { progressBar } from './progress.ts';
import { outColours, print, printJson, say } from './terminal.ts';

export interface ScoreFlags { readonly design?: string; readonly mutants?: string; readonly seed?: string; readonly goal?: string; readonly keep?: string; readonly json?: boolean; readonly quiet?: boolean }

const MUTANTS_DEFAULT = 300, MUTANTS_MAX = 10_000, GOAL_DEFAULT = 98;
/** Clocks without progress after which a mutant counts as hung: the longest instruction of the bundles takes far fewer. */
const TIMEOUT_CLOCKS = 20_000;

interface Mutant { readonly number: number; readonly text: string }
interface Outcome { readonly mutant: Mutant; readonly killed: boolean; readonly says: string }

/** Mutants of the design, all in one netlist; the score goes into the manifest of the bundle. */
export async function bundleScore(folder: string, flags: ScoreFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], number = (option: 'mutants' | 'seed' | 'goal', most: number, otherwise: number): number => {
    const value = flags[option] === undefined ? otherwise : wholeNumber(flags[option]!);
    if (value === undefined || value > most || (option === 'mutants' && value < 1)) diagnostics.push({ file: `--${option}`, line: 0, column: 0, message: `'${flags[option]}' is not a whole number up to ${most}` });
    return value ?? otherwise;
  };
  const mutants = number('mutants', MUTANTS_MAX, MUTANTS_DEFAULT), seed = number('seed', 2 ** 31 - 1, 1), goal = number('goal', 100, GOAL_DEFAULT), design = resolve(flags.design ?? join(packageRoot(), 'rtl'));
  if (!existsSync(join(design, 'systole_matrix.sv'))) diagnostics.push({ file: '--design', line: 0, column: 0, message: `${design} has no systole_matrix.sv` });
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  if (isPresent(folder) && !isFolder(folder)) throw new Rejected([{ file: folder, line: 0, column: 0, message: 'is no folder; a score is written into the bundle' }]);
  const bundle = opened(folder), scratch = flags.keep === undefined ? mkdtempSync(join(dirname(resolve(folder)), '.score-')) : resolve(flags.keep);
  mkdirSync(scratch, { recursive: true });
  if (flags.keep === undefined) process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const list = await mutatedNetlist(design, resolve(folder), scratch, mutants, seed, flags.quiet === true), program = await built(design, resolve(folder), scratch);
  const healthy = await played(program, folder, { number: 0, text: '' });
  if (healthy.killed) throw new Rejected([{ file: folder, line: 0, column: 0, message: `the design without a fault does not pass: ${healthy.says}` }]);
  const outcomes = await all(list, program, folder, flags.quiet === true || flags.json === true), survivors = outcomes.filter(({ killed }) => !killed);
  const score: Score = { design: 'systole_matrix', mutants: outcomes.length, killed: outcomes.length - survivors.length, equivalent: [], survivors: survivors.map(({ mutant }) => mutant.text) };
  rewritten(folder, bundle, score);
  const percent = (100 * score.killed) / score.mutants;
  if (flags.json) printJson({ bundle: folder, ...score, percent: Math.round(percent * 100) / 100, goal, seed });
  else {
    print(`${folder}: ${percent >= goal ? outColours.green(`${percent.toFixed(1)} %`) : outColours.red(`${percent.toFixed(1)} %`)}, ${score.killed} of ${score.mutants} mutants killed (seed ${seed})`);
    for (const { mutant } of survivors) print(`survives  ${mutant.text}`);
  }
  return percent >= goal ? EXIT_PASS : EXIT_BELOW_GOAL;
}

const sourcesOf = (design: string): readonly string[] => readdirSync(design).filter((file) => /^systole_.*\.sv$/.test(file) && file !== 'systole_player.sv').sort().map((file) => join(design, file));

/** One netlist in which an input chooses the fault; the faults, in the order of their numbers. */
async function mutatedNetlist(design: string, bundle: string, scratch: string, count: number, seed: number, isQuiet: boolean): Promise<readonly Mutant[]> {
  const packages = ['systole_isa.sv', 'systole_profile.sv'].map((file) => join(bundle, 'sv', file)), prepared = join(scratch, 'design.il'), listed = join(scratch, 'mutants.txt');
  if (!isQuiet) say('yosys reads the design');
  await tool('yosys', ['-q', '-p', [`read_verilog -sv ${[...packages, ...sourcesOf(design)].join(' ')}`, 'prep -flatten -top systole_matrix', 'rename -top systole_matrix', `write_rtlil ${prepared}`, `mutate -list ${count} -seed ${seed} -o ${listed}`].join('; ')], scratch);
  const lines = readFileSync(listed, 'utf8').split('\n').filter((line) => line.startsWith('mutate ')), script = join(scratch, 'mutate.ys');
  writeFileSync(script, [`read_rtlil ${prepared}`, ...lines.map((line, i) => line.replace('mutate ', `mutate -ctrl mutant 16 ${i + 1} `)), `write_verilog -noattr ${join(scratch, 'mutated.v')}`, ''].join('\n'));
  await tool('yosys', ['-q', script], scratch);
  // Where in the sources, without the paths of this machine.
  return lines.map((line, i) => ({ number: i + 1, text: line.replace(/^mutate /, '').replace(/ -module \S+/, '').replace(/\S*\/(\w+\.sv)/g, '$1') }));
}

/** The Verilated bench with the mutated netlist in place of the design. */
async function built(design: string, bundle: string, scratch: string): Promise<string> {
  const sv = (file: string): string => join(bundle, 'sv', file), bench = join(design, 'bench');
  await tool('verilator', [
    '--cc', '--exe', '--build', '-O3', '--x-assign', 'fast', '--x-initial', 'fast', '--noassert', '-Wno-fatal', '-Wno-lint', '-DMUTANTS', '-CFLAGS', '-O1 -DVL_USER_STOP -DVL_USER_FINISH', '--prefix', 'Vbench', '--top-module', 'systole_bench', '--Mdir', join(scratch, 'obj'), '-o', 'mutants',
    sv('systole_isa.sv'), sv('systole_profile.sv'), join(design, 'systole_player.sv'), join(scratch, 'mutated.v'), join(bench, 'systole_bench.sv'), join(bench, 'main.cpp'),
  ], scratch);
  return join(scratch, 'obj', 'mutants');
}

async function all(mutants: readonly Mutant[], program: string, folder: string, isQuiet: boolean): Promise<readonly Outcome[]> {
  const bar = await progressBar(isQuiet, mutants.length, 'mutants'), waiting = [...mutants], outcomes: Outcome[] = [];
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      outcomes.push(await played(program, folder, mutant));
      bar.update(outcomes.length);
    }
  }));
  bar.stop();
  return outcomes.sort((a, b) => a.mutant.number - b.mutant.number);
}

const played = (program: string, folder: string, mutant: Mutant): Promise<Outcome> => new Promise((done) => {
  const child = spawn(program, [`+bundle=${resolve(folder)}`, `+mutant=${mutant.number}`, `+timeout=${TIMEOUT_CLOCKS}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  let last = '';
  child.stdout.on('data', (bytes: Buffer) => { last = `${last}${bytes}`.slice(-4096); });
  child.on('close', (code) => {
    const line = last.trim().split('\n').at(-1) ?? '';
    done({ mutant, killed: code !== 0 || !line.startsWith('PASS'), says: line });
  });
});

/** The manifest with the score, and the checksums that go with it. */
function rewritten(folder: string, { tree, manifest }: Bundle, score: Score): void {
  const files = tree.paths.filter((path) => path !== 'manifest.json' && path !== 'checksums.txt').map((path): BundleFile => ({ path, bytes: tree.read(path) }));
  const outputs = openOutputs(), scores = [...manifest.scores.filter(({ design }) => design !== score.design), score];
  for (const { path, bytes } of sealed(files, { ...manifest, scores })) if (path === 'manifest.json' || path === 'checksums.txt') outputs.open(join(folder, path)).write(bytes);
  outputs.commit();
}

const howToGet: Readonly<Record<string, string>> = { yosys: 'apt-get install yosys', verilator: 'apt-get install verilator g++ make' };
function tool(name: string, words: readonly string[], cwd: string): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(name, [...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => { text = `${text}${bytes}`.slice(-8192); });
    const refuse = (message: string): void => failed(new Rejected([{ file: name, line: 0, column: 0, message }]));
    child.on('error', () => refuse(`is not installed; it is needed for this command: ${howToGet[name]}`));
    child.on('close', (code) => (code === 0 ? done() : refuse(`ends with ${code}:\n${text.trim().split('\n').slice(-12).join('\n')}`)));
  });
}
