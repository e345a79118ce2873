//! numbers: decimal fractions as elements of a format, rounded once.
import type { Complaint } from '../isa/field.ts';
import type { Token } from '../isa/text.ts';
import { divide, exactInteger, infinite, multiply, nan, negate } from '../numerics/exact.ts';
import { type Format, hasNan, quietNan } from '../numerics/format.ts';
import { round } from '../numerics/round.ts';

const EXPONENT_MAX = 5000;

/**
 * Bits of `-2.5`, `1e-3`, `inf` or `nan`, nearest even; a complaint when it is too large; undefined when the tokens are no such number.
 * `whole`: digits without a point are one too, as in the data of a float format.
 */
export function floatBits(tokens: readonly Token[], format: Format, whole = false): bigint | Complaint | undefined {
  const sign = tokens.length === 2 && '+-'.includes(tokens[0]!.text) ? tokens[0]!.text : '';
  const token = tokens[sign ? 1 : 0];
  if (tokens.length !== (sign ? 2 : 1) || format.kind === 'integer' || format.kind === 'scale') return undefined;
  const value = magnitude(token!.text, whole);
  if (!value || (value.kind === 'nan' && format.kind !== 'fixed' && !hasNan(format))) return undefined;
  const signed = sign === '-' && value.kind !== 'between' ? negate(value) : { ...value, negative: sign === '-' };
  const how = {
    round: 'rne',
    isat: true,
    fsat: false,
    ftz: 0,
    nan: format.kind === 'float' && hasNan(format) ? quietNan(format) : 0n,
  } as const;
  const { bits, overflow, saturated } = round(format, signed as typeof value, how);
  return overflow || saturated ? { complaint: `${sign}${token!.text} is too large for ${format.name}` } : bits;
}

function magnitude(text: string, whole: boolean): ReturnType<typeof divide> | undefined {
  if (text === 'inf') return infinite(false);
  if (text === 'nan') return nan;
  const parts = /^(\d[\d_]*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts || (!whole && parts[2] === undefined && parts[3] === undefined)) return undefined;
  const fraction = parts[2] ?? '',
    exponent = Number(parts[3] ?? 0) - fraction.length;
  if (Math.abs(exponent) > EXPONENT_MAX || text.length > EXPONENT_MAX) return undefined;
  const digits = exactInteger(BigInt(parts[1]!.replaceAll('_', '') + fraction)),
    power = exactInteger(10n ** BigInt(Math.abs(exponent)));
  return exponent < 0 ? divide(digits, power) : multiply(digits, power);
}
