//! requantise: the eight steps of drain and scale, from an accumulator to an output element, with every convention of scaling.

import { Defect } from '../failure.ts';
import type { Bounds, Element } from './arithmetic.ts';
import { isFlushed, reluExact, within, write } from './arithmetic.ts';
import type { Between, Direction, Exact, RoundName } from './exact.ts';
import { add, compare, divide, exactInteger, infinite, isZero, multiply, plusZero, unpack, unpackInteger } from './exact.ts';
import type { Format } from './format.ts';
import { formatByName, greatestInteger, leastInteger } from './format.ts';
import { type Observe, staged } from './observe.ts';
import type { Rounded, Rounding } from './round.ts';
import { readElement, roundNearest, roundToIntegerFormat, roundToWhole } from './round.ts';

/** Scale conventions, in the order of their codes in a mode (machine details 7.3, step 3; numerics 4). */
export const scaleNames = ['none', 'fixed', 'gemmlowp', 'tosaDouble', 'fp32Multiply', 'fp32Divide'] as const;
export type ScaleName = (typeof scaleNames)[number];

export const activationNames = ['none', 'relu', 'leaky'] as const;
export type ActivationName = (typeof activationNames)[number];

/** What drain and scale capture of a mode. */
export interface EpilogueMode extends Rounding {
  readonly scale: ScaleName;
  /** The first rounding of gemmlowp. */
  readonly round2: RoundName;
  readonly daz: 0 | 1 | 2;
  /** Zero points of x (0 for drain), the residual and the output. */
  readonly zpa: number;
  readonly zpb: number;
  readonly zpo: number;
  /** Bounds of step 7, or undefined where the mode's `clamp` is off. */
  readonly clamp: Bounds | undefined;
}

/** A row of the channel table: four raw words, unsigned. */
export interface ChannelRow {
  readonly bias: bigint;
  readonly multiplier: bigint;
  readonly shift: bigint;
  readonly slope: bigint;
}

export interface EpilogueInput {
  readonly x: Element;
  readonly activation: ActivationName;
  /** Undefined without a table: no bias, no scale, no leaky. */
  readonly row: ChannelRow | undefined;
  readonly residual: Element | undefined;
}

/** One output element. Throws where the instruction should have trapped dtype or shape. */
export function epilogue(input: EpilogueInput, to: Format, mode: EpilogueMode): Rounded {
  const { x, activation, row, residual } = input;
  requireLegal(input, to, mode);
  const integer = x.format.kind === 'integer', read = readElement(x.format, x.bits, mode.daz), { observe } = mode;
  staged(observe, 'x', read, x);
  const u = integer ? add(read, exactInteger(BigInt(-mode.zpa)), 'rne') : read;
  if (mode.zpa !== 0) staged(observe, `less its zero point ${mode.zpa}`, u);
  const biased = row === undefined ? u : addBias(u, row, integer, observe);
  const scaled = row === undefined ? biased : applyScale(biased, row, mode);
  const scaledIsInteger = integer && mode.scale !== 'fp32Multiply' && mode.scale !== 'fp32Divide';
  const joined = residual === undefined ? scaled : addResidual(scaled, residual, scaledIsInteger, mode);
  const active = activate(joined, activation, row, observe);
  const placed = to.kind === 'integer' ? addOutputZero(active, mode) : active;
  const bounded = mode.clamp === undefined ? placed : staged(observe, 'clamped to lo and hi', within(placed, mode.clamp, to, 0));
  const inputs = floatInputs(input, mode, read, joined, to), divideByZero = scaled.kind === 'infinite' && scaled.byZero === true;
  if (to.kind === 'integer' && !scaledIsInteger) {
    const result = roundToIntegerFormat(to, bounded, 'rz', observe);
    return { ...result, invalid: result.invalid || active.kind === 'nan', divideByZero, flushed: inputs.some(isFlushed) };
  }
  return { ...write(to, bounded, mode, divideByZero ? scaled : read, ...inputs), divideByZero };
}

const s8 = formatByName('s8');
const s32 = formatByName('s32');
const fp32 = formatByName('fp32');

/** Step 2: exact for integers; float x is widened exactly to fp32 and the sum rounded to it. */
function addBias(u: Exact, row: ChannelRow, integer: boolean, observe: Observe | undefined): Exact {
  const format = integer ? s32 : fp32, sum = staged(observe, 'plus bias', add(u, unpack(format, row.bias), 'rne'), { format, bits: row.bias });
  return integer ? sum : roundNearest(fp32, sum, observe);
}

/** Step 3. */
function applyScale(u: Exact, row: ChannelRow, mode: Pick<EpilogueMode, 'scale' | 'round' | 'round2' | 'observe'>): Exact {
  const multiplier = exactInteger(unpackInteger(s32, row.multiplier)), { observe } = mode, word = { format: s32, bits: row.multiplier };
  const places = Number(unpackInteger(s8, row.shift));
  const byFloat = (what: string, of: (v: Exact) => Exact | Between): Exact =>
    roundNearest(fp32, staged(observe, what, of(roundNearest(fp32, u, observe)), { format: fp32, bits: row.multiplier }), observe);
  switch (mode.scale) {
    case 'none': return u;
    case 'fixed': {
      const scaled = staged(observe, `times multiplier x 2^${places - 31}`, multiply(u, { ...multiplier, exponent: places - 31 }), word);
      return roundedInteger(scaled, mode.round, observe);
    }
    case 'gemmlowp': return gemmlowp(u, row, places, mode);
    case 'tosaDouble': return tosaDouble(u, row, places, observe);
    case 'fp32Multiply': return byFloat('times multiplier', (v) => multiply(v, unpack(fp32, row.multiplier)));
    case 'fp32Divide': return byFloat('divided by multiplier', (v) => divide(v, unpack(fp32, row.multiplier)));
  }
}

/** TFLite's two roundings: a saturating doubling high multiply, then a division by a power of two. */
function gemmlowp(u: Exact, row: ChannelRow, places: number, { round, round2, observe }: Pick<EpilogueMode, 'round' | 'round2' | 'observe'>): Exact {
  const left = Math.max(places, 0), right = Math.min(places, 0), word = { format: s32, bits: row.multiplier };
  const raised = staged(observe, `times 2^${left}, saturated to s32`, saturateTo32(multiply(u, exactInteger(1n, left))));
  const product = multiply(multiply(raised, unpack(s32, row.multiplier)), exactInteger(1n, -31));
  const high = saturateTo32(roundedInteger(staged(observe, 'times multiplier x 2^-31', product, word), round2, observe));
  return roundedInteger(staged(observe, `saturated to s32, times 2^${right}`, multiply(high, exactInteger(1n, right))), round, observe);
}

/** TOSA apply_scale_32 with double_round, its shift t = 31 - places clamped to what TOSA defines. */
function tosaDouble(u: Exact, row: ChannelRow, places: number, observe: Observe | undefined): Exact {
  const t = Math.min(Math.max(31 - places, 2), 62);
  const half = exactInteger(1n, t - 1);
  const extra = t > 31 ? exactInteger(compare(u, plusZero) === -1 ? -1n : 1n, 30) : plusZero;
  const product = staged(observe, 'times multiplier', multiply(u, unpack(s32, row.multiplier)), { format: s32, bits: row.multiplier });
  const sum = staged(observe, `plus 2^${t - 1}${isZero(extra) ? '' : ' and 2^30 of its sign'}`, add(add(product, half, 'rne'), extra, 'rne'));
  return roundedInteger(staged(observe, `times 2^-${t}`, multiply(sum, exactInteger(1n, -t))), 'rd', observe);
}

/** Step 4: in the output domain. fp32 sums take the residual less its zero point as fp32. */
function addResidual(v: Exact, residual: Element, integer: boolean, mode: EpilogueMode): Exact {
  const read = readElement(residual.format, residual.bits, mode.daz);
  const centred = add(read, exactInteger(BigInt(-mode.zpb)), 'rne');
  const plus = (other: Exact): Exact => staged(mode.observe, `plus residual${mode.zpb === 0 ? '' : ` less its zero point ${mode.zpb}`}`, add(v, other, 'rne'), residual);
  if (integer) return plus(centred);
  // Without a zero point the element itself is meant, so that -0 stays -0.
  return roundNearest(fp32, plus(roundNearest(fp32, mode.zpb === 0 ? read : centred, mode.observe)), mode.observe);
}

/** Step 5. */
function activate(v: Exact, activation: ActivationName, row: ChannelRow | undefined, observe: Observe | undefined): Exact {
  if (activation === 'relu') return staged(observe, 'relu', reluExact(v));
  if (activation === 'none' || row === undefined || compare(v, plusZero) !== -1) return v;
  return roundNearest(fp32, staged(observe, 'times slope', multiply(v, unpack(fp32, row.slope)), { format: fp32, bits: row.slope }), observe);
}

/** Step 6 for an integer destination: a NaN goes on as +infinity, and an infinity meets the limit when it is written. */
function addOutputZero(v: Exact, mode: EpilogueMode): Exact {
  const whole = v.kind === 'nan' ? infinite(false) : roundedInteger(v, mode.round, mode.observe);
  return staged(mode.observe, `plus output zero point ${mode.zpo}`, add(whole, exactInteger(BigInt(mode.zpo)), 'rne'));
}

/** An integer has no negative zero, though the exact value it is rounded from may leave one. */
function roundedInteger(v: Exact, direction: Direction, observe: Observe | undefined): Exact {
  const { value } = roundToWhole(v, direction, observe);
  return isZero(value) ? plusZero : value;
}

function saturateTo32(v: Exact): Exact {
  const least = exactInteger(leastInteger(s32));
  const greatest = exactInteger(greatestInteger(s32));
  if (compare(v, least) === -1) return least;
  return compare(v, greatest) === 1 ? greatest : v;
}

/** All that was read as a float: the slope where `joined` is below zero. */
function floatInputs({ x, row, residual, activation }: EpilogueInput, mode: EpilogueMode, read: Exact, joined: Exact, to: Format): readonly Exact[] {
  const words: bigint[] = [];
  if (row !== undefined && x.format.kind !== 'integer') words.push(row.bias);
  if (row !== undefined && (mode.scale === 'fp32Multiply' || mode.scale === 'fp32Divide')) words.push(row.multiplier);
  if (row !== undefined && activation === 'leaky' && compare(joined, plusZero) === -1) words.push(row.slope);
  if (mode.clamp !== undefined && to.kind !== 'integer') words.push(mode.clamp.lo, mode.clamp.hi);
  const other = residual === undefined ? [] : [readElement(residual.format, residual.bits, mode.daz)];
  return [read, ...words.map((word) => unpack(fp32, word)), ...other];
}

function requireLegal({ x, activation, row, residual }: EpilogueInput, to: Format, mode: EpilogueMode): void {
  const integer = x.format.kind === 'integer';
  const byFloat = mode.scale === 'fp32Multiply' || mode.scale === 'fp32Divide';
  const integerV = integer && !byFloat;
  if (row === undefined && (mode.scale !== 'none' || activation === 'leaky')) {
    throw new Defect('scale and leaky without a table trap shape');
  }
  if (!integer && !byFloat && mode.scale !== 'none') throw new Defect(`scale ${mode.scale} of a float traps dtype`);
  if (!integer && mode.zpa !== 0) throw new Defect('a float has no zero point');
  if (integerV && activation === 'leaky') throw new Defect('leaky of an integer traps dtype');
  if (integerV && residual !== undefined && residual.format.kind !== 'integer') {
    throw new Defect('a float residual of an integer traps dtype');
  }
  if (to.kind !== 'integer' && mode.zpo !== 0) throw new Defect('a zero point of a float output traps dtype');
}
