//! vector-folder: the files below a folder as a tree, of vectors or of a bundle.
import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Diagnostic, Rejected } from '../failure.ts';
import type { VectorTree } from '../vectors/tree.ts';
import { bytesText, hostFailure, isFolder, readNamed } from './host.ts';

/** What one file of a folder may hold, also when it is unpacked. */
const FILE_MAX = 2 ** 28;

/** Files below the folder; links that lead in a circle end when the path is longer than the system allows. */
export function treeOf(folder: string, most = FILE_MAX): VectorTree {
  return tree(folder, (path) => {
    const file = join(folder, path);
    return unpacked(relative('.', file), readNamed(file, most, 'a file of vectors'), most);
  });
}

/** What a file holds: one whose name ends with .gz, unpacked. Throws Rejected where it is no such file, or too long. */
export function unpacked(file: string, bytes: Uint8Array, most: number): Uint8Array {
  if (!file.endsWith('.gz')) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const isLong = (error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw refused(file, isLong ? `unpacks to more than ${bytesText(most)}` : 'is not a gzip file, or is cut off');
  }
}

/** Files of a bundle, which is what lies in its folder: a link that leads out of it, a pipe and a device are refused. */
export function bundleTree(folder: string): VectorTree {
  const home = realPath(folder), diagnostics: Diagnostic[] = [];
  const found = tree(folder, (path) => readNamed(join(folder, path), FILE_MAX, 'a file of a bundle'), (path, entry) => {
    const file = join(folder, path);
    if (entry.isSymbolicLink() && !`${realPath(file)}${sep}`.startsWith(`${home}${sep}`)) diagnostics.push({ file, line: 0, column: 0, message: 'is a link that leads out of the bundle' });
    else if (!entry.isSymbolicLink() && !entry.isFile() && !entry.isDirectory()) diagnostics.push({ file, line: 0, column: 0, message: 'is a pipe or a device; a bundle has files' });
    else return true;
    return false;
  });
  if (diagnostics.length > 0) throw new Rejected(diagnostics.slice(0, 20));
  return { ...found, name: folder };
}

function tree(folder: string, read: (path: string) => Uint8Array, isTaken: (path: string, entry: Dirent) => boolean = () => true): VectorTree {
  const paths: string[] = [],
    walk = (inner: string): void => {
      for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
        const path = inner ? join(inner, entry.name) : entry.name;
        if (entry.name.startsWith('.') || !isTaken(path, entry)) continue;
        if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, path)))) walk(path);
        else if (entry.isFile() || entry.isSymbolicLink()) paths.push(path.split(sep).join('/'));
      }
    };
  try {
    walk('');
  } catch (error) {
    throw hostFailure(error, folder, 'read');
  }
  return { name: basename(resolve(folder)), paths, read };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw hostFailure(error, path, 'read');
  }
}
const refused = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
