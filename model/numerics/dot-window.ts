//! dot-window: kernels that add many terms and round once: fused with a window, exact, with the accumulator behind, block-scaled.
import type { AfterSumRecord, BlocksRecord, ExactRecord, FusedRecord } from './dot-record.ts';
import {
  aligned, greatestRaw, productsOf, rawOf, runningTerm, scaleExponent, settle, specialOf, startOf, summed, type Term, type Unit,
} from './dot-terms.ts';
import type { DotInput } from './dot-input.ts';
import { add, bitLength, type Exact, exactInteger, type Finite, infinite, isZero, plusZero, unpack } from './exact.ts';
import type { Format } from './format.ts';
import type { Rounded } from './round.ts';

/** A step: from its products and the running value to the rounded sum. */
type Step = (products: readonly Term[], running: Exact, step: number) => Rounded;

/** Step by step; the running value begins as C, or as +0 where C is added last. */
function steps(groups: readonly (readonly Term[])[], input: DotInput, unit: Unit, daz: 0 | 1 | 2, isLast: boolean, of: Step): Rounded {
  let running = startOf(input, !isLast, daz), rounded: Rounded | undefined;
  for (const [step, products] of groups.entries()) {
    unit.observe({ kind: 'step', step, products: products.map(({ name }) => (name.of === 'product' ? name.k : 0)), running });
    rounded = of(products, running, step);
    running = unpack(unit.accumulator, rounded.bits);
  }
  if (!isLast) return rounded!;
  return settle(unit, groups.length, 'accumulator', add(startOf(input, true, daz), running, 'rne'), 'rne');
}

/** Each `size` products in turn, the last group what is left. */
const grouped = <T>(terms: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(terms.length / size) }, (_, i) => terms.slice(i * size, (i + 1) * size));

/** Of each 2 x group products first those with k mod 4 < 2, then the others; a step without products is none. */
const interleaved = (terms: readonly Term[], group: number): readonly (readonly Term[])[] =>
  grouped(terms, 2 * group).flatMap((some) => [some.filter((_, i) => i % 4 < 2), some.filter((_, i) => i % 4 >= 2)]).filter((some) => some.length > 0);

export function fusedDot(record: FusedRecord, input: DotInput, unit: Unit): Rounded {
  const { group, order, operands, fractionBits, align, floor, round, keep, zero, daz, join } = record, products = productsOf(input, daz, unit.observe, operands);
  const groups = order === 'interleaved' ? interleaved(products, group) : grouped(products, group);
  return steps(groups, input, unit, daz, join === 'lastAdd', (some, running, step) => {
    const terms = [...some, runningTerm(unit, running)], special = specialOf(unit, step, terms);
    if (special) return settle(unit, step, 'step', special, round, { keep });
    const greatest = greatestRaw(terms), exponent = Math.max(greatest ?? 0, floor ?? -Infinity), last = exponent - fractionBits;
    if (greatest !== undefined) unit.observe({ kind: 'window', step, exponent, last, raised: exponent > greatest });
    const sum = greatest === undefined ? 0n : terms.reduce((whole, term) => whole + aligned(unit, step, term, last, align), 0n);
    return settle(unit, step, 'step', summed(unit, step, sum, last, zero, terms), round, { keep, zero });
  });
}

export function exactDot(record: ExactRecord, input: DotInput, unit: Unit): Rounded {
  const { group, round, zero, daz, join } = record, products = productsOf(input, daz, unit.observe);
  return steps(grouped(products, group ?? products.length), input, unit, daz, join === 'lastAdd', (some, running, step) => {
    const terms = [...some, runningTerm(unit, running)], special = specialOf(unit, step, terms);
    if (special) return settle(unit, step, 'step', special, round);
    const last = Math.min(...terms.map(({ value }) => (isZero(value) ? 0 : (value as Finite).exponent)));
    const sum = terms.reduce((whole, term) => whole + aligned(unit, step, term, last, 'rz'), 0n);
    return settle(unit, step, 'step', summed(unit, step, sum, last, zero, terms), round, { zero });
  });
}

export function afterSumDot(record: AfterSumRecord, input: DotInput, unit: Unit): Rounded {
  const { group, lanes, fractionBits, sumBits, accumulatorBits, reach } = record;
  const products = productsOf(input, 0, unit.observe).map((term) => ({ ...term, value: bounded(unit.accumulator, term.value) }));
  return steps(grouped(products, group), input, unit, 0, false, (some, running, step) => {
    const c = runningTerm(unit, running), terms = [...some, c], special = specialOf(unit, step, terms);
    if (special) return settle(unit, step, 'step', special, 'rne');
    const inner = greatestRaw(some), greatest = greatestRaw(terms);
    if (greatest === undefined) return settle(unit, step, 'step', summed(unit, step, 0n, 0, 'plus', terms), 'rne');
    const parts = lanes === 1 ? [some] : [some.filter((_, i) => i % 2 === 0), some.filter((_, i) => i % 2 === 1)];
    const sums = parts.map((part): Term => {
      const exponent = greatestRaw(part), last = (exponent ?? 0) - fractionBits;
      if (exponent !== undefined) unit.observe({ kind: 'window', step, exponent, last, raised: false });
      const sum = exponent === undefined ? 0n : part.reduce((whole, term) => whole + aligned(unit, step, term, last, 'rz'), 0n);
      return sumTerm(part, sum, last, exponent ?? 0);
    });
    const place = (inner ?? 0) - fractionBits, sum = lanes === 1 ? sums[0]! : sumTerm(some,
      sums.reduce((whole, term) => whole + aligned(unit, step, term, place, 'rd'), 0n), place, inner ?? 0);
    unit.observe({ kind: 'window', step, exponent: greatest, last: greatest - sumBits, raised: false });
    const near = reach === null || isZero(running) || greatest - c.raw <= reach ? c : { ...c, value: plusZero };
    if (near !== c) unit.lost++;
    const whole = aligned(unit, step, sum, greatest - sumBits, 'rd');
    const kept = aligned(unit, step, near, greatest - accumulatorBits, 'rd') << BigInt(sumBits - accumulatorBits);
    return settle(unit, step, 'step', summed(unit, step, whole + kept, greatest - sumBits, 'plus', terms), 'rne');
  });
}

/** A product beyond the binades of the accumulator is infinite. */
function bounded(accumulator: Format, value: Exact): Exact {
  if (value.kind !== 'finite' || isZero(value)) return value;
  const most = 2 ** accumulator.exponentBits - 2 - accumulator.bias;
  return value.exponent + bitLength(value.significand) - 1 > most ? infinite(value.negative) : value;
}

/** A sum of products as one term: its exponent is the window's. */
function sumTerm(part: readonly Term[], sum: bigint, last: number, raw: number): Term {
  const ks = part.map(({ name }) => (name.of === 'product' ? name.k : 0));
  return { name: { of: 'sum', from: Math.min(...ks), to: Math.max(...ks) }, value: exactInteger(sum, last), raw };
}

export function blocksDot(record: BlocksRecord, input: DotInput, unit: Unit): Rounded {
  const { group, exactGroup, exactGroupUnderC, fractionBits, carryBits, floor } = record, products = productsOf(input, 0, unit.observe);
  return steps(grouped(products, group), input, unit, 0, false, (some, running, step) => {
    const c = runningTerm(unit, running), terms = [...some, c], special = specialOf(unit, step, terms);
    if (special) return settle(unit, step, 'step', special, 'rz');
    const greatest = greatestRaw(some) ?? -Infinity, x = isZero(running) ? -Infinity : rawOf(unit.accumulator, running), isUnderC = x >= greatest;
    const scale = Math.max(...some.map(({ name }) => (name.of === 'product' ? scaleExponent(input, name.k) : undefined) ?? -Infinity));
    if (greatest === -Infinity && x === -Infinity) return settle(unit, step, 'step', summed(unit, step, 0n, 0, 'plus', terms), 'rz');
    const wanted = isUnderC ? x - fractionBits : Math.max(greatest - carryBits, scale, x - carryBits) - fractionBits;
    const last = Math.max(wanted, (floor ?? -Infinity) - fractionBits);
    unit.observe({ kind: 'window', step, exponent: last + fractionBits, last, raised: last > wanted });
    const sums = grouped(some, isUnderC ? exactGroupUnderC : exactGroup).map((part) => {
      const exact = part.reduce<Exact>((sum, { value }) => add(sum, value, 'rne'), plusZero) as Finite, raw = greatestRaw(part);
      const sum = sumTerm(part, exact.negative ? -exact.significand : exact.significand, exact.exponent, raw ?? 0), first = x - fractionBits;
      if (raw === undefined || x < raw || first <= last) return sum;
      return { ...sum, value: exactInteger(aligned(unit, step, sum, first, 'rz'), first) };
    });
    const whole = [...sums, c].reduce((sum, term) => sum + aligned(unit, step, term, last, 'rz'), 0n);
    return settle(unit, step, 'step', summed(unit, step, whole, last, 'plus', terms), 'rz', { zero: 'plus' });
  });
}
