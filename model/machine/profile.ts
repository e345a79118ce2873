//! profile: the built-in profiles, and what a profile is.
import { profiles } from '#built/profiles';
import { didYouMean, Rejected } from '../failure.ts';
import { shown } from '../json.ts';
import { type Entries, type Profile, profileOf } from './profile-record.ts';
import type { ProfileFile } from './profile-schema.ts';

export type { Granule, Profile, Tier } from './profile-record.ts';

/** Names of the built-in profiles, sorted. */
export const profileNames = (): readonly string[] => Object.keys(profiles).sort();

/** A built-in profile: the build has read its file and written down what it says. Throws Rejected when no profile has the name. */
export function profile(name: string): Profile {
  const built = profiles[name];
  if (built !== undefined && Object.hasOwn(profiles, name)) {
    const { file, hash, entries } = JSON.parse(built) as { readonly file: ProfileFile; readonly hash: string; readonly entries: Entries };
    return profileOf(file, hash, entries);
  }
  const names = profileNames(), message = `no built-in profile is called '${shown(name)}'${didYouMean(name, names) || ';'} built in are ${names.join(', ')}`;
  throw new Rejected([{ file: 'profile', line: 0, column: 0, message }]);
}
