//! view: what an instruction may see of the machine: closed operands, modes, and the few facts that rules ask for.
import type { Feature, Role } from '../limits.ts';
import type { DotRecord } from '../numerics/dot-record.ts';
import { blockLength } from '../numerics/block.ts';
import type { DotEvent } from '../numerics/dot-trace.ts';
import type { FunctionTable } from '../numerics/function-table.ts';
import type { FunctionName } from '../numerics/functions.ts';
import { type Format, formatByCode } from '../numerics/format.ts';

/** A tensor operand as captured at dispatch: by value, its offset already added. */
export interface Tensor {
  /** Position in the record: 0 D, 1 A, 2 B, 3 C. */
  readonly position: number;
  readonly role: Role;
  /** The descriptor register that it was captured from. */
  readonly t: number;
  /** The sixteen words of the descriptor, before the offset was added. */
  readonly raw: readonly number[];
  readonly space: number;
  readonly dtype: number;
  /** Undefined for a dtype code that names nothing. */
  readonly format: Format | undefined;
  /** Bits of an element in memory; 0 when the format is undefined. */
  readonly width: bigint;
  readonly rank: number;
  /** Bit address of the element of index 0, offset included. */
  readonly address: bigint;
  readonly dims: readonly bigint[];
  /** In elements. */
  readonly strides: readonly bigint[];
  readonly padLow: readonly bigint[];
  readonly padHigh: readonly bigint[];
  /** Element code used for padding. */
  readonly fill: bigint;
}

/** The numeric mode as captured: every field by name, those an instruction does not use read 0. */
export type Mode = Readonly<Record<ModeFieldName, number>>;
export type ModeFieldName = (typeof modeFields)[number]['name'];

/** Fields of N0..N3; machine manual, section 4. `legal` is the number of defined values, where it is not all of them. */
export const modeFields = [
  { name: 'round', word: 0, low: 0, width: 3, signed: false, legal: 8 },
  { name: 'isat', word: 0, low: 3, width: 1, signed: false, legal: 2 },
  { name: 'fsat', word: 0, low: 4, width: 1, signed: false, legal: 2 },
  { name: 'daz', word: 0, low: 5, width: 2, signed: false, legal: 3 },
  { name: 'ftz', word: 0, low: 7, width: 2, signed: false, legal: 3 },
  { name: 'minmax', word: 0, low: 9, width: 1, signed: false, legal: 2 },
  { name: 'order', word: 0, low: 10, width: 2, signed: false, legal: 4 },
  { name: 'dot', word: 0, low: 12, width: 4, signed: false, legal: 16 },
  { name: 'level', word: 0, low: 16, width: 2, signed: false, legal: 2 },
  { name: 'scale', word: 1, low: 0, width: 3, signed: false, legal: 6 },
  { name: 'round2', word: 1, low: 3, width: 3, signed: false, legal: 7 },
  { name: 'clamp', word: 1, low: 6, width: 1, signed: false, legal: 2 },
  { name: 'mxrule', word: 1, low: 7, width: 1, signed: false, legal: 2 },
  { name: 'zpa', word: 2, low: 0, width: 16, signed: true, legal: 65536 },
  { name: 'zpb', word: 2, low: 16, width: 16, signed: true, legal: 65536 },
  { name: 'zpo', word: 3, low: 0, width: 16, signed: true, legal: 65536 },
  { name: 'lo', word: 4, low: 0, width: 32, signed: true, legal: 2 ** 32 },
  { name: 'hi', word: 5, low: 0, width: 32, signed: true, legal: 2 ** 32 },
  { name: 'key', word: 6, low: 0, width: 32, signed: false, legal: 2 ** 32 },
  { name: 'stream', word: 7, low: 0, width: 32, signed: false, legal: 2 ** 32 },
] as const;

/** The value of `round` that takes a random word for each element, of Philox under `key` and `stream`. */
export const STOCHASTIC = 7;

/** What lies in a slot beside weights: nothing, 2:4 metadata, or scales. The codes are those of `wload`'s field form. */
export const FORM_DENSE = 0, FORM_SPARSE = 1, FORM_SCALED = 2;
/** A weight slot as far as dispatch knows it. */
export interface SlotShape {
  readonly dtype: number;
  /** The K that activations must have: twice the rows of weights in a sparse slot. */
  readonly depth: bigint;
  readonly columns: bigint;
  readonly form: number;
  /** Dtype of the scales, 0 where there are none. */
  readonly scales: number;
}

/** One legal (activation, weight, accumulator) row of the profile, with its limits. */
export interface Triple {
  readonly activation: number;
  readonly weight: number;
  readonly accumulator: number;
  readonly kMax: number;
  readonly nMax: number;
  readonly mMax: number;
  readonly dots: readonly Dot[];
  /** What the profile calls the kernels of `dots`. */
  readonly kernels: readonly string[];
}
/** A dot-product kernel. */
export type Dot = DotRecord;

/** What rules may ask of the machine at dispatch. */
export interface View {
  readonly pc: number;
  readonly instructionCount: number;
  readonly imageBytes: number;
  readonly callDepth: number;
  readonly debugEnabled: boolean;
  /** Loops open in all calls; the innermost one that belongs to the current call, if any. */
  readonly loopDepth: number;
  readonly innermost: { readonly start: number; readonly end: number } | undefined;
  readonly slotCount: number;
  readonly accLanes: number;
  readonly triples: readonly Triple[];
  has(feature: Feature): boolean;
  /** How a function is computed at level 1, if it is. */
  functionTable(name: FunctionName): FunctionTable | undefined;
  /** Is the format of this dtype code in the profile? */
  knows(dtype: number): boolean;
  /** Bytes of SPM or ACC. */
  spaceBytes(space: number): bigint;
  /** Granule in bytes that addresses of a space must keep for a unit. */
  granule(space: number, unit: number): bigint;
  /** Does one DRAM region hold the whole interval? */
  inRegion(low: bigint, high: bigint): boolean;
  /** Lowest byte of the interval that may not be read or written, if any. */
  firstProtected(low: bigint, high: bigint, write: boolean): bigint | undefined;
  /** A slot as it will be when everything dispatched so far has run. */
  promised(slot: number): SlotShape | undefined;
}

/** An element as it lies in memory: its bits, and whether all its bytes are known. */
export interface Cell { readonly bits: bigint; readonly known: boolean }

/**
 * The contents of a weight slot, by value: element [k, n] at k x columns + n. `beside`, likewise: the metadata of each two rows of sparse
 * weights, the scale of each block of scaled ones; empty when dense.
 */
export interface Slot extends SlotShape { readonly elements: readonly Cell[]; readonly beside: readonly Cell[] }
/** Rows of weights in a slot, and of what lies beside them. */
export const rowsOfSlot = ({ form, depth, scales }: SlotShape): { readonly weights: bigint; readonly beside: bigint } => {
  if (form === FORM_SPARSE) return { weights: depth / 2n, beside: depth / 4n };
  if (form !== FORM_SCALED) return { weights: depth, beside: 0n };
  const block = BigInt(blockLength(formatByCode(scales)!));
  return { weights: depth, beside: (depth + block - 1n) / block };
};

/** One open loop. `start` to `end` are the first and last instruction of the body; `left` iterations remain, the current one included. */
export interface Loop {
  readonly start: number;
  readonly end: number;
  readonly ra: number;
  readonly rb: number;
  readonly incA: number;
  readonly incB: number;
  /** Calls open when it began. */
  readonly depth: number;
  left: number;
}

/** What happens on the way to an element: its operands are read, numerics tell their steps, its events are counted, it is written. */
export type WatchEvent =
  | DotEvent
  | { readonly kind: 'read'; readonly t: Tensor; readonly index: readonly bigint[]; readonly cell: Cell }
  | { readonly kind: 'write'; readonly t: Tensor; readonly index: readonly bigint[]; readonly cell: Cell }
  | { readonly kind: 'events'; readonly names: readonly string[] }
  /** The kernel that a multiplication goes by. */
  | { readonly kind: 'kernel'; readonly name: string; readonly record: DotRecord; readonly a: Format; readonly w: Format;
    readonly scales: Format | undefined }
  /** A fact that no value shows. */
  | { readonly kind: 'note'; readonly says: string };

/** The one element of an operand that somebody looks at: of what an instruction writes only this is computed, and all on the way to it told. */
export interface Watch {
  readonly position: number;
  readonly index: readonly bigint[];
  readonly tell: (event: WatchEvent) => void;
}

/** What `execute` may use: state, and verbs that keep the books (known bits, events, counters). */
export interface Machine extends View {
  readonly registers: Uint32Array;
  readonly predicates: boolean[];
  /** Sixteen words each. */
  readonly tensors: readonly Uint32Array[];
  /** Eight words each. */
  readonly modes: readonly Uint32Array[];
  readonly semaphores: Uint32Array;
  readonly calls: number[];
  readonly loops: Loop[];
  readonly slots: (Slot | undefined)[];
  /** Set only where an element is to be explained. */
  readonly watch: Watch | undefined;
  /** Write a register, S0 excepted, and note it as the instruction's result. */
  setRegister(number: number, value: number): void;
  setPredicate(number: number, value: boolean): void;
  /** Control goes to this instruction next, instead of to the following one. */
  branch(target: number): void;
  read(t: Tensor, index: readonly bigint[]): Cell;
  write(t: Tensor, index: readonly bigint[], cell: Cell): void;
  /** Word of the image at a byte offset. */
  imageWord(offset: number): number;
  /** Note a numeric event of one destination element. */
  note(event: number): void;
  promise(slot: number, shape: SlotShape): void;
  /** Canonical NaN code of a format, from the profile. */
  canonicalNan(dtype: number): bigint;
  readonly vpuLanes: number;
  /** Are all units idle? A mask of unit bits selects those that are asked for. */
  idle(units: number): boolean;
  /** Add tokens; where the count would exceed 65535 none is added, and an external fault follows. */
  post(semaphore: number, tokens: number): void;
  halt(value: number): void;
  raise(vector: number): void;
  csrRead(offset: number): number;
  csrWrite(offset: number, value: number): void;
}
