//! commands-golden: the commands of what goes to RTL and comes from hardware: bundles, profiles, generated files, vectors, probes.
import type { Command } from 'commander';
import type { MakeFlags } from './bundle.ts';
import type { ScoreFlags } from './bundle-score.ts';
import type { ClassifyFlags } from './classify.ts';
import { type Flags, group, json, many, type Run } from './command-options.ts';
import type { ProbeFlags } from './probe.ts';

/** Bundles, profiles, generated files, and words that others made. */
export function goldenCommands(program: Command, run: Run): void {
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
    .option('--device <name>', 'engine, engine-scalar, engine-slow, engine-threads, specification or systolic (default: engine)')
    .option('--case <name>', 'one case only; a part of the name lists those that match')
    .option('--emit <folder>', 'write the case as files for `systole run`')
    .addOption(json())
    .option('-q, --quiet', 'only what is wrong')
    .action(async (folder: string, flags: Flags) => run(async () => (await import('./vectors.ts')).vectorsCheck(folder, flags))());

  program
    .command('probe')
    .description('a program that prints the words of your hardware, and which preset reproduces them')
    .option('--emit <language>', 'c or cuda: write the program')
    .option('--rows <n>', 'rows of each type beside the corners, at least (default: 24)')
    .option('--cross <n>', 'multiplications of all rows by all rows, as checksums (default: 1)')
    .option('-o, --output <file>', 'where it goes (default: stdout)')
    .option('--check <file>', 'what the program printed, also .gz, - for stdin')
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
}
