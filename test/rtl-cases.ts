//! rtl-cases: programs of tests as a bundle in a folder, for the player of rtl/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { disassemble } from '../model/assembler/disassembler.ts';
import { makeBundle } from '../model/bundle/make.ts';
import type { Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import type { Profile } from '../model/machine/profile.ts';

export interface RtlCase { readonly name: string; readonly program: Program }

/** The bundle of these programs, by the maker of every other bundle. */
export function writeBundle(folder: string, profile: Profile, cases: readonly RtlCase[]): void {
  const sources = cases.map(({ name, program }) => ({ name, kind: 'rtl', says: name, seed: 0, text: disassemble(program.image), program }));
  const running = makeBundle(engine(profile), sources, { kinds: ['rtl'], count: cases.length, seed: 0, program: null }, { systole: 'test', engine_sha256: '0'.repeat(64) }, new Map());
  let next = running.next();
  while (!next.done) next = running.next();
  for (const { path, bytes } of next.value) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
