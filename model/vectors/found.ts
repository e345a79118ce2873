//! found: what a folder of vectors turned out to hold: cases to replay, and what is left out, with the reason.
import type { Profile } from '../machine/profile.ts';
import type { Replay } from './replay.ts';

/** One program's worth of a folder. */
export interface Case {
  readonly name: string;
  /** What of the folder's total it covers: numbers of sets or rows, one for each element of the result, or one for all. */
  readonly covers: readonly number[];
  /** A part of its rows, for a device that is too slow for all. */
  readonly sample?: Case;
  /** The built-in profile that it is about; undefined where it runs on any, that is on the one chosen for the check. */
  readonly profile?: string;
  /** Throws Rejected where the profile cannot run it. */
  build(profile: Profile): Replay;
}
/** Rows of a sample, about. */
const SAMPLE = 40;

/** A case of rows with its sample: rows at an odd step, so that columns that alternate are all met. `number` gives a row's number in the folder. */
export function sampled<Row>(name: string, rows: readonly Row[], number: (row: Row, at: number) => number, rest: (name: string, rows: readonly Row[]) => Omit<Case, 'name' | 'covers' | 'sample'>): Case {
  const step = Math.floor(rows.length / SAMPLE) | 1, numbers = rows.map(number), few = (_: unknown, at: number): boolean => at % step === 0;
  const part = (label: string, some: readonly Row[], covers: readonly number[]): Case => ({ name: label, covers, ...rest(label, some) });
  return { ...part(name, rows, numbers), sample: part(`${name}-sample`, rows.filter(few), numbers.filter(few)) };
}
export interface Skip { readonly what: string; readonly why: string }
export interface Found {
  readonly folder: string;
  readonly kind: string;
  /** Sets or rows. */
  readonly total: number;
  readonly cases: readonly Case[];
  readonly skipped: readonly Skip[];
}
