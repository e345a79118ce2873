//! commands-golden: the commands of what goes to RTL and comes from hardware: bundles, profiles, generated files, vectors, probes.
import type { Command } from 'commander';
import type { MakeFlags } from './bundle.ts';
import type { ScoreFlags } from './bundle-score.ts';
import type { ClassifyFlags } from './classify.ts';
import { type Flags, group, json, many, type Run } from './command-options.ts';
import type { ProbeFlags } from './probe.ts';

/** Bundles, profiles, generated files, and words that others made. */
export function goldenCommands(program: Command, run: Run): void {
  const bundle = group(program, 'bundle', 'golden bundles for RTL: programs with every word they must produce');
  bundle
    .command('make')
    .argument('[program]', 'a program, as for run; without one, --kind')
    .description('run programs and write a bundle of everything they do')
    .option('-k, --kind <list>', 'gemm, conv, matrix, directed, vector, dma, sync, numerics; or smoke, full: mixtures for the matrix unit')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('-n, --count <n>', 'cases of each kind (default: 16)')
    .option('-s, --seed <n>', 'seed of shapes and data (default: 1)')
    .option('-o, --output <path>', 'a new folder, or an archive NAME.tar')
    .option('--replace', 'overwrite a bundle at the output path')
    .option('-l, --load <place=file>', 'as for run; repeatable', many)
    .option('--args <list>', 'up to eight numbers for s8 to s15')
    .addOption(json())
    .option('-q, --quiet', 'no report')
    .action(async (path: string | undefined, flags: MakeFlags) => run(async () => (await import('./bundle.ts')).bundleMake(path, flags))());
  const read = (command: Command): Command => command.addOption(json()).option('-q, --quiet', 'print problems only');
  read(bundle.command('check').argument('<bundle>', 'folder or archive .tar').description('check that every file is intact and that all agree'))
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./bundle.ts')).bundleCheck(folder, flags))());
  read(bundle.command('replay').argument('<bundle>', 'folder or archive .tar').description('run every case on a device and compare records and memory'))
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification or systolic (default: engine)')
    .option('-c, --case <name>', 'only this case')
    .option('--junit <file>', 'write JUnit XML, a case for each case')
    .option('--html <file>', 'write a page')
    .option('-p, --profile <name|file>', 'refuse a bundle for another profile')
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./bundle.ts')).bundleReplay(folder, flags))());
  read(bundle.command('score').argument('<folder>').description('mutation score of the bundle on the example design; needs yosys and verilator'))
    .option('--design <folder>', 'SystemVerilog with the ports of systole_matrix (default: rtl/ of this package)')
    .option('--mutants <n>', 'number of mutants (default: 300)')
    .option('--seed <n>', 'seed of the sample (default: 1)')
    .option('--goal <percent>', 'exit code 2 below this score (default: 98)')
    .option('--keep <folder>', 'keep netlist and simulator in this folder')
    .option('--no-proofs', 'do not try to prove survivors equivalent')
    .action(async (folder: string, flags: ScoreFlags) => run(async () => (await import('./bundle-score.ts')).bundleScore(folder, flags))());
  read(bundle.command('diff').argument('<bundle>', 'folder or archive .tar').argument('<other>', 'the other one').description('compare two bundles'))
    .action(async (one: string, other: string, flags: Flags) => run(async () => (await import('./bundle.ts')).bundleDiff(one, other, flags))());

  const profile = group(program, 'profile', 'machine profiles');
  profile
    .command('list')
    .description('list the built-in profiles')
    .addOption(json())
    .action(async (flags: Flags) => run(async () => (await import('./profile.ts')).profileList(flags.json === true))());
  profile
    .command('show')
    .argument('<name|file>')
    .description('print every number of a profile')
    .option('--sources', 'with the source and certainty of each')
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
    .description('write the configuration of the C library for a profile')
    .requiredOption('-o, --output <file>', 'output file, - for stdout')
    .action(async (name: string, flags: Flags) => run(async () => (await import('./profile.ts')).profileBinaryCommand(name, flags))());

  program
    .command('emit')
    .argument(
      '<what>',
      'manual, systemverilog, systemverilog-profile, systemverilog-types, systemverilog-typedefs, systemverilog-csr, systemrdl, assertions, covergroups, functions, c, ' +
        'assemblyscript, profiles, schema or all',
    )
    .description('print or write generated files')
    .option('-p, --profile <name|file>', 'machine profile, for systemverilog-profile (default: systole-int8)')
    .option('-o, --output <path>', 'file, or folder for several (default: stdout; for all: the working folder)')
    .action(async (what: string, flags: Flags) => run(async () => (await import('./emit.ts')).emitCommand(what, flags))());

  const vectors = group(program, 'vectors', 'replay third-party test vectors');
  vectors
    .command('check')
    .argument('<folder>')
    .description('replay every known vector file below a folder')
    .option('-p, --profile <name|file>', 'machine profile (default: systole-16)')
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification or systolic (default: engine)')
    .option('--case <name>', 'only this case; part of a name lists the matching ones')
    .option('--emit <folder>', 'write the case as files for `systole run`')
    .addOption(json())
    .option('-q, --quiet', 'print problems only')
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./vectors.ts')).vectorsCheck(folder, flags))());

  program
    .command('probe')
    .description('emit a program that records the results of your hardware, and find the preset that reproduces them')
    .option('--emit <language>', 'write the program, in c or cuda')
    .option('--rows <n>', 'rows of each type in addition to corner cases, at least (default: 24)')
    .option('--cross <n>', 'products of all rows by all rows, as checksums (default: 1)')
    .option('-o, --output <file>', 'output file (default: stdout)')
    .option('--check <file>', 'check the output of the program (also .gz), - for stdin')
    .addOption(json())
    .action(async (flags: ProbeFlags) => run(async () => (await import('./probe.ts')).probeCommand(flags))());

  program
    .command('classify')
    .argument('<bundle>', 'folder or archive .tar of a bundle')
    .description('find the design mistake that explains a wrong memory')
    .option('-a, --actual <file>', 'memory after a case, $readmemh bytes or raw bytes, as NAME.SPACE.hex or SPACE=FILE, or a folder of such files; repeatable', many)
    .option('-c, --case <name>', 'the case of these files')
    .option('--all', 'list every mistake that explains anything, not only the first five')
    .addOption(json())
    .action(async (folder: string, flags: ClassifyFlags) => run(async () => (await import('./classify.ts')).classifyCommand(folder, flags))());
}
