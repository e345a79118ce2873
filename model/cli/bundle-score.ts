//! bundle-score: how many faults of a design a bundle finds: mutants of its netlist, each of which the player sees, or which a proof shows to be none.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { BundleFile } from '../bundle/files.ts';
import { sealed } from '../bundle/make.ts';
import type { Score } from '../bundle/manifest.ts';
import type { Bundle } from '../bundle/open.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { opened } from './bundle.ts';
import { packageRoot } from './example.ts';
import { type Mutant, prover } from './bundle-proof.ts';
import { EXIT_BELOW_GOAL, EXIT_PASS } from './exit.ts';
import { hostFailure, isFolder, isPresent } from './host.ts';
import { makeFolder, openOutputs } from './outputs.ts';
import { started, tool } from './tool.ts';
import { wholeNumber } from './place.ts';
import { progressBar } from './progress.ts';
import { outColours, print, printJson, say } from './terminal.ts';

export interface ScoreFlags { readonly design?: string; readonly mutants?: string; readonly seed?: string; readonly goal?: string; readonly keep?: string; readonly proofs?: boolean; readonly json?: boolean; readonly quiet?: boolean }

/** What a score is made of: the design, how many faults of it and which, where the netlists stay, and whether survivors are tried to be proved equivalent. */
interface Scoring { readonly design: string; readonly mutants: number; readonly seed: number; readonly keep: string | undefined; readonly proofs: boolean; readonly isQuiet: boolean }
/** The score of a bundle, and of its survivors those that a larger one sees. */
interface Scored { readonly score: Score; readonly later: readonly string[] }

export const MUTANTS_DEFAULT = 300;
export const scoringTools = ['yosys', 'yosys-abc', 'verilator'] as const;
const MUTANTS_MAX = 10_000, GOAL_DEFAULT = 98;
/** Clocks without progress after which a mutant counts as hung: the longest instruction of the bundles takes far fewer. */
const TIMEOUT_CLOCKS = 20_000;

/** The last line of the player; a mutant is seen when that is not the line of the design without a fault. */
interface Outcome { readonly mutant: Mutant; readonly passes: boolean; readonly says: string }

/** Mutants of the design, all in one netlist; the score goes into the manifest of the bundle. */
export async function bundleScore(folder: string, flags: ScoreFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], number = (option: 'mutants' | 'seed' | 'goal', most: number, otherwise: number): number => {
    const value = flags[option] === undefined ? otherwise : wholeNumber(flags[option]!);
    if (value === undefined || value > most || (option === 'mutants' && value < 1)) diagnostics.push({ file: `--${option}`, line: 0, column: 0, message: `'${flags[option]}' is not a whole number up to ${most}` });
    return value ?? otherwise;
  };
  const mutants = number('mutants', MUTANTS_MAX, MUTANTS_DEFAULT), seed = number('seed', 2 ** 31 - 1, 1), goal = number('goal', 100, GOAL_DEFAULT), design = resolve(flags.design ?? exampleDesign());
  if (!existsSync(join(design, 'systole_matrix.sv'))) diagnostics.push({ file: '--design', line: 0, column: 0, message: `${design} has no systole_matrix.sv` });
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  if (isPresent(folder) && !isFolder(folder)) throw new Rejected([{ file: folder, line: 0, column: 0, message: 'is not a folder; a score is written into the bundle' }]);
  const bundle = opened(folder), { score } = await scored(folder, { design, mutants, seed, keep: flags.keep, proofs: flags.proofs !== false, isQuiet: flags.quiet === true || flags.json === true });
  rewritten(folder, bundle, score);
  const percent = percentOf(score);
  if (flags.json) printJson({ bundle: folder, ...score, percent: Math.round(percent * 100) / 100, goal });
  else tell(folder, score, percent, percent >= goal);
  return percent >= goal ? EXIT_PASS : EXIT_BELOW_GOAL;
}

export const exampleDesign = (): string => join(packageRoot(), 'rtl');
/** Of 100 that are not proved equivalent, those that are seen. */
export const percentOf = ({ mutants, equivalent, survivors }: Score): number => 100 * (1 - survivors.length / Math.max(1, mutants - equivalent.length));

/**
 * Builds the faults into the design, plays the bundle on each, and tries to prove that those which nobody sees are none. `larger` makes a bundle
 * of the same profile, which is played on what is left.
 */
export async function scored(folder: string, { design, mutants, seed, keep, proofs: proves, isQuiet }: Scoring, larger?: () => Promise<string>): Promise<Scored> {
  const scratch = keep === undefined ? passing(folder) : resolve(keep);
  makeFolder(scratch);
  if (!isQuiet) say('yosys reads the design');
  const { plain, assuming } = await netlists(design, resolve(folder), scratch), list = await mutatedNetlist(plain, scratch, mutants, seed), program = await built(design, resolve(folder), scratch);
  const healthy = await playedHealthy(program, folder), outcomes = await each(list, (mutant) => played(program, folder, mutant), isQuiet, 'mutants');
  const unseen = outcomes.filter(({ says }) => says === healthy.says).map(({ mutant }) => mutant), proofs = !proves ? [] : await each(unseen, prover(unseen, assuming, scratch), isQuiet, 'proofs');
  const equivalent = proofs.flatMap(({ mutant, why }) => (why ? [{ mutant: mutant.text, why }] : [])), left = unseen.filter((mutant) => !equivalent.some(({ mutant: text }) => text === mutant.text));
  const score: Score = {
    design: 'systole_matrix', seed, mutants: outcomes.length, killed: outcomes.filter(({ passes }) => !passes).length,
    other_clocks: outcomes.filter(({ passes, says }) => passes && says !== healthy.says).map(({ mutant }) => mutant.text), equivalent, survivors: left.map(({ text }) => text),
  };
  return { score, later: larger && left.length > 0 ? await seen(program, await larger(), left, isQuiet) : [] };
}
/** Which of the mutants a bundle sees. */
async function seen(program: string, folder: string, mutants: readonly Mutant[], isQuiet: boolean): Promise<readonly string[]> {
  const healthy = await playedHealthy(program, folder), outcomes = await each(mutants, (mutant) => played(program, folder, mutant), isQuiet, 'survivors');
  return outcomes.filter(({ says }) => says !== healthy.says).map(({ mutant }) => mutant.text);
}

function tell(folder: string, score: Score, percent: number, isReached: boolean): void {
  print(`${folder}: ${(isReached ? outColours.green : outColours.red)(`${percent.toFixed(1)} %`)} of ${score.mutants} mutants that are not proved equivalent (seed ${score.seed}): ${score.killed} produce other words or none, ${score.other_clocks.length} differ only in clocks; ${score.equivalent.length} are proved equivalent, ${score.survivors.length} survive`);
  for (const { mutant, why } of score.equivalent) print(`equivalent  ${mutant}  (${why})`);
  for (const mutant of score.other_clocks) print(`other clocks  ${mutant}`);
  for (const mutant of score.survivors) print(`survives  ${mutant}`);
}

/** A folder beside the bundle for as long as the process runs. */
function passing(folder: string): string {
  try {
    const scratch = mkdtempSync(join(dirname(resolve(folder)), '.score-'));
    process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 10 }));
    return scratch;
  } catch (error) {
    throw hostFailure(error, folder, 'written');
  }
}

const sourcesOf = (design: string): readonly string[] => readdirSync(design).filter((file) => /^systole_.*\.sv$/.test(file) && file !== 'systole_player.sv').sort().map((file) => join(design, file));

/** Netlists of the design below `scratch`: with its contract as assumptions of proofs, and without. Modules stay; what nothing reads goes, so that no mutant is there. */
async function netlists(design: string, bundle: string, scratch: string): Promise<{ readonly plain: string; readonly assuming: string }> {
  const sources = [...['systole_isa.sv', 'systole_profile.sv'].map((file) => join(bundle, 'sv', file)), ...sourcesOf(design), join(design, 'bench/systole_observed.sv')].join(' '), plain = join(scratch, 'design.il'), assuming = join(scratch, 'assuming.il');
  await tool('yosys', ['-q', '-p', [
    `read_verilog -sv -formal -DSYSTOLE_CONTRACT=assume ${sources}`, 'hierarchy -check -top systole_observed', 'proc', 'opt -full', 'wreduce', 'peepopt', 'opt -full', 'opt_clean -purge', 'wreduce', 'opt -full', 'opt_clean -purge',
    // One netlist without its assumptions is the other: a mutant is a command for both.
    `write_rtlil ${assuming}`, 'delete systole_observed */t:$assume', 'hierarchy -check -top systole_matrix', 'opt_clean -purge', `write_rtlil ${plain}`,
  ].join('; ')], scratch);
  return { plain, assuming };
}

/** One netlist in which an input chooses the fault; the faults, in the order of their numbers. Faults of a bank are those of its ports. */
async function mutatedNetlist(plain: string, scratch: string, count: number, seed: number): Promise<readonly Mutant[]> {
  const listed = join(scratch, 'mutants.txt'), script = join(scratch, 'mutate.ys');
  await tool('yosys', ['-q', '-p', [`read_rtlil ${plain}`, 'select * *systole_bank* %d', `mutate -list ${Math.ceil(1.05 * count) + 8} -seed ${seed} -o ${listed}`].join('; ')], scratch);
  // Memories that are read without a clock have pins for one, which are no pins of hardware.
  const lines = readFileSync(listed, 'utf8').split('\n').filter((line) => line.startsWith('mutate ') && !/ -cell \$memrd\S* -port (EN|CLK) /.test(line)).slice(0, count);
  writeFileSync(script, [`read_rtlil ${plain}`, 'add -global_input mutant 16', ...lines.map((line, i) => line.replace('mutate ', `mutate -ctrl mutant 16 ${i + 1} `)), `write_verilog -noattr ${join(scratch, 'mutated.v')}`, ''].join('\n'));
  await tool('yosys', ['-q', script], scratch);
  // Where in the sources, without the paths of this machine and the names of parameters.
  return lines.map((line, i) => ({ number: i + 1, command: line, module: / -module (\S+)/.exec(line)![1]!, text: line.replace(/^mutate /, '').replace(/ -module \S*?(systole_\w+)\S*/, ' -module $1').replace(/\S*\/(\w+\.sv)/g, '$1') }));
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

/** Does something for each of a list, as many at a time as there are processors; what comes of it, in the order of the list. */
async function each<T, R>(list: readonly T[], work: (one: T) => Promise<R>, isQuiet: boolean, unit: string): Promise<readonly R[]> {
  const bar = await progressBar(isQuiet, list.length, unit), results: R[] = [];
  let next = 0, finished = 0;
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    while (next < list.length) {
      const index = next++;
      results[index] = await work(list[index]!);
      bar.update(++finished);
    }
  }));
  bar.stop();
  return results;
}

/** The design without a fault, which passes. */
async function playedHealthy(program: string, folder: string): Promise<Outcome> {
  const healthy = await played(program, folder, { number: 0, command: '', module: '', text: '' });
  if (!healthy.passes) throw new Rejected([{ file: folder, line: 0, column: 0, message: `the design without a fault does not pass: ${healthy.says}` }]);
  return healthy;
}
const played = (program: string, folder: string, mutant: Mutant): Promise<Outcome> => new Promise((done) => {
  const child = started(program, [`+bundle=${resolve(folder)}`, `+mutant=${mutant.number}`, `+timeout=${TIMEOUT_CLOCKS}`], '.');
  child.stderr.resume();
  let last = '';
  child.stdout.on('data', (bytes: Buffer) => { last = `${last}${bytes}`.slice(-4096); });
  child.on('close', (code) => {
    const says = last.trim().split('\n').at(-1) ?? '';
    done({ mutant, passes: code === 0 && says.startsWith('PASS'), says });
  });
});

/** The manifest with the score, and the checksums that go with it. */
function rewritten(folder: string, { tree, manifest }: Bundle, score: Score): void {
  const files = tree.paths.filter((path) => path !== 'manifest.json' && path !== 'checksums.txt').map((path): BundleFile => ({ path, bytes: tree.read(path) }));
  const outputs = openOutputs(true), scores = [...manifest.scores.filter(({ design }) => design !== score.design), score];
  for (const { path, bytes } of sealed(files, { ...manifest, scores })) if (path === 'manifest.json' || path === 'checksums.txt') outputs.open(join(folder, path)).write(bytes);
  outputs.commit();
}
