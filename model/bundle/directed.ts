//! directed: programs for the matrix unit of systole-int8, each after one thing that designs get wrong.
import type { Directed } from './directed-case.ts';
import { drains, inPlace, narrowAccumulators, powers, roundings, sticky } from './directed-drains.ts';
import { dependent, depthwise, empty, initialised, limits, overlapped, queued, remainders, reversedRows, slots, strides } from './directed-products.ts';
import { crowded, meetings, tall, wide } from './directed-walks.ts';

/** Programs at the end of the list that a small bundle does without: second turns with other sizes, what takes longer than all others, and what few faults change. */
export const FULL_ONLY = 6;

/** The same every time: nothing of them is drawn from a seed that a user gives. */
export const directedCases = (): readonly Directed[] => [
  remainders(0), depthwise(), strides(), initialised(), overlapped(), reversedRows(), slots(), queued(), dependent(), empty(), limits(),
  drains(0), drains(2), roundings(), inPlace(), narrowAccumulators(), powers(), tall(1023, [0], 511), wide(),
  remainders(1), drains(1), crowded(), sticky(), meetings(), tall(16384, [0, 1, 2, 3], 8191),
];
