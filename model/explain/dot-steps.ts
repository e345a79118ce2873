//! dot-steps: a dot product as lines: products, windows with what each term keeps and loses, sums and roundings.
import type { WatchEvent } from '../isa/view.ts';
import { type Exact, exactInteger, type Finite, isZero } from '../numerics/exact.ts';
import type { DotRecord } from '../numerics/dot-record.ts';
import type { TermName } from '../numerics/dot-trace.ts';
import type { Format } from '../numerics/format.ts';
import { binary, decimal, fields, hex, normal, pointed, codeValue } from './number.ts';
import { type Digits, decision, fractionOf, keptAndDropped } from './steps.ts';
import { columns, under } from './table.ts';

type Of<Kind extends WatchEvent['kind']> = Extract<WatchEvent, { kind: Kind }>;
export interface DotFormats { readonly a: Format; readonly w: Format; readonly scales: Format | undefined; readonly accumulator: Format }

const termText = (term: TermName): string => (term.of === 'product' ? `p${term.k}` : term.of === 'c' ? 'C' : `p${term.from}..${term.to}`);
/** Digits of a window that fit on a line. */
const WINDOW_MAX = 96;

export function dotLines(events: readonly WatchEvent[], record: DotRecord, formats: DotFormats): string[] {
  const products = events.filter((event) => event.kind === 'product');
  if (record.kind === 'integer') return integerLines(events, products, formats);
  const lines = under('products', productLines(products, formats));
  return lines.concat(record.kind === 'chain' || record.kind === 'tree' ? under('additions', additionLines(events, formats.accumulator)) : windowLines(events, formats.accumulator));
}

function productLines(products: readonly Of<'product'>[], { a, w, scales }: DotFormats): string[] {
  const beside = scales ? ['scale a', 'scale w'] : [];
  const rows = products.map(({ k, a: x, w: y, scaleA, scaleW, value, raw }) => [
    `p${k}`, hex(a, x), codeValue(a, x), hex(w, y), codeValue(w, y), ...(scales ? [codeValue(scales, scaleA!), codeValue(scales, scaleW!)] : []),
    decimal(value), isZero(value) ? '' : String(raw), normal(value),
  ]);
  const right = [2, 4, ...beside.map((_, i) => 5 + i), 5 + beside.length, 6 + beside.length];
  return columns([['', 'a', '', 'w', '', ...beside, 'a x w', 'exponent', ''], ...rows], right);
}

function integerLines(events: readonly WatchEvent[], products: readonly Of<'product'>[], { a, w }: DotFormats): string[] {
  const partials = events.filter((event) => event.kind === 'partial');
  const rows = products.map(({ k, a: x, w: y, value }, i) =>
    [`p${k}`, hex(a, x), codeValue(a, x), hex(w, y), codeValue(w, y), decimal(value), String(partials[i]?.sum ?? ''), partials[i]?.wrapped ? 'wrapped' : '']);
  const header = ['', 'a', '', 'w', '', '(a - zpa) x (w - zpb)', 'partial sum', ''];
  return under('products', columns([header, ...rows], [2, 4, 5, 6]));
}

/** Chains and trees: a line for each rounded addition. */
function additionLines(events: readonly WatchEvent[], accumulator: Format): string[] {
  const rows: string[][] = [['step', '', 'exact', 'kept|dropped', '', 'rounded', '']];
  let digits: Digits | undefined;
  for (const event of events) {
    if (event.kind === 'digits') digits = event;
    if (event.kind === 'special') rows.push([String(event.step), 'special value', decimal(event.value)]);
    if (event.kind !== 'round') continue;
    rows.push([
      String(event.step), event.what, decimal(event.value), digits ? keptAndDropped(digits, fractionOf(accumulator)) : normal(event.value),
      digits ? decision(digits) : '', hex(accumulator, event.bits), codeValue(accumulator, event.bits),
    ]);
    digits = undefined;
  }
  return columns(rows, [0]);
}

/** Kernels with a window: for each step its terms, aligned as in the adder, the sum and its rounding. */
function windowLines(events: readonly WatchEvent[], accumulator: Format): string[] {
  const lines: string[] = [];
  let window: Of<'window'> | undefined, terms: Of<'align'>[] = [], digits: Digits | undefined;
  const flush = (): void => {
    if (terms.length > 0) lines.push(...under('', alignedLines(terms, window)));
    terms = [];
  };
  for (const event of events) {
    if (event.kind === 'align') { terms.push(event); continue; }
    if (event.kind === 'window' || event.kind === 'sum' || event.kind === 'round' || event.kind === 'step') flush();
    if (event.kind === 'step') {
      window = undefined;
      lines.push('', ...under(`step ${event.step}`, [`${ranges(event.products)} onto ${decimal(event.running)}${normal(event.running) ? `, which is ${normal(event.running)}` : ''}`]));
    }
    if (event.kind === 'window') {
      window = event;
      lines.push(...under('window', [`greatest exponent ${event.exponent}${event.raised ? ' (the floor)' : ''}; last place kept 2^${event.last}`]));
    }
    if (event.kind === 'sum') lines.push(...under('sum', [[decimal(event.value), normal(event.value)].filter(Boolean).join('  =  ')]));
    if (event.kind === 'special') lines.push(...under('special', [`a NaN or an infinity decides: ${decimal(event.value)}`]));
    if (event.kind === 'digits') digits = event;
    if (event.kind === 'round') {
      lines.push(...roundLines(event, digits, accumulator));
      digits = undefined;
    }
  }
  return lines;
}

function alignedLines(terms: readonly Of<'align'>[], window: Of<'window'> | undefined): string[] {
  const others = terms.filter(({ value }) => !isZero(value)), placeOf = ({ value, shift }: Of<'align'>): number => shift + (value as Finite).exponent;
  // Without a window the places are those of the terms.
  const top = window?.exponent ?? Math.max(...others.map(({ raw }) => raw)), least = window?.last ?? Math.min(...others.map(placeOf));
  if (others.length === 0) return ['nothing but zeros'];
  const lastOf = (term: Of<'align'>): number => (isZero(term.value) ? least : placeOf(term));
  const lengths = terms.map((term) => whole(magnitude(term), top - lastOf(term)).length), room = Math.max(1, ...lengths);
  const rows = terms.map((term) => {
    const last = lastOf(term), fraction = top - last, value: Exact = exactInteger(term.kept, last), isShown = fraction >= 0 && fraction <= WINDOW_MAX;
    const digits = isShown ? `${term.kept < 0n ? '-' : ' '}${pointed(magnitude(term), fraction, room)}` : ` ${normal(value)}`;
    return [termText(term.term), isZero(term.value) ? '' : String(term.raw), isZero(term.value) ? '' : String(top - term.raw), digits + droppedText(term), decimal(value)];
  });
  return columns([['', 'exponent', 'shift', ` kept in units of 2^${top}${terms.some(({ lost }) => lost) ? ' | dropped' : ''}`, 'kept'], ...rows], [1, 2, 4]);
}
const magnitude = ({ kept }: { readonly kept: bigint }): bigint => (kept < 0n ? -kept : kept);
const whole = (value: bigint, fraction: number): string => (fraction >= 0 ? value >> BigInt(fraction) : value).toString(2);
function droppedText({ value, shift, lost }: Of<'align'>): string {
  return lost ? `|${binary(BigInt.asUintN(shift, (value as Finite).significand), shift)}` : '';
}

function roundLines({ what, direction, bits, value, overflow, flushed }: Of<'round'>, digits: Digits | undefined, format: Format): string[] {
  const marks = [overflow ? 'overflow' : '', flushed ? 'flushed to zero' : ''].filter(Boolean), name = what === 'step' ? '' : `${what}: ${decimal(value)}; `;
  const how = digits ? `${keptAndDropped(digits, fractionOf(format))}  ${decision(digits)}` : 'exact: nothing to drop';
  return under(`round ${direction}`, [
    [`${name}${how}`, ...marks].join('; '),
    `is ${hex(format, bits)}  ${fields(format, bits)}  =  ${codeValue(format, bits)}`,
  ]);
}

/** p0..p15, or each where they do not follow each other. */
function ranges(products: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const k of products) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === k) last[1] = k;
    else runs.push([k, k]);
  }
  return runs.map(([from, to]) => (from === to ? `p${from}` : `p${from}..p${to}`)).join(' ');
}
