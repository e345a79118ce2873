//! emit-case: one case as files that `systole run` takes: program, memory before, words expected after.
import { type Profile, profile as builtIn } from '../machine/profile.ts';
import { spaceNames } from '../limits.ts';
import { bytesOf } from '../programs/view.ts';
import { findVectors } from './check.ts';
import type { Case } from './found.ts';
import type { VectorTree } from './tree.ts';

export interface EmittedFile { readonly path: string; readonly bytes: Uint8Array }
/** Bytes at an address of a space, in a file. */
export interface Placed { readonly space: string; readonly address: number; readonly path: string }
export interface EmittedCase {
  readonly files: readonly EmittedFile[];
  /** The profile that it runs on: the case's own, or the one asked for. */
  readonly profile: string;
  /** Path of the assembly text. */
  readonly program: string;
  /** To be loaded before the run. */
  readonly loads: readonly Placed[];
  /** To be compared after it. */
  readonly expects: readonly Placed[];
}

/** Names of all cases below a folder. */
export const caseNames = (tree: VectorTree): readonly string[] => findVectors(tree).flatMap(({ cases }) => cases.map(({ name }) => name));

/** The case of this name, or undefined. Throws Rejected where the profile cannot run it. */
export function emitCase(tree: VectorTree, name: string, profile: Profile): EmittedCase | undefined {
  const found: Case | undefined = findVectors(tree).flatMap(({ cases }) => cases).find((one) => one.name === name);
  if (!found) return undefined;
  const machine = found.profile === undefined ? profile : builtIn(found.profile);
  const { program, results } = found.build(machine), text = { path: `${name}.s`, bytes: new TextEncoder().encode(program.text) };
  const hex = (address: number): string => `0x${address.toString(16)}`;
  const memory = program.memory.map(({ space, address, bytes }) =>
    ({ space: spaceNames[space] ?? 'dram', address, path: `${name}.${spaceNames[space]}-${hex(address)}.bin`, bytes }));
  const expected = results.map(({ view, expected: bytes }) => {
    const address = bytesOf(view)[0];
    return { space: view.space, address, path: `${name}.expected-${hex(address)}.bin`, bytes };
  });
  const placed = ({ space, address, path }: Placed): Placed => ({ space, address, path });
  return {
    profile: machine.name, files: [text, ...[...memory, ...expected].map(({ path, bytes }) => ({ path, bytes }))], program: text.path, loads: memory.map(placed),
      expects: expected.map(placed),
  };
}

/** The command that runs the files and compares. */
export const commandFor = ({ program, loads, expects }: EmittedCase): readonly string[] => {
  const place = ({ space, address, path }: Placed): string => `${space}:0x${address.toString(16)}=${path}`;
  return ['systole', 'run', program, ...loads.flatMap((one) => ['--load', place(one)]),
    ...expects.flatMap((one) => ['--expect', place(one)])];
};
