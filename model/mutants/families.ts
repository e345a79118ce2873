//! families: programs that go through all of a kind: every pair of events in one instruction, every operand from its last element to its first in five axes.
import type { Program } from '../device.ts';
import type { Profile } from '../machine/profile.ts';
import { type Format, formatByCode, formats } from '../numerics/format.ts';
import { functionNames } from '../numerics/functions.ts';
import { cornerCodes } from '../verify/corners.ts';
import { directedProgram } from './directed.ts';
import { Sheet } from './layers.ts';
import { bytesOf, spread } from './numbers.ts';

const named = (name: string): Format => formats.find((one) => one.name === name)!;
/** Pairs of a format that one program holds, each in an instruction of its own. */
const PAIRS = 49;

/**
 * Two elements an instruction: what the first raises must not be lost where the second raises something else, nor come again. Every work on the
 * pairs of some corners of one format, in loops whose registers step from pair to pair; behind the pair stand tame numbers, or none.
 */
export function pairs(machine: Profile, seed: number, nth: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), own = machine.formatCodes.map((code) => formatByCode(code)!).filter(({ kind, signed, width }) => width >= 8 && width <= 32 && (kind === 'integer' || (kind === 'float' && signed)));
  const format = own[nth % own.length]!, isFloat = format.kind === 'float', list = cornerCodes(format), length = sheet.pick([2, 2, 4, 12]), seven = Array.from({ length: 7 }, () => sheet.pick(list)), tame = cornerCodes(format)[1]!;
  const at = (turn: number) => (i: number): bigint => { const pair = Math.floor(i / length), place = i % length; return place > 1 ? tame : seven[(place === 0 ? pair + turn : Math.floor(pair / 7)) % 7]!; };
  const memory = (turn: number): string | undefined => sheet.tensor(format, [PAIRS * length], (bytes) => bytesOf(format, bytes, at(turn)));
  const [a, b, c] = [0, 1, 3].map(memory), others = own.filter((one) => one.code !== format.code), to = sheet.pick(others), d = sheet.tensor(format, [length], (bytes) => new Uint8Array(bytes)), e = sheet.tensor(to, [length], (bytes) => new Uint8Array(bytes));
  const few = sheet.tensor(format, [1], (bytes) => new Uint8Array(bytes)), table = sheet.tensor(named('s32'), [length, 4], (bytes) => bytesOf(named('fp32'), bytes, () => sheet.pick(cornerCodes(named('fp32')))));
  if ([a, b, c, d, e, few, table].includes(undefined)) return undefined;
  const short = (name: string): string => `${name}[s2]`, view = [a, b, c].map((name) => name!), mode = (): string => `round: ${sheet.pick(['rne', 'rne', 'rz', 'ru', 'odd'])}${sheet.chance(50) ? ', isat' : ''}${sheet.chance(40) ? ', fsat' : ''}, daz: ${sheet.pick(['keep', 'keep', 'signed'])}, ftz: ${sheet.pick(['keep', 'keep', 'after', 'before'])}, scale: ${isFloat ? sheet.pick(['none', 'fp32mul', 'fp32div']) : sheet.pick(['none', 'fixed', 'fp32mul'])}, order: ${sheet.pick(['sequential', 'pairs', 'lanes', 'exact'])}`;
  // The same bytes as rows of one pair each.
  for (const name of view) sheet.lines.push(`${name}.dim0 = ${length}`);
  sheet.lines.push(`n0 = { round: rne }`, `n1 = { ${mode()} }`);
  const [x, y] = view.map(short) as [string, string], works = [
    ...['add', 'sub', 'mul', 'min', 'max', ...(isFloat ? ['div'] : [])].map((op) => `binary.${op} ${d}, ${x}, ${y}`), `fma ${d}, ${x}, ${y} with ${view[2]}`, `clamp.leaky ${d}, ${x}, ${y}`, `clamp.relu ${d}, ${x}`, `unary.neg ${d}, ${x}`,
    `convert ${e}, ${x}`, `convert ${e}, ${y}`, `scale ${e}, ${x}, table ${table}`, `scale ${d}, ${y}, table ${table}`, `scan.sum ${d}, ${x}`, ...['sum', 'sumsq', 'max'].map((op) => `reduce.${op} ${few}, ${x}, r 1`),
    ...(isFloat && sheet.has('special') ? functionNames.map((op) => `special.${op} ${d}, ${x}`) : []),
  ];
  const first = sheet.next() % works.length;
  for (let i = 0; i < 8; i++) sheet.lines.push(`s2 = 0`, `loop ${PAIRS} step s2 += ${length} { ${works[(first + i) % works.length]} mode ${sheet.pick(['n0', 'n1'])} }`);
  return sheet.program();
}

/**
 * Floats of all binades through everything that adds them: the distance between two exponents is any, at which digits begin to be shifted out, are shifted
 * out to the last, or to the last but one.
 */
export function distances(machine: Profile, seed: number): ReturnType<Sheet['program']> {
  const sheet = new Sheet(machine, seed), floats = machine.formatCodes.map((code) => formatByCode(code)!).filter(({ kind, signed, exponentBits }) => kind === 'float' && signed && exponentBits >= 5), wide = floats.filter(({ exponentBits }) => exponentBits === 8);
  const format = wide.length > 0 && sheet.chance(80) ? sheet.pick(wide) : sheet.pick(floats), d = sheet.pick(floats), count = 96, data = (bytes: number): Uint8Array => spread(format, bytes, sheet.next);
  const [a, b, c] = [0, 1, 2].map(() => sheet.tensor(format, [count], data)), e = sheet.tensor(d, [count], (bytes) => new Uint8Array(bytes)), pairwise = sheet.tensor(format, [count / 2, 2], data), sums = sheet.tensor(format, [count / 2], (bytes) => new Uint8Array(bytes));
  const words = sheet.tensor(named('s32'), [count, 4], (bytes) => spread(named('fp32'), bytes, sheet.next));
  if ([a, b, c, e, pairwise, sums, words].includes(undefined)) return undefined;
  const round = (): string => sheet.pick(['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd']);
  sheet.lines.push(`n0 = { round: ${round()}, ftz: ${sheet.pick(['keep', 'keep', 'after', 'before'])}, scale: ${sheet.pick(['none', 'fp32mul', 'fp32div'])} }`, `n1 = { round: ${round()}, order: ${sheet.pick(['sequential', 'pairs', 'lanes', 'exact', 'exact'])} }`);
  sheet.lines.push(...['add', 'sub', 'mul', 'div'].map((op) => `binary.${op} ${e}, ${a}, ${b} mode n0`), `fma ${e}, ${a}, ${b} with ${c} mode n0`, `fma ${e}, ${c}, ${b} with ${a} mode n1`, `scale ${e}, ${a}, table ${words} mode n0`, `reduce.sum ${sums}, ${pairwise}, r 1 mode n1`, `reduce.sumsq ${sums}, ${pairwise}, r 1 mode n1`, `scan.sum ${e}, ${b} mode n1`, `convert ${e}, ${c} mode n0`);
  return sheet.program();
}

/** Instructions of units on operands of five axes, of which the last runs from its end to its beginning. */
const backward: readonly string[] = [
  'binary.add d, a, b mode n0', 'binary.mul f, g, h mode n0', 'bitwise.and d, a, b', 'shift.left d, a, s1 mode n0', 'shift.right d, a, b mode n0', 'unary.neg d, a mode n0', 'clamp.relu d, a mode n0', 'clamp.leaky f, g, h mode n0', 'compare.lt m, a, b', 'select d, a, b with m', 'fma d, a, b with c mode n0', 'fma f, g, h with f mode n0', 'convert d, g mode n0', 'convert f, a mode n0', 'move d, a',
  'reduce.sum r, a, r 1 mode n0', 'reduce.max r, a, r 1', 'scan.sum d, a mode n0', 'take d, a, i', 'iota i, s1, s2', 'fill d, 7', 'load d, X', 'store X, d', 'load f, Y', 'special.exp f, g mode n0', 'special.recip f, g', 'scale d, k mode n0', 'scale d, k, table t mode n0', 'scale d, k, table t with c mode n0', 'scale.leaky d, k, table t mode n0', 'drain d, K mode n0', 'drain d, K, table t mode n0', 'ainit.zero K', 'ainit.load K, k',
  'gather d, X, i', 'scatter X, d, i', 'scatter.add X, d, i', 'lut.direct8 d, a, u', 'wload slot 0, w', 'mm.set K, a, slot 0', 'mm.add K, a, slot 0', 'mdw.set K, a, slot 0', 'bquant q, g with v mode n0', 'bdequant g, q, v', 'unpack.expand d, a, b', 'unpack.palette d, b, u, bits 4', 'random.bits d, s1', 'crc y, a', 'put X, d', 'get d, X',
];
const tensors = ([['d', 's8', 0x10], ['a', 's8', 0x30], ['b', 's8', 0x50], ['c', 's8', 0x70], ['f', 'fp32', 0x100], ['g', 'fp32', 0x140], ['h', 'fp32', 0x180], ['m', 'u8', 0x1c0], ['i', 's32', 0x200], ['k', 's32', 0x240], ['q', 'e4m3', 0x280], ['u', 's8', 0x2a0], ['w', 's8', 0x2c0]] as const)
  .map(([name, format, at]) => `${name} = spm ${format} [1,1,1,1,8] at ${at + 7 * (named(format).width / 8)} stride [8,8,8,8,-1]`).join('   ');
/** Those that are legal so do their work; the others say why not, each in its own way. */
export const backwards = (): readonly { readonly name: string; readonly program: Program; readonly instructions: number }[] => backward.map((line) => directedProgram(`backwards: ${line}`, `
  ${tensors}   r = spm s8 [1,1,1,1] at 0x300   y = spm u32 [1] at 0x380   t = spm s32 [8,4] at 0x340   v = spm e8m0 [1,1,1,1,1] at 0x3f0   X = dram s8 [1,1,1,1,8] at 0x1007 stride [8,8,8,8,-1]   Y = dram fp32 [1,1,1,1,8] at 0x111c stride [8,8,8,8,-1]
  K = acc s32 [1,1,1,1,8] at 0   all = spm u8 [0x400] at 0   n0 = { scale: fixed, isat }
  s1 = 1   s2 = 1   fill all, 1
  ${line}
  halt 0`));
