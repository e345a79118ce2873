//! bundle-case: a case of a bundle in place of a program: the folder that holds its files.
import { basename, dirname, join, resolve } from 'node:path';
import { readImage } from '../assembler/image.ts';
import { openBundle, readCase } from '../bundle/open.ts';
import type { Profile } from '../machine/profile.ts';
import { isFolder, isPresent } from './host.ts';
import type { LoadedProgram } from './program.ts';
import { bundleTree } from './vector-folder.ts';

/** The program with its memory and arguments, and the profile of its bundle; undefined for a path that is no case of a bundle. */
export function findCase(path: string): { readonly loaded: LoadedProgram; readonly profile: Profile } | undefined {
  const folder = resolve(path), bundle = dirname(dirname(folder));
  if (!isFolder(path) || basename(dirname(folder)) !== 'cases' || !isPresent(join(bundle, 'manifest.json'))) return undefined;
  const opened = openBundle(bundleTree(bundle));
  if (!opened.manifest.cases.some(({ name }) => name === basename(folder))) return undefined;
  const { program } = readCase(opened, basename(folder));
  return { loaded: { kind: 'image', program, image: readImage(program.image, path), assembly: undefined, lineOf: () => undefined }, profile: opened.profile };
}
