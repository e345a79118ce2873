//! narrow-rows: tables of formats of 8 bits and less, decoded, encoded and quantised in blocks, as programs of `convert` and `bquant`.
import { Rejected } from '../failure.ts';
import { unpack } from '../numerics/exact.ts';
import { type Format, formatByName, formats, quietNan } from '../numerics/format.ts';
import { pieces } from '../programs/tiling.ts';
import type { View } from '../programs/view.ts';
import { box } from '../programs/view.ts';
import type { Mode, Writer } from '../programs/writer.ts';
import { writer } from '../programs/writer.ts';
import { type Case, type Found, sampled, type Skip } from './found.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';
import { type CellShape, nameOf, rowsLike, textOf } from './tree.ts';

/** What a file holds, by its name. */
const kinds = {
  decode: /^decode_tables\.tsv(\.gz)?$/, encode: /^encode_f32\.tsv(\.gz)?$/, blocks: /^mx_quantize_block(\d+)\.tsv(\.gz)?$/,
  p3109: /^p3109_decode_tables\.tsv(\.gz)?$/,
} as const;
export const isNarrowFile = (path: string): boolean => Object.values(kinds).some((pattern) => pattern.test(nameOf(path)));

/** The files' names for formats where they are not ours: `fn` and `fnu` say what a format lacks, e4m3 is the one with infinities. */
const names: Readonly<Record<string, string>> = {
  e4m3fn: 'e4m3', e4m3: 'e4m3ieee', e2m1fn: 'e2m1', e2m3fn: 'e2m3', e3m2fn: 'e3m2', e8m0fnu: 'e8m0', int2: 's2', uint2: 'u2', int4: 's4', uint4: 'u4',
};
const dtypeOf = (name: string): string => names[name] ?? name;

const known = new Set([...Object.keys(names), 'int8', ...formats.map(({ name }) => name)]);
const format: CellShape = ['format', /^[a-zA-Z]\w{0,31}$/, 'the name of a format'], fp32Word: CellShape = ['fp32', /^[\da-fA-F]{8}$/, '8 hex digits'];
const code: CellShape = ['code', /^[\da-fA-F]{1,2}$/, '1 or 2 hex digits'], openCode: CellShape = ['code', /^([\da-fA-F]{1,2}|\.\.)$/, '1 or 2 hex digits, or ..'];
const number: CellShape = ['value', /^(-?0x[\da-f.]+p[+-]\d+|-?Inf|NaN|-?\d+(\.\d+)?)$/i, 'a hexadecimal float, Inf or NaN'];

/** The columns of a file. */
function shapesOf(file: string): readonly CellShape[] {
  if (kinds.decode.test(file)) return [format, code, fp32Word];
  if (kinds.p3109.test(file)) return [format, code, number];
  if (kinds.encode.test(file)) return [format, fp32Word, openCode, openCode];
  const block = Number(kinds.blocks.exec(file)![1]), hex = (digits: number): RegExp => new RegExp(`^[\\da-fA-F]{${digits}}$`);
  return [format, ['x', hex(8 * block), `${8 * block} hex digits`], code, ['codes', hex(2 * block), `${2 * block} hex digits`]];
}

/** Rows that lie in SPM at a time. */
const BLOCK = 1024;

interface Row { readonly cells: readonly string[]; readonly index: number }

/** The rows of one folder; rows are numbered through its files. */
export function narrowRows(tree: VectorTree, folder: string, paths: readonly string[]): Found {
  const cases: Case[] = [], skipped: Skip[] = [];
  let total = 0;
  for (const path of paths) {
    const groups = new Map<string, Row[]>();
    for (const cells of rowsLike(path, textOf(tree.read(path)), shapesOf(nameOf(path)))) groups.set(cells[0]!, [...(groups.get(cells[0]!) ?? []), { cells, index: total++ }]);
    for (const [name, rows] of groups) {
      if (!known.has(name)) {
        skipped.push({ what: `${name}: ${rows.length} rows`, why: 'the machine has no format of this name' });
        continue;
      }
      const found = casesOf(nameOf(path), name, rows);
      cases.push(...found.cases);
      skipped.push(...found.skipped);
    }
  }
  return { folder, kind: 'narrow-floats', total, cases, skipped };
}

interface Cases { readonly cases: readonly Case[]; readonly skipped: readonly Skip[] }

function casesOf(file: string, name: string, rows: readonly Row[]): Cases {
  const dtype = dtypeOf(name);
  if (kinds.encode.test(file)) return encodeCases(name, dtype, rows);
  const word = (text: string): bigint => BigInt(`0x${text}`);
  if (kinds.decode.test(file)) return { cases: [converted(`decode.${name}`, rows, [dtype, 'fp32'], {}, ({ cells }) => word(cells[1]!), ({ cells }) => word(cells[2]!))], skipped: [] };
  if (kinds.p3109.test(file)) {
    return { cases: [converted(`decode.${name}`, rows, [dtype, 'fp32'], {}, ({ cells }) => word(cells[1]!), ({ cells }) => fp32Of(cells[2]!))], skipped: [] };
  }
  return { cases: [blockCase(`bquant.${name}`, name === 'int8' ? 'i8f6' : dtype, rows)], skipped: [] };
}

/** fp32 word, code, saturating code; `..` where nothing says what a NaN becomes. Of the file's NaNs the sign is the only thing not asked for. */
function encodeCases(name: string, dtype: string, rows: readonly Row[]): Cases {
  const defined = rows.filter(({ cells }) => cells[2] !== '..' && cells[3] !== '..'), open = rows.length - defined.length;
  const format = formatByName(dtype), code = ({ cells }: Row, fsat: boolean): bigint => BigInt(`0x${cells[fsat ? 3 : 2]}`);
  const cases = [false, true].map((fsat) => converted(`encode.${name}${fsat ? '.saturating' : ''}`, defined, ['fp32', dtype], { fsat },
    ({ cells }) => BigInt(`0x${cells[1]}`), (row) => code(row, fsat)));
  const signed = defined.filter((row) => [false, true].some((fsat) => isNan(format, code(row, fsat)) && code(row, fsat) !== quietNan(format))).length, skipped: Skip[] = [];
  if (open > 0) skipped.push({ what: `encode.${name}: ${open} rows`, why: 'the file leaves NaN into a format without NaN open; here it becomes the greatest value' });
  if (signed > 0) skipped.push({ what: `encode.${name}: the sign of ${signed} NaNs`, why: 'the machine writes one NaN for a format, that of the profile; all else is compared' });
  return { cases, skipped };
}

const isNan = (format: Format, code: bigint): boolean => unpack(format, code).kind === 'nan';

/** One conversion for each row. A NaN is that of the profile. */
function converted(
  name: string, rows: readonly Row[], [from, to]: readonly [string, string], mode: Mode, input: (row: Row) => bigint, expected: (row: Row) => bigint,
): Case {
  return sampled(name, rows, ({ index }) => index, (label, some) => ({
    build(profile) {
      const w = writer(profile), n = some.length, x = column(w, 'X', from, n, bytesOf(from, some.map(input))), y = column(w, 'Y', to, n);
      const a = w.spm('a', from, [BLOCK, 1], stridesOf(from)), o = w.spm('o', to, [BLOCK, 1], stridesOf(to));
      for (const [first, count] of pieces(n, BLOCK)) {
        w.load(box(a, [0, 0], [count, 1]), box(x, [first, 0], [count, 1]));
        w.convert(box(o, [0, 0], [count, 1]), box(a, [0, 0], [count, 1]), mode);
        w.store(box(y, [first, 0], [count, 1]), box(o, [0, 0], [count, 1]));
      }
      const format = formatByName(to), nan = profile.nans.get(format.code) ?? quietNan(format);
      const codes = some.map((row) => (isNan(format, expected(row)) ? nan : expected(row)));
      return { program: w.finish(label, `${n} conversions`), results: [{ view: y, expected: bytesOf(to, codes) }] };
    },
  }));
}

/** format, x[block], scale, codes[block]; the rule is floor, elements to nearest even. */
function blockCase(name: string, dtype: string, rows: readonly Row[]): Case {
  const block = rows[0]!.cells[1]!.length / 8, digits = (text: string, size: number): bigint[] => (text.match(new RegExp(`.{${size}}`, 'g')) ?? []).map((code) => BigInt(`0x${code}`));
  return sampled(name, rows, ({ index }) => index, (label, some) => ({
    build(profile) {
      const w = writer(profile), n = some.length, codes = some.map(({ cells }) => digits(cells[3]!, 2)), packed = formatByName(dtype).width === 4;
      const x = w.dram('X', 'fp32', [n, block], littleEndian(some.flatMap(({ cells }) => digits(cells[1]!, 8)), 32));
      const y = w.dram('Y', dtype, [n, block]), scales = w.dram('S', 'e8m0', [n, 1]);
      const a = w.spm('a', 'fp32', [BLOCK, block]), o = w.spm('o', dtype, [BLOCK, block]), s = w.spm('s', 'e8m0', [BLOCK, 1]);
      for (const [first, count] of pieces(n, BLOCK)) {
        w.load(box(a, [0, 0], [count, block]), box(x, [first, 0], [count, block]));
        w.bquant(box(o, [0, 0], [count, block]), box(a, [0, 0], [count, block]), box(s, [0, 0], [count, 1]), {});
        w.store(box(y, [first, 0], [count, block]), box(o, [0, 0], [count, block]));
        w.store(box(scales, [first, 0], [count, 1]), box(s, [0, 0], [count, 1]));
      }
      const elements = packed ? codes.flatMap((row) => row.flatMap((code, i) => (i % 2 ? [] : [code | ((row[i + 1] ?? 0n) << 4n)]))) : codes.flat();
      const results = [
        { view: y, expected: littleEndian(elements, 8) }, { view: scales, expected: littleEndian(some.map(({ cells }) => BigInt(`0x${cells[2]}`)), 8) },
      ];
      return { program: w.finish(label, `${n} blocks`), results };
    },
  }));
}

/** A column of elements in DRAM, each in bytes of its own. */
function column(w: Writer, label: string, dtype: string, n: number, data?: Uint8Array): View {
  const bytes = Math.max(1, formatByName(dtype).width / 8);
  return { ...w.dram(label, 'u8', [n * bytes], data), dtype, dims: [n, 1], strides: stridesOf(dtype) };
}
const stridesOf = (dtype: string): number[] => [formatByName(dtype).width === 4 ? 2 : 1, 1];
const bytesOf = (dtype: string, codes: readonly bigint[]): Uint8Array => littleEndian(codes, Math.max(8, formatByName(dtype).width));

/** fp32 bits of a hex float of few digits, such as -0x1.8p+3; the canonical NaN of the profiles. */
function fp32Of(text: string): bigint {
  if (/^[+-]?nan$/i.test(text)) return 0x7fc0_0000n;
  const sign = text.startsWith('-') ? 0x8000_0000n : 0n;
  if (/^[+-]?inf$/i.test(text)) return sign | 0x7f80_0000n;
  const [, whole = '', digits = '', power = ''] = /^[+-]?0x([01])(?:\.([\da-f]*))?p([+-]\d+)$/i.exec(text) ?? [];
  if (whole === '') throw new Rejected([{ file: 'narrow-floats', line: 0, column: 0, message: `'${text}' is no hex float 0x1.8p+3, NaN or Inf` }]);
  if (whole === '0') return sign;
  return sign | (BigInt(Number(power) + 127) << 23n) | (BigInt(`0x${digits.padEnd(6, '0').slice(0, 6)}`) >> 1n);
}
