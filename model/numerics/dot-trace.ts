//! dot-trace: what a dot product tells an observer while it is computed, so that an explanation and the result come from one evaluation.
import type { Exact, RoundName } from './exact.ts';
import type { ElementEvent } from './observe.ts';

/** A term of a sum: product k, the running value (`c`), or a sum of products that is aligned as a whole. */
export type TermName =
  | { readonly of: 'product'; readonly k: number }
  | { readonly of: 'c' }
  | { readonly of: 'sum'; readonly from: number; readonly to: number };

/** In the order in which things happen. Exponents are those of powers of two; steps are numbered from 0. */
export type DotEvent =
  /** A product as it enters the unit: codes of the operands, its exact value, and its raw exponent, not renormalised. */
  | { readonly kind: 'product'; readonly k: number; readonly a: bigint; readonly w: bigint; readonly scaleA?: bigint; readonly scaleW?: bigint;
    readonly value: Exact; readonly raw: number }
  /** The products of a step, and the running value that it begins with. */
  | { readonly kind: 'step'; readonly step: number; readonly products: readonly number[]; readonly running: Exact }
  /** A window: its exponent, and that of the last place that it keeps; `raised` by the floor of the record. */
  | { readonly kind: 'window'; readonly step: number; readonly exponent: number; readonly last: number; readonly raised: boolean }
  /** A term in a window: what is kept, in units of the last place, how far it was shifted right (negative: left), and whether digits were lost. */
  | { readonly kind: 'align'; readonly step: number; readonly term: TermName; readonly value: Exact; readonly raw: number; readonly shift: number;
    readonly kept: bigint; readonly lost: boolean }
  /** An exact sum before it is rounded. */
  | { readonly kind: 'sum'; readonly step: number; readonly value: Exact }
  /** A NaN or an infinity among the terms decided the step. */
  | { readonly kind: 'special'; readonly step: number; readonly value: Exact }
  /** A rounding: of the exact value, in the direction, to the bits of the accumulator's format. */
  | { readonly kind: 'round'; readonly step: number; readonly what: string; readonly value: Exact; readonly direction: RoundName; readonly bits: bigint;
    readonly inexact: boolean; readonly overflow: boolean; readonly flushed: boolean }
  /** Integers: the partial sum behind product k, wrapped where the record has a width. */
  | { readonly kind: 'partial'; readonly k: number; readonly sum: bigint; readonly wrapped: boolean }
  /** What the function that rounds tells, before the rounding it belongs to. */
  | ElementEvent;

export type Observer = (event: DotEvent) => void;
