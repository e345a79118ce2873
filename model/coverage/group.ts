//! group: covergroups as data: points that sort a record into bins, crosses of points, and the bins that no program reaches, with the reason.
import { Defect } from '../failure.ts';
import type { ModeFieldName } from '../isa/view.ts';
import type { Frame } from './frame.ts';

/** What a program must hold for a bin to be hit, as far as the point knows; the filling of holes begins here. */
export interface Aim {
  /** Bits of fields by name. */
  readonly bits?: Readonly<Record<string, number>>;
  /** Fields of the captured numeric mode. */
  readonly mode?: Readonly<Partial<Record<ModeFieldName, number>>>;
  /** Mnemonics: one of these, as often as they stand here. */
  readonly of?: readonly string[];
  readonly nullified?: boolean;
  readonly head?: { readonly predicate?: number; readonly negate?: boolean; readonly irq?: boolean; readonly trace?: boolean; readonly wait?: boolean; readonly post?: boolean };
  /** The unit, or the instruction of the same unit, that goes before. */
  readonly unitBefore?: number;
  readonly before?: string;
  /** The trap that ends the program. */
  readonly trap?: number;
  /** Instructions wait in queues when it happens. */
  readonly pending?: boolean;
  /** Values of the registers that it reads, in the order in which they are captured. */
  readonly scalars?: readonly number[];
  /** Dtype codes, of which the result has one. */
  readonly result?: readonly number[];
  /** The unit that acts, where any instruction of it will do. */
  readonly unit?: number;
  readonly tokens?: number;
  /** Whose token goes to whom. */
  readonly from?: number;
  readonly to?: number;
  /** Registers that a loop steps. */
  readonly steps?: number;
}

/** Sorts a record into one of its bins, or none: -1. `aims` has what is known of each bin. */
export interface Point {
  readonly bins: readonly string[];
  /** It depends on what comes of the instruction or went before: an instruction that is only planned is not asked. */
  readonly late?: boolean;
  readonly of: (frame: Frame) => number;
  readonly aim?: (bin: number) => Aim;
}
/** A rule by its predicate, or a law of the machine by name (`laws`), forbids the bins for which `when` holds. */
export interface Ignore { readonly when: (bin: Readonly<Record<string, string>>) => boolean; readonly by: string; readonly why: string }

export interface Covergroup {
  readonly name: string;
  readonly says: string;
  /** Instructions by mnemonic whose records are looked at; absent: every record. */
  readonly on?: readonly string[];
  readonly points: Readonly<Record<string, Point>>;
  /** Points by name. A point that a cross names has its bins there, any other one has bins of its own. */
  readonly crosses: readonly (readonly string[])[];
  readonly ignore: readonly Ignore[];
  /** Percent of the reachable bins. */
  readonly goal: number;
}
type Written = Omit<Covergroup, 'crosses' | 'ignore' | 'goal'> & Partial<Pick<Covergroup, 'crosses' | 'ignore' | 'goal'>>;

/** Completes a group; throws Defect for a cross of points that do not exist. */
export function covergroup(written: Written): Covergroup {
  const { crosses = [], ignore = [], goal = 100, name, points } = written;
  for (const point of crosses.flat()) if (!(point in points)) throw new Defect(`covergroup ${name}: no point is called ${point}`);
  return { ...written, crosses, ignore, goal };
}

/** What forbids bins and is no rule of an instruction; machine manual, the sections named. */
export const laws: Readonly<Record<string, string>> = {
  'predicate 0': 'predicate 0 always holds (section 3)',
  'checked at dispatch': 'an instruction that traps or is nullified does nothing else (section 6)',
  'unit of the instruction': 'an instruction belongs to one unit (section 2)',
};
