//! metamorphic-products: products of matrices as programs, and which changes of one change nothing, or what is known, for which kernels.
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import type { Dot, Triple } from '../model/isa/view.ts';
import { SPACE_ACC, SPACE_SPM, trapName, UNIT_MXU } from '../model/limits.ts';
import type { Profile } from '../model/machine/profile.ts';
import { type Format, formatByCode } from '../model/numerics/format.ts';
import { cornerCodes } from '../model/verify/corners.ts';
import type { Random } from '../model/verify/random.ts';

/** Codes of elements, by row. */
export type Matrix = readonly (readonly bigint[])[];
/** A product A x B of one kernel; `zeros` are subtracted from each element of A and of B, `pieces` says at which k the product is cut. */
export interface Product {
  readonly profile: Profile;
  readonly triple: Triple;
  readonly dot: number;
  readonly a: Matrix;
  readonly b: Matrix;
  readonly zeros: readonly [number, number];
  readonly isat: boolean;
  readonly pieces?: readonly number[];
}
export const kernelOf = ({ triple, dot }: Pick<Product, 'triple' | 'dot'>): Dot => triple.dots[dot]!;
export const widthOf = (code: number): number => formatByCode(code)!.width;

const A_AT = 0, B_AT = 0x800;
/** Elements of up to 8 bytes, low byte first; two 4-bit ones in a byte, and a row ends its byte. */
function bytesOf(matrix: Matrix, width: number): Uint8Array {
  return new Uint8Array(matrix.flatMap((row) => {
    const codes = width === 4 ? row.flatMap((code, i) => (i % 2 ? [] : [code | ((row[i + 1] ?? 0n) << 4n)])) : row;
    return codes.flatMap((code) => Array.from({ length: Math.max(1, width / 8) }, (_, byte) => Number((code >> BigInt(8 * byte)) & 255n)));
  }));
}

/** Elements of a row of accumulators. */
const lanesOf = ({ profile }: Product): number => profile.accLanes;

/** The program: one wload and one mm for each piece, one behind the other. */
function textOf(product: Product): string {
  const { triple, dot, a, b, zeros, isat, pieces = [] } = product;
  const [x, y, c] = [triple.activation, triple.weight, triple.accumulator].map((code) => formatByCode(code)!.name), m = a.length, k = b.length, n = b[0]!.length, row = (elements: number, width: number): number => (width === 4 ? elements + (elements % 2) : elements);
  const cuts = [0, ...pieces, k], stride = row(k, widthOf(triple.activation)), across = row(n, widthOf(triple.weight));
  const lines = cuts.slice(1).flatMap((to, i) => {
    const from = cuts[i]!, bits = (count: number, width: number): number => (count * width) / 8;
    return [
      `t1 = spm ${x} [${m},${to - from}] at ${A_AT + bits(from, widthOf(triple.activation))} stride [${stride},1]`, `t2 = spm ${y} [${to - from},${n}] at ${B_AT + bits(from * across, widthOf(triple.weight))} stride [${across},1]`,
      'wload slot 0, t2', 'mm.add t0, t1, slot 0 mode n1',
    ];
  });
  const lanes = lanesOf(product);
  return [`t0 = acc ${c} [${m},${n}] at 0 stride [${lanes},1]`, `n1 = { dot: ${dot}, zpa: ${zeros[0]}, zpb: ${zeros[1]}${isat ? ', isat' : ''} }`, 'ainit.zero t0', ...lines, 'fence mxu', 'halt 0'].join('\n');
}
export function programOf(product: Product): Program {
  const { triple, a, b } = product;
  const memory = [{ space: SPACE_SPM, address: A_AT, bytes: bytesOf(a, widthOf(triple.activation)) }, { space: SPACE_SPM, address: B_AT, bytes: bytesOf(b, widthOf(triple.weight)) }];
  return { ...assembled(textOf(product)).program, memory };
}

/** Run it and read the accumulators: codes of the result by row. */
export function resultOf(device: Device, product: Product): Matrix {
  const { triple, a, b } = product, bytes = widthOf(triple.accumulator) / 8;
  device.load(programOf(product));
  for (const { trap, pc } of device.run({ budget: 1000 })) if (trap) throw new Error(`the product ends with trap ${trapName(trap)} at pc ${pc} on ${product.profile.name}: ${textOf(product)}`);
  return a.map((_, i) => b[0]!.map((__, j) => device.read(SPACE_ACC, (i * lanesOf(product) + j) * bytes, bytes).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)));
}

export const transposed = (matrix: Matrix): Matrix => matrix[0]!.map((_, j) => matrix.map((row) => row[j]!));

// ---- data
export type Data = 'corners' | 'small' | 'middle';
/** Any codes, half of them corners; small whole numbers, of which all sums are exact; numbers far from the ends of the format. */
export function codesOf(format: Format, data: Data, next: Random): bigint {
  const corners = cornerCodes(format), any = BigInt.asUintN(format.width, (BigInt(next()) << 32n) | BigInt(next()));
  if (data === 'corners') return next() % 2 ? BigInt.asUintN(format.width, corners[next() % corners.length]!) : BigInt.asUintN(format.valueBits, any >> BigInt(format.ignoredLowBits)) << BigInt(format.ignoredLowBits);
  if (format.kind === 'integer') return BigInt.asUintN(format.width, BigInt(format.signed ? (next() % 7) - 3 : next() % 4));
  if (format.kind !== 'float' || format.width < 8) return BigInt(next()) & ((1n << BigInt(format.valueBits)) - 1n);
  const { exponentBits, fractionBits } = format, bias = 2 ** (exponentBits - 1) - 1, low = BigInt(format.ignoredLowBits), sign = BigInt(next() % 2) << BigInt(exponentBits + fractionBits);
  // 0, 1, 1.5 and 2 times a sign: products and sums of them are whole quarters.
  // A format of few bits has no middle: its codes are small as they are.
  if (format.width === 4) return BigInt(next() % 16);
  if (data === 'small') return next() % 4 === 0 ? 0n : (sign | (BigInt(bias + (next() % 2)) << BigInt(fractionBits)) | (BigInt(next() % 2) << BigInt(fractionBits - 1))) << low;
  return (sign | (BigInt(bias - 2 + (next() % 4)) << BigInt(fractionBits)) | (BigInt(next()) & ((1n << BigInt(fractionBits)) - 1n))) << low;
}
export const matrixOf = (rows: number, columns: number, format: Format, data: Data, next: Random): Matrix => Array.from({ length: rows }, () => Array.from({ length: columns }, () => codesOf(format, data, next)));

// ---- laws
export type Holds = 'always' | 'small' | 'never';
/** What is asked of a product: the other product, and what its result must be, given the first one's. */
export interface ProductLaw {
  readonly name: string;
  readonly changes: string;
  /** For products of which data. */
  readonly holds: (product: Product) => Holds;
  /** The same, for people. */
  readonly where: string;
  readonly why: string;
  /** Undefined where this product has no such change. */
  readonly other: (product: Product, next: Random) => { readonly product: Product; readonly back: (result: Matrix) => Matrix } | undefined;
}
const isInteger = (product: Product): boolean => kernelOf(product).kind === 'integer';
const wraps = (product: Product): boolean => { const kernel = kernelOf(product); return kernel.kind === 'integer' && kernel.psumBits === null && !product.isat; };
const same = (result: Matrix): Matrix => result;
const permuted = <T>(list: readonly T[], next: Random): readonly T[] => {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) { const j = next() % (i + 1); [all[i], all[j]] = [all[j]!, all[i]!]; }
  return all;
};
/** K in the order of these indices. */
const ordered = (product: Product, order: readonly number[]): Product => ({ ...product, a: product.a.map((row) => order.map((k) => row[k]!)), b: order.map((k) => product.b[k]!) });
/** Products that a step of the kernel sums at once, whatever their order; undefined: one by one. */
export function groupOf(product: Product): number | undefined {
  const kernel = kernelOf(product), k = product.b.length;
  if (kernel.kind === 'integer') return k;
  if (kernel.kind === 'exact') return kernel.group ?? k;
  return kernel.kind === 'fused' && kernel.order === 'ascending' ? kernel.group : undefined;
}
/** The products in any order. */
export const reordered = (product: Product, next: Random): Product => shuffled(product, product.b.length, next);
const shuffled = (product: Product, size: number, next: Random): Product => {
  const k = product.b.length, order = Array.from({ length: Math.ceil(k / size) }, (_, g) => permuted(Array.from({ length: Math.min(size, k - g * size) }, (__, i) => g * size + i), next)).flat();
  return ordered(product, order);
};

export const productLaws: readonly ProductLaw[] = [
  {
    name: 'K tiling', changes: 'splits one product into several, each added to the accumulators of the previous ones',
    holds: (product) => (wraps(product) ? 'always' : 'small'),
    where: 'integer kernels that wrap like the accumulator, with any zero points; all other kernels if no partial sum is rounded, clipped or wrapped early', why: 'a sum modulo 2^n does not depend on where it is cut; floats round, `isat` clips and `psumBits` wraps within each piece',
    other: (product, next) => {
      const { profile, triple, b } = product, k = b.length, granule = profile.granules.find(({ space, unit }) => space === SPACE_SPM && unit === UNIT_MXU)?.bytes ?? 1;
      const row = widthOf(triple.weight) === 4 ? b[0]!.length + (b[0]!.length % 2) : b[0]!.length, isPlace = (bits: number): boolean => bits % (8 * granule) === 0;
      const places = Array.from({ length: k - 1 }, (_, i) => i + 1).filter((cut) => isPlace(cut * widthOf(triple.activation)) && isPlace(cut * row * widthOf(triple.weight)));
      const cuts = places.filter(() => next() % 3 === 0);
      return cuts.length > 0 ? { product: { ...product, pieces: cuts }, back: same } : undefined;
    },
  },
  {
    name: 'transpose', changes: "computes B'A' instead of AB, with zero points and dtypes exchanged",
    holds: () => 'always', where: 'every kernel whose factors have the same dtype', why: 'product k has the same value in both, and k ascends in both',
    other: (product) => {
      const { triple, a, b, zeros } = product;
      if (triple.activation !== triple.weight || b[0]!.length > triple.mMax || a.length > triple.nMax) return undefined;
      return { product: { ...product, a: transposed(b), b: transposed(a), zeros: [zeros[1], zeros[0]] }, back: transposed };
    },
  },
  {
    name: 'padding of K', changes: 'appends columns to A and rows to B that hold the zero points, or 0',
    holds: () => 'always', where: 'every kernel, for accumulators that start at +0', why: 'a product of 0 adds +0 or -0 to a sum that is not a lone -0, and wraps or clips nothing',
    other: (product, next) => {
      const { triple, a, b, zeros } = product, more = Math.min(1 + (next() % 6), triple.kMax - b.length), zero = (code: number, point: number): bigint => (formatByCode(code)!.kind === 'integer' ? BigInt.asUintN(widthOf(code), BigInt(point)) : 0n);
      if (more <= 0) return undefined;
      const rest = (count: number, value: bigint): bigint[] => Array<bigint>(count).fill(value);
      return { product: { ...product, a: a.map((row) => [...row, ...rest(more, zero(triple.activation, zeros[0]))]), b: [...b, ...Array.from({ length: more }, () => rest(b[0]!.length, zero(triple.weight, zeros[1])))] }, back: same };
    },
  },
  {
    name: 'padding of M and N', changes: 'appends rows to A and columns to B, with any values',
    holds: () => 'always', where: 'everywhere', why: 'an element of the result depends only on its row and its column',
    other: (product, next) => {
      const { triple, a, b } = product, m = Math.min(a.length + 1 + (next() % 2), triple.mMax), n = Math.min(b[0]!.length + 1 + (next() % 2), triple.nMax, lanesOf(product));
      const add = (matrix: Matrix, rows: number, columns: number, code: number): Matrix => Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => matrix[i]?.[j] ?? codesOf(formatByCode(code)!, 'corners', next)));
      return { product: { ...product, a: add(a, m, b.length, triple.activation), b: add(b, b.length, n, triple.weight) }, back: (result) => result.slice(0, a.length).map((row) => row.slice(0, b[0]!.length)) };
    },
  },
  {
    name: 'permutation in a group', changes: 'reorders the products that a kernel sums at once',
    holds: (product) => (groupOf(product) === undefined ? 'never' : 'always'), where: '`integer` (all of K), `exact` and `fused` in ascending order (a group)', why: 'their sum is exact and then rounded, or wrapped, once; chains and trees round between products',
    other: (product, next) => { const size = groupOf(product) ?? product.b.length; return size > 1 ? { product: shuffled(product, size, next), back: same } : undefined; },
  },
  {
    name: 'scaling by 2^n', changes: 'adds the same number to all exponents of A',
    holds: (product) => (isInteger(product) ? 'never' : 'always'), where: 'every kernel of floats of at least 16 bits, between underflow and overflow and above the `floor` of a window', why: 'only the exponents of terms and sums change; integers scale with the shift of the epilogue',
    other: (product, next) => {
      const format = formatByCode(product.triple.activation)!, by = 1 + (next() % 2);
      if (isInteger(product) || format.kind !== 'float' || format.width < 16) return undefined;
      const result = formatByCode(product.triple.accumulator)!, up = (code: bigint, of: Format): bigint => ((code >> BigInt(of.ignoredLowBits)) & ((1n << BigInt(of.exponentBits + of.fractionBits)) - 1n) ? code + (BigInt(by) << BigInt(of.fractionBits + of.ignoredLowBits)) : code);
      return { product: { ...product, a: product.a.map((row) => row.map((code) => up(code, format))) }, back: (found) => found.map((row) => row.map((code) => (code & ((1n << BigInt(result.exponentBits + result.fractionBits)) - 1n) ? code - (BigInt(by) << BigInt(result.fractionBits)) : code))) };
    },
  },
];
