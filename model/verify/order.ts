//! order: by which semaphores the generator orders units.
import { UNIT_COUNT } from '../limits.ts';

/** Two semaphores for each ordered pair of units: all posts by one agent, all waits by one agent, so both are ordered. */
export const semaphoreOf = (from: number, to: number, which: number): number => 1 + 2 * (from * (UNIT_COUNT - 1) + (to > from ? to - 1 : to)) + (which & 1);
/** A semaphore that only one unit uses. */
export const ownSemaphore = (unit: number): number => 61 + (unit % 3);
