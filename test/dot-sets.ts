//! dot-sets: the sets of outside dot products, and what the oracle makes of their rows by any kernel.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Profile, profile } from '../model/machine/profile.ts';
import { dot } from '../model/numerics/dot.ts';
import type { DotInput } from '../model/numerics/dot-input.ts';
import type { DotRecord } from '../model/numerics/dot-record.ts';
import type { Observer } from '../model/numerics/dot-trace.ts';
import { unpack } from '../model/numerics/exact.ts';
import { formatByName } from '../model/numerics/format.ts';
import { round } from '../model/numerics/round.ts';
import { accumulationSets, type DotRow, type DotSet, type DotSets, measuredSets, modelledSets } from '../model/vectors/dot-files.ts';
import type { VectorTree } from '../model/vectors/tree.ts';

/** A folder of vectors as a tree. */
export const treeOf = (folder: string): VectorTree => ({
  name: folder, paths: readdirSync(folder).filter((name) => /\.tsv(\.gz)?$/.test(name)).sort(),
  read: (path) => { const bytes = readFileSync(join(folder, path)); return path.endsWith('.gz') ? gunzipSync(bytes) : bytes; },
});
const readers = { 'nvidia-tensorcore-hardware': measuredSets, 'fused-dot-model': modelledSets, 'fused-dot-model-amd': modelledSets, 'accumulation-modes': accumulationSets };
export type DotFolder = keyof typeof readers;
export function setsOf(kind: DotFolder, folder: string): DotSets {
  const tree = treeOf(folder);
  return readers[kind](tree, tree.paths);
}

const profiles = new Map<string, Profile>();
/** A built-in profile, read once. */
function profileOf(name = 'systole-16'): Profile {
  const one = profiles.get(name) ?? profile(name);
  profiles.set(name, one);
  return one;
}

/** The kernel that the table gives a set. */
export function kernelOf({ profile: name, kernel, input, accumulator }: DotSet): DotRecord {
  const code = (dtype: string): number => formatByName(dtype).code;
  const triple = profileOf(name).triples.find((row) => row.activation === code(input) && row.weight === code(input) && row.accumulator === code(accumulator))!;
  return triple.dots[triple.kernels.indexOf(kernel)]!;
}

export function inputOf({ input, accumulator, scale }: DotSet, { a, w, c, scalesA, scalesW }: DotRow): DotInput {
  const format = formatByName(input), block = scale === 'e8m0' ? 32 : 16;
  const spread = (scales: readonly bigint[]): bigint[] => a.map((_, k) => scales[Math.floor(k / block)]!);
  return {
    a, aFormat: format, w, wFormat: format, c, accumulator: formatByName(accumulator),
    ...(scale ? { scales: { format: formatByName(scale), a: spread(scalesA), w: spread(scalesW) } } : {}),
  };
}

/** D as the set has it: of fp16 sums in fp32 files the sum widened. */
export function resultOf(record: DotRecord, set: DotSet, row: DotRow, observe?: Observer): bigint {
  const { nans } = profileOf(set.profile), from = formatByName(set.accumulator), to = formatByName(set.result);
  const { bits } = dot(record, inputOf(set, row), { isat: false, zpa: 0, zpb: 0, nan: nans.get(from.code)! }, observe);
  return from === to ? bits : round(to, unpack(from, bits), { round: 'rne', isat: false, fsat: false, ftz: 0, nan: nans.get(to.code)! }).bits;
}

/** Rows that the kernel gets wrong. */
export const mismatches = (record: DotRecord, set: DotSet): readonly DotRow[] =>
  set.rows.filter((row) => resultOf(record, set, row) !== row.d);
