//! tree: a folder of vectors as whoever has files shows it: names and contents, decompressed.

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
