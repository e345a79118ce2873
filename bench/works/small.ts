//! small: instructions so small that fetch, checks and dispatch are their cost: scalar loops, a random mix with branches, 64-byte vectors.
import { SPACE_SPM } from '../../model/limits.ts';
import { programOf, running, type Running } from '../program.ts';
import type { Work } from '../work.ts';
import { pattern } from './gemm.ts';

const PASSES = 40_000;
/** Bodies of a hardware loop, eight instructions each; they compute, nothing else. */
export const scalarText = (passes: number): string => `s31 = ${passes}
loop s31 {
  s1 = s1 + 7     s2 = s2 xor s1    s3 = s3 - s2     s4 = s4 + 1
  s5 = max s3, s4 s6 = s5 shl 3     p1 = s6 < s1     s7 = s7 or s2
}
halt 0`;

/** Numbers below a bound by a generator of its own, the same in every run. */
export function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const OPERATIONS = ['+', '-', '*', 'and', 'or', 'xor', 'shl', 'shr', 'sra', 'min', 'max', 'minu', 'maxu', 'div', 'remu'];
const CONDITIONS = ['==', '<', '<=', '<u'];
/**
 * 1,000 instructions: of 20, 12 compute on registers, 3 compare, 2 are predicated, 3 jump over one to three others or not. The registers take
 * in a fresh random number every sixteenth, so that branches go either way in every pass.
 */
function random(): string {
  const draw = drawing(1), lines: string[] = [], register = (): string => `s${1 + draw(16)}`, predicate = (): string => `p${1 + draw(7)}`;
  const compute = (): string => `${register()} = ${sides(OPERATIONS[draw(OPERATIONS.length)]!)}`;
  const sides = (operation: string): string => (/^m/.test(operation) ? `${operation} ${register()}, ${register()}` : `${register()} ${operation} ${register()}`);
  for (let i = 0; i < 1000; i++) {
    const kind = draw(20);
    lines.push(`l${i}:`);
    if (i % 16 === 0) lines.push('s20 = s20 * 1664525');
    else if (i % 16 === 1) lines.push('s20 = s20 + 1013904223');
    else if (i % 16 === 2) lines.push(`${register()} = s20 shr 16`);
    else if (kind < 12) lines.push(compute());
    else if (kind < 15) lines.push(`${predicate()} = ${register()} ${CONDITIONS[draw(4)]} ${register()}`);
    else if (kind < 17) lines.push(`?${draw(2) ? '!' : ''}${predicate()} ${compute()}`);
    else lines.push(`?${draw(2) ? '!' : ''}${predicate()} jump l${Math.min(1000, i + 2 + draw(3))}`);
  }
  return `s31 = ${PASSES / 160}\nagain:\n${lines.join('\n')}\nl1000:\ns31 = s31 - 1\np1 = 0 < s31\n?p1 jump again\nhalt 0`;
}

const OFFSETS = 1024;
/** 64 bytes a time through three tensors of 64 KiB, each addition taking a token and giving it back. */
const vectors = `a = spm s32 [16] at 0x0   b = spm s32 [16] at 0x10000   c = spm s32 [16] at 0x20000
post vpu m1, 1
loop 16 {
  s20 = 0
  loop ${OFFSETS} step s20 += 16 {
    binary.add c[s20], a[s20], b[s20]   wait m1 post m1
  }
}
wait vpu m1, 1
halt 0`;

/** Instructions a second; how many there are, the machine itself says: its sequence number at the end. */
function instructions(name: string, text: string, build: 'simd' | 'scalar' = 'simd'): Running {
  const program = programOf(text, [{ space: SPACE_SPM, address: 0, bytes: pattern(0x20000, 37, 11) }]);
  const one = running({ name, unit: 'instr/s', unitCount: 1, program, build }), count = one.device.csrRead(SEQ) + one.device.csrRead(SEQ + 4) * 2 ** 32;
  return { ...one, sample: async () => count * (await one.sample()) };
}
const SEQ = 0x888;

const work = (name: string, text: string): Work => ({
  name,
  prepare: () => ({ contenders: [instructions('engine', text), instructions('scalar build', text, 'scalar')] }),
});
export const vectorText = vectors;
export const smallWorks: readonly Work[] = [work('small-predictable', scalarText(PASSES)), work('small-random', random()), work('small-vector', vectors)];
