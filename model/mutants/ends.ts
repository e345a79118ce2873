//! ends: rows of numbers at the ends of their formats through everything that counts or clips them: saturation, invalid operations, overflow; any machine, any layout.
import type { Profile } from '../machine/profile.ts';
import { type Format, formatByCode, formats } from '../numerics/format.ts';
import { Sheet } from './layers.ts';
import { ends } from './numbers.ts';

const u8 = formats.find(({ name }) => name === 'u8')!, s32 = formats.find(({ name }) => name === 's32')!;

/** Every operation on corners of one format, under modes of which each bit is drawn by itself; some sources run backwards, or with gaps. */
export function extremes(machine: Profile, seed: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), { next } = sheet, own = machine.formatCodes.map((code) => formatByCode(code)!).filter((format) => format.width <= 32);
  const integers = own.filter(({ kind }) => kind === 'integer'), floats = own.filter(({ kind, signed }) => kind === 'float' && signed);
  const format = sheet.chance(50) ? sheet.pick(integers) : sheet.pick(floats), isFloat = format.kind === 'float', count = sheet.pick([1, 2, 3, 4, 5, 8, 16, 17, 32, 33]) * 2 ** sheet.pick([0, 1]), rows = sheet.pick([1, 1, 2, 3]);
  const source = (of: Format, dims: readonly number[]): string | undefined => backwards(sheet, of, sheet.tensor(of, dims, ends(of, next), sheet.chance(15) && of.width > 4 ? 2 : 0), dims);
  const dims = rows > 1 ? [rows, count] : [count], [a, b, c] = [0, 1, 2].map(() => source(format, dims)), alike = sheet.chance(60) ? format : sheet.pick(isFloat ? floats : integers), d = sheet.tensor(alike, dims, (bytes) => new Uint8Array(bytes));
  const other = sheet.pick(sheet.chance(60) ? own.filter((one) => one.kind !== 'scale' && (one.kind !== 'float' || one.signed)) : isFloat ? integers : floats), e = sheet.tensor(other, dims, ends(other, next));
  const few = sheet.tensor(alike, rows > 1 ? [rows] : [1], (bytes) => new Uint8Array(bytes)), places = sheet.tensor(s32, rows > 1 ? [rows] : [1], (bytes) => new Uint8Array(bytes)), mask = sheet.tensor(u8, dims, (bytes) => new Uint8Array(bytes));
  if ([a, b, c, d, e, few, places, mask].includes(undefined)) return undefined;
  const round = (): string => sheet.pick(['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd']), bit = (text: string): string => (sheet.chance(50) ? `, ${text}` : '');
  const mode = (name: string): void => void sheet.lines.push(`${name} = { round: ${sheet.chance(40) ? 'rne' : round()}${bit('isat')}${bit('fsat')}, daz: ${sheet.pick(['keep', 'keep', 'signed', 'zero'])}, ftz: ${sheet.pick(['keep', 'keep', 'after', 'before'])}, minmax: ${sheet.pick(['nan', 'number'])}, order: ${sheet.pick(['sequential', 'pairs', 'lanes', 'exact'])} }`);
  mode('n0');
  mode('n1');
  const add = (...lines: readonly string[]): void => { for (const line of lines) sheet.lines.push(`${line} mode ${sheet.pick(['n0', 'n1'])}`); };
  switch (next() % 7) {
    case 0: for (const op of ['add', 'sub', 'mul', 'min', 'max', ...(isFloat ? ['div'] : [])]) add(`binary.${op} ${d}, ${a}, ${b}`); break;
    case 1: add(`fma ${d}, ${a}, ${b} with ${c}`, `unary.neg ${d}, ${a}`, `unary.abs ${d}, ${b}`, `clamp.leaky ${d}, ${a}, ${b}`, `clamp.relu ${d}, ${c}`, `fma ${d}, ${d}, ${b} with ${a}`); break;
    case 2: for (const op of ['sum', 'sumsq', 'max', 'min']) add(`reduce.${op} ${few}, ${a}, r 1`); add(`reduce.argmax ${places}, ${a}, r 1`, `reduce.argmin ${places}, ${b}, r 1`, `reduce.sum ${few}, ${b}, r 1`, `reduce.sum ${few}, ${c}, r 1`); break;
    case 3: add(`scan.sum ${d}, ${a}`, `scan.max ${d}, ${b}`, `scan.sum ${d}, ${c}`, `convert ${e}, ${a}`, `convert ${d}, ${e}`); break;
    case 4: for (const op of ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'unordered']) sheet.lines.push(`compare.${op} ${mask}, ${a}, ${b}`); add(`convert ${e}, ${b}`); sheet.lines.push(`select ${d}, ${a}, ${b} with ${mask}`); break;
    case 5: shifts(sheet, add, d!, a!, isFloat); break;
    default: table(sheet, e!, a!, count);
  }
  return sheet.program();
}

/** The same elements from the last to the first, where the last one begins on a byte. */
function backwards(sheet: Sheet, { name, width }: Format, tensor: string | undefined, dims: readonly number[]): string | undefined {
  const bits = (dims.at(-1)! - 1) * width, line = sheet.lines.at(-1)!, at = Number(/ at (\d+)/.exec(line)?.[1] ?? -1);
  if (tensor === undefined || dims.length > 1 || bits % 8 || at < 0 || line.includes('stride') || !sheet.chance(30)) return tensor;
  const spare = sheet.tensor(formats.find((one) => one.name === name)!, [1], (bytes) => new Uint8Array(bytes));
  if (spare === undefined) return tensor;
  sheet.lines.splice(-1, 1, `${spare} = spm ${name} [${dims[0]}] at ${at + bits / 8} stride [-1]`);
  return spare;
}

function shifts(sheet: Sheet, add: (...lines: readonly string[]) => void, d: string, a: string, isFloat: boolean): void {
  const amount = sheet.pick([0, 1, 2, 7, 8, 15, 31, 32, 33, 63, 64, 100, -1]);
  sheet.lines.push(`s9 = ${amount}`);
  add(`shift.left ${d}, ${a}, s9`, `shift.right ${d}, ${a}, s9`, ...(isFloat ? [`unary.rint ${d}, ${a}`, `unary.sign ${d}, ${a}`] : [`clamp.relun ${d}, ${a}`]));
}

/** Corners through the epilogue: every word of the table may be an infinity, or a NaN that signals. */
function table(sheet: Sheet, e: string, a: string, count: number): void {
  const fp32 = formats.find(({ name }) => name === 'fp32')!, words = sheet.tensor(s32, [count, 4], sheet.chance(40) ? (bytes) => limitRows(bytes, sheet) : ends(sheet.chance(75) ? fp32 : s32, sheet.next));
  if (words === undefined) return;
  for (const scale of ['fp32mul', 'fp32div', 'none', 'fixed', ...(sheet.has('gemmlowp') ? ['gemmlowp'] : []), ...(sheet.has('tosaDouble') ? ['tosa'] : [])]) {
    sheet.lines.push(`n0 = { round: ${sheet.pick(['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'])}, scale: ${scale}${sheet.chance(50) ? ', isat' : ''}${sheet.chance(50) ? ', fsat' : ''} }`);
    sheet.lines.push(`scale${sheet.pick(['', '', '.relu', '.leaky'])} ${e}, ${a}, table ${words} mode n0`);
  }
}

/** Rows {bias, multiplier, shift, slope} at the limits of fixed point: what lanes take and what they leave, shifts that are cut, products that just fit. */
function limitRows(count: number, sheet: Sheet): Uint8Array {
  const made = new Uint8Array(count), view = new DataView(made.buffer), { next } = sheet;
  for (let at = 0; at + 16 <= count; at += 16) {
    const bias = sheet.pick([0, 0, 2 ** 29, 2 ** 30, 2 ** 31 - 1]) + sheet.pick([0, 0, 1, -1]);
    view.setInt32(at, next() % 2 ? bias : -bias, true);
    view.setInt32(at + 4, sheet.pick([0x4000_0000, 0x7fff_ffff, -0x8000_0000, 0x4000_0000 + (next() >>> 2), next() | 0, 1, 0]), true);
    view.setInt32(at + 8, sheet.pick([0, -30, 30, 61, -61, 33, -33, 1]) + (next() % 5) - 2, true);
    view.setInt32(at + 12, sheet.pick([0x3e00_0000, 0x3f80_0000, -0x8000_0000, 0x7f80_0000]), true);
  }
  return made;
}

/** Integers of more than 32 bits through the epilogue: products of up to 98 bits, residuals, clamps, chance. */
export function wides(machine: Profile, seed: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), { next } = sheet, own = machine.formatCodes.map((code) => formatByCode(code)!), long = own.filter(({ kind, width }) => kind === 'integer' && width > 32);
  const targets = own.filter(({ kind, signed }) => kind === 'integer' || (kind === 'float' && signed)), x = sheet.chance(80) ? sheet.pick(long) : sheet.pick(targets), d = sheet.chance(40) ? sheet.pick(long) : sheet.pick(targets);
  if (!x || !d) return undefined;
  const count = sheet.pick([1, 2, 4, 7]) * (d.width === 4 ? 2 : 1), beside = sheet.chance(50) ? sheet.tensor(sheet.pick([d, x, ...long]), [1, count], sized) : '';
  const a = sheet.tensor(x, [1, count], sized), e = sheet.tensor(d, [1, count], (bytes) => new Uint8Array(bytes)), floats = sheet.chance(25), words = sheet.tensor(s32, [count, 4], rowsOf);
  if (a === undefined || e === undefined || words === undefined || beside === undefined) return undefined;
  /** Of any length, so that the leading digit is anywhere. */
  function sized(bytes: number): Uint8Array {
    const made = new Uint8Array(bytes), view = new DataView(made.buffer);
    for (let at = 0; at + 8 <= bytes; at += 8) {
      const length = next() % 65, bits = BigInt.asUintN(64, (BigInt(next()) << 32n) | BigInt(next())), value = sheet.chance(25) ? (1n << BigInt(length % 64)) - BigInt(next() % 2) : length === 0 ? 0n : bits >> BigInt(64 - length);
      view.setBigUint64(at, BigInt.asUintN(64, sheet.chance(50) ? value : -value), true);
    }
    return made;
  }
  function rowsOf(bytes: number): Uint8Array {
    const made = new Uint8Array(bytes), view = new DataView(made.buffer), fp32 = formats.find(({ name }) => name === 'fp32')!;
    const corners = ends(fp32, next)(bytes), word = (at: number): number => new DataView(corners.buffer).getUint32(at, true);
    for (let at = 0; at + 16 <= bytes; at += 16) {
      view.setUint32(at, sheet.pick([0, 1, -1, 0x7fff_ffff, -0x8000_0000, next()]) >>> 0, true);
      view.setUint32(at + 4, floats ? word(at + 4) : sheet.pick([0x4000_0000, 0x7fff_ffff, -0x8000_0000, 1, -1, 3, next(), next()]) >>> 0, true);
      view.setUint32(at + 8, sheet.pick([0, 31, 32, 62, 63, 64, 65, 95, 96, 97, 127, -1, -31, -32, -33, -62, -64, -95, -96, -97, -128, (next() % 256) - 128]) >>> 0, true);
      view.setUint32(at + 12, word(at + 12), true);
    }
    return made;
  }
  for (let i = 0; i < 4; i++) {
    const scale = floats ? sheet.pick(['fp32mul', 'fp32div']) : sheet.pick(['fixed', 'fixed', 'none', ...(sheet.has('gemmlowp') ? ['gemmlowp'] : []), ...(sheet.has('tosaDouble') ? ['tosa'] : [])]);
    const round = sheet.pick(['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd', ...(sheet.has('stochastic') ? ['stochastic, key: 0x7654321, stream: 5'] : [])]), zeros = `${sheet.chance(30) ? ', zpb: -7' : ''}${sheet.chance(30) && d.kind === 'integer' ? ', zpo: -9' : ''}`;
    const clamp = sheet.chance(35) ? d.kind === 'integer' ? ', clamp: [-1000, 70000]' : ', clamp, lo: 0xcb000000, hi: 0x5e000000' : '';
    sheet.lines.push(`n0 = { round: ${round}, scale: ${scale}, round2: ${sheet.pick(['rne', 'rna', 'rhu'])}${sheet.chance(60) ? ', isat' : ''}${sheet.chance(30) ? ', fsat' : ''}${zeros}${clamp} }`);
    sheet.lines.push(`scale${sheet.pick(['', '', '.relu'])} ${e}, ${a}, table ${words}${beside ? ` with ${beside}` : ''} mode n0`);
  }
  return sheet.program();
}
