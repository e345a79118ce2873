//! cmsis-sets: the folders of CMSIS-NN test data that lie side by side, as cases.
import { readCmsisSet } from './cmsis.ts';
import { cmsisProgram } from './cmsis-program.ts';
import type { Case, Found, Skip } from './found.ts';
import type { VectorTree } from './tree.ts';
import { folderOf, nameOf, textOf } from './tree.ts';

export const isCmsisFile = (path: string): boolean => nameOf(path) === 'test_data.h';

/** `folder` holds the folders of these test_data.h files. */
export function cmsisSets(tree: VectorTree, folder: string, headers: readonly string[]): Found {
  const cases: Case[] = [], skipped: Skip[] = [];
  headers.forEach((path, index) => {
    const set = folderOf(path), name = nameOf(set) || tree.name;
    const files = tree.paths.filter((other) => folderOf(other) === set && other.endsWith('.h')).map((other) => [nameOf(other),
      textOf(tree.read(other))] as const);
    const result = readCmsisSet(name, new Map(files));
    if (result.status === 'layer') cases.push({ name, covers: [index], build: (profile) => cmsisProgram(profile, result.layer) });
    else if (result.status === 'malformed') skipped.push({ what: name, why: `not readable: ${result.problems.join('; ')}` });
    else skipped.push({ what: name, why: result.status === 'skipped' ? `${result.kind}: ${result.why}` : `unknown kind: ${result.why}` });
  });
  return { folder, kind: 'cmsis-nn', total: headers.length, cases, skipped };
}
