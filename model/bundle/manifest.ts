//! manifest: what a bundle says of itself, as types and as a checked reading of manifest.json.
import { Rejected } from '../failure.ts';

export const BUNDLE_SCHEMA = 'systole-bundle/1';
export type SpaceName = 'dram' | 'spm' | 'acc';
export const spaceOrder: readonly SpaceName[] = ['dram', 'spm', 'acc'];

/** A file of the bundle; `words` of `width` bits each, CRC-32C over the words' bytes, low byte first, where it holds words. */
export interface FileEntry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly words?: number;
  readonly width?: number;
  readonly crc32c?: string;
}
/** [address, bytes] of the pieces of a space, ascending. */
export type Ranges = readonly (readonly [number, number])[];
export interface CaseEntry {
  readonly name: string;
  readonly kind: string;
  readonly says: string;
  readonly seed: number | null;
  readonly instructions: number;
  /** Byte address of the image in DRAM. */
  readonly image_base: number;
  /** S8 to S15 at launch. */
  readonly arguments: readonly number[];
  readonly status: 'halted' | 'trapped';
  readonly trap: string | null;
  readonly retired: number;
  readonly initial: Readonly<Partial<Record<SpaceName, Ranges>>>;
  readonly expected: Readonly<Partial<Record<SpaceName, Ranges>>>;
  /** Bytes of expected memory that are UNKNOWN. */
  readonly unknown_bytes: number;
  readonly files: readonly FileEntry[];
}
/** How many faults of a design's netlist this bundle finds; written by `bundle score`. */
export interface Score {
  readonly design: string;
  readonly seed: number;
  readonly mutants: number;
  /** Those that leave other words, other retirements or none. */
  readonly killed: number;
  /** Those that leave the same words in another number of clocks. */
  readonly other_clocks: readonly string[];
  readonly equivalent: readonly { readonly mutant: string; readonly why: string }[];
  readonly survivors: readonly string[];
}
export interface Manifest {
  readonly schema: typeof BUNDLE_SCHEMA;
  readonly made_by: { readonly systole: string; readonly engine_sha256: string };
  readonly isa: { readonly major: number; readonly minor: number };
  readonly request: { readonly kinds: readonly string[]; readonly count: number; readonly seed: number; readonly program: { readonly name: string; readonly sha256: string } | null };
  /** `tier` says how sure the profile's numbers are; `file` is the whole profile with its sources. */
  readonly profile: { readonly name: string; readonly tier: string; readonly hash: string; readonly file: unknown };
  readonly coverage: Coverage;
  readonly scores: readonly Score[];
  readonly cases: readonly CaseEntry[];
  readonly files: readonly FileEntry[];
}
/** What the cases went through, counted. */
export interface Coverage {
  readonly instructions: Readonly<Record<string, number>>;
  readonly dtypes: Readonly<Record<string, number>>;
  readonly roundings: Readonly<Record<string, number>>;
  /** Remainders of M, N and K by the array's rows and columns that products met, and how many there are. */
  readonly remainders: Readonly<Record<'m' | 'n' | 'k', { readonly met: readonly number[]; readonly of: number }>>;
  readonly traps: Readonly<Record<string, number>>;
}

type Shape = 'text' | 'number' | 'list' | 'object';
const shapes: Readonly<Record<string, Shape>> = {
  schema: 'text', made_by: 'object', isa: 'object', request: 'object', profile: 'object', coverage: 'object', scores: 'list', cases: 'list', files: 'list',
};
const caseShapes: Readonly<Record<string, Shape>> = {
  name: 'text', kind: 'text', says: 'text', instructions: 'number', image_base: 'number', arguments: 'list', status: 'text', retired: 'number', initial: 'object', expected: 'object', unknown_bytes: 'number', files: 'list',
};
const fileShapes: Readonly<Record<string, Shape>> = { path: 'text', bytes: 'number', sha256: 'text' };

/** The manifest of a text. Throws Rejected with everything that is missing or of the wrong kind. */
export function readManifest(text: string, file: string): Manifest {
  const found: string[] = [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Rejected([{ file, line: 0, column: 0, message: 'is no JSON; is the file cut off?' }]);
  }
  const check = (value: unknown, members: Readonly<Record<string, Shape>>, where: string): void => {
    if (typeof value !== 'object' || value === null) { found.push(`${where || 'the manifest'} is no object`); return; }
    for (const [name, shape] of Object.entries(members)) {
      const member = (value as Record<string, unknown>)[name];
      const is = shape === 'text' ? typeof member === 'string' : shape === 'number' ? typeof member === 'number' : shape === 'list' ? Array.isArray(member) : typeof member === 'object' && member !== null;
      if (!is) found.push(`${where}${name}: found ${JSON.stringify(member)?.slice(0, 40) ?? 'nothing'}; allowed: ${shape === 'list' ? 'a list' : shape === 'text' ? 'a text' : shape === 'number' ? 'a number' : 'an object'}`);
    }
  };
  check(json, shapes, '');
  const manifest = json as Manifest;
  if (manifest?.schema !== undefined && manifest.schema !== BUNDLE_SCHEMA) found.push(`schema: found '${String(manifest.schema)}'; allowed: '${BUNDLE_SCHEMA}'`);
  if (Array.isArray(manifest?.cases)) manifest.cases.forEach((one, i) => {
    check(one, caseShapes, `cases[${i}].`);
    if (Array.isArray(one?.files)) one.files.forEach((entry: unknown, k: number) => check(entry, fileShapes, `cases[${i}].files[${k}].`));
  });
  if (Array.isArray(manifest?.files)) manifest.files.forEach((entry, i) => check(entry, fileShapes, `files[${i}].`));
  if (found.length > 0) throw new Rejected(found.slice(0, 20).map((message) => ({ file, line: 0, column: 0, message })));
  return manifest;
}

/** Text of the manifest: the same for the same contents, a line for each object of a list, so that two manifests can be compared by lines. */
export const manifestText = (manifest: Manifest): string => `{\n${Object.entries(manifest).map(([name, member]) => `${JSON.stringify(name)}:${lined(member)}`).join(',\n')}\n}\n`;
function lined(value: unknown): string {
  if (Array.isArray(value)) return value.some(isObject) ? `[\n${value.map(lined).join(',\n')}\n]` : JSON.stringify(value);
  return isObject(value) ? `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${lined(member)}`).join(',')}}` : JSON.stringify(value);
}
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
