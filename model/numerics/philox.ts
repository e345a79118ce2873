//! philox: the counter-based generator Philox-4x32-10, whose words are functions of key and counter alone (Salmon et al., SC 2011).

const mask = 0xffff_ffffn;
const multipliers = [0xd251_1f53n, 0xcd9e_8d57n] as const, increments = [0x9e37_79b9n, 0xbb67_ae85n] as const;

/** The four words of a counter of four words under a key of two. */
export function philox(counter: readonly bigint[], key: readonly bigint[]): readonly bigint[] {
  let [a, b, c, d] = counter as [bigint, bigint, bigint, bigint], [k, l] = key as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const left = multipliers[0] * a, right = multipliers[1] * c;
    [a, b, c, d] = [(right >> 32n) ^ b ^ k, right & mask, (left >> 32n) ^ d ^ l, left & mask];
    [k, l] = [(k + increments[0]) & mask, (l + increments[1]) & mask];
  }
  return [a, b, c, d];
}

/** Word `index` of a stream under a key (machine details section 4): word index mod 4 of the counter (floor(index / 4), stream, 0, 0). */
export function randomWord(key: number, stream: number, index: bigint): bigint {
  return philox([index >> 2n, BigInt(stream), 0n, 0n], [BigInt(key), 0n])[Number(index & 3n)]!;
}
