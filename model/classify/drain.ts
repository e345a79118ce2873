//! drain: the integer epilogue once more, step by step on BigInt, so that a mistake can stand in for any of its steps.
import { indices } from '../isa/tensor.ts';
import type { Cell, Mode, Tensor } from '../isa/view.ts';
import type { Machine } from '../machine/machine.ts';
import { type RoundName, roundNames, unpackInteger } from '../numerics/exact.ts';
import type { Format } from '../numerics/format.ts';
import type { Captured, Step } from './rerun.ts';

/** One element on its way; a step that a mistake does not name is as it should be. */
export interface DrainSteps {
  readonly bias?: (bias: bigint | undefined, channel: number) => bigint;
  readonly product?: (product: bigint) => bigint;
  readonly round?: (value: bigint, places: bigint, mode: RoundName) => bigint;
  /** The order of relu and residual. */
  readonly reluFirst?: boolean;
  readonly limits?: (format: Format) => readonly [bigint, bigint];
  /** Told of each instruction, for mistakes that remember. */
  readonly seen?: (biases: readonly bigint[] | undefined) => void;
}

/** Drains of integers by fixed scales, or none, go by these steps; all other instructions as ever. */
export const drained = (steps: DrainSteps): Step => (machine, { definition, captured }, execute) => {
  const { d, a, mode } = captured as { d: Tensor; a: Tensor; mode: Mode };
  if (definition!.mnemonic !== 'drain' || a.format?.kind !== 'integer' || d.format?.kind !== 'integer' || mode.scale > 1) { execute(machine, captured); return; }
  const biases = captured.b && Array.from({ length: Number(d.dims.at(-1)) }, (_, n) => unpackInteger(captured.b.format, machine.read(captured.b, [BigInt(n), 0n]).bits));
  for (const index of indices(d.dims)) machine.write(d, index, element(machine, captured, index, steps));
  steps.seen?.(biases);
};

function element(machine: Machine, captured: Captured, index: readonly bigint[], steps: DrainSteps): Cell {
  const { d, a, b, c, activation, mode } = captured as { d: Tensor; a: Tensor; b?: Tensor; c?: Tensor; activation: string; mode: Mode };
  const read = (t: Tensor, at: readonly bigint[]): Cell & { readonly value: bigint } => { const cell = machine.read(t, at); return { ...cell, value: unpackInteger(t.format!, cell.bits) }; };
  const x = read(a, index), channel = index.at(-1)!, row = b && [0n, 1n, 2n].map((word) => read(b, [channel, word]).value), r = c && read(c, index);
  const u = x.value + (steps.bias ? steps.bias(row?.[0], Number(channel)) : (row?.[0] ?? 0n));
  const round = steps.round ?? rounded, product = row && mode.scale === 1 ? u * row[1]! : undefined;
  const scaled = product === undefined ? u : round(steps.product ? steps.product(product) : product, 31n - BigInt.asIntN(8, row![2]!), roundNames[mode.round]!);
  const relu = (value: bigint): bigint => (activation === 'relu' && value < 0n ? 0n : value), joined = (value: bigint): bigint => value + (r ? r.value - BigInt(mode.zpb) : 0n);
  const placed = (steps.reluFirst ? joined(relu(scaled)) : relu(joined(scaled))) + BigInt(mode.zpo);
  const least = (one: bigint, other: bigint): bigint => (one < other ? one : other), most = (one: bigint, other: bigint): bigint => (one > other ? one : other);
  const clamped = mode.clamp ? least(most(placed, BigInt(mode.lo)), BigInt(mode.hi)) : placed;
  const [low, high] = (steps.limits ?? limitsOf)(d.format!), bounded = mode.isat ? least(most(clamped, low), high) : clamped;
  return { bits: BigInt.asUintN(Number(d.width), bounded), known: x.known && (r?.known ?? true) };
}

export const limitsOf = ({ valueBits, signed }: Format): readonly [bigint, bigint] => {
  const high = (1n << BigInt(valueBits - (signed ? 1 : 0))) - 1n;
  return [signed ? -high - 1n : 0n, high];
};

/** value x 2^-places to a whole number. */
export function rounded(value: bigint, places: bigint, mode: RoundName): bigint {
  if (places <= 0n) return value << -places;
  const floor = value >> places, rest = value - (floor << places), half = 1n << (places - 1n), isHalf = rest === half, above = rest > half;
  switch (mode) {
    case 'rne': return floor + (above || (isHalf && (floor & 1n) === 1n) ? 1n : 0n);
    case 'rz': return floor + (floor < 0n && rest > 0n ? 1n : 0n);
    case 'rd': return floor;
    case 'ru': return floor + (rest > 0n ? 1n : 0n);
    case 'rna': return floor + (above || (isHalf && floor >= 0n) ? 1n : 0n);
    case 'rhu': return floor + (above || isHalf ? 1n : 0n);
    case 'odd': return rest > 0n ? floor | 1n : floor;
  }
}
