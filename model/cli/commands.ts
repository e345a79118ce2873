//! commands: the command line: its commands and options, each loaded when it is asked for, and how every one of them ends.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '#built/version';
import type { MakeFlags } from './bundle.ts';
import type { ScoreFlags } from './bundle-score.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import type { ClassifyFlags } from './classify.ts';
import type { CompareFlags } from './compare-profiles.ts';
import { EXIT_INTERRUPTED, EXIT_PASS, EXIT_USAGE, exitSays } from './exit.ts';
import type { CompareTraceFlags } from './compare-traces.ts';
import type { ExplainFlags } from './explain.ts';
import type { CoverageFlags } from './coverage.ts';
import type { FuzzFlags } from './fuzz-options.ts';
import type { ReplayFlags } from './replay.ts';
import type { MergeFlags } from './merge.ts';
import type { MutantsFlags } from './mutants.ts';
import type { ProbeFlags } from './probe.ts';
import type { ReportResultsFlags } from './report-results.ts';
import type { RunFlags } from './job.ts';
import type { CollectFlags, SubmitFlags } from './slurm.ts';
import type { FilterFlags } from './trace.ts';
import type { WaveFlags } from './wave.ts';
import { errorColours, printJson, say, sayDiagnostics } from './terminal.ts';

/** A command's work; the exit code. */
type Act = () => Promise<number>;
type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Does what the words ask for; the exit code. */
export function commandLine(words: readonly string[]): Promise<number> {
  return ending(async () => {
    // Commands that need a memory of the engine.
    if (['run', 'explain', 'wave', 'vectors', 'doctor', 'compare', 'compare-profiles', 'bundle', 'classify', 'profile', 'fuzz', 'replay', 'coverage'].includes(words[0] ?? '')) {
      const { needsFlag, runWithFlag } = await import('./reserve.ts');
      if (needsFlag()) return runWithFlag();
    }
    return parse(words);
  }, words.includes('--json'));
}

/** Runs the command; whatever goes wrong becomes lines on stderr and the documented exit code. */
async function ending(act: Act, isJson: boolean): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_PASS : EXIT_USAGE;
    if ((error as { readonly code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
      say('systole: interrupted');
      process.exit(EXIT_INTERRUPTED);
    }
    const diagnostics = error instanceof Rejected ? error.diagnostics : isFolderGone(error) ? [folderGone] : undefined;
    if (diagnostics) {
      sayDiagnostics(diagnostics);
      if (isJson) printJson({ exit_code: EXIT_USAGE, diagnostics });
    } else sayDefect(error);
    return EXIT_USAGE;
  }
}

/** Any call may find out that paths have no beginning. */
const isFolderGone = (error: unknown): boolean => (error as { readonly syscall?: unknown } | null)?.syscall === 'uv_cwd',
  folderGone: Diagnostic = { file: '.', line: 0, column: 0, message: 'the working folder does not exist any more' };

function sayDefect(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  say(`${errorColours.red('systole:')} this is a bug in systole: ${message.split('\n')[0]}`);
  if (process.env.SYSTOLE_DEBUG && error instanceof Error) say(error.stack ?? '');
  else say('  Please report it with the command line and the files; SYSTOLE_DEBUG=1 shows where it happened.');
}

/** The command that the words name, run. */
async function parse(words: readonly string[]): Promise<number> {
  let exitCode = EXIT_PASS;
  const program = commands((act) => async () => {
    exitCode = await act();
  });
  // Simulators' habit: +name=value is for whoever reads it.
  // A bare --sanitize does not take the next word.
  const kept = words[0] === 'run' ? words.filter((word) => !/^\+\w/.test(word)).map((word) => (word === '--sanitize' ? '--sanitize=all' : word)) : [...words];
  if (kept.length === 0) {
    program.outputHelp();
    return EXIT_PASS;
  }
  refuseUnknown(program, kept[0] === 'help' ? kept.slice(1) : kept);
  await program.parseAsync([...kept], { from: 'user' });
  return exitCode;
}

/** A misspelt command is a mistake also where --help follows it, which commander answers for the program. */
function refuseUnknown(command: Command, [word, ...rest]: readonly string[]): void {
  if (word === undefined || word.startsWith('-') || command.commands.length === 0) return;
  const names = command.commands.map((one) => one.name()),
    found = command.commands.find((one) => one.name() === word);
  if (found) refuseUnknown(found, rest);
  else if (word !== 'help') command.error(`error: unknown command '${word}'${didYouMean(word, names)}`, { exitCode: EXIT_USAGE });
}

const goal = (): Option => new Option('--goal <percent>', 'exit code 2 where fewer of the reachable bins are hit');

/** Every command. `run` wraps what one does, so that its exit code comes out. */
export function commands(run: (act: Act) => () => Promise<void>): Command {
  const program = new Command('systole')
    .description('A bit-accurate functional model of a tensor accelerator.')
    .version(version, '-V, --version')
    .exitOverride()
    .showHelpAfterError('(systole --help)')
    .enablePositionalOptions()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, `${errorColours.red('systole:')} error: `)) })
    .addHelpText(
      'after',
      `\nExit codes:\n${Object.entries(exitSays)
        .map(([code, says]) => `  ${code.padEnd(4)} ${says}`)
        .join('\n')}\n`,
    );
  const many = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];
  const json = (): Option => new Option('--json', 'results as JSON');

  program
    .command('run')
    .argument('<program>', 'assembly, image, $readmemh or Intel HEX file, - for stdin, or a folder such as examples/digits')
    .description('run a program on a device')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-l, --load <place=file>', 'put a file into memory before the run: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('-d, --dump <place=file>', 'write memory after the run: SPACE:ADDR:DIMS:DTYPE=FILE, - prints values; repeatable', many)
    .option('-e, --expect <place=file>', 'compare memory with a file after the run: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('--fail-on-unknown', 'exit code 1 when a dumped byte is UNKNOWN')
    .option('--device <name>', 'engine, engine-scalar, specification or systolic (default: engine)')
    .option('--schedule <schedule>', 'default (serial), random:SEED, bytes:HEX, adversarial:NAME or, for small programs, exhaustive[:RUNS]')
    .option('--sanitize [kinds]', 'find races, UNKNOWN reads, deadlocks and more; exit code 1 on a finding (default: all kinds)')
    .option('--graph <file>', 'with --sanitize: who waits for whom in a deadlock, .dot or .svg')
    .option('-t, --trace <file>', 'write what retired: .jsonl, .bin for binary, - for stdout')
    .option('--digests', 'CRC-32C of written operands in the trace')
    .option('--max-instructions <n>', 'end the run after n retired instructions (exit code 4)')
    .option('--watchdog <n>', 'trap when n instructions were dispatched without an end')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .option('-i, --input <file>', 'input of an example')
    .addOption(json())
    .option('-q, --quiet', 'no report, only what is wrong')
    .action(async (path: string, flags: RunFlags) => run(async () => (await import('./run.ts')).run(path, flags))());

  program
    .command('explain')
    .argument('<program>', 'as for run')
    .description('show how one element of an instruction came about: every product, shift, dropped bit and rounding')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-l, --load <place=file>', 'as for run; repeatable', many)
    .option('--seq <n>', 'the instruction that retired as number n (default: the last one that wrote elements)')
    .option('--pc <n[:times]>', 'the instruction at pc n, the time it retired there (default: the first time)')
    .option('--element <i,j,..>', 'index into its destination (default: 0 in every dim)')
    .option('--operand <name>', 'the destination, where it has two (default: the first)')
    .option('--device <name>', 'whose bits the explanation has to come to (default: engine)')
    .option('--max-instructions <n>', 'end the run after n retired instructions')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .addOption(json())
    .action(async (path: string, flags: ExplainFlags) => run(async () => (await import('./explain.ts')).explainCommand(path, flags))());

  program
    .command('wave')
    .argument('<program>', 'as for run')
    .description('show an mm or mdw clock edge by clock edge in the systolic array, or compare it with a waveform of your own')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-l, --load <place=file>', 'as for run; repeatable', many)
    .option('--instruction <n>', 'the instruction that retired as number n (default: the last mm or mdw)')
    .option('--seq <n>', 'the same, as explain has it')
    .option('--pc <n[:times]>', 'the instruction at pc n, the time it retired there (default: the first time)')
    .option('--layout <ws|os>', 'stationary weights or stationary outputs (default: ws)')
    .option('--text', 'a picture in the terminal (default where no file is asked for)')
    .option('--register <list>', 'planes of these registers in place of the wave front: w s l ls a f v p')
    .option('--cycles <a..b>', 'only these clock cycles (default: all)')
    .option('--vcd <file>', 'write a value change dump, and beside it a save file for GTKWave (.gtkw)')
    .option('--html <file>', 'write a page in which the wave can be scrubbed')
    .option('--diff <file>', 'compare with a value change dump: exit code 1 and the first cycle, PE and register that differ')
    .option('--map <file>', 'names of your registers, for --diff: REGISTER = PATH with {r} and {c}')
    .option('--clock <name>', 'your clock, for --diff (default: clk)')
    .option('--tile <n>', 'which tile of your dump it is, for --diff, from 1 on (default: the first one)')
    .option('--strict', 'compare every register in every cycle, also where it means nothing, for --diff')
    .option('--max-instructions <n>', 'end the run after n retired instructions')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .addOption(json())
    .action(async (path: string, flags: WaveFlags) => run(async () => (await import('./wave.ts')).waveCommand(path, flags))());

  program
    .command('compare-profiles')
    .argument('<program>', 'assembly, image, $readmemh or Intel HEX file')
    .description('run one program under several profiles and compare what they leave behind')
    .requiredOption('-p, --profiles <list>', 'names or files, separated by commas; the first is the reference')
    .option('-l, --load <place=file>', 'put a file into memory before the runs: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('-o, --output <place>', 'what is compared: SPACE:ADDR:DIMS:DTYPE; repeatable (default: all that is stored in DRAM)', many)
    .option('--args <list>', 'up to eight numbers for s8 to s15')
    .option('--svg <file>', 'a picture of the distances')
    .option('--html <file>', 'a page with table and picture')
    .addOption(json())
    .action(async (path: string, flags: CompareFlags) =>
      run(async () => (await import('./compare-profiles.ts')).compareProfilesCommand(path, flags))(),
    );

  program
    .command('assemble')
    .argument('<file>', 'assembly text, - for stdin')
    .description('assemble a program')
    .option('-o, --output <file>', 'where the program goes (default: the name with the ending of the format; - for stdout)')
    .option('-f, --format <format>', 'hex ($readmemh), bin (image) or ihex (default: by the ending of the output, else hex)')
    .option('--listing', 'print pc, words, place and text of every instruction')
    .addOption(json())
    .action(async (file: string, flags: Flags) => run(async () => (await import('./assemble.ts')).assembleCommand(file, flags))());

  program
    .command('disassemble')
    .argument('<file>', 'image, hex or Intel HEX file, - for stdin')
    .description('print the text of a program')
    .option('-o, --output <file>', 'where the text goes (default: stdout)')
    .action(async (file: string, flags: Flags) => run(async () => (await import('./assemble.ts')).disassembleCommand(file, flags))());

  program
    .command('compare')
    .argument('<ours>', 'trace of a serial run, or a case of a bundle')
    .argument('<theirs>', 'trace of any other machine, - for stdin')
    .description('hold a trace to ours: any legal order of completion is accepted')
    .option('--mode <mode>', 'strict (the serial order), unit, or final (the last digest of every region) (default: unit)')
    .option('--unit <list>', 'units whose records the other trace has (default: all)')
    .addOption(json())
    .action(async (ours: string, theirs: string, flags: CompareTraceFlags) =>
      run(async () => (await import('./compare-traces.ts')).compareTracesCommand(ours, theirs, flags))(),
    );

  traceCommands(program, run, json);
  farmCommands(program, run, json);
  bundleCommands(program, run, json, many);
  profileCommands(program, run, json);

  program
    .command('emit')
    .argument(
      '<what>',
      'manual, systemverilog, systemverilog-profile, systemverilog-types, systemverilog-typedefs, systemverilog-csr, systemrdl, assertions, covergroups, functions, c, ' +
        'assemblyscript, profiles, schema or all',
    )
    .description('print or write generated files')
    .option('-p, --profile <name|file>', 'for systemverilog-profile: the machine (default: systole-int8)')
    .option('-o, --output <path>', 'file, or folder for several (default: stdout; for all: this folder)')
    .action(async (what: string, flags: Flags) => run(async () => (await import('./emit.ts')).emitCommand(what, flags))());

  const vectors = group(program, 'vectors', 'replay test vectors that others made');
  vectors
    .command('check')
    .argument('<folder>')
    .description('replay everything that is known below a folder')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('--device <name>', 'engine, engine-scalar, specification or systolic (default: engine)')
    .option('--case <name>', 'one case only; a part of the name lists those that match')
    .option('--emit <folder>', 'write the case as files for `systole run`')
    .addOption(json())
    .option('-q, --quiet', 'only what is wrong')
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./vectors.ts')).vectorsCheck(folder, flags))());

  program
    .command('probe')
    .description('a program that prints the words of your hardware, and which preset reproduces them')
    .option('--emit <language>', 'c or cuda: write the program')
    .option('-o, --output <file>', 'where it goes (default: stdout)')
    .option('--check <file>', 'what the program printed, - for stdin')
    .addOption(json())
    .action(async (flags: ProbeFlags) => run(async () => (await import('./probe.ts')).probeCommand(flags))());

  program
    .command('classify')
    .argument('<bundle>', 'folder or archive .tar of a bundle')
    .description('which mistake of a design explains the memory that it left')
    .option('-a, --actual <file>', '$readmemh bytes or raw bytes of a memory after a case, as NAME.SPACE.hex or SPACE=FILE; or a folder of such; repeatable', many)
    .option('-c, --case <name>', 'the case that the files are of')
    .option('--all', 'every mistake that explains anything, not the first five')
    .addOption(json())
    .action(async (folder: string, flags: ClassifyFlags) => run(async () => (await import('./classify.ts')).classifyCommand(folder, flags))());

  reportOptions(program.command('fuzz').description('run generated programs on a device and its oracles; what fails is made small and kept as a case'))
    .option('-s, --seed <n>', 'what the tests are drawn from (default: 1)')
    .option('-n, --count <n>', 'tests 0 to n-1 (default: 1000)')
    .option('-m, --minutes <n>', 'end after this time')
    .option('-k, --knobs <list>', 'what programs aim at; tests take turns (default: smoke,illegal,numerics,sync,memory)')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('--device <name>', 'what is tested (default: engine)')
    .option('--canary <fault>', 'test the engine with this fault of the catalogue in it, which has to be found')
    .option('--against <list>', 'oracles, NAME or NAME:N for every n-th test (default: engine-scalar,specification:8)')
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
    .argument('<cases...>', 'case files')
    .description('run cases that fuzz kept again and hold them to the specification')
    .option('--device <name>', 'engine, engine-scalar, specification or systolic (default: engine)')
    .option('--against <name>', 'what is right (default: specification)')
    .option('-p, --profile <name|file>', 'machine profile (default: the one that the case names)')
    .addOption(json())
    .option('-q, --quiet', 'only what differs')
    .action(async (cases: readonly string[], flags: ReplayFlags) => run(async () => (await import('./replay.ts')).replayCommand(cases, flags))());

  program
    .command('coverage')
    .argument('<files...>', 'results of fuzz or merge (file or folder), coverage as JSON, traces (- for stdin), programs as for run')
    .description('what programs have been through, all files together, and what not yet')
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
    .description('how many mistakes the harness finds: faults of the engine by name, changes of its binary, those of a scored bundle')
    .option('--catalogue', 'only the named faults (default: these and the changes)')
    .option('--wasm', 'only the changes of the binary')
    .option('--sample <n>', 'how many changes (default: 2000)')
    .option('-s, --seed <n>', 'what the changes are drawn from (default: 1)')
    .option('--rtl <bundle>', 'folder or archive .tar with a score, for the faults of a design')
    .addOption(json())
    .option('-q, --quiet', 'only what survives')
    .action(async (flags: MutantsFlags) => run(async () => (await import('./mutants.ts')).mutantsCommand(flags))());

  program
    .command('doctor')
    .description('versions, a self-test, and which optional tools are there')
    .addOption(json())
    .action(async (flags: Flags) => run(async () => (await import('./doctor.ts')).doctor(flags.json === true))());

  program
    .command('completion')
    .argument('<shell>', 'bash, zsh or fish')
    .description('print a completion script')
    .action(async (shell: string) => run(async () => (await import('./completion.ts')).completion(shell, commands(run)))());
  return inherit(program);
}

function farmCommands(program: Command, run: (act: Act) => () => Promise<void>, json: () => Option): void {
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
      run(async () => (await import('./slurm.ts')).slurmSubmit(folder, words, flags, commands(() => async () => undefined)))(),
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

/** Files for CI, of every command that finds something. */
export const reportOptions = (command: Command): Command =>
  command
    .option('--junit <file>', 'write JUnit XML')
    .option('--sarif <file>', 'write SARIF 2.1.0')
    .option('--html <file>', 'write a page')
    .option('--chrome <file>', 'write events for chrome://tracing and Perfetto');

function traceCommands(program: Command, run: (act: Act) => () => Promise<void>, json: () => Option): void {
  const trace = group(program, 'trace', 'look at a trace that `run --trace` wrote');
  const filtered = (command: Command): Command =>
    command
      .option('--unit <list>', 'seq, dmi, dmo, mxu, vpu, lnk')
      .option('--op <list>', 'mnemonics')
      .option('--pc <a..b>', 'instructions of the program')
      .option('--seq <a..b>', 'sequence numbers')
      .option('--status <list>', 'done, nullified, trapped')
      .option('--touches <space:addr[:bytes]>', 'operands that meet these bytes');
  filtered(trace.command('print').argument('<file>', 'trace, - for stdin').description('print records as text'))
    .addOption(json())
    .action(async (file: string, flags: FilterFlags) => run(async () => (await import('./trace.ts')).tracePrint(file, flags))());
  filtered(
    trace.command('filter').argument('<file>', 'trace, - for stdin').description('copy records; the ending of the output tells its format'),
  )
    .option('-o, --output <file>', '.jsonl or .bin (default: JSONL on stdout)')
    .action(async (file: string, flags: FilterFlags) => run(async () => (await import('./trace.ts')).traceFilter(file, flags))());
  filtered(trace.command('chrome').argument('<file>', 'trace, - for stdin').description('units as threads and instructions as slices, for chrome://tracing and Perfetto'))
    .option('-o, --output <file>', '.json (default: stdout)')
    .action(async (file: string, flags: FilterFlags) => run(async () => (await import('./trace.ts')).traceChrome(file, flags))());
}

function bundleCommands(program: Command, run: (act: Act) => () => Promise<void>, json: () => Option, many: (value: string, all?: readonly string[]) => readonly string[]): void {
  const bundle = group(program, 'bundle', 'golden bundles: programs with every word that they must leave, for RTL');
  bundle
    .command('make')
    .argument('[program]', 'a program, as for run; without one, --kind')
    .description('run programs and write down all that they do')
    .option('-k, --kind <list>', 'gemm, conv, matrix, directed, vector, dma, sync, numerics; or smoke, full: mixtures for the matrix unit')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-n, --count <n>', 'cases of each kind (default: 16)')
    .option('-s, --seed <n>', 'what shapes and data are drawn from (default: 1)')
    .option('-o, --output <path>', 'a new folder, or an archive NAME.tar')
    .option('--replace', 'it may be a bundle, which goes')
    .option('-l, --load <place=file>', 'as for run; repeatable', many)
    .option('--args <list>', 'up to eight numbers for s8 to s15')
    .addOption(json())
    .option('-q, --quiet', 'no report')
    .action(async (path: string | undefined, flags: MakeFlags) => run(async () => (await import('./bundle.ts')).bundleMake(path, flags))());
  const read = (command: Command): Command => command.addOption(json()).option('-q, --quiet', 'only what is wrong');
  read(bundle.command('check').argument('<bundle>', 'folder or archive .tar').description('every file whole, and all of them saying the same'))
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./bundle.ts')).bundleCheck(folder, flags))());
  read(bundle.command('replay').argument('<bundle>', 'folder or archive .tar').description('run every case on a device and compare records and memory'))
    .option('--device <name>', 'engine, engine-scalar or specification (default: engine)')
    .option('-c, --case <name>', 'one case only')
    .option('--junit <file>', 'write JUnit XML, a case for each case')
    .option('--html <file>', 'write a page')
    .option('-p, --profile <name|file>', 'refuse the bundle unless it is for this profile')
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./bundle.ts')).bundleReplay(folder, flags))());
  read(bundle.command('score').argument('<folder>').description('mutants of the example design, each of which the bundle should find; needs yosys and verilator'))
    .option('--design <folder>', 'SystemVerilog with the ports of systole_matrix (default: rtl of this package)')
    .option('--mutants <n>', 'how many (default: 300)')
    .option('--seed <n>', 'which (default: 1)')
    .option('--goal <percent>', 'exit code 2 below it (default: 98)')
    .option('--keep <folder>', 'keep netlist and simulator there')
    .option('--no-proofs', 'do not try to prove that survivors are equivalent')
    .action(async (folder: string, flags: ScoreFlags) => run(async () => (await import('./bundle-score.ts')).bundleScore(folder, flags))());
  read(bundle.command('diff').argument('<bundle>', 'folder or archive .tar').argument('<other>', 'the same').description('what differs between two bundles'))
    .action(async (one: string, other: string, flags: Flags) => run(async () => (await import('./bundle.ts')).bundleDiff(one, other, flags))());
}

function profileCommands(program: Command, run: (act: Act) => () => Promise<void>, json: () => Option): void {
  const profile = group(program, 'profile', 'machine profiles');
  profile
    .command('list')
    .description('names of the built-in profiles')
    .addOption(json())
    .action(async (flags: Flags) => run(async () => (await import('./profile.ts')).profileList(flags.json === true))());
  profile
    .command('show')
    .argument('<name|file>')
    .description('every number of a profile')
    .option('--sources', 'with source and certainty')
    .addOption(json())
    .action(async (name: string, flags: Flags) => run(async () => (await import('./profile.ts')).profileShow(name, flags))());
  profile
    .command('check')
    .argument('<file>')
    .description('check a profile file')
    .addOption(json())
    .action(async (file: string, flags: Flags) =>
      run(async () => (await import('./profile.ts')).profileCheck(file, flags.json === true))(),
    );
  profile
    .command('binary')
    .argument('<name|file>')
    .description('write a profile as the bytes that configure the C library')
    .requiredOption('-o, --output <file>', '- for stdout')
    .action(async (name: string, flags: Flags) => run(async () => (await import('./profile.ts')).profileBinaryCommand(name, flags))());
}

function group(program: Command, name: string, says: string): Command {
  return program.command(name).description(says);
}

/** Of two values of one option only one could be meant. */
function onlyOnce(option: Option): void {
  if (!option.required || option.parseArg) return;
  option.argParser((value, before) => {
    if (before !== undefined) throw new InvalidArgumentError('It is given twice.');
    return value;
  });
}

/** Settings of the program that commander does not hand down to commands by itself. */
function inherit(program: Command): Command {
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) for (const option of command.options) onlyOnce(option);
  for (const command of program.commands) {
    command.copyInheritedSettings(program).exitOverride().showHelpAfterError(`(systole ${command.name()} --help)`);
    for (const inner of command.commands)
      inner.copyInheritedSettings(program).exitOverride().showHelpAfterError(`(systole ${command.name()} ${inner.name()} --help)`);
  }
  return program;
}
