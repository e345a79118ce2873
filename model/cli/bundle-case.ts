//! bundle-case: a case of a bundle in place of a program: the folder that holds its files.
import { basename, join, resolve } from 'node:path';
import { readImage } from '../assembler/image.ts';
import { openBundle, readCase } from '../bundle/open.ts';
import { refuse } from '../files/section.ts';
import type { Profile } from '../machine/profile.ts';
import type { LoadedProgram } from './program.ts';
import { bundleTree } from './vector-folder.ts';

/** The program with its memory and arguments, and the profile of its bundle. Throws Rejected where the bundle is damaged, or has no such case. */
export function findCase(path: string): { readonly loaded: LoadedProgram; readonly profile: Profile } {
  const folder = resolve(path), name = basename(folder), bundle = openBundle(bundleTree(join(path, '..', '..')));
  if (!bundle.manifest.cases.some((one) => one.name === name)) throw refuse(path, 'is not a case of its bundle: the manifest does not name it');
  const { program } = readCase(bundle, name);
  return { loaded: { kind: 'image', program, image: readImage(program.image, path), assembly: undefined, lineOf: () => undefined }, profile: bundle.profile };
}
