//! seldom-control: programs and hosts for what control seldom meets: huge shapes of nothing, codes one beyond the last, stops that meet what cannot go, launches over what is set to the last byte.
import type { Program } from '../device.ts';
import { stateLayout } from '../machine/state.ts';
import { packSnapshot, unpackSnapshot } from '../snapshot.ts';
import type { Bench } from './bench.ts';
import { type Directed, directedProgram } from './directed.ts';
import { layDown, region, RING_TAIL } from './host.ts';
import { set } from '../instructions/set.ts';
import { encode } from '../isa/codec.ts';

const wide = '0x800000';
/** Leading dims of a product and of its accumulators: as many elements, or not, beyond what 31, 40 or 64 bits hold. Nothing is multiplied: K or N is 0. */
const leading: readonly (readonly [a: string, acc: string])[] = [
  [`${wide},${wide}`, `${wide},${wide}`], [`${wide},0x100000`, `${wide},0x200000`], ['0x400000,0x600000', '0x600000,0x400000'], [`${wide},${wide}`, `${wide},0x7fffff`], [`${wide},${wide},${wide},${wide}`, `${wide},${wide},${wide},${wide}`],
  [`${wide},${wide},${wide},${wide}`, `${wide},${wide},${wide},0x400000`], ['0x400000,0x400000,6', '0x600000,0x400000,4'], ['0x8000,0x10000', '0x10000,0x8000'], ['0xffffff,0xffffff', '0xffffff,0xffffff'], ['0xffffff,0xfffffd', '0xfffffe,0xfffffe'],
];
const zeros = (rank: number): string => Array(rank).fill('0').join(',');
const rankOf = (dims: string): number => dims.split(',').length;
const products: readonly (readonly [string, string])[] = leading.flatMap(([a, acc], i) => {
  const m = rankOf(a), operand = (name: string, where: string, dims: string): string => `${name} = ${where} [${dims}] at 0x100 stride [${zeros(rankOf(dims))}]`;
  return [
    [`nothing of many rows: ${i}`, `${operand('a', 'spm s8', `${a},0`)}\n c = acc s32 [${acc},0] at 0 stride [${zeros(rankOf(acc) + 1)}]\n mm.set c, a, slot 0, m ${m}\n halt 0`],
    ...(m < 4 ? [[`nothing of many rows, scaled: ${i}`, `${operand('a', 'spm fp16', `${a},0`)}\n ${operand('b', 'spm e8m0', `${i % 2 ? acc : a},0`)}\n c = acc fp32 [${a},0] at 0 stride [${zeros(m + 1)}]\n mm.set scaled c, a, b, slot 0, m ${m}\n halt 0`] as const] : []),
  ];
});

/** Zero points of one bit each, where operands are floats, integers, or both. */
const zeroPoints = ['zpa: 1', 'zpa: -32768', 'zpb: 1', 'zpb: 2', 'zpb: -32768', 'zpo: 1', 'zpo: -32768'].flatMap((zero) => [
  ['of floats that are multiplied', 'w = spm fp16 [2,2] at 0\n a = spm fp16 [2,2] at 64\n c = acc fp32 [2,2] at 0 stride [16,1]\n wload slot 0, w\n mm.set c, a, slot 0 mode n1'],
  ['of floats channel by channel', 'w = spm fp16 [2,2] at 0\n a = spm fp16 [2,2,2] at 64\n c = acc fp32 [2,2] at 0 stride [16,1]\n wload slot 0, w\n mdw.set c, a, slot 0 mode n1'],
  ['of floats that become integers', 'a = spm fp32 [4] at 0\n d = spm s8 [4] at 64\n scale d, a mode n1'], ['of integers that become floats', 'a = spm s32 [4] at 0\n d = spm fp32 [4] at 64\n scale d, a mode n1'],
  ['beside a residual of floats', 'a = spm s32 [2,4] at 0\n r = spm fp32 [2,4] at 64\n d = spm fp32 [2,4] at 128\n t = spm s32 [4,4] at 192\n scale d, a, table t with r mode n1'],
].map(([name, text]) => [`zero points ${name}: ${zero}`, `n1 = { ${zero} }\n ${text}\n halt 0`] as const));

const MODE_LOW = 26, OP_ALU = 0x08, OP_CMP = 0x09, OP_TSET = 0x14, OP_NSET = 0x17, OP_POST = 0x18;
/** Codes beyond the last of a field, in the words of an instruction that is otherwise right; before them what a burst does. */
const beyond = [
  ...[16, 17, 18, 22, 23, 31, 255].map((op) => [OP_ALU, op * 2 ** 24 + 0x02_0304, 5]), ...[5, 6, 7, 255].map((op) => [OP_CMP, op * 2 ** 24 + 0x0001_0203, 5]), ...[1, 2, 3].map((op) => [OP_TSET, op * 2 ** 24 + 0x0300, 5]),
  ...[2, 3, 4, 7].flatMap((field) => [0, 0xffff, 0x1_0000, 0x1_ffff, 0x2_0000].map((value) => [OP_NSET, field * 256, value])), ...[0x1_ffff, 0x2_0000, 0x60, 0x180, 0x1_0000].map((value) => [OP_NSET, 0, value]), ...[0xff, 0x100, 6, 7, 0x38, 2 ** 32 - 5, 2 ** 32 - 16].map((value) => [OP_NSET, 0x100, value]),
  ...[1, 4, 5, 6, 7].map((agent) => [OP_POST, agent * 256 + 5, 1]),
].map(([op, first, second]) => [`a code beyond the last: ${op}, ${first}, ${second}`, `s1 = 3   s2 = 9   s3 = 7   s4 = 1\n s5 = s1 + s2\n .word ${op}, ${first}, ${second}, 0\n s6 = s3 + s4\n halt 0`] as const);

/** Every instruction that has a mode, with all bits of it that may be set: of which it captures its own. */
const moded = set.filter(({ mode }) => mode.length > 0).map((definition) => {
  const [head, ...rest] = encode(definition, {});
  return [`all of a mode: ${definition.mnemonic}`, `${[0x1_febf, 0xf5, -1, 0xffff, -1, -1, -1, -1].map((word, field) => `nset n1, ${field}, ${word}`).join('\n')}\n .word ${(head | (1 << MODE_LOW)) >>> 0}, ${rest.join(', ')}\n halt 0`] as const;
});
/** Kernels by number, more than any pair has. */
const dots = Array.from({ length: 16 }, (_, dot) => dot).flatMap((dot) => [['s8', 's32', 'mm.set c, a'], ['fp16', 'fp32', 'mm.set c, a'], ['fp16', 'fp32', 'mdw.set c, e']].map(([format, sums, line]) => [`kernel ${dot} of ${format}: ${line}`, `
  w = spm ${format} [2,2] at 0   a = spm ${format} [2,2] at 64   e = spm ${format} [2,2,2] at 128   c = acc ${sums} [2,2] at 0 stride [16,1]   n1 = { dot: ${dot} }
  wload slot 0, w   ${line}, slot 0 mode n1
  halt 0`] as const));
/** Jumps and calls to the last instruction, right behind it and beyond. */
const ends = ['jump', 'call'].flatMap((line) => [4, 5, 6, 7].flatMap((to) => [`${line} ${to}`, `${line} s1 + ${to - 3}`].map((text) => [`to ${to} of 6: ${text}`, `s1 = 3\n s2 = 1\n ${text}\n s3 = 1\n s4 = 1\n s5 = 1`] as const)));

/** A descriptor that is copied over another one, which an instruction of a loop uses: each of those that stand beside each other. */
const copied = ['a', 'b', 'c', 'e'].flatMap((to) => ['tcopy', '?p1 tcopy'].map((copy) => [`a descriptor is copied within a loop: ${copy} ${to}`, `
  a = spm s8 [64] at 0   b = spm s8 [64] at 0x100   c = spm s8 [64] at 0x200   e = spm s8 [64] at 0x300   f = spm s8 [32] at 0x400
  fill a, 1   fill b, 2   fill c, 3   fill e, 4   fill f, 5   s2 = 0
  loop 9 { s2 = s2 + 1   p1 = s2 == 6   ${copy} ${to}, f   s3 = s3 + s2   move a, b   move c, e   tcopy f, ${to} }
  halt 0`] as const));
/** The same where dims stay and only the place moves, by one descriptor at a time. */
const moved = ['a', 'b', 'c'].map((to) => [`a descriptor goes from place to place within a loop: ${to}`, `
  a = spm s8 [64] at 0   b = spm s8 [64] at 0x100   c = spm s8 [64] at 0x200   q = spm s8 [64] at 0x800   r = spm s8 [64] at 0x900   u = spm u8 [0x1000] at 0
  fill u, 1   fill a, 7   fill r, 9   s2 = 0
  loop 12 { s2 = s2 + 1   p1 = s2 == 7   p2 = s2 == 9   ?p1 tcopy ${to}, q   ?p2 tcopy ${to}, r   binary.add b, a, c }
  halt 0`] as const);

/** Weights of a slot that is not the first, or of one that is not multiplied, in rounds over K. */
const slots = [[1, 1], [1, 0], [0, 1], [3, 3], [2, 3]].map(([load, multiply]) => [`rounds over K: weights to slot ${load}, a product with slot ${multiply}`, `
  w = spm s8 [16,16] at 0x1000   v = spm s8 [16,16] at 0x400   a = spm s8 [4,16] at 0x4000   acc = acc s32 [4,16] at 0   all = spm u8 [0x8000] at 0
  s1 = 5   s2 = 7   iota all, s1, s2   ainit.zero acc   wload slot 0, v   wload slot 1, v   wload slot 2, v   wload slot 3, v
  loop 3 { s20 = 0   s21 = 0   loop 7 step s20 += 64, s21 += 256 { wload slot ${load}, w[s21]   mm.add acc, a[s20], slot ${multiply} } }
  halt 0`] as const);
/** Accumulators of several panels of which one alone comes near its end. */
const panels = [0, 7, 20, 31].flatMap((column) => ['0x7fffff00', '-0x7fffff00'].map((value) => [`rounds over K: the accumulator of column ${column} near ${value}`, `
  w = spm s8 [8,32] at 0x1000   a = spm s8 [4,8] at 0x3000   acc = acc s32 [4,32] at 0 stride [64,1]   all = spm u8 [0x4000] at 0   n1 = { isat }
  s1 = 120   iota all, s1, s0   wload slot 0, w
  loop 3 { s20 = 0   s21 = 0   loop 6 step s20 += 8, s21 += 256 { wload slot 0, w[s21]   mm.add acc, a[s20], slot 0 mode n1 } }
  halt 0
.data acc 0
${[0, 1, 2, 3].map((row) => `.s32 ${Array.from({ length: 32 }, (_, i) => (i === column && row === 2 ? value : 0)).join(', ')}\n.zero 128`).join('\n')}`] as const));

/** Bases that go below zero and back, of each of the descriptors that stand beside each other: what is prepared with others stays so. */
const below = ['a', 'b', 'c', 'e', 'f', 'g'].map((to) => [`a base goes below zero and back within a loop: ${to}`, `
  a = spm s8 [64] at 0   b = spm s8 [64] at 0x100   c = dram s8 [64] at 0x200   e = dram s8 [64] at 0x300   f = dram s8 [64] at 0x400   g = spm s8 [64] at 0x500
  fill a, 1
  loop 40 { move b, a   ${to}.base += -0x1000   ${to}.base += 0x1000   move a, b }
  halt 0`] as const);
/** Computes of two registers within bursts: an immediate in place of the second would show. */
const computed = ['add', 'sub', 'mul', 'div', 'divu', 'rem', 'remu', 'and', 'or', 'xor', 'shl', 'shr', 'sra', 'min', 'max', 'minu', 'maxu'].map((op) => [`two registers within a burst: ${op}`, `
  s1 = 0x1234567   s2 = 3   s3 = -5
  loop 7 { s4 = s1 ${op} s2   s5 = s5 xor s4   s4 = s3 ${op} s2   s5 = s5 + s4   s1 = s1 + s5   s2 = s2 + 1 }
  halt 0`] as const);
/** A loop of many rounds, then of few or one by one: from where the last of the many was, and from behind it. */
const fewer = [0, 16].flatMap((back) => [1, 2, 3].flatMap((few) => ['d[s2], d[s2], a', 'd[s2], a[s2], d[s2]', 'd, d, a[s2]'].map((line) => [`rounds of many, then ${few}, from ${back} before: ${line}`, `
  a = spm s32 [16] at 0   d = spm s32 [16] at 0x4000   all = spm u8 [0x8000] at 0   s8 = 1   s9 = 3   s3 = 9
  iota all, s8, s9
  loop 5 { loop s3 step s2 += 16 { binary.add ${line} }   s2 = s2 - ${back}   s3 = s3 xor ${9 ^ few} }
  halt 0`] as const)));

const texts: readonly (readonly (readonly [name: string, text: string])[])[] = [[
  ...products, ...zeroPoints, ...beyond, ...moded, ...dots, ...ends, ...copied, ...moved, ...below, ...computed, ...fewer, ...slots,
  ['a descriptor that changed a thousand times', `
    a = spm s32 [16] at 0   d = spm s32 [16] at 0x4000   all = spm u8 [0x8000] at 0
    fill all, 3
    loop 1000 { a.base += 0   d.base += 0 }
    loop 75 { loop 7 { a.base += 0   d.base += 0 }   s2 = 0   loop 9 step s2 += 16 { binary.add d[s2], a[s2], a[s2] } }
    special.exp a, a
    halt 0`],
  ['subnormals that are widened behind a residual of many rows, queued', `
    K = acc s32 [1,1,1,32,4] at 0 stride [0,0,0,16,1]   c = spm s8 [1,1,1,32,4] at 0   t = spm s32 [4,4] at 0x100   d = spm s8 [1,1,1,32,4] at 0x200   x = spm fp16 [2,4] at 0x400   P = acc fp32 [2,4] at 0x4000 stride [16,1]
    drain d, K, table t with c wait m5
    ainit.load P, x
    drain d, K, table t with c
    ainit.load P, x
    post m5, 1
    halt 0
.data spm 0
.zero 0x400
.data spm 0x400
.u16 1, 0x8001, 0x3ff, 0x3c01, 0x7c00, 0x7e00, 0x83ff, 0x0200
.data acc 0
.zero 4096`],
  ['a token that never comes', 's1 = 1\n s2 = 2 wait m5\n halt 0'],
], [], panels];

/** Each with the number of its machine. */
export const seldomControl = (): readonly (Directed & { readonly machine: number })[] => texts.flatMap((of, machine) => of.map(([name, text]) => ({ ...directedProgram(name, text), machine })));

/** About as many instructions as bursts keep: a program goes to its end and over it, where words lie that look like instructions; loops and instructions of units on the way. For a machine with room. */
export const longPrograms = (): readonly Directed[] => [65_535, 65_536, 65_537, 65_544].map((count) => directedProgram(`${count} instructions`, `
  a = spm s32 [4] at 0   b = spm s32 [4] at 16
  fill a, 3   fill b, 4   jump first
  .org ${count - 12}
  first: s9 = s9 + 1   p1 = s9 < 4   ?p1 jump ${count - 2}
  loop 6 step s2 += 1 {
    s1 = s1 + s2   move b, a   s3 = s3 xor s1 }
  .org ${count - 2}
  ?p1 jump first   s4 = s4 + 1
  .constants
  .u32 ${Array(4).fill(`${OP_ALU}, 0x30303, 5, 0`).join(', ')}`));

// ---- hosts
const CTRL = 0x40, DEBUG = 0x240, BREAKPOINTS = 0x244, WATCHPOINTS = 0x260, RESUME = 2, STEP = 4, BREAK = 8;
const programOf = (text: string): Program => directedProgram('a program of a host', text).program;

/** Watchpoints beyond 32 bits, around them, and of no length; by each of the four. */
const watchedFar = (bench: Bench): void => {
  const { device } = bench, program = programOf('x = spm s8 [4] at 0x100\n y = spm s8 [4] at 0x108\n fill x, 1\n move y, x\n halt 0');
  for (let which = 0; which < 4; which++) {
    for (const [low, high, length] of [[0x100, 0, 1], [0x100, 1, 1], [0x100, 0, 0], [0x104, 0, 4], [0, 0, 0x100], [0, 0, 0x101], [0xffff_ff00, 0xffff_ffff, 0x201], [0xffff_ff00, 0, 0x300], [0, 1, 0xffff_ffff], [0x10b, 0x8000_0000, 4]] as const) {
      device.load(program);
      for (const [word, value] of [2 | 0x300, low, high, length].entries()) device.csrWrite(WATCHPOINTS + 16 * which + 4 * word, value);
      device.csrWrite(DEBUG, 0x10 << which);
      bench.run();
      bench.note(device.csrRead(0x884));
    }
  }
};

/** An instruction that waits, traps, is passed over or breaks, at a breakpoint, behind a step, when the host asks for a stop, and where the watchdog ends the run. */
const stopsThatMeet = (last: string) => (bench: Bench): void => {
  const { device } = bench, program = programOf(`s1 = 1\n ${last}\n s3 = 3\n halt 0`);
  for (const stop of [RESUME, STEP, BREAK, RESUME | BREAK, STEP | BREAK]) {
    device.load(program);
    device.csrWrite(BREAKPOINTS, 1);
    device.csrWrite(BREAKPOINTS + 8, 2);
    device.csrWrite(DEBUG, 5);
    bench.run();
    for (let turn = 0; turn < 3; turn++) {
      device.csrWrite(CTRL, stop);
      if (turn % 2) bench.execute();
      else bench.run();
      bench.note(device.csrRead(0x884));
      bench.note(device.csrRead(0x44));
    }
    bench.final();
  }
};
const watchdogs = (last: string) => (bench: Bench): void => {
  const program = programOf(`s1 = 1\n ${last}\n s3 = 3\n halt 0`);
  for (let watchdog = 1; watchdog < 4; watchdog++) {
    bench.device.load(program);
    bench.run({ watchdog });
    bench.final();
  }
};

/** A machine at rest of which every byte that a launch clears is set, as a snapshot brings it; the ring launches a program on it. */
const launchedOverAll = (bench: Bench): void => {
  const { device } = bench, { at } = stateLayout;
  layDown(device, programOf('s1 = s1 + 1\n halt 5'), []);
  const parts = unpackSnapshot(device.snapshot(), device.profile.hash), state = parts.state.slice(), view = new DataView(state.buffer);
  state.fill(0xff, at.registers + 4, at.registers + 128);
  state.fill(0xff, at.tensors, at.modes);
  for (let mode = 0; mode < 4; mode++) for (const word of [4, 5, 6, 7]) view.setUint32(at.modes + 32 * mode + 4 * word, 0xffff_ffff, true);
  state.fill(0xff, at.order, at.order + 24);
  state.fill(0x7f, at.numeric, at.numeric + 4 * 10 * 8);
  state.fill(0x7f, at.counters, at.counters + 96);
  view.setUint32(at.predicates, 0xff, true);
  view.setUint32(at.haltValue, 0xffff_ffff, true);
  device.restore(packSnapshot({ ...parts, state }, device.profile.hash));
  bench.final();
  device.csrWrite(RING_TAIL, 1);
  bench.run();
  bench.final();
};

/** Counters beyond 32 bits, each read low and high, one behind the other and the high one alone. */
const latched = (bench: Bench): void => {
  const { device } = bench, { numeric, counters } = stateLayout.at;
  device.load(programOf('halt 0'));
  const parts = unpackSnapshot(device.snapshot(), device.profile.hash), state = parts.state.slice(), view = new DataView(state.buffer);
  for (const [from, count] of [[numeric, 40], [counters, 12]] as const) for (let i = 0; i < 2 * count; i++) view.setUint32(from + 4 * i, (Math.imul(from + i, 0x9e37_79b1) >>> 1) | 1, true);
  device.restore(packSnapshot({ ...parts, state }, device.profile.hash));
  for (let offset = 0x500; offset < 0x800; offset += 4) bench.note(device.csrRead(offset));
};

/** Registers at both ends of each kind of them, right before and right behind, each with its own error. */
const edges = (bench: Bench): void => {
  const { device } = bench;
  device.load(programOf('s1 = 1\n trap 3'));
  bench.run();
  for (const offset of [0xfc, 0x100, 0x178, 0x17c, 0x180, 0x1fc, 0x200, 0x230, 0x234, 0x23c, 0x240, 0x244, 0x250, 0x254, 0x25c, 0x260, 0x29c, 0x2a0, 0x3fc, 0x400, 0x4fc, 0x500, 0x5fc, 0x600, 0x65c, 0x660, 0x67c, 0x680, 0x7fc, 0x800, 0x87c, 0x880, 0x898, 0x8a0, 0x8bc, 0x8c0, 0x93c, 0x940, 0xffc, 0x1000, 0x1ffc, 0x2000, 0x207c, 0x2080, 0x4000, 0x4008, 0x400c, 0x7ffc, 0x8000, 0xfffc, 0x1_0000]) {
    device.csrWrite(0x48, 1);
    bench.note(device.csrRead(offset));
    bench.note(device.csrRead(0x48));
  }
};
/** Faults whose address has more than 32 bits, or a sign: all words of their record. */
const faultWords = (bench: Bench): void => {
  for (const high of [1, 2, 0x7fff, 0x8000, 0xffff]) {
    bench.device.load(programOf(`x = dram s8 [4] at 0x400\n y = spm s8 [4] at 0\n x.base_hi = ${high}\n load y, x\n halt 0`));
    bench.run();
    for (let word = 0; word < 13; word++) bench.note(bench.device.csrRead(0x200 + 4 * word));
  }
};
/** Transfers before, into, across and behind two regions: the first byte that may not be touched is blamed. */
const blamed = (transfer: string) => (bench: Bench): void => {
  for (const at of [0x1800, 0x2800, 0x3800, 0x4800, 0x7800, 0x8800, 0x9800, 0xa800, 0xb800, 0xf800]) {
    layDown(bench.device, programOf(`x = dram s8 [0x1000] at ${at}\n y = spm s8 [0x1000] at 0\n fill y, 1\n ${transfer}\n halt 0`), [...region(0, 4, 8, 7), ...region(1, 10, 12, 1), ...region(2, 12, 14, 2)]);
    bench.device.csrWrite(RING_TAIL, 1);
    bench.run();
    for (const word of [0, 2, 9, 10]) bench.note(bench.device.csrRead(0x200 + 4 * word));
  }
};
/** Transfers in a loop that cross, step by step, the border of a region before theirs. */
const crossing = (transfer: string) => (bench: Bench): void => {
  for (const [from, by] of [[0x8f00, 48], [0x9100, -48], [0x8fe0, 16], [0x9010, -16]] as const) for (const attributes of [0, 1, 2]) {
    layDown(bench.device, programOf(`x = dram s8 [64] at ${from}\n e = spm s8 [64] at 0\n fill e, 2\n s2 = 0\n loop 12 step s2 += ${by} { ${transfer} }\n halt 0`), [...region(0, by > 0 ? 9 : 8, by > 0 ? 10 : 9, attributes), ...region(1, 0, 32, 7)]);
    bench.device.csrWrite(RING_TAIL, 1);
    bench.execute();
    for (const word of [0, 2, 9]) bench.note(bench.device.csrRead(0x200 + 4 * word));
    bench.note(bench.device.csrRead(0x800 + 8));
  }
};
/** Transfers in a loop that go beyond the end of DRAM, in a region that does as well: of bytes that are known, on both sides or on one, or not. */
const overTheEnd = (bench: Bench): void => {
  const pages = bench.device.profile.dramBytes / 4096;
  for (const transfer of ['store x[s2], e', 'load e, x[s2]']) for (const known of ['fill e, 2\n fill f, 3\n store all, f', 'fill f, 3\n store all, f', 'fill e, 2', '']) {
    layDown(bench.device, programOf(`x = dram s8 [64] at ${4096 * pages - 512}\n e = spm s8 [64] at 0\n all = dram s8 [512] at ${4096 * pages - 512}\n f = spm s8 [512] at 64\n ${known}\n s2 = 0\n loop 12 step s2 += 64 { ${transfer} }\n halt 0`), region(0, 0, 2 * pages, 7));
    bench.device.csrWrite(RING_TAIL, 1);
    bench.execute();
    for (const word of [0, 2, 9]) bench.note(bench.device.csrRead(0x200 + 4 * word));
  }
};
/** Queues of each depth, one by one: what a loop meets again is prepared whatever their depth is. */
const depths = (bench: Bench): void => {
  for (let queueDepth = 1; queueDepth <= 16; queueDepth++) for (const budget of [1, 5]) {
    bench.device.load(programOf('a = spm s8 [64] at 0   b = spm s8 [64] at 0x100\n fill a, 1\n loop 9 step s2 += 64 { move b[s2], a   s3 = s3 + s2 }\n halt 0'));
    for (let turn = 0; turn < 40; turn++) bench.execute({ queueDepth, budget: turn % 2 ? budget : 1 });
  }
};
/** A program that ends within a loop, launched again: no loop is open, and none is left. */
const endsInLoop = (bench: Bench): void => {
  layDown(bench.device, programOf('p1 = s8 == 1\n ?p1 leave\n loop 3 step s3 += 2 { loop 2 { halt 1 } }'), []);
  for (let tail = 1; tail < 4; tail++) {
    bench.device.csrWrite(RING_TAIL, tail);
    bench.run();
    for (const offset of [0x894, 0x8c0, 0x8c4, 0x8e0, 0x80c, 0x884]) bench.note(bench.device.csrRead(offset));
  }
};

/** Without checksums nothing is summed up. */
const bare = (bench: Bench): void => {
  bench.device.load(programOf('x = spm s8 [4] at 0\n fill x, 1\n halt 0'));
  bench.run({ digests: false });
};

const meeting = { waits: 's2 = 2 wait m5', 'of a unit waits': 'fence dmi wait m5', traps: 'trap 7', 'is passed over': '?!p0 s2 = 2', breaks: 'break 3', 'is undefined': '.word 0, 0, 0, 0' };
export const controlHosts: Readonly<Record<string, (bench: Bench) => void>> = {
  'watchpoints far away': watchedFar, 'a launch over what is set': launchedOverAll, 'counters low and high': latched, 'records without checksums': bare, 'registers at edges': edges, 'words of faults': faultWords, 'blame at regions, read': blamed('load y, x'), 'blame at regions, written': blamed('store x, y'),
  'crossing a border, written': crossing('store x[s2], e'), 'crossing a border, read': crossing('load e, x[s2]'), 'an end within loops': endsInLoop, 'over the end of DRAM': overTheEnd, 'queues of each depth': depths,
  ...Object.fromEntries(Object.entries(meeting).flatMap(([what, text]) => [[`stops that meet what ${what}`, stopsThatMeet(text)], [`a watchdog that meets what ${what}`, watchdogs(text)]])),
};
