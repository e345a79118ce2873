//! laws-cases: a program that once failed, as a file that no later generator changes: image, memory, arguments, and why it is kept.
import type { Program } from '../model/device.ts';
import type { Profile } from '../model/machine/profile.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { listing } from './laws-harness.ts';

/** Bytes are hexadecimal. `listing` is for people: the image is what runs. */
export interface Case {
  readonly schema: 'systole-case/1';
  readonly why: string;
  readonly profile: string;
  readonly image: string;
  readonly imageBase: number | null;
  readonly arguments: readonly number[];
  readonly memory: readonly { readonly space: number; readonly address: number; readonly bytes: string }[];
  readonly listing: readonly string[];
}
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

export const caseOf = (resolved: Resolved, of: Profile, why: string): Case => ({
  schema: 'systole-case/1', why, profile: of.name, image: hex(resolved.program.image), imageBase: resolved.program.imageBase ?? null,
  arguments: resolved.program.arguments ?? [], memory: resolved.program.memory.map(({ space, address, bytes: of }) => ({ space, address, bytes: hex(of) })),
  listing: listing(resolved).split('\n'),
});
export const programOf = (kept: Case): Program => ({
  image: bytes(kept.image), ...(kept.imageBase === null ? {} : { imageBase: kept.imageBase }), arguments: kept.arguments,
  memory: kept.memory.map(({ space, address, bytes: text }) => ({ space, address, bytes: bytes(text) })),
});
