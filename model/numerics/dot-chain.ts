//! dot-chain: kernels in which every addition is rounded: chains of fused multiply-adds, and trees.
import type { ChainRecord, TreeRecord } from './dot-record.ts';
import { productsOf, settle, startOf, type Term, type Unit } from './dot-terms.ts';
import type { DotInput } from './dot-input.ts';
import { add, type Exact, plusZero, type RoundName, unpack } from './exact.ts';
import type { Rounded } from './round.ts';

/** One rounded addition, and what it leaves. */
interface Sum { readonly rounded: Rounded; readonly value: Exact }

function plus(unit: Unit, step: number, what: string, a: Exact, b: Exact, direction: RoundName): Sum {
  const rounded = settle(unit, step, what, add(a, b, 'rne'), direction);
  return { rounded, value: unpack(unit.accumulator, rounded.bits) };
}

/** round(running + product), k ascending; with two lanes even and odd products apart. */
export function chainDot(record: ChainRecord, input: DotInput, unit: Unit): Rounded {
  const products = productsOf(input, record.daz, unit.observe), c = startOf(input, true, record.daz);
  const chain = (terms: readonly Term[], start: Exact): Sum => {
    let value = start, rounded: Rounded | undefined;
    for (const term of terms) {
      const k = products.indexOf(term);
      unit.observe({ kind: 'step', step: k, products: [k], running: value });
      ({ value, rounded } = plus(unit, k, 'fused multiply-add', value, term.value, 'rne'));
    }
    return { value, rounded: rounded! };
  };
  if (record.join === 'chainStart') return chain(products, c).rounded;
  const lanes = Array.from({ length: Math.min(record.lanes, products.length) }, (_, lane) =>
    chain(products.filter((_term, k) => k % record.lanes === lane), plusZero));
  const sum = lanes.reduce((even, odd) => plus(unit, products.length, 'lanes', even.value, odd.value, 'rne'));
  return plus(unit, products.length, 'accumulator', c, sum.value, 'rne').rounded;
}

/** Steps of a tree each. */
export function treeDot(record: TreeRecord, input: DotInput, unit: Unit): Rounded {
  const { group, round: direction, join, daz } = record, products = productsOf(input, daz, unit.observe);
  let value = startOf(input, join === 'chainStart', daz), rounded: Rounded | undefined;
  for (let from = 0, step = 0; from < products.length; from += group, step++) {
    const some = products.slice(from, from + group);
    unit.observe({ kind: 'step', step, products: some.map((_, i) => from + i), running: value });
    ({ value, rounded } = plus(unit, step, 'accumulator', value, treeOf(record, some, unit, step), direction));
  }
  return join === 'chainStart' ? rounded! : plus(unit, Math.ceil(products.length / group), 'accumulator', startOf(input, true, daz), value, direction).rounded;
}

function treeOf({ group, products, shape, round: direction }: TreeRecord, terms: readonly Term[], unit: Unit, step: number): Exact {
  const settled = (value: Exact, what: string): Exact => unpack(unit.accumulator, settle(unit, step, what, value, direction).bits);
  let level: (Exact | undefined)[] = Array.from({ length: group }, (_, i) => {
    const value = terms[i]?.value;
    return value && products === 'rounded' ? settled(value, 'product') : value;
  });
  while (level.length > 1) {
    const half = Math.ceil(level.length / 2), before = level;
    level = Array.from({ length: half }, (_, i) => {
      const [left, right] = shape === 'adjacent' ? [before[2 * i], before[2 * i + 1]] : [before[i], before[i + half]];
      return left && right ? plus(unit, step, 'tree', left, right, direction).value : (left ?? right);
    });
  }
  return terms.length === 1 && products === 'exact' ? settled(level[0]!, 'product') : level[0]!;
}
