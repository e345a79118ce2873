//! vector-folder: the files below a folder as a tree of vectors.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Rejected } from '../failure.ts';
import type { VectorTree } from '../vectors/tree.ts';
import { hostFailure, isFolder } from './host.ts';

/** Files below the folder; links that lead in a circle end when the path is longer than the system allows. */
export function treeOf(folder: string): VectorTree {
  const paths: string[] = [],
    walk = (inner: string): void => {
      for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
        const path = inner ? join(inner, entry.name) : entry.name;
        if (entry.name.startsWith('.')) continue;
        if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, path)))) walk(path);
        else if (entry.isFile() || entry.isSymbolicLink()) paths.push(path.split(sep).join('/'));
      }
    };
  try {
    walk('');
  } catch (error) {
    throw hostFailure(error, folder, 'read');
  }
  return {
    name: basename(resolve(folder)),
    paths,
    read(path) {
      const file = join(folder, path);
      try {
        const bytes = readFileSync(file);
        return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      } catch (error) {
        throw path.endsWith('.gz') && !('syscall' in (error as object))
          ? new Rejected([{ file: relative('.', file), line: 0, column: 0, message: 'is no gzip file, or is cut off' }])
          : hostFailure(error, file, 'read');
      }
    },
  };
}
