//! function-levels: special functions by table, run as programs, and how far their words are from those of level 0.
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import type { Profile } from '../model/machine/profile.ts';
import { formatByName } from '../model/numerics/format.ts';
import type { FunctionName } from '../model/numerics/functions.ts';
import { eachPiece } from '../model/programs/columns.ts';
import { bytesOf } from '../model/programs/view.ts';
import { type Mode, writer } from '../model/programs/writer.ts';
import { littleEndian } from '../model/vectors/replay.ts';

export const levelFormats = ['bf16', 'fp16', 'fp32'] as const;
export type LevelFormat = (typeof levelFormats)[number];

/** Every code of 16 bits; of fp32 the 65 536 codes whose halves are equal: every sign and exponent, and seven bits of fraction twice. */
export const levelCodes = (format: LevelFormat): readonly number[] =>
  Array.from({ length: 0x1_0000 }, (_, code) => (format === 'fp32' ? code * 0x1_0001 : code));

/** What `special` makes of codes in a program of one device. */
export function functionWords(
  device: Device,
  profile: Profile,
  name: FunctionName,
  format: string,
  codes: readonly number[],
  mode: Mode,
): readonly number[] {
  const { width } = formatByName(format),
    w = writer(profile),
    output = w.dram('Y', format, [codes.length]);
  const input = w.dram('X', format, [codes.length], littleEndian(codes.map(BigInt), width));
  eachPiece(w, [input], output, (o, [x]) => w.special(name, o, x!, mode));
  const { text, memory } = w.finish(name, `${codes.length} values of ${name}`);
  device.load({ image: assembled(text).program.image, memory });
  const { status } = device.execute();
  if (status !== 'halted') throw new Error(`${name} in ${format}: ${status}`);
  const bytes = device.read(SPACE_DRAM, bytesOf(output)[0], (codes.length * width) / 8),
    words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return codes.map((_, i) => (width === 32 ? words.getUint32(4 * i, true) : words.getUint16(2 * i, true)));
}

/** counts[n]: inputs whose result is from 2^(n-1) to 2^n - 1 codes away, counts[0]: none. `most` at the code `at`. */
export interface Distances {
  readonly inputs: number;
  readonly counts: readonly number[];
  readonly most: number;
  readonly at: string;
}
export type LevelRecords = Readonly<Record<string, Readonly<Record<LevelFormat, Distances>>>>;

/** Distances in the order of the codes: from one number to the next is 1, from -0 to +0 as well as to itself 0. */
export function distances(format: string, codes: readonly number[], found: readonly number[], exact: readonly number[]): Distances {
  const { width } = formatByName(format),
    sign = 2 ** (width - 1),
    place = (code: number): number => (code >= sign ? sign - code : code);
  const counts: number[] = [];
  let most = -1,
    at = 0;
  codes.forEach((code, i) => {
    const far = Math.abs(place(found[i]!) - place(exact[i]!)),
      bin = far === 0 ? 0 : 32 - Math.clz32(far);
    counts[bin] = (counts[bin] ?? 0) + 1;
    if (far > most) [most, at] = [far, code];
  });
  return {
    inputs: codes.length,
    counts: Array.from(counts, (count) => count ?? 0),
    most,
    at: at
      .toString(16)
      .padStart(width / 4, '0')
      .toUpperCase(),
  };
}

/** A function at level 1 beside level 0. */
export function measured(device: Device, profile: Profile, name: FunctionName, format: LevelFormat): Distances {
  const codes = levelCodes(format),
    words = (level: 'exact' | 'lut'): readonly number[] => functionWords(device, profile, name, format, codes, { level });
  return distances(format, codes, words('lut'), words('exact'));
}
