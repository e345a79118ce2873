//! argument: what says why a change of the binary cannot show, and how it tells the changes that it speaks of.
import type { Operator } from './wasm-operators.ts';

/**
 * `identical`: the changed instruction gives the same for all that comes there, or the same once cut to the bits that are used. `masked`: it gives
 * something else, and nobody reads it.
 */
type ArgumentKind = 'identical' | 'masked';
export interface Argument {
  readonly name: string;
  readonly kind: ArgumentKind;
  /** The functions of assembly/, `file/name`, and the text of the line from which the instruction was made. */
  readonly within: RegExp;
  readonly file: string;
  readonly text: RegExp;
  readonly operators: readonly Operator[];
  /** What the change says, where not every change of these operators is meant. */
  readonly says?: (change: string) => boolean;
  readonly why: string;
}

export const anywhere = /./;
/** Of a constant: from which number to which. */
export const step = (test: (from: number, to: number) => boolean) => (says: string): boolean => {
  const numbers = /const (-?\d+) -> (-?\d+)$/.exec(says);
  return numbers !== null && test(Number(numbers[1]), Number(numbers[2]));
};
export const equalToo = (says: string): boolean => says === 'i64.lt_s -> i64.le_s';
