//! record: what a generated program is made from: small naturals that any list of which means a legal program.

import type { Random, BitStream } from './random.ts';

/** `op` picks the kind of step; f0 .. f6 decide its parts, 0 always in the simplest way. */
export interface RawRecord {
  readonly op: number;
  /** Sub-operation and scalar values. */
  readonly f0: number;
  /** Dtypes. */
  readonly f1: number;
  /** Shapes. */
  readonly f2: number;
  /** Spaces, strides, offsets. */
  readonly f3: number;
  /** Numeric mode. */
  readonly f4: number;
  /** Head: predicate, interrupt, how order between units is made. */
  readonly f5: number;
  /** Where tensors lie; counts: iterations, length of bodies, tokens. */
  readonly f6: number;
}
export const RECORD_FIELDS = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6'] as const;

/** Records as flat numbers: op, f0 .. f6, and which facets of the pool f0 .. f4 are. */
export const RECORD = 9;
/** Where f0, f5, f6 and the number of the pool stand in one. */
export const F0 = 1, F4 = 5, F5 = 6, F6 = 7, POOLED = 8;
export const unflattened = (flat: Uint32Array): readonly RawRecord[] => Array.from({ length: flat.length / RECORD }, (_, i) => {
  const [op, f0, f1, f2, f3, f4, f5, f6] = flat.subarray(RECORD * i, RECORD * (i + 1));
  return { op: op!, f0: f0!, f1: f1!, f2: f2!, f3: f3!, f4: f4!, f5: f5!, f6: f6! };
});

/** 0, a small natural, or a seed of its own: in a quarter of all cases a part is as simple as can be. */
export function facetOf(next: Random): number {
  const roll = next() % 8;
  return roll < 2 ? 0 : roll < 4 ? next() % 4096 : next();
}
/** The same from a stream, signed. */
export function facetFrom(stream: BitStream): number {
  const roll = stream.bits() & 7;
  return roll < 2 ? 0 : roll < 4 ? stream.bits() & 4095 : stream.bits();
}

/** What a campaign aims at. Weights multiply the chance of a kind of step; 0 leaves it out. */
export interface Knobs {
  readonly name: string;
  /** Steps of a program; each becomes one instruction and those that prepare it. */
  readonly records: number;
  /** By mnemonic, or by unit number as text; the mnemonic wins. Streams by their names, or all of them by `streams`. */
  readonly weights: Readonly<Record<string, number>>;
  /** Elements that a destination has at most, about. */
  readonly elements: number;
  /** Of 100 programs, so many break one rule. */
  readonly illegal: number;
  /** Of 100 steps, so many have parts of their own; those of the others many programs share, which is much faster. */
  readonly fresh: number;
}

/** The weight of every stream that has none of its own; without it there are none. */
export const STREAMS = 'streams';
const base = { records: 24, weights: { [STREAMS]: 1 }, elements: 96, illegal: 0, fresh: 6 } as const;
export const knobs = {
  /** About 64 instructions, a little of everything. */
  smoke: { ...base, name: 'smoke', records: 12, elements: 48 },
  /** Long programs on larger tensors, every step with parts of its own, one program in ten broken. */
  nightly: { ...base, name: 'nightly', records: 40, elements: 192, illegal: 10, fresh: 100 },
  /** Many agents, tokens, fences and loops over little data. */
  sync: { ...base, name: 'sync', records: 40, elements: 12, weights: { post: 6, wait: 3, fence: 3, loop: 3, jump: 2, call: 2, ld: 3, st: 3, mesh: 6, hazard: 6, doubleBuffer: 3, reset: 1 } },
  /** Data movement in every shape. */
  memory: { ...base, name: 'memory', weights: { 0: 0.3, 1: 4, 2: 4, 3: 0.5, 4: 0.5, move: 4, select: 2, take: 4, ld: 2, st: 2, strides: 4, banks: 4, hazard: 4, tails: 2 } },
  /** Arithmetic in every mode. */
  numerics: { ...base, name: 'numerics', weights: { 0: 0.2, 1: 0.5, 2: 0.5, 3: 3, 4: 4, drain: 4, scale: 8, convert: 3, reduce: 3, matmul: 3, accumulate: 3, requantise: 4, preload: 2 } },
  /** Legal programs of which one instruction breaks one rule. */
  illegal: { ...base, name: 'illegal', records: 8, elements: 32, illegal: 100 },
  /** Straight code: no jumps, loops and calls, so that instructions may change places. */
  straight: { ...base, name: 'straight', weights: { loop: 0, jump: 0, call: 0, ret: 0, lbreak: 0, [STREAMS]: 1 } },
} as const satisfies Readonly<Record<string, Knobs>>;
export type KnobsName = keyof typeof knobs;
