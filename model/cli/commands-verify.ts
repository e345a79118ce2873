//! commands-verify: the commands of the harness: campaigns, what they found, what they are worth, many machines.
import { type Command, Option } from 'commander';
import { type Flags, goal, group, json, many, reportOptions, type Run } from './command-options.ts';
import type { CoverageFlags } from './coverage.ts';
import type { FuzzFlags } from './fuzz-options.ts';
import type { MergeFlags } from './merge.ts';
import type { MutantsFlags } from './mutants.ts';
import type { ReplayFlags } from './replay.ts';
import type { ReportResultsFlags } from './report-results.ts';
import type { CollectFlags, SubmitFlags } from './slurm.ts';

/** Campaigns: what runs them, what tells of them, what spreads them. `reading` makes a command line that reads its words and does nothing. */
export function verifyCommands(program: Command, run: Run, reading: () => Command): void {
  reportOptions(program.command('fuzz').description('run generated programs on a device and on oracles; failures are minimised and saved as cases'))
    .option('-s, --seed <n>', 'seed of the tests (default: 1)')
    .option('-n, --count <n>', 'run tests 0 to n-1 (default: 1000)')
    .option('-m, --minutes <n>', 'stop after this time')
    .option('--until-covered', 'aim every other test at a bin that is not hit yet; stop when every reachable bin is hit')
    .option('-k, --knobs <list>', 'sets of generator settings, used in turn (default: opening,smoke,illegal,numerics,sync,memory)')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('--device <name>', 'device under test (default: engine)')
    .option('--canary <fault>', 'inject this fault of the catalogue into the engine; exit code 1 if it is not found')
    .option('--against <list>', 'oracles, NAME, or NAME:N for every Nth test: a device, native, rtl or trace (default: engine-scalar,engine-slow:4,specification:8)')
    .option('--command <words>', 'with --against trace: your simulator; runs the folder {case} and writes its trace to {trace}; {profile} is the machine for the C library')
    .option('--shard <k/n>', 'run only the tests k-1, k-1+n, k-1+2n, ...')
    .option('-o, --output <folder>', 'folder for results.json, times.json and cases/ (default: only failing cases, in systole-fuzz/)')
    .option('--resume <folder>', 'continue the campaign in this folder, or start one there')
    .option('--failures <n>', 'stop after n distinct failures; 0: never (default: 1)')
    .option('--evaluations <n>', 'trials to minimise one failure (default: 1000)')
    .addOption(goal())
    .addOption(json())
    .option('-q, --quiet', 'no report, only the exit code')
    .action(async (flags: FuzzFlags) => run(async () => (await import('./fuzz.ts')).fuzzCommand(flags))());

  program
    .command('replay')
    .argument('<cases...>', 'case files, - for stdin')
    .description('rerun cases that fuzz saved and compare with the specification')
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification, systolic or native (default: engine)')
    .option('--canary <fault>', 'inject this fault of the catalogue into the engine')
    .option('--against <name>', 'reference: a device, native, rtl or trace (default: specification)')
    .option('--command <words>', 'with --against trace: your simulator; runs the folder {case} and writes its trace to {trace}; {profile} is the machine for the C library')
    .option('-p, --profile <name|file>', 'machine profile (default: the one named by the case)')
    .addOption(json())
    .option('-q, --quiet', 'only what differs')
    .action(async (cases: readonly string[], flags: ReplayFlags) => run(async () => (await import('./replay.ts')).replayCommand(cases, flags))());

  program
    .command('coverage')
    .argument('[files...]', 'results of fuzz or merge (file or folder), coverage as JSON, traces (- for stdin), programs as for run')
    .description('merge coverage from results, traces and programs, and report it')
    .option('--fill', 'then run programs aimed at the bins that are not hit, until every reachable bin is')
    .option('-s, --seed <n>', 'seed of these programs (default: 1)')
    .option('-p, --profile <name|file>', 'machine profile (default: the one named by the files; systole-16 for programs)')
    .option('-f, --format <format>', 'text, json, html, cobertura, lcov or ucis (default: text)')
    .option('-o, --output <file>', 'output file (default: stdout)')
    .option('--holes', 'list the bins that are not hit, in text and JSON')
    .option('--unreachable', 'list the bins that cannot be hit and why, in text and JSON')
    .option('-l, --load <place=file>', 'for programs, as for run; repeatable', many)
    .option('--args <list>', 'for programs: up to eight numbers for s8 to s15')
    .option('--max-instructions <n>', 'for programs: end each run after n retired instructions')
    .addOption(goal())
    .addOption(new Option('--json', 'as --format json'))
    .action(async (files: readonly string[], flags: CoverageFlags) => run(async () => (await import('./coverage.ts')).coverageCommand(files, flags))());

  program
    .command('mutants')
    .description('mutation score of the harness: named faults of the engine, mutants of its binary, faults of the example design')
    .option('--catalogue', 'only the named faults (default: all three)')
    .option('--wasm', 'only mutants of the binary')
    .option('--sample <n>', 'number of mutants of the binary, and at most as many faults of the design (default: 2000; design: 300)')
    .option('-s, --seed <n>', 'seed of the sample (default: 1)')
    .option('--write <file>', 'write the score as a Markdown page')
    .option('--junit <file>', 'write JUnit XML, a case for each class of faults')
    .option('--html <file>', 'write a page with plots')
    .option('--rtl <bundle>', 'bundle (folder or .tar) that has a score; without it one is made with yosys and verilator')
    .addOption(json())
    .option('-q, --quiet', 'only survivors')
    .action(async (flags: MutantsFlags) => run(async () => (await import('./mutants.ts')).mutantsCommand(flags))());

  reportOptions(program.command('report').argument('<results>', 'folder written by fuzz or merge, or its results.json').description('report what a campaign found, as text and as files for CI'))
    .addOption(goal())
    .addOption(json())
    .option('-q, --quiet', 'only the files')
    .action(async (path: string, flags: ReportResultsFlags) => run(async () => (await import('./report-results.ts')).reportCommand(path, flags))());
  program
    .command('merge')
    .argument('<folders...>', 'folders written by the shards of one campaign')
    .description('merge the shards of one campaign; the bytes are the same for any number of shards')
    .requiredOption('-o, --output <folder>', 'folder for results, times and cases')
    .option('--partial', 'merge what is there even if shards are missing')
    .option('--replace', 'overwrite a campaign in the output folder')
    .option('-p, --profile <file>', 'machine profile of the campaign, if it is not built in')
    .addOption(goal())
    .addOption(json())
    .option('-q, --quiet', 'no report')
    .action(async (paths: readonly string[], flags: MergeFlags) => run(async () => (await import('./merge.ts')).mergeCommand(paths, flags))());
  const slurm = group(program, 'slurm', 'run a campaign on a Slurm cluster');
  slurm
    .command('init')
    .argument('<folder>')
    .description('write the job scripts that submit uses, for editing')
    .action(async (folder: string) => run(async () => (await import('./slurm.ts')).slurmInit(folder))());
  slurm
    .command('submit')
    .argument('<folder>', 'a new folder that every node can see')
    .argument('[words...]', 'after --: options of fuzz')
    .description('queue an array of shards and a merge after them')
    .requiredOption('-n, --shards <n>', 'tasks of the array')
    .option('--templates <folder>', 'job scripts (default: those that init writes)')
    .option('--sbatch <words>', 'options for sbatch, such as --partition=long; quote one that has blanks')
    .option('--dry-run', 'write the folder and print what would be queued')
    .addOption(json())
    .action(async (folder: string, words: readonly string[], flags: SubmitFlags) =>
      run(async () => (await import('./slurm.ts')).slurmSubmit(folder, words, flags, reading()))(),
    );
  slurm
    .command('status')
    .argument('<folder>')
    .description('show the state of each shard')
    .addOption(json())
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./slurm.ts')).slurmStatus(folder, { json: flags.json === true }))());
  slurm
    .command('collect')
    .argument('<folder>')
    .description('merge, or list the missing shards')
    .option('--requeue', 'requeue the missing shards')
    .addOption(goal())
    .addOption(json())
    .action(async (folder: string, flags: CollectFlags) => run(async () => (await import('./slurm.ts')).slurmCollect(folder, flags))());
}
