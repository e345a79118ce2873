//! elementwise: how a definition's meaning reaches its elements: read them all, compute, note events, write one.
import { eventDefinitions } from '../limits.ts';
import { indices } from '../isa/tensor.ts';
import type { Cell, Machine, Mode, Tensor } from '../isa/view.ts';
import type { Element, ElementMode } from '../numerics/arithmetic.ts';
import { roundNames } from '../numerics/exact.ts';
import { formatByName } from '../numerics/format.ts';
import { randomWord } from '../numerics/philox.ts';
import type { Rounded } from '../numerics/round.ts';

/** The events that a result tells of; `index` is the instruction's. */
const resultEvents = eventDefinitions.flatMap(([name], event) => (name === 'index' ? [] : [[event, name] as const]));
const s32 = formatByName('s32'), fp32 = formatByName('fp32');

/**
 * D[i] = f(A[i], B[i], ..) in row-major order, by the mode of that element; a source without a tensor is the same element everywhere.
 */
export function elementwise(
  machine: Machine, d: Tensor, mode: Mode, sources: readonly (Tensor | Element)[], of: (how: ElementMode, ...elements: Element[]) => Rounded,
): void {
  const how = elementModes(machine, mode, d);
  for (const [index, element] of places(machine, d)) {
    let known = true;
    const elements = sources.map((source) => {
      if (!('dims' in source)) return source;
      const cell = machine.read(source, index);
      known &&= cell.known;
      return { format: source.format!, bits: cell.bits };
    });
    machine.write(d, index, { bits: noted(machine, of(how(element), ...elements)), known });
  }
}

/** D[i] = a cell that f finds; nothing is computed. */
export function each(machine: Machine, d: Tensor, of: (index: readonly bigint[]) => Cell): void {
  for (const [index] of places(machine, d)) machine.write(d, index, of(index));
}

/** The elements of a destination with their places in row-major order: all, or the one that is watched. */
export function* places(machine: Machine, d: Tensor): Generator<readonly [index: readonly bigint[], element: bigint]> {
  const { watch } = machine;
  if (watch) {
    if (watch.position === d.position) yield [watch.index, elementOf(d.dims, watch.index)];
    return;
  }
  let element = 0n;
  for (const index of indices(d.dims)) yield [index, element++];
}

/** Is the element, or one of the row that an index begins with, to be computed? Everything is, where none is watched. */
export const isWanted = ({ watch }: Machine, d: Tensor, index: readonly bigint[]): boolean =>
  watch === undefined || (watch.position === d.position && index.every((i, axis) => i === watch.index[axis]));

/** The bits of a result, its events counted. */
export function noted(machine: Machine, result: Rounded): bigint {
  for (const [event, name] of resultEvents) if (result[name]) machine.note(event);
  machine.watch?.tell({ kind: 'events', names: resultEvents.flatMap(([, name]) => (result[name] ? [name] : [])) });
  return result.bits;
}

/**
 * A captured mode as the element functions take it, for each element of a destination by its row-major index: stochastic rounding has a
 * word of its own for each, whatever the order in which they are made.
 */
export function elementModes(machine: Machine, mode: Mode, d: Tensor): (element: bigint) => ElementMode {
  const how = {
    isat: mode.isat === 1, fsat: mode.fsat === 1, ftz: mode.ftz as 0 | 1 | 2, daz: mode.daz as 0 | 1 | 2, minmax: mode.minmax as 0 | 1,
    nan: machine.canonicalNan(d.dtype),
  };
  const round = roundNames[mode.round], { watch } = machine, watched = watch && watch.position === d.position ? elementOf(d.dims, watch.index) : undefined;
  const by = (element: bigint): ElementMode => ({ ...how, round: round ?? { word: randomWord(mode.key, mode.stream, element) } });
  if (watch) return (element) => (element === watched ? { ...by(element), observe: watch.tell } : by(element));
  if (round === undefined) return by;
  const same = { ...how, round };
  return () => same;
}

/** Where an index stands in the row-major order of some dims. */
export const elementOf = (dims: readonly bigint[], index: readonly bigint[]): bigint =>
  index.reduce((element, i, axis) => element * dims[axis]! + i, 0n);

/** The scalar second operand: read as s32 beside integers, as fp32 bits beside floats. */
export const scalarElement = (value: number | undefined, beside: Tensor): Element =>
  ({ format: beside.format!.kind === 'integer' ? s32 : fp32, bits: BigInt(value! >>> 0) });

/** Mode fields of every instruction that rounds to a destination; key and stream come along with `round`. */
export const ROUNDING = ['round', 'isat', 'fsat', 'daz', 'ftz', 'minmax'] as const;
