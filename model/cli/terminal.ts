//! terminal: results on stdout, everything else on stderr, colours only for people.
import { describe, type Diagnostic } from '../failure.ts';
import { coloursWhere } from './colours.ts';

/** A stream that is no terminal has none; NO_COLOR and TERM are node's to look at. */
export const outHasColours = (): boolean => process.stdout.isTTY && process.stdout.hasColors(),
  errorHasColours = (): boolean => process.stderr.isTTY && process.stderr.hasColors();
/** Colours for stdout and for stderr. */
export const outColours = coloursWhere(outHasColours),
  errorColours = coloursWhere(errorHasColours);

/** A line of a result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line for the person who watches. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
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
