//! random: the generator's own source of chance, and how one natural number becomes a stream of decisions.

/** 32 random bits at a time; the same seed gives the same stream everywhere. */
export type Random = () => number;

/** splitmix32 (Steele, Lea, Flood 2014, the 32-bit variant): full period, good enough to choose tests. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e37_79b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0_aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a_2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

/** An independent seed from two: test `index` of a campaign, part `index` of a test. */
export const mixed = (seed: number, index: number): number => random((random(seed)() ^ Math.imul(index + 1, 0x85eb_ca6b)) >>> 0)();

/** Decisions: 0 is always the simplest one. */
export interface Draw {
  /** One of 0 .. below-1. */
  (below: number): number;
  /** True in about this many cases of 100; the simplest is false. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** 32 bits. */
  readonly word: () => number;
}

/** Below this, the digits of the natural itself are the decisions, so that it can be read and shrunk; from here on it seeds a stream. */
const WILD = 65536;

/** The decisions that a natural stands for: 0 decides 0 for ever. */
export function draws(natural: number): Draw {
  let rest = natural >>> 0;
  const wild = rest >= WILD ? random(rest) : undefined;
  const draw = (below: number): number => {
    if (below <= 1) return 0;
    if (wild) return Math.floor((wild() / 2 ** 32) * below);
    const digit = rest % below;
    rest = Math.floor(rest / below);
    return digit;
  };
  return Object.assign(draw, {
    chance: (percent: number): boolean => draw(100) >= 100 - percent,
    pick: <T>(list: readonly T[]): T => list[draw(list.length)]!,
    word: (): number => (wild ? wild() : draw(2 ** 32)),
  });
}
