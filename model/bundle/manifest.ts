//! manifest: what a bundle says of itself, as types and as a checked reading of manifest.json.
import { Rejected } from '../failure.ts';
import { type JsonFault, type JsonNode, placeOf, readJson, shown, whatIs } from '../json.ts';

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

/** What a value may be: a kind, a list, a pair, or an object with these members; a name that ends in ? may be left out, others are let pass. */
type Shape = keyof typeof kinds | readonly [Shape] | { readonly [name: string]: Shape };

const text = (pattern: RegExp) => (value: unknown): boolean => typeof value === 'string' && pattern.test(value);
const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
/** A path goes down from the bundle's folder: no name in it is empty, goes up, or is of another system. */
const isPath = (value: unknown): boolean => typeof value === 'string' && value.length < 1024 && value.split('/').every((name) => !/^\.{0,2}$|[\\:\p{C}]/u.test(name));
const kinds = {
  text: [text(/^/), 'a text'], whole: [whole, 'a whole number from 0 to 2^53 - 1'], word: [(value: unknown) => whole(value) && (value as number) <= 0xffff_ffff, 'a whole number below 2^32'],
  path: [isPath, 'a path below the folder of the bundle'], name: [text(/^(?!\.{1,2}$)[\w.-]{1,128}$/), 'a name of letters, digits, dots and hyphens'], hash: [text(/^[\da-f]{64}$/), 'a SHA-256, 64 hexadecimal digits'],
  crc: [text(/^[\da-f]{8}$/), '8 hexadecimal digits'], status: [text(/^(halted|trapped)$/), 'halted or trapped'], schema: [(value: unknown) => value === BUNDLE_SCHEMA, `'${BUNDLE_SCHEMA}'`],
  textOrNull: [(value: unknown) => value === null || typeof value === 'string', 'a text or null'], wholeOrNull: [(value: unknown) => value === null || whole(value), 'a whole number or null'], any: [(value: unknown) => typeof value === 'object' && value !== null, 'an object'],
  counts: [(value: unknown) => isObject(value) && Object.values(value).every(whole), 'an object of whole numbers'],
  range: [(value: unknown) => Array.isArray(value) && value.length === 2 && value.every(whole) && value[0] + value[1] <= Number.MAX_SAFE_INTEGER, '[address, bytes]'],
  programOrNull: [(value: unknown) => value === null || (isObject(value) && ['name', 'sha256'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')), 'name and sha256 of a program, or null'],
} as const;
const file: Shape = { path: 'path', bytes: 'whole', sha256: 'hash', 'words?': 'whole', 'width?': 'whole', 'crc32c?': 'crc' };
const remainder: Shape = { met: ['whole'], of: 'whole' }, ranges: Shape = { 'dram?': ['range'], 'spm?': ['range'], 'acc?': ['range'] };
const shape: Shape = {
  schema: 'schema', made_by: { systole: 'text', engine_sha256: 'hash' }, isa: { major: 'whole', minor: 'whole' }, request: { kinds: ['text'], count: 'whole', seed: 'whole', program: 'programOrNull' },
  profile: { name: 'text', tier: 'text', hash: 'hash', file: 'any' }, coverage: { instructions: 'counts', dtypes: 'counts', roundings: 'counts', remainders: { m: remainder, n: remainder, k: remainder }, traps: 'counts' },
  scores: [{ design: 'text', seed: 'whole', mutants: 'whole', killed: 'whole', other_clocks: ['text'], equivalent: [{ mutant: 'text', why: 'text' }], survivors: ['text'] }],
  cases: [{
    name: 'name', kind: 'text', says: 'text', seed: 'wholeOrNull', instructions: 'whole', image_base: 'whole', arguments: ['word'], status: 'status', trap: 'textOrNull', retired: 'whole', initial: ranges, expected: ranges, unknown_bytes: 'whole', files: [file],
  }],
  files: [file],
};
const MISTAKES_MAX = 20;

/** The manifest of a text. Throws Rejected with everything that is missing or of the wrong kind, at its place. */
export function readManifest(characters: string, name: string): Manifest {
  const { root, faults } = readJson(characters), found: JsonFault[] = [...faults];
  if (root && found.length === 0) check(root, shape, '', found);
  if (root && found.length === 0) unique(root, found);
  if (!root || found.length > 0) throw new Rejected(found.slice(0, MISTAKES_MAX).map(({ at, message }) => ({ file: name, ...placeOf(characters, at), message })));
  return root.value as Manifest;
}

function check(node: JsonNode, wanted: Shape, where: string, found: JsonFault[]): void {
  if (found.length >= MISTAKES_MAX) return;
  const wrong = (allowed: string): void => void found.push({ at: node.at, message: `${where || 'the manifest'}: found ${whatIs(node.value)}; allowed: ${allowed}` });
  if (typeof wanted === 'string') {
    const [is, allowed] = kinds[wanted];
    if (!is(node.value)) wrong(allowed);
  } else if (isList(wanted)) {
    if (!node.items) wrong('a list');
    node.items?.forEach((item, i) => { check(item, wanted[0], `${where}[${i}]`, found); });
  } else if (!node.members) wrong('an object');
  else for (const [key, of] of Object.entries(wanted)) {
    const name = key.replace('?', ''), member = node.members.get(name)?.node, path = where ? `${where}.${name}` : name;
    if (member) check(member, of, path, found);
    else if (!key.endsWith('?')) found.push({ at: node.at, message: `${path} is missing` });
  }
}
const isList = (wanted: Shape): wanted is readonly [Shape] => Array.isArray(wanted);

/** A case and a file stand there once. */
function unique(root: JsonNode, found: JsonFault[]): void {
  const seen = new Set<string>(), list = (node: JsonNode | undefined, name: string): readonly JsonNode[] => node?.members?.get(name)?.node.items ?? [];
  const once = (node: JsonNode, name: 'name' | 'path'): void => {
    const member = node.members!.get(name)!.node, key = `${name} ${member.value}`;
    if (seen.has(key)) found.push({ at: member.at, message: `${name} '${shown(String(member.value))}' is given a second time` });
    seen.add(key);
  };
  for (const one of list(root, 'cases')) { once(one, 'name'); for (const entry of list(one, 'files')) once(entry, 'path'); }
  for (const entry of list(root, 'files')) once(entry, 'path');
}

/** Text of the manifest: the same for the same contents, a line for each object of a list, so that two manifests can be compared by lines. */
export const manifestText = (manifest: Manifest): string => `{\n${Object.entries(manifest).map(([name, member]) => `${JSON.stringify(name)}:${lined(member)}`).join(',\n')}\n}\n`;
function lined(value: unknown): string {
  if (Array.isArray(value)) return value.some(isObject) ? `[\n${value.map(lined).join(',\n')}\n]` : JSON.stringify(value);
  return isObject(value) ? `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${lined(member)}`).join(',')}}` : JSON.stringify(value);
}
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
