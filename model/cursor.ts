//! cursor: a retirement as TypeScript reads it, in place, without an object per record.
import { RANK_MAX } from './limits.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from './retirement.ts';

const head = retirementLayout.at, operandAt = operandLayout.at;

/** Looks at one record; `move` points it at another. Valid until its device goes on. */
export class RetiredCursor {
  view: DataView;
  at: number;
  /** Records from here on, `retirementLayout.size` bytes apart in the same memory: more than one only where a run was asked for batches. */
  count = 1;
  constructor(view: DataView, at = 0) {
    this.view = view;
    this.at = at;
  }
  move(at: number, count = 1): this { this.at = at; this.count = count; return this; }
  get byteCount(): number { return this.view.getUint16(this.at + head.bytes, true); }
  get unit(): number { return this.view.getUint8(this.at + head.unit); }
  get operandCount(): number { return this.view.getUint8(this.at + head.operandCount); }
  get trap(): number { return this.view.getUint8(this.at + head.trap); }
  /** RETIRED_DONE, RETIRED_NULLIFIED or RETIRED_TRAPPED. */
  get status(): number { return this.view.getUint8(this.at + head.status); }
  /** Instructions that were ready at this step, where a schedule was given. */
  get options(): number { return this.view.getUint8(this.at + head.options); }
  get seq(): bigint { return this.view.getBigInt64(this.at + head.seq, true); }
  /** The same without an object, exact below 2^53. */
  get seqNumber(): number { return this.view.getUint32(this.at + head.seq, true) + this.view.getInt32(this.at + head.seq + 4, true) * 2 ** 32; }
  get pc(): number { return this.view.getUint32(this.at + head.pc, true); }
  get order(): number { return this.view.getUint32(this.at + head.order, true); }
  get result(): number { return this.view.getUint32(this.at + head.result, true); }
  get auxiliary(): number { return this.view.getUint32(this.at + head.auxiliary, true); }
  /** Lowest offending byte of a trap, 0 if there is none. */
  get address(): bigint { return this.view.getBigInt64(this.at + head.address, true); }
  word(i: number): number { return this.view.getUint32(this.at + head.words + 4 * i, true); }
  get words(): [number, number, number, number] { return [this.word(0), this.word(1), this.word(2), this.word(3)]; }
  scalar(i: number): number { return this.view.getUint32(this.at + head.scalars + 4 * i, true); }
  mode(i: number): number { return this.view.getUint32(this.at + head.mode + 4 * i, true); }
  event(i: number): number { return this.view.getUint32(this.at + head.events + 4 * i, true); }
  /** The operand at position 0 D, 1 A, 2 B, 3 C; undefined when absent. */
  operand(position: number): OperandView | undefined {
    if (position >= this.operandCount) return undefined;
    const at = this.at + HEAD_BYTES + position * operandLayout.size, { view } = this;
    const role = view.getUint8(at + operandAt.role);
    if (role === 0) return undefined;
    const rank = view.getUint8(at + operandAt.rank), dims: number[] = [], strides: number[] = [];
    for (let axis = 0; axis < rank && axis < RANK_MAX; axis++) {
      dims.push(view.getUint32(at + operandAt.dims + 4 * axis, true));
      strides.push(view.getInt32(at + operandAt.strides + 4 * axis, true));
    }
    return {
      role, space: view.getUint8(at + operandAt.space), dtype: view.getUint8(at + operandAt.dtype), rank, t: view.getUint8(at + operandAt.t),
      address: view.getBigInt64(at + operandAt.address, true), dims, strides,
      padLow: view.getUint32(at + operandAt.padLow, true), padHigh: view.getUint32(at + operandAt.padHigh, true),
      fill: view.getUint32(at + operandAt.fill, true), digest: view.getUint32(at + operandAt.digest, true),
    };
  }
  /** The record's bytes, copied. */
  bytes(): Uint8Array { return new Uint8Array(this.view.buffer, this.view.byteOffset + this.at, this.byteCount).slice(); }
}

/** Takes all records of a run, which gives its end; undefined as soon as `look` gives false: it has seen enough. */
export function looked<End>(running: Generator<RetiredCursor, End>, look: (record: RetiredCursor) => boolean): End | undefined {
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
    if (!look(next.value)) return undefined;
  }
}

/** One operand of a record. `address` in bits, strides in elements. */
export interface OperandView {
  readonly role: number; readonly space: number; readonly dtype: number; readonly rank: number; readonly t: number; readonly address: bigint;
  readonly dims: readonly number[]; readonly strides: readonly number[]; readonly padLow: number; readonly padHigh: number; readonly fill: number;
  readonly digest: number;
}
