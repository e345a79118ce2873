//! number: exact values and codes as people read them: decimal, binary with its point, fields of a code.
import { type Between, bitLength, type Exact, unpack } from '../numerics/exact.ts';
import type { Format } from '../numerics/format.ts';

/** Digits up to which a decimal is shown whole, and how many of a longer one; binary digits behind which only an ellipsis goes. */
const WHOLE = 20, CUT = 12, BINARY_MAX = 72, ENDLESS = 40, EXPONENT_MAX = 4096;

/** In decimal, exactly where that takes few digits; `~` marks one that was cut. */
export function decimal(value: Exact | Between): string {
  if (value.kind === 'nan') return 'nan';
  const sign = value.negative ? '-' : '';
  if (value.kind === 'infinite') return `${sign}inf`;
  const { significand, exponent } = value;
  if (significand === 0n) return `${sign}0`;
  if (Math.abs(exponent) > EXPONENT_MAX) return `${sign}${significand} x 2^${exponent}`;
  const scaled = exponent >= 0 ? significand << BigInt(exponent) : significand * 5n ** BigInt(-exponent), decimals = Math.max(0, -exponent);
  const all = String(scaled), digits = all.replace(/0+$/, ''), power = all.length - 1 - decimals;
  if (value.kind !== 'between' && digits.length <= WHOLE && power >= -7 && power < WHOLE) return sign + plain(digits, power);
  const cut = digits.length > CUT, shown = cut ? rounded(digits) : { digits, carry: 0 }, mark = cut || value.kind === 'between' ? '~' : '', at = power + shown.carry;
  const text = at >= -7 && at < WHOLE ? plain(shown.digits, at) : `${plain(shown.digits, 0)}e${at}`;
  return `${mark}${sign}${text}`;
}

/** The first digits, to nearest; a carry makes the power one greater. */
function rounded(digits: string): { readonly digits: string; readonly carry: number } {
  const whole = String((BigInt(digits.slice(0, CUT + 1)) + 5n) / 10n);
  return { digits: whole.replace(/0+$/, ''), carry: whole.length - CUT };
}

/** Digits of which the first stands at 10^power. */
function plain(digits: string, power: number): string {
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0'), rest = digits.slice(power + 1);
  return rest ? `${whole}.${rest}` : whole;
}

/** 1.011 x 2^3: normalised, without zeros behind the last one. */
export function normal(value: Exact | Between): string {
  if (value.kind === 'nan' || value.kind === 'infinite' || value.significand === 0n) return '';
  const digits = value.significand.toString(2), rest = digits.slice(1).replace(/0+$/, ''), power = value.exponent + bitLength(value.significand) - 1;
  const fraction = value.kind === 'between' || rest.length > BINARY_MAX ? `${rest.slice(0, value.kind === 'between' ? ENDLESS : BINARY_MAX)}…` : rest;
  return `${value.negative ? '-' : ''}1${fraction ? `.${fraction}` : ''} x 2^${power}`;
}

/** A magnitude of so many digits behind the point. */
export function pointed(magnitude: bigint, fractionDigits: number, wholeDigits = 1): string {
  const digits = magnitude.toString(2).padStart(Math.max(0, fractionDigits) + wholeDigits, '0'), at = digits.length - Math.max(0, fractionDigits);
  return `${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** So many binary digits. */
export const binary = (bits: bigint, digits: number): string => {
  const all = bits.toString(2).padStart(digits, '0');
  return all.length > BINARY_MAX ? `${all.slice(0, BINARY_MAX)}…` : all;
};

export const hex = (format: Format, bits: bigint): string => `0x${bits.toString(16).padStart(Math.ceil(format.width / 4), '0')}`;

/** The fields of a float's code; an integer's digits in groups of four. */
export function fields(format: Format, bits: bigint): string {
  if (format.kind !== 'float') return binary(BigInt.asUintN(format.valueBits, bits), format.valueBits).replace(/(?=(\d{4})+$)/g, ' ').trim();
  const code = binary(BigInt.asUintN(format.valueBits, bits) >> BigInt(format.ignoredLowBits), format.valueBits - format.ignoredLowBits);
  const sign = format.signed ? 1 : 0, exponent = sign + format.exponentBits;
  return [code.slice(0, sign), code.slice(sign, exponent), code.slice(exponent)].filter(Boolean).join(' ');
}

/** The value of a code in decimal. */
export const codeValue = (format: Format, bits: bigint): string => decimal(unpack(format, bits));
