//! testfloat-rows: the files of Berkeley TestFloat as programs of the vector unit.
import { formatByName } from '../numerics/format.ts';
import { eachPiece } from '../programs/columns.ts';
import type { View } from '../programs/view.ts';
import type { Mode, Writer } from '../programs/writer.ts';
import { writer } from '../programs/writer.ts';
import type { Case, Found, Skip } from './found.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';
import { nameOf, rowsOf, textOf } from './tree.ts';

const file = /^((?:bf16|f16|f32|i32|ui32)_\w+)\.(rne|rtz|rdn|rup|rna)\.txt(?:\.gz)?$/;
const directions: Readonly<Record<string, NonNullable<Mode['round']>>> = { rne: 'rne', rtz: 'rz', rdn: 'rd', rup: 'ru', rna: 'rna' };
const formats: Readonly<Record<string, string>> = { f32: 'fp32', f16: 'fp16', bf16: 'bf16', i32: 's32', ui32: 'u32' };

export const isTestfloatFile = (path: string): boolean => file.test(nameOf(path));

/** What a file asks of the machine: operand and result formats, how many operands, and the instruction. */
interface Operation { readonly from: string; readonly to: string; readonly operands: number; write(w: Writer, o: View,
  inputs: readonly View[], mode: Mode): void }

/** The rows of one folder; rows are numbered through its files. */
export function testfloatRows(tree: VectorTree, folder: string, paths: readonly string[]): Found {
  const cases: Case[] = [];
  const skipped: Skip[] = [{ what: 'the flags of every row',
    why: 'the machine has counters of events per element, no flags; results are compared' }];
  let total = 0;
  for (const path of paths) {
    const [, name = '', direction = ''] = file.exec(nameOf(path))!, rows = rowsOf(textOf(tree.read(path)), ' ');
    const operation = operationOf(name), first = total;
    total += rows.length;
    if (typeof operation === 'string') {
      skipped.push({ what: `${name}.${direction}: ${rows.length} rows`, why: operation });
      continue;
    }
    const numbered = rows.map((row, index) => ({ row, index: first + index }));
    const kept = numbered.filter(({ row }) => !isNanToInteger(operation, row[0]!));
    if (kept.length < rows.length) {
      skipped.push({ what: `${name}.${direction}: ${rows.length - kept.length} NaNs`,
        why: 'NaN to integer gives 0 here, the greatest integer in the file (RISC-V)' });
    }
    cases.push(rowsCase(`${name}.${direction}`, operation, { round: directions[direction]! }, kept.map(({ row }) => row),
      kept.map(({ index }) => index)));
  }
  return { folder, kind: 'testfloat', total, cases, skipped };
}

function rowsCase(name: string, operation: Operation, mode: Mode, rows: readonly (readonly string[])[], covers: readonly number[]): Case {
  return {
    name, covers,
    build(profile) {
      const w = writer(profile), n = rows.length, output = w.dram('Y', operation.to, [n]);
      const width = (format: string): number => formatByName(format).width;
      const column = (index: number, format: string): Uint8Array => littleEndian(rows.map((row) => BigInt(`0x${row[index]}`)),
        width(format));
      const inputs = Array.from({ length: operation.operands },
        (_, index) => w.dram(`X${index}`, operation.from, [n], column(index, operation.from)));
      eachPiece(w, inputs, output, (o, held) => operation.write(w, o, held, mode));
      const results = [{ view: output, expected: column(operation.operands, operation.to) }];
      return { program: w.finish(name, `${n} rows of TestFloat`), results };
    },
  };
}

/** The operation of a file, or why this version of the machine has none. */
function operationOf(name: string): Operation | string {
  const [source = '', verb = '', target = ''] = name.split('_'), from = formats[source], to = verb === 'to' ? formats[target] : from;
  if (!from || !to) return `no format of the machine is called ${from ? target : source}`;
  switch (verb) {
    case 'to': return { from, to, operands: 1, write: (w, o, [a], mode) => w.convert(o, a!, mode) };
    case 'add': case 'sub': case 'mul': case 'div': return { from, to, operands: 2,
      write: (w, o, [a, b], mode) => w.binary(verb, o, a!, b!, mode) };
    case 'mulAdd': return { from, to, operands: 3, write: (w, o, [a, b, c], mode) => w.fma(o, a!, b!, c!, mode) };
    case 'roundToInt': return { from, to, operands: 1, write: (w, o, [a], mode) => w.unary('rint', o, a!, mode) };
    default: return `${verb} is a special function, which this version of the machine does not have`;
  }
}

function isNanToInteger({ from, to }: Operation, operand: string): boolean {
  const { exponentBits, fractionBits } = formatByName(from);
  const magnitude = BigInt(`0x${operand}`) & ((1n << BigInt(exponentBits + fractionBits)) - 1n);
  return formatByName(to).kind === 'integer' && formatByName(from).kind === 'float'
    && magnitude > ((1n << BigInt(exponentBits)) - 1n) << BigInt(fractionBits);
}
