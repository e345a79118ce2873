//! multiply: the meaning of the matrix unit's two multiplications, one accumulator element at a time.
import { blockOf } from '../isa/rules.ts';
import { product, indices } from '../isa/tensor.ts';
import { type Cell, FORM_SPARSE, type Machine, type Mode, rowsOfSlot, type Slot, type Tensor } from '../isa/view.ts';
import { dot } from '../numerics/dot.ts';
import type { DotInput } from '../numerics/dot-input.ts';
import { formatByCode } from '../numerics/format.ts';
import { isWanted, noted } from './elementwise.ts';

/** What an instruction multiplies, and how. `scales` are those of A where it is scaled; the slot has those of the weights. */
export interface Multiplication {
  readonly acc: Tensor;
  readonly a: Tensor;
  readonly scales: Tensor | undefined;
  readonly slot: number;
  readonly mRank: number;
  readonly adds: boolean;
  readonly mode: Mode;
}

/** acc[m, n] = Dot(C, a[m, 0 .. K-1], w[0 .. K-1, n]), K ascending. The first mRank dims of A are m, the others k. */
export function multiply(machine: Machine, of: Multiplication): void {
  const { acc, a, mRank, scales } = of, taps = [...flattened(a.dims.slice(mRank))], slot = machine.slots[of.slot]!;
  const scaleRows = scales && [...flattened(scales.dims.slice(0, -1))];
  let m = 0;
  for (const [row, from] of side(flattened(acc.dims.slice(0, -1)), flattened(a.dims.slice(0, mRank)))) {
    const at = m++;
    if (!isWanted(machine, acc, row)) continue;
    const activations = taps.map((k) => machine.read(a, [...from, ...k]));
    const rowScales = scales && Array.from({ length: Number(scales.dims.at(-1)!) }, (_, i) => machine.read(scales, [...scaleRows![at]!, BigInt(i)]));
    for (let n = 0; n < Number(slot.columns); n++) accumulate(machine, of, [...row, BigInt(n)], activations, n, rowScales);
  }
}

/** acc[m, c] = Dot over the taps of a[m, t, c] w[t, c]: each channel has its own column of weights. */
export function multiplyDepthwise(machine: Machine, of: Multiplication): void {
  const { acc, a, mRank } = of, taps = [...flattened(a.dims.slice(mRank, -1))], slot = machine.slots[of.slot]!;
  for (const [row, from] of side(flattened(acc.dims.slice(0, -1)), flattened(a.dims.slice(0, mRank)))) {
    for (let c = 0; c < Number(slot.columns); c++) {
      if (!isWanted(machine, acc, [...row, BigInt(c)])) continue;
      const activations = taps.map((tap) => machine.read(a, [...from, ...tap, BigInt(c)]));
      accumulate(machine, of, [...row, BigInt(c)], activations, c, undefined);
    }
  }
}

/** Multiply-accumulates of either instruction: M x K x N, or M x taps x N; of sparse weights as many as if they were dense. */
export const macs = (acc: Tensor, a: Tensor, mRank: number, depthwise: boolean): bigint =>
  product(acc, 0, acc.rank) * product(a, mRank, depthwise ? a.rank - 1 : a.rank);

function accumulate(
  machine: Machine, { acc, a, scales, slot: number, adds, mode }: Multiplication, at: readonly bigint[], activations: readonly Cell[], n: number,
  rowScales: readonly Cell[] | undefined,
): void {
  if (!isWanted(machine, acc, at)) return;
  const slot = machine.slots[number]!, { dtype } = slot, beside = columnBeside(slot, n);
  const triple = machine.triples.find((r) => r.activation === a.dtype && r.weight === dtype && r.accumulator === acc.dtype)!;
  const old = adds ? machine.read(acc, at) : { bits: 0n, known: true }, used = slot.form === FORM_SPARSE ? chosen(activations, beside) : activations;
  const weights = column(slot, n), block = scales ? Number(blockOf(scales)) : 1;
  const input: DotInput = {
    a: bitsOf(used), aFormat: a.format!, w: bitsOf(weights), wFormat: formatByCode(dtype)!, c: old.bits, accumulator: acc.format!,
    ...(rowScales ? { scales: { format: scales!.format!, a: spread(rowScales, used, block), w: spread(beside, used, block) } } : {}),
  };
  const how = { isat: mode.isat === 1, zpa: mode.zpa, zpb: mode.zpb, nan: machine.canonicalNan(acc.dtype) };
  const { aFormat, wFormat } = input, record = triple.dots[mode.dot]!;
  machine.watch?.tell({ kind: 'kernel', name: triple.kernels[mode.dot]!, record, a: aFormat, w: wFormat, scales: input.scales?.format });
  const result = dot(record, input, how, machine.watch?.tell);
  const known = [old, ...used, ...weights, ...beside, ...(rowScales ?? [])].every((cell) => cell.known);
  machine.write(acc, at, { bits: noted(machine, result), known });
}

/** 2:4: compressed product j is in the group of four j / 2, at the first or the second place that the metadata names. */
function chosen(activations: readonly Cell[], metadata: readonly Cell[]): readonly Cell[] {
  return metadata.flatMap(({ bits }, group) => [bits & 3n, (bits >> 2n) & 3n].map((place) => activations[4 * group + Number(place)]!));
}
/** The scale of each product. */
const spread = (scales: readonly Cell[], products: readonly Cell[], block: number): bigint[] => products.map((_, k) => scales[Math.floor(k / block)]!.bits);
const bitsOf = (cells: readonly Cell[]): bigint[] => cells.map(({ bits }) => bits);

type Index = readonly bigint[];
const flattened = (dims: Index): Iterable<Index> => (dims.length === 0 ? [[]] : indices(dims));
/** Two lists of the same length, side by side. */
function* side(left: Iterable<Index>, right: Iterable<Index>): Generator<readonly [Index, Index]> {
  const others = right[Symbol.iterator]();
  for (const one of left) yield [one, others.next().value as Index];
}
const every = (cells: readonly Cell[], rows: bigint, columns: bigint, n: number): readonly Cell[] =>
  Array.from({ length: Number(rows) }, (_, k) => cells[k * Number(columns) + n]!);
const column = (slot: Slot, n: number): readonly Cell[] => every(slot.elements, rowsOfSlot(slot).weights, slot.columns, n);
const columnBeside = (slot: Slot, n: number): readonly Cell[] => every(slot.beside, rowsOfSlot(slot).beside, slot.columns, n);
