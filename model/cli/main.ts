//! main: the process of the command line: its words, its signals, its stdout and its exit code.
import { commandLine } from './commands.ts';
import { EXIT_INTERRUPTED } from './exit.ts';
import { say } from './terminal.ts';

start(process.argv.slice(2));

async function start(words: readonly string[]): Promise<void> {
  process.on('SIGINT', () => {
    say('systole: interrupted');
    process.exit(EXIT_INTERRUPTED);
  });
  // All that was printed is out. To wait until nothing is left to do would be to wait for code that V8 compiles beside us, and for its garbage.
  process.exit(await commandLine(words));
}
