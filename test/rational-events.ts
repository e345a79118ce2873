//! rational-events: which events an arithmetic operation raises, from rationals alone, for tests of the specification and of the engine.
import {
  EVENT_DIVIDE_BY_ZERO,
  EVENT_FLUSHED,
  EVENT_INEXACT,
  EVENT_INVALID,
  EVENT_NAN,
  EVENT_OVERFLOW,
  EVENT_UNDERFLOW,
} from '../model/limits.ts';
import { abs, add, decode, divide, encode, multiply, negate, number, power, toInteger, type Mode, type Row, type Value } from './rational.ts';

export const operations = ['add', 'sub', 'mul', 'div', 'fma'] as const;

/** The code and the events, a bit each, of an operation on floats of one row. */
export function rational(r: Row, operation: (typeof operations)[number], codes: readonly bigint[], mode: Mode): { code: bigint; events: number } {
  const [p, q, s] = codes.map((code) => decode(r, code, mode.daz)) as [Value, Value, Value];
  const product = multiply(p, q),
    value =
      operation === 'fma'
        ? add(product, s, mode)
        : { add: () => add(p, q, mode), sub: () => add(p, negate(q), mode), mul: () => product, div: () => divide(p, q) }[operation]();
  const used = operation === 'fma' ? codes : codes.slice(0, 2),
    isNan = (v: Value): boolean => v.kind === 'nan';
  const made =
    operation === 'fma'
      ? (isNan(product) && !isNan(p) && !isNan(q)) || (isNan(value) && !isNan(product) && !isNan(s))
      : isNan(value) && !isNan(p) && !isNan(q);
  const fits = { ...mode, ftz: 0 },
    code = encode(r, value, mode);
  let events = isNan(decode(r, code)) ? 1 << EVENT_NAN : 0;
  if (made || used.some((each) => isSignalling(r, each))) events |= 1 << EVENT_INVALID;
  if (operation === 'div' && p.kind === 'number' && p.n !== 0n && q.kind === 'number' && q.n === 0n) events |= 1 << EVENT_DIVIDE_BY_ZERO;
  if (mode.daz && used.some((each) => isSubnormal(r, each))) events |= 1 << EVENT_FLUSHED;
  return { code, events: value.kind === 'number' && value.n !== 0n ? events | rounding(r, value, decode(r, encode(r, value, fits)), mode) : events };
}

function rounding(r: Row, value: Value & { kind: 'number' }, written: Value, mode: Mode): number {
  const kept = unbounded(r, value, mode.round),
    normal = number(...power(1 - r.bias));
  if (order(kept, greatest(r)) > 0) return (1 << EVENT_OVERFLOW) | (1 << EVENT_INEXACT);
  const isBelow = (v: Value): boolean => v.kind === 'number' && v.n !== 0n && order(v, normal) < 0;
  if ((mode.ftz === 1 && isBelow(written)) || (mode.ftz === 2 && isBelow(value)))
    return (1 << EVENT_FLUSHED) | (1 << EVENT_UNDERFLOW) | (1 << EVENT_INEXACT);
  if (written.kind === 'number' && written.n * value.d === value.n * written.d) return 0;
  return (1 << EVENT_INEXACT) | (isBelow(kept) ? 1 << EVENT_UNDERFLOW : 0);
}

/** The value with all the digits of the row, whatever its exponent. */
function unbounded(r: Row, { n, d }: Value & { kind: 'number' }, round: number): Value {
  let e = abs(n).toString(2).length - d.toString(2).length + 1;
  while (order(number(abs(n), d), number(...power(e))) < 0) e--;
  const [p, q] = power(e - r.f);
  return number(toInteger(n * q, d * p, round) * p, q);
}

const greatest = (r: Row): Value => decode(r, encode(r, { kind: 'inf', negative: false }, { fsat: 1 } as Mode));
/** Sign of |a| - |b|. */
const order = (a: Value, b: Value): number => {
  if (a.kind !== 'number' || b.kind !== 'number') throw new Error('only numbers have an order');
  const difference = abs(a.n) * b.d - abs(b.n) * a.d;
  return difference < 0n ? -1 : Number(difference > 0n);
};
const isSignalling = (r: Row, code: bigint): boolean => r.specials === 1 && decode(r, code).kind === 'nan' && ((code >> BigInt(r.f - 1)) & 1n) === 0n;
const isSubnormal = (r: Row, code: bigint): boolean => {
  const size = BigInt.asUintN(r.e + r.f, code);
  return size !== 0n && size >> BigInt(r.f) === 0n && decode(r, code).kind === 'number';
};
