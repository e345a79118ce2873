//! seldom-bursts: programs for what bursts settle half way: jumps out of loops, descriptors that are none, loops that are begun in calls.
import type { Program } from '../device.ts';
import type { Bench } from './bench.ts';
import { type Directed, directedProgram } from './directed.ts';

/** Instructions of units, of agents, and such as are passed over: where a burst ends behind some of each its books have no two columns alike. */
const before = `
    post vpu m2, 3   wait vpu m2, 1
    ?!p0 s9 = s9 + 1   ?!p0 s9 = s9 + 2
    s8 = s8 + 1   move b, a   s8 = s8 xor 5`;
/** What no burst does: it settles, and the next one begins with counters that are not 0. */
const aside = 'call g';

/** A loop that goes well some times, then meets what traps; what traps is told by the round. */
const ending = (lines: string): string => `
  a = spm s8 [64] at 0   b = spm s8 [64] at 0x100   c = spm s8 [64] at 0x200
  s3 = 5
  loop 7 step s2 += 1 {${before}
    p1 = s2 == 5   ${aside}${before}
    ${lines}
  last: s4 = s4 + s2 }
  behind: halt 0
  g: ret
.data spm 0
.zero 64`;

const ends = Object.entries({
  'a jump right behind its loop': '?p1 jump behind',
  'a jump to the last word of its loop': '?p1 jump last   s5 = s5 + 1',
  'a jump before its loop': '?p1 jump 2',
  'a jump behind the image': 's6 = last   ?p1 s6 = 0x10000   jump s6',
  'a block that is not aligned': 's6 = 0   ?p1 s6 = 4   tload c, s6 + 0x40',
  'a block behind the image': 's6 = 0   ?p1 s6 = 0x10000   tload c, s6 + 0x40',
  'a loop of no rounds': 's6 = 2   ?p1 s6 = 0   loop s6 { s7 = s7 + 1 }',
  'tokens that lack': 's6 = 1   ?p1 s6 = 999\n post m3, 1\n wait m3, s6',
}).flatMap(([name, lines]) => [[`a burst ends: ${name}`, ending(lines)], [`a burst that has compared ends: ${name}`, ending(`p3 = s2 == 5   ${lines}`)]] as const);

/** Loops that a burst begins in a call, and in a call within a loop: they belong to it. */
const called = [1, 2].map((deep) => [`loops that are begun ${deep} calls deep`, `
  s1 = 1
  loop 2 step s2 += 1 { call f }
  call f
  halt 0
  f: ${deep === 2 ? 'call h   ret\n  h: ' : ''}s3 = s3 + 1   loop 3 step s4 += 2, s5 += -1 { s6 = s6 + s4   loop 2 { s7 = s7 + s6 } }
  s3 = s3 xor s7
  ret`] as const);

/** A jump to the first word of its own loop, which is no further round of it. */
const again = ['s9 = s9 + 1   p1 = s9 < 5   ?p1 jump top   s4 = s4 + s2', 's9 = s9 + 1   p1 = s9 < 5   ?p1 jump top'].map((lines, i) => [`a jump to where its loop begins, ${i ? 'from its end' : 'from within'}`, `
  s1 = 1
  loop 3 step s2 += 1 { top: ${lines} }
  halt 0`] as const);

/** Computes and comparisons of registers and numbers on both sides of zero: the second operand, the first and the result are three. */
const computed = ['add', 'sub', 'mul', 'div', 'divu', 'rem', 'remu', 'and', 'or', 'xor', 'shl', 'shr', 'sra', 'min', 'max', 'minu', 'maxu'].map((op) => [`computes in a burst: ${op}`, `
  s1 = 0x81234567   s2 = 9   s3 = -3   s7 = 1
  loop 7 step s3 += 1 { s4 = s1 ${op} s3   s5 = s5 mul 7   s5 = s5 + s4   s6 = s2 ${op} s7   s5 = s5 xor s6   s8 = s1 ${op} 3   s5 = s5 + s8   s1 = s1 + s5   s7 = s7 + 2 }
  halt 0`] as const);
const compared = ['<', '<=', '<u', '<=u', '==', '!='].map((relation) => [`comparisons in a burst: ${relation}`, `
  s1 = -4   s2 = 5
  loop 11 step s1 += 1, s2 += -1 { ${[1, 2, 5, 7].map((p, i) => `p${p} = ${['s1', 's2', 's3', 's1'][i]} ${relation} ${['s2', 's1', 's1', 's1 + 1'][i]}\n ?p${p} s3 = s3 + ${3 ** i}\n ?!p${p} s4 = s4 + ${5 ** i}`).join('\n')} }
  halt 0`] as const);

/** Instructions of units that no burst executes, met again and again: what they are is found out once. */
const slow = ['irq', 'trace'].map((signal) => [`signals of a unit in a loop: ${signal}`, `
  a = spm s8 [64] at 0   b = spm s8 [64] at 0x100
  loop 9 { move b, a ${signal}   s1 = s1 + 1 }
  halt 0
.data spm 0
.zero 64`] as const);

/** A register that is to have what nobody wrote: the run ends there, one by one and under any schedule. */
const unwritten = [['a register of an element that nobody wrote', 'x = spm s8 [4] at 0\n s1 = 3\n s2 = ld x\n halt 0']] as const;

/** Behind the last word there is none. */
const over = [['a program without an end', 's1 = 1\n s2 = 2\n p1 = s1 == 1'], ['a jump behind the last word', 's1 = 3\n ?p1 s3 = 1\n jump s1 + 1\n halt 0']] as const;

const texts: readonly (readonly [name: string, text: string])[] = [...ends, ...called, ...again, ...computed, ...compared, ...slow, ...unwritten, ...over];

/** Each with the number of its machine: the first, which has all features. */
export const seldomBursts = (): readonly (Directed & { readonly machine: number })[] => texts.map(([name, text]) => ({ ...directedProgram(name, text), machine: 0 }));

/** Steps of a run that is taken up again and again; most of these programs are over before. */
const PIECES = 24;
/** Records of effects alone: scalar instructions are executed where they lie, at once, and in pieces of a few steps with a ring that is full at each record. */
export const effects = (bench: Bench, program: Program): void => {
  bench.device.load(program);
  bench.run({ records: 'effects' });
  bench.final();
  bench.device.load(program);
  for (let piece = 0; piece < PIECES; piece++) bench.run({ records: 'effects', ring: 1, budget: 1 + (piece & 1) });
  bench.run({ records: 'effects', ring: 2 });
  bench.final();
};
