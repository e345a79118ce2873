//! laws-harness: profiles and devices that the laws run on, and failures told so that they can be replayed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printInstruction } from '../model/assembler/disassembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { specification } from '../model/specification.ts';
import { type Observed, observeUnwatched } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { knobs as knobFiles, type Knobs, type RawRecord } from '../model/verify/record.ts';
import { mixed } from '../model/verify/random.ts';
import { type Resolved, resolve } from '../model/verify/resolve.ts';
import { shrink } from '../model/verify/shrink.ts';

const oddText = readFileSync(join(import.meta.dirname, 'profiles', 'odd-3x5.json'), 'utf8');
interface Fact { readonly value: unknown }
export interface ProfileText { readonly features: Fact; readonly unknownByte: Fact; readonly triples: readonly Readonly<Record<string, unknown>>[] }
/** A variant of the odd profile that is only a test's. */
export function variant(name: string, change: (file: ProfileText) => Partial<Record<keyof ProfileText, unknown>>): Profile {
  const file = JSON.parse(oddText) as ProfileText;
  return readProfile(JSON.stringify({ ...file, ...change(file), name }), `${name}.json`);
}

export const profiles: Readonly<Record<string, Profile>> = {
  'systole-16': profile('systole-16'), 'odd-3x5': readProfile(oddText, 'odd-3x5.json'), 'gemmini-like': profile('gemmini-like'),
  'tpu1-like': profile('tpu1-like'), 'systole-int8': profile('systole-int8'),
};
export const knobs: Readonly<Record<string, Knobs>> = knobFiles;

/** The specification, both builds of the engine, the engine without its fast lanes, and three threads that share all they can. */
export function devicesOf(of: Profile): { readonly oracle: Device; readonly simd: Device; readonly scalar: Device; readonly slow: Device; readonly threads: Device } {
  const threads = engine(of, { threads: 3, sharedWork: 1 });
  return { oracle: specification(of), simd: engine(of), scalar: engine(of, { build: 'scalar' }), slow: engine(of, { lanes: 0 }), threads };
}

/** How a program ends that nobody watches, and everything that it leaves: with records, the engine's fast lanes stay closed. */
export function unwatched(device: Device, program: Program): Observed {
  device.load(program);
  return observeUnwatched(device);
}

/** Instructions with their pc. */
export const listing = ({ words }: Resolved): string => words.map((four, pc) => `${String(pc).padStart(4)}  ${printInstruction(four)}`).join('\n');

/** Ask a law of programs from seeds; what fails is shrunk, and told with the command that replays it. */
export function holds(law: (program: Resolved, seed: number) => string | undefined, of: Profile, by: Knobs, from: number, count: number): void {
  for (let seed = from; seed < from + count; seed++) {
    const resolved = generate(seed, of, by), broken = law(resolved, seed);
    if (broken === undefined) continue;
    const again = (records: readonly RawRecord[]): Resolved => resolve(records, of, by, mixed(seed, 0));
    const least = again(shrink(resolved.records, (records) => law(again(records), seed) !== undefined, 200));
    throw new Error([
      broken, `seed ${seed} of ${by.name} on ${of.name}`,
      `least that fails (${law(least, seed)}), from ${least.records.length} of ${resolved.records.length} records:`, listing(least), JSON.stringify(least.records),
    ].join('\n'));
  }
}
