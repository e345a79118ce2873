//! special-rows: published words of special functions, every code of 16 bits or directed pairs of fp32, as programs of `special`.
import { Rejected } from '../failure.ts';
import { formatByName } from '../numerics/format.ts';
import { type FunctionName, functionNames } from '../numerics/functions.ts';
import { eachPiece } from '../programs/columns.ts';
import { writer } from '../programs/writer.ts';
import { type Case, type Found, sampled } from './found.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';
import { nameOf, textOf } from './tree.ts';

const names = functionNames.join('|');
const file = new RegExp(`^(${names})\\.(?:(bf16|f16)\\.rne\\.bin|(f32)\\.rne\\.txt)(?:\\.gz)?$`);
const formats: Readonly<Record<string, string>> = { bf16: 'bf16', f16: 'fp16', f32: 'fp32' };
const CODES = 0x1_0000;

export const isSpecialFile = (path: string): boolean => file.test(nameOf(path));

/** An input and the word that its function has there. */
type Row = readonly [input: bigint, result: bigint];

/** The rows of one folder; rows are numbered through its files. */
export function specialRows(tree: VectorTree, folder: string, paths: readonly string[]): Found {
  const cases: Case[] = [];
  let total = 0;
  for (const path of paths) {
    const [, op = '', narrow, wide] = file.exec(nameOf(path))!,
      type = narrow ?? wide!;
    const rows = narrow ? everyCode(path, tree.read(path)) : pairs(path, textOf(tree.read(path)));
    const first = total;
    cases.push(sampled(`${op}.${type}`, rows, (_, at) => first + at, (label, some) => rowsCase(label, op as FunctionName, type, some)));
    total += rows.length;
  }
  return { folder, kind: 'special-functions', total, cases, skipped: [] };
}

function rowsCase(name: string, op: FunctionName, type: string, rows: readonly Row[]): Pick<Case, 'build'> {
  const dtype = formats[type]!,
    { width } = formatByName(dtype),
    n = rows.length;
  return {
    build(profile) {
      const w = writer(profile),
        output = w.dram('Y', dtype, [n]);
      const input = w.dram(
        'X',
        dtype,
        [n],
        littleEndian(
          rows.map(([x]) => x),
          width,
        ),
      );
      eachPiece(w, [input], output, (o, [x]) => w.special(op, o, x!, {}));
      const expected = littleEndian(
        rows.map(([, y]) => y),
        width,
      );
      return { program: w.finish(name, `${n} values of ${op} in ${dtype}`), results: [{ view: output, expected }] };
    },
  };
}

/** 65536 results of 16 bits, little-endian: the place of a result is the code of its input. */
function everyCode(path: string, bytes: Uint8Array): readonly Row[] {
  if (bytes.length !== 2 * CODES)
    throw wrong(path, 0, `holds ${bytes.length} bytes; allowed: ${2 * CODES}, a result of 16 bits for each code`);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: CODES }, (_, code) => [BigInt(code), BigInt(words.getUint16(2 * code, true))]);
}

function pairs(path: string, text: string): readonly Row[] {
  return text.split('\n').flatMap((line, index): Row[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const match = /^([0-9A-Fa-f]{8})[ \t]+([0-9A-Fa-f]{8})\s*$/.exec(line);
    if (!match) throw wrong(path, index + 1, `found "${line.slice(0, 40)}"; allowed: two words of 8 hex digits, input and result`);
    return [[BigInt(`0x${match[1]}`), BigInt(`0x${match[2]}`)]];
  });
}

const wrong = (path: string, line: number, message: string): Rejected =>
  new Rejected([{ file: path, line, column: line === 0 ? 0 : 1, message }]);
