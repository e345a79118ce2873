//! tree: a folder of vectors as whoever has files shows it: names and contents, decompressed.
import { Rejected } from '../failure.ts';

export interface VectorTree {
  /** Name of the folder, for sets that lie in it directly. */
  readonly name: string;
  /** Every file below the folder, with `/` between names. */
  readonly paths: readonly string[];
  /** The bytes of a file; of a `.gz` file what it holds. */
  read(path: string): Uint8Array;
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Text of one byte to a character. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** The lines that hold data, cut at blanks, or at tabs. */
export function rowsOf(text: string, separator: string): string[][] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => line.trim().split(separator));
}

/** What a cell of a table is called, and what it may be. */
export type CellShape = readonly [name: string, pattern: RegExp, allowed: string];

/** The lines that hold data, cut at tabs. Throws Rejected at the first line that has not these cells; cells behind the `needed` ones may be left out. */
export function rowsLike(path: string, text: string, shapes: readonly CellShape[], needed = shapes.length): string[][] {
  const rows: string[][] = [], refuse = (line: number, message: string): never => { throw new Rejected([{ file: path, line, column: 1, message }]); };
  text.split('\n').forEach((whole, index) => {
    if (whole.trim() === '' || whole.startsWith('#')) return;
    const cells = whole.trim().split('\t'), counts = needed === shapes.length ? String(needed) : `${needed} to ${shapes.length}`;
    if (cells.length < needed || cells.length > shapes.length) refuse(index + 1, `found ${cells.length} columns; allowed: ${counts}, separated by tabs`);
    cells.forEach((cell, i) => {
      const [name, pattern, allowed] = shapes[i]!;
      if (!pattern.test(cell)) refuse(index + 1, `${name}: found '${cell.slice(0, 24)}'; allowed: ${allowed}`);
    });
    rows.push(cells);
  });
  return rows;
}
