//! points: how parts of a record fall into bins: fields, dtypes, shapes, strides, places, values of registers.
import { set } from '../instructions/set.ts';
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { type ModeFieldName, modeFields } from '../isa/view.ts';
import { MODE_WORDS, OPERAND_MAX, PAGE_BYTES, RANK_MAX, RETIRED_DONE, RETIRED_NULLIFIED, ROLE_READ, spaceNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode, type formats } from '../numerics/format.ts';
import { type Frame, HAZARD_REACH } from './frame.ts';
import type { Aim, Point } from './group.ts';

export const done = (of: Point['of']): Point['of'] => (frame) => (frame.status === RETIRED_DONE ? of(frame) : -1);
const point = (bins: readonly string[], of: Point['of'], aim?: (bin: number) => Aim): Point => ({ bins, of, ...(aim ? { aim } : {}) });

const late = (bins: readonly string[], of: Point['of']): Point => ({ bins, of, late: true });

// ---- fields
/** Bits of a field in a record, -1 where another field says that it does not exist. */
export function reader({ fields }: Definition, field: Field): (frame: Frame) => number {
  const { word, low, width } = field, mask = width === 32 ? -1 : 2 ** width - 1;
  const conditions = (field.when ?? []).map(({ field: name, is }) => ({ bits: reader({ fields } as Definition, fields[name]!), is }));
  return (frame) => {
    for (let i = 0; i < conditions.length; i++) if (!conditions[i]!.is.includes(conditions[i]!.bits(frame))) return -1;
    return (frame.words[word]! >> low) & mask;
  };
}
/** What decides whether the field exists, so that it does. */
const conditionsOf = ({ fields }: Definition, { when = [] }: Field): Record<string, number> =>
  Object.assign({}, ...when.map(({ field, is }) => ({ ...conditionsOf({ fields } as Definition, fields[field]!), [field]: is[0]! })));

/**
 * Every name of a choice and every number of a small count; of registers the first, the last and any other; of a wide number its sign.
 * Undefined for operands, which have points of their own.
 */
export function fieldPoint(definition: Definition, name: string, profile: Profile): Point | undefined {
  const field = definition.fields[name]!, read = reader(definition, field), need = conditionsOf(definition, field), { kind, width } = field;
  if (kind === 'operand' || kind === 'bare') return undefined;
  const listed = (values: readonly number[], names: readonly string[]): Point => {
    const index = new Map(values.map((value, i) => [value, i])), table = Int16Array.from({ length: 256 }, (_, bits) => index.get(bits) ?? -1);
    return point(names, done((frame) => { const bits = read(frame); return bits < 0 || bits > 255 ? -1 : table[bits]!; }), (bin) => ({ bits: { ...need, [name]: values[bin]! } }));
  };
  const all = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);
  if (kind === 'choice') { const names = field.names!; return listed(names.map((_, i) => i), names); }
  if (kind === 'flag') return listed([0, 1], ['no', field.words![0]!]);
  if (kind === 'count') { const [first, last] = field.range!; return listed(all(first, last), all(first, last).map(String)); }
  if (kind === 'slot') return listed(all(0, profile.slotCount - 1), all(0, profile.slotCount - 1).map(String));
  if (width <= 3) { const first = field.range?.[0] ?? 0; return listed(all(first, 2 ** width - 1), all(first, 2 ** width - 1).map(String)); }
  if (width <= 8) {
    const first = field.range?.[0] ?? 0, last = 2 ** width - 1;
    return point([String(first), String(last), 'other'], done((frame) => { const bits = read(frame); return bits < 0 ? -1 : bits === first ? 0 : bits === last ? 1 : 2; }),
      (bin) => ({ bits: { ...need, ...(bin < 2 ? { [name]: bin === 0 ? first : last } : {}) } }));
  }
  // An absent field of 32 bits cannot be told from -1; there is none.
  return point(['0', '+', '-'], done((frame) => { const bits = (read(frame) << (32 - width)) >> (32 - width); return bits === 0 ? 0 : bits > 0 ? 1 : 2; }),
    (bin) => ({ bits: { ...need, [name]: [0, 5, width === 32 ? 0xffff_fffb : 2 ** width - 5][bin]! } }));
}

/** Values of a small field of the captured mode. */
export function modePoint(definition: Definition, name: ModeFieldName, bins: readonly string[]): Point {
  const { word, low, width } = modeFields.find((field) => field.name === name)!, mask = 2 ** width - 1, count = bins.length;
  if (word >= MODE_WORDS || !definition.mode.includes(name)) throw new RangeError(`${definition.mnemonic} captures no ${name}`);
  return point(bins, done((frame) => { const value = (frame.mode(word) >> low) & mask; return value < count ? value : -1; }), (bin) => ({ mode: { [name]: bin } }));
}
/** A signed field of the mode: none, positive, negative. */
export function signPoint(name: ModeFieldName): Point {
  const { word, low, width } = modeFields.find((field) => field.name === name)!, up = 32 - low - width, down = 32 - width;
  return point(['0', '+', '-'], done((frame) => { const value = (frame.mode(word) << up) >> down; return value === 0 ? 0 : value > 0 ? 1 : 2; }),
    (bin) => ({ mode: { [name]: [0, 5, -5][bin]! } }));
}

// ---- dtypes
export const families = ['integer', 'float', 'narrow float', 'p3109'] as const;
const familyOf = ({ kind, width, name }: (typeof formats)[number]): number => (kind === 'integer' ? 0 : name.startsWith('binary') ? 3 : width >= 16 ? 1 : 2);
const familyByCode = Int8Array.from({ length: 256 }, (_, code) => { const format = formatByCode(code); return format ? familyOf(format) : -1; });
export type Family = (typeof families)[number];
export const familyName = (code: number): Family | undefined => families[familyByCode[code]!];
/** The family of an operand's dtype: integers, floats of 16 bits and more, of 8 bits and fewer, those of IEEE P3109. */
export const familyPoint = (position: number, { formatCodes }: Profile): Point => {
  const present = families.map((_, i) => i).filter((i) => formatCodes.some((code) => familyByCode[code] === i));
  const index = Int8Array.from(families, (_, i) => present.indexOf(i));
  return point(present.map((i) => families[i]!), (frame) => (frame.role[position] === 0 ? -1 : index[familyByCode[frame.dtype[position]!]!]!));
};
/** An operand's dtype among these codes. */
export function dtypePoint(position: number, codes: readonly number[]): Point {
  const index = Int16Array.from({ length: 256 }, (_, code) => codes.indexOf(code));
  return point(codes.map((code) => formatByCode(code)!.name), (frame) => (frame.role[position] === 0 ? -1 : index[frame.dtype[position]!]!));
}
export const sameTypePoint = (a: number, b: number): Point =>
  point(['same dtype', 'converts'], (frame) => (frame.role[a] === 0 || frame.role[b] === 0 ? -1 : frame.dtype[a] === frame.dtype[b] ? 0 : 1));

// ---- shapes
/** Sizes around N, the lanes of the machine. */
export const sizesAround = (n: number): readonly string[] => [...new Set([0, 1, 2, n - 1, n, n + 1, 2 * n - 1, 2 * n])].filter((size) => size >= 0).sort((a, b) => a - b).map(String).concat('more');
export function sizePoint(n: number, of: (frame: Frame) => number): Point {
  const bins = sizesAround(n), sizes = bins.map(Number), more = bins.length - 1, table = Int8Array.from({ length: 2 * n + 1 }, (_, size) => sizes.indexOf(size));
  return point(bins, (frame) => { const size = of(frame); return size < 0 ? -1 : size > 2 * n ? more : table[size]!; });
}
/** Sizes up to a greatest one. */
export function boundedPoint(n: number, most: number, of: (frame: Frame) => number): Point {
  const values = [...new Set([0, 1, 2, n - 1, n, n + 1, 2 * n - 1, 2 * n, most])].filter((size) => size >= 0 && size <= most).sort((a, b) => a - b);
  return point(values.map((size) => (size === most ? `${size} (max)` : String(size))), (frame) => values.indexOf(of(frame)));
}
export const rankPoint = (position: number): Point => point(['1', '2', '3', '4', '5'], (frame) => (frame.role[position] === 0 ? -1 : frame.rank[position]! - 1));
/** Product of some dims: `from` counted from the first one, up to `to`. */
export function productOf(frame: Frame, position: number, from: number, to: number): number {
  let product = 1;
  for (let axis = from; axis < to; axis++) product *= frame.dims[position * RANK_MAX + axis]!;
  return product;
}

// ---- strides
const strideBins = ['dense', 'gaps', 'stepped', 'permuted', 'negative', 'zero', 'overlapping'] as const;
/** How the elements of an operand lie; what is written has no two elements in one place. */
export function stridePoint(position: number, isWritten: boolean): Point {
  const bins = isWritten ? strideBins.slice(0, 5) : strideBins;
  return point(bins, (frame) => {
    const role = frame.role[position]!, first = position * RANK_MAX, { dims, strides } = frame;
    if (role === 0 || (role === ROLE_READ) === isWritten || frame.elements[position]! < 2) return -1;
    let inner = -1, dense = 1, before = 0, reach = 0, found = 0;
    for (let axis = frame.rank[position]! - 1; axis >= 0; axis--) {
      const dim = dims[first + axis]!, stride = strides[first + axis]!;
      if (dim === 1) continue;
      if (stride === 0) return isWritten ? -1 : 5;
      if (stride < 0) return 4;
      if (inner < 0) { inner = stride; if (stride !== 1) found = 2; }
      else if (stride < before) found = 3;
      else if (stride <= reach && found !== 3) found = isWritten ? found : 6;
      else if (stride !== dense && found === 0) found = 1;
      before = stride;
      reach += (dim - 1) * stride;
      dense *= dim;
    }
    return found;
  });
}

// ---- places
const placeNames = ['first byte', 'last byte', 'page crossing'] as const;
/** First and last byte of a space, and what crosses from a 4 KiB page to the next, for anything that an operand at the position touches. */
export function placePoint(position: number, profile: Profile): Point {
  const ends = [0, profile.dramBytes, profile.spmBytes, profile.accBytes, 0, 0, 0, 0];
  return point(placeNames, (frame) => {
    const low = frame.low[position]!, high = frame.high[position]!;
    if (frame.role[position] === 0 || high <= low) return -1;
    if (low === 0) return 0;
    if (high === ends[frame.space[position]!]) return 1;
    return Math.floor(low / PAGE_BYTES) !== Math.floor((high - 1) / PAGE_BYTES) ? 2 : -1;
  });
}
export const spacePoint = (position: number, spaces: readonly number[]): Point => {
  const index = Int8Array.from({ length: 256 }, (_, space) => spaces.indexOf(space));
  return point(spaces.map((space) => spaceNames[space]!), (frame) => (frame.role[position] === 0 ? -1 : index[frame.space[position]!]!));
};
/** The greatest power of two that divides the address of the element of index 0. */
export const alignmentPoint = (position: number): Point => point(['half a byte', '1', '2', '4', '8', '16', '32', '64'], (frame) => {
  if (frame.role[position] === 0 || frame.elements[position] === 0) return -1;
  const address = frame.address[position]!;
  if (address % 8 !== 0) return 0;
  for (let power = 6; power > 0; power--) if (address % (8 << power) === 0) return power + 1;
  return 1;
});
export const padPoint = (position: number): Point => point(['no pads', 'low', 'high', 'both'], (frame) =>
  (frame.role[position] === 0 ? -1 : (frame.padLow[position] !== 0 ? 1 : 0) + (frame.padHigh[position] !== 0 ? 2 : 0)));
/** Offset register and immediate of the operand in a word, of any of the instructions that has one there. */
export function offsetPoint(definitions: readonly Definition[], word: number): Point {
  const readers = set.map((definition) => {
    const field = definitions.includes(definition) ? Object.values(definition.fields).find((one) => one.kind === 'operand' && one.word === word) : undefined;
    return field && reader(definition, field);
  });
  return point(['none', '+', '-', '4095', '-4096', 'register', 'register and number'], done((frame) => {
    const bits = frame.role[word - 1] === 0 ? -1 : readers[frame.op]?.(frame) ?? -1;
    if (bits < 0) return -1;
    const register = (bits >> 6) & 31, number = (bits << 8) >> 19;
    if (register !== 0) return number === 0 ? 5 : 6;
    return number === 0 ? 0 : number === 4095 ? 3 : number === -4096 ? 4 : number > 0 ? 1 : 2;
  }));
}

// ---- registers
export const wordNames = ['0', '1', '-1', 'least', 'greatest', '+', '-'] as const;
export const wordClass = (word: number): number =>
  (word === 0 ? 0 : word === 1 ? 1 : word === -1 ? 2 : word === -0x8000_0000 ? 3 : word === 0x7fff_ffff ? 4 : word > 0 ? 5 : 6);
export const wordOf = (bin: number): number => [0, 1, -1, -0x8000_0000, 0x7fff_ffff, 77, -77][bin]!;

// ---- hazards
const overlapNames = ['the same', 'a part', 'inside', 'around'] as const, distances = ['1', '2', '3 to 8'] as const;
const hazardBins: readonly string[] = ['same unit', 'other unit'].flatMap((unit) => distances.flatMap((d) => overlapNames.map((o) => `${unit}, ${d} before, ${o}`)));
/** The nearest record before that touched the same bytes in the way of the hazard: whose, how far, and how the two lie. */
export function hazardPoint(kind: 'raw' | 'war' | 'waw'): Point {
  const now = kind === 'raw' ? 1 : 2, then = kind === 'war' ? 1 : 2;
  return late(hazardBins, (frame) => {
    const { touched, role, low, high, space } = frame, most = Math.min(HAZARD_REACH, touched);
    for (let back = 1; back <= most; back++) {
      const slot = (touched - back) % HAZARD_REACH;
      for (let other = slot * OPERAND_MAX; other < (slot + 1) * OPERAND_MAX; other++) {
        const of = frame.pastSpace[other]!;
        if (of === 0 || (then === 2) !== (frame.pastWrites[other] !== 0)) continue;
        const from = frame.pastLow[other]!, to = frame.pastHigh[other]!;
        for (let position = 0; position < OPERAND_MAX; position++) {
          const a = low[position]!, b = high[position]!;
          if ((role[position]! & now) === 0 || space[position] !== of || a >= to || from >= b || a >= b) continue;
          const overlap = a === from && b === to ? 0 : a >= from && b <= to ? 2 : a <= from && b >= to ? 3 : 1;
          return ((frame.pastUnit[slot] === frame.unit ? 0 : 3) + Math.min(back, 3) - 1) * 4 + overlap;
        }
      }
    }
    return -1;
  });
}

export const statusPoint = point(['done', 'nullified'], (frame) => (frame.status === RETIRED_DONE ? 0 : frame.status === RETIRED_NULLIFIED ? 1 : -1), (bin) => ({ nullified: bin === 1 }));
