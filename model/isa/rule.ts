//! rule: what must hold before an instruction may act, each a named predicate on named operands.
import type { Mode, View } from './view.ts';

/** Operands are field names; `mode` is the captured numeric mode, `unit` the unit's number. */
export interface Rule<F extends string = string> {
  /** The trap when it is broken; of several broken rules the lowest code is reported. */
  readonly trap: number;
  /** assembly/rules.ts has a function of this name that takes the same operands and constants. */
  readonly predicate: string;
  readonly operands: readonly (F | 'mode')[];
  readonly constants: readonly number[];
  /** One sentence for the manual and the comments of the emitted checks. */
  readonly says: string;
  /** Operand fields are Tensor, sources the captured register value, other fields their bits as a number. */
  // biome-ignore lint/suspicious/noExplicitAny: each predicate names the types of its own operands
  readonly holds: (view: View, ...operands: any[]) => boolean;
}
export type { Mode, View };
