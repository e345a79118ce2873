//! seldom-reports: programs for what is reported of limits: quotients by small numbers, registers at the ends of their windows, descriptors that change before what is prepared with them, operands off a granule.
import type { Program } from '../device.ts';
import type { Profile } from '../machine/profile.ts';
import { controlLayout, stateLayout } from '../machine/state.ts';
import { packSnapshot, unpackSnapshot } from '../snapshot.ts';
import type { Bench } from './bench.ts';
import { type Directed, directedProgram } from './directed.ts';
import { grained } from './machines.ts';

/** Quotients and comparisons of two registers, both of which go from below zero to above. */
const quotients = ['div', 'divu', 'rem', 'remu'].flatMap((op) => [-3, -1, 0].map((from) => [`${op} by small numbers from ${from}`, `
  s1 = 100   s2 = 0x80000000   s5 = ${from}   s7 = 9
  loop 12 step s5 += 1, s7 += -2 {
    s3 = s1 ${op} s5
    s4 = s2 ${op} s5
    s6 = s7 ${op} s5
    ${[['s5', 's7'], ['s7', 's1'], ['s2', 's7']].map(([a, b], i) => ['<', '<=', '<u', '<=u', '==', '!='].map((relation, j) => `p1 = ${a} ${relation} ${b}\n ?p1 s${10 + i} = s${10 + i} + ${7 ** j}`).join('\n')).join('\n')}
    s13 = s13 mul 7
    s13 = s13 + s3
    s14 = s14 mul 5
    s14 = s14 + s4
    s15 = s15 + s6 }
  halt 0`] as const));

/** Registers on both sides of where their windows begin and end. */
const windows = [0x3c, 0x40, 0x5c, 0x60, 0x6c, 0x70, 0x4fc, 0x500, 0x504, 0x508, 0x5f4, 0x5fc, 0x600, 0x67c, 0x680, 0x684, 0x688, 0x68c, 0x690, 0x7f0, 0x7f4, 0x7f8, 0x7fc, 0x800, 0x804]
  .map((offset) => [`the register at 0x${offset.toString(16)}`, `s1 = csr ${offset}\n s2 = s1 + 1\n halt 0`] as const);

/** Where the image of such a program has the descriptors of f and g: its instructions are six lines of 64 bytes. */
const kept = { f: 0x200, g: 0x240 };
/** Descriptors that change for the first time when what uses them is prepared: of the operand that is written, of the one that is read, of both. */
const late = Object.entries({ 'tcopy': ['tcopy a, f', 'tcopy b, g'], 'tload': [`tload a, ${kept.f}`, `tload b, ${kept.g}`] }).flatMap(([of, [first, second]]) => [[first, second], [first, 'nop'], ['nop', second]].map((lines) => [`first met late: ${lines.join(', ')} of ${of}`, `
  a = spm s8 [64] at 0   b = spm s8 [64] at 0x100   f = spm s8 [32] at 0x400   g = spm s8 [32] at 0x500   s2 = 0
  fill a, 1   fill b, 2   fill f, 5   fill g, 6
  loop 9 {
    s2 = s2 + 1   p1 = s2 == 6   ?!p1 jump on
    ${lines.join('\n')}
    on: ${lines.includes('nop') ? 'binary.add a, a, b' : 'move a, b'} }
  halt 0`] as const));

/** Indices that nobody wrote, with as many axes as there can be: dims of which bytes are 0. */
const indices = ['1,256,1,1,1', '1,1,256,1,1', '2,256,1,1,2', '1,2,1,1,256', '256,1,1,1,1'].map((dims) => [`indices that are unknown: ${dims}`, `
  d = spm u8 [${dims}] at 0x1000   a = spm u8 [${dims.replace(/\d+$/, '4')}] at 0x2000   b = spm u8 [${dims}] at 0x4000   y = spm u8 [16] at 0x100
  fill y, 3   fill a, 3
  take d, a, b
  fill y, 1
  halt 0`] as const);

const texts: readonly (readonly [string, string])[] = [...quotients, ...windows, ...late, ...indices];

/** Each with the number of its machine: the first, which has all features. */
export const seldomReports = (): readonly (Directed & { readonly machine: number })[] => texts.map(([name, text]) => ({ ...directedProgram(name, text), machine: 0 }));

type Granular = { readonly name: string; readonly machine: Profile; readonly program: Program; readonly instructions: number };
/** Operands of the vector unit one byte off a granule, or two, or none: each alone. */
const ofVectors = (): readonly Granular[] => [1, 2, 3, 4].flatMap((off) => [0, 1, 2].map((which) => {
  const [d, a, b] = [0x100, 0, 0x400].map((at, i) => at + (i === which ? off : 0));
  return { ...directedProgram(`bdequant of operands at ${d}, ${a} and ${b}`, `d = spm fp16 [2,32] at ${(d! & ~1) + 2 * (d! & 1)}   a = spm e4m3 [2,32] at ${a}   b = spm e8m0 [2,1] at ${b}\n bdequant d, a, b\n halt 0`), machine: grained() };
}));
/** Operands of what stores an index off a granule, or two: each alone. */
const ofStores = (): readonly Granular[] => [4, 8].flatMap((off) => [0, 1, 2].map((which) => {
  const [d, a, b] = [0x100, 0, 0x400].map((at, i) => at + (i === which ? off : 0));
  return { ...directedProgram(`scatter of operands at ${d}, ${a} and ${b}`, `d = spm s8 [4,8] at ${d}   a = spm s8 [2,8] at ${a}   b = spm s32 [2] at ${b}\n fill a, 7\n fill b, 1\n scatter d, a, b\n halt 0`), machine: grained() };
}));
export const granulePrograms = (): readonly Granular[] => [...ofVectors(), ...ofStores()];

/** Machines restored with a request to stop and without the mark of being resumed, before instructions of which many would go at once. */
const requested = (bench: Bench): void => {
  const { device } = bench, { stopRequest, resumed } = stateLayout.at;
  for (const request of [1, 2]) {
    for (const mark of [0, 1]) {
      device.load(directedProgram('a loop', 's1 = 1\n loop 20 { s1 = s1 + 3   s2 = s2 + s1 }\n halt 0').program);
      bench.run({ budget: 7 });
      const parts = unpackSnapshot(device.snapshot(), device.profile.hash), state = parts.state.slice(), view = new DataView(state.buffer);
      view.setUint32(stopRequest, request, true);
      view.setUint32(resumed, mark, true);
      device.restore(packSnapshot({ ...parts, state }, device.profile.hash));
      bench.execute();
      bench.final();
    }
  }
};
/** Weights of unlike shapes to one slot, with a product behind each, where no fast lane is open: what the slot will hold is counted from dims. */
const withoutLanes = (bench: Bench): void => {
  const { device, exports } = bench, view = new DataView(exports.memory.buffer), at = exports.CONTROL.value + controlLayout.at.lanes, all = view.getUint32(at, true);
  const program = directedProgram('weights of unlike shapes', [[8, 16], [3, 5], [6, 16], [1, 1]].map(([k, n], i) => `
    w${i} = spm s8 [${k},${n}] at 0   a${i} = spm s8 [4,${k}] at 0x400   c${i} = acc s32 [4,${n}] at 0 stride [16,1]
    fill w${i}, 3   fill a${i}, 2   wload slot 0, w${i}   mm.set c${i}, a${i}, slot 0`).join('\n')).program;
  device.load(program);
  view.setUint32(at, 0, true);
  bench.run();
  bench.final();
  view.setUint32(at, all, true);
};
export const reportHosts: Readonly<Record<string, (bench: Bench) => void>> = { requested, withoutLanes };
