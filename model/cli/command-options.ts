//! command-options: what commands share: how their work is wrapped, and options that mean the same everywhere.
import { type Command, Option } from 'commander';

/** A command's work; the exit code. */
export type Act = () => Promise<number>;
/** Wraps what a command does, so that its exit code comes out. */
export type Run = (act: Act) => () => Promise<void>;
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Of an option that may be given several times. */
export const many = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];
export const json = (): Option => new Option('--json', 'print results as JSON');
export const goal = (): Option => new Option('--goal <percent>', 'exit code 2 if fewer of the reachable bins are hit');

/** Files for CI, of every command that finds something. */
export const reportOptions = (command: Command): Command =>
  command
    .option('--junit <file>', 'write JUnit XML')
    .option('--sarif <file>', 'write SARIF 2.1.0')
    .option('--html <file>', 'write an HTML report')
    .option('--chrome <file>', 'write events for chrome://tracing and Perfetto');

export function group(program: Command, name: string, says: string): Command {
  return program.command(name).description(says);
}
