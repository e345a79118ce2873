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
  /** The sum of the second register and the number. */
  readonly second?: number;
  /** Back, to the next one, forward. */
  readonly jump?: number;
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
  /** Rows and depth of a product. */
  readonly rows?: number;
  readonly depth?: number;
  /** Rank of the first operand. */
  readonly rank?: number;
  /** An operand by position, and its space; 0 the first byte of its memory, 1 the last one, 2 across pages. */
  readonly space?: { readonly position: number; readonly code: number };
  readonly place?: { readonly position: number; readonly at: number };
  /** Position of an operand of 4 bits that begins with the upper half of a byte. */
  readonly odd?: number;
  /** A hazard with the record before: 0 read after write, 1 write after read, 2 write after write; records between, another unit. */
  readonly hazard?: { readonly kind: number; readonly between: number; readonly other: boolean };
  /** Kinds of numbers that operands by position have: values.ts. */
  readonly numbers?: readonly (readonly [position: number, of: number])[];
  /** The operand that the trap blames. */
  readonly blamed?: number;
}

/** Bits of one fact of a frame, looked up: `table` has a bin for each pattern, -1 for none. */
export interface Lookup { readonly fact: number; readonly low: number; readonly table: Int16Array }
/**
 * Sorts a record into one of its bins, or none. Looking up is quick, so most points do; `of` computes a bin, or -1, from the whole frame. A
 * point with `needs` has a bin only where each of them has bin 0.
 */
export interface Point {
  readonly bins: readonly string[];
  readonly look?: Lookup;
  readonly needs?: readonly Lookup[];
  readonly of?: (frame: Frame) => number;
  /** It depends on what comes of the instruction or went before: an instruction that is only planned is not asked. */
  readonly late?: boolean;
  /** What is known of a program that hits the bin. */
  readonly aim?: (bin: number) => Aim;
}
/** The bin of a point, -1 for none. */
export function binOf({ look, needs = [], of }: Point, frame: Frame): number {
  const found = (one: Lookup): number => one.table[(frame.facts[one.fact]! >>> one.low) & (one.table.length - 1)]!;
  return needs.some((one) => found(one) !== 0) ? -1 : look ? found(look) : of!(frame);
}

/** How an instruction may end; most groups look at those that were done. */
export type Ending = 'done' | 'nullified' | 'trapped';

/** A rule by its predicate, or a law of the machine by name (`laws`), forbids the bins for which `when` holds. */
export interface Ignore { readonly when: (bin: Readonly<Record<string, string>>) => boolean; readonly by: string; readonly why: string }

export interface Covergroup {
  readonly name: string;
  readonly says: string;
  /** Instructions by mnemonic whose records are looked at; absent: every record. */
  readonly on?: readonly string[];
  readonly endings: readonly Ending[];
  readonly points: Readonly<Record<string, Point>>;
  /** Points by name. A point that a cross names has its bins there, any other one has bins of its own. */
  readonly crosses: readonly (readonly string[])[];
  readonly ignore: readonly Ignore[];
  /** Percent of the reachable bins. */
  readonly goal: number;
}
type Written = Omit<Covergroup, 'endings' | 'crosses' | 'ignore' | 'goal'> & Partial<Pick<Covergroup, 'endings' | 'crosses' | 'ignore' | 'goal'>>;

/** Completes a group; throws Defect for a cross of points that do not exist. */
export function covergroup(written: Written): Covergroup {
  const { endings = ['done'], crosses = [], ignore = [], goal = 100, name, points } = written;
  for (const point of crosses.flat()) if (!(point in points)) throw new Defect(`covergroup ${name}: no point is called ${point}`);
  return { ...written, endings, crosses, ignore, goal };
}

/** What forbids bins and is no rule of an instruction; machine manual, the sections named. */
export const laws: Readonly<Record<string, string>> = {
  'predicate 0': 'predicate 0 always holds (section 3)',
  'checked at dispatch': 'an instruction that traps or is nullified does nothing else (section 6)',
  'unit of the instruction': 'an instruction belongs to one unit (section 2)',
};
