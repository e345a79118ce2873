//! multiply: the meaning of the matrix unit's two multiplications, one accumulator element at a time.
import { product, indices } from '../isa/tensor.ts';
import type { Cell, Machine, Mode, Slot, Tensor } from '../isa/view.ts';
import { dot } from '../numerics/dot.ts';
import { formatByCode } from '../numerics/format.ts';
import { noted } from './elementwise.ts';

/** acc[m, n] = Dot(C, a[m, 0 .. K-1], w[0 .. K-1, n]), K ascending. The first mRank dims of A are m, the others k. */
export function multiply(machine: Machine, acc: Tensor, a: Tensor, slot: number, mRank: number, adds: boolean, mode: Mode): void {
  const taps = [...flattened(a.dims.slice(mRank))], weights = machine.slots[slot]!;
  for (const [row, from] of side(flattened(acc.dims.slice(0, -1)), flattened(a.dims.slice(0, mRank)))) {
    const activations = taps.map((k) => machine.read(a, [...from, ...k]));
    for (let n = 0; n < Number(weights.columns); n++) accumulate(machine, acc, [...row, BigInt(n)], a, activations, column(weights, n), slot, adds, mode);
  }
}

/** acc[m, c] = Dot over the taps of a[m, t, c] w[t, c]: each channel has its own column of weights. */
export function multiplyDepthwise(machine: Machine, acc: Tensor, a: Tensor, slot: number, mRank: number, adds: boolean, mode: Mode): void {
  const taps = [...flattened(a.dims.slice(mRank, -1))], weights = machine.slots[slot]!;
  for (const [row, from] of side(flattened(acc.dims.slice(0, -1)), flattened(a.dims.slice(0, mRank)))) {
    for (let c = 0; c < Number(weights.columns); c++) {
      const activations = taps.map((tap) => machine.read(a, [...from, ...tap, BigInt(c)]));
      accumulate(machine, acc, [...row, BigInt(c)], a, activations, column(weights, c), slot, adds, mode);
    }
  }
}

/** Multiply-accumulates of either instruction: M x K x N, or M x taps x N. */
export const macs = (acc: Tensor, a: Tensor, mRank: number, depthwise: boolean): bigint =>
  product(acc, 0, acc.rank) * product(a, mRank, depthwise ? a.rank - 1 : a.rank);

function accumulate(
  machine: Machine, acc: Tensor, at: readonly bigint[], a: Tensor, activations: readonly Cell[], weights: readonly Cell[], slot: number,
  adds: boolean, mode: Mode,
): void {
  const { dtype } = machine.slots[slot]!;
  const triple = machine.triples.find((r) => r.activation === a.dtype && r.weight === dtype && r.accumulator === acc.dtype)!;
  const old = adds ? machine.read(acc, at) : { bits: 0n, known: true };
  const result = dot(
    triple.dots[mode.dot]!,
    {
      a: activations.map((cell) => cell.bits), aFormat: a.format!, w: weights.map((cell) => cell.bits), wFormat: formatByCode(dtype)!,
      c: old.bits, accumulator: acc.format!,
    },
    { isat: mode.isat === 1, zpa: mode.zpa, zpb: mode.zpb, nan: machine.canonicalNan(acc.dtype) },
  );
  const known = old.known && activations.every((cell) => cell.known) && weights.every((cell) => cell.known);
  machine.write(acc, at, { bits: noted(machine, result), known });
}

type Index = readonly bigint[];
const flattened = (dims: Index): Iterable<Index> => (dims.length === 0 ? [[]] : indices(dims));
/** Two lists of the same length, side by side. */
function* side(left: Iterable<Index>, right: Iterable<Index>): Generator<readonly [Index, Index]> {
  const others = right[Symbol.iterator]();
  for (const one of left) yield [one, others.next().value as Index];
}
const column = (weights: Slot, n: number): readonly Cell[] =>
  Array.from({ length: Number(weights.depth) }, (_, k) => weights.elements[k * Number(weights.columns) + n]!);
