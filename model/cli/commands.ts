//! commands: the command line: its commands and options, each loaded when it is asked for, and how every one of them ends.
import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { version } from '#built/version';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { loadColours } from './colours.ts';
import { type Act, type Flags, json, type Run } from './command-options.ts';
import { goldenCommands } from './commands-golden.ts';
import { programCommands, runCommand } from './commands-programs.ts';
import { verifyCommands } from './commands-verify.ts';
import { claimStdout } from './documents.ts';
import { EXIT_INTERRUPTED, EXIT_PASS, EXIT_USAGE, exitSays, isInterrupt } from './exit.ts';
import { forgetRead } from './host.ts';
import { errorColours, errorHasColours, outHasColours, printBytes, printJson, say, sayDiagnostics, sayText, setTaken } from './terminal.ts';

/** Does what the words ask for; the exit code. */
export function commandLine(words: readonly string[]): Promise<number> {
  forgetRead();
  return ending(async () => {
    if (outHasColours() || errorHasColours()) await loadColours();
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
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT_PASS;
      if (isJson) printJson({ exit_code: EXIT_USAGE, diagnostics: [wordsWrong(error.message)] });
      return EXIT_USAGE;
    }
    if (isInterrupt(error)) {
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

/** What commander has told on stderr already. */
const wordsWrong = (message: string): Diagnostic => ({ file: 'systole', line: 0, column: 0, message: message.replace(/^error: /, '') });

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
  }, words[0]).hook('preAction', (_, command) => setTaken(claimStdout(command.opts())));
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

/** What whoever asks for nothing may try, in any folder. */
const beginnings = ['doctor', 'run examples/digits', 'run --help'];

/** Every command, or none beside the one of the words where that is `run`. `run` wraps what one does, so that its exit code comes out. */
export function commands(run: Run, word?: string): Command {
  const program = new Command('systole')
    .description('A bit-accurate functional model of a tensor accelerator.')
    .version(version, '-V, --version')
    .exitOverride()
    .showHelpAfterError('(npx systole --help)')
    .enablePositionalOptions()
    .configureOutput({ writeOut: printBytes, writeErr: sayText, outputError: (text, write) => write(text.replace(/^error: /, `${errorColours.red('systole:')} error: `)) })
    .addHelpText(
      'after',
      `\nExit codes:\n${Object.entries(exitSays)
        .map(([code, says]) => `  ${code.padEnd(4)} ${says}`)
        .join('\n')}\n\nGetting started:\n${beginnings.map((line) => `  npx systole ${line}`).join('\n')}\n`,
    );
  runCommand(program, run);
  if (word === 'run') return inherit(program);
  programCommands(program, run);
  goldenCommands(program, run);
  verifyCommands(program, run, () => commands(() => async () => undefined));

  program
    .command('doctor')
    .description('print versions, run a self-test, list optional tools')
    .addOption(json())
    .action(async (flags: Flags) => run(async () => (await import('./doctor.ts')).doctor(flags.json === true))());

  program
    .command('completion')
    .argument('<shell>', 'bash, zsh or fish')
    .description('print a completion script')
    .action(async (shell: string) => run(async () => (await import('./completion.ts')).completion(shell, commands(run)))());
  return inherit(program);
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
    // Of a second program `run` says itself what was meant.
    command.copyInheritedSettings(program).exitOverride().showHelpAfterError(`(npx systole ${command.name()} --help)`).allowExcessArguments(command.name() === 'run');
    for (const inner of command.commands)
      inner.copyInheritedSettings(program).exitOverride().showHelpAfterError(`(npx systole ${command.name()} ${inner.name()} --help)`);
  }
  return program;
}
