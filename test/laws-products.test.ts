//! laws-products: changes of a product of matrices that change nothing, for each kernel of each kind, and that a kernel for which one does not hold shows it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { type Profile, profile, profileNames } from '../model/machine/profile.ts';
import { formatByCode } from '../model/numerics/format.ts';
import { specification } from '../model/specification.ts';
import { mixed, random } from '../model/verify/random.ts';
import { profiles } from './laws-harness.ts';
import { type Data, kernelOf, type Matrix, matrixOf, type Product, productLaws, reordered, resultOf } from './metamorphic-products.ts';
import { runs } from './runs.ts';

/** One unit for each different kernel and pair of kinds, over all profiles: [profile, row of its triples, kernel]. */
const units: readonly (readonly [Profile, number, number])[] = (() => {
  const seen = new Set<string>();
  return [profiles['odd-3x5']!, ...profileNames().map(profile)].flatMap((of) => of.triples.flatMap((triple, row) => triple.dots.flatMap((dot, k) => {
    const isWide = triple.kMax < 2 || of.accLanes < 4, key = `${JSON.stringify(dot)} ${formatByCode(triple.activation)!.kind} ${formatByCode(triple.accumulator)!.name} ${triple.activation === triple.weight}`;
    if (isWide || seen.has(key)) return [];
    seen.add(key);
    return [[of, row, k] as const];
  })));
})();

function productOf(of: Profile, row: number, dot: number, data: Data, seed: number): Product {
  const next = random(seed), triple = of.triples[row]!, below = (most: number): number => 1 + (next() % most), k = Math.min(1 + below(Math.min(20, triple.kMax - 1)), triple.kMax), zp = of.features.includes('zp') && formatByCode(triple.activation)!.kind === 'integer' && next() % 2 === 1;
  const [m, n] = [below(Math.min(3, triple.mMax)), below(Math.min(3, triple.nMax))], point = (code: number): number => (zp && formatByCode(code)!.width >= 8 ? (formatByCode(code)!.signed ? (next() % 200) - 100 : next() % 200) : 0);
  return {
    profile: of, triple, dot, a: matrixOf(m, k, formatByCode(triple.activation)!, data, next), b: matrixOf(k, n, formatByCode(triple.weight)!, data, next), zeros: data === 'corners' ? [point(triple.activation), point(triple.weight)] : [0, 0],
    isat: formatByCode(triple.accumulator)!.kind === 'integer' && next() % 3 === 0,
  };
}
const text = (matrix: Matrix): string => matrix.map((row) => row.map((code) => code.toString(16)).join(' ')).join(' | ');
const built = new Map<string, Device>();
const deviceOf = (of: Profile, kind: 'simd' | 'scalar' | 'specification'): Device => {
  const key = `${of.name} ${kind}`, found = built.get(key) ?? (kind === 'specification' ? specification(of) : engine(of, { build: kind }));
  built.set(key, found);
  return found;
};
const kinds = ['simd', 'scalar', 'specification'] as const;

test.each(productLaws.map(({ name }) => [name] as const))('%s, where it holds', (name) => {
  const law = productLaws.find((one) => one.name === name)!;
  let asked = 0;
  units.forEach(([of, row, dot], unit) => {
    // Integers are few and cheap, and have zero points and limits to meet; in several tries each is run on every device.
    for (let i = 0; i < runs(of.triples[row]!.dots[dot]!.kind === 'integer' ? 6 : 1); i++) {
      const seed = mixed(unit, i), plain = productOf(of, row, dot, 'corners', seed), holds = law.holds(plain), next = random(seed);
      if (holds === 'never') continue;
      const product = law.name === 'scaling by 2^n' ? productOf(of, row, dot, 'middle', seed) : holds === 'small' ? productOf(of, row, dot, 'small', seed) : plain, other = law.other(product, next);
      if (!other) continue;
      const device = deviceOf(of, kinds[(unit + i) % 3]!), wanted = text(resultOf(device, product)), found = text(other.back(resultOf(device, other.product)));
      asked++;
      if (found !== wanted) throw new Error(`${law.name}: unit ${unit}, try ${i}, ${of.name} on ${device.name}, ${JSON.stringify(kernelOf(product))}, ${formatByCode(product.triple.activation)!.name} x ${formatByCode(product.triple.weight)!.name} > ${formatByCode(product.triple.accumulator)!.name}, isat ${product.isat}, zeros ${product.zeros}:\n${text(product.a)}\n${text(product.b)}\n${wanted}\n${found}`);
    }
  });
  expect(asked).toBeGreaterThan(4);
});

/** Is there a product of the kernels asked for whose changed form has another result? */
function counterexample(name: string, data: Data, of: (product: Product) => boolean, change: (product: Product, seed: number) => Product | undefined): boolean {
  const asked = units.filter(([machine, row, dot]) => of(productOf(machine, row, dot, data, 0)));
  expect([name, asked.length > 0]).toEqual([name, true]);
  return asked.some(([machine, row, dot], unit) => Array.from({ length: 8 }, (_, i) => mixed(unit, 100 + i)).some((seed) => {
    const product = productOf(machine, row, dot, data, seed), other = of(product) ? change(product, seed) : undefined, device = deviceOf(machine, 'simd');
    return other !== undefined && text(resultOf(device, other)) !== text(resultOf(device, product));
  }));
}
test('where a law is said not to hold, a product shows it', () => {
  const cut = (product: Product, seed: number): Product | undefined => productLaws[0]!.other(product, random(seed))?.product;
  const isFloat = ({ triple }: Product): boolean => formatByCode(triple.accumulator)!.kind === 'float';
  expect(counterexample('K tiling of floats', 'corners', (one) => isFloat(one), cut)).toBe(true);
  // Sums of 30 bits: two products of 1.5 * 2^28 wrap by themselves, and the third brings them back where they are summed at once.
  const odd = profiles['odd-3x5']!, triple = odd.triples.find(({ dots }) => dots.some((dot) => dot.kind === 'integer' && dot.psumBits === 30))!, dot = triple.dots.findIndex((one) => one.kind === 'integer' && one.psumBits === 30);
  const narrow: Product = { profile: odd, triple, dot, a: [[0x6000n, 0x6000n, 0xa000n]], b: [[0x4000n], [0x4000n], [0x4000n]], zeros: [0, 0], isat: false }, device = deviceOf(odd, 'simd');
  expect([text(resultOf(device, narrow)), text(resultOf(device, { ...narrow, pieces: [2] }))]).toEqual(['18000000', 'ffffffffd8000000']);
  for (const kind of ['chain', 'tree']) expect(counterexample(`another order of K, ${kind}`, 'middle', (one) => kernelOf(one).kind === kind, (one, seed) => reordered(one, random(seed)))).toBe(true);
});

test('the page says what the laws say', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'laws.md'), 'utf8');
  for (const { name, changes, where, why } of productLaws) expect(page).toContain(`| ${name} | ${changes} | ${where} | ${why} |\n`);
});
