//! terminal: results on stdout, everything else on stderr, colours only for people.
import { fstatSync, statSync, writeSync } from 'node:fs';
import { describe, type Diagnostic } from '../failure.ts';
import { coloursWhere } from './colours.ts';
import { EXIT_USAGE } from './exit.ts';
import { reasons } from './reasons.ts';

// Node's streams and what tells a terminal take milliseconds to load: a start that nobody watches does without.
const OUT = 1,
  ERROR = 2,
  NULL_DEVICE = '/dev/null';
const mayBeTerminal = (file: number): boolean => {
  const stats = fstatSync(file);
  return stats.isCharacterDevice() && stats.rdev !== statSync(NULL_DEVICE, { throwIfNoEntry: false })?.rdev;
};
/** Whether a person watches. */
export const outIsTerminal = (): boolean => mayBeTerminal(OUT) && process.stdout.isTTY,
  errorIsTerminal = (): boolean => mayBeTerminal(ERROR) && process.stderr.isTTY;

/** A stream that is no terminal has none; NO_COLOR and TERM are node's to look at. */
export const outHasColours = (): boolean => outIsTerminal() && process.stdout.hasColors(),
  errorHasColours = (): boolean => errorIsTerminal() && process.stderr.hasColors();
/** Colours for stdout and for stderr. */
export const outColours = coloursWhere(outHasColours),
  errorColours = coloursWhere(errorHasColours);

/** Where text goes, before the call ends; who has the command line within a process of his own puts something else here. */
export const streams = {
  out: (contents: string | Uint8Array): void => put(OUT, contents),
  error: (contents: string | Uint8Array): void => put(ERROR, contents),
};
const FULL_MS = 1;
/** A pipe that its other side does not let wait may be full. */
function put(file: number, contents: string | Uint8Array): void {
  for (let left = typeof contents === 'string' ? Buffer.from(contents) : contents; left.length > 0; ) {
    try {
      left = left.subarray(writeSync(file, left));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_MS);
    }
  }
}

/** Part of a result. A reader that has seen enough, such as head, is no failure of ours: the command goes on without it, to its own exit code. */
export function printBytes(contents: string | Uint8Array): void {
  if (isGone) return;
  try {
    streams.out(contents);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    isGone = code === 'EPIPE';
    if (isGone) return;
    say(`stdout: ${errorColours.red('error:')} cannot be written: ${reasons[code ?? ''] ?? code}`);
    process.exit(EXIT_USAGE);
  }
}
let isGone = false;
/** For what writes without end: whether nobody reads it any more. */
export const readerIsGone = (): boolean => isGone;

/** A line of a result. */
export const print = (line: string): void => (isTaken ? say(line) : printBytes(`${line}\n`));
let isTaken = false;
/** Of each command: whether stdout is a document's, so that lines beside it are for the person who watches. */
export function setTaken(taken: boolean): void {
  isTaken = taken;
}

/** Text for the person who watches; where nobody can, it is lost. */
export function sayText(text: string): void {
  try {
    streams.error(text);
  } catch {}
}

/** A line of it. */
export const say = (line: string): void => sayText(`${line}\n`);

export function printJson(value: unknown): void {
  printBytes(`${JSON.stringify(value, null, 2)}\n`);
}

/** Lines of a table, columns as wide as their widest cell; the last column is not filled up. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** `file:line:col: error: message`, once for each. */
export function sayDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) say(describe(diagnostic).replace(': error: ', `: ${errorColours.red('error:')} `));
}

export const warn = (message: string): void => say(`${errorColours.yellow('warning:')} ${message}`);
