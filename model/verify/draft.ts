//! draft: an instruction before it is placed: its fields, and its operands as geometry without addresses.
import { cached } from '../isa/cached.ts';
import { exists } from '../isa/codec.ts';
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { operandPosition, operandsOf } from '../isa/instruction.ts';
import type { ModeFieldName } from '../isa/view.ts';
import type { Role } from '../limits.ts';
import { formats } from '../numerics/format.ts';

/** An operand in the making. Strides in elements; `address` is the bit address of the element of index 0. */
export interface OperandDraft {
  readonly name: string;
  readonly field: Field;
  readonly position: number;
  role: Role;
  dtype: number;
  dims: number[];
  strides: number[];
  padLow: number[];
  padHigh: number[];
  fill: number;
  space: number;
  address: number;
  /** Offset register and immediate; `step` elements are added to the register at each of `times` iterations. */
  s: number;
  sValue: number;
  imm: number;
  /** May have an offset register; lies where the first operand does. */
  offsets: boolean;
  same: boolean;
  step: number;
  times: number;
  /** Words of the descriptor, when they are not what follows from the rest: for broken programs. */
  words?: (words: number[]) => void;
}
export interface Draft {
  readonly definition: Definition;
  /** Bits of the fields that are no operands. */
  readonly bits: Record<string, number>;
  readonly operands: OperandDraft[];
  readonly mode: Partial<Record<ModeFieldName, number>>;
  /** Values that source registers shall have. */
  readonly values: Record<string, number>;
}

export const operandOf = (draft: Draft, name: string): OperandDraft | undefined => draft.operands.find((o) => o.name === name);
export const widthOf = (dtype: number): number => widths[dtype]!;
export const isInteger = (dtype: number): boolean => integers[dtype] === 1;
const widths = new Uint8Array(256), integers = new Uint8Array(256);
for (const { code, width, kind } of formats) { widths[code] = width; integers[code] = kind === 'integer' ? 1 : 0; }
export function countOf(dims: readonly number[]): number {
  let product = 1;
  for (let i = 0; i < dims.length; i++) product *= dims[i]!;
  return product;
}

/** Operands that exist with these bits of the other fields. A bare optional one is there when `bare` says so. */
export function presentOperands(definition: Definition, bits: Readonly<Record<string, number>>, bare: boolean): OperandDraft[] {
  const words = wordsOf(definition, bits);
  return operandsOnce(definition).filter(([, field]) => exists(definition.fields, field, words) && (field.kind !== 'bare' || bare || !field.legal(0)))
    .map(([name, field]) => ({
      name, field, position: operandPosition(field)!, dtype: 0, dims: [], strides: [], padLow: [], padHigh: [], fill: 0, space: 0, address: 0,
      role: field.view?.updates !== undefined && bits[field.view.updates] !== 0 ? 'both' : field.role!, s: 0, sValue: 0, imm: 0, offsets: false, same: false, step: 0, times: 1,
    }));
}
const operandsOnce = cached(operandsOf);
/** Words of the fields alone; enough to ask which fields exist. */
export function wordsOf({ fields, opcode }: Definition, bits: Readonly<Record<string, number>>): number[] {
  const words = [opcode, 0, 0, 0];
  for (const name in bits) {
    const field = fields[name], value = bits[name]!;
    if (field) words[field.word] = (words[field.word]! | (field.width === 32 ? value : value << field.low)) >>> 0;
  }
  return words;
}
/** Fields that are no operands, in an order in which conditions come before what depends on them. */
export const plainFields = cached((definition: Definition): readonly (readonly [string, Field])[] => {
  const depth = (field: Field): number => Math.max(0, ...(field.when ?? []).map((c) => 1 + depth(definition.fields[c.field]!)));
  return Object.entries(definition.fields).filter(([, f]) => f.kind !== 'operand' && f.kind !== 'bare').sort(([, a], [, b]) => depth(a) - depth(b));
});

/** Elements between the base of the descriptor and the element of index 0. */
export const offsetOf = ({ sValue, imm }: OperandDraft): number => sValue + imm;

/** Lowest and highest bit touched, relative to the element of index 0; all iterations together. Empty: undefined. */
export function reach({ dims, strides, dtype, step, times, field }: OperandDraft): { readonly low: number; readonly high: number } | undefined {
  if (countOf(dims) === 0) return undefined;
  const width = widthOf(dtype), walk = (times - 1) * step * width;
  let low = Math.min(0, walk), high = width + Math.max(0, walk);
  if (!field.view?.single) for (let i = 0; i < dims.length; i++) {
    const extent = (dims[i]! - 1) * strides[i]! * width;
    if (extent < 0) low += extent; else high += extent;
  }
  return { low, high };
}
/** Bytes [low, high) of a placed operand, over all iterations. */
export function hullOf(operand: OperandDraft): readonly [number, number] {
  const extent = reach(operand);
  return extent ? [Math.floor((operand.address + extent.low) / 8), Math.ceil((operand.address + extent.high) / 8)] : [0, 0];
}
