//! frame: one record, and the few before it, as plain numbers that coverage points look at; nothing is made for a record.
import type { RetiredCursor } from '../cursor.ts';
import { byOpcode, set } from '../instructions/set.ts';
import { EVENT_COUNT, OPERAND_MAX, RANK_MAX, RETIRED_DONE, ROLE_READ, SEMAPHORE_COUNT, UNIT_COUNT } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../retirement.ts';

const head = retirementLayout.at, operandAt = operandLayout.at;
/** How far back a hazard is looked for, in records that touch memory. */
export const HAZARD_REACH = 8;
const RING = HAZARD_REACH * OPERAND_MAX;
/** Bits of an element by dtype code, 0 for what names nothing. */
const widths = Uint8Array.from({ length: 256 }, (_, code) => formatByCode(code)?.width ?? 0);
const indexByOpcode = Int16Array.from({ length: 256 }, (_, opcode) => { const d = byOpcode.get(opcode); return d ? set.indexOf(d) : -1; });
/** Does only the element of index 0 count, by instruction and position? */
const singles = set.map(({ fields }) => {
  const flags = [false, false, false, false];
  for (const field of Object.values(fields)) if (field.view?.single) flags[field.kind === 'bare' ? 3 : field.word - 1] = true;
  return flags;
});

/** Numbers of the record last read. Operand arrays go by position: 0 D, 1 A, 2 B, 3 C; `role` 0 is an absent one. */
export class Frame {
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  /** Index in the set of instructions, -1 for an opcode that is none. */
  op = -1;
  unit = 0;
  status = 0;
  trap = 0;
  auxiliary = 0;
  readonly words = new Int32Array(4);
  readonly role = new Uint8Array(OPERAND_MAX);
  readonly space = new Uint8Array(OPERAND_MAX);
  readonly dtype = new Uint8Array(OPERAND_MAX);
  readonly rank = new Uint8Array(OPERAND_MAX);
  readonly elements = new Float64Array(OPERAND_MAX);
  readonly dims = new Float64Array(OPERAND_MAX * RANK_MAX);
  readonly strides = new Int32Array(OPERAND_MAX * RANK_MAX);
  readonly padLow = new Uint32Array(OPERAND_MAX);
  readonly padHigh = new Uint32Array(OPERAND_MAX);
  /** Bit of the element of index 0, and bytes [low, high) that are touched. */
  readonly address = new Float64Array(OPERAND_MAX);
  readonly low = new Float64Array(OPERAND_MAX);
  readonly high = new Float64Array(OPERAND_MAX);

  // ---- what came before, in the same test
  /** Unit of the record before, -1 at the beginning. */
  unitBefore = -1;
  /** By unit: the instruction that it did last. */
  readonly opBefore = new Int16Array(UNIT_COUNT);
  /** Records before this one. */
  retired = 0;
  /** By semaphore: the unit that posted last. */
  readonly poster = new Int8Array(SEMAPHORE_COUNT);
  /** Regions of the latest records that touched memory, four to a record. */
  readonly pastSpace = new Uint8Array(RING);
  readonly pastWrites = new Uint8Array(RING);
  readonly pastLow = new Float64Array(RING);
  readonly pastHigh = new Float64Array(RING);
  readonly pastUnit = new Int8Array(HAZARD_REACH);
  touched = 0;

  constructor() { this.forget(); }

  /** Nothing came before. */
  forget(): void {
    this.unitBefore = -1;
    this.opBefore.fill(-1);
    this.retired = 0;
    this.poster.fill(-1);
    this.pastSpace.fill(0);
    this.touched = 0;
  }

  read({ view, at }: RetiredCursor): void {
    this.view = view;
    this.at = at;
    const { words } = this;
    for (let i = 0; i < 4; i++) words[i] = view.getInt32(at + head.words + 4 * i, true);
    this.op = indexByOpcode[words[0]! & 255]!;
    this.unit = view.getUint8(at + head.unit);
    this.status = view.getUint8(at + head.status);
    this.trap = view.getUint8(at + head.trap);
    this.auxiliary = view.getInt32(at + head.auxiliary, true);
    const count = this.status === RETIRED_DONE ? view.getUint8(at + head.operandCount) : 0;
    for (let position = 0; position < OPERAND_MAX; position++) {
      const from = at + HEAD_BYTES + position * operandLayout.size;
      this.role[position] = position < count ? view.getUint8(from + operandAt.role) : 0;
      if (this.role[position] !== 0) this.readOperand(position, from);
    }
  }
  private readOperand(position: number, from: number): void {
    const { view, dims, strides } = this, dtype = view.getUint8(from + operandAt.dtype), width = widths[dtype]!;
    const rank = Math.min(RANK_MAX, view.getUint8(from + operandAt.rank)), first = position * RANK_MAX;
    let elements = 1, low = 0, high = 0;
    for (let axis = 0; axis < rank; axis++) {
      const dim = view.getUint32(from + operandAt.dims + 4 * axis, true), stride = view.getInt32(from + operandAt.strides + 4 * axis, true);
      dims[first + axis] = dim;
      strides[first + axis] = stride;
      elements *= dim;
      if (stride < 0) low += (dim - 1) * stride;
      else high += (dim - 1) * stride;
    }
    if (this.op >= 0 && singles[this.op]![position]) low = high = 0;
    const address = view.getUint32(from + operandAt.address, true) + view.getInt32(from + operandAt.address + 4, true) * 4294967296;
    this.space[position] = view.getUint8(from + operandAt.space);
    this.dtype[position] = dtype;
    this.rank[position] = rank;
    this.elements[position] = elements;
    this.padLow[position] = view.getUint32(from + operandAt.padLow, true);
    this.padHigh[position] = view.getUint32(from + operandAt.padHigh, true);
    this.address[position] = address;
    this.low[position] = elements === 0 ? 0 : Math.floor((address + low * width) / 8);
    this.high[position] = elements === 0 ? 0 : Math.ceil((address + high * width + width) / 8);
  }

  /** The record becomes one of those before. */
  remember(): void {
    const { op, unit, words } = this;
    this.retired++;
    this.unitBefore = unit;
    if (this.status !== RETIRED_DONE || op < 0 || unit >= UNIT_COUNT) return;
    this.opBefore[unit] = op;
    const semaphore = (words[0]! >>> 18) & 63;
    if (semaphore !== 0) this.poster[semaphore] = unit;
    if (op === post) this.poster[words[1]! & 63] = unit;
    if ((this.role[0]! | this.role[1]! | this.role[2]! | this.role[3]!) === 0) return;
    const slot = this.touched++ % HAZARD_REACH;
    this.pastUnit[slot] = unit;
    for (let position = 0; position < OPERAND_MAX; position++) {
      const to = slot * OPERAND_MAX + position, exists = this.role[position] !== 0 && this.high[position]! > this.low[position]!;
      this.pastSpace[to] = exists ? this.space[position]! : 0;
      this.pastWrites[to] = this.role[position]! & ~ROLE_READ;
      this.pastLow[to] = this.low[position]!;
      this.pastHigh[to] = this.high[position]!;
    }
  }

  scalar(i: number): number { return this.view.getInt32(this.at + head.scalars + 4 * i, true); }
  mode(i: number): number { return this.view.getInt32(this.at + head.mode + 4 * i, true); }
  hasEvent(i: number): boolean { return this.view.getUint32(this.at + head.events + 4 * i, true) !== 0; }
  /** The lower half of the sequence number. */
  get seq(): number { return this.view.getUint32(this.at + head.seq, true); }
  /** A dim counted from the last one; 1 where there are not so many. */
  dimFromLast(position: number, back: number): number {
    const axis = this.rank[position]! - 1 - back;
    return axis < 0 ? 1 : this.dims[position * RANK_MAX + axis]!;
  }
}
export const EVENTS = EVENT_COUNT;
const post = set.findIndex(({ mnemonic }) => mnemonic === 'post');
