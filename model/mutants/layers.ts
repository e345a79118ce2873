//! layers: programs as users write them: weights in, products, accumulators out, rows of numbers through a function; any machine, any mode.
import { assemble } from '../assembler/assembler.ts';
import type { Program, Segment } from '../device.ts';
import { SPACE_ACC, SPACE_SPM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { type Format, formatByCode, formats } from '../numerics/format.ts';
import { functionNames } from '../numerics/functions.ts';
import { dataBytes, tableBytes } from '../verify/corners.ts';
import { mixed, type Random, random } from '../verify/random.ts';
import { sprinkled, spread, tame } from './numbers.ts';

const corners = (format: Format, count: number, next: Random): Uint8Array => dataBytes(format, count, next).slice();
const roundNames = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'] as const;
/** Those of a machine. */
const roundsOf = (sheet: Sheet): readonly string[] => (sheet.has('stochastic') ? [...roundNames, 'stochastic, key: 0x1234567, stream: 77'] : roundNames);

/** A scratchpad that is filled from the bottom, and the text that names what lies in it. */
export class Sheet {
  readonly lines: string[] = [];
  readonly memory: Segment[] = [];
  readonly next: Random;
  private readonly machine: Profile;
  private used = 0;
  private names = 0;
  constructor(machine: Profile, seed: number) {
    this.machine = machine;
    this.next = random(seed);
  }
  pick<T>(list: readonly T[]): T { return list[this.next() % list.length]!; }
  chance(percent: number): boolean { return this.next() % 100 < percent; }
  has(feature: string): boolean { return this.machine.features.some((one) => one === feature); }
  /** A tensor of the scratchpad with data in it; undefined where it does not fit. Strides lie as the dims do unless given, in elements. */
  tensor(format: Format, dims: readonly number[], data: (bytes: number) => Uint8Array, gap = 0): string | undefined {
    const rows = dims.slice(0, -1).reduce((product, dim) => product * dim, 1), columns = dims.at(-1)! + gap;
    const bytes = Math.ceil((rows * columns * format.width) / 8), at = (this.used + 15) & ~15;
    if (at + bytes > this.machine.spmBytes) return undefined;
    this.used = at + bytes;
    const name = `t${this.names++ % 60}`, strides = dims.map((_, axis) => dims.slice(axis + 1, -1).reduce((product, dim) => product * dim, axis === dims.length - 1 ? 1 : columns));
    this.lines.push(`${name} = spm ${format.name} [${dims.join(',')}] at ${at}${gap ? ` stride [${strides.join(',')}]` : ''}`);
    this.memory.push({ space: SPACE_SPM, address: at, bytes: data(bytes) });
    return name;
  }
  /** Accumulators, which hold what `data` gives, or nothing yet. */
  accumulator(format: Format, dims: readonly number[], data?: (bytes: number) => Uint8Array): string {
    const lanes = this.machine.accLanes, name = `t${60 + (this.names++ % 4)}`, strides = [...dims.slice(0, -1).map((_, axis) => lanes * dims.slice(axis + 1, -1).reduce((product, dim) => product * dim, 1)), 1];
    this.lines.push(`${name} = acc ${format.name} [${dims.join(',')}] at 0 stride [${strides.join(',')}]`);
    if (data) this.memory.push({ space: SPACE_ACC, address: 0, bytes: data(Math.min(this.machine.accBytes, (lanes * dims.slice(0, -1).reduce((product, dim) => product * dim, 1) * format.width) / 8)) });
    return name;
  }
  /** Numbers as networks have them in some cases, with a few corners among them in others, numbers of all sizes, or corners everywhere. */
  data(format: Format): (bytes: number) => Uint8Array {
    const make = this.pick([tame, tame, tame, tame, spread, spread, spread, sprinkled, sprinkled, corners, corners, corners]);
    return (bytes) => make(format, bytes, this.next);
  }
  program(): { readonly program: Program; readonly instructions: number } | undefined {
    this.lines.push('halt 0');
    const made = assemble(`${this.lines.join('\n')}\n`);
    return made.program && { program: { ...made.program, memory: [...made.program.memory, ...this.memory] }, instructions: this.lines.filter((line) => !line.includes('=')).length };
  }
}

/** Integers a few steps from one end or the other, so that some sums of a row wrap and others do not; floats as they come. */
const nearlyFull = (format: Format, next: Random) => (count: number): Uint8Array => {
  const bytes = dataBytes(format, count, next).slice(), view = new DataView(bytes.buffer), size = format.width / 8;
  if (!isInteger(format)) return bytes;
  for (let at = 0; at + size <= count; at += size) {
    if (next() % 4 === 0) continue;
    const top = (1n << BigInt(format.valueBits - 1)) - 1n, by = BigInt(next() % 200), value = next() % 2 ? top - by : -top - 1n + by;
    if (size === 4) view.setInt32(at, Number(value), true); else view.setBigInt64(at, value, true);
  }
  return bytes;
};

const e8m0 = formats.find(({ name }) => name === 'e8m0')!, ue4m3 = formats.find(({ name }) => name === 'ue4m3')!, u4 = formats.find(({ name }) => name === 'u4')!, s32 = formats.find(({ name }) => name === 's32')!;
const isInteger = ({ kind }: Format): boolean => kind === 'integer';
/** Scales near 1. */
const scaleData = (format: Format) => (bytes: number): Uint8Array => new Uint8Array(bytes).map((_, i) => (format.code === e8m0.code ? 124 + ((i * 5) % 7) : 48 + ((i * 11) % 24)));
/** Places of the two of four: different ones, ascending or not. */
const metadata = (next: Random) => (bytes: number): Uint8Array => new Uint8Array(bytes).map(() => [0x41, 0x84, 0xc9, 0x1e, 0xb2, 0x76][next() % 6]!);

/** Kernels of a machine, each with the row of the profile that it belongs to. */
export const kernelsOf = ({ triples }: Profile): readonly { readonly triple: Profile['triples'][number]; readonly dot: number }[] => triples.flatMap((triple) => triple.dots.map((_, dot) => ({ triple, dot })));

/** Products by a kernel, twice into the same accumulators, and out through the epilogue. */
export function layer(machine: Profile, seed: number, nth = seed): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), all = kernelsOf(machine), { triple, dot } = all[nth % all.length]!, depthwise = sheet.chance(20);
  const [a, w, acc] = [triple.activation, triple.weight, triple.accumulator].map((code) => formatByCode(code)!) as [Format, Format, Format];
  const narrow = a.width === 4 || w.width === 4, blocky = !isInteger(a) && !depthwise, form = sheet.chance(25) && sheet.has('sparse24') ? 'sparse' : blocky && sheet.chance(35) && (sheet.has('mx') || sheet.has('nvfp4')) ? 'scaled' : 'dense';
  const even = (value: number, to: number): number => Math.max(to, value - (value % to)), most = triple.kMax;
  const k = form === 'sparse' ? even(sheet.pick([4, 8, 12, 16, most]), 4) : even(sheet.pick([1, 2, 3, 5, 8, 9, 16, most - 1, most]), narrow ? 2 : 1);
  const n = even(Math.min(triple.nMax, sheet.pick([1, 2, 3, 4, 7, 15, 16, 17, 20, 32, 33, triple.nMax])), narrow || form === 'sparse' ? 2 : 1), m = Math.min(triple.mMax, sheet.pick([1, 2, 3, 4, 5, 8, 9]));
  const rows = Math.min(k, most), scales = sheet.has('mx') && (!sheet.has('nvfp4') || sheet.chance(50)) ? e8m0 : ue4m3, block = scales.code === e8m0.code ? 32 : 16;
  const weights = sheet.tensor(w, [form === 'sparse' ? rows / 2 : rows, n], sheet.data(w), sheet.chance(15) ? 2 : 0);
  const beside = form === 'sparse' ? sheet.tensor(u4, [rows / 4, n], metadata(sheet.next)) : form === 'scaled' ? sheet.tensor(scales, [Math.ceil(rows / block), n], scaleData(scales)) : '';
  const activations = [0, 1].map(() => sheet.tensor(a, depthwise ? [m, rows, n] : [m, rows], sheet.data(a), sheet.chance(20) ? 2 : 0));
  const rowScales = form === 'scaled' ? sheet.tensor(scales, [m, Math.ceil(rows / block)], scaleData(scales)) : '';
  if (weights === undefined || beside === undefined || activations.includes(undefined) || rowScales === undefined) return undefined;
  const zero = isInteger(a) && sheet.has('zp') && sheet.chance(50), full = sheet.chance(40), c = sheet.accumulator(acc, [m, n], full ? nearlyFull(acc, sheet.next) : undefined), slot = sheet.next() % machine.slotCount;
  // Now and then the first kernel that the triple does not have.
  sheet.lines.push(`n1 = { dot: ${mixed(seed, 2) % 25 || triple.dots.length > 15 ? dot : triple.dots.length}${isInteger(a) && sheet.chance(60) ? ', isat' : ''} }`);
  if (zero) sheet.lines.push(`n1 = { zpa: ${sheet.pick([0, 1, -3, 7, 100])}, zpb: ${sheet.pick([0, 0, 1, -5, 12])} }`);
  const begin = sheet.lines.length;
  sheet.lines.push(`wload${form === 'dense' ? '' : `.${form}`} slot ${slot}, ${weights}${beside ? `, ${beside}` : ''}`);
  const product = (op: string, which: string): string => (depthwise ? `mdw.${op} ${c}, ${which}, slot ${slot} mode n1` : `mm.${op}${form === 'scaled' ? ' scaled' : ''} ${c}, ${which}${rowScales ? `, ${rowScales}` : ''}, slot ${slot} mode n1`);
  sheet.lines.push(product(full ? 'add' : 'set', activations[0]!), product('add', activations[1]!));
  if (sheet.chance(30)) sheet.lines.push(product('add', activations[0]!));
  if (mixed(seed, 1) % 4 === 0) sheet.lines.splice(begin, Infinity, 'loop 3 {', ...sheet.lines.slice(begin), '}');   // what is kept from one time to the next is used
  epilogue(sheet, machine, `drain`, c, acc, [m, n]);
  return sheet.program();
}

/** A source, mostly of 32 bits, through the epilogue of scale. */
export function requantised(machine: Profile, seed: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), sources = machine.formatCodes.map((code) => formatByCode(code)!).filter((format) => isInteger(format) || (format.kind === 'float' && format.signed));
  const x = sheet.chance(60) ? s32 : sheet.pick(sources), dims = [sheet.pick([1, 2, 3]), sheet.pick([1, 3, 8, 17])], source = sheet.tensor(x, dims, sheet.data(x));
  if (source === undefined) return undefined;
  epilogue(sheet, machine, 'scale', source, x, dims);
  return sheet.program();
}

function epilogue(sheet: Sheet, machine: Profile, operation: string, source: string, x: Format, dims: readonly number[]): void {
  const targets = machine.formatCodes.map((code) => formatByCode(code)!).filter((format) => format.kind === 'integer' || (format.kind === 'float' && format.signed));
  const narrow = targets.filter(({ kind, width }) => kind === 'integer' && width <= 16), d = isInteger(x) && sheet.chance(75) ? sheet.pick(narrow) : sheet.pick(targets);
  const columns = dims.at(-1)!, target = sheet.tensor(d, d.width === 4 && columns % 2 ? [...dims.slice(0, -1), columns] : dims, (bytes) => new Uint8Array(bytes));
  const scale = isInteger(x) ? sheet.pick(['fixed', 'fixed', 'fixed', 'gemmlowp', 'tosa', 'none', 'fp32mul']) : sheet.pick(['none', 'fp32mul', 'fp32div']), float = scale.startsWith('fp32') || !isInteger(x);
  const table = sheet.chance(85) || scale !== 'none' ? sheet.tensor(s32, [columns, 4], (bytes) => (float ? floatTable(bytes, sheet) : sheet.chance(60) ? fixedTable(bytes, sheet.next) : tableBytes(bytes, false, sheet.next))) : '';
  const residual = sheet.chance(15) ? sheet.tensor(d, dims, sheet.data(d)) : '';
  if (target === undefined || table === undefined || residual === undefined) return;
  const zpo = isInteger(d) ? sheet.pick([0, 0, 3, -5, 127]) : 0;
  sheet.lines.push(`n0 = { round: ${sheet.pick(['rne', 'rne', 'rna', 'rhu', 'rhu', ...roundsOf(sheet)])}${sheet.chance(70) ? ', isat' : ''}${sheet.chance(20) ? ', fsat' : ''}, scale: ${scale}, round2: ${sheet.pick(['rhu', 'rna', 'rne', 'rhu'])}${zpo ? `, zpo: ${zpo}` : ''}${sheet.chance(40) && isInteger(d) ? `, clamp: [${sheet.pick([-128, -20, 0])}, ${sheet.pick([127, 60, 15])}]` : ''} }`);
  const activation = sheet.pick(['', '', '.relu', ...(float ? ['.leaky'] : [])]);
  sheet.lines.push(`${operation}${activation} ${target}, ${source}${table ? `, table ${table}` : ''}${residual ? ` with ${residual}` : ''} mode n0`);
}

/** Rows {bias, multiplier, shift, slope} that keep a sum within a byte or so, ties among them. */
function fixedTable(count: number, next: Random): Uint8Array {
  const bytes = new Uint8Array(count), view = new DataView(bytes.buffer);
  for (let at = 0; at + 16 <= count; at += 16) {
    view.setInt32(at, (next() % 401) - 200, true);
    view.setInt32(at + 4, [0x4000_0000, 0x4000_0000, 0x7fff_ffff, 0x4000_0000 + (next() >>> 3), -0x8000_0000, -0x4000_0000][next() % 6]!, true);
    view.setUint32(at + 8, -(next() % 10) >>> 0, true);
    view.setUint32(at + 12, 0x3e00_0000, true);
  }
  return bytes;
}
function floatTable(count: number, sheet: Sheet): Uint8Array {
  if (sheet.chance(40)) return tableBytes(count, true, sheet.next);
  const bytes = new Uint8Array(count), view = new DataView(bytes.buffer), { next } = sheet, number = (): number => ((next() % 2) << 31) | ((120 + (next() % 10)) << 23) | (next() & 0x7f_0000);
  for (let at = 0; at + 16 <= count; at += 16) for (const [word, value] of [number(), number(), 0, number()].entries()) view.setUint32(at + 4 * word, value >>> 0, true);
  return bytes;
}

/** Rows of numbers, one behind the other, through every operation of one kind. */
export function rows(machine: Profile, seed: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), floats = machine.formatCodes.map((code) => formatByCode(code)!).filter(({ kind, signed }) => kind === 'float' && signed), fp32 = floats.find(({ name }) => name === 'fp32');
  const format = fp32 && sheet.chance(70) ? fp32 : sheet.pick(floats), count = sheet.pick([1, 4, 5, 8, 11, 16, 19, 33]), data = sheet.data(format), tensors = [0, 1, 2, 3].map(() => sheet.tensor(format, [count], data));
  const one = sheet.tensor(format, [1], data), place = sheet.tensor(s32, [1], (bytes) => new Uint8Array(bytes)), mask = sheet.tensor(formats.find(({ name }) => name === 'u8')!, [count], (bytes) => new Uint8Array(bytes));
  if (tensors.includes(undefined) || one === undefined || place === undefined || mask === undefined) return undefined;
  const [d, a, b, c] = tensors as [string, string, string, string], plain = sheet.chance(60);
  sheet.lines.push(plain ? 'n0 = { round: rne }' : `n0 = { round: ${sheet.pick(roundsOf(sheet))}, daz: ${sheet.pick(['keep', 'signed', 'zero'])}, ftz: ${sheet.pick(['keep', 'after', 'before'])}, minmax: ${sheet.pick(['nan', 'number'])}${sheet.chance(30) ? ', fsat' : ''} }`);
  const order = sheet.pick(['sequential', 'pairs', 'lanes', 'exact']);
  sheet.lines.push(`n1 = { round: ${sheet.pick(['rne', 'rne', 'rd'])}, order: ${order} }`);
  switch (sheet.next() % 5) {
    case 0: for (const op of ['add', 'sub', 'mul', 'div', 'min', 'max']) sheet.lines.push(`binary.${op} ${d}, ${a}, ${b} mode n0`, `binary.${op} ${c}, ${a}, s${8 + (sheet.next() % 8)} mode n0`); break;
    case 1: sheet.lines.push(`fma ${d}, ${a}, ${b} with ${c} mode n0`, `scan.sum ${c}, ${a} mode n0`, `scan.max ${d}, ${a} mode n0`, `unary.rint ${d}, ${b} mode n0`, `unary.sign ${c}, ${b} mode n0`); break;
    case 2: for (const op of ['sum', 'sumsq', 'max', 'min']) sheet.lines.push(`reduce.${op} ${one}, ${a}, r 1 mode n1`); sheet.lines.push(`reduce.argmax ${place}, ${a}, r 1 mode n1`, `reduce.argmin ${place}, ${b}, r 1 mode n0`); break;
    case 3: for (const op of ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'unordered']) sheet.lines.push(`compare.${op} ${mask}, ${a}, ${b}`); break;
    default: if (sheet.has('special')) for (const op of sheet.pick([functionNames.slice(0, 5), functionNames.slice(5, 10), functionNames.slice(10)])) sheet.lines.push(`special.${op} ${d}, ${a} mode n0`);
  }
  return sheet.program();
}

/** A long row of fp32 through one function after the other: of all sizes, near 0, near 1, near multiples of a quarter turn, near the ends. */
export function functions(machine: Profile, seed: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), { next } = sheet, fp32 = formats.find(({ name }) => name === 'fp32')!, count = sheet.pick([64, 900, 3800]);
  if (!sheet.has('special') || !machine.formatCodes.includes(fp32.code)) return undefined;
  const exponents = sheet.pick([[100, 40], [120, 12], [126, 2], [90, 45], [0, 255], [127, 8]]), fine = sheet.chance(50);
  const data = (bytes: number): Uint8Array => {
    const list = new Uint32Array(bytes / 4).map(() => (((next() % 2) << 31) | ((exponents[0]! + (next() % exponents[1]!)) << 23) | (fine ? next() & 0x7f_ffff : (next() & 0x7f_0000) | (next() % 4))) >>> 0);
    return new Uint8Array(list.buffer);
  };
  const a = sheet.tensor(fp32, [count], data), results = [0, 1, 2].map(() => sheet.tensor(fp32, [count], (bytes) => new Uint8Array(bytes)));
  if (a === undefined || results.includes(undefined)) return undefined;
  sheet.lines.push(`n0 = { round: ${sheet.pick(['rne', 'rne', 'rne', ...roundNames])} }`);
  for (const d of results) sheet.lines.push(`special.${sheet.pick(functionNames)} ${d}, ${a} mode n0`);
  return sheet.program();
}
