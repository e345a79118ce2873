//! example: what an example with code of its own is asked, and where it lies.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../machine/profile.ts';
import type { DeviceName } from './devices.ts';

export interface ExampleRequest {
  readonly folder: string;
  readonly profile: Profile;
  readonly device: DeviceName;
  readonly input: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The folder of package.json: two folders up in a checkout, one up in the bundle. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
