//! dot-files: the files of dot-product words as sets of rows: operands, scales, C and D as they lie in memory.
import { Rejected } from '../failure.ts';
import { unpack } from '../numerics/exact.ts';
import { type Format, formatByName, quietNan } from '../numerics/format.ts';
import { round } from '../numerics/round.ts';
import { accumulationKernels, presetFor } from './dot-presets.ts';
import type { Skip } from './found.ts';
import type { VectorTree } from './tree.ts';
import { folderOf, nameOf, textOf } from './tree.ts';

/** Codes as they lie in memory. */
export interface DotRow {
  readonly a: readonly bigint[];
  readonly w: readonly bigint[];
  readonly scalesA: readonly bigint[];
  readonly scalesW: readonly bigint[];
  readonly c: bigint;
  readonly d: bigint;
}
/** Dot products of one kernel. `result` is the type that D is stored in: the accumulator's, or a wider one. */
export interface DotSet {
  readonly name: string;
  /** A built-in profile, or undefined where any profile with the kernel will do. */
  readonly profile: string | undefined;
  readonly kernel: string;
  readonly input: string;
  readonly scale: string | undefined;
  readonly accumulator: string;
  readonly result: string;
  readonly depth: number;
  readonly rows: readonly DotRow[];
}
export interface DotSets { readonly sets: readonly DotSet[]; readonly skipped: readonly Skip[] }

const types: Readonly<Record<string, string>> = {
  f16: 'fp16', bf16: 'bf16', tf32: 'tf32', xf32: 'tf32', f32: 'fp32', e4m3: 'e4m3', e5m2: 'e5m2', e2m3: 'e2m3', e3m2: 'e3m2', e2m1: 'e2m1',
  e4m3fnuz: 'e4m3fnuz', e5m2fnuz: 'e5m2fnuz', mxfp8_e4m3: 'e4m3', mxfp8_e5m2: 'e5m2', mxfp6_e2m3: 'e2m3', mxfp6_e3m2: 'e3m2', mxfp4: 'e2m1',
  mxfp4_e2m1: 'e2m1', nvfp4: 'e2m1', nvfp4_e2m1: 'e2m1',
};
const measured = /^cd_([A-Za-z0-9]+)_(\w+)\.tsv(?:\.gz)?$/, operands = /^ab_(\w+)_k(\d+)\.tsv(?:\.gz)?$/;
const scaled = /^([a-z]+\d*)_((?:mx|nv)fp\d(?:_\w+)?)\.tsv(?:\.gz)?$/, modelled = /^([a-z]+\d*)_(\w+)_(f16|f32)\.tsv(?:\.gz)?$/;
const modes = /^(bf16|f16|tf32|e4m3|e5m2|e2m3|e3m2|e2m1)_k(\d+)\.tsv(?:\.gz)?$/;

export const isMeasuredFile = (path: string): boolean => measured.test(nameOf(path)) || operands.test(nameOf(path));
export function isModelledFile(path: string): boolean {
  const [, , type] = scaled.exec(nameOf(path)) ?? modelled.exec(nameOf(path)) ?? [];
  return !isMeasuredFile(path) && type !== undefined && type in types;
}
export const isAccumulationFile = (path: string): boolean => modes.test(nameOf(path));

/** Lines of a file with their numbers, cut at tabs; its comments. Throws Rejected where a line has not the columns or is no hex. */
interface Table { readonly path: string; readonly header: string; readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[] }

function tableOf(tree: VectorTree, path: string, counts: readonly number[]): Table {
  const lines = textOf(tree.read(path)).split('\n'), rows: { line: number; cells: string[] }[] = [];
  lines.forEach((text, index) => {
    if (text.trim() === '' || text.startsWith('#')) return;
    const cells = text.trim().split('\t');
    if (!counts.includes(cells.length)) refuse(path, index + 1, 1, `found ${cells.length} columns; allowed: ${counts.join(' or ')}, separated by tabs`);
    rows.push({ line: index + 1, cells });
  });
  if (rows.length === 0) refuse(path, 1, 1, 'found no rows');
  return { path, header: lines.filter((text) => text.startsWith('#')).join('\n'), rows };
}

function refuse(file: string, line: number, column: number, message: string): never {
  throw new Rejected([{ file, line, column, message }]);
}

/** A cell as codes of so many digits each, in their places in memory. */
function codesOf({ path }: Table, line: number, cell: string, { valueBits, ignoredLowBits }: Format, name: string): bigint[] {
  const digits = Math.ceil((valueBits - ignoredLowBits) / 4), count = cell.length / digits, bad = /[^0-9a-fA-F]/.exec(cell);
  if (bad) refuse(path, line, 1, `${name}: found '${bad[0]}'; allowed: hex digits`);
  if (!Number.isInteger(count) || count === 0) refuse(path, line, 1, `${name}: found ${cell.length} hex digits; allowed: a multiple of ${digits}`);
  return Array.from({ length: count }, (_, k) => BigInt(`0x${cell.slice(k * digits, (k + 1) * digits)}`) << BigInt(ignoredLowBits));
}
function codeOf(table: Table, line: number, cell: string, format: Format, name: string): bigint {
  const codes = codesOf(table, line, cell, format, name);
  if (codes.length !== 1) refuse(table.path, line, 1, `${name}: found ${cell.length} hex digits; allowed: ${cell.length / codes.length}`);
  return codes[0]!;
}

const fp32 = formatByName('fp32'), fp16 = formatByName('fp16'), e8m0 = formatByName('e8m0'), ue4m3: Format = { ...formatByName('ue4m3'), valueBits: 8 };

/** Operands of one row, equally many. */
function pairOf(table: Table, line: number, a: string, b: string, format: Format, depth: number | undefined): Pick<DotRow, 'a' | 'w'> {
  const codes = { a: codesOf(table, line, a, format, 'a'), w: codesOf(table, line, b, format, 'b') };
  const wanted = depth ?? codes.a.length;
  for (const [name, { length }] of [['a', codes.a], ['b', codes.w]] as const) {
    if (length !== wanted) refuse(table.path, line, 1, `${name}: found ${length} elements; allowed: ${wanted} in every row of the file`);
  }
  return codes;
}

const noScales = { scalesA: [], scalesW: [] } as const;

/** Words of `cd` files with the operands of the `ab` file that their header names; one set for each result column. */
export function measuredSets(tree: VectorTree, paths: readonly string[]): DotSets {
  const sets: DotSet[] = [], skipped: Skip[] = [], read = new Map<string, readonly Pick<DotRow, 'a' | 'w'>[]>();
  const operandsOf = (path: string, input: Format): readonly Pick<DotRow, 'a' | 'w'>[] => {
    const table = tableOf(tree, path, [2]), rows: Pick<DotRow, 'a' | 'w'>[] = [];
    for (const { line, cells: [a, b] } of table.rows) rows.push(pairOf(table, line, a!, b!, input, rows[0]?.a.length));
    return rows;
  };
  for (const path of paths.filter((one) => measured.test(nameOf(one)))) {
    const [, unit = '', type = ''] = measured.exec(nameOf(path))!, table = tableOf(tree, path, [2, 3]), name = `${unit}_${type}`;
    const input = types[type] && formatByName(types[type]);
    if (!input) { skipped.push({ what: name, why: `no format is called ${type}` }); continue; }
    const depth = /\bK=(\d+)/.exec(table.header)?.[1], wanted = `ab_${type}_k${depth}.tsv`;
    const home = paths.find((one) => folderOf(one) === folderOf(path) && nameOf(one).replace(/\.gz$/, '') === wanted);
    if (!home) refuse(path, 1, 1, `its operands, ${wanted} or ${wanted}.gz, are not next to it`);
    if (!read.has(home)) read.set(home, operandsOf(home, input));
    const pairs = read.get(home)!;
    if (pairs.length !== table.rows.length) refuse(path, 1, 1, `found ${table.rows.length} rows; allowed: the ${pairs.length} of ${home}`);
    const columns = table.rows[0]!.cells.length;
    for (const output of (['f32', 'f16'] as const).slice(0, columns - 1)) {
      const preset = presetFor(unit, type, output), label = `${name}.d_${output === 'f32' ? 'fp32' : 'fp16'}`;
      if (!preset) { skipped.push({ what: label, why: `no profile has the ${output} results of ${type} on ${unit}` }); continue; }
      const isFromZero = output === 'f32' && /d_fp32 is wgmma with C=0/.test(table.header), accumulator = output === 'f32' ? fp32 : fp16;
      const rows = table.rows.map(({ line, cells }, i): DotRow => {
        const c = codeOf(table, line, cells[0]!, fp32, 'c'), d = codeOf(table, line, cells[output === 'f32' ? 1 : 2] ?? '', fp32, 'd');
        // The device was given C rounded to the accumulator.
        const started = output === 'f32' ? c : round(fp16, unpack(fp32, c), { round: 'rne', isat: false, fsat: false, ftz: 0, nan: quietNan(fp16) }).bits;
        return { ...pairs[i]!, ...noScales, c: isFromZero ? 0n : started, d };
      });
      sets.push({
        name: label, profile: preset.profile, kernel: preset.kernel, input: input.name, scale: undefined, accumulator: accumulator.name, result: 'fp32',
        depth: rows[0]!.a.length, rows,
      });
    }
  }
  return { sets, skipped };
}

/** Words of models: `[mode] a b c d`, block-scaled ones `a b scale_a scale_b c d`. */
export function modelledSets(tree: VectorTree, paths: readonly string[]): DotSets {
  const sets: DotSet[] = [], skipped: Skip[] = [];
  for (const path of paths) {
    const [, unit = '', type = '', end] = scaled.exec(nameOf(path)) ?? modelled.exec(nameOf(path))!, name = `${unit}_${type}${end ? `_${end}` : ''}`;
    const output = end ?? 'f32', preset = presetFor(unit, type, output), input = types[type] && formatByName(types[type]);
    if (!preset || !input) { skipped.push({ what: name, why: `no profile has the ${output} results of ${type} on ${unit}` }); continue; }
    const scale = end ? undefined : type.startsWith('nv') ? ue4m3 : e8m0, table = tableOf(tree, path, scale ? [6, 7] : [4, 5]);
    const accumulator = output === 'f32' ? fp32 : fp16, rows: DotRow[] = [];
    for (const { line, cells } of table.rows) {
      const [a, b, ...rest] = cells.slice(cells.length % 2 === 0 ? 0 : 1), c = rest.at(-2)!, d = rest.at(-1)!;
      const pair = pairOf(table, line, a!, b!, input, rows[0]?.a.length), block = scale === e8m0 ? 32 : 16, blocks = Math.ceil(pair.a.length / block);
      const scales = scale ? { scalesA: codesOf(table, line, rest[0]!, scale, 'scale_a'), scalesW: codesOf(table, line, rest[1]!, scale, 'scale_b') } : noScales;
      for (const found of scale ? [scales.scalesA, scales.scalesW] : []) {
        if (found.length !== blocks) refuse(path, line, 1, `found ${found.length} scales; allowed: ${blocks}, one for each ${block} elements`);
      }
      rows.push({ ...pair, ...scales, c: codeOf(table, line, c, accumulator, 'c'), d: codeOf(table, line, d, accumulator, 'd') });
    }
    sets.push({
      name, profile: preset.profile, kernel: preset.kernel, input: input.name, scale: scale?.name, accumulator: accumulator.name, result: accumulator.name,
      depth: rows[0]!.a.length, rows,
    });
  }
  return { sets, skipped };
}

/** The same rows under several orders: `mode a b c` and a column for each. */
export function accumulationSets(tree: VectorTree, paths: readonly string[]): DotSets {
  const sets = paths.flatMap((path) => {
    const [, type = '', depth = ''] = modes.exec(nameOf(path))!, input = formatByName(types[type]!), table = tableOf(tree, path, [4 + accumulationKernels.length]);
    const inputs = table.rows.map(({ line, cells }) => ({
      ...pairOf(table, line, cells[1]!, cells[2]!, input, Number(depth)), ...noScales, c: codeOf(table, line, cells[3]!, fp32, 'c'),
    }));
    return accumulationKernels.map(([column, kernel], at): DotSet => ({
      name: `${type}_k${depth}.${column.slice(2)}`, profile: undefined, kernel, input: input.name, scale: undefined, accumulator: 'fp32', result: 'fp32',
      depth: Number(depth), rows: inputs.map((row, i) => ({ ...row, d: codeOf(table, table.rows[i]!.line, table.rows[i]!.cells[4 + at]!, fp32, column) })),
    }));
  });
  return { sets, skipped: [] };
}
