//! open: a bundle as it lies in a folder: refused unless every file is there, whole, and of the profile that it names.
import { crc32c } from '../crc32c.ts';
import type { RetiredCursor } from '../cursor.ts';
import type { Program, Segment } from '../device.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { readHex } from '../files/readmemh.ts';
import type { Section } from '../files/section.ts';
import type { Profile } from '../machine/profile.ts';
import { readProfile } from '../machine/profile-file.ts';
import { sha256 } from '../sha256.ts';
import { readTrace } from '../trace.ts';
import { laidOver } from './area.ts';
import { hex32, joined } from './files.ts';
import { type CaseEntry, type FileEntry, type Manifest, readManifest, spaceOrder } from './manifest.ts';
import { bundleSpaces } from './observe.ts';

/** Files below a folder. */
export interface Tree { readonly name: string; readonly paths: readonly string[]; read(path: string): Uint8Array }
export interface Bundle { readonly tree: Tree; readonly manifest: Manifest; readonly profile: Profile }

const wrong = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Throws Rejected with every file that is missing, changed, cut off or not of the bundle, and where the profile is another one. */
export function openBundle(tree: Tree): Bundle {
  const at = (path: string): string => `${tree.name}/${path}`, found: Diagnostic[] = [], paths = new Set(tree.paths);
  // Whatever a manifest says, no file is read that the folder was not seen to hold.
  const inside: Tree = { ...tree, read(path) {
    if (!paths.has(path)) throw new Rejected([wrong(at(path), 'is missing')]);
    return tree.read(path);
  } };
  if (!paths.has('manifest.json')) throw new Rejected([wrong(tree.name, 'is not a bundle: it has no manifest.json')]);
  const manifest = readManifest(text(tree.read('manifest.json')), at('manifest.json')), entries = [...manifest.files, ...manifest.cases.flatMap(({ files }) => files)];
  const sums = checksumsOf(tree, at, found), own = new Set(ownPaths(manifest));
  for (const path of [...own].filter((one) => one !== 'checksums.txt')) {
    if (!paths.has(path)) { found.push(wrong(at(path), 'is missing')); continue; }
    const hash = sha256(tree.read(path)), entry = entries.find((one) => one.path === path);
    if (sums.get(path) !== hash) found.push(wrong(at(path), sums.has(path) ? 'is not what checksums.txt says: the file was changed' : 'is not listed in checksums.txt'));
    else if (entry && entry.sha256 !== hash) found.push(wrong(at(path), `has SHA-256 ${hash.slice(0, 16)}…; the manifest says ${entry.sha256.slice(0, 16)}…`));
  }
  for (const path of tree.paths) if (!own.has(path)) found.push(wrong(at(path), 'does not belong to this bundle: the manifest does not name it'));
  if (found.length > 0) throw new Rejected(found.slice(0, 20));
  const profile = readProfile(JSON.stringify(manifest.profile.file), at('manifest.json'));
  if (profile.hash !== manifest.profile.hash) throw new Rejected([wrong(at('manifest.json'), `the profile in it has the hash ${profile.hash.slice(0, 16)}…, not ${manifest.profile.hash.slice(0, 16)}… as it says`)]);
  return { tree: inside, manifest, profile };
}

/** The files that a bundle has. */
export const ownPaths = ({ files, cases }: Manifest): readonly string[] => ['manifest.json', 'checksums.txt', ...[...files, ...cases.flatMap((one) => one.files)].map(({ path }) => path)];

/** A line of 64 hex digits, two blanks and a path for each file, as sha256sum writes them. */
function checksumsOf(tree: Tree, at: (path: string) => string, found: Diagnostic[]): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  if (!tree.paths.includes('checksums.txt')) { found.push(wrong(at('checksums.txt'), 'is missing')); return sums; }
  text(tree.read('checksums.txt')).split('\n').forEach((line, i) => {
    const match = /^([\da-f]{64}) [ *](.+)$/.exec(line);
    if (match) sums.set(match[2]!, match[1]!);
    else if (line !== '') found.push({ file: at('checksums.txt'), line: i + 1, column: 1, message: 'is not a line of sha256sum' });
  });
  return sums;
}

/** A case as data. Memory by space, pieces in ascending order; `expected` is all that was laid down or written, as it is after the run: a byte counts unless its `known` is 0. */
export interface Case {
  readonly entry: CaseEntry;
  readonly program: Program;
  readonly records: readonly Uint8Array[];
  readonly expected: ReadonlyMap<number, readonly Section[]>;
}

/** Throws Rejected where its files are malformed, or do not say the same as one another. */
export function readCase({ tree, manifest }: Bundle, name: string): Case {
  const entry = manifest.cases.find((one) => one.name === name)!, folder = `cases/${name}`, at = (file: string): string => `${tree.name}/${folder}/${file}`;
  const found: Diagnostic[] = [], file = (leaf: string): Uint8Array => tree.read(`${folder}/${leaf}`), has = (leaf: string): boolean => entry.files.some(({ path }) => path === `${folder}/${leaf}`);
  const memory = (stem: 'initial' | 'expected' | 'mask'): ReadonlyMap<number, readonly Section[]> => {
    // A space has a mask only where one of its bytes is UNKNOWN.
    const ranges = new Map(spaceOrder.map((label) => [label, stem === 'mask' && !has(`mask.${label}.hex`) ? [] : (entry[stem === 'initial' ? stem : 'expected'][label] ?? [])]));
    const wanted = [...ranges.values()].flat().reduce((sum, [, bytes]) => sum + bytes, 0), all = wanted > 0 ? file(`${stem}.bin`) : new Uint8Array(0);
    if (all.length !== wanted) found.push(wrong(at(`${stem}.bin`), `has ${all.length} bytes; the ranges of the manifest have ${wanted}`));
    if (wanted > 0 && !endsWith(file(`${stem}.npy`), all)) found.push(wrong(at(`${stem}.npy`), `does not hold the bytes of ${stem}.bin`));
    let from = 0;
    return new Map(bundleSpaces.map((space, i) => {
      const label = spaceOrder[i]!, leaf = `${stem}.${label}.hex`, sections = ranges.get(label)!.map(([address, bytes]) => ({ address, bytes: all.subarray(from, (from += bytes)) }));
      if (sections.length > 0) same(found, at(leaf), wholeHex(found, at(leaf), file(leaf), entryFor(entry, `${folder}/${leaf}`)), sections);
      return [space, sections];
    }));
  };
  const initial = memory('initial'), masks = memory('mask'), image = file('program.bin');
  const written = new Map([...memory('expected')].map(([space, sections]) => [space, sections.map((one, i): Section => {
    const mask = masks.get(space)![i];
    return mask ? { ...one, known: mask.bytes } : one;
  })]));
  const unknown = [...written.values()].flat().reduce((sum, { known }) => sum + (known?.filter((mask) => mask === 0).length ?? 0), 0);
  if (unknown !== entry.unknown_bytes) found.push(wrong(at('mask.*'), `leave out ${unknown} bytes; the manifest says that ${entry.unknown_bytes} are UNKNOWN`));
  same(found, at('program.hex'), wholeHex(found, at('program.hex'), file('program.hex'), entryFor(entry, `${folder}/program.hex`)), [{ address: entry.image_base, bytes: image }]);
  const records = recordsOf(file('retire.hex'), at('retire.hex'));
  if (records.length !== entry.retired) found.push(wrong(at('retire.hex'), `has ${records.length} records; the manifest says ${entry.retired}`));
  whole(found, at('retire.hex'), joined(records), 4, entryFor(entry, `${folder}/retire.hex`));
  if (has('writes.hex')) wholeHex(found, at('writes.hex'), file('writes.hex'), entryFor(entry, `${folder}/writes.hex`));
  if (found.length > 0) throw new Rejected(found.slice(0, 20));
  const segments = [...initial].flatMap(([space, sections]) => sections.map(({ address, bytes }): Segment => ({ space, address, bytes })));
  return { entry, program: { image, imageBase: entry.image_base, memory: segments, arguments: entry.arguments }, records, expected: new Map([...written].map(([space, sections]) => [space, laidOver(initial.get(space)!, sections)])) };
}

const entryFor = (entry: CaseEntry, path: string): FileEntry | undefined => entry.files.find((one) => one.path === path);

/** The sections of a hex file, which has as many words, with the checksum, as the manifest says. */
function wholeHex(found: Diagnostic[], file: string, bytes: Uint8Array, entry: FileEntry | undefined): readonly Section[] {
  const { sections, wordBytes } = readHex(text(bytes), file, entry?.width === undefined ? undefined : entry.width / 8);
  whole(found, file, joined(sections.map((one) => one.bytes)), wordBytes, entry);
  return sections;
}
function whole(found: Diagnostic[], file: string, all: Uint8Array, wordBytes: number, entry: FileEntry | undefined): void {
  const count = all.length / wordBytes;
  if (count !== entry?.words) found.push(wrong(file, `has ${count} words; the manifest says ${entry?.words ?? 'nothing'}: is it cut off?`));
  else if (hex32(crc32c(all)) !== entry.crc32c) found.push(wrong(file, `CRC-32C of its words is ${hex32(crc32c(all))}; the manifest says ${entry.crc32c ?? 'nothing'}`));
}
function same(found: Diagnostic[], file: string, one: readonly Section[], other: readonly Section[]): void {
  if (one.length !== other.length || one.some(({ address, bytes }, i) => address !== other[i]!.address || !equal(bytes, other[i]!.bytes))) found.push(wrong(file, 'does not hold the bytes of the binary file next to it'));
}
export const equal = (a: Uint8Array, b: Uint8Array | undefined): boolean => b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
const endsWith = (long: Uint8Array, end: Uint8Array): boolean => equal(long.subarray(Math.max(0, long.length - end.length)), end);
function recordsOf(bytes: Uint8Array, file: string): readonly Uint8Array[] {
  return [...readTrace([bytes], file).records].map((record: RetiredCursor) => record.bytes());
}
