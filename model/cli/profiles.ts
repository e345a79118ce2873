//! profiles: a profile by its name or from a file.
import { extname, sep } from 'node:path';
import type { Profile } from '../machine/profile.ts';
import { isPresent, readInput, shownPath, STDIO } from './host.ts';

export const DEFAULT_PROFILE = 'systole-16';
const FILE_BYTES_MAX = 2 ** 20;

/** Throws Rejected with everything that is wrong with it. */
export async function findProfile(nameOrFile: string): Promise<Profile> {
  const { profile } = await import('../machine/profile.ts');
  const isFile = nameOrFile === STDIO || extname(nameOrFile) === '.json' || nameOrFile.includes('/') || nameOrFile.includes(sep);
  return isFile || (!isBuiltIn(await names(), nameOrFile) && isPresent(nameOrFile)) ? profileFromFile(nameOrFile) : profile(nameOrFile);
}

export async function profileFromFile(path: string): Promise<Profile> {
  const { readProfile } = await import('../machine/profile.ts');
  return readProfile(new TextDecoder().decode(await readInput(path, FILE_BYTES_MAX, 'a profile')), shownPath(path));
}

const names = async (): Promise<readonly string[]> => (await import('../machine/profile.ts')).profileNames();
const isBuiltIn = (all: readonly string[], name: string): boolean => all.includes(name);
