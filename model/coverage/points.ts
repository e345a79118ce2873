//! points: how parts of a record fall into bins: fields, dtypes, shapes, strides, places, values of registers.
import { set } from '../instructions/set.ts';
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { type ModeFieldName, modeFields } from '../isa/view.ts';
import { PAGE_BYTES, RANK_MAX, ROLE_READ, spaceNames, unitNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode, type formats } from '../numerics/format.ts';
import { FACT_MODE, FACT_OP, FACT_OPERANDS, FACT_STATUS, FACT_UNIT, FACT_UNIT_BEFORE, type Frame } from './frame.ts';
import type { Aim, Lookup, Point } from './group.ts';

type Aimed = (bin: number) => Aim;
/** `width` bits of a fact from `low` on, each pattern sorted by `bin`. */
export function lookup(fact: number, low: number, width: number, bin: (bits: number) => number): Lookup {
  const table = new Int16Array(2 ** width);
  for (let bits = 0; bits < table.length; bits++) table[bits] = bin(bits);
  return { fact, low, table };
}
export const looked = (bins: readonly string[], look: Lookup, aim?: Aimed): Point => ({ bins, look, ...(aim ? { aim } : {}) });
export const computed = (bins: readonly string[], of: (frame: Frame) => number, aim?: Aimed): Point => ({ bins, of, ...(aim ? { aim } : {}) });
/** Computed from what becomes of the instruction, or from what went before. */
export const late = (bins: readonly string[], of: (frame: Frame) => number, aim?: Aimed): Point => ({ ...computed(bins, of, aim), late: true });

// ---- the record
export const statusPoint = looked(['done', 'nullified'], lookup(FACT_STATUS, 0, 2, (status) => (status < 2 ? status : -1)), (bin) => ({ nullified: bin === 1 }));
export const unitPoint = looked(unitNames, lookup(FACT_UNIT, 0, 3, (unit) => (unit < unitNames.length ? unit : -1)), (bin) => ({ unit: bin }));
export const unitBefore: Point = { ...looked(unitNames, lookup(FACT_UNIT_BEFORE, 0, 3, (unit) => (unit <= unitNames.length ? unit - 1 : -1)), (bin) => ({ unitBefore: bin })), late: true };
/** The instruction among some, or another one that a fact tells. */
export const instructionPoint = (list: readonly Definition[], fact = FACT_OP, aim: (mnemonic: string) => Aim = (mnemonic) => ({ of: [mnemonic] })): Point =>
  ({ ...looked(list.map(({ mnemonic }) => mnemonic), lookup(fact, 0, 8, (op) => (op === 0 || op > set.length ? -1 : list.indexOf(set[op - 1]!))), (bin) => aim(list[bin]!.mnemonic)), late: fact !== FACT_OP });
/** Some bits of the head, or of any other word. */
export const bitsPoint = (bins: readonly string[], word: number, low: number, width: number, bin: (bits: number) => number = (bits) => bits, aim?: Aimed): Point =>
  looked(bins, lookup(word, low, width, bin), aim);

// ---- fields
/** Other fields that decide whether this one exists. */
function conditionsOf({ fields }: Definition, { when = [] }: Field): Lookup[] {
  return when.flatMap(({ field: name, is }) => {
    const field = fields[name]!;
    return [lookup(field.word, field.low, field.width, (bits) => (is.includes(bits) ? 0 : -1)), ...conditionsOf({ fields } as Definition, field)];
  });
}
/** What they must be for it to exist. */
const neededBits = ({ fields }: Definition, { when = [] }: Field): Record<string, number> =>
  Object.assign({}, ...when.map(({ field, is }) => ({ ...neededBits({ fields } as Definition, fields[field]!), [field]: is[0]! })));

/**
 * Every name of a choice and every number of a small count; of registers the first, the last and any other; of a wide number its sign.
 * Undefined for operands, which have points of their own.
 */
export function fieldPoint(definition: Definition, name: string, profile: Profile): Point | undefined {
  const field = definition.fields[name]!, needs = conditionsOf(definition, field), need = neededBits(definition, field), { kind, width, word, low } = field;
  if (kind === 'operand' || kind === 'bare') return undefined;
  const listed = (values: readonly number[], names: readonly string[]): Point =>
    ({ ...looked(names, lookup(word, low, width, (bits) => values.indexOf(bits)), (bin) => ({ bits: { ...need, [name]: values[bin]! } })), needs });
  const all = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);
  if (kind === 'choice') { const names = field.names!; return listed(names.map((_, i) => i), names); }
  if (kind === 'flag') return listed([0, 1], ['no', field.words![0]!]);
  if (kind === 'count') { const [first, last] = field.range!; return listed(all(first, last), all(first, last).map(String)); }
  if (kind === 'slot') return listed(all(0, profile.slotCount - 1), all(0, profile.slotCount - 1).map(String));
  if (width <= 3) { const first = field.range?.[0] ?? 0; return listed(all(first, 2 ** width - 1), all(first, 2 ** width - 1).map(String)); }
  if (width <= 8) {
    const first = field.range?.[0] ?? 0, last = 2 ** width - 1;
    return { ...looked([String(first), String(last), 'other'], lookup(word, low, width, (bits) => (bits === first ? 0 : bits === last ? 1 : 2)),
      (bin) => ({ bits: { ...need, [name]: [first, last, 20][bin]! } })), needs };
  }
  const up = 32 - low - width, down = 32 - width;
  return { ...computed(['0', '+', '-'], (frame) => { const value = (frame.words[word]! << up) >> down; return value === 0 ? 0 : value > 0 ? 1 : 2; },
    (bin) => ({ bits: { ...need, [name]: [0, 5, width === 32 ? 0xffff_fffb : 2 ** width - 5][bin]! } })), needs };
}

const modeField = (name: ModeFieldName) => modeFields.find((field) => field.name === name)!;
/** Values of a small field of the captured mode. */
export function modePoint(name: ModeFieldName, bins: readonly string[]): Point {
  const { word, low, width } = modeField(name);
  return looked(bins, lookup(FACT_MODE + word, low, width, (bits) => (bits < bins.length ? bits : -1)), (bin) => ({ mode: { [name]: bin } }));
}
/** Kinds of scale that the profile has. */
export function scalePoint({ features, formatCodes }: Profile): Point {
  const { word, low, width } = modeField('scale'), needs = [true, true, features.includes('gemmlowp'), features.includes('tosaDouble'), formatCodes.includes(FP32), formatCodes.includes(FP32)];
  const codes = needs.flatMap((has, code) => (has ? [code] : []));
  return looked(codes.map((code) => scaleNames[code]!), lookup(FACT_MODE + word, low, width, (bits) => codes.indexOf(bits)), (bin) => ({ mode: { scale: codes[bin]! }, ...(codes[bin]! > 0 ? { bits: { table: 1 } } : {}) }));
}
const scaleNames = ['none', 'shift', 'gemmlowp', 'tosa', 'multiply', 'divide'], FP32 = 0x23;
/** A signed field of the mode: none, positive, negative. */
export function signPoint(name: ModeFieldName): Point {
  const { word, low, width } = modeField(name), up = 32 - low - width, down = 32 - width;
  return computed(['0', '+', '-'], ({ facts }) => { const value = (facts[FACT_MODE + word]! << up) >> down; return value === 0 ? 0 : value > 0 ? 1 : 2; }, (bin) => ({ mode: { [name]: [0, 5, -5][bin]! } }));
}

// ---- dtypes
export const families = ['integer', 'float', 'narrow float', 'p3109'] as const;
export type Family = (typeof families)[number];
const familyIndex = ({ kind, width, name }: (typeof formats)[number]): number => (kind === 'integer' ? 0 : name.startsWith('binary') ? 3 : width >= 16 ? 1 : 2);
/** The family of a dtype code: integers, floats of 16 bits and more, of 8 bits and fewer, those of IEEE P3109. */
export const familyOf = (code: number): Family | undefined => { const format = formatByCode(code); return format && families[familyIndex(format)]; };
/** What an operand's dtype is, of some names. */
export const dtypePoint = (position: number, bins: readonly string[], nameOf: (code: number) => string | undefined): Point =>
  looked(bins, lookup(FACT_OPERANDS + position, 0, 8, (code) => bins.indexOf(nameOf(code) ?? '')));
/** Whether two have one dtype, where the profile converts on the way. */
export const sameTypePoint = (a: number, b: number, { features }: Profile): Point =>
  computed(features.includes('dmaConvert') ? ['same dtype', 'converts'] : ['same dtype'], (frame) => (frame.role[a] === 0 || frame.role[b] === 0 ? -1 : frame.dtype[a] === frame.dtype[b] ? 0 : 1));

// ---- shapes
/** Sizes of the last dim around N, the lanes of the machine. Of what is empty nothing else is asked than its shape: there, sizes other than 0 are no bin, nor is 0 where `full`. */
export function sizePoint(n: number, position: number, full = false): Point {
  const sizes = [...new Set([0, 1, 2, n - 1, n, n + 1, 2 * n - 1, 2 * n])].filter((size) => size >= 0).sort((a, b) => a - b), table = Int8Array.from({ length: 2 * n + 1 }, (_, size) => sizes.indexOf(size));
  return computed([...sizes.map(String), 'more'], (frame) => {
    const size = frame.dimFromLast(position, 0);
    if (frame.role[position] === 0 || (frame.elements[position] === 0 && (full || size !== 0))) return -1;
    return size > 2 * n ? sizes.length : table[size]!;
  });
}
/** Sizes up to a greatest one. */
export function boundedPoint(n: number, most: number, of: (frame: Frame) => number, aim: (size: number) => Aim = () => ({})): Point {
  const values = [...new Set([0, 1, 2, n - 1, n, n + 1, 2 * n - 1, 2 * n, most])].filter((size) => size >= 0 && size <= most).sort((a, b) => a - b);
  return computed(values.map((size) => (size === most ? `${size} (max)` : String(size))), (frame) => values.indexOf(of(frame)), (bin) => aim(values[bin]!));
}
export const rankPoint = (position: number): Point => looked(['1', '2', '3', '4', '5'], lookup(FACT_OPERANDS + position, 12, 3, (rank) => (rank > 5 ? -1 : rank - 1)), (bin) => ({ rank: bin + 1 }));
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
  return computed(bins, (frame) => {
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
  return computed(placeNames, (frame) => {
    const low = frame.low[position]!, high = frame.high[position]!;
    if (frame.role[position] === 0 || high <= low) return -1;
    if (low === 0) return 0;
    if (high === ends[frame.space[position]!]) return 1;
    return Math.floor(low / PAGE_BYTES) !== Math.floor((high - 1) / PAGE_BYTES) ? 2 : -1;
  }, (bin) => ({ place: { position, at: bin } }));
}
export const spacePoint = (position: number, spaces: readonly number[]): Point =>
  looked(spaces.map((space) => spaceNames[space]!), lookup(FACT_OPERANDS + position, 8, 3, (space) => spaces.indexOf(space)), (bin) => ({ space: { position, code: spaces[bin]! } }));
/** The greatest power of two that divides the address of the element of index 0. */
export const alignmentPoint = (position: number): Point => computed(['half a byte', '1', '2', '4', '8', '16', '32', '64'], (frame) => {
  if (frame.role[position] === 0 || frame.elements[position] === 0) return -1;
  const bits = frame.address[position]! & 1023;
  return bits === 0 ? 7 : Math.max(0, 29 - Math.clz32(bits & -bits));
}, (bin) => (bin === 0 ? { odd: position } : {}));
export const padPoint = (position: number): Point => computed(['no pads', 'low', 'high', 'both'], (frame) =>
  (frame.role[position] === 0 ? -1 : (frame.padLow[position] !== 0 ? 1 : 0) + (frame.padHigh[position] !== 0 ? 2 : 0)));
/** Offset register and immediate of the operand in a word, of any of the instructions that has one there. */
export function offsetPoint(definitions: readonly Definition[], word: number): Point {
  const has = set.map((definition) => definitions.includes(definition) && Object.values(definition.fields).some((field) => field.kind === 'operand' && field.word === word));
  return computed(['none', '+', '-', '4095', '-4096', 'register', 'register and number'], (frame) => {
    if (frame.role[word - 1] === 0 || !has[frame.op]) return -1;
    const bits = frame.words[word]!, register = (bits >> 6) & 31, number = (bits << 8) >> 19;
    if (register !== 0) return number === 0 ? 5 : 6;
    return number === 0 ? 0 : number === 4095 ? 3 : number === -4096 ? 4 : number > 0 ? 1 : 2;
  });
}

// ---- registers
export const wordNames = ['0', '1', '-1', 'least', 'greatest', '+', '-'] as const;
export const wordClass = (word: number): number =>
  (word === 0 ? 0 : word === 1 ? 1 : word === -1 ? 2 : word === -0x8000_0000 ? 3 : word === 0x7fff_ffff ? 4 : word > 0 ? 5 : 6);
export const wordOf = (bin: number): number => [0, 1, -1, -0x8000_0000, 0x7fff_ffff, 77, -77][bin]!;

// ---- hazards
const overlapNames = ['the same', 'a part', 'inside', 'around'] as const, distances = ['1', '2', '3 or 4'] as const;
const hazardBins: readonly string[] = ['same unit', 'other unit'].flatMap((unit) => distances.flatMap((d) => overlapNames.map((o) => `${unit}, ${d} before, ${o}`)));
/** Read after write, write after read, write after write: the nearest record before that touched the same bytes: whose, how far, and how the two lie. */
export const hazardPoint = (kind: 0 | 1 | 2): Point => late(hazardBins, (frame) => frame.hazards()[kind]!, (bin) => ({ hazard: { kind, between: (bin >> 2) % 3, other: bin >= 12 } }));
