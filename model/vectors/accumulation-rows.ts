//! accumulation-rows: dot products under a declared order as programs of the matrix unit: here the sequential one, by its default kernel.
import { formatByName } from '../numerics/format.ts';
import { pieces } from '../programs/tiling.ts';
import { box, seen } from '../programs/view.ts';
import { writer } from '../programs/writer.ts';
import type { Case, Found, Skip } from './found.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';
import { nameOf, rowsOf, textOf } from './tree.ts';

const file = /^(bf16|f16|e4m3|e5m2)_k(\d+)\.tsv(?:\.gz)?$/;
const formats: Readonly<Record<string, string>> = { f16: 'fp16', bf16: 'bf16', e4m3: 'e4m3', e5m2: 'e5m2' };
/** Rows that lie in SPM at a time. */
const BLOCK = 512;

export const isAccumulationFile = (path: string): boolean => file.test(nameOf(path));

/** The rows of one folder: mode, a[K], b[K], c, then the sums; rows are numbered through its files. */
export function accumulationRows(tree: VectorTree, folder: string, paths: readonly string[]): Found {
  const skipped: Skip[] = [{ what: 'the columns d_tree8, d_group4 and d_kulisch', why: 'other orders of summation come in a later part' }];
  const cases: Case[] = [];
  let total = 0;
  for (const path of paths) {
    const [, name = '', depth = ''] = file.exec(nameOf(path))!, rows = rowsOf(textOf(tree.read(path)), '\t');
    cases.push(sequentialCase(`${name}_k${depth}.seqfma`, formats[name]!, Number(depth), rows, total));
    total += rows.length;
  }
  return { folder, kind: 'accumulation-modes', total, cases, skipped };
}

/** Every row is a channel of its own, so that one mdw makes as many rows as the array has columns. */
function sequentialCase(name: string, dtype: string, depth: number, rows: readonly (readonly string[])[], first: number): Case {
  const width = formatByName(dtype).width, digits = width / 4, n = rows.length;
  const code = (text: string, k: number): bigint => BigInt(`0x${text.slice(k * digits, (k + 1) * digits)}`);
  const codes = (text: string): bigint[] => Array.from({ length: depth }, (_, k) => code(text, k));
  const operand = (column: number): Uint8Array => littleEndian(rows.flatMap((row) => codes(row[column]!)), width);
  const words = (column: number): Uint8Array => littleEndian(rows.map((row) => BigInt(`0x${row[column]}`)), 32);
  return {
    name, covers: rows.map((_, index) => first + index),
    build(profile) {
      const w = writer(profile), a = w.dram('A', dtype, [n, depth], operand(1)), b = w.dram('B', dtype, [n, depth], operand(2));
      const c = w.dram('C', 'fp32', [n], words(3)), output = w.dram('Y', 'fp32', [n]);
      const x = w.spm('a', dtype, [BLOCK, depth]), y = w.spm('b', dtype, [BLOCK, depth]), z = w.spm('c', 'fp32', [BLOCK]);
      const o = w.spm('o', 'fp32', [BLOCK]);
      for (const [from, count] of pieces(n, BLOCK)) {
        w.load(box(x, [0, 0], [count, depth]), box(a, [from, 0], [count, depth]));
        w.load(box(y, [0, 0], [count, depth]), box(b, [from, 0], [count, depth]));
        w.load(box(z, [0], [count]), box(c, [from], [count]));
        for (const [row, some] of pieces(count, profile.accLanes)) {
          const acc = w.acc('acc', 'fp32', [1, some]);
          w.ainit(acc, seen(z, [1, some], [some, 1], row, 'c1'));
          for (const [k, taps] of pieces(depth, 16)) {
            w.wload(0, seen(y, [taps, some], [1, depth], row * depth + k, 'w'));
            w.mdw('add', acc, seen(x, [1, taps, some], [1, 1, depth], row * depth + k, 'v'), 0, 1, { isat: false });
          }
          w.drain(seen(o, [1, some], [some, 1], row, 'o1'), acc, undefined, { isat: false });
        }
        w.store(box(output, [from], [count]), box(o, [0], [count]));
      }
      const program = w.finish(name, `${n} dot products of ${depth}, sequential, in fp32`);
      return { program, results: [{ view: output, expected: words(4) }] };
    },
  };
}
