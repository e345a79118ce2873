//! profiles: a profile by its name or from a file.
import { extname, sep } from 'node:path';
import { refuse } from '../files/section.ts';
import type { Profile } from '../machine/profile.ts';
import { firstNonUtf8, isPresent, readInput, shownPath, STDIO } from './host.ts';

export const DEFAULT_PROFILE = 'systole-16';
const FILE_BYTES_MAX = 2 ** 20;

/** Throws Rejected with everything that is wrong with it. */
export async function findProfile(nameOrFile: string): Promise<Profile> {
  const { profile } = await import('../machine/profile.ts');
  const isFile = nameOrFile === STDIO || extname(nameOrFile) === '.json' || nameOrFile.includes('/') || nameOrFile.includes(sep);
  return isFile || (!isBuiltIn(await names(), nameOrFile) && isPresent(nameOrFile)) ? profileFromFile(nameOrFile) : profile(nameOrFile);
}

export async function profileFromFile(path: string): Promise<Profile> {
  const { readProfile } = await import('../machine/profile-file.ts');
  const bytes = await readInput(path, FILE_BYTES_MAX, 'a profile'),
    wrong = firstNonUtf8(bytes);
  if (wrong !== undefined)
    throw refuse(shownPath(path), `byte 0x${bytes[wrong]!.toString(16).padStart(2, '0')} at offset ${wrong} is not UTF-8, which JSON is`);
  return readProfile(new TextDecoder().decode(bytes), shownPath(path));
}

const names = async (): Promise<readonly string[]> => (await import('../machine/profile.ts')).profileNames();
const isBuiltIn = (all: readonly string[], name: string): boolean => all.includes(name);
