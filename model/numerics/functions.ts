//! functions: the special functions of the vector unit on exact values, to as many digits as one rounding may need.

import type { Between, Exact, Finite } from './exact.ts';
import { bitLength, divide, exactInteger, infinite, integerRoot, invalidNan, plusZero, squareRoot } from './exact.ts';
import {
  exponential, fixed, floorDivide, ln2, logarithm, oddFactorialSeries, pi, type Real, sineCosine, slackBits,
} from './fixed.ts';

/** Sub-operations of `special` in the order of their codes (machine details section 9). */
export const functionNames = [
  'recip', 'sqrt', 'rsqrt', 'exp', 'exp2', 'log', 'log2', 'tanh', 'sigmoid', 'erf', 'gelu', 'gelu_tanh', 'silu', 'softplus', 'sin', 'cos',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** recip, sqrt and rsqrt, whose results are rounded in any direction; all others are rounded to nearest even. */
export const algebraicCount = 3;

/**
 * f(x): a number where the result is one, else a bracket around it that `round` rounds as it would the real number itself.
 * Conventions of numerics.md section 5: NaN gives NaN; a function without a limit gives NaN at an infinity (sin, cos); the sign of a zero is
 * kept by all odd functions and by silu and gelu, which go to -0 at -infinity; log(+-0) is -infinity, by zero; what has no result is invalid.
 */
export function specialFunction(name: FunctionName, x: Exact): Exact | Between {
  if (x.kind === 'nan') return x;
  switch (name) {
    case 'recip': return divide(one, x);
    case 'sqrt': return squareRoot(x);
    case 'rsqrt': return inverseRoot(x);
    default: {
      const { limits, zero, finite } = transcendental[name];
      if (x.kind === 'infinite') return limits[x.negative ? 0 : 1];
      return x.significand === 0n ? zero(x) : finite(x);
    }
  }
}

interface Transcendental {
  /** At minus and plus infinity. */
  readonly limits: readonly [Exact, Exact];
  /** At a zero of either sign. */
  readonly zero: (x: Finite) => Exact | Between;
  readonly finite: (x: Finite) => Exact | Between;
}

const one = exactInteger(1n), minusOne = exactInteger(-1n), half = exactInteger(1n, -1);
const minusZero: Finite = { ...plusZero, negative: true };
const poleBelow: Exact = { kind: 'infinite', negative: true, byZero: true };
const itself = (x: Finite): Finite => x;
const always = (value: Exact) => (): Exact => value;

const transcendental: Readonly<Record<Exclude<FunctionName, 'recip' | 'sqrt' | 'rsqrt'>, Transcendental>> = {
  exp: { limits: [plusZero, infinite(false)], zero: always(one), finite: (x) => (isTiny(x) ? beside(one, x.negative) : decided(false, (p) => power(x, p))) },
  exp2: { limits: [plusZero, infinite(false)], zero: always(one), finite: exp2 },
  log: { limits: [invalidNan, infinite(false)], zero: always(poleBelow), finite: (x) => log(x, false) },
  log2: { limits: [invalidNan, infinite(false)], zero: always(poleBelow), finite: (x) => log(x, true) },
  tanh: { limits: [minusOne, one], zero: itself, finite: tanh },
  sigmoid: { limits: [plusZero, one], zero: always(half), finite: sigmoid },
  erf: { limits: [minusOne, one], zero: itself, finite: erf },
  gelu: { limits: [minusZero, infinite(false)], zero: itself, finite: gelu },
  gelu_tanh: { limits: [minusZero, infinite(false)], zero: itself, finite: geluTanh },
  silu: { limits: [minusZero, infinite(false)], zero: itself, finite: silu },
  softplus: { limits: [plusZero, infinite(false)], zero: () => decided(false, (places) => softplus(plusZero, places)), finite: (x) =>
    (!x.negative && isAtLeast(x, farOut) ? beside(x, false) : decided(false, (places) => softplus(bounded(x), places))) },
  sin: { limits: [invalidNan, invalidNan], zero: itself, finite: (x) => (isTiny(x) ? beside(x, true) : circular(x, 0n)) },
  cos: { limits: [invalidNan, invalidNan], zero: always(one), finite: (x) => (isTiny(x) ? beside(one, true) : circular(x, 1n)) },
};

/** Below 2^-tinyBits the first term of a series is all but the last bits of a bracket. */
const tinyBits = 110, bracketBits = 92;
/**
 * Beyond 2^farOut e^x is out of reach of every format, below and above. Beyond 2^unitOut e^-2x is below 2^-bracketBits, beyond 2^normalOut
 * the tail of the normal integral is, and x times it is out of reach.
 */
const farOut = 8, unitOut = 6, normalOut = 4;

const isTiny = (x: Finite): boolean => x.exponent + bitLength(x.significand) <= -tinyBits;
const isAtLeast = (x: Finite, binade: number): boolean => x.exponent + bitLength(x.significand) > binade;
/** x, or 2^farOut of its sign. */
const bounded = (x: Finite): Finite => (isAtLeast(x, farOut) ? { ...exactInteger(1n, farOut), negative: x.negative } : x);
const signed = (x: Finite): bigint => (x.negative ? -x.significand : x.significand);
const at = (x: Finite, places: number): bigint => fixed(signed(x), x.exponent, places);

/** A number within 2^-bracketBits of `value`, and further from zero (nearer to it where `below`). */
function beside({ negative, significand, exponent }: Finite, below: boolean): Between {
  const up = Math.max(bracketBits - bitLength(significand), exponent + 2);
  return { kind: 'between', negative, significand: (significand << BigInt(up)) - (below ? 1n : 0n), exponent: exponent - up };
}

/** Ziv's strategy: ever more places, until the interval that is known lies between two neighbours of bracketBits bits. */
function decided(negative: boolean, magnitude: (places: number) => Real): Between {
  for (let places = 160; ; places += places >> 1) {
    const { value, places: scale } = magnitude(places), error = 1n << BigInt(slackBits);
    const drop = BigInt(Math.max(0, Math.min(bitLength(value) - bracketBits, scale - 2)));
    const significand = (value - error) >> drop;
    // One more unit on each side: a bound that is itself a neighbour decides nothing.
    if (value > error << 8n && significand === (value + error) >> drop && bitLength(significand) >= bracketBits - 1) {
      return { kind: 'between', negative, significand, exponent: Number(drop) - scale };
    }
  }
}

function inverseRoot(x: Exact): Exact | Between {
  if (x.kind === 'nan') return x;
  if (x.kind === 'finite' && x.significand === 0n) return { ...infinite(x.negative), byZero: true };
  if (x.negative) return invalidNan;
  if (x.kind === 'infinite') return plusZero;
  // 1 / sqrt(m 2^e) = sqrt(2^(2s) / m) 2^(-s - e/2), e even; a root is exact only where m is a power of four.
  const significand = x.significand << BigInt(x.exponent & 1), exponent = x.exponent - (x.exponent & 1);
  const shift = bracketBits + bitLength(significand) + Math.max(0, 2 - exponent / 2);
  const dividend = 1n << BigInt(2 * shift), root = integerRoot(dividend / significand);
  const kind = root * root * significand === dividend ? 'finite' : 'between';
  return { kind, negative: false, significand: root, exponent: -shift - exponent / 2 };
}

/** e^x. */
function power(x: Finite, places: number): Real {
  const found = exponential(at(bounded(x), places), places);
  return { value: found.value, places: places - found.power };
}

function exp2(x: Finite): Exact | Between {
  if (isTiny(x)) return beside(one, x.negative);
  const within = bounded(x), exponent = within.exponent;
  const whole = fixed(signed(within), exponent, 0);
  if (exponent >= 0 || fixed(whole, -exponent, 0) === signed(within)) return exactInteger(1n, Number(whole));
  return decided(false, (places) => {
    const fraction = at(within, places) - (whole << BigInt(places));
    const found = exponential((fraction * ln2(places)) >> BigInt(places), places);
    return { value: found.value, places: places - found.power - Number(whole) };
  });
}

/** The logarithm to base e, or 2: of x = m 2^e with m from 3/4 to 3/2, log m + e log 2. */
function log(x: Finite, binary: boolean): Exact | Between {
  if (x.negative) return invalidNan;
  const length = bitLength(x.significand), above = x.significand * 2n >= 3n << BigInt(length - 1);
  const denominator = 1n << BigInt(above ? length : length - 1), exponent = x.exponent + (above ? length : length - 1);
  if (x.significand === denominator) {
    if (binary || exponent === 0) return exactInteger(BigInt(exponent));
  }
  const negative = exponent < 0 || (exponent === 0 && x.significand < denominator);
  return decided(negative, (places) => {
    const log2 = ln2(places), fraction = logarithm(x.significand, denominator, places);
    const sum = binary ? (fraction << BigInt(places)) / log2 + (BigInt(exponent) << BigInt(places)) : fraction + BigInt(exponent) * log2;
    return { value: sum < 0n ? -sum : sum, places };
  });
}

/** (1 - u) / (1 + u) with u = e^-2|x|. */
function tanh(x: Finite): Between {
  if (isTiny(x)) return beside(x, true);
  if (isAtLeast(x, unitOut)) return beside({ ...one, negative: x.negative }, true);
  return decided(x.negative, (places) => {
    const unit = 1n << BigInt(places), u = decay({ ...x, exponent: x.exponent + 1 }, places);
    return { value: ((unit - u) << BigInt(places)) / (unit + u), places };
  });
}

/** e^-|x|. */
function decay(x: Finite, places: number): bigint {
  const { value, places: scale } = power({ ...x, negative: true }, places);
  return value >> BigInt(scale - places);
}

/** 1 / (1 + e^-z) for z at `places`; below zero e^z / (1 + e^z), which keeps its digits. */
function logistic(z: bigint, places: number): Real {
  const unit = 1n << BigInt(places);
  const { value, power: exponent } = exponential(z < 0n ? z : -z, places);
  if (z < 0n) return { value: (value << BigInt(places - exponent)) / ((1n << BigInt(places - exponent)) + value), places: places - exponent };
  return { value: (unit << BigInt(places)) / (unit + (value >> BigInt(-exponent))), places };
}

function sigmoid(x: Finite): Between {
  if (isTiny(x)) return beside(half, x.negative);
  if (!x.negative && isAtLeast(x, unitOut + 1)) return beside(one, true);
  return decided(false, (places) => logistic(at(bounded(x), places), places));
}

/** |x| times a factor of `places`: exact. */
const scaled = (x: Finite, { value, places }: Real): Real => rescaled(value * x.significand, places - x.exponent, x);
/** Its error has grown by the significand: as many last digits go. */
function rescaled(value: bigint, places: number, { significand }: Finite): Real {
  const digits = bitLength(significand);
  return { value: value >> BigInt(digits), places: places - digits };
}

function silu(x: Finite): Between {
  if (isTiny(x)) return beside({ ...x, exponent: x.exponent - 1 }, x.negative);
  if (!x.negative && isAtLeast(x, unitOut + 1)) return beside(x, true);
  const within = bounded(x);
  return decided(x.negative, (places) => scaled(within, logistic(at(within, places), places)));
}

/** erf(x) = 2/sqrt(pi) e^(-x^2) x (1 + q/3 + q^2/(3 5) + ..), q = 2 x^2. */
function erf(x: Finite): Between {
  if (isTiny(x)) {
    return decided(x.negative, (places) => scaled(x, { value: (1n << BigInt(2 * places + 1)) / integerRoot(pi(places) << BigInt(places)), places }));
  }
  if (isAtLeast(x, normalOut)) return beside({ ...one, negative: x.negative }, true);
  return decided(x.negative, (places) => scaled(x, normalIntegral(x, 1, places)));
}

/** The factor of x in erf(x) (`doubled` 1), and in the normal integral from 0 to x times 2 (`doubled` 0, x / sqrt 2 for x). */
function normalIntegral(x: Finite, doubled: 0 | 1, places: number): Real {
  const shift = BigInt(places), square = fixed(x.significand * x.significand, 2 * x.exponent, places);
  const series = oddFactorialSeries(square << BigInt(doubled), places);
  const { value, power: exponent } = exponential(-(doubled === 1 ? square : square >> 1n), places);
  const root = integerRoot(fixed(pi(places), doubled === 1 ? 0 : 1, places));
  // sqrt(2/pi) = 2 / sqrt(2 pi)
  const factor = (1n << BigInt(2 * places + 1)) / root;
  return { value: (((series * value) >> BigInt(places - exponent)) * factor) >> shift, places };
}

/** x Phi(x) = x (1 + 2 (Phi(x) - 1/2)) / 2. */
function gelu(x: Finite): Between {
  if (isTiny(x)) return beside({ ...x, exponent: x.exponent - 1 }, x.negative);
  if (isAtLeast(x, normalOut)) return x.negative ? leastGelu() : beside(x, true);
  return geluWithin(x);
}

function geluWithin(x: Finite): Between {
  return decided(x.negative, (places) => {
    const { value, places: scale } = scaled(x, normalIntegral(x, 0, places)), unit = 1n << BigInt(scale);
    return scaled({ ...x, exponent: x.exponent - 1 }, { value: x.negative ? unit - value : unit + value, places: scale });
  });
}

/** gelu(-16), which every format takes for a trace below zero. */
const leastGelu = once(() => geluWithin(exactInteger(-16n)));

function once<Value>(compute: () => Value): () => Value {
  let known: Value | undefined;
  return () => {
    known ??= compute();
    return known;
  };
}

/** x / (1 + e^(-2 sqrt(2/pi) (x + 0.044715 x^3))). */
function geluTanh(x: Finite): Between {
  if (isTiny(x)) return beside({ ...x, exponent: x.exponent - 1 }, x.negative);
  if (!x.negative && isAtLeast(x, normalOut)) return beside(x, true);
  const within = isAtLeast(x, normalOut) ? exactInteger(-16n) : x;
  return decided(x.negative, (places) => {
    const inner = places + 32, shift = BigInt(inner), value = at(within, inner), square = (value * value) >> shift;
    const cubic = value + (((value * square) >> shift) * 44_715n) / 1_000_000n;
    const root = integerRoot((1n << BigInt(3 * inner + 3)) / pi(inner));
    return scaled(within, logistic((cubic * root) >> BigInt(inner + 32), places));
  });
}

/** log(1 + e^x), x >= 0: x + log(1 + e^-x). */
function softplus(x: Finite, places: number): Real {
  const { value, power: exponent } = exponential(at({ ...x, negative: true }, places), places);
  if (!x.negative) {
    const unit = 1n << BigInt(places);
    return { value: at(x, places) + logarithm(unit + (value >> BigInt(-exponent)), unit, places), places };
  }
  const unit = 1n << BigInt(places - exponent);
  return { value: logarithm(unit + value, unit, places - exponent), places: places - exponent };
}

/** sin(x + turn pi/2): x less the nearest multiple of pi/2, by a pi of as many digits as the multiple asks. */
function circular(x: Finite, turn: bigint): Between {
  const reduce = (places: number): { readonly quadrant: bigint; readonly rest: bigint } => {
    const extra = Math.max(0, x.exponent + bitLength(x.significand)), inner = places + extra;
    const quarter = pi(inner) >> 1n, value = at(x, inner), count = floorDivide(2n * value + quarter, 2n * quarter);
    return { quadrant: BigInt.asUintN(2, count + turn), rest: (value - count * quarter) >> BigInt(extra) };
  };
  const { quadrant, rest } = reduce(160);
  const negative = (quadrant & 1n) === 0n ? rest < 0n !== (quadrant === 2n) : quadrant === 3n;
  return decided(negative, (places) => {
    const { sine, cosine } = sineCosine(reduce(places).rest, places), value = (quadrant & 1n) === 0n ? sine : cosine;
    return { value: value < 0n ? -value : value, places };
  });
}
