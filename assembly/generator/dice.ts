//! dice: the decisions that a natural stands for, and streams of chance: the same as those of the host, bit for bit.

const STEP: u32 = 0x9e37_79b9, WILD: u32 = 65536;

@inline function scrambled(state: u32): u32 {
  let z = (state ^ (state >>> 16)) * 0x21f0_aaad;
  z = (z ^ (z >>> 15)) * 0x735a_2d97;
  return z ^ (z >>> 15);
}

/** From now on the decisions of this natural. */
export function read(dice: usize, natural: u32): void {
  store<u32>(dice, natural);
  store<u32>(dice, natural >= WILD ? 1 : 0, 4);
}
/** One of 0 .. below-1; 0 is always the simplest. */
export function roll(dice: usize, below: i32): i32 {
  if (below <= 1) return 0;
  const rest = load<u32>(dice);
  if (load<u32>(dice, 4)) {
    const state = rest + STEP;
    store<u32>(dice, state);
    return <i32>((<u64>scrambled(state) * <u64>below) >>> 32);
  }
  const quotient = rest / <u32>below;
  store<u32>(dice, quotient);
  return <i32>(rest - quotient * <u32>below);
}
/** True in about this many cases of 100; the simplest is false. */
@inline export function chance(dice: usize, percent: i32): bool { return roll(dice, 100) >= 100 - percent; }

/** The next bits of a stream, whose state stands at an address. */
export function bits(stream: usize): u32 {
  const state = load<u32>(stream) + STEP;
  store<u32>(stream, state);
  return scrambled(state);
}
/** A facet from a stream: 0, a small natural, or a seed of its own. Nobody can foresee which: there is no branch. */
export function facet(stream: usize): u32 {
  const kind = bits(stream) & 7, state = load<u32>(stream) + STEP, value = scrambled(state);
  store<u32>(stream, select<u32>(state, state - STEP, kind >= 2));
  return value & select<u32>(-1, select<u32>(4095, 0, kind >= 2), kind >= 4);
}
