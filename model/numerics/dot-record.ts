//! dot-record: the dot-product unit as data, one record for each kernel that a profile names.

/** Subnormal operands and accumulators read as zero: 0 never, 1 of their sign, 2 as +0. */
export type Daz = 0 | 1 | 2;
/** Subnormal results become zeros of their sign: 0 never, 1 judged after rounding, 2 before. */
export type Ftz = 0 | 1 | 2;

/** The exact integer sum; with `psumBits` the partial sum is two's complement of that width and wraps after every product. */
export interface IntegerRecord { readonly kind: 'integer'; readonly psumBits: number | null }
/** Bits that hold every sum of so many products: those of a product, and one more for each doubling. */
export const exactSumBits = (aBits: number, wBits: number, products: number): number => aBits + wBits + 32 - Math.clz32(products - 1);

/**
 * Fused multiply-adds, k ascending, each rounded to the accumulator by nearest even: step = round(running + a x w).
 * `chainStart`: the running value begins as C. `lastAdd`: it begins as +0, and C is added last, rounded once more.
 * `lanes` 2 (lastAdd only): products of even and of odd k are chains of their own; round(even + odd), then + C. With one product there is
 * no odd chain, and the even one is the sum.
 */
export interface ChainRecord {
  readonly kind: 'chain';
  readonly join: 'chainStart' | 'lastAdd';
  readonly lanes: 1 | 2;
  readonly daz: Daz;
  readonly ftz: Ftz;
}

/**
 * Steps of `group` products, k ascending (the last step takes what is left), each a tree of rounded additions.
 * Leaves are the products, `rounded` to the accumulator or `exact` until their first addition. A level of n places adds neighbours
 * (`adjacent`: 0+1, 2+3, ..) or halves (`halves`: i and i + n/2; group is a power of two). A missing leaf passes its sibling on; a product
 * that meets no addition is rounded at the root. The root is added to the running value, which begins as C (`chainStart`) or as +0, C being added last (`lastAdd`).
 * Every rounding goes in the direction `round`; what overflows is infinite in every direction.
 */
export interface TreeRecord {
  readonly kind: 'tree';
  readonly group: number;
  readonly products: 'rounded' | 'exact';
  readonly shape: 'adjacent' | 'halves';
  readonly join: 'chainStart' | 'lastAdd';
  readonly round: 'rne' | 'odd';
  readonly daz: Daz;
  readonly ftz: Ftz;
}

/**
 * Steps of `group` products (the last one takes what is left), each one fused sum of products and running value.
 * E is the greatest raw exponent of the terms that are not zero: of a product the sum of the exponents that its operands (and scales)
 * are encoded with (a subnormal has the least one, a fixed-point code that of its leading place), not renormalised; of the running value
 * its own. E is at least `floor`. Every term loses its digits below 2^(E - fractionBits): toward zero (`align` rz) or downward (rd).
 * What is left is summed exactly, rounded once in the direction `round` to the accumulator's format, of whose fraction `keep` bits are
 * kept (null: all); what overflows is infinite in every direction. A zero is +0, one that was rounded to it too (`zero` plus), or has the sign
 * of IEEE 754: what was rounded keeps its own, an exact one is -0 only where every addend is -0 (ieee).
 * `inWindow`: the running value begins as C. `lastAdd`: it begins as +0, and C is added last by one addition, nearest even.
 * Order `interleaved`: of 2 x group consecutive products those with k mod 4 < 2 are a step, the others the next.
 * Operands `fp16`: they are converted to fp16 first, which changes no value, but the raw exponents of those that are subnormal in their own
 * format and not in fp16.
 */
export interface FusedRecord {
  readonly kind: 'fused';
  readonly group: number;
  readonly order: 'ascending' | 'interleaved';
  readonly operands: 'encoded' | 'fp16';
  readonly fractionBits: number;
  readonly align: 'rz' | 'rd';
  readonly floor: number | null;
  readonly join: 'inWindow' | 'lastAdd';
  readonly round: 'rne' | 'rz';
  readonly keep: number | null;
  readonly zero: 'plus' | 'ieee';
  readonly daz: Daz;
  readonly ftz: Ftz;
}

/** As fused with a window that loses nothing: each step is summed exactly and rounded once. `group` null: one step, Kulisch's. */
export interface ExactRecord {
  readonly kind: 'exact';
  readonly group: number | null;
  readonly join: 'inWindow' | 'lastAdd';
  readonly round: 'rne' | 'rz';
  readonly zero: 'plus' | 'ieee';
  readonly daz: Daz;
  readonly ftz: Ftz;
}

/**
 * Steps of `group` products; the running value, which begins as C, joins behind the window of the products.
 * 1. Products are truncated below 2^(Ep - fractionBits) and summed; Ep is their greatest raw exponent. With `lanes` 2 those of even and
 *    of odd k have each their own, and both sums lose, downward, what is below 2^(max(Ep) - fractionBits) before they are added.
 * 2. E is the greater of Ep and the running value's raw exponent. The sum loses, downward, what is below 2^(E - sumBits), the running
 *    value what is below 2^(E - accumulatorBits); one whose raw exponent is more than `reach` below E counts as zero (null: none does).
 * 3. Both are added and rounded to nearest even. An exact zero is +0. Where no product is other than zero only the running value is left.
 * A product that lies beyond the binades of the accumulator's format counts as infinite.
 */
export interface AfterSumRecord {
  readonly kind: 'afterSum';
  readonly group: number;
  readonly lanes: 1 | 2;
  readonly fractionBits: number;
  readonly sumBits: number;
  readonly accumulatorBits: number;
  readonly reach: number | null;
}

/**
 * Block-scaled products of 4 bits: steps of `group` products, of which each `exactGroup` neighbours are summed exactly before they are
 * aligned (`exactGroupUnderC` where the running value dominates). R is the greatest raw exponent of a product that is not zero, scales
 * included; S the greatest sum of raw exponents of a pair of scales that are not zero (0 without scales); X that of a running value that
 * is not zero. The last place kept is q = X - fractionBits where X >= R; else max(R - carryBits - fractionBits, S - fractionBits,
 * X - carryBits - fractionBits); and at least floor - fractionBits. A group whose greatest raw exponent is not above X is first
 * truncated at X - fractionBits. Groups and running value are truncated at q, summed, and rounded toward zero; every zero is +0.
 */
export interface BlocksRecord {
  readonly kind: 'blocks';
  readonly group: number;
  readonly exactGroup: number;
  readonly exactGroupUnderC: number;
  readonly fractionBits: number;
  readonly carryBits: number;
  readonly floor: number | null;
}

/**
 * A kernel as it stands in a profile. Common to all but `integer`: products are exact unless said otherwise; scales, where the
 * instruction has them, are exact factors of each product; C, and what a step leaves to the next, are elements of the accumulator's
 * format; a NaN, infinity x 0 and infinities of both signs among the terms of a step give the profile's canonical NaN, other infinities win.
 */
export type DotRecord = IntegerRecord | ChainRecord | TreeRecord | FusedRecord | ExactRecord | AfterSumRecord | BlocksRecord;
export type DotKind = DotRecord['kind'];
