//! bounds: what the host may read and write: bytes of a space that exist.
import { Rejected } from '../failure.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, spaceNames } from '../limits.ts';
import type { Profile } from './profile.ts';

/** Throws Rejected unless `count` bytes from `address` lie in the space. */
export function requireBytes(profile: Profile, space: number, address: number, count: number): void {
  const size = { [SPACE_DRAM]: profile.dramBytes, [SPACE_SPM]: profile.spmBytes, [SPACE_ACC]: profile.accBytes }[space];
  const name = spaceNames[space] ?? `space ${space}`, refuse = (message: string): never => { throw new Rejected([{ file: name, line: 0, column: 0, message }]); };
  if (size === undefined) refuse(`has no bytes; the spaces are ${SPACE_DRAM} dram, ${SPACE_SPM} spm and ${SPACE_ACC} acc`);
  else if (!Number.isSafeInteger(address) || !Number.isSafeInteger(count) || count < 0) refuse(`${count} bytes from ${address} are no whole numbers of bytes`);
  else if (address < 0 || address + count > size) refuse(`bytes ${address} to ${address + count - 1} do not exist; ${name} has ${size} bytes`);
}
