//! opening: the tests that a campaign begins with: few small programs, kept in a file, that together show every fault of the catalogue that a program shows.
import type { Program } from '../device.ts';
import { Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import type { Expected } from '../verify/illegal.ts';
import { type Knobs, knobs } from '../verify/record.ts';
import type { Trial } from '../verify/trial.ts';
import type { Numbered } from './campaign.ts';

/** One of them as the file has it; bytes as base64. */
interface Kept {
  /** Faults of the catalogue for which it was chosen. */
  readonly shows: readonly string[];
  readonly image: string;
  readonly memory: readonly (readonly [space: number, address: number, bytes: string])[];
  readonly arguments?: readonly number[];
  readonly schedule?: string;
  readonly queueDepth?: number;
  readonly expected?: Expected;
}
/** `profile`: the hash of the machine that they are for. */
interface File { readonly profile: string; readonly programs: readonly Kept[] }

const by: Knobs = { ...knobs.smoke, name: 'opening' };

/** The tests by number, undefined behind the last one; `path` is for errors. Throws Rejected where the text is none, undefined where it is for another machine. */
export function readOpening(text: string, { hash }: Profile, path: string): ((index: number) => Numbered | undefined) | undefined {
  let file: File;
  try {
    file = JSON.parse(text) as File;
  } catch (error) {
    throw new Rejected([{ file: path, line: 0, column: 0, message: (error as Error).message }]);
  }
  return file.profile === hash ? (index) => { const kept = file.programs[index]; return kept && { ...unpacked(kept), data: 0, by, alone: true, looked: false }; } : undefined;
}
function unpacked({ image, memory, arguments: values, schedule, queueDepth, expected }: Kept): Trial {
  const program: Program = { image: bytesOf(image), memory: memory.map(([space, address, bytes]) => ({ space, address, bytes: bytesOf(bytes) })), ...(values ? { arguments: values } : {}) };
  return { program, options: { ...(schedule === undefined ? {} : { schedule: bytesOf(schedule) }), ...(queueDepth === undefined ? {} : { queueDepth }) }, ...(expected ? { expected, debug: expected.debug } : {}) };
}

/** The text of a file. */
export function openingText({ hash }: Profile, programs: readonly { readonly shows: readonly string[]; readonly trial: Trial }[]): string {
  const lines = programs.map(({ shows, trial: { program, options: { schedule, queueDepth }, expected } }): Kept => ({
    shows, image: textOf(program.image), memory: program.memory.map(({ space, address, bytes }) => [space, address, textOf(bytes)] as const),
    ...(program.arguments ? { arguments: program.arguments } : {}), ...(schedule ? { schedule: textOf(schedule) } : {}), ...(queueDepth === undefined ? {} : { queueDepth }), ...(expected ? { expected } : {}),
  }));
  return `{"profile": "${hash}", "programs": [\n${lines.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
