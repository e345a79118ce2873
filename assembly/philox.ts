//! philox: the words of Philox-4x32-10 that stochastic rounding and `random` take, one for each destination element.
import { mode as numeric } from './encoding';

/** The value of `round` that takes a word. */
export const STOCHASTIC: u32 = 7;

const M0: u64 = 0xD2511F53, M1: u64 = 0xCD9E8D57;
const W0: u32 = 0x9E3779B9, W1: u32 = 0xBB67AE85;

// The word of the element at hand.
const WORD: usize = memory.data(4, 4);
// The last block of four words, and before it what it was made of: key, stream, counter, and 1 once there is one.
const BLOCK: usize = memory.data(32, 8);
const WORDS: usize = BLOCK + 16;

@inline export function isStochastic(mode: usize): bool { return numeric.round(mode) == STOCHASTIC; }

/** The word that the element being made rounds by. */
@inline export function word(): u32 { return load<u32>(WORD); }

/** Turns to the element at a row-major index of the destination. */
export function turnTo(mode: usize, element: u64): void {
  store<u32>(WORD, wordAt(numeric.key(mode), numeric.stream(mode), element));
}

/** Word index mod 4 of counter (index / 4, stream, 0, 0) under the key (key, 0); the index has at most 33 bits. */
export function wordAt(key: u32, stream: u32, index: u64): u32 {
  const counter = <u32>(index >>> 2);
  if (load<u32>(BLOCK, 12) == 0 || load<u32>(BLOCK) != key || load<u32>(BLOCK, 4) != stream || load<u32>(BLOCK, 8) != counter) {
    store<u32>(BLOCK, key);
    store<u32>(BLOCK, stream, 4);
    store<u32>(BLOCK, counter, 8);
    store<u32>(BLOCK, 1, 12);
    scramble(counter, stream, key);
  }
  return load<u32>(WORDS + (<usize>(index & 3) << 2));
}

/** Ten rounds over the counter (c0, c1, 0, 0), the key (k0, 0) raised between them. */
function scramble(c0: u32, c1: u32, k0: u32): void {
  let a = c0, b = c1, c: u32 = 0, d: u32 = 0, k = k0, l: u32 = 0;
  for (let round = 0; round < 10; round++) {
    const left = M0 * <u64>a, right = M1 * <u64>c;
    a = <u32>(right >>> 32) ^ b ^ k;
    c = <u32>(left >>> 32) ^ d ^ l;
    b = <u32>right;
    d = <u32>left;
    k += W0;
    l += W1;
  }
  store<u32>(WORDS, a);
  store<u32>(WORDS, b, 4);
  store<u32>(WORDS, c, 8);
  store<u32>(WORDS, d, 12);
}
