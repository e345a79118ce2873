//! main: the process of the command line: its words, its signals, its stdout and its exit code.
import { commandLine } from './commands.ts';
import { EXIT_INTERRUPTED, EXIT_PASS, EXIT_USAGE } from './exit.ts';
import { errorColours, say } from './terminal.ts';

start(process.argv.slice(2));

async function start(words: readonly string[]): Promise<void> {
  process.on('SIGINT', () => {
    say('systole: interrupted');
    process.exit(EXIT_INTERRUPTED);
  });
  // A reader that has seen enough, such as head, closes the pipe: that is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') say(`${errorColours.red('error:')} stdout cannot be written: ${error.code}`);
    process.exit(error.code === 'EPIPE' ? EXIT_PASS : EXIT_USAGE);
  });
  process.exitCode = await commandLine(words);
}
