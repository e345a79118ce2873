//! order: the engine's happens-before, hosted for whoever has records of a serial run: compare, laws, schedules.
import type { RetiredCursor } from '../cursor.ts';
import { Rejected } from '../failure.ts';
import { UNIT_COUNT } from '../limits.ts';
import { controlLayout, ORDER_ROOM_BYTES, TOKEN_RUNS } from '../machine/state.ts';
import { instantiate } from './binary.ts';

export interface Order {
  /** Nothing has been dispatched, no token is there. */
  reset(): void;
  /** Tokens that the host gave before the next record. */
  post(semaphore: number, tokens: number): void;
  /**
   * Follows the next record of a serial run. Gives a word for each unit, reused by the next call: how many of its instructions must be
   * complete before this one is.
   */
  follow(record: RetiredCursor): Uint32Array;
}

/** A follower of one serial run, nothing dispatched yet. */
export function order(): Order {
  const exports = instantiate('scalar'), { HEAP, CONTROL, SCRATCH } = exports;
  const missing = HEAP.value + ORDER_ROOM_BYTES - exports.memory.buffer.byteLength;
  if (missing > 0) exports.memory.grow(Math.ceil(missing / WASM_PAGE_BYTES));
  const bytes = new Uint8Array(exports.memory.buffer);
  new DataView(exports.memory.buffer).setUint32(CONTROL.value + controlLayout.at.order, HEAP.value, true);
  const roomy = (result: number, seq: string): number => {
    if (result) return result;
    throw new Rejected([{ file: 'trace', line: 0, column: 0, message: `${seq}: more than ${TOKEN_RUNS} posts wait for their tokens to be taken` }]);
  };
  exports.orderReset();
  return {
    reset() { exports.orderReset(); },
    post(semaphore, tokens) { roomy(exports.orderPost(semaphore, tokens), 'tokens of the host'); },
    follow(record) {
      bytes.set(new Uint8Array(record.view.buffer, record.view.byteOffset + record.at, record.byteCount), SCRATCH.value);
      return new Uint32Array(exports.memory.buffer, roomy(exports.orderFollow(SCRATCH.value), `seq ${record.seq}`) >>> 0, UNIT_COUNT);
    },
  };
}

const WASM_PAGE_BYTES = 0x1_0000;
