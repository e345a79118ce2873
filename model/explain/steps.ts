//! steps: values on the way to an element, how each was rounded and what was dropped, as lines.
import type { Direction } from '../numerics/exact.ts';
import type { WatchEvent } from '../isa/view.ts';
import { unpack } from '../numerics/exact.ts';
import type { Format } from '../numerics/format.ts';
import { binary, decimal, fields, hex, normal, pointed, codeValue } from './number.ts';
import { columns } from './table.ts';

/** Digits shown of those that go on without end. */
const ENDLESS = 32;
export type Digits = Extract<WatchEvent, { kind: 'digits' }>;
type Rounding = Extract<WatchEvent, { kind: 'rounded' }>;

export const directionText = (direction: Direction): string =>
  (typeof direction === 'string' ? direction : `stochastic 0x${direction.word.toString(16).padStart(8, '0')}`);

/** Kept digits with their point, a bar, and those that are dropped; the point of a float stands behind its first digit. */
export function keptAndDropped({ kept, rest, places, place, between, negative }: Digits, fractionDigits: number | undefined): string {
  const whole = fractionDigits === undefined ? (place === 0 ? `${kept.toString(2)}.` : kept.toString(2)) : pointed(kept, fractionDigits);
  return `${negative ? '-' : ''}${whole}|${between ? `${binary(rest, places).slice(0, ENDLESS)}…` : binary(rest, places)}`;
}

/** Guard and sticky, how they stand to one half, and what was decided. */
export function decision({ kept, rest, places, whole, between, direction, negative }: Digits): string {
  if (rest === 0n) return 'exact: only zeros dropped';
  const half = 1n << BigInt(places - 1), guard = rest >= half ? 1 : 0, sticky = BigInt.asUintN(places - 1, rest) !== 0n || between ? 1 : 0;
  const side = guard === 0 ? 'below half' : sticky ? 'above half' : 'a tie', odd = kept & 1n ? 'odd' : 'even';
  const why = typeof direction !== 'string' ? directionText(direction)
    : direction === 'rne' && side === 'a tie' ? `${odd} before it` : direction === 'odd' ? `last digit ${odd}` : direction === 'ru' || direction === 'rd' ? (negative ? 'negative' : 'positive') : '';
  return `guard ${guard}, sticky ${sticky}: ${side}${why ? `, ${why}` : ''}, so ${whole === kept ? 'kept' : 'one more'}`;
}

/** Places behind the point of the digits kept for a float of this format; undefined for whole numbers. */
export const fractionOf = (format: Format | undefined): number | undefined =>
  (format === undefined || format.kind !== 'float' ? undefined : format.fractionBits);

/** Rows of what, value, how it looks in binary, and what was decided. `made` names the exact value that no step has told before it is rounded. */
export function stepLines(events: readonly WatchEvent[], made: string): string[] {
  const rows: string[][] = [];
  let pending: Digits | undefined, last: unknown;
  const whole = (): void => {
    if (!pending) return;
    const { direction, whole: magnitude, negative } = pending;
    rows.push([`round ${directionText(direction)} to an integer`, '', keptAndDropped(pending, undefined), decision(pending)]);
    rows.push(['  is', `${negative && magnitude !== 0n ? '-' : ''}${magnitude}`]);
    pending = undefined;
  };
  for (const event of events) {
    if (event.kind === 'rounded') {
      if (pending && event.value !== last) rows.push([made, decimal(event.value), normal(event.value)]);
      rows.push(...roundedRows(event, pending));
      pending = undefined;
      continue;
    }
    if (event.kind === 'digits' || event.kind === 'stage') whole();
    if (event.kind === 'digits') pending = event;
    if (event.kind === 'stage') last = event.value;
    if (event.kind === 'stage') rows.push([event.what + (event.word ? ` ${hex(event.word.format, event.word.bits)} (${codeValue(event.word.format, event.word.bits)})` : ''), decimal(event.value), normal(event.value)]);
    if (event.kind === 'note') rows.push([event.says]);
  }
  whole();
  return columns(rows.map((row) => (row.length > 2 ? [...row, '', ''].slice(0, 4) : row)), [1]);
}

function roundedRows({ format, value, bits, events }: Rounding, digits: Digits | undefined): string[][] {
  const what = digits ? `round ${directionText(digits.direction)} to ${format.name}` : `to ${format.name}`, noted = events.filter((name) => name !== 'inexact');
  // The element itself is an integer or is out of range: digits tell nothing of clipping and wrapping.
  const range = isOut(format, value, bits, digits) ? (format.kind === 'integer' && !events.includes('saturated') ? 'wraps' : 'out of range') : '';
  const marks = [digits ? decision(digits) : '', range, ...noted].filter(Boolean).join('; ');
  return [
    digits ? [what, '', keptAndDropped(digits, fractionOf(format)), marks] : [what, decimal(value), normal(value), marks],
    ['  is', codeValue(format, bits), `${hex(format, bits)}  ${fields(format, bits)}`],
  ];
}

/** Is the result another number than the digits came to? */
function isOut(format: Format, value: Rounding['value'], bits: bigint, digits: Digits | undefined): boolean {
  if (format.kind !== 'integer' || value.kind === 'nan' || value.kind === 'infinite') return false;
  const magnitude = digits ? digits.whole : value.exponent >= 0 ? value.significand << BigInt(value.exponent) : value.significand >> BigInt(-value.exponent);
  return decimal(unpack(format, bits)) !== decimal({ kind: 'finite', negative: value.negative && magnitude !== 0n, significand: magnitude, exponent: 0 });
}
