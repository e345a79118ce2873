//! dot-input: what a dot product is made of, as the machine captures it, with what it leaves.
import type { Format } from './format.ts';
import type { Rounded } from './round.ts';

export interface DotInput {
  readonly a: readonly bigint[];
  readonly aFormat: Format;
  readonly w: readonly bigint[];
  readonly wFormat: Format;
  /** The accumulator's element before: its bits under `add`, 0n under `set`. */
  readonly c: bigint;
  readonly accumulator: Format;
  /** The scales that each product has as factors, one of either side for each. */
  readonly scales?: { readonly format: Format; readonly a: readonly bigint[]; readonly w: readonly bigint[] };
}

/** What mm and mdw capture of a mode: zero points are 0 for floats, isat is for integers; nan is the accumulator's canonical NaN. */
export interface DotMode {
  readonly isat: boolean;
  readonly zpa: number;
  readonly zpb: number;
  readonly nan: bigint;
}

/** `lostTerms`: terms that lost digits when they were aligned in windows, of all steps. */
export interface DotResult extends Rounded { readonly lostTerms: number }
