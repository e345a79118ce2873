//! slurm: `systole slurm`: a campaign as an array of jobs and one that merges, which Slurm runs; what came of it, and what is missing.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Results } from '../campaign/results.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { campaignText, machineOf, profileIn, QUEUE_FORMAT, queueStates, shardsOf, tasksText } from '../farm/campaign.ts';
import { missing, STRIDE_MAX } from '../farm/spans.ts';
import { shellPath, shellWord } from '../shell.ts';
import { coveredOf } from './counters.ts';
import { packageRoot } from './example.ts';
import { EXIT_PASS, EXIT_USAGE } from './exit.ts';
import { checkedFuzzOptions, type FuzzFlags } from './fuzz-options.ts';
import { checkGoal, resultsExit } from './goal.ts';
import { hostFailure, isFolder, isPresent, readNamed } from './host.ts';
import { collect } from './job.ts';
import { makeFolder, openOutputs, writeOutput } from './outputs.ts';
import { mergeFolders } from './merge.ts';
import { wholeNumber } from './place.ts';
import { grouped } from './report.ts';
import { summaryJson, summaryLines } from './report-results.ts';
import { namesIn, RESULTS_FILE, resultsOf } from './results-folder.ts';
import { errorColours, outColours, print, printJson, say, table, warn } from './terminal.ts';

export interface SubmitFlags {
  readonly shards?: string;
  readonly templates?: string;
  readonly sbatch?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}
export interface CollectFlags {
  readonly requeue?: boolean;
  readonly goal?: string;
  readonly json?: boolean;
}

const templates = ['shard.sbatch', 'merge.sbatch'] as const, CAMPAIGN_FILE = 'campaign.sh', JOBS_FILE = 'jobs.json', TEMPLATE_BYTES_MAX = 2 ** 20;
/** What each shard is told by its job, and what is made of all of them together. */
const ownWords = ['--shard', '--resume', '--output', '-o', '--failures', '--goal', '--junit', '--sarif', '--html', '--chrome', '--json'];
/** Options of sbatch that a campaign sets. */
const jobWords = ['--array', '-a', '--dependency', '-d', '--output', '-o'];

/** The numbers that Slurm gave: of each array, and of the merge that waits for the last one. */
interface Jobs {
  readonly arrays: readonly string[];
  readonly merge: string;
}

/** Copies the templates to where the user edits them. */
export async function slurmInit(folder: string): Promise<number> {
  const taken = templates.filter((name) => isPresent(join(folder, name)));
  if (taken.length > 0) throw new Rejected(taken.map((name) => complaint(join(folder, name), 'already exists')));
  makeFolder(folder);
  copyTemplates(join(packageRoot(), 'examples', 'slurm'), folder);
  print(`${templates.map((name) => join(folder, name)).join('\n')}\nnpx systole slurm submit FOLDER --shards N --templates ${shellPath(folder)} -- OPTIONS OF FUZZ`);
  return EXIT_PASS;
}

function copyTemplates(from: string, folder: string): void {
  const outputs = openOutputs();
  for (const name of templates) outputs.open(join(folder, name)).write(readNamed(join(from, name), TEMPLATE_BYTES_MAX, 'a template'));
  outputs.commit();
}

/** `program` parses the words for fuzz, and their values are checked as those of a shard, so that a mistake is told before anything is queued. */
export async function slurmSubmit(folder: string, words: readonly string[], flags: SubmitFlags, program: Command): Promise<number> {
  const shards = wholeNumber(flags.shards ?? ''), from = flags.templates ?? join(packageRoot(), 'examples', 'slurm'), diagnostics: Diagnostic[] = [];
  if (!shards || shards > STRIDE_MAX) diagnostics.push(complaint('--shards', `'${flags.shards}' is not a whole number from 1 to ${STRIDE_MAX}`));
  if (isPresent(folder) && namesIn(folder).length > 0) diagnostics.push(complaint(folder, 'already exists; a campaign is written to a new folder'));
  for (const name of templates) if (!isPresent(join(from, name))) diagnostics.push(complaint(join(from, name), 'does not exist; `systole slurm init` writes the templates'));
  for (const word of words) if (isOneOf(ownWords, word)) diagnostics.push(complaint(word, 'is not an option of a shard; its job says where it writes, and reports are those of the merged results'));
  const extra = partsOf(flags.sbatch ?? '');
  if (extra === undefined) diagnostics.push(complaint('--sbatch', `a quote is not closed in ${flags.sbatch}`));
  for (const word of extra ?? []) if (isOneOf(jobWords, word)) diagnostics.push(complaint('--sbatch', `${word}: the campaign itself sets ${jobWords.join(', ')}; leave it out`));
  await program.parseAsync(['fuzz', ...words], { from: 'user' });
  // Which shard does not matter: that there are several does.
  await collect(diagnostics, () => checkedFuzzOptions({ ...program.commands.find((one) => one.name() === 'fuzz')!.opts<FuzzFlags>(), shard: '1/2' }));
  if (diagnostics.length > 0 || extra === undefined) throw new Rejected(diagnostics);
  makeFolder(join(folder, 'shards'));
  makeFolder(join(folder, 'logs'));
  copyTemplates(from, folder);
  const named = profileIn(words), machine = named !== undefined && isPresent(named) ? resolve(named) : named, systole = [process.execPath, realpathSync(process.argv[1] ?? '')];
  writeOutput(join(folder, CAMPAIGN_FILE), campaignText({ where: process.cwd(), shards: shards!, systole, words, machine: machine === undefined ? [] : ['--profile', machine] }));
  const all = Array.from({ length: shards! }, (_, i) => i + 1);
  if (flags.dryRun) {
    const commands = [arrayWords(folder, all, extra), mergeWords(folder, 'ARRAY', extra)];
    if (flags.json) printJson({ folder, shards, commands });
    else for (const line of commands) print(line.map(shellWord).join(' '));
    return EXIT_PASS;
  }
  const jobs = await submit(folder, all, extra, []);
  if (flags.json) printJson({ folder, shards, ...jobs });
  else print(`array ${jobs.arrays[0]} of ${shards} shards, merge ${jobs.merge}\nnpx systole slurm status ${shellPath(folder)}`);
  return EXIT_PASS;
}

/** Whether a word is one of the options, alone or with its value. */
const isOneOf = (options: readonly string[], word: string): boolean => options.some((one) => word === one || word.startsWith(one.startsWith('--') ? `${one}=` : one));

/** Words parted at blanks that no quotes enclose, without the quotes; undefined where a quote is not closed. */
function partsOf(text: string): readonly string[] | undefined {
  const quoted = /'([^']*)'|"([^"]*)"/g;
  if (/['"]/.test(text.replace(quoted, ''))) return undefined;
  return (text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) => word.replace(quoted, '$1$2'));
}

const arrayWords = (folder: string, tasks: readonly number[], extra: readonly string[]): readonly string[] =>
  ['sbatch', '--parsable', `--array=${tasksText(tasks)}`, `--output=${resolve(folder, 'logs', 'shard-%a.log')}`, ...extra, resolve(folder, 'shard.sbatch'), resolve(folder)];
/** It is taken out of the queue when a shard fails, since it could never begin. */
const mergeWords = (folder: string, array: string, extra: readonly string[]): readonly string[] =>
  ['sbatch', '--parsable', `--dependency=afterok:${array}`, '--kill-on-invalid-dep=yes', `--output=${resolve(folder, 'logs', 'merge.log')}`, ...extra, resolve(folder, 'merge.sbatch'), resolve(folder)];

async function submit(folder: string, tasks: readonly number[], extra: readonly string[], before: readonly string[]): Promise<Jobs> {
  // --parsable prints the number of the job, and the cluster where there are several.
  const numbered = async (words: readonly string[]): Promise<string> => (await answer(words)).trim().split(';')[0]!;
  const array = await numbered(arrayWords(folder, tasks, extra)), jobs = { arrays: [...before, array], merge: await numbered(mergeWords(folder, array, extra)) };
  writeOutput(join(folder, JOBS_FILE), `${JSON.stringify(jobs)}\n`);
  return jobs;
}

interface Shard {
  readonly shard: number;
  /** `done`, or what Slurm says, or `lost`: it is not done, and not in the queue. */
  readonly state: string;
  readonly programs: number;
  readonly failures: number;
}

/** What each shard did, from its files and from squeue. */
export async function slurmStatus(folder: string, flags: { readonly json?: boolean }): Promise<number> {
  const { shards, merged, isQueueKnown } = await stateOf(folder), many = (state: string): number => shards.filter((one) => one.state.split(' ')[0] === state).length;
  const states = [...new Set(shards.map(({ state }) => state.split(' ')[0]!))], sum = (of: (shard: Shard) => number): number => shards.reduce((all, one) => all + of(one), 0);
  if (flags.json) printJson({ folder, shards, merged, programs: sum(({ programs }) => programs), failures: sum(({ failures }) => failures) });
  else {
    for (const line of table([['shard', 'state', 'programs', 'failures'], ...shards.map(({ shard, state, programs, failures }) => [String(shard), state, grouped(programs), String(failures)])])) print(line);
    print(`${states.map((state) => `${many(state)} ${state}`).join(', ')}; merged: ${merged ? 'yes' : 'not yet'}`);
  }
  if (!isQueueKnown) warn('squeue does not answer: states are those of the files alone');
  return EXIT_PASS;
}

/** Merges, or says what is missing and, where asked, gives it to Slurm again. */
export async function slurmCollect(folder: string, flags: CollectFlags): Promise<number> {
  checkGoal(flags.goal);
  const { shards, jobs, machine, isQueueKnown } = await stateOf(folder), open = shards.filter(({ state }) => state !== 'done'), lost = open.filter(({ state }) => state === 'lost').map(({ shard }) => shard);
  if (open.length > 0) {
    if (flags.requeue && lost.length > 0 && !isQueueKnown) throw new Rejected([complaint('--requeue', 'squeue does not answer, so that it is not known what still runs')]);
    const again = flags.requeue && lost.length > 0 ? await submit(folder, lost, [], jobs.arrays) : undefined;
    if (flags.json) printJson({ exit_code: EXIT_USAGE, missing: open.map(({ shard, state }) => ({ shard, state })), requeued: again ? lost : [] });
    for (const { shard, state } of open) say(`${errorColours.yellow('missing:')} shard ${shard}: ${state}${state === 'lost' ? `; its log is ${join(folder, 'logs', `shard-${shard}.log`)}` : ''}`);
    if (again) say(`queued again as array ${again.arrays.at(-1)}, merge ${again.merge}: shards ${tasksText(lost)}`);
    else if (lost.length > 0) say(`npx systole slurm collect ${shellPath(folder)} --requeue`);
    return EXIT_USAGE;
  }
  const merged = await mergeFolders(shards.map(({ shard }) => join(folder, 'shards', String(shard))), join(folder, 'merged'), { isReplacing: true, profile: machine }), covered = coveredOf(merged.results), code = resultsExit(merged.results, covered, flags.goal);
  if (flags.json) printJson({ output: join(folder, 'merged'), ...summaryJson(merged, covered, code) });
  else for (const line of [...summaryLines(merged, covered), outColours.dim(join(folder, 'merged'))]) print(line);
  return code;
}

async function stateOf(folder: string): Promise<{ readonly shards: readonly Shard[]; readonly merged: boolean; readonly jobs: Jobs; readonly machine: string | undefined; readonly isQueueKnown: boolean }> {
  const text = isFolder(folder) ? new TextDecoder().decode(readNamed(join(folder, CAMPAIGN_FILE), TEMPLATE_BYTES_MAX, 'a campaign')) : '', count = shardsOf(text);
  if (count === undefined) throw new Rejected([complaint(folder, isFolder(folder) ? `${CAMPAIGN_FILE} has no line shards=N` : 'is not a folder of a campaign')]);
  const jobs = jobsOf(folder), queue = await queueOf(jobs);
  const shards = Array.from({ length: count }, (_, i): Shard => {
    const shard = i + 1;
    const results = shardResults(join(folder, 'shards', String(shard)), shard, count);
    return { shard, state: results?.isDone ? 'done' : (queue?.get(shard) ?? 'lost'), programs: results?.results.programs ?? 0, failures: results?.results.failures.length ?? 0 };
  });
  return { shards, merged: isPresent(join(folder, 'merged', RESULTS_FILE)), jobs, machine: machineOf(text), isQueueKnown: queue !== undefined };
}

/** A file that a shard has not finished is none yet. */
function shardResults(path: string, shard: number, count: number): { readonly results: Results; readonly isDone: boolean } | undefined {
  if (!isPresent(join(path, RESULTS_FILE))) return undefined;
  const results = resultsOf(path), others = Array.from({ length: count }, (_, first) => first).filter((first) => first !== shard - 1);
  const end = results.count ?? Math.max(0, ...results.spans.map((span) => span.end));
  return { results, isDone: missing([...results.spans, ...others.map((first) => ({ first, stride: count, end }))], results.count === null ? null : end).length === 0 };
}

function jobsOf(folder: string): Jobs {
  try {
    return JSON.parse(readFileSync(join(folder, JOBS_FILE), 'utf8')) as Jobs;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Rejected([complaint(join(folder, JOBS_FILE), 'is not JSON')]);
    if ((error as { readonly code?: unknown }).code !== 'ENOENT') throw hostFailure(error, join(folder, JOBS_FILE), 'read');
    return { arrays: [], merge: '' };
  }
}

/** Undefined where squeue cannot tell. Jobs that ended a while ago are not known to it, which is no failure. */
async function queueOf({ arrays }: Jobs): Promise<ReadonlyMap<number, string> | undefined> {
  if (arrays.length === 0) return new Map();
  const { code, out, err } = await ran(['squeue', '--noheader', '--array', `--jobs=${arrays.join(',')}`, `--format=${QUEUE_FORMAT}`]);
  return code === 0 ? queueStates(out) : /Invalid job id/i.test(err) ? new Map() : undefined;
}

async function answer(words: readonly string[]): Promise<string> {
  const { code, out, err } = await ran(words);
  if (code !== 0) throw new Rejected([complaint(words[0]!, code === undefined ? 'cannot be run; is Slurm installed here?' : `${err.trim().split('\n').at(-1)!.replace(/^\w+: error: /, '')} (exit code ${code})`)]);
  return out;
}
/** `code` is undefined where there is no such program. */
function ran(words: readonly string[]): Promise<{ readonly code: number | undefined; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout!.on('data', (piece: Buffer) => { out += String(piece); });
    child.stderr!.on('data', (piece: Buffer) => { err += String(piece); });
    child.on('error', () => resolve({ code: undefined, out, err }));
    child.on('close', (code) => resolve({ code: code ?? 1, out, err }));
  });
}
const complaint = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });
