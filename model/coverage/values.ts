//! values: what kinds of numbers an instruction read, and where an epilogue rounded them, looked at by a machine that stands right behind its record.
import type { OperandView, RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { type ModeFieldName, modeFields, STOCHASTIC } from '../isa/view.ts';
import { OPERAND_MAX, RETIRED_DONE, ROLE_WRITE, SPACE_ACC } from '../limits.ts';
import { bitLength, exactInteger, type Finite, isZero, roundNames, unpack, unpackInteger } from '../numerics/exact.ts';
import { type Format, formatByCode, formatByName, greatestFiniteCode, greatestInteger, leastInteger } from '../numerics/format.ts';
import { roundToWhole } from '../numerics/round.ts';
import { FLOAT_PAIRS, INTEGER_PAIRS, isSingle, ROUNDED, VALUE_FACTS } from './frame.ts';

/** A machine between two records of a run with a ring of one. */
export type Standing = Pick<Device, 'read' | 'known'>;

export const integerClasses = ['0', '1', '-1', 'least', 'greatest', '+', '-'] as const;
export const floatClasses = ['0', '-0', 'subnormal', '+', '-', 'greatest', 'infinity', '-infinity', 'NaN'] as const;
/** Classes count on: floats behind integers. */
export const FLOAT = 8;
export const shiftNames = ['to the left', 'by none', 'to the right'] as const;
/** What is cut off, against half a place, and which of the two whole numbers beside it the result is. */
export const cutNames = ['nothing', 'less, down', 'less, up', 'a half, down', 'a half, up', 'more, down', 'more, up'] as const;

/** Elements of an operand that are looked at, in row-major order, and the bytes among which they may lie. */
const ELEMENTS = 256, HULL_BYTES = 16_384;

/**
 * Facts of a record, from FACT_VALUES on: classes of the elements of A, B and C as bits; pairs of them, element by element, of A and B; cuts of shifts.
 * Elements that are UNKNOWN have no class, nor have those of an operand over which the result was written. Undefined where nothing was read.
 */
export function valuesOf(record: RetiredCursor, machine: Standing): Int32Array | undefined {
  if (record.status !== RETIRED_DONE || record.operandCount < 2) return undefined;
  const facts = new Int32Array(VALUE_FACTS), d = record.operand(0), [a, b, c] = Array.from({ length: OPERAND_MAX - 1 }, (_, i) => elementsOf(record, i + 1, d, machine));
  for (const [i, elements] of [a, b, c].entries()) for (const { of } of elements ?? []) if (of >= 0) facts[i]! |= 1 << of;
  if (a && b) pairs(facts, a, b);
  const mnemonic = byOpcode.get(record.word(0) & 255)?.mnemonic;
  if (a && (mnemonic === 'drain' || mnemonic === 'scale')) cuts(facts, record, a, machine);
  return facts;
}

interface Looked { readonly format: Format; readonly bits: bigint; readonly column: number; /** -1: UNKNOWN. */ readonly of: number }
function elementsOf(record: RetiredCursor, position: number, d: OperandView | undefined, machine: Standing): readonly Looked[] | undefined {
  const operand = record.operand(position), format = operand && formatByCode(operand.dtype);
  if (!format || operand.space > SPACE_ACC || operand.role === ROLE_WRITE || operand.dims.includes(0)) return undefined;
  const { width } = format, places = isSingle(record.word(0) & 255, position) ? [{ offset: 0, column: 0 }] : placesOf(operand), bits = places.map(({ offset }) => Number(operand.address) + width * offset);
  const low = Math.floor(Math.min(...bits) / 8), bytes = Math.ceil((Math.max(...bits) + width) / 8) - low;
  if (bytes > HULL_BYTES || (d && isWritten(d, operand.space, low, low + bytes))) return undefined;
  const view = new DataView(machine.read(operand.space, low, bytes).buffer), known = machine.known(operand.space, low, bytes);
  return places.map(({ column }, i) => {
    const at = bits[i]! - 8 * low, code = codeAt(view, at, width), isKnown = known.subarray(at >> 3, (at + width + 7) >> 3).every((one) => one === 1);
    return { format, bits: code, column, of: isKnown ? classOf(format, code) : -1 };
  });
}
function isWritten({ role, space, dtype, address, dims, strides }: OperandView, of: number, low: number, high: number): boolean {
  const width = formatByCode(dtype)?.width ?? 0, reach = (up: boolean): number => strides.reduce((sum, stride, axis) => (stride > 0 === up ? sum + stride * (dims[axis]! - 1) : sum), 0);
  return (role & ROLE_WRITE) !== 0 && space === of && Number(address) + width * reach(false) < 8 * high && Number(address) + width * (reach(true) + 1) > 8 * low;
}
/** The first elements in row-major order: how far from the one of index 0, and which of their row. */
function placesOf({ dims, strides }: OperandView): readonly { readonly offset: number; readonly column: number }[] {
  const index = dims.map(() => 0), found: { offset: number; column: number }[] = [], last = dims.length - 1;
  for (let axis = 0; axis >= 0 && found.length < ELEMENTS;) {
    found.push({ offset: index.reduce((sum, i, along) => sum + i * strides[along]!, 0), column: index[last]! });
    for (axis = last; axis >= 0 && ++index[axis]! === dims[axis]; axis--) index[axis] = 0;
  }
  return found;
}
function codeAt(view: DataView, at: number, width: number): bigint {
  const byte = at >> 3;
  if (width === 64) return view.getBigUint64(byte, true);
  return BigInt(width === 32 ? view.getUint32(byte, true) : width === 16 ? view.getUint16(byte, true) : width === 8 ? view.getUint8(byte) : (view.getUint8(byte) >> (at & 4)) & 15);
}

/** The class of a code: that of an integer, or, behind those, of a float. */
export function classOf(format: Format, bits: bigint): number {
  const { kind, exponentBits, fractionBits, ignoredLowBits } = format;
  if (kind === 'integer' || kind === 'fixed') {
    const value = unpackInteger(format, bits), known = [0n, 1n, -1n, leastInteger(format), greatestInteger(format)].indexOf(value);
    return known >= 0 ? known : value > 0n ? 5 : 6;
  }
  const value = unpack(format, bits), negative = value.kind !== 'nan' && value.negative ? 1 : 0;
  if (value.kind !== 'finite') return FLOAT + (value.kind === 'nan' ? 8 : 6 + negative);
  if (isZero(value)) return FLOAT + negative;
  if (kind === 'float' && bitLength(value.significand) <= fractionBits) return FLOAT + 2;
  return FLOAT + (BigInt.asUintN(exponentBits + fractionBits, bits >> BigInt(ignoredLowBits)) === greatestFiniteCode(format) ? 5 : 3 + negative);
}

/** Bits of a pair of classes in the facts. */
export const integerPair = (a: number, b: number): readonly [fact: number, bit: number] => [INTEGER_PAIRS + (a >> 2), 7 * (a & 3) + b];
export const floatPair = (a: number, b: number): readonly [fact: number, bit: number] => [FLOAT_PAIRS + Math.floor(a / 3), 9 * (a % 3) + b];
export const cut = (negative: boolean, shift: number, how: number): readonly [fact: number, bit: number] => [ROUNDED + (negative ? 1 : 0), 7 * shift + how];

function pairs(facts: Int32Array, a: readonly Looked[], b: readonly Looked[]): void {
  if (a.length !== b.length && b.length !== 1) return;
  for (const [i, { of: x }] of a.entries()) {
    const y = (b[i] ?? b[0]!).of;
    if (x < 0 || y < 0 || x < FLOAT !== y < FLOAT) continue;
    const [fact, bit] = x < FLOAT ? integerPair(x, y) : floatPair(x - FLOAT, y - FLOAT);
    facts[fact]! |= 1 << bit;
  }
}

const s32 = formatByName('s32'), s8 = formatByName('s8'), SHIFT = 1;
function modeOf(record: RetiredCursor, name: ModeFieldName): number {
  const { word, low, width, signed } = modeFields.find((field) => field.name === name)!, up = 32 - low - width, bits = record.mode(word) << up;
  return signed ? bits >> (32 - width) : bits >>> (32 - width);
}
/** Integers that an epilogue scales by a shift: (a - zero point + bias) x multiplier x 2^(shift - 31), of rows {bias, multiplier, shift, slope} of the table B. */
function cuts(facts: Int32Array, record: RetiredCursor, a: readonly Looked[], machine: Standing): void {
  const table = record.operand(2), round = modeOf(record, 'round');
  if (!table || modeOf(record, 'scale') !== SHIFT || round === STOCHASTIC) return;
  const word = (column: number, i: number): bigint => codeAt(new DataView(machine.read(table.space, (Number(table.address) + 32 * (column * table.strides[0]! + i * table.strides[1]!)) / 8, 4).buffer), 0, 32);
  for (const { format, bits, column, of } of a) {
    if (of < 0 || of >= FLOAT) continue;
    const value = unpackInteger(format, bits) - BigInt(modeOf(record, 'zpa')) + unpackInteger(s32, word(column, 0)), product = value * unpackInteger(s32, word(column, 1)), shift = Number(unpackInteger(s8, word(column, 2)));
    if (shift >= 31) continue;
    const places = BigInt(31 - shift), least = product >> places, rest = product - (least << places), half = 1n << (places - 1n);
    const { value: whole } = roundToWhole(exactInteger(product, Number(-places)), roundNames[round]!) as { readonly value: Finite }, isUp = (whole.negative ? -whole.significand : whole.significand) !== least;
    const [fact, bit] = cut(product < 0n, shift > 0 ? 0 : shift === 0 ? 1 : 2, rest === 0n ? 0 : 1 + 2 * (rest < half ? 0 : rest === half ? 1 : 2) + (isUp ? 1 : 0));
    facts[fact]! |= 1 << bit;
  }
}
