//! function-tables: the numbers that the engine's special functions start from, computed on BigInt and written as fp64 bits.
import { bitLength, integerRoot } from '../numerics/exact.ts';
import { exponential, fixed, ln2, logarithm, oddFactorialSeries, pi, type Real, sineCosine } from '../numerics/fixed.ts';

/** Places of every number here: the smallest, Q(15), has 240 left. */
const PLACES = 400,
  UNIT = 1n << BigInt(PLACES);

/** e^(i ln2/256) is read at i; 1/m by the 8 bits behind m's leading one; sine and cosine at j/32; erf at j/16; Mills' ratio at j/8. */
const EXP_ENTRIES = 256,
  LOG_ENTRIES = 256,
  CIRCLE_ENTRIES = 27,
  ERF_ENTRIES = 65,
  MILLS_ENTRIES = 122;
/** Powers of d kept beyond the first, where |d| <= 1/32 and 1/16: what they leave out is below 2^-70 of the result. */
const ERF_POWERS = 11,
  MILLS_POWERS = 13;
/** Bits of a factor whose product with 26 bits is exact in fp64. */
const SHORT = 26;

/** assembly/function-tables.ts. */
export const functionTablesText = (): string =>
  [
    '//! Made by model/emit/function-tables.ts on BigInt; never edited (npm run emit). Each number is the bits of an fp64.',
    '',
    table('EXP', 'e^(i ln2/256): its first 26 bits, and the rest.', exponentials()),
    table(
      'LOG',
      'By the 8 bits behind the leading one of m, 1 <= m < 2: c near 1/m, or 2/m from 1.41 on, and -log c: 42 places, and the rest.',
      logarithms(),
    ),
    table('CIRCLE', 'sin(j/32), cos(j/32): the first 26 bits and the rest of each.', circle()),
    table(
      'ERF',
      "Taylor coefficients of erf at j/16: the value and the rest of it, the slope's first 26 bits and the rest, then the powers from 2.",
      errorFunction(),
    ),
    table('MILLS', 'Taylor coefficients at j/8 of e^(t^2/2) Q(t), Q the upper tail of the normal distribution: as in ERF.', mills()),
    words('TWO_OVER_PI', '2/pi in words of 32 bits, the most significant first, behind two words of zeros.', twoOverPi()),
    ...Object.entries(constants()).map(([name, value]) => `export const ${name}: u64 = ${hex(bits(value))};`),
    '',
    `export const ERF_ROW: usize = ${8 * (ERF_POWERS + 4)};`,
    `export const MILLS_ROW: usize = ${8 * (MILLS_POWERS + 4)};`,
    '',
  ].join('\n');

const scale = ({ value, places }: Real): bigint => fixed(value, -places, PLACES);
const quotient = (a: bigint, b: bigint): bigint => (a << BigInt(PLACES)) / b;
const product = (a: bigint, b: bigint): bigint => (a * b) >> BigInt(PLACES);

function exponentials(): bigint[] {
  return Array.from({ length: EXP_ENTRIES }, (_, i) => {
    const { value, power } = exponential((ln2(PLACES) * BigInt(i)) / 256n, PLACES);
    return twoParts(scale({ value, places: PLACES - power }), SHORT);
  }).flat();
}

/** c has 10 bits behind the point, and is 1 on both sides of m = 1, so that there log m is the series alone. */
function logarithms(): bigint[] {
  return Array.from({ length: LOG_ENTRIES }, (_, i) => {
    const middle = BigInt(2 * (LOG_ENTRIES + i) + 1),
      isHalved = isUpper(i);
    const c = i === 0 || i === LOG_ENTRIES - 1 ? 1024n : ((isHalved ? 4n : 2n) * 1024n * 256n + middle / 2n) / middle;
    const value = -logarithm(c, 1024n, PLACES),
      high = (value >> BigInt(PLACES - 42)) << BigInt(PLACES - 42);
    return [(c * UNIT) / 1024n, high, value - high];
  }).flat();
}

/** m of 1.41 and more are halved; the engine asks the same of the same bits. */
export const isUpper = (index: number): boolean => index >= 106;

function circle(): bigint[] {
  return Array.from({ length: CIRCLE_ENTRIES }, (_, j) => {
    const { sine, cosine } = sineCosine((UNIT * BigInt(j)) / 32n, PLACES);
    return [...twoParts(sine, SHORT), ...twoParts(cosine, SHORT)];
  }).flat();
}

/** Derivatives of 2/sqrt(pi) e^(-t^2): g' = -2 t g, g^(n+1) = -2 t g^(n) - 2 n g^(n-1). */
function errorFunction(): bigint[] {
  return Array.from({ length: ERF_ENTRIES }, (_, j) => {
    const t = (UNIT * BigInt(j)) / 16n,
      square = product(t, t);
    const { value, power } = exponential(-square, PLACES),
      slope = product(quotient(2n * UNIT, rootPi(0)), scale({ value, places: PLACES - power }));
    const erf = product(slope, product(t, oddFactorialSeries(2n * square, PLACES)));
    let before = 0n,
      derivative = slope;
    const powers = Array.from({ length: ERF_POWERS }, (_, index) => {
      const n = BigInt(index + 1),
        next = -2n * product(t, derivative) - 2n * (n - 1n) * before;
      [before, derivative] = [derivative, next];
      return next / factorial(n + 1n);
    });
    return [...twoParts(erf, 53), ...twoParts(slope, SHORT), ...powers];
  }).flat();
}

/** R = e^(t^2/2) Q(t): R' = t R - 1/sqrt(2 pi), R^(n+1) = t R^(n) + n R^(n-1). */
function mills(): bigint[] {
  return Array.from({ length: MILLS_ENTRIES }, (_, j) => {
    const t = (UNIT * BigInt(j)) / 8n,
      square = product(t, t);
    const { value, power } = exponential(square >> 1n, PLACES),
      growth = scale({ value, places: PLACES - power });
    // (1/2 - phi(t) t series) e^(t^2/2), where phi(t) e^(t^2/2) = 1/sqrt(2 pi).
    const density = quotient(UNIT, rootPi(1)),
      ratio = (growth >> 1n) - product(density, product(t, oddFactorialSeries(square, PLACES)));
    const slope = product(t, ratio) - density;
    let before = ratio,
      derivative = slope;
    const powers = Array.from({ length: MILLS_POWERS }, (_, index) => {
      const n = BigInt(index + 1),
        next = product(t, derivative) + n * before;
      [before, derivative] = [derivative, next];
      return next / factorial(n + 1n);
    });
    return [...twoParts(ratio, 53), ...twoParts(slope, SHORT), ...powers];
  }).flat();
}

/** sqrt(2^power pi). */
const rootPi = (power: number): bigint => integerRoot(fixed(pi(PLACES), power, PLACES));
const factorial = (n: bigint): bigint => (n < 2n ? 1n : n * factorial(n - 1n));

function twoOverPi(): number[] {
  const places = 32 * 8,
    value = (1n << BigInt(2 * places + 1)) / pi(places);
  return [0, 0, ...Array.from({ length: 8 }, (_, i) => Number(BigInt.asUintN(32, value >> BigInt(32 * (7 - i)))))];
}

function constants(): Readonly<Record<string, bigint>> {
  const log2 = ln2(PLACES),
    step = log2 / 256n,
    quarter = pi(PLACES) >> 1n,
    inverse = quotient(UNIT, log2);
  const gelu = integerRoot((8n << BigInt(3 * PLACES)) / pi(PLACES)),
    cubic = (gelu * 44_715n) / 1_000_000n;
  const [stepHigh, stepLow] = twoParts(step, 36),
    [log2Short, log2Rest] = twoParts(log2, 29);
  const log2High = (log2 >> BigInt(PLACES - 42)) << BigInt(PLACES - 42);
  const pair = (name: string, value: bigint): Record<string, bigint> => {
    const [high, low] = twoParts(value, 53);
    return { [`${name}_HIGH`]: high!, [`${name}_LOW`]: low! };
  };
  return {
    STEPS: 256n * inverse,
    STEP_HIGH: stepHigh!,
    STEP_LOW: stepLow!,
    LN2_SHORT: log2Short!,
    LN2_REST: log2Rest!,
    LN2_HIGH: log2High,
    LN2_LOW: log2 - log2High,
    ...pair('INVERSE_LN2', inverse),
    ...pair('QUARTER', quarter),
    ...pair('GELU', gelu),
    ...pair('CUBIC', cubic),
  };
}

/** A number as one of few bits, rounded towards zero, and the rest. */
function twoParts(value: bigint, kept: number): bigint[] {
  const magnitude = value < 0n ? -value : value,
    drop = BigInt(Math.max(0, bitLength(magnitude) - kept));
  const high = (magnitude >> drop) << drop,
    signed = value < 0n ? -high : high;
  return [signed, value - signed];
}

/** The fp64 nearest to value x 2^-PLACES; all here are normal numbers or zero. */
function bits(value: bigint): bigint {
  const magnitude = value < 0n ? -value : value,
    length = bitLength(magnitude),
    drop = length - 53;
  if (magnitude === 0n || length - PLACES < -1000) return 0n;
  const rounded = drop > 0 ? (magnitude + (1n << BigInt(drop - 1))) >> BigInt(drop) : magnitude << BigInt(-drop);
  const biased = (BigInt(length - PLACES - 1 + 1023) << 52n) + (rounded - (1n << 52n));
  return value < 0n ? biased | (1n << 63n) : biased;
}

const hex = (word: bigint | number): string => `0x${word.toString(16)}`;
const table = (name: string, says: string, values: readonly bigint[]): string => words(name, says, values.map(bits), 'u64');

function words(name: string, says: string, values: readonly (bigint | number)[], type = 'u32'): string {
  const rows = Array.from(
    { length: Math.ceil(values.length / 6) },
    (_, row) =>
      `  ${values
        .slice(6 * row, 6 * row + 6)
        .map(hex)
        .join(', ')},`,
  );
  return [`/** ${says} */`, `export const ${name}: usize = memory.data<${type}>([`, ...rows, '], 8);', ''].join('\n');
}
