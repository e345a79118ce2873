//! bounds: what the host may read and write: bytes of a space that exist.
import { Rejected } from '../failure.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, spaceNames } from '../limits.ts';
import type { Profile } from './profile.ts';

/** Throws Rejected unless `count` bytes from `address` lie in the space. */
export function requireBytes(profile: Profile, space: number, address: number, count: number): void {
  const size = bytesOf(profile, space);
  if (Number.isSafeInteger(address) && Number.isSafeInteger(count) && address >= 0 && count >= 0 && address + count <= size) return;
  const name = spaceNames[space] ?? `space ${space}`, refuse = (message: string): never => { throw new Rejected([{ file: name, line: 0, column: 0, message }]); };
  if (size < 0) refuse(`has no bytes; the spaces are ${SPACE_DRAM} dram, ${SPACE_SPM} spm and ${SPACE_ACC} acc`);
  if (!Number.isSafeInteger(address) || !Number.isSafeInteger(count) || count < 0) refuse(`${count} bytes from ${address} are no whole numbers of bytes`);
  refuse(`bytes ${address} to ${address + count - 1} do not exist; ${name} has ${size} bytes`);
}

/** Less than 0 where there is no such space. */
const bytesOf = (profile: Profile, space: number): number =>
  (space === SPACE_DRAM ? profile.dramBytes : space === SPACE_SPM ? profile.spmBytes : space === SPACE_ACC ? profile.accBytes : -1);
