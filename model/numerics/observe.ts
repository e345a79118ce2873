//! observe: what rounding and the steps to an element tell an observer while they are computed, in the order in which they happen.
import type { Between, Direction, Exact } from './exact.ts';
import type { Format } from './format.ts';

export type ElementEvent =
  /**
   * Digits of a magnitude that were dropped: those from 2^place on are `kept`, the `places` below are `rest`; `whole` is what kept became.
   * `between`: behind the rest go digits without end, of which the last one shown stands for all.
   */
  | { readonly kind: 'digits'; readonly place: number; readonly negative: boolean; readonly kept: bigint; readonly rest: bigint; readonly places: number;
    readonly direction: Direction; readonly whole: bigint; readonly between: boolean }
  /** An element of a format, made of an exact value, and the names of the events that befell it. */
  | { readonly kind: 'rounded'; readonly format: Format; readonly value: Exact | Between; readonly direction: Direction; readonly bits: bigint;
    readonly events: readonly string[] }
  /** A value on the way, and the word that joined it there. */
  | { readonly kind: 'stage'; readonly what: string; readonly value: Exact | Between; readonly word?: { readonly format: Format; readonly bits: bigint } };

/** Whoever looks on; it changes nothing. */
export type Observe = (event: ElementEvent) => void;

/** The value, told. */
export function staged<V extends Exact | Between>(
  observe: Observe | undefined, what: string, value: V, word?: { readonly format: Format; readonly bits: bigint },
): V {
  observe?.({ kind: 'stage', what, value, ...(word ? { word } : {}) });
  return value;
}
