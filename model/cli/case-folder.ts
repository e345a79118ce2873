//! case-folder: programs as folders that the C library and designs load: image, memory, launch.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../device.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, spaceNames } from '../limits.ts';
import { hostFailure } from './host.ts';

/** Writes what a case of a bundle has for a player: program.bin, initial.SPACE.hex, launch.txt. Throws Rejected where it cannot. */
export function writeCase(folder: string, program: Program): void {
  try {
    writeFiles(folder, program);
  } catch (error) {
    throw hostFailure(error, folder, 'written');
  }
}

function writeFiles(folder: string, { image, imageBase, memory, arguments: values = [] }: Program): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'program.bin'), image);
  for (const space of [SPACE_DRAM, SPACE_SPM, SPACE_ACC]) {
    const text = memory.filter((segment) => segment.space === space).map(({ address, bytes }) => `@${address.toString(16)}\n${Buffer.from(bytes).toString('hex').replace(/../g, '$& ')}\n`);
    if (text.length > 0) writeFileSync(join(folder, `initial.${spaceNames[space]}.hex`), text.join(''));
  }
  if (imageBase !== undefined || values.length > 0) writeFileSync(join(folder, 'launch.txt'), `${imageBase === undefined ? '' : `base ${imageBase}\n`}${values.map((value, i) => `argument ${i} ${value}\n`).join('')}`);
}
