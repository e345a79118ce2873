//! work: what a file of bench/works/ gives: contenders that are measured beside each other.
import type { Natives } from './native.ts';
import type { Absent, Contender } from './rounds.ts';

export interface Work {
  readonly name: string;
  prepare(natives: Natives): Prepared | Promise<Prepared>;
}
export interface Prepared {
  readonly contenders: readonly (Contender | Absent)[];
  /** Throws where contenders that compute the same thing left different bits. */
  check?(): void;
  close?(): void;
}
