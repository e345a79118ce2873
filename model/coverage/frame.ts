//! frame: one record, and the few before it, as plain numbers that coverage points look at; nothing is made for a record.
import type { RetiredCursor } from '../cursor.ts';
import { byOpcode, set } from '../instructions/set.ts';
import { EVENT_COUNT, MODE_WORDS, OPERAND_MAX, RANK_MAX, RETIRED_DONE, ROLE_READ, ROLE_WRITE, SEMAPHORE_COUNT, UNIT_COUNT } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../retirement.ts';

const head = retirementLayout.at, operandAt = operandLayout.at;
/** How far back a hazard is looked for, in records that touch memory. */
const HAZARD_REACH = 4;
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

export const isSingle = (opcode: number, position: number): boolean => singles[indexByOpcode[opcode]!]?.[position] ?? false;

/**
 * Places in `facts`: words of the instruction, of the mode, status, unit, unit of the record before and instruction before it in its unit (both
 * from 1 on, 0 for none), instruction, events that were counted as bits, for each operand dtype, space << 8, rank << 12, role << 16 (0 is absent), and what only a machine beside the
 * record can tell: values.ts.
 */
export const FACT_WORDS = 0, FACT_MODE = 4, FACT_STATUS = FACT_MODE + MODE_WORDS, FACT_UNIT = FACT_STATUS + 1, FACT_UNIT_BEFORE = FACT_UNIT + 1,
  FACT_BEFORE = FACT_UNIT_BEFORE + 1, FACT_OP = FACT_BEFORE + 1, FACT_EVENTS = FACT_OP + 1, FACT_OPERANDS = FACT_EVENTS + 1, FACT_VALUES = FACT_OPERANDS + OPERAND_MAX;
/** Behind FACT_VALUES: classes of A, B, C, pairs of them, cuts of either sign. */
export const INTEGER_PAIRS = 3, FLOAT_PAIRS = 5, ROUNDED = 8, VALUE_FACTS = 10, FACT_COUNT = FACT_VALUES + VALUE_FACTS;
/** Room behind them for the bins of computed points. */
export const COMPUTED_MAX = 64;
const captures = set.map(({ mode }) => mode.length > 0);

/** Numbers of the record last read. Operand arrays go by position: 0 D, 1 A, 2 B, 3 C; `role` 0 is an absent one. */
export class Frame {
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  /** Index in the set of instructions, -1 for an opcode that is none. */
  op = -1;
  unit = 0;
  status = 0;
  /** Operands of this record, and of the last one that had some. */
  count = 0;
  private before = 0;
  trap = 0;
  auxiliary = 0;
  readonly facts = new Int32Array(FACT_COUNT + COMPUTED_MAX);
  readonly words = this.facts.subarray(FACT_WORDS, FACT_WORDS + 4);
  readonly role = new Uint8Array(OPERAND_MAX);
  readonly space = new Uint8Array(OPERAND_MAX);
  readonly dtype = new Uint8Array(OPERAND_MAX);
  readonly rank = new Uint8Array(OPERAND_MAX);
  readonly elements = new Float64Array(OPERAND_MAX);
  readonly dims = new Float64Array(OPERAND_MAX * RANK_MAX);
  readonly strides = new Int32Array(OPERAND_MAX * RANK_MAX);
  readonly padLow = new Uint32Array(OPERAND_MAX);
  readonly padHigh = new Uint32Array(OPERAND_MAX);
  /** Lower half of the bit of the element of index 0; bytes [low, high) that are touched. */
  readonly address = new Int32Array(OPERAND_MAX);
  readonly low = new Float64Array(OPERAND_MAX);
  readonly high = new Float64Array(OPERAND_MAX);

  // ---- what came before, in the same test
  /** Unit of the record before, -1 at the beginning. */
  unitBefore = -1;
  /** By unit: the instruction that it did last. */
  readonly opBefore = new Int16Array(UNIT_COUNT);
  /** Counts all records ever read. */
  serial = 0;
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
  readonly pastCount = new Uint8Array(HAZARD_REACH);
  touched = 0;
  private readonly nearest = new Int32Array(3);
  private nearestOf = 0;

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
    this.serial++;
    const { facts } = this, from = at + head.words;
    facts[0] = view.getInt32(from, true);
    facts[1] = view.getInt32(from + 4, true);
    facts[2] = view.getInt32(from + 8, true);
    facts[3] = view.getInt32(from + 12, true);
    const op = indexByOpcode[facts[0]! & 255]!, unit = view.getUint8(at + head.unit), status = view.getUint8(at + head.status);
    this.op = op;
    this.unit = unit;
    this.status = status;
    facts[FACT_OP] = op + 1;
    facts[FACT_UNIT] = unit;
    facts[FACT_STATUS] = status;
    facts[FACT_UNIT_BEFORE] = this.unitBefore + 1;
    facts[FACT_BEFORE] = unit < UNIT_COUNT ? this.opBefore[unit]! + 1 : 0;
    this.count = 0;
    if (status !== RETIRED_DONE) {
      this.trap = view.getUint8(at + head.trap);
      this.auxiliary = view.getInt32(at + head.auxiliary, true);
      this.role.fill(0);
      return;
    }
    const count = Math.min(OPERAND_MAX, view.getUint8(at + head.operandCount));
    if (count === 0 && this.before === 0) return;
    if (op >= 0 && captures[op]!) for (let i = 0; i < MODE_WORDS; i++) facts[FACT_MODE + i] = view.getInt32(at + head.mode + 4 * i, true);
    if (count > 0) {
      let events = 0;
      for (let i = 0; i < EVENT_COUNT; i++) if (view.getInt32(at + head.events + 4 * i, true) !== 0) events |= 1 << i;
      facts[FACT_EVENTS] = events;
    }
    this.count = this.before = count;
    for (let position = 0; position < OPERAND_MAX; position++) {
      const from = at + HEAD_BYTES + position * operandLayout.size;
      this.role[position] = position < count ? view.getUint8(from + operandAt.role) : 0;
      facts[FACT_OPERANDS + position] = 0;
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
    const bits = view.getInt32(from + operandAt.address, true), address = (bits >>> 0) + view.getInt32(from + operandAt.address + 4, true) * 4294967296;
    const space = view.getUint8(from + operandAt.space);
    this.space[position] = space;
    this.facts[FACT_OPERANDS + position] = dtype | (space << 8) | (rank << 12) | (this.role[position]! << 16);
    this.dtype[position] = dtype;
    this.rank[position] = rank;
    this.elements[position] = elements;
    this.padLow[position] = view.getUint32(from + operandAt.padLow, true);
    this.padHigh[position] = view.getUint32(from + operandAt.padHigh, true);
    this.address[position] = bits;
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
    if (this.count === 0) return;
    const slot = this.touched++ % HAZARD_REACH;
    this.pastUnit[slot] = unit;
    this.pastCount[slot] = this.count;
    for (let position = 0, to = slot * OPERAND_MAX; position < this.count; position++, to++) {
      const exists = this.role[position] !== 0;
      this.pastSpace[to] = exists ? this.space[position]! : 0;
      this.pastWrites[to] = this.role[position]! & ROLE_WRITE;
      this.pastLow[to] = this.low[position]!;
      this.pastHigh[to] = this.high[position]!;
    }
  }

  /**
   * Read after write, write after read, write after write: the nearest record before that touched the same bytes in this way, -1 for none. 12 x
   * (another unit), + 4 x (distance 1, 2, more), + how they lie: the same bytes, a part, inside, around. Found once for a record.
   */
  hazards(): Int32Array {
    const { touched, role, low, high, space, count, pastSpace, pastWrites, pastLow, pastHigh, nearest } = this, most = Math.min(HAZARD_REACH, touched);
    if (this.nearestOf === this.serial) return nearest;
    this.nearestOf = this.serial;
    nearest.fill(-1);
    for (let back = 1; back <= most; back++) {
      const slot = (touched - back) % HAZARD_REACH, end = slot * OPERAND_MAX + this.pastCount[slot]!;
      for (let other = slot * OPERAND_MAX; other < end; other++) {
        const of = pastSpace[other]!, from = pastLow[other]!, to = pastHigh[other]!, wrote = pastWrites[other] !== 0;
        for (let position = 0; position < count; position++) {
          const a = low[position]!, b = high[position]!;
          if (space[position] !== of || a >= to || from >= b || role[position] === 0) continue;
          const overlap = a === from && b === to ? 0 : a >= from && b <= to ? 2 : a <= from && b >= to ? 3 : 1, bin = ((this.pastUnit[slot] === this.unit ? 0 : 3) + Math.min(back, 3) - 1) * 4 + overlap;
          if (wrote && (role[position]! & ROLE_READ) !== 0 && nearest[0]! < 0) nearest[0] = bin;
          if ((role[position]! & ROLE_WRITE) !== 0 && nearest[wrote ? 2 : 1]! < 0) nearest[wrote ? 2 : 1] = bin;
        }
      }
    }
    return nearest;
  }
  scalar(i: number): number { return this.view.getInt32(this.at + head.scalars + 4 * i, true); }
  /** The lower half of the sequence number. */
  get seq(): number { return this.view.getUint32(this.at + head.seq, true); }
  /** A dim counted from the last one; 1 where there are not so many. */
  dimFromLast(position: number, back: number): number {
    const axis = this.rank[position]! - 1 - back;
    return axis < 0 ? 1 : this.dims[position * RANK_MAX + axis]!;
  }
}
const post = set.findIndex(({ mnemonic }) => mnemonic === 'post');
