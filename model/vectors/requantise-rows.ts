//! requantise-rows: published rows of rescaling conventions and of QuantizeLinear as programs of `scale`.
import { eachPiece } from '../programs/columns.ts';
import type { TableRow } from '../programs/table.ts';
import { tableBytes } from '../programs/table.ts';
import type { Mode } from '../programs/writer.ts';
import { writer } from '../programs/writer.ts';
import { type Case, type Found, sampled, type Skip } from './found.ts';
import type { Replay } from './replay.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';
import { type CellShape, nameOf, rowsLike, textOf } from './tree.ts';

/** Columns 4 to 10 of rescale_i32, and the mode that each is; the shift of the table row is 31 less the total right shift. */
const columns: readonly (readonly [name: string, mode: Mode])[] = [
  ['tfl_double', { scale: 'gemmlowp', round: 'rna', round2: 'rhu' }],
  ['tfl_single', { scale: 'fixed', round: 'rhu' }],
  ['tosa_double', { scale: 'tosa' }],
  ['half_even', { scale: 'fixed', round: 'rne' }],
  ['half_away', { scale: 'fixed', round: 'rna' }],
  ['trunc_to_zero', { scale: 'fixed', round: 'rz' }],
  ['floor', { scale: 'fixed', round: 'rd' }],
];

const isRescale = (path: string): boolean => /^rescale_i32\.tsv(\.gz)?$/.test(nameOf(path));
const isQuantize = (path: string): boolean => /^onnx_quantizelinear\.tsv(\.gz)?$/.test(nameOf(path));
export const isRequantiseFile = (path: string): boolean => isRescale(path) || isQuantize(path);

const integer: CellShape = ['integer', /^-?\d{1,19}$/, 'a decimal integer'], word: CellShape = ['fp32', /^[\da-fA-F]{8}$/, '8 hex digits'];
const rescaleShapes: readonly CellShape[] = [integer, integer, integer, ...columns.map(([name]): CellShape => [name, /^(-?\d{1,19}|-)$/, 'a decimal integer, or -'])];
const quantizeShapes: readonly CellShape[] = [word, word, integer, ['type', /^[iu]8$/, 'i8 or u8'], integer];

/** The rows of one folder; rows are numbered through its files. */
export function requantiseRows(tree: VectorTree, folder: string, paths: readonly string[]): Found {
  const cases: Case[] = [], skipped: Skip[] = [];
  let total = 0;
  for (const path of paths) {
    const rows = rowsLike(path, textOf(tree.read(path)), isRescale(path) ? rescaleShapes : quantizeShapes, isRescale(path) ? 4 : 5), found = isRescale(path) ? rescaleCases(rows, total) : quantizeCases(rows, total);
    cases.push(...found.cases);
    skipped.push(...found.skipped);
    total += rows.length;
  }
  return { folder, kind: 'requantise', total, cases, skipped };
}

/** x, multiplier, total right shift, then a result for each convention; `-` where the convention has none. */
function rescaleCases(rows: readonly (readonly string[])[], first: number): { readonly cases: Case[]; readonly skipped: Skip[] } {
  const numbered = rows.map((row, index) => ({ row, index: first + index }));
  const cases = columns.map(([name, mode], column): Case => {
    const defined = numbered.filter(({ row }) => row[3 + column] !== '-' && row[3 + column] !== undefined);
    return sampled(`rescale_i32.${name}`, defined, ({ index }) => index, (label, some) => ({
      build: (profile) => scaleProgram(profile, label, mode, ['s32', 's32'],
        some.map(({ row }) => BigInt(row[0]!)),
        some.map(({ row }) => ({ bias: 0, multiplier: Number(row[1]), shift: 31 - Number(row[2]) })),
        some.map(({ row }) => BigInt(row[3 + column]!))),
    }));
  });
  const skipped = cases.flatMap(({ name, covers }) => (covers.length === rows.length ? [] : [{
    what: `${name}: ${rows.length - covers.length} rows of this convention`,
      why: 'the file has no word for them: outside the domain of that convention',
  }]));
  return { cases: cases.filter(({ covers }) => covers.length > 0), skipped };
}

/** x and scale as fp32 bits, zero point, i8 or u8, result. A zero point and a type are one mode. */
function quantizeCases(rows: readonly (readonly string[])[], first: number): { readonly cases: Case[]; readonly skipped: Skip[] } {
  const groups = new Map<string, { readonly row: readonly string[]; readonly index: number }[]>();
  rows.forEach((row, index) => {
    const key = `${row[3]}.${row[2]}`, list = groups.get(key) ?? [];
    list.push({ row, index: first + index });
    groups.set(key, list);
  });
  const cases = [...groups].map(([key, group]): Case => {
    const [, , zero, type] = group[0]!.row, name = `onnx_quantizelinear.${key}`, mode: Mode = { scale: 'fp32div', zpo: Number(zero) };
    return sampled(name, group, ({ index }) => index, (label, some) => ({
      build: (profile) => scaleProgram(profile, label, mode, ['fp32', type === 'i8' ? 's8' : 'u8'],
        some.map(({ row }) => BigInt(`0x${row[0]}`)),
        some.map(({ row }) => ({ bias: 0, multiplier: Number.parseInt(row[1]!, 16), shift: 0 })),
        some.map(({ row }) => BigInt(row[4]!))),
    }));
  });
  return { cases, skipped: [] };
}

/** Every row has its own row of the channel table. */
function scaleProgram(
  profile: Parameters<Case['build']>[0], name: string, mode: Mode, [from, to]: readonly [string, string], x: readonly bigint[],
    rows: readonly TableRow[],
  expected: readonly bigint[],
): Replay {
  const w = writer(profile), n = x.length, output = w.dram('Y', to, [n]);
  const inputs = [w.dram('X', from, [n], littleEndian(x, 32)), w.dram('TB', 's32', [n, 4], tableBytes(rows))];
  eachPiece(w, inputs, output, (o, [a, table]) => w.scale(o, a!, table!, mode));
  return { program: w.finish(name, `${n} rows, each with its own scale`),
    results: [{ view: output, expected: littleEndian(expected, to === 's32' ? 32 : 8) }] };
}
