//! descriptors: every instruction with a word of one of its descriptors changed, or of two, one after the other: what a rule forbids traps, at this operand; all else acts.
import type { Program } from '../device.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import { formats } from '../numerics/format.ts';
import type { Bench } from './bench.ts';
import { directedProgram } from './directed.ts';

const dense = (format: string, at: number, dims = '2,3,4'): string => `spm ${format} [${dims}] at ${at}`;
const onRows = (format: string, row: number, columns = 4): string => `acc ${format} [2,3,${columns}] at ${1024 * row} stride [48,16,1]`;
/** Tensors by name: what a line names is declared. */
const tensors: Readonly<Record<string, string>> = {
  d: dense('s8', 0x10), a: dense('s8', 0x30), b: dense('s8', 0x50), c: dense('s8', 0x70), m: dense('u8', 0x90), v: dense('s16', 0xb0), f: dense('fp32', 0x100), g: dense('fp32', 0x160), h: dense('fp32', 0x1c0), e: dense('fp32', 0x220),
  i: dense('s32', 0x300), k: dense('s32', 0x360), t: dense('s32', 0x400, '4,4'), r: dense('s8', 0x440, '2,3'), o: dense('s32', 0x480, '2'), y: dense('u32', 0x490, '1'), one: dense('s32', 0x494, '1'), u: dense('s8', 0x500, '256'), l: dense('s16', 0x600, '513'),
  palette: dense('s8', 0xb00, '4'), stream: dense('u8', 0xb10, '6'), half: dense('s8', 0xb20, '4,4'), picks: dense('u4', 0xb40, '2,4'), whole: dense('s8', 0xb80, '8,4'), narrow: dense('e3m2', 0xbc0, '24'), packed: dense('u8', 0xbe0, '18'),
  x: 'dram s8 [2,3,4] at 0x1000', X: 'dram s8 [5,3,4] at 0x1100', z: 'dram fp32 [2,3,4] at 0x1200', p: 'dram s8 [2,1,4] at 0x1300',
  K: onRows('s32', 0), w: dense('s8', 0xc00, '4,8'), L: onRows('s32', 1, 8), n: dense('s8', 0xc40, '3,4'), M: 'acc s32 [2,4] at 0x800 stride [16,1]', s: dense('u4', 0xc60, '2,8'), P: onRows('fp32', 3), Q: onRows('s8', 4), R: onRows('s16', 5),
  A: dense('fp16', 0xd00, '2,3,16'), W: dense('fp16', 0xf00, '16,8'), B: dense('e8m0', 0x1100, '2,3,1'), S: dense('e8m0', 0x1110, '1,8'), F: onRows('fp32', 6, 8), C: dense('fp32', 0x1200, '2,3,32'), D: dense('e4m3', 0x1500, '2,3,32'), E: dense('s8', 0, '65536'),
  N: dense('e2m1', 0x1000, '16,8'), U: dense('ue4m3', 0x1040, '1,8'), O: dense('e2m1', 0x1060, '2,3,16'), V: dense('ue4m3', 0x10a0, '2,3,1'), J: onRows('fp16', 7, 8), Y: dense('fp16', 0x1200, '2,3,16'), H: dense('fp16', 0x1300, '2,3,4'), Z: dense('fp16', 0x1340, '2,3,4'),
};
/** Of an instruction the last of a line; what comes before it makes it legal. */
const lines: readonly string[] = [
  's2 = ld one', 'st one, s2', 'load d, x', 'load f, x', 'fill d, 7', 'gather d, X, o', 'unpack.palette d, stream, palette, bits 2', 'unpack.expand whole, half, picks', 'unpack.packed narrow, packed', 'crc y, a', 'store x, d', 'store.add x, d', 'scatter X, d, o', 'scatter.add X, d, o',
  'wload slot 0, w', 'wload.sparse slot 0, w, s', 'wload.scaled slot 0, W, S', 'ainit.zero K', 'ainit.load P, f', 'wload slot 0, w   mm.set L, a, slot 0, m 2', 'wload slot 0, w   mm.add L, a, slot 0, m 2', 'wload.scaled slot 0, W, S   mm.set scaled F, A, B, slot 0, m 2', 'wload.scaled slot 2, W, S   mm.set scaled F, A, B, slot 2, m 2', 'wload slot 0, n   mdw.add M, a, slot 0', 'drain d, K mode n1', 'drain d, K, table t mode n0', 'drain d, K, table t with c mode n0',
  'binary.add d, a, b', 'binary.mul f, g, h', 'binary.max d, a, s1', 'fma d, a, b with c', 'fma f, g, s1 with h', 'compare.lt m, a, b', 'compare.eq m, f, s1', 'select d, a, b with m', 'bitwise.xor d, a, b', 'shift.left d, a, b', 'shift.right d, a, s1', 'move d, a', 'convert d, f', 'unary.neg d, a', 'special.exp f, g', 'clamp.relu d, a', 'clamp.leaky d, a, b', 'clamp.leaky f, g, s1',
  'lut.direct8 d, a, u', 'lut.linear32 i, v, l', 'lut.linear16 v, v, l', 'lut.direct16 Q, R, E', 'reduce.sum r, a, r 1', 'scan.sum d, a', 'iota i, s1, s2', 'random.bits y, s1', 'take d, a, i', 'scale d, k mode n1', 'scale d, k, table t mode n0', 'scale d, k, table t with c mode n0', 'bquant D, C with B', 'bdequant C, D, B', 'put x, d', 'get d, x',
  'wload.scaled slot 0, N, U', 'wload.scaled slot 0, N, U   mm.set scaled J, O, V, slot 0, m 2', 'bquant O, Y with V', 'binary.add H, Z, H', 'convert H, Z', 'fma H, Z, s1 with H',
];

const OP_TLOAD = 0x15, BLOCK_BYTES = 64, STEPS = 60;
/** Words of a descriptor: its type, the base, dims and strides from 3 and 8 on, pads, the fill. */
const TYPE = 0, BASE = 1, BASE_HIGH = 2, DIMS = 3, STRIDES = 8, LOW = 13, HIGH = 14, FILL = 15;
type Change = readonly [word: number, change: (old: number) => number];
/** Codes of formats, and such as there are not. */
const codes: readonly Change[] = [0, 63, 255, ...formats.map(({ code }) => code)].map((code): Change => [TYPE, (old) => (old & ~0xff) | code]);
/** Fewer bytes on than granules have. */
const places: readonly Change[] = [1, 2, 4, 8, 32].map((by) => [BASE, (old) => old + by]);
const every: readonly Change[] = [
  ...codes,
  ...[1, 8].map((layout): Change => [TYPE, (old) => old | (layout << 16)]), ...[0, 1, 2, 4, 5, 6].map((rank): Change => [TYPE, (old) => (old & ~0x3800) | (rank << 11)]), ...[0, 1, 2, 3, 4].map((space): Change => [TYPE, (old) => (old & ~0x700) | (space << 8)]), [TYPE, (old) => old | 0x4000], [TYPE, (old) => old | 0x10_0000],
  ...places, ...[0x1_0000, 0x4_0000].map((by): Change => [BASE, (old) => old + by]), [BASE_HIGH, () => 1], [BASE_HIGH, () => 0x1_0000], [LOW, () => 1], [HIGH, () => 64], [LOW, () => 1 << 18], [FILL, () => 5], [FILL, () => 0x100],
  ...[0, 1, 2, 3, 4].flatMap((axis): readonly Change[] => [[DIMS + axis, () => 0], [DIMS + axis, (old) => old + 1], [DIMS + axis, (old) => old ^ 0x1_0000], [STRIDES + axis, (old) => old + 1], [STRIDES + axis, () => 0]]),
];
/** Of two operands at once: both have more elements along an axis, or none; or one has no type, and the other any. */
const together: readonly Change[] = [0, 1, 2].flatMap((axis): readonly Change[] => [[DIMS + axis, () => 0], [DIMS + axis, (old) => old + 1]]), UNSET: Change = [TYPE, () => 0];

interface Line { readonly program: Program; readonly instructions: number; readonly blocks: readonly number[] }
/** A line with its descriptors; where their words lie in the image. */
function lined(line: string): Line {
  const names = Object.keys(tensors).filter((name) => new RegExp(`\\b${name}\\b(?!\\.)`).test(line.replace(/slot \d|m 2|mode n\d|r 1|bits 2/g, '')));
  const { program, instructions } = directedProgram(line, `${names.map((name) => `${name} = ${tensors[name]}`).join('\n')}\n n0 = { scale: fixed, isat }\n s1 = 3\n s2 = 1\n ${line}\n halt 0\n.data spm 0\n.zero 0x1600`), blocks: number[] = [];
  const view = new DataView(program.image.buffer, program.image.byteOffset);
  for (let pc = 0; pc < instructions; pc++) {
    const at = IMAGE_HEADER_BYTES + pc * INSTRUCTION_BYTES;
    if (view.getUint8(at) === OP_TLOAD) blocks.push(view.getUint32(at + 8, true));
  }
  return { program, instructions, blocks: [...new Set(blocks)].filter((at) => at + BLOCK_BYTES <= program.image.length) };
}
/** A line as it is, then with each of some changes of each of its descriptors, then with each of two at once. */
function* changed({ program, blocks }: Line, changes: readonly Change[]): Generator<Program, void> {
  const by = (...these: readonly (readonly [block: number, change: Change])[]): Program => {
    const image = program.image.slice(), view = new DataView(image.buffer);
    for (const [block, [word, change]] of these) view.setUint32(block + 4 * word, change(view.getUint32(block + 4 * word, true)) >>> 0, true);
    return { ...program, image };
  };
  yield program;
  for (const block of blocks) for (const change of changes) yield by([block, change]);
  for (const first of blocks) for (const second of blocks) if (first !== second) for (const other of codes) yield by([first, UNSET], [second, other]);
  for (const [i, first] of blocks.entries()) for (const second of blocks.slice(i + 1)) for (const change of together) yield by([first, change], [second, change]);
}
const session = (line: Line, changes: readonly Change[]) => (bench: Bench): void => {
  for (const program of changed(line, changes)) {
    bench.device.load(program);
    bench.run({ budget: STEPS });
    bench.final();
  }
};

/** On a machine with everything all changes; on one that lacks formats and features, and has granules, those of formats and places. */
export const descriptorSessions = (whole: boolean): readonly { readonly program: Program; readonly instructions: number; readonly act: (bench: Bench) => void }[] =>
  lines.map(lined).map((one) => ({ program: one.program, instructions: one.instructions, act: session(one, whole ? every : [...codes, ...places]) }));
/** The programs of them all. */
export function* descriptorPrograms(): Generator<Program, void> { for (const line of lines) yield* changed(lined(line), every); }
