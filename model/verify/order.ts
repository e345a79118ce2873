//! order: who has finished what when: vector clocks by which the generator orders every two accesses that conflict.
import { UNIT_COUNT, UNIT_SEQ } from '../limits.ts';
import type { Draught } from './code.ts';

/** An access to bytes [low, high) of a space, by the `index`-th instruction of a unit; `clock` is what is finished when that one is. */
export interface Access {
  readonly unit: number; readonly index: number; readonly clock: readonly number[];
  readonly space: number; readonly low: number; readonly high: number; readonly write: boolean;
  /** The instruction, if a token may still be hung to it. */
  readonly of: Draught | undefined;
}
export type Region = Pick<Access, 'space' | 'low' | 'high' | 'write'>;

/** finished[x][v]: how many instructions of v are over before x starts its next one. */
export interface Order {
  finished: number[][];
  issued: number[];
  accesses: Access[];
  /** Of each semaphore, the index in its poster's unit of the instruction that posted last: tokens are taken in the order of posts. */
  posted: number[];
}
export const newOrder = (): Order => ({
  finished: Array.from({ length: UNIT_COUNT }, () => Array.from({ length: UNIT_COUNT }, () => 0)), issued: Array.from({ length: UNIT_COUNT }, () => 0),
  accesses: [], posted: Array.from({ length: 64 }, () => 0),
});
export const copyOrder = (order: Order): Order => ({
  finished: order.finished.map((row) => [...row]), issued: [...order.issued], accesses: [...order.accesses], posted: [...order.posted],
});

/** Two semaphores for each ordered pair of units: all posts by one agent, all waits by one agent, so both are ordered. */
export const semaphoreOf = (from: number, to: number, which: number): number => 1 + 2 * (from * (UNIT_COUNT - 1) + (to > from ? to - 1 : to)) + (which & 1);
/** A semaphore that only one unit uses. */
export const ownSemaphore = (unit: number): number => 61 + (unit % 3);

const join = (into: number[], from: readonly number[]): void => { from.forEach((value, i) => { if (value > into[i]!) into[i] = value; }); };

/** Accesses that a unit's next instruction would race with, the latest of each other unit. */
export function conflicts(order: Order, unit: number, regions: readonly Region[]): readonly Access[] {
  const latest = new Map<number, Access>();
  for (const access of order.accesses) {
    if (access.unit === unit || order.finished[unit]![access.unit]! >= access.index || order.finished[UNIT_SEQ]![access.unit]! >= access.index) continue;
    const meets = regions.some((r) => r.space === access.space && r.low < access.high && access.low < r.high && (r.write || access.write));
    if (meets && access.index > (latest.get(access.unit)?.index ?? 0)) latest.set(access.unit, access);
  }
  return [...latest.values()];
}

/** The unit's next instruction is dispatched, and touches the regions. Its clock when it is over comes back. */
export function issue(order: Order, unit: number, regions: readonly Region[], of: Draught | undefined): { readonly index: number; readonly clock: readonly number[] } {
  const own = order.finished[unit]!;
  join(own, order.finished[UNIT_SEQ]!);
  const index = ++order.issued[unit]!;
  own[unit] = index;
  const clock = [...own];
  // What SEQ touches is over before anything that it dispatches later: nobody can race with it.
  if (unit !== UNIT_SEQ) for (const region of regions) if (region.high > region.low) order.accesses.push({ ...region, unit, index, clock, of });
  return { index, clock };
}

/** A unit takes a token that was posted when `clock` was over. */
export const taken = (order: Order, unit: number, clock: readonly number[]): void => join(order.finished[unit]!, clock);

/** SEQ waits until the units of the mask are empty. */
export function fenced(order: Order, units: number): void {
  order.finished.forEach((clock, unit) => { if (((units >>> unit) & 1) === 1) join(order.finished[UNIT_SEQ]!, clock); });
  order.accesses = order.accesses.filter(({ unit, index }) => order.finished[UNIT_SEQ]![unit]! < index);
}
