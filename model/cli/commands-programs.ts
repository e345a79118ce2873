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
    .option('-l, --load <place=file>', 'put a file into memory before the run: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('-d, --dump <place=file>', 'write memory after the run: SPACE:ADDR:DIMS:DTYPE=FILE, - prints values; repeatable', many)
    .option('-e, --expect <place=file>', 'compare memory with a file after the run: SPACE:ADDR[:DIMS:DTYPE]=FILE; repeatable', many)
    .option('--fail-on-unknown', 'exit code 1 when a dumped byte is UNKNOWN')
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification or systolic (default: engine)')
    .option('--threads <n>', 'threads that share the large instructions of the engine, 1 to 64 (default: 1)')
    .option('--schedule <schedule>', 'default (serial), random:SEED, bytes:HEX, adversarial:NAME or, for small programs, exhaustive[:RUNS]')
    .option('--sanitize [kinds]', 'find races, UNKNOWN reads, deadlocks and more; exit code 1 on a finding (default: all kinds)')
    .option('--graph <file>', 'with --sanitize: who waits for whom in a deadlock, .dot or .svg')
    .option('--sarif <file>', 'with --sanitize: the findings as SARIF 2.1.0')
    .option('-t, --trace <file>', 'write what retired: .jsonl, .bin for binary, - for stdout')
    .option('--digests', 'CRC-32C of written operands in the trace')
    .option('--max-instructions <n>', 'end the run after n retired instructions (exit code 4)')
    .option('--watchdog <n>', 'trap when n instructions were dispatched without an end')
    .option('--args <list>', 'up to eight numbers for s8 to s15, as in 16,-1,0x40')
    .option('-i, --input <file>', 'input of an example')
    .addOption(json())
    .option('-q, --quiet', 'no report, only what is wrong')
    .action(async (path: string, flags: RunFlags, command: Command) => {
      // A bare --sanitize takes no word: somebody may have meant that it does.
      const [, second] = command.args, kinds = flags.sanitize === 'all' ? '; what --sanitize looks for stands behind an equals sign, as in --sanitize=race' : '';
      if (second !== undefined) command.error(`error: run takes one program; found '${path}' and '${second}'${kinds}`, { exitCode: EXIT_USAGE });
      return run(async () => (await import('./run.ts')).run(path, flags))();
    });
}

/** What shows, translates and compares programs and traces. */
export function programCommands(program: Command, run: Run): void {
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
