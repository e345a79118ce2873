//! testfloat-rows: the files of Berkeley TestFloat as programs of the vector unit, an instruction for each row whose flags are stated.
import { Rejected } from '../failure.ts';
import { EVENT_DIVIDE_BY_ZERO, EVENT_INEXACT, EVENT_INVALID, EVENT_OVERFLOW, EVENT_UNDERFLOW } from '../limits.ts';
import { formatByName } from '../numerics/format.ts';
import { eachElement, eachPiece } from '../programs/columns.ts';
import type { View } from '../programs/view.ts';
import type { Mode, Writer } from '../programs/writer.ts';
import { unfit, writer } from '../programs/writer.ts';
import { type Case, type Found, sampled, type Skip } from './found.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';
import { nameOf, textOf } from './tree.ts';

const file = /^((?:bf16|f16|f32|f64|f128|extF80|i32|ui32|i64|ui64)_\w+)(?:\.(rne|rtz|rdn|rup|rna|rod))?\.txt(?:\.gz)?$/;
const directions: Readonly<Record<string, NonNullable<Mode['round']>>> = { rne: 'rne', rtz: 'rz', rdn: 'rd', rup: 'ru', rna: 'rna', rod: 'odd' };
const formats: Readonly<Record<string, string>> = { f32: 'fp32', f16: 'fp16', bf16: 'bf16', i32: 's32', ui32: 'u32', i64: 's64' };
/** The events that TestFloat's flags are, from bit 0: inexact, underflow, overflow, infinite, invalid. */
const flagKinds = [EVENT_INEXACT, EVENT_UNDERFLOW, EVENT_OVERFLOW, EVENT_DIVIDE_BY_ZERO, EVENT_INVALID];

export const isTestfloatFile = (path: string): boolean => file.test(nameOf(path));

/** What a file asks of the machine: operand and result formats, how many operands, and the instruction. */
interface Operation { readonly from: string; readonly to: string; readonly operands: number;
  /** Why the machine does not raise the flags of this function, if it does not. */
  readonly otherFlags?: string;
  write(w: Writer, o: View, inputs: readonly View[], mode: Mode): void }

/** Operands and result of a row, then its flags where the file has them; and its number in the folder. */
interface Row { readonly words: readonly bigint[]; readonly flags: number | undefined; readonly index: number }

/** The rows of one folder; rows are numbered through its files. */
export function testfloatRows(tree: VectorTree, folder: string, paths: readonly string[]): Found {
  const cases: Case[] = [], skipped: Skip[] = [];
  let total = 0;
  for (const path of paths) {
    const [, name = '', direction = 'rne'] = file.exec(nameOf(path))!, text = textOf(tree.read(path)), operation = operationOf(name);
    const lines = text.split('\n').flatMap((line, at) => (line.trim() === '' || line.startsWith('#') ? [] : [{ line: line.trim(), at }]));
    const first = total, what = `${name}.${direction}`;
    total += lines.length;
    if (typeof operation === 'string') {
      skipped.push({ what: `${what}: ${lines.length} rows`, why: operation });
      continue;
    }
    const rows = lines.map(({ line, at }, index) => rowOf(path, at + 1, line, operation, first + index));
    const odd = rows.findIndex(({ flags }) => (flags === undefined) !== (rows[0]!.flags === undefined));
    if (odd >= 0) throw new Rejected([{ file: path, line: lines[odd]!.at + 1, column: 1, message: 'has flags or not, unlike the first row' }]);
    if (operation.otherFlags) skipped.push({ what: `${what}: the flags of ${rows.length} rows`, why: operation.otherFlags });
    const mode = { round: directions[direction]! };
    cases.push(sampled(what, rows, ({ index }) => index, (label, some) => rowsCase(label, operation, mode, some)));
  }
  return { folder, kind: 'testfloat', total, cases, skipped };
}

function rowsCase(name: string, operation: Operation, mode: Mode, rows: readonly Row[]): Pick<Case, 'build'> {
  const flagged = operation.otherFlags === undefined && rows[0]?.flags !== undefined;
  return {
    build(profile) {
      if (flagged && !profile.features.includes('fullCounters')) throw unfit(`the profile ${profile.name} does not have the feature fullCounters`);
      const w = writer(profile), n = rows.length, output = w.dram('Y', operation.to, [n]);
      const column = (index: number, format: string): Uint8Array => littleEndian(rows.map(({ words }) => words[index]!), formatByName(format).width);
      const inputs = Array.from({ length: operation.operands },
        (_, index) => w.dram(`X${index}`, operation.from, [n], column(index, operation.from)));
      eachPiece(w, inputs, output, (o, held) => {
        if (flagged) eachElement(w, o, held, 2, (one, each) => operation.write(w, one, each, mode));
        else operation.write(w, o, held, mode);
      });
      const results = [{ view: output, expected: column(operation.operands, operation.to) }];
      const raised = { kinds: flagKinds, masks: rows.map(({ flags }) => flags ?? 0) };
      return { program: w.finish(name, `${n} rows of TestFloat`), results, ...(flagged ? { raised } : {}) };
    },
  };
}

/** The operation of a file, or why the machine has none. */
function operationOf(name: string): Operation | string {
  const [source = '', verb = '', ...rest] = name.split('_'), target = rest[0] ?? '';
  const from = formats[source], to = verb === 'to' ? formats[target] : from;
  if (!from || !to) return `no format of the machine is called ${from ? target : source}`;
  const comparison = (op: 'eq' | 'lt' | 'le'): Operation => {
    const quiet = rest[0] !== 'signaling' && (op === 'eq' || rest[0] === 'quiet'), own = op === 'eq' ? quiet : !quiet;
    const otherFlags = `compare.${op} is ${op === 'eq' ? 'quiet' : 'signalling'} (IEEE 754, 5.11), the file's function is not`;
    return { from, to: 'u8', operands: 2, write: (w, o, [a, b]) => w.compare(op, o, a!, b!), ...(own ? {} : { otherFlags }) };
  };
  switch (verb) {
    case 'to': return rest.length === 1 ? { from, to, operands: 1, write: (w, o, [a], mode) => w.convert(o, a!, mode) }
      : `${name} states a rounding of its own, which files of ${source}_to_${target} have by name`;
    case 'add': case 'sub': case 'mul': case 'div': return { from, to, operands: 2,
      write: (w, o, [a, b], mode) => w.binary(verb, o, a!, b!, mode) };
    case 'mulAdd': return { from, to, operands: 3, write: (w, o, [a, b, c], mode) => w.fma(o, a!, b!, c!, mode) };
    case 'sqrt': return { from, to, operands: 1, write: (w, o, [a], mode) => w.special('sqrt', o, a!, mode) };
    case 'roundToInt': return { from, to, operands: 1, write: (w, o, [a], mode) => w.unary('rint', o, a!, mode) };
    case 'eq': case 'lt': case 'le': return comparison(verb);
    default: return `the machine has no instruction for ${verb}`;
  }
}

function rowOf(path: string, line: number, text: string, { from, to, operands }: Operation, index: number): Row {
  const cells = text.split(/\s+/), flags = cells[operands + 1];
  const digits = (format: string): number => formatByName(format).width / 4;
  const wrong = (message: string): never => { throw new Rejected([{ file: path, line, column: 1, message }]); };
  if (cells.length !== operands + 1 && cells.length !== operands + 2) {
    wrong(`found ${cells.length} columns; allowed: ${operands + 1}, operands and result, and one of flags`);
  }
  const words = cells.slice(0, operands + 1).map((cell, column) => {
    // The result of a comparison is one digit.
    const most = digits(column < operands ? from : to), least = column === operands && to === 'u8' ? 1 : most;
    if (!/^[0-9A-Fa-f]+$/.test(cell) || cell.length < least || cell.length > most) {
      wrong(`column ${column + 1}: found "${cell.slice(0, 20)}"; allowed: a word of ${most} hex digits`);
    }
    return BigInt(`0x${cell}`);
  });
  if (flags !== undefined && !/^[01][0-9A-Fa-f]$/.test(flags)) wrong(`found the flags "${flags.slice(0, 20)}"; allowed: 00 to 1f`);
  return { words, flags: flags === undefined ? undefined : Number.parseInt(flags, 16), index };
}
