//! commands-programs: the commands that take a program or a trace.
import type { Command } from 'commander';
import { type Flags, group, json, many, type Run } from './command-options.ts';
import type { CompareFlags } from './compare-profiles.ts';
import type { CompareTraceFlags } from './compare-traces.ts';
import { EXIT_USAGE } from './exit.ts';
import type { ExplainFlags } from './explain.ts';
import type { RunFlags } from './job.ts';
import type { FilterFlags } from './trace.ts';
import type { WaveFlags } from './wave.ts';

/** What everybody asks for, and alone where that is all. */
export function runCommand(program: Command, run: Run): void {
  program
    .command('run')
    .argument('<program>', 'assembly, image, $readmemh or Intel HEX file, - for stdin, or a folder such as examples/digits')
    .description('run a program on a device')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-l, --load <place=file>', 'load a file into memory before the run: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('-d, --dump <place=file>', 'write memory after the run: SPACE:ADDR:DIMS:DTYPE=FILE, - prints values; repeatable', many)
    .option('-e, --expect <place=file>', 'compare memory with a file after the run: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('--fail-on-unknown', 'exit code 1 when a dumped byte is UNKNOWN')
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification or systolic (default: engine)')
    .option('--threads <n>', 'threads that share the large instructions of the engine, 1 to 64 (default: 1)')
    .option('--schedule <schedule>', 'default (serial), random:SEED, bytes:HEX, adversarial:NAME or, for small programs, exhaustive[:RUNS]')
    .option('--sanitize [kinds]', 'find races, UNKNOWN reads, deadlocks and more; exit code 1 on a finding (default: all kinds)')
    .option('--graph <file>', 'with --sanitize: wait-for graph of a deadlock, .dot or .svg')
    .option('--sarif <file>', 'with --sanitize: the findings as SARIF 2.1.0')
    .option('-t, --trace <file>', 'write a trace of retirements: .jsonl, .bin for binary, - for stdout')
    .option('--digests', 'CRC-32C of written operands in the trace')
    .option('--max-instructions <n>', 'stop after n retired instructions (exit code 4)')
    .option('--watchdog <n>', 'trap after n dispatched instructions without a halt')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .option('-i, --input <file>', 'input file of an example')
    .addOption(json())
    .option('-q, --quiet', 'print problems only')
    .action(async (path: string, flags: RunFlags, command: Command) => {
      // A bare --sanitize takes no word: somebody may have meant that it does.
      const [, second] = command.args, kinds = flags.sanitize === 'all' ? '; the kinds for --sanitize follow an equals sign, as in --sanitize=race' : '';
      if (second !== undefined) command.error(`error: run takes one program; found '${path}' and '${second}'${kinds}`, { exitCode: EXIT_USAGE });
      return run(async () => (await import('./run.ts')).run(path, flags))();
    });
}

/** What shows, translates and compares programs and traces. */
export function programCommands(program: Command, run: Run): void {
  program
    .command('explain')
    .argument('<program>', 'as for run')
    .description('show how one element of a result was computed: every product, shift, dropped bit and rounding')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-l, --load <place=file>', 'as for run; repeatable', many)
    .option('--seq <n>', 'the instruction with sequence number n (default: the last one that wrote elements)')
    .option('--pc <n[:times]>', 'the instruction at pc n, and which retirement of it (default: the first)')
    .option('--element <i,j,..>', 'index into the destination (default: 0 in every dim)')
    .option('--operand <name>', 'which destination, if the instruction has two (default: the first)')
    .option('--device <name>', 'device whose result the explanation must reproduce (default: engine)')
    .option('--max-instructions <n>', 'stop after n retired instructions')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .addOption(json())
    .action(async (path: string, flags: ExplainFlags) => run(async () => (await import('./explain.ts')).explainCommand(path, flags))());

  program
    .command('wave')
    .argument('<program>', 'as for run')
    .description('show an mm or mdw cycle by cycle in the systolic array, or compare it with your waveform')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-l, --load <place=file>', 'as for run; repeatable', many)
    .option('--instruction <n>', 'the instruction with sequence number n (default: the last mm or mdw)')
    .option('--seq <n>', 'same as --instruction')
    .option('--pc <n[:times]>', 'the instruction at pc n, and which retirement of it (default: the first)')
    .option('--layout <ws|os>', 'weight-stationary or output-stationary (default: ws)')
    .option('--text', 'a picture in the terminal (default if no file is given)')
    .option('--register <list>', 'show planes of these registers instead of the wavefront: w s l ls a f v p')
    .option('--cycles <a..b>', 'only these clock cycles (default: all)')
    .option('--vcd <file>', 'write a VCD, and a GTKWave save file (.gtkw) next to it')
    .option('--html <file>', 'write a page with a time slider')
    .option('--diff <file>', 'compare with a VCD: exit code 1 and the first cycle, PE and register that differ')
    .option('--map <file>', 'with --diff: names of your registers, REGISTER = PATH with {r} and {c}')
    .option('--clock <name>', 'with --diff: your clock (default: clk)')
    .option('--tile <n>', 'with --diff: number of the tile in your dump, from 1 (default: 1)')
    .option('--strict', 'with --diff: compare every register in every cycle, even where it is a don\'t care')
    .option('--max-instructions <n>', 'stop after n retired instructions')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .addOption(json())
    .action(async (path: string, flags: WaveFlags) => run(async () => (await import('./wave.ts')).waveCommand(path, flags))());

  program
    .command('compare-profiles')
    .argument('<program>', 'assembly, image, $readmemh or Intel HEX file')
    .description('run one program under several profiles and compare the results')
    .requiredOption('-p, --profiles <list>', 'names or files, separated by commas; the first is the reference')
    .option('-l, --load <place=file>', 'put a file into memory before the runs: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('-o, --output <place>', 'region to compare: SPACE:ADDR:DIMS:DTYPE; repeatable (default: everything stored to DRAM)', many)
    .option('--args <list>', 'up to eight numbers for s8 to s15')
    .option('--svg <file>', 'write a plot of the distances')
    .option('--html <file>', 'write a page with table and plot')
    .addOption(json())
    .action(async (path: string, flags: CompareFlags) =>
      run(async () => (await import('./compare-profiles.ts')).compareProfilesCommand(path, flags))(),
    );

  program
    .command('assemble')
    .argument('<file>', 'assembly text, - for stdin')
    .description('assemble a program')
    .option('-o, --output <file>', 'output file, - for stdout (default: the input name with the extension of the format)')
    .option('-f, --format <format>', 'hex ($readmemh), bin (image) or ihex (default: by the extension of the output, else hex)')
    .option('--listing', 'print pc, words, source location and text of every instruction')
    .addOption(json())
    .action(async (file: string, flags: Flags) => run(async () => (await import('./assemble.ts')).assembleCommand(file, flags))());

  program
    .command('disassemble')
    .argument('<file>', 'image, hex or Intel HEX file, - for stdin')
    .description('disassemble a program')
    .option('-o, --output <file>', 'output file (default: stdout)')
    .action(async (file: string, flags: Flags) => run(async () => (await import('./assemble.ts')).disassembleCommand(file, flags))());

  program
    .command('compare')
    .argument('<ours>', 'trace of a serial run, or a case of a bundle')
    .argument('<theirs>', 'trace of any other machine, - for stdin')
    .description('compare a trace with ours; any legal order of completion is accepted')
    .option('--mode <mode>', 'strict (the serial order), unit, or final (the last digest of every region) (default: unit)')
    .option('--unit <list>', 'units that the other trace covers (default: all)')
    .addOption(json())
    .action(async (ours: string, theirs: string, flags: CompareTraceFlags) =>
      run(async () => (await import('./compare-traces.ts')).compareTracesCommand(ours, theirs, flags))(),
    );

  const trace = group(program, 'trace', 'print, filter and convert traces of `run --trace`');
  const filtered = (command: Command): Command =>
    command
      .option('--unit <list>', 'seq, dmi, dmo, mxu, vpu, lnk')
      .option('--op <list>', 'mnemonics')
      .option('--pc <a..b>', 'range of instruction addresses')
      .option('--seq <a..b>', 'sequence numbers')
      .option('--status <list>', 'done, nullified, trapped')
      .option('--touches <space:addr[:bytes]>', 'records with an operand in these bytes');
  filtered(trace.command('print').argument('<file>', 'trace, - for stdin').description('print records as text'))
    .addOption(json())
    .action(async (file: string, flags: FilterFlags) => run(async () => (await import('./trace.ts')).tracePrint(file, flags))());
  filtered(
    trace.command('filter').argument('<file>', 'trace, - for stdin').description('copy records; the extension of the output selects the format'),
  )
    .option('-o, --output <file>', '.jsonl or .bin (default: JSONL on stdout)')
    .action(async (file: string, flags: FilterFlags) => run(async () => (await import('./trace.ts')).traceFilter(file, flags))());
  filtered(trace.command('chrome').argument('<file>', 'trace, - for stdin').description('units as threads and instructions as slices, for chrome://tracing and Perfetto'))
    .option('-o, --output <file>', '.json (default: stdout)')
    .action(async (file: string, flags: FilterFlags) => run(async () => (await import('./trace.ts')).traceChrome(file, flags))());
}
