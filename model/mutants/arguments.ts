//! arguments: why some changes of the binary cannot show, each with the places that it speaks of: what no argument covers is a gap.
import type { Place } from './places.ts';
import type { Operator } from './wasm-operators.ts';

/**
 * `dead`: a rule keeps every program from the place. `identical`: the changed instruction gives the same for all that comes there, or the same
 * once cut to the bits that are used. `masked`: it gives something else, and nobody reads it.
 */
export type ArgumentKind = 'dead' | 'identical' | 'masked';
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

const anywhere = /./;
/** Of a constant: from which number to which. */
const step = (test: (from: number, to: number) => boolean) => (says: string): boolean => {
  const numbers = /const (-?\d+) -> (-?\d+)$/.exec(says);
  return numbers !== null && test(Number(numbers[1]), Number(numbers[2]));
};
const orEqual = (says: string): boolean => says === 'i32.lt_u -> i32.le_u';

export const reasons: readonly Argument[] = [
  {
    name: 'a dtype that is used has been checked', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^@inline export function widthOf\(dtype/, operators: ['constant', 'relation'], says: (says) => orEqual(says) || step((from) => from === 128)(says),
    why: 'widths are asked for by rules behind `dtypeDefined` and by kernels behind all rules; no format has a code from 118 on, so 127, 128 and 129 are equally far from every code that comes there.',
  },
  {
    name: 'no format has the last code', kind: 'identical', within: /^checks\/check$|^rules/, file: 'rules.ts', text: /dtype < FORMAT_COUNT && format\.kind/, operators: ['constant', 'relation'], says: step((from, to) => from === 128 && to === 127),
    why: 'row 127 of the table is empty in every profile: code 127 is undefined whether the comparison says so or the row does.',
  },
  {
    name: 'a row of the table is empty or whole', kind: 'identical', within: /^checks\/check$|^rules/, file: 'encoding.ts', text: /function formats\(i: usize\): usize \{ return PROFILE/, operators: ['constant'], says: step((from, to) => to === from + 1),
    why: 'the byte behind the kind is the width: of a format neither is 0, of an empty row both are, and the place asks only whether it is 0.',
  },
  {
    name: 'there are at most five axes', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^return rank < RANK_MAX \? rank : RANK_MAX;/, operators: ['constant', 'relation'], says: (says) => orEqual(says) || step((from, to) => from === 5 && to === 6)(says),
    why: 'ranks of 6 and 7 trap by `described` before anything is asked that lies behind it; at 5 both branches are 5.',
  },
  {
    name: 'beyond the limit is beyond the limit', kind: 'masked', within: anywhere, file: 'extent.ts', text: /^return zero \? 0 : count <= limit \? count : limit \+ 1;/, operators: ['constant'], says: step((from, to) => from === 2 ** 31 && to > from),
    why: 'a product above the limit is only ever compared with the limit: how far above it lies is nobody\'s business.',
  },
  {
    name: 'what is read too wide is cut', kind: 'identical', within: /^(vector\/copyElements|widen\/integerRun|epilogue\/epilogueTensor|unpack\/scaleCodes|reduce\/term|dma\/convertRow)$/, file: 'element.ts', text: /^case (8|16|32): return load/,
    operators: ['constant', 'relation'], why: 'where no case fits, 64 bits are read: whoever asked takes the low ones of the width, by a shift up and down or by a store of that width.',
  },
  {
    name: 'accumulators of integers have 32 bits or 64', kind: 'dead', within: /^multiply\/wideWrite$|^depthwise\/write$/, file: 'element.ts', text: /^(case (4|8|16):|const shift|store<u8>)/,
    operators: ['constant', 'arithmetic', 'relation', 'store', 'local', 'address', 'extension', 'branch'], why: 'the rule `dtypeIn` lets no other dtype be an accumulator of integers; the cases of readElement and writeElement for others come with its body.',
  },
  {
    name: 'accumulators have 16 bits or more', kind: 'dead', within: /^accumulator\/writeAccumulator$/, file: 'element.ts', text: /^(case (4|8):|const shift|store<u8>)/,
    operators: ['constant', 'arithmetic', 'relation', 'store', 'local', 'address', 'extension', 'branch'], why: 'no triple of a profile has an accumulator of 4 or 8 bits; the cases for them come with the body of writeElement.',
  },
  {
    name: 'offsets of registers are multiples of four', kind: 'identical', within: /^window\//, file: 'window.ts', text: /offset (>=|<) 0x|offset - 0x|offset & 15/, operators: ['constant'], says: step((from, to) => (from % 4 === 0 && (from < 0 ? to === from + 1 : to === from - 1)) || (from === 15 && to === 14)),
    why: 'any other offset is refused before. One less than a bound bounds the same offsets; what is one more than the distance from the first is the same word; the lowest bit is 0.',
  },
  {
    name: 'the static tables end far below the state', kind: 'masked', within: /^index\/staticEnd$/, file: 'index.ts', text: /__heap_base/, operators: ['constant'],
    why: 'the host compares where the compiler\'s tables end with where the state begins; a byte more or less is thousands short of it.',
  },
];

/** What a survivor is like. */
export interface Survivor { readonly operator: Operator; readonly says: string; readonly place: Place; readonly activated: boolean; readonly propagated: boolean }

/**
 * The first argument that covers a survivor and that the machine does not refute: what is dead no trial runs, and what is identical leaves no
 * trace in all of memory. Of what is masked it can only be said that no trial saw it.
 */
export const argumentFor = ({ operator, says, place, activated, propagated }: Survivor): Argument | undefined => reasons.find((one) =>
  one.file === place.file && one.operators.includes(operator) && one.within.test(place.within) && one.text.test(place.text) && (one.says?.(says) ?? true)
  && !(one.kind === 'dead' && activated) && !(one.kind === 'identical' && propagated));
