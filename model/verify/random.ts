//! random: the generator's own source of chance, and how one natural number becomes a stream of decisions.

/** 32 random bits at a time; the same seed gives the same stream everywhere. */
export type Random = () => number;

/** The same as signed numbers. */
export interface Bits { readonly bits: () => number }

/** splitmix32 (Steele, Lea, Flood 2014, the 32-bit variant): full period, good enough to choose tests. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + STEP) | 0;
    return scrambled(state);
  };
}
const STEP = 0x9e37_79b9 | 0;
function scrambled(state: number): number {
  let z = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a_2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** The same stream as bits that are signed: small integers of the engine of JavaScript, for which no object is made (measured, bench/generator.ts). */
export class BitStream implements Bits {
  /** Where it stands: it goes on from there when it begins with it. */
  state = 0;
  begin(seed: number): this {
    this.state = seed | 0;
    return this;
  }
  /** As if so many had been asked for. */
  pass(draws: number): void { this.state = (this.state + Math.imul(draws, STEP)) | 0; }
  bits(): number {
    const state = (this.state + STEP) | 0;
    this.state = state;
    return scrambled(state) | 0;
  }
}

/** An independent seed from two: test `index` of a campaign, part `index` of a test. */
export const mixed = (seed: number, index: number): number =>
  scrambled(((scrambled((seed + STEP) | 0) ^ Math.imul(index + 1, 0x85eb_ca6b)) + STEP) | 0);

/** Below this, the digits of a natural itself are the decisions, so that it can be read and shrunk; from here on it seeds a stream. */
const WILD = 65536;

/** The decisions that a natural stands for: 0 decides 0 for ever. One object serves many naturals: the bulk of programs is made without garbage. */
export class Dice {
  /** The state of the stream, or the digits that are left: below WILD, so that divisions are those of integers (measured, bench/generator.ts). */
  private rest = 0;
  private isWild = false;

  /** From now on the decisions of this natural. */
  read(natural: number): this {
    this.rest = natural | 0;
    this.isWild = natural >>> 0 >= WILD;
    return this;
  }
  /** One of 0 .. below-1; 0 is always the simplest. */
  roll(below: number): number {
    if (below <= 1) return 0;
    if (this.isWild) {
      const state = (this.rest + STEP) | 0;
      this.rest = state;
      return (scrambled(state) * 2 ** -32 * below) | 0;
    }
    const { rest } = this, quotient = (rest / (below | 0)) | 0;
    this.rest = quotient;
    return (rest - quotient * below) | 0;
  }
  /** True in about this many cases of 100; the simplest is false. */
  chance(percent: number): boolean {
    return this.roll(100) >= 100 - percent;
  }
  /** What they are, as two words; they go on as those say. */
  give(words: Int32Array, at: number): void {
    words[at] = this.rest;
    words[at + 1] = this.isWild ? 1 : 0;
  }
  take(words: Int32Array, at: number): void { this.rest = words[at]!; }
  /** 32 bits. */
  word(): number {
    const { rest } = this;
    this.rest = this.isWild ? (rest + STEP) | 0 : 0;
    return this.isWild ? scrambled(this.rest) : rest;
  }
}

/** The same decisions as a function, where speed does not matter. */
export interface Draw {
  /** One of 0 .. below-1. */
  (below: number): number;
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly word: () => number;
  readonly dice: Dice;
}
export const draws = (natural: number): Draw => drawn(new Dice().read(natural));
export const drawn = (dice: Dice): Draw => Object.assign((below: number): number => dice.roll(below), {
  chance: (percent: number): boolean => dice.chance(percent),
  pick: <T>(list: readonly T[]): T => list[dice.roll(list.length)]!,
  word: (): number => dice.word(), dice,
});
