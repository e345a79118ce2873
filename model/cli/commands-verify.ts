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
  reportOptions(program.command('fuzz').description('run generated programs on a device and its oracles; what fails is made small and kept as a case'))
    .option('-s, --seed <n>', 'what the tests are drawn from (default: 1)')
    .option('-n, --count <n>', 'tests 0 to n-1 (default: 1000)')
    .option('-m, --minutes <n>', 'end after this time')
    .option('--until-covered', 'aim every other test at what no test has hit yet; end when every bin that can be hit was')
    .option('-k, --knobs <list>', 'what programs aim at; tests take turns (default: opening,smoke,illegal,numerics,sync,memory)')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('--device <name>', 'what is tested (default: engine)')
    .option('--canary <fault>', 'test the engine with this fault of the catalogue in it, which has to be found: else exit code 1')
    .option('--against <list>', 'oracles, NAME or NAME:N for every n-th test: a device, native, rtl or trace (default: engine-scalar,engine-slow:4,specification:8)')
    .option('--command <words>', 'for --against trace: runs the folder {case} and leaves its trace in {trace}')
    .option('--shard <k/n>', 'only the tests k-1, k-1+n, k-1+2n, ...')
    .option('-o, --output <folder>', 'results.json, times.json and cases/ (default: cases of failures into systole-fuzz/)')
    .option('--resume <folder>', 'go on with the campaign of a folder, or begin it there')
    .option('--failures <n>', 'end after n ways to fail; 0: go on (default: 1)')
    .option('--evaluations <n>', 'trials for making one failure small (default: 1000)')
    .addOption(goal())
    .addOption(json())
    .option('-q, --quiet', 'no report, only the exit code')
    .action(async (flags: FuzzFlags) => run(async () => (await import('./fuzz.ts')).fuzzCommand(flags))());

  program
    .command('replay')
    .argument('<cases...>', 'case files, - for stdin')
    .description('run cases that fuzz kept again and hold them to the specification')
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification, systolic or native (default: engine)')
    .option('--canary <fault>', 'the engine with this fault of the catalogue in it')
    .option('--against <name>', 'what is right: a device of this process, native, rtl or trace (default: specification)')
    .option('--command <words>', 'for --against trace: runs the folder {case} and leaves its trace in {trace}')
    .option('-p, --profile <name|file>', 'machine profile (default: the one that the case names)')
    .addOption(json())
    .option('-q, --quiet', 'only what differs')
    .action(async (cases: readonly string[], flags: ReplayFlags) => run(async () => (await import('./replay.ts')).replayCommand(cases, flags))());

  program
    .command('coverage')
    .argument('[files...]', 'results of fuzz or merge (file or folder), coverage as JSON, traces (- for stdin), programs as for run')
    .description('what programs have been through, all files together, and what not yet')
    .option('--fill', 'then run programs aimed at the bins that were not hit, until all that can be were')
    .option('-s, --seed <n>', 'what these programs are drawn from (default: 1)')
    .option('-p, --profile <name|file>', 'machine profile (default: the one that the files name, systole-16 for programs)')
    .option('-f, --format <format>', 'text, json, html, cobertura, lcov or ucis (default: text)')
    .option('-o, --output <file>', 'where it goes (default: stdout)')
    .option('--holes', 'list the bins that were not hit, in text and JSON')
    .option('--unreachable', 'list the bins that cannot be hit and why, in text and JSON')
    .option('-l, --load <place=file>', 'for programs, as for run; repeatable', many)
    .option('--args <list>', 'for programs: up to eight numbers for s8 to s15')
    .option('--max-instructions <n>', 'for programs: end each run after n retired instructions')
    .addOption(goal())
    .addOption(new Option('--json', 'as --format json'))
    .action(async (files: readonly string[], flags: CoverageFlags) => run(async () => (await import('./coverage.ts')).coverageCommand(files, flags))());

  program
    .command('mutants')
    .description('how many mistakes the harness finds: faults of the engine by name, changes of its binary, faults of the example design')
    .option('--catalogue', 'only the named faults (default: all three)')
    .option('--wasm', 'only the changes of the binary')
    .option('--sample <n>', 'how many changes, and at most that many faults of the design (default: 2000, of the design 300)')
    .option('-s, --seed <n>', 'what the changes are drawn from (default: 1)')
    .option('--write <file>', 'write the page of the score')
    .option('--junit <file>', 'write JUnit XML, a case for each class of faults')
    .option('--html <file>', 'write a page with plots')
    .option('--rtl <bundle>', 'folder or archive .tar with a score, in place of making one with yosys and verilator')
    .addOption(json())
    .option('-q, --quiet', 'only what survives')
    .action(async (flags: MutantsFlags) => run(async () => (await import('./mutants.ts')).mutantsCommand(flags))());

  reportOptions(program.command('report').argument('<results>', 'folder that fuzz or merge wrote, or its results.json').description('what a campaign found, in words and as files for CI'))
    .addOption(goal())
    .addOption(json())
    .option('-q, --quiet', 'only the files')
    .action(async (path: string, flags: ReportResultsFlags) => run(async () => (await import('./report-results.ts')).reportCommand(path, flags))());
  program
    .command('merge')
    .argument('<folders...>', 'folders that shards of one campaign wrote')
    .description('results of shards as those of one campaign: the same bytes for any number of shards')
    .requiredOption('-o, --output <folder>', 'where results, times and cases go')
    .option('--partial', 'take what is there, though shards are missing')
    .option('--replace', 'the folder may hold a campaign, which goes')
    .option('-p, --profile <file>', 'machine profile of the campaign, where it is not built in')
    .addOption(goal())
    .addOption(json())
    .option('-q, --quiet', 'no report')
    .action(async (paths: readonly string[], flags: MergeFlags) => run(async () => (await import('./merge.ts')).mergeCommand(paths, flags))());
  const slurm = group(program, 'slurm', 'a campaign as jobs of a cluster');
  slurm
    .command('init')
    .argument('<folder>')
    .description('write the job scripts that submit uses, to be edited')
    .action(async (folder: string) => run(async () => (await import('./slurm.ts')).slurmInit(folder))());
  slurm
    .command('submit')
    .argument('<folder>', 'a new folder, which every node sees')
    .argument('[words...]', 'behind --: options of fuzz')
    .description('queue an array of shards, and the merge after them')
    .requiredOption('-n, --shards <n>', 'tasks of the array')
    .option('--templates <folder>', 'job scripts (default: those that init writes)')
    .option('--sbatch <words>', 'options for sbatch, such as --partition=long')
    .option('--dry-run', 'write the folder and print what would be queued')
    .addOption(json())
    .action(async (folder: string, words: readonly string[], flags: SubmitFlags) =>
      run(async () => (await import('./slurm.ts')).slurmSubmit(folder, words, flags, reading()))(),
    );
  slurm
    .command('status')
    .argument('<folder>')
    .description('what each shard did')
    .addOption(json())
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./slurm.ts')).slurmStatus(folder, { json: flags.json === true }))());
  slurm
    .command('collect')
    .argument('<folder>')
    .description('merge, or say which shards are missing')
    .option('--requeue', 'queue again what is missing')
    .addOption(goal())
    .addOption(json())
    .action(async (folder: string, flags: CollectFlags) => run(async () => (await import('./slurm.ts')).slurmCollect(folder, flags))());
}
