//! files: the files of one case: its program, its memory before and after, its records, and what each instruction wrote.
import { crc32c } from '../crc32c.ts';
import { Rejected } from '../failure.ts';
import { writeNpy } from '../files/npy.ts';
import { writeHex } from '../files/readmemh.ts';
import { SECTIONS_MAX } from '../files/section.ts';
import { defaultImageBase } from '../machine/launch.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByName } from '../numerics/format.ts';
import { sha256 } from '../sha256.ts';
import { traceWords } from '../trace.ts';
import type { Piece } from './area.ts';
import type { CaseSource } from './kinds.ts';
import { type CaseEntry, type FileEntry, type Ranges, type SpaceName, spaceOrder } from './manifest.ts';
import { bundleSpaces, type Observed, type WordWrite, type Writes } from './observe.ts';

export interface BundleFile { readonly path: string; readonly bytes: Uint8Array; readonly words?: number; readonly width?: number; readonly crc32c?: string }
/** A line of cases.txt for players that read no JSON. */
export interface CaseFiles { readonly entry: CaseEntry; readonly files: readonly BundleFile[]; readonly line: string }

const RUN_WORDS_MAX = 0xffff;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hex32 = (value: number): string => value.toString(16).padStart(8, '0');
export const entryOf = ({ path, bytes, words, width, crc32c: crc }: BundleFile): FileEntry => ({
  path, bytes: bytes.length, sha256: sha256(bytes), ...(words === undefined ? {} : { words, width: width!, crc32c: crc! }),
});
export const textFile = (path: string, text: string): BundleFile => ({ path, bytes: utf8(text) });

export function caseFiles(source: CaseSource, observed: Observed, profile: Profile): CaseFiles {
  const { program, name } = source, folder = `cases/${name}`, base = program.imageBase ?? defaultImageBase(profile.dramBytes, program.image.length);
  const masks = new Map([...observed.expected].map(([space, pieces]) => [space, pieces.some(({ known }) => known) ? pieces.map(maskOf) : []]));
  const memory = [
    ...memoryFiles(`${folder}/initial`, observed.initial, `${name}: before the run`), ...memoryFiles(`${folder}/expected`, observed.expected, `${name}: after the run`),
    ...memoryFiles(`${folder}/mask`, masks, `${name}: FF where memory after the run counts`),
  ];
  const records = joined(observed.records), retireHex = worded(`${folder}/retire.hex`, traceWords({ profile: profile.name, hash: profile.hash }, records), records, 4), writes = writesBytes(observed.writes);
  const writesHex = writes.length > 0 ? [hexFile(`${folder}/writes.hex`, [{ address: 0, bytes: writes }], 4, `${name}: words that each record wrote`)] : [];
  const files = [
    textFile(`${folder}/program.s`, source.text), hexFile(`${folder}/program.hex`, [{ address: base, bytes: program.image }], 4, `${name}: program image`), { path: `${folder}/program.bin`, bytes: program.image },
    textFile(`${folder}/launch.txt`, launchText(base, program.arguments ?? [])),
    ...memory, retireHex, ...writesHex,
  ];
  const entry: CaseEntry = {
    name, kind: source.kind, says: source.says, seed: source.seed, instructions: new DataView(program.image.buffer, program.image.byteOffset).getUint32(12, true),
    image_base: base, arguments: Array.from({ length: 8 }, (_, i) => (program.arguments?.[i] ?? 0) >>> 0), status: observed.status as 'halted' | 'trapped', trap: observed.trap ?? null,
    retired: observed.records.length, initial: rangesOf(observed.initial), expected: rangesOf(observed.expected),
    unknown_bytes: [...observed.expected.values()].flat().reduce((sum, { known }) => sum + (known?.reduce((zeros, bit) => zeros + (bit ? 0 : 1), 0) ?? 0), 0),
    files: files.map(entryOf),
  };
  const cells = ['retire', 'writes', 'initial.spm', 'initial.acc', 'expected.spm', 'expected.acc', 'mask.spm', 'mask.acc'].map((stem) => files.find(({ path }) => path === `${folder}/${stem}.hex`));
  return { entry, files, line: [name, ...cells.flatMap((file) => [String(file?.words ?? 0), file?.crc32c ?? '00000000'])].join(' ') };
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

/** $readmemh of bytes for each space, the bytes of all in a row, and the same as a vector of NumPy; none where there is nothing. */
function memoryFiles(stem: string, memory: ReadonlyMap<number, readonly Piece[]>, says: string): readonly BundleFile[] {
  const plain = bundleSpaces.map((space) => memory.get(space)!.map(({ address, bytes }) => ({ address, bytes }))), all = joined(plain.flat().map(({ bytes }) => bytes));
  const texts = plain.flatMap((pieces, i) => (pieces.length > 0 ? [hexFile(`${stem}.${spaceOrder[i]}.hex`, pieces, 1, says)] : []));
  return all.length > 0 ? [...texts, { path: `${stem}.bin`, bytes: all }, { path: `${stem}.npy`, bytes: writeNpy(all, formatByName('u8'), [all.length]) }] : [];
}
const hexFile = (path: string, pieces: readonly Piece[], wordBytes: number, says: string): BundleFile => worded(path, writeHex(pieces, wordBytes, says), joined(pieces.map(({ bytes }) => bytes)), wordBytes);
/** Throws Rejected for what nobody could read again: of records in which few words are zeros, or of bytes that lie far and wide. */
function worded(path: string, text: string, all: Uint8Array, wordBytes: number): BundleFile {
  const addresses = text.length > SECTIONS_MAX ? (text.match(/^@/gm)?.length ?? 0) : 0;
  if (addresses > SECTIONS_MAX) throw new Rejected([{ file: path, line: 0, column: 0, message: `would have ${addresses} addresses; allowed: ${SECTIONS_MAX}, so that a case has to be shorter` }]);
  return { path, bytes: utf8(text), words: all.length / wordBytes, width: 8 * wordBytes, crc32c: hex32(crc32c(all)) };
}

/** For each record that wrote: low word of seq, how many words follow, and of each run of words {count << 16 | space << 8 | known << 4 | strobe, address, data ...}. */
export function writesBytes(writes: readonly Writes[]): Uint8Array {
  const all = writes.flatMap(({ seq, words: list }) => {
    const runs = runsOf(list).flatMap((run) => [(run.length << 16) | (run[0]!.space << 8) | (run[0]!.known << 4) | run[0]!.strobe, run[0]!.address, ...run.map(({ data }) => data)]);
    return [Number(BigInt.asUintN(32, seq)), runs.length, ...runs];
  });
  const bytes = new Uint8Array(4 * all.length), view = new DataView(bytes.buffer);
  all.forEach((word, i) => { view.setUint32(4 * i, word >>> 0, true); });
  return bytes;
}

/** Words one behind the other of which the same bytes are written and known. */
function runsOf(list: readonly WordWrite[]): readonly (readonly WordWrite[])[] {
  const runs: WordWrite[][] = [];
  for (const word of list) {
    const run = runs.at(-1), last = run?.at(-1), follows = last !== undefined && word.space === last.space && word.address === last.address + 4 && word.strobe === last.strobe && word.known === last.known;
    if (run && follows && run.length < RUN_WORDS_MAX) run.push(word);
    else runs.push([word]);
  }
  return runs;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
