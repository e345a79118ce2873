//! fixed: elementary functions in fixed-point arithmetic on BigInt, as precise as one asks, each with its error stated.

/**
 * A real number as an integer times 2^-places. Every function here is given numbers whose error is at most 2^slackBits units of the last
 * place, and returns one whose error is at most twice that, plus some thousand units: series of fewer than 2000 terms that each drop less
 * than a unit. `guardBits` more places than wanted therefore cover any chain of a few calls, with 2^16 to spare.
 */
export interface Real {
  readonly value: bigint;
  readonly places: number;
}

/** Error of what functions.ts computes from these, in units of the last place: 2^slackBits. */
export const slackBits = 32;

/** a x 2^power at `places`, rounded down: less than one unit of error. */
export function fixed(significand: bigint, power: number, places: number): bigint {
  const up = power + places;
  return up >= 0 ? significand << BigInt(up) : significand >> BigInt(-up);
}

/** pi, by Machin's 16 atan(1/5) - 4 atan(1/239). */
export const pi = constant((places) => 16n * arctangentOfInverse(5n, places) - 4n * arctangentOfInverse(239n, places));

/** The natural logarithm of 2: 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749). */
export const ln2 = constant((places) =>
  18n * artanhOfInverse(26n, places) - 2n * artanhOfInverse(4801n, places) + 8n * artanhOfInverse(8749n, places));

/** e^x for any x: a value from 1 to 2 and the power of two beside it. The error of x, times 2, is one of the value. */
export function exponential(x: bigint, places: number): { readonly value: bigint; readonly power: number } {
  const inner = places + 24, wide = x << 24n, log2 = ln2(inner), power = floorDivide(wide, log2);
  // Nine halvings keep the series short; as many squarings bring the value back and multiply its error by 2^9.
  const part = (wide - power * log2) >> 9n;
  let sum = 1n << BigInt(inner), term = sum;
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * part) >> BigInt(inner)) / n;
    sum += term;
  }
  for (let i = 0; i < 9; i++) sum = (sum * sum) >> BigInt(inner);
  return { value: sum >> 24n, power: Number(power) };
}

/** log(numerator / denominator) for a quotient from 1/2 to 2: twice artanh of (n - d) / (n + d). */
export function logarithm(numerator: bigint, denominator: bigint, places: number): bigint {
  const z = ((numerator - denominator) << BigInt(places)) / (numerator + denominator), square = (z * z) >> BigInt(places);
  let sum = 0n, power = z;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> BigInt(places);
  }
  return 2n * sum;
}

/** Sine and cosine of x, |x| < 1. */
export function sineCosine(x: bigint, places: number): { readonly sine: bigint; readonly cosine: bigint } {
  const square = (x * x) >> BigInt(places);
  let sine = x, cosine = 1n << BigInt(places), odd = x, even = cosine;
  for (let n = 1n; even !== 0n && even !== -1n; n += 2n) {
    even = -((even * square) >> BigInt(places)) / (n * (n + 1n));
    odd = -((odd * square) >> BigInt(places)) / ((n + 1n) * (n + 2n));
    cosine += even;
    sine += odd;
  }
  return { sine, cosine };
}

/** 1 + q/3 + q^2/(3 x 5) + q^3/(3 x 5 x 7) + ..: the series of the normal integral, all of whose terms are positive (q >= 0). */
export function oddFactorialSeries(q: bigint, places: number): bigint {
  let sum = 1n << BigInt(places), term = sum;
  for (let n = 3n; term !== 0n; n += 2n) {
    term = ((term * q) >> BigInt(places)) / n;
    sum += term;
  }
  return sum;
}

/** The greatest integer not above a / b, b > 0. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** A constant, computed once for each number of places, to within a unit. */
function constant(compute: (places: number) => bigint): (places: number) => bigint {
  const known = new Map<number, bigint>();
  return (places) => {
    const found = known.get(places) ?? compute(places + 32) >> 32n;
    known.set(places, found);
    return found;
  };
}

function arctangentOfInverse(x: bigint, places: number): bigint {
  let power = (1n << BigInt(places)) / x, sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += n % 4n === 1n ? power / n : -(power / n);
    power /= x * x;
  }
  return sum;
}

function artanhOfInverse(x: bigint, places: number): bigint {
  let power = (1n << BigInt(places)) / x, sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power /= x * x;
  }
  return sum;
}
