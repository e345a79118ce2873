//! files: the files of one case: its program, its memory before and after, its records, and what each instruction wrote.
import { crc32c } from '../crc32c.ts';
import { writeNpy } from '../files/npy.ts';
import { writeHex } from '../files/readmemh.ts';
import { UNIT_SEQ } from '../limits.ts';
import { defaultImageBase } from '../machine/launch.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByName } from '../numerics/format.ts';
import { sha256 } from '../sha256.ts';
import { retirementLayout } from '../retirement.ts';
import { traceHeader } from '../trace.ts';
import type { Piece } from './area.ts';
import type { CaseSource } from './kinds.ts';
import { type CaseEntry, type FileEntry, type Ranges, type SpaceName, spaceOrder } from './manifest.ts';
import { bundleSpaces, type Observed, type Writes } from './observe.ts';

export interface BundleFile { readonly path: string; readonly bytes: Uint8Array; readonly words?: number; readonly width?: number; readonly crc32c?: string }
/** A line of cases.txt for players that read no JSON. */
export interface CaseFiles { readonly entry: CaseEntry; readonly files: readonly BundleFile[]; readonly line: string }

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hex32 = (value: number): string => value.toString(16).padStart(8, '0');
export const entryOf = ({ path, bytes, words, width, crc32c: crc }: BundleFile): FileEntry => ({
  path, bytes: bytes.length, sha256: sha256(bytes), ...(words === undefined ? {} : { words, width: width!, crc32c: crc! }),
});
export const textFile = (path: string, text: string): BundleFile => ({ path, bytes: utf8(text) });

export function caseFiles(source: CaseSource, observed: Observed, profile: Profile): CaseFiles {
  const { program, name } = source, folder = `cases/${name}`, base = program.imageBase ?? defaultImageBase(profile.dramBytes, program.image.length);
  const retire = joined(played(observed.records)), writes = writesBytes(observed.writes);
  const memory = new Map<string, readonly BundleFile[]>();
  bundleSpaces.forEach((space, i) => {
    const label = spaceOrder[i]!;
    memory.set(`initial.${label}`, memoryFiles(`${folder}/initial.${label}`, observed.initial.get(space)!, `${name}: ${label} before the run`));
    const after = observed.expected.get(space)!;
    memory.set(`expected.${label}`, memoryFiles(`${folder}/expected.${label}`, after, `${name}: ${label} after the run`));
    memory.set(`mask.${label}`, memoryFiles(`${folder}/mask.${label}`, after.some(({ known }) => known) ? after.map(maskOf) : [], `${name}: FF where ${label} after the run counts`));
  });
  const retireHex = words(`${folder}/retire.hex`, retire, `${name}: records of units, and of what the sequencer read and wrote`), writesHex = words(`${folder}/writes.hex`, writes, `${name}: words that each record wrote`);
  const files = [
    textFile(`${folder}/program.s`, source.text), hexFile(`${folder}/program.hex`, [{ address: base, bytes: program.image }], 4, `${name}: program image`), { path: `${folder}/program.bin`, bytes: program.image },
    textFile(`${folder}/launch.txt`, launchText(base, program.arguments ?? [])),
    ...[...memory.values()].flat(), traceFile(folder, observed, profile), ...retireHex, ...writesHex,
  ];
  const entry: CaseEntry = {
    name, kind: source.kind, says: source.says, seed: source.seed, instructions: new DataView(program.image.buffer, program.image.byteOffset).getUint32(12, true),
    image_base: base, arguments: Array.from({ length: 8 }, (_, i) => (program.arguments?.[i] ?? 0) >>> 0), status: observed.status as 'halted' | 'trapped', trap: observed.trap ?? null,
    retired: observed.records.length, initial: rangesOf(observed.initial), expected: rangesOf(observed.expected),
    unknown_bytes: [...observed.expected.values()].flat().reduce((sum, { known }) => sum + (known?.reduce((zeros, bit) => zeros + (bit ? 0 : 1), 0) ?? 0), 0),
    files: files.map(entryOf),
  };
  const cells = [retireHex, writesHex, ...(['spm', 'acc'] as const).flatMap((space) => [memory.get(`initial.${space}`)!]), ...(['spm', 'acc'] as const).flatMap((space) => [memory.get(`expected.${space}`)!])];
  return { entry, files, line: [name, ...cells.flatMap(([first]) => [String(first?.words ?? 0), first?.crc32c ?? '00000000'])].join(' ') };
}

/** The launch for hosts that read no JSON, such as libsystole. */
export const launchText = (base: number, values: readonly number[]): string =>
  [`base ${base}`, ...values.flatMap((value, i) => (value ? [`argument ${i} ${value >>> 0}`] : [])), ''].join('\n');

function rangesOf(memory: ReadonlyMap<number, readonly Piece[]>): Readonly<Partial<Record<SpaceName, Ranges>>> {
  return Object.fromEntries(bundleSpaces.flatMap((space, i) => {
    const pieces = memory.get(space)!;
    return pieces.length > 0 ? [[spaceOrder[i]!, pieces.map(({ address, bytes }) => [address, bytes.length] as const)]] : [];
  }));
}

/** UNKNOWN bytes read as the profile's pattern; the mask says that they do not count. */
const maskOf = ({ address, bytes, known }: Piece): Piece => ({ address, bytes: known ? known.map((bit) => (bit ? 0xff : 0)) : new Uint8Array(bytes.length).fill(0xff) });

/** $readmemh of bytes, the bytes in a row, and the same as a vector of NumPy; none where there is nothing. */
function memoryFiles(stem: string, pieces: readonly Piece[], says: string): readonly BundleFile[] {
  if (pieces.length === 0) return [];
  const plain = pieces.map(({ address, bytes }) => ({ address, bytes })), all = joined(plain.map(({ bytes }) => bytes));
  return [hexFile(`${stem}.hex`, plain, 1, says), { path: `${stem}.bin`, bytes: all }, { path: `${stem}.npy`, bytes: writeNpy(all, formatByName('u8'), [all.length]) }];
}
const words = (path: string, bytes: Uint8Array, says: string): readonly BundleFile[] => (bytes.length > 0 ? [hexFile(path, [{ address: 0, bytes }], 4, says)] : []);
function hexFile(path: string, pieces: readonly Piece[], wordBytes: number, says: string): BundleFile {
  const all = joined(pieces.map(({ bytes }) => bytes));
  return { path, bytes: utf8(writeHex(pieces, wordBytes, says)), words: all.length / wordBytes, width: 8 * wordBytes, crc32c: hex32(crc32c(all)) };
}

const traceFile = (folder: string, { records }: Observed, { name, hash }: Profile): BundleFile => ({ path: `${folder}/retire.bin`, bytes: joined([traceHeader('binary', { profile: name, hash }), ...records]) });

/** What a unit of a design is given or does: records of the units, and loads and stores of the sequencer. */
export const played = (records: readonly Uint8Array[]): readonly Uint8Array[] =>
  records.filter((bytes) => bytes[retirementLayout.at.unit] !== UNIT_SEQ || bytes[retirementLayout.at.operandCount] !== 0);

/** For each record that wrote: low word of seq, number of entries, and of each entry {space << 8 | known << 4 | strobe, address, data}. */
export function writesBytes(writes: readonly Writes[]): Uint8Array {
  const all = writes.flatMap(({ seq, words: list }) => [Number(BigInt.asUintN(32, seq)), list.length, ...list.flatMap(({ space, address, strobe, known, data }) => [(space << 8) | (known << 4) | strobe, address, data])]);
  const bytes = new Uint8Array(4 * all.length), view = new DataView(bytes.buffer);
  all.forEach((word, i) => { view.setUint32(4 * i, word >>> 0, true); });
  return bytes;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
