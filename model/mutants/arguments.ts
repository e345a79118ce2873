//! arguments: why some changes of the binary cannot show, each with the places that it speaks of: what no argument covers is a gap.
import type { Argument } from './argument.ts';
import { controlReasons } from './arguments-control.ts';
import { numberReasons } from './arguments-numbers.ts';
import type { Place } from './places.ts';
import type { Operator } from './wasm-operators.ts';

export const reasons: readonly Argument[] = [...controlReasons, ...numberReasons];

/** What a survivor is like. */
export interface Survivor { readonly operator: Operator; readonly says: string; readonly place: Place; readonly propagated: boolean }

/**
 * The first argument that covers a survivor and that the machine does not refute: what is identical leaves no trace in all of memory. Of what is
 * masked it can only be said that no trial saw it.
 */
export const argumentFor = ({ operator, says, place, propagated }: Survivor): Argument | undefined => reasons.find((one) =>
  one.file === place.file && one.operators.includes(operator) && one.within.test(place.within) && one.text.test(place.text) && (one.says?.(says) ?? true)
  && !(one.kind === 'identical' && propagated));
