//! sha256: SHA-256 of bytes (FIPS 180-4), for identities that the library computes in a browser, at once, without a host's crypto.

/** 64 lower-case hex digits. */
export function sha256(bytes: Uint8Array): string {
  const padded = new DataView(new ArrayBuffer((bytes.length + 9 + 63) & ~63));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  padded.setUint32(padded.byteLength - 4, bytes.length << 3);
  const { initialHash, roundConstants } = (constants ??= constantsOf()), hash = Uint32Array.from(initialHash), schedule = new Uint32Array(64);
  for (let block = 0; block < padded.byteLength; block += 64) {
    for (let t = 0; t < 16; t++) schedule[t] = padded.getUint32(block + 4 * t);
    compress(hash, schedule, roundConstants);
  }
  return [...hash].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** FIPS 180-4, 6.2.2; the names of the working variables are the standard's. */
function compress(hash: Uint32Array, w: Uint32Array, roundConstants: readonly number[]): void {
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!, y = w[t - 2]!;
    const small0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3), small1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[t] = (small1 + w[t - 7]! + small0 + w[t - 16]!) | 0;
  }
  let [a, b, c, d, e, f, g, h] = [...hash] as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25), choice = (e & f) ^ (~e & g);
    const t1 = (h + big1 + choice + roundConstants[t]! + w[t]!) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22), majority = (a & b) ^ (a & c) ^ (b & c);
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + big0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] = hash[i]! + word; });
}

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The first 32 bits of the fraction of the root: exact, by integer roots, since square and cube roots of the host are not. */
const fractionOfRoot = (prime: number, power: 2 | 3): number => {
  const scaled = BigInt(prime) << BigInt(32 * power);
  let low = 0n, high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(power) <= scaled) low = middle; else high = middle;
  }
  return Number(low & 0xffff_ffffn);
};
interface Constants { readonly initialHash: readonly number[]; readonly roundConstants: readonly number[] }
/** Made at the first hash. */
let constants: Constants | undefined;
function constantsOf(): Constants {
  const primes = Array.from({ length: 310 }, (_, i) => i + 2).filter((n, _, all) => all.every((d) => d >= n || n % d !== 0));
  return { initialHash: primes.slice(0, 8).map((prime) => fractionOfRoot(prime, 2)), roundConstants: primes.slice(0, 64).map((prime) => fractionOfRoot(prime, 3)) };
}
