//! all: every generated file by path, so that the emitter writes and the test compares the same list.
import { profileJsonSchema } from '../machine/profile-schema.ts';
import { checksText, encodingText } from './assemblyscript.ts';

/** Path from the repository's root to text. */
export const generated = (): ReadonlyMap<string, string> => new Map([
  ['assembly/encoding.ts', encodingText()],
  ['assembly/checks.ts', checksText()],
  ['generated/profile.schema.json', profileJsonSchema()],
]);
